//! What a school of the demo answers to the school report, so that every check passes.
//!
//! Most questions take the answer of their kind; those that do not are in the table, by their code.

use super::Control;

/// Answers that a check asks for. Parts stay below their wholes because both are the same small number.
const BY_CODE: &[(&str, &str)] = &[
    ("hdr_addressees", "Ủy ban nhân dân xã Khe Tre"),
    ("place_unit", "Ủy ban nhân dân xã Khe Tre"),
    ("co_units", "Ủy ban nhân dân xã Khe Tre"),
    ("hdr_year", "2026"),
    ("hdr_preparer_phone", "0912345678"),
    ("focal_phone", "0912345678"),
    ("columns.url", "https://lan-toa.example/chuyen-muc"),
    ("budget_state", "5000000"),
    ("budget_other", "500000"),
    ("budget_spent", "1000000"),
];

/// Questions left open: a document is numbered and dated when it is signed, which is after the period.
const LEFT_OPEN: &[&str] = &["hdr_doc_number"];

/// Long enough for every question that asks for a paragraph.
const PARAGRAPH: &str =
    "Nhà trường đã phổ biến Nghị quyết đến toàn thể giáo viên, nhân viên và phụ huynh học sinh.";

/// Why a warning may stand.
pub const REASON: &str = "Số liệu đã được kiểm tra lại với sổ theo dõi.";

/// Whether a field is to be answered at all.
pub fn is_answered(field: &str) -> bool {
    !LEFT_OPEN.contains(&field)
}

/// What to type for a field.
pub fn answer(field: &str, control: Control) -> &'static str {
    if let Some((_, answer)) = BY_CODE.iter().find(|(code, _)| *code == field) {
        return answer;
    }
    match control {
        Control::Number => "3",
        Control::Date => "05/02/2026",
        Control::Paragraph => PARAGRAPH,
        _ => "Nguyễn Thị Ánh Tuyết",
    }
}
