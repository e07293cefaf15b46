//! The binary `lantoa`: reads the arguments, does an operator's errand, or opens the server and stops it on a
//! signal. The server starts it again for each document that it is to read.

use lantoa_backend::{
    Server,
    config::{Config, USAGE, Wanted},
    demo::accounts::{ACCOUNTS, Account, PASSWORD},
    office, texts, vault,
};
use std::{
    io::{self, BufRead as _, IsTerminal as _},
    process::{Command, ExitCode},
};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

/// Gives back to the system what a sign-in or a long pull took for a moment. The system's own
/// allocator keeps such peaks, once for every thread that had one: 180 MB instead of 60. SQLite, which is no Rust, is
/// given the same one (the feature `override`): 13 MB less after a day's pushes.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    if std::env::args().nth(1).as_deref() == Some(texts::ERRAND) {
        return texts::read_document();
    }
    let wanted = match Wanted::from_arguments(std::env::args().skip(1), |name| std::env::var(name).ok()) {
        Ok(Some(wanted)) => wanted,
        Ok(None) => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("{error}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    start_log();
    let done = match wanted {
        Wanted::Server(config) => run(&Config { program: std::env::current_exe().ok(), ..config }).await,
        Wanted::Errand { place, errand } => office::run(&place, errand, read_password)
            .await
            .map(|told| println!("{told}"))
            .map_err(Into::into),
        Wanted::Vault { installation, task } => {
            vault::run(&installation, task).await.map(|told| println!("{told}")).map_err(Into::into)
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("lantoa: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(config: &Config) -> Result<(), Box<dyn std::error::Error>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let server = Server::open(config).await?;
    println!("ready http://{}", server.address()?);
    if config.demo.is_some() {
        println!("accounts, all with the password {PASSWORD}:");
        for Account { account, name, unit, role } in &ACCOUNTS {
            println!("  {account:<12} {role:?} of {unit} ({name})");
        }
    }
    server
        .run(async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        })
        .await?;
    Ok(())
}

/// One line of standard input. A terminal is asked not to show what is typed; where it cannot, it shows it.
fn read_password() -> io::Result<String> {
    let (mut line, stdin) = (String::new(), io::stdin());
    let is_terminal = stdin.is_terminal();
    let show = |how: &str| {
        let _ = Command::new("stty").arg(how).status();
    };
    if is_terminal {
        eprint!("password: ");
        show("-echo");
    }
    let read = stdin.lock().read_line(&mut line);
    if is_terminal {
        show("echo");
        eprintln!();
    }
    read.map(|_| line)
}

/// Logs to standard error; one JSON object a line where `LANTOA_LOG_JSON=1`. `RUST_LOG` chooses.
fn start_log() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if std::env::var("LANTOA_LOG_JSON").is_ok_and(|value| value == "1") {
        log.json().init();
    } else {
        log.init();
    }
    // The standard hook prints the panic's words, which may hold what a person typed.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panic");
    }));
}
