//! The app's delivery: encodings, caching, media types, the first page for every screen.

use crate::support::{Centre, Directory};
use reqwest::header::{ACCEPT_ENCODING, IF_NONE_MATCH};

fn app() -> Directory {
    let directory = Directory::new();
    let write = |name: &str, text: &str| std::fs::write(directory.0.join(name), text).unwrap();
    write("index.html", "<!doctype html>");
    write("app-0123456789abcdef.wasm", "plain");
    write("app-0123456789abcdef.wasm.br", "brotli");
    write("app-0123456789abcdef.wasm.gz", "gzip");
    write("sw.js", "self");
    write("manifest.webmanifest", "{}");
    directory
}

#[tokio::test]
async fn files_with_a_hash_in_their_name_are_kept_for_a_year_in_the_best_encoding() {
    let app = app();
    let centre = Centre::with_app(Some(app.0.clone())).await;
    let get = |encoding: &'static str| {
        let url = format!("{}/app-0123456789abcdef.wasm", centre.url);
        centre.browser().get(url).header(ACCEPT_ENCODING, encoding).send()
    };
    for (accepted, expected) in [("gzip, br", "brotli"), ("gzip", "gzip"), ("br;q=0", "plain"), ("", "plain")]
    {
        let answer = get(accepted).await.unwrap();
        assert_eq!(answer.headers()["content-type"], "application/wasm");
        assert_eq!(answer.headers()["cache-control"], "public, max-age=31536000, immutable");
        assert_eq!(answer.headers()["vary"], "accept-encoding");
        assert_eq!(answer.text().await.unwrap(), expected, "{accepted:?}");
    }
}

#[tokio::test]
async fn the_first_page_is_asked_for_again_and_stands_for_every_screen() {
    let app = app();
    let centre = Centre::with_app(Some(app.0.clone())).await;
    let page = centre.browser().get(format!("{}/bao-cao/FA", centre.url)).send().await.unwrap();
    assert_eq!(page.headers()["content-type"], "text/html; charset=utf-8");
    assert_eq!(page.headers()["cache-control"], "no-cache");
    let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval'") && !policy.contains("unsafe-inline"));
    let etag = page.headers()["etag"].to_str().unwrap().to_owned();
    let again = centre.browser().get(&centre.url).header(IF_NONE_MATCH, etag).send().await.unwrap();
    assert_eq!(again.status(), 304);
}

#[tokio::test]
async fn a_missing_file_is_missing_and_not_the_first_page() {
    let app = app();
    let centre = Centre::with_app(Some(app.0.clone())).await;
    let get = |path: &str| centre.browser().get(format!("{}{path}", centre.url)).send();
    assert_eq!(get("/old-app.js").await.unwrap().status(), 404);
    assert_eq!(get("/../Cargo.toml").await.unwrap().status(), 404);
    let manifest = get("/manifest.webmanifest").await.unwrap();
    assert_eq!(manifest.headers()["content-type"], "application/manifest+json");
    assert_eq!(get("/sw.js").await.unwrap().headers()["cache-control"], "no-cache");
    assert_eq!(get("/healthz").await.unwrap().text().await.unwrap(), "ok");
}

#[tokio::test]
async fn every_address_of_the_api_description_is_answered() {
    let centre = Centre::start().await;
    let phone = centre.phone("so.tonghop").await;
    let (status, document) = phone.get("/api/openapi.json").await;
    assert_eq!((status, document["openapi"].as_str()), (200, Some("3.1.0")));
    for (path, operations) in document["paths"].as_object().unwrap() {
        for method in operations.as_object().unwrap().keys().filter(|key| *key != "parameters") {
            let method = reqwest::Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            let url = format!("{}{path}", phone.url);
            let answer = centre.browser().request(method.clone(), url).send().await.unwrap();
            let status = answer.status().as_u16();
            assert!(![404, 405, 500].contains(&status), "{method} {path} answers {status}");
        }
    }
}
