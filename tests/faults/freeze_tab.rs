//! The system freezes a tab that holds unsent work, and the lock of the one that sends.

use anyhow::Result;
use lantoa_tests::browser::Kind;
use lantoa_tests::proxy::Fault;

use crate::world::World;

#[tokio::test]
async fn what_a_frozen_tab_could_not_send_another_tab_sends() -> Result<()> {
    let mut world = World::new("freeze_tab", Kind::Chromium)?;
    let mut writer = world.writer().await?;
    let leader = writer.person.browser.tab().await?;
    let other = writer.person.browser.open_tab().await?;
    writer.opens_the_section().await?;
    for _ in 0..world.rounds {
        writer.person.browser.look_at(&leader).await?;
        world.proxy.make(Fault::Offline);
        writer.answers_times(2).await?;
        writer.person.browser.freeze(true).await?;

        writer.person.browser.look_at(&other).await?;
        world.proxy.make(Fault::Pass);
        world.holds_all(&writer).await?;
        writer.answers().await?;
        world.holds_all(&writer).await?;

        writer.person.browser.look_at(&leader).await?;
        writer.person.browser.freeze(false).await?;
        writer.sees_all().await?;
    }
    world.settle("frozen leader tab", world.rounds, &mut writer).await
}
