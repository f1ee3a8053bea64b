//! What to write instead of what often stands where something else was expected.

use super::reader::Found;
use super::token::{TokenKind, token_at};
use crate::generated::parser::Rule;
use crate::syntax::{Field, TYPES, TypeKind};

const NO_OPERATORS: &str =
    "there are no operators: write a second `when`, or compute it in an action";

/// Where the header of a transition ends.
const HEADER_END: [&str; 3] = ["{", "(", "}"];

/// The keywords of clauses that a number follows.
const CLAUSES: [&str; 4] = ["retry", "backoff", "timeout", "after"];

/// What a version control system leaves in a file.
const MERGE: [&str; 3] = ["<<<<<<<", "=======", ">>>>>>>"];

/// How much of the text is repeated in a hint.
const SHOWN: usize = 40;

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
        (_, "-") if found.after().is_some_and(Found::is_word) => {
            "names have no `-`: write `_` in its place".into()
        }
        (_, number) if names && number.starts_with(|first: char| first.is_ascii_digit()) => {
            "names begin with a letter".into()
        }
        (_, "#") if found.rest().starts_with("#[allow") => {
            "write `allow CODE` before the item".into()
        }
        (Rule::junk_item | Rule::junk_file, "deny") => {
            "a warning is denied when checking: `inflight check --deny CODE`".into()
        }
        (Rule::need_code, _) => {
            "write `allow CODE, CODE`, with the codes that stand beside the warnings".into()
        }
        (_, "/*" | "#") => "comments begin with `//` and end with the line".into(),
        (_, "'" | "\u{2018}" | "\u{2019}" | "\u{201c}" | "\u{201d}") => {
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
pub(super) fn item(rule: Rule, found: Found<'_>, before: Option<(Rule, &str)>) -> Option<String> {
    if rule != Rule::junk_item {
        return None;
    }
    let (last, name) = before?;
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
        (Rule::transition, "automatic" | "alias" | "when" | "do" | "on") => {
            return clauses_in_braces(found);
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
        (Rule::state, ":" | "(") => {
            format!("variables of a state stand in braces: `state {name} {{ NAME: TYPE }}`")
        }
        (Rule::action, ":") => format!(
            "parameters stand in parentheses: `action {name}(NAME: TYPE)`; a result is `-> STATE`"
        ),
        (Rule::guard, ":" | "->") => {
            format!("write `guard {name}`: a guard says yes or no, and has no other type")
        }
        (Rule::action | Rule::guard | Rule::activity, "{") => {
            format!("drop the braces: `{keyword} {name}` is declared here, and written in Rust")
        }
        _ => return None,
    })
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
        (Rule::need_arrow, "=>" | "=" | "\u{2192}") => "write `->`".into(),
        (Rule::need_arrow, ",") => "separate several sources with `|`: `a | b -> c`".into(),
        (Rule::need_colon, "->" | "|") => {
            let rest = found.until(&HEADER_END);
            format!("write `transition NAME: {name} {rest}`")
        }
        (Rule::need_colon, _) if found.until(&HEADER_END).contains("->") => {
            format!("write `transition {name}: {}`", found.until(&HEADER_END))
        }
        (Rule::need_colon | Rule::need_arrow, _) => {
            format!("write `transition {name}: SOURCE -> TARGET`")
        }
        (Rule::junk_header, "automatic" | "alias" | "when" | "do" | "on") => {
            return clauses_in_braces(found);
        }
        _ => return None,
    })
}

fn clauses_in_braces(found: Found<'_>) -> Option<String> {
    let clause = found.until(&["{", "}"]);
    Some(format!(
        "clauses stand in braces after the target: `{{ {clause} }}`"
    ))
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

/// In a clause's place.
pub(super) fn clause(rule: Rule, found: Found<'_>) -> Option<String> {
    let text = found.text();
    Some(match rule {
        Rule::junk_allow => "put it before the transition: `allow` is about all of an item".into(),
        Rule::junk_clause if CLAUSES.contains(&text) => format!("drop the `:` after `{text}`"),
        Rule::junk_clause if text == "to" => "a range has two dots: `1s..30s`".into(),
        Rule::junk_clause if found.after().is_some_and(|next| next.text() == ":") => format!(
            "values of the target stand in parentheses: `-> STATE({})`",
            found.until(&["}", ","])
        ),
        Rule::junk_clause if text == "-" && found.after().is_some_and(Found::is_number) => {
            "write the waits as `FIRST..LONGEST`: `1s..30s`".into()
        }
        Rule::junk_clause if text == "and" || text == "or" || is_operator(text) => {
            NO_OPERATORS.into()
        }
        Rule::junk_clause if text == "if" => format!("write `when {}`", next_word(found, "GUARD")),
        Rule::junk_clause if text == "," => "nothing separates clauses: drop the `,`".into(),
        Rule::need_guard if text == "!" => {
            format!("write `when not {}`", next_word(found, "GUARD"))
        }
        Rule::need_guard => "write `when GUARD` or `when not GUARD`".into(),
        Rule::need_action => "write `do ACTION`".into(),
        Rule::need_policy => {
            "write `on interrupt rerun 10`, or one of `fail`, `ask` and `probe`".into()
        }
        Rule::need_count => "say how many times: `3`".into(),
        Rule::need_duration => "write a duration such as `500ms`, `30s`, `5m`, `12h` or `7d`".into(),
        Rule::need_error if text == "timeout" => {
            "what takes too long fails like the rest: write `timeout 30s` and `on error NAME -> STATE`".into()
        }
        Rule::need_error => "write `on error NAME -> STATE`, or `on error fire NAME`".into(),
        _ => return None,
    })
}

fn next_word<'a>(found: Found<'a>, otherwise: &'a str) -> &'a str {
    found
        .after()
        .filter(|next| next.is_word())
        .map_or(otherwise, |next| next.text())
}

/// In an inline error transition.
pub(super) fn inline_error(rule: Rule, found: Found<'_>, name: Option<&str>) -> Option<String> {
    let name = name.unwrap_or("NAME");
    let values = if found.text() == "(" { "(..)" } else { "" };
    Some(match rule {
        Rule::need_name if found.text() == "->" => {
            let target = match found.until(&["{", "}"]) {
                "->" => "-> STATE",
                target => target,
            };
            format!("name the error transition: `on error NAME {target}`")
        }
        Rule::need_arrow if name == "do" => {
            let action = found.until(&["}"]);
            format!("write `on error NAME -> STATE {{ do {action} }}`")
        }
        Rule::need_arrow => format!(
            "write `on error fire {name}{values}` if `{name}` is declared elsewhere, or `on error {name} -> STATE`"
        ),
        _ => return None,
    })
}

/// After `on error fire NAME`.
pub(super) fn fire(rule: Rule, found: Found<'_>, name: Option<&str>) -> Option<String> {
    let name = name?;
    (rule == Rule::junk_target).then(|| {
        let target = found.until(&["{", "}"]);
        format!("write `on error fire {name}`, or `on error {name} {target}`")
    })
}

/// Among variables, inputs or parameters.
pub(super) fn field(rule: Rule, found: Found<'_>, begun: Option<Begun<'_>>) -> Option<String> {
    let Begun { name, ty } = begun?;
    match (rule, found.text()) {
        (Rule::junk_after, "was") => Some(format!(
            "the former name stands after the name: `{name} {}: TYPE`",
            found.until(&[",", ")", "}", "="])
        )),
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

/// Between the name of an argument and its value.
pub(super) fn argument(rule: Rule, found: Found<'_>, name: Option<&str>) -> Option<String> {
    let name = name?;
    Some(match (rule, found.text()) {
        (Rule::need_value, "[" | "{") => {
            "there are no literals of lists and maps: pass them in as an input".into()
        }
        (Rule::need_colon, "=" | "=>") => {
            let value = found.after().map_or("..", |value| value.until(&[",", ")"]));
            format!("write `{name}: {value}`")
        }
        (Rule::need_colon, _) => format!("write `{name}: {}`", found.until(&[",", ")"])),
        _ => return None,
    })
}

/// After an argument.
pub(super) fn arguments(rule: Rule, found: Found<'_>) -> Option<String> {
    (rule == Rule::junk_after && is_operator(found.text())).then(|| NO_OPERATORS.into())
}

fn is_operator(text: &str) -> bool {
    [
        "+", "-", "*", "/", "%", "&&", "||", "==", "!=", "<", ">", "<=", ">=", "!", "&", "|",
    ]
    .contains(&text)
}

impl<'a> Found<'a> {
    pub(super) fn text(self) -> &'a str {
        self.span.text(self.source)
    }

    fn is_word(self) -> bool {
        matches!(
            token_at(self.source, self.span.start),
            Some((TokenKind::Word, _))
        )
    }

    fn is_number(self) -> bool {
        self.text()
            .starts_with(|first: char| first.is_ascii_digit())
    }

    /// The text from here on.
    fn rest(self) -> &'a str {
        self.source.get(self.span.start..).unwrap_or_default()
    }

    /// The token after this one.
    fn after(self) -> Option<Found<'a>> {
        let (_, span) = token_at(self.source, self.span.end)?;
        Some(Found { span, ..self })
    }

    /// The text from here up to one of these tokens, or the end of the line.
    pub(super) fn until(self, ends: &[&str]) -> &'a str {
        let rest = self.rest();
        let line = rest.split(['\r', '\n']).next().unwrap_or_default();
        let line_end = self.span.start + line.len();
        let mut end = self.span.start;
        let mut next = Some(self);
        while let Some(token) = next.filter(|token| token.span.end <= line_end) {
            let is_long = token.span.end - self.span.start > SHOWN;
            let is_comment = matches!(
                token_at(self.source, token.span.start),
                Some((TokenKind::Doc, _))
            );
            if is_comment || is_long || ends.contains(&token.text()) {
                break;
            }
            end = token.span.end;
            next = token.after();
        }
        if end == self.span.start {
            ".."
        } else {
            self.source.get(self.span.start..end).unwrap_or_default()
        }
    }
}
