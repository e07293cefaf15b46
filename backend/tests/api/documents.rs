//! What is written in documents of the library is found by its words: once they came to it, with marks and without, and
//! only in files that an item shows.

use crate::{
    entries::{ITEM, bring},
    library::{PHOTO, accept, approve, of_children},
    support::{Centre, Phone},
};
use lantoa_shared::{
    media::clean_picture,
    op::Command,
    sync::verdict::Verdict,
    value::{FileRef, Value},
};
use serde_json::Value as Json;
use sha2::{Digest as _, Sha256};
use std::{
    io::{Cursor, Write as _},
    time::{Duration, Instant},
};
use zip::{ZipWriter, write::SimpleFileOptions};

/// How long it is asked again until a document has been read.
const PATIENCE: Duration = Duration::from_secs(120);

/// A text document that says this.
fn document(text: &str) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    write!(archive, "<w:document xmlns:w='w'><w:p><w:t>{text}</w:t></w:p></w:document>").unwrap();
    archive.finish().unwrap().into_inner()
}

fn file(bytes: &[u8], name: &str, mime: &str) -> FileRef {
    FileRef {
        sha256: hex::encode(Sha256::digest(bytes)),
        name: name.into(),
        size: bytes.len() as u64,
        mime: mime.into(),
        seconds: None,
        location_removed: true,
        poster: None,
    }
}

async fn answer(phone: &Phone, question: &str) -> Json {
    let (status, answer) = phone.get(&format!("/api/v1/library?q={question}")).await;
    assert_eq!(status, 200, "{question}");
    answer
}

/// The answer once it has an item: documents are read a moment after they came.
async fn found(phone: &Phone, question: &str) -> Json {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        let answer = answer(phone, question).await;
        if answer["total"] != 0 {
            return answer;
        }
    }
    panic!("nothing is found for {question}");
}

#[tokio::test]
async fn a_document_is_found_by_what_is_written_in_it_as_long_as_its_item_is_there() {
    let centre = Centre::start().await;
    let (preparer, reader) = (centre.phone("truong").await, centre.phone("xa").await);
    let mut department = centre.phone("so").await;
    let plan = document("Điều 4. Mức hỗ trợ xe buýt là bảy mươi nghìn đồng.");
    let broken = b"PK\x03\x04 no archive, whatever it is called".to_vec();
    for bytes in [&plan, &broken] {
        bring(&preparer, bytes).await;
    }
    let files = vec![file(&broken, "Phụ lục.docx", "x"), file(&plan, "Kế hoạch.docx", "x")];
    approve(&centre, &[("files", Value::Files(files))]).await;
    // The word stands in the file alone; before its item is there for all, it is not searched.
    assert_eq!(answer(&reader, "buyt").await["total"], 0);
    accept(&mut department).await;
    for question in ["xe%20bu%C3%BDt", "XE%20BUYT", "buyt%20to%20gap", "buyt&kind=document&unit=TH-0001"] {
        let answer = found(&reader, question).await;
        assert_eq!((&answer["items"][0]["id"], &answer["total"]), (&ITEM.into(), &1.into()), "{question}");
        let told = &answer["in_files"][0];
        assert_eq!((&told["item"], &told["file"]), (&ITEM.into(), &"Kế hoạch.docx".into()), "{question}");
        assert!(["xe", "buýt"].contains(&told["word"].as_str().unwrap()), "{told}");
        assert!(told["before"].as_str().unwrap().starts_with("Điều 4. Mức hỗ trợ"), "{told}");
    }
    assert_eq!(found(&reader, "to%20gap%20nghi").await.get("in_files"), None, "it says so itself");
    for question in ["buyt&kind=photo", "buyt%20khongco", "b_yt", "whatever"] {
        assert_eq!(answer(&reader, question).await["total"], 0, "{question}");
    }
    let page = reader.http.get(format!("{}/truyen-thong?q=buyt", reader.url)).send().await.unwrap();
    assert!(!page.text().await.unwrap().contains("Kế hoạch.docx"), "public pages do not look into files");

    let mut head = centre.phone("hieutruong").await;
    head.pull().await;
    assert_eq!(head.command(ITEM, Command::Withdraw, "Đã có bản mới.").await, Verdict::APPLIED);
    assert_eq!(answer(&reader, "buyt").await["total"], 0);
}

#[tokio::test]
async fn what_is_written_in_a_form_of_consent_is_found_by_nobody() {
    let centre = Centre::start().await;
    let (preparer, mut department) = (centre.phone("truong").await, centre.phone("so").await);
    let photo = clean_picture(PHOTO).unwrap();
    let consent = document("Phụ huynh Hoàng Thị Kín đồng ý.");
    for bytes in [&photo, &consent] {
        bring(&preparer, bytes).await;
    }
    let photo_file = file(&photo, "sân trường.jpg", "image/jpeg");
    let own = of_children(&photo_file, &file(&consent, "phiếu.docx", "x"));
    approve(&centre, &own).await;
    accept(&mut department).await;
    assert_eq!(answer(&department, "&people=children").await["total"], 1);
    // What the demo brought is read by then, and the form would have been.
    found(&department, "dot%20pha%20phat%20trien").await;
    assert_eq!(answer(&department, "Ho%C3%A0ng%20Th%E1%BB%8B%20K%C3%ADn").await["total"], 0);
}
