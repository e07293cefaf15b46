//! Every consolidated field by section: from accepted reports, and with submitted ones beside it.

use super::Look;
use crate::i18n::{Say, desk};
use crate::prelude::*;
use lantoa_shared::{
    consolidation::{Figure, Table, TableRow, Way},
    text::number,
    value::Datum,
};

/// The table; sections are folded, so that a phone draws them one by one.
pub(super) fn table(say: Say, look: &Look, table: &Table) -> AnyView {
    let sections = table.sections.iter().enumerate().map(|(at, section)| {
        let title = say.both(&section.title);
        let rows = section.rows.iter().map(|row| line(say, look, row)).collect_view();
        view! {
            <details class="disclosure" open=at == 0 data-section=section.code.clone()>
                <summary>{title.clone()}</summary>
                <div class="table-wrap" tabindex="0" role="region" aria-label=title>
                    <table class="table dense" data-sticky="">
                        <thead>
                            <tr>
                                <th scope="col">{say.text(desk::INDICATOR)}</th>
                                <th scope="col" class="number">{say.text(desk::ACCEPTED)}</th>
                                <th scope="col" class="number provisional">{say.text(desk::PROVISIONAL)}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </details>
        }
    });
    view! { <section class="card"><div class="stack tight">{sections.collect_view()}</div></section> }
        .into_any()
}

fn line(say: Say, look: &Look, row: &TableRow) -> AnyView {
    let measure =
        row.measure.as_ref().map(|measure| view! { " " <span class="soft">{say.both(measure)}</span> });
    let cell = |figure: &Figure, class: &'static str, none: &'static str| match told(row.way, figure) {
        Some(told) => {
            let href = look.with("field", &row.field).address();
            view! { <td class=class><a class="drill" href=href>{told}</a></td> }.into_any()
        }
        None => view! { <td class=none>"–"</td> }.into_any(),
    };
    let heading = row.heading.as_ref().map(|heading| {
        view! { <tr><th scope="rowgroup" colspan="3" class="soft">{say.both(heading)}</th></tr> }
    });
    view! {
        {heading}
        <tr data-row-field=row.field.clone() data-choice=row.choice.clone()>
            <th scope="row">{say.both(&row.label)}{measure}</th>
            {cell(&row.accepted, "number", "number none")}
            {cell(&row.provisional, "number provisional", "number provisional none")}
        </tr>
    }
    .into_any()
}

/// A figure in words; shares with their sign.
pub(super) fn told(way: Way, figure: &Figure) -> Option<String> {
    match (&figure.value, way) {
        (Datum::Number(share), Way::Ratio | Way::ShareTrue) => Some(number::share(*share)),
        (Datum::Number(number), _) => Some(number::exact(*number)),
        _ => None,
    }
}
