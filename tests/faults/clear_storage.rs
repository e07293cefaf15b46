//! The store is thrown away while the app runs: by the browser, or by whoever clears the data of the page.

use anyhow::{Result, ensure};
use lantoa_tests::browser::Kind;
use lantoa_tests::proxy::{Fault, PUSH};

use crate::world::World;
use crate::writer::Writer;

const FAULT: &str = "storage cleared";

/// What the page itself may do; the app must let it happen at once.
const DELETE: &str = "
const done = arguments[arguments.length - 1];
const request = indexedDB.deleteDatabase('lantoa');
request.onsuccess = () => done('deleted');
request.onerror = () => done('refused');";

mod whoever_s_store_is_thrown_away_while_typing_is_told_and_loses_nothing {
    in_browsers!(super::thrown_away; in_chromium: Chromium, in_firefox: Firefox, in_webkit: WebKit);
}

async fn thrown_away(kind: Kind) -> Result<()> {
    let mut world = World::new("clear_storage", kind)?;
    let mut writer = world.writer().await?;
    writer.answers_times(2).await?;
    world.settle(FAULT, 0, &mut writer).await?;
    for _ in 0..world.rounds {
        world.proxy.make(Fault::Offline);
        // On this device only.
        writer.answers_times(2).await?;
        throw_away(&world, &writer).await?;
        // Told at once, before anything more is typed.
        writer.person.browser.find("[data-test=evicted]").await?;
        let told = writer.person.browser.text(".notice:has([data-test=evicted])").await?;
        ensure!(told.contains("2 nội dung"), "{told}");

        writer.answers().await?;
        writer.sees_all().await?;
        world.proxy.make(Fault::Pass);
        world.settle(FAULT, 1, &mut writer).await?;
        writer.sees_all().await?;
        writer.person.browser.click("[data-test=evicted-read]").await?;
        writer.person.browser.gone("[data-test=evicted]").await?;
    }
    // All of it came back, too: the page opens with it.
    writer.opens_the_section().await?;
    writer.sees_all().await?;
    ensure!(!writer.person.browser.has("[data-test=evicted]").await?, "it was said once already");
    Ok(())
}

#[tokio::test]
async fn what_is_on_its_way_up_while_the_store_is_thrown_away_is_there_once() -> Result<()> {
    let mut world = World::new("clear_storage in a push", Kind::Chromium)?;
    let mut writer = world.writer().await?;
    for _ in 0..world.rounds {
        let before = world.proxy.begun(Fault::Hold, PUSH);
        world.proxy.make_on(Fault::Hold, PUSH);
        writer.answers_times(2).await?;
        world.proxy.until_begun(before + 1, Fault::Hold, PUSH).await?;
        throw_away(&world, &writer).await?;
        writer.person.browser.find("[data-test=evicted]").await?;
        world.proxy.make(Fault::Pass);
        writer.answers().await?;
        world.settle(FAULT, 1, &mut writer).await?;
        writer.sees_all().await?;
    }
    Ok(())
}

/// Throws the app's database away: as the browser does where it can be told to, else as the page could.
async fn throw_away(world: &World, writer: &Writer) -> Result<()> {
    let browser = &writer.person.browser;
    if world.kind == Kind::Chromium {
        return browser.clear_databases(&world.proxy.page("/")).await;
    }
    let done = browser.driver().execute_async(DELETE, vec![]).await?;
    ensure!(done.json().as_str() == Some("deleted"), "the store could not be thrown away");
    Ok(())
}
