//! What is said about problems that every form shares: what is wrong, and how to mend it.

use crate::{definition::FieldType, language::Bilingual, text::number, value::Decimal};

fn figure(value: i64) -> String {
    number::show(Decimal::new(value, 0))
}

/// An answer is owed.
pub(super) fn missing(kind: FieldType) -> Bilingual {
    match kind {
        FieldType::Group => Bilingual::new("Cần thêm ít nhất một dòng.", "Add at least one row."),
        FieldType::Enum | FieldType::Bool => Bilingual::new("Cần chọn một mục.", "Choose one."),
        FieldType::Multi | FieldType::Units | FieldType::Unit => {
            Bilingual::new("Cần chọn ít nhất một mục.", "Choose at least one.")
        }
        FieldType::File | FieldType::Files => Bilingual::new("Cần đính kèm tệp.", "Attach a file."),
        FieldType::Int | FieldType::Dec | FieldType::Money => Bilingual::new(
            "Cần nhập số; nếu không có thì nhập 0.",
            "Enter a number; enter 0 if there is none.",
        ),
        _ => Bilingual::new("Cần nhập nội dung này.", "This is still to be filled in."),
    }
}

/// What was typed was not understood.
pub(super) fn unreadable(kind: FieldType, typed: &str) -> Bilingual {
    let short: String = typed.chars().take(40).collect();
    match kind {
        FieldType::Int | FieldType::Money => Bilingual::new(
            format!("“{short}” chưa phải là số nguyên. Nhập như 1.234."),
            format!("“{short}” is not a whole number. Type it like 1.234."),
        ),
        FieldType::Dec | FieldType::Pct => Bilingual::new(
            format!("“{short}” chưa phải là số. Nhập như 1.234,5."),
            format!("“{short}” is not a number. Type it like 1.234,5."),
        ),
        FieldType::Date | FieldType::Datetime => Bilingual::new(
            format!("“{short}” không phải là ngày. Nhập ngày/tháng/năm, như 05/06/2026."),
            format!("“{short}” is not a date. Type day/month/year, like 05/06/2026."),
        ),
        _ => Bilingual::new(
            format!("Chưa hiểu được “{short}”. Hãy nhập lại."),
            format!("“{short}” was not understood. Please type it again."),
        ),
    }
}

/// Different values were entered: by two people, or by one on two devices.
pub(super) fn clash() -> Bilingual {
    Bilingual::new(
        "Có hai giá trị khác nhau. Hãy chọn giá trị đúng.",
        "There are different values. Choose the right one.",
    )
}

/// A number outside its range; `plain` numbers are written without marks between thousands.
pub(super) fn number(least: i64, most: i64, plain: bool) -> Bilingual {
    let figure = |value: i64| if plain { value.to_string() } else { figure(value) };
    if most == i64::MAX {
        return Bilingual::new(
            format!("Số phải từ {} trở lên.", figure(least)),
            format!("The number must be {} or more.", figure(least)),
        );
    }
    Bilingual::new(
        format!("Số phải từ {} đến {}.", figure(least), figure(most)),
        format!("The number must be from {} to {}.", figure(least), figure(most)),
    )
}

/// A text too short or too long.
pub(super) fn length(least: i64, most: i64, is: i64) -> Bilingual {
    if is < least {
        Bilingual::new(
            format!("Nội dung cần ít nhất {} ký tự (hiện có {}).", figure(least), figure(is)),
            format!("At least {} characters are needed (there are {}).", figure(least), figure(is)),
        )
    } else {
        Bilingual::new(
            format!("Nội dung dài quá {} ký tự (hiện có {}). Hãy rút gọn.", figure(most), figure(is)),
            format!("Longer than {} characters (there are {}). Please shorten it.", figure(most), figure(is)),
        )
    }
}

/// Too many or too few chosen.
pub(super) fn count(least: i64, most: i64) -> Bilingual {
    Bilingual::new(
        format!("Chọn từ {} đến {} mục.", figure(least), figure(most)),
        format!("Choose {} to {}.", figure(least), figure(most)),
    )
}

/// Too many or too few rows.
pub(super) fn rows(least: i64, most: i64) -> Bilingual {
    Bilingual::new(
        format!("Cần từ {} đến {} dòng.", figure(least), figure(most)),
        format!("{} to {} rows are needed.", figure(least), figure(most)),
    )
}

/// A choice that is not in the list.
pub(super) fn choice() -> Bilingual {
    Bilingual::new(
        "Lựa chọn này không còn trong danh mục. Hãy chọn lại.",
        "This choice is no longer in the list. Choose again.",
    )
}

/// A file too large.
pub(super) fn file_size(megabytes: i64) -> Bilingual {
    Bilingual::new(
        format!("Tệp lớn hơn {megabytes} MB. Hãy chọn tệp nhỏ hơn."),
        format!("The file is larger than {megabytes} MB. Choose a smaller one."),
    )
}

/// An address or a number of the wrong form.
pub(super) fn format(kind: FieldType, typed: &str) -> Option<Bilingual> {
    let typed = typed.trim();
    match kind {
        FieldType::Url if !is_url(typed) => Some(Bilingual::new(
            "Đường dẫn cần bắt đầu bằng https:// hoặc http://, như https://truong.edu.vn/tin.",
            "An address begins with https:// or http://, like https://school.edu.vn/news.",
        )),
        FieldType::Phone if !is_phone(typed) => Some(Bilingual::new(
            "Số điện thoại gồm 10 hoặc 11 chữ số, bắt đầu bằng 0 hoặc +84.",
            "A telephone number has 10 or 11 digits and begins with 0 or +84.",
        )),
        FieldType::Email if !is_email(typed) => Some(Bilingual::new(
            "Địa chỉ thư cần có dạng ten@noi.vn.",
            "A mail address looks like name@place.vn.",
        )),
        _ => None,
    }
}

fn is_url(typed: &str) -> bool {
    let (scheme, rest) = typed.split_once("://").unwrap_or_default();
    let is_web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    is_web && {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        host.contains('.')
            && !host.starts_with('.')
            && !host.ends_with('.')
            && !typed.contains(char::is_whitespace)
    }
}

fn is_phone(typed: &str) -> bool {
    let digits: String = typed.chars().filter(|char| !matches!(char, ' ' | '.' | '-' | '(' | ')')).collect();
    let national = match digits.strip_prefix("+84") {
        Some(rest) => format!("0{rest}"),
        None => digits,
    };
    national.starts_with('0')
        && (10..=11).contains(&national.len())
        && national.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_email(typed: &str) -> bool {
    typed.split_once('@').is_some_and(|(name, place)| {
        !name.is_empty()
            && place.contains('.')
            && !place.contains('@')
            && !typed.contains(char::is_whitespace)
    })
}
