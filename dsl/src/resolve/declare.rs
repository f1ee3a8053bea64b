//! What a workflow declares.

use super::graph::{Action, Graph, Guard, Holes, RetiredState, State};
use super::names::{Names, unknown};
use super::step::Steps;
use super::{activity, former, inputs, spelling, types};
use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::StateId;
use crate::suggest::nearest;
use crate::syntax::{File, Word, Workflow};

/// How many states or transitions a workflow may have: they are numbered in 16 bits.
const MOST: usize = 65_534;

/// Declares everything, then looks up what refers to it.
pub(super) fn graph<'a>(
    file: &'a File<'a>,
    syntax: &'a Workflow<'a>,
    diagnostics: &mut Diagnostics,
) -> Graph<'a> {
    let mut holes = Holes::default();
    let state_names = named(
        syntax.states.iter().map(|state| state.name),
        Code::DuplicateState,
        "state",
        diagnostics,
    );
    spelling::collisions(state_names.all(), "state", diagnostics);
    let action_names = named(
        syntax.actions.iter().map(|action| action.name),
        Code::DuplicateAction,
        "action",
        diagnostics,
    );
    let guard_names = named(
        syntax.guards.iter().map(|guard| guard.name),
        Code::DuplicateGuard,
        "guard",
        diagnostics,
    );
    methods(&action_names, &guard_names, diagnostics);
    let with_result = syntax
        .actions
        .iter()
        .filter(|action| action.result.is_some());
    let results = with_result.filter_map(|action| action.name);
    spelling::collisions(results, "action", diagnostics);

    let states: Vec<State<'a>> = syntax
        .states
        .iter()
        .map(|state| State {
            syntax: state,
            variables: types::fields(
                &state.variables,
                "variable",
                Code::DuplicateVariable,
                diagnostics,
            ),
        })
        .collect();
    let actions = syntax
        .actions
        .iter()
        .map(|action| Action {
            syntax: action,
            parameters: types::fields(
                &action.parameters,
                "parameter",
                Code::DuplicateParameter,
                diagnostics,
            ),
            result: action.result.and_then(|result| {
                let found = state_names.find(result.text).map(StateId);
                if found.is_none() {
                    holes.states = true;
                    if types::is_type(result.text) {
                        type_for_a_state(result, diagnostics);
                    } else {
                        unknown_state(result, &state_names, file, diagnostics);
                    }
                }
                found
            }),
        })
        .collect();
    let guards = syntax
        .guards
        .iter()
        .map(|guard| Guard {
            syntax: guard,
            parameters: types::fields(
                &guard.parameters,
                "parameter",
                Code::DuplicateParameter,
                diagnostics,
            ),
        })
        .collect();
    too_many(&states_of(syntax), "states", diagnostics);

    let mut steps = Steps::new(
        file,
        syntax,
        &state_names,
        &action_names,
        &guard_names,
        diagnostics,
        holes,
    );
    steps.all();
    let (steps, transition_names, mut holes, diagnostics) = steps.finish();
    let all_steps: Vec<Option<Word<'a>>> = steps.iter().map(|step| step.syntax.name).collect();
    too_many(&all_steps, "transitions", diagnostics);
    former::states(syntax, &state_names, diagnostics);
    former::transitions(syntax, &steps, &transition_names, diagnostics);
    let retired_states = syntax
        .retired_states
        .iter()
        .map(|state| RetiredState {
            syntax: state,
            variables: types::fields(
                &state.variables,
                "variable",
                Code::DuplicateVariable,
                diagnostics,
            ),
            target: state.target.as_ref().and_then(|target| {
                let found = state_names.find(target.state.text).map(StateId);
                if found.is_none() {
                    holes.states = true;
                    unknown_state(target.state, &state_names, file, diagnostics);
                }
                found
            }),
        })
        .collect();
    let activity_names = named(
        syntax.activities.iter().map(|activity| activity.name),
        Code::DuplicateActivity,
        "activity",
        diagnostics,
    );
    activity::methods(
        &activity_names,
        &steps,
        &action_names,
        &guard_names,
        diagnostics,
    );
    let mut resolver = activity::Resolver {
        file,
        states: &state_names,
        transitions: &transition_names,
        steps: &steps,
        holes: &mut holes,
        diagnostics,
    };
    let activities = syntax
        .activities
        .iter()
        .map(|activity| resolver.activity(activity))
        .collect();
    let mut graph = Graph {
        syntax,
        states,
        state_names,
        actions,
        guards,
        steps,
        activities,
        retired_states,
        holes,
    };
    inputs::infer(&mut graph);
    graph
}

fn states_of<'a>(syntax: &'a Workflow<'a>) -> Vec<Option<Word<'a>>> {
    syntax.states.iter().map(|state| state.name).collect()
}

/// Declares things of one kind, each under a name of its own.
pub(super) fn named<'a>(
    words: impl Iterator<Item = Option<Word<'a>>>,
    code: Code,
    kind: &str,
    diagnostics: &mut Diagnostics,
) -> Names<'a> {
    let mut names = Names::default();
    let mut misspelt_names = Vec::new();
    for word in words {
        match word {
            Some(word) => {
                let misspelt = spelling::check(word, kind, diagnostics);
                names.declare(word, code, kind, diagnostics);
                misspelt_names.extend(misspelt.map(|mended| (word, mended)));
            }
            None => names.declare_nameless(),
        }
    }
    // What is spelt so takes precedence.
    for (word, mended) in misspelt_names {
        names.mend(word, mended);
    }
    names
}

/// Actions and guards are methods of one trait, so they share their names.
fn methods(actions: &Names<'_>, guards: &Names<'_>, diagnostics: &mut Diagnostics) {
    for guard in guards.all() {
        if let Some(action) = actions.first(guard.text) {
            diagnostics.report(
                Diagnostic::error(
                    Code::DuplicateGuard,
                    guard.span,
                    format!("`{}` names an action and a guard", guard.text),
                )
                .label("the guard")
                .related(action.span, "the action")
                .help("rename one of them: both become methods of one trait"),
            );
        }
    }
}

/// States and transitions can be numbered in 16 bits.
fn too_many(all: &[Option<Word<'_>>], kind: &str, diagnostics: &mut Diagnostics) {
    if let Some(Some(first)) = all.get(MOST) {
        diagnostics.report(
            Diagnostic::error(
                Code::TooMany,
                first.span,
                format!(
                    "a workflow has at most {MOST} {kind}, this one has {}",
                    all.len()
                ),
            )
            .label("the first too many")
            .help("split the workflow"),
        );
    }
}

/// Reports an action that is to return a value.
fn type_for_a_state(word: Word<'_>, diagnostics: &mut Diagnostics) {
    let name = word.text;
    diagnostics.report(
        Diagnostic::error(
            Code::UnknownState,
            word.span,
            format!("`{name}` is a type, not a state"),
        )
        .label("not a state")
        .help(format!("what an action supplies are variables of a state: declare `state NAME {{ VALUE: {name} }}`, and write `-> NAME`")),
    );
}

/// Reports a state that is not declared.
pub(super) fn unknown_state<'a>(
    word: Word<'a>,
    states: &Names<'a>,
    file: &File<'a>,
    diagnostics: &mut Diagnostics,
) {
    if word.text == "same" {
        diagnostics.report(
            Diagnostic::error(
                Code::ReservedName,
                word.span,
                "`same` is reserved, and stands only where a transition leads",
            )
            .label("reserved")
            .help("name the state; `*` as a source is every state that is not final"),
        );
        return;
    }
    let spelt = states.all().map(|state| state.text);
    let spelt = spelt.filter(|name| name.is_ascii());
    if states.is_unsure() && nearest(word.text, spelt.clone()).is_none() {
        return;
    }
    unknown(
        Code::UnknownState,
        word,
        format!("there is no state `{}`", word.text),
        spelt,
        format!("declare `state {}`", word.text),
        &file.skipped,
        diagnostics,
    );
}
