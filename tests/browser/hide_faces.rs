//! A picture before it goes to anybody: what is hidden cannot be got back, all else stays as it was.

use anyhow::{Result, ensure};
use image::{GrayImage, Luma};
use lantoa_tests::browser::Kind;
use lantoa_tests::chance::Chance;
use lantoa_tests::person::Person;
use lantoa_tests::server::Server;
use lantoa_tests::{axe, place};
use thirtyfour::Key;

/// The picture lies on its side: so wide and so high, in pixels.
const SIZE: (u32, u32) = (640, 480);
/// How many pixels a speck of it is wide: no two beside each other need be alike.
const SPECK: u32 = 4;
/// The part that is chosen when the editor opens, once the picture stands: left, top, right, bottom.
const HIDDEN: [u32; 4] = [192, 224, 336, 416];

/// Specks, black or white by chance.
fn specks() -> GrayImage {
    let mut chance = Chance::of(71, "specks");
    let (wide, high) = (SIZE.0 / SPECK, SIZE.1 / SPECK);
    let specks: Vec<bool> = (0..wide * high).map(|_| chance.number().is_multiple_of(2)).collect();
    GrayImage::from_fn(SIZE.0, SIZE.1, |x, y| {
        let speck = (y / SPECK) * wide + x / SPECK;
        Luma([if specks[usize::try_from(speck).unwrap_or(0)] { 230 } else { 20 }])
    })
}

/// How much neighbours differ on average in a part of a picture.
fn contrast(picture: &GrayImage, [left, top, right, bottom]: [u32; 4]) -> u64 {
    let (mut sum, mut count) = (0, 0);
    for y in top..bottom {
        for x in left..right - SPECK {
            let (one, other) = (picture.get_pixel(x, y).0[0], picture.get_pixel(x + SPECK, y).0[0]);
            sum += u64::from(one.abs_diff(other));
            count += 1;
        }
    }
    sum / count
}

async fn a_hidden_part_is_gone_for_good(kind: Kind) -> Result<()> {
    let server = Server::demo()?;
    let folder = place::folder()?;
    let (file, got) = (folder.path().join("lớp học.png"), folder.path().join("got"));
    std::fs::create_dir(&got)?;
    specks().save(&file)?;
    let preparer = Person::signed_in(kind, &server, "truong").await?;
    preparer.begins_item("photo", "Lớp học buổi sáng").await?;
    preparer.attaches("files", &file).await?;
    preparer.saved("files").await?;

    preparer.browser.click("[data-test=edit-picture]").await?;
    preparer.browser.find("[data-test=hide]:not([disabled])").await?;
    axe::nothing_serious(&preparer.browser, "the picture editor").await?;
    preparer.browser.click("[data-test=hide]").await?;
    preparer.browser.click("[data-test=turn]").await?;
    // Cropped by keys, and thought better of.
    preparer.browser.find("[data-test=part]").await?.send_keys(Key::Right + Key::Down).await?;
    preparer.browser.click("[data-test=crop]").await?;
    preparer.browser.click("[data-test=undo]").await?;
    // Leaving asks once.
    preparer.browser.click("[data-test=leave]").await?;
    preparer.browser.find("[data-test=editor] [data-level=warning]").await?;
    preparer.browser.click("[data-test=keep-picture]").await?;
    preparer.browser.gone("[data-test=editor]").await?;
    preparer.reads("lớp học.jpg").await?;
    preparer.saved("files").await?;

    preparer.sync_is("synced").await?;
    let head = Person::signed_in(Kind::Chromium, &server, "hieutruong").await?;
    head.opens_item("draft").await?;
    head.walk_to_end().await?;
    let sent = head.opens_bytes("files", &got, "lớp học.jpg").await?;
    let sent = image::load_from_memory(&sent)?.to_luma8();
    ensure!(sent.dimensions() == (SIZE.1, SIZE.0), "it was not turned: {:?}", sent.dimensions());
    let hidden = contrast(&sent, HIDDEN);
    ensure!(hidden < 10, "the hidden part still differs by {hidden}");
    for seen in [[0, 0, 480, 220], [0, 420, 480, 640], [0, 220, 188, 420], [340, 220, 480, 420]] {
        let contrast = contrast(&sent, seen);
        ensure!(contrast > 80, "at {seen:?} nothing is seen any more: {contrast}");
    }
    Ok(())
}

#[tokio::test]
async fn in_chromium() -> Result<()> {
    a_hidden_part_is_gone_for_good(Kind::Chromium).await
}
