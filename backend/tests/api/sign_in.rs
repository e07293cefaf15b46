//! Signing in: the cookie, the same answer for every wrong guess, the brake, and signing out.

use crate::support::Centre;
use serde_json::{Value as Json, json};

async fn try_to_sign_in(centre: &Centre, account: &str, password: &str) -> (u16, Json, Option<String>) {
    let answer = centre
        .browser()
        .post(format!("{}/api/v1/session", centre.url))
        .json(&json!({"account": account, "password": password}))
        .send()
        .await
        .unwrap();
    let retry = answer.headers().get("retry-after").map(|value| value.to_str().unwrap().to_owned());
    (answer.status().as_u16(), answer.json().await.unwrap(), retry)
}

#[tokio::test]
async fn the_cookie_is_out_of_reach_for_scripts_and_other_sites() {
    let centre = Centre::start().await;
    let request = |host: &'static str| {
        centre
            .browser()
            .post(format!("{}/api/v1/session", centre.url))
            .header("host", host)
            .json(&json!({"account": "truong", "password": "lantoa-demo"}))
            .send()
    };
    let here = request("127.0.0.1:8080").await.unwrap();
    let cookie = here.headers()["set-cookie"].to_str().unwrap().to_owned();
    for part in ["lantoa_session=", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=2592000"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Secure"), "on this machine there is no TLS");
    let away = request("lantoa.example.vn").await.unwrap();
    assert!(away.headers()["set-cookie"].to_str().unwrap().contains("Secure"));
}

#[tokio::test]
async fn behind_a_proxy_the_cookie_is_secure_whatever_host_it_asks_for() {
    let centre = Centre::behind_proxy().await;
    let signed_in = centre
        .browser()
        .post(format!("{}/api/v1/session", centre.url))
        .header("host", "127.0.0.1:8080")
        .header("x-forwarded-for", "203.0.113.7")
        .json(&json!({"account": "truong", "password": "lantoa-demo"}))
        .send()
        .await
        .unwrap();
    assert!(signed_in.headers()["set-cookie"].to_str().unwrap().contains("Secure"));
}

#[tokio::test]
async fn the_session_says_who_is_signed_in_until_one_signs_out() {
    let centre = Centre::start().await;
    let phone = centre.phone("hieutruong").await;
    let (status, session) = phone.get("/api/v1/session").await;
    assert_eq!((status, session["person"]["account"].as_str()), (200, Some("hieutruong")));
    assert_eq!(session["person"]["memberships"][0]["role"], "head");

    let out = phone.http.delete(format!("{}/api/v1/session", phone.url)).send().await.unwrap();
    assert_eq!(out.status(), 204);
    let (status, error) = phone.get("/api/v1/session").await;
    assert_eq!((status, error["error"]["code"].as_str()), (401, Some("signed_out")));
}

#[tokio::test]
async fn a_stolen_copy_of_the_session_table_opens_nothing() {
    let centre = Centre::start().await;
    let phone = centre.phone("truong").await;
    let cookie = phone.http.get(format!("{}/api/v1/session", phone.url)).send().await.unwrap();
    let token = cookie.headers()["set-cookie"].to_str().unwrap()[15..79].to_owned();
    let kept = centre.count("SELECT count(*) FROM sessions").await;
    assert!(kept >= 1);
    let query = format!("SELECT count(*) FROM sessions WHERE token_hash = '{token}' OR person = '{token}'");
    let mut connection = crate::engine::connect(&centre.directory.0).await;
    let found: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(query)).fetch_one(&mut connection).await.unwrap();
    assert_eq!(found, 0);
    // SQLite's files hold all that its tables hold, and nothing else may betray the token either.
    let files = crate::engine::place(&centre.directory.0).file().into_iter();
    for file in files.flat_map(|file| [file.clone(), file.with_extension("sqlite-wal")]) {
        let bytes = std::fs::read(file).unwrap();
        assert!(!bytes.windows(64).any(|window| window == token.as_bytes()));
    }
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_account_get_the_same_answer() {
    let centre = Centre::start().await;
    let (status, mut wrong, _) = try_to_sign_in(&centre, "truong", "not it").await;
    let (status_unknown, mut unknown, _) = try_to_sign_in(&centre, "nobody", "not it").await;
    assert_eq!((status, status_unknown), (401, 401));
    wrong["error"]["request_id"].take();
    unknown["error"]["request_id"].take();
    assert_eq!(wrong, unknown);
}

#[tokio::test]
async fn guessing_is_held_back_for_the_account_and_not_for_others() {
    let centre = Centre::start().await;
    for _ in 0..8 {
        assert_eq!(try_to_sign_in(&centre, "truong", "a guess").await.0, 401);
    }
    let (status, error, retry) = try_to_sign_in(&centre, "truong", "lantoa-demo").await;
    assert_eq!((status, error["error"]["code"].as_str()), (429, Some("too_many_attempts")));
    assert_eq!(retry, error["error"]["retry_after"].as_u64().map(|seconds| seconds.to_string()));
    assert_eq!(try_to_sign_in(&centre, "xa", "lantoa-demo").await.0, 200);
}

#[tokio::test]
async fn a_session_outlives_a_restart() {
    let centre = Centre::start().await;
    let mut phone = centre.phone("truong").await;
    let centre = centre.restart().await;
    phone.url.clone_from(&centre.url);
    assert_eq!(phone.get("/api/v1/session").await.0, 200);
}

#[tokio::test]
async fn a_session_that_ran_out_is_signed_out() {
    let centre = Centre::start().await;
    let phone = centre.phone("truong").await;
    assert!(centre.change("UPDATE sessions SET expires_at = 1").await > 0);
    let (status, error) = phone.get("/api/v1/session").await;
    assert_eq!((status, error["error"]["code"].as_str()), (401, Some("signed_out")));
}

#[tokio::test]
async fn requests_that_another_site_makes_a_browser_send_are_refused() {
    let centre = Centre::start().await;
    let phone = centre.phone("truong").await;
    let request = || phone.http.delete(format!("{}/api/v1/session", phone.url));
    let from_elsewhere = request().header("sec-fetch-site", "cross-site").send().await.unwrap();
    assert_eq!(from_elsewhere.status(), 403);
    let old_browser = request().header("origin", "https://evil.example").send().await.unwrap();
    assert_eq!(old_browser.status(), 403);
    assert_eq!(phone.get("/api/v1/session").await.0, 200, "the session still stands");
    assert_eq!(request().header("sec-fetch-site", "same-origin").send().await.unwrap().status(), 204);
}
