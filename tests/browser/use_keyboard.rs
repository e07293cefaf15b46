//! Everything can be done with a keyboard alone, and one always sees where one is.

use anyhow::{Context, Result, ensure};
use lantoa_tests::browser::Kind;
use lantoa_tests::person::{Control, PASSWORD, Person};
use lantoa_tests::server::Server;
use thirtyfour::Key;

#[tokio::test]
async fn a_keyboard_without_a_mouse_signs_in_answers_and_walks() -> Result<()> {
    let server = Server::demo()?;
    let person = Person::arrives(Kind::Chromium, &server).await?;
    // Narrow, where the contents are a drawer.
    person.browser.be_sized(480, 800, false).await?;
    person.tab_to("input[name=account]").await?;
    person.press("truong").await?;
    person.tab_to("input[name=password]").await?;
    person.press(PASSWORD).await?;
    person.press(Key::Enter).await?;
    person.browser.find("[data-test=duty]").await?;
    person.tab_to("[data-test=duty][data-form=FA][data-period='2026-year'] a").await?;
    person.press(Key::Enter).await?;
    person.browser.find("[data-field]").await?;

    let mut left = vec![Control::Radio, Control::Number, Control::Select];
    loop {
        for asked in person.asked().await? {
            let Some(at) = left.iter().position(|it| *it == asked.control) else { continue };
            answer(&person, &asked.field, left.remove(at)).await?;
        }
        look_at_contents(&person).await?;
        if left.is_empty() {
            return Ok(());
        }
        let section = person.section().await?;
        person.tab_to("[data-test=next]").await?;
        person.press(Key::Enter).await?;
        person.comes_to(".walk-title").await?;
        ensure!(person.section().await? != section, "the section stayed");
    }
}

/// Answers one question; keeps to keys.
async fn answer(person: &Person, field: &str, control: Control) -> Result<()> {
    let at = format!("[data-field={field}]");
    person.tab_to(&format!("{at} :is(input, select)")).await?;
    match control {
        Control::Radio => person.press(Key::Space).await?,
        Control::Select => person.press(Key::Down).await?,
        _ => person.press("3").await?,
    }
    // Saved without leaving the control.
    person.saved(field).await?;
    let chosen = match control {
        Control::Radio => person.browser.has(&format!("{at} input:checked")).await?,
        _ => !person.value(field).await?.is_empty(),
    };
    ensure!(chosen, "{field} took no answer from the keyboard");
    Ok(())
}

/// Opens the list of sections and leaves it again: one is where one was.
async fn look_at_contents(person: &Person) -> Result<()> {
    person.tab_to("[data-test=contents]").await?;
    person.press(Key::Enter).await?;
    person.browser.find("dialog.drawer[open]").await?;
    let inside = "return document.querySelector('dialog.drawer').contains(document.activeElement)";
    let is_inside = person.browser.script(inside, vec![]).await?.as_bool().context("no answer")?;
    ensure!(is_inside, "the focus is not in the drawer");
    person.tab().await?;
    person.press(Key::Escape).await?;
    person.browser.gone("dialog.drawer[open]").await?;
    person.comes_to("[data-test=contents]").await
}

#[tokio::test]
async fn the_focus_stays_with_the_work_when_a_unit_is_found_a_row_goes_or_a_step_is_taken() -> Result<()> {
    let server = Server::demo()?;
    let person = Person::signed_in(Kind::Chromium, &server, "truong").await?;
    person.open_duty("FA", "2026-year").await?;
    person.walk_to("activities").await?;
    person.add_row("activities").await?;
    person.comes_to("[data-row] :is(input, textarea, select)").await?;
    person.tab_back().await?;
    person.comes_to("[data-row] .group-row-head button").await?;
    person.press(Key::Enter).await?;
    person.browser.find("dialog[open]").await?;
    person.tab_to("dialog[open] [data-test=confirm]").await?;
    person.press(Key::Enter).await?;
    person.browser.gone("[data-row]").await?;
    person.comes_to("#f-activities").await?;

    let search = find_a_unit_asked(&person).await?;
    person.tab_to(&search).await?;
    person.press("s").await?;
    let field = search.replace(" input[type=search]", "");
    person.browser.find(&format!("{field} [role=status] button")).await?;
    person.press(Key::Enter).await?;
    person.browser.find(&format!("{field} .files li")).await?;
    ensure!(person.has_focus(&search).await?, "the focus left the search");

    let commune = Person::signed_in(Kind::Chromium, &server, "xa").await?;
    commune.open_accepted("FA", "TH-0001").await?;
    commune.browser.write("textarea[name=note]", "Đề nghị rà soát lại sĩ số.").await?;
    commune.tab_to("[data-test=command-reopen]").await?;
    commune.press(Key::Enter).await?;
    commune.browser.find("dialog[open]").await?;
    commune.tab_to("dialog[open] [data-test=confirm]").await?;
    commune.press(Key::Enter).await?;
    commune.browser.gone("dialog[open]").await?;
    commune.comes_to("#main").await
}

/// Walks until a unit is asked; returns where its name is typed.
async fn find_a_unit_asked(person: &Person) -> Result<String> {
    while person.previous().await? {}
    loop {
        if let Some(asked) = person.asked().await?.into_iter().find(|it| it.control == Control::Unit) {
            return Ok(format!("[data-field={}] input[type=search]", asked.field));
        }
        ensure!(person.next().await?, "no section asks a unit");
    }
}
