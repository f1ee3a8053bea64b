//! What may be written at a place, judged by the tokens before it.
//!
//! A text that is being typed is broken exactly where something is wanted, so this asks
//! neither the syntax tree nor what follows. Brackets and keywords in front of the place
//! say where it is; a line that begins an item ends whatever was left open before it.

use super::expected::{Expected, Header, Owner};
use super::statement::{Statement, in_clauses, in_file, in_workflow};
use crate::parse::token::{TokenKind, tokens};
use crate::span::Span;
use crate::syntax::ITEM_WORDS;

/// What may stand at a place, and the word that is begun there.
pub(super) struct Context<'s> {
    pub(super) expected: Expected<'s>,
    /// The word that the place is in or behind; empty if there is none.
    pub(super) word: Span,
}

impl<'s> Context<'s> {
    /// Looks at the text in front of a place; `None` within comments, strings and
    /// numbers, where nothing is to be said.
    pub(super) fn at(source: &'s str, offset: usize) -> Option<Self> {
        let mut frames = Frames::default();
        let mut word = Span {
            start: offset,
            end: offset,
        };
        let mut end = 0;
        for (kind, span) in tokens(source) {
            if span.start >= offset {
                break;
            }
            if offset <= span.end {
                match kind {
                    TokenKind::Word => word = span,
                    TokenKind::Symbol if offset == span.end => {
                        frames.take(source, kind, span);
                        end = span.end;
                    }
                    _ => return None,
                }
                break;
            }
            frames.take(source, kind, span);
            end = span.end;
        }
        // Only comments and blanks are no tokens.
        let gap = source.get(end..word.start)?;
        let line = gap.rsplit(['\r', '\n']).next().unwrap_or_default();
        if line.contains("//") {
            return None;
        }
        Some(Context {
            expected: frames.expected(),
            word,
        })
    }
}

/// A bracket that is open, and what stands in it since the last thing that was whole.
struct Frame<'s> {
    kind: FrameKind<'s>,
    statement: Statement<'s>,
    /// The names of the entries before the current one.
    given: Vec<&'s str>,
}

#[derive(Clone, Copy, PartialEq)]
enum FrameKind<'s> {
    File,
    Workflow,
    Clauses,
    /// Variables, inputs or parameters.
    Fields,
    Arguments(Owner<'s>),
    /// Brackets that mean nothing.
    Unknown,
}

struct Frames<'s> {
    open: Vec<Frame<'s>>,
    /// Where the last token ends.
    last_end: usize,
}

impl Default for Frames<'_> {
    fn default() -> Self {
        Frames {
            open: vec![Frame::new(FrameKind::File)],
            last_end: 0,
        }
    }
}

impl<'s> Frame<'s> {
    fn new(kind: FrameKind<'s>) -> Self {
        Frame {
            kind,
            statement: Statement::default(),
            given: Vec::new(),
        }
    }

    fn is_list(&self) -> bool {
        matches!(self.kind, FrameKind::Fields | FrameKind::Arguments(_))
    }
}

impl<'s> Frames<'s> {
    fn take(&mut self, source: &'s str, kind: TokenKind, span: Span) {
        let text = span.text(source);
        let gap = source.get(self.last_end..span.start).unwrap_or_default();
        let first = self.last_end == 0 || gap.contains(['\n', '\r']);
        self.last_end = span.end;
        if kind == TokenKind::Doc {
            return;
        }
        if kind == TokenKind::Word && first && begins_item(source, span) {
            let outer = if text == "workflow" { 1 } else { 2 };
            self.open.truncate(outer);
            if let Some(frame) = self.open.last_mut() {
                frame.statement.clear();
            }
        }
        match text {
            "{" | "(" => self.opened(text),
            "}" | ")" => self.closed(text),
            _ => self.add(kind, text),
        }
    }

    fn add(&mut self, kind: TokenKind, text: &'s str) {
        let Some(frame) = self.open.last_mut() else {
            return;
        };
        match frame.kind {
            FrameKind::Workflow if frame.statement.is_item_start(text) => frame.statement.clear(),
            FrameKind::Clauses if frame.statement.is_clause_start(text) => frame.statement.clear(),
            FrameKind::Fields | FrameKind::Arguments(_) => {
                if text == "," && !frame.statement.is_in_angles() {
                    frame.given.extend(frame.statement.first());
                    frame.statement.push(text, false);
                    frame.statement.next_entry();
                    return;
                }
                // The comma between two entries is missing.
                if text == ":" && frame.statement.has(":") {
                    frame.given.extend(frame.statement.first());
                    frame.statement.next_entry_with_last();
                }
            }
            _ => {}
        }
        frame.statement.push(text, kind == TokenKind::Word);
    }

    fn opened(&mut self, bracket: &'s str) {
        let Some(frame) = self.open.last_mut() else {
            return;
        };
        let kind = match (frame.kind, bracket) {
            (FrameKind::File, "{") => FrameKind::Workflow,
            (FrameKind::Workflow, "{") if frame.statement.declares_state() => FrameKind::Fields,
            (FrameKind::Workflow | FrameKind::Clauses, "{") => FrameKind::Clauses,
            (FrameKind::Workflow | FrameKind::Clauses, _) => match frame.statement.owner() {
                Some(owner) => FrameKind::Arguments(owner),
                None => FrameKind::Fields,
            },
            _ => FrameKind::Unknown,
        };
        frame.statement.push(bracket, false);
        self.open.push(Frame::new(kind));
    }

    fn closed(&mut self, bracket: &'s str) {
        // A brace closes the parentheses in it too.
        while bracket == "}"
            && self.open.len() > 2
            && (self.open.last()).is_some_and(|frame| matches!(frame.kind, FrameKind::Arguments(_)))
        {
            self.open.pop();
        }
        let closes = |frame: &Frame<'_>| match frame.kind {
            FrameKind::File => false,
            FrameKind::Workflow | FrameKind::Clauses => bracket == "}",
            _ => true,
        };
        if !self.open.last().is_some_and(closes) {
            return;
        }
        let Some(inner) = self.open.pop() else {
            return;
        };
        let Some(frame) = self.open.last_mut() else {
            return;
        };
        frame.statement.push_inner(inner.statement);
        frame.statement.push(bracket, false);
        let goes_on = bracket == ")" || frame.statement.is_retired();
        if !goes_on {
            frame.statement.clear();
        }
    }

    fn expected(&self) -> Expected<'s> {
        let Some(frame) = self.open.last() else {
            return Expected::Nothing;
        };
        let statement = &frame.statement;
        match frame.kind {
            FrameKind::File => in_file(statement),
            FrameKind::Unknown => Expected::Nothing,
            FrameKind::Workflow => in_workflow(statement),
            FrameKind::Clauses => in_clauses(statement, self.is_inline()),
            FrameKind::Fields => match statement.last() {
                ":" | "<" => Expected::Type,
                "=" => Expected::Words(&["true", "false", "null"]),
                _ if statement.has_name_only() => Expected::Words(&["was"]),
                _ => Expected::Nothing,
            },
            FrameKind::Arguments(owner) => match statement.last() {
                "" => Expected::ArgumentName {
                    owner,
                    given: frame.given.clone(),
                },
                ":" => Expected::Value {
                    owner,
                    argument: statement.first().unwrap_or_default(),
                    header: self.header(),
                    failure: self.is_failing(),
                },
                "." => Expected::SourceVariable(self.header()),
                _ => Expected::Nothing,
            },
        }
    }

    /// The header of the transition around the place.
    fn header(&self) -> Header<'s> {
        let workflow = self
            .open
            .iter()
            .find(|frame| frame.kind == FrameKind::Workflow);
        workflow.map_or_else(Header::default, |frame| frame.statement.header())
    }

    /// Whether the clauses are those of an inline error transition.
    fn is_inline(&self) -> bool {
        let clauses = self.open.iter();
        clauses
            .filter(|frame| frame.kind == FrameKind::Clauses)
            .count()
            > 1
    }

    /// Whether a value here may be the failure: in or behind `on error`.
    fn is_failing(&self) -> bool {
        let clauses = self.open.iter().rfind(|frame| !frame.is_list());
        self.is_inline() || clauses.is_some_and(|frame| frame.statement.first() == Some("on"))
    }
}

/// Whether a line that begins with this word begins an item, whatever stood before.
fn begins_item(source: &str, word: Span) -> bool {
    let text = word.text(source);
    let begins = text == "workflow" || ITEM_WORDS.contains(&text);
    let rest = source.get(word.end..).unwrap_or_default();
    let line = rest.split(['\n', '\r']).next().unwrap_or_default();
    begins
        && line.starts_with([' ', '\t'])
        && line
            .trim_start()
            .starts_with(|first: char| first.is_alphabetic())
}
