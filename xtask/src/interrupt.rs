//! Being interrupted: nothing that was started here goes on behind the person's back.
//!
//! Browsers, their drivers and servers under test run in process groups of their own, which Ctrl-C in a terminal does
//! not reach, and a test that is killed cannot end them. Invariant: whatever is orphaned below becomes our child
//! again, so the whole tree can be found and killed. Elsewhere than on Linux only the terminal's own group ends.

#[cfg(target_os = "linux")]
use std::{collections::BTreeMap, fs};

/// How a shell calls an end by Ctrl-C.
#[cfg(target_os = "linux")]
const INTERRUPTED: i32 = 130;

/// From now on, an interruption ends everything below this process, and then the process.
#[cfg(target_os = "linux")]
pub fn take_everything_along() {
    use rustix::process::{getpid, set_child_subreaper};

    // Without these the commands work as well; they only leave more behind when they are interrupted.
    let _ = set_child_subreaper(Some(getpid()));
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_io().build() else { return };
    std::thread::spawn(move || {
        if runtime.block_on(interrupted()).is_ok() {
            kill_all_below();
            std::process::exit(INTERRUPTED);
        }
    });
}

/// See the head of this file.
#[cfg(not(target_os = "linux"))]
pub fn take_everything_along() {}

#[cfg(target_os = "linux")]
async fn interrupted() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};

    let (mut interrupt, mut terminate, mut hang_up) =
        (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?, signal(SignalKind::hangup())?);
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
        _ = hang_up.recv() => {}
    }
    Ok(())
}

/// Kills until nothing is left: what is killed may have started more meanwhile.
#[cfg(target_os = "linux")]
fn kill_all_below() {
    use rustix::process::{Pid, Signal, getpid, kill_process};

    loop {
        let below = below(getpid().as_raw_nonzero().get(), &parents());
        if below.is_empty() {
            return;
        }
        for pid in below.into_iter().filter_map(Pid::from_raw) {
            let _ = kill_process(pid, Signal::KILL);
        }
        std::thread::yield_now();
    }
}

/// Every process that still runs, with its parent.
#[cfg(target_os = "linux")]
fn parents() -> BTreeMap<i32, i32> {
    let pids = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = pids.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.filter_map(|pid: i32| Some((pid, parent(&fs::read_to_string(format!("/proc/{pid}/stat")).ok()?)?)))
        .collect()
}

/// The parent in a line of `/proc/PID/stat`; nothing for one that ended and was not waited for. The name, in
/// brackets, may hold anything.
#[cfg(target_os = "linux")]
fn parent(stat: &str) -> Option<i32> {
    let mut words = stat.rsplit_once(')')?.1.split_whitespace();
    let state = words.next()?;
    (state != "Z").then(|| words.next()?.parse().ok())?
}

#[cfg(target_os = "linux")]
fn below(top: i32, parents: &BTreeMap<i32, i32>) -> Vec<i32> {
    let mut found = vec![top];
    let mut at = 0;
    while let Some(parent) = found.get(at).copied() {
        found.extend(parents.iter().filter(|(_, of)| **of == parent).map(|(pid, _)| *pid));
        at += 1;
    }
    found.split_off(1)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn children_of_children_are_found_and_nobody_else() {
        let parents = BTreeMap::from([(2, 1), (3, 2), (4, 3), (5, 1), (6, 4)]);
        assert_eq!(below(2, &parents), [3, 4, 6]);
        assert!(below(6, &parents).is_empty());
    }

    #[test]
    fn a_name_with_brackets_hides_no_parent_and_the_dead_do_not_count() {
        assert_eq!(parent("12 (a) Z (b) S 7 12 12"), Some(7));
        assert_eq!(parent("12 (gone) Z 7 12 12"), None);
    }
}
