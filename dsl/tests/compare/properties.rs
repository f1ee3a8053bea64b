//! What holds of every comparison: of real lifecycles with one small edit, and of any two
//! of them taken for versions of one workflow.

use std::fs;
use std::sync::LazyLock;

use inflight_dsl::compare::{Change, Comparison, Edit, Subject, compare};
use inflight_dsl::model::{
    Field, Model, Name, OnInterrupt, State, StateId, StateKind, Target, Type, Workflow,
};
use proptest::prelude::*;
use proptest::sample::Index;

#[path = "../support/files.rs"]
mod files;
use files::workflow_files;

use crate::model;

static LIFECYCLES: LazyLock<Vec<(Model, String)>> = LazyLock::new(lifecycles);

/// The lifecycles of the project, each workflow as a file of its own, and its text.
fn lifecycles() -> Vec<(Model, String)> {
    let paths = workflow_files(&[
        "tests/right",
        "../examples/gallery",
        "../examples/unit-agent/workflows",
    ]);
    let texts = paths.iter().map(|path| fs::read_to_string(path).unwrap());
    let lifecycles: Vec<_> = texts
        .flat_map(|text| {
            let Model { docs, workflows } = model(&text);
            let alone = move |workflow| Model {
                docs: docs.clone(),
                workflows: vec![workflow],
            };
            workflows
                .into_iter()
                .map(move |workflow| (alone(workflow), text.clone()))
        })
        .collect();
    assert!(lifecycles.len() > 10, "the lifecycles are gone");
    lifecycles
}

/// What is said of the only workflow.
fn said(old: &Model, new: &Model) -> Vec<Change> {
    let [Comparison { changes, .. }] = <[_; 1]>::try_from(compare(old, new)).unwrap();
    changes
}

/// What only one of the versions has, and how many things have another name.
fn appeared(changes: &[Change], edit: Edit) -> Vec<(Subject, String)> {
    let changes = changes.iter().filter(|change| change.edit == edit);
    // What owns it may have another name too.
    let name = |change: &'_ Change| change.name.rsplit('.').next().map(str::to_owned);
    let mut names: Vec<_> = changes.map(|it| (it.subject, name(it).unwrap())).collect();
    names.sort_unstable();
    names
}

/// Everything that holds of two versions of one workflow.
fn check_pair(old: &(Model, String), new: &(Model, String)) -> Vec<Change> {
    assert_eq!(said(&old.0, &old.0), []);
    let forth = said(&old.0, &new.0);
    let back = said(&new.0, &old.0);
    assert_eq!(
        appeared(&forth, Edit::Added),
        appeared(&back, Edit::Removed)
    );
    assert_eq!(
        appeared(&forth, Edit::Removed),
        appeared(&back, Edit::Added)
    );
    let renamed = |changes| appeared(changes, Edit::Renamed).len();
    assert_eq!(renamed(&forth), renamed(&back));
    for change in &forth {
        let Change {
            old: then,
            new: now,
            ..
        } = change;
        assert!(then.is_some() || now.is_some(), "{change:#?}");
        let first = then.and_then(|span| old.1.get(span.start..span.end));
        let second = now.and_then(|span| new.1.get(span.start..span.end));
        assert_eq!(
            (then.is_some(), now.is_some()),
            (first.is_some(), second.is_some())
        );
        let name = second.or(first).unwrap();
        assert!(change.sentence.contains(name), "{change:#?} at {name}");
    }
    let strands = forth.iter().map(|change| change.stranding.is_none());
    assert!(strands.is_sorted(), "what strands records comes first");
    forth
}

/// One small edit of a workflow; what must then be said of what, if it is one.
type Made = Option<(Edit, Subject, String)>;

const EDITS: [fn(&mut Workflow, Index) -> Made; 13] = [
    |workflow, at| {
        let state = some(&mut workflow.states, at)?;
        state.was.push(state.name.clone());
        state.name.text = "zz".to_owned();
        Some((Edit::Renamed, Subject::State, "zz".to_owned()))
    },
    |workflow, at| {
        let state = some(&mut workflow.states, at)?;
        let was = std::mem::replace(&mut state.name.text, "zz".to_owned());
        Some((Edit::Removed, Subject::State, was))
    },
    |workflow, at| {
        let state = some(&mut workflow.states, at)?;
        state.variables.push(field(&state.name));
        Some((
            Edit::Added,
            Subject::Variable,
            format!("{}.zz", state.name.text),
        ))
    },
    |workflow, at| {
        let state = workflow.states.iter_mut();
        let state = state.filter(|state| !state.variables.is_empty());
        let mut states: Vec<&mut State> = state.collect();
        let state = some(&mut states, at)?;
        let ty = &mut state.variables.first_mut()?.ty;
        *ty = if *ty == Type::Bool {
            Type::Int
        } else {
            Type::Bool
        };
        let name = &state.variables.first()?.name.text;
        Some((
            Edit::Changed,
            Subject::Variable,
            format!("{}.{name}", state.name.text),
        ))
    },
    |workflow, at| {
        let state = some(&mut workflow.states, at)?;
        state.kind = match state.kind {
            StateKind::Initial => return None,
            StateKind::Error => StateKind::Ordinary,
            StateKind::Ordinary | StateKind::Final => StateKind::Error,
        };
        Some((Edit::Changed, Subject::State, state.name.text.clone()))
    },
    |workflow, at| {
        let transition = some(&mut workflow.transitions, at)?;
        transition.automatic = !transition.automatic;
        Some((
            Edit::Changed,
            Subject::Transition,
            transition.name.text.clone(),
        ))
    },
    |workflow, at| {
        let states = workflow.states.len();
        let transition = some(&mut workflow.transitions, at)?;
        transition.target = match transition.target {
            Target::Same => Target::State(StateId(0), Vec::new()),
            Target::State(state, _) => Target::State(StateId((state.0 + 1) % states), Vec::new()),
        };
        Some((
            Edit::Changed,
            Subject::Transition,
            transition.name.text.clone(),
        ))
    },
    |workflow, at| {
        let transition = some(&mut workflow.transitions, at)?;
        transition.sources.pop();
        Some((
            Edit::Changed,
            Subject::Transition,
            transition.name.text.clone(),
        ))
    },
    |workflow, at| {
        let transition = some(&mut workflow.transitions, at)?;
        transition.timeout = Some(transition.timeout.map_or(1, |timeout| timeout + 1));
        Some((
            Edit::Changed,
            Subject::Transition,
            transition.name.text.clone(),
        ))
    },
    |workflow, at| {
        let transition = some(&mut workflow.transitions, at)?;
        transition.on_interrupt = match transition.on_interrupt {
            OnInterrupt::Ask => OnInterrupt::Fail,
            _ => OnInterrupt::Ask,
        };
        Some((
            Edit::Changed,
            Subject::Transition,
            transition.name.text.clone(),
        ))
    },
    |workflow, at| {
        let transition = some(&mut workflow.transitions, at)?;
        transition.action.take()?;
        Some((
            Edit::Changed,
            Subject::Transition,
            transition.name.text.clone(),
        ))
    },
    |workflow, at| {
        let action = some(&mut workflow.actions, at)?;
        action.parameters.push(field(&action.name));
        Some((
            Edit::Added,
            Subject::Parameter,
            format!("{}.zz", action.name.text),
        ))
    },
    |workflow, at| {
        let guard = some(&mut workflow.guards, at)?;
        let was = std::mem::replace(&mut guard.name.text, "zz".to_owned());
        Some((Edit::Removed, Subject::Guard, was))
    },
];

fn some<T>(things: &mut [T], at: Index) -> Option<&mut T> {
    match things.len() {
        0 => None,
        length => things.get_mut(at.index(length)),
    }
}

/// A new field, which stands where its owner does.
fn field(owner: &Name) -> Field {
    Field {
        name: Name {
            text: "zz".to_owned(),
            span: owner.span,
        },
        was: Vec::new(),
        ty: Type::Int,
        default: None,
        docs: Vec::new(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_sentences_name_what_was_edited(
        lifecycle in any::<Index>(),
        edit in any::<Index>(),
        at in any::<Index>(),
    ) {
        let lifecycle = lifecycle.get(&LIFECYCLES);
        let mut edited = lifecycle.0.clone();
        let edit = edit.get(&EDITS);
        let made = edited.workflows.first_mut().and_then(|workflow| edit(workflow, at));
        if let Some(made) = made {
            let changes = said(&lifecycle.0, &edited);
            let found = changes.iter().find(|it| (it.edit, it.subject, it.name.clone()) == made);
            let found = found.unwrap_or_else(|| panic!("{made:?} in {changes:#?}"));
            let name = made.2.rsplit('.').next().unwrap();
            prop_assert!(found.sentence.contains(&format!("`{name}")), "{}", found.sentence);
            prop_assert_eq!(said(&edited, &edited), []);
        }
    }

    #[test]
    fn there_and_back_mirror_each_other(
        old in any::<Index>(),
        new in any::<Index>(),
    ) {
        let old = old.get(&LIFECYCLES);
        let mut new = new.get(&LIFECYCLES).clone();
        let name = old.0.workflows.first().map(|workflow| workflow.name.text.clone());
        if let (Some(workflow), Some(name)) = (new.0.workflows.first_mut(), name) {
            workflow.name.text = name;
        }
        check_pair(old, &new);
    }
}
