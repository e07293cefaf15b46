//! Something on the way to the centre takes small requests only, as a proxy of an office may.

use anyhow::{Context, Result, ensure};
use lantoa_shared::op::Path;
use lantoa_shared::value::Value;
use lantoa_tests::browser::Kind;
use lantoa_tests::proxy::{Fault, NARROW};

use crate::world::{FORM, PERIOD, World};

/// Where long text is asked, on the first page of the report.
const LONG: &str = "hdr_recipients";

/// How many texts that pass alone wait together.
const TEXTS: usize = 5;

mod what_is_too_much_at_once_goes_in_parts_and_what_is_too_large_alone_waits_for_its_author {
    in_browsers!(super::too_much_at_once; in_chromium: Chromium, in_firefox: Firefox);
}

async fn too_much_at_once(kind: Kind) -> Result<()> {
    let mut world = World::new("narrow_line", kind)?;
    let mut writer = world.writer().await?;
    world.proxy.make(Fault::Offline);
    writer.answers_times(2).await?;
    writer.person.walk_to(LONG).await?;
    let mut last = String::new();
    for round in 0..TEXTS {
        last = text(round, NARROW / 3);
        writer.person.pastes(LONG, &last).await?;
        writer.person.saved(LONG).await?;
    }
    world.proxy.make(Fault::Narrow);
    world.settle(Fault::Narrow.name(), 1, &mut writer).await?;
    holds(&world, &last).await?;

    let too_large = text(TEXTS, NARROW * 2);
    writer.person.pastes(LONG, &too_large).await?;
    writer.person.saved(LONG).await?;
    writer.person.sync_is("attention").await?;
    // It holds up nothing that comes after it.
    writer.person.walk_to(crate::writer::FIELDS[0]).await?;
    writer.answers().await?;
    world.holds_all(&writer).await?;
    holds(&world, &last).await?;
    // The author is told why, and has the text.
    writer.person.open_page("/sync").await?;
    let told = writer.person.browser.text("[data-test=attention]").await?;
    ensure!(told.contains(&too_large) && told.contains("quá dài"), "{told}");

    // On a better line it goes as it is.
    world.proxy.make(Fault::Pass);
    writer.person.browser.click("[data-test=try-again]").await?;
    world.settle(Fault::Narrow.name(), 1, &mut writer).await?;
    holds(&world, &too_large).await
}

/// Ensures that the centre holds this text.
async fn holds(world: &World, text: &str) -> Result<()> {
    let record = world.centre().await?.record(FORM, PERIOD).await?.context("nothing arrived")?.record;
    let held = record.value(&Path::field(LONG));
    ensure!(held == Some(&Value::Text(text.to_owned())), "the centre holds {held:?}");
    Ok(())
}

/// A text of about so many bytes.
fn text(round: usize, bytes: usize) -> String {
    format!("Nơi nhận {round}: {}", "A1 ".repeat(bytes / 3)).trim_end().to_owned()
}
