//! The centre comes back from a copy that is older than what it had taken.

use anyhow::Result;
use lantoa_tests::browser::Kind;

use crate::world::World;

const FAULT: &str = "server from an older copy";

mod what_an_older_copy_lacks_is_offered_again {
    in_browsers!(super::what_an_older_copy_lacks; in_chromium: Chromium, in_firefox: Firefox, in_webkit: WebKit);
}

async fn what_an_older_copy_lacks(kind: Kind) -> Result<()> {
    let mut world = World::new("restore_copy", kind)?;
    let mut writer = world.writer().await?;
    for _ in 0..world.rounds {
        writer.answers_times(2).await?;
        world.settle(FAULT, 0, &mut writer).await?;
        world.server.stop()?;
        let older = world.server.copy()?;
        world.server.start_again()?;

        writer.answers_times(3).await?;
        world.settle(FAULT, 0, &mut writer).await?;
        world.server.stop()?;
        world.server.restore(&older)?;
        world.server.start_again()?;

        writer.answers().await?;
        world.holds_all(&writer).await?;
        writer.sees_all().await?;
    }
    world.settle(FAULT, world.rounds, &mut writer).await
}
