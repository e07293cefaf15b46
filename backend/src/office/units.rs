//! Registers units from a CSV file: schools, and bodies the programme's files do not name.
//!
//! Either every line is right and all are registered, or nothing is, and every wrong line is told with its
//! number and its mend. The same file again changes nothing; a unit is never taken away, only closed with
//! `active_to`.

use super::csv::{self, Row};
use crate::{not_done::NotDone, programme::Programme, setup::SCHOOL, store};
use lantoa_shared::{
    date::Date,
    language::Bilingual,
    map::Map,
    unit::{Fact, Unit},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// The columns a file may have, in any order.
const COLUMNS: [&str; 11] = [
    "code",
    "type",
    "name_vi",
    "name_en",
    "parent",
    "recipient",
    "school_levels",
    "ownership",
    "place",
    "active_from",
    "active_to",
];
/// The columns it must have.
const NEEDED: [&str; 4] = ["code", "type", "name_vi", "recipient"];

/// Registers the units of `file`, and those of the programme, which they report to.
///
/// # Errors
/// Every line that is wrong; or the file, the programme or the store.
pub async fn import(tx: &mut store::Connection, file: &Path, programme: &Path) -> Result<String, NotDone> {
    let programme = Programme::load(programme).map_err(|faults| {
        NotDone::Wrong(faults.iter().map(|fault| format!("the programme: {fault}")).collect())
    })?;
    let bytes = std::fs::read(file).map_err(|error| NotDone::Io("reading the CSV file", error))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| NotDone::wrong("the file is not UTF-8: save it as \"CSV UTF-8\""))?;
    for unit in programme.units() {
        store::units::put(tx, unit).await?;
    }
    let known = store::units::all(tx).await?.into_iter().map(|unit| (unit.code.clone(), unit)).collect();
    let units = read(&text, &programme, &known).map_err(NotDone::Wrong)?;
    let (mut new, mut changed, mut same) = (0, 0, 0);
    for unit in &units {
        match known.get(&unit.code) {
            Some(before) if before == unit => {
                same += 1;
                continue;
            }
            Some(_) => changed += 1,
            None => new += 1,
        }
        store::units::put(tx, unit).await?;
    }
    if new + changed > 0 {
        store::facts::count(tx, store::facts::UNITS).await?;
    }
    Ok(format!("units: {new} new, {changed} changed, {same} as they were"))
}

/// Reads and checks the lines; `known` are the units that are registered already.
fn read(text: &str, programme: &Programme, known: &BTreeMap<String, Unit>) -> Result<Vec<Unit>, Vec<String>> {
    let rows = csv::rows(text)
        .map_err(|line| vec![format!("line {line}: a quote is opened and never closed; close it")])?;
    let Some((head, rows)) = rows.split_first() else { return Err(vec!["the file is empty".into()]) };
    check_head(head)?;
    let lines: Vec<Line<'_>> = rows.iter().map(|row| Line { head: &head.cells, row }).collect();
    let all: BTreeSet<&str> =
        known.keys().map(String::as_str).chain(lines.iter().map(|line| line.get("code"))).collect();
    let (mut units, mut faults): (Vec<Unit>, Vec<String>) = (Vec::new(), Vec::new());
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for line in &lines {
        let mut wrong = Vec::new();
        if line.row.cells.len() > head.cells.len() {
            wrong.push("more cells than columns; put a text with commas in quotes".into());
        }
        let code = line.get("code");
        if let Some(before) = seen.insert(code, line.row.line) {
            wrong.push(format!("{code} stands in line {before} already; leave one of them out"));
        }
        let unit = line.unit(programme, known, &all, &mut wrong);
        faults.extend(wrong.iter().map(|fault| format!("line {}: {fault}", line.row.line)));
        units.push(unit);
    }
    if faults.is_empty() {
        faults = circles(&lines, &units, known);
    }
    if faults.is_empty() { Ok(units) } else { Err(faults) }
}

fn check_head(head: &Row) -> Result<(), Vec<String>> {
    let unknown = head.cells.iter().filter(|name| !COLUMNS.contains(&name.as_str())).map(|name| {
        format!("line {}: no column is called \"{name}\"; they are {}", head.line, COLUMNS.join(", "))
    });
    let missing = NEEDED
        .iter()
        .filter(|name| !head.cells.iter().any(|cell| cell == *name))
        .map(|name| format!("line {}: the column {name} is missing; add it", head.line));
    let twice = COLUMNS
        .iter()
        .filter(|name| head.cells.iter().filter(|cell| cell == *name).count() > 1)
        .map(|name| format!("line {}: the column {name} is there twice; leave one out", head.line));
    let faults: Vec<String> = unknown.chain(missing).chain(twice).collect();
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

/// Reporting lines that come back to where they began.
fn circles(lines: &[Line<'_>], units: &[Unit], known: &BTreeMap<String, Unit>) -> Vec<String> {
    let recipients: BTreeMap<&str, &str> = known
        .values()
        .chain(units)
        .filter_map(|unit| Some((unit.code.as_str(), unit.recipient.as_deref()?)))
        .collect();
    let comes_back = |unit: &Unit| {
        let line = std::iter::successors(recipients.get(unit.code.as_str()), |code| recipients.get(*code));
        line.take(recipients.len()).any(|code| *code == unit.code)
    };
    let wrong = lines.iter().zip(units).filter(|(_, unit)| comes_back(unit));
    wrong
        .map(|(line, unit)| {
            format!("line {}: {} reports to itself over its recipients", line.row.line, unit.code)
        })
        .collect()
}

/// A row with the names of its columns.
struct Line<'a> {
    head: &'a [String],
    row: &'a Row,
}

impl Line<'_> {
    /// The cell in a column; empty where there is none.
    fn get(&self, column: &str) -> &str {
        let place = self.head.iter().position(|name| name == column);
        place.and_then(|place| self.row.cells.get(place)).map_or("", String::as_str)
    }

    /// The unit of this line; what is wrong goes to `wrong`.
    fn unit(
        &self,
        programme: &Programme,
        known: &BTreeMap<String, Unit>,
        all: &BTreeSet<&str>,
        wrong: &mut Vec<String>,
    ) -> Unit {
        let (code, kind, recipient) = (self.get("code"), self.get("type"), self.get("recipient"));
        let parent = if self.get("parent").is_empty() { recipient } else { self.get("parent") };
        let is_code = |letter: u8| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == b'-';
        if code.is_empty() || code.len() > 40 || !code.bytes().all(is_code) {
            wrong.push(format!("the code \"{code}\" must be 1 to 40 of A–Z, 0–9 and -"));
        }
        let types = programme.unit_types();
        if types.get(kind).is_none() {
            let types = types.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
            wrong.push(format!("the type \"{kind}\" is unknown; types are {types}"));
        }
        if programme.units().iter().any(|unit| unit.code == code) {
            wrong.push(format!("{code} is written in the programme's units.json; change it there"));
        } else if let Some(before) = known.get(code).filter(|before| before.kind != kind) {
            let before = &before.kind;
            wrong.push(format!("{code} is a {before} and stays one; close it and register a new code"));
        }
        if self.get("name_vi").is_empty() {
            wrong.push("name_vi is empty; write the full official name".into());
        }
        if recipient.is_empty() {
            wrong.push("recipient is empty; write the code of the unit it reports to".into());
        }
        for (column, other) in [("recipient", recipient), ("parent", self.get("parent"))] {
            if other.is_empty() {
                continue;
            }
            if other == code {
                wrong.push(format!("{column} is the unit itself; write the one above it"));
            } else if !all.contains(other) {
                wrong.push(format!("{column} {other} is no unit; register it in the same file or before"));
            }
        }
        let mut facts = Map::new();
        self.add_school_facts(programme, recipient, &mut facts, wrong);
        if known.get(parent).is_some_and(|parent| parent.kind == "COMMUNE") {
            facts.insert("commune".to_owned(), parent.into());
        }
        if !self.get("place").is_empty() {
            facts.insert("place".to_owned(), self.get("place").into());
        }
        let days = ["active_from", "active_to"].map(|column| self.day(column, &mut facts, wrong));
        if let [Some(from), Some(to)] = days
            && to < from
        {
            wrong.push(format!("active_to {to} is before active_from {from}; exchange them"));
        }
        Unit {
            code: code.to_owned(),
            kind: kind.to_owned(),
            name: Bilingual::new(self.get("name_vi"), self.get("name_en")),
            short_name: None,
            parent: Some(parent.to_owned()),
            recipient: Some(recipient.to_owned()),
            facts,
        }
    }

    /// What only schools have: who manages them, the levels they teach, whose they are.
    fn add_school_facts(
        &self,
        programme: &Programme,
        recipient: &str,
        facts: &mut Map<String, Fact>,
        wrong: &mut Vec<String>,
    ) {
        let levels: Vec<&str> =
            self.get("school_levels").split([' ', '|']).filter(|it| !it.is_empty()).collect();
        let ownership = self.get("ownership");
        if self.get("type") != SCHOOL {
            if !levels.is_empty() || !ownership.is_empty() {
                wrong.push("only schools have school_levels and ownership; leave them empty".into());
            }
            return;
        }
        if levels.is_empty() {
            wrong.push("school_levels is empty; write the levels taught, such as th thcs".into());
        }
        let given = levels.iter().map(|level| ("school_level", *level));
        let owned = (!ownership.is_empty()).then_some(("ownership", ownership));
        for (list, code) in given.chain(owned) {
            let choices = programme.choices(list);
            // A programme without such a list takes any code.
            if !choices.is_empty() && !choices.iter().any(|choice| choice.code == code) {
                let codes = choices.iter().map(|choice| choice.code.as_str()).collect::<Vec<_>>().join(", ");
                wrong.push(format!("{list} \"{code}\" is unknown; choose from {codes}"));
            }
        }
        facts.insert("managing_unit".to_owned(), recipient.into());
        facts.insert("school_levels".to_owned(), levels.into());
        if !ownership.is_empty() {
            facts.insert("ownership".to_owned(), ownership.into());
        }
    }

    /// A day of the calendar, which becomes a fact, too.
    fn day(&self, column: &str, facts: &mut Map<String, Fact>, wrong: &mut Vec<String>) -> Option<Date> {
        let text = self.get(column);
        if text.is_empty() {
            return None;
        }
        let day = text.parse::<Date>().ok();
        if day.is_none() {
            wrong.push(format!("{column} \"{text}\" is no day; write it as 2026-08-31"));
        }
        facts.insert(column.to_owned(), text.into());
        day
    }
}
