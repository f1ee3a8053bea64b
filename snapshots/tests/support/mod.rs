//! The files that are drawn and compiled.

use std::fs;
use std::path::{Path, PathBuf};

/// Where the examples are.
pub(crate) const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples");

/// The workflow files below a folder, by name.
pub(crate) fn workflow_files(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    let mut files = Vec::new();
    for path in entries {
        if path.is_dir() {
            files.extend(workflow_files(&path));
        } else if path
            .extension()
            .is_some_and(|extension| extension == "workflow")
        {
            files.push(path);
        }
    }
    files
}
