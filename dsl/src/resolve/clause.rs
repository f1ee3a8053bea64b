//! The clauses of transitions: each in its place, and once.

use super::graph::{ActionUse, GuardUse, Said};
use super::step::Steps;
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::model::{OnInterrupt, Retry};
use crate::span::Span;
use crate::syntax::{Clause, ClauseKind, Handler, Word};

/// The clauses of one transition, as they are met.
#[derive(Default)]
pub(super) struct Clauses<'a> {
    pub(super) automatic: Option<Span>,
    pub(super) after: Option<Said<u64>>,
    pub(super) retry: Option<Said<Retry>>,
    pub(super) timeout: Option<Said<u64>>,
    pub(super) on_interrupt: Option<Said<OnInterrupt>>,
    pub(super) alias: Option<Word<'a>>,
    pub(super) alias_keyword: Option<Span>,
    pub(super) guards: Vec<GuardUse<'a>>,
    pub(super) action: Option<ActionUse<'a>>,
    pub(super) action_keyword: Option<Span>,
    pub(super) handler: Option<&'a Handler<'a>>,
    pub(super) handler_keyword: Option<Span>,
}

impl<'a> Steps<'a, '_> {
    pub(super) fn clause(
        &mut self,
        clause: &'a Clause<'a>,
        clauses: &mut Clauses<'a>,
        inline: bool,
    ) {
        let keyword = clause.keyword;
        match &clause.kind {
            ClauseKind::Automatic => {
                if self.may_stand(keyword, "automatic", inline)
                    && self.once(keyword, clauses.automatic, "automatic")
                {
                    clauses.automatic = Some(keyword);
                }
            }
            ClauseKind::Alias(alias) => {
                if self.may_stand(keyword, "alias", inline)
                    && self.once(keyword, clauses.alias_keyword, "alias")
                {
                    clauses.alias_keyword = Some(keyword);
                    clauses.alias = *alias;
                }
            }
            ClauseKind::When { negated, guard } => {
                let found = guard.as_ref().and_then(|call| self.guard(call));
                self.holes.guards |= found.is_none();
                if self.may_stand(keyword, "when", inline) {
                    clauses.guards.push(GuardUse {
                        keyword,
                        negated: *negated,
                        call: guard.as_ref(),
                        guard: found,
                    });
                } else {
                    self.holes.guards = true;
                }
            }
            ClauseKind::Do(call) => {
                let found = call.as_ref().and_then(|call| self.action(call));
                self.holes.actions |= found.is_none();
                if self.once(keyword, clauses.action_keyword, "do") {
                    clauses.action_keyword = Some(keyword);
                    clauses.action = Some(ActionUse {
                        call: call.as_ref(),
                        action: found,
                    });
                } else {
                    // It would be run, if it were elsewhere.
                    self.holes.actions = true;
                }
            }
            ClauseKind::After(what) => {
                if self.may_stand(keyword, "after", inline) {
                    self.say(keyword, *what, &mut clauses.after, "after");
                }
            }
            ClauseKind::Retry(what) => self.say(keyword, *what, &mut clauses.retry, "retry"),
            ClauseKind::Timeout(what) => self.say(keyword, *what, &mut clauses.timeout, "timeout"),
            ClauseKind::OnInterrupt(what) => {
                self.say(keyword, *what, &mut clauses.on_interrupt, "on interrupt");
            }
            ClauseKind::Backoff => self.lone_backoff(keyword),
            ClauseKind::OnError(handler) => {
                let first = clauses.handler_keyword;
                if self.once(keyword, first, "on error") {
                    clauses.handler_keyword = Some(keyword);
                    clauses.handler = handler.as_ref();
                }
            }
        }
    }

    /// Keeps what a clause says, if it is the first of its kind.
    fn say<T>(
        &mut self,
        keyword: Span,
        what: Option<T>,
        place: &mut Option<Said<T>>,
        clause: &str,
    ) {
        let first = place.as_ref().map(|first| first.keyword);
        if self.once(keyword, first, clause) {
            *place = Some(Said { keyword, what });
        }
    }

    fn lone_backoff(&mut self, keyword: Span) {
        self.diagnostics.report(
            Diagnostic::error(
                Code::MisplacedClause,
                keyword,
                "`backoff` says how long a `retry` waits, and there is none before it",
            )
            .label("of which retry?")
            .help("write `retry 3 backoff 1s..30s`"),
        );
    }

    /// An inline error transition is entered by failure alone, so it has no say in when
    /// it fires.
    fn may_stand(&mut self, keyword: Span, clause: &str, inline: bool) -> bool {
        if inline {
            self.diagnostics.report(
                Diagnostic::error(
                    Code::MisplacedClause,
                    keyword,
                    format!("an inline error transition cannot have `{clause}`"),
                )
                .label("fires on failure only")
                .help("drop it, or declare a transition and name it in `on error fire NAME`"),
            );
        }
        !inline
    }

    /// Every clause but `when` stands once.
    fn once(&mut self, keyword: Span, first: Option<Span>, clause: &str) -> bool {
        if let Some(first) = first {
            let help = match clause {
                "do" => {
                    "keep one of them, and run the other in an automatic transition that leaves the target"
                }
                _ => "keep one of them",
            };
            self.diagnostics.report(
                Diagnostic::error(
                    Code::DuplicateClause,
                    keyword,
                    format!("this transition has `{clause}` twice"),
                )
                .label("the second")
                .related(first, "the first")
                .help(help),
            );
        }
        first.is_none()
    }
}
