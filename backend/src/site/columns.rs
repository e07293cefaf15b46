//! The columns of the units (*chuyên mục*): how many items each has and when the last came.
//!
//! Invariant: what stands here is counted from what everybody can see, so it is proof that a column is kept up (target
//! T1b).

use super::{
    Site,
    frame::{Page, Social, Way},
};
use crate::store::items::public::Column;
use lantoa_shared::language::Language;
use maud::{Markup, html};

/// Draws the list of all columns, each with its unit's name.
pub fn draw(site: &Site<'_>, columns: &[(Column, String)]) -> Page {
    let heading = site.say("Chuyên mục các đơn vị", "Columns of the units");
    Page {
        title: heading.to_owned(),
        description: site
            .say(
                "Chuyên mục truyền thông giáo dục của từng trường, xã, phường và cơ quan: số sản phẩm và ngày mới nhất.",
                "The column of each school, commune and office: how many items it has, and the day of the last one.",
            )
            .to_owned(),
        rest: "/don-vi".to_owned(),
        is_listed: !columns.is_empty(),
        card: Social::default(),
        data: None,
        feeds: Some(String::new()),
        way: Way::Columns,
        body: html! {
            div.head { h1 { (heading) } }
            @if columns.is_empty() {
                p.empty { (site.say("Chưa có chuyên mục nào.", "There is no column yet.")) }
            } @else { (rows(site, columns)) }
        },
    }
}

/// Columns as rows: the unit, how many items, the day of the last.
pub fn rows(site: &Site<'_>, columns: &[(Column, String)]) -> Markup {
    html! {
        ul.columns { @for (column, name) in columns {
            li {
                a href=(site.unit(&column.unit)) { (name) }
                span { (items(site, column.items)) ", " (site.say("mới nhất", "last on")) " " (site.day(column.last)) }
            }
        } }
    }
}

/// What proves that a column is kept up.
pub fn proof(site: &Site<'_>, column: Option<&Column>) -> Markup {
    html! {
        @if let Some(column) = column {
            dl.proof {
                div { dt { (site.say("Sản phẩm công khai", "Public items")) } dd { (column.items) } }
                div { dt { (site.say("Mới nhất", "Last on")) } dd { (site.day(column.last)) } }
            }
        }
    }
}

fn items(site: &Site<'_>, count: u64) -> String {
    match (site.language, count) {
        (Language::Vi, _) => format!("{count} sản phẩm"),
        (Language::En, 1) => "1 item".to_owned(),
        (Language::En, _) => format!("{count} items"),
    }
}
