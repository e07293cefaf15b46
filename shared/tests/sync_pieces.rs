//! The small machines of the sync, each by itself: numbers, clocks, second trials, rows that wait, texts that meet.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use lantoa_shared::{
    date::date,
    merge::texts::merge,
    op::{Act, Dot, Op, Path},
    sync::{
        admission::{Admission, Gate, has_come_anew, is_overtaken, is_taken},
        checksum::Checksum,
        clock::{Clock, Timeliness, made_at},
        feed,
        outbox::{OutboxRow, compose_push, take_answer, unsent},
        replica::{Mark, STALE, take_in},
        retrial::{Cause, of_offered_again, waits_for},
        verdict::{Refusal, Verdict},
    },
    value::Value,
    wire::v1::{Bucket, JudgedAgain, PushAnswer, Row, RowKind, VerdictRow},
};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// 16 December 2026, 08:00 in Việt Nam.
const MORNING: i64 = 1_797_382_800_000;
const DAY: i64 = 86_400_000;

fn set(text: &str, base: Vec<Dot>) -> String {
    let act = Act::Set { path: Path::field("note"), base, value: Some(Value::Text(text.into())) };
    let op = Op { at: 1, heard: None, person: "an".into(), record: "r".into(), act };
    serde_json::to_string(&op).unwrap()
}

fn row(n: u64, body: String) -> OutboxRow {
    OutboxRow { n, ..OutboxRow::new("an", body) }
}

#[test]
fn a_device_with_a_wrong_clock_dates_its_ops_by_the_clock_of_the_centre() {
    let mut clock = Clock::default();
    let three_days_ahead = MORNING + 3 * DAY;
    clock.hear(three_days_ahead, three_days_ahead + 200, MORNING + 100);
    assert_eq!(clock.right(three_days_ahead + 5_000), MORNING + 5_000);
    // Somebody sets the clock right: the next answer shows it, however slow it is.
    clock.hear(MORNING + 60_000, MORNING + 69_000, MORNING + 64_000);
    assert!((clock.right(MORNING + 70_000) - (MORNING + 70_000)).abs() < 1_000);
}

#[test]
fn a_clock_that_jumps_back_without_a_network_never_dates_an_op_before_the_last_contact() {
    let mut clock = Clock::default();
    clock.hear(MORNING, MORNING + 100, MORNING + 50);
    assert_eq!(clock.right(MORNING - 30 * DAY), MORNING + 50);
}

#[test]
fn an_op_was_done_between_the_last_contact_and_its_arrival_whatever_its_device_says() {
    let op = |at, heard| Op { at, heard, ..serde_json::from_str::<Op>(&set("x", vec![])).unwrap() };
    assert_eq!(made_at(&op(MORNING, Some(MORNING - DAY)), MORNING + DAY), MORNING);
    assert_eq!(made_at(&op(0, Some(MORNING - DAY)), MORNING + DAY), MORNING - DAY);
    assert_eq!(made_at(&op(MORNING + 9 * DAY, None), MORNING + DAY), MORNING + DAY);
    assert_eq!(made_at(&op(MORNING, Some(MORNING + 9 * DAY)), MORNING + DAY), MORNING + DAY);
}

#[test]
fn a_report_made_in_time_and_received_late_is_not_simply_late() {
    let due = date(2026, 12, 16);
    assert_eq!(Timeliness::of(due, MORNING, Some(MORNING + 1)), Timeliness::InTime);
    assert_eq!(Timeliness::of(due, MORNING, Some(MORNING + 2 * DAY)), Timeliness::MadeInTime);
    assert_eq!(Timeliness::of(due, MORNING + DAY, Some(MORNING + 2 * DAY)), Timeliness::Late);
    assert_eq!(Timeliness::of(due, MORNING, None), Timeliness::InTime);
    assert_eq!(Timeliness::of(due, MORNING + DAY, None), Timeliness::Late);
}

#[test]
fn other_bytes_under_a_number_hold_all_that_comes_with_them() {
    let mut gate = Gate::default();
    assert_eq!(gate.admit(false, false), Admission::New);
    assert_eq!(gate.admit(true, false), Admission::Again);
    assert!(!gate.is_cloned());
    assert_eq!(gate.admit(false, true), Admission::Cloned);
    assert_eq!(gate.admit(false, false), Admission::Cloned, "it may name what it never saw");
    assert!(gate.is_cloned());
}

#[test]
fn a_number_is_given_once_whoever_has_it_but_not_to_what_was_damaged_or_not_admitted() {
    assert!(!is_taken([]));
    assert!(!is_taken([Some(Verdict::quarantined(Refusal::Damaged)), Some(Verdict::OTHER_EPOCH)]));
    for other in [None, Some(Verdict::APPLIED), Some(Verdict::parked(Refusal::ClonedDevice))] {
        assert!(is_taken([Some(Verdict::OTHER_EPOCH), other]), "{other:?}");
    }
    assert!(is_overtaken([None, Some(Verdict::CLASH)]));
    assert!(!is_overtaken([None, Some(Verdict::parked(Refusal::ClonedDevice))]), "it waits itself");
}

#[test]
fn an_op_left_behind_has_come_anew_only_if_the_other_was_admitted() {
    let (own, anew) = (set("x", vec![Dot::new("old", 1)]), set("x", vec![Dot::new("new", 1)]));
    assert!(has_come_anew(&own, [(Some(Verdict::APPLIED), &*anew)].into_iter()));
    assert!(has_come_anew(&own, [(None, &*anew)].into_iter()));
    assert!(!has_come_anew(&own, [(Some(Verdict::OTHER_EPOCH), &*anew)].into_iter()));
    assert!(!has_come_anew(&own, [(Some(Verdict::APPLIED), &*set("y", vec![]))].into_iter()));
}

#[test]
fn whoever_begins_a_bucket_is_answered_and_reads_it_to_its_end() {
    assert!(feed::open(Some(0), true, 9, 0).is_due);
    let known = feed::open(Some(7), true, 9, 0);
    assert_eq!((known.cursor, known.reset, known.is_due), (7, false, false));
    for unknown in
        [feed::open(Some(7), false, 9, 0), feed::open(Some(10), true, 9, 0), feed::open(Some(3), true, 9, 5)]
    {
        assert_eq!((unknown.cursor, unknown.reset, unknown.is_due), (0, true, true));
    }
    assert!(!feed::open(None, false, 9, 0).reset, "it holds nothing of the bucket");
    // What is gone up to 5 is forgotten; a page that ends before that is no reason to begin anew.
    let begun = feed::open(None, true, 9, 5);
    let cursor = feed::next_cursor(Some(3), begun, true, 9);
    let next = feed::open(Some(cursor), true, 9, 5);
    assert_eq!((next.cursor, next.reset, next.is_reading), (3, false, true));
    assert_eq!(feed::next_cursor(Some(4), next, false, 9), 9);
    assert!(feed::open(Some(cursor), false, 9, 5).reset, "it says nothing under another epoch");
}

#[test]
fn a_backup_covers_nothing_from_the_first_op_on_that_it_has_unjudged() {
    assert_eq!(feed::durable(9, None), 9);
    assert_eq!(feed::durable(9, Some(5)), 4);
}

#[test]
fn what_was_taken_before_goes_up_first_and_what_was_damaged_goes_up_again() {
    let rows = vec![row(1, "a".into()), OutboxRow { was: Some(7), ..row(2, "b".into()) }, row(3, "c".into())];
    let turn: Vec<u64> = unsent(rows, "an", |n| n == 3).iter().map(|row| row.n).collect();
    assert_eq!(turn, [2, 1]);
    let damaged = VerdictRow { n: 1, verdict: Verdict::quarantined(Refusal::Damaged), seq: Some(3) };
    let answer = PushAnswer {
        epoch: "e".into(),
        server_time: 0,
        acked_through: 1,
        verdicts: vec![damaged],
        durable_seq: 0,
        rotate_device: false,
    };
    let (judged, again) = take_answer(vec![row(1, "a".into())], "own", &answer);
    assert_eq!((judged.len(), again.len()), (0, 1));
}

#[test]
fn what_waits_for_a_cause_is_judged_again_and_what_was_decided_is_not() {
    assert_eq!(waits_for(Verdict::parked(Refusal::WrongState)), Some(Cause::Record));
    assert_eq!(waits_for(Verdict::parked(Refusal::NotYourUnit)), Some(Cause::Author));
    assert_eq!(waits_for(Verdict::parked(Refusal::RevokedDevice)), Some(Cause::Device));
    assert_eq!(waits_for(Verdict::quarantined(Refusal::Unreadable)), Some(Cause::Programme));
    for decided in [
        Verdict::APPLIED,
        Verdict::CLASH,
        Verdict::refused(Refusal::WrongState),
        Verdict::refused(Refusal::SetAside),
        Verdict::parked(Refusal::ClonedDevice),
        Verdict::quarantined(Refusal::Damaged),
    ] {
        assert_eq!(waits_for(decided), None, "{decided:?}");
    }
}

#[test]
fn a_step_offered_again_waits_for_the_record_to_be_as_it_was() {
    let again = of_offered_again(Verdict::refused(Refusal::ContentChanged));
    assert_eq!(again, Verdict::parked(Refusal::ContentChanged));
    let forbidden = Verdict::refused(Refusal::NotYourRole);
    assert_eq!(of_offered_again(forbidden), forbidden);
}

#[test]
fn a_push_ends_where_another_device_begins() {
    let lost = |n, at| OutboxRow { made_as: Some(Dot::new("lost", at)), ..row(n, String::new()) };
    let rows =
        vec![row(1, String::new()), row(2, String::new()), lost(3, 7), lost(4, 9), row(5, String::new())];
    let numbers = |rows| {
        let (request, sent) = compose_push("e", "own", rows);
        assert_eq!(request.ops.len(), sent.len());
        (request.device, request.ops.iter().map(|op| op.n).collect::<Vec<_>>())
    };
    assert_eq!(numbers(rows.clone()), ("own".into(), vec![1, 2]));
    assert_eq!(numbers(rows[2..].to_vec()), ("lost".into(), vec![7, 9]));
    assert_eq!(numbers(rows[4..].to_vec()), ("own".into(), vec![5]));
}

#[test]
fn an_op_without_a_verdict_is_held_back_and_stays() {
    let answer = PushAnswer {
        epoch: "e".into(),
        server_time: 0,
        acked_through: 2,
        verdicts: vec![VerdictRow { n: 1, verdict: Verdict::APPLIED, seq: Some(10) }],
        durable_seq: 0,
        rotate_device: false,
    };
    let (judged, held_back) = take_answer(vec![row(1, "a".into()), row(2, "b".into())], "own", &answer);
    assert_eq!((judged.len(), held_back.len()), (1, 1));
    assert_eq!((judged[0].verdict, judged[0].seq), (Some(Verdict::APPLIED), Some(10)));
    assert_eq!(held_back[0].n, 2);
}

#[test]
fn a_row_leaves_only_when_record_and_backup_have_it() {
    let sent = OutboxRow { verdict: Some(Verdict::APPLIED), seq: Some(10), ..row(1, "a".into()) };
    assert!(!sent.is_settled(Some(false)), "it would flicker away until the record comes");
    assert!(sent.is_settled(Some(true)));
    assert!(sent.is_settled(None), "a record one may not see any more took it all the same");
    assert!(!sent.is_safe(9));
    assert!(sent.is_safe(10));
    let parked = OutboxRow { verdict: Some(Verdict::parked(Refusal::NotYourUnit)), ..sent.clone() };
    assert!(!parked.is_settled(None));
    assert!(!parked.is_settled(Some(true)), "the record may have a copy's op under this number");
    let judged = JudgedAgain { verdict: Verdict::APPLIED, seq: 10, judged: 14 };
    assert!(parked.clone().judged_again(&judged).is_settled(Some(true)), "it was judged again");
    assert!(!parked.clone().judged_again(&JudgedAgain { seq: 9, ..judged }).is_settled(Some(true)));
    assert!(parked.laid_aside().is_settled(None));
    assert!(!row(1, "a".into()).is_settled(Some(true)), "without an answer its place is not known");
    let again = sent.offered_again();
    assert_eq!((again.verdict, again.seq, again.was), (None, None, Some(10)));
}

const BASE: &str = "Trường tổ chức ba buổi sinh hoạt trong tháng. Phụ huynh tham dự đông đủ. \
    Nhà trường phát tờ rơi tới từng lớp. Có hai bài đăng trên trang của trường.";

#[test]
fn texts_that_were_changed_in_different_sentences_are_put_together() {
    let one = BASE.replace("ba buổi", "bốn buổi");
    let other = format!("{BASE} Đài truyền thanh phường đã đưa tin.");
    let merged = merge(BASE, &one, &other).unwrap();
    assert_eq!(merged, format!("{one} Đài truyền thanh phường đã đưa tin."));
    assert_eq!(merge(BASE, &other, &one), Some(merged));
}

#[test]
fn what_is_written_before_the_first_sentence_does_not_change_it() {
    let base = "Trường tổ chức ba buổi sinh hoạt trong tháng. Phụ huynh tham dự đông đủ và góp nhiều ý kiến.";
    let inserted = base.replace("tháng. Phụ", "tháng. Có ba chuyên đề. Phụ");
    let merged = merge(base, &inserted, &format!("Về công tác tuyên truyền. {base}"));
    assert_eq!(merged, Some(format!("Về công tác tuyên truyền. {inserted}")));
    // Neighbours may be changed by different people.
    let (one, other) = (base.replace("ba buổi", "năm buổi"), base.replace("đông đủ", "rất đông"));
    assert_eq!(merge(base, &one, &other), Some(one.replace("đông đủ", "rất đông")));
}

#[test]
fn what_is_written_behind_the_last_sentence_does_not_change_it() {
    let base = "Trường tổ chức ba buổi sinh hoạt trong tháng. Phụ huynh tham dự đông đủ và góp nhiều ý kiến.";
    let inserted = base.replace("tháng. Phụ", "tháng. Có ba chuyên đề. Phụ");
    for behind in [" Phường đã đưa tin.", "\nPhường đã đưa tin.", "\n\n– Phường đã đưa tin."]
    {
        let merged = merge(base, &inserted, &format!("{base}{behind}"));
        assert_eq!(merged, Some(format!("{inserted}{behind}")));
    }
}

#[test]
fn texts_that_were_changed_in_the_same_sentence_stay_a_clash() {
    let (one, other) = (BASE.replace("ba buổi", "bốn buổi"), BASE.replace("ba buổi", "năm buổi"));
    assert_eq!(merge(BASE, &one, &other), None);
    assert_eq!(merge("Ngắn.", "Ngắn. Một.", "Ngắn. Hai."), None);
}

/// A feed as the centre keeps it: each thing at its newest place only.
#[derive(Default, Clone)]
struct Feed {
    seq: u64,
    rows: BTreeMap<String, (u64, Option<u8>)>,
    holds: Checksum,
}

impl Feed {
    fn put(&mut self, id: &str, body: Option<u8>) {
        self.seq += 1;
        if let Some((seq, Some(_))) = self.rows.insert(id.to_owned(), (self.seq, body)) {
            self.holds.take(RowKind::Record, id, seq);
        }
        if body.is_some() {
            self.holds.add(RowKind::Record, id, self.seq);
        }
    }

    fn page(&self, cursor: u64, size: usize, reset: bool) -> Bucket {
        let mut rows: Vec<Row> = self
            .rows
            .iter()
            .filter(|(_, (seq, _))| *seq > cursor)
            .map(|(id, (seq, body))| Row {
                seq: *seq,
                kind: RowKind::Record,
                id: id.clone(),
                body: body.map(|body| serde_json::json!(body)),
            })
            .collect();
        rows.sort_by_key(|row| row.seq);
        let more = rows.len() > size;
        rows.truncate(size);
        let cursor = rows.last().map_or(cursor, |row| row.seq);
        Bucket { name: "b".into(), reset, rows, cursor, more, holds: (!more).then_some(self.holds) }
    }
}

/// What a device holds: body and version by id.
#[derive(Default, Clone, PartialEq, Debug)]
struct Held {
    mark: Option<Mark>,
    rows: BTreeMap<String, (u64, serde_json::Value)>,
}

impl Held {
    /// Applies a page; returns whether the bucket is to be asked for anew.
    fn apply(&mut self, page: &Bucket) -> bool {
        let intake = take_in(self.mark, page, |_, id| self.rows.get(id).map(|(seq, _)| *seq));
        if intake.make_stale {
            self.rows.values_mut().for_each(|(seq, _)| *seq = STALE);
        }
        for row in &page.rows {
            match &row.body {
                Some(body) => drop(self.rows.insert(row.id.clone(), (row.seq, body.clone()))),
                None => drop(self.rows.remove(&row.id)),
            }
        }
        if intake.sweep {
            self.rows.retain(|_, (seq, _)| *seq != STALE);
        }
        self.mark = Some(intake.mark);
        intake.differs
    }

    /// Pulls until nothing is left, in pages of this size.
    fn catch_up(&mut self, feed: &Feed, size: usize) {
        for _ in 0..200 {
            let page = feed.page(self.mark.map_or(0, |mark| mark.cursor), size, false);
            let more = page.more;
            if !(self.apply(&page) || more) {
                return;
            }
        }
        panic!("the device never has all of it");
    }

    fn holds(&self, feed: &Feed) -> bool {
        let there: BTreeMap<_, _> = feed
            .rows
            .iter()
            .filter_map(|(id, (seq, body))| Some((id.clone(), (*seq, serde_json::json!((*body)?)))))
            .collect();
        self.rows == there
    }
}

fn change() -> impl Strategy<Value = (u8, Option<u8>)> {
    (0..12_u8, prop::option::weighted(0.8, any::<u8>()))
}

proptest! {
    #[test]
    fn a_feed_read_in_any_cuts_is_the_feed_read_whole(
        stages in prop::collection::vec((prop::collection::vec(change(), 0..20), 1..9_usize), 1..6),
    ) {
        let mut feed = Feed::default();
        let mut in_cuts = Held::default();
        for (changes, size) in stages {
            for (id, body) in changes {
                feed.put(&format!("r{id}"), body);
            }
            in_cuts.catch_up(&feed, size);
            prop_assert!(in_cuts.holds(&feed));
        }
        let mut whole = Held::default();
        whole.catch_up(&feed, usize::MAX);
        prop_assert_eq!(&in_cuts.rows, &whole.rows);
        prop_assert_eq!(in_cuts.mark.unwrap().holds, feed.holds);
    }

    #[test]
    fn a_row_that_went_missing_or_stayed_behind_is_noticed_and_mended(
        changes in prop::collection::vec(change(), 4..40),
        more in prop::collection::vec(change(), 1..10),
        broken in any::<prop::sample::Index>(),
        size in 1..9_usize,
    ) {
        let mut feed = Feed::default();
        changes.into_iter().for_each(|(id, body)| feed.put(&format!("r{id}"), body));
        let mut held = Held::default();
        held.catch_up(&feed, size);
        // A fault nobody thought of: a row of the centre that this device was never sent.
        let lost = format!("lost{}", broken.index(5));
        feed.put(&lost, Some(1));
        held.mark = held.mark.map(|mark| Mark { cursor: feed.seq, ..mark });
        more.into_iter().for_each(|(id, body)| feed.put(&format!("r{id}"), body));
        held.catch_up(&feed, size);
        prop_assert!(held.holds(&feed));
    }

    #[test]
    fn a_bucket_begun_anew_is_whole_at_its_end_and_never_empty_before(
        before in prop::collection::vec(change(), 4..30),
        after in prop::collection::vec(change(), 4..30),
        size in 1..5_usize,
    ) {
        let mut old = Feed::default();
        before.into_iter().for_each(|(id, body)| old.put(&format!("r{id}"), body));
        let mut held = Held::default();
        held.catch_up(&old, size);
        let had = held.rows.len();
        // Another epoch: the centre was restored, its numbers mean something else now.
        let mut new = Feed { seq: 1_000, ..Feed::default() };
        after.into_iter().for_each(|(id, body)| new.put(&format!("r{id}"), body));
        let first = new.page(0, size, true);
        held.apply(&first);
        if first.more {
            let gone = first.rows.iter().filter(|row| row.body.is_none()).count();
            prop_assert!(held.rows.len() + gone >= had, "rows left before others came");
        }
        held.catch_up(&new, size);
        prop_assert!(held.holds(&new));
    }

    #[test]
    fn merging_is_the_same_from_both_sides(
        base in prop::collection::vec("[a-e]{1,3}", 20..40),
        one in prop::collection::vec((0..40_usize, "[x-z]{0,3}"), 0..4),
        other in prop::collection::vec((0..40_usize, "[u-w]{0,3}"), 0..4),
    ) {
        let text = |words: &[String]| words.iter().map(|word| format!("Câu {word}. ")).collect::<String>();
        let changed = |changes: &[(usize, String)]| {
            let mut words = base.clone();
            for (at, word) in changes {
                let at = at % words.len();
                words[at] = word.clone();
            }
            text(&words)
        };
        let (one, other) = (changed(&one), changed(&other));
        let merged = merge(&text(&base), &one, &other);
        prop_assert_eq!(merge(&text(&base), &other, &one), merged.clone());
        if one == text(&base) {
            prop_assert_eq!(merged, Some(other));
        }
    }
}

#[test]
fn rows_that_an_earlier_version_passed_over_are_asked_for_once_by_one_that_may_know_them() {
    let row = |seq, kind| Row { seq, kind, id: format!("row-{seq}"), body: Some(()) };
    let rows = vec![row(1, RowKind::Unit), row(2, RowKind::Unknown)];
    let page = Bucket { name: "pub".into(), reset: false, rows, cursor: 2, more: false, holds: None };
    // By a version that noted nothing of what it knew, as all did at first.
    let before = Mark { knew: 0, ..take_in(None, &page, |_, _| None).mark };
    assert!(before.is_partial);
    let anew = before.taken_up();
    assert_eq!(anew.cursor, 0);
    // What it does not know either, it passes over itself, and goes on from there.
    let intake = take_in(Some(anew), &page, |_, _| Some(1));
    assert!(intake.make_stale && intake.sweep && intake.mark.is_partial);
    assert_eq!((intake.mark.taken_up(), intake.mark.cursor), (intake.mark, 2));
    // Whoever passed nothing over asks for nothing again.
    let whole = Mark { is_partial: false, knew: 0, ..before };
    assert_eq!(whole.taken_up(), whole);
}
