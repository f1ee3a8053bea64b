//! Faults at the n-th system call, for every n: a process that is killed there, or whose
//! call fails.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use crate::Settings;
use crate::chance::Random;
use crate::load::Plan;
use crate::process::{Ended, Fault, Strike};
use crate::report::{Report, tell};
use crate::subject::Subject;
use crate::trial::Trial;

/// The calls by which the process says what it did, locks, and by which it reads and
/// changes what is on the disk.
const CALLS: [&str; 16] = [
    "writev",
    "/^(flock|fcntl)",
    "openat",
    "/^mkdir",
    "read",
    "pread64",
    "write",
    "pwrite64",
    "/^pwritev",
    "ftruncate",
    "fallocate",
    "/^rename",
    "/^(unlink|rmdir)",
    "fsync",
    "fdatasync",
    "mmap",
];

/// Those of them that stand in the middle of a commit.
pub(crate) const COMMITTING: [&str; 5] = ["writev", "write", "pwrite64", "fsync", "fdatasync"];

/// Those of them that may fail for want of space.
const FILLING: [&str; 8] = [
    "openat",
    "/^mkdir",
    "write",
    "pwrite64",
    "/^pwritev",
    "ftruncate",
    "fallocate",
    "/^rename",
];

const KILL: Strike = Strike::Signal("SIGKILL");

/// What the process does when it is struck.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Stage {
    /// It creates the store, and begins to load it.
    Create,
    /// It opens a store whose owner was killed.
    Reopen,
    /// It takes the store over from an owner who lives.
    TakeOver,
    /// It loads the store, and closes it.
    Load,
}

/// Strikes at every call of every stage.
pub(crate) fn every_call(settings: &Settings, subject: Subject, report: &mut Report) {
    for (name, strike, calls) in [
        ("killed before the n-th system call", KILL, &CALLS[..]),
        (
            "`EIO` from the n-th system call",
            Strike::Error("EIO"),
            &CALLS[2..],
        ),
        (
            "`ENOSPC` from the n-th system call",
            Strike::Error("ENOSPC"),
            &FILLING[..],
        ),
    ] {
        for (stage, doing) in [
            (Stage::Create, "creating"),
            (Stage::Reopen, "opening after a crash"),
            (Stage::TakeOver, "taking over"),
            (Stage::Load, "committing and closing"),
        ] {
            let before = prepare(settings, subject, stage);
            let mut entry = report.begin(format!("{name}, {doing}"), subject);
            for call in calls {
                let stride = if settings.short { 7 } else { 1 };
                for at in (1..).step_by(stride) {
                    let fault = Fault { strike, call, at };
                    let mut trial = before.copy();
                    let counted = trial.ledger.acknowledged;
                    let ended = guarded(&mut trial, &format!("{fault:?}, {stage:?}"), |trial| {
                        strike_once(trial, stage, &fault)
                    });
                    entry.trial(trial.ledger.acknowledged - counted);
                    if !ended.was_struck() {
                        break;
                    }
                }
            }
            entry.end("");
        }
    }
}

/// Kills process after process on one store, at any call, until the load is done.
pub(crate) fn again_and_again(settings: &Settings, subject: Subject, report: &mut Report) {
    let mut random = Random(settings.seed);
    let mut entry = report.begin("killed at any call, again and again", subject);
    for store in 0..if settings.short { 3 } else { 40 } {
        let plan = Plan {
            instances: 6,
            rounds: 6,
            compactions: 3,
            seed: settings.seed + store,
        };
        let mut trial = Trial::new(subject, plan);
        let mut kills = 0;
        while kills < 30 {
            let stage = random.pick(&[Stage::Create, Stage::Load, Stage::Load, Stage::Load]);
            let fault = Fault {
                strike: KILL,
                call: match random.below(4) {
                    0 => random.pick(&CALLS),
                    _ => random.pick(&COMMITTING),
                },
                at: u32::try_from(random.below(20)).unwrap() + 1,
            };
            let counted = trial.ledger.acknowledged;
            let context = format!("{fault:?}, {stage:?}, store {store}, {kills} kills before");
            let ended = guarded(&mut trial, &context, |trial| {
                let ended = process(trial, stage, &fault);
                trial.look();
                ended
            });
            if ended.was_struck() {
                kills += 1;
                entry.trial(trial.ledger.acknowledged - counted);
            } else {
                trial.plan.rounds += 2;
            }
        }
        guarded(&mut trial, "at last", Trial::recover);
    }
    entry.end("");
}

/// A store that is as a stage finds it.
fn prepare(settings: &Settings, subject: Subject, stage: Stage) -> Trial {
    let plan = Plan {
        instances: 3,
        rounds: if stage == Stage::Load { 2 } else { 1 },
        compactions: 2,
        seed: settings.seed,
    };
    let mut trial = Trial::new(subject, plan);
    if matches!(stage, Stage::Reopen | Stage::TakeOver) {
        // Killed when all is committed and nothing is closed.
        let mut process = trial.process(false);
        process.go();
        process.hear();
        process.go();
        while let Some(said) = process.hear() {
            if matches!(said, crate::said::Said::Done) {
                break;
            }
            trial.ledger.hear(said);
        }
        drop(process);
        trial.plan.rounds += 1;
    }
    trial
}

fn strike_once(trial: &mut Trial, stage: Stage, fault: &Fault) -> Ended {
    if stage != Stage::TakeOver {
        let ended = process(trial, stage, fault);
        trial.recover();
        return ended;
    }
    let owner = trial.subject.open(&trial.path(), false).unwrap();
    let ended = process(trial, stage, fault);
    // Whoever was to take over may have died before it had.
    trial.look();
    let over = trial.ledger.opened;
    trial.ledger.fenced = 0;
    trial.carry_out(&owner);
    let fenced = trial.ledger.fenced > 0 || !trial.ledger.ended.is_empty();
    assert!(fenced || !over, "a former owner commits");
    drop(owner.close());
    trial.recover();
    ended
}

/// Runs a process that is struck while it is at a stage.
fn process(trial: &mut Trial, stage: Stage, fault: &Fault) -> Ended {
    let mut process = trial.process(stage == Stage::TakeOver);
    if stage != Stage::Load {
        process.strike(fault);
    }
    process.go();
    if stage == Stage::Load
        && let Some(said) = process.hear()
    {
        trial.ledger.hear(said);
        process.strike(fault);
    }
    process.go();
    trial.hear_out(&process);
    let ended = process.end();
    ended.expect_no_panic();
    ended
}

/// Does something that must not fail; if it does, says where, and keeps what there is.
pub(crate) fn guarded<T>(trial: &mut Trial, context: &str, run: impl FnOnce(&mut Trial) -> T) -> T {
    match catch_unwind(AssertUnwindSafe(|| run(trial))) {
        Ok(value) => value,
        Err(failure) => {
            let kept = trial.keep();
            tell(&format!("failed: {context}; what is left is in {kept}"));
            resume_unwind(failure)
        }
    }
}
