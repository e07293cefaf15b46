//! Laws of what lies on a device of the library: whatever is wished, pinned and here, it comes to rest; what the person
//! asked for stays; and the room is kept.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use lantoa_shared::{
    language::Bilingual,
    map::Map,
    stock::{MOST_FAILURES, Room, Step, Stocked, Wish, fits, next, staying, to_free, wish},
    value::FileRef,
    wire::v1::library::{LibraryDetail, LibraryItem, Pin},
};
use proptest::prelude::*;

fn detail(id: &str, sizes: &[u64]) -> LibraryDetail {
    let file = |(at, size): (usize, &u64)| FileRef {
        sha256: format!("{id}-{at}"),
        name: format!("{at}.jpg"),
        size: *size,
        mime: if at == 0 { "image/jpeg" } else { "video/mp4" }.into(),
        seconds: None,
        location_removed: true,
        poster: None,
    };
    let item = LibraryItem {
        id: id.into(),
        unit: "TH-0001".into(),
        unit_name: Bilingual::new("Trường", "School"),
        title: id.into(),
        summary: String::new(),
        kind: "photo".into(),
        licence: "city".into(),
        language: "vi".into(),
        topics: vec![],
        authors: String::new(),
        credit: String::new(),
        alt: String::new(),
        made_on: None,
        embargo_until: None,
        approved_at: 0,
        files: sizes.iter().enumerate().map(file).collect(),
    };
    LibraryDetail {
        item,
        article: String::new(),
        is_prose: false,
        transcript: String::new(),
        recipient: "SO-GDDT".into(),
    }
}

/// What the centre has of an item.
type Centre = Map<String, Vec<u64>>;

/// Does a step as a device does it, where nothing fails: a file comes in three runs.
fn take(step: &Step, held: &mut Map<String, Stocked>, pins: &Map<String, Pin>, centre: &Centre) {
    match step {
        Step::Rest => {}
        Step::Evict(id) => {
            let stocked = held.get_mut(id).unwrap();
            stocked.empty();
            if !stocked.is_let_go && !pins.contains_key(id) {
                held.remove(id);
            }
        }
        Step::Describe(id) => {
            let stocked = held.get_or_insert_with(id.clone(), Stocked::default);
            stocked.describe(detail(id, centre.get(id).unwrap()), String::new());
        }
        Step::Fetch(id, at) => {
            let part = &mut held.get_mut(id).unwrap().parts[*at];
            assert!(!part.is_whole, "what is here is fetched again");
            if part.is_small {
                (part.size, part.got) = (3, 3);
            }
            part.got = (part.got + part.size.div_ceil(3)).min(part.size);
            part.is_whole = part.got == part.size;
        }
    }
}

/// Steps until nothing is to be done.
fn settle(held: &mut Map<String, Stocked>, pins: &Map<String, Pin>, centre: &Centre, room: Room) {
    for _ in 0..2000 {
        let step = next(held, pins, room);
        if step == Step::Rest {
            return;
        }
        take(&step, held, pins, centre);
    }
    panic!("it never comes to rest");
}

#[derive(Debug, Clone)]
struct Case {
    held: Map<String, Stocked>,
    pins: Map<String, Pin>,
    centre: Centre,
    budget: u64,
}

/// What may be the case of one item.
type Its = (Vec<u64>, Option<(bool, bool, i64, u8, u64)>, Option<i64>);

fn cases() -> impl Strategy<Value = Case> {
    let sizes = prop::collection::vec(1_u64..60, 1..4);
    let held = prop::option::of((any::<bool>(), any::<bool>(), 0_i64..50, 0_u8..5, 0_u64..3));
    let one = (sizes, held, prop::option::of(0_i64..50));
    (prop::collection::vec(one, 0..7), 0_u64..200).prop_map(|(items, budget)| {
        let mut case = Case { held: Map::new(), pins: Map::new(), centre: Map::new(), budget };
        for (at, its) in items.into_iter().enumerate() {
            place(&mut case, &format!("item-{at}"), its);
        }
        case
    })
}

fn place(case: &mut Case, id: &str, (sizes, held, pinned): Its) {
    if let Some((is_own, is_let_go, opened_at, failures, progress)) = held {
        let is_let_go = is_let_go && !is_own;
        let mut stocked = Stocked { is_own, is_let_go, opened_at, failures, ..Stocked::default() };
        if progress > 0 {
            stocked.describe(detail(id, &sizes), String::new());
        }
        if progress > 1 && !is_let_go {
            for part in &mut stocked.parts {
                part.size = part.size.max(3);
                (part.got, part.is_whole) = (part.size, true);
            }
        }
        case.held.insert(id.to_owned(), stocked);
    }
    if let Some(at) = pinned {
        let size = sizes.iter().sum();
        case.pins.insert(id.to_owned(), Pin { title: id.into(), size, collection: String::new(), at });
    }
    case.centre.insert(id.to_owned(), sizes);
}

proptest! {
    #[test]
    fn whatever_is_wished_it_comes_to_rest_and_what_the_person_asked_for_is_all_there(case in cases()) {
        let Case { mut held, pins, centre, budget } = case;
        let own: Vec<String> =
            held.iter().filter(|(_, it)| it.is_own && !it.is_given_up()).map(|(id, _)| id.clone()).collect();
        settle(&mut held, &pins, &centre, Room { budget, is_line_dear: false });
        for id in &own {
            prop_assert!(held.get(id).is_some_and(Stocked::is_whole), "{} is missing", id);
        }
        // Once more, nothing is to be done: nothing is fetched and thrown away in turns.
        prop_assert_eq!(next(&held, &pins, Room { budget, is_line_dear: false }), Step::Rest);
    }

    #[test]
    fn what_the_person_did_not_ask_for_keeps_to_the_room(case in cases()) {
        let Case { mut held, pins, centre, budget } = case;
        settle(&mut held, &pins, &centre, Room { budget, is_line_dear: false });
        let own: u64 = held.values().filter(|it| it.is_own).map(Stocked::size).sum();
        let others: u64 = held.values().filter(|it| !it.is_own).map(Stocked::got).sum();
        // Small pictures are not counted before they came.
        let small = 3 * held.len() as u64;
        prop_assert!(others == 0 || own + others <= budget + small, "{} and {} of {}", own, others, budget);
        // What nobody wishes gives way before what is pinned.
        let staying = staying(&held, &pins, budget);
        let rank = |id: &&str| wish(held.get(*id), pins.get(*id));
        prop_assert!(staying.is_sorted_by_key(rank));
        // What the person let go does not come back.
        for (id, stocked) in held.iter().filter(|(_, it)| it.is_let_go) {
            prop_assert_eq!(stocked.got(), 0, "{}", id);
        }
    }

    #[test]
    fn the_person_s_own_is_never_taken_away(case in cases(), is_line_dear: bool) {
        let Case { mut held, pins, centre, budget } = case;
        for _ in 0..2000 {
            let step = next(&held, &pins, Room { budget, is_line_dear });
            if let Step::Evict(id) = &step {
                prop_assert!(!held.get(id).unwrap().is_own);
            }
            if step == Step::Rest {
                break;
            }
            take(&step, &mut held, &pins, &centre);
        }
        for id in to_free(&held) {
            prop_assert!(!held.get(id).unwrap().is_own);
        }
    }

    #[test]
    fn a_line_that_is_paid_for_carries_only_what_was_asked_of_it(case in cases()) {
        let Case { held, pins, .. } = case;
        // Without the room nothing but fetching is left.
        let step = next(&held, &pins, Room { budget: u64::MAX, is_line_dear: true });
        prop_assert!(!matches!(step, Step::Describe(_) | Step::Fetch(..)), "{:?}", step);
    }
}

#[test]
fn small_things_come_first_and_the_person_s_own_before_what_is_pinned() {
    let mut held = Map::new();
    for (id, is_own, sizes) in
        [("film", true, [20, 900]), ("photo", true, [30, 40]), ("pinned", false, [1, 2])]
    {
        let mut stocked = Stocked { is_own, ..Stocked::default() };
        stocked.describe(detail(id, &sizes), String::new());
        held.insert(id.to_owned(), stocked);
    }
    let pin = Pin { title: "pinned".into(), size: 3, collection: String::new(), at: 1 };
    let pins = Map::from([("pinned".to_owned(), pin)]);
    let centre: Centre = [("film", vec![20, 900]), ("photo", vec![30, 40]), ("pinned", vec![1, 2])]
        .map(|(id, sizes)| (id.to_owned(), sizes))
        .into();
    let room = Room { budget: 2000, is_line_dear: false };
    let mut order: Vec<String> = Vec::new();
    loop {
        let step = next(&held, &pins, room);
        let Step::Fetch(id, at) = &step else { break };
        let name = held.get(id).unwrap().parts[*at].name();
        if order.last() != Some(&name) {
            order.push(name);
        }
        take(&step, &mut held, &pins, &centre);
    }
    let expected = [
        "film-0-small",
        "photo-0-small",
        "film-0",
        "photo-0",
        "photo-1",
        "film-1",
        "pinned-0-small",
        "pinned-0",
        "pinned-1",
    ];
    assert_eq!(order, expected);
}

#[test]
fn what_was_opened_lately_stays_before_what_was_not_and_what_fails_is_left_alone() {
    let whole = |id: &str, opened_at| {
        let mut stocked = Stocked { opened_at, ..Stocked::default() };
        stocked.describe(detail(id, &[50]), String::new());
        for part in &mut stocked.parts {
            (part.got, part.is_whole) = (part.size, true);
        }
        (id.to_owned(), stocked)
    };
    let held: Map<String, Stocked> = [whole("old", 1), whole("new", 2)].into();
    assert_eq!(staying(&held, &Map::new(), 60), ["new"]);
    assert_eq!(next(&held, &Map::new(), Room { budget: 60, is_line_dear: true }), Step::Evict("old".into()));
    assert_eq!(wish(held.get("old"), None), Wish::Nobody);
    assert!(fits(&held, "other", 60, 60) && !fits(&held, "other", 61, 60), "nobody's are in nobody's way");

    let given_up = Stocked { is_own: true, failures: MOST_FAILURES, ..Stocked::default() };
    let held = Map::from([("broken".to_owned(), given_up)]);
    assert_eq!(next(&held, &Map::new(), Room { budget: 60, is_line_dear: false }), Step::Rest);
}

#[test]
fn a_file_that_came_stays_when_the_item_is_described_anew() {
    let mut stocked = Stocked::default();
    stocked.describe(detail("item", &[5, 7]), String::new());
    for part in &mut stocked.parts {
        (part.got, part.is_whole) = (part.size, true);
    }
    let mut again = stocked.clone();
    again.describe(detail("item", &[5, 8]), String::new());
    assert!(again.has("item-0", false) && again.has("item-0", true) && !again.has("item-1", false));
    assert_eq!((again.got(), again.size()), (5, 13));
    again.describe(detail("item", &[]), String::new());
    assert_eq!((again.got(), again.is_whole()), (0, true));
}

#[test]
fn the_posters_of_films_come_with_them_and_take_room() {
    let mut told = detail("a", &[5, 50, 60]);
    for file in &mut told.item.files[1..] {
        file.poster = Some(format!("{}-frame", file.sha256));
    }
    let mut stocked = Stocked::default();
    stocked.describe(told.clone(), String::new());
    let names: Vec<String> = stocked.parts.iter().map(|part| part.name()).collect();
    assert_eq!(names, ["a-0-small", "a-0", "a-1-frame-small", "a-1", "a-2-frame-small", "a-2"]);
    for part in &mut stocked.parts {
        part.size = part.size.max(4);
        (part.got, part.is_whole) = (part.size, true);
    }
    assert_eq!((stocked.size(), stocked.is_whole()), (5 + 50 + 60 + 3 * 4, true));
    // Without a picture of its own, the first poster is what is drawn of it; it is fetched once.
    told.item.files.remove(0);
    assert_eq!(told.item.picture(), Some("a-1-frame"));
    stocked.describe(told, String::new());
    assert_eq!(stocked.parts.iter().filter(|part| part.is_small).count(), 2);
    assert!(stocked.is_whole(), "what came before is not fetched again");
}
