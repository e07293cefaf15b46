//! The press corner: what may be taken, in full quality, with the credit line.
//!
//! Invariant: what only the press may use is shown to whoever is signed in, and to nobody else; others read how much
//! waits.

use super::{
    Site, address, clean,
    frame::{Page, Social, Way},
    item, list,
};
use crate::store::items::public::Shown;
use lantoa_shared::language::Language;
use maud::{Markup, html};

/// Most items for the press that are shown at once; the rest is found in the library.
pub const MOST: u64 = 100;

/// What the corner shows.
#[derive(Debug)]
pub struct Corner {
    /// Public items.
    pub public: Vec<Shown>,
    /// How many public items there are.
    pub total: u64,
    /// The page, from 1.
    pub page: u64,
    /// Items for the press, if somebody is signed in.
    pub press: Option<Vec<Shown>>,
    /// How many items for the press there are.
    pub waiting: u64,
}

/// Draws the press corner.
pub fn draw(site: &Site<'_>, corner: &Corner) -> Page {
    let heading = site.say("Góc báo chí", "Press corner");
    let rest = |page: u64| if page > 1 { format!("/bao-chi?trang={page}") } else { "/bao-chi".to_owned() };
    let last = corner.total.div_ceil(list::PAGE).max(1);
    let step = |page: u64, rel: &str, words: &str| {
        html! { li { a href=(site.page(&rest(page))) rel=(rel) { (words) } } }
    };
    Page {
        title: heading.to_owned(),
        description: site
            .say(
                "Ảnh, video, âm thanh và tài liệu báo chí được dùng, chất lượng gốc, kèm dòng ghi nguồn.",
                "Photos, films, sound and documents that the press may use, in full quality, with their credit lines.",
            )
            .to_owned(),
        rest: rest(corner.page),
        is_listed: true,
        card: Social::default(),
        data: None,
        feeds: Some(String::new()),
        way: Way::Press,
        body: html! {
            div.head {
                h1 { (heading) }
                p.lead { (site.say(
                    "Những sản phẩm dưới đây được dùng lại với chất lượng gốc. Xin giữ dòng ghi nguồn đi kèm.",
                    "What stands here may be used in full quality. The credit line beside it is kept.",
                )) }
            }
            (for_the_press(site, corner))
            section aria-labelledby="cong-khai" {
                h2 #cong-khai { (site.say("Công khai", "For everybody")) }
                @if corner.public.is_empty() {
                    p.empty { (site.say("Chưa có sản phẩm nào.", "There is nothing yet.")) }
                } @else { (entries(site, &corner.public, true)) }
            }
            @if last > 1 {
                nav.pages aria-label=(site.say("Các trang của danh sách", "Pages of the list")) { ul {
                    @if corner.page > 1 { (step(corner.page - 1, "prev", site.say("Trước", "Previous"))) }
                    li { span aria-current="page" { (corner.page) " / " (last) } }
                    @if corner.page < last { (step(corner.page + 1, "next", site.say("Sau", "Next"))) }
                } }
            }
        },
    }
}

fn for_the_press(site: &Site<'_>, corner: &Corner) -> Markup {
    html! {
        @if let Some(press) = corner.press.as_ref().filter(|press| !press.is_empty()) {
            section aria-labelledby="danh-cho-bao-chi" {
                h2 #danh-cho-bao-chi { (site.say("Dành cho báo chí", "For the press only")) }
                (entries(site, press, false))
                @if corner.waiting > MOST {
                    p { a href="/media?tab=library" { (site.say("Tìm tất cả trong thư viện", "Find all in the library")) } }
                }
            }
        } @else if corner.press.is_none() && corner.waiting > 0 {
            p.note { (waiting(site, corner.waiting)) " " a href="/" { (site.say("Đăng nhập", "Sign in")) } }
        }
    }
}

fn waiting(site: &Site<'_>, count: u64) -> String {
    match (site.language, count) {
        (Language::Vi, _) => {
            format!("Có {count} sản phẩm chỉ dành cho báo chí. Cần đăng nhập để xem và tải về.")
        }
        (Language::En, 1) => "1 item is for the press only. Sign in to see and download it.".to_owned(),
        (Language::En, _) => {
            format!("{count} items are for the press only. Sign in to see and download them.")
        }
    }
}

/// Items with their credit lines and files. Those that are not public are fetched as whoever is signed in fetches
/// files.
fn entries(site: &Site<'_>, shown: &[Shown], are_public: bool) -> Markup {
    html! {
        ul.press { @for Shown { item, shown_at } in shown {
            li {
                h3 { @if are_public { a href=(site.item(item)) { (clean(&item.title)) } } @else { (clean(&item.title)) } }
                p.meta { (site.label("media_kind", &item.kind)) " · " (item.unit_name.get(site.language)) " · " (site.day(*shown_at)) }
                p { (site.say("Ghi nguồn:", "Credit line:")) " " strong { (clean(&item.credit)) } }
                @if !item.files.is_empty() {
                    ul.files { @for file in &item.files {
                        (item::download(site, file, &if are_public { address::file(file) } else { inside(&file.sha256) }))
                    } }
                }
            }
        } }
    }
}

/// Where whoever is signed in fetches a file.
fn inside(sha256: &str) -> String {
    format!("/api/v1/files/{sha256}")
}
