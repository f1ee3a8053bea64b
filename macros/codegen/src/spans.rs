//! Where the text that was compiled stands in the user's Rust code.

use std::ops::Range;

use inflight_dsl::span::Span;

/// Translates places in the compiled text to places in Rust code.
pub(crate) enum Spans {
    /// The text is a file of its own: all of it is at the call of the macro.
    File,
    /// The text is tokens of Rust code, in order.
    Tokens(Vec<(Range<usize>, proc_macro2::Span)>),
}

impl Spans {
    /// The place of the first token that a range of the text touches.
    pub(crate) fn of(&self, span: Span) -> proc_macro2::Span {
        self.range(span).0
    }

    /// The places of the first and the last token that a range of the text touches; of
    /// the token before, if it touches none.
    pub(crate) fn range(&self, span: Span) -> (proc_macro2::Span, proc_macro2::Span) {
        let Spans::Tokens(tokens) = self else {
            let call = proc_macro2::Span::call_site();
            return (call, call);
        };
        let first = tokens.partition_point(|(range, _)| range.end <= span.start);
        let end = tokens.partition_point(|(range, _)| range.start < span.end);
        let touched = tokens.get(first..end).unwrap_or_default();
        match (touched.first(), touched.last()) {
            (Some((_, first)), Some((_, last))) => (*first, *last),
            _ => {
                let token = first.checked_sub(1).and_then(|index| tokens.get(index));
                let place = token.map_or_else(proc_macro2::Span::call_site, |(_, place)| *place);
                (place, place)
            }
        }
    }
}
