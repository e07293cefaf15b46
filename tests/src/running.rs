//! A program that was started here, with all that it starts itself.
//!
//! Invariant: nothing started here outlives the value: dropping it kills the whole process group.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process, kill_process_group};

/// A running program and what it said so far.
pub struct Running {
    name: String,
    child: Child,
    said: Arc<Mutex<String>>,
    lines: Receiver<String>,
}

impl Running {
    /// Starts a program in a process group of its own.
    pub fn start(mut line: Command) -> Result<Self> {
        let name = line.get_program().to_string_lossy().into_owned();
        line.process_group(0).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = line.spawn().with_context(|| format!("could not start {name}"))?;
        let said = Arc::new(Mutex::new(String::new()));
        let (send, lines) = mpsc::channel();
        let out = child.stdout.take().expect("standard output is piped");
        let err = child.stderr.take().expect("standard error is piped");
        for stream in [Box::new(out) as Box<dyn std::io::Read + Send>, Box::new(err)] {
            let (said, send) = (Arc::clone(&said), send.clone());
            thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    said.lock().expect("no holder panics").extend([line.as_str(), "\n"]);
                    // Nobody may listen any more; the text is kept all the same.
                    let _ = send.send(line);
                }
            });
        }
        Ok(Self { name, child, said, lines })
    }

    /// Waits for a line that `wanted` makes something of.
    pub fn line<T>(&self, patience: Duration, wanted: impl Fn(&str) -> Option<T>) -> Result<T> {
        let deadline = Instant::now() + patience;
        while let Ok(line) = self.lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            if let Some(found) = wanted(&line) {
                return Ok(found);
            }
        }
        bail!("{} did not get ready; it said:\n{}", self.name, self.said())
    }

    /// All that it wrote so far.
    pub fn said(&self) -> String {
        self.said.lock().expect("no holder panics").clone()
    }

    /// Pulls the plug (SIGKILL to the whole group): nothing is flushed, nothing is said goodbye to.
    pub fn kill(&mut self) {
        // An error means that it is gone already.
        let _ = kill_process_group(self.pid(), Signal::KILL);
        let _ = self.child.wait();
    }

    /// Asks it to stop (SIGTERM) and waits until it did.
    pub fn stop(&mut self) -> Result<()> {
        kill_process_group(self.pid(), Signal::TERM)
            .with_context(|| format!("could not stop {}", self.name))?;
        let deadline = Instant::now() + Duration::from_secs(20);
        while self.child.try_wait()?.is_none() {
            if Instant::now() > deadline {
                bail!("{} does not stop when asked; it said:\n{}", self.name, self.said());
            }
            thread::yield_now();
        }
        Ok(())
    }

    fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Kills every process whose command line names `folder`, which must be one of our own temporary folders.
///
/// A browser is started by its driver, not by us, and may leave the driver's group; its profile folder tells it.
pub fn kill_users_of(folder: &std::path::Path) -> usize {
    let needle = folder.to_string_lossy();
    let Ok(entries) = fs::read_dir("/proc") else { return 0 };
    let processes = entries.flatten().filter_map(|it| it.file_name().to_string_lossy().parse::<i32>().ok());
    let users = processes.filter(|pid| {
        let line = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        String::from_utf8_lossy(&line).contains(&*needle)
    });
    users.filter_map(Pid::from_raw).filter(|pid| kill_process(*pid, Signal::KILL).is_ok()).count()
}
