//! A picture before it goes to anybody: what is hidden cannot be got back, all else stays as it was.

use anyhow::{Result, ensure};
use image::{GrayImage, Luma};
use lantoa_tests::browser::Kind;
use lantoa_tests::centre::Centre;
use lantoa_tests::chance::Chance;
use lantoa_tests::person::{PASSWORD, Person};
use lantoa_tests::server::Server;
use lantoa_tests::{axe, place, wait};
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

/// A field that holds one file and no list, in a row of a group.
const CONSENT: &str = "'consents.file'";

#[tokio::test]
async fn a_consent_form_that_is_turned_stays_the_one_file_of_its_field() -> Result<()> {
    let server = Server::demo()?;
    let folder = place::folder()?;
    let file = folder.path().join("phiếu.png");
    specks().save(&file)?;
    let preparer = Person::signed_in(Kind::Chromium, &server, "truong").await?;
    preparer.begins_item("photo", "Lớp học buổi chiều").await?;
    while !preparer.browser.has("[data-field=people_shown]").await? {
        ensure!(preparer.next().await?, "nobody asks who is shown");
    }
    preparer.browser.click("[data-field=people_shown] label:has(input[value=adults])").await?;
    preparer.saved("people_shown").await?;
    preparer.add_row("consents").await?;
    preparer.attaches(CONSENT, &file).await?;
    preparer.saved(CONSENT).await?;

    preparer.browser.click("[data-test=edit-picture]").await?;
    preparer.browser.click("[data-test=turn]:not([disabled])").await?;
    // Whoever was asked and then did something else is asked again, whichever way the editor is left.
    preparer.browser.click("[data-test=leave]").await?;
    preparer.browser.find("[data-test=editor] [data-level=warning]").await?;
    preparer.browser.click("[data-test=hide]").await?;
    preparer.browser.gone("[data-test=editor] [data-level=warning]").await?;
    preparer.browser.find("[data-test=part]").await?.send_keys(Key::Escape + "").await?;
    preparer.browser.find("[data-test=editor] [data-level=warning]").await?;
    preparer.browser.click("[data-test=keep-picture]").await?;
    preparer.browser.gone("[data-test=editor]").await?;
    preparer.reads("phiếu.jpg").await?;
    let focused = preparer.browser.script("return document.activeElement.type", vec![]).await?;
    ensure!(focused == "file", "the focus went to {focused}");
    // What the centre does not take would stand there still to be looked at.
    preparer.sync_is("synced").await?;
    preparer.reads("phiếu.jpg").await
}

/// How many files the centre keeps.
fn count_files(server: &Server) -> Result<usize> {
    let mut count = 0;
    for shelf in std::fs::read_dir(server.data().join("files"))?.flatten() {
        if shelf.file_name().len() == 2 {
            count += std::fs::read_dir(shelf.path())?.count();
        }
    }
    Ok(count)
}

#[tokio::test]
async fn of_a_picture_that_is_edited_before_it_is_up_only_the_edited_one_goes_up() -> Result<()> {
    let server = Server::demo()?;
    let folder = place::folder()?;
    let file = folder.path().join("lớp học.png");
    specks().save(&file)?;
    let preparer = Person::signed_in(Kind::Chromium, &server, "truong").await?;
    preparer.open_page("/sync").await?;
    preparer.browser.click("[data-test=uploads-paused]").await?;
    preparer.open_page("/media").await?;
    let before = count_files(&server)?;
    preparer.begins_item("photo", "Lớp học giờ ra chơi").await?;
    preparer.attaches("files", &file).await?;
    preparer.saved("files").await?;
    // The centre knows of the picture, and does not have it.
    let centre = Centre::seen_by(&server, "truong", PASSWORD).await?;
    wait::until("the item at the centre", async || {
        let row = centre.entry("title", "Lớp học giờ ra chơi").await?;
        Ok(row.filter(|row| row.record.files().count() == 1))
    })
    .await?;
    preparer.browser.click("[data-test=edit-picture]").await?;
    preparer.browser.click("[data-test=hide]:not([disabled])").await?;
    preparer.browser.click("[data-test=keep-picture]").await?;
    preparer.browser.gone("[data-test=editor]").await?;
    preparer.saved("files").await?;
    preparer.open_page("/sync").await?;
    preparer.browser.click("[data-test=uploads-always]").await?;
    preparer.sync_is("synced").await?;
    ensure!(count_files(&server)? == before + 1, "{} files came", count_files(&server)? - before);
    ensure!(std::fs::read_dir(server.data().join("files/uploads"))?.count() <= 1, "an upload lies about");
    Ok(())
}

#[tokio::test]
async fn in_chromium() -> Result<()> {
    a_hidden_part_is_gone_for_good(Kind::Chromium).await
}

#[tokio::test]
async fn in_firefox() -> Result<()> {
    a_hidden_part_is_gone_for_good(Kind::Firefox).await
}
