//! Media items: whoever makes one, and whoever decides on it.

use anyhow::Result;

use super::Person;

impl Person {
    /// Begins an item of a kind, such as `photo`, and stays in its first section.
    pub async fn begins_item(&self, kind: &str, title: &str) -> Result<()> {
        self.browser.click("a[href='/media']").await?;
        self.browser.click("[data-test=add-item]").await?;
        let choose = "const it = document.querySelector('[data-field=media_kind] select');
            it.value = arguments[0];
            it.dispatchEvent(new Event('change', { bubbles: true }));";
        self.browser.find("[data-field=media_kind] select").await?;
        self.browser.script(choose, vec![kind.into()]).await?;
        self.saved("media_kind").await?;
        self.answer("title", title).await?;
        self.saved("title").await
    }

    /// Answers everything that is asked from here to the end, without rows in groups.
    pub async fn fills_item(&self) -> Result<()> {
        loop {
            self.fill_section().await?;
            self.give_reasons().await?;
            if !self.next().await? {
                return Ok(());
            }
        }
    }

    /// Opens the only item that stands in a state, such as `submitted`, at its list.
    pub async fn opens_item(&self, state: &str) -> Result<()> {
        self.browser.click("a[href='/media']").await?;
        self.browser.click(&format!("[data-test=item][data-state={state}] a")).await?;
        self.browser.find("[data-field], [data-answer]").await.map(drop)
    }

    /// Waits until an item stands in a state on the list.
    pub async fn item_is(&self, state: &str) -> Result<()> {
        self.browser.click("a[href='/media']").await?;
        self.browser.find(&format!("[data-test=item][data-state={state}]")).await.map(drop)
    }
}
