//! What differs between two versions of a file, as a person would say it.
//!
//! [`compare`] takes two models. What they were written like plays no part: the order of
//! things, their layout and their documentation may change as they please. Things are
//! the same if they have the same name, or if one `was` the other.
//!
//! Names and types are persisted. So a change may leave a record of the old version that
//! the new one cannot read: such a change carries the diagnostic that says so, and how
//! the record can be kept.
//!
//! ```
//! use inflight_dsl::{Code, compare, compile};
//!
//! let model = |source| compile(source).model.unwrap();
//! let old = "workflow door {
//!     initial state open
//!     final state shut
//!     transition close: open -> shut
//! }";
//! let new = old.replace("final state shut", "final state locked").replace("-> shut", "-> locked");
//! let changes = compare::compare(&model(old), &model(&new)).remove(0).changes;
//! assert_eq!(changes[0].sentence, "state `shut` is gone");
//! assert_eq!(changes[0].stranding.as_ref().unwrap().code, Code::RemovedState);
//! assert_eq!(changes[1].sentence, "final state `locked` is new");
//! assert_eq!(changes[2].sentence, "transition `close` now leads to `locked` instead of `shut`");
//!
//! let renamed = new.replace("state locked", "state locked was shut");
//! let changes = compare::compare(&model(old), &model(&renamed)).remove(0).changes;
//! assert_eq!(changes[0].sentence, "state `shut` is now called `locked`");
//! assert!(changes[0].stranding.is_none());
//! ```

mod activity;
mod call;
mod change;
mod clause;
mod error_path;
mod field;
mod fits;
mod former;
mod route;
mod say;
mod state;
mod transition;
mod versions;

pub use change::{Change, Edit, Subject};

use crate::code::Code;
use crate::model::{Model, Workflow};
use crate::span::Span;
use change::Changes;
use versions::Versions;

/// The codes of what may leave records that the new version cannot read. Nothing else
/// reports them.
pub const CODES: [Code; 7] = [
    Code::RemovedWorkflow,
    Code::RemovedState,
    Code::RemovedTransition,
    Code::RemovedSource,
    Code::RemovedVariable,
    Code::RetypedVariable,
    Code::AddedVariable,
];

/// What differs in one workflow.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The name of the workflow.
    pub workflow: String,
    /// What differs: first what leaves records that the new version cannot read, then by
    /// kind, each in the order of the text.
    pub changes: Vec<Change>,
}

/// Compares two versions of a file: a comparison for each workflow of the new one, in its
/// order, and then for each that is gone.
pub fn compare(old: &Model, new: &Model) -> Vec<Comparison> {
    let named = |model: &'_ Model, name: &str| -> Option<usize> {
        (model.workflows.iter()).position(|workflow| workflow.name.text == name)
    };
    let present = new.workflows.iter().map(|workflow| {
        let before = named(old, &workflow.name.text).and_then(|at| old.workflows.get(at));
        before.map_or_else(|| appeared(workflow), |before| changed(before, workflow))
    });
    let gone = old.workflows.iter();
    let gone = gone.filter(|workflow| named(new, &workflow.name.text).is_none());
    let place = new.workflows.first().map(|workflow| workflow.name.span);
    present
        .chain(gone.map(|workflow| vanished(workflow, place.unwrap_or(Span { start: 0, end: 0 }))))
        .collect()
}

fn changed(old: &Workflow, new: &Workflow) -> Comparison {
    let renamed = versions::under_new_names(old, new);
    let versions = Versions::new(old, &renamed, new);
    let mut changes = Changes::new(new.name.span);
    state::compare(&versions, &mut changes);
    transition::compare(&versions, &mut changes);
    call::compare(&versions, &mut changes);
    activity::compare(&versions, &mut changes);
    former::compare(&versions, &mut changes);
    Comparison {
        workflow: new.name.text.clone(),
        changes: changes.finish(),
    }
}

fn appeared(new: &Workflow) -> Comparison {
    let name = &new.name;
    let mut changes = Changes::new(name.span);
    let sentence = format!("workflow `{}` is new", name.text);
    changes.added(Subject::Workflow, name, sentence);
    Comparison {
        workflow: name.text.clone(),
        changes: changes.finish(),
    }
}

fn vanished(old: &Workflow, place: Span) -> Comparison {
    let name = &old.name;
    let mut changes = Changes::new(place);
    let sentence = format!("workflow `{}` is gone", name.text);
    (changes.removed(Subject::Workflow, name, sentence)).strands(
        Code::RemovedWorkflow,
        "its instances are not found",
        "keep its name: instances are stored under it; drop a workflow after its last instance",
    );
    Comparison {
        workflow: name.text.clone(),
        changes: changes.finish(),
    }
}
