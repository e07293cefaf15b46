//! Media items of several units, in every state: what the library and the public pages of the demo show.
//!
//! Invariant: each passes the checks of its form, and goes to the shelf the way every item goes.

use super::{
    answers::Answers,
    pen::{Pen, received_at},
    texts::{ITEMS, Told, Work},
    works,
};
use crate::{
    background, feed,
    files::Files,
    inspection,
    programme::Programme,
    registry::Registry,
    setup, shelf,
    store::{self, files::Stored},
};
use futures::stream;
use lantoa_shared::{
    date::date,
    duty::EntryId,
    op::{Command, Path},
    record::State,
    report::FilledForm,
    sheet::Problem,
    sync::bucket,
    text::day,
    value::{FileRef, Value},
    wire::v1::RowKind,
};
use sha2::{Digest as _, Sha256};
use std::io;

/// Whoever brought the files, as far as the store is told.
const BROUGHT_BY: &str = "demo-so";

/// Files the items, and keeps their files.
///
/// # Errors
/// If the store or the disk fails.
pub async fn file(
    tx: &mut store::Connection,
    (programme, registry): (&Programme, &Registry),
    files: &Files,
) -> Result<(), store::Error> {
    for (told, number) in ITEMS.iter().zip(0..) {
        let attached = match told.work {
            Work::None => None,
            _ => Some(keep(tx, files, told).await?),
        };
        file_one(tx, (programme, registry), told, number, attached).await?;
    }
    Ok(())
}

/// Makes the file of an item and keeps it.
async fn keep(tx: &mut store::Connection, files: &Files, told: &Told) -> Result<FileRef, store::Error> {
    let (bytes, mime, seconds) = match told.work {
        Work::Picture(light) => (works::picture(light), "image/jpeg", None),
        Work::Sheet(lines) => (works::sheet(lines), "application/pdf", None),
        Work::Tune => (works::tune(), "audio/wav", Some(works::TUNE_SECONDS)),
        Work::None => (Vec::new(), "", None),
    };
    let sha256 = hex::encode(Sha256::digest(&bytes));
    let size = bytes.len() as u64;
    let whole = stream::iter([Ok::<_, io::Error>(bytes)]);
    let kept = files.keep(&sha256, size, whole).await;
    kept.map_err(|_| store::Error::Sql(io::Error::other("a file of the demo could not be kept").into()))?;
    let disk = |error: io::Error| store::Error::Sql(error.into());
    let finding = inspection::inspect(files.original(&sha256)).await.map_err(disk)?;
    let stored = Stored { sha256: sha256.clone(), size };
    store::files::put(tx, &stored, finding, BROUGHT_BY, day::begin(told.day())).await?;
    Ok(FileRef {
        sha256,
        name: told.file.into(),
        size,
        mime: mime.into(),
        seconds,
        location_removed: true,
        poster: None,
    })
}

async fn file_one(
    tx: &mut store::Connection,
    (programme, registry): (&Programme, &Registry),
    told: &Told,
    number: i64,
    attached: Option<FileRef>,
) -> Result<(), store::Error> {
    let Some(unit) = registry.unit(told.unit) else { return Ok(()) };
    // At eight in the morning, in Việt Nam.
    let begun = day::begin(told.day()) + 8 * 3_600_000 + number * 60_000;
    let (high, low) = (begun >> 16, begun & 0xffff);
    let id = format!("FH.2:{high:08x}-{low:04x}-7000-8000-{number:012x}:{}", unit.code);
    let frame = EntryId::read(&id).and_then(|id| programme.entry(id, unit));
    let Some(background) = frame.and_then(|duty| background::bare(programme, registry, &duty)) else {
        return Ok(());
    };
    let Some(form) = programme.fill(&background, date(2026, 11, 30)) else { return Ok(()) };
    let pen = match written(&form, &answers(told, unit.name.vi.as_str(), attached), told, begun) {
        Ok(pen) => pen,
        Err(problem) => {
            let (place, message) = (problem.path.0, problem.message.en);
            tracing::warn!(id, place, message, "an invented item does not pass its checks and is left out");
            return Ok(());
        }
    };
    let (duty, record) = (&background.duty, pen.record);
    store::duties::put(tx, duty).await?;
    store::records::put(tx, &record, received_at(&record).max(begun)).await?;
    let own = store::text("record row", &feed::record_row(tx, duty, record.clone()).await?)?;
    store::feed::put(tx, &bucket::of_unit(&duty.unit), RowKind::Entry, &record.id, Some(&own)).await?;
    if record.state == State::Draft {
        return Ok(());
    }
    let sent = if record.state == State::Withdrawn { record.stub() } else { record.clone() };
    let sent = store::text("record row", &feed::record_row(tx, duty, sent).await?)?;
    store::feed::put(tx, &bucket::of_area(&duty.recipient), RowKind::Entry, &record.id, Some(&sent)).await?;
    setup::publish_unit(tx, registry, &duty.unit, &duty.recipient).await?;
    shelf::place(tx, (programme, registry), duty, &record).await?;
    Ok(())
}

/// The record with its answers and steps.
///
/// # Errors
/// The first problem that stands in the way of its steps.
fn written(form: &FilledForm<'_>, answers: &Answers, told: &Told, begun: i64) -> Result<Pen, Problem> {
    let mut pen = Pen::new(form.background, begun);
    pen.answer(form, answers);
    if told.state == State::Draft {
        return Ok(pen);
    }
    if let Some(problem) = form.sheet(&pen.record).problems.into_iter().find(Problem::is_open) {
        return Err(problem);
    }
    pen.step(Command::Approve, "");
    if told.state != State::Submitted {
        pen.step(Command::Accept, "");
    }
    if told.state == State::Withdrawn {
        pen.step(Command::Withdraw, "Đơn vị gỡ bài để thay bằng bài có số liệu mới.");
    }
    Ok(pen)
}

fn answers(told: &Told, unit: &str, attached: Option<FileRef>) -> Answers {
    let mut answers = Answers::default();
    answers.choice("media_kind", told.kind);
    answers.text("title", told.title);
    answers.text("summary", told.summary);
    if told.kind == "article" {
        answers.text("body", told.body);
    }
    let is_article = told.kind == "article";
    if let Some(file) = attached {
        answers.put(Path::field(if is_article { "pictures" } else { "files" }), Value::Files(vec![file]));
    }
    if !told.alt.is_empty() && !is_article {
        answers.text("alt_text", told.alt);
    }
    if told.kind == "audio" {
        answers.text("transcript", told.body);
    }
    answers.choices("topics", told.topics);
    answers.choices("audiences", &["parent", "public"]);
    answers.choice("language", "vi");
    answers.day("made_on", told.day());
    answers.text("authors", told.authors);
    answers.text("owner_rights", unit);
    answers.choice("rights_basis", "own");
    answers.choice("licence", told.licence);
    answers.text("credit_line", &if told.alt.is_empty() { unit.to_owned() } else { format!("Ảnh: {unit}") });
    answers.choice("people_shown", "none");
    answers.choice("ai_part", "none");
    answers
}
