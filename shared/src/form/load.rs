//! Turns a definition into a form, or says everything that is wrong with it.

use super::{Check, Consolidation, Fault, Field, Form, Section, order::order};
use crate::map::Map;
use crate::{
    definition::{Choice, FieldDefinition, FieldType, FormDefinition},
    expression::{self, Expression, Kind, Names},
    value::FILE_FACTS,
};

impl Form {
    /// Loads a form.
    ///
    /// # Errors
    /// All mistakes, each with form, field and place.
    pub fn load(definition: &FormDefinition, lists: &Map<String, Vec<Choice>>) -> Result<Self, Vec<Fault>> {
        let mut faults = Faults { form: &definition.code, found: Vec::new() };
        let names = known_names(definition, lists, &mut faults);
        let (mut sections, mut fields) = (Vec::new(), Vec::new());
        for (section, its) in definition.sections.iter().enumerate() {
            let start = fields.len();
            fields.extend(its.fields.iter().map(|field| load_field(field, section, &names, &mut faults)));
            let (code, title) = (its.code.clone(), its.title.clone());
            sections.push(Section { code, title, fields: start..fields.len() });
        }
        // Extended, here and below, not collected: collecting a map compiles a sort of its own for each type.
        let mut index = Map::new();
        index.extend(fields.iter().enumerate().map(|(place, field)| (field.code().to_owned(), place)));
        let order = order(&fields, &index).unwrap_or_else(|cycle| {
            let first = cycle.first().cloned().unwrap_or_default();
            faults.add(
                &first,
                "formula and relevant",
                format!("go round in a circle: {}", cycle.join(" → ")),
            );
            Vec::new()
        });
        if !faults.found.is_empty() {
            return Err(faults.found);
        }
        let used = fields.iter().filter_map(|field| field.definition.list.clone());
        let mut own = Map::new();
        own.extend(used.filter_map(|list| lists.get(&list).map(|choices| (list, choices.clone()))));
        let (code, version, title) = (definition.code.clone(), definition.version, definition.title.clone());
        let (unit_types, recipient) = (definition.unit_types.clone(), definition.recipient.clone());
        Ok(Self { code, version, title, unit_types, recipient, sections, fields, lists: own, index, order })
    }
}

struct Faults<'a> {
    form: &'a str,
    found: Vec<Fault>,
}

impl Faults<'_> {
    fn add(&mut self, field: &str, part: &str, message: impl ToString) {
        let (form, field, part) = (self.form.to_owned(), field.to_owned(), part.to_owned());
        self.found.push(Fault { form, field, part, message: message.to_string() });
    }
}

struct KnownNames<'a> {
    kinds: Map<&'a str, Kind>,
    choices: Map<&'a str, &'a [Choice]>,
}

impl Names for KnownNames<'_> {
    fn kind(&self, code: &str) -> Option<Kind> {
        self.kinds.get(code).copied()
    }

    fn has_choice(&self, code: &str, choice: &str) -> Option<bool> {
        self.choices.get(code).map(|choices| choices.iter().any(|its| its.code == choice))
    }
}

fn known_names<'a>(
    definition: &'a FormDefinition,
    lists: &'a Map<String, Vec<Choice>>,
    faults: &mut Faults<'_>,
) -> KnownNames<'a> {
    let mut names = KnownNames { kinds: Map::new(), choices: Map::new() };
    for field in definition.sections.iter().flat_map(|section| &section.fields) {
        if names.kinds.insert(&field.code, kind(field.kind)).is_some() {
            faults.add(&field.code, "code", "is there twice");
        }
        if let Some((group, _)) = field.code.split_once('.')
            && names.kinds.get(group) != Some(&Kind::Group)
        {
            faults.add(&field.code, "code", format!("there is no group {group} before it"));
        }
        let needs_list = matches!(field.kind, FieldType::Enum | FieldType::Multi);
        match field.list.as_ref().map(|list| lists.get(list)) {
            Some(Some(choices)) => {
                names.choices.insert(&field.code, choices);
            }
            Some(None) => faults.add(&field.code, "list", "there is no such list"),
            None if needs_list => faults.add(&field.code, "list", "is missing"),
            None => {}
        }
    }
    names
}

fn kind(kind: FieldType) -> Kind {
    match kind {
        FieldType::Int | FieldType::Dec | FieldType::Money | FieldType::Pct => Kind::Number,
        FieldType::Bool => Kind::Bool,
        FieldType::Date | FieldType::Datetime => Kind::Date,
        FieldType::Multi | FieldType::Units | FieldType::Files | FieldType::Refs => Kind::Set,
        FieldType::Group => Kind::Group,
        _ => Kind::Text,
    }
}

fn load_field(
    definition: &FieldDefinition,
    section: usize,
    names: &KnownNames<'_>,
    faults: &mut Faults<'_>,
) -> Field {
    let group = definition.code.split_once('.').map(|(group, _)| group.to_owned());
    let mut parse = |part: &str, text: &str, wanted: Kind| -> Option<Expression> {
        let parsed = expression::parse(text).and_then(|parsed| {
            let found = expression::check(&parsed, names, group.as_deref())?;
            let fits = found == wanted || found == Kind::Any || wanted == Kind::Any;
            let message = format!("amounts to {found:?}, but {wanted:?} is wanted");
            if fits { Ok(parsed) } else { Err(expression::Fault { at: 0, message }) }
        });
        parsed.map_err(|fault| faults.add(&definition.code, part, fault)).ok()
    };
    let relevant = definition.relevant.as_ref().and_then(|text| parse("relevant", text, Kind::Bool));
    let formula = definition.formula.as_ref().and_then(|text| parse("formula", text, kind(definition.kind)));
    let mut checks = Vec::new();
    for (index, check) in definition.checks.iter().enumerate() {
        if let Some(rule) = parse(&format!("check {}", index + 1), &check.rule, Kind::Bool) {
            checks.push(Check { severity: check.severity, rule, message: check.message.clone() });
        }
    }
    check_plain_keys(definition, names, faults);
    let consolidation = consolidation(definition, names).unwrap_or_else(|message| {
        faults.add(&definition.code, "consolidate", message);
        Consolidation::None
    });
    Field { definition: definition.clone(), section, group, relevant, formula, checks, consolidation }
}

/// Names outside expressions: what the system fills in, what a message shows, what a range bounds.
fn check_plain_keys(definition: &FieldDefinition, names: &KnownNames<'_>, faults: &mut Faults<'_>) {
    let code = &definition.code;
    if let Some(source) = &definition.source
        && !is_source(source)
        && !is_of_files(source, names)
    {
        faults.add(code, "source", format!("there is nothing called {source}"));
    }
    if definition.range.is_some_and(|(least, most)| least > most) {
        faults.add(code, "range", "its smallest is larger than its largest");
    }
    if let Some(pictures) = &definition.prose {
        if definition.kind != FieldType::Long {
            faults.add(code, "prose", "is of long texts only");
        }
        if names.kind(pictures) != Some(Kind::Set) {
            faults.add(code, "prose", format!("there are no files called {pictures}"));
        }
    }
    for (index, check) in definition.checks.iter().enumerate() {
        for message in [&check.message.vi, &check.message.en] {
            for shown in
                message.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(shown, _)| shown)
            {
                let inner =
                    shown.strip_prefix("prev(").or_else(|| shown.strip_prefix("h1(")).unwrap_or(shown);
                let inner = inner.trim_end_matches(')');
                let is_known = names.kind(inner).is_some()
                    || matches!(inner, "cutoff" | "period_start" | "period_end" | "due" | "today");
                if !is_known {
                    faults.add(
                        code,
                        &format!("message of check {}", index + 1),
                        format!("there is no field {shown}"),
                    );
                }
            }
        }
    }
}

/// What the system can fill in by itself; a register or a fact of the unit may be empty.
fn is_source(source: &str) -> bool {
    match source.split_once('.') {
        Some(("duty", what)) => matches!(what, "unit" | "recipient" | "due"),
        Some(("period", what)) => matches!(what, "start" | "end" | "kind" | "year"),
        Some(("unit" | "register", what)) => !what.is_empty(),
        _ => false,
    }
}

/// What is known of the files of a field: `files.seconds`.
fn is_of_files(source: &str, names: &KnownNames<'_>) -> bool {
    let of_files = |code| names.kind(code) == Some(Kind::Set);
    source.split_once('.').is_some_and(|(code, what)| of_files(code) && FILE_FACTS.contains(&what))
}

fn consolidation(definition: &FieldDefinition, names: &KnownNames<'_>) -> Result<Consolidation, String> {
    let Some(text) = definition.consolidate.as_deref() else { return Ok(Consolidation::None) };
    let (name, arguments) = match text.split_once('(') {
        Some((name, rest)) => (name, rest.trim_end_matches(')')),
        None => (text, ""),
    };
    let number = kind(definition.kind) == Kind::Number;
    match name {
        "none" => Ok(Consolidation::None),
        "sum" if number => Ok(Consolidation::Sum),
        "max" if number => Ok(Consolidation::Max),
        "min" if number => Ok(Consolidation::Min),
        "sum" | "max" | "min" => Err(format!("{name} wants a number")),
        "ratio" => {
            let (of, over) = arguments.split_once(',').ok_or("ratio names two fields")?;
            let (of, over) = (of.trim().to_owned(), over.trim().to_owned());
            let is_number = |code: &String| names.kind(code) == Some(Kind::Number);
            if !is_number(&of) || !is_number(&over) {
                return Err(format!("{of} and {over} must both be numbers of this form"));
            }
            Ok(Consolidation::Ratio(of, over))
        }
        "share_true" if definition.kind == FieldType::Bool => Ok(Consolidation::ShareTrue),
        "share_true" => Err("share_true wants yes or no".to_owned()),
        "count_by" => Ok(Consolidation::CountBy),
        "list" => Ok(Consolidation::List),
        "narrative" => Ok(Consolidation::Narrative),
        "union" => Ok(Consolidation::Union),
        "latest" => Ok(Consolidation::Latest),
        other => Err(format!("there is no way of consolidating called {other}")),
    }
}
