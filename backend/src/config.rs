//! What the server is told at its start: directories, address, and whether to make a demo.
//!
//! Read from the command line only; nothing else in the crate looks at arguments or variables.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
};

/// Schools of the demo: as many as the city has (unit-types.md section 7).
const DEMO_SCHOOLS: usize = 600;

/// The words `lantoa --help` prints.
pub const USAGE: &str = "\
lantoa --data DIR --programme DIR [--app DIR] [--port N] [--listen ADDRESS] [--demo]

  --data DIR        where the database and the files are kept; made if missing
  --programme DIR   the programme's definition files, such as programmes/hue-71
  --app DIR         the built app to deliver; without it only the API answers
  --port N          port to listen on (default 8080; 0 takes a free one)
  --listen ADDRESS  address to listen on (default 127.0.0.1)
  --demo            fill an empty database with generated schools, accounts and reports";

/// What the server is told at its start.
#[derive(Debug, Clone)]
pub struct Config {
    /// Database and files.
    pub data: PathBuf,
    /// The programme's definition files.
    pub programme: PathBuf,
    /// The built app, if it is to be delivered.
    pub app: Option<PathBuf>,
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// How many schools an empty database is filled with, if it is to be a demo.
    pub demo: Option<usize>,
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

impl Config {
    /// Reads the arguments after the program's name; `None` if help was asked for.
    ///
    /// # Errors
    /// One sentence naming the argument that is missing, unknown or unreadable.
    pub fn from_arguments(arguments: impl IntoIterator<Item = String>) -> Result<Option<Self>, BadArguments> {
        let mut arguments = arguments.into_iter();
        let (mut data, mut programme, mut app, mut demo) = (None, None, None, None);
        let (mut port, mut address) = (8080, IpAddr::V4(Ipv4Addr::LOCALHOST));
        while let Some(argument) = arguments.next() {
            let mut value =
                || arguments.next().ok_or_else(|| BadArguments(format!("{argument} needs a value")));
            match argument.as_str() {
                "--data" => data = Some(PathBuf::from(value()?)),
                "--programme" => programme = Some(PathBuf::from(value()?)),
                "--app" => app = Some(PathBuf::from(value()?)),
                "--port" => {
                    port = value()?.parse().map_err(|_| BadArguments("--port needs a number".into()))?;
                }
                "--listen" => {
                    address =
                        value()?.parse().map_err(|_| BadArguments("--listen needs an IP address".into()))?;
                }
                "--demo" => demo = Some(DEMO_SCHOOLS),
                "--help" | "-h" => return Ok(None),
                other => return Err(BadArguments(format!("unknown argument {other}"))),
            }
        }
        let missing = |name: &str| BadArguments(format!("{name} is missing"));
        Ok(Some(Self {
            data: data.ok_or_else(|| missing("--data"))?,
            programme: programme.ok_or_else(|| missing("--programme"))?,
            app,
            listen: SocketAddr::new(address, port),
            demo,
        }))
    }
}
