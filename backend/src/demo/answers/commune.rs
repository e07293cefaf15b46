//! What a commune answers in FB (forms.md section 3): its own figures only, never its schools'.

use super::{
    Answers,
    blocks::{self, day_within},
};
use crate::demo::chance::Chance;
use lantoa_shared::{background::Background, value::Value};

/// All answers of a commune's report.
pub fn report(chance: &mut Chance, background: &Background) -> Answers {
    let mut answers = Answers::default();
    let schools = background.schools.as_ref().map_or(0, |schools| i64::from(schools.due));
    blocks::header(&mut answers, chance, background, "Chủ tịch");
    let plan = if chance.percent(70) { "own" } else { "integrated" };
    blocks::plan(&mut answers, chance, background, plan, true);
    let built_in = chance.percent(85);
    answers.yes_no("plan_in_edu_plan", built_in);
    if built_in {
        answers.text("edu_plan_ref", &format!("{}/KH-UBND", chance.between(10, 200)));
    }
    let (mode, items) = if chance.percent(88) { ("integrated", chance.between(5, 40)) } else { ("none", 0) };
    blocks::column(&mut answers, chance, background, mode, items);
    let staff = office_staff(&mut answers, chance);
    directing(&mut answers, chance, schools);
    grass_roots(&mut answers, chance);
    blocks::products(&mut answers, chance, background, 12);
    opinion(&mut answers, chance);
    blocks::examples(&mut answers, chance);
    blocks::misinformation(&mut answers, chance);
    resources(&mut answers, chance, background, staff);
    blocks::budget(&mut answers, chance, background, 120);
    blocks::assessment(&mut answers, chance);
    answers
}

fn office_staff(answers: &mut Answers, chance: &mut Chance) -> i64 {
    let groups = [
        ("cadre", chance.between(34, 62)),
        ("officer", chance.between(0, 12)),
        ("worker", chance.between(1, 8)),
    ];
    let all = chance.percent(75);
    let (mut total, mut informed) = (0, 0);
    for (group, number) in groups {
        let reached = if all { number } else { number * chance.between(70, 98) / 100 };
        answers.int(&format!("{group}_total"), number);
        answers.int(&format!("{group}_informed"), reached);
        total += number;
        informed += reached;
    }
    if informed < total {
        answers.text(
            "informed_gap_reason",
            "Một số cán bộ, công chức đi công tác, học tập; sẽ phổ biến bổ sung trong quý tới.",
        );
    }
    answers.int("dissem_sessions", chance.between(1, 5));
    answers.choices("dissem_forms", &["meeting", "party_cell"]);
    total
}

fn directing(answers: &mut Answers, chance: &mut Chance, schools: i64) {
    answers.int("directive_docs", chance.between(1, 8));
    let inspected = schools * chance.between(0, 60) / 100;
    answers.int("inspected_schools", inspected);
    if inspected > 0 {
        answers.text(
            "inspection_findings",
            "Đã nhắc nhở các trường cập nhật chuyên mục thường xuyên và phân công rõ đầu mối truyền thông.",
        );
    }
    let sessions = chance.between(0, 2);
    answers.int("own_training_sessions", sessions);
    if sessions > 0 {
        answers.int("own_training_turns", sessions * chance.between(15, 40));
        answers.int("own_training_schools", schools * chance.between(40, 100) / 100);
    }
}

fn grass_roots(answers: &mut Answers, chance: &mut Chance) {
    answers.int("radio_points", chance.between(3, 24));
    let bulletins = chance.between(4, 60);
    answers.int("radio_bulletins", bulletins);
    answers.int("radio_minutes", bulletins * chance.between(3, 8));
    answers.int("boards", chance.between(2, 40));
    answers.int("social_posts", chance.between(5, 90));
    answers.int("culture_house_events", chance.between(0, 12));
}

fn opinion(answers: &mut Answers, chance: &mut Chance) {
    answers.int("opinion_digests", chance.between(1, 6));
    if chance.percent(50) {
        answers.row(
            "hot_topics",
            vec![
                ("topic", Value::Text("Chủ trương miễn học phí và hỗ trợ bữa ăn bán trú".into())),
                ("level", Value::Choice("medium".into())),
                (
                    "handling",
                    Value::Text("Thông tin kịp thời trên truyền thanh cơ sở và nhóm Zalo tổ dân phố.".into()),
                ),
            ],
        );
    }
}

fn resources(answers: &mut Answers, chance: &mut Chance, background: &Background, staff: i64) {
    answers.int("staff_assigned", chance.between(1, 3).min(staff));
    let held = chance.percent(80);
    answers.yes_no("eval_held", held);
    if held {
        answers.day("eval_date", day_within(chance, background));
    }
    for (code, most) in [("coop_edu", 6), ("coop_culture", 5), ("foreign_products", 2), ("data_shared", 8)] {
        answers.int(code, chance.between(0, most));
    }
}
