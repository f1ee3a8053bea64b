//! Text from a store, for a terminal.

use inflight::{Fields, Json};

/// How many characters of a cause are shown in a line.
const SHOWN: usize = 72;

/// Text without anything that a terminal would obey.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match character.is_control() || turns(character) {
            true => plain.extend(character.escape_default()),
            false => plain.push(character),
        }
    }
    plain
}

/// Whether a terminal may show in another order what stands behind a character.
fn turns(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The first line.
pub(super) fn line(text: &str) -> String {
    let mut lines = text.trim().lines();
    let first = plain(lines.next().unwrap_or_default());
    match lines.next() {
        None => first,
        Some(_) => first + " …",
    }
}

/// What there is room for in a line: the first line, and not all of a long one.
pub(super) fn short(text: &str) -> String {
    let line = line(text);
    match line.chars().count() > SHOWN {
        false => line,
        true => {
            let cut: String = line.chars().take(SHOWN - 1).collect();
            format!("{}…", cut.trim_end())
        }
    }
}

/// All lines of a text, those after the first moved in.
pub(super) fn block(text: &str, indent: usize) -> String {
    let lines: Vec<_> = text.trim_end().lines().map(plain).collect();
    lines.join(&format!("\n{:indent$}", ""))
}

/// A value as it is written on the command line.
pub(super) fn value(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Values by name, in brackets, if there are any.
pub(super) fn values(fields: &Fields) -> String {
    let values = fields.as_json();
    if values.is_empty() {
        return String::new();
    }
    let values: Vec<_> = (values.iter())
        .map(|(name, json)| format!("{name}: {}", short(&value(json))))
        .collect();
    format!("({})", values.join(", "))
}

/// `3 instances`.
pub(super) fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// `once`, `3 times`.
pub(super) fn times(number: u32) -> String {
    match number {
        1 => "once".to_owned(),
        number => format!("{number} times"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_one_line_that_a_terminal_does_not_obey() {
        let check = |text: &str, expect: &str| assert_eq!(short(text), expect);
        check("no space left", "no space left");
        check("it failed:\nwhy", "it failed: …");
        check("\u{1b}[31mred", "\\u{1b}[31mred");
        check("\u{9b}31mred", "\\u{9b}31mred");
        check("der\u{202e}", "der\\u{202e}");
        check(&"x".repeat(72), &"x".repeat(72));
        check(&"x".repeat(73), &format!("{}…", "x".repeat(71)));
    }
}
