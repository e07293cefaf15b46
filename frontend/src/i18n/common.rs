//! Words that many screens share: the name, the places, the deeds, the language itself.

use super::Text;

pub const APP: Text = Text("Lan Tỏa", "Lan Tỏa");
pub const SKIP: Text = Text("Tới nội dung chính", "Skip to the main content");
pub const MAIN_NAVIGATION: Text = Text("Chính", "Main");
pub const ACCOUNT_MENU: Text = Text("Tài khoản", "Account");

pub const HOME: Text = Text("Việc cần làm", "To do");
pub const INBOX: Text = Text("Tiếp nhận", "Received");
pub const FIGURES: Text = Text("Tổng hợp", "Figures");
pub const MEDIA: Text = Text("Sản phẩm", "Media");
pub const SYNC: Text = Text("Đồng bộ", "Sync");

pub const LANGUAGE: Text = Text("Ngôn ngữ", "Language");
pub const THEME: Text = Text("Giao diện", "Theme");
pub const THEME_AUTO: Text = Text("Theo máy", "As device");
pub const THEME_LIGHT: Text = Text("Sáng", "Light");
pub const THEME_DARK: Text = Text("Tối", "Dark");

pub const CLOSE: Text = Text("Đóng", "Close");
pub const CANCEL: Text = Text("Để sau", "Not now");
pub const YES: Text = Text("Có", "Yes");
pub const NO: Text = Text("Không", "No");
pub const LOADING: Text = Text("Đang mở…", "Opening…");
pub const NO_ANSWER: Text = Text("chưa trả lời", "not answered");

pub const PERIOD_H1: Text = Text("6 tháng đầu năm {0}", "first half of {0}");
pub const PERIOD_YEAR: Text = Text("năm {0}", "year {0}");
pub const REPORT_OF: Text = Text("Báo cáo {0}", "Report, {0}");
pub const FORM_AND_DAYS: Text = Text("{0} · {1} – {2}", "{0} · {1} – {2}");
pub const FORM: Text = Text("Biểu mẫu", "Form");
pub const PERIOD: Text = Text("Kỳ báo cáo", "Period");
pub const UNIT: Text = Text("Đơn vị", "Unit");

pub const SIGN_IN: Text = Text("Đăng nhập", "Sign in");
pub const SIGN_OUT: Text = Text("Đăng xuất", "Sign out");
pub const TAGLINE: Text = Text("Truyền thông giáo dục thành phố Huế", "Communication on education in Huế");
pub const ACCOUNT: Text = Text("Tên đăng nhập", "Account");
pub const PASSWORD: Text = Text("Mật khẩu", "Password");
pub const SIGN_IN_NOTE: Text = Text(
    "Chỉ lần đăng nhập đầu cần có mạng. Sau đó ứng dụng mở, điền và lưu được cả khi không có mạng.",
    "Only the first sign-in needs a network. After that the app opens, fills in and saves without one.",
);

pub const ROLE_PREPARER: Text = Text("người lập", "preparer");
pub const ROLE_HEAD: Text = Text("thủ trưởng", "head of unit");
pub const ROLE_REVIEWER: Text = Text("người tiếp nhận", "reviewer");
pub const ROLE_CONSOLIDATOR: Text = Text("người tổng hợp", "consolidator");
pub const ROLE_ADMINISTRATOR: Text = Text("quản trị", "administrator");
pub const ROLE_READER: Text = Text("người xem", "reader");

pub const UPDATE_READY: Text = Text("Có phiên bản mới.", "A new version is ready.");
pub const UPDATE: Text = Text("Cập nhật", "Update");

pub const UNKNOWN_PAGE: Text = Text("Không có trang này", "There is no such page");
pub const UNKNOWN_PAGE_NOTE: Text = Text(
    "Địa chỉ có thể bị gõ thiếu, hoặc trang đã đổi chỗ.",
    "The address may be incomplete, or the page has moved.",
);
pub const TO_HOME: Text = Text("Về việc cần làm", "Go to what is to do");
pub const UNKNOWN_REPORT: Text = Text("Chưa thấy báo cáo này trên máy", "This report is not on this device");
pub const UNKNOWN_REPORT_NOTE: Text = Text(
    "Có thể máy chưa nhận về, hoặc vai trò của bạn hiện không xem được báo cáo này. Khi có mạng, hãy đồng bộ rồi mở lại.",
    "It may not have come down yet, or your role no longer includes it. Once there is a network, sync and open it again.",
);
