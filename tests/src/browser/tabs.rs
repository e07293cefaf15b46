//! Several tabs of one browser, of which a person looks at one.

use anyhow::Result;
use thirtyfour::WindowHandle;

use super::{Browser, Kind};

/// A tab.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tab(WindowHandle);

impl Browser {
    /// The tab that is looked at.
    pub async fn tab(&self) -> Result<Tab> {
        Ok(Tab(self.driver().window().await?))
    }

    /// Opens another tab and looks at it. WebKit's is a window: behind the first tab it would never be drawn.
    pub async fn open_tab(&self) -> Result<Tab> {
        let tab = match self.kind {
            Kind::WebKit => return self.open_window().await,
            _ => self.driver().new_tab().await?,
        };
        self.driver().switch_to_window(tab.clone()).await?;
        Ok(Tab(tab))
    }

    /// Opens a window beside the first and looks at it: both are seen.
    pub async fn open_window(&self) -> Result<Tab> {
        let window = self.driver().new_window().await?;
        self.driver().switch_to_window(window.clone()).await?;
        Ok(Tab(window))
    }

    /// Looks at a tab.
    pub async fn look_at(&self, tab: &Tab) -> Result<()> {
        Ok(self.driver().switch_to_window(tab.0.clone()).await?)
    }
}
