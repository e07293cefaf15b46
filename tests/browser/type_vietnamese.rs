//! Vietnamese letters are composed of several keys: what is being composed belongs to the person alone.

use anyhow::{Result, ensure};
use lantoa_tests::browser::Kind;
use lantoa_tests::person::Person;
use lantoa_tests::server::Server;
use thirtyfour::Key;

/// The open period of the demo's forms.
const PERIOD: &str = "2026-year";

/// A line and a box of words of the same section, and a line that another device answers meanwhile.
const LINE: &str = "hdr_preparer_name";
const AREA: &str = "hdr_recipients";
const OTHER: &str = "hdr_preparer_title";

/// What Telex shows while `Tuyeets` is typed.
const STAGES: [&str; 7] = ["T", "Tu", "Tuy", "Tuye", "Tuyê", "Tuyêt", "Tuyết"];

#[tokio::test]
async fn a_composition_is_neither_disturbed_nor_cut_short() -> Result<()> {
    let server = Server::demo()?;
    let person = Person::signed_in(Kind::Chromium, &server, "truong").await?;
    let other = Person::signed_in(Kind::Chromium, &server, "truong").await?;
    for device in [&person, &other] {
        device.open_duty("FA", PERIOD).await?;
        device.walk_to(LINE).await?;
    }
    for (round, field) in [LINE, AREA].into_iter().enumerate() {
        person.browser.click(&format!("[data-field={field}] :is(input, textarea)")).await?;
        for stage in STAGES {
            person.composes(stage).await?;
            person.holds(field, stage).await?;
        }
        // A long pause in the middle: it is kept as it stands, the centre has it, and something new comes down.
        person.saved(field).await?;
        other.holds(field, "Tuyết").await?;
        let title = format!("Phó hiệu trưởng {round}");
        other.answer(OTHER, &title).await?;
        person.holds(OTHER, &title).await?;
        // It is the same composition still: it goes on, and what follows takes its place.
        person.composes("Tuyế").await?;
        person.holds(field, "Tuyế").await?;
        person.composed("Tuyến").await?;
        person.press(" Ánh").await?;
        person.holds(field, "Tuyến Ánh").await?;
        person.press(Key::Tab).await?;
        person.saved(field).await?;
        person.holds(field, "Tuyến Ánh").await?;
        other.holds(field, "Tuyến Ánh").await?;
    }
    person.sync_is("synced").await?;
    ensure!(!person.browser.has("[data-clash]").await?, "typing clashed with itself");

    person.open_app().await?;
    person.open_duty("FA", PERIOD).await?;
    person.walk_to(LINE).await?;
    person.holds(LINE, "Tuyến Ánh").await?;
    person.holds(AREA, "Tuyến Ánh").await
}
