//! The phone's storage is full while somebody types.

use anyhow::{Context, Result, bail, ensure};
use lantoa_shared::op::Path;
use lantoa_shared::value::Value;
use lantoa_tests::browser::{Browser, Kind};
use lantoa_tests::chance::Chance;
use lantoa_tests::person::Person;
use lantoa_tests::proxy::Fault;
use lantoa_tests::{place, wait};

use crate::world::{FORM, PERIOD, World};
use crate::writer::Writer;

/// What is left for typing, in bytes.
const ROOM: u64 = 600_000;

/// Where long text is asked, on the first page of the report.
const LONG: &str = "hdr_recipients";

const FAULT: &str = "storage full";

/// What is left when a person has removed pictures or apps, in bytes.
const PLENTY: u64 = 50_000_000;

#[tokio::test]
async fn what_is_typed_while_the_storage_is_full_stays_on_screen_and_the_trouble_is_named() -> Result<()> {
    let (_world, writer, texts) = with_full_storage("fill_storage").await?;
    let person = &writer.person;
    ensure!(person.value(LONG).await? == texts.last, "what was typed is no longer on screen");
    ensure!(asks_before_leaving(person).await?, "the page can be closed with what is in memory only");
    // At the field, too, however far down it is.
    person.browser.find(&format!("[data-field={LONG}] .problem[data-level=error]")).await?;

    // Whoever goes where the notice leads finds it again on the way back, and in the rescue file.
    person.browser.click(".notice[data-kind=error] a").await?;
    person.browser.find("#room").await?;
    person.browser.click(".nav a[href='/']").await?;
    person.open_duty(FORM, PERIOD).await?;
    person.walk_to(LONG).await?;
    ensure!(person.value(LONG).await? == texts.last, "what was typed went with the page");
    person.browser.click(".notice[data-kind=error] a").await?;
    person.browser.find("#room").await?;
    let folder = place::folder()?;
    let file = person.saves_a_rescue_file_here(folder.path()).await?;
    ensure!(std::fs::read_to_string(file)?.contains(&texts.last), "it is not in the rescue file");
    Ok(())
}

#[tokio::test]
async fn what_was_kept_goes_up_from_a_full_phone_and_with_room_the_rest_follows() -> Result<()> {
    let (mut world, mut writer, texts) = with_full_storage("fill_storage and send").await?;
    // Not one more byte can be written, and yet all that was kept arrives.
    world.proxy.make(Fault::Pass);
    world.holds_all(&writer).await?;
    wait::until("the last text that was kept", async || {
        Ok((text_at_the_centre(&world).await?.as_ref() == Some(&texts.kept)).then_some(()))
    })
    .await
    .with_context(|| world.proxy.told())?;
    ensure!(writer.person.value(LONG).await? == texts.last, "what was typed is no longer on screen");
    writer.person.browser.find(".notice[data-kind=error]").await?;

    writer.person.browser.has_room_for(&world.proxy.page("/"), PLENTY).await?;
    let text = format!("{}!", texts.last);
    writer.person.pastes(LONG, &text).await?;
    writer.person.saved(LONG).await?;
    writer.person.browser.gone(".notice[data-kind=error]").await?;
    ensure!(!asks_before_leaving(&writer.person).await?, "all is kept, and still the browser asks");
    world.settle(FAULT, 1, &mut writer).await?;
    let arrived = text_at_the_centre(&world).await?;
    ensure!(arrived.as_ref() == Some(&text), "what was typed last did not arrive");
    Ok(())
}

/// Whether the browser would ask before the page is left.
async fn asks_before_leaving(person: &Person) -> Result<bool> {
    let ask = "const leaving = new Event('beforeunload', { cancelable: true });
        window.dispatchEvent(leaving);
        return leaving.defaultPrevented";
    Ok(person.browser.script(ask, vec![]).await?.as_bool().unwrap_or(false))
}

/// What was typed until nothing more could be kept.
struct Texts {
    /// The last that was kept.
    kept: String,
    /// The one after it.
    last: String,
}

/// Somebody without a network who typed until nothing more could be kept, and was told so.
async fn with_full_storage(story: &str) -> Result<(World, Writer, Texts)> {
    let mut world = World::new(story, Kind::Chromium)?;
    let used = used_by_the_app(&mut world).await?;
    let browser = Browser::open(Kind::Chromium).await?;
    browser.has_room_for(&world.proxy.page("/"), used + ROOM).await?;
    let mut writer = world.writer_with(browser).await?;
    writer.answers().await?;
    world.settle(FAULT, 0, &mut writer).await?;

    world.proxy.make(Fault::Offline);
    writer.person.walk_to(LONG).await?;
    let texts = fill(&writer.person, &mut world.chance).await?;
    let told = writer.person.browser.text(".notice[data-kind=error]").await?;
    ensure!(told.contains("đã đầy"), "{told}");
    Ok((world, writer, texts))
}

/// Types more and more until nothing more can be kept.
async fn fill(person: &Person, chance: &mut Chance) -> Result<Texts> {
    let mut kept = String::new();
    for round in 0..200 {
        // Numbers that nobody can press into less room.
        let numbers: Vec<String> = (0..3_000).map(|_| chance.number().to_string()).collect();
        let last = format!("Nơi nhận {round}: {}", numbers.join(" "));
        person.pastes(LONG, &last).await?;
        let is_full = wait::until("the text to be saved, or not", async || {
            if person.browser.has(".notice[data-kind=error]").await? {
                return Ok(Some(true));
            }
            Ok(person.browser.has(&format!("[data-field={LONG}][data-saved=true]")).await?.then_some(false))
        })
        .await?;
        if is_full {
            return Ok(Texts { kept, last });
        }
        kept = last;
    }
    bail!("there was always more room")
}

/// The long text, as the centre holds it.
async fn text_at_the_centre(world: &World) -> Result<Option<String>> {
    let record = world.centre().await?.record(FORM, PERIOD).await?.context("nothing arrived")?.record;
    Ok(match record.value(&Path::field(LONG)) {
        Some(Value::Text(text)) => Some(text.clone()),
        _ => None,
    })
}

/// What the app needs up to an open report, in bytes.
async fn used_by_the_app(world: &mut World) -> Result<u64> {
    let writer = world.writer().await?;
    let ask = "const done = arguments[arguments.length - 1];
        navigator.storage.estimate().then(it => done(it.usage))";
    let used = writer.person.browser.driver().execute_async(ask, vec![]).await?;
    used.json().as_u64().context("the browser does not say what it uses")
}
