//! Two tabs of one browser, in one of which somebody signs out.

use anyhow::{Result, ensure};
use lantoa_tests::browser::Kind;
use lantoa_tests::person::Person;
use lantoa_tests::server::Server;

/// Remembers what goes wrong in the page from now on.
const WATCH: &str = "
window.wrongs = [];
addEventListener('error', event => window.wrongs.push(String(event.message)));
addEventListener('unhandledrejection', event => window.wrongs.push(String(event.reason)));
const say = console.error;
console.error = (...words) => { window.wrongs.push(words.join(' ')); say(...words); };";

#[tokio::test]
async fn whoever_signs_out_in_one_tab_is_signed_out_in_the_other_without_an_error() -> Result<()> {
    let server = Server::demo()?;
    let person = Person::signed_in(Kind::Chromium, &server, "truong").await?;
    let first = person.browser.tab().await?;
    let second = person.browser.open_tab().await?;
    person.open_app().await?;
    person.open_duty("FA", "2026-year").await?;
    person.walk_to("hdr_preparer_name").await?;
    person.types("hdr_preparer_name", "Lan").await?;
    person.browser.script(WATCH, vec![]).await?;

    person.browser.look_at(&first).await?;
    person.signs_out().await?;
    person.browser.look_at(&second).await?;
    person.browser.find("input[name=account]").await?;
    let wrongs = person.browser.script("return window.wrongs", vec![]).await?;
    ensure!(wrongs.as_array().is_some_and(Vec::is_empty), "{wrongs}");

    // What was being typed there is kept, and goes up when its author is back.
    person.sign_in("truong").await?;
    person.sync_is("synced").await?;
    person.open_app().await?;
    person.open_duty("FA", "2026-year").await?;
    person.walk_to("hdr_preparer_name").await?;
    person.holds("hdr_preparer_name", "Lan").await
}
