//! The file, workflows, and what stands in them.

use super::Node;
use super::docs::{Docs, line};
use super::hint;
use super::reader::{Reader, is_closed, span, word};
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::generated::parser::Rule;
use crate::model::StateKind;
use crate::span::Span;
use crate::syntax::{
    Action, Activity, Allow, Arguments, Exception, File, Guard, RetiredState, Source, State,
    Target, Transition, Word, Workflow,
};

impl<'a> Reader<'a, '_> {
    pub(super) fn file(&mut self, node: Node<'a>) -> File<'a> {
        let mut file = File::default();
        let mut docs = Docs::default();
        let mut begun = false;
        for inner in node.into_inner() {
            if inner.as_rule() == Rule::inner_doc && !begun {
                file.docs.push(line(&inner));
                continue;
            }
            begun = true;
            if self.doc(&inner, &mut docs) || self.allow(&inner) {
                continue;
            }
            file.allows.workflows.extend(self.allowed_in(&inner));
            match inner.as_rule() {
                Rule::workflow => {
                    let workflow = self.workflow(inner, docs.take(), &mut file.allows.items);
                    file.workflows.push(workflow);
                }
                Rule::junk_file => {
                    self.no_docs(&mut docs);
                    self.junk(inner, false, |_| None);
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
            keyword: span(&node),
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
        for inner in node.into_inner() {
            if self.doc(&inner, &mut docs) || self.allow(&inner) {
                continue;
            }
            allows.extend(self.allowed_in(&inner));
            let before = self.reported();
            let closed = is_closed(&inner);
            let rule = inner.as_rule();
            match rule {
                Rule::kw_workflow => workflow.keyword = span(&inner),
                Rule::name => workflow.name = word(&inner),
                Rule::open => opened = Some(span(&inner)),
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
                    let before = last.and_then(|last| last_item(last, &workflow));
                    self.junk(inner, stumbled, |found| hint::item(rule, found, before));
                    stumbled = false;
                    last = Some(rule);
                    continue;
                }
                Rule::close => self.no_docs(&mut docs),
                Rule::junk_close => {
                    self.no_docs(&mut docs);
                    if !stumbled && last != Some(Rule::junk_item) {
                        self.closed_early(span(&inner));
                    }
                }
                _ => {
                    self.no_docs(&mut docs);
                    self.skipped.declarations |= rule == Rule::need_close;
                    self.expected_after(&inner, opened);
                }
            }
            last = Some(rule);
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
        for inner in node.into_inner() {
            match inner.as_rule() {
                Rule::kind => {
                    let place = span(&inner);
                    match kind.replace(place) {
                        Some(first) => self.second_kind(place, first),
                        None => state.kind = kind_named(inner.as_str()),
                    }
                }
                Rule::name => state.name = word(&inner),
                Rule::variables => state.variables = self.fields(inner),
                Rule::was => state.was = self.was(inner),
                Rule::misspelt => {}
                _ => self.expected(&inner),
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
        for inner in node.into_inner() {
            match inner.as_rule() {
                Rule::name if arrow => action.result = word(&inner),
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
        for inner in node.into_inner() {
            match inner.as_rule() {
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
        for inner in node.into_inner() {
            match inner.as_rule() {
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
        for inner in node.into_inner() {
            match inner.as_rule() {
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
        for inner in node.into_inner() {
            match inner.as_rule() {
                Rule::name => exceptions.extend(word(&inner).map(Exception::State)),
                Rule::during => {
                    let transition = inner.into_inner().find_map(|name| {
                        (name.as_rule() == Rule::name)
                            .then(|| word(&name))
                            .flatten()
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
        for inner in node.into_inner() {
            match inner.as_rule() {
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
        for inner in node.into_inner() {
            match inner.as_rule() {
                Rule::name => name = word(&inner),
                _ => self.expected(&inner),
            }
        }
        name
    }

    fn transition(&mut self, node: Node<'a>, docs: Vec<String>) -> Transition<'a> {
        let mut transition = Transition {
            name: None,
            was: Vec::new(),
            docs,
            inputs: Vec::new(),
            sources: Vec::new(),
            target: None,
            clauses: Vec::new(),
            torn: false,
            span: span(&node),
        };
        let mut stumbled = false;
        let mut header = Header::default();
        for inner in node.into_inner() {
            let rule = inner.as_rule();
            header.note(rule);
            match rule {
                Rule::name => transition.name = word(&inner),
                Rule::parameters => transition.inputs = self.fields(inner),
                Rule::sources => transition.sources = self.sources(inner),
                Rule::target => transition.target = self.target(inner),
                Rule::body => {
                    (transition.clauses, transition.torn) = self.clauses(inner);
                    header.torn |= transition.torn;
                }
                Rule::was => transition.was = self.was(inner),
                Rule::colon | Rule::arrow | Rule::kw_transition => {}
                Rule::junk_header => {
                    self.junk(inner, stumbled, |found| hint::header(rule, found, None));
                }
                // What else is missing follows from the first.
                _ if stumbled => {}
                _ => {
                    stumbled = true;
                    let name = transition.name.map(|name| name.text);
                    self.expected_or(&inner, |found| hint::header(rule, found, name));
                }
            }
        }
        // What stands before the arrow is a source then, and the name is missing.
        if header.no_colon && !header.no_arrow && matches!(transition.sources.first(), Some(None)) {
            self.skipped
                .words
                .extend(transition.name.take().map(|name| name.text));
            header.torn = true;
        }
        if header.is_illegible() {
            self.skipped.words.extend(words(&transition));
            transition.sources = vec![None];
            transition.target = None;
        }
        if let Some(target) = transition.target.as_mut() {
            target.torn |= header.torn;
        }
        transition
    }

    fn sources(&mut self, node: Node<'a>) -> Vec<Option<Source<'a>>> {
        let mut sources = Vec::new();
        for inner in node.into_inner() {
            match inner.as_rule() {
                Rule::star => sources.push(Some(Source::Any(span(&inner)))),
                Rule::name => sources.push(word(&inner).map(Source::Named)),
                Rule::pipe | Rule::comma => {}
                _ => {
                    self.expected(&inner);
                    sources.push(None);
                }
            }
        }
        sources
    }

    /// Reads `STATE(..)`, of a transition or an inline error transition.
    pub(super) fn target(&mut self, node: Node<'a>) -> Option<Target<'a>> {
        let mut state = None;
        let mut values = None;
        for inner in node.into_inner() {
            match inner.as_rule() {
                Rule::name | Rule::word => state = word(&inner),
                Rule::arguments => values = Some(self.arguments(inner)),
                _ => self.expected(&inner),
            }
        }
        Some(Target {
            state: state?,
            torn: values
                .as_ref()
                .is_some_and(|values: &Arguments<'_>| values.torn),
            values,
        })
    }
}

/// What is wrong with the header of a transition.
#[derive(Default)]
struct Header {
    no_colon: bool,
    no_arrow: bool,
    junk: bool,
    /// Whether inputs or values of the target are lost.
    torn: bool,
}

impl Header {
    fn note(&mut self, rule: Rule) {
        self.no_colon |= rule == Rule::need_colon;
        self.no_arrow |= rule == Rule::need_arrow;
        self.junk |= rule == Rule::junk_header;
    }

    /// Without an arrow, and with something else wrong, what was read as sources and
    /// target may be anything.
    fn is_illegible(&self) -> bool {
        self.no_arrow && (self.no_colon || self.junk)
    }
}

/// The words of a header that were taken for states.
fn words<'a>(transition: &Transition<'a>) -> impl Iterator<Item = &'a str> {
    let sources = transition.sources.iter().filter_map(|source| match source {
        Some(Source::Named(word)) => Some(word.text),
        _ => None,
    });
    let target = transition.target.iter().map(|target| target.state.text);
    sources.chain(target)
}

/// Whether the name of something that others may name is missing.
fn has_nameless(workflow: &Workflow<'_>) -> bool {
    workflow.states.iter().any(|state| state.name.is_none())
        || workflow.actions.iter().any(|action| action.name.is_none())
        || workflow.guards.iter().any(|guard| guard.name.is_none())
        || workflow.transitions.iter().any(|step| step.name.is_none())
}

/// The item that stands before, if it is the last of its kind.
fn last_item<'a>(rule: Rule, workflow: &Workflow<'a>) -> Option<(Rule, &'a str)> {
    let name = match rule {
        Rule::state => workflow.states.last()?.name,
        Rule::action => workflow.actions.last()?.name,
        Rule::guard => workflow.guards.last()?.name,
        Rule::transition => workflow.transitions.last()?.name,
        Rule::activity => workflow.activities.last()?.name,
        Rule::retired_state => Some(workflow.retired_states.last()?.name),
        Rule::retired_transition => workflow.retired_transitions.last().copied(),
        _ => return None,
    };
    Some((rule, name.map_or("NAME", |name| name.text)))
}

fn kind_named(keyword: &str) -> StateKind {
    match keyword {
        "initial" => StateKind::Initial,
        "error" => StateKind::Error,
        "final" => StateKind::Final,
        _ => StateKind::Ordinary,
    }
}
