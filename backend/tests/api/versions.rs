//! A form published anew while reports of its first version are under way.

use crate::support::{Centre, Directory};
use lantoa_backend::{Server, config::Config, demo::EXAMPLE_SCHOOL};
use lantoa_shared::{
    duty::Duty,
    record::State,
    sync::verdict::{Refusal, Verdict},
    value::Value,
    wire::v1::RowKind,
};
use std::{fs, path::Path};

const SENT: &str = "FA:2026-h1:TH-0001";
const OPEN: &str = "FA:2026-year:TH-0001";
const FIELD: &str = r#"  "fields": [
    {"code": "prod_game", "label": {"vi": "Trò chơi", "en": "Games"}, "type": "int", "consolidate": "sum"},
"#;

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// The programme with these versions of FA; the second has one field more.
fn programme(listed: &str) -> Directory {
    let folder = Directory::new();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../programmes/hue-71"), &folder.0);
    let change = |from: &str, to: &str, change: &dyn Fn(String) -> String| {
        let text = fs::read_to_string(folder.0.join(from)).unwrap();
        let changed = change(text.clone());
        assert_ne!(text, changed);
        fs::write(folder.0.join(to), changed).unwrap();
    };
    let second = |text: String| text.replace("\"version\": 1", "\"version\": 2");
    change("programme.json", "programme.json", &|text| text.replace("\"FA.1\"", listed));
    change("forms/FA.1.json", "forms/FA.2.json", &|text| second(text).replace("PRD.1", "PRD.2"));
    change("forms/blocks/PRD.1.json", "forms/blocks/PRD.2.json", &|text| {
        second(text).replace("  \"fields\": [\n", FIELD)
    });
    folder
}

/// A school that is registered between two starts.
async fn register_a_school(centre: &Centre) {
    centre.register(EXAMPLE_SCHOOL, |unit| unit.code = "TH-9999".into()).await;
}

#[tokio::test]
async fn reports_of_the_first_version_stay_readable_and_editable_after_the_second_is_published() {
    let centre = Centre::start().await;
    let (mut school, mut commune) = (centre.phone("truong").await, centre.phone("xa").await);
    school.pull().await;
    commune.pull().await;
    let before = commune.record(SENT).unwrap();
    assert_eq!(before.state, State::Accepted);
    assert_eq!(school.set(OPEN, "prod_article", Value::Int(7)).await, Verdict::APPLIED);
    register_a_school(&centre).await;

    let folder = programme("\"FA.1\", \"FA.2\"");
    let centre = centre.restart_with(&folder.0).await;
    for phone in [&mut school, &mut commune] {
        phone.url.clone_from(&centre.url);
        phone.pull().await;
    }
    assert_eq!(commune.record(SENT).unwrap(), before);
    let row = commune.record_row(SENT).unwrap();
    assert_eq!(row.duty.form_version, 1);
    assert!(commune.form(&row.duty).field("prod_game").is_none(), "the accepted report has its own form");
    assert_eq!(school.set(OPEN, "prod_article", Value::Int(8)).await, Verdict::APPLIED);
    assert_eq!(
        school.set(OPEN, "prod_game", Value::Int(1)).await,
        Verdict::parked(Refusal::UnknownField),
        "what was begun with the first version is finished with it"
    );

    let duty = &commune.rows[&("area:XP-20161".into(), RowKind::Duty, "FA:2026-year:TH-9999".into())];
    let duty: Duty = serde_json::from_value(duty["duty"].clone()).unwrap();
    assert_eq!(duty.form_version, 2, "a duty made later takes the newest");
    assert!(commune.form(&duty).field("prod_game").is_some());

    let of = |period| format!("/api/v1/tables?unit=XP-20161&form=FA&period={period}");
    let (status, table) = commune.get(&of("2026-year")).await;
    assert_eq!(status, 200);
    assert!(table.to_string().contains("prod_game"), "the table shows the newest version that is in use");
}

#[tokio::test]
async fn a_programme_that_lost_a_version_in_use_is_not_started() {
    let centre = Centre::start().await;
    let folder = programme("\"FA.2\"");
    let told = Server::open(&centre.config_with(&folder.0)).await.err().unwrap().to_string();
    assert!(
        told.contains("form FA.1 is missing, but ") && told.contains("reports were begun with it"),
        "{told}"
    );
}

#[tokio::test]
async fn a_programme_that_edited_a_published_version_is_not_started_except_as_a_demo() {
    let centre = Centre::start().await;
    let folder = programme("\"FA.1\", \"FA.2\"");
    let block = folder.0.join("forms/blocks/PRD.1.json");
    let text = fs::read_to_string(&block).unwrap();
    let edited = text.replacen("\"consolidate\": \"sum\"", "\"consolidate\": \"max\"", 1);
    assert!(text.find("\"consolidate\"") > text.find("prod_article") && text != edited);
    fs::write(&block, edited).unwrap();
    let demo = centre.config_with(&folder.0);
    let told = Server::open(&Config { demo: None, ..demo.clone() }).await.err().unwrap().to_string();
    let place =
        "forms/FA.1.json: form FA.1 was published with another content of section PRD, field prod_article";
    assert!(told.contains(place) && told.contains("a new version, forms/FA.2.json"), "{told}");
    assert!(Server::open(&demo).await.is_ok(), "whoever writes a form tries it in a demo");
}
