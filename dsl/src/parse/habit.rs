//! What stands in an item's place out of habit from other languages.

use super::found::Found;

/// Names of what has no name: the beginning and the end, as Mermaid draws them.
const DOT: &str = "[*]";

pub(super) fn item(found: Found<'_>) -> Option<String> {
    arrow(found).or_else(|| word(found))
}

/// `on entry`, `exit` and their like.
pub(super) fn of_states(word: &str) -> Option<String> {
    let help = match word {
        "entry" | "enter" => {
            "transitions run actions, not states: put `do ACTION` on those that lead there"
        }
        "exit" => "transitions run actions, not states: put `do ACTION` on those that leave it",
        _ => return None,
    };
    Some(help.into())
}

/// The states of `{ from: a, to: b }`.
pub(super) fn from_to(open: Found<'_>) -> Option<(&str, &str)> {
    let (mut from, mut to) = (None, None);
    let mut next = open.after();
    while let Some(token) = next.filter(|token| token.text() != "}") {
        let value = token.after().filter(|colon| colon.text() == ":");
        let value = value.and_then(Found::word_after);
        match token.text() {
            "from" | "source" => from = from.or(value),
            "to" | "target" => to = to.or(value),
            _ => {}
        }
        next = token.after();
    }
    Some((from?, to?))
}

/// A state within a state.
pub(super) fn nested(found: Found<'_>) -> Option<String> {
    let is_state = ["state", "initial", "error", "final"].contains(&found.text());
    is_state.then(|| {
        "states do not nest: declare each beside the others; what leaves several of them names \
         them all: `a | b -> c`"
            .into()
    })
}

fn word(found: Found<'_>) -> Option<String> {
    let next = found.word_after();
    Some(match found.text() {
        kind if next == Some("state") && kind_of_state(kind).is_some() => {
            let state = found.after().and_then(Found::word_after);
            let state = state.unwrap_or("NAME");
            format!("write `{} state {state}`", kind_of_state(kind)?)
        }
        "on" => return of_states(next?),
        "entry" | "exit" => return of_states(found.text()),
        "async" if next != Some("fn") => "drop it: actions are asynchronous as they are".into(),
        "fn" | "def" | "func" | "function" | "async" | "task" => {
            next?;
            let action = found.after().map_or_else(String::new, Found::call);
            let action = if action == "fn" { "NAME" } else { &action };
            format!("write `action {action}`: what it does is written in Rust")
        }
        "event" => {
            next?;
            let name = found.after().map_or_else(String::new, Found::call);
            format!("what may happen is a transition: `transition {name}: SOURCE -> TARGET`")
        }
        "const" | "let" | "var" => {
            next?;
            "there are no constants: write the value where it is used".into()
        }
        "type" | "struct" | "enum" => {
            next?;
            "declare it in Rust, and write its path where a type stands: `\"crate::NAME\"`".into()
        }
        word => return import(word),
    })
}

/// The kind of state that is called so elsewhere.
fn kind_of_state(word: &str) -> Option<&'static str> {
    match word {
        "failed" | "failure" | "fault" | "err" => Some("error"),
        "start" | "begin" | "first" => Some("initial"),
        "end" | "terminal" | "last" | "done" => Some("final"),
        _ => None,
    }
}

/// `import` and its like.
pub(super) fn import(word: &str) -> Option<String> {
    ["import", "use", "include", "from"]
        .contains(&word)
        .then(|| "drop it: all that a workflow names is declared within it".into())
}

/// `a --> b : event`, `on event: a -> b` and the like.
fn arrow(found: Found<'_>) -> Option<String> {
    let line = found.line().split("//").next().unwrap_or_default();
    let line = line.split(['{', '}']).next().unwrap_or_default();
    let (before, after) = line.split_once("->")?;
    let before = before.trim_end_matches('-').trim();
    let (target, event) = match after.split_once(':') {
        Some((target, event)) => (target.trim(), Some(event.trim())),
        None => (after.trim(), None),
    };
    if before == DOT && is_name(target) {
        return Some(format!("write `initial state {target}`"));
    }
    if target == DOT && is_name(before) {
        return Some(format!("write `final state {before}`"));
    }
    let before = before.strip_prefix("on ").unwrap_or(before);
    let (name, source) = match (before.split_once(':'), event) {
        (Some((name, source)), _) => (name.trim(), source.trim()),
        (None, Some(event)) if is_name(event) => (event, before),
        _ => ("NAME", before),
    };
    let target = match target.split_once('(') {
        Some((state, _)) if is_name(state) => after.trim(),
        None if is_name(target) => target,
        _ => return None,
    };
    let mut sources = source.split('|').map(str::trim);
    ((is_name(name) || name == "NAME") && sources.all(|source| source == "*" || is_name(source)))
        .then(|| format!("write `transition {name}: {source} -> {target}`"))
}

pub(super) fn is_name(text: &str) -> bool {
    let mut letters = text.chars();
    letters
        .next()
        .is_some_and(|first| first.is_ascii_lowercase())
        && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}
