//! Every shape of wire v1, frozen: an example of each lies in `golden/` and must read back to the
//! same value and write to the same text for as long as a phone may speak v1.
//!
//! A file that is missing is written when `LANTOA_WRITE_GOLDEN=1`; a file that exists is never changed.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use lantoa_shared::map::Map;
use lantoa_shared::{
    duty::Duty,
    language::Bilingual,
    op::{Act, Command, Dot, FieldNote, Op, Path},
    period::{Period, PeriodKind},
    record::{Entry, Event, Record, State},
    sync::{
        checksum::Checksum,
        verdict::{Refusal, Verdict},
    },
    unit::{Fact, Unit},
    value::{Datum, Decimal, FileRef, Value},
    wire::v1::{
        Bucket, ErrorAnswer, ErrorBody, JudgedAgain, PROTOCOL, ParkedRow, PullAnswer, PullRequest,
        PushAnswer, PushRequest, PushedOp, RecordRow, Row, RowKind, VerdictRow,
        library::{
            InFile, LibraryAnswer, LibraryDetail, LibraryItem, Pin, PinRequest,
            facet::{Choice, Choices, Facet},
        },
        receipts::{Receipt, ReceiptsAnswer, ReceiptsRequest, UnitReceipts},
    },
};
use serde::{Serialize, de::DeserializeOwned};
use std::{fmt::Debug, fs, path::PathBuf};

fn golden<T: Serialize + DeserializeOwned + PartialEq + Debug>(name: &str, example: &T) {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/v1-{name}.json"));
    let written = serde_json::to_string_pretty(example).unwrap() + "\n";
    if !file.exists() && std::env::var_os("LANTOA_WRITE_GOLDEN").is_some() {
        fs::write(&file, &written).unwrap();
    }
    let frozen = fs::read_to_string(&file).unwrap_or_else(|_| panic!("{} is missing", file.display()));
    assert_eq!(written, frozen, "v1 {name} is written differently now");
    assert_eq!(&serde_json::from_str::<T>(&frozen).unwrap(), example, "v1 {name} is read differently now");
}

fn every_value() -> Vec<Value> {
    let file = FileRef {
        sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
        name: "Kế hoạch.pdf".into(),
        size: 4,
        mime: "application/pdf".into(),
        seconds: None,
        location_removed: false,
        poster: None,
    };
    vec![
        Value::Int(-1_234),
        Value::Decimal(Decimal::new(-12_345, 1)),
        Value::Text("Trường Tiểu học Vĩnh Ninh".into()),
        Value::Bool(true),
        Value::Date(lantoa_shared::date::date(2026, 12, 14)),
        Value::Choice("own".into()),
        Value::Choices(vec!["meeting".into(), "zalo".into()]),
        Value::Unit("XP-19753".into()),
        Value::Units(vec!["SO-GDDT".into(), "UBND-TP".into()]),
        Value::File(file.clone()),
        Value::Files(vec![file]),
        Value::Unparsed("mười hai".into()),
    ]
}

fn op(act: Act) -> Op {
    Op {
        at: 1_790_000_000_000,
        heard: None,
        person: "p-1".into(),
        record: "FA:2026-year:TH-0001".into(),
        act,
    }
}

#[test]
fn ops_keep_their_shape() {
    let base = vec![Dot::new("0198c0de-0000-7000-8000-000000000001", 6)];
    for (index, value) in every_value().into_iter().enumerate() {
        let act = Act::Set { path: Path::field("staff_total"), base: base.clone(), value: Some(value) };
        golden(&format!("op-set-{index:02}"), &op(act));
    }
    golden("op-empty", &op(Act::Set { path: Path::row("columns", "r-1"), base, value: None }));
    for command in [
        Command::HandOver,
        Command::TakeBack,
        Command::Approve,
        Command::Accept,
        Command::Return,
        Command::Reopen,
        Command::Withdraw,
        Command::Discard,
    ] {
        let name = serde_json::to_value(command).unwrap().as_str().unwrap().to_owned();
        let act = Act::Command {
            command,
            expect: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855".into(),
            note: "Đề nghị bổ sung số liệu".into(),
            field_notes: vec![FieldNote {
                path: Path::member("columns", "r-1", "items"),
                note: "Chưa khớp".into(),
            }],
        };
        golden(&format!("op-command-{name}"), &op(act));
    }
}

#[test]
fn a_push_and_its_answer_keep_their_shape() {
    let body = "{\"at\":1,\"person\":\"p\",\"record\":\"r\",\"act\":{\"kind\":\"set\",\"path\":\"f\"}}";
    golden(
        "push-request",
        &PushRequest {
            proto: PROTOCOL,
            epoch: "e-1".into(),
            device: "0198c0de-0000-7000-8000-000000000001".into(),
            ops: vec![PushedOp {
                n: 7,
                sha256: lantoa_shared::sync::device::hash(body),
                body: body.into(),
                was: None,
            }],
        },
    );
    let verdicts = [
        Verdict::APPLIED,
        Verdict::CLASH,
        Verdict::parked(Refusal::WrongState),
        Verdict::refused(Refusal::ContentChanged),
        Verdict::quarantined(Refusal::Unreadable),
    ];
    let verdicts =
        verdicts.into_iter().zip(7..).map(|(verdict, n)| VerdictRow { n, verdict, seq: None }).collect();
    golden(
        "push-answer",
        &PushAnswer {
            epoch: "e-1".into(),
            server_time: 1_790_000_000_000,
            acked_through: 11,
            verdicts,
            durable_seq: 0,
            rotate_device: false,
        },
    );
}

#[test]
fn what_was_added_to_push_and_pull_keeps_its_shape() {
    let op =
        PushedOp { n: 7, sha256: lantoa_shared::sync::device::hash("{}"), body: "{}".into(), was: Some(41) };
    let request = PushRequest { proto: PROTOCOL, epoch: "e-1".into(), device: "d-1".into(), ops: vec![op] };
    golden("push-request-offered-again", &request);
    let verdict = Verdict::parked(Refusal::ClonedDevice);
    let answer = PushAnswer {
        epoch: "e-1".into(),
        server_time: 1_790_000_000_000,
        acked_through: 7,
        verdicts: vec![VerdictRow { n: 7, verdict, seq: Some(42) }],
        durable_seq: 40,
        rotate_device: true,
    };
    golden("push-answer-rotate", &answer);
    let cursors = Map::from([("pub".into(), 12)]);
    let request =
        PullRequest { proto: PROTOCOL, epoch: "e-1".into(), cursors, device: Some("d-1".into()), most: None };
    golden("pull-request-of-device", &request);
    golden("pull-request-over-a-weak-line", &PullRequest { most: Some(65_536), ..request });
    let mut holds = Checksum::default();
    holds.add(RowKind::Record, "id", 13);
    let rows = [RowKind::Verdict, RowKind::Parked]
        .into_iter()
        .zip(14..)
        .map(|(kind, seq)| Row { seq, kind, id: "d-1:7".into(), body: Some(serde_json::json!({"a": 1})) })
        .collect();
    let bucket =
        Bucket { name: "user:p-1".into(), reset: false, rows, cursor: 15, more: false, holds: Some(holds) };
    let answer = PullAnswer {
        epoch: "e-1".into(),
        server_time: 1_790_000_000_000,
        buckets: vec![bucket],
        drop: vec![],
        durable_seq: 40,
        is_revoked: true,
    };
    golden("pull-answer-with-checksum", &answer);
    golden("judged-again", &JudgedAgain { verdict: Verdict::APPLIED, seq: 42, judged: 0 });
    golden("judged-again-numbered", &JudgedAgain { verdict: Verdict::APPLIED, seq: 42, judged: 57 });
}

#[test]
fn what_a_later_version_says_is_read_as_unknown() {
    let refusal: Refusal = serde_json::from_str("\"reason_of_2031\"").unwrap();
    assert_eq!(refusal, Refusal::Unknown);
    let kind: RowKind = serde_json::from_str("\"kind_of_2031\"").unwrap();
    assert_eq!(kind, RowKind::Unknown);
}

#[test]
fn ops_that_were_added_keep_their_shape() {
    let base = vec![Dot::new("d-1", 6), Dot::new("d-2", 3)];
    let heard = Some(1_789_999_000_000);
    let aside = Op { heard, ..op(Act::SetAside { dot: Dot::new("d-1", 6) }) };
    golden("op-set-aside", &aside);
    let value = Value::Text("Một câu.".into());
    golden(
        "op-merge",
        &Op { person: "centre".into(), ..op(Act::Merge { path: Path::field("note"), base, value }) },
    );
}

#[test]
fn what_is_parked_keeps_its_shape() {
    let duty = duty();
    let op = op(Act::Set { path: Path::field("staff_total"), base: vec![], value: Some(Value::Int(4)) });
    let row = ParkedRow {
        duty,
        op,
        refusal: Refusal::WrongState,
        author: "Lê Thị Lan".into(),
        received_at: 1_790_000_000_500,
    };
    golden("parked-row", &row);
}

#[test]
fn every_refusal_keeps_its_code() {
    use Refusal::*;
    golden(
        "refusals",
        &vec![
            NotYourUnit,
            NotYourRole,
            WrongState,
            UnknownRecord,
            UnknownField,
            WrongType,
            ContentChanged,
            OpenErrors,
            UnansweredWarnings,
            NoteMissing,
            NotYourOp,
            Unreadable,
            Damaged,
        ],
    );
    golden("refusals-added", &vec![ClonedDevice, RevokedDevice, SetAside]);
    golden("refusals-of-entries", &vec![OwnWork, FilesMissing]);
    golden("refusals-of-files", &vec![FilesUnfit]);
}

#[test]
fn a_pull_and_its_answer_keep_their_shape() {
    golden(
        "pull-request",
        &PullRequest {
            proto: PROTOCOL,
            epoch: "e-1".into(),
            cursors: Map::from([("pub".into(), 12), ("unit:TH-0001".into(), 3)]),
            device: None,
            most: None,
        },
    );
    let kinds = [
        RowKind::Programme,
        RowKind::Choices,
        RowKind::Form,
        RowKind::Unit,
        RowKind::Target,
        RowKind::Duty,
        RowKind::Record,
    ];
    let rows = kinds
        .into_iter()
        .zip(13..)
        .map(|(kind, seq)| Row { seq, kind, id: "id".into(), body: Some(serde_json::json!({"a": 1})) })
        .chain([Row { seq: 20, kind: RowKind::Record, id: "gone".into(), body: None }])
        .collect();
    golden(
        "pull-answer",
        &PullAnswer {
            epoch: "e-1".into(),
            server_time: 1_790_000_000_000,
            buckets: vec![Bucket {
                name: "pub".into(),
                reset: true,
                rows,
                cursor: 20,
                more: true,
                holds: None,
            }],
            drop: vec!["area:XP-19753".into()],
            durable_seq: 0,
            is_revoked: false,
        },
    );
}

fn duty() -> Duty {
    Duty {
        unit: "TH-0001".into(),
        form: "FA".into(),
        form_version: 1,
        period: Period { year: 2026, kind: PeriodKind::Year },
        due: lantoa_shared::date::date(2026, 12, 16),
        recipient: "XP-19753".into(),
        entry: None,
    }
}

#[test]
fn a_record_keeps_its_shape() {
    let duty = duty();
    let mut record = Record::new(duty.id());
    let path = Path::field("plan_mode");
    for (device, value) in [("a", "own"), ("b", "none")] {
        let value = Some(Value::Choice(value.into()));
        record.set(
            &path,
            &[],
            Entry { dot: Dot::new(device, 1), value, person: "p-1".into(), at: 5, merged: vec![] },
        );
    }
    record.set(
        &Path::field("x"),
        &[Dot::new("c", 9)],
        Entry { dot: Dot::new("a", 3), value: None, person: "p-1".into(), at: 6, merged: vec![] },
    );
    record.take(Event {
        dot: Dot::new("a", 2),
        command: Command::Return,
        person: "p-2".into(),
        made_at: 7,
        received_at: Some(8),
        digest: "d".into(),
        note: "Xem lại".into(),
        field_notes: vec![FieldNote { path, note: "Chọn một".into() }],
    });
    assert_eq!(record.state, State::Returned);
    let people = Map::from([("p-2".to_owned(), "Lê Thị Lan".to_owned())]);
    golden("record-row-with-people", &RecordRow { duty: duty.clone(), record: record.clone(), people });
    golden("record-row", &RecordRow { duty: duty.clone(), record: record.clone(), people: Map::new() });
    let entry = Some("0193f0a0-0000-7000-8000-0123456789ab".to_owned());
    let duty = Duty { form: "FH".into(), entry, ..duty };
    golden("entry-row", &RecordRow { duty, record, people: Map::new() });
}

#[test]
fn a_file_and_a_unit_keep_their_shapes() {
    let file = FileRef {
        sha256: "a".repeat(64),
        name: "Khai giảng.mp4".into(),
        size: 3_000_000,
        mime: "video/mp4".into(),
        seconds: Some(95),
        location_removed: true,
        poster: None,
    };
    golden("file-of-an-entry", &file);
    let poster = Some("c".repeat(64));
    golden("file-with-a-poster", &FileRef { poster, ..file });
    let facts = [
        ("active_from", Fact::from("2025-07-01")),
        ("pupils", Fact::Number(420)),
        ("receives", true.into()),
        ("school_levels", vec!["th", "thcs"].into()),
        ("tax_code", Fact::Nothing),
    ];
    let unit = Unit {
        code: "TH-0001".into(),
        kind: "SCHOOL".into(),
        name: Bilingual::new("Trường Tiểu học Vĩnh Ninh", "Vĩnh Ninh Primary School"),
        short_name: Some(Bilingual::new("TH Vĩnh Ninh", "")),
        parent: Some("XP-19753".into()),
        recipient: None,
        facts: facts.into_iter().map(|(name, fact)| (name.to_owned(), fact)).collect(),
    };
    golden("unit", &unit);
    assert_eq!(unit.fact("active_from"), Datum::Date("2025-07-01".parse().unwrap()));
    assert_eq!(unit.fact("pupils"), Datum::Number(420.into()));
    assert_eq!((unit.fact("tax_code"), unit.fact("area")), (Datum::Empty, Datum::Empty));
    // A unit without a name is none, and what no fact can be is told, not forgotten.
    for broken in [
        r#"{"code": "A", "type": "SCHOOL"}"#,
        r#"{"code": "A", "type": "B", "name": {"vi": "C"}, "area": 1.5}"#,
    ] {
        assert!(serde_json::from_str::<Unit>(broken).is_err(), "{broken}");
    }
}

#[test]
fn an_answer_of_the_library_keeps_its_shape() {
    let file = FileRef {
        sha256: "b".repeat(64),
        name: "sân trường.jpg".into(),
        size: 600_000,
        mime: "image/jpeg".into(),
        seconds: None,
        location_removed: true,
        poster: None,
    };
    let item = LibraryItem {
        id: "FH.1:0193f0a0-0000-7000-8000-0123456789ab:TH-0001".into(),
        unit: "TH-0001".into(),
        unit_name: Bilingual::new("Trường Tiểu học Vĩnh Ninh", "Vĩnh Ninh Primary School"),
        title: "Ngày hội đọc sách".into(),
        summary: "Ba trăm học sinh cùng đọc.".into(),
        kind: "photo".into(),
        licence: "city".into(),
        language: "vi".into(),
        topics: vec!["awareness".into()],
        authors: "Tổ truyền thông".into(),
        credit: "Ảnh: Trường Vĩnh Ninh".into(),
        alt: "Học sinh đọc sách dưới gốc cây.".into(),
        made_on: Some("2026-11-20".parse().unwrap()),
        embargo_until: Some("2026-12-01".parse().unwrap()),
        approved_at: 1_795_449_374_000,
        files: vec![file],
    };
    let answer =
        LibraryAnswer { items: vec![item.clone()], total: 31, facets: Vec::new(), in_files: Vec::new() };
    golden("library-answer", &answer);
    let choice = |code: &str, count, name| Choice { code: code.into(), count, name };
    let facet = |facet: Facet, choices| Choices { facet: facet.name().into(), choices };
    let facets = vec![
        facet(Facet::Kind, vec![choice("photo", 30, None), choice("video", 4, None)]),
        facet(Facet::Unit, vec![choice("TH-0001", 31, Some(item.unit_name.clone()))]),
        facet(Facet::Period, vec![choice("2026", 31, None), choice("2026-11", 31, None)]),
    ];
    golden("library-answer-with-facets", &LibraryAnswer { facets, ..answer.clone() });
    let in_file = InFile {
        item: answer.items[0].id.clone(),
        file: "Kế hoạch.docx".into(),
        before: "… mức hỗ trợ".into(),
        word: "học".into(),
        after: "phí …".into(),
    };
    golden("library-answer-with-words-in-files", &LibraryAnswer { in_files: vec![in_file], ..answer });
    let detail = LibraryDetail {
        item,
        article: "Bài.".into(),
        is_prose: false,
        transcript: "Lời.".into(),
        recipient: String::new(),
    };
    golden("library-detail", &detail);
    golden("library-detail-with-prose", &LibraryDetail { is_prose: true, ..detail.clone() });
    golden("library-detail-with-recipient", &LibraryDetail { recipient: "SO-GDDT".into(), ..detail });
}

#[test]
fn what_every_device_is_to_have_keeps_its_shape() {
    let pin = Pin {
        title: "Sổ tay truyền thông".into(),
        size: 3_400_000,
        collection: "Hướng dẫn năm học".into(),
        at: 1_795_449_374_000,
    };
    golden("pin", &pin);
    golden("pin-without-heading", &Pin { collection: String::new(), ..pin });
    golden("pin-request", &PinRequest { collection: "Hướng dẫn năm học".into() });
    golden("row-kinds-of-the-library", &[RowKind::Shelf, RowKind::Pin]);
}

#[test]
fn who_has_and_opened_what_is_pinned_keeps_its_shape() {
    let item = "FH.1:0198c0de-0000-7000-8000-000000000071:TH-0001".to_owned();
    let here = Receipt { item: item.clone(), here_at: Some(1_795_449_374_000), opened_at: None };
    let opened = Receipt { opened_at: Some(1_795_449_375_000), ..here.clone() };
    golden("receipts-request", &ReceiptsRequest { receipts: vec![here, opened] });
    let unit = UnitReceipts {
        unit: "TH-0001".into(),
        name: Bilingual { vi: "Trường Tiểu học Khe Tre".into(), en: "Khe Tre Primary School".into() },
        people: 2,
        here: 1,
        opened: 1,
        here_at: Some(1_795_449_374_000),
        opened_at: Some(1_795_449_375_000),
    };
    let silent = UnitReceipts { here: 0, opened: 0, here_at: None, opened_at: None, ..unit.clone() };
    golden("receipts-answer", &ReceiptsAnswer { units: vec![unit, silent] });
}

#[test]
fn an_error_keeps_its_shape() {
    golden(
        "error",
        &ErrorAnswer {
            error: ErrorBody {
                code: "too_many_attempts".into(),
                message: "too many attempts to sign in".into(),
                request_id: "r-1".into(),
                retry_after: Some(60),
            },
        },
    );
}
