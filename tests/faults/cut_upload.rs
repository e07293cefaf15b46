//! A file goes up over a line that is cut again and again, and from a page that is killed in between.

use anyhow::{Context as _, Result, ensure};
use lantoa_tests::browser::Kind;
use lantoa_tests::proxy::Fault;
use lantoa_tests::{place, wait};
use sha2::{Digest as _, Sha256};

use crate::world::World;

/// Where bytes go up.
const UPLOADS: &str = "/api/v1/uploads";
/// A field that takes several files.
const FIELD: &str = "hdr_attachments";
/// How large the file is, in bytes.
const SIZE: usize = 12_000_000;
/// How often the line is cut in one round; in the middle of that the page is killed.
const CUTS: usize = 12;
/// What is sent in all is less than the file and a tenth of it.
const MOST: usize = SIZE / 10 * 11;

mod a_file_on_a_line_that_is_cut_arrives_whole_and_nothing_is_sent_twice {
    in_browsers!(super::on_a_line_that_is_cut; in_chromium: Chromium, in_firefox: Firefox);
}

async fn on_a_line_that_is_cut(kind: Kind) -> Result<()> {
    let mut world = World::new("cut_upload", kind)?;
    let mut writer = world.writer().await?;
    // Closed in good order once: the cookie jar of a browser is written late, which is not ours to mend.
    writer.person.closes_and_opens_again().await?;
    writer.opens_the_section().await?;
    let folder = place::folder()?;
    for round in 0..world.rounds {
        let bytes: Vec<u8> = (0..SIZE / 8).flat_map(|_| world.chance.number().to_le_bytes()).collect();
        let sha256 = hex::encode(Sha256::digest(&bytes));
        let file = folder.path().join(format!("{round}.bin"));
        std::fs::write(&file, &bytes)?;
        let before = world.proxy.carried(UPLOADS);
        let cut = world.proxy.ended(Fault::CutRequest, UPLOADS);
        world.proxy.make_on(Fault::CutRequest, "/api/v1/uploads/");
        writer.person.walk_to(FIELD).await?;
        writer.person.attaches(FIELD, &file).await?;
        writer.person.saved(FIELD).await?;
        for n in 1..=CUTS {
            if n == CUTS / 2 {
                writer.person.loses_power_and_opens_again().await?;
            }
            wait::until("another cut, or the end", async || {
                // Nobody waits for the next try: the line says that it is back.
                writer.person.browser.script("dispatchEvent(new Event('online'))", vec![]).await?;
                Ok((world.proxy.ended(Fault::CutRequest, UPLOADS) >= cut + n).then_some(()))
            })
            .await
            .with_context(|| world.proxy.told())?;
        }
        world.proxy.make(Fault::Pass);
        writer.person.browser.script("dispatchEvent(new Event('online'))", vec![]).await?;
        let arrived = world.server.data().join("files").join(&sha256[..2]).join(&sha256);
        wait::until("the file at the centre", async || Ok(arrived.is_file().then_some(()))).await?;
        ensure!(std::fs::read(&arrived)? == bytes, "other bytes arrived");
        let sent = world.proxy.carried(UPLOADS) - before;
        ensure!(sent < MOST, "{sent} bytes were sent for {SIZE}\n{}", world.proxy.told());
    }
    writer.opens_the_section().await?;
    world.settle("upload cut, page killed", world.rounds * CUTS, &mut writer).await
}
