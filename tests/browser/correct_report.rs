//! A report comes back with a reason, is corrected, and is accepted: once after its acceptance, once before.

use anyhow::{Result, ensure};
use lantoa_tests::browser::Kind;
use lantoa_tests::person::Person;
use lantoa_tests::server::Server;

/// The period that is over, for which the demo's school has an accepted report.
const PERIOD: &str = "2026-h1";

/// The school of the demo's preparer `truong` and head `hieutruong`.
const SCHOOL: &str = "TH-0001";

/// The field that is wrong, and what stands there in the end.
const FIELD: &str = "learner_total";

#[tokio::test]
async fn a_report_that_comes_back_with_a_note_is_corrected_and_accepted() -> Result<()> {
    let server = Server::demo()?;
    let mut commune = Person::signed_in(Kind::Chromium, &server, "xa").await?;
    commune.open_accepted("FA", SCHOOL).await?;
    let accepted = commune.browser.text(&format!("[data-answer={FIELD}] dd")).await?;
    commune.remark(FIELD, "Chưa trừ số chuyển trường.").await?;
    // What was written and not sent is still there on another day.
    commune.remarks_are_kept().await?;
    commune.closes_and_opens_again().await?;
    commune.open_accepted("FA", SCHOOL).await?;
    commune.holds_remark(FIELD, "Chưa trừ số chuyển trường.").await?;
    commune.send_back("reopen", "Đề nghị rà soát lại sĩ số.").await?;
    commune.sync_is("synced").await?;

    let preparer = Person::signed_in(Kind::Chromium, &server, "truong").await?;
    let head = Person::signed_in(Kind::Chromium, &server, "hieutruong").await?;
    let notes = ["Đề nghị rà soát lại sĩ số.", "Chưa trừ số chuyển trường."];
    correct(&preparer, notes, 1).await?;
    approve(&preparer, &head).await?;

    // Still wrong: sent back once more before it is accepted.
    commune.open_received("FA", SCHOOL).await?;
    commune.remark(FIELD, "Còn lệch hai em so với sổ.").await?;
    commune.send_back("return", "Số liệu vẫn chưa khớp.").await?;
    commune.sync_is("synced").await?;
    preparer.open_app().await?;
    correct(&preparer, ["Số liệu vẫn chưa khớp.", "Còn lệch hai em so với sổ."], 2).await?;
    approve(&preparer, &head).await?;

    commune.open_received("FA", SCHOOL).await?;
    let corrected = commune.browser.text(&format!("[data-answer={FIELD}] dd")).await?;
    ensure!(corrected != accepted, "the commune still reads {accepted}");
    // Whoever judges sees the whole story.
    for note in notes {
        commune.reads(note).await?;
    }
    commune.command("accept").await?;
    commune.sync_is("synced").await?;
    preparer.open_app().await?;
    preparer.duty_is("FA", PERIOD, "accepted").await
}

/// The school sees why, at home, above the section and at the field itself; it takes some learners off.
async fn correct(preparer: &Person, [note, remark]: [&str; 2], n_less: u32) -> Result<()> {
    preparer.duty_is("FA", PERIOD, "returned").await?;
    preparer.reads(note).await?;
    preparer.open_duty("FA", PERIOD).await?;
    preparer.reads(note).await?;
    preparer.walk_to(FIELD).await?;
    let told = preparer.browser.text(&format!("[data-field={FIELD}]")).await?;
    ensure!(told.contains(remark), "the remark is not at the field: {told}");
    let before: u32 = preparer.value(FIELD).await?.replace('.', "").parse()?;
    preparer.answer(FIELD, &(before - n_less).to_string()).await?;
    preparer.saved(FIELD).await
}

/// Handed over, approved by the head, at the centre.
async fn approve(preparer: &Person, head: &Person) -> Result<()> {
    preparer.walk_to_end().await?;
    let problems = preparer.problems().await?;
    ensure!(problems.is_empty(), "{}", problems.join("\n"));
    preparer.command("hand-over").await?;
    preparer.sync_is("synced").await?;
    head.open_app().await?;
    head.open_duty("FA", PERIOD).await?;
    head.walk_to_end().await?;
    head.command("approve").await?;
    head.sync_is("synced").await
}
