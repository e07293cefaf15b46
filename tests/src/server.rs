//! The server under test: the release build, with a data folder and a port of its own.
//!
//! A phone without a network is a phone whose server is not there: [`Server::kill`] makes it so, and
//! [`Server::start_again`] brings the same server back on the same port with the same data.

use std::fs;
use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;

use crate::{place, running::Running};

/// Seeding the demo takes a while on a small machine.
const STARTING: Duration = Duration::from_secs(120);

/// The app that a server delivers.
enum App {
    Built(PathBuf),
    Copied(TempDir),
}

impl App {
    fn folder(&self) -> &Path {
        match self {
            Self::Built(folder) => folder,
            Self::Copied(folder) => folder.path(),
        }
    }
}

/// A demo server.
pub struct Server {
    port: u16,
    data: TempDir,
    app: App,
    running: Option<Running>,
}

impl Server {
    /// Starts a new server with demo data.
    pub fn demo() -> Result<Self> {
        let app = App::Built(built("LANTOA_APP", "target/app/dist")?);
        let mut server = Self { port: place::free_port()?, data: place::folder()?, app, running: None };
        server.start_again()?;
        Ok(server)
    }

    /// Starts the server that was killed or stopped: same port, same data.
    pub fn start_again(&mut self) -> Result<()> {
        ensure!(self.running.is_none(), "the server is running already");
        let program = built("LANTOA_SERVER", "target/release/lantoa")?;
        let mut line = Command::new(program);
        line.arg("--app").arg(self.app.folder());
        line.arg("--data").arg(self.data.path());
        line.arg("--programme").arg(place::root().join("programmes/hue-71"));
        line.args(["--port", &self.port.to_string(), "--demo"]);
        let running = Running::start(line)?;
        running.line(STARTING, |line| line.contains("ready http://").then_some(()))?;
        self.running = Some(running);
        Ok(())
    }

    /// How many bytes a file of the app has on its way to a current browser.
    pub fn delivered_bytes(&self, path: &str) -> Result<u64> {
        let name = path.trim_start_matches('/');
        let file = self.app.folder().join(if name.is_empty() { "index.html" } else { name });
        let compressed = PathBuf::from(format!("{}.br", file.display()));
        let file = if compressed.is_file() { compressed } else { file };
        Ok(fs::metadata(&file).with_context(|| format!("the app has no {path}"))?.len())
    }

    /// Delivers another app from the next start on.
    pub fn deliver(&mut self, app: TempDir) {
        self.app = App::Copied(app);
    }

    /// Pulls the plug.
    pub fn kill(&mut self) {
        self.running = None;
    }

    /// Asks the server to stop, as a service manager does; fails if it does not obey.
    pub fn stop(&mut self) -> Result<()> {
        self.running.take().context("the server is not running")?.stop()
    }

    /// The address of a page, from its path.
    pub fn page(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        (Ipv4Addr::LOCALHOST, self.port).into()
    }

    /// Does an operator's errand beside the running server, such as `account list`; returns what it told. A password
    /// is given on standard input.
    pub fn errand(&self, words: &[&str], password: &str) -> Result<String> {
        let mut line = Command::new(built("LANTOA_SERVER", "target/release/lantoa")?);
        line.arg("--data").arg(self.data.path()).args(words);
        let mut running = line.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let mut input = running.stdin.take().expect("standard input is piped");
        writeln!(input, "{password}")?;
        drop(input);
        let ended = running.wait_with_output()?;
        ensure!(ended.status.success(), "{}: {}", words.join(" "), String::from_utf8_lossy(&ended.stderr));
        Ok(String::from_utf8_lossy(&ended.stdout).into_owned())
    }

    /// Copies all that the server keeps. It must stand still meanwhile.
    pub fn copy(&self) -> Result<TempDir> {
        ensure!(self.running.is_none(), "a copy of what is being written is worth nothing");
        let folder = place::folder()?;
        place::copy(self.data.path(), folder.path())?;
        Ok(folder)
    }

    /// Puts a copy back in place of all that the server keeps.
    pub fn restore(&mut self, older: &TempDir) -> Result<()> {
        ensure!(self.running.is_none(), "the server is running");
        self.data = place::folder()?;
        place::copy(older.path(), self.data.path())
    }

    /// The folder with everything the server keeps.
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// What the server wrote since it was last started.
    pub fn log(&self) -> String {
        self.running.as_ref().map_or_else(String::new, Running::said)
    }
}

/// Copies the built app under another version, as if one byte of it were new; returns folder and version.
pub fn new_version(old: &str) -> Result<(TempDir, String)> {
    let (folder, new) = (place::folder()?, old.chars().rev().collect::<String>());
    place::copy(&built("LANTOA_APP", "target/app/dist")?, folder.path())?;
    for name in ["index.html", "sw.js"] {
        let file = folder.path().join(name);
        let text = fs::read_to_string(&file)?;
        ensure!(text.contains(old) && new != old, "{name} does not name version {old}");
        fs::write(&file, text.replace(old, &new))?;
        // Compressed copies still hold the old version.
        for suffix in ["br", "gz"] {
            fs::remove_file(folder.path().join(format!("{name}.{suffix}")))?;
        }
    }
    Ok((folder, new))
}

/// Something that must have been built before, here or where a variable says.
fn built(variable: &str, from_root: &str) -> Result<PathBuf> {
    let path = std::env::var_os(variable).map_or_else(|| place::root().join(from_root), PathBuf::from);
    ensure!(path.exists(), "{} is missing: `cargo xtask test browser` builds it", path.display());
    Ok(path)
}
