//! Scratch crates, and what cargo makes of them.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Error};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::graph::Sources;
use crate::measure::cpu_seconds;

/// How often a build is measured; the smallest time counts.
const RUNS: usize = 3;

/// A crate with nothing but Inflight to depend on.
pub struct Crate(PathBuf);

impl Crate {
    /// A crate that depends on the runtime, with the dependencies built.
    pub fn new(name: &str) -> io::Result<Self> {
        let scratch = Self::create(name, "inflight = { path = \"../../../../runtime\" }")?;
        scratch.write(&Sources {
            rust: "use inflight as _;".to_owned(),
            workflow: String::new(),
        })?;
        cpu_seconds(&mut scratch.cargo(&["build", "--release"]))?;
        Ok(scratch)
    }

    /// A crate that depends on the macro alone.
    pub fn macros_only(name: &str) -> io::Result<Self> {
        let scratch = Self::create(name, "inflight-macros = { path = \"../../../../macros\" }")?;
        fs::write(scratch.0.join("src/lib.rs"), "")?;
        Ok(scratch)
    }

    fn create(name: &str, dependency: &str) -> io::Result<Self> {
        let benchmarks = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let folder = benchmarks.join("target/compile-time").join(name);
        fs::create_dir_all(folder.join("src"))?;
        fs::write(
            folder.join("Cargo.toml"),
            format!(
                "[package]\nname = \"{name}\"\nedition = \"2024\"\n\
                 [dependencies]\n{dependency}\n[workspace]\n"
            ),
        )?;
        fs::copy(benchmarks.join("../Cargo.lock"), folder.join("Cargo.lock"))?;
        Ok(Crate(folder))
    }

    /// The CPU seconds of a release build of this crate alone, for each of several
    /// sources.
    pub fn times(&self, sources: &[Sources]) -> io::Result<Vec<f64>> {
        let mut times = vec![f64::INFINITY; sources.len()];
        for _ in 0..RUNS {
            for (sources, time) in sources.iter().zip(&mut times) {
                self.write(sources)?;
                let build = cpu_seconds(&mut self.cargo(&["rustc", "--release"]))?;
                *time = time.min(build);
            }
        }
        Ok(times)
    }

    /// The assembly of a release build.
    pub fn assembly(&self, sources: &Sources) -> io::Result<String> {
        self.write(sources)?;
        let file = self.0.join("target/graph.s");
        let emit = format!("--emit=asm={}", file.display());
        cpu_seconds(&mut self.cargo(&["rustc", "--release", "--", "-Ccodegen-units=1", &emit]))?;
        fs::read_to_string(file)
    }

    /// How many crates this one depends on.
    pub fn dependencies(&self) -> io::Result<usize> {
        let output = self
            .cargo(&[
                "tree",
                "--edges",
                "normal,build",
                "--prefix",
                "none",
                "--no-dedupe",
            ])
            .output()?;
        let crates = String::from_utf8(output.stdout).map_err(Error::other)?;
        let crates: BTreeSet<_> = crates
            .lines()
            .skip(1)
            .filter(|line| !line.is_empty())
            .collect();
        Ok(crates.len())
    }

    /// The CPU seconds of a build with nothing built before.
    pub fn cold(&self) -> io::Result<f64> {
        let mut best = f64::INFINITY;
        for _ in 0..RUNS {
            let target = self.0.join("target");
            if target.exists() {
                fs::remove_dir_all(target)?;
            }
            // What comes from a registry is never built incrementally.
            let mut build = self.cargo(&["build"]);
            best = best.min(cpu_seconds(build.env("CARGO_INCREMENTAL", "0"))?);
        }
        Ok(best)
    }

    fn write(&self, sources: &Sources) -> io::Result<()> {
        fs::write(self.0.join("graph.workflow"), &sources.workflow)?;
        fs::write(self.0.join("src/lib.rs"), &sources.rust)
    }

    fn cargo(&self, arguments: &[&str]) -> Command {
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .arg(arguments[0])
            .arg("--quiet")
            .args(&arguments[1..])
            .current_dir(&self.0);
        cargo.env("CARGO_TARGET_DIR", self.0.join("target"));
        cargo
    }
}
