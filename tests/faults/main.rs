//! Real browsers under injected faults: whatever happens to network, browser, server, storage and clock, what was
//! typed arrives, once, and the screen says how it stands.
//!
//! One file per thing that goes wrong, named `{action}_{object}`. Each story is told in every browser in which the
//! fault can be made. What is typed, how often, and where things are cut is drawn from a seed ([`world`]); where that
//! meets the app depends on the machine's pace too, so a seed narrows a failure down and does not nail it.

/// Tells one story in the browsers named: `in_browsers!(path; in_chromium: Chromium, …)`.
macro_rules! in_browsers {
    ($story:path; $($name:ident: $kind:ident),+) => {
        $(
            #[tokio::test]
            async fn $name() -> anyhow::Result<()> {
                $story(lantoa_tests::browser::Kind::$kind).await
            }
        )+
    };
}

mod add_rows;
mod clear_storage;
mod cut_film;
mod cut_upload;
mod end_session;
mod fill_storage;
mod freeze_tab;
mod hold_store;
mod lose_browser;
mod lose_network;
mod lose_server;
mod narrow_line;
mod open_tabs;
mod restore_copy;
mod shift_clock;
mod slow_upload;
mod wait_long;
mod world;
mod writer;
