//! What was typed stays, whatever is pulled out of the wall: the promise of the whole system.

use anyhow::{Result, ensure};
use lantoa_tests::browser::Kind;
use lantoa_tests::person::{Control, Person};
use lantoa_tests::server::Server;

/// The open period of the demo's forms.
const PERIOD: &str = "2026-year";

mod answers_outlive_a_dead_battery {
    #[tokio::test]
    async fn in_chromium() -> anyhow::Result<()> {
        super::answers_outlive_a_dead_battery(super::Kind::Chromium).await
    }

    #[tokio::test]
    async fn in_firefox() -> anyhow::Result<()> {
        super::answers_outlive_a_dead_battery(super::Kind::Firefox).await
    }
}

/// The browser is killed right after a saved mark was shown, again and again, without a server.
async fn answers_outlive_a_dead_battery(kind: Kind) -> Result<()> {
    let mut server = Server::demo()?;
    let mut person = Person::signed_in(kind, &server, "truong").await?;
    person.is_ready_for_offline().await?;
    // Closed in good order once: the cookie jar of a browser is written late, which is not ours to mend.
    person.closes_and_opens_again().await?;
    server.kill();
    person.open_duty("FA", PERIOD).await?;
    let fields = first_texts_and_numbers(&person, 3).await?;
    for (round, field) in fields.iter().enumerate() {
        let answer = format!("{}", 40 + round);
        person.answer(field, &answer).await?;
        person.saved(field).await?;
        person.loses_power_and_opens_again().await?;
        person.open_duty("FA", PERIOD).await?;
        person.walk_to(field).await?;
        person.holds(field, &answer).await?;
    }
    server.start_again()?;
    person.open_app().await?;
    person.sync_is("synced").await
}

#[tokio::test]
async fn answers_outlive_a_server_killed_while_they_go_up() -> Result<()> {
    let mut server = Server::demo()?;
    let person = Person::signed_in(Kind::Chromium, &server, "truong").await?;
    person.open_duty("FA", PERIOD).await?;
    let fields = first_texts_and_numbers(&person, 4).await?;
    for (round, field) in fields.iter().enumerate() {
        person.answer(field, &format!("{}", 60 + round)).await?;
        person.saved(field).await?;
        server.kill();
        server.start_again()?;
    }
    person.sync_is("synced").await?;
    // Another phone of the same person sees what the centre has, and nothing else.
    let other = Person::signed_in(Kind::Chromium, &server, "truong").await?;
    other.open_duty("FA", PERIOD).await?;
    for (round, field) in fields.iter().enumerate() {
        other.walk_to(field).await?;
        other.holds(field, &format!("{}", 60 + round)).await?;
    }
    Ok(())
}

mod a_text_far_longer_than_asked_for_is_kept_and_goes_up_whole {
    in_every_browser!(super::a_text_far_longer_than_asked_for);
}

/// Browsers keep what is large apart from what is small, and read it later.
async fn a_text_far_longer_than_asked_for(kind: Kind) -> Result<()> {
    let mut server = Server::demo()?;
    let person = Person::signed_in(kind, &server, "truong").await?;
    person.is_ready_for_offline().await?;
    server.kill();
    person.open_duty("FA", PERIOD).await?;
    let text = "Đã phổ biến Nghị quyết. ".repeat(6_000);
    let text = text.trim();
    person.walk_to("hdr_preparer_name").await?;
    person.pastes("hdr_preparer_name", text).await?;
    person.leaves("hdr_preparer_name").await?;
    person.saved("hdr_preparer_name").await?;
    person.open_app().await?;
    person.sync_is("offline").await?;
    person.open_duty("FA", PERIOD).await?;
    person.walk_to("hdr_preparer_name").await?;
    person.holds("hdr_preparer_name", text).await?;
    server.start_again()?;
    person.sync_is("synced").await?;
    let other = Person::signed_in(Kind::Chromium, &server, "truong").await?;
    other.open_duty("FA", PERIOD).await?;
    other.walk_to("hdr_preparer_name").await?;
    other.holds("hdr_preparer_name", text).await
}

/// Walks on until this many fields were met that take typed text, all in one section; stays there.
async fn first_texts_and_numbers(person: &Person, wanted: usize) -> Result<Vec<String>> {
    loop {
        let asked = person.asked().await?;
        let typed = asked.iter().filter(|it| matches!(it.control, Control::Number | Control::Text));
        let fields: Vec<String> = typed.take(wanted).map(|it| it.field.clone()).collect();
        if fields.len() == wanted {
            return Ok(fields);
        }
        ensure!(person.next().await?, "no section asks {wanted} typed answers");
    }
}
