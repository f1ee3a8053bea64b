//! How names are spelt.

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::syntax::Word;
use std::collections::HashMap;

/// Words with a meaning of their own wherever a name may stand.
const RESERVED: [&str; 7] = ["not", "failure", "source", "same", "true", "false", "null"];

/// Words that Rust cannot spell as a name, not even as a raw one.
const UNSPELLABLE: [&str; 4] = ["self", "super", "crate", "Self"];

/// A name is ASCII `snake_case`, is none of the reserved words, and can be spelt in Rust.
/// Of one that is not `snake_case`, what it should be, if that is known.
pub(super) fn check(
    name: Word<'_>,
    kind: &str,
    diagnostics: &mut Diagnostics,
) -> Option<Option<String>> {
    let text = name.text;
    if RESERVED.contains(&text) {
        diagnostics.report(
            Diagnostic::error(
                Code::ReservedName,
                name.span,
                format!(
                    "`{text}` is reserved and cannot name {} {kind}",
                    article(kind)
                ),
            )
            .label("reserved")
            .help(format!(
                "choose another name, such as `{}`",
                other(text, kind)
            )),
        );
    } else if UNSPELLABLE.contains(&text) || text.bytes().all(|byte| byte == b'_') {
        diagnostics.report(
            Diagnostic::error(
                Code::UnspellableName,
                name.span,
                format!(
                    "Rust cannot spell `{text}` as the name of {} {kind}",
                    article(kind)
                ),
            )
            .label("not a name in Rust")
            .help(format!(
                "choose another name, such as `{}`",
                other(text, kind)
            )),
        );
    } else if !is_snake_case(text) {
        let better = snake_case(text);
        let refused = RESERVED.contains(&better.as_str()) || UNSPELLABLE.contains(&better.as_str());
        let wrong = Diagnostic::error(
            Code::NotSnakeCase,
            name.span,
            format!("`{text}` is not `snake_case`"),
        )
        .label("names are ASCII `snake_case`");
        diagnostics.report(if !text.is_ascii() {
            wrong.help("spell it with the letters `a` to `z`, digits and `_`")
        } else if refused {
            wrong.help(format!(
                "choose another name, such as `{}`",
                other(&better, kind)
            ))
        } else if is_snake_case(&better) {
            wrong.replace_by(&better)
        } else {
            wrong.help("begin it with a letter")
        });
        let is_known = text.is_ascii() && !refused && is_snake_case(&better);
        return Some(is_known.then_some(better));
    }
    None
}

fn article(kind: &str) -> &'static str {
    if kind.starts_with(['a', 'i']) {
        "an"
    } else {
        "a"
    }
}

/// A name like one that is refused.
fn other(refused: &str, kind: &str) -> String {
    match refused.trim_matches('_') {
        "" => format!("my_{kind}"),
        name => format!("{}_{kind}", name.to_ascii_lowercase()),
    }
}

/// What stands beside the names in the generated enums.
const GENERATED: &str = "ALL";

/// No two names are one in `PascalCase`, which is how Rust gets them, and none is that
/// of a generated item.
pub(super) fn collisions<'a>(
    names: impl Iterator<Item = Word<'a>>,
    kind: &str,
    diagnostics: &mut Diagnostics,
) {
    let mut seen: HashMap<String, Word<'a>> = HashMap::new();
    for name in names.filter(|name| is_snake_case(name.text)) {
        let rust = pascal_case(name.text);
        if rust == GENERATED {
            diagnostics.report(
                Diagnostic::error(
                    Code::CollidingNames,
                    name.span,
                    format!("`{}` is `{rust}` in Rust, which is generated", name.text),
                )
                .label("taken")
                .help(format!("rename the {kind}")),
            );
        }
        match seen.get(&rust) {
            Some(first) if first.text != name.text => diagnostics.report(
                Diagnostic::error(
                    Code::CollidingNames,
                    name.span,
                    format!(
                        "the {kind} names `{}` and `{}` are both `{rust}` in Rust",
                        first.text, name.text
                    ),
                )
                .label(format!("`{rust}` again"))
                .related(first.span, format!("the first `{rust}`"))
                .help("rename one of them"),
            ),
            Some(_) => {}
            None => {
                seen.insert(rust, name);
            }
        }
    }
}

/// The crate whose macro compiles workflows.
const CRATE: &str = "inflight";

/// A workflow becomes a module beside `inflight::workflow!`: with the name of the crate
/// it would make that path ambiguous.
pub(super) fn shadows(workflow: Word<'_>, diagnostics: &mut Diagnostics) {
    if workflow.text == CRATE {
        diagnostics.report(
            Diagnostic::error(
                Code::CollidingNames,
                workflow.span,
                format!("`{CRATE}` is the name of a crate in Rust"),
            )
            .label("taken")
            .help("rename the workflow"),
        );
    }
}

/// Lower-case letters and digits, beginning with a letter, joined by single `_`.
fn is_snake_case(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.split('_').all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

/// `HTTPServer2_up` as `http_server2_up`.
fn snake_case(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut snake = String::new();
    for (index, letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| letters.get(before));
        let after = letters.get(index + 1);
        let begins = letter.is_ascii_uppercase()
            && before.is_some_and(|before| {
                !before.is_ascii_uppercase() || after.is_some_and(char::is_ascii_lowercase)
            });
        if begins {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    let parts: Vec<&str> = snake.split('_').filter(|part| !part.is_empty()).collect();
    parts.join("_")
}

/// `http_server` as `HttpServer`.
fn pascal_case(name: &str) -> String {
    name.split('_')
        .flat_map(|part| {
            let mut letters = part.chars();
            let first = letters.next().map(|first| first.to_ascii_uppercase());
            first.into_iter().chain(letters)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_a_snake_case_form() {
        let check = |name, expect| assert_eq!(snake_case(name), expect);
        check("Installed", "installed");
        check("retryHook", "retry_hook");
        check("HTTPServer2_up", "http_server2_up");
        check("_a__b_", "a_b");
        check("UP", "up");
    }

    #[test]
    fn only_snake_case_is_snake_case() {
        let check = |name, expect| assert_eq!(is_snake_case(name), expect, "{name}");
        check("a", true);
        check("a_1", true);
        check("a1_b", true);
        check("a__b", false);
        check("_a", false);
        check("a_", false);
        check("1a", false);
        check("aB", false);
    }
}
