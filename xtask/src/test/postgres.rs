//! A PostgreSQL server for one run of the tests: Debian's programs, a cluster of our own in `target/postgres`, on a
//! free port of this machine only, with a password that nobody else knows.
//!
//! Invariant: it ends with the run. [`Cluster`] stops it and throws its databases away when it goes; an interruption
//! ends it with everything else below this process; and whatever a killed run left is stopped before a new one is made.

use std::hash::{BuildHasher as _, RandomState};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt as _, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use anyhow::{Context, Result, bail};

use crate::prerequisites::{self, Packaged};
use crate::{place, process};

/// Where Debian keeps the programs, a folder for each version.
const DEBIAN: &str = "/usr/lib/postgresql";
/// The user that Debian's package makes.
const USER: &str = "postgres";

/// A running server.
pub struct Cluster {
    programs: PathBuf,
    folder: PathBuf,
    user: Option<User>,
    /// Where databases can be made.
    pub url: String,
}

/// Whom the server runs as: it refuses to be root.
struct User {
    id: u32,
    group: u32,
}

impl Cluster {
    /// Installs what is missing, makes a cluster and starts it.
    pub fn start() -> Result<Self> {
        let programs = programs()?;
        let user = User::needed()?;
        let folder = folder(user.as_ref())?;
        let mut cluster = Self { programs, folder, user, url: String::new() };
        cluster.stop();
        if cluster.folder.exists() {
            fs::remove_dir_all(&cluster.folder).context("could not remove the cluster of an earlier run")?;
        }
        fs::create_dir_all(&cluster.folder)?;
        cluster.give(&cluster.folder)?;
        let password = [(); 2].map(|()| format!("{:016x}", RandomState::new().hash_one(0))).concat();
        let file = cluster.folder.join("password");
        fs::write(&file, &password)?;
        cluster.give(&file)?;
        process::read(
            cluster
                .program("initdb")
                .args(["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--username", USER])
                .args(["--no-instructions", "--pwfile"])
                .arg(&file)
                .arg(cluster.data()),
        )?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        // Durable as in real use; every test has a server of ours with its own connections.
        let options = format!(
            "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=300"
        );
        let started = process::run(
            cluster
                .program("pg_ctl")
                .args(["start", "--wait", "--silent", "--log"])
                .arg(cluster.log())
                .arg("--pgdata")
                .arg(cluster.data())
                .args(["--options", &options])
                .stdout(Stdio::null()),
        );
        started.with_context(|| format!("PostgreSQL did not start; see {}", cluster.log().display()))?;
        cluster.url = format!("postgres://{USER}:{password}@127.0.0.1:{port}/postgres");
        Ok(cluster)
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn log(&self) -> PathBuf {
        self.folder.join("log")
    }

    /// Lets the server's user have it, where that is somebody else.
    fn give(&self, path: &Path) -> Result<()> {
        match &self.user {
            Some(user) => Ok(chown(path, Some(user.id), Some(user.group))?),
            None => Ok(()),
        }
    }

    /// One of PostgreSQL's programs, to be run by the server's user.
    fn program(&self, name: &str) -> Command {
        let program = self.programs.join(name);
        let mut line = match &self.user {
            Some(_) => as_user(),
            None => return Command::new(program),
        };
        line.arg(program);
        line
    }

    fn stop(&self) {
        if self.data().join("postmaster.pid").exists() {
            let mut line = self.program("pg_ctl");
            line.args(["stop", "--wait", "--silent", "--mode", "immediate", "--pgdata"]).arg(self.data());
            // If nothing runs there any more, that is what was wanted.
            let _ = line.stdout(Stdio::null()).stderr(Stdio::null()).status();
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.stop();
        // Some hundred databases, gigabytes of them: the log says what can still be asked about this run.
        let _ = fs::remove_dir_all(self.data());
    }
}

impl User {
    /// Nobody else, unless we are root.
    fn needed() -> Result<Option<Self>> {
        if process::read(Command::new("id").arg("-u"))?.trim() != "0" {
            return Ok(None);
        }
        let number = |word: &str| -> Result<u32> {
            Ok(process::read(Command::new("id").args([word, USER]))?.trim().parse()?)
        };
        let user = || Ok(Some(Self { id: number("-u")?, group: number("-g")? }));
        user().map_err(|error: anyhow::Error| {
            error.context(
                "root cannot run PostgreSQL, and there is no user `postgres` to do it: useradd postgres",
            )
        })
    }
}

fn as_user() -> Command {
    let mut line = Command::new("runuser");
    line.current_dir("/").args(["-u", USER, "--"]);
    line
}

/// The folder with `initdb` and `pg_ctl`.
fn programs() -> Result<PathBuf> {
    if let Some(found) = find_programs() {
        return Ok(found);
    }
    prerequisites::packages(&[Packaged { program: "initdb", package: "postgresql" }])?;
    let found = find_programs();
    found.with_context(|| format!("postgresql is installed, and there is no initdb on PATH or in {DEBIAN}"))
}

fn find_programs() -> Option<PathBuf> {
    let of_debian = fs::read_dir(DEBIAN).into_iter().flatten().flatten().map(|it| it.path().join("bin"));
    let whole = |folder: &PathBuf| folder.join("initdb").is_file() && folder.join("pg_ctl").is_file();
    let newest = of_debian.filter(whole).max_by_key(|folder| version(folder));
    newest.or_else(|| process::find("initdb")?.parent().map(Path::to_path_buf).filter(whole))
}

/// `15` of `…/15/bin`.
fn version(folder: &Path) -> Option<u32> {
    folder.parent()?.file_name()?.to_str()?.parse().ok()
}

/// `target/postgres`, or a folder for temporary files where the server's user may not walk to the former.
fn folder(user: Option<&User>) -> Result<PathBuf> {
    let wanted = place::postgres();
    let above = wanted.parent().context("target/postgres lies in target")?;
    fs::create_dir_all(above)?;
    if user.is_none() || as_user().arg("test").arg("-x").arg(above).status()?.success() {
        return Ok(wanted);
    }
    let instead = env::temp_dir().join(format!("lantoa-postgres-{}", fs::metadata(above)?.ino()));
    if !env::temp_dir().is_dir() {
        bail!("the user `{USER}` cannot reach {}; move the workspace or open the way", above.display());
    }
    Ok(instead)
}
