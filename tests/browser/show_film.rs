//! A film is seen before it plays: the device that attaches it draws one of its frames, which stands for the film in
//! the gallery, on its page, on the device without a network, and on the public page.

use crate::keep_library::film;
use anyhow::{Result, ensure};
use lantoa_tests::axe;
use lantoa_tests::browser::{Browser, Kind};
use lantoa_tests::person::Person;
use lantoa_tests::place;
use lantoa_tests::server::Server;
use lantoa_tests::wait;

const TITLE: &str = "Buổi sáng ở trường Vĩnh Ninh";

/// Waits until a picture is drawn; returns its width in pixels.
async fn drawn(browser: &Browser, css: &str) -> Result<u64> {
    browser.find(css).await?;
    let look =
        "const it = document.querySelector(arguments[0]); it.loading = 'eager'; return it.naturalWidth";
    wait::until(&format!("{css} to be drawn"), async || {
        let width = browser.script(look, vec![css.into()]).await?.as_u64();
        Ok(width.filter(|width| *width > 0))
    })
    .await
}

async fn a_film_is_seen_before_it_plays(kind: Kind) -> Result<()> {
    let mut server = Server::demo()?;
    let folder = place::folder()?;
    let preparer = Person::signed_in(kind, &server, "truong").await?;
    preparer.begins_item("video", TITLE).await?;
    let file = folder.path().join("phim.mp4");
    std::fs::write(&file, film())?;
    preparer.attaches("files", &file).await?;
    preparer.saved("files").await?;
    preparer.fills_item().await?;
    preparer.command("hand-over").await?;
    preparer.sync_is("synced").await?;
    // Whoever approves sees what will be seen of it.
    let head = Person::signed_in(Kind::Chromium, &server, "hieutruong").await?;
    head.opens_item("ready").await?;
    drawn(&head.browser, ".answer-pictures img").await?;
    head.command("approve").await?;
    head.sync_is("synced").await?;
    let department = Person::signed_in(Kind::Chromium, &server, "so").await?;
    department.opens_item("submitted").await?;
    drawn(&department.browser, ".answer-pictures img").await?;
    department.command("accept").await?;
    department.item_is("accepted").await?;
    department.sync_is("synced").await?;

    let mut reader = Person::signed_in(kind, &server, "xa").await?;
    reader.is_ready_for_offline().await?;
    reader.browser.click("a[href='/media']").await?;
    reader.browser.click("a[href='/media?tab=library']").await?;
    let card = ".gallery .film";
    drawn(&reader.browser, &format!("{card} img")).await?;
    let length = reader.browser.find(&format!("{card} .film-mark")).await?.text().await?;
    ensure!(length.trim() == "0:12", "the card says {length:?}");
    axe::nothing_serious(&reader.browser, "a gallery with a film").await?;
    reader.finds_in_library("vinh ninh").await?;
    drawn(&reader.browser, "[data-test=play] img").await?;
    axe::nothing_serious(&reader.browser, "the page of a film").await?;
    reader.keeps_item().await?;

    server.kill();
    reader.closes_and_opens_again().await?;
    reader.browser.click("a[href='/media']").await?;
    reader.browser.click("a[href='/media?tab=device']").await?;
    drawn(&reader.browser, "[data-test=on-device] .film img").await?;
    reader.opens_on_device(TITLE).await?;
    drawn(&reader.browser, "[data-test=play] img").await?;
    reader.plays("video", 6.0).await
}

#[tokio::test]
async fn in_chromium() -> Result<()> {
    a_film_is_seen_before_it_plays(Kind::Chromium).await
}
