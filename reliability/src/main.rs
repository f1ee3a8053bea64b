//! Injects faults into the stores and the runtime, and counts what is lost: RELIABILITY.md.
//!
//! `reliability run` runs the suites and prints their table; it starts itself again as the
//! loaded process, which does what it does in `load`. Whatever is found amiss is a panic,
//! as in a test.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a suite of tests: it fails where something is amiss"
)]

mod chance;
mod controls;
mod ledger;
mod load;
mod owners;
mod power;
mod process;
mod report;
mod said;
mod simulation;
mod strikes;
mod subject;
mod telling;
mod trial;

use std::path::PathBuf;

use clap::{Args, Parser, ValueEnum};

use crate::report::Report;
use crate::subject::Subject;

/// Injects faults into the stores and the runtime, and counts what is lost
#[derive(Debug, Parser)]
enum Command {
    /// Run the suites, and print their table
    Run(Settings),
    /// Take away what is promised, one thing at a time, and see a test turn red
    Controls(controls::Settings),
    /// Be the loaded process
    #[command(hide = true)]
    Load(load::Load),
}

/// What is run.
#[derive(Args, Clone, Debug)]
struct Settings {
    /// Run the shorter form
    #[arg(long)]
    short: bool,
    /// Run this suite alone; may be given several times
    #[arg(long, value_name = "SUITE")]
    only: Vec<Suite>,
    /// Test this store alone; may be given several times
    #[arg(long, value_name = "STORE")]
    store: Vec<Subject>,
    /// What chance begins with
    #[arg(long, default_value_t = 4)]
    seed: u64,
    /// Write the table into this document, in place of the one there
    #[arg(long, value_name = "DOCUMENT")]
    write: Option<PathBuf>,
}

/// A kind of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Suite {
    /// At every system call
    Strikes,
    /// At any system call, again and again
    Again,
    /// Two owners, of which one is stopped and woken
    Owners,
    /// The loss of power
    Power,
    /// The simulated disk
    Disk,
}

impl Suite {
    fn run(self, settings: &Settings, subject: Subject, report: &mut Report) {
        match self {
            Self::Strikes => strikes::every_call(settings, subject, report),
            Self::Again => strikes::again_and_again(settings, subject, report),
            Self::Owners => owners::stopped_and_woken(settings, subject, report),
            Self::Power => power::cut(settings, subject, report),
            Self::Disk => simulation::run(settings, subject, report),
        }
    }
}

fn main() {
    match Command::parse() {
        Command::Load(load) => load.run(),
        Command::Run(settings) => run(&settings),
        Command::Controls(settings) => controls::run(&settings),
    }
}

fn run(settings: &Settings) {
    let mut report = Report::new();
    for suite in chosen(&settings.only) {
        for subject in chosen(&settings.store) {
            suite.run(settings, subject, &mut report);
        }
    }
    let figures = report.figures(settings);
    report::print(&figures);
    if let Some(document) = &settings.write {
        report::write("figures", &figures, document);
    }
}

/// Those that were named, or all.
fn chosen<T: ValueEnum + Clone>(named: &[T]) -> Vec<T> {
    match named {
        [] => T::value_variants().to_vec(),
        named => named.to_vec(),
    }
}
