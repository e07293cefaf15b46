//! What differs between the content a step was taken on and the content now, for a step that was refused because of
//! it: what was seen is kept beside the step for as long as it waits.

use super::{
    Remarks,
    loading::{composed, sources},
};
use crate::{json, state::engine::Engine};
use lantoa_shared::{
    language::Bilingual,
    map::Map,
    op::{Op, Path},
    record::Record,
    text,
    value::{Datum, Value},
};
use std::rc::Rc;

/// What a person sees who takes a step: the values by their places, as text.
pub fn seen(record: &Record) -> Remarks {
    let mut fields = Map::new();
    fields.extend(record.fields.keys().filter_map(|path| {
        let text = serde_json::to_string(record.value(path)?).ok()?;
        Some((path.clone(), text))
    }));
    Remarks { note: String::new(), fields }
}

/// What changed under a step, for the person who may take it once more.
#[derive(Clone)]
pub struct Changed {
    /// The fields that differ from what was seen: question, then, now. `None` if what was seen is not here any more.
    pub fields: Option<Vec<(Bilingual, String, String)>>,
    /// What is shown of the record by this.
    pub now: Record,
}

/// What differs from what was seen.
pub async fn difference(engine: &Rc<Engine>, op: &Op, seen: Option<Remarks>) -> Option<Changed> {
    let sources = sources(engine, &op.record).await?;
    let (_, view) = composed(engine, &sources);
    let Some(seen) = seen else { return Some(Changed { fields: None, now: view }) };
    let language = engine.preferences.language.get_untracked();
    let mut places: Vec<&Path> = seen.fields.keys().collect();
    places.extend(view.fields.keys().filter(|path| !seen.fields.contains_key(*path)));
    let mut all = Vec::new();
    for path in places {
        let then: Option<Value> = seen.fields.get(path).and_then(|text| json::read(text).ok());
        let now = view.value(path).cloned();
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
    Some(Changed { fields: Some(all), now: view })
}
