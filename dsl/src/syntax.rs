//! The syntax tree: what the text says, before any name is looked up.
//!
//! A part that is missing or illegible is `None`, and has been reported; whoever reads
//! the tree stays silent about it.

use crate::model::{OnInterrupt, Retry, StateKind};
use crate::span::Span;
use std::collections::HashSet;

/// A whole file.
#[derive(Default)]
pub(crate) struct File<'a> {
    pub(crate) docs: Vec<String>,
    pub(crate) workflows: Vec<Workflow<'a>>,
    pub(crate) skipped: Skipped<'a>,
    /// What `allow` turns off, and where.
    pub(crate) allows: Allows<'a>,
    /// Whether text was skipped outside all workflows: any of them may have lost some.
    pub(crate) torn: bool,
}

/// The `allow`s of a file. Within each of the lists the scopes are in order and apart.
#[derive(Default)]
pub(crate) struct Allows<'a> {
    pub(crate) workflows: Vec<Allow<'a>>,
    pub(crate) items: Vec<Allow<'a>>,
}

/// What stands after `allow` before an item.
pub(crate) struct Allow<'a> {
    pub(crate) codes: Vec<Word<'a>>,
    /// The item.
    pub(crate) scope: Span,
}

/// Text that was not read, or is not there. It may have declared names.
#[derive(Default)]
pub(crate) struct Skipped<'a> {
    /// The words of text that was skipped: a name among them is never called unknown.
    pub(crate) words: HashSet<&'a str>,
    /// Names in that text as they should be spelt.
    pub(crate) mended: HashSet<String>,
    /// Whether the file ends within a workflow, or an item has no name: any name that is
    /// not declared may be there.
    pub(crate) declarations: bool,
}

/// The words with which items begin.
pub(crate) const ITEM_WORDS: [&str; 10] = [
    "initial",
    "state",
    "error",
    "final",
    "action",
    "guard",
    "transition",
    "activity",
    "retired",
    "allow",
];

/// The names of the types that are built in.
pub(crate) const TYPES: [&str; 10] = [
    "bool",
    "int",
    "float",
    "string",
    "bytes",
    "json",
    "timestamp",
    "duration",
    "list",
    "map",
];

/// A word and its place.
#[derive(Clone, Copy)]
pub(crate) struct Word<'a> {
    pub(crate) text: &'a str,
    pub(crate) span: Span,
}

pub(crate) struct Workflow<'a> {
    pub(crate) name: Option<Word<'a>>,
    pub(crate) docs: Vec<String>,
    pub(crate) keyword: Span,
    pub(crate) states: Vec<State<'a>>,
    pub(crate) actions: Vec<Action<'a>>,
    pub(crate) guards: Vec<Guard<'a>>,
    pub(crate) transitions: Vec<Transition<'a>>,
    pub(crate) activities: Vec<Activity<'a>>,
    pub(crate) retired_states: Vec<RetiredState<'a>>,
    pub(crate) retired_transitions: Vec<Word<'a>>,
    /// Whether some of it could not be read, so that nothing can be said about what
    /// it lacks.
    pub(crate) torn: bool,
}

pub(crate) struct State<'a> {
    pub(crate) name: Option<Word<'a>>,
    pub(crate) was: Vec<Word<'a>>,
    pub(crate) docs: Vec<String>,
    pub(crate) kind: StateKind,
    pub(crate) variables: Vec<Field<'a>>,
}

/// A variable, input or parameter.
pub(crate) struct Field<'a> {
    pub(crate) name: Word<'a>,
    pub(crate) was: Vec<Word<'a>>,
    pub(crate) docs: Vec<String>,
    pub(crate) ty: Option<Type<'a>>,
    /// What stands after `=`; the inner one is `None` where the value is missing.
    pub(crate) default: Option<Option<Value<'a>>>,
}

pub(crate) struct Type<'a> {
    pub(crate) kind: TypeKind<'a>,
    pub(crate) span: Span,
}

pub(crate) enum TypeKind<'a> {
    Named(&'a str),
    /// `NAME<T, ..>`; an argument is `None` where it is missing.
    Generic(Word<'a>, Vec<Option<Type<'a>>>),
    /// The path of a type in Rust.
    Rust(String),
    Optional(Box<Type<'a>>),
    /// Reported already.
    Broken,
}

pub(crate) struct Action<'a> {
    pub(crate) name: Option<Word<'a>>,
    pub(crate) docs: Vec<String>,
    pub(crate) parameters: Vec<Field<'a>>,
    pub(crate) result: Option<Word<'a>>,
}

pub(crate) struct Guard<'a> {
    pub(crate) name: Option<Word<'a>>,
    pub(crate) docs: Vec<String>,
    pub(crate) parameters: Vec<Field<'a>>,
}

/// Something that runs while an instance rests in certain states.
pub(crate) struct Activity<'a> {
    pub(crate) name: Option<Word<'a>>,
    pub(crate) docs: Vec<String>,
    /// `None` is one that is missing.
    pub(crate) places: Vec<Option<Source<'a>>>,
    pub(crate) exceptions: Vec<Exception<'a>>,
}

#[derive(Clone, Copy)]
pub(crate) enum Exception<'a> {
    State(Word<'a>),
    /// `during TRANSITION`
    During(Word<'a>),
    Missing,
}

/// `retired state NAME { .. } -> STATE(..)`
pub(crate) struct RetiredState<'a> {
    pub(crate) name: Word<'a>,
    pub(crate) docs: Vec<String>,
    pub(crate) variables: Vec<Field<'a>>,
    pub(crate) target: Option<Target<'a>>,
}

/// A transition, or an inline error transition (which has no sources of its own).
pub(crate) struct Transition<'a> {
    pub(crate) name: Option<Word<'a>>,
    pub(crate) was: Vec<Word<'a>>,
    pub(crate) docs: Vec<String>,
    pub(crate) inputs: Vec<Field<'a>>,
    /// Empty for an inline error transition; `None` is one that is missing.
    pub(crate) sources: Vec<Option<Source<'a>>>,
    pub(crate) target: Option<Target<'a>>,
    pub(crate) clauses: Vec<Clause<'a>>,
    /// Whether some of the clauses could not be read.
    pub(crate) torn: bool,
    pub(crate) span: Span,
}

impl Transition<'_> {
    /// One of which only the place is known.
    pub(crate) fn begin(docs: Vec<String>, span: Span) -> Self {
        Self {
            name: None,
            was: Vec::new(),
            docs,
            inputs: Vec::new(),
            sources: Vec::new(),
            target: None,
            clauses: Vec::new(),
            torn: false,
            span,
        }
    }
}

#[derive(Clone, Copy)]
pub(crate) enum Source<'a> {
    /// `*`
    Any(Span),
    Named(Word<'a>),
}

pub(crate) struct Target<'a> {
    pub(crate) state: Word<'a>,
    pub(crate) values: Option<Arguments<'a>>,
    /// Whether some of what gives its variables their values could not be read.
    pub(crate) torn: bool,
}

pub(crate) struct Clause<'a> {
    pub(crate) keyword: Span,
    pub(crate) kind: ClauseKind<'a>,
}

pub(crate) enum ClauseKind<'a> {
    Automatic,
    Alias(Option<Word<'a>>),
    When {
        negated: bool,
        guard: Option<Call<'a>>,
    },
    Do(Option<Call<'a>>),
    Retry(Option<Retry>),
    /// `backoff` without the `retry` that it belongs to.
    Backoff,
    /// In nanoseconds.
    Timeout(Option<u64>),
    /// In nanoseconds.
    After(Option<u64>),
    OnInterrupt(Option<OnInterrupt>),
    OnError(Option<Handler<'a>>),
}

pub(crate) enum Handler<'a> {
    Inline(Box<Transition<'a>>),
    Fire(Call<'a>),
}

pub(crate) struct Call<'a> {
    pub(crate) name: Word<'a>,
    pub(crate) arguments: Option<Arguments<'a>>,
}

/// `(name: value, ..)`
pub(crate) struct Arguments<'a> {
    pub(crate) list: Vec<Argument<'a>>,
    pub(crate) span: Span,
    /// Whether some of it could not be read.
    pub(crate) torn: bool,
}

pub(crate) struct Argument<'a> {
    pub(crate) name: Word<'a>,
    pub(crate) value: Option<Value<'a>>,
}

pub(crate) struct Value<'a> {
    pub(crate) kind: ValueKind<'a>,
    pub(crate) span: Span,
}

#[derive(Debug, PartialEq)]
pub(crate) enum ValueKind<'a> {
    Bool(bool),
    Null,
    String(String),
    Int(i64),
    /// A whole number too large for an `int`; it may yet be wanted as a `float`.
    Large(f64),
    Float(f64),
    /// In nanoseconds.
    Duration(u64),
    Failure,
    Input(&'a str),
    /// `source.NAME`
    Source(&'a str),
    /// Reported already.
    Broken,
}
