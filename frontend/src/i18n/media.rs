//! Words of the media items.

use super::Text;

pub const TITLE: Text = Text("Sản phẩm truyền thông", "Media items");
pub const LEDE: Text = Text(
    "Tin, bài, ảnh, video, âm thanh, tài liệu của đơn vị. Làm được cả khi không có mạng.",
    "Articles, photos, videos, audio and documents of your unit. Works without a network.",
);
pub const OWN: Text = Text("Của đơn vị", "Of your unit");
pub const LIBRARY: Text = Text("Kho chung", "Library");
pub const SEARCH_ALL: Text = Text("Tìm trong kho", "Search the library");
pub const KIND: Text = Text("Loại", "Kind");
pub const ALL_KINDS: Text = Text("Mọi loại", "All kinds");
pub const KEPT: Text =
    Text("Không có mạng: đây là kho lúc {0}.", "No network: this is the library as of {0}.");
pub const NOT_HERE: Text = Text("Cần có mạng để xem kho chung", "A network is needed for the library");
pub const NOT_HERE_NOTE: Text = Text(
    "Phần này chưa được tải về máy. Khi có mạng, kho tự hiện.",
    "This part is not on the device yet. It will show up once there is a network.",
);
pub const REFUSED: Text =
    Text("Sản phẩm này không còn trong kho chung", "This item is no longer in the library");
pub const CREDIT: Text = Text("Khi dùng lại, ghi nguồn:", "When you use it, give the credit:");
pub const ARTICLE: Text = Text("Nội dung", "Article");
pub const TRANSCRIPT: Text = Text("Bản chép lời", "Transcript");
pub const MADE_BY: Text = Text("Tác giả", "By");
pub const LICENCE: Text = Text("Phạm vi sử dụng", "Permitted use");
pub const TOPICS: Text = Text("Chủ đề", "Topics");
pub const IN_LANGUAGE: Text = Text("Ngôn ngữ", "Language");
pub const MADE_ON: Text = Text("Ngày thực hiện", "Made on");
pub const EMBARGO: Text = Text("Không công bố trước", "Not to be published before");
pub const ADD: Text = Text("Thêm sản phẩm", "Add an item");
pub const SEARCH: Text = Text("Tìm theo tiêu đề", "Find by title");
pub const HANDED: Text = Text("Tệp nhận từ ứng dụng khác", "Files from another app");
pub const HANDED_NEW: Text = Text("Tạo sản phẩm mới", "Make a new item of them");
pub const HANDED_INTO: Text = Text("Thêm vào “{0}”", "Add to “{0}”");
pub const HANDED_AWAY: Text = Text("Bỏ", "Throw away");
pub const HANDED_REFUSED: Text =
    Text("Chưa nhận được tệp từ ứng dụng khác", "The files of the other app could not be taken");
pub const HANDED_REFUSED_NOTE: Text = Text(
    "Máy có thể đã hết chỗ. Hãy thêm tệp ở đây, trong một sản phẩm.",
    "There may be no room left. Add them here, in an item.",
);
pub const UNNAMED: Text = Text("Chưa đặt tiêu đề", "Without a title yet");
pub const TO_DECIDE: Text = Text("Chờ bạn tiếp nhận", "Waiting for you to accept");
pub const AT_WORK: Text = Text("Đang làm", "In the works");
pub const WAITING: Text = Text("Đã gửi, chờ tiếp nhận", "Sent, awaiting acceptance");
pub const SENT_BACK: Text = Text("Đã trả lại", "Sent back");
pub const APPROVED: Text = Text("Đã tiếp nhận", "Accepted");
pub const WITH_HEAD: Text = Text("Chờ thủ trưởng duyệt", "With the head of the unit");
pub const WITHDRAWN: Text = Text("Đã rút, đã bỏ", "Withdrawn or thrown away");
pub const NONE: Text = Text("Chưa có sản phẩm nào", "There is nothing yet");
pub const NONE_NOTE: Text = Text(
    "Sản phẩm của đơn vị và sản phẩm gửi đến bạn sẽ hiện ở đây.",
    "What your unit makes, and what is sent to you, will show up here.",
);
pub const NOT_FOUND: Text = Text("Không tìm thấy", "Nothing found");
pub const NOT_FOUND_NOTE: Text =
    Text("Hãy thử từ khác, hoặc chọn loại khác.", "Try another word, or another kind.");
