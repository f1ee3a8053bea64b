//! What holds of every file, however it is laid out: the form is its own form, means the
//! same, keeps every comment, and does not depend on where lines broke.
//!
//! Files are torn into tokens and put together again with random blanks, line breaks and
//! comments between any two of them: files made up at random, and all fixtures.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use inflight_dsl::compile;
use inflight_dsl::format::{Refused, format};
use proptest::prelude::*;
use std::fs;

#[path = "support/files.rs"]
mod files;
use files::workflow_files;

/// Formats a text and proves what holds of every text.
fn check(source: &str) -> String {
    let text = format(source).unwrap_or_else(|refused| panic!("{refused}:\n{source}"));
    assert_eq!(format(&text).as_ref(), Ok(&text), "not its own form");
    assert_eq!(comments(&text), comments(source), "{text}");
    assert_eq!(model(&text), model(source), "{text}");
    let meaning = |text: &str| -> Vec<String> { tokens(text).collect() };
    assert_eq!(required(meaning(&text)), required(meaning(source)));
    assert!(!text.contains(['\r', '\t', '\u{feff}']), "{text:?}");
    assert!(!text.contains("\n\n\n"), "{text}");
    let lines = || text.lines().filter(|line| !line.contains("//"));
    assert!(lines().all(|line| line == line.trim_end()), "{text:?}");
    assert!(text.is_empty() || text.ends_with('\n') && !text.ends_with("\n\n"));
    text
}

/// The model, if there is one, without the places in it.
fn model(source: &str) -> Option<String> {
    let shown = format!("{:?}", compile(source).model?);
    let mut pieces = shown.split("Span { start: ");
    let first = pieces.next().map(str::to_owned);
    let rest = pieces.map(|piece| piece.split_once(" }").unwrap().1);
    Some(first.into_iter().chain(rest.map(str::to_owned)).collect())
}

/// Tokens, doc comments and comments.
fn lexemes(source: &str) -> impl Iterator<Item = &str> {
    let mut rest = source.trim_start_matches('\u{feff}');
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        let first = rest.chars().next()?;
        let length = if rest.starts_with("//") {
            rest.find(['\r', '\n']).unwrap_or(rest.len())
        } else if first == '"' {
            let mut escaped = false;
            let end = rest.char_indices().skip(1).find(|(_, character)| {
                let ends = *character == '"' && !escaped;
                escaped = *character == '\\' && !escaped;
                ends
            });
            end.unwrap().0 + 1
        } else if first.is_ascii_digit() {
            let part = |c: char| !c.is_ascii_alphanumeric() && !"_.".contains(c);
            let exponent = rest.find("e-").map_or(0, |at| at + 2);
            let end = rest.find(part).unwrap_or(rest.len());
            let end = rest.find("..").map_or(end, |range| range.min(end));
            match rest.get(exponent..).and_then(|rest| rest.find(part)) {
                Some(after) if exponent == end + 1 => exponent + after,
                _ => end,
            }
        } else if first.is_alphabetic() || first == '_' {
            rest.find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(rest.len())
        } else if rest.starts_with("->") || rest.starts_with("..") {
            2
        } else {
            first.len_utf8()
        };
        let (lexeme, after) = rest.split_at(length);
        rest = after;
        Some(lexeme)
    })
}

fn is_comment(lexeme: &str) -> bool {
    lexeme.starts_with("//") && !is_doc(lexeme)
}

fn is_doc(lexeme: &str) -> bool {
    lexeme.starts_with("//!") || lexeme.starts_with("///") && !lexeme.starts_with("////")
}

fn comments(source: &str) -> Vec<&str> {
    let comments = lexemes(source).filter(|lexeme| is_comment(lexeme));
    comments.map(str::trim_end).collect()
}

/// Tokens and doc comments, those with one blank after the marker.
fn tokens(source: &str) -> impl Iterator<Item = String> {
    let tokens = lexemes(source).filter(|lexeme| !is_comment(lexeme));
    tokens.map(|token| match is_doc(token) {
        true => {
            let (marker, text) = token.split_at(3);
            format!("{marker} {}", text.strip_prefix(' ').unwrap_or(text))
        }
        false => token.to_owned(),
    })
}

/// Tokens without commas that end a list, and without empty brackets.
fn required(tokens: Vec<String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for token in tokens {
        let last = kept.last().map(String::as_str);
        match (last, token.as_str()) {
            (Some("("), ")") | (Some("{"), "}") => {
                kept.pop();
            }
            (Some(","), ")" | "}") => {
                kept.pop();
                kept.push(token);
            }
            _ => kept.push(token),
        }
    }
    kept
}

/// What to put between two tokens.
#[derive(Clone, Copy, Debug)]
enum Glue {
    Nothing,
    Blanks(&'static str),
    /// Line breaks, which may leave a line blank, and comments.
    Lines(&'static str),
}

fn glue() -> impl Strategy<Value = Glue> {
    prop_oneof![
        2 => Just(Glue::Nothing),
        6 => prop::sample::select(vec![" ", "  ", "\t", "\n", "\r\n", "\r", " \n\t "]).prop_map(Glue::Blanks),
        2 => prop::sample::select(vec![
            "\n\n", "\r\n\r\n\r\n", "//#\n", " // # \r\n", "\n// #\n", "\n\n//// # ß\n\n", "//# \"\t\n//#/\r",
            "\n//\n\n\n// #\n",
        ]).prop_map(Glue::Lines),
    ]
}

/// Puts tokens together. Comments are numbered, so that each is told from the others.
fn join(tokens: &[String], glue: &[Glue]) -> String {
    let mut text = String::new();
    let mut before = "";
    let between = glue.iter().cycle();
    for (number, (token, between)) in tokens.iter().zip(between).enumerate() {
        let symbol = |token: &str| "(){}:,|<>?.=".contains(token) || token == "->" || token == "..";
        if is_doc(before) {
            text.push('\n');
        }
        match between {
            Glue::Nothing if symbol(before) || symbol(token) => {}
            Glue::Nothing => text.push(' '),
            Glue::Blanks(blanks) => text.push_str(blanks),
            Glue::Lines(lines) => text.push_str(&lines.replace('#', &number.to_string())),
        }
        text.push_str(token);
        before = token;
    }
    text + "\n"
}

/// Everything that holds of these tokens, whatever stands between them.
fn check_joined(tokens: &[String], glue: &[Glue]) {
    check(&join(tokens, glue));
    let close: Vec<Glue> = (glue.iter())
        .map(|one| match one {
            Glue::Lines(_) => Glue::Nothing,
            other => *other,
        })
        .collect();
    let canonical = check(&join(tokens, &[Glue::Blanks("\n")]));
    assert_eq!(check(&join(tokens, &close)), canonical);
}

/// A workflow without mistakes: a chain of states, each with the given number of
/// variables, and transitions along it with the given clauses.
fn workflow(name: usize, states: &[(u8, bool)], clauses: &[(u8, bool)]) -> String {
    const TYPES: [(&str, &str); 7] = [
        ("int", "-1_000"),
        ("string?", "\"a // \\\" b\""),
        ("list<map<int?>>", ""),
        ("float", "1e-3"),
        ("duration", "500ms"),
        ("bool?", "null"),
        ("\"std::collections::BTreeSet<u8>\"?", "null"),
    ];
    const POLICIES: [&str; 4] = ["rerun 3", "fail", "ask", "probe"];
    let mut text = format!("/// w\n workflow w_{name} {{ initial state s_0 \n");
    let mut transitions = String::new();
    let mut sources = "s_0".to_owned();
    for (index, (width, documented)) in states.iter().enumerate() {
        let number = index + 1;
        let doc = if *documented { "///doc\n" } else { "" };
        let variables = TYPES.iter().take(usize::from(*width)).enumerate();
        let declared: String = (variables.clone())
            .map(
                |(index, (ty, literal))| match literal.is_empty() || !documented {
                    true => format!("{doc} v_{index} was o_{index}|p_{index}: {ty}, "),
                    false => format!("{doc} v_{index}: {ty} = {literal}, "),
                },
            )
            .collect();
        let inputs: String = (variables.clone())
            .filter(|(_, (_, literal))| literal.is_empty())
            .map(|(index, (ty, _))| format!("{doc} v_{index}: {ty}, "))
            .collect();
        let values: String = variables
            .filter(|(_, (_, literal))| !literal.is_empty())
            .map(|(index, (_, literal))| format!("v_{index}: {literal}, "))
            .collect();
        let (kinds, also) = clauses.get(index).copied().unwrap_or_default();
        let clause = |bit: u8, text: String| {
            if kinds & bit == 0 {
                String::new()
            } else {
                text
            }
        };
        let body = [
            clause(1, format!("alias a_{number} ")),
            clause(2, "when not ok(n: 7) ".to_owned()),
            match inputs.is_empty() {
                true => clause(16, format!("after {number}h ")),
                false => String::new(),
            },
            clause(4, "do go(text: \"x\", wait: 5m) ".to_owned()),
            clause(
                32,
                format!("retry {number} backoff 1s..{number}m timeout {number}d "),
            ),
            clause(
                64,
                format!("on interrupt {} ", POLICIES.get(number % 4).unwrap()),
            ),
            clause(
                12,
                format!(
                    "{doc} on error e_{number} was f_{number} -> err(reason: failure, text: \"{}\") {} ",
                    "y".repeat(usize::from(*width) * 9),
                    if also {
                        "{ do go(text: failure, wait: 1s) retry 1 }"
                    } else {
                        ""
                    }
                ),
            ),
        ];
        let body = if kinds & 4 == 0 {
            body.iter().take(3).cloned().collect()
        } else {
            body.concat()
        };
        text += &format!("{doc} state s_{number} was r_{number} {{ {declared} }} ");
        transitions += &format!(
            "{doc} transition t_{number} was u_{number}({inputs}): {sources} -> s_{number}({values}) {{ {body} }} "
        );
        if *documented {
            sources += &format!(" | s_{number}");
        } else {
            sources = format!("s_{number}");
        }
    }
    text + "allow undocumented_error_state error state err { reason: string, text: string } "
        + "final state last action go(text: string, wait: duration,) guard ok(n: int) "
        + &transitions
        + "transition end: * -> last { do go(text: \"\", wait: 1s) when ok(n: 1) \
           on error end_failed -> err(reason: failure, text: failure) } \
           transition mend: err -> s_0 \
           activity everywhere in * except last, during end activity nearly in s_0, last \
           retired state gone { a: int } -> err(reason: \"\", text: \"\") \
           retired transition never }\n"
}

fn files() -> impl Strategy<Value = String> {
    let row = || prop::collection::vec((0..8_u8, any::<bool>()), 1..7);
    let clauses = || prop::collection::vec((0..128_u8, any::<bool>()), 7);
    prop::collection::vec((row(), clauses()), 1..3).prop_map(|workflows| {
        let workflows = workflows.iter().enumerate();
        let workflows = workflows.map(|(name, (states, clauses))| workflow(name, states, clauses));
        format!("//!file\n{}", workflows.collect::<String>())
    })
}

/// The workflow files of the project whose syntax is sound.
fn fixtures() -> Vec<String> {
    let paths = workflow_files(&[
        "tests/right",
        "tests/wrong",
        "../examples/unit-agent/workflows",
        "../examples/gallery",
    ]);
    let mut texts: Vec<String> = paths
        .iter()
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    texts.retain(|text| format(text) != Err(Refused::Syntax));
    assert!(texts.len() > 6, "the fixtures are gone");
    texts
}

#[test]
fn fixtures_have_one_form() {
    for (number, text) in fixtures().iter().enumerate() {
        let form = check(text);
        let lines = text.replace("\r\n", "\n");
        let other = match number % 3 {
            0 => lines.replace('\n', "\r\n"),
            1 => lines.replace('\n', "\r"),
            _ => format!("\u{feff}{text}"),
        };
        assert_eq!(check(&other), form);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn made_up_files_have_one_form(file in files(), glue in prop::collection::vec(glue(), 1..80)) {
        prop_assert_eq!(compile(&file).diagnostics, []);
        check(&file);
        let tokens: Vec<String> = tokens(&file).collect();
        check_joined(&tokens, &glue);
    }

    #[test]
    fn torn_fixtures_have_one_form(
        file in prop::sample::select(fixtures()),
        glue in prop::collection::vec(glue(), 1..80),
    ) {
        let tokens: Vec<String> = tokens(&file).collect();
        check_joined(&tokens, &glue);
    }
}
