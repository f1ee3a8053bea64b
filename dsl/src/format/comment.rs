//! The comments between two tokens.

/// A comment that is no doc comment.
#[derive(Debug)]
pub(super) struct Comment<'a> {
    /// Its text, `//` included.
    pub(super) text: &'a str,
    /// Whether it stands on the line of the token before it.
    pub(super) beside: bool,
    /// Whether there is a blank line before it.
    pub(super) apart: bool,
}

/// What stands between two tokens.
#[derive(Debug, Default)]
pub(super) struct Gap<'a> {
    pub(super) comments: Vec<Comment<'a>>,
    /// Whether there is a blank line before the second token.
    pub(super) apart: bool,
}

impl<'a> Gap<'a> {
    /// Reads from the end of a token up to the next one.
    pub(super) fn after(source: &'a str, offset: usize) -> Gap<'a> {
        let mut rest = source.get(offset..).unwrap_or_default();
        let mut comments = Vec::new();
        // Nothing stands before the first line of a file.
        let mut lines = usize::from(offset == 0);
        if offset == 0 {
            rest = rest.trim_start_matches('\u{feff}');
        }
        loop {
            if let Some(after) = rest.strip_prefix("\r\n") {
                lines += 1;
                rest = after;
            } else if let Some(after) = rest.strip_prefix(['\n', '\r']) {
                lines += 1;
                rest = after;
            } else if let Some(after) = rest.strip_prefix([' ', '\t']) {
                rest = after;
            } else if is_comment(rest) {
                let length = rest.find(['\r', '\n']).unwrap_or(rest.len());
                let (text, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
                comments.push(Comment {
                    text: text.trim_end(),
                    beside: lines == 0,
                    apart: lines > 1,
                });
                lines = 0;
                rest = after;
            } else {
                break;
            }
        }
        Gap {
            comments,
            apart: lines > 1,
        }
    }
}

fn is_comment(rest: &str) -> bool {
    let doc = rest.starts_with("//!") || rest.starts_with("///") && !rest.starts_with("////");
    rest.starts_with("//") && !doc
}
