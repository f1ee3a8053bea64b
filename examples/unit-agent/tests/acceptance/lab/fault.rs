//! Faults at the n-th system call of a kind, by strace.
//!
//! The agent's threads are followed, its hooks are not: strace lets go of whatever
//! calls `execve`. It counts calls by thread and by name.

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, io};

use super::{Ended, Lab, Record};

/// The calls that write and sync, a name or a pattern each.
pub(crate) const FAMILIES: [&str; 5] = ["write", "pwrite64", "fsync", "fdatasync", "/^rename"];

/// What befalls a call.
#[derive(Clone, Copy)]
pub(crate) enum Strike {
    /// The process is killed before the call.
    Kill,
    /// The call fails with an error.
    Error(&'static str),
}

/// A fault at one call.
pub(crate) struct Fault {
    /// What befalls it.
    pub(crate) strike: Strike,
    /// The family of the call.
    pub(crate) family: &'static str,
    /// Which one of them.
    pub(crate) at: u32,
}

/// Panics if there is no strace.
pub(crate) fn expect_strace() {
    let found = Command::new("strace")
        .arg("-V")
        .stdout(Stdio::null())
        .status();
    assert!(
        found.is_ok_and(|status| status.success()),
        "`strace` is missing, and no fault can be tried without it: install Debian's `strace`"
    );
}

impl Lab {
    /// Runs the agent with a fault; says how it ended, and whether the fault came about.
    pub(crate) fn strike(&self, fault: &Fault, arguments: &[String]) -> (Ended, bool) {
        let Fault { strike, family, at } = fault;
        let trace = self.path("trace");
        let strike = match strike {
            Strike::Kill => "signal=SIGKILL".to_owned(),
            Strike::Error(error) => format!("error={error}"),
        };
        let options = [
            "-f",
            "-qq",
            "-b",
            "execve",
            "-o",
            trace.to_str().unwrap(),
            "-e",
            &format!("trace={family}"),
            "-e",
            &format!("inject={family}:{strike}:when={at}"),
            env!("CARGO_BIN_EXE_unit-agent"),
        ];
        let words: Vec<_> = options
            .iter()
            .map(|it| (*it).to_owned())
            .chain(arguments.to_vec())
            .collect();
        let ended = self.execute("strace", &words);
        let struck = match ended.code {
            None => true,
            Some(_) => fs::read_to_string(trace).unwrap().contains("(INJECTED)"),
        };
        (ended, struck)
    }

    /// Strikes at the first call of each family, the second and so on until nothing is
    /// struck; `check` looks at what each time has left.
    pub(crate) fn strike_at_every(
        &self,
        name: &str,
        strike: Strike,
        families: &[&'static str],
        arguments: &[String],
        check: &dyn Fn(&Ended),
    ) {
        expect_strace();
        self.save();
        for family in families {
            let begun = Instant::now();
            let mut at = 0;
            loop {
                at += 1;
                self.restore();
                let fault = Fault { strike, family, at };
                let (ended, struck) = self.strike(&fault, arguments);
                let told = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| check(&ended)));
                if let Err(panic) = told {
                    tell_apart(&format!(
                        "{name}: the check failed after {family} {at}: {ended:?}"
                    ));
                    std::panic::resume_unwind(panic);
                }
                if !struck {
                    assert_eq!(ended.code, Some(0), "{name}: {family} {at}: {ended:?}");
                    break;
                }
                assert!(at < 1000, "{name}: {family} has no end");
            }
            report(name, family, at - 1, begun.elapsed());
        }
    }
}

fn report(name: &str, family: &str, times: u32, took: Duration) {
    tell_apart(&format!(
        "{name}: {times} x {family} in {:.1} s",
        took.as_secs_f64()
    ));
}

// Told even when tests pass: libtest keeps only what is printed by macro.
fn tell_apart(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Expects the records that an undisturbed agent writes, but for one interruption, which
/// belongs to the execution before it. Returns the transition that was interrupted.
#[track_caller]
pub(crate) fn carried_on(records: &[Record], undisturbed: &str) -> Option<String> {
    let (again, first): (Vec<_>, Vec<_>) = records
        .iter()
        .cloned()
        .partition(|record| record.interruptions() > 0);
    let whole = super::tell(records);
    assert_eq!(super::tell(&first), undisturbed, "{whole}");
    assert!(again.len() <= 1, "{whole}");
    let again = again.first()?;
    assert_eq!(again.interruptions(), 1, "{whole}");
    let at = records
        .iter()
        .position(|record| record.interruptions() > 0)
        .unwrap();
    let before = &records[at - 1];
    assert_eq!(before.state(), again.state(), "{whole}");
    assert_eq!(before.execution(), again.execution(), "{whole}");
    assert!(again.execution().is_some(), "{again:?}");
    again.transition().map(str::to_owned)
}
