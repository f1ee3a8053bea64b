//! The file, workflows, and what stands in them.

use super::Node;
use super::docs::{Docs, line};
use super::habit;
use super::hint::{self, Last};
use super::reader::{Reader, is_closed, word};
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::grammar::Rule;
use crate::model::StateKind;
use crate::span::Span;
use crate::syntax::{
    Action, Activity, Allow, Exception, File, Guard, RetiredState, State, Word, Workflow,
};

impl<'a> Reader<'a, '_> {
    pub(super) fn file(&mut self, node: Node<'a>) -> File<'a> {
        let mut file = File::default();
        let mut docs = Docs::default();
        let mut begun = false;
        for inner in node.inner() {
            if inner.rule() == Rule::inner_doc && !begun {
                file.docs.push(line(&inner));
                continue;
            }
            begun = true;
            if self.doc(&inner, &mut docs) || self.allow(&inner) {
                continue;
            }
            file.allows.workflows.extend(self.allowed_in(&inner));
            match inner.rule() {
                Rule::workflow => {
                    let workflow = self.workflow(inner, docs.take(), &mut file.allows.items);
                    file.workflows.push(workflow);
                }
                Rule::junk_file if self.nested > 0 && inner.text() == "}" => self.nested -= 1,
                Rule::junk_file => {
                    self.no_docs(&mut docs);
                    self.junk(inner, false, |found| habit::import(found.text()));
                    file.torn = true;
                }
                _ => self.no_docs(&mut docs),
            }
        }
        file.skipped = std::mem::take(&mut self.skipped);
        for workflow in &mut file.workflows {
            workflow.torn |= file.torn;
        }
        file
    }

    fn workflow(
        &mut self,
        node: Node<'a>,
        docs: Vec<String>,
        allows: &mut Vec<Allow<'a>>,
    ) -> Workflow<'a> {
        let mut workflow = Workflow {
            name: None,
            docs,
            keyword: node.span(),
            states: Vec::new(),
            actions: Vec::new(),
            guards: Vec::new(),
            transitions: Vec::new(),
            activities: Vec::new(),
            retired_states: Vec::new(),
            retired_transitions: Vec::new(),
            torn: false,
        };
        let mut docs = Docs::default();
        let mut stumbled = false;
        let mut opened = None;
        let mut last = None;
        self.torn = false;
        for inner in node.inner() {
            if self.doc(&inner, &mut docs) {
                continue;
            }
            if self.allow(&inner) {
                last = Some((Rule::allow, inner.span()));
                continue;
            }
            allows.extend(self.allowed_in(&inner));
            let before = self.reported();
            let closed = is_closed(&inner);
            let rule = inner.rule();
            let place = inner.span();
            match rule {
                Rule::kw_workflow => workflow.keyword = inner.span(),
                Rule::name => workflow.name = word(&inner),
                Rule::open => opened = Some(inner.span()),
                Rule::state => workflow.states.push(self.state(inner, docs.take())),
                Rule::action => workflow.actions.push(self.action(inner, docs.take())),
                Rule::guard => workflow.guards.push(self.guard(inner, docs.take())),
                Rule::transition => {
                    let transition = self.transition(inner, docs.take());
                    workflow.transitions.push(transition);
                }
                Rule::activity => workflow.activities.push(self.activity(inner, docs.take())),
                Rule::retired_state => {
                    let state = self.retired_state(inner, docs.take());
                    workflow.retired_states.extend(state);
                }
                Rule::retired_transition => {
                    docs.take();
                    let transition = self.retired_transition(inner);
                    workflow.retired_transitions.extend(transition);
                }
                Rule::junk_item => {
                    docs.take();
                    let before = last.and_then(|(rule, place): (Rule, Span)| {
                        Some(Last {
                            rule,
                            name: last_item(rule, &workflow)?,
                            text: place.text(self.source),
                        })
                    });
                    let renamed = before.is_some_and(|last| last.rule == Rule::state)
                        && workflow
                            .states
                            .last()
                            .is_some_and(|state| !state.was.is_empty());
                    let hyphened = before.and_then(|last| hyphened(last, inner.text()));
                    self.skipped.mended.extend(hyphened);
                    self.junk(inner, stumbled, |found| {
                        hint::former(found, renamed).or_else(|| hint::item(rule, found, before))
                    });
                    stumbled = false;
                    last = Some((rule, place));
                    continue;
                }
                Rule::close => self.no_docs(&mut docs),
                Rule::junk_close if self.nested > 0 => self.nested -= 1,
                Rule::junk_close => {
                    self.no_docs(&mut docs);
                    if !stumbled && last.is_none_or(|(last, _)| last != Rule::junk_item) {
                        self.closed_early(inner.span());
                    }
                }
                _ => {
                    self.no_docs(&mut docs);
                    self.skipped.declarations |= rule == Rule::need_close;
                    self.expected_after(&inner, opened);
                }
            }
            last = Some((rule, place));
            stumbled = self.reported() > before && !closed;
        }
        workflow.torn = self.torn;
        self.skipped.declarations |= has_nameless(&workflow);
        workflow
    }

    /// Reports a brace that closes a workflow whose items go on.
    fn closed_early(&mut self, brace: Span) {
        let (next, _) = self.found(brace.end);
        self.torn = true;
        self.diagnostics.report(
            Diagnostic::error(
                Code::Syntax,
                brace,
                format!("this closes the workflow, and {next} follows"),
            )
            .label("one `}` too many")
            .help("drop it"),
        );
    }

    fn state(&mut self, node: Node<'a>, docs: Vec<String>) -> State<'a> {
        let mut state = State {
            name: None,
            was: Vec::new(),
            docs,
            kind: StateKind::Ordinary,
            variables: Vec::new(),
        };
        let mut kind: Option<Span> = None;
        for inner in node.inner() {
            match inner.rule() {
                Rule::kind => {
                    let place = inner.span();
                    match kind.replace(place) {
                        Some(first) => self.second_kind(place, first),
                        None => state.kind = kind_named(inner.text()),
                    }
                }
                Rule::name => state.name = word(&inner),
                Rule::variables => state.variables = self.fields(inner),
                Rule::was => state.was = self.was(inner),
                Rule::misspelt => {}
                rule => {
                    let kind = kind.map(|kind| kind.text(self.source));
                    self.expected_or(&inner, |found| hint::state(rule, found, kind));
                }
            }
        }
        state
    }

    fn second_kind(&mut self, second: Span, first: Span) {
        self.torn = true;
        self.diagnostics.report(
            Diagnostic::error(Code::Syntax, second, "a state is of one kind only")
                .label("a second kind")
                .related(first, "the first")
                .help("keep one of `initial`, `error` and `final`"),
        );
    }

    fn action(&mut self, node: Node<'a>, docs: Vec<String>) -> Action<'a> {
        let mut action = Action {
            name: None,
            docs,
            parameters: Vec::new(),
            result: None,
        };
        let mut arrow = false;
        for inner in node.inner() {
            match inner.rule() {
                Rule::name if arrow => {
                    let (next, _) = self.found(inner.span().end);
                    // `list<T>` is no name of a state.
                    action.result = word(&inner).filter(|_| next != "`<`");
                }
                Rule::name => action.name = word(&inner),
                Rule::arrow => arrow = true,
                Rule::parameters => action.parameters = self.fields(inner),
                _ => self.expected(&inner),
            }
        }
        action
    }

    fn guard(&mut self, node: Node<'a>, docs: Vec<String>) -> Guard<'a> {
        let mut guard = Guard {
            name: None,
            docs,
            parameters: Vec::new(),
        };
        for inner in node.inner() {
            match inner.rule() {
                Rule::name => guard.name = word(&inner),
                Rule::parameters => guard.parameters = self.fields(inner),
                _ => self.expected(&inner),
            }
        }
        guard
    }

    /// Reads `was NAME | ..`.
    pub(super) fn was(&mut self, node: Node<'a>) -> Vec<Word<'a>> {
        let mut names = Vec::new();
        for inner in node.inner() {
            match inner.rule() {
                Rule::name => names.extend(word(&inner)),
                _ => self.expected(&inner),
            }
        }
        names
    }

    fn activity(&mut self, node: Node<'a>, docs: Vec<String>) -> Activity<'a> {
        let mut activity = Activity {
            name: None,
            docs,
            places: Vec::new(),
            exceptions: Vec::new(),
        };
        for inner in node.inner() {
            match inner.rule() {
                Rule::name => activity.name = word(&inner),
                Rule::places => activity.places = self.sources(inner),
                Rule::exceptions => activity.exceptions = self.exceptions(inner),
                rule => {
                    let name = activity.name.map(|name| name.text);
                    self.expected_or(&inner, |found| hint::activity(rule, found, name));
                }
            }
        }
        activity
    }

    fn exceptions(&mut self, node: Node<'a>) -> Vec<Exception<'a>> {
        let mut exceptions = Vec::new();
        for inner in node.inner() {
            match inner.rule() {
                Rule::name => exceptions.extend(word(&inner).map(Exception::State)),
                Rule::during => {
                    let transition = inner.inner().find_map(|name| {
                        (name.rule() == Rule::name).then(|| word(&name)).flatten()
                    });
                    exceptions.extend(transition.map(Exception::During));
                }
                Rule::need_exception => {
                    self.expected(&inner);
                    exceptions.push(Exception::Missing);
                }
                _ => {}
            }
        }
        exceptions
    }

    fn retired_state(&mut self, node: Node<'a>, docs: Vec<String>) -> Option<RetiredState<'a>> {
        let mut name: Option<Word<'a>> = None;
        let mut variables = Vec::new();
        let mut target = None;
        for inner in node.inner() {
            match inner.rule() {
                Rule::name => name = word(&inner),
                Rule::variables => variables = self.fields(inner),
                Rule::target => target = self.target(inner),
                rule => {
                    let name = name.map(|name| name.text);
                    self.expected_or(&inner, |found| hint::retired_state(rule, found, name));
                }
            }
        }
        Some(RetiredState {
            name: name?,
            docs,
            variables,
            target,
        })
    }

    fn retired_transition(&mut self, node: Node<'a>) -> Option<Word<'a>> {
        let mut name = None;
        for inner in node.inner() {
            match inner.rule() {
                Rule::name => name = word(&inner),
                _ => self.expected(&inner),
            }
        }
        name
    }
}

/// Whether the name of something that others may name is missing.
fn has_nameless(workflow: &Workflow<'_>) -> bool {
    workflow.states.iter().any(|state| state.name.is_none())
        || workflow.actions.iter().any(|action| action.name.is_none())
        || workflow.guards.iter().any(|guard| guard.name.is_none())
        || workflow.transitions.iter().any(|step| step.name.is_none())
}

/// The name of the item that stands before, if it is the last of its kind.
fn last_item<'a>(rule: Rule, workflow: &Workflow<'a>) -> Option<&'a str> {
    let name = match rule {
        Rule::allow => return Some(""),
        Rule::state => workflow.states.last()?.name,
        Rule::action => workflow.actions.last()?.name,
        Rule::guard => workflow.guards.last()?.name,
        Rule::transition => workflow.transitions.last()?.name,
        Rule::activity => workflow.activities.last()?.name,
        Rule::retired_state => Some(workflow.retired_states.last()?.name),
        Rule::retired_transition => workflow.retired_transitions.last().copied(),
        _ => return None,
    };
    Some(name.map_or("NAME", |name| name.text))
}

/// The name of the last item, if it has hyphens, as it should be spelt.
fn hyphened(last: Last<'_>, junk: &str) -> Option<String> {
    let is_of_name = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
    let end = junk.find(|letter| !is_of_name(letter));
    let rest = junk.get(..end.unwrap_or(junk.len()))?;
    (rest.starts_with('-') && rest.len() > 1 && last.text.ends_with(last.name))
        .then(|| format!("{}{}", last.name, rest.replace('-', "_")))
}

fn kind_named(keyword: &str) -> StateKind {
    match keyword {
        "initial" => StateKind::Initial,
        "error" => StateKind::Error,
        "final" => StateKind::Final,
        _ => StateKind::Ordinary,
    }
}
