//! The battery runs out, again and again, right after something was marked as saved.

use anyhow::Result;
use lantoa_tests::browser::Kind;
use lantoa_tests::proxy::Fault;

use crate::world::World;

/// How often the battery runs out in one round.
const DEATHS: usize = 3;

/// What the network does when it happens.
const NETWORKS: [Fault; 5] = [Fault::Pass, Fault::Offline, Fault::Hold, Fault::DropAnswer, Fault::CutAnswer];

// WebKit forgets everything when it is closed, so there is nothing to be found again.
mod what_was_marked_as_saved_outlives_the_browser {
    in_browsers!(super::what_was_marked_as_saved; in_chromium: Chromium, in_firefox: Firefox);
}

async fn what_was_marked_as_saved(kind: Kind) -> Result<()> {
    let mut world = World::new("lose_browser", kind)?;
    let mut writer = world.writer().await?;
    // Closed in good order once: the cookie jar of a browser is written late, which is not ours to mend.
    writer.person.closes_and_opens_again().await?;
    writer.opens_the_section().await?;
    for _ in 0..world.rounds * DEATHS {
        world.proxy.make(world.chance.pick(&NETWORKS));
        let n_answers = 1 + world.chance.below(3);
        writer.answers_times(n_answers).await?;
        world.moment().await;
        writer.person.browser.kill();
        writer.person.browser.open_again().await?;
        writer.opens_the_section().await?;
        writer.sees_all().await?;
    }
    world.proxy.make(Fault::Pass);
    world.settle("browser killed", world.rounds * DEATHS, &mut writer).await
}
