//! Words of the home screen and of the list of received reports.

use super::Text;

pub const WAITING: Text = Text("Đã gửi, chờ tiếp nhận", "Sent, awaiting acceptance");
pub const AT_WORK: Text = Text("Đơn vị đang lập", "Being filled by your unit");
pub const DONE: Text = Text("Đã xong", "Done");
pub const BEGIN: Text = Text("Bắt đầu", "Begin");
pub const GO_ON: Text = Text("Viết tiếp", "Go on");
pub const SEE_AND_MEND: Text = Text("Xem và sửa", "See and correct");
pub const SEE_AND_APPROVE: Text = Text("Xem và duyệt", "See and approve");
pub const SEE: Text = Text("Xem", "See");
pub const CHECK_AND_SEND: Text = Text("Kiểm tra và gửi", "Check and send");
pub const FILLED: Text = Text("{0} / {1} chỉ tiêu", "{0} of {1} answers");
pub const FILLED_LABEL: Text = Text("Đã điền", "Filled in");
pub const HELD_HERE: Text = Text("{0} thay đổi còn trên máy", "Changes still on this device: {0}");
pub const DISPUTED: Text = Text("{0} chỉ tiêu có nhiều câu trả lời", "Answers to choose between: {0}");
pub const NEEDS_YOU: Text = Text("{0} mục cần xem lại", "To be looked at: {0}");
pub const FOR_ALL_UNREAD: Text = Text("Tài liệu cho mọi đơn vị", "For all units");
pub const UNREAD: Text = Text("{0} tài liệu bạn chưa mở", "Not opened yet: {0}");
pub const ITEMS_WAIT: Text = Text("{0} sản phẩm chờ bạn xem", "Waiting for you: {0}");
pub const DUE_ON: Text = Text("hạn {0}", "due {0}");
pub const NOTHING_DUE: Text = Text("Không còn việc nào", "Nothing left to do");
pub const NOTHING_DUE_NOTE: Text = Text(
    "Đơn vị đã gửi mọi báo cáo đến hạn. Khi có kỳ mới hoặc báo cáo bị trả lại, việc sẽ hiện ở đây.",
    "Every report that was due is sent. A new period or a report sent back will show up here.",
);
pub const NOTHING_HERE_OFFLINE: Text = Text("Máy chưa nhận được dữ liệu", "Nothing has come down yet");
pub const NOTHING_HERE_OFFLINE_NOTE: Text = Text(
    "Cần có mạng một lần để nhận biểu mẫu và nhiệm vụ. Khi có mạng, ứng dụng tự nhận.",
    "A network is needed once, to receive forms and duties. The app does so by itself.",
);

pub const RECEIVED_WAITING: Text = Text("Chờ tiếp nhận", "Awaiting acceptance");
pub const RECEIVED_RETURNED: Text = Text("Đã trả lại", "Sent back");
pub const RECEIVED_ACCEPTED: Text = Text("Đã tiếp nhận", "Accepted");
pub const RECEIVED_SILENT: Text = Text("Chưa gửi", "Silent");
pub const RECEIVED_LEDE: Text =
    Text("Báo cáo của các đơn vị gửi đến bạn.", "Reports that units sent to you.");
pub const RECEIVED_NONE: Text = Text("Không có báo cáo nào", "There are no reports");
pub const RECEIVED_NONE_NOTE: Text = Text(
    "Báo cáo do đơn vị gửi đến sẽ hiện ở đây, cả khi không có mạng.",
    "Reports that units send will show up here, also without a network.",
);
pub const SEARCH_UNIT: Text = Text("Tìm đơn vị", "Find a unit");
pub const SEE_ALL: Text = Text("Xem tất cả", "See all");
pub const SENT_ON: Text = Text("gửi {0}", "sent {0}");
pub const SENT_LATE: Text = Text("gửi {0}, muộn", "sent {0}, late");
pub const SHOW_MORE: Text = Text("Hiện thêm {0}", "Show {0} more");
pub const OPEN_FIGURES: Text = Text("Mở bảng tổng hợp", "Open the figures");
