//! A person with a browser, and what people do with the app, in their own words.
//!
//! [`phone`] is the side of those who file, [`desk`] that of those who receive and consolidate.
//! Steps wait for what they lead to: after `sign_in` the first page of the person is there.

mod answers;
mod desk;
mod fill;
mod keys;
mod media;
mod phone;
mod pill;
mod rescue;

use anyhow::Result;
use serde_json::json;

pub use desk::ACCEPTED;
pub use fill::{Asked, Control};

use crate::browser::{Browser, Kind};
use crate::server::Server;
use crate::wait;

/// The password of every account of the demo.
pub const PASSWORD: &str = "lantoa-demo";

/// Somebody with a browser of their own.
pub struct Person {
    /// Their browser.
    pub browser: Browser,
    start: String,
}

impl Person {
    /// Somebody who never used the app, with its first page open.
    pub async fn arrives(kind: Kind, server: &Server) -> Result<Self> {
        Self::arrives_at(Browser::open(kind).await?, &server.page("/")).await
    }

    /// Somebody with a browser that was made ready for something special, who opens the app at this address.
    pub async fn arrives_at(browser: Browser, start: &str) -> Result<Self> {
        let person = Self { browser, start: start.to_owned() };
        person.open_app().await?;
        Ok(person)
    }

    /// Somebody who just signed in.
    pub async fn signed_in(kind: Kind, server: &Server, account: &str) -> Result<Self> {
        let person = Self::arrives(kind, server).await?;
        person.sign_in(account).await?;
        Ok(person)
    }

    /// Opens the app at its first page, and waits until it stands.
    pub async fn open_app(&self) -> Result<()> {
        self.browser.go(&self.start).await?;
        self.browser.mark("app-ready").await
    }

    /// Opens a page of the app by its path.
    pub async fn open_page(&self, path: &str) -> Result<()> {
        self.browser.go(&format!("{}{path}", self.start.trim_end_matches('/'))).await?;
        self.browser.mark("app-ready").await
    }

    /// Chooses `vi` or `en`, and `light` or `dark`, as the app's own settings keep it.
    pub async fn prefers(&self, language: &str, theme: &str) -> Result<()> {
        let code = "localStorage.setItem('lantoa.language', arguments[0]);
            localStorage.setItem('lantoa.theme', arguments[1]);
            window.dispatchEvent(new CustomEvent('lantoa-preferences'));";
        self.browser.script(code, vec![json!(language), json!(theme)]).await.map(drop)
    }

    /// Signs in with an account of the demo.
    pub async fn sign_in(&self, account: &str) -> Result<()> {
        self.browser.write("input[name=account]", account).await?;
        self.browser.write("input[name=password]", PASSWORD).await?;
        self.browser.click("[data-test=sign-in]").await?;
        self.browser.gone("input[name=password]").await?;
        self.browser.mark("first-sync").await
    }

    /// The app opens here without a network from now on.
    pub async fn is_ready_for_offline(&self) -> Result<()> {
        self.browser.installed().await
    }

    /// Closes the browser and opens it again with the app's first page.
    pub async fn closes_and_opens_again(&mut self) -> Result<()> {
        self.browser.close().await?;
        self.browser.open_again().await?;
        self.open_app().await
    }

    /// The battery runs out; later the app is opened again.
    pub async fn loses_power_and_opens_again(&mut self) -> Result<()> {
        self.browser.kill();
        self.browser.open_again().await?;
        self.open_app().await
    }

    /// Waits for a state of sync: `local`, `sending`, `synced`, `offline` or `attention`.
    pub async fn sync_is(&self, state: &str) -> Result<()> {
        self.browser.find(&format!("[data-test=sync-state][data-state={state}]")).await.map(drop)
    }

    /// Waits until this text stands on the page.
    pub async fn reads(&self, text: &str) -> Result<()> {
        let code = "return document.querySelector('main')?.innerText.includes(arguments[0])";
        wait::until(&format!("{text:?} on the page"), async || {
            Ok(self.browser.script(code, vec![json!(text)]).await?.as_bool().filter(|there| *there))
        })
        .await
        .map(drop)
    }

    /// Duration in milliseconds of every measure of this name on the app's timeline.
    pub async fn measures(&self, name: &str) -> Result<Vec<f64>> {
        let code = "return performance.getEntriesByName(arguments[0], 'measure').map(it => it.duration)";
        let found = self.browser.script(code, vec![json!(name)]).await?;
        Ok(found.as_array().into_iter().flatten().filter_map(serde_json::Value::as_f64).collect())
    }

    /// Bytes of the app, as they came over the network; what it asks the centre for is data and not counted, nor is
    /// what was there already when it was asked for again. What the service worker hands on came over the network
    /// compressed, like everything, but the browser tells its size as it is kept.
    pub async fn downloaded_bytes(&self, server: &Server) -> Result<u64> {
        let code = "const found = new Map();
            for (const it of [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]) {
              const path = new URL(it.name).pathname;
              if (!path.startsWith('/api/') && !found.has(path)) {
                found.set(path, it.workerStart > 0 ? null : it.encodedBodySize);
              }
            }
            return [...found]";
        let mut sum = 0;
        for entry in self.browser.script(code, vec![]).await?.as_array().into_iter().flatten() {
            let path = entry[0].as_str().unwrap_or_default();
            sum += entry[1].as_u64().map_or_else(|| server.delivered_bytes(path), Ok)?;
        }
        Ok(sum)
    }
}
