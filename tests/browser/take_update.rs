//! A new version of the app is offered, never forced, and takes no typing away.

use anyhow::{Context, Result, ensure};
use lantoa_tests::browser::Kind;
use lantoa_tests::person::{Control, Person};
use lantoa_tests::server::{Server, new_version};

/// The open period of the demo's forms.
const PERIOD: &str = "2026-year";

#[tokio::test]
async fn a_new_version_is_offered_and_accepting_it_in_mid_word_loses_nothing() -> Result<()> {
    let mut server = Server::demo()?;
    let person = Person::signed_in(Kind::Chromium, &server, "truong").await?;
    person.is_ready_for_offline().await?;
    let old = version(&person).await?;
    let (app, new) = new_version(&old)?;
    server.kill();
    server.deliver(app);
    server.start_again()?;

    // The version on the phone opens, and the new one is offered beside it.
    person.open_app().await?;
    ensure!(version(&person).await? == old, "a new version was taken without asking");
    person.open_duty("FA", PERIOD).await?;
    let field = first_text(&person).await?;
    person.browser.find("[data-test=update]").await?;
    let input = format!("[data-field={field}] input");
    person.browser.write(&input, "Nguyễn Thị Ho").await?;
    person.browser.click("[data-test=update]").await?;

    lantoa_tests::wait::until("the new version", async || Ok((version(&person).await? == new).then_some(())))
        .await?;
    person.browser.mark("form-open").await?;
    person.holds(&field, "Nguyễn Thị Ho").await?;
    ensure!(!person.browser.has("[data-test=update]").await?, "it is offered once more");
    person.sync_is("synced").await
}

/// The version that runs, as the page says.
async fn version(person: &Person) -> Result<String> {
    let code = "return document.querySelector('meta[name=lantoa-version]').content";
    let said = person.browser.script(code, vec![]).await?;
    Ok(said.as_str().context("the page does not say its version")?.to_owned())
}

async fn first_text(person: &Person) -> Result<String> {
    let asked = person.asked().await?;
    let text = asked.into_iter().find(|it| it.control == Control::Text);
    Ok(text.context("the first section asks no words")?.field)
}
