//! Those who receive: they read, accept or return, and look at figures.

use std::path::Path;

use anyhow::Result;
use serde_json::json;

use super::Person;
use crate::wait;

/// The last of the buttons that choose among received reports: those accepted.
pub const ACCEPTED: &str = "button.chip[aria-pressed]:last-of-type";

impl Person {
    /// Opens a report that was received and waits for acceptance, from the list of received ones.
    pub async fn open_received(&self, form: &str, unit: &str) -> Result<()> {
        self.open_page("/inbox").await?;
        let link =
            format!("[data-test=received][data-form={form}][data-unit='{unit}'][data-state=submitted] a");
        self.browser.click(&link).await?;
        self.browser.find("[data-test=command-accept]").await.map(drop)
    }

    /// Opens a report that was accepted in the newest period in which anything waits.
    pub async fn open_accepted(&self, form: &str, unit: &str) -> Result<()> {
        self.open_page("/inbox").await?;
        self.browser.click(ACCEPTED).await?;
        let link =
            format!("[data-test=received][data-form={form}][data-unit='{unit}'][data-state=accepted] a");
        self.browser.click(&link).await?;
        self.browser.find("[data-test=command-reopen]").await.map(drop)
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

    /// What a table says of a field, accepted and provisional; waits until it is not `before`.
    pub async fn figure(&self, figures: &str, field: &str, before: &str) -> Result<String> {
        self.open_page(figures).await?;
        let row = format!("[data-row-field={field}]");
        wait::until(&format!("another figure of {field}"), async || {
            // The section of the row may be closed, so it is not the visible text that is asked for.
            let code = "return document.querySelector(arguments[0])?.textContent";
            let now = self.browser.script(code, vec![json!(row)]).await?;
            Ok(now.as_str().filter(|now| *now != before).map(str::to_owned))
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

    /// Opens a file that answers a field of the record on screen: puts it into a folder and returns its text.
    pub async fn opens_file(&self, field: &str, folder: &Path, name: &str) -> Result<String> {
        Ok(String::from_utf8(self.opens_bytes(field, folder, name).await?)?)
    }

    /// The same, for what is no text.
    pub async fn opens_bytes(&self, field: &str, folder: &Path, name: &str) -> Result<Vec<u8>> {
        self.browser.download_to(folder).await?;
        self.browser.click(&format!("[data-answer={field}] [data-test=file]")).await?;
        // A browser may make an empty file of that name before the bytes are there.
        let whole = async || Ok(Some(std::fs::read(folder.join(name))?).filter(|bytes| !bytes.is_empty()));
        wait::until(name, whole).await
    }

    /// Remarks on one field of the record on screen.
    pub async fn remark(&self, field: &str, remark: &str) -> Result<()> {
        let answer = format!("[data-answer={field}]");
        self.browser.click(&format!("{answer} button")).await?;
        self.browser.write(&format!("{answer} textarea"), remark).await
    }

    /// Waits until what was written about the record on screen is kept here.
    pub async fn remarks_are_kept(&self) -> Result<()> {
        self.browser.find("[data-test=remarks-kept]").await.map(drop)
    }

    /// Waits until a remark stands at a field of the record on screen.
    pub async fn holds_remark(&self, field: &str, remark: &str) -> Result<()> {
        let css = format!("[data-answer={field}] textarea");
        let code = "return document.querySelector(arguments[0])?.value";
        wait::until(&format!("{remark:?} at {field}"), async || {
            let now = self.browser.script(code, vec![json!(css)]).await?;
            Ok((now.as_str() == Some(remark)).then_some(()))
        })
        .await
    }

    /// Sends the record on screen back to its author with a note, by `return` or, once accepted, by `reopen`.
    pub async fn send_back(&self, step: &str, note: &str) -> Result<()> {
        self.browser.write("textarea[name=note]", note).await?;
        self.command(step).await
    }
}
