//! What `miette` needs to draw a diagnostic.

use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::span::Span;
use miette::{LabeledSpan, SourceSpan};
use std::fmt;

impl miette::Diagnostic for Diagnostic {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        match self.severity {
            Severity::Error => Some(miette::Severity::Error),
            Severity::Warning => Some(miette::Severity::Warning),
        }
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let help = self.help.as_ref()?;
        Some(Box::new(help))
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let here = Some(self.label.clone()).filter(|label| !label.is_empty());
        let here = LabeledSpan::new_primary_with_span(here, source_span(self.span));
        let others = self.related.iter().map(|Label { span, text }| {
            LabeledSpan::new_with_span(Some(text.clone()), source_span(*span))
        });
        Some(Box::new(std::iter::once(here).chain(others)))
    }
}

fn source_span(span: Span) -> SourceSpan {
    (span.start, span.end.saturating_sub(span.start)).into()
}
