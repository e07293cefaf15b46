//! What a person does on a device.

use super::{Held, Phone};
use crate::{
    Mutation,
    chance::Chance,
    form::STORY,
    witness::{Excuse, Witness},
};
use lantoa_shared::{
    duty::Duty,
    op::{Act, Command, Dot, FieldNote, Op, Path},
    person::{Action, Role, may},
    record::Record,
    sync::{ledger::judge, outbox::OutboxRow},
    value::{FileRef, Value},
    wire::v1::RowKind,
};
use std::rc::Rc;

const COMMANDS: [Command; 6] = [
    Command::HandOver,
    Command::TakeBack,
    Command::Approve,
    Command::Accept,
    Command::Return,
    Command::Reopen,
];

impl Phone {
    /// The person works for a while on one record. Returns how many ops were done.
    pub fn work(&mut self, now: i64, chance: &mut Chance, witness: &mut Witness) -> u64 {
        let duties: Vec<String> = self.things(RowKind::Duty).map(|(id, _)| id.clone()).collect();
        if duties.is_empty() {
            return 0;
        }
        let Some(duty) = self.duty(chance.pick(duties.as_slice()).as_str()) else { return 0 };
        let (person, version) = (Rc::clone(&self.person), duty.form_version);
        let writes = person.holds(&duty.unit, &[Role::Preparer, Role::Head]);
        // A form that has not come down cannot be opened.
        if !self.knows(version) {
            return 0;
        }
        let burst = 1 + chance.below(8);
        let mut n_done = 0;
        for _ in 0..burst {
            let act = if chance.percent(if writes { 92 } else { 10 }) {
                self.change(&duty, chance)
            } else {
                self.command(&duty, chance)
            };
            if let Some(act) = act {
                // Nobody does two things in one moment.
                let moment = now + i64::try_from(n_done).unwrap_or(0);
                self.keep(&duty, act, moment, witness);
                n_done += 1;
            }
        }
        n_done
    }

    fn change(&mut self, duty: &Duty, chance: &mut Chance) -> Option<Act> {
        let device = self.device.clone();
        let person = Rc::clone(&self.person);
        let view = self.view(duty);
        let standing = duty.standing(&[], view, &person);
        // The screen shows a closed report without fields; now and then a screen is older than its record.
        if may(&person, Action::Edit, standing).is_err() && chance.percent(97) {
            return None;
        }
        let field = |code: &str| Path::field(code);
        let figure = |chance: &mut Chance| Some(Value::Int(i64::try_from(chance.below(100)).unwrap_or(0)));
        let row = || format!("{device}x");
        let (path, value) = match chance.below(100) {
            0..50 => {
                let code = ["n0", "n0", "n1", "n2"][chance.below(4)];
                let value = if chance.percent(5) { None } else { figure(chance) };
                (field(code), value)
            }
            50..55 => (field("files"), files(view, &device, chance)),
            55..65 => (field("story"), Some(Value::Text(story(view, chance)))),
            65..72 => (Path::row("g", &format!("{}{}", row(), chance.below(3))), Some(Value::Bool(true))),
            72..84 => {
                let rows = view.rows("g");
                if rows.is_empty() {
                    return None;
                }
                let row = (*chance.pick(rows.as_slice())).to_owned();
                if chance.percent(70) {
                    (Path::member("g", &row, "a"), figure(chance))
                } else {
                    (Path::member("g", &row, "b"), Some(Value::Text(format!("word {}", chance.below(50)))))
                }
            }
            84..89 => {
                let rows = view.rows("g");
                if rows.is_empty() {
                    return None;
                }
                (Path::row("g", rows[chance.below(rows.len())]), None)
            }
            89..93 => (field("n1").note(), Some(Value::Text(format!("because {}", chance.below(9))))),
            93..98 => {
                let clashes: Vec<Path> = view.clashes().cloned().collect();
                if clashes.is_empty() {
                    return None;
                }
                let path = chance.pick(&clashes).clone();
                let values: Vec<Option<Value>> =
                    view.entries(&path).iter().map(|it| it.value.clone()).collect();
                let value = chance.pick(&values).clone();
                (path, value)
            }
            98 => (field("n0"), Some(Value::Text("not a figure".into()))),
            _ => (field("nobody_asked"), figure(chance)),
        };
        let base = view.base(&path);
        Some(Act::Set { path, base, value })
    }

    fn command(&mut self, duty: &Duty, chance: &mut Chance) -> Option<Act> {
        let person = Rc::clone(&self.person);
        let view = self.view(duty);
        let standing = duty.standing(&[], view, &person);
        let fits = |command: &Command| may(&person, Action::Take(*command), standing).is_ok();
        let allowed: Vec<Command> = COMMANDS.into_iter().filter(fits).collect();
        let command = match allowed.as_slice() {
            _ if chance.percent(3) => *chance.pick(&COMMANDS),
            [] => return None,
            allowed => *chance.pick(allowed),
        };
        let note = if command.needs_note() && chance.percent(95) { "why".to_owned() } else { String::new() };
        let field_notes = match command {
            Command::Return => vec![FieldNote { path: Path::field("n0"), note: "how so?".into() }],
            _ => Vec::new(),
        };
        Some(Act::Command { command, expect: view.digest(), note, field_notes })
    }

    /// Keeps an op: from here on the person is told that it is safe on this device.
    pub fn keep(&mut self, duty: &Duty, act: Act, now: i64, witness: &mut Witness) {
        let op = Op {
            at: self.clock.right(now + self.clock_error),
            heard: self.clock.heard,
            person: self.person.id.clone(),
            record: duty.id(),
            act,
        };
        let body = serde_json::to_string(&op).unwrap_or_default();
        let (n, op) = (self.next_n, Rc::new(op));
        let row = OutboxRow { n, ..OutboxRow::new(&self.person.id, body) };
        self.next_n += 1;
        let dot = row.dot(&self.device);
        let saw = match &op.act {
            Act::Set { base, .. } => base.iter().map(|dot| self.own(dot)).collect(),
            _ => Vec::new(),
        };
        let place = witness.see(&dot, &row.body, &op, saw);
        let held = Held { row, op: Rc::clone(&op), place };
        if self.mutation == Some(Mutation::TwoTransactions) {
            witness.ops[place].excuse.get_or_insert(Excuse::Untold);
        }
        if self.writes_late() {
            self.promised.push(held);
        } else {
            self.outbox.insert(n, held);
        }
        let mut view = std::mem::take(self.view(duty));
        judge(&mut view, &dot, &op, &self.case(duty));
        *self.view(duty) = view;
    }

    /// The own op that the person saw under an id, if it still waits.
    fn own(&self, dot: &Dot) -> Option<usize> {
        // What was decided against is not on the screen, nor is what somebody else did: under such a number another's
        // op may have come down.
        let is_shown = |Held { row, .. }: &&Held| {
            row.person == self.person.id && (row.verdict.is_none() || row.is_in_record())
        };
        let mut rows = self.outbox.values().chain(&self.promised).filter(is_shown);
        rows.find(|held| held.row.dot(&self.device) == *dot).map(|held| held.place)
    }

    /// The person looks at something that was not taken: tries again, or lays it aside.
    pub fn attend(&mut self, now: i64, chance: &mut Chance, witness: &mut Witness) -> u64 {
        let needs = |held: &&Held| {
            let is_judged = held.row.verdict.is_some() && !held.row.is_in_record();
            is_judged && held.row.person == self.person.id && !held.row.is_cloned() && !held.row.is_laid_aside
        };
        let waiting: Vec<u64> = self.outbox.values().filter(needs).map(|held| held.row.n).collect();
        if waiting.is_empty() {
            return 0;
        }
        let n = *chance.pick(&waiting);
        let Some(Held { row, op, place }) = self.outbox.get(&n).cloned() else { return 0 };
        let Some(duty) = self.duty(&op.record) else { return 0 };
        let mut n_done = 1;
        if let Act::Set { path, value, .. } = &op.act
            && chance.percent(60)
        {
            let base = self.view(&duty).base(path);
            let (path, value) = (path.clone(), value.clone());
            self.keep(&duty, Act::Set { path, base, value }, now, witness);
            n_done += 1;
        }
        let dot = row.dot(&self.device);
        self.keep(&duty, Act::SetAside { dot }, now + 1, witness);
        if !self.writes_late() {
            if let Some(held) = self.outbox.get_mut(&n) {
                held.row = held.row.clone().laid_aside();
            }
            witness.ops[place].excuse = Some(Excuse::SetAside);
        }
        n_done
    }
}

/// The list of files with one added, or one taken out.
fn files(view: &Record, device: &str, chance: &mut Chance) -> Option<Value> {
    let mut files = match view.value(&Path::field("files")) {
        Some(Value::Files(files)) => files.clone(),
        _ => Vec::new(),
    };
    if !files.is_empty() && chance.percent(35) {
        files.remove(chance.below(files.len()));
    } else {
        let name = format!("{device}{}", chance.below(1000));
        files.push(FileRef {
            sha256: name.clone(),
            name,
            size: 1,
            mime: String::new(),
            seconds: None,
            location_removed: false,
            poster: None,
        });
    }
    (!files.is_empty()).then_some(Value::Files(files))
}

/// The story with one sentence changed.
fn story(view: &Record, chance: &mut Chance) -> String {
    let now = match view.value(&Path::field("story")) {
        Some(Value::Text(text)) => text.as_str(),
        _ => STORY,
    };
    let mut sentences: Vec<String> = now.split(". ").map(str::to_owned).collect();
    let at = chance.below(sentences.len().min(8));
    sentences.truncate(8);
    sentences[at] = format!("Sentence {at} says {}", chance.below(1000));
    sentences.join(". ")
}
