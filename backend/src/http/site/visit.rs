//! In which language somebody comes, and under which name of the site.

use crate::{
    app::App,
    http::error::Failure,
    programme::Programme,
    site::{Site, address},
};
use axum::{
    extract::{FromRequestParts, OriginalUri},
    http::{header, request::Parts, uri::Authority},
};
use lantoa_shared::language::Language;

/// A visit.
#[derive(Debug, Clone)]
pub struct Visit {
    /// The language of the pages around the items.
    pub language: Language,
    /// The site's address, `https://host`.
    pub origin: String,
    /// The path that was asked for.
    pub path: String,
}

impl Visit {
    /// For whom a page is drawn.
    pub fn site<'a>(&'a self, programme: &'a Programme) -> Site<'a> {
        Site { origin: &self.origin, language: self.language, programme }
    }
}

impl FromRequestParts<App> for Visit {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let OriginalUri(uri) =
            OriginalUri::from_request_parts(parts, app).await.unwrap_or_else(|never| match never {});
        let path = uri.path().to_owned();
        let is_english = path.strip_prefix(address::ENGLISH).is_some_and(|rest| {
            rest.strip_prefix(address::ROOT).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        });
        let language = if is_english { Language::En } else { Language::Vi };
        let origin = match &app.public_url {
            Some(url) => url.clone(),
            None => {
                let host = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok());
                let host =
                    host.or_else(|| uri.authority().map(Authority::as_str)).filter(|host| is_host(host));
                let host = host.ok_or_else(|| Failure::Malformed("the Host header".into()))?;
                format!("{}://{}", if app.behind_proxy { "https" } else { "http" }, host.to_ascii_lowercase())
            }
        };
        Ok(Self { language, origin, path })
    }
}

/// Whether a name of a host, with or without a port, is one that may stand in an address.
pub fn is_host(host: &str) -> bool {
    let is_plain =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']');
    let port = host.rsplit_once(':').map_or("", |(_, port)| port);
    let is_port = port.ends_with(']') || port.bytes().all(|byte| byte.is_ascii_digit());
    (1..=255).contains(&host.len())
        && host.bytes().all(is_plain)
        && is_port
        && host.parse::<Authority>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_name_is_a_host() {
        for host in ["lantoa.example", "127.0.0.1:8080", "[::1]:8080", "LOCALHOST"] {
            assert!(is_host(host), "{host}");
        }
        for host in ["", "a b", "user@host", "host/path", "host\"><script>", "host:port", &"a".repeat(256)] {
            assert!(!is_host(host), "{host}");
        }
    }
}
