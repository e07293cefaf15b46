//! Words of the walk through a report: steps, fields, checking and handing over.

use super::Text;

pub const STEP: Text = Text("Mục {0} / {1}", "Step {0} of {1}");
pub const CONTENTS: Text = Text("Mục lục", "Contents");
pub const PREVIOUS: Text = Text("Trước", "Back");
pub const NEXT: Text = Text("Tiếp", "Next");
pub const STEPS: Text = Text("Các mục", "Steps");
pub const CHECK: Text = Text("Kiểm tra và gửi", "Check and send");
pub const SAVED: Text = Text("Đã lưu trên máy", "Saved on this device");
pub const AT_CENTRE: Text = Text("Đã về trung tâm", "At the centre");
pub const SAVING: Text = Text("Đang lưu…", "Saving…");
pub const NOT_SAVED: Text = Text("Chưa lưu được", "Not saved");
pub const LOCKED: Text = Text(
    "Báo cáo đang ở bước khác nên không sửa được ở đây.",
    "The report is at another step, so it cannot be changed here.",
);
pub const LOCKED_READY: Text = Text(
    "Báo cáo đã trình thủ trưởng. Vẫn sửa được, nhưng thủ trưởng sẽ duyệt nội dung mới nhất.",
    "The report is with the head of the unit, who will approve the newest content.",
);
pub const RETURNED_BY: Text = Text("Ý kiến của {0}", "What {0} says");

pub const OPTIONAL: Text = Text("không bắt buộc", "optional");
pub const PREVIOUS_VALUE: Text = Text("Kỳ trước:", "Last time:");
pub const NOT_YET_COMPUTED: Text = Text("tính khi đủ số liệu", "computed once the figures are there");
pub const NOTE_LABEL: Text = Text("Giải thích vì sao nội dung này đúng", "Explain why this is right");
pub const RETURNED_HERE: Text = Text("Nơi nhận:", "The recipient says:");
pub const CLASH: Text = Text(
    "Hai người đã điền khác nhau. Chọn giá trị đúng, hoặc sửa lại ở ô trên:",
    "Two people answered differently. Choose the right answer, or write another above:",
);
pub const CLASH_OF_ONE_DEVICE: Text = Text(
    "Máy này đã gửi hai câu trả lời khác nhau. Chọn giá trị đúng, hoặc sửa lại ở ô trên:",
    "This device sent two answers that differ. Choose the right one, or write another above:",
);
pub const CLASH_OF_ONE: Text = Text(
    "Cùng một người đã điền khác nhau trên hai máy. Chọn giá trị đúng, hoặc sửa lại ở ô trên:",
    "One person answered differently on two devices. Choose the right answer, or write another above:",
);
pub const MERGED: Text = Text(
    "Trung tâm đã ghép bản của hai người. Xin xem lại câu trả lời trên.",
    "The centre put two people's answers together. Please look at the answer above.",
);
pub const MERGED_OF_ONE: Text = Text(
    "Trung tâm đã ghép hai bản làm trên hai máy. Xin xem lại câu trả lời trên.",
    "The centre put two answers from two devices together. Please look at the answer above.",
);
pub const MERGED_UNREAD: Text =
    Text("Bản do trung tâm ghép, chưa ai đọc lại", "Put together by the centre and not read yet");
pub const ANSWERS_STAND: Text =
    Text("{0} câu trả lời khác nhau, chưa chọn", "{0} answers differ, none is chosen");
pub const MERGED_FROM: Text = Text("Xem hai bản gốc", "See the two originals");
pub const MERGED_KEEP: Text = Text("Đã đọc, giữ bản ghép", "Read, keep it as it is");
pub const BY_CENTRE: Text = Text("Trung tâm ghép hai bản", "Merged by the centre");
pub const THIS_DEVICE: Text = Text("máy này", "this device");
pub const OTHER_DEVICE: Text = Text("máy …{0}", "device …{0}");
pub const MADE_IN_TIME: Text = Text("Lập đúng hạn, về trung tâm muộn", "Made in time, received late");
pub const CLASH_EMPTY: Text = Text("(bỏ trống)", "(left empty)");
pub const PICK_DAY: Text = Text("Chọn ngày", "Pick a day");
pub const CHOOSE: Text = Text("– chọn –", "– choose –");
pub const UNCHOOSE: Text = Text("Bỏ chọn", "Clear");
pub const ADD_FILE: Text = Text("Chọn tệp", "Choose a file");
pub const FILE_NOTE: Text = Text("PDF, ảnh, văn bản; tối đa 20 MB", "PDF, picture, document; 20 MB at most");
pub const WITHDRAW_REASON: Text = Text("Lý do rút sản phẩm", "Why the item is withdrawn");
pub const WITHDRAW_HINT: Text = Text(
    "Chỉ ghi khi rút, ví dụ phụ huynh rút lại chấp thuận.",
    "Only when you withdraw it, such as when a parent takes a consent back.",
);
pub const FILE_TOO_LARGE: Text = Text(
    "Tệp lớn hơn {0} MB nên chưa đính kèm được. Hãy chọn tệp nhỏ hơn, hoặc cắt bớt.",
    "The file is larger than {0} MB and was not attached. Choose a smaller one, or cut it.",
);
pub const FILE_EMPTY: Text = Text(
    "Tệp trống nên chưa đính kèm được. Hãy mở thử tệp rồi chọn lại.",
    "The file is empty and was not attached. Open it to see, then choose again.",
);
pub const FILE_UNREADABLE: Text = Text(
    "Không đọc được tệp. Hãy chép tệp vào máy rồi chọn lại.",
    "The file could not be read. Copy it to this device, then choose it again.",
);
pub const MEDIA_NOTE: Text = Text(
    "Ảnh đến 20 MB, tài liệu 30, âm thanh 100, video 500; vị trí chụp được xóa",
    "Photos up to 20 MB, documents 30, audio 100, video 500; where they were taken is removed",
);
pub const PICTURES_NOTE: Text = Text(
    "JPEG, PNG hoặc WebP đến 20 MB; vị trí chụp được xóa",
    "JPEG, PNG or WebP up to 20 MB; where they were taken is removed",
);
pub const KEEP_ORIGINALS: Text = Text("Giữ ảnh ở cỡ gốc", "Keep photos at full size");
pub const RECORD: Text = Text("Ghi âm", "Record a sound");
pub const REMOVE_FILE: Text = Text("Bỏ tệp {0}", "Remove the file {0}");
pub const FIND_UNIT: Text = Text("Gõ tên đơn vị để tìm", "Type a name to find a unit");
pub const REMOVE_UNIT: Text = Text("Bỏ {0}", "Remove {0}");
pub const ADD_ROW: Text = Text("Thêm dòng", "Add a row");
pub const ROWS: Text = Text("{0} dòng", "Rows: {0}");
pub const ROW: Text = Text("Dòng {0}", "Row {0}");
pub const REMOVE_ROW: Text = Text("Xóa dòng {0}", "Delete row {0}");
pub const REMOVE_ROW_QUESTION: Text = Text("Xóa dòng {0}?", "Delete row {0}?");
pub const REMOVE_ROW_NOTE: Text =
    Text("Nội dung đã điền trong dòng này sẽ bị xóa.", "What was filled in here will be deleted.");
pub const DELETE: Text = Text("Xóa", "Delete");

pub const CHECK_LEDE: Text = Text(
    "Xem lại toàn bộ trước khi gửi. Bấm vào tên chỉ tiêu để sửa.",
    "Look at everything before it goes. Open a field to correct it.",
);
pub const ERRORS: Text = Text("{0} lỗi cần sửa trước khi gửi", "{0} to correct before sending");
pub const MISSING: Text = Text("{0} chỉ tiêu bắt buộc chưa trả lời", "{0} required answers are missing");
pub const WARNINGS: Text = Text("{0} cảnh báo cần giải thích", "Warnings to explain: {0}");
pub const ALL_WELL: Text = Text("Không còn lỗi nào", "Nothing is wrong");
pub const ALL_WELL_NOTE: Text = Text("Báo cáo sẵn sàng để gửi.", "The report is ready to go.");
pub const CHANGE: Text = Text("Sửa", "Change");
pub const ANSWERS: Text = Text("Xem lại câu trả lời", "Check the answers");
pub const HISTORY: Text = Text("Quá trình xử lý", "History");
pub const NO_HISTORY: Text = Text("Chưa có bước nào.", "No step was taken yet.");
pub const MADE_AT: Text = Text("làm trên máy {0}", "made on the device {0}");
pub const RECEIVED_AT: Text = Text("trung tâm nhận {0}", "received at the centre {0}");
pub const NOT_RECEIVED: Text = Text("chưa về trung tâm", "not yet at the centre");
pub const BLOCKED_BY_ERRORS: Text = Text(
    "Chưa gửi được: còn {0} mục ở trên. Những gì đã điền vẫn được lưu.",
    "It cannot go yet: {0} above are still open. Everything filled in is saved.",
);
pub const NOTHING_TO_DO_HERE: Text = Text(
    "Bạn xem được báo cáo này; bước tiếp theo do người khác thực hiện.",
    "You may read this report; the next step is somebody else's.",
);
pub const NEXT_HEAD: Text =
    Text("Bước tiếp theo: thủ trưởng duyệt và gửi.", "Next: the head approves and sends.");
pub const NEXT_RECIPIENT: Text = Text("Bước tiếp theo: {0} tiếp nhận.", "Next: {0} accepts it.");
pub const NEXT_NOTHING: Text = Text("Báo cáo đã được tiếp nhận.", "The report was accepted.");
