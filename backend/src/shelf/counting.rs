//! Narrowing a search by facets, and counting what each choice would leave.
//!
//! Invariant: the count beside a choice is how many items are found once it is chosen, in the place of what is chosen
//! of its facet, with everything else as it is. All of it is counted in one pass over what the words found.

use crate::{registry::Registry, store::items::finding::Traits};
use lantoa_shared::{
    language::Bilingual,
    wire::v1::library::facet::{Choice, Choices, Chosen, Facet},
};
use std::{cmp::Reverse, collections::BTreeMap};

/// The choices of a facet by which an item is found. None is empty.
fn choices_of(item: &Traits, facet: Facet) -> impl Iterator<Item = &str> {
    // A year and a month, a unit and its commune, or one; topics may be more.
    let few = match facet {
        Facet::Kind => [item.kind.as_str(), ""],
        Facet::Topic => ["", ""],
        Facet::Unit if item.unit == item.commune => [item.unit.as_str(), ""],
        Facet::Unit => [item.unit.as_str(), item.commune.as_str()],
        Facet::Licence => [item.licence.as_str(), ""],
        Facet::Language => [item.language.as_str(), ""],
        Facet::Period => [part(&item.made_on, "2026"), part(&item.made_on, "2026-11")],
        Facet::People => [item.people.as_str(), ""],
    };
    let topics: &[String] = if facet == Facet::Topic { &item.topics } else { &[] };
    few.into_iter().chain(topics.iter().map(String::as_str)).filter(|code| !code.is_empty())
}

/// As much of the beginning of a day as the pattern is long.
fn part<'a>(day: &'a str, pattern: &str) -> &'a str {
    day.get(..pattern.len()).unwrap_or_default()
}

fn has(item: &Traits, facet: Facet, chosen: &Chosen) -> bool {
    chosen.get(facet).is_none_or(|wanted| choices_of(item, facet).any(|code| code == wanted))
}

/// Whether an item has all that was chosen.
pub fn has_all(item: &Traits, chosen: &Chosen) -> bool {
    Facet::ALL.iter().all(|facet| has(item, *facet, chosen))
}

/// The choices of each facet that would find something.
pub fn choices(all: &[Traits], chosen: &Chosen, registry: &Registry) -> Vec<Choices> {
    let mut counts: [BTreeMap<&str, u64>; Facet::ALL.len()] = Default::default();
    for item in all {
        let mut missed = Facet::ALL.into_iter().filter(|facet| !has(item, *facet, chosen));
        // An item that misses one facet counts for that one: it is found by another choice there.
        let counted: &[Facet] = match (missed.next(), missed.next()) {
            (None, _) => &Facet::ALL,
            (Some(facet), None) => &[facet],
            _ => continue,
        };
        for facet in counted {
            for code in choices_of(item, *facet) {
                *counts[*facet as usize].entry(code).or_default() += 1;
            }
        }
    }
    let facets = Facet::ALL.into_iter().zip(counts);
    facets.map(|(facet, counts)| in_order(facet, counts, registry)).collect()
}

fn in_order(facet: Facet, counts: BTreeMap<&str, u64>, registry: &Registry) -> Choices {
    let mut counts: Vec<(&str, u64)> = counts.into_iter().collect();
    match facet {
        // A year, then its months from the last one on.
        Facet::Period => {
            counts.sort_by_key(|(code, _)| Reverse((part(code, "2026"), code.len() == 4, *code)))
        }
        _ => counts.sort_by_key(|(code, count)| (Reverse(*count), *code)),
    }
    let choice = |(code, count): (&str, u64)| {
        let name =
            || registry.unit(code).map_or_else(|| Bilingual::new(code, code), |unit| unit.name.clone());
        Choice { code: code.to_owned(), count, name: (facet == Facet::Unit).then(name) }
    };
    Choices { facet: facet.name().to_owned(), choices: counts.into_iter().map(choice).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(kind: &str, topics: &[&str], (unit, commune): (&str, &str), made_on: &str) -> Traits {
        Traits {
            kind: kind.into(),
            topics: topics.iter().map(|topic| (*topic).to_owned()).collect(),
            unit: unit.into(),
            commune: commune.into(),
            made_on: made_on.into(),
            ..Traits::default()
        }
    }

    fn shelf() -> [Traits; 4] {
        [
            item("photo", &["policy", "awareness"], ("TH-1", "XP-1"), "2026-11-20"),
            item("photo", &["policy"], ("XP-1", "XP-1"), "2026-10-02"),
            item("video", &["policy"], ("TH-2", "XP-2"), "2025-12-31"),
            item("video", &[], ("SO", ""), ""),
        ]
    }

    fn chosen(of: &[(Facet, &str)]) -> Chosen {
        let mut chosen = Chosen::default();
        for (facet, code) in of {
            chosen.set(*facet, code);
        }
        chosen
    }

    fn counted(of: &[(Facet, &str)], facet: Facet) -> Vec<(String, u64)> {
        let all = choices(&shelf(), &chosen(of), &Registry::default());
        let found = all.into_iter().find(|it| it.facet == facet.name()).unwrap();
        found.choices.into_iter().map(|it| (it.code, it.count)).collect()
    }

    fn told(of: &[(&str, u64)]) -> Vec<(String, u64)> {
        of.iter().map(|(code, count)| ((*code).to_owned(), *count)).collect()
    }

    #[test]
    fn each_choice_says_how_many_it_leaves() {
        assert_eq!(counted(&[], Facet::Kind), told(&[("photo", 2), ("video", 2)]));
        assert_eq!(counted(&[], Facet::Topic), told(&[("policy", 3), ("awareness", 1)]));
        // The commune's own and that of its school.
        let units = [("XP-1", 2), ("SO", 1), ("TH-1", 1), ("TH-2", 1), ("XP-2", 1)];
        assert_eq!(counted(&[], Facet::Unit), told(&units));
        let periods = [("2026", 2), ("2026-11", 1), ("2026-10", 1), ("2025", 1), ("2025-12", 1)];
        assert_eq!(counted(&[], Facet::Period), told(&periods));
        assert_eq!(counted(&[], Facet::People), []);
    }

    #[test]
    fn what_is_chosen_narrows_the_other_facets_and_can_be_exchanged() {
        let is_photo = [(Facet::Kind, "photo")];
        assert_eq!(counted(&is_photo, Facet::Kind), told(&[("photo", 2), ("video", 2)]));
        assert_eq!(counted(&is_photo, Facet::Unit), told(&[("XP-1", 2), ("TH-1", 1)]));
        let both = [(Facet::Kind, "photo"), (Facet::Period, "2025")];
        assert_eq!(counted(&both, Facet::Kind), told(&[("video", 1)]));
        assert_eq!(counted(&both, Facet::Topic), []);
    }

    #[test]
    fn a_count_is_what_is_found_once_it_is_chosen() {
        for facet in Facet::ALL {
            for (code, count) in counted(&[(Facet::Kind, "video")], facet) {
                let mut now = chosen(&[(Facet::Kind, "video")]);
                now.set(facet, &code);
                let found = shelf().iter().filter(|item| has_all(item, &now)).count() as u64;
                assert_eq!(found, count, "{} {code}", facet.name());
            }
        }
    }
}
