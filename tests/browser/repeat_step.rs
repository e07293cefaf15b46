//! A step that was refused because the report changed under it is taken once more, on what its author has seen now.

use anyhow::{Result, ensure};
use lantoa_tests::browser::{Browser, Kind};
use lantoa_tests::person::Person;
use lantoa_tests::proxy::{Fault, Proxy};
use lantoa_tests::server::Server;

/// The open period of the demo's forms.
const PERIOD: &str = "2026-year";

/// A field of the first sections that nothing else depends on.
const FIELD: &str = "hdr_preparer_name";

#[tokio::test]
async fn a_step_refused_because_of_a_change_shows_the_change_and_then_goes_through() -> Result<()> {
    let server = Server::demo()?;
    let line = Proxy::before(&server, 71)?;
    let phone = Person::arrives_at(Browser::open(Kind::Chromium).await?, &line.page("/")).await?;
    phone.sign_in("truong").await?;
    phone.is_ready_for_offline().await?;
    phone.open_duty("FA", PERIOD).await?;
    phone.fill_to_the_end().await?;
    phone.sync_is("synced").await?;
    let laptop = Person::signed_in(Kind::Chromium, &server, "truong").await?;
    laptop.open_duty("FA", PERIOD).await?;
    laptop.walk_to(FIELD).await?;

    line.make(Fault::Offline);
    phone.walk_to_end().await?;
    phone.command("hand-over").await?;
    laptop.answer(FIELD, "Trần Thị Mới").await?;
    laptop.saved(FIELD).await?;
    laptop.sync_is("synced").await?;
    line.make(Fault::Pass);
    phone.sync_is("attention").await?;

    // The page where the step was taken says so, and so does the page about sync.
    phone.browser.find("[data-test=attention] [data-test=changed-show]").await?;
    phone.open_page("/sync").await?;
    phone.browser.find("[data-test=changed-show]").await?;
    ensure!(!phone.browser.has("[data-test=try-again]").await?, "it can be sent unseen");
    phone.browser.click("[data-test=changed-show]").await?;
    let shown = phone.browser.text("[data-test=changes]").await?;
    ensure!(shown.contains("Trần Thị Mới"), "the change is not shown: {shown}");
    phone.browser.click("[data-test=try-again]").await?;
    phone.sync_is("synced").await?;
    phone.open_app().await?;
    phone.duty_is("FA", PERIOD, "ready").await
}
