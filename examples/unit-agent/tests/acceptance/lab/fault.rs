//! Faults at the n-th system call of a kind, by strace.
//!
//! It counts calls by thread and by name. So the agent is struck in two ways: as a whole
//! from its beginning, where what its first thread does hides what the others do later;
//! and in its other threads alone, from the moment when a hook waits. Hooks are never
//! struck: strace lets go of whatever calls `execve`.

use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::time::Instant;
use std::{fs, io, panic};

use super::{Ended, Lab, until};

/// The calls that write and sync, a name or a pattern each.
pub(crate) const FAMILIES: [&str; 7] = [
    "write",
    "pwrite64",
    "copy_file_range",
    "fsync",
    "fdatasync",
    "/^rename",
    "/^unlink",
];

const NO_STRACE: &str =
    "`strace` is missing, and no fault can be tried without it: install Debian's `strace`";

const NO_ATTACHING: &str = "`strace` may not attach to the agent: run the tests as root, or write \
                            0 to `/proc/sys/kernel/yama/ptrace_scope`";

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

impl Lab {
    /// Strikes at the first call of each family, the second and so on until nothing is
    /// struck. `run` runs the agent with a fault; `check` looks at what that left.
    pub(crate) fn strike_at_every(
        &self,
        name: &str,
        strike: Strike,
        families: &[&'static str],
        run: &dyn Fn(&Fault) -> Ended,
        check: &dyn Fn(&Ended),
    ) {
        expect_strace();
        self.save();
        for family in families {
            let begun = Instant::now();
            let mut at = 1;
            loop {
                self.restore();
                let ended = run(&Fault { strike, family, at });
                let checked = panic::catch_unwind(panic::AssertUnwindSafe(|| check(&ended)));
                if let Err(failure) = checked {
                    tell(&format!("{name}: failed after {family} {at}: {ended:?}"));
                    panic::resume_unwind(failure);
                }
                if !self.struck(&ended) {
                    assert_eq!(ended.code, Some(0), "{name}: {family} {at}: {ended:?}");
                    break;
                }
                at += 1;
            }
            let took = begun.elapsed().as_secs_f64();
            tell(&format!("{name}: {} x {family} in {took:.1} s", at - 1));
        }
    }

    /// Whether the fault of the last run came about.
    fn struck(&self, ended: &Ended) -> bool {
        let injected = || {
            fs::read_to_string(self.path("trace"))
                .unwrap()
                .contains("(INJECTED)")
        };
        ended.code.is_none() || injected()
    }

    fn strace(&self, fault: &Fault) -> Vec<String> {
        let Fault { strike, family, at } = fault;
        let strike = match strike {
            Strike::Kill => "signal=SIGKILL".to_owned(),
            Strike::Error(error) => format!("error={error}"),
        };
        vec![
            "-qq".to_owned(),
            "-o".to_owned(),
            self.path("trace").to_str().unwrap().to_owned(),
            "-e".to_owned(),
            format!("trace={family}"),
            "-e".to_owned(),
            format!("inject={family}:{strike}:when={at}"),
        ]
    }

    /// Runs the agent with a fault from its beginning.
    pub(crate) fn strike(&self, fault: &Fault, arguments: &[String]) -> Ended {
        let follow = ["-f", "-b", "execve", env!("CARGO_BIN_EXE_unit-agent")].map(str::to_owned);
        let words = [&self.strace(fault), &follow[..], arguments].concat();
        self.execute("strace", &words)
    }

    /// Runs the agent until nothing is left to do, with a fault in all threads but its
    /// first from the moment when a hook waits.
    pub(crate) fn strike_beside(&self, fault: &Fault, hook: &str) -> Ended {
        self.hold(hook);
        let mut agent = self.run_until_idle();
        self.until_held(hook);
        let mut strace = self.attach(fault, agent.id());
        self.release(hook);
        let code = agent.ended();
        strace.wait().unwrap();
        Ended {
            code,
            out: String::new(),
            err: agent.log(),
        }
    }

    fn attach(&self, fault: &Fault, process: u32) -> Child {
        let tasks = fs::read_dir(format!("/proc/{process}/task")).unwrap();
        let threads: Vec<_> = tasks
            .map(|task| task.unwrap())
            .filter(|task| {
                // What watches for requests writes nothing but wake-ups, one for each
                // change of a file.
                let name = fs::read_to_string(task.path().join("comm")).unwrap();
                *task.file_name() != *process.to_string() && !name.starts_with("notify")
            })
            .map(|task| task.file_name().into_string().unwrap())
            .collect();
        assert!(!threads.is_empty(), "the agent has one thread");
        let mut strace = Command::new("strace")
            .args(self.strace(fault))
            .args(threads.iter().flat_map(|thread| ["-p", thread]))
            .stderr(Stdio::null())
            .spawn()
            .expect(NO_STRACE);
        until("strace to attach", || {
            assert!(strace.try_wait().unwrap().is_none(), "{NO_ATTACHING}");
            let traced = |thread: &String| {
                let path = format!("/proc/{process}/task/{thread}/status");
                !fs::read_to_string(path)
                    .unwrap()
                    .contains("TracerPid:\t0\n")
            };
            threads.iter().all(traced).then_some(())
        });
        strace
    }
}

/// Panics if there is no strace.
fn expect_strace() {
    let found = Command::new("strace")
        .arg("-V")
        .stdout(Stdio::null())
        .status();
    assert!(found.is_ok_and(|status| status.success()), "{NO_STRACE}");
}

// Told even when tests pass: libtest keeps back only what is printed by macro.
fn tell(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}
