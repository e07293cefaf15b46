//! The blocks that several forms share: header, plan, column, products, examples, misinformation,
//! money, assessment (forms.md section 1).

use super::Answers;
use crate::demo::chance::Chance;
use lantoa_shared::{background::Background, period::PeriodKind, value::Value};
use lantoa_shared::{date::Date, text::day::days_between};

/// Family names by how common they are.
const FAMILY_NAMES: [&str; 10] = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Võ", "Đặng", "Bùi", "Hồ"];
const GIVEN_NAMES: [&str; 14] = [
    "Thị Thu Hà",
    "Văn Hùng",
    "Thị Ngọc Anh",
    "Quốc Bảo",
    "Thị Hồng Nhung",
    "Minh Tuấn",
    "Thị Thanh Tâm",
    "Đức Thắng",
    "Thị Kim Oanh",
    "Hữu Phước",
    "Thị Mỹ Linh",
    "Công Thành",
    "Thị Bích Ngọc",
    "Xuân Trường",
];

/// An invented person.
pub fn person(chance: &mut Chance) -> String {
    format!("{} {}", chance.pick(&FAMILY_NAMES), chance.pick(&GIVEN_NAMES))
}

/// An invented telephone number.
pub fn phone(chance: &mut Chance) -> String {
    format!("09{:08}", chance.between(0, 99_999_999))
}

/// A day inside the period.
pub fn day_within(chance: &mut Chance, background: &Background) -> Date {
    let (start, end) = (background.start(), background.end());
    let span = i64::from(days_between(start, end));
    // Half-way through the period at the earliest: the plan itself is of January 2026.
    i32::try_from(chance.between(span / 2, span)).ok().and_then(|days| start.plus(days)).unwrap_or(end)
}

/// HDR: who reports, who signs.
pub fn header(answers: &mut Answers, chance: &mut Chance, background: &Background, signer_title: &str) {
    let period = background.duty.period;
    answers.choice("hdr_period_type", period.kind.code());
    answers.int("hdr_year", i64::from(period.year));
    answers.text("hdr_preparer_name", &person(chance));
    answers.text("hdr_preparer_title", "Cán bộ phụ trách truyền thông");
    answers.put(lantoa_shared::op::Path::field("hdr_preparer_phone"), Value::Text(phone(chance)));
    answers.choice("hdr_signer_mode", "head");
    answers.text("hdr_signer_title", signer_title);
    answers.text("hdr_signer_name", &person(chance));
    answers.put(
        lantoa_shared::op::Path::field("hdr_addressees"),
        Value::Units(vec![background.duty.recipient.clone()]),
    );
    answers.yes_no("hdr_no_secret", true);
}

/// PLAN. `mode` is a code of the list `plan_mode`.
pub fn plan(answers: &mut Answers, chance: &mut Chance, background: &Background, mode: &str, done: bool) {
    answers.choice("plan_mode", mode);
    if mode == "none" {
        answers.text(
            "plan_missing_reason",
            "Đơn vị đang xây dựng dự thảo, chờ hướng dẫn thống nhất nội dung của cấp trên.",
        );
        return;
    }
    answers.text("plan_doc_ref", &format!("{}/KH", chance.between(8, 160)));
    answers.day("plan_doc_date", day_within(chance, background));
    if mode == "integrated" {
        answers.text("plan_host_title", "Kế hoạch thực hiện nhiệm vụ năm học 2025-2026");
    }
    answers.yes_no("plan_implemented", done);
}

/// COL. `items` are the articles on the unit's one or two columns.
pub fn column(answers: &mut Answers, chance: &mut Chance, background: &Background, mode: &str, items: i64) {
    answers.choice("column_mode", mode);
    if mode == "none" {
        answers.text(
            "column_missing_reason",
            "Trang thông tin điện tử đang được nâng cấp, chưa mở được chuyên mục riêng.",
        );
        return;
    }
    let slug = background.duty.unit.to_lowercase();
    let on_web = items - items / 3;
    let mut row = |platform: &str, name: &str, url: String, items: i64, views: i64| {
        answers.row(
            "columns",
            vec![
                ("platform", Value::Choice(platform.into())),
                ("name", Value::Text(name.into())),
                ("url", Value::Text(url)),
                ("items", Value::Int(items)),
                ("views", Value::Int(views)),
            ],
        );
    };
    let views = chance.between(40, 400);
    row(
        "website",
        "Đưa Nghị quyết 71 vào cuộc sống",
        format!("https://{slug}.example.edu.vn/nghi-quyet-71"),
        on_web,
        on_web * views,
    );
    if items / 3 > 0 {
        let platform = if chance.percent(60) { "facebook" } else { "zalo" };
        row(
            platform,
            "Lan tỏa Nghị quyết 71",
            format!("https://mxh.example.vn/{slug}"),
            items / 3,
            items / 3 * views,
        );
    }
}

/// PRD. Media products; a year has at least what its first half had.
pub fn products(answers: &mut Answers, chance: &mut Chance, background: &Background, size: i64) {
    let (article, photo, video) =
        (chance.between(2, 6 + size), chance.between(0, 3 + size / 2), chance.between(0, 2 + size / 4));
    let (audio, infographic, document) =
        (chance.between(0, 1 + size / 6), chance.between(0, 3), chance.between(0, 2));
    let times = if background.duty.period.kind == PeriodKind::Year { 2 } else { 1 };
    let total = (article + photo + video + audio + infographic + document) * times;
    for (code, number) in [
        ("prod_article", article),
        ("prod_photo", photo),
        ("prod_video", video),
        ("prod_audio", audio),
        ("prod_infographic", infographic),
        ("prod_document", document),
    ] {
        answers.int(code, number * times);
    }
    answers.int("prod_in_store", total * chance.between(0, 50) / 100);
    answers.int("prod_press_used", total * chance.between(0, 20) / 100);
    let views = total * chance.between(60, 500);
    answers.int("prod_views", views);
    answers.int("prod_interactions", views * chance.between(2, 12) / 100);
}

/// EXM. Good examples and awards.
pub fn examples(answers: &mut Answers, chance: &mut Chance) {
    let found = chance.between(0, 4);
    let nominated = chance.between(0, found);
    answers.int("example_found", found);
    answers.int("example_nominated", nominated);
    answers.int("example_recognised", chance.between(0, nominated));
    let entries = if chance.percent(15) { chance.between(1, 3) } else { 0 };
    answers.int("award_entries", entries);
    answers.int("award_won", chance.between(0, entries));
    if entries > 0 {
        answers.text("award_names", "Giải báo chí viết về giáo dục cấp thành phố");
    }
    let held = chance.percent(70);
    answers.yes_no("honour_event_held", held);
    if held {
        answers.int("honoured_groups", chance.between(1, 4));
        answers.int("honoured_people", chance.between(1, 15));
    }
}

/// MIS. Misinformation, dialogue, digital platforms, AI.
pub fn misinformation(answers: &mut Answers, chance: &mut Chance) {
    let detected = if chance.percent(20) { chance.between(1, 3) } else { 0 };
    answers.int("mis_detected", detected);
    if detected > 0 {
        answers.int("mis_escalated", chance.between(0, detected));
        answers.int("mis_resolved", chance.between(0, detected));
    }
    let dialogues = chance.between(0, 3);
    answers.int("dialogue_sessions", dialogues);
    if dialogues > 0 {
        answers.int("dialogue_people", dialogues * chance.between(30, 120));
    }
    let received = chance.between(0, 20);
    let answered = received - received * chance.between(0, 20) / 100;
    answers.int("feedback_received", received);
    answers.int("feedback_answered", answered);
    answers.int("feedback_on_time", answered - answered * chance.between(0, 15) / 100);
    let platforms: &[&str] = match chance.between(0, 3) {
        0 => &["website"],
        1 => &["website", "facebook"],
        2 => &["website", "facebook", "zalo"],
        _ => &["website", "zalo", "youtube"],
    };
    answers.choices("digital_platforms", platforms);
    let ai = chance.percent(45);
    answers.yes_no("ai_used", ai);
    let assisted = if ai { chance.between(0, 2) } else { 0 };
    answers.int("prod_ai_assisted", assisted);
    if ai {
        answers.choices("ai_uses", if chance.percent(50) { &["write", "image"] } else { &["write"] });
        answers.text("ai_tools", "Công cụ soạn thảo và tạo ảnh có hỗ trợ trí tuệ nhân tạo");
        answers.yes_no("ai_human_review", true);
    }
    if assisted > 0 {
        answers.choice("ai_labelled", "yes");
    }
}

/// BUD. Money in đồng.
pub fn budget(answers: &mut Answers, chance: &mut Chance, background: &Background, most_millions: i64) {
    let state = chance.between(0, most_millions) * 1_000_000;
    let other = if chance.percent(30) { chance.between(1, 20) * 500_000 } else { 0 };
    answers.int("budget_state", state);
    answers.int("budget_other", other);
    if other > 0 {
        answers.text("budget_other_source", "Nguồn xã hội hóa hợp pháp");
    }
    let share = match background.duty.period.kind {
        PeriodKind::H1 => chance.between(20, 55),
        PeriodKind::Year => chance.between(70, 100),
    };
    answers.int("budget_spent", (state + other) / 100 * share);
}

/// EVA. General assessment in official wording.
pub fn assessment(answers: &mut Answers, chance: &mut Chance) {
    answers.text(
        "eva_results",
        chance.pick(&[
            "Đã phổ biến, quán triệt nội dung Nghị quyết số 71-NQ/TW đến toàn thể viên chức, người lao động; \
             duy trì chuyên mục và đăng tải tin, bài đều đặn trên trang thông tin điện tử.",
            "Tổ chức sinh hoạt chuyên đề, lồng ghép tuyên truyền Nghị quyết trong sinh hoạt dưới cờ và họp phụ \
             huynh; nhiều tin, bài về gương người tốt, việc tốt được lan tỏa.",
            "Công tác truyền thông được triển khai theo kế hoạch, có phân công đầu mối phụ trách; phụ huynh và \
             người dân đồng thuận với các chủ trương đổi mới giáo dục.",
        ]),
    );
    answers.text(
        "eva_limits",
        chance.pick(&[
            "Sản phẩm truyền thông chưa đa dạng, chủ yếu là tin, bài và ảnh.",
            "Kỹ năng quay dựng video và sử dụng nền tảng số của cán bộ còn hạn chế.",
            "Số lượt tiếp cận trên các nền tảng số chưa cao.",
        ]),
    );
    answers.text(
        "eva_causes",
        chance.pick(&[
            "Cán bộ phụ trách kiêm nhiệm, thời gian dành cho truyền thông chưa nhiều.",
            "Trang thiết bị phục vụ truyền thông còn thiếu, kinh phí hạn hẹp.",
        ]),
    );
    answers.text(
        "eva_lessons",
        "Cần phân công rõ đầu mối, gắn nội dung truyền thông với hoạt động thường xuyên của đơn vị.",
    );
    answers.text(
        "eva_next",
        chance.pick(&[
            "Tiếp tục duy trì chuyên mục, tăng số video ngắn; cử cán bộ tham gia các lớp tập huấn.",
            "Đẩy mạnh truyền thông gương điển hình, phối hợp chặt chẽ với địa phương và phụ huynh.",
        ]),
    );
    answers.choice("eva_rating", chance.pick(&["good", "good", "good", "excellent", "done"]));
}
