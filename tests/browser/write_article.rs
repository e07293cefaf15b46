//! An article from its first heading to the public page: written with the buttons above the text, looked at before it
//! goes, decided on, and read by everybody as it was meant.

use anyhow::{Result, ensure};
use lantoa_tests::browser::Kind;
use lantoa_tests::person::Person;
use lantoa_tests::place;
use lantoa_tests::server::Server;
use lantoa_tests::wait;

/// A photo of 64 by 48 pixels that lies on its side.
const PHOTO: &[u8] = include_bytes!("share_media/photo.jpg");
const TITLE: &str = "Góc đọc sách của lớp Ba";
/// What is written.
const TEXT: &str = "## Việc đầu tiên\n\nNói cho **dễ hiểu**\n\n![Sân trường](<sân trường.jpg>)";

async fn an_article_is_read_by_everybody_as_it_was_meant(kind: Kind) -> Result<()> {
    let server = Server::demo()?;
    let folder = place::folder()?;
    let photo = folder.path().join("sân trường.jpg");
    std::fs::write(&photo, PHOTO)?;

    let preparer = Person::signed_in(kind, &server, "truong").await?;
    preparer.is_ready_for_offline().await?;
    preparer.begins_item("article", TITLE).await?;
    preparer.attaches("pictures", &photo).await?;
    preparer.saved("pictures").await?;
    let press =
        async |button: &str| preparer.browser.click(&format!("[data-field=body] [data-test={button}]")).await;
    preparer.types("body", "Việc đầu tiên").await?;
    press("heading").await?;
    preparer.holds("body", "## Việc đầu tiên").await?;
    preparer.types_on("body", "\n\nNói cho ").await?;
    press("bold").await?;
    preparer.holds("body", "## Việc đầu tiên\n\nNói cho **chữ**").await?;
    // What a button did is taken back as what was typed is.
    preparer.takes_back().await?;
    preparer.holds("body", "## Việc đầu tiên\n\nNói cho ").await?;
    press("bold").await?;
    preparer.press("dễ hiểu").await?;
    press("picture").await?;
    press("put-picture").await?;
    preparer.press("Sân trường").await?;
    let written = preparer.value("body").await?;
    ensure!(written.trim_end() == TEXT, "{written:?}");
    preparer.saved("body").await?;

    press("preview").await?;
    shows(&preparer, "[data-field=body] .prose").await?;
    preparer.browser.gone("[data-field=body] textarea:not([data-aside])").await?;
    press("preview").await?;
    preparer.browser.find("[data-field=body] textarea:not([data-aside])").await?;
    preparer.fills_item_for("public").await?;
    shows(&preparer, "[data-answer=body] .prose").await?;
    preparer.command("hand-over").await?;
    preparer.item_is("ready").await?;
    preparer.sync_is("synced").await?;

    let head = Person::signed_in(Kind::Chromium, &server, "hieutruong").await?;
    head.opens_item("ready").await?;
    head.command("approve").await?;
    head.sync_is("synced").await?;
    let department = Person::signed_in(Kind::Chromium, &server, "so").await?;
    department.opens_item("submitted").await?;
    shows(&department, "[data-answer=body] .prose").await?;
    department.command("accept").await?;
    department.item_is("accepted").await?;
    department.sync_is("synced").await?;

    preparer.finds_in_library("goc doc sach cua lop").await?;
    shows(&preparer, "[data-test=library-item] .prose").await?;
    let found = server.page("/truyen-thong?q=goc+doc+sach+cua+lop");
    preparer.browser.go(&found).await?;
    preparer.browser.click("article.card h2 a").await?;
    shows(&preparer, "article.item .text").await
}

/// Waits until an article is drawn there with its heading, its bold words and its picture.
async fn shows(person: &Person, place: &str) -> Result<()> {
    let look = "const it = document.querySelector(arguments[0]);
        const picture = it?.querySelector('figure img');
        picture?.scrollIntoView();
        return it?.querySelector('h2, h3')?.textContent === 'Việc đầu tiên'
            && it.querySelector('strong')?.textContent === 'dễ hiểu'
            && it.querySelector('figcaption')?.textContent === 'Sân trường'
            && picture.complete && picture.naturalWidth > 0";
    wait::until(&format!("the article at {place}"), async || {
        let is_there = person.browser.script(look, vec![place.into()]).await?;
        Ok(is_there.as_bool().filter(|is_there| *is_there))
    })
    .await
    .map(drop)
}

#[tokio::test]
async fn in_chromium() -> Result<()> {
    an_article_is_read_by_everybody_as_it_was_meant(Kind::Chromium).await
}

#[tokio::test]
async fn in_firefox() -> Result<()> {
    an_article_is_read_by_everybody_as_it_was_meant(Kind::Firefox).await
}
