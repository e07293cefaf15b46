//! Invented schools, spread over the real communes and the Sở.
//!
//! Names are made of a level, a number and the commune's name, so that no invented figure hangs on
//! a real school. The worked example's commune gets exactly the three schools of forms.md
//! section 15.

use super::{EXAMPLE_COMMUNE, chance::Chance};
use lantoa_shared::map::Map;
use lantoa_shared::{
    language::Bilingual,
    unit::{Fact, Unit},
};

/// The unit that manages schools reaching upper secondary.
const SO: &str = "SO-GDDT";

/// Names of kindergartens: flowers and birds, as everywhere in the country.
const KINDERGARTENS: [(&str, &str); 12] = [
    ("Hoa Mai", "Hoa Mai"),
    ("Hoa Sen", "Hoa Sen"),
    ("Họa Mi", "Hoa Mi"),
    ("Sơn Ca", "Son Ca"),
    ("Vành Khuyên", "Vanh Khuyen"),
    ("Ánh Dương", "Anh Duong"),
    ("Bình Minh", "Binh Minh"),
    ("Măng Non", "Mang Non"),
    ("Tuổi Thơ", "Tuoi Tho"),
    ("Hoa Phượng", "Hoa Phuong"),
    ("Hướng Dương", "Huong Duong"),
    ("Tuổi Ngọc", "Tuoi Ngoc"),
];

/// A kind of school: its levels, names, and how many of ten it makes up in a commune.
struct Kind {
    levels: &'static [&'static str],
    vi: &'static str,
    en: &'static str,
}

const PRESCHOOL: Kind = Kind { levels: &["mn"], vi: "Trường Mầm non", en: "Kindergarten" };
const PRIMARY: Kind = Kind { levels: &["th"], vi: "Trường Tiểu học", en: "Primary School" };
const SECONDARY: Kind = Kind { levels: &["thcs"], vi: "Trường THCS", en: "Lower Secondary School" };
const JOINED: Kind =
    Kind {
        levels: &["th", "thcs"], vi: "Trường Tiểu học và THCS", en: "Primary and Lower Secondary School"
    };
const UPPER: Kind = Kind { levels: &["thpt"], vi: "Trường THPT", en: "Upper Secondary School" };
const CONTINUING: Kind = Kind {
    levels: &["gdtx"],
    vi: "Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên",
    en: "Vocational and Continuing Education Centre",
};

/// Makes `count` schools for the communes among `units`.
pub fn make(units: &[Unit], count: usize) -> Vec<Unit> {
    let communes: Vec<&Unit> =
        units.iter().filter(|unit| unit.kind == "COMMUNE" && unit.code != EXAMPLE_COMMUNE).collect();
    let mut schools = example_schools(units);
    if communes.is_empty() {
        return schools;
    }
    let of_so = count / 12;
    let of_communes = count.saturating_sub(of_so + schools.len());
    for place in 0..of_communes {
        let commune = communes[place % communes.len()];
        let kind = match place / communes.len() % 8 {
            0 | 3 | 6 => &PRESCHOOL,
            1 | 4 | 7 => &PRIMARY,
            2 => &SECONDARY,
            _ if Chance::of(&commune.code).percent(30) => &JOINED,
            _ => &SECONDARY,
        };
        let so_far = schools.iter().filter(|school| is_like(school, kind, &commune.code)).count();
        schools.push(school(schools.len() + 1, kind, commune, &commune.code, so_far + 1));
    }
    for place in 0..of_so {
        let commune = communes[(place * 7) % communes.len()];
        let kind = if place % 9 == 8 { &CONTINUING } else { &UPPER };
        let so_far = schools.iter().filter(|school| is_like(school, kind, &commune.code)).count();
        schools.push(school(schools.len() + 1, kind, commune, SO, so_far + 1));
    }
    schools
}

/// Schools A, B and C of the worked example, in this order; A is the demo's school.
fn example_schools(units: &[Unit]) -> Vec<Unit> {
    let Some(commune) = units.iter().find(|unit| unit.code == EXAMPLE_COMMUNE) else { return Vec::new() };
    [&PRESCHOOL, &PRIMARY, &SECONDARY]
        .into_iter()
        .enumerate()
        .map(|(place, kind)| school(place + 1, kind, commune, &commune.code, 1))
        .collect()
}

fn is_like(school: &Unit, kind: &Kind, commune: &str) -> bool {
    school.facts.get("commune").is_some_and(|code| *code == Fact::from(commune))
        && school.facts.get("school_levels").is_some_and(|levels| *levels == Fact::from(kind.levels.to_vec()))
}

fn school(serial: usize, kind: &Kind, commune: &Unit, recipient: &str, number: usize) -> Unit {
    let code = format!("TH-{serial:04}");
    let mut chance = Chance::of(&code);
    let (place_vi, place_en) = (bare_name(&commune.name.vi), bare_name(&commune.name.en));
    let name = if kind.levels == ["mn"] {
        let (vi, en) = &KINDERGARTENS[(serial + number * 5) % KINDERGARTENS.len()];
        Bilingual::new(format!("{} {vi} {place_vi}", kind.vi), format!("{place_en} {en} {}", kind.en))
    } else if number == 1 {
        Bilingual::new(format!("{} {place_vi}", kind.vi), format!("{place_en} {}", kind.en))
    } else {
        Bilingual::new(
            format!("{} số {number} {place_vi}", kind.vi),
            format!("{place_en} {} No. {number}", kind.en),
        )
    };
    let private = kind.levels == ["mn"] && chance.percent(20);
    let facts = Map::from([
        ("school_levels".to_owned(), Fact::from(kind.levels.to_vec())),
        ("ownership".to_owned(), Fact::from(if private { "private" } else { "public" })),
        ("managing_unit".to_owned(), Fact::from(recipient)),
        ("commune".to_owned(), Fact::from(commune.code.as_str())),
        ("place".to_owned(), Fact::from(place_vi.as_str())),
        ("active_from".to_owned(), Fact::from("2025-07-01")),
    ]);
    Unit {
        code,
        kind: "SCHOOL".into(),
        name,
        short_name: None,
        parent: Some(recipient.to_owned()),
        recipient: Some(recipient.to_owned()),
        facts,
    }
}

/// The commune's name without what it is: `Ủy ban nhân dân phường Phú Xuân` → `Phú Xuân`.
fn bare_name(name: &str) -> String {
    let mut bare = name.trim();
    for prefix in ["Ủy ban nhân dân", "People’s Committee of", "phường", "xã"] {
        bare = bare.strip_prefix(prefix).unwrap_or(bare).trim();
    }
    for suffix in ["Ward", "Commune"] {
        bare = bare.strip_suffix(suffix).unwrap_or(bare).trim();
    }
    bare.to_owned()
}
