//! A line on which an answer would take minutes.

use anyhow::Result;
use lantoa_tests::browser::Kind;
use lantoa_tests::proxy::{Fault, PUSH};

use crate::world::World;

mod an_answer_that_never_ends_is_given_up_and_asked_for_again {
    in_browsers!(super::an_answer_that_never_ends; in_chromium: Chromium, in_firefox: Firefox, in_webkit: WebKit);
}

async fn an_answer_that_never_ends(kind: Kind) -> Result<()> {
    let mut world = World::new("wait_long", kind)?;
    let mut writer = world.writer().await?;
    for _ in 0..world.rounds {
        let before = world.proxy.begun(Fault::Trickle, PUSH);
        world.proxy.make(Fault::Trickle);
        writer.answers().await?;
        writer.person.watches_the_pill().await?;
        world.proxy.until_begun(before + 1, Fault::Trickle, PUSH).await?;
        writer.answers().await?;
        // What the centre has, and the phone does not know of, is nothing that the pill may promise.
        writer.was_told_the_truth().await?;
        let passed = world.proxy.begun(Fault::Pass, PUSH);
        world.proxy.make(Fault::Pass);
        world.proxy.until_begun(passed + 1, Fault::Pass, PUSH).await?;
    }
    world.settle(Fault::Trickle.name(), world.rounds, &mut writer).await
}
