//! What tests exercise of workflows, noted for `inflight coverage`.
//!
//! Where the environment names a folder, each process writes a file of its own into it: a
//! line for each thing, when it is first exercised. Lines are whole whenever the process
//! is killed, and no test fails or prints because they cannot be written.

use std::collections::HashSet;
use std::env;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::PathBuf;
use std::process;
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::exercised::Exercised;
use crate::tables::Tables;

/// Names the folder.
const FOLDER: &str = "INFLIGHT_COVERAGE";

/// Notes what was exercised of a transition, in a state.
pub(crate) fn note(tables: &Tables, state: &str, transition: &str, exercised: Exercised) {
    static NOTES: OnceLock<Option<Notes>> = OnceLock::new();
    if let Some(notes) = NOTES.get_or_init(Notes::open) {
        let (workflow, fingerprint) = (tables.workflow, tables.fingerprint);
        let what = exercised.word();
        notes.add(format!(
            "{workflow} {fingerprint:016x} {state} {transition} {what}\n"
        ));
    }
}

/// The notes of this process.
struct Notes(Mutex<(HashSet<String>, File)>);

impl Notes {
    fn open() -> Option<Self> {
        let folder = PathBuf::from(env::var_os(FOLDER)?);
        fs::create_dir_all(&folder).ok()?;
        // A number that comes again later is another process: what it notes is added.
        let file = folder.join(format!("{}.notes", process::id()));
        let file = OpenOptions::new().create(true).append(true).open(file);
        Some(Self(Mutex::new((HashSet::new(), file.ok()?))))
    }

    fn add(&self, line: String) {
        let mut notes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (known, file) = &mut *notes;
        if !known.contains(&line) {
            // What cannot be noted is not exercised, as far as anybody knows.
            let _ = file.write_all(line.as_bytes());
            known.insert(line);
        }
    }
}
