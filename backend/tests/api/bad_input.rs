//! Bad input is answered with a code, stores nothing, and never brings the server down.

use crate::support::{Centre, Phone};
use lantoa_backend::http::MAX_BODY_BYTES;
use lantoa_shared::{
    op::{Act, Path},
    sync::verdict::{Refusal, Verdict},
    value::Value,
};
use reqwest::{Method, header::CONTENT_TYPE};
use serde_json::{Value as Json, json};

const PUSH: &str = "/api/v1/sync/push";
const PULL: &str = "/api/v1/sync/pull";
const HASH: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// What it is, where it goes, its content type and body; the status and the code it must get.
type BadRequest = (&'static str, &'static str, &'static str, Vec<u8>, u16, &'static str);

async fn send(phone: &Phone, method: Method, path: &str, media: &str, body: Vec<u8>) -> (u16, Json) {
    let request = phone.http.request(method, format!("{}{path}", phone.url)).header(CONTENT_TYPE, media);
    let answer = request.body(body).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap_or(Json::Null))
}

fn push(ops: Json) -> Json {
    json!({"proto": 1, "epoch": "", "device": "d-1", "ops": ops})
}

fn op(n: Json, sha256: &str, body: Json) -> Json {
    json!([{"n": n, "sha256": sha256, "body": body}])
}

#[tokio::test]
async fn every_bad_request_gets_its_code_and_stores_nothing() {
    let centre = Centre::start().await;
    let phone = centre.phone("truong").await;
    let before = centre.count("SELECT count(*) FROM journal").await;
    let json_type = "application/json";
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let many: Vec<Json> = (1..=201).map(|n| json!({"n": n, "sha256": HASH, "body": ""})).collect();
    let table: Vec<BadRequest> = vec![
        ("cut off", PUSH, json_type, b"{\"proto\":1".to_vec(), 400, "malformed"),
        ("empty", PUSH, json_type, b"".to_vec(), 400, "malformed"),
        ("not UTF-8", PUSH, json_type, b"{\"proto\":\"\xff\"}".to_vec(), 400, "malformed"),
        ("bottomless", PUSH, json_type, deep.into_bytes(), 400, "malformed"),
        ("an array", PUSH, json_type, b"[]".to_vec(), 400, "malformed"),
        ("null", PULL, json_type, b"null".to_vec(), 400, "malformed"),
        ("a missing key", PUSH, json_type, br#"{"proto":1}"#.to_vec(), 400, "malformed"),
        (
            "wrong type",
            PULL,
            json_type,
            br#"{"proto":"1","epoch":"","cursors":{}}"#.to_vec(),
            400,
            "malformed",
        ),
        (
            "negative cursor",
            PULL,
            json_type,
            br#"{"proto":1,"epoch":"","cursors":{"pub":-1}}"#.to_vec(),
            400,
            "malformed",
        ),
        (
            "unknown key",
            PULL,
            json_type,
            br#"{"proto":1,"epoch":"","cursors":{},"admin":true}"#.to_vec(),
            400,
            "unknown_key",
        ),
        (
            "unknown key in an op",
            PUSH,
            json_type,
            push(json!([{"n": 1, "sha256": HASH, "body": "", "as": "head"}])).to_string().into_bytes(),
            400,
            "unknown_key",
        ),
        (
            "n is zero",
            PUSH,
            json_type,
            push(op(json!(0), HASH, json!(""))).to_string().into_bytes(),
            400,
            "malformed",
        ),
        (
            "n is negative",
            PUSH,
            json_type,
            push(op(json!(-1), HASH, json!(""))).to_string().into_bytes(),
            400,
            "malformed",
        ),
        (
            "n is beyond counting",
            PUSH,
            json_type,
            push(op(json!(u64::MAX), HASH, json!(""))).to_string().into_bytes(),
            400,
            "malformed",
        ),
        (
            "n is a fraction",
            PUSH,
            json_type,
            push(op(json!(1.5), HASH, json!(""))).to_string().into_bytes(),
            400,
            "malformed",
        ),
        (
            "no hash",
            PUSH,
            json_type,
            push(op(json!(1), "xyz", json!(""))).to_string().into_bytes(),
            400,
            "malformed",
        ),
        (
            "body is an object",
            PUSH,
            json_type,
            push(op(json!(1), HASH, json!({}))).to_string().into_bytes(),
            400,
            "malformed",
        ),
        (
            "no device",
            PUSH,
            json_type,
            json!({"proto": 1, "epoch": "", "device": "", "ops": []}).to_string().into_bytes(),
            400,
            "malformed",
        ),
        (
            "a device that is a path",
            PUSH,
            json_type,
            json!({"proto": 1, "epoch": "", "device": "../../etc", "ops": []}).to_string().into_bytes(),
            400,
            "malformed",
        ),
        (
            "another version",
            PULL,
            json_type,
            br#"{"proto":2,"epoch":"","cursors":{}}"#.to_vec(),
            426,
            "outdated",
        ),
        ("too many ops", PUSH, json_type, push(json!(many)).to_string().into_bytes(), 413, "too_large"),
        ("too large", PUSH, json_type, vec![b' '; MAX_BODY_BYTES + 1], 413, "too_large"),
        ("a form", PUSH, "application/x-www-form-urlencoded", b"proto=1".to_vec(), 415, "wrong_content_type"),
        ("plain text", PUSH, "text/plain", b"{}".to_vec(), 415, "wrong_content_type"),
    ];
    for (what, path, media, body, status, code) in table {
        let (got, answer) = send(&phone, Method::POST, path, media, body).await;
        assert_eq!((got, answer["error"]["code"].as_str()), (status, Some(code)), "{what}: {answer}");
        assert_eq!(answer["error"]["request_id"].as_str().map(str::len), Some(16), "{what}");
    }
    assert_eq!(centre.count("SELECT count(*) FROM journal").await, before);
}

#[tokio::test]
async fn a_compressed_bomb_is_stopped_at_the_limit() {
    let centre = Centre::start().await;
    let phone = centre.phone("truong").await;
    // 64 MiB of spaces, gzip level 9, made by hand: stored blocks would not shrink.
    let bomb = gzip_of_spaces(64 * 1024 * 1024);
    assert!(bomb.len() < 200_000);
    let answer = phone
        .http
        .post(format!("{}{PUSH}", phone.url))
        .header(CONTENT_TYPE, "application/json")
        .header("content-encoding", "gzip")
        .body(bomb)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 413);
    let answer: Json = answer.json().await.unwrap();
    assert_eq!(answer["error"]["code"], "too_large");
}

fn gzip_of_spaces(length: usize) -> Vec<u8> {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(&vec![b' '; length]).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn an_encoding_that_is_not_understood_has_its_code() {
    let centre = Centre::start().await;
    let phone = centre.phone("truong").await;
    for (encoding, status, code) in [("zstd", 415, "wrong_content_type"), ("gzip", 400, "malformed")] {
        let request =
            phone.http.post(format!("{}{PUSH}", phone.url)).header(CONTENT_TYPE, "application/json");
        let answer = request.header("content-encoding", encoding).body("{}").send().await.unwrap();
        assert_eq!(answer.status(), status, "{encoding}");
        let answer: Json = answer.json().await.unwrap();
        assert_eq!(answer["error"]["code"], code);
    }
}

#[tokio::test]
async fn unknown_addresses_and_methods_have_their_codes() {
    let centre = Centre::start().await;
    let phone = centre.phone("truong").await;
    for (method, path, status, code) in [
        (Method::GET, "/api/v1/nothing", 404, "not_found"),
        (Method::GET, "/api", 404, "not_found"),
        (Method::GET, "/api/v2/session", 404, "not_found"),
        (Method::GET, PUSH, 405, "wrong_method"),
        (Method::PATCH, "/api/v1/session", 405, "wrong_method"),
        (Method::DELETE, "/healthz", 405, "wrong_method"),
        (Method::GET, "/api/v1/files/..%2f..%2fetc%2fpasswd", 400, "bad_parameter"),
        (Method::GET, "/api/v1/files/ABC", 400, "bad_parameter"),
        (Method::GET, "/api/v1/files/%ff", 400, "malformed"),
        (Method::GET, "/api/v1/tables?unit=%ff&form=FA&period=2026-h1", 403, "forbidden"),
    ] {
        let (got, answer) = send(&phone, method.clone(), path, "text/plain", Vec::new()).await;
        assert_eq!((got, answer["error"]["code"].as_str()), (status, Some(code)), "{method} {path}");
    }
}

#[tokio::test]
async fn without_a_session_nothing_is_read_or_kept() {
    let centre = Centre::start().await;
    let stranger = centre.browser();
    for cookie in [
        None,
        Some("lantoa_session=".to_owned()),
        Some(format!("lantoa_session={HASH}")),
        Some("lantoa_session=' OR 1=1 --".to_owned()),
    ] {
        for (method, path) in [
            (Method::GET, "/api/v1/session"),
            (Method::POST, PUSH),
            (Method::POST, PULL),
            (Method::GET, "/api/v1/sync/events"),
            (Method::GET, "/api/v1/tables?unit=SO-GDDT&form=FA&period=2026-h1"),
            (Method::GET, "/api/v1/contributions?unit=SO-GDDT&form=FA&period=2026-h1&field=staff_total"),
            (Method::GET, &format!("/api/v1/files/{HASH}")),
            (Method::PUT, &format!("/api/v1/files/{HASH}")),
        ] {
            let mut request = stranger
                .request(method.clone(), format!("{}{path}", centre.url))
                .header(CONTENT_TYPE, "application/json")
                .body(if method == Method::GET { "" } else { "{}" });
            if let Some(cookie) = &cookie {
                request = request.header("cookie", cookie);
            }
            let answer = request.send().await.unwrap();
            assert_eq!(answer.status(), 401, "{method} {path} with {cookie:?}");
        }
    }
}

#[tokio::test]
async fn what_is_no_op_is_kept_and_quarantined_without_hurting_its_neighbours() {
    let centre = Centre::start().await;
    let mut phone = centre.phone("truong").await;
    phone.pull().await;
    let record = "FA:2026-year:TH-0001";
    let good = |phone: &Phone, value: &str| {
        phone.op(
            record,
            lantoa_shared::op::Act::Set {
                path: lantoa_shared::op::Path::field("hdr_preparer_name"),
                base: Vec::new(),
                value: Some(lantoa_shared::value::Value::Text(value.into())),
            },
        )
    };
    let mut unknown_key: Json = serde_json::from_str(&good(&phone, "x")).unwrap();
    unknown_key["act"]["colour"] = json!("red");
    let bodies = vec![
        "not JSON".to_owned(),
        "{}".to_owned(),
        unknown_key.to_string(),
        r#"{"at":1e999,"person":"","record":"","act":{}}"#.to_owned(),
        "[".repeat(5000),
        "\u{0}".to_owned(),
        good(&phone, "Nguyễn Thị Hoa"),
    ];
    let verdicts = phone.push(bodies).await;
    let statuses: Vec<Json> =
        verdicts.iter().map(|verdict| serde_json::to_value(verdict.status).unwrap()).collect();
    assert_eq!(statuses[..6], vec![json!("quarantined"); 6]);
    assert_eq!(statuses[6], "applied");
    assert_eq!(centre.count("SELECT count(*) FROM journal WHERE status = 'quarantined'").await, 6);
}

#[tokio::test]
async fn the_one_sign_that_no_text_of_postgresql_holds_ends_alone_and_is_kept_byte_for_byte() {
    let centre = Centre::start().await;
    let mut phone = centre.phone("truong").await;
    phone.pull().await;
    let record = "FA:2026-year:TH-0001";
    let set = |phone: &Phone, record: &str, text: &str| {
        let path = Path("hdr_preparer_name".into());
        phone.op(record, Act::Set { path, base: Vec::new(), value: Some(Value::Text(text.into())) })
    };
    let (raw, id) = ("\0 no op".to_owned(), set(&phone, "FA\0", "x"));
    let (text, good) = (set(&phone, record, "Ho\0a"), set(&phone, record, "Hoa"));
    let verdicts = phone.push(vec![raw, id, text, good]).await;
    assert_eq!(verdicts[..2], [Verdict::quarantined(Refusal::Unreadable); 2]);
    assert!(verdicts[2..].iter().all(|verdict| verdict.status.is_in_record()), "{verdicts:?}");
    assert_eq!(centre.count("SELECT count(*) FROM journal WHERE status IS NULL").await, 0);
    assert_eq!(centre.count("SELECT count(*) FROM journal WHERE length(body) = 7 AND n = 1").await, 1);

    let city = centre.phone("so.tonghop").await;
    assert_eq!(phone.get("/api/v1/records/FA%00").await.0, 404);
    assert_eq!(city.get("/api/v1/tables?unit=SO-GDDT&form=FA%00&period=2026-h1").await.0, 400);
    let sign_in = centre.browser().post(format!("{}/api/v1/session", centre.url));
    let sign_in = sign_in.json(&serde_json::json!({"account": "truong\0", "password": "lantoa-demo"}));
    assert_eq!(sign_in.send().await.unwrap().status(), 401);
}
