//! Journeys: what people do with the whole system, in real browsers.
//!
//! One file per journey, named `{action}_{object}`. A journey that must hold in every browser is written once and
//! listed for each with [`in_every_browser!`].

/// Runs one journey as three tests, one per browser. `except webkit, "why"` leaves the last one to be asked for by
/// name (`-- --ignored`), with what stops it.
macro_rules! in_every_browser {
    ($journey:path) => {
        in_every_browser!(@webkit $journey, #[doc = "Runs with the others."]);
    };
    ($journey:path, except webkit, $why:literal) => {
        in_every_browser!(@webkit $journey, #[ignore = $why]);
    };
    (@webkit $journey:path, #[$mark:meta]) => {
        #[tokio::test]
        async fn in_chromium() -> anyhow::Result<()> {
            $journey(lantoa_tests::browser::Kind::Chromium).await
        }

        #[tokio::test]
        async fn in_firefox() -> anyhow::Result<()> {
            $journey(lantoa_tests::browser::Kind::Firefox).await
        }

        #[$mark]
        #[tokio::test]
        async fn in_webkit() -> anyhow::Result<()> {
            $journey(lantoa_tests::browser::Kind::WebKit).await
        }
    };
}

mod attach_file;
mod be_usable;
mod correct_report;
mod file_report;
mod keep_answers;
mod open_app;
mod rescue_work;
mod respond_fast;
mod see_figures;
mod settle_clash;
mod take_update;
mod type_vietnamese;
mod use_keyboard;
