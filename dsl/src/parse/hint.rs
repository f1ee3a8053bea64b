//! What to write instead of what often stands where something else was expected.

mod clause;

pub(super) use clause::{clause, fire, inline_error, is_compared, is_value};

use super::found::Found;
use super::habit;
use crate::grammar::Rule;
use crate::suggest::nearest;
use crate::syntax::{Field, TYPES, TypeKind};

const COMMENTS: &str = "comments begin with `//` and end with the line";

const NO_OPERATORS: &str = "there are no operators: let an action compute it";

/// Where the header of a transition ends.
const HEADER_END: [&str; 3] = ["{", "(", "}"];

/// The keywords of clauses that a number follows.
const CLAUSES: [&str; 4] = ["retry", "backoff", "timeout", "after"];

/// What a version control system leaves in a file.
const MERGE: [&str; 3] = ["<<<<<<<", "=======", ">>>>>>>"];

/// What may stand there, where nothing better is known.
pub(super) fn choices(rule: Rule) -> Option<String> {
    let choices = match rule {
        Rule::junk_clause => {
            "clauses are `automatic`, `alias`, `when`, `do`, `retry`, `timeout`, `after`, `on interrupt` and `on error`"
        }
        Rule::junk_file => "workflows stand in a file, all else within one: `workflow NAME { .. }`",
        Rule::junk_item => {
            "items begin with `state`, `action`, `guard`, `transition`, `activity` or `retired`"
        }
        Rule::need_target => "name the state that it leads to",
        Rule::need_value => "write a literal, an input, or `source.VARIABLE`",
        Rule::need_name => "write a name, of lower-case letters, digits and `_`",
        Rule::need_open => "write `{`, and `}` at the end",
        Rule::need_close => "write the `}` that is missing",
        Rule::need_paren_close => "close the list with `)`",
        Rule::need_angle_close => "close the type with `>`",
        Rule::need_comma | Rule::junk_after => "put a `,` between two entries",
        Rule::need_source => "name the states that it leaves, with `|` between them, or write `*`",
        Rule::need_type => "write a type such as `int`, `string?` or `list<string>`",
        Rule::need_place => "name the states in which it runs, or write `*` for all",
        Rule::need_exception => "write `except STATE`, or `except during TRANSITION`",
        Rule::need_code => "write the code that stands beside the warning, such as `unused_action`",
        _ => return None,
    };
    Some(choices.into())
}

/// Wherever it stands.
pub(super) fn anywhere(rule: Rule, found: Found<'_>) -> Option<String> {
    if MERGE.iter().any(|mark| found.rest().starts_with(mark)) {
        return Some("resolve the merge conflict".into());
    }
    let names = matches!(
        rule,
        Rule::need_name | Rule::need_source | Rule::need_target | Rule::need_place
    );
    Some(match (rule, found.text()) {
        (Rule::need_value, "-" | "!") => NO_OPERATORS.into(),
        (_, "-") if found.after().is_some_and(Found::is_word) => {
            "names have no `-`: write `_` in its place".into()
        }
        (_, text) if names && found.is_string() && habit::is_name(text.trim_matches('"')) => {
            format!("write it without quotes: `{}`", text.trim_matches('"'))
        }
        (Rule::need_place | Rule::need_source, "[" | "(" | "{") => "drop the brackets".into(),
        (_, number) if names && number.starts_with(|first: char| first.is_ascii_digit()) => {
            "names begin with a letter".into()
        }
        (_, "#") if found.rest().starts_with("#[allow") => {
            let codes = found.line().trim_start_matches("#[allow");
            let codes = codes.trim_start_matches('(').split(')').next();
            let codes = codes.filter(|codes| !codes.is_empty()).unwrap_or("CODE");
            format!("write `allow {codes}` before the item")
        }
        (Rule::junk_item | Rule::junk_file, "deny") => {
            "a warning is denied when checking: `inflight check --deny CODE`".into()
        }
        (Rule::need_code, _) => {
            "write `allow CODE, CODE`, with the codes that stand beside the warnings".into()
        }
        (_, "-") if found.rest().starts_with("-- ") => COMMENTS.into(),
        (_, space) if space.chars().any(is_strange_space) => {
            "this looks like a space, and is another character: write a space".into()
        }
        (_, "/*" | "#") => COMMENTS.into(),
        (Rule::need_name, ":") => "drop the `:`".into(),
        (_, "'" | "`" | "\u{2018}" | "\u{2019}" | "\u{201c}" | "\u{201d}") => {
            "strings stand in double quotes: `\"..\"`".into()
        }
        (Rule::junk_item | Rule::junk_clause | Rule::junk_file, ";") => {
            "nothing separates items: drop the `;`".into()
        }
        (Rule::junk_item, "retired") => {
            "write `retired state OLD -> NEW`, or `retired transition OLD`".into()
        }
        _ => return None,
    })
}

/// In an item's place, after another.
pub(super) fn item(rule: Rule, found: Found<'_>, before: Option<Last<'_>>) -> Option<String> {
    if rule != Rule::junk_item {
        return None;
    }
    if let Some(hint) = habit::item(found) {
        return Some(hint);
    }
    let Last {
        rule: last,
        name,
        text,
    } = before?;
    let keyword = match last {
        Rule::state => "state",
        Rule::action => "action",
        Rule::guard => "guard",
        Rule::activity => "activity",
        Rule::retired_state => "retired state",
        Rule::retired_transition => "retired transition",
        _ => "transition",
    };
    Some(match (last, found.text()) {
        (Rule::allow, text) if text == "|" || found.is_word() => {
            "separate several codes with `,`".into()
        }
        (Rule::transition, word) if starts_clause(word) => clauses_in_braces(found),
        (Rule::transition, "if" | "[") => {
            let guard = found.after().filter(|next| next.is_word())?;
            format!(
                "a guard is asked in braces after the target: `{{ when {} }}`",
                guard.call()
            )
        }
        (Rule::transition, "/") => {
            let action = found.after().filter(|next| next.is_word())?;
            format!(
                "an action is run in braces after the target: `{{ do {} }}`",
                action.call()
            )
        }
        (Rule::transition, "|") => {
            "a transition leads to one state: declare one for each, which guards tell apart".into()
        }
        (_, ",") => match found.after() {
            Some(next) if next.is_word() => {
                format!("declare each by itself: `{keyword} {}`", next.text())
            }
            _ => "nothing separates items: drop the `,`".into(),
        },
        (Rule::action | Rule::guard | Rule::activity, "was") => {
            "drop the former name: records do not name it".into()
        }
        (_, "was") => format!("a former name stands after the name: `{keyword} {name} was OLD`"),
        (Rule::activity, "|" | "and") => "separate them with `,`".into(),
        (Rule::retired_transition, "->") => {
            format!("drop it, or, if `{name}` lives on, write `transition NEW was {name}`")
        }
        (Rule::state, word)
            if found.is_word()
                && ["initial", "error", "final"].contains(&name)
                && found.last_on_line_before().is_none() =>
        {
            format!("write `{name} state {word}`")
        }
        (Rule::state, ":" | "(") => {
            format!("variables of a state stand in braces: `state {name} {{ NAME: TYPE }}`")
        }
        (Rule::action, ":") => format!(
            "parameters stand in parentheses: `action {name}(NAME: TYPE)`; a result is `-> STATE`"
        ),
        (Rule::action, "<") => RESULT_IS_A_STATE.into(),
        (Rule::guard, ":" | "->") => {
            let guard = text.lines().next().filter(|line| *line == text);
            let guard = guard.map_or_else(|| format!("guard {name}(..)"), Into::into);
            format!("write `{guard}`: a guard says yes or no, and has no other type")
        }
        (Rule::action | Rule::guard | Rule::activity, "{") => {
            format!("drop the braces: `{keyword} {name}` is declared here, and written in Rust")
        }
        _ => return None,
    })
}

const RESULT_IS_A_STATE: &str =
    "what an action supplies are variables of a state: `state NAME { VALUE: TYPE }` and `-> NAME`";

/// What stands before.
#[derive(Clone, Copy)]
pub(super) struct Last<'a> {
    pub(super) rule: Rule,
    pub(super) name: &'a str,
    /// The whole of it.
    pub(super) text: &'a str,
}

/// After the kind of a state.
pub(super) fn state(rule: Rule, found: Found<'_>, kind: Option<&str>) -> Option<String> {
    let kind = kind.filter(|_| rule == Rule::need_state)?;
    let name = match found.text() {
        ":" => found.word_after().unwrap_or("NAME"),
        word if found.is_word() && nearest(word, ["state"]).is_none() => word,
        _ => return None,
    };
    Some(format!("write `{kind} state {name}`"))
}

/// After the former names of a state.
pub(super) fn former(found: Found<'_>, renamed: bool) -> Option<String> {
    (renamed && found.text() == ",")
        .then(|| "several former names have `|` between them: `was a | b`".into())
}

/// In the header of a transition.
pub(super) fn header(rule: Rule, found: Found<'_>, name: Option<&str>) -> Option<String> {
    let name = name.unwrap_or("NAME");
    Some(match (rule, found.text()) {
        (Rule::need_arrow, "=>" | "=" | "-" | "\u{2192}") => "write `->`".into(),
        (Rule::need_arrow, ",") => "separate several sources with `|`: `a | b -> c`".into(),
        (Rule::need_colon, "->" | "|") => {
            let rest = found.until(&HEADER_END);
            match rest.rsplit_once(':') {
                Some((route, event)) if habit::is_name(event.trim()) => {
                    let (event, route) = (event.trim(), route.trim());
                    format!("write `transition {event}: {name} {route}`")
                }
                _ => format!("write `transition NAME: {name} {rest}`"),
            }
        }
        (Rule::need_colon, "{") if habit::from_to(found).is_some() => {
            let (from, to) = habit::from_to(found)?;
            format!("write `transition {name}: {from} -> {to}`")
        }
        (Rule::need_colon, _) if found.until(&HEADER_END).contains("->") => {
            format!("write `transition {name}: {}`", found.until(&HEADER_END))
        }
        (Rule::need_arrow, _) if found.last_on_line_before().is_some() => {
            let header = found.before().lines().next_back().unwrap_or_default();
            format!("write `{} -> TARGET`", header.trim())
        }
        (Rule::need_colon | Rule::need_arrow, _) => {
            format!("write `transition {name}: SOURCE -> TARGET`")
        }
        (Rule::junk_header, word) if starts_clause(word) => clauses_in_braces(found),
        _ => return None,
    })
}

fn starts_clause(word: &str) -> bool {
    ["automatic", "alias", "when", "do", "on"].contains(&word) || CLAUSES.contains(&word)
}

fn clauses_in_braces(found: Found<'_>) -> String {
    let clause = found.until(&["{", "}"]);
    if found.before().ends_with('}') {
        format!("clauses stand in the braces: put `{clause}` before the `}}`")
    } else {
        format!("clauses stand in braces after the target: `{{ {clause} }}`")
    }
}

/// In an activity.
pub(super) fn activity(rule: Rule, _: Found<'_>, name: Option<&str>) -> Option<String> {
    let name = name.unwrap_or("NAME");
    (rule == Rule::need_in).then(|| format!("write `activity {name} in STATE, STATE`, or `in *`"))
}

/// In a state that is retired.
pub(super) fn retired_state(rule: Rule, _: Found<'_>, name: Option<&str>) -> Option<String> {
    let name = name.unwrap_or("NAME");
    matches!(rule, Rule::need_arrow | Rule::need_target)
        .then(|| format!("write `retired state {name} -> STATE`: what its records load as"))
}

/// Among variables, inputs or parameters.
pub(super) fn field(rule: Rule, found: Found<'_>, begun: Option<Begun<'_>>) -> Option<String> {
    let Begun { name, ty } = begun?;
    match (rule, found.text()) {
        (Rule::junk_after, "was") => Some(format!(
            "the former name stands after the name: `{name} {}: TYPE`",
            found.until(&[",", ")", "}", "="])
        )),
        (Rule::junk_after, "|") => Some(match found.word_after() {
            Some("null" | "nil" | "none" | "None" | "undefined") => {
                format!("write `{name}: {}?`", ty?)
            }
            _ => {
                let ty = ty.unwrap_or("string");
                format!("a variable has one type: write `{name}: {ty}`")
            }
        }),
        (Rule::junk_after, "!") => Some("drop it: only what has a `?` may be null".into()),
        (Rule::junk_after, "[") => Some(format!("write `{name}: list<{}>`", ty?)),
        (Rule::junk_after, "::") => Some(format!(
            "types of Rust stand in quotes: `{name}: \"{}{}\"`",
            ty?,
            found.until(&[",", ")", "}", "=", "?"])
        )),
        _ => None,
    }
}

/// The variable, input or parameter before what belongs nowhere.
#[derive(Clone, Copy)]
pub(super) struct Begun<'a> {
    name: &'a str,
    /// The name of its type.
    ty: Option<&'a str>,
}

impl<'a> Begun<'a> {
    pub(super) fn of(field: &Field<'a>) -> Begun<'a> {
        let ty = field.ty.as_ref().and_then(|ty| match ty.kind {
            TypeKind::Named(name) => Some(name),
            _ => None,
        });
        Begun {
            name: field.name.text,
            ty,
        }
    }
}

/// Between the name of a variable, input or parameter and its type.
pub(super) fn field_colon(rule: Rule, found: Found<'_>, name: Option<&str>) -> Option<String> {
    let name = name?;
    if let Some(hint) = habit::of_states(name).filter(|_| rule == Rule::need_colon) {
        return Some(hint);
    }
    if let Some(ty) = optional_elsewhere(rule, found) {
        return Some(format!("write `{name}: {ty}?`"));
    }
    (rule == Rule::need_colon).then(|| {
        if TYPES.contains(&name) && found.is_word() {
            format!("the name stands first: `{}: {name}`", found.text())
        } else if let Some(arrow) = found.after().filter(|next| next.text() == "->") {
            format!(
                "transitions stand outside of states: `transition {}: STATE {}`",
                found.text(),
                arrow.until(&["}"])
            )
        } else if found.is_word() {
            format!("write `{name}: {}`", found.text())
        } else {
            format!("write `{name}: TYPE`")
        }
    })
}

/// The type in `port?: int` and `port: ?int`.
fn optional_elsewhere(rule: Rule, found: Found<'_>) -> Option<&str> {
    let next = found.after().filter(|_| found.text() == "?")?;
    match rule {
        Rule::need_colon if next.text() == ":" => next.word_after(),
        Rule::need_type => found.word_after(),
        _ => None,
    }
}

/// Between the name of an argument and its value.
pub(super) fn argument(rule: Rule, found: Found<'_>, name: Option<&str>) -> Option<String> {
    let name = name?;
    Some(match (rule, found.text()) {
        (Rule::need_value, "[" | "{") => {
            "there are no literals of lists and maps: pass them in as an input".into()
        }
        (Rule::need_colon, "=" | "=>") => {
            let value = found.after().map(|value| value.until(&[",", ")"]));
            let value = value.unwrap_or_else(|| "..".into());
            format!("write `{name}: {value}`")
        }
        (Rule::need_colon, _) => format!("write `{name}: {}`", found.until(&[",", ")"])),
        _ => return None,
    })
}

/// After an argument.
pub(super) fn arguments(rule: Rule, found: Found<'_>) -> Option<String> {
    match found.text() {
        _ if rule != Rule::junk_after => None,
        "(" => Some(
            "there are no functions: hand it in as an input, or let an action supply it".into(),
        ),
        text => clause::is_operator(text).then(|| NO_OPERATORS.into()),
    }
}

/// Whether it is taken for a blank by eye, and is none.
fn is_strange_space(letter: char) -> bool {
    !letter.is_ascii() && (letter.is_whitespace() || ('\u{200b}'..='\u{200d}').contains(&letter))
}
