//! A workflow's diagram as a snapshot, so that a change of the workflow is reviewed as
//! a change of its picture.

use inflight_dsl::compile;
use inflight_dsl::diagram::{Format, render};

use crate::definition::Definition;

/// Draws a workflow that `workflow!` has compiled.
///
/// ```
/// use inflight::testing::{Format, diagram};
///
/// inflight::workflow! {
///     workflow door {
///         initial state open
///         state shut
///         transition close: open -> shut
///         transition unlatch: shut -> open
///     }
/// }
///
/// # fn main() {
/// let table = diagram::<door::Definition>(Format::Table);
/// assert!(table.contains("| close      | open | shut |"));
/// # }
/// ```
pub fn diagram<D: Definition>(format: Format) -> String {
    let model = compile(D::SOURCE).model;
    let mut workflows = model.iter().flat_map(|model| &model.workflows);
    workflows
        .find(|workflow| workflow.name.text == D::TABLES.workflow)
        .map(|workflow| render(workflow, format))
        .unwrap_or_default()
}

/// What the snapshot of a drawing is called: `unit.plantuml`, like the command's formats.
#[doc(hidden)]
pub fn name<D: Definition>(format: Format) -> String {
    let format = format!("{format:?}").to_lowercase();
    format!("{}.{format}", D::TABLES.workflow)
}

/// Compares a workflow's diagram with the one that was last reviewed.
///
/// Its first argument is the module that [`workflow!`](crate::workflow) has made. The
/// second is a [`Format`](crate::testing::Format): `Mermaid`, which code hosts show as a
/// picture, unless another is named. A file that declares several workflows takes a line
/// for each.
///
/// ```no_run
/// inflight::workflow! {
///     workflow door {
///         initial state open
///         state shut
///         transition close: open -> shut
///         transition unlatch: shut -> open
///     }
/// }
///
/// // In a test: #[test]
/// fn the_diagram_is_as_reviewed() {
///     inflight::assert_diagram!(door);
///     inflight::assert_diagram!(door, Table);
/// }
/// # fn main() { the_diagram_is_as_reviewed() }
/// ```
///
/// The snapshot is a file in the folder `snapshots` beside the test, which is checked
/// in. When the test runs first, or the workflow has changed, it fails, and the new
/// diagram waits beside the old one. `cargo insta review` shows both and takes the new
/// one; without that tool, so does `INSTA_UPDATE=always cargo test`. The crate needs no
/// dependency for it but this one.
///
/// # Panics
///
/// When the diagram is not the reviewed one.
#[macro_export]
macro_rules! assert_diagram {
    ($($workflow:ident)::+ $(,)?) => {
        $crate::assert_diagram!($($workflow)::+, Mermaid)
    };
    ($($workflow:ident)::+, $format:ident $(,)?) => {{
        const FORMAT: $crate::testing::Format = $crate::testing::Format::$format;
        $crate::testing::insta::assert_snapshot!(
            $crate::testing::name::<$($workflow)::+::Definition>(FORMAT),
            $crate::testing::diagram::<$($workflow)::+::Definition>(FORMAT),
            ::core::concat!("assert_diagram!(", ::core::stringify!($($workflow)::+), ")")
        )
    }};
}
