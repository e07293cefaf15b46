//! A real server of S3 in the test's process (`s3s-fs`), whose objects are plain files in a directory. It can go away
//! while it takes an upload, or while it answers.

#![allow(dead_code, reason = "every test program uses a part of it")]

use axum::{Router, body::Body, extract::Request, response::Response};
use futures::{StreamExt as _, stream};
use lantoa_backend::files::{
    Home,
    bucket::{Address, Keys},
};
use s3s::{auth::SimpleAuth, service::S3ServiceBuilder};
use std::{
    io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread::JoinHandle,
};
use tokio::sync::Notify;

pub const KEY: &str = "lantoa-test";
pub const SECRET: &str = "a-secret-of-the-tests";
pub const BUCKET: &str = "lantoa";

/// What goes wrong with a server, and when.
#[derive(Debug, Default)]
struct Accidents {
    /// How many parts of an upload are taken before it goes away; 0 is all.
    parts: AtomicUsize,
    /// Whether what it gives breaks off in the middle.
    cuts: AtomicBool,
    /// Told when it is to go away.
    end: Notify,
}

/// What the program is told of a place of files.
pub fn arguments(home: &Home) -> Vec<String> {
    let Home::Bucket(address) = home else { return Vec::new() };
    let bucket = format!("s3://{}/{}", address.bucket, address.prefix);
    let endpoint = address.endpoint.clone().unwrap();
    ["--files-bucket", &bucket, "--files-endpoint", &endpoint].map(ToOwned::to_owned).into()
}

/// A running server.
pub struct Server {
    pub root: PathBuf,
    pub endpoint: String,
    accidents: Arc<Accidents>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// One whose objects lie below this directory, on a free port of this machine.
    pub fn start(root: &Path) -> Self {
        std::fs::create_dir_all(root.join(BUCKET)).unwrap();
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let accidents = Arc::new(Accidents::default());
        let (place, happening) = (root.to_owned(), accidents.clone());
        // On a thread with a runtime of its own: it outlives the test that started it first, and ends as a process
        // does.
        let thread = std::thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
            runtime.block_on(async {
                let serving = serve(listener, &place, happening.clone());
                tokio::select! {
                    () = serving => {}
                    () = happening.end.notified() => {}
                }
            });
            runtime.shutdown_background();
        });
        Self { root: root.to_owned(), endpoint, accidents, thread: Some(thread) }
    }

    /// Files in its bucket, behind this prefix.
    pub fn home(&self, prefix: &str) -> Home {
        Home::Bucket(Address {
            bucket: BUCKET.into(),
            prefix: prefix.into(),
            endpoint: Some(self.endpoint.clone()),
            region: "us-east-1".into(),
            keys: Keys { id: KEY.into(), secret: SECRET.into() },
        })
    }

    /// Goes away after so many more parts of uploads were taken.
    pub fn end_after_parts(&self, count: usize) {
        self.accidents.parts.store(count, Ordering::SeqCst);
    }

    /// Breaks off in the middle of whatever it gives from now on, or no more.
    pub fn cut_answers(&self, cuts: bool) {
        self.accidents.cuts.store(cuts, Ordering::SeqCst);
    }

    /// Goes away at once.
    pub fn stop(&mut self) {
        self.accidents.end.notify_one();
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

async fn serve(listener: std::net::TcpListener, root: &Path, accidents: Arc<Accidents>) {
    let mut builder = S3ServiceBuilder::new(s3s_fs::FileSystem::new(root).unwrap());
    builder.set_auth(SimpleAuth::from_single(KEY, SECRET));
    let service = builder.build();
    let answer = move |request: Request| {
        let (service, accidents) = (service.clone(), accidents.clone());
        async move {
            let is_part = request.uri().query().is_some_and(|query| query.contains("partNumber="));
            if is_part && accidents.parts.load(Ordering::SeqCst) > 0 {
                let left = accidents.parts.fetch_sub(1, Ordering::SeqCst);
                if left == 1 {
                    accidents.end.notify_one();
                    std::future::pending::<()>().await;
                }
            }
            let is_read = request.method() == "GET" && request.headers().contains_key("range")
                || request.method() == "GET" && request.uri().query().is_none();
            let given = service.call(request.map(s3s::Body::http_body_unsync)).await.unwrap();
            let given: Response = given.map(Body::new);
            if is_read && accidents.cuts.load(Ordering::SeqCst) { cut(given) } else { given }
        }
    };
    let listener = tokio::net::TcpListener::from_std(listener).unwrap();
    axum::serve(listener, Router::new().fallback(answer)).await.unwrap();
}

/// The beginning of an answer, and then nothing more.
fn cut(given: Response) -> Response {
    given.map(|body| {
        let beginning = body.into_data_stream().take(1).map(|piece| {
            let piece = piece.map_err(io::Error::other)?;
            Ok(piece.slice(..piece.len() / 2))
        });
        Body::from_stream(beginning.chain(stream::iter([Err(io::Error::other("cut off"))])))
    })
}
