//! Bytes that are given away as they are read, and from where they are asked for: a film is larger than the memory, and
//! is wound forward.
//!
//! Invariant: a kept file is marked with its hash, so whoever has a part of it goes on with the rest of the same.

use crate::files::Files;
use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    response::{IntoResponse as _, Response},
};
use futures::TryStreamExt as _;
use http_range_header::{StartPosition, SyntacticallyCorrectRange};
use std::{io, ops::Range, path::Path};
use tower_http::services::ServeFile;

/// A picture that was drawn; `None` if it is gone.
///
/// # Errors
/// If the disk fails.
pub async fn drawn(path: &Path, request: Request) -> io::Result<Option<Response>> {
    let response = ServeFile::new(path).try_call(request).await?.map(Body::new);
    Ok(Some(response).filter(|response| response.status() != StatusCode::NOT_FOUND))
}

/// A kept file, or the part of it that is asked for; `None` if there is none of this hash.
///
/// # Errors
/// If the disk or the bucket fails.
pub async fn kept(files: &Files, sha256: &str, request: Parts) -> io::Result<Option<Response>> {
    let Some(size) = files.size(sha256).await? else { return Ok(None) };
    // A hash is letters and digits.
    let mark = HeaderValue::from_str(&format!("\"{sha256}\"")).map_err(io::Error::other)?;
    let asked = &request.headers;
    if names(asked, header::IF_NONE_MATCH, &mark) {
        return Ok(Some((StatusCode::NOT_MODIFIED, [(header::ETAG, mark)]).into_response()));
    }
    let range = asked.get(header::RANGE).filter(|_| {
        // Whoever has a part of something else is given all of this.
        !asked.contains_key(header::IF_RANGE) || names(asked, header::IF_RANGE, &mark)
    });
    let is_head = request.method == Method::HEAD;
    let (status, part) = match range.and_then(|range| range.to_str().ok()).map(|range| part(range, size)) {
        None | Some(Part::All) => (StatusCode::OK, 0..size),
        Some(Part::Of(part)) => (StatusCode::PARTIAL_CONTENT, part),
        Some(Part::None) => {
            let said = [(header::CONTENT_RANGE, format!("bytes */{size}"))];
            return Ok(Some((StatusCode::RANGE_NOT_SATISFIABLE, said).into_response()));
        }
    };
    let (first, length) = (part.start, part.end - part.start);
    let body = if is_head || length == 0 {
        Body::empty()
    } else {
        // The one who receives it sees a line that breaks.
        Body::from_stream(files.read_part(sha256, part).inspect_err(|error| {
            tracing::error!(%error, "a file could not be read to its end");
        }))
    };
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.insert(header::ETAG, mark);
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    if status == StatusCode::PARTIAL_CONTENT {
        let said = format!("bytes {first}-{}/{size}", first + length - 1);
        headers.insert(header::CONTENT_RANGE, HeaderValue::from_str(&said).map_err(io::Error::other)?);
    }
    Ok(Some(response))
}

fn names(asked: &HeaderMap, header: header::HeaderName, mark: &HeaderValue) -> bool {
    let said = asked.get_all(header).into_iter().filter_map(|said| said.to_str().ok());
    let mut marks = said.flat_map(|said| said.split(',')).map(str::trim);
    marks.any(|its| its.as_bytes() == mark.as_bytes())
}

#[derive(Debug, PartialEq, Eq)]
enum Part {
    /// Everything: what is asked for cannot be read, or is several parts.
    All,
    Of(Range<u64>),
    /// Nothing that is there.
    None,
}

/// What a `Range` asks for of a file of this size.
fn part(asked: &str, size: u64) -> Part {
    let Ok(asked) = http_range_header::parse_range_header(asked) else { return Part::All };
    // The last bytes of a file that has fewer are all of them.
    if let [SyntacticallyCorrectRange { start: StartPosition::FromLast(last), .. }] = asked.ranges[..]
        && (1..last).contains(&size)
    {
        return Part::Of(0..size);
    }
    match asked.validate(size).as_deref() {
        Ok([only]) if *only.end() < size => Part::Of(*only.start()..only.end() + 1),
        Ok([_]) => Part::None,
        Ok(_) => Part::All,
        Err(_) => Part::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_what_lies_in_the_file() {
        for (asked, expected) in [
            ("bytes=0-0", Part::Of(0..1)),
            ("bytes=3-", Part::Of(3..10)),
            ("bytes=3-99", Part::Of(3..10)),
            ("bytes=-4", Part::Of(6..10)),
            ("bytes=-40", Part::Of(0..10)),
            ("bytes=10-", Part::None),
            ("bytes=5-3", Part::None),
            ("bytes=0-1,4-5", Part::All),
            ("lines=1-2", Part::All),
            ("", Part::All),
        ] {
            assert_eq!(part(asked, 10), expected, "{asked}");
        }
        assert_eq!(part("bytes=0-", 0), Part::None);
    }
}
