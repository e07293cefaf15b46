//! The public pages: who is shown what, on which days, and that nothing a person typed means anything in them.

use crate::{
    entries::{ITEM, answers},
    library::{PHOTO, accept, accept_item, approve, approve_item},
    support::{Centre, Phone},
};
use lantoa_backend::clock;
use lantoa_shared::{
    media::clean_picture,
    op::Command,
    sync::verdict::Verdict,
    value::{FileRef, Value},
};
use reqwest::Response;
use serde_json::Value as Json;
use sha2::{Digest as _, Sha256};

/// The UUID of the item.
const UUID: &str = "0193f0a0-0000-7000-8000-0123456789ab";
/// Its address.
const PAGE: &str = "/truyen-thong/to-gap-tuyen-truyen-nghi-quyet-71-0193f0a0-0000-7000-8000-0123456789ab";

fn choice(code: &str) -> Value {
    Value::Choice(code.to_owned())
}

fn public() -> (&'static str, Value) {
    ("licence", choice("public"))
}

fn in_days(days: i32) -> Value {
    Value::Date(clock::today().plus(days).unwrap())
}

/// A reader without an account, whom nothing redirects.
struct Reader {
    http: reqwest::Client,
    url: String,
}

impl Reader {
    fn new(centre: &Centre) -> Self {
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { http, url: centre.url.clone() }
    }

    async fn open(&self, path: &str) -> Response {
        self.http.get(format!("{}{path}", self.url)).send().await.unwrap()
    }

    async fn status(&self, path: &str) -> u16 {
        self.open(path).await.status().as_u16()
    }

    async fn text(&self, path: &str) -> String {
        let answer = self.open(path).await;
        assert_eq!(answer.status(), 200, "{path}");
        answer.text().await.unwrap()
    }

    /// Whether the item stands in lists, feeds, the sitemap and its unit's column.
    async fn finds(&self) -> [bool; 6] {
        let places = [
            "/truyen-thong?q=to+gap+tuyen+truyen",
            "/en/truyen-thong/don-vi/TH-0001",
            "/truyen-thong/rss.xml",
            "/truyen-thong/atom.xml",
            "/truyen-thong/don-vi/TH-0001/feed.json",
            "/sitemap.xml",
        ];
        let mut found = [false; 6];
        for (place, found) in places.into_iter().zip(&mut found) {
            *found = self.text(place).await.contains(UUID);
        }
        found
    }
}

fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

/// Brings bytes to the centre; a file made of them.
async fn bring(phone: &Phone, bytes: &[u8], name: &str, mime: &str) -> FileRef {
    let sha256 = hex::encode(Sha256::digest(bytes));
    let url = format!("{}/api/v1/files/{sha256}", phone.url);
    assert_eq!(phone.http.put(url).body(bytes.to_vec()).send().await.unwrap().status(), 204);
    let (name, mime) = (name.to_owned(), mime.to_owned());
    FileRef {
        sha256,
        name,
        size: bytes.len() as u64,
        mime,
        seconds: None,
        location_removed: true,
        poster: None,
    }
}

/// The leaflet's address among the public files.
fn leaflet() -> String {
    let Some((_, Value::Files(files))) = answers().into_iter().find(|(code, _)| *code == "files") else {
        panic!()
    };
    format!("/tep/{}/to-gap.pdf", files[0].sha256)
}

#[tokio::test]
async fn only_what_is_approved_for_everybody_is_public() {
    for licence in ["internal", "line", "city", "press", "public"] {
        let centre = Centre::start().await;
        let reader = Reader::new(&centre);
        approve(&centre, &[("licence", choice(licence))]).await;
        assert_eq!(reader.status(PAGE).await, 404, "{licence} waits for the department");
        assert_eq!(reader.finds().await, [false; 6], "{licence}");
        accept(&mut centre.phone("so").await).await;
        let is_public = licence == "public";
        assert_eq!(reader.status(PAGE).await, if is_public { 200 } else { 404 }, "{licence}");
        assert_eq!(reader.status(&leaflet()).await, if is_public { 200 } else { 404 }, "{licence}");
        assert_eq!(reader.finds().await, [is_public; 6], "{licence}");
    }
}

#[tokio::test]
async fn an_embargo_ends_with_its_day() {
    let centre = Centre::start().await;
    let (reader, phone) = (Reader::new(&centre), centre.phone("xa").await);
    approve(&centre, &[public(), ("embargo_until", in_days(1))]).await;
    accept(&mut centre.phone("so").await).await;
    assert_eq!((reader.status(PAGE).await, reader.status(&leaflet()).await), (404, 404));
    assert_eq!(reader.finds().await, [false; 6]);
    // Whoever is signed in prepares for the day.
    assert_eq!(phone.get(&format!("/api/v1/library/{ITEM}")).await.0, 200);

    let centre = Centre::start().await;
    let reader = Reader::new(&centre);
    approve(&centre, &[public(), ("embargo_until", in_days(0))]).await;
    accept(&mut centre.phone("so").await).await;
    assert_eq!((reader.status(PAGE).await, reader.status(&leaflet()).await), (200, 200));
    assert_eq!(reader.finds().await, [true; 6]);
}

/// What an item owes whose children are known, with one consent that ends after so many days.
async fn with_consent(phone: &Phone, ends: i32) -> Vec<(&'static str, Value)> {
    let form = bring(phone, b"consent", "phieu.pdf", "application/pdf").await;
    vec![
        public(),
        ("people_shown", choice("minors")),
        ("minor_ages", Value::Choices(vec!["under7".into()])),
        ("public_event", Value::Bool(false)),
        ("private_life", Value::Bool(false)),
        ("consents/r1", Value::Bool(true)),
        ("consents/r1/subject_ref", Value::Text("HS-07".into())),
        ("consents/r1/who", choice("guardian")),
        ("consents/r1/scope", Value::Choices(vec!["web".into()])),
        ("consents/r1/given_on", in_days(-30)),
        ("consents/r1/expires_on", in_days(ends)),
        ("consents/r1/file", Value::File(form)),
    ]
}

#[tokio::test]
async fn with_the_last_day_of_a_consent_an_item_is_gone_though_nobody_takes_it_off() {
    let centre = Centre::start().await;
    let (reader, phone) = (Reader::new(&centre), centre.phone("xa").await);
    let own = with_consent(&centre.phone("truong").await, 0).await;
    approve(&centre, &own).await;
    accept(&mut centre.phone("so").await).await;
    let page = reader.text(PAGE).await;
    assert!(!page.contains("HS-07") && !page.contains("phieu"), "a consent is nobody else's business");
    assert_eq!(reader.finds().await, [true; 6]);
    let inside = format!("/api/v1/library/{ITEM}");
    assert_eq!(phone.get(&inside).await.0, 200);

    // A day goes by.
    let left =
        "UPDATE items SET valid_until = '2026-01-01' WHERE licence = 'public' AND valid_until < '9999'";
    assert_eq!(centre.change(left).await, 1);
    assert_eq!((reader.status(PAGE).await, reader.status(&leaflet()).await), (404, 404));
    assert_eq!(reader.finds().await, [false; 6]);
    let file = leaflet().split('/').nth(2).unwrap().to_owned();
    for gone in [inside.clone(), format!("/api/v1/files/{file}")] {
        assert_eq!(phone.get(&gone).await.0, 404, "{gone}");
    }
    // The next start clears up, and devices forget what they kept.
    const ON_THE_SHELF: &str = "SELECT count(*) FROM items WHERE valid_until < '2026-06-01'";
    const TOLD: &str = "SELECT count(*) FROM feed WHERE bucket = 'pub' AND kind = 'shelf'";
    let told = centre.count(TOLD).await;
    let centre = centre.restart().await;
    assert_eq!((centre.count(ON_THE_SHELF).await, centre.count(TOLD).await), (0, told.max(1)));
}

#[tokio::test]
async fn the_shelf_is_made_anew_from_the_records_as_it_was() {
    let centre = Centre::start().await;
    let own = with_consent(&centre.phone("truong").await, 40).await;
    approve(&centre, &own).await;
    accept(&mut centre.phone("so").await).await;
    const ALL: &str = "SELECT count(*) FROM items";
    const LIMITED: &str =
        "SELECT count(*) FROM items WHERE valid_until < '9999' AND public_from > '2026-06-30'";
    let before = (centre.count(ALL).await, centre.count(LIMITED).await);
    assert_eq!(before.1, 1);
    centre.change("DELETE FROM items").await;
    centre.change("DELETE FROM server WHERE key = 'shelf'").await;
    let centre = centre.restart().await;
    assert_eq!((centre.count(ALL).await, centre.count(LIMITED).await), before);
    assert_eq!(Reader::new(&centre).finds().await, [true; 6]);
}

#[tokio::test]
async fn what_was_public_and_is_withdrawn_is_gone_at_once_and_says_nothing_more() {
    let centre = Centre::start().await;
    let (reader, mut head) = (Reader::new(&centre), centre.phone("hieutruong").await);
    approve(&centre, &[public()]).await;
    accept(&mut centre.phone("so").await).await;
    assert_eq!(reader.status(PAGE).await, 200);
    head.pull().await;
    assert_eq!(head.command(ITEM, Command::Withdraw, "Phụ huynh rút chấp thuận.").await, Verdict::APPLIED);
    let gone = reader.open(PAGE).await;
    assert_eq!((gone.status().as_u16(), header(&gone, "cache-control")), (410, "no-store"));
    let says = gone.text().await.unwrap();
    assert!(says.contains("đã được gỡ") && !says.contains("Tờ gấp") && !says.contains("Phụ huynh"), "{says}");
    assert_eq!(reader.status(&leaflet()).await, 404);
    assert_eq!(reader.finds().await, [false; 6]);

    // Of what was never public nothing is said.
    let centre = Centre::start().await;
    let (reader, mut head) = (Reader::new(&centre), centre.phone("hieutruong").await);
    approve(&centre, &[("licence", choice("city"))]).await;
    accept(&mut centre.phone("so").await).await;
    head.pull().await;
    assert_eq!(head.command(ITEM, Command::Withdraw, "Vì.").await, Verdict::APPLIED);
    assert_eq!(reader.status(PAGE).await, 404);
}

#[tokio::test]
async fn nothing_that_was_typed_means_anything_in_a_page_or_a_feed() {
    const TITLE: &str = "</title><script>alert(1)</script> \"'&]]> \u{b}Tiêu đề";
    let centre = Centre::start().await;
    let reader = Reader::new(&centre);
    let hostile = |text: &str| Value::Text(text.to_owned());
    let own = [
        public(),
        ("media_kind", choice("article")),
        ("title", hostile(TITLE)),
        ("summary", hostile("<img src=x onerror=alert(2)> ]]> tóm tắt của bài viết")),
        (
            "body",
            hostile(
                "<script>alert(3)</script>\n\n<b>đậm</b> & \u{1b}[31m javascript:alert(4) và còn nữa cho đủ dài.",
            ),
        ),
        ("authors", hostile("<i>Tác giả</i>")),
        ("credit_line", hostile("\" onmouseover=\"alert(5)")),
    ];
    approve(&centre, &own).await;
    accept(&mut centre.phone("so").await).await;
    let page = format!("/truyen-thong/title-script-alert-1-script-tieu-de-{UUID}");
    for path in [&page, "/truyen-thong", "/truyen-thong/bao-chi", "/en/truyen-thong/don-vi/TH-0001"] {
        let text = reader.text(path).await;
        // At most one block of data; what is in it reads as JSON, and cannot end it.
        let (before, data) = text.split_once("<script type=\"application/ld+json\">").unwrap_or((&text, ""));
        let (data, after) = data.split_once("</script>").unwrap_or(("", ""));
        if !data.is_empty() {
            let data: Json = serde_json::from_str(data).unwrap();
            assert_eq!(data["@context"], "https://schema.org");
        }
        let text = format!("{before}{after}");
        for raw in ["<script>alert", "<img src=x", "<b>đậm", "<i>Tác", "\" onmouseover=", "\u{b}", "\u{1b}"]
        {
            assert!(!text.contains(raw), "{path}: {raw}");
        }
    }
    let cleaned = TITLE.replace('\u{b}', "");
    let rss = rss::Channel::read_from(reader.text("/truyen-thong/rss.xml").await.as_bytes()).unwrap();
    assert_eq!(rss.items[0].title.as_deref(), Some(cleaned.as_str()));
    assert!(rss.items[0].description.as_ref().unwrap().contains("&lt;img src=x"));
    let text = reader.text("/truyen-thong/atom.xml").await;
    let atom = atom_syndication::Feed::read_from(text.as_bytes()).unwrap();
    assert_eq!(atom.entries[0].title.value, cleaned);
    let json: Json = serde_json::from_str(&reader.text("/truyen-thong/feed.json").await).unwrap();
    assert_eq!(json["items"][0]["title"], cleaned.as_str());
    assert!(!json["items"][0]["content_html"].as_str().unwrap().contains("<img src=x"));
}

#[tokio::test]
async fn an_address_leads_to_its_item_and_a_wrong_one_to_the_right_one_or_nowhere() {
    let centre = Centre::start().await;
    let reader = Reader::new(&centre);
    approve(&centre, &[public()]).await;
    accept(&mut centre.phone("so").await).await;
    for (wrong, right) in [
        (format!("/truyen-thong/{UUID}"), PAGE.to_owned()),
        (format!("/truyen-thong/cu-{UUID}"), PAGE.to_owned()),
        (format!("/en/truyen-thong/cu-{UUID}"), format!("/en{PAGE}")),
        ("/truyen-thong/".to_owned(), "/truyen-thong".to_owned()),
        ("/en/truyen-thong/don-vi/".to_owned(), "/en/truyen-thong/don-vi".to_owned()),
    ] {
        let answer = reader.open(&wrong).await;
        assert_eq!((answer.status().as_u16(), header(&answer, "location")), (301, right.as_str()), "{wrong}");
    }
    for nowhere in [
        "/truyen-thong/khong-co",
        "/truyen-thong/to-gap-0193f0a0-0000-7000-8000-000000000000",
        "/truyen-thong/a/b/c",
        "/truyen-thong?trang=2",
        "/truyen-thong?trang=0",
        "/truyen-thong?trang=x",
        "/truyen-thong?trang=99999999999999999999",
        "/truyen-thong?loai=khong",
        "/truyen-thong?chu-de=%27",
        "/truyen-thong?q=a&q=b",
        "/truyen-thong/bao-chi?trang=2",
        "/truyen-thong/don-vi/TH-9999",
        "/truyen-thong/don-vi/..%2F..%2Fetc",
        "/truyen-thong/chu-de/khong",
        "/truyen-thong/%00",
        "/truyen-thong/%ff",
        "/oembed?url=https%3A%2F%2Felsewhere.example%2Ftruyen-thong%2Fx",
    ] {
        let answer = reader.open(nowhere).await;
        let status = answer.status().as_u16();
        assert!(status == 404 || (nowhere.ends_with("%ff") && status == 400), "{nowhere}: {status}");
    }
    for fine in [
        "/truyen-thong?q=%00",
        "/truyen-thong?q=%25_%5C",
        "/truyen-thong/don-vi/TH-0003",
        "/truyen-thong?trang=1",
    ] {
        assert_eq!(reader.status(fine).await, 200, "{fine}");
    }
    // Each page names itself, and the other language.
    let page = reader.text(&format!("/en{PAGE}")).await;
    for head in [
        "<html lang=\"en\">".to_owned(),
        format!("<link rel=\"canonical\" href=\"{}/en{PAGE}\">", centre.url),
        format!("hreflang=\"vi\" href=\"{}{PAGE}\"", centre.url),
        "type=\"application/json+oembed\"".to_owned(),
    ] {
        assert!(page.contains(&head), "{head}");
    }
    let answer = reader.open(PAGE).await;
    assert!(header(&answer, "content-security-policy").starts_with("default-src 'none';"));
    assert!(answer.headers().get("set-cookie").is_none());
    let tag = header(&answer, "etag").to_owned();
    let again = reader.http.get(format!("{}{PAGE}", centre.url)).header("if-none-match", tag);
    assert_eq!(again.send().await.unwrap().status(), 304);
}

#[tokio::test]
async fn files_are_given_as_what_they_are_and_only_those_of_public_items() {
    let centre = Centre::start().await;
    let (reader, phone) = (Reader::new(&centre), centre.phone("truong").await);
    let bytes = clean_picture(PHOTO).unwrap();
    let photo = bring(&phone, &bytes, "../Sân trường.JPG", "image/jpeg").await;
    let other = bring(&phone, b"of nobody", "x.jpg", "image/jpeg").await;
    let own = [
        public(),
        ("media_kind", choice("photo")),
        ("files", Value::Files(vec![photo.clone()])),
        ("alt_text", Value::Text("Sân trường lúc sáng sớm.".into())),
    ];
    approve(&centre, &own).await;
    accept(&mut centre.phone("so").await).await;
    let path = format!("/tep/{}/san-truong.jpg", photo.sha256);
    let text = reader.text(PAGE).await;
    assert!(text.contains(&path) && text.contains("alt=\"Sân trường lúc sáng sớm.\""), "{text}");
    // It lies on its side: 64 by 48 pixels become 48 by 64.
    assert!(text.contains("width=\"48\"") && text.contains("height=\"64\""), "{text}");

    let answer = reader.open(&path).await;
    assert_eq!((answer.status().as_u16(), header(&answer, "content-type")), (200, "image/jpeg"));
    assert_eq!(header(&answer, "content-disposition"), "inline; filename=\"san-truong.jpg\"");
    assert!(header(&answer, "content-security-policy").ends_with("sandbox"));
    assert_eq!(header(&answer, "x-content-type-options"), "nosniff");
    assert!(answer.headers().get("set-cookie").is_none());
    assert_eq!(answer.bytes().await.unwrap(), bytes);
    let part = reader.http.get(format!("{}{path}", centre.url)).header("range", "bytes=2-5");
    let part = part.send().await.unwrap();
    assert_eq!((part.status().as_u16(), part.bytes().await.unwrap().as_ref()), (206, &bytes[2..6]));
    for drawn in ["anh.jpg", "anh-lon.jpg"] {
        let answer = reader.open(&format!("/tep/{}/{drawn}", photo.sha256)).await;
        assert_eq!(
            (answer.status().as_u16(), header(&answer, "content-type")),
            (200, "image/jpeg"),
            "{drawn}"
        );
        let picture = image::load_from_memory(&answer.bytes().await.unwrap()).unwrap();
        assert!(picture.width() < picture.height(), "it stands upright");
    }

    for nothing in [
        format!("/tep/{}/x.jpg", other.sha256),
        format!("/tep/{}/khac.jpg", photo.sha256),
        format!("/tep/{}/..%2F..%2Fetc%2Fpasswd", photo.sha256),
        "/tep/..%2F..%2Fetc/passwd".to_owned(),
        format!("/tep/{}/x.jpg", "0".repeat(64)),
        "/tep/x/y".to_owned(),
    ] {
        assert_eq!(reader.status(&nothing).await, 404, "{nothing}");
    }
    let told: Json = serde_json::from_str(
        &reader.text(&format!("/oembed?url={}{PAGE}&maxwidth=100&maxheight=100", centre.url)).await,
    )
    .unwrap();
    assert_eq!((told["type"].as_str(), told["width"].as_u64()), (Some("photo"), Some(48)));
    assert_eq!(reader.status(&format!("/oembed?url={}{PAGE}&format=xml", centre.url)).await, 501);
    assert_eq!(reader.status("/oembed").await, 400);
}

#[tokio::test]
async fn a_page_in_the_clothes_of_a_document_is_bytes_to_be_downloaded() {
    let centre = Centre::start().await;
    let (reader, phone) = (Reader::new(&centre), centre.phone("truong").await);
    let page = bring(&phone, b"<!DOCTYPE html><script>alert(1)</script>", "lừa.txt", "text/html").await;
    approve(&centre, &[public(), ("files", Value::Files(vec![page.clone()]))]).await;
    accept(&mut centre.phone("so").await).await;
    let answer = reader.open(&format!("/tep/{}/lua.txt", page.sha256)).await;
    assert_eq!(
        (answer.status().as_u16(), header(&answer, "content-type")),
        (200, "application/octet-stream")
    );
    assert_eq!(header(&answer, "content-disposition"), "attachment; filename=\"lua.txt\"");
    assert!(header(&answer, "content-security-policy").ends_with("sandbox"));
    assert_eq!(reader.status(&format!("/tep/{}/anh.jpg", page.sha256)).await, 404);
}

#[tokio::test]
async fn what_is_for_the_press_is_shown_to_whoever_is_signed_in_and_counted_for_others() {
    let centre = Centre::start().await;
    let (reader, signed_in) = (Reader::new(&centre), centre.phone("xa").await);
    approve(&centre, &[("licence", choice("press"))]).await;
    accept(&mut centre.phone("so").await).await;
    let answer = reader.open("/truyen-thong/bao-chi").await;
    assert!(
        header(&answer, "vary").contains("cookie") && header(&answer, "cache-control").starts_with("private")
    );
    let text = answer.text().await.unwrap();
    // The demo has one of its own.
    assert!(
        text.contains("Có 2 sản phẩm chỉ dành cho báo chí") && !text.contains("Tờ gấp tuyên truyền"),
        "{text}"
    );
    let answer = signed_in.http.get(format!("{}/truyen-thong/bao-chi", centre.url)).send().await.unwrap();
    assert_eq!(header(&answer, "cache-control"), "private, no-store");
    let text = answer.text().await.unwrap();
    assert!(text.contains("Tờ gấp tuyên truyền"), "{text}");
    let file = text.split("href=\"").find(|part| part.starts_with("/api/v1/files/")).unwrap();
    let file = file.split('"').next().unwrap();
    assert_eq!(signed_in.http.get(format!("{}{file}", centre.url)).send().await.unwrap().status(), 200);
    assert_eq!(reader.status(file).await, 401);
}

#[tokio::test]
async fn a_column_says_how_many_items_it_has_and_when_the_last_came() {
    let centre = Centre::start().await;
    let reader = Reader::new(&centre);
    let count =
        |text: &str| text.split("<dd>").nth(1).and_then(|rest| rest.split('<').next()?.parse::<u64>().ok());
    let before = count(&reader.text("/truyen-thong/don-vi/TH-0001").await).unwrap();
    approve(&centre, &[public()]).await;
    accept(&mut centre.phone("so").await).await;
    let text = reader.text("/truyen-thong/don-vi/TH-0001").await;
    let today = lantoa_shared::text::day::show(clock::today());
    assert_eq!(count(&text), Some(before + 1));
    assert!(text.contains(&today), "{text}");
    assert!(reader.text("/truyen-thong/don-vi").await.contains(&today));
    let rss = reader.text("/truyen-thong/don-vi/TH-0001/rss.xml").await;
    let rss = rss::Channel::read_from(rss.as_bytes()).unwrap();
    assert_eq!(rss.items.len() as u64, before + 1);
    assert_eq!(rss.items[0].guid.as_ref().unwrap().value, format!("urn:uuid:{UUID}"));
}

#[tokio::test]
async fn programs_find_every_page_and_the_pages_that_are_not_for_them() {
    let centre = Centre::start().await;
    let reader = Reader::new(&centre);
    let robots = reader.text("/robots.txt").await;
    assert!(
        robots.contains("Disallow: /api/")
            && robots.contains(&format!("Sitemap: {}/sitemap.xml", centre.url))
    );
    let text = reader.text("/sitemap.xml").await;
    let mut read = quick_xml::Reader::from_str(&text);
    let (mut is_address, mut addresses) = (false, Vec::new());
    loop {
        match read.read_event().unwrap() {
            quick_xml::events::Event::Eof => break,
            quick_xml::events::Event::Start(tag) => is_address = tag.name().as_ref() == b"loc",
            quick_xml::events::Event::Text(text) if is_address => {
                addresses.push(String::from_utf8(text.into_inner().into_owned()).unwrap());
                is_address = false;
            }
            _ => {}
        }
    }
    assert!(addresses.len() >= 20, "{addresses:?}");
    for address in &addresses {
        let path = address.strip_prefix(&centre.url).unwrap();
        assert_eq!(reader.status(path).await, 200, "{path}");
    }
    // What was searched for is in no list of pages.
    assert!(reader.text("/truyen-thong?q=thu").await.contains("content=\"noindex, follow\""));
}

#[tokio::test]
async fn a_page_names_the_site_as_it_is_told_to_and_never_by_a_name_that_is_none() {
    let centre = Centre::known_as("https://truyenthong.example").await;
    let reader = Reader::new(&centre);
    let text = reader.text("/truyen-thong").await;
    assert!(text.contains("<link rel=\"canonical\" href=\"https://truyenthong.example/truyen-thong\">"));
    let centre = Centre::start().await;
    let strange = reader.http.get(format!("{}/truyen-thong", centre.url)).header("host", "a\"b<c>");
    assert_eq!(strange.send().await.unwrap().status(), 400);
}

/// The page of an article with this text and these pictures.
async fn article(centre: &Centre, text: &str, pictures: &[FileRef]) -> String {
    let item = ITEM.replace("FH.1", "FH.2");
    let own = [
        public(),
        ("media_kind", choice("article")),
        ("body", Value::Text(text.to_owned())),
        ("pictures", Value::Files(pictures.to_vec())),
    ];
    approve_item(centre, &item, &own).await;
    accept_item(&mut centre.phone("so").await, &item).await;
    Reader::new(centre).text(PAGE).await
}

#[tokio::test]
async fn an_article_has_headings_lists_quotations_links_and_its_own_pictures() {
    let centre = Centre::start().await;
    let phone = centre.phone("truong").await;
    let bytes = clean_picture(PHOTO).unwrap();
    let photo = bring(&phone, &bytes, "sân trường.jpg", "image/jpeg").await;
    let text = "## Việc đầu tiên\nNói cho **dễ hiểu**,\nrồi *nghe*.\n\n### Làm gì\n\n- một\n- hai\n\n3. ba\n\n\
        > lời nói\n\nxem [Sở](https://hue.gov.vn/a?b=1&c=2)\n\n![Sân lúc sớm & yên](<sân trường.jpg>)";
    let page = article(&centre, text, std::slice::from_ref(&photo)).await;
    for part in [
        "<h2>Việc đầu tiên</h2><p>Nói cho <strong>dễ hiểu</strong>,<br>rồi <em>nghe</em>.</p>",
        "<h3>Làm gì</h3><ul><li><p>một</p></li><li><p>hai</p></li></ul>",
        "<ol><li value=\"3\"><p>ba</p></li></ol><blockquote><p>lời nói</p></blockquote>",
        "<a href=\"https://hue.gov.vn/a?b=1&amp;c=2\" rel=\"noopener\">Sở</a>",
        "alt=\"Sân lúc sớm &amp; yên\"",
        "<figcaption aria-hidden=\"true\">Sân lúc sớm &amp; yên</figcaption>",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let drawn = format!("src=\"/tep/{}/anh-lon.jpg\"", photo.sha256);
    assert_eq!(page.matches(&drawn).count(), 1, "what stands in the text does not stand above it as well");
}

#[tokio::test]
async fn an_article_of_before_there_was_markup_reads_as_it_was_approved() {
    let centre = Centre::start().await;
    let own = [
        public(),
        ("media_kind", choice("article")),
        (
            "body",
            Value::Text(
                "# 1. Bảng tin\nGiá *5 đồng* và *6 đồng* mỗi tờ, in ở xưởng của trường nhé.".to_owned(),
            ),
        ),
    ];
    approve_item(&centre, ITEM, &own).await;
    accept_item(&mut centre.phone("so").await, ITEM).await;
    let page = Reader::new(&centre).text(PAGE).await;
    assert!(page.contains("<p># 1. Bảng tin</p><p>Giá *5 đồng* và *6 đồng* mỗi tờ"), "{page}");
}

#[tokio::test]
async fn nothing_in_an_article_leads_astray_or_runs() {
    let centre = Centre::start().await;
    let bomb = ">".repeat(3_000);
    let text = format!(
        "<script>alert(1)</script>\n\n<img src=x onerror=alert(2)>\n\n[bấm](javascript:alert(3)) [bấm](data:text/html,x)\n\n\
         ![lạ](https://evil.example/a.png) ![lạ](//evil.example/b.png) ![lạ](khác.jpg)\n\n\
         [x](https://a.vn/\"onclick=alert(4))\n\n<a href='javascript:alert(5)'>x</a>\n\n{bomb} trong cùng\n\n[a]: https://evil.example"
    );
    let page = article(&centre, &text, &[]).await;
    let (_, body) = page.split_once("<div class=\"text\"").unwrap();
    let (body, _) = body.split_once("<dl").unwrap();
    for never in
        ["<script", "<img", "href=\"javascript", "href=\"data", "src=\"http", "src=\"//", "\"onclick"]
    {
        assert!(!body.contains(never), "{never} in {body}");
    }
    for word in [
        "&lt;script&gt;alert(1)",
        "onerror=alert(2)",
        "javascript:alert(3)",
        "evil.example/a.png",
        "trong cùng",
    ] {
        assert!(body.contains(word), "{word} is missing in {body}");
    }
    assert!(body.matches("<blockquote>").count() <= lantoa_shared::prose::MAX_DEPTH);
}
