//! The figures of a commune: the worked example, from the reports of three schools of which one is silent.

use anyhow::{Result, ensure};
use lantoa_tests::browser::Kind;
use lantoa_tests::person::Person;
use lantoa_tests::server::Server;

/// The demo's commune with the three schools of the example, in the period whose reports were accepted.
const EXAMPLE: &str = "/figures?unit=XP-20161&form=FA&period=2026-h1";

mod the_worked_example_is_on_screen {
    in_every_browser!(super::the_worked_example_is_on_screen);
}

async fn the_worked_example_is_on_screen(kind: Kind) -> Result<()> {
    let server = Server::demo()?;
    let reviewer = Person::signed_in(kind, &server, "xa").await?;
    reviewer.open_page(EXAMPLE).await?;
    for (target, expected) in [("T2", "57,1"), ("T5", "60,0"), ("T1a", "66,7"), ("T1b", "33,3")] {
        let share = reviewer.share_of(target).await?;
        ensure!(share.starts_with(expected), "{target} is {share}, not {expected} %");
    }
    let silent = reviewer.silent_units().await?;
    ensure!(silent.len() == 1, "silent: {silent:?}");
    Ok(())
}
