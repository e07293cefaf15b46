//! What the programme says about itself: its forms, and the periods it asks for.
//!
//! Lists of forms and periods come from here, so that another programme needs no other app.

use super::App;
use crate::json;
use lantoa_shared::{
    language::Bilingual,
    period::{self, Period, PeriodKind, Windows},
};
use serde::Deserialize;

/// The programme, as far as lists need it.
#[derive(Deserialize)]
pub struct Plan {
    forms: Vec<String>,
    first_year: i16,
    periods: Vec<PeriodKind>,
    #[serde(default)]
    windows: Windows,
}

impl Plan {
    /// The codes of the forms.
    pub fn forms(&self) -> Vec<String> {
        let mut codes: Vec<String> = Vec::new();
        for id in &self.forms {
            if let Some((code, _)) = id.rsplit_once('.')
                && !codes.iter().any(|its| its == code)
            {
                codes.push(code.to_owned());
            }
        }
        codes
    }
}

impl App {
    /// The programme, once it has come.
    pub fn plan(&self) -> Option<Plan> {
        self.engine().holdings.with(|holdings| json::read(&holdings.programme).ok())
    }

    /// The periods that have begun, newest first.
    pub fn periods(&self) -> Vec<Period> {
        let Some(plan) = self.plan() else { return Vec::new() };
        let mut periods = period::begun(plan.first_year, &plan.periods, &plan.windows, self.today());
        periods.reverse();
        periods
    }

    /// The newest period that has ended; before any has, the first one.
    pub fn ended_last(&self) -> Option<Period> {
        let (plan, today, periods) = (self.plan()?, self.today(), self.periods());
        let ended = periods.iter().find(|it| plan.windows.end(**it) < today);
        ended.or(periods.last()).copied()
    }

    /// What a form is called in its newest version.
    pub fn form_name(&self, code: &str) -> Bilingual {
        let newest = self.engine().holdings.with(|holdings| {
            let versions = holdings.titles.keys().filter_map(|id| {
                let (its, version) = id.rsplit_once('.')?;
                if its == code { version.parse().ok() } else { None }
            });
            versions.max()
        });
        self.form_title(code, newest.unwrap_or_default())
    }
}
