//! Draws every workflow of the examples into the folder of its example: the Mermaid
//! diagram and the table, to be reviewed as a diff when a workflow or a drawing changes.

#![allow(
    clippy::unwrap_used,
    reason = "a file that cannot be read fails the test"
)]

use std::fs;
use std::path::{Path, PathBuf};

use inflight_dsl::compile;
use inflight_dsl::diagram::{Format, render};
use insta::{assert_snapshot, with_settings};

const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples");

#[test]
fn examples() {
    let files = workflow_files(Path::new(EXAMPLES));
    assert_ne!(files, Vec::<PathBuf>::new());
    for file in files {
        let example = file.strip_prefix(EXAMPLES).unwrap().iter().next().unwrap();
        let compiled = compile(&fs::read_to_string(&file).unwrap());
        assert_eq!(compiled.diagnostics, [], "{}", file.display());
        for workflow in &compiled.model.unwrap().workflows {
            let name = &workflow.name.text;
            with_settings!({
                snapshot_path => Path::new("..").join(example),
                prepend_module_to_snapshot => false,
                omit_expression => true,
            }, {
                assert_snapshot!(format!("{name}.mermaid"), render(workflow, Format::Mermaid));
                assert_snapshot!(format!("{name}.table"), render(workflow, Format::Table));
            });
        }
    }
}

/// The workflow files below a folder, by name.
fn workflow_files(folder: &Path) -> Vec<PathBuf> {
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
