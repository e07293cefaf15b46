//! Words of those who receive: the review of a report, and the figures.

use super::Text;

pub const CHANGED_FROM: Text = Text("kỳ trước {0} ({1})", "last time {0} ({1})");
pub const LAST_TIME: Text = Text("kỳ trước {0}", "last time {0}");
pub const ADD_NOTE: Text = Text("Ghi ý kiến", "Add a remark");
pub const NOTE_FOR: Text = Text("Ghi ý kiến: {0}", "Add a remark: {0}");
pub const EXPLANATION: Text = Text("Đơn vị giải thích:", "The unit explains:");
pub const OVERALL_NOTE: Text = Text("Ý kiến chung", "Remark on the whole");
pub const OVERALL_NOTE_HINT: Text = Text(
    "Bắt buộc khi trả lại hoặc mở lại. Đơn vị sẽ đọc được.",
    "Needed to send back or to open again. The unit will read it.",
);
pub const REMARKS: Text = Text("{0} ý kiến ở các chỉ tiêu", "Remarks on fields: {0}");
pub const STATE: Text = Text("Trạng thái", "State");
pub const SENT: Text = Text("Gửi", "Sent");
pub const SENT_AFTER_DUE: Text = Text("gửi lần đầu sau hạn", "first sent after it was due");
pub const DUE: Text = Text("Hạn", "Due");
pub const RECIPIENT: Text = Text("Nơi nhận", "Recipient");

pub const FIGURES_LEDE: Text = Text(
    "Số liệu từ báo cáo đã tiếp nhận; số tạm tính để riêng.",
    "From accepted reports; provisional figures apart.",
);
pub const TARGETS: Text = Text("Mục tiêu", "Targets");
pub const COVERAGE: Text = Text("Mức độ báo cáo", "Coverage");
pub const REPORTED: Text = Text("Đã tiếp nhận {0} / {1} đơn vị", "Accepted {0} of {1} units");
pub const LEGEND_ACCEPTED: Text = Text("Đã tiếp nhận {0}", "Accepted {0}");
pub const LEGEND_SUBMITTED: Text = Text("Chờ tiếp nhận {0}", "Awaiting {0}");
pub const LEGEND_SILENT: Text = Text("Chưa gửi {0}", "Silent {0}");
pub const SILENT_UNITS: Text = Text("{0} đơn vị chưa báo cáo", "Silent units: {0}");
pub const CORRECTING_UNITS: Text = Text("{0} đơn vị đang sửa lại", "Being corrected by: {0}");
pub const FAILING_UNITS: Text = Text("{0} đơn vị chưa đạt", "Units that do not meet it: {0}");
pub const WITH_PROVISIONAL: Text = Text("cả số tạm tính: {0}", "with provisional reports: {0}");
pub const INDICATOR: Text = Text("Chỉ tiêu", "Indicator");
pub const ACCEPTED: Text = Text("Đã tiếp nhận", "Accepted");
pub const PROVISIONAL: Text = Text("Tạm tính", "Provisional");
pub const THRESHOLD: Text = Text("ngưỡng", "threshold");
pub const MET: Text = Text("Đạt", "Met");
pub const NEAR: Text = Text("Gần đạt", "Nearly met");
pub const MISSED: Text = Text("Chưa đạt", "Not met");
pub const UNKNOWN: Text = Text("Chưa đủ số liệu", "Not enough figures");
pub const ALIKE: Text = Text("Kho chung đã có ảnh giống", "The library has a picture like this");
pub const ALIKE_NOTE: Text = Text(
    "Hãy so trước khi tiếp nhận: có thể cùng một ảnh đã được đơn vị khác gửi.",
    "Compare before you accept: another unit may have sent the same photo.",
);
pub const BEHIND: Text = Text("Số liệu này gồm", "What is behind this figure");
pub const BEHIND_NONE: Text =
    Text("Chưa có báo cáo nào góp vào số này.", "No report contributes to this figure yet.");
pub const BACK_TO_FIGURES: Text = Text("Bảng tổng hợp", "Figures");
pub const KEPT: Text =
    Text("Không có mạng: đây là số liệu nhận lúc {0}.", "No network: these figures came at {0}.");
pub const NOT_HERE: Text = Text("Cần có mạng để lấy số liệu", "A network is needed to get figures");
pub const NOT_HERE_NOTE: Text = Text(
    "Kỳ này chưa được tải về máy. Khi có mạng, số liệu tự hiện.",
    "This period is not on the device yet. It will show up once there is a network.",
);
pub const REFUSED: Text = Text("Bạn không được xem số liệu này", "You may not see these figures");
