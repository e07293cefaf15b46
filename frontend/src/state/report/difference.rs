//! What differs between the content a step was taken on and the content now, for a step that was refused because of
//! it: what was seen is kept beside the step for as long as it waits.

use super::{
    Remarks,
    loading::{composed, filled, sources},
};
use crate::{json, state::engine::Engine};
use lantoa_shared::{
    form::Form,
    language::Bilingual,
    map::Map,
    op::{Act, Op, Path},
    record::Record,
    sheet::Sheet,
    sync::ledger::digest_seen,
    text::{self, number},
    value::{Datum, Value},
};
use std::rc::Rc;

/// What a person sees who takes a step: the values by their places, as text, those included that the form computes out
/// of what lies outside the record.
pub fn seen(form: &Form, record: &Record, sheet: &Sheet) -> Remarks {
    let mut fields = Map::new();
    fields.extend(record.fields.keys().filter_map(|path| {
        let text = serde_json::to_string(record.value(path)?).ok()?;
        Some((path.clone(), text))
    }));
    fields.extend(form.fields.iter().filter_map(|field| {
        let path = Path::field(field.code());
        let text = serde_json::to_string(&Value::Text(number::exact(*sheet.computed(field)?))).ok()?;
        Some((path, text))
    }));
    Remarks { note: String::new(), fields }
}

/// What changed under a step, for the person who may take it once more.
#[derive(Clone)]
pub struct Changed {
    /// The fields that differ from what was seen: question, then, now. `None` if what was seen is not here any more.
    pub fields: Option<Vec<(Bilingual, String, String)>>,
    /// What is seen by this, as it is kept beside a step.
    pub now: Remarks,
    /// What a step is taken on that is taken now.
    pub expects: String,
}

/// What differs from what was seen.
pub async fn difference(engine: &Rc<Engine>, op: &Op, seen: Option<Remarks>) -> Option<Changed> {
    let sources = sources(engine, &op.record).await?;
    let (sheet, view) = composed(engine, &sources);
    let now = self::seen(&sources.form, &view, &sheet);
    let expects = match op.act {
        Act::Command { command, .. } => digest_seen(command, &view, &filled(engine, &sources)),
        _ => view.digest(),
    };
    let Some(seen) = seen else { return Some(Changed { fields: None, now, expects }) };
    let language = engine.preferences.language.get_untracked();
    let mut places: Vec<&Path> = seen.fields.keys().collect();
    places.extend(now.fields.keys().filter(|path| !seen.fields.contains_key(*path)));
    let mut all = Vec::new();
    for path in places {
        let value = |of: &Remarks| of.fields.get(path).and_then(|text| json::read::<Value>(text).ok());
        let (then, now) = (value(&seen), value(&now));
        if then == now {
            continue;
        }
        let Some(field) = sources.form.field(&path.code()) else { continue };
        let name = |code: &str| {
            let choice = sources.form.choice(field, code).map(|choice| choice.label.get(language).to_owned());
            choice.or_else(|| {
                engine
                    .holdings
                    .with_untracked(|holdings| Some(holdings.units.get(code)?.name.get(language).to_owned()))
            })
        };
        let told = |value: Option<Value>| match (Datum::from(value.as_ref()), value) {
            (Datum::Empty, Some(value)) => text::show(&value),
            (datum, _) => text::tell(&field.definition, &datum, &name, language),
        };
        all.push((field.definition.label.clone(), told(then), told(now)));
    }
    Some(Changed { fields: Some(all), now, expects })
}
