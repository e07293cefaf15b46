//! The laws of the journal: the record is nothing but the fold of the ops that were taken, so that folding them again
//! from nothing, cut anywhere and with repetitions, gives the same record.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use lantoa_shared::{
    date::date,
    duty::Duty,
    op::{Act, Command, Dot, Op, Path},
    period::{Period, PeriodKind},
    person::{Membership, Person, Role},
    record::Record,
    sync::{
        ledger::{Case, Content, fold, judge},
        verdict::{Refusal, Verdict},
    },
    value::Value,
};
use proptest::prelude::*;

/// 1 July 2026, in milliseconds since 1970.
const JULY: i64 = 1_782_864_000_000;

/// A form of three figures, which never has an error.
struct Figures;

impl Content for Figures {
    fn accepts(&self, path: &Path, value: Option<&Value>) -> Result<(), Refusal> {
        match (path.code().as_str(), value) {
            ("f0" | "f1" | "f2", None | Some(Value::Int(_))) => Ok(()),
            _ => Err(Refusal::UnknownField),
        }
    }

    fn is_ready(&self, _: &Record) -> Result<(), Refusal> {
        Ok(())
    }

    fn figures_of_others(&self, _: &Record) -> Option<String> {
        None
    }
}

fn duty() -> Duty {
    Duty {
        unit: "TH-1".into(),
        form: "FA".into(),
        form_version: 1,
        period: Period { year: 2026, kind: PeriodKind::H1 },
        due: date(2026, 7, 15),
        recipient: "XP-1".into(),
        entry: None,
    }
}

/// Who takes part: two who fill in, who approves, who receives.
fn people() -> Vec<Person> {
    let person = |id: &str, unit: &str, role| Person {
        id: id.into(),
        account: id.into(),
        name: id.into(),
        memberships: vec![Membership { unit: unit.into(), role }],
    };
    vec![
        person("an", "TH-1", Role::Preparer),
        person("binh", "TH-1", Role::Preparer),
        person("chi", "TH-1", Role::Head),
        person("dung", "XP-1", Role::Reviewer),
    ]
}

/// What somebody does: who, whether they look at the centre's record first, and what.
#[derive(Debug, Clone)]
struct Deed {
    who: usize,
    looks: bool,
    what: What,
}

#[derive(Debug, Clone)]
enum What {
    Set { field: u8, value: Option<i64> },
    Step(Command),
    SetAside,
    Merge { field: u8 },
}

fn deed() -> impl Strategy<Value = Deed> {
    let step = prop::sample::select(vec![
        Command::HandOver,
        Command::Approve,
        Command::TakeBack,
        Command::Return,
        Command::Accept,
        Command::Reopen,
    ]);
    let what = prop_oneof![
        6 => (0..4_u8, prop::option::of(0..5_i64)).prop_map(|(field, value)| What::Set { field, value }),
        4 => step.prop_map(What::Step),
        1 => Just(What::SetAside),
        1 => (0..3_u8).prop_map(|field| What::Merge { field }),
    ];
    (0..4_usize, prop::bool::weighted(0.7), what).prop_map(|(who, looks, what)| Deed { who, looks, what })
}

/// An op that went into the record, as the journal keeps it.
struct Taken {
    dot: Dot,
    op: Op,
    received_at: i64,
}

/// Lets the centre judge what was done; returns its record and what it took.
fn judged(deeds: &[Deed]) -> (Record, Vec<Taken>) {
    let (duty, people) = (duty(), people());
    let (mut record, mut journal) = (Record::new(duty.id()), Vec::new());
    let mut copies = vec![record.clone(); people.len()];
    for (n, deed) in deeds.iter().enumerate() {
        let (person, received_at) = (&people[deed.who], JULY + 60_000 * i64::try_from(n).unwrap());
        if deed.looks {
            copies[deed.who] = record.clone();
        }
        let seen = &copies[deed.who];
        let dot = Dot::new(person.id.as_str(), n as u64 + 1);
        let act = match &deed.what {
            What::Set { field, value } => {
                let path = Path::field(&format!("f{field}"));
                Act::Set { base: seen.base(&path), path, value: value.map(Value::Int) }
            }
            What::Step(command) => Act::Command {
                command: *command,
                expect: seen.digest(),
                note: "because".into(),
                field_notes: Default::default(),
            },
            What::SetAside => Act::SetAside { dot: dot.clone() },
            What::Merge { field } => {
                // The centre itself puts two values together; nobody judges that.
                let path = Path::field(&format!("f{field}"));
                let act = Act::Merge { base: record.base(&path), path, value: Value::Int(99) };
                let op = Op {
                    at: received_at,
                    heard: None,
                    person: "centre".into(),
                    record: record.id.clone(),
                    act,
                };
                fold(&mut record, &dot, &op, Some(received_at));
                journal.push(Taken { dot, op, received_at });
                continue;
            }
        };
        let op = Op {
            at: received_at - 30_000,
            heard: None,
            person: person.id.clone(),
            record: record.id.clone(),
            act,
        };
        let case = Case { duty: &duty, line: &[], person, content: Figures, received_at: Some(received_at) };
        let before = record.clone();
        let verdict = judge(&mut record, &dot, &op, &case);
        if matches!(verdict, Verdict::APPLIED | Verdict::CLASH) {
            // The same op once more is told the same, and changes nothing.
            let once = record.clone();
            assert_eq!(judge(&mut record, &dot, &op, &case), Verdict::APPLIED);
            assert_eq!(record, once);
            journal.push(Taken { dot, op, received_at });
        } else {
            assert_eq!(record, before, "{verdict:?} left a trace");
        }
    }
    (record, journal)
}

fn take(record: &mut Record, taken: &Taken) {
    fold(record, &taken.dot, &taken.op, Some(taken.received_at));
}

proptest! {
    #[test]
    fn a_journal_replayed_from_nothing_gives_the_same_record(deeds in prop::collection::vec(deed(), 0..40)) {
        let (record, journal) = judged(&deeds);
        let mut again = Record::new(record.id.clone());
        for taken in &journal {
            take(&mut again, taken);
        }
        prop_assert_eq!(&again.digest(), &record.digest());
        prop_assert_eq!(again, record);
    }

    #[test]
    fn a_replay_that_is_stored_and_read_back_anywhere_goes_on_as_if_it_was_not(
        deeds in prop::collection::vec(deed(), 1..40),
        cut in any::<prop::sample::Index>(),
    ) {
        let (record, journal) = judged(&deeds);
        let cut = cut.index(journal.len() + 1);
        let mut first = Record::new(record.id.clone());
        journal[..cut].iter().for_each(|taken| take(&mut first, taken));
        let mut stored: Record = serde_json::from_str(&serde_json::to_string(&first).unwrap()).unwrap();
        journal[cut..].iter().for_each(|taken| take(&mut stored, taken));
        prop_assert_eq!(stored, record);
    }

    #[test]
    fn answers_come_to_the_same_in_whichever_order_they_arrive_and_however_often(
        deeds in prop::collection::vec(deed(), 0..30),
        picks in prop::collection::vec(any::<prop::sample::Index>(), 60),
    ) {
        let (record, journal) = judged(&deeds);
        // Steps of the workflow have their order, and the centre merges what it has; answers have none.
        let is_answer = |taken: &&Taken| matches!(taken.op.act, Act::Set { .. } | Act::SetAside { .. });
        let mut answers: Vec<&Taken> = journal.iter().filter(is_answer).collect();
        let mut in_order = Record::new(record.id.clone());
        answers.iter().for_each(|taken| take(&mut in_order, taken));
        for at in (1..answers.len()).rev() {
            answers.swap(at, picks[at].index(at + 1));
        }
        let mut shuffled = Record::new(record.id);
        for (at, taken) in answers.iter().enumerate() {
            take(&mut shuffled, taken);
            take(&mut shuffled, answers[picks[picks.len() - 1 - at].index(at + 1)]);
        }
        prop_assert_eq!(&shuffled.fields, &in_order.fields);
        prop_assert_eq!(shuffled.digest(), in_order.digest());
    }
}
