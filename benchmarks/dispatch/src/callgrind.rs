//! Counts instructions.

use std::io::{self, Error};
use std::path::Path;
use std::process::{Command, Output};

/// What one of many equal things costs.
pub struct Run {
    /// Instructions, all of user space.
    pub instructions: f64,
    /// The rest of what the program prints: nanoseconds first.
    pub nanoseconds: f64,
    /// What it prints after that.
    pub rest: Vec<f64>,
}

impl Run {
    /// Runs a program that does `each` things in a round: with two numbers of rounds to count
    /// instructions, and by itself to take its time. It has to check itself first.
    pub fn of(program: &Path, each: usize, rounds: [usize; 2]) -> io::Result<Self> {
        output(Command::new(program).arg("check"))?;
        let [few, many] = rounds;
        let fewer = instructions(program, few)?;
        let more = instructions(program, many)?;
        let printed = output(Command::new(program).arg("time"))?;
        let printed = String::from_utf8_lossy(&printed.stdout).into_owned();
        let mut values = printed.split_whitespace().flat_map(str::parse);
        Ok(Self {
            instructions: (more - fewer) as f64 / ((many - few) * each) as f64,
            nanoseconds: values.next().unwrap_or(f64::NAN),
            rest: values.collect(),
        })
    }
}

/// The instructions of a run with so many rounds.
fn instructions(program: &Path, rounds: usize) -> io::Result<u64> {
    let mut valgrind = Command::new("valgrind");
    valgrind
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args(["run", &rounds.to_string()]);
    let output = output(&mut valgrind)
        .map_err(|error| Error::new(error.kind(), format!("valgrind is needed: {error}")))?;
    let said = String::from_utf8_lossy(&output.stderr);
    let (_, collected) = said.split_once("Collected :").unwrap_or_default();
    let count = collected.split_whitespace().next().unwrap_or_default();
    count
        .parse()
        .map_err(|_| Error::other(format!("callgrind counted nothing: {said}")))
}

fn output(command: &mut Command) -> io::Result<Output> {
    let output = command.output()?;
    match output.status.success() {
        true => Ok(output),
        false => Err(Error::other(format!(
            "{command:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        ))),
    }
}
