//! Signing in and out.

use super::{
    error::Failure,
    extract::{COOKIE, Caller, JsonBody, Keys, cookie},
};
use crate::{
    app::App,
    auth::{password, token},
    clock, store,
};
use axum::{
    Json,
    extract::{ConnectInfo, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use lantoa_shared::person::Person;
use serde::{Deserialize, Serialize};
use std::net::{IpAddr, SocketAddr};

/// `POST /api/v1/session`.
#[derive(Deserialize)]
pub struct SignIn {
    account: String,
    password: String,
}

impl Keys for SignIn {
    const KEYS: &'static [&'static str] = &["account", "password"];
}

/// Who is signed in, and which database answers.
#[derive(Debug, Serialize)]
pub struct SignedIn {
    person: Person,
    epoch: String,
}

/// Signs a person in: sets the cookie and says who it is.
pub async fn sign_in(
    State(app): State<App>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    JsonBody(request): JsonBody<SignIn>,
) -> Result<Response, Failure> {
    let account = request.account.trim().to_lowercase();
    // No account has such a sign, and PostgreSQL could not be asked for it.
    let is_askable = account.len() <= 100 && !account.contains('\0');
    if !is_askable || request.password.len() > password::MAX_BYTES {
        return Err(Failure::WrongPassword);
    }
    let address = caller_address(app.behind_proxy, address.ip(), &headers);
    app.throttle.begin(&account, address, clock::now()).map_err(Failure::TooMany)?;
    let mut tx = app.store.read().await?;
    let (id, hash) = store::people::credentials(&mut tx, &account).await?.unzip();
    let person = match &id {
        Some(id) => store::people::by_id(&mut tx, id).await?,
        None => None,
    };
    drop(tx);
    if !app.passwords.fits(request.password, hash).await {
        return Err(Failure::WrongPassword);
    }
    let person = person.ok_or(Failure::WrongPassword)?;
    app.throttle.succeeded(&account, address);
    let (token, now) = (token::draw(), clock::now());
    let mut tx = app.store.write().await?;
    store::sessions::add(&mut tx, &token::hash(&token), &person.id, now, now + token::LIFETIME_MS).await?;
    tx.commit().await?;
    tracing::info!(person.id = person.id, "signed in");
    let mut response = Json(SignedIn { person, epoch: app.epoch.clone() }).into_response();
    set_cookie(&app, &mut response, &headers, &token, token::LIFETIME_MS / 1000);
    Ok(response)
}

/// Says who is signed in.
pub async fn read_session(
    State(app): State<App>,
    headers: HeaderMap,
    caller: Caller,
) -> Result<Response, Failure> {
    let token = cookie(&headers).ok_or(Failure::SignedOut)?.to_owned();
    let mut response = Json(SignedIn { person: caller.person, epoch: app.epoch.clone() }).into_response();
    // The cookie's own end moves with the session's.
    set_cookie(&app, &mut response, &headers, &token, token::LIFETIME_MS / 1000);
    Ok(response)
}

/// Ends the session, if there is one.
pub async fn sign_out(State(app): State<App>, headers: HeaderMap) -> Result<Response, Failure> {
    if let Some(token) = cookie(&headers) {
        let mut tx = app.store.write().await?;
        store::sessions::remove(&mut tx, &token::hash(token)).await?;
        tx.commit().await?;
    }
    let mut response = StatusCode::NO_CONTENT.into_response();
    set_cookie(&app, &mut response, &headers, "", 0);
    Ok(response)
}

/// Whose attempts are counted together: behind a proxy of this machine the address that the proxy saw, which it
/// writes last; what stands before it in the list was written by anybody.
fn caller_address(behind_proxy: bool, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
    let seen = || {
        let list = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
        list.rsplit(',').next()?.trim().parse().ok()
    };
    if behind_proxy && peer.is_loopback() { seen().unwrap_or(peer) } else { peer }
}

/// `Secure` is left out only where the browser itself talks to this very machine without TLS.
fn set_cookie(app: &App, response: &mut Response, request: &HeaderMap, token: &str, max_age: i64) {
    let secure = if is_loopback(request) && !app.behind_proxy { "" } else { "; Secure" };
    let cookie = format!("{COOKIE}={token}; HttpOnly; SameSite=Lax; Path=/; Max-Age={max_age}{secure}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
}

fn is_loopback(request: &HeaderMap) -> bool {
    let host = request.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_proxy_on_this_machine_says_for_whom_it_asks() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", HeaderValue::from_static("1.1.1.1, 203.0.113.7"));
        let (proxy, phone): (IpAddr, IpAddr) = ([127, 0, 0, 1].into(), [198, 51, 100, 4].into());
        assert_eq!(caller_address(true, proxy, &headers), IpAddr::from([203, 0, 113, 7]));
        assert_eq!(caller_address(false, proxy, &headers), proxy);
        assert_eq!(caller_address(true, phone, &headers), phone, "anybody could write the header");
        assert_eq!(caller_address(true, proxy, &HeaderMap::new()), proxy);
    }
}
