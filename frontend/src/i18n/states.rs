//! What the states of reports and of sync are called, and the steps between them.

use super::Text;
use lantoa_shared::{op::Command, record::State};

pub const OVERDUE: Text = Text("Quá hạn", "Overdue");
pub const REVISION: Text = Text("lần {0}", "revision {0}");
pub const NOT_STARTED: Text = Text("Chưa làm", "Not begun");

pub const APPROVED: Text = Text("Đã duyệt", "Approved");
pub const WAITS_TO_GO: Text = Text(" · chờ gửi lên trung tâm", " · waiting to go");

/// What a state is called.
pub fn state(state: State) -> Text {
    match state {
        State::Draft => Text("Đang lập", "Being filled"),
        State::Ready => Text("Chờ thủ trưởng duyệt", "With the head of the unit"),
        State::Submitted => Text("Đã gửi, chờ tiếp nhận", "Sent, awaiting acceptance"),
        State::Returned => Text("Trả lại để sửa", "Sent back to correct"),
        State::Accepted => Text("Đã tiếp nhận", "Accepted"),
        State::Withdrawn => Text("Đã rút", "Withdrawn"),
    }
}

/// The icon that goes with a state.
pub fn state_icon(state: State) -> &'static str {
    match state {
        State::Draft => "edit",
        State::Ready => "user",
        State::Submitted => "send",
        State::Returned => "return",
        State::Accepted => "check",
        State::Withdrawn => "lock",
    }
}

/// What was done, in the history.
pub fn done(command: Command) -> Text {
    match command {
        Command::HandOver => Text("Trình thủ trưởng", "Handed to the head of the unit"),
        Command::TakeBack => Text("Rút lại để sửa", "Taken back to go on working"),
        Command::Approve => Text("Duyệt và gửi", "Approved and sent"),
        Command::Accept => Text("Tiếp nhận", "Accepted"),
        Command::Return => Text("Trả lại", "Sent back"),
        Command::Reopen => Text("Mở lại để đính chính", "Opened again for a correction"),
        Command::Withdraw => Text("Rút sản phẩm", "Withdrawn"),
        Command::Discard => Text("Bỏ bản nháp", "Draft thrown away"),
    }
}

/// The button that does it.
pub fn deed(command: Command) -> Text {
    match command {
        Command::HandOver => Text("Trình thủ trưởng duyệt", "Hand to the head of the unit"),
        Command::TakeBack => Text("Rút lại để sửa", "Take it back"),
        Command::Approve => Text("Duyệt và gửi", "Approve and send"),
        Command::Accept => Text("Tiếp nhận", "Accept"),
        Command::Return => Text("Trả lại", "Send back"),
        Command::Reopen => Text("Mở lại để đính chính", "Open again for a correction"),
        Command::Withdraw => Text("Rút sản phẩm", "Withdraw"),
        Command::Discard => Text("Bỏ bản nháp", "Throw the draft away"),
    }
}

/// The icon that goes with a step.
pub fn deed_icon(command: Command) -> &'static str {
    match command {
        Command::HandOver | Command::Approve => "send",
        Command::TakeBack | Command::Return => "return",
        Command::Accept => "check",
        Command::Reopen => "edit",
        Command::Withdraw => "lock",
        Command::Discard => "trash",
    }
}

/// The step's name in `data-test="command-…"`.
pub fn deed_code(command: Command) -> &'static str {
    match command {
        Command::HandOver => "command-hand-over",
        Command::TakeBack => "command-take-back",
        Command::Approve => "command-approve",
        Command::Accept => "command-accept",
        Command::Return => "command-return",
        Command::Reopen => "command-reopen",
        Command::Withdraw => "command-withdraw",
        Command::Discard => "command-discard",
    }
}

/// The question before the step is taken, and what follows from it.
pub fn question(command: Command) -> (Text, Text) {
    match command {
        Command::HandOver => (
            Text("Trình báo cáo lên thủ trưởng?", "Hand the report to the head of the unit?"),
            Text(
                "Thủ trưởng sẽ xem và duyệt. Trước khi duyệt, bạn vẫn rút lại để sửa được.",
                "The head will look and approve. Until then you can take it back.",
            ),
        ),
        Command::TakeBack => (
            Text("Rút báo cáo lại để sửa?", "Take the report back?"),
            Text("Sửa xong, hãy trình lại.", "Hand it over again when it is corrected."),
        ),
        Command::Approve => (
            Text("Duyệt và gửi báo cáo?", "Approve and send the report?"),
            Text(
                "Báo cáo sẽ gửi đến {0}. Nếu chưa có mạng, máy giữ lại và tự gửi khi có mạng.",
                "The report goes to {0}. Without a network it waits here and goes up by itself later.",
            ),
        ),
        Command::Accept => (
            Text("Tiếp nhận báo cáo này?", "Accept this report?"),
            Text(
                "Số liệu của báo cáo được tính vào bảng tổng hợp.",
                "Its figures will count in the consolidation.",
            ),
        ),
        Command::Return => (
            Text("Trả báo cáo lại để sửa?", "Send the report back?"),
            Text(
                "Đơn vị sẽ thấy ý kiến của bạn ở từng chỉ tiêu.",
                "The unit will see your remarks at each field.",
            ),
        ),
        Command::Reopen => (
            Text("Mở lại báo cáo đã tiếp nhận?", "Open the accepted report again?"),
            Text(
                "Đơn vị được sửa và gửi lại. Bản đã tiếp nhận vẫn được lưu.",
                "The unit may correct and send it again. The accepted version stays on record.",
            ),
        ),
        Command::Withdraw => (
            Text("Rút sản phẩm này, không dùng nữa?", "Withdraw this item for good?"),
            Text(
                "Sản phẩm rời kho chung và máy của mọi nơi khác ở lần kết nối tới; đơn vị vẫn giữ bản của mình. Không hoàn tác được.",
                "It leaves the library, and the devices of all others at their next contact; your unit keeps its own. This cannot be undone.",
            ),
        ),
        Command::Discard => (
            Text("Bỏ bản nháp này?", "Throw this draft away?"),
            Text(
                "Nội dung đã điền vẫn xem lại được trong mục “Đã rút, đã bỏ”, nhưng không sửa hay gửi được nữa.",
                "What was entered can still be read under “Withdrawn or thrown away”, but no longer changed or sent.",
            ),
        ),
    }
}

/// What is asked before a step with a media item is taken: the question, and what follows; `{0}` is the recipient.
pub fn question_of_item(command: Command) -> (Text, Text) {
    match command {
        Command::HandOver => (
            Text("Trình sản phẩm lên thủ trưởng?", "Hand the item to the head of the unit?"),
            question(command).1,
        ),
        Command::TakeBack => (Text("Rút sản phẩm lại để sửa?", "Take the item back?"), question(command).1),
        Command::Approve => (
            Text("Duyệt và gửi sản phẩm?", "Approve and send the item?"),
            Text(
                "Sản phẩm sẽ gửi đến {0} để duyệt dùng chung. Nếu chưa có mạng, máy giữ lại và tự gửi khi có mạng.",
                "The item goes to {0} for approval. Without a network it waits here and goes up by itself later.",
            ),
        ),
        Command::Accept => (
            Text("Tiếp nhận sản phẩm này?", "Accept this item?"),
            Text(
                "Nếu phạm vi sử dụng cho phép, sản phẩm hiện trong kho chung cho mọi đơn vị.",
                "Where its permitted use allows, every unit finds it in the library.",
            ),
        ),
        Command::Return => (Text("Trả sản phẩm lại để sửa?", "Send the item back?"), question(command).1),
        Command::Reopen => (
            Text("Mở lại sản phẩm để sửa?", "Open the item again?"),
            Text(
                "Sản phẩm tạm rời kho chung cho đến khi được duyệt lại.",
                "It leaves the library until it is approved again.",
            ),
        ),
        Command::Withdraw | Command::Discard => question(command),
    }
}
