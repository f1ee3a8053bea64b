//! The workflows of the gallery and of the examples, explored.

#![expect(
    clippy::print_stdout,
    reason = "`--nocapture` tells how much was explored"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use inflight_dsl::compile;
use inflight_dsl::model::{self, Target, Workflow};

use super::explore::Counts;
use super::rules::Rules;
use super::subject::Subject;
use crate::tables::{
    Backoff, OnInterrupt, StateIndex, StateKind, StateRow, Tables, TransitionIndex, TransitionRow,
};

/// Where workflows are.
const FOLDERS: [&str; 4] = [
    "../examples/gallery",
    "../examples/unit-agent/workflows",
    "examples",
    "tests/workflows",
];

#[test]
fn every_interleaving_of_every_example_follows_the_rules() {
    let mut told = Vec::new();
    let mut total = Counts::default();
    for workflow in workflows() {
        let counts = subject(workflow).explore();
        told.push(format!("{}: {counts}", workflow.name.text));
        total.records += counts.records;
        total.positions += counts.positions;
        total.steps += counts.steps;
        total.depth = total.depth.max(counts.depth);
        total.deaths = total.deaths.max(counts.deaths);
    }
    println!("{}", told.join("\n"));
    println!("{} workflows: {total}", told.len());
    assert!(told.len() > 55, "only {}", told.len());
    assert!(total.steps > 1_000_000, "{total}");
}

/// What every clause does, and several of them together.
#[test]
fn every_interleaving_of_every_clause_follows_the_rules() {
    let compiled = compile(CLAUSES);
    let model = compiled.model.ok_or(compiled.diagnostics).unwrap();
    let counts = subject(leaked(model).workflows.first().unwrap()).explore();
    println!("{counts}");
    assert!(counts.steps > 90_000, "{counts}");
}

const CLAUSES: &str = "
workflow clauses {
    initial state idle
    state busy
    state tired
    error state broken
    error state lost
    final state done

    action work
    guard calm
    guard dry

    transition warm: idle -> busy { after 10s }
    transition fetch: idle -> busy {
        do work
        retry 2 backoff 1s..8s
        on interrupt rerun 2
        on error fetch_failed -> broken {
            do work
            retry 1
            on interrupt rerun 1
            on error fetch_lost -> lost { do work on interrupt fail }
        }
    }
    transition tick: busy -> same { after 5s do work on interrupt rerun 1 }
    transition tire: busy | tired -> tired { after 10s when calm }
    transition expire: busy -> broken { after 20s when not dry on error fire give_up }
    transition check: busy -> tired { do work on interrupt probe on error fire slip }
    transition ask: busy -> done { do work on interrupt ask on error ask_failed -> lost }
    transition once: busy -> done { do work on interrupt fail }
    transition strict: busy -> done { do work on interrupt fail on error fire slip }
    transition slip: busy | tired -> broken { do work on interrupt rerun 1 }
    transition rest: tired -> busy { automatic when calm do work on error fire slip }
    transition wake: tired -> busy { automatic when not calm when dry }
    transition mend: broken -> idle { when not calm }
    transition settle: broken -> lost { automatic when dry }
    transition give_up: * -> lost
    transition end: lost -> done
}
";

/// Every workflow that the repository shows, in the order of their names.
fn workflows() -> Vec<&'static Workflow> {
    let mut files = BTreeMap::new();
    for folder in FOLDERS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let entries = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        let is_workflow = |path: &PathBuf| path.extension().is_some_and(|it| it == "workflow");
        files.extend(
            entries
                .filter(is_workflow)
                .map(|path| (path.file_name().unwrap().to_owned(), path)),
        );
    }
    let read = files.into_values().flat_map(|path| {
        let text = fs::read_to_string(&path).unwrap();
        let model = compile(&text).model;
        &leaked(model.unwrap_or_else(|| panic!("{} has mistakes", path.display()))).workflows
    });
    read.collect()
}

fn subject(workflow: &'static Workflow) -> Subject {
    Subject {
        tables: tables(workflow),
        rules: Rules(workflow),
    }
}

/// What `workflow!` makes of it.
fn tables(workflow: &'static Workflow) -> &'static Tables {
    let mut states = Vec::new();
    let mut outgoing = Vec::new();
    for (number, state) in workflow.states.iter().enumerate() {
        states.push(StateRow {
            name: &state.name.text,
            kind: match state.kind {
                model::StateKind::Initial => StateKind::Initial,
                model::StateKind::Ordinary => StateKind::Ordinary,
                model::StateKind::Error => StateKind::Error,
                model::StateKind::Final => StateKind::Final,
            },
            first: u32::try_from(outgoing.len()).unwrap(),
        });
        let transitions = workflow.transitions.iter().enumerate();
        let leaving = transitions.filter(|(_, transition)| {
            let leaves = transition.sources.contains(&model::StateId(number));
            leaves && transition.error_of.is_none()
        });
        outgoing.extend(leaving.map(|(transition, _)| index(transition)));
    }
    let transitions = workflow.transitions.iter();
    let transitions = transitions.map(|transition| row(workflow, transition));
    leaked(Tables {
        workflow: &workflow.name.text,
        fingerprint: workflow.fingerprint(),
        initial: index(workflow.initial().0),
        states: leaked(states),
        transitions: leaked(transitions.collect::<Vec<_>>()),
        outgoing: leaked(outgoing),
        activities: &[],
    })
}

fn row(workflow: &'static Workflow, transition: &'static model::Transition) -> TransitionRow {
    let action = transition.action.as_ref();
    let action = action.map(|call| &workflow.actions[call.action.0]);
    let backoff = transition.retry.and_then(|retry| retry.backoff);
    TransitionRow {
        name: &transition.name.text,
        target: match transition.target {
            Target::State(state, _) => Some(index(state.0)),
            Target::Same => None,
        },
        automatic: transition.automatic,
        after: transition.after,
        action: action.map(|action| action.name.text.as_str()),
        on_error: (transition.on_error.as_ref()).map(|path| index(path.transition.0)),
        error: transition.error_of.is_some(),
        retries: transition.retry.map_or(0, |retry| retry.times),
        backoff: backoff.map(|backoff| Backoff {
            first: backoff.first,
            longest: backoff.longest,
        }),
        timeout: transition.timeout,
        on_interrupt: match transition.on_interrupt {
            model::OnInterrupt::Rerun(times) => OnInterrupt::Rerun(times),
            model::OnInterrupt::Fail => OnInterrupt::Fail,
            model::OnInterrupt::Ask => OnInterrupt::Ask,
            model::OnInterrupt::Probe => OnInterrupt::Probe,
        },
    }
}

fn index(index: usize) -> StateIndex {
    let index: TransitionIndex = u16::try_from(index).unwrap();
    index
}

/// Tables live as long as the program.
fn leaked<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}
