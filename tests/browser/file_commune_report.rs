//! A commune files its own report on top of what its schools said, and the city's figures follow.

use anyhow::{Result, ensure};
use lantoa_tests::browser::Kind;
use lantoa_tests::person::Person;
use lantoa_tests::server::Server;

/// The open period of the demo's forms.
const PERIOD: &str = "2026-year";

/// The commune of the demo's preparer `xa.lap` and head `chutich`.
const COMMUNE: &str = "XP-20161";

/// The figures of all communes.
const OF_CITY: &str = "/figures?unit=SO-GDDT&form=FB&period=2026-year";

#[tokio::test]
async fn a_commune_files_on_top_of_its_schools() -> Result<()> {
    let server = Server::demo()?;
    let preparer = Person::signed_in(Kind::Chromium, &server, "xa.lap").await?;
    preparer.open_duty("FB", PERIOD).await?;
    preparer.walk_to("managed_schools").await?;
    let managed = preparer.browser.text("[data-field=managed_schools]").await?;
    ensure!(managed.contains('3'), "three schools report to the commune: {managed}");
    while preparer.previous().await? {}
    preparer.fill_to_the_end().await?;
    let problems = preparer.problems().await?;
    ensure!(problems.is_empty(), "{}", problems.join("\n"));
    preparer.command("hand-over").await?;
    preparer.sync_is("synced").await?;

    let head = Person::signed_in(Kind::Chromium, &server, "chutich").await?;
    head.open_duty("FB", PERIOD).await?;
    head.walk_to_end().await?;
    head.command("approve").await?;
    head.sync_is("synced").await?;

    let city = Person::signed_in(Kind::Chromium, &server, "so").await?;
    let before = city.figure(OF_CITY, "staff_total", "").await?;
    city.open_received("FB", COMMUNE).await?;
    city.command("accept").await?;
    city.sync_is("synced").await?;
    city.figure(OF_CITY, "staff_total", &before).await.map(drop)
}
