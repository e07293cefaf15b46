//! Questions about what others sent and this phone does not hold. A question is its own address, so that the last
//! answer can be kept under it.

use super::{
    Trouble,
    fetch::{self, Body, piece},
};
use lantoa_shared::period::Period;

/// The question for the table of all units below one.
pub fn table_question(unit: &str, form: &str, period: Period) -> String {
    format!("/api/v1/tables?unit={}&form={}&period={period}", piece(unit), piece(form))
}

/// The question for the reports behind one figure: `field=…`, or `target=…` with its code.
pub fn contributions_question(unit: &str, form: &str, period: Period, figure: &str, code: &str) -> String {
    format!(
        "/api/v1/contributions?unit={}&form={}&period={period}&{figure}={}",
        piece(unit),
        piece(form),
        piece(code)
    )
}

/// The question for one report, as it was sent.
pub fn record_question(id: &str) -> String {
    format!("/api/v1/records/{}", piece(id))
}

/// Asks a question; the answer is JSON text.
pub async fn ask(question: &str) -> Result<String, Trouble> {
    fetch::text("GET", question, Body::Nothing).await
}
