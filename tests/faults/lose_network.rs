//! The network does everything that networks do, while somebody types.

use anyhow::{Context, Result, ensure};
use lantoa_tests::browser::Kind;
use lantoa_tests::proxy::{Fault, PUSH};
use lantoa_tests::wait;

use crate::world::World;
use crate::writer::Writer;

const FAULTS: [Fault; 9] = [
    Fault::Offline,
    Fault::DropAnswer,
    Fault::Duplicate,
    Fault::Delay,
    Fault::CutAnswer,
    Fault::CutRequest,
    Fault::PortalPage,
    Fault::PortalRedirect,
    Fault::Busy,
];

mod what_is_typed_arrives_once_whatever_the_network_does {
    in_browsers!(super::whatever_the_network_does; in_chromium: Chromium, in_firefox: Firefox, in_webkit: WebKit);
}

async fn whatever_the_network_does(kind: Kind) -> Result<()> {
    let mut world = World::new("lose_network", kind)?;
    let mut writer = world.writer().await?;
    for fault in FAULTS {
        for _ in 0..world.rounds {
            under(fault, &world, &mut writer).await.with_context(|| format!("{fault:?}"))?;
        }
        world.settle(fault.name(), world.rounds, &mut writer).await?;
    }
    Ok(())
}

/// Types while the fault lasts; it ends when a push met it and the screen says so.
async fn under(fault: Fault, world: &World, writer: &mut Writer) -> Result<()> {
    let before = world.proxy.ended(fault, PUSH);
    world.proxy.make(fault);
    writer.answers().await?;
    writer.person.watches_the_pill().await?;
    writer.answers().await?;
    if fault != Fault::Offline {
        world.proxy.until_ended(before + 1, fault, PUSH).await?;
    }
    if !fault.lets_answers_through() {
        writer.person.sync_is("offline").await?;
        // Typing goes on as if nothing were.
        writer.answers().await?;
        writer.was_told_the_truth().await?;
    }
    writer.person.sees_nothing_wrong().await?;
    world.proxy.make(Fault::Pass);
    Ok(())
}

mod what_is_typed_arrives_once_through_all_of_that_by_chance {
    in_browsers!(super::all_of_that_by_chance; in_chromium: Chromium, in_firefox: Firefox, in_webkit: WebKit);
}

async fn all_of_that_by_chance(kind: Kind) -> Result<()> {
    let mut world = World::new("lose_network by chance", kind)?;
    let mut writer = world.writer().await?;
    for _ in 0..world.rounds {
        world.proxy.make(Fault::Mix);
        for _ in 0..3 {
            let n_answers = 1 + world.chance.below(3);
            // One more attempt, whatever comes of it; while somebody types slowly it may be over already.
            let before = attempts(&world);
            writer.answers_times(n_answers).await?;
            wait::until_within(2 * wait::PATIENCE, "another push", async || {
                Ok((attempts(&world) > before).then_some(()))
            })
            .await?;
        }
        world.proxy.make(Fault::Offline);
        writer.answers().await?;
        world.proxy.make(Fault::Mix);
        writer.answers().await?;
    }
    world.proxy.make(Fault::Pass);
    world.settle(Fault::Mix.name(), world.rounds, &mut writer).await?;
    ensure!(attempts(&world) > 0, "nothing was ever sent");
    Ok(())
}

/// How many pushes came, whatever became of them.
fn attempts(world: &World) -> usize {
    let all = FAULTS.iter().chain(&[Fault::Pass]);
    all.map(|fault| world.proxy.begun(*fault, PUSH)).sum()
}
