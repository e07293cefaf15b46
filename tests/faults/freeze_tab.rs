//! The system freezes a tab that holds unsent work, and the lock of the one that sends.

use anyhow::Result;
use lantoa_tests::browser::{Kind, Tab};
use lantoa_tests::proxy::Fault;

use crate::world::World;
use crate::writer::Writer;

#[tokio::test]
async fn what_a_frozen_tab_could_not_send_another_tab_sends() -> Result<()> {
    let mut world = World::new("freeze_tab", Kind::Chromium)?;
    let mut writer = world.writer().await?;
    let [leader, other] = with_frozen_leader(&mut world, &mut writer).await?;
    writer.person.browser.look_at(&other).await?;
    world.proxy.make(Fault::Pass);
    world.holds_all(&writer).await?;
    writer.person.browser.look_at(&leader).await
}

#[tokio::test]
async fn beside_a_frozen_tab_typing_goes_on_and_thawed_it_shows_everything() -> Result<()> {
    let mut world = World::new("freeze_tab and type", Kind::Chromium)?;
    let mut writer = world.writer().await?;
    let [leader, other] = with_frozen_leader(&mut world, &mut writer).await?;
    for _ in 0..world.rounds {
        writer.person.browser.look_at(&other).await?;
        world.proxy.make(Fault::Pass);
        world.holds_all(&writer).await?;
        writer.answers().await?;
        world.holds_all(&writer).await?;

        writer.person.browser.look_at(&leader).await?;
        writer.person.browser.freeze(false).await?;
        writer.sees_all().await?;
        freeze_with_unsent(&world, &mut writer).await?;
    }
    writer.person.browser.look_at(&other).await?;
    world.proxy.make(Fault::Pass);
    world.settle("frozen leader tab", world.rounds, &mut writer).await
}

/// Two tabs; the first one leads, holds unsent work, and is frozen.
async fn with_frozen_leader(world: &mut World, writer: &mut Writer) -> Result<[Tab; 2]> {
    let leader = writer.person.browser.tab().await?;
    let other = writer.person.browser.open_tab().await?;
    writer.opens_the_section().await?;
    writer.person.browser.look_at(&leader).await?;
    freeze_with_unsent(world, writer).await?;
    Ok([leader, other])
}

/// Types without a network into the tab that is looked at, and freezes it.
async fn freeze_with_unsent(world: &World, writer: &mut Writer) -> Result<()> {
    world.proxy.make(Fault::Offline);
    writer.answers_times(2).await?;
    writer.person.sync_is("offline").await?;
    writer.person.browser.freeze(true).await
}
