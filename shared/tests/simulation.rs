//! Several phones, one centre, a bad network: the pure halves of the sync against each other.
//!
//! The centre journals before it judges, as the server does; the network loses requests, loses
//! answers and delivers twice. Law: nothing typed is lost. Every op ends in the record, or lies
//! under a verdict with its text, or was seen and replaced by a later op that names it.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use lantoa_shared::{
    duty::Duty,
    op::{Act, Command, Dot, Op, Path},
    period::{Period, PeriodKind},
    person::{Membership, Person, Role},
    record::{Record, State},
    sync::{
        device::hash,
        ledger::{Case, Content, judge},
        verdict::{Refusal, Verdict},
        view::{Waiting, compose},
    },
    value::Value,
};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// A form of three numbers that is ready as soon as the first is there.
struct ThreeNumbers;

impl Content for ThreeNumbers {
    fn accepts(&self, path: &Path, value: Option<&Value>) -> Result<(), Refusal> {
        match (path.0.as_str(), value) {
            ("f0" | "f1" | "f2", None | Some(Value::Int(_))) => Ok(()),
            ("f0" | "f1" | "f2", _) => Err(Refusal::WrongType),
            _ => Err(Refusal::UnknownField),
        }
    }

    fn is_ready(&self, record: &Record) -> Result<(), Refusal> {
        record.value(&Path::field("f0")).map(|_| ()).ok_or(Refusal::OpenErrors)
    }
}

fn duty() -> Duty {
    Duty {
        unit: "TH-1".into(),
        form: "FA".into(),
        form_version: 1,
        period: Period { year: 2026, kind: PeriodKind::Year },
        due: lantoa_shared::date::date(2026, 12, 16),
        recipient: "XP-1".into(),
    }
}

fn person(id: &str, unit: &str, role: Role) -> Person {
    Person {
        id: id.into(),
        account: id.into(),
        name: id.into(),
        memberships: vec![Membership { unit: unit.into(), role }],
    }
}

struct Phone {
    device: String,
    person: Person,
    base: Record,
    outbox: Vec<Waiting>,
    made: u64,
}

#[derive(Default)]
struct Centre {
    record: Record,
    journal: BTreeMap<Dot, (String, Op, Option<Verdict>)>,
}

impl Centre {
    /// Journals first, then judges what has no verdict, one by one.
    fn receive(&mut self, duty: &Duty, person: &Person, pushed: &[(Dot, Op)]) -> BTreeMap<Dot, Verdict> {
        for (dot, op) in pushed {
            let body = hash(&serde_json::to_string(op).unwrap());
            let kept = self.journal.entry(dot.clone()).or_insert_with(|| (body.clone(), op.clone(), None));
            assert_eq!(kept.0, body, "a device used a number twice");
        }
        let mut verdicts = BTreeMap::new();
        for (dot, _) in pushed {
            let (_, op, verdict) = self.journal.get_mut(dot).unwrap();
            let case = Case { duty, line: &[], person, content: ThreeNumbers, received_at: Some(0) };
            let verdict = *verdict.get_or_insert_with(|| judge(&mut self.record, dot, op, &case));
            verdicts.insert(dot.clone(), verdict);
        }
        verdicts
    }
}

impl Phone {
    fn view(&self, duty: &Duty) -> Record {
        let case = Case { duty, line: &[], person: &self.person, content: ThreeNumbers, received_at: None };
        compose(&self.base, &self.outbox, &case)
    }

    fn do_it(&mut self, act: Act) {
        self.made += 1;
        let op = Op { at: 0, heard: None, person: self.person.id.clone(), record: self.base.id.clone(), act };
        self.outbox.push(Waiting { dot: Dot::new(&self.device, self.made), op, verdict: None });
    }

    /// One round: push and pull, each of which may be lost on the way there or back.
    fn sync(&mut self, centre: &mut Centre, duty: &Duty, luck: u8) {
        let waiting: Vec<_> = self
            .outbox
            .iter()
            .filter(|w| w.verdict.is_none())
            .map(|w| (w.dot.clone(), w.op.clone()))
            .collect();
        if luck & 1 != 0 {
            return;
        }
        let verdicts = centre.receive(duty, &self.person, &waiting);
        if luck & 2 == 0 {
            for waiting in &mut self.outbox {
                waiting.verdict = waiting.verdict.or(verdicts.get(&waiting.dot).copied());
            }
        }
        if luck & 4 == 0 {
            self.base = centre.record.clone();
            let base = &self.base;
            self.outbox.retain(|waiting| !waiting.is_settled(base));
        }
    }
}

#[derive(Debug, Clone)]
enum Happening {
    Type { phone: usize, field: u8, value: Option<i64> },
    Step { phone: usize, command: Command },
    Sync { phone: usize, luck: u8 },
}

fn happening() -> impl Strategy<Value = Happening> {
    let command = prop::sample::select(vec![
        Command::HandOver,
        Command::TakeBack,
        Command::Approve,
        Command::Accept,
        Command::Return,
        Command::Reopen,
    ]);
    prop_oneof![
        5 => (0..4_usize, 0..3_u8, prop::option::of(0..9_i64))
            .prop_map(|(phone, field, value)| Happening::Type { phone, field, value }),
        2 => (0..4_usize, command).prop_map(|(phone, command)| Happening::Step { phone, command }),
        4 => (0..4_usize, any::<u8>()).prop_map(|(phone, luck)| Happening::Sync { phone, luck }),
    ]
}

proptest! {
    #[test]
    fn nothing_typed_is_lost_and_every_outbox_drains(happenings in prop::collection::vec(happening(), 0..80)) {
        let duty = duty();
        let mut centre = Centre { record: Record::new(duty.id()), ..Centre::default() };
        let mut phones: Vec<Phone> = [
            ("a", person("lap", "TH-1", Role::Preparer)),
            ("b", person("lap", "TH-1", Role::Preparer)),
            ("c", person("truong", "TH-1", Role::Head)),
            ("d", person("xa", "XP-1", Role::Reviewer)),
        ]
        .into_iter()
        .map(|(device, person)| Phone {
            device: device.into(),
            person,
            base: Record::new(duty.id()),
            outbox: Vec::new(),
            made: 0,
        })
        .collect();
        let mut made = BTreeMap::new();

        for happening in happenings {
            match happening {
                Happening::Type { phone, field, value } => {
                    let phone = &mut phones[phone];
                    let path = Path::field(&format!("f{field}"));
                    let base = phone.view(&duty).base(&path);
                    phone.do_it(Act::Set { path, base, value: value.map(Value::Int) });
                }
                Happening::Step { phone, command } => {
                    let phone = &mut phones[phone];
                    let expect = phone.view(&duty).digest();
                    phone.do_it(Act::Command { command, expect, note: "vì sao".into(), field_notes: vec![] });
                }
                Happening::Sync { phone, luck } => phones[phone].sync(&mut centre, &duty, luck),
            }
            for phone in &phones {
                for waiting in &phone.outbox {
                    made.insert(waiting.dot.clone(), waiting.op.clone());
                }
            }
        }
        // The network recovers.
        for _ in 0..2 {
            for phone in &mut phones {
                phone.sync(&mut centre, &duty, 0);
            }
        }

        for phone in &phones {
            prop_assert!(phone.outbox.iter().all(Waiting::needs_attention), "an outbox did not drain");
            prop_assert_eq!(phone.view(&duty), centre.record.clone());
        }
        let replaced: BTreeSet<Dot> = centre
            .journal
            .values()
            .filter(|(_, _, verdict)| verdict.unwrap().status.is_in_record())
            .flat_map(|(_, op, _)| match &op.act {
                Act::Set { base, .. } => base.clone(),
                Act::Command { .. } | Act::Merge { .. } | Act::SetAside { .. } => Vec::new(),
            })
            .collect();
        for (dot, op) in &made {
            let (_, kept, verdict) = &centre.journal[dot];
            prop_assert_eq!(kept, op, "the journal changed an op");
            if !verdict.unwrap().status.is_in_record() {
                continue;
            }
            match &op.act {
                Act::Set { path, .. } => {
                    let alive = centre.record.entries(path).iter().any(|entry| entry.dot == *dot);
                    prop_assert!(alive || replaced.contains(dot), "{dot} is in no field and nothing replaced it");
                }
                Act::Command { .. } => {
                    prop_assert!(centre.record.history.iter().any(|event| event.dot == *dot));
                }
                Act::Merge { .. } | Act::SetAside { .. } => unreachable!("nobody does that here"),
            }
        }
        if centre.record.state == State::Accepted {
            let digest = centre.record.digest();
            prop_assert_eq!(&centre.record.last_event().unwrap().digest, &digest, "accepted content changed");
        }
    }
}
