//! A large file goes up over a slow line: what is typed meanwhile does not wait for it, and the person may hold it
//! back.

use anyhow::{Result, ensure};
use lantoa_tests::browser::Kind;
use lantoa_tests::proxy::Fault;
use lantoa_tests::{place, wait};
use sha2::{Digest as _, Sha256};

use crate::world::World;

/// A field that takes several files.
const FIELD: &str = "hdr_attachments";
/// How large the file is, in bytes: minutes on that line.
const SIZE: usize = 16_000_000;

mod what_is_typed_does_not_wait_for_a_large_file_and_the_file_waits_for_its_person {
    in_browsers!(super::while_a_file_goes_up; in_chromium: Chromium, in_firefox: Firefox);
}

async fn while_a_file_goes_up(kind: Kind) -> Result<()> {
    let mut world = World::new("slow_upload", kind)?;
    let mut writer = world.writer().await?;
    let folder = place::folder()?;
    let bytes: Vec<u8> = (0..SIZE / 8).flat_map(|_| world.chance.number().to_le_bytes()).collect();
    let sha256 = hex::encode(Sha256::digest(&bytes));
    let file = folder.path().join("phim.zip");
    std::fs::write(&file, &bytes)?;
    let arrived = world.server.data().join("files").join(&sha256[..2]).join(&sha256);

    world.proxy.make_on(Fault::Delay, "/api/v1/uploads/");
    writer.person.walk_to(FIELD).await?;
    writer.person.attaches(FIELD, &file).await?;
    writer.person.saved(FIELD).await?;
    writer.opens_the_section().await?;
    writer.answers_times(2).await?;
    world.holds_all(&writer).await?;
    ensure!(!arrived.is_file(), "the line was not slow");

    writer.person.open_page("/sync").await?;
    writer.person.reads("Đã gửi").await?;
    writer.person.browser.click("[data-test=uploads-paused]").await?;
    world.proxy.make(Fault::Pass);
    writer.opens_the_section().await?;
    writer.answers().await?;
    world.holds_all(&writer).await?;
    ensure!(!arrived.is_file(), "the file went up though its person held it back");

    writer.person.open_page("/sync").await?;
    writer.person.browser.click("[data-test=uploads-always]").await?;
    wait::until("the file at the centre", async || Ok(arrived.is_file().then_some(()))).await?;
    ensure!(std::fs::read(&arrived)? == bytes, "other bytes arrived");
    writer.opens_the_section().await?;
    world.settle("slow upload, held back", 1, &mut writer).await
}
