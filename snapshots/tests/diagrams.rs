//! Draws every workflow of the examples into the folder of its example: the Mermaid
//! diagram and the table, to be reviewed as a diff when a workflow or a drawing changes,
//! and of the main ones the picture, which code hosts show beside the one before.

#![allow(
    clippy::unwrap_used,
    reason = "a file that cannot be read fails the test"
)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use inflight_dsl::compile;
use inflight_dsl::diagram::{Format, render};
use insta::{assert_binary_snapshot, assert_snapshot, with_settings};
use support::{EXAMPLES, workflow_files};

/// Those whose picture is kept.
const PICTURED: [&str; 8] = [
    "unit",
    "relation",
    "kubernetes_pod",
    "lease",
    "order",
    "tcp_connection",
    "traffic_light",
    "virtual_machine",
];

#[test]
fn examples() {
    let mut pictured = 0;
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
                if PICTURED.contains(&name.as_str()) {
                    pictured += 1;
                    let picture = render(workflow, Format::Svg).into_bytes();
                    assert_binary_snapshot!(&format!("{name}.svg"), picture);
                }
            });
        }
    }
    assert_eq!(pictured, PICTURED.len());
}
