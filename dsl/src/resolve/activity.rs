//! Where activities run, and what their methods are called.

use super::declare::unknown_state;
use super::graph::{Activity, Holes, Step};
use super::names::Names;
use super::step::transition;
use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{OnInterrupt, StateId};
use crate::span::Span;
use crate::syntax::{self, Exception, File, Source, Word};
use std::collections::{HashMap, HashSet};

/// Looks up the states and transitions that activities name.
pub(super) struct Resolver<'a, 'g> {
    pub(super) file: &'g File<'a>,
    pub(super) states: &'g Names<'a>,
    pub(super) transitions: &'g Names<'a>,
    pub(super) steps: &'g [Step<'a>],
    pub(super) holes: &'g mut Holes,
    pub(super) diagnostics: &'g mut Diagnostics,
}

impl<'a> Resolver<'a, '_> {
    pub(super) fn activity(&mut self, syntax: &'a syntax::Activity<'a>) -> Activity<'a> {
        let before = self.diagnostics.len();
        let mut intact = true;
        let mut states = self.places(syntax, &mut intact);
        let mut paused = Vec::new();
        let mut during = Vec::new();
        let mut seen = HashMap::new();
        let mut seen_during = HashMap::new();
        for exception in &syntax.exceptions {
            match exception {
                Exception::Missing => intact = false,
                Exception::State(word) => match self.excepted(*word) {
                    None => intact = false,
                    Some(_) if !self.first(*word, &mut seen) => {}
                    Some(state) => {
                        if !states.remove(&state) && intact {
                            self.needless(*word, "it does not run there anyway");
                        }
                    }
                },
                Exception::During(word) => {
                    let declare = "name a transition".to_string();
                    match transition(
                        *word,
                        declare,
                        self.transitions,
                        self.file,
                        self.diagnostics,
                    ) {
                        None => intact = false,
                        Some(_) if !self.first(*word, &mut seen_during) => {}
                        Some(number) => {
                            paused.push(number);
                            during.push((*word, number));
                        }
                    }
                }
            }
        }
        let mut states: Vec<StateId> = states.into_iter().collect();
        states.sort_unstable();
        if intact {
            for (word, number) in during {
                let sources = self.steps.get(number).map(|step| &step.sources);
                let leaves = sources.is_some_and(|sources| {
                    !sources.complete || sources.states.iter().any(|state| states.contains(state))
                });
                if !leaves && !states.is_empty() {
                    self.needless(word, "it leaves no state in which the activity runs");
                }
            }
            if states.is_empty() && self.diagnostics.len() == before {
                self.never_runs(syntax);
            }
        }
        Activity {
            syntax,
            states,
            paused,
        }
    }

    /// The states after `in`.
    fn places(&mut self, syntax: &'a syntax::Activity<'a>, intact: &mut bool) -> HashSet<StateId> {
        let mut states = HashSet::new();
        let mut seen = HashMap::new();
        let several = syntax.places.len() > 1;
        for place in &syntax.places {
            match place {
                None => *intact = false,
                Some(Source::Any(star)) => {
                    if several {
                        self.star_with_names(*star);
                    }
                    states.extend(self.states.numbered().map(|(number, _)| StateId(number)));
                }
                Some(Source::Named(word)) => match self.state(*word) {
                    None => *intact = false,
                    Some(state) => {
                        if self.first(*word, &mut seen) {
                            states.insert(state);
                        }
                    }
                },
            }
        }
        states
    }

    /// A state after `except`, where transitions need `during`.
    fn excepted(&mut self, word: Word<'a>) -> Option<StateId> {
        let is_state = self.states.find(word.text).is_some();
        if is_state || self.transitions.find(word.text).is_none() {
            return self.state(word);
        }
        self.diagnostics.report(
            Diagnostic::error(
                Code::UnknownState,
                word.span,
                format!("`{}` is a transition, not a state", word.text),
            )
            .label("not a state")
            .help(format!("write `during {}`", word.text)),
        );
        None
    }

    fn state(&mut self, word: Word<'a>) -> Option<StateId> {
        let found = self.states.find(word.text).map(StateId);
        if found.is_none() {
            self.holes.states = true;
            unknown_state(word, self.states, self.file, self.diagnostics);
        }
        found
    }

    /// Whether a name stands in a list for the first time.
    fn first(&mut self, word: Word<'a>, seen: &mut HashMap<&'a str, Span>) -> bool {
        let first = seen.get(word.text).copied();
        match first {
            None => {
                seen.insert(word.text, word.span);
            }
            Some(first) => self.diagnostics.report(
                Diagnostic::error(
                    Code::DuplicateSource,
                    word.span,
                    format!("`{}` stands here twice", word.text),
                )
                .label("the second")
                .related(first, "the first")
                .help("drop one of them"),
            ),
        }
        first.is_none()
    }

    fn star_with_names(&mut self, star: Span) {
        self.diagnostics.report(
            Diagnostic::error(Code::StarWithNames, star, "`*` stands beside other states")
                .label("this is every state")
                .help("write `*` alone, or name the states"),
        );
    }

    fn needless(&mut self, word: Word<'a>, why: &str) {
        self.diagnostics.report(
            Diagnostic::error(
                Code::NeedlessException,
                word.span,
                format!("excepting `{}` changes nothing: {why}", word.text),
            )
            .label("no exception")
            .help("drop it"),
        );
    }

    fn never_runs(&mut self, syntax: &syntax::Activity<'a>) {
        if let Some(name) = syntax.name {
            self.diagnostics.report(
                Diagnostic::error(
                    Code::NeverRuns,
                    name.span,
                    format!("the activity `{}` never runs", name.text),
                )
                .label("in no state")
                .help("name a state in which it runs, or drop it"),
            );
        }
    }
}

/// The methods that activities and probed actions add to the trait of the actions
/// have names of their own.
pub(super) fn methods(
    activities: &Names<'_>,
    steps: &[Step<'_>],
    actions: &Names<'_>,
    guards: &Names<'_>,
    diagnostics: &mut Diagnostics,
) {
    let mut added: Vec<(String, Word<'_>, &str)> = Vec::new();
    for activity in activities.all() {
        for prefix in ["start", "stop"] {
            added.push((format!("{prefix}_{}", activity.text), activity, "activity"));
        }
    }
    let mut probed = HashSet::new();
    for step in steps {
        let asked = step.on_interrupt.and_then(|on_interrupt| on_interrupt.what);
        let action = step.action.as_ref().and_then(|used| used.call);
        if let (Some(OnInterrupt::Probe), Some(call)) = (asked, action)
            && let Some(action) = actions.first(call.name.text)
            && probed.insert(action.text)
        {
            added.push((format!("probe_{}", action.text), action, "action"));
        }
    }
    for (method, owner, kind) in added {
        let other = actions.first(&method).or_else(|| guards.first(&method));
        if let Some(other) = other {
            diagnostics.report(
                Diagnostic::error(
                    Code::CollidingNames,
                    other.span,
                    format!(
                        "`{method}` is also a method that the {kind} `{}` adds",
                        owner.text
                    ),
                )
                .label("taken")
                .related(owner.span, format!("the {kind}"))
                .help("rename one of them: all become methods of one trait"),
            );
        }
    }
}
