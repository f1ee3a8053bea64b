//! Broken and hostile text: the compiler always ends, never panics, and never takes
//! what is broken for correct.

use inflight_dsl::{Code, Compiled, Severity, compile};

const UNIT: &str = include_str!("right/unit.workflow");
const TABLES: &str = include_str!("right/tables.workflow");
const KEYWORDS: &str = include_str!("right/keywords.workflow");

/// Where the tokens of a text begin and end, roughly: words, and single symbols.
fn tokens(source: &str) -> Vec<(usize, usize)> {
    let mut tokens = Vec::new();
    let mut start = None;
    for (index, character) in source.char_indices() {
        let in_word = character.is_alphanumeric() || character == '_';
        if let (Some(begin), false) = (start, in_word) {
            tokens.push((begin, index));
            start = None;
        }
        if in_word {
            start.get_or_insert(index);
        } else if !character.is_whitespace() {
            tokens.push((index, index + character.len_utf8()));
        }
    }
    tokens
}

/// A model exists exactly if there is no error, only warnings are told of one, and every
/// span is one of the text.
fn sane(source: &str) -> Compiled {
    let compiled = compile(source);
    let severity = match compiled.model {
        Some(_) => Severity::Warning,
        None => Severity::Error,
    };
    let all = &compiled.diagnostics;
    assert!(all.iter().all(|one| one.severity == severity), "{source}");
    assert!(
        compiled.model.is_some() || !all.is_empty(),
        "no word on {source}"
    );
    for diagnostic in &compiled.diagnostics {
        let related = diagnostic.related.iter().map(|label| label.span);
        for span in std::iter::once(diagnostic.span).chain(related) {
            assert!(
                source.get(span.start..span.end).is_some(),
                "{span:?} is not in the text: {}",
                diagnostic.message
            );
        }
    }
    // Each shows whole lines, so many of one long line would take for ever.
    for diagnostic in compiled.diagnostics.iter().rev().take(3) {
        inflight_dsl::report::report("file", source, diagnostic);
    }
    compiled
}

#[test]
fn a_text_cut_short_is_reported() {
    for source in [UNIT, TABLES, KEYWORDS] {
        let last = source.rfind('}').unwrap();
        let first = source.find("workflow").unwrap();
        let ends = source.char_indices().map(|(index, _)| index);
        for end in ends.filter(|end| (first..=last).contains(end)).step_by(17) {
            // Between two workflows the text before is one in itself.
            if source[..end].trim_end().ends_with("\n}") {
                continue;
            }
            let compiled = sane(&source[..end]);
            assert!(compiled.model.is_none(), "{}", &source[..end]);
        }
    }
}

#[test]
fn a_text_without_one_of_its_tokens_is_still_read() {
    for source in [TABLES, KEYWORDS] {
        for (start, end) in tokens(source) {
            let without = format!("{}{}", &source[..start], &source[end..]);
            let compiled = sane(&without);
            // These shape the text; without one of them it cannot be correct.
            if matches!(&source[start..end], "{" | "}" | "(" | ")" | ":" | ">")
                && is_code(source, start)
            {
                assert!(compiled.model.is_none(), "{without}");
            }
        }
    }
}

/// Whether a place is neither in a comment nor in a string.
fn is_code(source: &str, at: usize) -> bool {
    let line = source[..at].rsplit('\n').next().unwrap_or_default();
    !line.contains("//") && line.matches('"').count().is_multiple_of(2)
}

#[test]
fn a_text_with_two_tokens_swapped_is_still_read() {
    for source in [TABLES, KEYWORDS] {
        let tokens = tokens(source);
        for (index, (start, end)) in tokens.iter().enumerate() {
            let Some((other_start, other_end)) = tokens.get(index + 1 + index % 5) else {
                break;
            };
            sane(&format!(
                "{}{}{}{}{}",
                &source[..*start],
                &source[*other_start..*other_end],
                &source[*end..*other_start],
                &source[*start..*end],
                &source[*other_end..]
            ));
        }
    }
}

#[test]
fn a_text_with_a_foreign_token_is_reported_once_or_twice() {
    let foreign = ["@", "€", "=>", "]", "'a'", "# a\n", "\u{a0}", "\0"];
    for (index, (start, _)) in tokens(UNIT).into_iter().enumerate().step_by(3) {
        if !is_code(UNIT, start) {
            continue;
        }
        let token = foreign[index % foreign.len()];
        let text = format!("{} {token} {}", &UNIT[..start], &UNIT[start..]);
        let found = sane(&text).diagnostics;
        assert!(
            (1..=2).contains(&found.len()),
            "{token} at {start}: {found:#?}"
        );
    }
}

#[test]
fn nesting_is_refused_before_it_hurts() {
    let deep = 100_000;
    let check = |text: String| {
        let codes: Vec<Code> = sane(&text).diagnostics.iter().map(|one| one.code).collect();
        assert_eq!(codes, [Code::TooDeep]);
    };
    check("{".repeat(deep));
    check(format!("workflow w {}", "{".repeat(deep)));
    check(format!(
        "workflow w {{ state s {{ x: {}",
        "list<".repeat(deep)
    ));
    check(format!(
        "workflow w {{ transition t: a -> b {{ {}",
        "on error e -> b { ".repeat(deep)
    ));
}

#[test]
fn repetition_without_nesting_is_read() {
    let many = 2_000;
    for piece in [
        "}",
        "(",
        ")",
        ">",
        "\"",
        "///\n",
        "//!\n",
        "workflow ",
        "state ",
        "on error ",
        "-> ",
        "a.",
        "| ",
        "x: ",
        "{ } ",
        "error ",
        "\u{feff}",
        "\\",
        "/*",
        "- ",
        "?",
    ] {
        for head in ["", "workflow w { ", "workflow w { transition t: a -> b(x: "] {
            sane(&format!("{head}{}", piece.repeat(many)));
        }
    }
    sane(&format!(
        "workflow w {{ state s {{ x: int{} }} }}",
        "?".repeat(many)
    ));
}

#[test]
fn line_ends_and_a_byte_order_mark_change_nothing() {
    let plain = compile(UNIT).model.unwrap();
    let crlf = format!("\u{feff}{}", UNIT.replace('\n', "\r\n"));
    let other = compile(&crlf);
    assert_eq!(other.diagnostics, []);
    let other = other.model.unwrap();
    assert_eq!(plain.docs, other.docs);
    assert_eq!(plain.workflows[0].docs, other.workflows[0].docs);
    assert_eq!(
        plain.workflows[0].fingerprint(),
        other.workflows[0].fingerprint()
    );
}
