//! Draws the words out of the documents of the library, one after the other, after they came to it.
//!
//! Invariant: a document is read in a process of its own, which may take so much memory and time and may write nothing;
//! whatever a hostile file does to it ends there. What could not be read is noted as such and not tried again.

use crate::{
    app::App,
    documents::{self, MOST_BYTES, MOST_TEXT},
    store::{self, files::Stored, texts},
};
use futures::StreamExt as _;
use lantoa_shared::text::fold;
use rustix::process::{Resource, Rlimit, nice, setrlimit};
use std::{
    collections::HashSet,
    io::{self, Read as _, Write as _},
    path::Path,
    process::{ExitCode, Stdio},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    process::Command,
};

/// The argument with which this program is started to read one document: its bytes come in, what is written goes out.
pub const ERRAND: &str = "read-document";
/// How long it is waited for one document, on a machine that has much else to do.
const PATIENCE: Duration = Duration::from_secs(300);
/// How long reading it may compute, in seconds.
const SECONDS: u64 = 20;
/// How much memory it may take, in bytes: a document of 32 MB fits, with what it unpacks to.
const MEMORY: u64 = 512 * 1024 * 1024;
/// How long it is waited after there was news: what comes together is looked at together.
const A_MOMENT: Duration = Duration::from_secs(1);

/// Reads what is unread, now and whenever there is news; ends with the server. `program` is this program.
pub async fn follow(app: App, program: std::path::PathBuf) {
    let (mut news, mut failed) = (app.news.listen(), HashSet::new());
    loop {
        if let Err(error) = read_all(&app, &program, &mut failed).await {
            tracing::error!(?error, "the documents of the library could not be read");
        }
        // Whoever is told that there was too much news has news.
        if let Err(tokio::sync::broadcast::error::RecvError::Closed) = news.recv().await {
            return;
        }
        tokio::time::sleep(A_MOMENT).await;
        news = news.resubscribe();
    }
}

async fn read_all(app: &App, program: &Path, failed: &mut HashSet<String>) -> Result<(), store::Error> {
    let unread = texts::unread(&mut *app.store.look().await?).await?;
    for file in unread.into_iter().filter(|file| !failed.contains(&file.sha256)).collect::<Vec<_>>() {
        let text = match read(app, program, &file).await {
            Ok(text) => text,
            Err(error) => {
                // Its bytes cannot be had, or no process or no turn: tried again when the server starts again.
                tracing::error!(?error, sha256 = file.sha256, "a document could not be brought to be read");
                failed.insert(file.sha256);
                continue;
            }
        };
        if text.is_none() {
            tracing::info!(sha256 = file.sha256, "nothing can be read in a document of the library");
        }
        let text = text.unwrap_or_default();
        let folded = fold::without_marks(&text).to_lowercase();
        let mut tx = app.store.write().await?;
        texts::put(&mut tx, &file.sha256, &folded, &text).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// What is written in a file; `None` if nothing can be read in it within the bounds.
async fn read(app: &App, program: &Path, file: &Stored) -> io::Result<Option<String>> {
    if file.size > MOST_BYTES {
        return Ok(None);
    }
    let mut child = Command::new(program)
        .arg(ERRAND)
        .env_clear()
        // Else the allocator asks for a gigabyte at once, which is more than there may be, and fails at random.
        .env("MIMALLOC_ARENA_RESERVE", "0")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        // What a decoder says about a document may hold words of it.
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()?;
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(io::Error::other("a process without its pipes"));
    };
    let send = async {
        let mut bytes = app.files.read(&file.sha256);
        while let Some(piece) = bytes.next().await {
            // Whoever has read enough hears no more.
            if input.write_all(&piece?).await.is_err() {
                break;
            }
        }
        drop(input);
        Ok::<_, io::Error>(())
    };
    let receive = async {
        let mut text = Vec::new();
        output.take(MOST_TEXT as u64).read_to_end(&mut text).await?;
        Ok::<_, io::Error>((text, child.wait().await?))
    };
    match tokio::time::timeout(PATIENCE, async { tokio::join!(send, receive) }).await {
        // What computes for too long is ended sooner: it did not get its turn.
        Err(_) => Err(io::ErrorKind::TimedOut.into()),
        Ok((sent, received)) => {
            sent?;
            let (text, status) = received?;
            Ok(String::from_utf8(text).ok().filter(|text| status.success() && !text.is_empty()))
        }
    }
}

/// Reads the document that comes in, and writes what is written in it: what [`ERRAND`] asks for.
pub fn read_document() -> ExitCode {
    let done = || -> io::Result<()> {
        let mut bytes = Vec::new();
        io::stdin().lock().take(MOST_BYTES).read_to_end(&mut bytes)?;
        let bound = |most| Rlimit { current: Some(most), maximum: Some(most) };
        let bounds =
            [(Resource::Cpu, SECONDS), (Resource::Data, MEMORY), (Resource::Fsize, 0), (Resource::Core, 0)];
        for (what, most) in bounds {
            setrlimit(what, bound(most))?;
        }
        // Whoever waits for an answer comes first.
        let _ = nice(5);
        let text = documents::text_of(&bytes).unwrap_or_default();
        let mut output = io::stdout().lock();
        output.write_all(text.as_bytes())?;
        output.flush()
    };
    if done().is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
