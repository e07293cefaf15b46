//! What is on a device only stays with its author: when the session ends, when another person signs in, when it is
//! carried to another device, and when the browser throws the store away.

use anyhow::{Context, Result, ensure};
use lantoa_tests::browser::Kind;
use lantoa_tests::person::{Control, Person};
use lantoa_tests::place;
use lantoa_tests::server::Server;

/// The open period of the demo's forms.
const PERIOD: &str = "2026-year";

mod whoever_s_session_ended_signs_in_again_in_place {
    #[tokio::test]
    async fn in_chromium() -> anyhow::Result<()> {
        super::whoever_s_session_ended_signs_in_again_in_place(super::Kind::Chromium).await
    }

    #[tokio::test]
    async fn in_firefox() -> anyhow::Result<()> {
        super::whoever_s_session_ended_signs_in_again_in_place(super::Kind::Firefox).await
    }
}

async fn whoever_s_session_ended_signs_in_again_in_place(kind: Kind) -> Result<()> {
    let server = Server::demo()?;
    let person = Person::signed_in(kind, &server, "truong").await?;
    let field = open_a_field(&person).await?;
    let page = person.section().await?;
    person.loses_the_session().await?;
    person.answer(&field, "71").await?;
    person.saved(&field).await?;
    person.browser.find("[data-test=sign-in-again]").await?;

    // A wrong password takes nothing away, and the page stays where it was.
    person.signs_in_again("no such password").await?;
    person.browser.find("#sign-in-again-trouble .problem").await?;
    person.holds(&field, "71").await?;
    person.signs_in_again("lantoa-demo").await?;
    person.browser.gone("[name=password-again]").await?;
    person.sync_is("synced").await?;
    ensure!(person.section().await? == page, "the page was left");
    person.holds(&field, "71").await?;
    has_at_the_centre(&server, &field, "71").await
}

#[tokio::test]
async fn a_session_that_ended_is_known_after_a_reload_without_a_network() -> Result<()> {
    let mut server = Server::demo()?;
    let person = Person::signed_in(Kind::Chromium, &server, "truong").await?;
    person.is_ready_for_offline().await?;
    let field = open_a_field(&person).await?;
    person.loses_the_session().await?;
    person.answer(&field, "70").await?;
    person.saved(&field).await?;
    person.browser.find("[data-test=sign-in-again]").await?;
    server.kill();

    person.open_page("/sync").await?;
    person.browser.find("[data-test=sign-in-again]").await?;
    person.reads("1 thay đổi đang chờ gửi").await?;
    let told = person.browser.text("main").await?;
    ensure!(!told.contains("tự gửi khi có mạng"), "nothing goes by itself any more: {told}");

    server.start_again()?;
    person.signs_in_again("lantoa-demo").await?;
    person.sync_is("synced").await?;
    has_at_the_centre(&server, &field, "70").await
}

#[tokio::test]
async fn what_is_unsent_waits_for_its_author_while_another_person_uses_the_device() -> Result<()> {
    let server = Server::demo()?;
    let person = Person::signed_in(Kind::Chromium, &server, "truong").await?;
    let field = open_a_field(&person).await?;
    person.loses_the_session().await?;
    person.answer(&field, "72").await?;
    person.saved(&field).await?;
    person.browser.find("[data-test=sign-in-again]").await?;
    person.signs_out().await?;

    person.sign_in("hieutruong").await?;
    person.open_app().await?;
    person.sync_is("synced").await?;
    person.open_page("/sync").await?;
    person.reads("1 thay đổi của người khác").await?;
    has_at_the_centre(&server, &field, "").await?;

    person.signs_out().await?;
    person.sign_in("truong").await?;
    person.sync_is("synced").await?;
    has_at_the_centre(&server, &field, "72").await
}

#[tokio::test]
async fn a_rescue_file_carries_what_is_unsent_to_another_device() -> Result<()> {
    let mut server = Server::demo()?;
    let folder = place::folder()?;
    let person = Person::signed_in(Kind::Chromium, &server, "truong").await?;
    person.is_ready_for_offline().await?;
    server.kill();
    let field = open_a_field(&person).await?;
    person.answer(&field, "73").await?;
    person.saved(&field).await?;
    let file = person.saves_a_rescue_file(folder.path()).await?;
    let name = file.file_name().context("no name")?.to_string_lossy().into_owned();
    ensure!(name.starts_with("lan-toa-TH-0001-20"), "{name}");
    drop(person);

    server.start_again()?;
    let other = Person::signed_in(Kind::Chromium, &server, "truong").await?;
    other.opens_a_rescue_file(&file, "taken").await?;
    other.sync_is("synced").await?;
    has_at_the_centre(&server, &field, "73").await?;

    // Once more does no harm, a changed one is told from the original, and nobody else can use it.
    let told = other.opens_a_rescue_file(&file, "taken").await?;
    ensure!(told.contains(" 0 "), "{told}");
    let changed = folder.path().join("changed.json");
    std::fs::write(&changed, std::fs::read_to_string(&file)?.replace("73", "37"))?;
    other.opens_a_rescue_file(&changed, "wrong").await?;
    let head = Person::signed_in(Kind::Chromium, &server, "hieutruong").await?;
    let told = head.opens_a_rescue_file(&file, "wrong").await?;
    ensure!(told.contains("truong"), "{told}");
    Ok(())
}

#[tokio::test]
async fn a_rescue_file_carries_remarks_that_no_step_took_along() -> Result<()> {
    let server = Server::demo()?;
    let folder = place::folder()?;
    let reviewer = Person::signed_in(Kind::Chromium, &server, "xa").await?;
    reviewer.open_accepted("FA", "TH-0001").await?;
    reviewer.remark("learner_total", "Chưa trừ số chuyển trường.").await?;
    reviewer.remarks_are_kept().await?;
    let file = reviewer.saves_a_rescue_file(folder.path()).await?;
    reviewer.reads("1 ý kiến đã viết").await?;

    let other = Person::signed_in(Kind::Chromium, &server, "xa").await?;
    let told = other.opens_a_rescue_file(&file, "taken").await?;
    ensure!(told.contains(" 1 "), "{told}");
    other.open_accepted("FA", "TH-0001").await?;
    other.holds_remark("learner_total", "Chưa trừ số chuyển trường.").await
}

#[tokio::test]
async fn remarks_that_no_step_took_along_are_named_wherever_it_is_said_what_is_only_here() -> Result<()> {
    let server = Server::demo()?;
    let reviewer = Person::signed_in(Kind::Chromium, &server, "xa").await?;
    reviewer.sync_is("synced").await?;
    reviewer.open_accepted("FA", "TH-0001").await?;
    reviewer.remark("learner_total", "Chưa trừ số chuyển trường.").await?;
    reviewer.remarks_are_kept().await?;
    reviewer.sync_is("local").await?;
    reviewer.open_page("/sync").await?;
    reviewer.reads("Ý kiến chưa gửi ở 1 báo cáo").await?;
    ensure!(!reviewer.browser.has(".notice[data-kind=success]").await?, "all is said to be at the centre");
    // Whoever signs out is asked first.
    reviewer.browser.click("[data-test=sign-out]").await?;
    reviewer.browser.find("dialog[open] [data-test=confirm]").await?;

    reviewer.browser.go("about:blank").await?;
    reviewer.browser.clear_databases(&server.page("/")).await?;
    reviewer.open_app().await?;
    let told = reviewer.browser.text(".notice:has([data-test=evicted])").await?;
    ensure!(told.contains(" 1 "), "a remark is lost: {told}");
    Ok(())
}

#[tokio::test]
async fn whoever_s_data_the_browser_cleared_is_told_once_what_is_lost() -> Result<()> {
    let mut server = Server::demo()?;
    let person = Person::signed_in(Kind::Chromium, &server, "truong").await?;
    ensure!(!person.browser.has("[data-test=evicted]").await?, "nothing was cleared yet");
    person.is_ready_for_offline().await?;
    server.kill();
    let field = open_a_field(&person).await?;
    person.answer(&field, "74").await?;
    person.saved(&field).await?;
    // No page is left that remembers it.
    person.browser.go("about:blank").await?;
    person.browser.clear_databases(&server.page("/")).await?;
    server.start_again()?;

    person.open_app().await?;
    person.browser.find("[data-test=evicted]").await?;
    person.sign_in("truong").await?;
    let told = person.browser.text(".notice:has([data-test=evicted])").await?;
    ensure!(told.contains(" 1 "), "{told}");
    person.browser.click("[data-test=evicted-read]").await?;
    person.browser.gone("[data-test=evicted]").await?;
    person.open_app().await?;
    person.browser.find("[data-test=duty]").await?;
    ensure!(!person.browser.has("[data-test=evicted]").await?, "it was said once already");
    Ok(())
}

/// Opens the report and walks to the first field that takes a number.
async fn open_a_field(person: &Person) -> Result<String> {
    person.open_duty("FA", PERIOD).await?;
    loop {
        let asked = person.asked().await?;
        if let Some(number) = asked.iter().find(|it| matches!(it.control, Control::Number)) {
            return Ok(number.field.clone());
        }
        ensure!(person.next().await?, "no section asks a number");
    }
}

/// Another phone of the same person sees what the centre has, and nothing else.
async fn has_at_the_centre(server: &Server, field: &str, value: &str) -> Result<()> {
    let other = Person::signed_in(Kind::Chromium, server, "truong").await?;
    other.open_duty("FA", PERIOD).await?;
    other.walk_to(field).await?;
    other.holds(field, value).await
}
