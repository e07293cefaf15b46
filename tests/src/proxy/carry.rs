//! Carrying one request, or doing to it what the network does right now.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::TcpStream;

use super::request::Request;
use super::{Fault, HOLDS, NARROW, State};

/// Between two bytes of a line that is as slow as a line can be.
const BYTE: Duration = Duration::from_secs(1);

/// Longest delay, in milliseconds.
const LONGEST_DELAY: usize = 3_000;

/// Carries the one request of a connection. Whoever hangs up in between, the other side is hung up on, too.
pub async fn carry(mut browser: TcpStream, state: Arc<State>) {
    let Ok(Some(request)) = Request::read(&mut browser).await else { return };
    let fault = choose(&request, &state);
    let counts = || state.counts.lock().expect("no holder panics");
    counts().begin(fault, &request.path);
    let _leave = Leave { state: &state, path: &request.path };
    if suffer(fault, &request, &mut browser, &state).await.is_ok() {
        counts().end(fault, &request.path);
    }
}

/// Takes a request out of those under way, also when it is cut off with the whole network.
struct Leave<'a> {
    state: &'a State,
    path: &'a str,
}

impl Drop for Leave<'_> {
    fn drop(&mut self) {
        self.state.counts.lock().expect("no holder panics").leave(self.path);
    }
}

/// What is going to happen to the request.
fn choose(request: &Request, state: &State) -> Fault {
    let mut fault = Fault::Pass;
    // Whoever waits for another rule need not know of the count.
    state.rule.send_if_modified(|rule| {
        if request.path.starts_with(rule.prefix) && rule.times > 0 {
            (fault, rule.times) = (rule.fault, rule.times - 1);
        }
        false
    });
    let fault = match fault {
        Fault::Mix => state.chance(|chance| chance.pick(&Fault::MIXED)),
        Fault::Fragile => {
            let mut counts = state.counts.lock().expect("no holder panics");
            if counts.breaks(request.body_length(), HOLDS) { Fault::CutRequest } else { Fault::Pass }
        }
        fault => fault,
    };
    // What has no end cannot be waited for.
    let needs_end = matches!(
        fault,
        Fault::DropAnswer
            | Fault::Duplicate
            | Fault::HoldAnswer
            | Fault::CutAnswer
            | Fault::CutRequest
            | Fault::Trickle
    );
    if request.is_stream && needs_end { Fault::Pass } else { fault }
}

async fn suffer(fault: Fault, request: &Request, browser: &mut TcpStream, state: &State) -> io::Result<()> {
    match fault {
        Fault::Pass | Fault::Mix | Fault::Fragile | Fault::Offline => pass(request, browser, state).await,
        Fault::DropAnswer => ask(request, state).await.map(drop),
        Fault::Duplicate => {
            let (first, second) = tokio::join!(ask(request, state), ask(request, state));
            first?;
            browser.write_all(&second?).await
        }
        Fault::Delay => {
            let ms = state.chance(|chance| chance.below(LONGEST_DELAY));
            tokio::time::sleep(Duration::from_millis(u64::try_from(ms).unwrap_or(0))).await;
            pass(request, browser, state).await
        }
        Fault::Hold => {
            let _ = state.rule.subscribe().wait_for(|rule| rule.fault != Fault::Hold).await;
            pass(request, browser, state).await
        }
        Fault::HoldAnswer => {
            let answer = ask(request, state).await?;
            let _ = state.rule.subscribe().wait_for(|rule| rule.fault != Fault::HoldAnswer).await;
            browser.write_all(&answer).await
        }
        Fault::CutAnswer => {
            let answer = ask(request, state).await?;
            let end = state.chance(|chance| chance.below(answer.len()));
            browser.write_all(&answer[..end]).await
        }
        Fault::CutRequest => {
            let mut server = TcpStream::connect(state.server).await?;
            let end = state.chance(|chance| chance.below(request.body_length()));
            bring(request, &mut server, end, state).await?;
            // Not even half a connection is left to answer on.
            drop(server);
            Ok(())
        }
        Fault::Trickle => {
            browser.set_nodelay(true)?;
            for byte in ask(request, state).await? {
                browser.write_all(&[byte]).await?;
                tokio::time::sleep(BYTE).await;
            }
            Ok(())
        }
        Fault::PortalPage => browser.write_all(portal_page().as_bytes()).await,
        Fault::PortalRedirect => browser.write_all(portal_redirect(request, state).as_bytes()).await,
        Fault::Narrow if request.body_length() > NARROW => browser.write_all(TOO_LARGE.as_bytes()).await,
        Fault::Narrow => pass(request, browser, state).await,
        Fault::Busy => browser.write_all(BUSY.as_bytes()).await,
    }
}

/// Brings a request to the server, with so much of its body, and counts that.
async fn bring(request: &Request, server: &mut TcpStream, end: usize, state: &State) -> io::Result<()> {
    request.write(server, end).await?;
    let bytes = request.body_length().min(end);
    state.counts.lock().expect("no holder panics").carry(&request.path, bytes);
    Ok(())
}

/// Lets both sides speak until they are done.
async fn pass(request: &Request, browser: &mut TcpStream, state: &State) -> io::Result<()> {
    let mut server = TcpStream::connect(state.server).await?;
    bring(request, &mut server, usize::MAX, state).await?;
    copy_bidirectional(browser, &mut server).await.map(drop)
}

/// The whole answer of the server. One that was cut by the server's end is no answer.
async fn ask(request: &Request, state: &State) -> io::Result<Vec<u8>> {
    let mut server = TcpStream::connect(state.server).await?;
    bring(request, &mut server, usize::MAX, state).await?;
    let mut answer = Vec::new();
    server.read_to_end(&mut answer).await?;
    if answer.is_empty() { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(answer) }
}

const BUSY: &str = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\nContent-Type: text/plain\r\n\
    Content-Length: 4\r\nConnection: close\r\n\r\nbusy";

/// As something before the server says it, which knows nothing of what the app speaks.
const TOO_LARGE: &str = "HTTP/1.1 413 Request Entity Too Large\r\nContent-Type: text/html\r\nContent-Length: 7\r\n\
    Connection: close\r\n\r\n<h1>413";

fn portal_page() -> String {
    let page = "<!doctype html><title>Wi-Fi</title><p>Chào mừng quý khách. Bấm để dùng mạng.</p>";
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{page}",
        page.len()
    )
}

/// To another host, as such networks do; there the page is.
fn portal_redirect(request: &Request, state: &State) -> String {
    const DOOR: &str = "/wifi";
    if request.path == DOOR {
        return portal_page();
    }
    format!(
        "HTTP/1.1 302 Found\r\nLocation: http://localhost:{}{DOOR}\r\nCache-Control: no-store\r\n\
         Content-Length: 0\r\nConnection: close\r\n\r\n",
        state.port
    )
}
