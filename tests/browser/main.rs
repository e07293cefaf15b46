//! Journeys: what people do with the whole system, in real browsers.
//!
//! One file per journey, named `{action}_{object}`. A journey that must hold in every browser is written once and
//! listed for each with [`in_every_browser!`].

/// Runs one journey as three tests, one per browser. `webkit alone` is for a long one: WebKit without a graphics card
/// draws with the processor and falls behind beside two other browsers. Tests whose names end in `_alone` are run after
/// all others, one at a time.
macro_rules! in_every_browser {
    ($journey:path) => {
        in_every_browser!(@ $journey, in_webkit);
    };
    ($journey:path, webkit alone) => {
        in_every_browser!(@ $journey, in_webkit_alone);
    };
    (@ $journey:path, $webkit:ident) => {
        #[tokio::test]
        async fn in_chromium() -> anyhow::Result<()> {
            $journey(lantoa_tests::browser::Kind::Chromium).await
        }

        #[tokio::test]
        async fn in_firefox() -> anyhow::Result<()> {
            $journey(lantoa_tests::browser::Kind::Firefox).await
        }

        #[tokio::test]
        async fn $webkit() -> anyhow::Result<()> {
            $journey(lantoa_tests::browser::Kind::WebKit).await
        }
    };
}

mod attach_file;
mod be_usable;
mod correct_report;
mod file_report;
mod hide_faces;
mod keep_answers;
mod keep_library;
mod narrow_library;
mod open_app;
mod record_sound;
mod repeat_step;
mod rescue_work;
mod respond_fast;
mod see_figures;
mod settle_clash;
mod share_browser;
mod share_media;
mod show_film;
mod shut_out_device;
mod take_update;
mod type_vietnamese;
mod update_store;
mod use_keyboard;
mod write_article;
