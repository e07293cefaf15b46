//! Pages for what is not there, in the look of the others: never was or not for everybody, was withdrawn, failed.
//!
//! Invariant: nothing tells whether something that is not public exists; only what was public once is called withdrawn,
//! and then nothing of its content is said.

use super::{
    Site,
    frame::{Page, Social, Way},
};
use maud::html;

/// Why there is no page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// There is none, or not for everybody.
    Unknown,
    /// It was public and was withdrawn.
    Withdrawn,
    /// The server failed.
    Failed,
}

/// Draws the page that says so.
pub fn draw(site: &Site<'_>, why: Why) -> Page {
    let (heading, says) = match why {
        Why::Unknown => (
            site.say("Không có trang này", "There is no such page"),
            site.say(
                "Địa chỉ có thể đã gõ sai, hoặc nội dung không còn công khai.",
                "The address may be mistyped, or what stood here is not public any more.",
            ),
        ),
        Why::Withdrawn => (
            site.say("Sản phẩm này đã được gỡ", "This item was withdrawn"),
            site.say(
                "Đơn vị thực hiện đã gỡ sản phẩm này. Nếu đã đăng lại ở nơi khác, xin gỡ theo.",
                "The unit that made it has withdrawn it. Whoever published it again takes it down, too.",
            ),
        ),
        Why::Failed => (
            site.say("Trang chưa mở được", "The page could not be opened"),
            site.say(
                "Máy chủ gặp lỗi. Xin thử lại sau ít phút.",
                "The server failed. Try again in some minutes.",
            ),
        ),
    };
    Page {
        title: heading.to_owned(),
        description: says.to_owned(),
        rest: String::new(),
        is_listed: false,
        card: Social::default(),
        data: None,
        feeds: None,
        way: Way::None,
        body: html! {
            div.lost {
                h1 { (heading) }
                p { (says) }
                p { a.button href=(site.page("")) { (site.say("Xem các sản phẩm mới nhất", "See the newest items")) } }
            }
        },
    }
}
