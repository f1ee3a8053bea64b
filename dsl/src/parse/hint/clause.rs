//! In the clauses of transitions.

use super::{CLAUSES, starts_clause};
use crate::grammar::Rule;
use crate::parse::found::Found;
use crate::parse::habit;
use crate::parse::reader::keyword_meant;

/// In a clause's place.
pub(in crate::parse) fn clause(rule: Rule, found: Found<'_>) -> Option<String> {
    let text = found.text();
    Some(match rule {
        Rule::junk_allow => "put it before the transition: `allow` is about all of an item".into(),
        Rule::junk_clause if CLAUSES.contains(&text) => {
            in_braces(found).unwrap_or_else(|| format!("drop the `:` after `{text}`"))
        }
        Rule::junk_clause if ["on_error", "on_failure", "onError", "catch"].contains(&text) => {
            let after = found.after();
            let state = after.and_then(|next| match next.text() {
                ":" | "->" => next.word_after(),
                word => Some(word).filter(|_| next.is_word()),
            });
            format!("write `on error NAME -> {}`", state.unwrap_or("STATE"))
        }
        Rule::junk_clause if text == "to" => "a range has two dots: `1s..30s`".into(),
        Rule::junk_clause if found.after().is_some_and(|next| next.text() == ":") => format!(
            "values of the target stand in parentheses: `-> STATE({})`",
            found.until(&["}", ","])
        ),
        Rule::junk_clause if text == "-" && found.after().is_some_and(Found::is_number) => {
            "write the waits as `FIRST..LONGEST`: `1s..30s`".into()
        }
        Rule::junk_clause if ["and", "&&", "&"].contains(&text) => {
            "there are no operators: write a second `when`, and both must hold".into()
        }
        Rule::junk_clause if ["or", "||", "|"].contains(&text) => {
            "there are no operators: declare one guard that says yes to either".into()
        }
        Rule::junk_clause if text == "unless" => {
            let guard = found.after().filter(|next| next.is_word());
            let guard = guard.map_or_else(|| "GUARD".into(), Found::call);
            format!("write `when not {guard}`")
        }
        Rule::junk_clause if ["run", "call", "exec", "execute", "invoke"].contains(&text) => {
            let action = found.after().filter(|next| next.is_word());
            let action = action.map_or_else(|| "ACTION".into(), Found::call);
            format!("write `do {action}`")
        }
        Rule::junk_clause if ["->", "goto"].contains(&text) => {
            "the target stands before the braces: `-> STATE { .. }`".into()
        }
        Rule::junk_clause if text == ":" => "drop the `:` and what follows it".into(),
        Rule::junk_clause if text == "times" => "drop it: the number says how many times".into(),
        Rule::junk_clause
            if found.is_word() && found.ends_clause() && keyword_meant(rule, text).is_none() =>
        {
            let call = found.call();
            format!("write `do {call}` to run an action, or `when {call}` to ask a guard")
        }
        Rule::junk_clause if text == "." || is_operator(text) => ASK_A_GUARD.into(),
        Rule::junk_clause if text == "if" => {
            let guard = found.after().filter(|next| next.is_word());
            let guard = guard.map_or_else(|| "GUARD".into(), Found::call);
            format!("write `when {guard}`")
        }
        Rule::junk_clause if text == "," => "nothing separates clauses: drop the `,`".into(),
        Rule::need_guard if text == "!" => {
            let guard = found.after().filter(|next| next.is_word());
            let guard = guard.map_or_else(|| "GUARD".into(), Found::call);
            format!("write `when not {guard}`")
        }
        Rule::need_guard if text == "(" => {
            let guard = found.after().filter(|next| next.is_word());
            let guard = guard.map_or_else(|| "GUARD".into(), Found::call);
            format!("write `when {guard}`")
        }
        Rule::need_guard if is_value(found) => ASK_A_GUARD.into(),
        Rule::need_guard => "write `when GUARD` or `when not GUARD`".into(),
        Rule::need_action => "write `do ACTION`".into(),
        Rule::need_policy if ["retry", "retries"].contains(&text) => {
            let times = found.after().filter(|next| next.is_number());
            let times = times.map_or("10", Found::text);
            format!("write `on interrupt rerun {times}`")
        }
        Rule::need_policy => {
            "write `on interrupt rerun 10`, or one of `fail`, `ask` and `probe`".into()
        }
        Rule::need_count => "say how many times: `3`".into(),
        Rule::need_duration if found.is_word() && !starts_clause(text) => {
            "write a literal such as `30s`: how long is known when this is compiled".into()
        }
        Rule::need_duration => "write a duration such as `500ms`, `30s`, `5m`, `12h` or `7d`".into(),
        Rule::need_error if text == "timeout" => {
            "what takes too long fails like the rest: write `timeout 30s` and `on error NAME -> STATE`".into()
        }
        Rule::need_error if text == "success" => {
            "success leads to the target of the transition: drop it".into()
        }
        Rule::need_error if habit::of_states(text).is_some() => return habit::of_states(text),
        Rule::need_error => "write `on error NAME -> STATE`, or `on error fire NAME`".into(),
        _ => return None,
    })
}

/// `retry: { attempts: 3, .. }` and the like, as a clause.
fn in_braces(found: Found<'_>) -> Option<String> {
    let open = found.after()?.after().filter(|open| open.text() == "{")?;
    let mut next = open.after();
    while let Some(token) = next.filter(|token| token.text() != "}") {
        if token.is_number() {
            let number = token.text();
            return Some(match found.text() {
                "retry" => format!("write `retry {number} backoff FIRST..LONGEST`"),
                clause => format!("write `{clause} {number}`"),
            });
        }
        next = token.after();
    }
    None
}

const ASK_A_GUARD: &str =
    "there are no operators: declare `guard NAME(..)`, and ask it: `when NAME(..)`";

/// Whether what stands after `when` is a value, alone or compared.
pub(in crate::parse) fn is_value(found: Found<'_>) -> bool {
    let reserved = ["source", "failure", "same", "true", "false", "null"];
    let has_dot = found.after().is_some_and(|next| next.text() == ".");
    reserved.contains(&found.text()) || has_dot || is_compared(found)
}

/// Whether an operator follows that asks for a value.
pub(in crate::parse) fn is_compared(found: Found<'_>) -> bool {
    let next = found.after().map_or("", Found::text);
    is_operator(next) && !joins(next)
}

/// Whether an operator joins two questions.
fn joins(operator: &str) -> bool {
    ["&&", "||", "&", "|", "and", "or"].contains(&operator)
}

/// In an inline error transition.
pub(in crate::parse) fn inline_error(
    rule: Rule,
    found: Found<'_>,
    name: Option<&str>,
) -> Option<String> {
    let name = name.unwrap_or("NAME");
    let values = if found.text() == "(" { "(..)" } else { "" };
    Some(match rule {
        Rule::need_name if found.text() == "->" => {
            let target = match found.until(&["{", "}"]).as_str() {
                "->" => "-> STATE".into(),
                target => target.to_owned(),
            };
            format!("name the error transition: `on error NAME {target}`")
        }
        Rule::need_arrow if name == "do" => {
            let action = found.until(&["}"]);
            format!("write `on error NAME -> STATE {{ do {action} }}`")
        }
        Rule::need_arrow if ["goto", "go", "to", "then", "enter"].contains(&name) => {
            let target = if found.is_word() {
                found.call()
            } else {
                "STATE".into()
            };
            format!("write `on error NAME -> {target}`")
        }
        Rule::need_arrow => format!(
            "write `on error fire {name}{values}` if `{name}` is declared elsewhere, or `on error {name} -> STATE`"
        ),
        _ => return None,
    })
}

/// After `on error fire NAME`.
pub(in crate::parse) fn fire(rule: Rule, found: Found<'_>, name: Option<&str>) -> Option<String> {
    let name = name?;
    (rule == Rule::junk_target).then(|| {
        let target = found.until(&["{", "}"]);
        format!("write `on error fire {name}`, or `on error {name} {target}`")
    })
}

pub(super) fn is_operator(text: &str) -> bool {
    [
        "+", "-", "*", "/", "%", "&&", "||", "==", "!=", "<", ">", "<=", ">=", "!", "&", "|",
    ]
    .contains(&text)
}
