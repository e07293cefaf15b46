//! The program as an operator meets it: arguments, signals, and a death without warning.

use crate::{
    engine::{self, bucket},
    support::{Directory, copy_of_demo, phone_at},
};
use lantoa_shared::{op::Path, sync::verdict::Verdict, value::Value};
use std::{
    io::{BufRead as _, BufReader},
    path::Path as FilePath,
    process::{Child, Command, Output, Stdio},
};

const REPORT: &str = "FA:2026-year:TH-0001";

pub fn programme() -> std::path::PathBuf {
    FilePath::new(env!("CARGO_MANIFEST_DIR")).join("../programmes/hue-71")
}

pub fn lantoa() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lantoa"));
    command.env("AWS_ACCESS_KEY_ID", bucket::KEY).env("AWS_SECRET_ACCESS_KEY", bucket::SECRET);
    command
}

/// Starts the program and waits for its `ready` line.
pub fn start(data: &FilePath) -> (Child, String) {
    let mut child = lantoa()
        .args(["--port", "0"])
        .args(engine::arguments(data))
        .arg("--programme")
        .arg(programme())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let url = line.trim().strip_prefix("ready ").unwrap().to_owned();
    (child, url)
}

fn run(arguments: &[&str]) -> Output {
    lantoa().args(arguments).output().unwrap()
}

#[tokio::test]
async fn a_server_killed_without_warning_has_lost_nothing_it_acknowledged() {
    let data = copy_of_demo().await;
    let (mut child, url) = start(&data.0);
    let mut phone = phone_at(&url, "truong").await;
    phone.pull().await;
    for round in 1..=3 {
        for n in 1..=20 {
            let value = Value::Int(round * 100 + n);
            assert_eq!(phone.set(REPORT, "learner_total", value).await, Verdict::APPLIED);
            phone.pull().await;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let (again, url) = start(&data.0);
        child = again;
        phone.url = url;
        phone.pull().await;
        let record = phone.record(REPORT).unwrap();
        assert_eq!(record.value(&Path::field("learner_total")), Some(&Value::Int(round * 100 + 20)));
    }
    assert_eq!(phone.set(REPORT, "learner_total", Value::Int(7)).await, Verdict::APPLIED);
    child.kill().unwrap();
    child.wait().unwrap();
}

#[tokio::test]
async fn a_signal_ends_open_streams_and_the_program_without_an_error() {
    let data = copy_of_demo().await;
    let (mut child, url) = start(&data.0);
    let phone = phone_at(&url, "truong").await;
    let mut stream = phone.http.get(format!("{url}/api/v1/sync/events")).send().await.unwrap();
    let killed = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    assert!(stream.chunk().await.unwrap_or(None).is_none());
    assert!(tokio::task::spawn_blocking(move || child.wait().unwrap()).await.unwrap().success());
}

#[test]
fn wrong_arguments_are_named() {
    for (arguments, word) in [
        (vec!["--nonsense"], "unknown argument --nonsense"),
        (vec!["--data", "x"], "--programme is missing"),
        (vec!["--port", "many"], "--port needs a number"),
        (vec!["--data"], "--data needs a value"),
    ] {
        let output = run(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains(word), "{arguments:?}: {told}");
    }
    assert!(run(&["--help"]).status.success());
}

#[test]
fn a_programme_with_mistakes_is_refused_with_their_places() {
    let (data, folder) = (Directory::new(), Directory::new());
    std::fs::write(folder.0.join("programme.json"), "{").unwrap();
    let (data, folder) = (data.0.to_str().unwrap(), folder.0.to_str().unwrap());
    let output = run(&["--port", "0", "--data", data, "--programme", folder]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(told.contains("programme.json") && told.contains("units.json"), "{told}");
}
