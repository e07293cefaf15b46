//! What the pill of the sync state says meanwhile: a person looks at it now and then, a test must not miss a moment.

use anyhow::{Result, ensure};

use super::Person;

const WATCH: &str = "
const now = () => document.querySelector('[data-test=sync-state]')?.dataset.state;
const note = () => { const it = now(); if (it && window.pills.at(-1) !== it) window.pills.push(it); };
if (!window.pills) new MutationObserver(note).observe(document.documentElement,
  { subtree: true, childList: true, attributes: true, attributeFilter: ['data-state'] });
window.pills = [];
note();";

impl Person {
    /// Begins to note every state that the pill shows, from the one it shows now, until the page is left.
    pub async fn watches_the_pill(&self) -> Result<()> {
        self.browser.script(WATCH, vec![]).await.map(drop)
    }

    /// The states that the pill showed since, in their order.
    pub async fn pills(&self) -> Result<Vec<String>> {
        let seen = self.browser.script("return window.pills", vec![]).await?;
        Ok(seen.as_array().into_iter().flatten().filter_map(|it| Some(it.as_str()?.to_owned())).collect())
    }

    /// Ensures that nothing on screen asks for help: a bad network is a state, and no error.
    pub async fn sees_nothing_wrong(&self) -> Result<()> {
        let wrong = self.browser.all(".notice[data-kind=error], .notice[data-kind=warning]").await?;
        for notice in &wrong {
            ensure!(!notice.is_displayed().await?, "the screen says {:?}", notice.text().await?);
        }
        Ok(())
    }
}
