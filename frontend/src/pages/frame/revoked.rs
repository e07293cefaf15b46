//! The centre shut this device out: what was wiped, what still goes up, and whom to ask.

use crate::prelude::*;
use crate::{
    components::{
        live::live,
        notice::{Kind, notice},
    },
    i18n::{Say, status},
    state::App,
};

/// The notice.
pub fn revoked() -> AnyView {
    let (app, say) = (App::from_context(), Say::from_context());
    let unsent = app.unsent();
    live(move || {
        let sentence = match unsent.get() {
            0 => say.text(status::REVOKED_NOTE).to_owned(),
            many => say.with(status::REVOKED_UNSENT, &[&many.to_string()]),
        };
        notice(Kind::Error, say.text(status::REVOKED).to_owned(), sentence, ().into_any())
    })
}
