//! `next` agrees with the model for every state and transition, when compiling too.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests"
)]

use inflight_dsl::model::{StateId, Target, Workflow};

inflight::workflow!("tests/workflows/sets.workflow");
inflight::workflow!("tests/workflows/every.workflow");
inflight::workflow!("tests/workflows/reset.workflow");
inflight::workflow!("../examples/unit-agent/workflows/unit.workflow");
inflight::workflow!("../examples/unit-agent/workflows/relation.workflow");

/// Checks `next`, over the positions of names, against the model of a file.
fn check(file: &str, next: impl Fn(usize, usize) -> Option<usize>) {
    let compiled = inflight_dsl::compile(file);
    let Workflow {
        states,
        transitions,
        ..
    } = &compiled.model.unwrap().workflows[0];
    for (state, declared) in states.iter().enumerate() {
        for (index, transition) in transitions.iter().enumerate() {
            let leaves = transition.sources.contains(&StateId(state));
            let expect = leaves.then_some(match transition.target {
                Target::State(target, _) => target.0,
                Target::Same => state,
            });
            let (state_name, name) = (&declared.name.text, &transition.name.text);
            assert_eq!(next(state, index), expect, "{name} from {state_name}");
        }
    }
}

macro_rules! check {
    ($workflow:ident, $file:literal) => {
        check(include_str!($file), |state, transition| {
            let state = $workflow::StateName::ALL[state];
            let transition = $workflow::TransitionName::ALL[transition];
            $workflow::next(state, transition).map(|target| target as usize)
        });
    };
}

#[test]
fn next_is_what_the_file_says() {
    check!(sets, "workflows/sets.workflow");
    check!(every, "workflows/every.workflow");
    check!(reset, "workflows/reset.workflow");
    check!(unit, "../../examples/unit-agent/workflows/unit.workflow");
    check!(
        relation,
        "../../examples/unit-agent/workflows/relation.workflow"
    );
}

const AFTER_INSTALL: Option<unit::StateName> =
    unit::next(unit::StateName::New, unit::TransitionName::Install);

#[test]
fn next_is_known_when_compiling() {
    const { assert!(matches!(AFTER_INSTALL, Some(unit::StateName::Installed))) }
}
