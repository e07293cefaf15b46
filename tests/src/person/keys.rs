//! What people do with a keyboard alone, and with one that composes Vietnamese letters.

use anyhow::{Result, ensure};
use serde_json::json;
use thirtyfour::{Key, TypingData};

use super::Person;
use crate::wait;

/// Nobody walks further by Tab on one page.
const MOST_STEPS: usize = 120;

/// Remembers the element in focus with how it and what is around it look.
const REMEMBER: &str = "
const around = it => [it, it.parentElement, it.nextElementSibling, it.closest('label'), it.closest('.drop')].filter(Boolean);
const look = it => around(it).map(it => getComputedStyle(it))
  .map(it => [it.outline, it.boxShadow, it.border, it.backgroundColor, it.textDecoration].join()).join('|');
if (document.getAnimations().some(it => it.playState === 'running' && it.effect.getTiming().iterations !== Infinity))
  return false;
const it = document.activeElement;
window.left = { it, look, before: look(it), name: it.outerHTML.slice(0, 160), counts: it !== document.body && it.tabIndex >= 0 };
return true;";

/// Whether the element remembered looks different without the focus; one that is gone cannot be asked.
const TOLD_APART: &str = "
const { it, look, before, counts } = window.left;
return document.activeElement !== it && (!counts || !it.isConnected || look(it) !== before);";

impl Person {
    /// Presses keys, whatever has the focus.
    pub async fn press(&self, keys: impl Into<TypingData>) -> Result<()> {
        self.browser.driver().action_chain().send_keys(keys).perform().await?;
        Ok(())
    }

    /// Takes back what was done last, as the browser lets one.
    pub async fn takes_back(&self) -> Result<()> {
        let keys = self.browser.driver().action_chain().key_down(Key::Control).send_keys("z");
        Ok(keys.key_up(Key::Control).perform().await?)
    }

    /// Presses Tab; fails if nothing told where the focus was.
    pub async fn tab(&self) -> Result<()> {
        wait::until("a quiet page", async || {
            Ok(self.browser.script(REMEMBER, vec![]).await?.as_bool().filter(|quiet| *quiet))
        })
        .await?;
        self.press(Key::Tab).await?;
        let name = self.browser.script("return window.left.name", vec![]).await?;
        wait::until(&format!("the focus to leave {name} and to have been seen there"), async || {
            Ok(self.browser.script(TOLD_APART, vec![]).await?.as_bool().filter(|told| *told))
        })
        .await
        .map(drop)
    }

    /// Walks one step back.
    pub async fn tab_back(&self) -> Result<()> {
        let keys = self.browser.driver().action_chain().key_down(Key::Shift).send_keys(Key::Tab);
        Ok(keys.key_up(Key::Shift).perform().await?)
    }

    /// Walks on by Tab until this has the focus.
    pub async fn tab_to(&self, css: &str) -> Result<()> {
        for _ in 0..MOST_STEPS {
            if self.has_focus(css).await? {
                return Ok(());
            }
            self.tab().await?;
        }
        ensure!(self.has_focus(css).await?, "Tab does not lead to {css}");
        Ok(())
    }

    /// Whether this has the focus now.
    pub async fn has_focus(&self, css: &str) -> Result<bool> {
        let code = "return document.activeElement.matches(arguments[0])";
        Ok(self.browser.script(code, vec![json!(css)]).await?.as_bool().unwrap_or(false))
    }

    /// Waits until this has the focus.
    pub async fn comes_to(&self, css: &str) -> Result<()> {
        wait::until(&format!("the focus on {css}"), async || Ok(self.has_focus(css).await?.then_some(())))
            .await
    }

    /// Shows one stage of a composition in the control that has the focus, as an input method does. Chromium only.
    pub async fn composes(&self, stage: &str) -> Result<()> {
        let end = stage.encode_utf16().count();
        let stage = json!({ "text": stage, "selectionStart": end, "selectionEnd": end });
        self.browser.devtools("Input.imeSetComposition", stage).await.map(drop)
    }

    /// Ends a composition with this text. Chromium only.
    pub async fn composed(&self, text: &str) -> Result<()> {
        self.browser.devtools("Input.insertText", json!({ "text": text })).await.map(drop)
    }
}
