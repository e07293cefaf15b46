//! A file is evidence: it is kept without a network, goes up by itself, and whoever judges can open it.

use anyhow::{Result, ensure};
use lantoa_tests::browser::Kind;
use lantoa_tests::person::Person;
use lantoa_tests::place;
use lantoa_tests::server::Server;

/// The period that is over, for which the demo's school has an accepted report.
const PERIOD: &str = "2026-h1";

/// The school of the demo's preparer `truong` and head `hieutruong`.
const SCHOOL: &str = "TH-0001";

/// A field that takes several files.
const FIELD: &str = "hdr_attachments";

const NAME: &str = "Kế hoạch tuyên truyền.txt";
const CONTENT: &str = "Phổ biến Nghị quyết 71 đến phụ huynh học sinh.";

#[tokio::test]
async fn a_file_attached_offline_goes_up_and_the_reviewer_opens_it() -> Result<()> {
    let mut server = Server::demo()?;
    let folder = place::folder()?;
    let file = folder.path().join(NAME);
    std::fs::write(&file, CONTENT)?;
    let commune = Person::signed_in(Kind::Chromium, &server, "xa").await?;
    commune.open_accepted("FA", SCHOOL).await?;
    commune.send_back("reopen", "Đề nghị bổ sung tệp kế hoạch.").await?;
    commune.sync_is("synced").await?;

    let mut preparer = Person::signed_in(Kind::Chromium, &server, "truong").await?;
    preparer.is_ready_for_offline().await?;
    preparer.duty_is("FA", PERIOD, "returned").await?;
    server.kill();
    preparer.open_duty("FA", PERIOD).await?;
    preparer.walk_to(FIELD).await?;
    preparer.attaches(FIELD, &file).await?;
    preparer.saved(FIELD).await?;
    preparer.sync_is("offline").await?;

    // The phone was switched off, and the original is gone.
    std::fs::remove_file(&file)?;
    preparer.closes_and_opens_again().await?;
    preparer.open_duty("FA", PERIOD).await?;
    preparer.walk_to_end().await?;
    preparer.reads(NAME).await?;
    preparer.command("hand-over").await?;
    server.start_again()?;
    preparer.sync_is("synced").await?;

    let head = Person::signed_in(Kind::Chromium, &server, "hieutruong").await?;
    head.open_duty("FA", PERIOD).await?;
    head.walk_to_end().await?;
    head.command("approve").await?;
    head.sync_is("synced").await?;
    commune.open_received("FA", SCHOOL).await?;
    let opened = commune.opens_file(FIELD, folder.path(), NAME).await?;
    ensure!(opened == CONTENT, "the reviewer read {opened:?}");
    Ok(())
}

#[tokio::test]
async fn a_file_that_cannot_be_attached_says_why_and_what_helps() -> Result<()> {
    let server = Server::demo()?;
    let folder = place::folder()?;
    let (empty, large) = (folder.path().join("trống.pdf"), folder.path().join("lớn.pdf"));
    std::fs::write(&empty, "")?;
    std::fs::File::create(&large)?.set_len(20 * 1024 * 1024 + 1)?;
    let preparer = Person::signed_in(Kind::Chromium, &server, "truong").await?;
    preparer.open_duty("FA", "2026-year").await?;
    preparer.walk_to(FIELD).await?;
    for (file, words) in [(&empty, "Tệp trống"), (&large, "lớn hơn 20 MB")] {
        preparer.attaches(FIELD, file).await?;
        preparer.reads(words).await?;
    }
    // What fits is attached, and nothing is complained about any more.
    let file = folder.path().join(NAME);
    std::fs::write(&file, CONTENT)?;
    preparer.attaches(FIELD, &file).await?;
    preparer.saved(FIELD).await?;
    preparer.browser.gone(&format!("[data-field={FIELD}] [role=alert]")).await
}
