//! A browser under WebDriver, with a profile that outlives it.
//!
//! [`Browser::close`] is a person closing it, [`Browser::kill`] a phone that runs out of battery; after either,
//! [`Browser::open_again`] opens it with what it had stored. Every question waits until it has an answer.

mod chromium;
mod firefox;
mod session;
mod tabs;
mod webkit;

use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::{By, Key, WebDriver, WebElement};

use self::session::Session;
pub use self::tabs::Tab;
use crate::{place, running, wait};

/// Which browser.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Most phones of the people this is for.
    Chromium,
    /// Another engine.
    Firefox,
    /// WebKitGTK, the nearest to an iPhone that runs here.
    ///
    /// Under WebDriver it always uses a private profile, so it forgets everything when it is closed.
    WebKit,
}

impl Kind {
    /// Whether what a page stored is still there after the browser was closed.
    pub fn keeps_its_profile(self) -> bool {
        self != Self::WebKit
    }
}

/// A browser, open or closed.
pub struct Browser {
    kind: Kind,
    profile: TempDir,
    session: Option<Session>,
}

impl Browser {
    /// Opens a browser that nobody used before.
    pub async fn open(kind: Kind) -> Result<Self> {
        let mut browser = Self { kind, profile: place::folder()?, session: None };
        browser.open_again().await?;
        Ok(browser)
    }

    /// Which browser it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Opens the browser that was closed or killed.
    pub async fn open_again(&mut self) -> Result<()> {
        if self.session.is_some() {
            bail!("the browser is open already");
        }
        let profile = self.profile.path();
        self.session = Some(match self.kind {
            Kind::Chromium => chromium::open(profile).await?,
            Kind::Firefox => firefox::open(profile).await?,
            Kind::WebKit => webkit::open().await?,
        });
        Ok(())
    }

    /// Closes the browser as a person does.
    pub async fn close(&mut self) -> Result<()> {
        self.session.take().context("the browser is not open")?.close().await
    }

    /// Kills the browser (SIGKILL to every process of it): no page is told, nothing is flushed.
    pub fn kill(&mut self) {
        let n_killed = running::kill_users_of(self.profile.path());
        if let Some(session) = self.session.take() {
            session.abandon();
        }
        assert!(n_killed > 0 || !self.kind.keeps_its_profile(), "there was no process to kill");
    }

    /// The folder with everything that it stores, which every process of it is started with.
    pub fn profile(&self) -> &Path {
        self.profile.path()
    }

    /// The WebDriver client, for what has no word here.
    pub fn driver(&self) -> &WebDriver {
        &self.session.as_ref().expect("the browser is open").driver
    }

    /// Loads a page.
    pub async fn go(&self, address: &str) -> Result<()> {
        self.driver().goto(address).await.with_context(|| format!("could not open {address}"))
    }

    /// Waits for the element and returns it; the first, where there are several.
    pub async fn find(&self, css: &str) -> Result<WebElement> {
        let found = wait::until(css, async || Ok(Some(self.driver().find(By::Css(css)).await?))).await;
        self.told(found).await
    }

    /// All elements there are right now.
    pub async fn all(&self, css: &str) -> Result<Vec<WebElement>> {
        Ok(self.driver().find_all(By::Css(css)).await?)
    }

    /// Whether there is such an element right now.
    pub async fn has(&self, css: &str) -> Result<bool> {
        Ok(!self.all(css).await?.is_empty())
    }

    /// Waits until no such element is left.
    pub async fn gone(&self, css: &str) -> Result<()> {
        wait::until(&format!("no {css}"), async || Ok((!self.has(css).await?).then_some(()))).await
    }

    /// Waits for the element and clicks it, as soon as it can be clicked.
    pub async fn click(&self, css: &str) -> Result<()> {
        let clicked = wait::until(&format!("a click on {css}"), async || {
            let element = self.driver().find(By::Css(css)).await?;
            element.scroll_into_view().await?;
            element.click().await?;
            Ok(Some(()))
        })
        .await;
        self.told(clicked).await
    }

    /// Waits for the element and returns its visible text.
    pub async fn text(&self, css: &str) -> Result<String> {
        wait::until(&format!("the text of {css}"), async || {
            Ok(Some(self.driver().find(By::Css(css)).await?.text().await?))
        })
        .await
    }

    /// Types into an input over what is in it, as a person does who marked all of it first.
    pub async fn write(&self, css: &str, text: &str) -> Result<()> {
        let input = self.find(css).await?;
        input.scroll_into_view().await?;
        // WebDriver's own clearing empties a control without the event of a key or a cut.
        let mark = "const it = document.querySelector(arguments[0]); it.focus(); it.select();
            return document.hasFocus()";
        if self.script(mark, vec![json!(css)]).await? != true {
            // A window that was just opened gets the focus with the first key, and that puts the cursor behind the
            // text.
            input.send_keys(Key::Control + "a").await?;
        }
        input.send_keys(text).await.with_context(|| format!("could not write into {css}"))
    }

    /// Runs JavaScript in the page and returns what it returns.
    pub async fn script(&self, code: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.driver().execute(code, arguments).await?.json().clone())
    }

    /// Waits until the app put this mark on its timeline.
    pub async fn mark(&self, name: &str) -> Result<()> {
        let code = "return performance.getEntriesByName(arguments[0]).length > 0";
        let marked = wait::until(&format!("the mark {name}"), async || {
            Ok(self.script(code, vec![json!(name)]).await?.as_bool().filter(|there| *there))
        })
        .await;
        self.told(marked).await.map(drop)
    }

    /// Adds to an error what was on screen.
    async fn told<T>(&self, result: Result<T>) -> Result<T> {
        match result {
            Ok(it) => Ok(it),
            Err(error) => Err(error.context(self.seen().await)),
        }
    }

    /// What a person would see, for messages of failed tests.
    async fn seen(&self) -> String {
        let code =
            "const asked = performance.getEntriesByType('resource').filter(it => it.name.includes('/api/'))
               .map(it => `${new URL(it.name).pathname} at ${Math.round(it.startTime)} for ${Math.round(it.duration)} ms: ${it.responseStatus}`);
             const words = document.body?.textContent.replace(/\\s+/g, ' ').slice(0, 1000);
             return `${location.href} after ${Math.round(performance.now())} ms\\n${words}\\n${asked.join('\\n')}`";
        let seen = self.script(code, vec![]).await;
        format!("on screen: {}", seen.ok().and_then(|it| Some(it.as_str()?.to_owned())).unwrap_or_default())
    }

    /// Waits until a service worker can open the app without a network.
    pub async fn installed(&self) -> Result<()> {
        let code = "return navigator.serviceWorker?.controller?.state === 'activated'";
        wait::until("an active service worker", async || {
            Ok(self.script(code, vec![]).await?.as_bool().filter(|there| *there))
        })
        .await?;
        Ok(())
    }

    /// Writes a picture of what is to be seen.
    pub async fn picture(&self, file: &Path) -> Result<()> {
        Ok(self.driver().screenshot(file).await?)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if let Some(session) = self.session.take() {
            session.abandon();
        }
        running::kill_users_of(self.profile.path());
    }
}
