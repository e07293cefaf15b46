//! The library is narrowed by its facets: on a phone behind a button, always with how many items each choice leaves;
//! what is chosen stands in the address, and is taken off one by one.

use anyhow::{Result, ensure};
use lantoa_tests::axe;
use lantoa_tests::browser::Kind;
use lantoa_tests::person::Person;
use lantoa_tests::server::Server;
use lantoa_tests::wait;
use thirtyfour::Key;

/// How many items of the demo any unit of the city may use again, and nobody else.
const CITY: usize = 1;

/// What is shown: so many tiles, and the address says this.
async fn sees(person: &Person, tiles: usize, address: &str) -> Result<()> {
    let look = "return [document.querySelectorAll('[data-test=tile]').length, location.search]";
    wait::until(&format!("{tiles} items at {address}"), async || {
        let seen = person.browser.script(look, vec![]).await?;
        Ok((seen[0] == tiles && seen[1] == address).then_some(()))
    })
    .await
}

/// The choices of a facet, as they are read.
async fn offered(person: &Person, facet: &str) -> Result<Vec<String>> {
    let look = "return [...document.querySelectorAll(`select[data-test=${arguments[0]}] option`)].map(it => it.textContent)";
    Ok(serde_json::from_value(person.browser.script(look, vec![facet.into()]).await?)?)
}

async fn choose(person: &Person, facet: &str, code: &str) -> Result<()> {
    let choose = "const it = document.querySelector(`select[data-test=${arguments[0]}]`);
        it.value = arguments[1];
        it.dispatchEvent(new Event('change', { bubbles: true }));
        return it.value";
    let option = format!("select[data-test={facet}] option[value='{code}']");
    person.browser.find(&option).await?;
    person.browser.script(choose, vec![facet.into(), code.into()]).await.map(drop)
}

#[tokio::test]
async fn choices_with_counts_narrow_and_are_taken_off_one_by_one() -> Result<()> {
    let server = Server::demo()?;
    let person = Person::signed_in(Kind::Chromium, &server, "xa").await?;
    person.browser.be_sized(360, 740, true).await?;
    person.browser.click("a[href='/media']").await?;
    person.browser.click("a[href='/media?tab=library']").await?;
    person.browser.find("[data-test=tile]").await?;
    let all = person.browser.all("[data-test=tile]").await?.len();
    let is_shown = "return document.querySelector('select[data-test=kind]').checkVisibility()";
    ensure!(person.browser.script(is_shown, vec![]).await? == false, "the choices are in the way on a phone");
    person.browser.click("[data-test=filter]").await?;
    ensure!(person.browser.script(is_shown, vec![]).await? == true, "the button opens nothing");
    axe::nothing_serious(&person.browser, "the choices on a phone").await?;
    let wide = "return document.documentElement.scrollWidth > innerWidth";
    ensure!(person.browser.script(wide, vec![]).await? == false, "the page is wider than the phone");

    let kinds = offered(&person, "kind").await?;
    ensure!(kinds.contains(&"Tài liệu (2)".to_owned()), "{kinds:?}");
    ensure!(kinds.iter().all(|kind| !kind.starts_with("Video")), "what finds nothing is offered: {kinds:?}");
    choose(&person, "kind", "document").await?;
    sees(&person, 2, "?tab=library&kind=document").await?;
    choose(&person, "licence", "city").await?;
    let both = "?tab=library&kind=document&licence=city";
    sees(&person, 1, both).await?;
    ensure!(
        person.browser.text("[data-test=filter] .count").await? == "2",
        "the button does not say how many"
    );

    // "Back" and loading anew lead to the same.
    person.browser.click("[data-test=tile]").await?;
    person.browser.find("[data-test=library-item]").await?;
    person.browser.script("history.back()", vec![]).await?;
    sees(&person, 1, both).await?;
    person.browser.script("location.reload()", vec![]).await?;
    sees(&person, 1, both).await?;

    person.browser.click("[data-test=chip]").await?;
    sees(&person, CITY, "?tab=library&licence=city").await?;
    axe::nothing_serious(&person.browser, "a chip").await?;
    person.browser.click("[data-test=chip]").await?;
    sees(&person, all, "?tab=library").await?;
    person.browser.gone("[data-test=chip]").await
}

#[tokio::test]
async fn a_word_in_a_file_is_found_and_shown_where_it_stands() -> Result<()> {
    let server = Server::demo()?;
    let person = Person::signed_in(Kind::Chromium, &server, "xa").await?;
    person.browser.click("a[href='/media']").await?;
    person.browser.click("a[href='/media?tab=library']").await?;
    person.browser.write("[data-test=library-search]", "đột phá phát").await?;
    person.browser.find("[data-test=library-search]").await?.send_keys(Key::Enter).await?;
    let told = person.browser.text("[data-test=in-file]").await?;
    ensure!(told.contains("Hỏi đáp.pdf") && told.contains("dot pha phat trien"), "{told}");
    axe::nothing_serious(&person.browser, "a word in a file").await
}
