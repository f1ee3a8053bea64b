//! An item or clause as far as it is written.

use super::expected::{Expected, Header, Owner};
use crate::syntax::ITEM_WORDS;

/// Words after which a keyword of an item is a name.
const BEFORE_A_NAME: [&str; 22] = [
    ":",
    "|",
    "->",
    ",",
    "in",
    "except",
    "during",
    "was",
    "state",
    "action",
    "guard",
    "transition",
    "activity",
    "retired",
    "initial",
    "error",
    "final",
    "workflow",
    "alias",
    "do",
    "when",
    "allow",
];

/// The tokens of an item, clause or entry.
#[derive(Default)]
pub(super) struct Statement<'s> {
    /// The entries before, if it is one of a list.
    before: Vec<Token<'s>>,
    tokens: Vec<Token<'s>>,
}

#[derive(Clone, Copy)]
struct Token<'s> {
    text: &'s str,
    is_word: bool,
    /// How many brackets of the statement it stands in.
    depth: usize,
}

impl<'s> Statement<'s> {
    pub(super) fn push(&mut self, text: &'s str, is_word: bool) {
        self.tokens.push(Token {
            text,
            is_word,
            depth: 0,
        });
    }

    /// Takes over what stood in brackets.
    pub(super) fn push_inner(&mut self, inner: Statement<'s>) {
        let inner = inner.before.into_iter().chain(inner.tokens);
        self.tokens.extend(inner.map(|token| Token {
            depth: token.depth + 1,
            ..token
        }));
    }

    /// Begins the next entry of a list.
    pub(super) fn next_entry(&mut self) {
        self.before.append(&mut self.tokens);
    }

    /// Begins the next entry of a list with the last token.
    pub(super) fn next_entry_with_last(&mut self) {
        let last = self.tokens.pop();
        self.next_entry();
        self.tokens.extend(last);
    }

    pub(super) fn clear(&mut self) {
        self.tokens.clear();
    }

    pub(super) fn first(&self) -> Option<&'s str> {
        self.tokens.first().map(|token| token.text)
    }

    /// The last token; empty if there is none.
    pub(super) fn last(&self) -> &'s str {
        self.back(0)
    }

    fn back(&self, steps: usize) -> &'s str {
        let index = self.tokens.len().checked_sub(steps + 1);
        let token = index.and_then(|index| self.tokens.get(index));
        token.map_or("", |token| token.text)
    }

    /// Whether it is a single word.
    pub(super) fn has_name_only(&self) -> bool {
        matches!(self.tokens.as_slice(), [name] if name.is_word)
    }

    /// Whether a token stands in it outside of brackets.
    pub(super) fn has(&self, text: &str) -> bool {
        self.outer().any(|token| token == text)
    }

    /// Whether an angle bracket is open.
    pub(super) fn is_in_angles(&self) -> bool {
        let count = |text| self.outer().filter(|token| *token == text).count();
        count("<") > count(">")
    }

    /// The tokens outside of brackets.
    fn outer(&self) -> impl Iterator<Item = &'s str> {
        let outside = self.tokens.iter().filter(|token| token.depth == 0);
        outside.map(|token| token.text)
    }

    /// Whether a word begins the next item here.
    pub(super) fn is_item_start(&self, word: &str) -> bool {
        ITEM_WORDS.contains(&word) && !BEFORE_A_NAME.contains(&self.last())
    }

    /// Whether a word begins the next clause here.
    pub(super) fn is_clause_start(&self, word: &str) -> bool {
        let keyword = matches!(
            word,
            "automatic"
                | "alias"
                | "when"
                | "do"
                | "on"
                | "retry"
                | "backoff"
                | "timeout"
                | "after"
        );
        let before_a_name = match self.last() {
            "alias" | "when" | "not" | "do" | "fire" | "->" | "was" | "|" => true,
            "error" => self.back(1) == "on",
            _ => false,
        };
        keyword && !before_a_name
    }

    pub(super) fn declares_state(&self) -> bool {
        match self.first() {
            Some("initial" | "final" | "error" | "state") => true,
            Some("retired") => !self.has("->"),
            _ => false,
        }
    }

    pub(super) fn is_retired(&self) -> bool {
        self.first() == Some("retired")
    }

    /// Whose values stand in a list that opens now; `None` if it declares some.
    pub(super) fn owner(&self) -> Option<Owner<'s>> {
        let name = self.last();
        match (self.back(1), self.back(2)) {
            ("->", _) => Some(Owner::State(name)),
            ("do" | "when", _) | ("not", "when") => Some(Owner::Method(name)),
            ("fire", _) => Some(Owner::Transition(name)),
            _ => None,
        }
    }

    /// Reads it as the header of a transition, or as that of a retired state.
    pub(super) fn header(&self) -> Header<'s> {
        let mut header = Header::default();
        let mut behind_colon = self.is_retired();
        let mut last = "";
        for (number, token) in self.tokens.iter().enumerate() {
            match (token.depth, token.text) {
                (0, "->") => break,
                (0, ":") => behind_colon = true,
                (0, "*") => header.any = true,
                (0, _) if number == 0 || number == 1 && self.is_retired() => {}
                (0, name) if number == 1 && token.is_word => header.name = name,
                (0, name) if behind_colon && token.is_word => header.sources.push(name),
                (1, name) if token.is_word && matches!(last, "(" | ",") => {
                    header.inputs.push(name);
                }
                _ => {}
            }
            last = token.text;
        }
        header
    }
}

/// What may follow in a file.
pub(super) fn in_file<'s>(statement: &Statement<'s>) -> Expected<'s> {
    match (statement.first(), statement.last()) {
        (None, _) => Expected::Words(&["workflow", "allow"]),
        (Some("allow"), "allow" | ",") => Expected::Code,
        (Some("allow"), _) => Expected::Words(&["workflow"]),
        _ => Expected::Nothing,
    }
}

/// What may follow in a workflow.
pub(super) fn in_workflow<'s>(statement: &Statement<'s>) -> Expected<'s> {
    let last = statement.last();
    let length = statement.tokens.len();
    match (statement.first().unwrap_or_default(), last) {
        ("", _) => Expected::Item(&[]),
        ("initial" | "error" | "final", _) if length == 1 => Expected::Words(&["state"]),
        ("initial" | "error" | "final", "state") if length == 2 => Expected::Nothing,
        ("initial" | "error" | "final", _) if length == 3 => Expected::Item(&["was"]),
        ("state", _) if length == 2 => Expected::Item(&["was"]),
        ("retired", _) if length == 1 => Expected::Words(&["state", "transition"]),
        ("retired", _) if length == 2 => Expected::Nothing,
        ("retired", "->") => Expected::Target { same: false },
        ("allow", "allow" | ",") => Expected::Code,
        ("state" | "action" | "guard" | "transition" | "activity", _) if length == 1 => {
            Expected::Nothing
        }
        ("transition", _) => in_header(statement, length),
        ("action", "->") => Expected::Target { same: false },
        ("activity", _) if length == 2 => Expected::Words(&["in"]),
        ("activity", last) => in_activity(statement, last),
        (_, "was" | "|") => Expected::Nothing,
        _ => Expected::Item(&[]),
    }
}

fn in_header<'s>(statement: &Statement<'s>, length: usize) -> Expected<'s> {
    let colon = statement.has(":");
    match statement.last() {
        "->" => Expected::Target { same: true },
        "was" => Expected::Nothing,
        _ if statement.has("->") => Expected::Item(&[]),
        last @ (":" | "|") if colon => Expected::Source {
            star: last == ":",
            taken: statement.header().sources,
        },
        _ if length == 2 => Expected::Words(&["was"]),
        _ => Expected::Nothing,
    }
}

fn in_activity<'s>(statement: &Statement<'s>, last: &'s str) -> Expected<'s> {
    let except = statement.has("except");
    match last {
        "in" => Expected::Place { star: true },
        "during" => Expected::Transition,
        "," if !except => Expected::Place { star: false },
        "," | "except" => Expected::Exception,
        _ if except => Expected::Item(&[]),
        _ => Expected::Item(&["except"]),
    }
}

/// What may follow among clauses.
pub(super) fn in_clauses<'s>(statement: &Statement<'s>, inline: bool) -> Expected<'s> {
    match (statement.back(1), statement.last()) {
        (_, "do") => Expected::Action,
        (_, "when") => Expected::Guard { not: true },
        ("when", "not") => Expected::Guard { not: false },
        (_, "alias") => Expected::Alias,
        (_, "on") => Expected::Words(&["error", "interrupt"]),
        ("on", "error") => Expected::Words(&["fire"]),
        ("on", "interrupt") => Expected::Words(&["rerun", "fail", "ask", "probe"]),
        (_, "fire") => Expected::Failing,
        (_, "->") => Expected::Target { same: true },
        ("error", _) if statement.tokens.len() == 3 => Expected::Words(&["was"]),
        _ if statement.has("error") && !statement.has("->") && !statement.has("fire") => {
            Expected::Nothing
        }
        (_, "retry" | "backoff" | "timeout" | "after" | "rerun" | "was" | "|" | ".." | ".") => {
            Expected::Nothing
        }
        _ => Expected::Clause { inline },
    }
}
