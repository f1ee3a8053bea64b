//! The workflow files of the project.

use std::fs;
use std::path::{Path, PathBuf};

/// Those in these folders, which are named from that of the crate, sorted.
pub(crate) fn workflow_files(folders: &[&str]) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = folders
        .iter()
        .flat_map(|folder| fs::read_dir(root.join(folder)).unwrap());
    let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|it| it == "workflow"));
    paths.sort();
    paths
}
