//! Filling a section without knowing the form: what is asked is read off the screen, as a person does.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::{Person, answers};
use crate::browser::Browser;
use thirtyfour::Key;

/// How a field wants to be answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Control {
    /// A line of digits.
    Number,
    /// A line that wants dd/mm/yyyy.
    Date,
    /// A line of words.
    Text,
    /// A box of words.
    Paragraph,
    /// One of several buttons.
    Radio,
    /// Any of several boxes.
    Check,
    /// One of a list that opens.
    Select,
    /// A unit, found by typing a part of its name.
    Unit,
}

/// A field of the section on screen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asked {
    /// Its code.
    pub field: String,
    /// Its place in the record: the code, or group, row and code.
    pub path: String,
    /// How it wants to be answered.
    pub control: Control,
    /// Whether something stands in it already.
    pub is_answered: bool,
}

/// Reads which fields wait for an answer of the person's own; computed and hidden ones do not, and files are
/// left to a journey of their own.
const LOOK: &str = "
return [...document.querySelectorAll('[data-field][data-path]')].filter(it => it.offsetParent).flatMap(box => {
  const inputs = [...box.querySelectorAll('input, textarea:not([data-note]), select')]
    .filter(it => !it.readOnly && !it.disabled && it.closest('[data-field]') === box && it.offsetParent);
  const first = inputs[0];
  if (!first || first.type === 'file') return [];
  const kind = first.type === 'radio' ? 'radio' : first.type === 'checkbox' ? 'check'
    : first.type === 'search' ? 'unit'
    : first.tagName === 'SELECT' ? 'select'
    : first.tagName === 'TEXTAREA' ? 'paragraph'
    : box.querySelector('input[type=date]') ? 'date'
    : ['numeric', 'decimal'].includes(first.inputMode) ? 'number'
    : 'text';
  const answered = kind === 'radio' || kind === 'check' ? inputs.some(it => it.checked)
    : kind === 'unit' ? !!box.querySelector('.files li button') : first.value !== '';
  return [{ field: box.dataset.field, path: box.dataset.path, kind, answered }];
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
        Some("paragraph") => Control::Paragraph,
        Some("radio") => Control::Radio,
        Some("check") => Control::Check,
        Some("select") => Control::Select,
        Some("unit") => Control::Unit,
        _ => Control::Text,
    };
    let text =
        |key: &str| row[key].as_str().map(str::to_owned).with_context(|| format!("a field without {key}"));
    let is_answered = row["answered"].as_bool().unwrap_or(false);
    Ok(Asked { field: text("field")?, path: text("path")?, control, is_answered })
}

/// See [`Person::fill_section`]. An answer may open further questions, so it looks again until none is left.
pub async fn section(person: &Person) -> Result<usize> {
    let mut done: Vec<String> = Vec::new();
    loop {
        let asked = asked(&person.browser).await?;
        let mut open = asked.into_iter().filter(|it| !it.is_answered && answers::is_answered(&it.field));
        let Some(next) = open.find(|it| !done.contains(&it.path)) else {
            return Ok(done.len());
        };
        let at = format!("[data-path='{}']", next.path);
        answer(person, &next, &at).await.with_context(|| format!("could not answer {}", next.path))?;
        person.browser.find(&format!("{at}[data-saved=true]")).await?;
        done.push(next.path);
    }
}

/// Gives a reason for every warning of the section on screen that has none yet.
pub async fn reasons(person: &Person) -> Result<usize> {
    let look = "return [...document.querySelectorAll('textarea[data-note]')]
        .filter(it => it.offsetParent && !it.readOnly && it.value === '').map(it => it.id)";
    let found = person.browser.script(look, vec![]).await?;
    let ids: Vec<&str> = found.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    for id in &ids {
        let css = format!("[id='{id}']");
        person.browser.write(&css, answers::REASON).await?;
        person.browser.find(&css).await?.send_keys(Key::Tab).await?;
    }
    Ok(ids.len())
}

async fn answer(person: &Person, asked: &Asked, at: &str) -> Result<()> {
    let browser = &person.browser;
    let text = answers::answer(&asked.field, asked.control);
    match asked.control {
        Control::Number | Control::Date | Control::Text | Control::Paragraph => {
            let input = format!("{at} :is(input, textarea:not([data-note]))");
            browser.write(&input, text).await?;
            Ok(browser.find(&input).await?.send_keys(Key::Tab).await?)
        }
        // The label is what a finger meets; the input itself may be drawn over.
        Control::Radio | Control::Check => browser.click(&format!("{at} label:has(input)")).await,
        Control::Select => {
            let choose = "const it = document.querySelector(arguments[0]);
                it.selectedIndex = [...it.options].findIndex(option => option.value && !option.disabled);
                it.dispatchEvent(new Event('input', { bubbles: true }));
                it.dispatchEvent(new Event('change', { bubbles: true }));";
            browser.script(choose, vec![json!(format!("{at} select"))]).await.map(drop)
        }
        Control::Unit => {
            browser.write(&format!("{at} input[type=search]"), text).await?;
            browser.click(&format!("{at} [role=status] button")).await
        }
    }
}
