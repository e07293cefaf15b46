//! The browser throws the store away while the app runs.

use anyhow::{Result, ensure};
use lantoa_tests::browser::Kind;
use lantoa_tests::proxy::Fault;

use crate::world::World;

const FAULT: &str = "storage cleared";

/// A number of the same section that the writer never types.
const LOST: &str = "prod_ai_assisted";

#[ignore = "the running app does not notice: nothing is said, and what is typed from then on is never sent"]
#[tokio::test]
async fn whoever_s_store_was_cleared_while_typing_is_told_and_loses_nothing_more() -> Result<()> {
    let mut world = World::new("clear_storage", Kind::Chromium)?;
    let mut writer = world.writer().await?;
    writer.answers_times(2).await?;
    world.settle(FAULT, 0, &mut writer).await?;

    world.proxy.make(Fault::Offline);
    // Nobody is asked whether this arrives: it was on this device only, and it is gone.
    writer.person.answer(LOST, "7").await?;
    writer.person.saved(LOST).await?;
    writer.person.browser.clear_databases(&world.proxy.page("/")).await?;
    world.proxy.make(Fault::Pass);

    writer.answers().await?;
    writer.person.browser.find("[data-test=evicted]").await?;
    let told = writer.person.browser.text(".notice:has([data-test=evicted])").await?;
    ensure!(told.contains(" 1 "), "{told}");
    world.settle(FAULT, 1, &mut writer).await
}
