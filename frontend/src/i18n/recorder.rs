//! Words of the recorder.

use super::{Say, Text};
use crate::state::Recorded;
use lantoa_shared::text::{day, length};

pub const TITLE: Text = Text("Ghi âm", "Record a sound");
pub const HINT: Text = Text(
    "Bản ghi được lưu dần vào máy, kể cả khi không có mạng. Hãy giữ trang này mở và màn hình sáng.",
    "What is recorded is kept on this device as it goes, without a network too. Keep this page open and the screen on.",
);
pub const BEGIN: Text = Text("Bắt đầu ghi", "Begin to record");
pub const PAUSE: Text = Text("Tạm dừng", "Pause");
pub const GO_ON: Text = Text("Ghi tiếp", "Go on");
pub const DONE: Text = Text("Xong, đính kèm", "Done, attach it");
pub const THROW_AWAY: Text = Text("Bỏ bản ghi", "Throw it away");
pub const SURE: Text =
    Text("Bỏ thì bản ghi mất hẳn, không lấy lại được.", "Thrown away, the recording is gone for good.");
pub const FOR_GOOD: Text = Text("Bỏ hẳn", "Throw it away for good");
pub const KEEP: Text = Text("Giữ lại", "Keep it");
pub const ASKING: Text = Text("Đang xin phép dùng micrô…", "Asking for the microphone…");
pub const ENDING: Text = Text("Đang lưu…", "Keeping it…");
pub const RECORDING: Text = Text("Đang ghi", "Recording");
pub const RESTING: Text = Text("Đang tạm dừng", "Paused");
pub const LEFT: Text = Text("Bản ghi âm chưa đính kèm", "Recorded and not attached");
pub const LEFT_HERE: Text = Text(
    "Trên máy có bản ghi âm chưa đính kèm vào sản phẩm này.",
    "On this device is a recording that was not attached to this item.",
);
pub const OPEN: Text = Text("Mở bản ghi", "Open it");
const FROM: Text = Text("Ghi lúc {0}, dài {1}", "Begun {0}, {1} long");
pub const ATTACH: Text = Text("Đính kèm", "Attach");
pub const FORBIDDEN: Text = Text(
    "Trang này chưa được phép dùng micrô. Hãy cho phép trong cài đặt trang của trình duyệt rồi bấm lại.",
    "This page may not use the microphone. Allow it in the browser's settings for this page, then try again.",
);
pub const NO_MICROPHONE: Text = Text(
    "Máy không có micrô, hoặc ứng dụng khác đang giữ.",
    "There is no microphone, or another app holds it.",
);
pub const UNABLE: Text = Text(
    "Trình duyệt này không ghi âm được. Hãy ghi bằng ứng dụng của máy rồi chọn tệp.",
    "This browser cannot record. Record with an app of the device, then choose the file.",
);
pub const ENDED: Text = Text(
    "Bản ghi đã dừng: micrô bị ngắt, hoặc đã ghi đủ 3 giờ. Những gì đã ghi vẫn còn ở dưới đây.",
    "It ended: the microphone went, or it is three hours long. What was recorded is still here, below.",
);
pub const MUTED: Text = Text(
    "Micrô đang bị tắt tiếng (có cuộc gọi, hoặc nút tắt micrô của máy): đoạn này không có tiếng.",
    "The microphone is muted (a call, or a switch of the device): nothing is heard for now.",
);
pub const FULL: Text = Text(
    "Máy hết chỗ nên bản ghi dừng lại; những gì đã ghi vẫn còn.",
    "The device is full, so it stopped; what was recorded is still there.",
);
pub const BROKEN: Text = Text(
    "Trình duyệt không ghi tiếp được vào máy nên bản ghi dừng lại; những gì đã ghi vẫn còn.",
    "The browser could not go on keeping it, so it stopped; what was recorded is still there.",
);
pub const NOTHING: Text = Text("Chưa ghi được gì. Hãy ghi lại.", "Nothing was recorded. Record again.");
pub const NOT_ATTACHED: Text = Text(
    "Chưa đính kèm được, thường vì máy hết chỗ; bản ghi vẫn còn trên máy. Hãy dọn bớt chỗ rồi thử lại.",
    "It could not be attached, most often because the device is full, and is still here. Make room, then try again.",
);
pub const UNREADABLE: Text = Text(
    "Chưa đọc lại được bản ghi; nó vẫn còn trên máy. Hãy thử lại khi có mạng.",
    "The recording could not be read back and is still on this device. Try again with a network.",
);

/// Which recording it is: when it was begun, and how long it is.
pub fn from(say: Say, recorded: &Recorded) -> String {
    say.with(FROM, &[&day::show_moment(recorded.began), &length::show(recorded.plays / 1000)])
}
