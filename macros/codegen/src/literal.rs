//! String literals of Rust.

use proc_macro2::{Delimiter, Literal, TokenTree};
use rustc_literal_escaper::unescape_str;

/// A string literal, perhaps one that a `macro_rules!` macro handed on.
pub(crate) fn string(token: &TokenTree) -> Option<(Literal, String)> {
    match token {
        TokenTree::Literal(literal) => Some((literal.clone(), value(&literal.to_string())?)),
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
            let mut tokens = group.stream().into_iter();
            let (only, None) = (tokens.next()?, tokens.next()) else {
                return None;
            };
            string(&only)
        }
        _ => None,
    }
}

/// What the text of a literal stands for, if that is a string.
fn value(literal: &str) -> Option<String> {
    if let Some(raw) = literal.strip_prefix('r') {
        let text = raw.trim_matches('#');
        return Some(text.strip_prefix('"')?.strip_suffix('"')?.to_owned());
    }
    let escaped = literal.strip_prefix('"')?.strip_suffix('"')?;
    let mut value = String::with_capacity(escaped.len());
    unescape_str(escaped, |_, unescaped| value.extend(unescaped));
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_has_a_value() {
        let check = |literal: &str, expect: Option<&str>| {
            let token: TokenTree = syn::parse_str(literal).unwrap();
            let value = string(&token).map(|(_, value)| value);
            assert_eq!(value.as_deref(), expect, "{literal}");
        };
        check(r#""unit.workflow""#, Some("unit.workflow"));
        check(r#""a \"b\" \u{e9}\n""#, Some("a \"b\" é\n"));
        check(r##"r"a\b""##, Some("a\\b"));
        check(r###"r#"a "b""#"###, Some("a \"b\""));
        check("b\"bytes\"", None);
        check("3", None);
        check("'c'", None);
        check("unit", None);
    }
}
