//! What people do when something was lost: a session, a device, a store.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::Person;
use crate::wait;

impl Person {
    /// The session ends without a word, as it does when it was not used for long.
    pub async fn loses_the_session(&self) -> Result<()> {
        self.browser.driver().delete_all_cookies().await?;
        Ok(())
    }

    /// Signs in again where the app says that the session is over.
    pub async fn signs_in_again(&self, password: &str) -> Result<()> {
        if self.browser.has("[data-test=sign-in-again]").await? {
            self.browser.click("[data-test=sign-in-again]").await?;
        }
        self.browser.write("[name=password-again]", password).await?;
        self.browser.click("[data-test=sign-in-again-go]").await
    }

    /// Signs out, and says yes where that leaves something unsent.
    pub async fn signs_out(&self) -> Result<()> {
        self.open_page("/sync").await?;
        self.browser.click("[data-test=sign-out]").await?;
        if self.browser.has("dialog[open]").await? {
            self.browser.click("dialog[open] [data-test=confirm]").await?;
        }
        self.browser.find("input[name=account]").await.map(drop)
    }

    /// Saves a rescue file into a folder; returns where it is.
    pub async fn saves_a_rescue_file(&self, folder: &Path) -> Result<PathBuf> {
        self.open_page("/sync").await?;
        self.saves_a_rescue_file_here(folder).await
    }

    /// The same on the page about sync, which is on screen.
    pub async fn saves_a_rescue_file_here(&self, folder: &Path) -> Result<PathBuf> {
        self.browser.download_to(folder).await?;
        self.browser.click("[data-test=rescue-save]").await?;
        self.browser.find("[data-test=rescue-outcome][data-outcome=saved]").await?;
        wait::until("the file", async || {
            let files = std::fs::read_dir(folder)?.flatten().map(|entry| entry.path());
            Ok(files.into_iter().find(|it| it.extension().is_some_and(|kind| kind == "json")))
        })
        .await
    }

    /// Opens a rescue file, which must end as `taken` or `wrong`; returns what was said.
    pub async fn opens_a_rescue_file(&self, file: &Path, outcome: &str) -> Result<String> {
        self.open_page("/sync").await?;
        let path = file.to_str().context("a path that cannot be typed")?;
        ensure!(file.exists(), "{path} is missing");
        self.browser.find("[data-test=rescue-open]").await?.send_keys(path).await?;
        let told = format!("[data-test=rescue-outcome][data-outcome={outcome}]");
        self.browser.find(&told).await?;
        self.browser.text(&told).await
    }
}
