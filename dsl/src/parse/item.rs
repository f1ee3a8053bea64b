//! The file, workflows, and what stands in them.

use super::Node;
use super::docs::{Docs, line};
use super::reader::{Reader, is_closed, span, word};
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::generated::parser::Rule;
use crate::model::StateKind;
use crate::span::Span;
use crate::syntax::{Action, File, Guard, Source, State, Target, Transition, Workflow};

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
            if self.doc(&inner, &mut docs) {
                continue;
            }
            match inner.as_rule() {
                Rule::workflow => {
                    let workflow = self.workflow(inner, docs.take());
                    file.workflows.push(workflow);
                }
                Rule::junk_file => {
                    self.no_docs(&mut docs);
                    self.junk(inner, false);
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

    fn workflow(&mut self, node: Node<'a>, docs: Vec<String>) -> Workflow<'a> {
        let mut workflow = Workflow {
            name: None,
            docs,
            keyword: span(&node),
            states: Vec::new(),
            actions: Vec::new(),
            guards: Vec::new(),
            transitions: Vec::new(),
            torn: false,
        };
        let mut docs = Docs::default();
        let mut stumbled = false;
        let mut opened = None;
        self.torn = false;
        for inner in node.into_inner() {
            if self.doc(&inner, &mut docs) {
                continue;
            }
            let before = self.reported();
            let closed = is_closed(&inner);
            match inner.as_rule() {
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
                Rule::later_item => {
                    docs.take();
                    self.later(inner);
                }
                Rule::junk_item => {
                    docs.take();
                    self.junk(inner, stumbled);
                    stumbled = false;
                    continue;
                }
                Rule::close => self.no_docs(&mut docs),
                _ => {
                    self.no_docs(&mut docs);
                    self.expected_after(&inner, opened.map(|span| (span, "to close this")));
                }
            }
            stumbled = self.reported() > before && !closed;
        }
        workflow.torn = self.torn;
        workflow
    }

    fn state(&mut self, node: Node<'a>, docs: Vec<String>) -> State<'a> {
        let mut state = State {
            name: None,
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
                Rule::later_was => self.later(inner),
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

    fn transition(&mut self, node: Node<'a>, docs: Vec<String>) -> Transition<'a> {
        let mut transition = Transition {
            name: None,
            docs,
            inputs: Vec::new(),
            sources: Vec::new(),
            target: None,
            clauses: Vec::new(),
            span: span(&node),
        };
        let mut stumbled = false;
        for inner in node.into_inner() {
            match inner.as_rule() {
                Rule::name => transition.name = word(&inner),
                Rule::parameters => transition.inputs = self.fields(inner),
                Rule::sources => transition.sources = self.sources(inner),
                Rule::target => transition.target = self.target(inner),
                Rule::body => transition.clauses = self.clauses(inner),
                Rule::later_was => self.later(inner),
                Rule::colon | Rule::arrow | Rule::kw_transition => {}
                Rule::junk_header => self.junk(inner, stumbled),
                // What else is missing follows from the first.
                _ if stumbled => {}
                _ => {
                    stumbled = true;
                    self.expected(&inner);
                }
            }
        }
        transition
    }

    fn sources(&mut self, node: Node<'a>) -> Vec<Option<Source<'a>>> {
        let mut sources = Vec::new();
        for inner in node.into_inner() {
            match inner.as_rule() {
                Rule::star => sources.push(Some(Source::Any(span(&inner)))),
                Rule::name => sources.push(word(&inner).map(Source::Named)),
                Rule::pipe => {}
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
            values,
        })
    }
}

fn kind_named(keyword: &str) -> StateKind {
    match keyword {
        "initial" => StateKind::Initial,
        "error" => StateKind::Error,
        "final" => StateKind::Final,
        _ => StateKind::Ordinary,
    }
}
