//! Transitions, with the inline ones taken out of those that declare them.

use super::clause::Clauses;
use super::declare::{named, unknown_state};
use super::graph::{Destination, HandlerUse, Holes, Sources, Step};
use super::names::{Names, unknown};
use super::{source, spelling, types};
use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::StateId;
use crate::syntax::{Call, ClauseKind, File, Handler, Target, Transition, Word, Workflow};
use std::rc::Rc;

/// The keywords of clauses.
const CLAUSES: [&str; 9] = [
    "automatic",
    "alias",
    "when",
    "do",
    "retry",
    "backoff",
    "timeout",
    "after",
    "on",
];

/// Gathers the steps of one workflow.
pub(super) struct Steps<'a, 'd> {
    file: &'a File<'a>,
    syntax: &'a Workflow<'a>,
    states: &'d Names<'a>,
    actions: &'d Names<'a>,
    guards: &'d Names<'a>,
    transitions: Names<'a>,
    every: Rc<Sources>,
    /// How many sources all transitions have together.
    pairs: usize,
    steps: Vec<Step<'a>>,
    pub(super) holes: Holes,
    pub(super) diagnostics: &'d mut Diagnostics,
}

impl<'a, 'd> Steps<'a, 'd> {
    pub(super) fn new(
        file: &'a File<'a>,
        syntax: &'a Workflow<'a>,
        states: &'d Names<'a>,
        actions: &'d Names<'a>,
        guards: &'d Names<'a>,
        diagnostics: &'d mut Diagnostics,
        holes: Holes,
    ) -> Self {
        let mut words = Vec::new();
        for transition in &syntax.transitions {
            names_within(transition, &mut words);
        }
        let transitions = named(
            words.into_iter(),
            Code::DuplicateTransition,
            "transition",
            diagnostics,
        );
        spelling::collisions(transitions.all(), "transition", diagnostics);
        Steps {
            file,
            syntax,
            states,
            actions,
            guards,
            transitions,
            every: Rc::new(source::every(syntax, states)),
            pairs: 0,
            steps: Vec::new(),
            holes,
            diagnostics,
        }
    }

    pub(super) fn finish(self) -> (Vec<Step<'a>>, Names<'a>, Holes, &'d mut Diagnostics) {
        (self.steps, self.transitions, self.holes, self.diagnostics)
    }

    pub(super) fn all(&mut self) {
        for transition in &self.syntax.transitions {
            let sources = self.sources(transition);
            self.step(transition, sources, None);
        }
        let aliases: Vec<Word<'a>> = self.steps.iter().filter_map(|step| step.alias).collect();
        let mut seen = Names::default();
        for alias in aliases {
            if seen.first(alias.text).is_none() {
                spelling::check(alias, "alias", self.diagnostics);
                seen.declare(alias, Code::AmbiguousAlias, "alias", self.diagnostics);
            }
        }
        spelling::collisions(seen.all(), "alias", self.diagnostics);
    }

    fn sources(&mut self, transition: &'a Transition<'a>) -> Rc<Sources> {
        let sources = if source::is_every(transition, self.diagnostics) {
            Rc::clone(&self.every)
        } else {
            let named = source::named(transition, self.states, self.file, self.diagnostics);
            Rc::new(named)
        };
        let fit = source::fit(transition, sources, &mut self.pairs, self.diagnostics);
        self.holes.states |= !fit.complete;
        fit
    }

    /// Adds a transition, and directly after it the error transition it declares.
    fn step(
        &mut self,
        syntax: &'a Transition<'a>,
        sources: Rc<Sources>,
        error_of: Option<usize>,
    ) -> usize {
        let number = self.steps.len();
        let root = error_of
            .and_then(|outer| self.steps.get(outer))
            .map_or(number, |outer| outer.root);
        let inputs = types::fields(
            &syntax.inputs,
            "input",
            Code::DuplicateInput,
            self.diagnostics,
        );
        let target = self.target(syntax.target.as_ref());
        self.steps.push(Step {
            syntax,
            error_of,
            root,
            inputs,
            sources: Rc::clone(&sources),
            target,
            automatic: None,
            after: None,
            alias: None,
            guards: Vec::new(),
            action: None,
            retry: None,
            timeout: None,
            on_interrupt: None,
            handler: None,
        });
        let mut clauses = Clauses::default();
        for clause in &syntax.clauses {
            self.clause(clause, &mut clauses, error_of.is_some());
        }
        let handler = clauses.handler.map(|handler| match handler {
            Handler::Inline(inner) => HandlerUse {
                step: Some(self.step(inner, sources, Some(number))),
                fire: None,
            },
            Handler::Fire(call) => HandlerUse {
                step: self.transition(call.name),
                fire: Some(call),
            },
        });
        if let Some(step) = self.steps.get_mut(number) {
            step.automatic = clauses.automatic;
            step.after = clauses.after;
            step.retry = clauses.retry;
            step.timeout = clauses.timeout;
            step.on_interrupt = clauses.on_interrupt;
            step.alias = clauses.alias;
            step.guards = clauses.guards;
            step.action = clauses.action;
            step.handler = handler;
        }
        number
    }

    fn target(&mut self, target: Option<&'a Target<'a>>) -> Option<Destination> {
        let Some(target) = target else {
            self.holes.states = true;
            return None;
        };
        if target.state.text == "same" {
            return Some(Destination::Same);
        }
        let found = self.states.find(target.state.text).map(StateId);
        if found.is_none() {
            self.holes.states = true;
            unknown_state(target.state, self.states, self.file, self.diagnostics);
        }
        found.map(Destination::State)
    }

    pub(super) fn guard(&mut self, call: &Call<'a>) -> Option<usize> {
        let found = self.guards.find(call.name.text);
        if found.is_none() {
            if CLAUSES.contains(&call.name.text) {
                self.swallowed(call.name, "a guard", "when GUARD");
            } else if self.actions.find(call.name.text).is_some() {
                self.other_kind(
                    Code::UnknownGuard,
                    call.name,
                    ["a guard", "an action"],
                    "do",
                );
            } else {
                self.unknown(Code::UnknownGuard, call, "guard", self.guards);
            }
        }
        found
    }

    pub(super) fn action(&mut self, call: &Call<'a>) -> Option<usize> {
        let found = self.actions.find(call.name.text);
        if found.is_none() {
            if CLAUSES.contains(&call.name.text) {
                self.swallowed(call.name, "an action", "do ACTION");
            } else if self.guards.find(call.name.text).is_some() {
                self.other_kind(
                    Code::UnknownAction,
                    call.name,
                    ["an action", "a guard"],
                    "when",
                );
            } else {
                self.unknown(Code::UnknownAction, call, "action", self.actions);
            }
        }
        found
    }

    fn transition(&mut self, name: Word<'a>) -> Option<usize> {
        let is_state = self.states.find(name.text).is_some();
        if is_state && self.transitions.find(name.text).is_none() {
            // It leads there, once it is a transition.
            self.holes.states = true;
            self.diagnostics.report(
                Diagnostic::error(
                    Code::UnknownTransition,
                    name.span,
                    format!("`{}` is a state, not a transition", name.text),
                )
                .label("not a transition")
                .help(format!("write `on error NAME -> {}`", name.text)),
            );
            return None;
        }
        let declare = format!("write `on error {} -> STATE`", name.text);
        transition(
            name,
            declare,
            &self.transitions,
            self.file,
            self.diagnostics,
        )
    }

    fn unknown(&mut self, code: Code, call: &Call<'a>, kind: &str, names: &Names<'a>) {
        let word = call.name;
        unknown(
            code,
            word,
            format!("there is no {kind} `{}`", word.text),
            names.all().map(|name| name.text),
            format!(
                "declare `{kind} {}{}`",
                word.text,
                types::parameters_of(call)
            ),
            &self.file.skipped,
            self.diagnostics,
        );
    }

    /// A guard stands where an action is run, or an action where a guard is asked.
    fn other_kind(&mut self, code: Code, word: Word<'a>, [wanted, found]: [&str; 2], clause: &str) {
        let name = word.text;
        self.diagnostics.report(
            Diagnostic::error(
                code,
                word.span,
                format!("`{name}` is {found}, not {wanted}"),
            )
            .label(format!("not {wanted}"))
            .help(format!("write `{clause} {name}`")),
        );
    }

    /// The keyword of the next clause stands where a name is missing.
    fn swallowed(&mut self, word: Word<'a>, wanted: &str, clause: &str) {
        self.diagnostics.report(
            Diagnostic::error(
                Code::Syntax,
                word.span,
                format!("expected {wanted}, found `{}`", word.text),
            )
            .label(format!("expected {wanted}"))
            .help(format!("write `{clause}`")),
        );
    }
}

/// The number of the transition of this name, which is reported if there is none.
pub(super) fn transition<'a>(
    name: Word<'a>,
    declare: String,
    transitions: &Names<'a>,
    file: &File<'a>,
    diagnostics: &mut Diagnostics,
) -> Option<usize> {
    let found = transitions.find(name.text);
    if found.is_none() {
        unknown(
            Code::UnknownTransition,
            name,
            format!("there is no transition `{}`", name.text),
            transitions.all().map(|name| name.text),
            declare,
            &file.skipped,
            diagnostics,
        );
    }
    found
}

/// The names of a transition and of the error transitions within, numbered as
/// [`Steps::step`] numbers them.
fn names_within<'a>(transition: &'a Transition<'a>, names: &mut Vec<Option<Word<'a>>>) {
    names.push(transition.name);
    let first = transition
        .clauses
        .iter()
        .find_map(|clause| match &clause.kind {
            ClauseKind::OnError(handler) => Some(handler),
            _ => None,
        });
    if let Some(Some(Handler::Inline(inner))) = first {
        names_within(inner, names);
    }
}
