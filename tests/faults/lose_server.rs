//! The server dies in the middle of a push, again and again.

use anyhow::Result;
use lantoa_tests::browser::Kind;
use lantoa_tests::proxy::{Fault, PUSH};

use crate::world::World;

/// How often the server dies in one round.
const DEATHS: usize = 3;

mod what_goes_up_while_the_server_dies_is_there_once {
    in_browsers!(super::while_the_server_dies; in_chromium: Chromium, in_firefox: Firefox, in_webkit: WebKit);
}

async fn while_the_server_dies(kind: Kind) -> Result<()> {
    let mut world = World::new("lose_server", kind)?;
    let mut writer = world.writer().await?;
    for _ in 0..world.rounds * DEATHS {
        let before = world.proxy.begun(Fault::Pass, PUSH);
        let n_answers = 1 + world.chance.below(4);
        writer.answers_times(n_answers).await?;
        world.proxy.until_begun(before + 1, Fault::Pass, PUSH).await?;
        world.moment().await;
        world.server.kill();
        writer.answers().await?;
        world.server.start_again()?;
    }
    world.settle("server killed", world.rounds * DEATHS, &mut writer).await
}
