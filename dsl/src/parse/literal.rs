//! Strings, numbers and durations.

use super::Node;
use super::reader::Reader;
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::grammar::Rule;
use crate::span::Span;
use crate::syntax::ValueKind;

/// The suffixes of durations, in nanoseconds.
const UNITS: [(&str, u64); 5] = [
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("m", 60_000_000_000),
    ("h", 3_600_000_000_000),
    ("d", 86_400_000_000_000),
];

/// What units are called elsewhere.
const ELSEWHERE: [(&str, &[&str]); 5] = [
    ("ms", &["msec", "millis", "milliseconds"]),
    ("s", &["sec", "secs", "second", "seconds"]),
    ("m", &["min", "mins", "minute", "minutes"]),
    ("h", &["hr", "hrs", "hour", "hours"]),
    ("d", &["day", "days"]),
];

impl<'a> Reader<'a, '_> {
    /// Resolves the escapes of a string.
    pub(super) fn string(&mut self, node: Node<'a>) -> Option<String> {
        let whole = node.span();
        let mut text = String::new();
        let mut intact = true;
        for inner in node.inner() {
            match inner.rule() {
                Rule::text => match self.unescape(&inner) {
                    Some(plain) => text = plain,
                    None => intact = false,
                },
                Rule::need_quote => {
                    self.unclosed(whole);
                    intact = false;
                }
                _ => {}
            }
        }
        intact.then_some(text)
    }

    fn unclosed(&mut self, string: Span) {
        self.torn = true;
        // What should close a list is in the string, most often.
        let (_, next) = self.found(string.end);
        self.stumbled_at = Some(next.start);
        self.diagnostics.report(
            Diagnostic::error(Code::Syntax, string, "this string is not closed")
                .label("no `\"` before the end of the line")
                .help("close the string on its line; write a line break as `\\n`"),
        );
    }

    fn unescape(&mut self, node: &Node<'a>) -> Option<String> {
        let mut plain = String::new();
        let mut intact = true;
        let mut rest = node.text();
        let base = node.span().start;
        while let Some(at) = rest.find('\\') {
            let (before, escape) = rest.split_at(at);
            plain.push_str(before);
            let start = base + node.text().len() - escape.len();
            let length = escape_length(escape);
            let (escape, after) = escape.split_at_checked(length).unwrap_or((escape, ""));
            match unescaped(escape) {
                Some(character) => plain.push(character),
                None => {
                    intact = false;
                    self.diagnostics.report(
                        Diagnostic::error(
                            Code::BadEscape,
                            Span {
                                start,
                                end: start + escape.len(),
                            },
                            format!("`{escape}` is no escape"),
                        )
                        .label("unknown escape")
                        .help("write one of `\\n` `\\r` `\\t` `\\0` `\\\\` `\\\"` `\\'` `\\x41` `\\u{1f600}`"),
                    );
                }
            }
            rest = after;
        }
        plain.push_str(rest);
        intact.then_some(plain)
    }

    /// Reads a whole number, a float or a duration.
    pub(super) fn number(&mut self, node: &Node<'a>) -> ValueKind<'a> {
        let place = node.span();
        let text: String = node
            .clone()
            .inner()
            .flat_map(|inner| inner.text().chars().filter(|character| *character != '_'))
            .collect();
        let value = number(&text);
        match value {
            Ok(value) => value,
            Err(Fault::Malformed) => {
                self.diagnostics.report(
                    Diagnostic::error(
                        Code::BadNumber,
                        place,
                        format!("`{}` is no number and no duration", place.text(self.source)),
                    )
                    .label("malformed")
                    .help(meant(&text).unwrap_or_else(|| EXAMPLES.into())),
                );
                ValueKind::Broken
            }
            Err(Fault::TooLarge(what, most)) => {
                self.diagnostics.report(
                    Diagnostic::error(
                        Code::OutOfRange,
                        place,
                        format!("`{}` is too large for {what}", place.text(self.source)),
                    )
                    .label("too large")
                    .help(format!("{what} is at most {most}")),
                );
                ValueKind::Broken
            }
        }
    }
}

const EXAMPLES: &str = "write a number such as `10`, `-1_000` or `0.5`, or a duration such as `500ms`, `30s`, `5m`, `12h` or `7d`";

/// What is written otherwise elsewhere: hexadecimal numbers, and other names of units.
fn meant(text: &str) -> Option<String> {
    if let Some(hex) = text.strip_prefix("0x") {
        let number = i64::from_str_radix(hex, 16).ok()?;
        return Some(format!("numbers are decimal: write `{number}`"));
    }
    if let Some(length) = in_one_unit(text) {
        return Some(format!("write `{length}`: a whole number, and one unit"));
    }
    let unit_at = text.find(|character: char| !character.is_ascii_digit())?;
    let (count, suffix) = text.split_at(unit_at);
    if ["w", "week", "weeks"].contains(&suffix) {
        let weeks = count.parse::<u64>().ok()?;
        return Some(format!("write `{}d`", weeks.checked_mul(7)?));
    }
    let (unit, _) = ELSEWHERE
        .iter()
        .find(|(_, names)| names.contains(&suffix))?;
    (!count.is_empty()).then(|| format!("write `{count}{unit}`"))
}

/// `1m30s` and `1.5h` as a whole number of the largest unit that fits.
fn in_one_unit(text: &str) -> Option<String> {
    let mut rest = text;
    let mut total: f64 = 0.0;
    while !rest.is_empty() {
        let unit_at = rest.find(|character: char| character.is_ascii_alphabetic())?;
        let (count, suffix) = rest.split_at(unit_at);
        let end = suffix
            .find(|character: char| !character.is_ascii_alphabetic())
            .unwrap_or(suffix.len());
        let (suffix, after) = suffix.split_at(end);
        let (_, unit) = UNITS.iter().find(|(name, _)| *name == suffix)?;
        total += count.parse::<f64>().ok()? * *unit as f64;
        rest = after;
    }
    let total = total.round();
    let fits = |unit: f64| total > 0.0 && total % unit == 0.0 && total / unit < 1e9;
    let units = UNITS.iter().rev();
    let (name, unit) = units.clone().find(|(_, unit)| fits(*unit as f64))?;
    Some(format!("{}{name}", total / *unit as f64))
}

enum Fault {
    Malformed,
    TooLarge(&'static str, &'static str),
}

const TOO_LARGE_FLOAT: Fault = Fault::TooLarge("a `float`", "`1.7976931348623157e308`");

fn number<'a>(text: &str) -> Result<ValueKind<'a>, Fault> {
    let digits = text.trim_start_matches('-');
    let whole = digits.bytes().all(|byte| byte.is_ascii_digit());
    if whole {
        return match (text.parse(), text.parse()) {
            (Ok(int), _) => Ok(ValueKind::Int(int)),
            (Err(_), Ok(float)) if f64::is_finite(float) => Ok(ValueKind::Large(float)),
            _ => Err(TOO_LARGE_FLOAT),
        };
    }
    let unit_at = digits
        .find(|character: char| !character.is_ascii_digit())
        .unwrap_or(digits.len());
    let (count, suffix) = digits.split_at(unit_at);
    if let Some((_, unit)) = UNITS.iter().find(|(name, _)| *name == suffix) {
        if text.starts_with('-') {
            return Err(Fault::Malformed);
        }
        let length = count.parse::<u64>().ok();
        return length
            .and_then(|length| length.checked_mul(*unit))
            .map(ValueKind::Duration)
            .ok_or(Fault::TooLarge("a `duration`", "`213503d`"));
    }
    match text.parse::<f64>() {
        Ok(float) if float.is_finite() => Ok(ValueKind::Float(float)),
        Ok(_) => Err(TOO_LARGE_FLOAT),
        Err(_) => Err(Fault::Malformed),
    }
}

/// How long the escape is that a text begins with.
fn escape_length(text: &str) -> usize {
    let rest = text.get(1..).unwrap_or_default();
    if rest.starts_with('x') {
        let digits = rest.chars().skip(1).take(2);
        return 2 + digits.take_while(char::is_ascii_hexdigit).count();
    }
    if rest.starts_with("u{") {
        return rest.find('}').map_or(2, |end| end + 2);
    }
    1 + rest.chars().next().map_or(0, char::len_utf8)
}

fn unescaped(escape: &str) -> Option<char> {
    Some(match escape.get(1..)? {
        "n" => '\n',
        "r" => '\r',
        "t" => '\t',
        "0" => '\0',
        "\\" => '\\',
        "\"" => '"',
        "'" => '\'',
        other => {
            if let Some(hex) = other.strip_prefix('x') {
                let byte = u8::from_str_radix(hex, 16).ok()?;
                return (hex.len() == 2 && byte.is_ascii()).then_some(char::from(byte));
            }
            let hex: String = other
                .strip_prefix("u{")?
                .strip_suffix('}')?
                .chars()
                .filter(|character| *character != '_')
                .collect();
            if hex.is_empty() || hex.len() > 6 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit())
            {
                return None;
            }
            return char::from_u32(u32::from_str_radix(&hex, 16).ok()?);
        }
    })
}
