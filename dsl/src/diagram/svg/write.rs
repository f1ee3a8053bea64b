//! The notation of SVG: numbers, text and attributes.

/// A number with at most one decimal, always the same.
pub(in crate::diagram) fn number(value: f64) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    match text {
        "-0" => "0".to_owned(),
        text => text.to_owned(),
    }
}

/// Text between tags.
pub(super) fn text(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// Adds an attribute, unless it is empty.
pub(super) fn attribute(tag: &mut String, name: &str, value: &str) {
    if !value.is_empty() {
        tag.push_str(&format!(" {name}=\"{value}\""));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let check = |value: f64, expect: &str| assert_eq!(number(value), expect);
        check(0.0, "0");
        check(-0.04, "0");
        check(12.0, "12");
        check(12.25, "12.2");
        check(-1.55, "-1.6");
    }
}
