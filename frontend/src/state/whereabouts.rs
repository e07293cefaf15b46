//! Where everything is that a person did on this device: report by report, file by file.
//!
//! Invariant: the place named is that of the least safe of all it consists of.

use super::{attention::Of, engine::Engine, report::Remarks};
use crate::{
    i18n::sorted,
    json,
    store::{OutboxRow, Outline, StoreTrouble, remarks_key},
};
use lantoa_shared::{
    duty::EntryId,
    map::Map,
    op::{Act, Op},
    sync::{bucket, replica::STALE},
    value::Value,
    wire::v1::RowKind,
};

/// Where something is, the most pressing first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whereabout {
    /// The centre has it and could not take it.
    NeedsAttention,
    /// On this device only.
    Here,
    /// At the centre.
    AtCentre,
    /// At the centre, and in a backup of it.
    Safe,
}

/// A report or a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Thing {
    /// The record's id, or the file's name.
    pub name: String,
    /// What the report is, as its id says.
    pub of: Option<Of>,
    /// What an entry of a register is called.
    pub title: String,
    /// Whether it can be opened here.
    pub is_held: bool,
    /// Where it is.
    pub place: Whereabout,
    /// How many things of it are there.
    pub count: usize,
    /// How many answers of it are to be chosen by this person.
    pub to_choose: usize,
    /// Of a file that is partly at the centre: how much, in parts of a hundred.
    pub percent: Option<u32>,
}

/// Where everything is.
#[derive(Debug, Clone, Default)]
pub struct Whereabouts {
    /// Reports.
    pub reports: Vec<Thing>,
    /// Files.
    pub files: Vec<Thing>,
    /// Remarks on reports that no step has taken along.
    pub remarks: Vec<Thing>,
    /// How many ops wait for a backup of the centre.
    pub n_kept: usize,
    /// How many things of others wait on this device until they sign in.
    pub n_of_others: usize,
}

impl Engine {
    /// Where everything is that the person did here.
    pub async fn whereabouts(&self) -> Result<Whereabouts, StoreTrouble> {
        let Some(person) = self.person() else { return Ok(Whereabouts::default()) };
        let mine = |row: &OutboxRow| row.person == person.id;
        let kept: Vec<OutboxRow> =
            self.store.kept().await?.into_iter().map(|(_, row)| row).filter(mine).collect();
        let (rows, others): (Vec<OutboxRow>, Vec<OutboxRow>) =
            self.store.outbox().await?.into_iter().partition(mine);
        let uploads: Vec<String> = self.store.uploads().await?.into_iter().map(|(it, _)| it).collect();
        let mut percents: Map<String, u32> = Map::new();
        for sha256 in &uploads {
            let (place, pieces) = (self.store.upload_place(sha256).await?, self.store.pieces(sha256).await?);
            if let (Some((_, offset)), Some(pieces)) = (place, pieces) {
                percents.insert(sha256.clone(), offset / (pieces.size / 100).max(1));
            }
        }
        let mut all = gather(&rows, &kept, &uploads, &percents);
        all.n_of_others = others.iter().filter(|row| row.verdict.is_none()).count();
        let durable_seq = self.store.contact().await?.durable_seq;
        let mut versions: Map<String, Outline> = Map::new();
        let holdings = self.holdings.get_untracked();
        // What was begun and of which nothing waits any more.
        for (id, brief) in &holdings.own {
            if brief.started && all.reports.iter().all(|thing| thing.name != *id) {
                let bucket = bucket::of_unit(&brief.duty.unit);
                if !versions.contains_key(&bucket) {
                    versions.insert(bucket.clone(), self.store.outline(&bucket).await?);
                }
                // A backup has the record as it is here once it reaches to the number under which that came.
                let version = versions.get(&bucket).and_then(|rows| rows.version(RowKind::Record, id));
                let is_safe = version.is_some_and(|seq| seq != STALE && seq <= durable_seq);
                let place = if is_safe { Whereabout::Safe } else { Whereabout::AtCentre };
                all.reports.push(Thing { place, ..Thing::named(id) });
            }
        }
        self.duties.with_untracked(|duties| {
            for card in duties.iter().filter(|card| card.asks_to_choose(&person)) {
                let id = card.id();
                if let Some(report) = all.reports.iter_mut().find(|thing| thing.name == id) {
                    report.to_choose = card.disputed;
                    if report.place != Whereabout::NeedsAttention {
                        (report.place, report.count) = (Whereabout::NeedsAttention, 0);
                    }
                }
            }
        });
        for (record, text) in self.store.all_remarks(&remarks_key(&person.id, "")).await? {
            let count = json::read::<Remarks>(&text).map_or(0, |remarks| remarks.count());
            if count > 0 {
                all.remarks.push(Thing { count, ..Thing::named(&record) });
            }
        }
        for report in all.reports.iter_mut().chain(&mut all.remarks) {
            let is_held = holdings.duty(&report.name).is_some() || EntryId::read(&report.name).is_some();
            (report.of, report.is_held) = (Of::read(&report.name), is_held);
        }
        let titles = self.entries(&person).await?;
        for thing in &mut all.reports {
            if let Some(entry) = titles.iter().find(|entry| entry.id == thing.name) {
                thing.title.clone_from(&entry.title);
            }
        }
        let turn = |thing: &Thing| thing.place as i64;
        all.reports = sorted(all.reports, turn, |thing| &thing.name);
        all.files = sorted(all.files, turn, |thing| &thing.name);
        Ok(all)
    }
}

impl Thing {
    /// Something on this device, of which nothing is counted yet.
    fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            of: None,
            title: String::new(),
            is_held: false,
            place: Whereabout::Here,
            count: 0,
            to_choose: 0,
            percent: None,
        }
    }
}

/// Sorts what lies in the outbox and what waits for a backup by what it belongs to.
fn gather(
    rows: &[OutboxRow],
    kept: &[OutboxRow],
    uploads: &[String],
    percents: &Map<String, u32>,
) -> Whereabouts {
    let mut reports: Map<String, Thing> = Map::new();
    let mut files: Map<String, Thing> = Map::new();
    for (row, is_settled) in rows.iter().map(|row| (row, false)).chain(kept.iter().map(|row| (row, true))) {
        let Ok(op) = json::read::<Op>(&row.body) else { continue };
        let place = match row.verdict {
            _ if is_settled => Whereabout::AtCentre,
            None => Whereabout::Here,
            Some(verdict) if verdict.status.is_in_record() => Whereabout::AtCentre,
            Some(_) => Whereabout::NeedsAttention,
        };
        let named = match &op.act {
            Act::Set { value: Some(Value::File(file)), .. } => std::slice::from_ref(file),
            Act::Set { value: Some(Value::Files(files)), .. } => files.as_slice(),
            _ => &[],
        };
        for file in named {
            let is_here = file.hashes().any(|sha256| uploads.iter().any(|it| it == sha256));
            let bytes = if is_here { Whereabout::Here } else { Whereabout::AtCentre };
            put(&mut files, &file.sha256, &file.name, bytes);
            if let Some(thing) = files.get_mut(&file.sha256) {
                thing.percent = percents.get(&file.sha256).copied();
            }
        }
        put(&mut reports, &op.record, &op.record, place);
    }
    Whereabouts {
        reports: reports.values().cloned().collect(),
        files: files.values().cloned().collect(),
        remarks: Vec::new(),
        n_kept: kept.len(),
        n_of_others: 0,
    }
}

fn put(things: &mut Map<String, Thing>, key: &str, name: &str, place: Whereabout) {
    let blank = || Thing { place, ..Thing::named(name) };
    let thing = things.get_or_insert_with(key.to_owned(), blank);
    if place < thing.place {
        (thing.place, thing.count) = (place, 0);
    }
    thing.count += usize::from(place == thing.place);
}

#[cfg(test)]
mod tests {
    use super::*;
    use lantoa_shared::{
        op::Path,
        sync::verdict::{Refusal, Verdict},
        value::FileRef,
    };

    fn row(record: &str, value: Option<Value>, verdict: Option<Verdict>) -> OutboxRow {
        let act = Act::Set { path: Path::field("total"), base: Vec::new(), value };
        let op = Op { at: 0, heard: None, person: "an".to_owned(), record: record.to_owned(), act };
        OutboxRow { verdict, ..OutboxRow::new("an", serde_json::to_string(&op).unwrap()) }
    }

    fn place(all: &Whereabouts, name: &str) -> (Whereabout, usize) {
        let thing = all.reports.iter().chain(&all.files).find(|thing| thing.name == name).unwrap();
        (thing.place, thing.count)
    }

    #[test]
    fn a_report_is_where_the_least_safe_part_of_it_is() {
        let parked = Some(Verdict::parked(Refusal::WrongState));
        let rows = [
            row("r", None, Some(Verdict::APPLIED)),
            row("r", None, None),
            row("r", None, None),
            row("s", None, parked),
            row("s", None, None),
        ];
        let all = gather(&rows, &[row("t", None, Some(Verdict::APPLIED))], &[], &Map::new());
        assert_eq!(place(&all, "r"), (Whereabout::Here, 2));
        assert_eq!(place(&all, "s"), (Whereabout::NeedsAttention, 1));
        assert_eq!(place(&all, "t"), (Whereabout::AtCentre, 1));
        assert_eq!(all.n_kept, 1);
    }

    #[test]
    fn a_file_is_here_until_its_bytes_are_up_whatever_became_of_its_op() {
        let file = |sha256: &str, name: &str| FileRef {
            sha256: sha256.into(),
            name: name.into(),
            size: 4,
            mime: String::new(),
            seconds: None,
            location_removed: false,
            poster: None,
        };
        let value = Value::Files(vec![file("aa", "a.pdf"), file("bb", "b.pdf")]);
        let percents = Map::from([("bb".to_owned(), 40)]);
        let all =
            gather(&[row("r", Some(value), Some(Verdict::APPLIED))], &[], &["bb".to_owned()], &percents);
        assert_eq!(place(&all, "a.pdf"), (Whereabout::AtCentre, 1));
        assert_eq!(place(&all, "b.pdf"), (Whereabout::Here, 1));
        assert_eq!(all.files.iter().map(|file| file.percent).collect::<Vec<_>>(), [None, Some(40)]);
    }
}
