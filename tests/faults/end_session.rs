//! The session ends while something is on its way up.

use anyhow::Result;
use lantoa_tests::browser::Kind;
use lantoa_tests::proxy::{Fault, PUSH};

use crate::world::{ACCOUNT, World};

mod what_is_typed_after_the_session_ended_goes_up_after_signing_in_again {
    in_browsers!(super::after_the_session_ended; in_chromium: Chromium, in_firefox: Firefox, in_webkit: WebKit);
}

async fn after_the_session_ended(kind: Kind) -> Result<()> {
    let mut world = World::new("end_session", kind)?;
    let mut writer = world.writer().await?;
    for round in 0..world.rounds {
        let before = world.proxy.begun(Fault::Hold, PUSH);
        world.proxy.make_on(Fault::Hold, PUSH);
        writer.answers_times(2).await?;
        world.proxy.until_begun(before + 1, Fault::Hold, PUSH).await?;
        world.password = format!("mật khẩu mới {round}");
        world.server.errand(&["account", "password", ACCOUNT], &world.password)?;
        world.proxy.make(Fault::Pass);

        writer.person.browser.find("[data-test=sign-in-again]").await?;
        writer.person.watches_the_pill().await?;
        writer.answers_times(2).await?;
        writer.was_told_the_truth().await?;
        writer.person.signs_in_again(&world.password).await?;
        writer.person.browser.gone("[name=password-again]").await?;
    }
    world.settle("session ended", world.rounds, &mut writer).await
}
