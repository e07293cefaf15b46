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
pub const FILTER: Text = Text("Lọc", "Filter");
pub const FILTER_ON: Text = Text("đang dùng", "on");
pub const ANY: Text = Text("Tất cả", "All");
pub const IN_FILE: Text = Text("Trong tệp “{0}”:", "In the file “{0}”:");
pub const CHOICE_COUNT: Text = Text("{0} ({1})", "{0} ({1})");
pub const TAKE_OFF: Text = Text("Bỏ lọc {0}: {1}", "Take off {0}: {1}");
pub const TAKE_ALL_OFF: Text = Text("Bỏ mọi lọc", "Take all off");
pub const FOUND: Text = Text("{0} sản phẩm", "Items: {0}");
pub const BY_UNIT: Text = Text("Đơn vị (xã, phường gồm cả trường)", "Unit (communes with their schools)");
pub const PERIOD: Text = Text("Thời gian thực hiện", "When it was made");
pub const YEAR: Text = Text("Năm {0}", "{0}");
pub const MONTH: Text = Text("Tháng {0}/{1}", "{0}/{1}");
pub const PEOPLE: Text = Text("Người nhận diện được", "Identifiable people");
pub const NOBODY: Text = Text("Không có ai", "Nobody");
pub const ADULTS: Text = Text("Chỉ người lớn", "Adults only");
pub const CHILDREN: Text = Text("Có trẻ em", "With children");
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
    Text("Hãy thử từ khác, hoặc bỏ bớt lọc.", "Try another word, or take a filter off.");

pub const ON_DEVICE: Text = Text("Trên máy", "On this device");
pub const KEEP: Text = Text("Giữ trên máy", "Keep on this device");
pub const KEEP_NOTE: Text = Text(
    "Tải trọn về máy này, để xem và nghe khi không có mạng.",
    "Brought here whole, to be read and played without a network.",
);
pub const HERE: Text = Text("Đã giữ trên máy này", "Kept on this device");
pub const HERE_PINNED: Text =
    Text("Đã có trên máy này: được ghim cho mọi đơn vị", "On this device: pinned for all units");
pub const HERE_SHORT: Text = Text("Đã có trên máy", "On this device");
pub const LET_GO: Text = Text("Bỏ khỏi máy", "Remove from this device");
pub const FETCHING: Text = Text("Đang tải về máy", "On its way to this device");
pub const WAITS_FOR_NETWORK: Text = Text("Sẽ tải tiếp khi có mạng", "Goes on when there is a network");
pub const WAITS_FOR_LINE: Text =
    Text("Chờ Wi-Fi để không tốn dữ liệu di động", "Waits for Wi-Fi, to save mobile data");
pub const FETCH_FAILED: Text = Text("Chưa tải trọn được về máy này", "It could not be brought here whole");
pub const FETCH_NOW: Text = Text("Tải ngay", "Fetch now");
pub const GOT_OF: Text = Text("{0} trên {1}", "{0} of {1}");
pub const NO_ROOM: Text = Text("Phần dành cho kho đã hết chỗ", "The room for the library is used up");
pub const NO_ROOM_NOTE: Text = Text(
    "Hãy bỏ bớt sản phẩm đã giữ, hoặc dành thêm chỗ cho kho.",
    "Remove some of what you keep, or give the library more room.",
);
pub const NO_ROOM_WAY: Text = Text("Dành thêm chỗ", "Give it more room");
pub const OFFLINE_HERE: Text =
    Text("Không có mạng: đây là bản giữ trên máy.", "No network: this is the copy on this device.");
pub const PLAY: Text = Text("Phát {0}", "Play {0}");
pub const NOTHING_HERE: Text = Text("Chưa giữ gì của kho trên máy", "Nothing of the library is here yet");
pub const NOTHING_HERE_NOTE: Text = Text(
    "Mở một sản phẩm trong kho chung rồi chọn “Giữ trên máy”. Những gì ghim cho mọi đơn vị cũng hiện ở đây.",
    "Open an item of the library and choose “Keep on this device”. What is pinned for all units shows up here, too.",
);
pub const KEPT_BY_YOU: Text = Text("Bạn giữ", "Kept by you");
pub const PINNED_FOR_ALL: Text = Text("Ghim cho mọi đơn vị", "Pinned for all units");
pub const MAY_GO: Text =
    Text("Không còn ghim, nhường chỗ khi cần", "No longer pinned, gives way when room is needed");
pub const NOT_YET_HERE: Text = Text("Chưa tải về", "Not here yet");
pub const USED_HERE: Text = Text("Kho trên máy dùng {0}.", "The library takes {0} here.");
pub const CHANGE_ROOM: Text = Text("Đổi chỗ dành cho kho", "Change its room");
pub const FOR_ALL: Text = Text("Cho mọi đơn vị", "For all units");
pub const PIN: Text = Text("Ghim cho mọi đơn vị", "Pin for all units");
pub const PIN_NOTE: Text = Text(
    "Máy của mọi đơn vị sẽ tự tải sản phẩm này về, trong chỗ dành cho kho.",
    "The devices of all units then fetch this item, as far as their room for the library goes.",
);
pub const PINNED: Text = Text("Đang ghim cho mọi đơn vị.", "Pinned for all units.");
pub const SPREAD_HERE: Text = Text("Đã về máy", "On a device");
pub const SPREAD_OPENED: Text = Text("Đã mở", "Opened");
pub const OF_UNITS: Text = Text("{0} trên {1} đơn vị", "{0} of {1} units");
pub const SPREAD_SILENT: Text = Text("Chưa về máy", "Not on any device");
pub const SPREAD_UNOPENED: Text = Text("Đã về máy, chưa mở", "On a device, not opened");
pub const SPREAD_READERS: Text = Text("Đã mở", "Opened");
pub const SPREAD_READ_AT: Text =
    Text("mở lần đầu {0} · {1}/{2} người đã mở", "first opened {0} · {1} of {2} people opened it");
pub const SPREAD_HERE_AT: Text = Text("về máy {0} · {1}/{2} người", "arrived {0} · {1} of {2} people");
pub const NEW: Text = Text("Mới", "New");
pub const PIN_MOVE: Text = Text("Đổi mục", "Change the heading");
pub const UNPIN: Text = Text("Bỏ ghim", "Unpin");
pub const COLLECTION: Text = Text("Mục (không bắt buộc)", "Heading (may be left out)");
pub const PIN_FAILED: Text = Text("Chưa ghim được", "That did not work");
pub const PIN_FAILED_NOTE: Text =
    Text("Việc này cần có mạng. Hãy thử lại.", "A network is needed for this. Please try again.");
