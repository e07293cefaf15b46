//! From a camera without a network to the department: the photo is smaller, is the right way up, and no longer tells
//! where it was taken; whoever made it does not decide on it.

use anyhow::{Result, ensure};
use lantoa_tests::browser::Kind;
use lantoa_tests::person::Person;
use lantoa_tests::place;
use lantoa_tests::server::Server;
use lantoa_tests::wait;

/// A photo of 64 by 48 pixels that lies on its side, from a `PhoneMaker`'s phone in Huế.
const PHOTO: &[u8] = include_bytes!("share_media/photo.jpg");
/// A film of a second that tells where it was made.
const FILM: &[u8] = include_bytes!("share_media/film.mp4");
const TITLE: &str = "Ngày hội đọc sách ở sân trường";

fn holds(bytes: &[u8], part: &str) -> bool {
    bytes.windows(part.len()).any(|window| window == part.as_bytes())
}

async fn a_photo_goes_from_the_school_to_the_department(kind: Kind) -> Result<()> {
    let mut server = Server::demo()?;
    let folder = place::folder()?;
    let (photo, got) = (folder.path().join("sân trường.jpg"), folder.path().join("got"));
    std::fs::create_dir(&got)?;
    std::fs::write(&photo, PHOTO)?;
    ensure!(holds(PHOTO, "PhoneMaker") && holds(FILM, "+16.4637"), "the files of this test tell nothing");

    let mut preparer = Person::signed_in(kind, &server, "truong").await?;
    preparer.is_ready_for_offline().await?;
    server.kill();
    preparer.begins_item("photo", TITLE).await?;
    preparer.attaches("files", &photo).await?;
    preparer.saved("files").await?;
    // The camera's own copy is gone, and the phone was switched off.
    std::fs::remove_file(&photo)?;
    preparer.closes_and_opens_again().await?;
    preparer.opens_item("draft").await?;
    preparer.fills_item().await?;
    preparer.reads("sân trường.jpg").await?;
    preparer.command("hand-over").await?;
    preparer.item_is("ready").await?;
    server.start_again()?;
    preparer.sync_is("synced").await?;

    // Whoever is to approve is told so at once, and comes to where that is done.
    let head = Person::signed_in(Kind::Chromium, &server, "hieutruong").await?;
    head.browser.click("[data-test=items-waiting]").await?;
    head.opens_item("ready").await?;
    head.command("approve").await?;
    head.sync_is("synced").await?;

    let department = Person::signed_in(Kind::Chromium, &server, "so").await?;
    department.opens_item("submitted").await?;
    department.reads(TITLE).await?;
    let sent = department.opens_bytes("files", &got, "sân trường.jpg").await?;
    ensure!(
        sent.starts_with(&[0xFF, 0xD8, 0xFF]) && !holds(&sent, "PhoneMaker"),
        "the photo tells of its phone"
    );
    department.command("accept").await?;
    department.item_is("accepted").await?;
    preparer.item_is("accepted").await?;

    let commune = Person::signed_in(Kind::Chromium, &server, "xa").await?;
    commune.browser.click("a[href='/media']").await?;
    commune.browser.find(".empty").await?;
    commune.finds_in_library("ngay hoi DOC sach").await?;
    commune.reads(TITLE).await?;
    let is_drawn = "const picture = document.querySelector('[data-test=library-item] img');
        return picture.complete && picture.naturalHeight > picture.naturalWidth";
    wait::until("the small picture, upright", async || {
        Ok(commune.browser.script(is_drawn, vec![]).await?.as_bool().filter(|drawn| *drawn))
    })
    .await?;
    let item = commune.browser.script("return location.pathname", vec![]).await?;
    let item = item.as_str().unwrap_or_default().to_owned();
    // What was looked at once is there without a network.
    server.kill();
    commune.browser.click(".back").await?;
    commune.browser.find("[data-test=tile]").await?;
    commune.browser.find(".notice[data-kind=offline]").await?;

    // A parent takes a consent back. What the school withdraws leaves the others at their next contact.
    preparer.opens_item("accepted").await?;
    preparer.browser.write("#withdraw-reason", "Phụ huynh rút chấp thuận.").await?;
    preparer.command("withdraw").await?;
    preparer.item_is("withdrawn").await?;
    ensure!(commune.keeps_answers_with(TITLE).await?, "nothing was kept to be read offline");
    server.start_again()?;
    preparer.sync_is("synced").await?;
    commune.browser.click("a[href='/media?tab=library']").await?;
    let others =
        "return Array.from(document.querySelectorAll('[data-test=tile]'), tile => tile.textContent).join()";
    wait::until("the item to be gone from the library", async || {
        let tiles = commune.browser.script(others, vec![]).await?;
        Ok(tiles.as_str().filter(|tiles| !tiles.is_empty() && !tiles.contains(TITLE)).map(drop))
    })
    .await?;
    commune.browser.go(&server.page(&item)).await?;
    commune.browser.find(".notice[data-kind=warning]").await?;
    wait::until("the item to be gone from the other device", async || {
        Ok((!commune.keeps_answers_with(TITLE).await?).then_some(()))
    })
    .await?;
    department.item_is("withdrawn").await
}

#[tokio::test]
async fn in_chromium() -> Result<()> {
    a_photo_goes_from_the_school_to_the_department(Kind::Chromium).await
}

#[tokio::test]
async fn in_firefox() -> Result<()> {
    a_photo_goes_from_the_school_to_the_department(Kind::Firefox).await
}

async fn what_another_app_hands_over_offline_becomes_an_item(kind: Kind) -> Result<()> {
    let mut server = Server::demo()?;
    let preparer = Person::signed_in(kind, &server, "truong").await?;
    preparer.is_ready_for_offline().await?;
    server.kill();
    preparer.is_handed("Ảnh từ Zalo.jpg", PHOTO).await?;
    preparer.browser.click("[data-test=handed-new]").await?;
    preparer.browser.find("[data-field=files]").await?;
    preparer.reads("Ảnh từ Zalo.jpg").await?;
    // Whoever hands more over may add it to that one, or throw it away.
    preparer.is_handed("Ảnh thứ hai.jpg", FILM).await?;
    preparer.reads("Thêm vào").await?;
    preparer.browser.click("[data-test=handed-away]").await?;
    preparer.browser.gone("[data-test=handed]").await?;
    preparer.opens_item("draft").await?;
    server.start_again()?;
    preparer.sync_is("synced").await
}

#[tokio::test]
async fn what_another_app_hands_over_becomes_an_item_in_chromium() -> Result<()> {
    what_another_app_hands_over_offline_becomes_an_item(Kind::Chromium).await
}

#[tokio::test]
async fn what_another_app_hands_over_becomes_an_item_in_firefox() -> Result<()> {
    what_another_app_hands_over_offline_becomes_an_item(Kind::Firefox).await
}

#[tokio::test]
async fn a_photo_that_the_system_opens_with_the_app_waits_to_be_put_where_it_belongs_in_chromium()
-> Result<()> {
    let mut server = Server::demo()?;
    let preparer = Person::signed_in(Kind::Chromium, &server, "truong").await?;
    preparer.is_ready_for_offline().await?;
    server.kill();
    preparer.opens_with_the_app("Ảnh trong máy.jpg", PHOTO).await?;
    preparer.browser.driver().refresh().await?;
    preparer.browser.find("[data-test=handed]").await?;
    let n_waiting =
        preparer.browser.script("return (await (await caches.open('shared')).keys()).length", vec![]);
    ensure!(n_waiting.await?.as_u64() == Some(1), "a reload opened it once more");
    preparer.browser.click("[data-test=handed-new]").await?;
    preparer.browser.find("[data-field=files]").await?;
    preparer.reads("Ảnh trong máy.jpg").await
}

#[tokio::test]
async fn a_draft_begun_by_mistake_is_thrown_away() -> Result<()> {
    let server = Server::demo()?;
    let preparer = Person::signed_in(Kind::Chromium, &server, "truong").await?;
    preparer.begins_item("photo", TITLE).await?;
    preparer.walk_to_end().await?;
    preparer.command("discard").await?;
    preparer.item_is("withdrawn").await?;
    preparer.sync_is("synced").await
}

#[tokio::test]
async fn an_original_and_a_film_keep_their_looks_and_lose_their_places() -> Result<()> {
    let server = Server::demo()?;
    let folder = place::folder()?;
    let got = folder.path().join("got");
    std::fs::create_dir(&got)?;
    let preparer = Person::signed_in(Kind::Chromium, &server, "truong").await?;
    for (kind, name, bytes) in [("photo", "gốc.jpg", PHOTO), ("video", "phim.mp4", FILM)] {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes)?;
        preparer.begins_item(kind, TITLE).await?;
        if kind == "photo" {
            preparer.keeps_originals().await?;
        }
        preparer.attaches("files", &file).await?;
        preparer.saved("files").await?;
        preparer.browser.find("[data-field=gps_removed]").await?;
        preparer.walk_to_end().await?;
        preparer.reads(name).await?;
        preparer.sync_is("synced").await?;
        let sent = preparer.opens_bytes("files", &got, name).await?;
        ensure!(!holds(&sent, "PhoneMaker") && !holds(&sent, "+16.4637"), "{name} tells of its place");
        ensure!(kind == "photo" || sent.len() == bytes.len(), "the film's parts moved");
        ensure!(kind == "video" || holds(&sent, "Exif"), "nothing says any more which way is up");
    }
    Ok(())
}
