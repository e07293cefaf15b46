//! The forms of the simulated programme: small, and still with everything that can go wrong.
//!
//! Version 2 has one figure more than version 1. `story` is long enough to be put together from two versions,
//! and so are lists of files.

use lantoa_shared::{
    op::Path,
    record::Record,
    sync::{ledger::Content, verdict::Refusal},
    value::Value,
};

/// What every story begins as.
pub const STORY: &str = "The school held three meetings this month. Parents came in numbers. \
    Leaflets went to every class. Two articles stand on the site. The ward radio told of it.";

/// A figure beyond this asks for a note.
const SURPRISING: i64 = 90;

/// A version of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sheet {
    /// 1 or 2.
    pub version: u32,
}

impl Content for Sheet {
    fn accepts(&self, path: &Path, value: Option<&Value>) -> Result<(), Refusal> {
        let fits = match (path.code().as_str(), path.is_note()) {
            ("n1", true) | ("story" | "g.b", false) => matches!(value, None | Some(Value::Text(_))),
            ("n0" | "n1" | "g.a", false) => matches!(value, None | Some(Value::Int(_))),
            ("n2", false) if self.version >= 2 => matches!(value, None | Some(Value::Int(_))),
            ("files", false) => matches!(value, None | Some(Value::Files(_))),
            ("g", false) => matches!(value, None | Some(Value::Bool(true))),
            _ => return Err(Refusal::UnknownField),
        };
        if fits { Ok(()) } else { Err(Refusal::WrongType) }
    }

    fn is_ready(&self, record: &Record) -> Result<(), Refusal> {
        let is_there = |path: &Path| record.value(path).is_some();
        let n1 = Path::field("n1");
        if !is_there(&Path::field("n0")) {
            return Err(Refusal::OpenErrors);
        }
        match record.value(&n1) {
            Some(Value::Int(figure)) if *figure > SURPRISING && !is_there(&n1.note()) => {
                Err(Refusal::UnansweredWarnings)
            }
            _ => Ok(()),
        }
    }

    fn figures_of_others(&self, _: &Record) -> Option<String> {
        None
    }
}
