//! Every decoder that reads what a stranger may have written, called as the real programs call it.
//!
//! Each function takes any bytes, says whether they are what they should be, and panics only where a promise is
//! broken: nothing panics, and what was read is written and read again as the same. `cargo xtask fuzz` looks for such
//! bytes; what it found interesting lies in `corpus` and is read by the ordinary tests.

mod surroundings;
#[cfg(test)]
mod tests;

use lantoa_shared::{
    background::Background,
    definition::FormDefinition,
    expression::{self, evaluate, parse},
    form::Form,
    media::{self, survey::Survey},
    op::{Dot, Op},
    record::Record,
    report::FilledForm,
    sheet::Sheet,
    sync::{
        ledger::{Case, judge},
        replica::take_in,
        rescue::Rescue,
    },
    wire::v1::{MAX_OP_BYTES, PullAnswer, PushRequest, RecordRow, RowKind},
};
use surroundings::{TODAY, author, background, programme};

/// A push as the centre reads it: first any JSON, then its shape, then every op by itself, judged and folded.
pub fn push_body(data: &[u8]) -> bool {
    let Ok(value) = serde_json::from_slice::<serde_json::Value>(data) else { return false };
    let Ok(push) = serde_json::from_value::<PushRequest>(value) else { return false };
    let again: PushRequest = read_again(&push);
    assert_eq!(again, push);
    let background = background("FA");
    let Some(form) = programme().newest_form("FA") else { unreachable!("the programme has the form FA") };
    let mut record = Record::new(background.duty.id());
    for pushed in &push.ops {
        let op = (pushed.body.len() <= MAX_OP_BYTES).then(|| serde_json::from_str::<Op>(&pushed.body).ok());
        let Some(op) = op.flatten() else { continue };
        assert_eq!(read_again::<Op>(&op), op);
        let content = FilledForm { form, background: &background, today: TODAY };
        let person = author(&op.person);
        let case = Case {
            duty: &background.duty,
            line: &[],
            person: &person,
            content,
            received_at: Some(surroundings::NOW),
        };
        judge(&mut record, &Dot::new(push.device.clone(), pushed.n), &op, &case);
    }
    assert_eq!(read_again::<Record>(&record), record);
    let sheet = Sheet::compute(form, &record, &background, TODAY);
    sheet.figures(form);
    record.digest();
    true
}

/// The answer to a pull as a device reads it, taken in twice: as it stands, and as what came before it says.
pub fn pull_answer(data: &[u8]) -> bool {
    let Ok(answer) = serde_json::from_slice::<PullAnswer>(data) else { return false };
    let mut mark = None;
    for bucket in answer.buckets.iter().chain(&answer.buckets) {
        let intake = take_in(mark, bucket, |kind, id| {
            bucket.rows.iter().find(|row| row.kind == kind && row.id == id).map(|row| row.seq)
        });
        mark = Some(intake.mark);
        for row in bucket.rows.iter().filter(|row| row.kind == RowKind::Record) {
            let Some(record) = row.body.clone() else { continue };
            if let Ok(row) = serde_json::from_value::<RecordRow>(record) {
                row.record.digest();
            }
        }
    }
    true
}

/// A form's definition as it comes in the public bucket: loaded, and an empty report of it computed.
pub fn form_definition(data: &[u8]) -> bool {
    let Ok(definition) = serde_json::from_slice::<FormDefinition>(data) else { return false };
    let Ok(form) = Form::load(&definition, &programme().choices) else { return false };
    let background: Background = background(&definition.code);
    let sheet = Sheet::compute(&form, &Record::new("r"), &background, TODAY);
    sheet.figures(&form);
    true
}

/// An expression of a form: parsed, written, parsed again, worked out.
pub fn expression(data: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(data) else { return false };
    let Ok(tree) = parse(text) else { return false };
    let written = tree.to_string();
    let again = parse(&written);
    assert_eq!(
        again.map(|again| again.to_string()),
        Ok(written),
        "written and parsed again it is another one"
    );
    let nothing = surroundings::Nothing(background("FA"));
    evaluate(&tree, &nothing as &dyn expression::Scope, None);
    true
}

/// A rescue file as somebody opens it.
pub fn rescue_file(data: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(data) else { return false };
    // Whoever it belongs to opens it, else most of it would stay unread.
    let owner = serde_json::from_str::<serde_json::Value>(text.trim_start_matches('\u{feff}'))
        .ok()
        .and_then(|file| Some(file["person"]["id"].as_str()?.to_owned()));
    let Ok(rescue) = Rescue::read(text, owner.as_deref().unwrap_or("p")) else { return false };
    let again = Rescue::read(&rescue.write(), &rescue.person);
    assert_eq!(again, Ok(rescue));
    true
}

/// A picture or a film, cleaned of what tells of its place: clean, it is clean.
pub fn media_file(data: &[u8]) -> bool {
    if let Some(clean) = media::clean_picture(data) {
        assert_eq!(media::clean_picture(&clean).as_ref(), Some(&clean));
        return true;
    }
    let Some(clean) = clean_film(data) else { return false };
    assert_eq!(clean.len(), data.len(), "nothing moves");
    assert_eq!(clean_film(&clean).as_ref(), Some(&clean));
    true
}

/// A film as a phone cleans it, part by part.
fn clean_film(film: &[u8]) -> Option<Vec<u8>> {
    let place = |place: u64| usize::try_from(place).ok();
    let mut survey = Survey::of(film.len() as u64);
    while let Some(wanted) = survey.wanted() {
        survey.read(film.get(place(wanted.start)?..place(wanted.end)?)?.to_vec())?;
    }
    let mut clean = film.to_vec();
    for (begin, patch) in survey.patches()? {
        let begin = place(begin)?;
        clean[begin..begin + patch.len()].copy_from_slice(&patch);
    }
    Some(clean)
}

fn read_again<T: serde::Serialize + serde::de::DeserializeOwned>(value: &T) -> T {
    let text = serde_json::to_string(value).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("what was written does not read: {error}"))
}
