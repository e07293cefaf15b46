//! The phone's storage is full while somebody types.

use anyhow::{Context, Result, bail, ensure};
use lantoa_tests::browser::{Browser, Kind};
use lantoa_tests::proxy::Fault;
use lantoa_tests::wait;
use serde_json::json;

use crate::world::World;

/// What is left for typing, in bytes.
const ROOM: u64 = 600_000;

/// Where long text is asked, on the first page of the report.
const LONG: &str = "hdr_recipients";

/// Puts text into a field, as one who pastes it.
const PASTE: &str = "
const input = document.querySelector(arguments[0]);
input.focus();
input.value = arguments[1];
input.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }));";

const FAULT: &str = "storage full";

#[tokio::test]
async fn what_is_typed_while_the_storage_is_full_stays_on_screen_and_the_trouble_is_named() -> Result<()> {
    let mut world = World::new("fill_storage", Kind::Chromium)?;
    let used = used_by_the_app(&mut world).await?;
    let browser = Browser::open(Kind::Chromium).await?;
    // Once a database is open, the browser no longer listens to this.
    browser.has_room_for(&world.proxy.page("/"), used + ROOM).await?;
    let mut writer = world.writer_with(browser).await?;
    writer.answers().await?;
    world.settle(FAULT, 0, &mut writer).await?;

    world.proxy.make(Fault::Offline);
    writer.person.walk_to(LONG).await?;
    let last = fill(&writer.person.browser).await?;
    let told = writer.person.browser.text(".notice[data-kind=error]").await?;
    ensure!(told.contains("đã đầy"), "{told}");
    ensure!(writer.person.value(LONG).await? == last, "what was typed is no longer on screen");
    Ok(())
}

/// Types more and more until nothing more can be kept; returns what was typed last.
async fn fill(browser: &Browser) -> Result<String> {
    let input = format!("[data-field={LONG}] textarea");
    for round in 0..200 {
        let text = format!("{round} {}", "Nơi nhận: Như trên; Lưu: VT. ".repeat(2_500));
        browser.script(PASTE, vec![json!(input), json!(text)]).await?;
        let is_full = wait::until("the text to be saved, or not", async || {
            if browser.has(".notice[data-kind=error]").await? {
                return Ok(Some(true));
            }
            Ok(browser.has(&format!("[data-field={LONG}][data-saved=true]")).await?.then_some(false))
        })
        .await?;
        if is_full {
            return Ok(text);
        }
    }
    bail!("there was always more room")
}

/// What the app needs up to an open report, in bytes.
async fn used_by_the_app(world: &mut World) -> Result<u64> {
    let writer = world.writer().await?;
    let ask = "const done = arguments[arguments.length - 1];
        navigator.storage.estimate().then(it => done(it.usage))";
    let used = writer.person.browser.driver().execute_async(ask, vec![]).await?;
    used.json().as_u64().context("the browser does not say what it uses")
}
