//! What a school answers in FA (forms.md section 2).

use super::{
    Answers,
    blocks::{self, day_within, person, phone},
};
use crate::demo::chance::Chance;
use lantoa_shared::{background::Background, value::Value};

/// The figures of a school that its other answers follow from.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Learners.
    pub learners: i64,
    /// Managers, teachers, support staff, other workers.
    pub staff: [i64; 4],
    /// How many of each were informed.
    pub informed: [i64; 4],
    /// How many understood.
    pub understood: i64,
    /// Communications staff, and how many of them were trained.
    pub communicators: (i64, i64),
    /// A code of the list `plan_mode`, and whether the plan is carried out.
    pub plan: (&'static str, bool),
    /// A code of the list `column_mode`, and the items on the columns.
    pub column: (&'static str, i64),
}

impl Profile {
    /// School A of the worked example: everything is as it should be.
    pub fn example_a() -> Self {
        Self {
            learners: 112,
            staff: [2, 6, 1, 1],
            informed: [2, 6, 1, 1],
            understood: 10,
            communicators: (1, 1),
            plan: ("integrated", true),
            column: ("integrated", 9),
        }
    }

    /// School B of the worked example: half of the staff informed, no column.
    pub fn example_b() -> Self {
        Self {
            learners: 864,
            staff: [3, 49, 5, 3],
            informed: [3, 24, 2, 1],
            understood: 22,
            communicators: (4, 2),
            plan: ("own", true),
            column: ("none", 0),
        }
    }

    /// An invented school with these levels.
    pub fn invent(chance: &mut Chance, levels: &[String]) -> Self {
        let (least, most, learners_each) = match levels.first().map(String::as_str) {
            Some("mn") => (14, 42, 9),
            Some("th") => (22, 58, 17),
            Some("thcs") => (24, 62, 16),
            _ => (46, 104, 15),
        };
        let total = chance.between(least, most);
        let managers = 2 + total / 40;
        let (support, workers) = (2 + total / 20, chance.between(0, 4));
        let staff = [managers, total - managers - support - workers, support, workers];
        let all = chance.percent(72);
        let share = chance.between(55, 97);
        let informed = staff.map(|group| if all { group } else { (group * share + 99) / 100 });
        let sum: i64 = informed.iter().sum();
        let communicators = chance.between(1, 4);
        let plan = match chance.between(0, 99) {
            0..=34 => "own",
            35..=91 => "integrated",
            _ => "none",
        };
        let column = match chance.between(0, 99) {
            0..=29 => "own",
            30..=86 => "integrated",
            _ => "none",
        };
        Self {
            learners: total * learners_each,
            staff,
            informed,
            understood: sum * chance.between(70, 100) / 100,
            communicators: (
                communicators,
                (communicators * chance.between(20, 130) / 100).min(communicators),
            ),
            plan: (plan, chance.percent(95)),
            column: (column, chance.between(3, 24)),
        }
    }
}

/// All answers of a school's report.
pub fn report(chance: &mut Chance, background: &Background, levels: &[String], profile: &Profile) -> Answers {
    let mut answers = Answers::default();
    blocks::header(&mut answers, chance, background, "Hiệu trưởng");
    answers.int("learner_total", profile.learners);
    blocks::plan(&mut answers, chance, background, profile.plan.0, profile.plan.1);
    blocks::column(&mut answers, chance, background, profile.column.0, profile.column.1);
    staff(&mut answers, chance, profile);
    communicators(&mut answers, chance, profile);
    let total: i64 = profile.staff.iter().sum();
    blocks::products(&mut answers, chance, background, total / 10);
    activities(&mut answers, chance, background, levels, profile);
    blocks::examples(&mut answers, chance);
    blocks::misinformation(&mut answers, chance);
    blocks::budget(&mut answers, chance, background, 20);
    blocks::assessment(&mut answers, chance);
    answers
}

fn staff(answers: &mut Answers, chance: &mut Chance, profile: &Profile) {
    for (place, group) in ["mgr", "teacher", "support", "worker"].into_iter().enumerate() {
        answers.int(&format!("{group}_total"), profile.staff[place]);
        answers.int(&format!("{group}_informed"), profile.informed[place]);
    }
    let (total, informed): (i64, i64) = (profile.staff.iter().sum(), profile.informed.iter().sum());
    answers.int("staff_understood", profile.understood);
    if profile.understood > 0 {
        let by_quiz = chance.percent(50);
        answers.choices("understood_how", if by_quiz { &["quiz"] } else { &["pledge"] });
        if by_quiz {
            answers.int("quiz_taken", informed);
            answers.int("quiz_passed", profile.understood);
        }
    }
    if informed < total || profile.understood < total {
        answers.text(
            "informed_gap_reason",
            "Một số viên chức nghỉ thai sản, đi học tập trung; đơn vị sẽ phổ biến bổ sung trong kỳ tới.",
        );
    }
    answers.int("dissem_sessions", chance.between(1, 4));
    answers.choices("dissem_forms", if chance.percent(50) { &["meeting", "thematic"] } else { &["meeting"] });
}

fn communicators(answers: &mut Answers, chance: &mut Chance, profile: &Profile) {
    let (total, trained) = profile.communicators;
    answers.text("focal_name", &person(chance));
    answers.text("focal_phone", &phone(chance));
    answers.yes_no("comm_team", total > 1);
    answers.int("comm_total", total);
    answers.int("comm_fulltime", 0);
    answers.int("comm_trained", trained);
    answers.int("comm_certified", trained / 2);
    answers.int("comm_turns", trained * 2);
}

fn activities(
    answers: &mut Answers,
    chance: &mut Chance,
    background: &Background,
    levels: &[String],
    profile: &Profile,
) {
    let kinds = [
        ("flag", "Sinh hoạt dưới cờ về Nghị quyết 71"),
        ("thematic", "Chuyên đề đổi mới giáo dục và đào tạo"),
        ("parents", "Họp phụ huynh, phổ biến chủ trương mới"),
        ("contest", "Cuộc thi tìm hiểu Nghị quyết 71"),
        ("meeting", "Tọa đàm nhà trường, gia đình và xã hội"),
    ];
    for (kind, name) in kinds.iter().take(usize::try_from(chance.between(1, 5)).unwrap_or(1)) {
        let parents = if *kind == "parents" { profile.learners * 7 / 10 } else { 0 };
        let learners = if *kind == "parents" { 0 } else { profile.learners * chance.between(30, 95) / 100 };
        answers.row(
            "activities",
            vec![
                ("kind", Value::Choice((*kind).into())),
                ("name", Value::Text((*name).into())),
                ("held_on", Value::Date(day_within(chance, background))),
                ("mode", Value::Choice("onsite".into())),
                ("staff", Value::Int(profile.staff.iter().sum())),
                ("learners", Value::Int(learners)),
                ("parents", Value::Int(parents)),
                ("community", Value::Int(0)),
            ],
        );
    }
    answers.yes_no("tradition_day_held", false);
    let guides =
        levels.iter().any(|level| matches!(level.as_str(), "thcs" | "thpt" | "gdtx" | "gdnn" | "dh_cd"));
    if guides {
        let sessions = chance.between(0, 6);
        answers.int("guidance_sessions", sessions);
        if sessions > 0 {
            answers.int("guidance_learners", sessions * chance.between(40, 160));
        }
    }
    answers.int("negative_signs", chance.between(0, 1));
}
