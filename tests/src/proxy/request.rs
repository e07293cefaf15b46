//! One request, as the browser sent it.

use std::io;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Longest head.
const MOST_HEAD: usize = 64 * 1024;

/// A request that arrived as a whole.
pub struct Request {
    /// Its path, without the question behind it.
    pub path: String,
    /// Whether the answer has no end: hints come for as long as somebody listens.
    pub is_stream: bool,
    head: String,
    body: Vec<u8>,
}

impl Request {
    /// Reads a request; `None` if the browser hung up instead of asking.
    pub async fn read(browser: &mut TcpStream) -> io::Result<Option<Self>> {
        let mut bytes = Vec::new();
        let end = loop {
            if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
                break at;
            }
            if bytes.len() > MOST_HEAD {
                return Err(io::ErrorKind::InvalidData.into());
            }
            if browser.read_buf(&mut bytes).await? == 0 {
                return Ok(None);
            }
        };
        let mut body = bytes.split_off(end + 4);
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let length = header(&head, "content-length").and_then(|it| it.parse().ok()).unwrap_or(0);
        while body.len() < length {
            if browser.read_buf(&mut body).await? == 0 {
                return Ok(None);
            }
        }
        let target = head.split(' ').nth(1).unwrap_or_default();
        let path = target.split('?').next().unwrap_or_default().to_owned();
        let is_stream = header(&head, "accept").is_some_and(|it| it.contains("text/event-stream"));
        Ok(Some(Self { path, is_stream, head, body }))
    }

    /// Writes it, with its body up to a length; after the answer the server is to hang up.
    pub async fn write(&self, server: &mut TcpStream, body: usize) -> io::Result<()> {
        let kept = |line: &&str| !line.to_ascii_lowercase().starts_with("connection:");
        let head: Vec<&str> = self.head.split("\r\n").filter(kept).collect();
        server.write_all(head.join("\r\n").as_bytes()).await?;
        server.write_all(b"\r\nConnection: close\r\n\r\n").await?;
        server.write_all(&self.body[..body.min(self.body.len())]).await?;
        server.flush().await
    }

    /// The length of its body.
    pub fn body_length(&self) -> usize {
        self.body.len()
    }
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.split("\r\n")
        .filter_map(|line| line.split_once(':'))
        .find_map(|(its_name, value)| its_name.eq_ignore_ascii_case(name).then_some(value.trim()))
}
