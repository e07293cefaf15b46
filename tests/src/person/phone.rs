//! Those who file: they open what they owe, answer, walk on, and send.

use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use super::{Asked, Person, fill};
use crate::browser::Kind;
use crate::wait;
use thirtyfour::Key;

impl Person {
    /// Opens a duty from the home screen, named by form and period (`FA`, `2026-year`), and waits for the form.
    pub async fn open_duty(&self, form: &str, period: &str) -> Result<()> {
        self.browser.click(&duty(form, period)).await?;
        self.browser.mark("form-open").await?;
        self.browser.find("[data-field], [data-answer]").await.map(drop)
    }

    /// Waits until a duty on the home screen is in a state, such as `draft` or `submitted`.
    pub async fn duty_is(&self, form: &str, period: &str, state: &str) -> Result<()> {
        let card = format!("[data-test=duty][data-form={form}][data-period='{period}'][data-state={state}]");
        self.browser.find(&card).await.map(drop)
    }

    /// Writes an answer into a field of the section on screen, and leaves the field.
    pub async fn answer(&self, field: &str, text: &str) -> Result<()> {
        self.types(field, text).await?;
        self.leaves(field).await
    }

    /// Writes into a field of the section on screen and stays in it.
    pub async fn types(&self, field: &str, text: &str) -> Result<()> {
        self.browser.write(&control(field), text).await
    }

    /// Puts a text into a field of the section on screen, as one who pastes it.
    pub async fn pastes(&self, field: &str, text: &str) -> Result<()> {
        let paste = "const input = document.querySelector(arguments[0]);
            input.focus();
            input.value = arguments[1];
            input.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }));";
        self.browser.script(paste, vec![control(field).into(), text.into()]).await.map(drop)
    }

    /// Goes on writing where the cursor is.
    pub async fn types_on(&self, field: &str, text: &str) -> Result<()> {
        Ok(self.browser.find(&control(field)).await?.send_keys(text).await?)
    }

    /// Leaves a field with the key that leads to the next.
    pub async fn leaves(&self, field: &str) -> Result<()> {
        Ok(self.browser.find(&control(field)).await?.send_keys(Key::Tab).await?)
    }

    /// Waits until the phone holds an answer to a field that came from the centre, shown or not.
    pub async fn is_told(&self, field: &str, answer: &str) -> Result<()> {
        let look = "const [field, answer] = arguments;
            const request = indexedDB.open('lantoa');
            const database = await new Promise(done => request.onsuccess = () => done(request.result));
            const rows = database.transaction('base').objectStore('base').getAll();
            const bodies = await new Promise(done => rows.onsuccess = () => done(rows.result));
            database.close();
            return bodies.some(body => {
                const entries = typeof body === 'string' && body.includes(answer)
                    && JSON.parse(body).record?.fields?.[field];
                return entries && entries.some(entry => JSON.stringify(entry.value).includes(answer));
            })";
        let look = format!("return (async (...arguments) => {{ {look} }})(...arguments)");
        wait::until(&format!("{field} to be told {answer}"), async || {
            let told = self.browser.script(&look, vec![field.into(), answer.into()]).await?;
            Ok(told.as_bool().filter(|told| *told))
        })
        .await
        .map(drop)
    }

    /// Attaches a file to a field of the section on screen.
    pub async fn attaches(&self, field: &str, file: &Path) -> Result<()> {
        let path = file.to_str().context("a path that cannot be typed")?;
        let input = self.browser.find(&format!("[data-field={field}] input[type=file]")).await?;
        Ok(input.send_keys(path).await?)
    }

    /// Waits until the field shows that its value is on the phone for good.
    pub async fn saved(&self, field: &str) -> Result<()> {
        self.browser.find(&format!("[data-field={field}][data-saved=true]")).await.map(drop)
    }

    /// What stands in a field right now, as the person typed it.
    pub async fn value(&self, field: &str) -> Result<String> {
        let input = self.browser.find(&format!("[data-field={field}] :is(input, textarea, select)")).await?;
        Ok(input.prop("value").await?.unwrap_or_default())
    }

    /// Waits until a field holds a value.
    pub async fn holds(&self, field: &str, value: &str) -> Result<()> {
        wait::until(&format!("{field} to hold {value:?}"), async || {
            let found = self.value(field).await?;
            if found == value { Ok(Some(())) } else { bail!("it holds {found:?}") }
        })
        .await
    }

    /// Waits until two answers to a field stand side by side; returns what is shown of them.
    pub async fn clash(&self, field: &str) -> Result<String> {
        let both = format!("[data-clash={field}]");
        self.browser.find(&both).await?;
        self.browser.text(&both).await
    }

    /// Chooses one of two answers to a field, by its text.
    pub async fn chooses(&self, field: &str, answer: &str) -> Result<()> {
        for option in self.browser.all(&format!("[data-clash={field}] button")).await? {
            // The answer stands in the first line; below it, whose it is: the author may bear the name that was
            // entered.
            if option.text().await?.lines().next() == Some(answer) {
                option.scroll_into_view().await?;
                return Ok(option.click().await?);
            }
        }
        bail!("{answer} is not to be chosen")
    }

    /// The fields that the section on screen asks.
    pub async fn asked(&self) -> Result<Vec<Asked>> {
        fill::asked(&self.browser).await
    }

    /// Answers every open question of the section on screen with something plausible; returns how many it were.
    pub async fn fill_section(&self) -> Result<usize> {
        fill::section(self).await
    }

    /// Gives a reason for every warning of the section on screen; returns how many they were.
    pub async fn give_reasons(&self) -> Result<usize> {
        fill::reasons(self).await
    }

    /// Fills every section from here to the end, with a row in every group; returns the number of answers given.
    pub async fn fill_to_the_end(&self) -> Result<usize> {
        let mut n_answers = 0;
        loop {
            n_answers += self.fill_section().await?;
            for group in self.empty_groups().await? {
                self.add_row(&group).await?;
            }
            n_answers += self.fill_section().await?;
            self.give_reasons().await?;
            if !self.next().await? {
                return Ok(n_answers);
            }
        }
    }

    /// Repeating groups on screen that have no row yet.
    async fn empty_groups(&self) -> Result<Vec<String>> {
        let look = "return [...document.querySelectorAll('[data-add-row]')]
            .filter(it => it.offsetParent && !it.closest('[data-field]')?.querySelector('[data-row]'))
            .map(it => it.dataset.addRow)";
        let found = self.browser.script(look, vec![]).await?;
        Ok(found.as_array().into_iter().flatten().filter_map(|it| Some(it.as_str()?.to_owned())).collect())
    }

    /// Goes to the next section; returns whether there was one.
    pub async fn next(&self) -> Result<bool> {
        self.walk("next").await
    }

    /// Goes to the section before; returns whether there was one.
    pub async fn previous(&self) -> Result<bool> {
        self.walk("previous").await
    }

    async fn walk(&self, direction: &str) -> Result<bool> {
        let button = format!("[data-test={direction}]:not([disabled])");
        if !self.browser.has(&button).await? {
            return Ok(false);
        }
        let before = self.section().await?;
        self.browser.click(&button).await?;
        let is_there = async || Ok((self.section().await? != before).then_some(()));
        // WebKit's driver aims first and presses then; where the page moves in between, it hits nothing.
        if self.browser.kind() == Kind::WebKit
            && wait::until_within(wait::PRESS, "another section", is_there).await.is_err()
        {
            self.browser.click(&button).await?;
        }
        wait::until("another section", is_there).await?;
        Ok(true)
    }

    /// Walks back to the first section and on until this field is asked.
    pub async fn walk_to(&self, field: &str) -> Result<()> {
        let css = format!("[data-field={field}]");
        if self.browser.has(&css).await? {
            return Ok(());
        }
        while self.previous().await? {}
        while !self.browser.has(&css).await? {
            ensure!(self.next().await?, "no section asks {field}");
        }
        Ok(())
    }

    /// Walks on to the last step, where the report is checked and sent.
    pub async fn walk_to_end(&self) -> Result<()> {
        while self.next().await? {}
        Ok(())
    }

    /// What tells the section on screen from every other: its address.
    pub async fn section(&self) -> Result<String> {
        Ok(self.browser.driver().current_url().await?.to_string())
    }

    /// Opens the list of sections.
    pub async fn contents(&self) -> Result<()> {
        self.browser.click("[data-test=contents]").await
    }

    /// Adds a row to a repeating group.
    pub async fn add_row(&self, group: &str) -> Result<()> {
        let rows = "return document.querySelectorAll('[data-row]').length";
        let before = self.browser.script(rows, vec![]).await?;
        self.browser.click(&format!("[data-add-row={group}]")).await?;
        wait::until("a new row", async || {
            Ok((self.browser.script(rows, vec![]).await? != before).then_some(()))
        })
        .await
    }

    /// What is complained about on screen, each complaint as a line.
    pub async fn problems(&self) -> Result<Vec<String>> {
        let look = "return [...document.querySelectorAll('[data-problem]')].filter(it => it.offsetParent)
            .map(it => `${it.dataset.problem}: ${it.innerText.replace(/\\s+/g, ' ')}`)";
        let found = self.browser.script(look, vec![]).await?;
        Ok(found.as_array().into_iter().flatten().filter_map(|it| Some(it.as_str()?.to_owned())).collect())
    }

    /// Takes a step of the workflow, `hand-over`, `approve`, `accept` or `return`, and says yes to the question.
    pub async fn command(&self, step: &str) -> Result<()> {
        self.browser.click(&format!("[data-test=command-{step}]")).await?;
        self.browser.click("dialog[open] [data-test=confirm]").await?;
        self.browser.gone("dialog[open]").await
    }
}

/// The link of a duty on the home screen.
pub fn duty(form: &str, period: &str) -> String {
    format!("[data-test=duty][data-form={form}][data-period='{period}'] a")
}

/// The control of a field that one types into.
fn control(field: &str) -> String {
    format!("[data-field={field}] :is(input, textarea)")
}
