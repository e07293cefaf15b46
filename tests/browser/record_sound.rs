//! An interview recorded in the app, without a network: what was said comes to the centre, and a phone that dies in the
//! middle of it has what was said before.

use anyhow::{Context, Result, ensure};
use lantoa_tests::browser::Kind;
use lantoa_tests::centre::Centre;
use lantoa_tests::person::{PASSWORD, Person};
use lantoa_tests::server::Server;
use lantoa_tests::{axe, place, wait};

const TITLE: &str = "Phỏng vấn cô hiệu trưởng";
/// How sounds begin that browsers record: Ogg, WebM, MP4 (after four bytes).
const BEGINNINGS: [(usize, &[u8]); 3] = [(0, b"OggS"), (0, &[0x1A, 0x45, 0xDF, 0xA3]), (4, b"ftyp")];

async fn what_was_recorded_outlives_a_dead_phone_and_comes_to_the_centre(kind: Kind) -> Result<()> {
    let mut server = Server::demo()?;
    let mut reporter = Person::signed_in(kind, &server, "truong").await?;
    reporter.is_ready_for_offline().await?;
    // Once in good order: the cookie jar of a browser is written late, which is not ours to mend.
    reporter.closes_and_opens_again().await?;
    server.kill();
    reporter.begins_item("audio", TITLE).await?;
    reporter.browser.click("[data-field=files] [data-test=record-sound]").await?;
    reporter.browser.click("[data-test=begin-sound]").await?;
    // What comes goes onto the disk every three seconds.
    has_recorded(&reporter, 5).await?;
    axe::nothing_serious(&reporter.browser, "the recorder").await?;
    reporter.loses_power_and_opens_again().await?;

    reporter.opens_item("draft").await?;
    reporter.browser.click("[data-test=open-recorded]").await?;
    reporter.browser.click("[data-test=attach-left]").await?;
    reporter.browser.gone("[data-test=recorder]").await?;
    reporter.reads("Ghi âm").await?;
    reporter.saved("files").await?;
    reporter.browser.gone("[data-test=open-recorded]").await?;

    // Another one, with a pause in it, and one that is thrown away.
    reporter.browser.click("[data-field=files] [data-test=record-sound]").await?;
    reporter.browser.click("[data-test=begin-sound]").await?;
    has_recorded(&reporter, 1).await?;
    reporter.browser.click("[data-test=pause]").await?;
    reporter.reads("Đang tạm dừng").await?;
    reporter.browser.click("[data-test=pause]").await?;
    has_recorded(&reporter, 2).await?;
    reporter.browser.click("[data-test=attach-sound]").await?;
    reporter.browser.gone("[data-test=recorder]").await?;
    reporter.saved("files").await?;
    reporter.browser.click("[data-field=files] [data-test=record-sound]").await?;
    reporter.browser.click("[data-test=begin-sound]").await?;
    has_recorded(&reporter, 1).await?;
    reporter.browser.click("[data-test=throw-away]").await?;
    reporter.browser.click("[data-test=keep-sound]").await?;
    reporter.browser.click("[data-test=throw-away]").await?;
    reporter.browser.click("[data-test=throw-for-good]").await?;
    reporter.browser.click("[data-test=close]").await?;
    reporter.browser.gone("[data-test=recorder]").await?;

    server.start_again()?;
    reporter.sync_is("synced").await?;
    let centre = Centre::seen_by(&server, "truong", PASSWORD).await?;
    let row = centre.entry("title", TITLE).await?.context("the item is not at the centre")?;
    let files: Vec<_> = row.record.files().cloned().collect();
    ensure!(files.len() == 2, "{files:?}");
    for file in files {
        let bytes = centre.file(&file.sha256).await?.context("a sound is not at the centre")?;
        ensure!(bytes.len() as u64 == file.size && file.seconds.is_some_and(|it| it > 0), "{file:?}");
        ensure!(is_sound(&bytes), "{} begins with {:?}", file.name, &bytes[..12]);
    }
    Ok(())
}

#[tokio::test]
async fn what_nobody_attached_is_counted_and_can_be_taken_along_in_chromium() -> Result<()> {
    let server = Server::demo()?;

    let (folder, safe) = (place::folder()?, place::folder()?);
    let mut reporter = Person::signed_in(Kind::Chromium, &server, "truong").await?;
    reporter.is_ready_for_offline().await?;
    // Once in good order: the cookie jar of a browser is written late, which is not ours to mend.
    reporter.closes_and_opens_again().await?;
    reporter.begins_item("audio", TITLE).await?;
    reporter.sync_is("synced").await?;
    reporter.browser.click("[data-field=files] [data-test=record-sound]").await?;
    reporter.browser.click("[data-test=begin-sound]").await?;
    has_recorded(&reporter, 5).await?;
    reporter.loses_power_and_opens_again().await?;

    reporter.sync_is("local").await?;
    reporter.open_page("/sync").await?;
    reporter.browser.download_to(folder.path()).await?;
    reporter.browser.click("[data-test=save-recording]").await?;
    let sound = wait::until("the sound as a file", async || {
        let file = std::fs::read_dir(folder.path())?.next().context("nothing yet")??.path();
        let is_whole = file.extension().is_some_and(|end| ["ogg", "webm", "m4a"].iter().any(|it| end == *it));
        Ok(is_whole.then_some(std::fs::read(file)?).filter(|bytes| !bytes.is_empty()))
    })
    .await?;
    ensure!(is_sound(&sound), "it begins with {:?}", &sound[..12]);
    axe::nothing_serious(&reporter.browser, "the page about sync with a recording").await?;
    let rescue = reporter.saves_a_rescue_file_here(safe.path()).await?;
    reporter.browser.click("[data-test=sign-out]").await?;
    reporter.browser.click("#sign-out dialog[open] button:not([data-test])").await?;

    // A recording that is thrown away is gone here, and in the file it is not.
    reporter.browser.click("[data-test=throw-recording]").await?;
    reporter.browser.click("dialog[open] [data-test=confirm]").await?;
    reporter.browser.gone("[data-test=recording]").await?;
    reporter.sync_is("synced").await?;
    reporter.opens_a_rescue_file(&rescue, "taken").await?;
    reporter.sync_is("local").await?;
    reporter.browser.click("[data-test=recording] a").await?;
    reporter.browser.click("[data-test=open-recorded]").await?;
    reporter.browser.click("[data-test=attach-left]").await?;
    reporter.browser.gone("[data-test=recorder]").await?;
    reporter.sync_is("synced").await?;
    let centre = Centre::seen_by(&server, "truong", PASSWORD).await?;
    let row = centre.entry("title", TITLE).await?.context("the item is not at the centre")?;
    let file = row.record.files().next().context("the item has no sound")?.clone();
    ensure!(centre.file(&file.sha256).await?.as_ref() == Some(&sound), "another sound arrived");
    Ok(())
}

fn is_sound(bytes: &[u8]) -> bool {
    BEGINNINGS.iter().any(|(at, begin)| bytes[*at..].starts_with(begin))
}

/// Waits until the recorder says that it is so many seconds long.
async fn has_recorded(person: &Person, seconds: u64) -> Result<()> {
    wait::until(&format!("{seconds} s of sound"), async || {
        let length = person.browser.text("[data-test=sound-length]").await?;
        let (minutes, rest) = length.split_once(':').context("no length")?;
        Ok((minutes.parse::<u64>()? * 60 + rest.parse::<u64>()? >= seconds).then_some(()))
    })
    .await
}

#[tokio::test]
async fn in_chromium() -> Result<()> {
    what_was_recorded_outlives_a_dead_phone_and_comes_to_the_centre(Kind::Chromium).await
}

#[tokio::test]
async fn in_firefox() -> Result<()> {
    what_was_recorded_outlives_a_dead_phone_and_comes_to_the_centre(Kind::Firefox).await
}
