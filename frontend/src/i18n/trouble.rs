//! What is said when something did not go as wished: the thing, and how to mend it.

use super::{Say, Text};
use crate::state::{SignInTrouble, StoreTrouble};
use lantoa_shared::sync::{rescue::RescueTrouble, verdict::Refusal};

const WRONG_PASSWORD: Text = Text(
    "Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra bộ gõ và phím Caps Lock rồi thử lại.",
    "The account or the password is wrong. Check the keyboard and Caps Lock, then try again.",
);
const TOO_MANY_ATTEMPTS: Text = Text(
    "Thử quá nhiều lần. Hãy đợi {0} giây rồi thử lại.",
    "Too many attempts. Wait {0} seconds and try again.",
);
/// A part of the app is not on the device yet.
pub const PART_MISSING: Text = Text("Phần này chưa tải về máy", "This part is not on the device yet");
/// What to do then.
pub const PART_MISSING_NOTE: Text = Text(
    "Lần đầu mở cần có mạng; sau đó mở được cả khi không có mạng. Mọi thứ đã điền vẫn còn trên máy.",
    "Opening it the first time needs a network; after that it opens without one. Everything you entered is still here.",
);
/// Tries again.
pub const AGAIN: Text = Text("Thử lại", "Try again");

const NO_NETWORK: Text = Text(
    "Không tới được trung tâm. Đăng nhập cần có mạng; hãy kiểm tra mạng rồi thử lại.",
    "The centre cannot be reached. Signing in needs a network; check it and try again.",
);
const OUTDATED: Text = Text(
    "Phiên bản này đã cũ. Hãy tải lại trang để cập nhật.",
    "This version is too old. Load the page again to update.",
);
const SERVER: Text = Text(
    "Trung tâm đang gặp sự cố. Hãy thử lại sau ít phút.",
    "The centre has a failure. Try again in a few minutes.",
);
pub const EMPTY_CREDENTIALS: Text =
    Text("Hãy nhập tên đăng nhập và mật khẩu.", "Enter the account and the password.");

pub const STORE_TITLE: Text = Text("Máy này không lưu được", "This device cannot keep anything");
/// Where the ways out are.
pub const STORE_MEND: Text = Text("Xem cách xử lý", "See what to do");
const STORE_FULL: Text = Text(
    "Bộ nhớ của trình duyệt đã đầy. Hãy xóa bớt ảnh hoặc ứng dụng; nội dung đang gõ vẫn ở trên màn hình.",
    "The browser's storage is full. Free some space; what you are typing is still on screen.",
);
const STORE_OTHER: Text = Text(
    "Trình duyệt không cho lưu dữ liệu (có thể đang ở chế độ ẩn danh). Hãy mở bằng cửa sổ thường.",
    "The browser does not allow saving (a private window, perhaps). Open the app in a normal window.",
);
const STORE_BUSY: Text = Text(
    "Thẻ khác của Lan Tỏa đang giữ dữ liệu. Hãy đóng thẻ đó; nội dung đang gõ vẫn còn.",
    "Another tab of Lan Tỏa holds the data. Close it; what you are typing is still here.",
);

/// Why nobody was signed in, and what to do.
pub fn sign_in(say: Say, trouble: SignInTrouble) -> String {
    let text = match trouble {
        SignInTrouble::TooManyAttempts { seconds } => {
            return say.with(TOO_MANY_ATTEMPTS, &[&seconds.to_string()]);
        }
        SignInTrouble::WrongPassword => WRONG_PASSWORD,
        SignInTrouble::NoNetwork => NO_NETWORK,
        SignInTrouble::Outdated => OUTDATED,
        SignInTrouble::Store(trouble) => store(trouble),
        SignInTrouble::Server => SERVER,
    };
    say.text(text).to_owned()
}

/// Why this device cannot keep anything, and what to do.
pub fn store(trouble: StoreTrouble) -> Text {
    match trouble {
        StoreTrouble::Full => STORE_FULL,
        StoreTrouble::TooLong => TOO_LONG,
        StoreTrouble::Blocked | StoreTrouble::Late => STORE_BUSY,
        _ => STORE_OTHER,
    }
}

const TOO_LONG: Text = Text(
    "Nội dung dài hơn 170.000 chữ nên chưa lưu được. Hãy rút ngắn, hoặc lưu thành tệp rồi đính kèm.",
    "The text is longer than 170,000 letters and was not saved. Shorten it, or attach it as a file.",
);

/// Why something that another person did was not taken.
pub fn refusal_of_another(refusal: Refusal) -> Text {
    match refusal {
        Refusal::NotYourUnit | Refusal::NotYourRole => Text(
            "Lúc gửi, người này không có vai trò để làm việc này ở đơn vị.",
            "When it was sent, this person had no role for it in the unit.",
        ),
        Refusal::RevokedDevice => {
            Text("Được gửi từ một máy đã bị thu hồi quyền.", "It was sent from a device that was shut out.")
        }
        refusal => self::refusal(refusal),
    }
}

/// Why something was not taken, and what to do.
pub fn refusal(refusal: Refusal) -> Text {
    match refusal {
        Refusal::NotYourUnit => Text(
            "Bạn không có vai trò ở đơn vị này. Hãy nhờ quản trị kiểm tra tài khoản.",
            "You have no role in this unit. Ask the administrator to check your account.",
        ),
        Refusal::NotYourRole => Text(
            "Vai trò của bạn không làm được bước này. Hãy nhờ người có thẩm quyền.",
            "Your role does not include this step. Ask the person who may take it.",
        ),
        Refusal::WrongState => Text(
            "Báo cáo đã sang bước khác. Hãy mở báo cáo xem trạng thái mới.",
            "The report has moved on. Open it to see where it stands now.",
        ),
        Refusal::UnknownRecord => {
            Text("Trung tâm không có nhiệm vụ báo cáo này.", "The centre knows no such report.")
        }
        Refusal::UnknownField => Text(
            "Biểu mẫu không còn chỉ tiêu này. Hãy chép nội dung sang chỗ khác.",
            "The form no longer has this field. Copy the content elsewhere.",
        ),
        Refusal::WrongType => Text(
            "Giá trị không đúng loại của chỉ tiêu. Hãy nhập lại.",
            "The value does not fit the field. Enter it again.",
        ),
        Refusal::ContentChanged => Text(
            "Nội dung đã thay đổi so với lúc bạn xem. Hãy xem lại rồi thực hiện lại.",
            "The content has changed since you looked. Look again, then repeat the step.",
        ),
        Refusal::OpenErrors => Text(
            "Báo cáo còn lỗi. Hãy sửa các lỗi rồi gửi lại.",
            "Errors stand open. Correct them and send again.",
        ),
        Refusal::UnansweredWarnings => Text(
            "Còn cảnh báo chưa giải thích. Hãy ghi giải thích rồi gửi lại.",
            "Warnings are not explained yet. Explain them and send again.",
        ),
        Refusal::NoteMissing => Text(
            "Bước này cần nêu lý do. Hãy ghi ý kiến chung.",
            "This step needs a reason. Write a remark on the whole.",
        ),
        Refusal::NotYourOp => Text(
            "Mục này do người khác làm trên máy này. Người đó cần đăng nhập để gửi.",
            "Somebody else made this on this device. That person has to sign in to send it.",
        ),
        Refusal::Unreadable | Refusal::Damaged => Text(
            "Dữ liệu bị hỏng trên đường đi. Trung tâm vẫn giữ bản gốc; hãy nhập lại.",
            "The data was damaged on its way. The centre keeps the original; enter it again.",
        ),
        Refusal::ClonedDevice => Text(
            "Dữ liệu máy này là bản sao của máy khác. Nội dung được gửi lại dưới mã máy mới.",
            "This device's data is a copy of another's. It is sent again under a new device id.",
        ),
        Refusal::RevokedDevice => Text(
            "Máy này đã bị thu hồi quyền. Nội dung đã tới trung tâm và chờ đơn vị xem.",
            "This device was shut out. What you entered reached the centre and waits for your unit.",
        ),
        Refusal::TooLarge => Text(
            "Nội dung quá dài, trung tâm chưa nhận được. Hãy rút ngắn, hoặc đính kèm thành tệp.",
            "This is too long; the centre does not have it. Shorten it, or attach it as a file.",
        ),
        Refusal::SetAside => Text("Mục này đã được bỏ qua.", "This was laid aside."),
        Refusal::FilesMissing => Text(
            "Có tệp chưa về trung tâm. Hãy chờ máy của đơn vị gửi xong, hoặc trả lại để đơn vị bổ sung.",
            "Some of its files have not come to the centre. Wait until the unit's device has sent them, or send it back.",
        ),
        Refusal::FilesUnfit => Text(
            "Có tệp không đúng loại như tên gọi, hoặc còn dữ liệu vị trí. Hãy trả lại để đơn vị thêm lại tệp.",
            "A file is not what its name says, or still tells where it was made. Send it back to be added again.",
        ),
        Refusal::OwnWork => Text(
            "Người làm ra sản phẩm không tự duyệt. Hãy nhờ người khác trong đơn vị duyệt.",
            "Whoever made it does not decide on it. Ask somebody else of your unit.",
        ),
        Refusal::OtherEpoch | Refusal::Unknown => Text(
            "Trung tâm chưa nhận được mục này. Hãy cập nhật ứng dụng để xem lý do.",
            "The centre did not take this. Update the app to see why.",
        ),
    }
}

const RESCUE_NOT_OURS: Text = Text(
    "Đây không phải tệp dự phòng của Lan Tỏa. Hãy chọn tệp có tên bắt đầu bằng “lan-toa-”.",
    "This is no rescue file of Lan Tỏa. Choose the one whose name begins with “lan-toa-”.",
);
const RESCUE_NEWER: Text = Text(
    "Tệp do phiên bản mới hơn lưu. Hãy cập nhật ứng dụng rồi mở lại.",
    "A newer version wrote this file. Update the app, then open it again.",
);
const RESCUE_CUT_OFF: Text = Text(
    "Tệp bị thiếu phần cuối, có thể do sao chép dở dang. Hãy chép lại tệp gốc.",
    "The end of the file is missing; perhaps it was not copied whole. Copy the original again.",
);
const RESCUE_CHANGED: Text = Text(
    "Nội dung tệp không còn như lúc lưu (sai mã kiểm tra). Hãy dùng tệp gốc chưa bị sửa.",
    "The file is no longer as it was saved (its checksum is wrong). Use the original.",
);
const RESCUE_OP_CHANGED: Text = Text(
    "Mục thứ {0} trong tệp bị hỏng hoặc bị sửa. Hãy dùng tệp gốc chưa bị sửa.",
    "Item {0} of the file is damaged or was changed. Use the original.",
);
const RESCUE_OTHER_PERSON: Text = Text(
    "Tệp này của {0} (tài khoản {1}), đơn vị {2}. Người đó cần đăng nhập trên máy này rồi mở tệp.",
    "This file belongs to {0} (account {1}) of {2}. That person has to sign in here and open it.",
);

/// What is wrong with a rescue file; `unit_name` tells the name of a unit.
pub fn rescue(say: Say, trouble: &RescueTrouble, unit_name: impl Fn(&str) -> String) -> String {
    let text = match trouble {
        RescueTrouble::OpChanged(place) => return say.with(RESCUE_OP_CHANGED, &[&place.to_string()]),
        RescueTrouble::OtherPerson { name, account, unit } => {
            return say.with(RESCUE_OTHER_PERSON, &[name, account, &unit_name(unit)]);
        }
        RescueTrouble::NotOurs => RESCUE_NOT_OURS,
        RescueTrouble::Newer => RESCUE_NEWER,
        RescueTrouble::CutOff => RESCUE_CUT_OFF,
        RescueTrouble::Changed => RESCUE_CHANGED,
    };
    say.text(text).to_owned()
}
