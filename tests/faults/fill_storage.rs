//! The phone's storage is full while somebody types.

use anyhow::{Context, Result, bail, ensure};
use lantoa_shared::op::Path;
use lantoa_shared::value::Value;
use lantoa_tests::browser::{Browser, Kind};
use lantoa_tests::chance::Chance;
use lantoa_tests::proxy::Fault;
use lantoa_tests::wait;
use serde_json::json;

use crate::world::{FORM, PERIOD, World};
use crate::writer::Writer;

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
    let (_world, writer, last) = with_full_storage("fill_storage").await?;
    ensure!(writer.person.value(LONG).await? == last, "what was typed is no longer on screen");
    Ok(())
}

/// Somebody without a network who typed until nothing more could be kept, and was told so; with what was typed last.
async fn with_full_storage(story: &str) -> Result<(World, Writer, String)> {
    let mut world = World::new(story, Kind::Chromium)?;
    let used = used_by_the_app(&mut world).await?;
    let browser = Browser::open(Kind::Chromium).await?;
    // Once a database is open, the browser no longer listens to this.
    browser.has_room_for(&world.proxy.page("/"), used + ROOM).await?;
    let mut writer = world.writer_with(browser).await?;
    writer.answers().await?;
    world.settle(FAULT, 0, &mut writer).await?;

    world.proxy.make(Fault::Offline);
    writer.person.walk_to(LONG).await?;
    let last = fill(&writer.person.browser, &mut world.chance).await?;
    let told = writer.person.browser.text(".notice[data-kind=error]").await?;
    ensure!(told.contains("đã đầy"), "{told}");
    Ok((world, writer, last))
}

#[ignore = "a full store cannot keep verdicts either, so the same push goes up again and again and nothing leaves"]
#[tokio::test]
async fn what_was_kept_before_the_storage_was_full_goes_up_and_makes_room() -> Result<()> {
    let (mut world, mut writer, last) = with_full_storage("fill_storage and send").await?;
    // What was kept before goes up, and then there is room again.
    world.proxy.make(Fault::Pass);
    let drained = writer.is_synced_within(wait::PATIENCE).await;
    drained.with_context(|| world.proxy.told())?;
    let text = format!("{last}!");
    writer.person.browser.script(PASTE, vec![json!(input()), json!(text)]).await?;
    writer.person.saved(LONG).await?;
    ensure!(
        !writer.person.browser.has(".notice[data-kind=error]").await?,
        "the trouble is over, and still said"
    );
    world.settle(FAULT, 1, &mut writer).await?;
    let record = world.centre().await?.record(FORM, PERIOD).await?.context("nothing arrived")?.record;
    let arrived = record.value(&Path::field(LONG)) == Some(&Value::Text(text));
    ensure!(arrived, "what was typed last did not arrive");
    Ok(())
}

/// Types more and more until nothing more can be kept; returns what was typed last.
async fn fill(browser: &Browser, chance: &mut Chance) -> Result<String> {
    for round in 0..200 {
        // Numbers that nobody can press into less room.
        let numbers: Vec<String> = (0..3_000).map(|_| chance.number().to_string()).collect();
        let text = format!("Nơi nhận {round}: {}", numbers.join(" "));
        browser.script(PASTE, vec![json!(input()), json!(text)]).await?;
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

fn input() -> String {
    format!("[data-field={LONG}] textarea")
}

/// What the app needs up to an open report, in bytes.
async fn used_by_the_app(world: &mut World) -> Result<u64> {
    let writer = world.writer().await?;
    let ask = "const done = arguments[arguments.length - 1];
        navigator.storage.estimate().then(it => done(it.usage))";
    let used = writer.person.browser.driver().execute_async(ask, vec![]).await?;
    used.json().as_u64().context("the browser does not say what it uses")
}
