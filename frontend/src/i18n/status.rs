//! Words of the sync pill and of the page that tells what is on this device and what waits.

use super::Text;

pub const PILL_LOCAL: Text = Text("{0} trên máy", "{0} on device");
pub const PILL_SENDING: Text = Text("Đang gửi {0}/{1}", "Sending {0}/{1}");
pub const PILL_SYNCED: Text = Text("Đã đồng bộ", "Synced");
pub const PILL_OFFLINE: Text = Text("Không có mạng", "Offline");
pub const PILL_PAUSED: Text = Text("Tạm dừng", "Paused");
pub const PILL_ATTENTION: Text = Text("Cần xem {0}", "{0} to look at");

pub const TITLE: Text = Text("Đồng bộ", "Sync");
pub const ALL_AT_CENTRE: Text = Text("Mọi thứ đã về trung tâm", "Everything is at the centre");
pub const ALL_AT_CENTRE_NOTE: Text =
    Text("Trên máy không còn gì chờ gửi.", "Nothing on this device is waiting to go.");
pub const WAITING: Text = Text("{0} thay đổi đang chờ gửi", "Changes waiting to be sent: {0}");
pub const REMARKS: Text = Text("Ý kiến chưa gửi ở {0} báo cáo", "Reports with remarks not sent yet: {0}");
pub const REMARKS_NOTE: Text = Text(
    "Ý kiến được giữ trên máy này và đi cùng bước chấp nhận hoặc trả lại.",
    "They are kept on this device and go along with the step you take.",
);
pub const RECORDINGS: Text = Text("Bản ghi âm chưa đính kèm: {0}", "Recordings not attached yet: {0}");
pub const RECORDINGS_NOTE: Text = Text(
    "Chỉ có trên máy này. Hãy mở sản phẩm để đính kèm, hoặc lưu thành tệp.",
    "They are on this device only. Open the item to attach them, or save them as files.",
);
pub const RECORDINGS_STAY: Text = Text(
    "Bản ghi âm không tự gửi đi: hãy đính kèm hoặc lưu thành tệp trước.",
    "Recordings do not go up by themselves: attach them or save them as files first.",
);
pub const RECORDINGS_LEFT_OUT: Text = Text(
    "{0} bản ghi âm quá lớn nên không có trong tệp này: hãy lưu từng bản thành tệp.",
    "Recordings too large for this file: {0}. Save each of them as a file.",
);
pub const RECORDING_OF_NONE: Text =
    Text("Sản phẩm không còn trên máy này", "Its item is not on this device any more");
pub const RECORDING_SAVE: Text = Text("Lưu thành tệp", "Save as a file");
pub const RECORDING_SAVED: Text = Text(
    "Trình duyệt đã nhận tệp. Bản ghi âm vẫn còn ở đây cho đến khi bạn bỏ nó.",
    "The browser took the file. The recording stays here until you throw it away.",
);
pub const RECORDING_NOT_SAVED: Text = Text(
    "Chưa đọc lại được bản ghi âm; nó vẫn còn trên máy.",
    "The recording could not be read back; it is still here.",
);
pub const RECORDING_NOT_GONE: Text =
    Text("Chưa bỏ được bản ghi âm. Hãy thử lại.", "The recording could not be thrown away. Try again.");
pub const WAITING_NOTE: Text = Text(
    "Đã lưu chắc chắn trên máy, tự gửi khi có mạng. Không cần làm gì thêm.",
    "Safely kept on this device; they go by themselves. Nothing else to do.",
);
pub const SENDING: Text = Text("Đang gửi {0} trên {1}", "Sending {0} of {1}");
pub const OFFLINE: Text = Text("Không có mạng", "No network");
pub const OFFLINE_NOTE: Text = Text(
    "Cứ điền như thường: mọi thứ được lưu trên máy và tự gửi khi có mạng.",
    "Just go on: everything is kept on this device and goes up when there is a network.",
);
pub const PAUSED: Text = Text("Đang tạm dừng gửi và nhận", "Sending and receiving are paused");
pub const PAUSED_NOTE: Text = Text(
    "Hãy làm theo thông báo ở đầu trang. Mọi thứ đã điền vẫn được giữ trên máy.",
    "See the notice at the top. Everything you entered is kept on this device.",
);
pub const ATTENTION: Text = Text("{0} mục cần bạn xem", "For you to look at: {0}");
pub const ATTENTION_NOTE: Text =
    Text("Cách xử lý ghi ở từng mục dưới đây.", "What can be done stands below, at each of them.");
pub const NOT_TAKEN: Text = Text("Trung tâm chưa ghi được", "Not taken by the centre");
pub const NOT_TAKEN_NOTE: Text = Text("Nội dung bạn gõ vẫn còn nguyên.", "What you typed is intact.");
pub const TRY_AGAIN: Text = Text("Gửi lại", "Try again");
pub const SET_ASIDE: Text = Text("Bỏ qua", "Set aside");
pub const SYNC_NOW: Text = Text("Đồng bộ ngay", "Sync now");
pub const LAST_CONTACT: Text = Text("Liên lạc gần nhất", "Last contact");
pub const NEVER: Text = Text("chưa có", "never");
pub const UNSENT: Text = Text("Chờ gửi", "Waiting to go");
pub const HERE: Text = Text("Báo cáo trên máy", "Reports on this device");
pub const STORAGE: Text = Text("Bộ nhớ đã dùng", "Storage used");
pub const STORAGE_OF: Text = Text("{0} trên {1} MB", "{0} of {1} MB");
pub const VERSION: Text = Text("Phiên bản", "Version");
pub const PREFERENCES: Text = Text("Tùy chọn", "Preferences");
pub const THIS_DEVICE: Text = Text("Trên máy này", "On this device");
pub const SIGN_OUT_UNSENT: Text = Text("Còn {0} thay đổi chưa gửi", "Changes not sent yet: {0}");
pub const SIGN_OUT_UNSENT_NOTE: Text = Text(
    "Chúng được giữ trên máy này và chỉ gửi đi khi chính bạn đăng nhập lại. Nên đợi có mạng rồi hãy đăng xuất.",
    "They stay on this device and go up only when you sign in here again. Better wait for a network.",
);
pub const SIGN_OUT_ANYWAY: Text = Text("Vẫn đăng xuất", "Sign out anyway");
pub const SESSION_OVER: Text = Text(
    "Phiên đăng nhập đã hết hạn; dữ liệu vẫn còn trên máy này",
    "Your session has ended; your data is still on this device",
);
pub const SESSION_OVER_NOTE: Text = Text(
    "Bạn vẫn điền và lưu được. Đăng nhập lại tại đây, phần chờ gửi sẽ tự gửi đi.",
    "You can go on filling in and saving. Sign in again here; what waits then goes up by itself.",
);
pub const PASSWORD_OF: Text = Text("Mật khẩu của {0}", "Password of {0}");
pub const UPDATE_NEEDED: Text = Text("Cần cập nhật ứng dụng để gửi", "Update the app to send");
pub const UPDATE_NEEDED_NOTE: Text = Text(
    "Trung tâm không còn nhận từ phiên bản này. Mọi thứ đã điền vẫn còn trên máy.",
    "The centre no longer takes from this version. Everything you entered is still here.",
);

pub const PARKED: Text = Text("Chưa ghi được vào báo cáo", "Not taken into reports");
pub const PARKED_NOTE: Text = Text(
    "Trung tâm đang giữ những mục này. Đơn vị báo cáo đưa vào nếu còn đúng, hoặc bỏ qua.",
    "The centre keeps these. The reporting unit takes them in if they still hold, or sets them aside.",
);
pub const PARKED_TAKE: Text = Text("Đưa vào báo cáo", "Take into the report");
pub const PARKED_RECEIVED: Text = Text("trung tâm nhận {0}", "received {0}");
pub const CHANGED_SHOW: Text = Text("Xem phần đã thay đổi", "See what changed");
pub const CHANGED_NOTHING: Text =
    Text("Không còn khác so với lúc bạn xem. Có thể gửi lại.", "Nothing differs any more. Try again.");
pub const CHANGED_UNKNOWN: Text = Text(
    "Máy này không còn bản bạn đã xem. Hãy mở báo cáo, xem lại rồi mới gửi.",
    "What you saw is no longer on this device. Read the report again before you send.",
);
pub const CHANGED_THEN: Text = Text("Lúc bạn xem", "When you looked");
pub const CHANGED_NOW: Text = Text("Bây giờ", "Now");

pub const WHERE: Text = Text("Báo cáo và tệp đang ở đâu", "Where reports and files are");
pub const WHERE_NOTHING: Text =
    Text("Bạn chưa nhập gì trên máy này.", "Nothing was entered on this device yet.");
pub const PARTLY_UP: Text =
    Text("Đã gửi {0} %; phần còn lại tự gửi tiếp.", "{0}% sent; the rest follows by itself.");
pub const UPLOADS: Text = Text("Gửi tệp:", "Sending of files:");
pub const UPLOADS_ALWAYS: Text = Text("Khi có mạng", "Any network");
pub const UPLOADS_WIFI: Text = Text("Chỉ khi có Wi-Fi", "Wi-Fi only");
pub const UPLOADS_PAUSED: Text = Text("Tạm dừng", "Paused");
pub const UPLOADS_WIFI_NOTE: Text = Text(
    "Tệp chờ đến khi có Wi-Fi. Phần chữ vẫn gửi ngay.",
    "Files wait for Wi-Fi. What is written goes up at once.",
);
pub const UPLOADS_PAUSED_NOTE: Text = Text(
    "Tệp được giữ trên máy cho đến khi bạn cho gửi tiếp. Phần chữ vẫn gửi ngay.",
    "Files stay on this device until you let them go. What is written goes up at once.",
);
pub const WHERE_HERE: Text = Text("Trên máy này", "On this device");
pub const WHERE_HERE_NOTE: Text =
    Text("{0} thay đổi, tự gửi khi có mạng", "Changes: {0}; they go by themselves");
pub const OF_OTHERS: Text = Text(
    "Máy này còn giữ {0} thay đổi của người khác, chỉ gửi đi khi chính người đó đăng nhập tại đây.",
    "This device also keeps changes of others, {0} in all; they go up when their authors sign in here.",
);
pub const WHERE_REMARKS_NOTE: Text =
    Text("{0} ý kiến đã viết, chưa gửi theo bước nào", "Remarks that no step has taken along: {0}");
pub const WHERE_SENDING: Text = Text("Đang gửi", "Sending");
pub const WHERE_CENTRE: Text = Text("Ở trung tâm", "At the centre");
pub const WHERE_CENTRE_NOTE: Text = Text(
    "máy giữ thêm một bản cho tới khi trung tâm sao lưu",
    "this device keeps a copy until the centre has a backup",
);
pub const WHERE_SAFE: Text = Text("An toàn", "Safe");
pub const WHERE_SAFE_NOTE: Text = Text("đã có trong bản sao lưu của trung tâm", "in a backup of the centre");
pub const WHERE_ATTENTION: Text = Text("Cần xem", "Needs attention");
pub const WHERE_ATTENTION_NOTE: Text = Text("{0} mục ở danh sách trên", "{0} in the list above");

pub const ROOM: Text = Text("Bộ nhớ trên máy", "Storage on this device");
pub const ROOM_PERSISTED: Text = Text("Trình duyệt giữ dữ liệu", "The browser keeps the data");
pub const ROOM_FORECAST: Text = Text("Còn chứa được", "Room for");
pub const ROOM_NONE: Text = Text("chưa có chỗ", "nothing for now");
pub const ROOM_FORECAST_OF: Text = Text("khoảng {0} báo cáo nữa", "about {0} more reports");
pub const ROOM_FORECAST_MANY: Text = Text("hơn {0} báo cáo nữa", "more than {0} more reports");
pub const ROOM_KEPT: Text = Text("Chờ trung tâm sao lưu", "Waiting for a backup");
pub const ROOM_FREE: Text = Text("Giải phóng bộ nhớ", "Free room");
pub const ROOM_FREED: Text = Text(
    "Đã xóa khỏi máy {0} tệp đã an toàn ở trung tâm.",
    "Removed {0} files from this device that are safe at the centre.",
);
pub const ROOM_NOTE: Text = Text(
    "Khi máy đầy: giải phóng bộ nhớ, xóa bớt ảnh và ứng dụng khác, gửi ngay khi có mạng, hoặc lưu tệp dự phòng ở dưới. Nội dung đang gõ vẫn ở trên màn hình.",
    "When the device is full: free room, delete photos and other apps, send now, or save a rescue file below. What you are typing stays on screen.",
);
pub const ROOM_TRY: Text = Text("Lưu lại lần nữa", "Try saving again");

pub const SUPPORT: Text = Text("Hỗ trợ", "Support");
pub const SUPPORT_NOTE: Text = Text(
    "Gửi đoạn dưới đây cho người hỗ trợ. Trong đó không có nội dung báo cáo.",
    "Send the text below to whoever helps you. It contains nothing of any report.",
);
pub const SUPPORT_SHOW: Text = Text("Tạo thông tin hỗ trợ", "Make the support text");
pub const SUPPORT_COPY: Text = Text("Sao chép", "Copy");
pub const SUPPORT_COPIED: Text = Text("Đã sao chép", "Copied");

pub const REVOKED: Text = Text("Máy này đã bị ngắt khỏi trung tâm", "This device was shut out by the centre");
pub const REVOKED_NOTE: Text = Text(
    "Dữ liệu của trung tâm đã được xóa khỏi máy. Mọi nội dung bạn nhập đều đã gửi. Nếu đây là nhầm lẫn, hãy báo quản trị.",
    "The centre's data was wiped from this device. Everything you entered has been delivered. If this is a mistake, tell the administrator.",
);
pub const REVOKED_UNSENT: Text = Text(
    "Dữ liệu của trung tâm đã được xóa khỏi máy. {0} thay đổi của bạn vẫn còn ở đây cho tới khi gửi xong; có thể lưu tệp dự phòng ở trang Đồng bộ.",
    "The centre's data was wiped from this device. {0} changes of yours stay here until they are delivered; you can save a rescue file on the sync page.",
);

pub const RESCUE: Text = Text("Tệp dự phòng", "Rescue file");
pub const RESCUE_NOTE: Text = Text(
    "Tệp giữ mọi nội dung của bạn trên máy này mà trung tâm chưa ghi nhận. Nên lưu khi máy sắp hỏng, hết bộ nhớ hoặc lâu ngày không có mạng. Tệp có nội dung báo cáo: hãy cất như tài liệu của đơn vị.",
    "The file holds everything of yours on this device that the centre has not taken. Save one when the device is failing, full, or long without a network. It contains report content: keep it as a document of your unit.",
);
pub const RESCUE_SAVE: Text = Text("Lưu tệp dự phòng", "Save a rescue file");
pub const RESCUE_OPEN: Text = Text("Mở tệp dự phòng", "Open a rescue file");
pub const RESCUE_SAVED: Text = Text("Đã lưu tệp {0}", "Saved {0}");
pub const RESCUE_SAVED_NOTE: Text = Text(
    "Mở tệp này trên máy khác hoặc trên máy này, bằng chính tài khoản của bạn. Mở nhiều lần cũng không bị ghi trùng.",
    "Open it on another device or on this one, with your own account. Opening it twice does no harm.",
);
pub const RESCUE_TAKEN: Text = Text("Đã nhận lại {0} thay đổi từ tệp", "Took {0} changes from the file");
pub const RESCUE_KNOWN: Text = Text(
    "{0} thay đổi khác trong tệp đã có sẵn nên bỏ qua.",
    "{0} other changes of the file were here already and were skipped.",
);
pub const RESCUE_NOT_TAKEN: Text = Text("Không mở được tệp dự phòng", "The rescue file was not taken");

pub const EVICTED: Text =
    Text("Trình duyệt đã xóa dữ liệu trên máy này", "The browser has cleared the data on this device");
pub const EVICTED_UNSENT: Text = Text(
    "Những gì đã về trung tâm sẽ được tải lại đầy đủ. {0} thay đổi chưa kịp gửi không còn trên máy; nếu đã lưu tệp dự phòng, hãy mở tệp đó ở trang Đồng bộ. Trình duyệt thường xóa khi máy hết bộ nhớ hoặc lâu không mở ứng dụng.",
    "What had reached the centre comes back in full. {0} changes that were not sent are no longer on this device; if you saved a rescue file, open it on the sync page. Browsers clear data when storage runs out or the app is not opened for long.",
);
pub const EVICTED_NOTHING_UNSENT: Text = Text(
    "Lúc đó không còn thay đổi nào chờ gửi, nên không mất gì: dữ liệu ở trung tâm sẽ được tải lại đầy đủ. Trình duyệt thường xóa khi máy hết bộ nhớ hoặc lâu không mở ứng dụng.",
    "Nothing was waiting to be sent, so nothing is lost: all comes back from the centre. Browsers clear data when storage runs out or the app is not opened for long.",
);
pub const EVICTED_KEPT_ANEW: Text = Text(
    "{0} nội dung chưa gửi vẫn còn trong trang này và đã được lưu lại. Hãy giữ trang này mở cho đến khi gửi xong.",
    "Unsent things that were still in this page are kept anew, {0} in all. Keep this page open until all is sent.",
);
pub const EVICTED_WITHOUT_FILES: Text = Text(
    "{0} nội dung chưa gửi vẫn còn trong trang này và đã được lưu lại. {1} tệp, bản ghi âm hoặc ý kiến chưa gửi đã mất: hãy đính kèm, ghi hoặc viết lại.",
    "Unsent things that were still in this page are kept anew, {0} in all. Unsent files, recordings or remarks that are gone: {1}. Attach, record or write them again.",
);
pub const EVICTED_PERSIST: Text = Text("Yêu cầu trình duyệt giữ dữ liệu", "Ask the browser to keep the data");
pub const EVICTED_READ: Text = Text("Đã hiểu", "Understood");
pub const EVICTED_PERSISTED: Text =
    Text("Trình duyệt đã đồng ý giữ dữ liệu.", "The browser agreed to keep the data.");
pub const EVICTED_NOT_PERSISTED: Text = Text(
    "Trình duyệt chưa đồng ý. Hãy thêm ứng dụng vào màn hình chính rồi thử lại.",
    "The browser did not agree. Add the app to the home screen, then try again.",
);

pub const LIBRARY: Text = Text("Kho chung trên máy", "The library on this device");
pub const LIBRARY_HOLDS: Text = Text("{0} sản phẩm, dùng {1} MB.", "Items: {0}, taking {1} MB.");
pub const LIBRARY_LIST: Text = Text("Xem danh sách", "See the list");
pub const LIBRARY_ROOM: Text = Text("Chỗ dành cho kho", "Room for the library");
pub const LIBRARY_NONE: Text = Text("Không giữ gì", "Nothing is kept");
pub const LIBRARY_NOTE: Text = Text(
    "Hết chỗ thì bỏ trước những gì không còn ghim, rồi những gì ghim cho mọi đơn vị. Những gì bạn giữ và việc chưa gửi không bao giờ tự mất.",
    "When it is used up, what is no longer pinned goes first, then what is pinned for all units. What you keep, and work not sent yet, never goes by itself.",
);
