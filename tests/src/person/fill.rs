//! Filling a section without knowing the form: what is asked is read off the screen, as a person does.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::Person;
use crate::browser::Browser;

/// How a field wants to be answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Control {
    /// A line of digits.
    Number,
    /// A line that wants dd/mm/yyyy.
    Date,
    /// A line or a box of words.
    Text,
    /// One of several buttons.
    Radio,
    /// Any of several boxes.
    Check,
    /// One of a list that opens.
    Select,
}

/// A field of the section on screen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asked {
    /// Its code.
    pub field: String,
    /// How it wants to be answered.
    pub control: Control,
    /// Whether something stands in it already.
    pub answered: bool,
}

/// Reads which fields wait for an answer of the person's own; computed and hidden ones do not.
const LOOK: &str = "
return [...document.querySelectorAll('[data-field]')].filter(it => it.offsetParent).flatMap(box => {
  const inputs = [...box.querySelectorAll('input, textarea, select')]
    .filter(it => !it.readOnly && !it.disabled && it.closest('[data-field]') === box);
  const first = inputs[0];
  if (!first || first.type === 'file') return [];
  const kind = first.type === 'radio' ? 'radio' : first.type === 'checkbox' ? 'check'
    : first.tagName === 'SELECT' ? 'select'
    : box.querySelector('input[type=date]') ? 'date'
    : ['numeric', 'decimal'].includes(first.inputMode) ? 'number'
    : 'text';
  const answered = ['radio', 'check'].includes(kind) ? inputs.some(it => it.checked) : first.value !== '';
  return [{ field: box.dataset.field, kind, answered }];
})";

/// See [`Person::asked`].
pub async fn asked(browser: &Browser) -> Result<Vec<Asked>> {
    let found = browser.script(LOOK, vec![]).await?;
    found.as_array().into_iter().flatten().map(read).collect()
}

fn read(row: &Value) -> Result<Asked> {
    let control = match row["kind"].as_str() {
        Some("number") => Control::Number,
        Some("date") => Control::Date,
        Some("radio") => Control::Radio,
        Some("check") => Control::Check,
        Some("select") => Control::Select,
        _ => Control::Text,
    };
    let field = row["field"].as_str().context("a field without a code")?.to_owned();
    Ok(Asked { field, control, answered: row["answered"].as_bool().unwrap_or(false) })
}

/// See [`Person::fill_section`]. An answer may open further questions, so it looks again until none is left.
pub async fn section(person: &Person) -> Result<usize> {
    let mut done: Vec<String> = Vec::new();
    loop {
        let asked = asked(&person.browser).await?;
        let Some(next) = asked.into_iter().find(|it| !it.answered && !done.contains(&it.field)) else {
            return Ok(done.len());
        };
        answer(person, &next).await.with_context(|| format!("could not answer {}", next.field))?;
        person.saved(&next.field).await?;
        done.push(next.field);
    }
}

async fn answer(person: &Person, asked: &Asked) -> Result<()> {
    let field = &asked.field;
    match asked.control {
        Control::Number => person.answer(field, "3").await,
        Control::Date => person.answer(field, "20/11/2026").await,
        Control::Text => person.answer(field, "Đã phổ biến đến phụ huynh").await,
        Control::Radio | Control::Check => {
            // The label is what a finger meets; the input itself may be drawn over.
            person.browser.click(&format!("[data-field={field}] label:has(input)")).await
        }
        Control::Select => {
            let choose = "const it = document.querySelector(arguments[0]);
                it.selectedIndex = [...it.options].findIndex(option => option.value && !option.disabled);
                it.dispatchEvent(new Event('input', { bubbles: true }));
                it.dispatchEvent(new Event('change', { bubbles: true }));";
            person.browser.script(choose, vec![json!(format!("[data-field={field}] select"))]).await.map(drop)
        }
    }
}
