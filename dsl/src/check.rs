//! What a workflow must be, beyond having all its names: one check, one function.
//!
//! What is there is always checked; what seems to be lacking is not mentioned if it may
//! be in text that could not be read, or behind a name that is not known.

mod after;
mod alias;
mod automatic_conflict;
mod automatic_cycle;
mod automatic_input;
mod contradiction;
mod error_path;
mod guard_set;
mod initial;
mod path;
mod policy;
mod reach;
mod way_out;

use crate::diagnostic::Diagnostics;
use crate::resolve::graph::Graph;

/// Runs all checks on one workflow.
pub(crate) fn check(graph: &Graph<'_>, diagnostics: &mut Diagnostics) {
    initial::one(graph, diagnostics);
    initial::without_variables(graph, diagnostics);
    reach::every_state(graph, diagnostics);
    way_out::from_every_state(graph, diagnostics);
    way_out::none_from_final(graph, diagnostics);
    automatic_input::none(graph, diagnostics);
    automatic_cycle::none(graph, diagnostics);
    automatic_conflict::none(graph, diagnostics);
    after::not_automatic(graph, diagnostics);
    after::one_at_a_time(graph, diagnostics);
    after::can_wait(graph, diagnostics);
    policy::needs_action(graph, diagnostics);
    contradiction::guards(graph, diagnostics);
    alias::unambiguous(graph, diagnostics);
    alias::equal_inputs(graph, diagnostics);
    error_path::sources(graph, diagnostics);
    error_path::no_cycle(graph, diagnostics);
}
