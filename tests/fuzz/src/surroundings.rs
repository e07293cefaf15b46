//! What decoding needs around it: the real programme, one school with its report, a person of it.

use lantoa_shared::{
    background::Background,
    date::{Date, date},
    duty::Duty,
    expression::Scope,
    language::Bilingual,
    map::Map,
    period::{Period, PeriodKind, Windows},
    person::{Membership, Person, Role},
    programme::Programme,
    record::State,
    unit::Unit,
    value::Datum,
};
use std::{path::Path, sync::OnceLock};

/// The day.
pub const TODAY: Date = date(2026, 11, 23);
/// The moment, in milliseconds since 1970.
pub const NOW: i64 = 1_795_449_374_000;

/// The programme of Huế.
pub fn programme() -> &'static Programme {
    static PROGRAMME: OnceLock<Programme> = OnceLock::new();
    PROGRAMME.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../programmes/hue-71");
        let loaded = Programme::load(&|name| std::fs::read_to_string(folder.join(name)).ok());
        loaded.unwrap_or_else(|faults| panic!("the programme has mistakes: {faults:?}"))
    })
}

/// What lies outside the school's report.
pub fn background(form: &str) -> Background {
    Background {
        duty: Duty {
            unit: "TH-1".into(),
            form: form.into(),
            form_version: 1,
            period: Period { year: 2026, kind: PeriodKind::Year },
            due: date(2026, 12, 16),
            recipient: "XP-1".into(),
            entry: None,
        },
        unit: Unit {
            code: "TH-1".into(),
            kind: "SCHOOL".into(),
            name: Bilingual::default(),
            short_name: None,
            parent: None,
            recipient: None,
            facts: Map::from([("school_levels".to_owned(), vec!["th", "thcs"].into())]),
        },
        previous: Map::new(),
        h1: Map::new(),
        schools: None,
        counts: Map::new(),
        documents: Vec::new(),
        settings: programme().settings.for_rules(),
        windows: Windows::default(),
    }
}

/// Whoever an op says did it, as somebody of the school.
pub fn author(id: &str) -> Person {
    let role = |role| Membership { unit: "TH-1".into(), role };
    Person {
        id: id.into(),
        account: "a".into(),
        name: "A".into(),
        memberships: vec![role(Role::Preparer), role(Role::Head)],
    }
}

/// A report in which nothing is filled in.
pub struct Nothing(pub Background);

impl Scope for Nothing {
    fn field(&self, _: &str, _: Option<usize>) -> Datum {
        Datum::Empty
    }

    fn rows(&self, _: &str) -> usize {
        2
    }

    fn background(&self) -> &Background {
        &self.0
    }

    fn today(&self) -> Date {
        TODAY
    }

    fn state(&self) -> State {
        State::Draft
    }
}
