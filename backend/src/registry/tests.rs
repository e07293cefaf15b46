//! Reporting lines, also when the data is wrong.

use super::*;
use lantoa_shared::{language::Bilingual, map::Map};

fn unit(code: &str, recipient: Option<&str>) -> Unit {
    Unit {
        code: code.into(),
        kind: "COMMUNE".into(),
        name: Bilingual::default(),
        short_name: None,
        parent: None,
        recipient: recipient.map(Into::into),
        facts: Map::new(),
    }
}

#[test]
fn the_line_goes_up_to_the_top_nearest_first() {
    let registry = Registry::new([unit("TH-1", Some("XP-1")), unit("XP-1", Some("SO")), unit("SO", None)]);
    assert_eq!(registry.line("TH-1"), ["XP-1", "SO"]);
    assert!(registry.is_within("TH-1", "SO"));
    assert!(!registry.is_within("SO", "TH-1"));
    assert_eq!(registry.reporting_to("SO"), ["XP-1"]);
}

#[test]
fn a_circle_of_recipients_ends() {
    let registry = Registry::new([unit("A", Some("B")), unit("B", Some("A"))]);
    assert_eq!(registry.line("A"), ["B"]);
}
