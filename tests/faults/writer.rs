//! Somebody who types numbers into a report, and remembers every one of them.
//!
//! Invariant: no number is typed twice, so what arrives tells when it was typed.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use lantoa_shared::op::Path;
use lantoa_shared::record::Record;
use lantoa_shared::text;
use lantoa_shared::value::Value;
use lantoa_tests::chance::Chance;
use lantoa_tests::person::Person;
use lantoa_tests::wait;

use crate::world::{FORM, PERIOD};

/// Numbers of one section that are always asked.
pub const FIELDS: [&str; 10] = [
    "prod_article",
    "prod_photo",
    "prod_video",
    "prod_audio",
    "prod_infographic",
    "prod_document",
    "prod_in_store",
    "prod_press_used",
    "prod_views",
    "prod_interactions",
];

/// Somebody who types.
pub struct Writer {
    /// The person at the browser.
    pub person: Person,
    chance: Chance,
    page: String,
    said: BTreeMap<String, i64>,
    last: i64,
    n_typed: usize,
}

impl Writer {
    /// Opens the report and walks to where numbers are asked.
    pub async fn opens_the_report(person: Person, chance: Chance) -> Result<Self> {
        person.open_duty(FORM, PERIOD).await?;
        person.walk_to(FIELDS[0]).await?;
        let page = person.section().await?;
        Ok(Self { person, chance, page, said: BTreeMap::new(), last: 0, n_typed: 0 })
    }

    /// Opens the section again: in a browser that was closed, or in another tab.
    pub async fn opens_the_section(&self) -> Result<()> {
        self.person.browser.go(&self.page).await?;
        self.person.browser.mark("app-ready").await?;
        self.person.browser.find(&format!("[data-field={}]", FIELDS[0])).await.map(drop)
    }

    /// Types a new number into some field, and waits for its saved mark.
    pub async fn answers(&mut self) -> Result<()> {
        let field = self.chance.pick(&FIELDS);
        self.answers_in(field).await
    }

    /// Types so many new numbers, each until it is saved.
    pub async fn answers_times(&mut self, times: usize) -> Result<()> {
        for _ in 0..times {
            self.answers().await?;
        }
        Ok(())
    }

    /// Types a new number into this field, and waits for its saved mark.
    pub async fn answers_in(&mut self, field: &str) -> Result<()> {
        let number = self.next();
        self.person.answer(field, &number.to_string()).await?;
        self.person.saved(field).await?;
        self.remember(field, number);
        Ok(())
    }

    /// A number that was never typed.
    pub fn next(&mut self) -> i64 {
        self.last += 1;
        self.last
    }

    /// Remembers what was typed and saved, by whatever means.
    pub fn remember(&mut self, field: &str, number: i64) {
        self.said.insert(field.to_owned(), number);
        self.n_typed += 1;
    }

    /// Waits until the screen shows everything that was typed.
    pub async fn sees_all(&self) -> Result<()> {
        for (field, number) in &self.said {
            // In the usual form: from a thousand on, it has points.
            self.person.holds(field, &text::show(&Value::Int(*number))).await?;
        }
        Ok(())
    }

    /// What a record lacks of all that was typed, or holds more than once, each as a line.
    pub fn missing(&self, record: Option<&Record>) -> Vec<String> {
        let held = |field: &str| record.map(|it| it.entries(&Path::field(field))).unwrap_or_default();
        let lacks = |(field, number): (&String, &i64)| {
            let entries = held(field);
            let is_right = matches!(entries, [only] if only.value == Some(Value::Int(*number)));
            (!is_right).then(|| format!("{field} was to hold {number} once and holds {entries:?}"))
        };
        self.said.iter().filter_map(lacks).collect()
    }

    /// How many numbers were typed since this was asked last.
    pub fn take_typed(&mut self) -> usize {
        std::mem::take(&mut self.n_typed)
    }

    /// Waits until the app says that everything is at the centre.
    pub async fn is_synced_within(&self, patience: Duration) -> Result<()> {
        let synced = "[data-test=sync-state][data-state=synced]";
        let looked = wait::until_within(patience, synced, async || {
            Ok(self.person.browser.has(synced).await?.then_some(()))
        })
        .await;
        let pill = self.person.browser.text("[data-test=sync-state]").await;
        looked.with_context(|| format!("the pill says {}", pill.unwrap_or_default()))
    }

    /// Ensures that the pill never said, since it was watched, that all is at the centre, nor that the centre did not
    /// take something.
    pub async fn was_told_the_truth(&self) -> Result<()> {
        let pills = self.person.pills().await?;
        let is_honest = |it: &String| matches!(it.as_str(), "local" | "sending" | "offline");
        ensure!(!pills.is_empty() && pills.iter().all(is_honest), "the pill said {pills:?}");
        Ok(())
    }
}
