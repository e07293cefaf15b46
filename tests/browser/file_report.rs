//! A school files its report with no signal, and the centre sees the figures.

use anyhow::{Result, ensure};
use lantoa_tests::browser::Kind;
use lantoa_tests::person::Person;
use lantoa_tests::server::Server;

/// The open period of the demo's forms.
const PERIOD: &str = "2026-year";

/// The school of the demo's preparer `truong` and head `hieutruong`.
const SCHOOL: &str = "TH-0001";

/// The figures of the commune to which that school reports, and of the city.
const OF_COMMUNE: &str = "/figures?unit=XP-20161&form=FA&period=2026-year";
const OF_CITY: &str = "/figures?unit=SO-GDDT&form=FA&period=2026-year";

mod a_school_files_without_a_signal {
    in_every_browser!(super::a_school_files_without_a_signal, webkit alone);
}

async fn a_school_files_without_a_signal(kind: Kind) -> Result<()> {
    let mut server = Server::demo()?;
    let mut preparer = Person::signed_in(kind, &server, "truong").await?;
    preparer.is_ready_for_offline().await?;

    // The signal is gone, and the phone was switched off over night.
    server.kill();
    come_back(kind, &mut preparer).await?;
    preparer.open_duty("FA", PERIOD).await?;
    let mut n_answers = preparer.fill_section().await?;
    ensure!(preparer.next().await?, "the report has one section only");
    n_answers += preparer.fill_section().await?;

    // Left half-way, and found again exactly there.
    let left_at = preparer.section().await?;
    come_back(kind, &mut preparer).await?;
    preparer.open_duty("FA", PERIOD).await?;
    let found_at = preparer.section().await?;
    ensure!(found_at == left_at, "left at {left_at}, found at {found_at}");

    n_answers += preparer.fill_to_the_end().await?;
    ensure!(n_answers > 100, "only {n_answers} questions were asked");
    let problems = preparer.problems().await?;
    ensure!(problems.is_empty(), "{}", problems.join("\n"));
    preparer.command("hand-over").await?;
    preparer.sync_is("offline").await?;

    // The signal is back: everything goes up by itself.
    server.start_again()?;
    preparer.sync_is("synced").await?;

    let head = Person::signed_in(kind, &server, "hieutruong").await?;
    head.open_duty("FA", PERIOD).await?;
    head.walk_to_end().await?;
    head.command("approve").await?;
    head.sync_is("synced").await?;

    let city = Person::signed_in(kind, &server, "so.tonghop").await?;
    let commune = Person::signed_in(kind, &server, "xa").await?;
    let of_city = city.reported(OF_CITY, "").await?;
    let of_commune = commune.reported(OF_COMMUNE, "").await?;
    let staff = city.figure(OF_CITY, "staff_total", "").await?;
    commune.open_received("FA", SCHOOL).await?;
    commune.command("accept").await?;
    commune.sync_is("synced").await?;

    // The figures of every level follow.
    commune.reported(OF_COMMUNE, &of_commune).await?;
    city.reported(OF_CITY, &of_city).await?;
    city.figure(OF_CITY, "staff_total", &staff).await?;

    preparer.open_app().await?;
    preparer.duty_is("FA", PERIOD, "accepted").await
}

/// Opens the app again: in a browser that was closed, or, where a browser cannot keep anything, in a new page.
async fn come_back(kind: Kind, person: &mut Person) -> Result<()> {
    if kind.keeps_its_profile() { person.closes_and_opens_again().await } else { person.open_app().await }
}
