//! Crates that are written to be measured.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use report::{Cost, Limits};

/// The folder of this crate.
pub fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A crate of its own, which is written to be measured.
pub struct Scratch {
    folder: PathBuf,
    target: PathBuf,
}

/// Bytes of code and constants in a program or library, as `size` counts them.
///
/// # Errors
///
/// When it does not.
pub fn text(path: &Path) -> io::Result<f64> {
    let output = Command::new("size").arg("--totals").arg(path).output()?;
    let table = String::from_utf8_lossy(&output.stdout).into_owned();
    let last = table.lines().last().unwrap_or_default();
    let text = last.split_whitespace().next().unwrap_or_default();
    text.parse().map_err(io::Error::other)
}

/// A manifest of a crate with these dependencies.
pub fn manifest(name: &str, dependencies: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\n{dependencies}\n\n[workspace]\n"
    )
}

impl Scratch {
    /// A crate in the target folder of the benchmarks, with a target folder that it shares
    /// with others of the same kind, so that what they depend on is built once.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn new(kind: &str, name: &str, dependencies: &str) -> io::Result<Self> {
        let shared = folder().join("../target/scratch").join(kind);
        let folder = shared.join(name);
        fs::create_dir_all(folder.join("src"))?;
        let scratch = Self {
            folder,
            target: shared.join("target"),
        };
        scratch.write("Cargo.toml", &manifest(name, dependencies))?;
        // So that what Inflight depends on is of the versions that it is tested with.
        let lock = self::folder().join("../../Cargo.lock");
        fs::copy(lock, scratch.folder.join("Cargo.lock"))?;
        Ok(scratch)
    }

    /// Writes a file, unless that is what it says already.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn write(&self, path: &str, text: &str) -> io::Result<()> {
        let path = self.folder.join(path);
        if fs::read_to_string(&path).is_ok_and(|before| before == text) {
            return Ok(());
        }
        fs::write(path, text)
    }

    /// Has cargo take it for changed.
    ///
    /// # Errors
    ///
    /// When that is refused.
    pub fn touch(&self) -> io::Result<()> {
        File::open(self.folder.join("Cargo.toml"))?.set_modified(SystemTime::now())?;
        for source in fs::read_dir(self.folder.join("src"))? {
            File::open(source?.path())?.set_modified(SystemTime::now())?;
        }
        Ok(())
    }

    /// Forgets what was built.
    ///
    /// # Errors
    ///
    /// When it cannot be removed.
    pub fn clean(&self) -> io::Result<()> {
        match fs::remove_dir_all(&self.target) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Cargo, in this crate.
    pub fn cargo(&self, arguments: &[&str]) -> Command {
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .args(arguments)
            .arg("--quiet")
            .current_dir(&self.folder)
            // Some crates carry a file by which another compiler would be chosen for them.
            .env("RUSTC", Path::new(env!("CARGO")).with_file_name("rustc"))
            .env("CARGO_TARGET_DIR", &self.target)
            .env("CARGO_INCREMENTAL", "0");
        cargo
    }

    /// Builds it for release within limits, and says where its program is; or which limit
    /// it came to.
    ///
    /// # Errors
    ///
    /// When it does not build.
    pub fn program(&self, name: &str, limits: Limits) -> io::Result<Result<PathBuf, String>> {
        let build = self.cargo(&["build", "--release"]);
        Ok(match report::measure(&build, limits)? {
            Cost::Spent(_) => Ok(self.target.join("release").join(name)),
            Cost::Cut(reason) => Err(reason),
        })
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where what is built goes.
    pub fn target(&self) -> &Path {
        &self.target
    }
}
