//! The library: an item is found there as soon as it is approved for use beyond its line, by everybody, and by
//! nothing of it that is its unit's own.

use crate::{
    entries::{ITEM, answers, bring, bring_file},
    support::{Centre, Phone},
};
use lantoa_shared::{
    media::clean_picture,
    op::{Command, Path},
    record::State,
    sync::verdict::{Refusal, Verdict},
    value::{FileRef, Value},
};
use sha2::{Digest as _, Sha256};

/// A photo of 64 by 48 pixels that lies on its side.
pub const PHOTO: &[u8] = include_bytes!("../../../tests/browser/share_media/photo.jpg");

/// Fills an item, with these answers in the place of the usual ones, and brings it to its approval.
pub async fn approve(centre: &Centre, own: &[(&'static str, Value)]) {
    approve_item(centre, ITEM, own).await;
}

/// The same of the item with this id.
pub async fn approve_item(centre: &Centre, item: &str, own: &[(&'static str, Value)]) {
    let (mut preparer, mut head) = (centre.phone("truong").await, centre.phone("hieutruong").await);
    preparer.pull().await;
    bring_file(&preparer).await;
    let usual = answers().into_iter().filter(|(path, _)| own.iter().all(|(its, _)| its != path));
    for (path, value) in usual.chain(own.iter().cloned()) {
        assert_eq!(preparer.set(item, path, value).await, Verdict::APPLIED, "{path}");
    }
    head.pull().await;
    assert_eq!(head.command(item, Command::Approve, "").await, Verdict::APPLIED);
}

pub async fn accept(department: &mut Phone) {
    accept_item(department, ITEM).await;
}

pub async fn accept_item(department: &mut Phone, item: &str) {
    department.pull().await;
    assert_eq!(department.command(item, Command::Accept, "").await, Verdict::APPLIED);
}

/// The titles found for a question, apart from those of the demo.
async fn found(phone: &Phone, question: &str) -> Vec<String> {
    let (status, answer) = phone.get(&format!("/api/v1/library?{question}")).await;
    assert_eq!(status, 200, "{question}");
    let titles = answer["items"].as_array().unwrap().iter().filter(|item| item["id"] == ITEM);
    titles.map(|item| item["title"].as_str().unwrap().to_owned()).collect()
}

/// What is answered of a photo of a child below seven, with the form of consent of its guardian.
pub fn of_children(photo: &FileRef, consent: &FileRef) -> [(&'static str, Value); 13] {
    let choice = |code: &str| Value::Choice(code.to_owned());
    [
        ("media_kind", choice("photo")),
        ("files", Value::Files(vec![photo.clone()])),
        ("alt_text", Value::Text("Học sinh ngồi đọc sách dưới gốc cây.".into())),
        ("people_shown", choice("minors")),
        ("minor_ages", Value::Choices(vec!["under7".into()])),
        ("public_event", Value::Bool(false)),
        ("private_life", Value::Bool(false)),
        ("consents/r1", Value::Bool(true)),
        ("consents/r1/subject_ref", Value::Text("HS-07".into())),
        ("consents/r1/who", choice("guardian")),
        ("consents/r1/scope", Value::Choices(vec!["web".into()])),
        ("consents/r1/given_on", Value::Date("2026-11-01".parse().unwrap())),
        ("consents/r1/file", Value::File(consent.clone())),
    ]
}

#[tokio::test]
async fn an_approved_item_is_found_by_words_with_marks_and_without_and_by_kind_and_topic() {
    let centre = Centre::start().await;
    let (reader, mut department) = (centre.phone("xa").await, centre.phone("so").await);
    approve(&centre, &[]).await;
    assert!(found(&reader, "").await.is_empty(), "it waits for the department");
    accept(&mut department).await;
    let title = ["Tờ gấp tuyên truyền Nghị quyết 71"];
    for question in [
        "",
        "q=t%E1%BB%9D%20g%E1%BA%A5p",
        "q=to%20gap%20NGHI",
        "q=cha%20me",
        "q=truyen%20thong",
        "kind=document",
        "kind=document&topic=policy&q=71",
    ] {
        assert_eq!(found(&reader, question).await, title, "{question}");
    }
    for question in ["q=kh%C3%B4ng%20c%C3%B3", "q=%25", "q=_", "q=%5C", "kind=photo", "topic=polic", "from=1"]
    {
        assert!(found(&reader, question).await.is_empty(), "{question}");
    }
    for broken in ["from=x", "q=%00"] {
        assert_eq!(reader.get(&format!("/api/v1/library?{broken}")).await.0, 400, "{broken}");
    }

    // Opened again it is its unit's own once more.
    department.pull().await;
    assert_eq!(department.command(ITEM, Command::Reopen, "Đổi ảnh bìa.").await, Verdict::APPLIED);
    assert!(found(&reader, "").await.is_empty());
    assert_eq!(reader.get(&format!("/api/v1/library/{ITEM}")).await.0, 404);
}

#[tokio::test]
async fn facets_narrow_and_say_how_many_each_choice_leaves() {
    let centre = Centre::start().await;
    let (reader, mut department) = (centre.phone("xa").await, centre.phone("so").await);
    approve(&centre, &[("language", Value::Choice("fr".into()))]).await;
    accept(&mut department).await;
    let ask = async |question: &str| {
        let (status, answer) = reader.get(&format!("/api/v1/library?{question}")).await;
        assert_eq!(status, 200, "{question}");
        answer
    };
    let title = ["Tờ gấp tuyên truyền Nghị quyết 71"];
    for question in [
        "unit=TH-0001",
        "unit=XP-20161",
        "licence=city",
        "language=fr&people=none",
        "period=2026",
        "period=2026-11&kind=document&topic=policy&unit=XP-20161&licence=city&language=fr&people=none&q=to%20gap",
    ] {
        assert_eq!(found(&reader, question).await, title, "{question}");
    }
    for question in [
        "unit=XP-20162",
        "unit=TH-000",
        "licence=press",
        "language=vi",
        "period=2025",
        "period=2026-1",
        "people=children",
        "people=none%00",
    ] {
        assert!(found(&reader, question).await.is_empty(), "{question}");
    }

    // The number beside a choice is how many are found with it.
    for question in ["", "q=truyen&", "language=vi&", "period=2026&licence=city&"] {
        let answer = ask(question).await;
        let facets = answer["facets"].as_array().unwrap();
        assert_eq!(facets.len(), 7, "{question}");
        for facet in facets {
            let name = facet["facet"].as_str().unwrap();
            let others = question.split('&').filter(|part| !part.starts_with(&format!("{name}=")));
            let others: Vec<&str> = others.collect();
            for choice in facet["choices"].as_array().unwrap() {
                let code = choice["code"].as_str().unwrap();
                let narrowed = ask(&format!("{name}={code}&{}", others.join("&"))).await;
                assert!(choice["count"].as_u64() > Some(0), "{question}{name}={code}");
                assert_eq!(narrowed["total"], choice["count"], "{question}{name}={code}");
            }
        }
    }
    let units = ask("language=fr").await["facets"][2].clone();
    let names: Vec<&str> =
        units["choices"].as_array().unwrap().iter().filter_map(|it| it["name"]["vi"].as_str()).collect();
    assert_eq!(names.len(), 2, "the school and its commune: {units}");
    assert!(ask("from=1").await.get("facets").is_none(), "they come with the first page");
}

#[tokio::test]
async fn what_stays_in_the_line_is_not_on_the_shelf() {
    let centre = Centre::start().await;
    let mut department = centre.phone("so").await;
    approve(&centre, &[("licence", Value::Choice("line".into()))]).await;
    accept(&mut department).await;
    assert!(found(&department, "").await.is_empty());
}

#[tokio::test]
async fn whoever_finds_an_item_gets_its_picture_and_nothing_of_its_consents() {
    let centre = Centre::start().await;
    let (preparer, reader) = (centre.phone("truong").await, centre.phone("xa").await);
    let mut department = centre.phone("so").await;
    let file = |bytes: &[u8], name: &str, mime: &str| FileRef {
        sha256: hex::encode(Sha256::digest(bytes)),
        name: name.into(),
        size: bytes.len() as u64,
        mime: mime.into(),
        seconds: None,
        location_removed: true,
        poster: None,
    };
    // As a phone sends it.
    let clean = clean_picture(PHOTO).unwrap();
    let (photo, consent) =
        (file(&clean, "sân trường.jpg", "image/jpeg"), file(b"consent", "phiếu.pdf", "application/pdf"));
    for (file, bytes) in [(&photo, clean.as_slice()), (&consent, b"consent")] {
        let url = format!("{}/api/v1/files/{}", preparer.url, file.sha256);
        assert_eq!(preparer.http.put(url).body(bytes.to_vec()).send().await.unwrap().status(), 204);
    }
    let own = of_children(&photo, &consent);
    approve(&centre, &own).await;
    let (small, whole) =
        (format!("/api/v1/files/{}/small", photo.sha256), format!("/api/v1/files/{}", photo.sha256));
    assert_eq!(reader.get(&small).await.0, 404, "it is not shared yet");
    // Who stands above the department reads reports, and no consents.
    let above = centre.phone("ubnd").await;
    for own in [format!("/api/v1/records/{ITEM}"), format!("/api/v1/files/{}", consent.sha256), whole.clone()]
    {
        assert_eq!(above.get(&own).await.0, 404, "{own}");
    }
    // A hash in a text opens nothing.
    let mut curious = centre.phone("xa.lap").await;
    curious.pull().await;
    let said = Value::Text(format!("\"sha256\":\"{}\"", photo.sha256));
    assert_eq!(curious.set("FB:2026-year:XP-20161", "hdr_preparer_name", said).await, Verdict::APPLIED);
    assert_eq!(curious.get(&whole).await.0, 404);
    accept(&mut department).await;

    let (status, detail) = reader.get(&format!("/api/v1/library/{ITEM}")).await;
    assert_eq!((status, detail["item"]["alt"].as_str()), (200, Some("Học sinh ngồi đọc sách dưới gốc cây.")));
    let said = detail.to_string();
    assert!(!said.contains("HS-07") && !said.contains(&consent.sha256), "{said}");
    let get = async |path: &str| reader.http.get(format!("{}{path}", reader.url)).send().await.unwrap();
    assert_eq!(get(&whole).await.bytes().await.unwrap(), clean);
    assert_eq!(get(&format!("/api/v1/files/{}", consent.sha256)).await.status(), 404);
    for _ in 0..2 {
        let answer = get(&small).await;
        assert_eq!(
            (answer.status().as_u16(), &answer.headers()["content-type"]),
            (200, &"image/jpeg".parse().unwrap())
        );
        let picture = image::load_from_memory(&answer.bytes().await.unwrap()).unwrap();
        assert!(picture.width() < picture.height(), "it stands upright now");
    }
    // Nothing is kept of a file that is no picture, whatever it is called.
    assert_eq!(preparer.get(&format!("/api/v1/files/{}/small", consent.sha256)).await.0, 404);

    // A parent takes the consent back: the unit withdraws the item, and only its name stays with others.
    let (mut head, mut stranger) = (centre.phone("hieutruong").await, centre.phone("xa.lap").await);
    head.pull().await;
    stranger.pull().await;
    assert_eq!(head.command(ITEM, Command::Withdraw, " ").await, Verdict::refused(Refusal::NoteMissing));
    assert_eq!(
        stranger.command(ITEM, Command::Withdraw, "Vì.").await,
        Verdict::refused(Refusal::NotYourUnit)
    );
    assert_eq!(head.command(ITEM, Command::Withdraw, "Phụ huynh rút chấp thuận.").await, Verdict::APPLIED);
    assert!(found(&reader, "").await.is_empty());
    for gone in [format!("/api/v1/library/{ITEM}"), small, whole.clone()] {
        assert_eq!(reader.get(&gone).await.0, 404, "{gone}");
        assert_eq!(department.get(&gone).await.0, 404, "{gone}");
    }
    department.pull().await;
    let stub = department.record(ITEM).unwrap();
    let places: Vec<&str> = stub.fields.keys().map(|path| path.0.as_str()).collect();
    assert_eq!((stub.state, places), (State::Withdrawn, vec!["media_kind", "title"]));
    head.pull().await;
    let own = head.record(ITEM).unwrap();
    assert!(own.value(&Path("consents/r1/subject_ref".into())).is_some(), "its unit keeps its own");
    let get = async |path: &str| head.http.get(format!("{}{path}", head.url)).send().await.unwrap();
    assert_eq!(get(&whole).await.status(), 200);
    // For good.
    assert_eq!(
        head.set(ITEM, "title", Value::Text("Lại".into())).await,
        Verdict::parked(Refusal::WrongState)
    );
    assert_eq!(department.command(ITEM, Command::Reopen, "Vì.").await, Verdict::refused(Refusal::WrongState));
    // What was owed cannot be taken back.
    let report = "FA:2026-h1:TH-0001";
    assert_eq!(head.command(report, Command::Withdraw, "Vì.").await, Verdict::refused(Refusal::WrongState));
}

/// A photo of waves as JPEG, so large and so good.
fn waves(width: u32, quality: u8) -> Vec<u8> {
    let picture = image::GrayImage::from_fn(width, width * 3 / 4, |x, y| {
        let (x, y) = (f64::from(x) / f64::from(width), f64::from(y) / f64::from(width));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it is between 38 and 218"
        )]
        image::Luma([(128.0 + 90.0 * (x * 9.0 + y * 4.0).sin()) as u8])
    });
    let mut bytes = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, quality);
    image::DynamicImage::ImageLuma8(picture).to_rgb8().write_with_encoder(encoder).unwrap();
    bytes
}

#[tokio::test]
async fn the_same_photo_saved_anew_by_another_school_is_told_from_the_library() {
    let centre = Centre::start().await;
    let (preparer, mut department) = (centre.phone("truong").await, centre.phone("so").await);
    let (first, again) = (waves(800, 90), waves(500, 60));
    bring(&preparer, &first).await;
    let file = FileRef {
        sha256: hex::encode(Sha256::digest(&first)),
        name: "sân trường.jpg".into(),
        size: first.len() as u64,
        mime: "image/jpeg".into(),
        seconds: None,
        location_removed: true,
        poster: None,
    };
    let own = [
        ("media_kind", Value::Choice("photo".into())),
        ("files", Value::Files(vec![file])),
        ("alt_text", Value::Text("Sóng trên sông Hương.".into())),
    ];
    approve(&centre, &own).await;
    let other = centre.phone("xa.lap").await;
    bring(&other, &again).await;
    let question = format!("/api/v1/files/{}/alike", hex::encode(Sha256::digest(&again)));
    let ids = async |phone: &Phone| -> Vec<String> {
        let (status, answer) = phone.get(&question).await;
        assert_eq!(status, 200);
        let items = answer["items"].as_array().unwrap();
        items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
    };
    assert!(ids(&other).await.is_empty(), "what is not in the library is its unit's own");
    accept(&mut department).await;
    assert_eq!(ids(&other).await, [ITEM]);
    assert_eq!(preparer.get(&question).await.0, 404, "of a file that one may not have nothing is told");
}
