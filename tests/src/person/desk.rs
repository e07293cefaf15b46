//! Those who receive: they read, accept or return, and look at figures.

use anyhow::Result;

use super::Person;
use crate::wait;

impl Person {
    /// Opens a report that was received and waits for acceptance, from the list of received ones.
    pub async fn open_received(&self, form: &str, unit: &str) -> Result<()> {
        self.open_page("/inbox").await?;
        let link =
            format!("[data-test=received][data-form={form}][data-unit='{unit}'][data-state=submitted] a");
        self.browser.click(&link).await?;
        self.browser.find("[data-test=command-accept]").await.map(drop)
    }

    /// The share that a target shows, as it is written, such as `57,1 %`.
    pub async fn share_of(&self, target: &str) -> Result<String> {
        self.browser.text(&format!("[data-test=target][data-code={target}] [data-test=share]")).await
    }

    /// How many units of an area reported, of how many, as its figures say it; waits until it is not `before`.
    pub async fn reported(&self, figures: &str, before: &str) -> Result<String> {
        self.open_page(figures).await?;
        wait::until("the figures to change", async || {
            let now = self.browser.text("[data-test=coverage] b").await?;
            Ok((now != before).then_some(now))
        })
        .await
    }

    /// The names of the units that did not report.
    pub async fn silent_units(&self) -> Result<Vec<String>> {
        self.browser.find("[data-test=silent-unit]").await?;
        let mut names = Vec::new();
        for element in self.browser.all("[data-test=silent-unit]").await? {
            names.push(element.text().await?);
        }
        Ok(names)
    }

    /// Returns the record on screen to its author with a note.
    pub async fn return_with(&self, note: &str) -> Result<()> {
        self.browser.write("textarea[name=note]", note).await?;
        self.command("return").await
    }
}
