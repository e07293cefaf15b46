//! Words of the media items.

use super::Text;

pub const LEDE: Text = Text(
    "Tin, bài, ảnh, video, âm thanh, tài liệu của đơn vị. Làm được cả khi không có mạng.",
    "Articles, photos, videos, audio and documents of your unit. Works without a network.",
);
pub const ADD: Text = Text("Thêm sản phẩm", "Add an item");
pub const SEARCH: Text = Text("Tìm theo tiêu đề", "Find by title");
pub const UNNAMED: Text = Text("Chưa đặt tiêu đề", "Without a title yet");
pub const TO_DECIDE: Text = Text("Chờ bạn duyệt", "Waiting for your decision");
pub const AT_WORK: Text = Text("Đang làm", "In the works");
pub const WAITING: Text = Text("Đã gửi, chờ duyệt", "Sent, waiting for approval");
pub const SENT_BACK: Text = Text("Đã trả lại", "Sent back");
pub const APPROVED: Text = Text("Đã duyệt", "Approved");
pub const NONE: Text = Text("Chưa có sản phẩm nào", "There is nothing yet");
pub const NONE_NOTE: Text = Text(
    "Sản phẩm của đơn vị và sản phẩm gửi đến bạn sẽ hiện ở đây.",
    "What your unit makes, and what is sent to you, will show up here.",
);
pub const NOT_FOUND: Text = Text("Không tìm thấy", "Nothing found");
pub const NOT_FOUND_NOTE: Text = Text("Hãy thử từ khác trong tiêu đề.", "Try another word of the title.");
