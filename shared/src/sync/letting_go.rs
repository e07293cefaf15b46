//! A file that its field no longer names while its bytes wait to go up: whether they still go.
//!
//! Who hides a face, or takes a photo out, wants the old bytes to stay where they are. Invariant: they wait as long as
//! what took their name away is under way, or an op that names them may still be taken, and stay for good only once no
//! record and no op names them. What the centre does not take brings them back into line: nothing that a record names
//! is missing there.

use super::outbox::OutboxRow;
use crate::op::{Act, Op, Path};

/// What becomes of bytes that wait to go up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// They go up as any others: something names them.
    Go,
    /// Nobody knows yet: what took their name away is still under way.
    Wait,
    /// They do not go up.
    Stay,
}

/// The fate of a file that the field at `path` of `record` named, and that a person took away there.
///
/// `rows` are the ops that lie on this device, oldest first, each with its text; `is_held` is whether any record as the
/// centre sent it names the file.
pub fn fate(sha256: &str, (record, path): (&str, &Path), rows: &[(OutboxRow, Op)], is_held: bool) -> Fate {
    let (mut is_named_here, mut may_be_taken) = (None, false);
    for (row, op) in rows.iter().filter(|(row, _)| !row.is_laid_aside) {
        let is_named = row.body.contains(sha256);
        // What was not taken does not count, and may be taken later.
        let counts = row.verdict.is_none() || row.is_in_record();
        let is_here = op.record == record && matches!(&op.act, Act::Set { path: its, .. } if its == path);
        match () {
            () if !counts => may_be_taken |= is_named,
            () if is_here => is_named_here = Some(is_named),
            () if is_named => return Fate::Go,
            () => {}
        }
    }
    match is_named_here {
        Some(true) => Fate::Go,
        Some(false) => Fate::Wait,
        None if is_held => Fate::Go,
        None if may_be_taken => Fate::Wait,
        None => Fate::Stay,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        sync::verdict::{Refusal, Verdict},
        value::{FileRef, Value},
    };

    const OLD: &str = "01d0";
    const NEW: &str = "4e33";
    const ITEM: &str = "FH.1:item:TH-0001";

    fn row(record: &str, field: &str, named: &[&str], verdict: Option<Verdict>) -> (OutboxRow, Op) {
        let file = |sha256: &&str| FileRef {
            sha256: (*sha256).to_owned(),
            name: "ảnh.jpg".into(),
            size: 1,
            mime: "image/jpeg".into(),
            seconds: None,
            location_removed: true,
            poster: None,
        };
        let value = Some(Value::Files(named.iter().map(file).collect()));
        let act = Act::Set { path: Path::field(field), base: Vec::new(), value };
        let op = Op { at: 1, heard: None, person: "an".into(), record: record.into(), act };
        let body = serde_json::to_string(&op).unwrap();
        (OutboxRow { verdict, ..OutboxRow::new("an", body) }, op)
    }

    fn fate_of_old(rows: &[(OutboxRow, Op)], is_held: bool) -> Fate {
        fate(OLD, (ITEM, &Path::field("files")), rows, is_held)
    }

    #[test]
    fn what_another_op_or_field_or_record_names_goes_up() {
        let taken_away = row(ITEM, "files", &[NEW], None);
        for naming in [row(ITEM, "cover", &[OLD], None), row("FH.1:other:TH-0001", "files", &[OLD], None)] {
            assert_eq!(fate_of_old(&[naming.clone(), taken_away.clone()], false), Fate::Go);
            assert_eq!(fate_of_old(&[taken_away.clone(), naming], false), Fate::Go);
        }
        assert_eq!(fate_of_old(&[], true), Fate::Go);
    }

    #[test]
    fn while_the_op_that_took_the_name_away_is_under_way_the_bytes_wait() {
        let (named, taken_away) = (row(ITEM, "files", &[OLD], None), row(ITEM, "files", &[NEW], None));
        assert_eq!(fate_of_old(&[named, taken_away.clone()], true), Fate::Wait);
        let taken = row(ITEM, "files", &[NEW], Some(Verdict::APPLIED));
        assert_eq!(fate_of_old(&[taken], true), Fate::Wait, "the record that lacks it has not come down");
        assert_eq!(fate_of_old(&[taken_away], false), Fate::Wait);
    }

    #[test]
    fn what_nothing_names_any_more_stays() {
        assert_eq!(fate_of_old(&[], false), Fate::Stay);
        assert_eq!(fate_of_old(&[row(ITEM, "title", &[NEW], None)], false), Fate::Stay);
    }

    #[test]
    fn if_the_centre_does_not_take_it_or_the_file_is_added_again_the_bytes_go_up() {
        let refused = row(ITEM, "files", &[NEW], Some(Verdict::refused(Refusal::TooLarge)));
        assert_eq!(fate_of_old(&[refused], true), Fate::Go);
        let named = row(ITEM, "files", &[OLD], Some(Verdict::refused(Refusal::TooLarge)));
        assert_eq!(fate_of_old(std::slice::from_ref(&named), false), Fate::Wait, "it may be taken later");
        let aside = (named.0.laid_aside(), named.1);
        assert_eq!(fate_of_old(&[aside], false), Fate::Stay);
        let (away, again) = (row(ITEM, "files", &[NEW], None), row(ITEM, "files", &[NEW, OLD], None));
        assert_eq!(fate_of_old(&[away, again], false), Fate::Go);
    }
}
