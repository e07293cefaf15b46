//! Clients that others wrote, against the real server: whoever speaks tus 1.0 can bring files, also over a line that is
//! cut again and again.
//!
//! `cargo xtask test clients` fetches them into `target/tools`; they are no part of this repository.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use lantoa_tests::chance::Chance;
use lantoa_tests::proxy::{Fault, Proxy};
use lantoa_tests::server::Server;
use lantoa_tests::{place, wait};
use sha2::{Digest as _, Sha256};

/// Where bytes go up.
const UPLOADS: &str = "/api/v1/uploads";
/// How large the file is, in bytes.
const SIZE: usize = 6_000_000;
/// What a client sends at once.
const PIECE: usize = 1024 * 1024;
/// How often the line is cut.
const CUTS: usize = 6;

#[tokio::test]
async fn tus_js_client_brings_a_file_over_a_line_that_is_cut() -> Result<()> {
    brings_a_file("node", "tus.mjs", ("LANTOA_TUS_JS", tool("tus-js-client")?)).await
}

#[tokio::test]
async fn tuspy_brings_a_file_over_a_line_that_is_cut() -> Result<()> {
    brings_a_file("python3", "tus.py", ("PYTHONPATH", tool("tuspy")?)).await
}

/// A program runs our script, which finds the client by a variable.
async fn brings_a_file(program: &str, script: &str, (variable, tool): (&str, PathBuf)) -> Result<()> {
    let server = Server::demo()?;
    let proxy = Proxy::before(&server, 7)?;
    let folder = place::folder()?;
    let mut chance = Chance::of(7, "clients");
    let bytes: Vec<u8> = (0..SIZE / 8).flat_map(|_| chance.number().to_le_bytes()).collect();
    let sha256 = hex::encode(Sha256::digest(&bytes));
    let file = folder.path().join("bytes.bin");
    std::fs::write(&file, &bytes)?;
    let send = || -> Result<_> {
        let mut line = Command::new(program);
        line.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("clients").join(script)).env(variable, &tool);
        line.args([&proxy.page(""), "truong", "lantoa-demo"]).arg(&file).arg(&sha256);
        line.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().context("could not start the client")
    };

    proxy.make_on(Fault::CutRequest, "/api/v1/uploads/");
    let running = send()?;
    proxy.until_ended(CUTS, Fault::CutRequest, UPLOADS).await?;
    proxy.make(Fault::Pass);
    let told = running.wait_with_output()?;
    ensure!(told.status.success(), "{}\n{}", String::from_utf8_lossy(&told.stderr), proxy.told());
    let arrived = server.data().join("files").join(&sha256[..2]).join(&sha256);
    wait::until("the file at the centre", async || Ok(arrived.is_file().then_some(()))).await?;
    ensure!(std::fs::read(&arrived)? == bytes, "other bytes arrived");

    // What is there already is not brought again: the client learns of it at its first piece.
    let before = proxy.carried(UPLOADS);
    let told = send()?.wait_with_output()?;
    ensure!(told.status.success(), "{}\n{}", String::from_utf8_lossy(&told.stderr), proxy.told());
    let sent = proxy.carried(UPLOADS) - before;
    ensure!(sent <= PIECE, "{sent} bytes were sent of a file that is there");
    Ok(())
}

/// Where a client lies that `cargo xtask test clients` fetched.
fn tool(name: &str) -> Result<PathBuf> {
    let tools = place::root().join("target/tools");
    let found = std::fs::read_dir(&tools).ok().into_iter().flatten().flatten().find(|entry| {
        entry.file_name().to_str().and_then(|it| it.strip_prefix(name)?.strip_prefix('-')).is_some()
    });
    let found =
        found.with_context(|| format!("{name} is not there: `cargo xtask test clients` fetches it"))?;
    Ok(found.path())
}
