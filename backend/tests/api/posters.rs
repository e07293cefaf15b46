//! Posters of films: read by exactly those who may have the film, kept as long as it, and never taken on trust.

use crate::{
    entries::ITEM,
    library::{PHOTO, accept, approve},
    support::{Centre, Phone},
};
use lantoa_backend::store::namings;
use lantoa_shared::{
    media::{clean_picture, survey::Survey},
    op::{Command, Path},
    record::Record,
    sync::verdict::{Refusal, Verdict},
    value::{FileRef, Value},
    wire::v1::RecordRow,
};
use sha2::{Digest as _, Sha256};

/// A film of a second, as a camera makes it.
const FILM: &[u8] = include_bytes!("../../../tests/browser/share_media/film.mp4");
/// The item's public page.
const PAGE: &str = "/truyen-thong/to-gap-tuyen-truyen-nghi-quyet-71-0193f0a0-0000-7000-8000-0123456789ab";

/// The film as a phone sends it.
fn film() -> Vec<u8> {
    let (mut film, mut survey) = (FILM.to_vec(), Survey::of(FILM.len() as u64));
    let place = |at: u64| usize::try_from(at).unwrap();
    while let Some(wanted) = survey.wanted() {
        survey.read(film[place(wanted.start)..place(wanted.end)].to_vec()).unwrap();
    }
    for (begin, patch) in survey.patches().unwrap() {
        film[place(begin)..place(begin) + patch.len()].copy_from_slice(&patch);
    }
    film
}

fn hash(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

async fn bring(phone: &Phone, bytes: &[u8]) {
    let url = format!("{}/api/v1/files/{}", phone.url, hash(bytes));
    assert_eq!(phone.http.put(url).body(bytes.to_vec()).send().await.unwrap().status(), 204);
}

/// A film of which these bytes are said to be the poster.
fn with_poster(poster: Option<String>) -> FileRef {
    FileRef {
        sha256: hash(&film()),
        name: "phim.mp4".into(),
        size: film().len() as u64,
        mime: "video/mp4".into(),
        seconds: Some(1),
        location_removed: true,
        poster,
    }
}

fn answers(licence: &str, film: FileRef) -> [(&'static str, Value); 4] {
    [
        ("licence", Value::Choice(licence.into())),
        ("media_kind", Value::Choice("video".into())),
        ("files", Value::Files(vec![film])),
        ("transcript", Value::Text("Các em đọc sách.".into())),
    ]
}

/// Both the poster and the picture drawn of it.
fn addresses(poster: &str) -> [String; 2] {
    [format!("/api/v1/files/{poster}"), format!("/api/v1/files/{poster}/small")]
}

async fn statuses(phone: &Phone, poster: &str) -> [u16; 2] {
    let [whole, small] = addresses(poster);
    let get = async |path: &str| {
        phone.http.get(format!("{}{path}", phone.url)).send().await.unwrap().status().as_u16()
    };
    [get(&whole).await, get(&small).await]
}

#[tokio::test]
async fn a_poster_is_for_whoever_may_have_its_film_and_goes_when_the_film_is_withdrawn() {
    let centre = Centre::start().await;
    let (preparer, reader) = (centre.phone("truong").await, centre.phone("xa").await);
    let (above, mut department) = (centre.phone("ubnd").await, centre.phone("so").await);
    let bytes = clean_picture(PHOTO).unwrap();
    let poster = hash(&bytes);
    bring(&preparer, &film()).await;
    bring(&preparer, &bytes).await;
    approve(&centre, &answers("city", with_poster(Some(poster.clone())))).await;
    assert_eq!(statuses(&reader, &poster).await, [404, 404], "it is not shared yet");
    assert_eq!(statuses(&above, &poster).await, [404, 404], "it is no report");
    assert_eq!(statuses(&department, &poster).await, [200, 200], "it is to be decided on");

    let store = centre.store().await;
    let mut tx = store.write().await.unwrap();
    namings::notice_unnamed(&mut tx, 1_000).await.unwrap();
    let going = namings::let_go_of_unnamed(&mut tx, 9_000, 9_000).await.unwrap();
    assert!(going.iter().all(|file| file.sha256 != poster), "a record names it");
    tx.commit().await.unwrap();

    accept(&mut department).await;
    assert_eq!(statuses(&reader, &poster).await, [200, 200]);
    let (_, detail) = reader.get(&format!("/api/v1/library/{ITEM}")).await;
    assert_eq!(detail["item"]["files"][0]["poster"], poster.as_str());

    let mut head = centre.phone("hieutruong").await;
    head.pull().await;
    assert_eq!(head.command(ITEM, Command::Withdraw, "Phụ huynh rút chấp thuận.").await, Verdict::APPLIED);
    assert_eq!(statuses(&reader, &poster).await, [404, 404]);
    assert_eq!(statuses(&department, &poster).await, [404, 404]);
}

#[tokio::test]
async fn nobody_accepts_a_film_whose_poster_is_not_here_and_one_that_is_no_picture_is_not_shown() {
    let centre = Centre::start().await;
    let (preparer, reader) = (centre.phone("truong").await, centre.phone("xa").await);
    let mut department = centre.phone("so").await;
    let page = b"<!DOCTYPE html><script>alert(1)</script>";
    let poster = hash(page);
    bring(&preparer, &film()).await;
    approve(&centre, &answers("public", with_poster(Some(poster.clone())))).await;
    department.pull().await;
    let missing = Verdict::refused(Refusal::FilesMissing);
    assert_eq!(department.command(ITEM, Command::Accept, "").await, missing);
    bring(&preparer, page).await;
    accept(&mut department).await;
    let (status, detail) = reader.get(&format!("/api/v1/library/{ITEM}")).await;
    assert_eq!((status, detail["item"]["files"][0].get("poster")), (200, None), "{detail}");
    assert_eq!(statuses(&reader, &poster).await, [404, 404]);
    let stranger = reqwest::Client::new();
    let get = async |path: &str| stranger.get(format!("{}{path}", centre.url)).send().await.unwrap();
    let text = get(PAGE).await.text().await.unwrap();
    assert!(text.contains("<video") && !text.contains(" poster="), "{text}");
    assert_eq!(get(&format!("/tep/{}/anh-lon.jpg", poster)).await.status(), 404);
}

#[tokio::test]
async fn the_public_page_shows_the_poster_and_gives_it_only_drawn() {
    let centre = Centre::start().await;
    let preparer = centre.phone("truong").await;
    let bytes = clean_picture(PHOTO).unwrap();
    let poster = hash(&bytes);
    bring(&preparer, &film()).await;
    bring(&preparer, &bytes).await;
    approve(&centre, &answers("public", with_poster(Some(poster.clone())))).await;
    let large = format!("/tep/{}/anh-lon.jpg", poster);
    let stranger = reqwest::Client::new();
    let get = async |path: &str| stranger.get(format!("{}{path}", centre.url)).send().await.unwrap();
    assert_eq!(get(&large).await.status(), 404, "it waits for the department");
    accept(&mut centre.phone("so").await).await;
    let text = get(PAGE).await.text().await.unwrap();
    assert!(text.contains(&format!(" poster=\"{large}\"")), "{text}");
    assert!(
        text.contains(&format!("<meta property=\"og:image\" content=\"{}{large}\"", centre.url)),
        "{text}"
    );
    let list = get("/truyen-thong").await.text().await.unwrap();
    assert!(list.contains(&format!("/tep/{}/anh.jpg", poster)), "{list}");
    let drawn = image::load_from_memory(&get(&large).await.bytes().await.unwrap()).unwrap();
    assert!(drawn.width() > 0);
    assert_eq!(get(&format!("/tep/{}/phim.mp4", poster)).await.status(), 404, "the film has that name");
    assert_eq!(get(&format!("/tep/{}/phim.mp4", hash(&film()))).await.status(), 200);

    let mut head = centre.phone("hieutruong").await;
    head.pull().await;
    assert_eq!(head.command(ITEM, Command::Withdraw, "Phụ huynh rút chấp thuận.").await, Verdict::APPLIED);
    assert_eq!(get(&large).await.status(), 404);
}

#[tokio::test]
async fn an_app_of_before_there_were_posters_does_not_take_them_away() {
    let centre = Centre::start().await;
    let mut preparer = centre.phone("truong").await;
    preparer.pull().await;
    let poster = Some(hash(b"a frame"));
    let one = Value::Files(vec![with_poster(poster.clone())]);
    assert_eq!(preparer.set(ITEM, "files", one).await, Verdict::APPLIED);
    preparer.pull().await;
    let other = FileRef { sha256: hash(b"other"), name: "khác.mp4".into(), ..with_poster(None) };
    let both = Value::Files(vec![with_poster(None), other.clone()]);
    assert_eq!(preparer.set(ITEM, "files", both).await, Verdict::APPLIED);
    let (status, row) = preparer.get(&format!("/api/v1/records/{ITEM}")).await;
    assert_eq!(status, 200);
    let RecordRow { record, .. } = serde_json::from_value(row["row"].clone()).unwrap();
    let files = |record: &Record| record.value(&Path::field("files")).cloned();
    assert_eq!(files(&record), Some(Value::Files(vec![with_poster(poster), other])));
}
