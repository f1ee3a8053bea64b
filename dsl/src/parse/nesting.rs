//! Refuses what nests too deeply, before the parser recurses into it.

use super::token::{TokenKind, tokens};
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::span::Span;

/// How deep braces, and types within a type, may nest.
const DEPTH: usize = 32;

/// The first place where braces or types nest deeper than [`DEPTH`].
pub(super) fn too_deep(source: &str) -> Option<Diagnostic> {
    let mut braces: Vec<Span> = Vec::new();
    let mut angles = 0;
    for (kind, span) in tokens(source) {
        if kind != TokenKind::Symbol {
            continue;
        }
        match span.text(source) {
            "{" => {
                if braces.len() == DEPTH {
                    let refused = Diagnostic::error(
                        Code::TooDeep,
                        span,
                        format!("braces nest deeper than {DEPTH} levels"),
                    )
                    .label("one too many")
                    .help("close the braces before this one");
                    return Some(match braces.last() {
                        Some(outer) => refused.related(*outer, "inside this one"),
                        None => refused,
                    });
                }
                braces.push(span);
                angles = 0;
            }
            "}" => {
                braces.pop();
                angles = 0;
            }
            "<" => {
                if angles == DEPTH {
                    return Some(
                        Diagnostic::error(
                            Code::TooDeep,
                            span,
                            format!("types nest deeper than {DEPTH} levels"),
                        )
                        .label("one too many")
                        .help("use `json` for what has no fixed shape"),
                    );
                }
                angles += 1;
            }
            ">" => angles = angles.saturating_sub(1),
            "(" | ")" | ":" => angles = 0,
            _ => {}
        }
    }
    None
}
