//! What the program is told at its start: to serve (directories, address, whether to make a demo), or to do
//! an operator's errand.
//!
//! Read from the command line only, with three exceptions: the log, which `main` sets up from `RUST_LOG` and
//! `LANTOA_LOG_JSON`; the database's URL, which may come as `LANTOA_DATABASE`: a command line is seen by everybody on
//! the machine, and the URL may hold a password; and the bucket of files with its credentials ([`bucket`]).

mod bucket;

use crate::{
    files::Home,
    office::Errand,
    store::{self, Place},
    vault::{Installation, Task},
};
use lantoa_shared::person::{Membership, Role};
use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

/// Schools of the demo: as many as the city has (unit-types.md section 7).
const DEMO_SCHOOLS: usize = 600;

/// The words `lantoa --help` prints.
pub const USAGE: &str = "\
lantoa --data DIR --programme DIR [--database URL] [--app DIR] [--port N] [--listen ADDRESS] [--behind-proxy]
       [--public-url URL] [--files-bucket s3://BUCKET/PREFIX] [--demo]

  --data DIR        where the database and the files are kept; made if missing
  --database URL    a PostgreSQL database instead of SQLite in the data directory, such as
                    postgres://lantoa@localhost/lantoa; LANTOA_DATABASE says the same without
                    showing a password to everybody on the machine. Several servers may share it
  --programme DIR   the programme's definition files, such as programmes/hue-71
  --app DIR         the built app to deliver; without it only the API answers
  --port N          port to listen on (default 8080; 0 takes a free one)
  --listen ADDRESS  address to listen on (default 127.0.0.1)
  --behind-proxy    a TLS proxy on this machine stands before: who signs in is known by
                    X-Forwarded-For, and the session cookie is always Secure
  --public-url URL  where everybody reaches the public pages, such as https://truyenthong.example;
                    without it they name themselves as they are asked for
  --files-bucket s3://BUCKET/PREFIX
                    uploaded files in a bucket of S3 instead of the data directory; or
                    LANTOA_FILES_BUCKET. The keys are AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY
  --files-endpoint URL, --files-region REGION
                    the server of the bucket if it is not Amazon's, and its region (default
                    us-east-1); or LANTOA_FILES_ENDPOINT, LANTOA_FILES_REGION
  --demo            fill an empty database with generated schools, accounts and reports

lantoa --data DIR --programme DIR unit import FILE.csv
lantoa --data DIR account list
lantoa --data DIR account add ACCOUNT --name NAME --role UNIT:ROLE ...
lantoa --data DIR account roles ACCOUNT --role UNIT:ROLE ...
lantoa --data DIR account password | close | reopen ACCOUNT
lantoa --data DIR device list
lantoa --data DIR device revoke | allow DEVICE
lantoa --data DIR backup FOLDER            while the server runs; a new folder in FOLDER
lantoa --data DIR restore FOLDER/BACKUP    into an empty installation
lantoa --data DIR verify
lantoa --data DIR --database URL move to-postgres | to-sqlite
lantoa --data DIR --files-bucket s3://BUCKET/PREFIX move files-to-bucket | files-to-directory

  --role UNIT:ROLE  may be given several times; roles are preparer, head, reviewer,
                    consolidator, administrator, reader
  --unit UNIT       the unit of every --role that is written without one
  A password is read from standard input, one line.";

/// What the program is to do.
#[derive(Debug, Clone)]
pub enum Wanted {
    /// Serve.
    Server(Config),
    /// Do an errand on a database.
    Errand {
        /// Where the database is.
        place: Place,
        /// What is to be done there.
        errand: Errand,
    },
    /// Copy or check an installation as a whole.
    Vault {
        /// Where it is.
        installation: Installation,
        /// What is to be done.
        task: Task,
    },
}

/// What the server is told at its start.
#[derive(Debug, Clone)]
pub struct Config {
    /// Files, and the database where it is SQLite's.
    pub data: PathBuf,
    /// Where the database is.
    pub place: Place,
    /// Where the bytes of files are.
    pub files: Home,
    /// The programme's definition files.
    pub programme: PathBuf,
    /// The built app, if it is to be delivered.
    pub app: Option<PathBuf>,
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Whether a TLS proxy on the same machine stands before the server and says for whom it asks.
    pub behind_proxy: bool,
    /// Where everybody reaches the public pages, `https://host`, if that is told.
    pub public_url: Option<String>,
    /// How many schools an empty database is filled with, if it is to be a demo.
    pub demo: Option<usize>,
    /// This program, which is started anew for each document that is to be read; without it none is. It is no argument:
    /// `main` knows it.
    pub program: Option<PathBuf>,
}

/// The command line could not be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadArguments(String);

impl std::fmt::Display for BadArguments {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for BadArguments {}

impl Wanted {
    /// Reads the arguments after the program's name; `None` if help was asked for. `surroundings` give the
    /// variables of the environment.
    ///
    /// # Errors
    /// One sentence naming the argument that is missing, unknown or unreadable.
    pub fn from_arguments(
        arguments: impl IntoIterator<Item = String>,
        surroundings: impl Fn(&str) -> Option<String>,
    ) -> Result<Option<Self>, BadArguments> {
        let mut arguments = arguments.into_iter();
        let (mut data, mut programme, mut app, mut demo) = (None, None, None, None);
        let surroundings = |name: &str| surroundings(name).filter(|value| !value.is_empty());
        let mut database = surroundings("LANTOA_DATABASE");
        let mut bucket = bucket::Said::in_surroundings(surroundings);
        let (mut behind_proxy, mut public_url) = (false, None);
        let (mut port, mut address) = (8080, IpAddr::V4(Ipv4Addr::LOCALHOST));
        while let Some(argument) = arguments.next() {
            let mut value =
                || arguments.next().ok_or_else(|| BadArguments(format!("{argument} needs a value")));
            match argument.as_str() {
                "--data" => data = Some(PathBuf::from(value()?)),
                "--database" => database = Some(value()?),
                "--files-bucket" => bucket.bucket = Some(value()?),
                "--files-endpoint" => bucket.endpoint = Some(value()?),
                "--files-region" => bucket.region = Some(value()?),
                "--programme" => programme = Some(PathBuf::from(value()?)),
                "--app" => app = Some(PathBuf::from(value()?)),
                "--port" => {
                    port = value()?.parse().map_err(|_| BadArguments("--port needs a number".into()))?;
                }
                "--listen" => {
                    address =
                        value()?.parse().map_err(|_| BadArguments("--listen needs an IP address".into()))?;
                }
                "--behind-proxy" => behind_proxy = true,
                "--public-url" => public_url = Some(origin(&value()?)?),
                "--demo" => demo = Some(DEMO_SCHOOLS),
                "unit" | "account" | "device" => {
                    let data = data.ok_or_else(|| missing("--data"))?;
                    let errand = errand(&argument, programme, arguments)?;
                    return Ok(Some(Self::Errand { place: place(&data, database), errand }));
                }
                "backup" | "restore" | "verify" | "move" => {
                    let data = data.ok_or_else(|| missing("--data"))?;
                    let task = task(&argument, arguments)?;
                    let files = bucket.home(surroundings)?;
                    let installation = Installation { data, database, files };
                    return Ok(Some(Self::Vault { installation, task }));
                }
                "--help" | "-h" => return Ok(None),
                other => return Err(BadArguments(format!("unknown argument {other}"))),
            }
        }
        let data = data.ok_or_else(|| missing("--data"))?;
        Ok(Some(Self::Server(Config {
            place: place(&data, database),
            data,
            files: bucket.home(surroundings)?,
            programme: programme.ok_or_else(|| missing("--programme"))?,
            app,
            listen: SocketAddr::new(address, port),
            behind_proxy,
            public_url,
            demo,
            program: None,
        })))
    }
}

/// An address of a site: scheme and host, and nothing after them but a slash.
fn origin(text: &str) -> Result<String, BadArguments> {
    let bare = text.strip_suffix('/').unwrap_or(text);
    let host = bare.strip_prefix("https://").or_else(|| bare.strip_prefix("http://"));
    if host.is_some_and(crate::http::site::is_host) {
        Ok(bare.to_ascii_lowercase())
    } else {
        Err(BadArguments("--public-url needs an address such as https://truyenthong.example".into()))
    }
}

fn place(data: &Path, database: Option<String>) -> Place {
    database.map_or_else(|| Place::Directory(data.to_owned()), Place::Url)
}

fn missing(name: &str) -> BadArguments {
    BadArguments(format!("{name} is missing"))
}

/// Reads what comes after `backup`, `restore`, `verify` or `move`.
fn task(what: &str, mut arguments: impl Iterator<Item = String>) -> Result<Task, BadArguments> {
    let subject = arguments.next();
    if let Some(more) = arguments.next() {
        return Err(BadArguments(format!("unknown argument {more}")));
    }
    match (what, subject.as_deref()) {
        ("verify", None) => Ok(Task::Verify),
        ("backup", Some(folder)) => Ok(Task::Backup(folder.into())),
        ("restore", Some(backup)) => Ok(Task::Restore(backup.into())),
        ("move", Some("to-postgres")) => Ok(Task::Move { to_postgres: true }),
        ("move", Some("to-sqlite")) => Ok(Task::Move { to_postgres: false }),
        ("move", Some("files-to-bucket")) => Ok(Task::MoveFiles { to_bucket: true }),
        ("move", Some("files-to-directory")) => Ok(Task::MoveFiles { to_bucket: false }),
        ("backup", None) => Err(missing("the folder of backups")),
        ("restore", None) => Err(missing("the backup")),
        ("move", _) => Err(BadArguments(
            "move needs to-postgres, to-sqlite, files-to-bucket or files-to-directory".into(),
        )),
        (_, other) => Err(BadArguments(format!("unknown argument {}", other.unwrap_or(what)))),
    }
}

/// Reads what comes after `unit`, `account` or `device`.
fn errand(
    about: &str,
    programme: Option<PathBuf>,
    mut arguments: impl Iterator<Item = String>,
) -> Result<Errand, BadArguments> {
    let what = arguments.next().unwrap_or_default();
    let (mut subject, mut name, mut unit, mut roles) = (None, None, None, Vec::new());
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| BadArguments(format!("{argument} needs a value")));
        match argument.as_str() {
            "--name" => name = Some(value()?),
            "--unit" => unit = Some(value()?),
            "--role" => roles.push(value()?),
            other if other.starts_with('-') || subject.is_some() => {
                return Err(BadArguments(format!("unknown argument {other}")));
            }
            _ => subject = Some(argument),
        }
    }
    let roles = roles.iter().map(|role| membership(role, unit.as_deref())).collect::<Result<Vec<_>, _>>()?;
    let account = || subject.clone().ok_or_else(|| missing("ACCOUNT"));
    Ok(match (about, what.as_str()) {
        ("unit", "import") => Errand::ImportUnits {
            file: subject.ok_or_else(|| missing("FILE.csv"))?.into(),
            programme: programme.ok_or_else(|| missing("--programme"))?,
        },
        ("account", "list") => Errand::ListAccounts,
        ("account", "add") => {
            Errand::AddAccount { account: account()?, name: name.ok_or_else(|| missing("--name"))?, roles }
        }
        ("account", "roles") => Errand::SetRoles { account: account()?, roles },
        ("account", "password") => Errand::SetPassword(account()?),
        ("account", "close") => Errand::CloseAccount(account()?),
        ("account", "reopen") => Errand::ReopenAccount(account()?),
        ("device", "list") => Errand::ListDevices,
        ("device", "revoke") => Errand::RevokeDevice(subject.ok_or_else(|| missing("DEVICE"))?),
        ("device", "allow") => Errand::AllowDevice(subject.ok_or_else(|| missing("DEVICE"))?),
        _ => return Err(BadArguments(format!("unknown errand {about} {what}"))),
    })
}

/// `UNIT:ROLE`, or `ROLE` in the unit given besides.
fn membership(text: &str, unit: Option<&str>) -> Result<Membership, BadArguments> {
    let (unit, role) = text.split_once(':').or_else(|| Some((unit?, text))).ok_or_else(|| {
        BadArguments(format!("--role {text} needs its unit: write UNIT:{text}, or give --unit"))
    })?;
    let role: Role = store::from_word("role", role.to_owned())
        .map_err(|_| BadArguments(format!("there is no role {role}; see --help")))?;
    Ok(Membership { unit: unit.to_owned(), role })
}
