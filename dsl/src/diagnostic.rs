//! What the compiler has to say about a text.

use crate::code::Code;
use crate::span::Span;
use std::fmt;

#[cfg(feature = "miette")]
mod fancy;

/// One mistake or warning, where it is, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What it is about; stable across versions.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: String,
    /// The smallest piece of text responsible.
    pub span: Span,
    /// What to write under that text.
    pub label: String,
    /// Other places that have to do with it, such as the first of two equal names.
    pub related: Vec<Label>,
    /// What to write instead.
    pub help: Option<String>,
    /// The text that mends it in the place of `span`, where that is known to the letter.
    pub replacement: Option<String>,
}

/// A remark on a place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// The remark.
    pub text: String,
}

/// How bad a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Severity {
    /// There is no model as long as it stands.
    Error,
    /// What a reviewer would ask about. It stops nothing.
    Warning,
}

impl Severity {
    /// The word shown to people and written to JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Diagnostic {}

impl Diagnostic {
    pub(crate) fn error(code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Severity::Error, code, span, message)
    }

    pub(crate) fn warning(code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Severity::Warning, code, span, message)
    }

    fn new(severity: Severity, code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity,
            message: message.into(),
            span,
            label: String::new(),
            related: Vec::new(),
            help: None,
            replacement: None,
        }
    }

    pub(crate) fn label(mut self, label: impl Into<String>) -> Diagnostic {
        self.label = label.into();
        self
    }

    pub(crate) fn related(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        self.related.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// Says in words what to write instead.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self.replacement = None;
        self
    }

    pub(crate) fn maybe_help(self, help: Option<String>) -> Diagnostic {
        match help {
            Some(help) => self.help(help),
            None => self,
        }
    }

    /// Says what to write in the place of what is wrong.
    pub(crate) fn replace_by(self, text: &str) -> Diagnostic {
        let mut told = self.help(format!("write `{text}`"));
        told.replacement = Some(text.to_string());
        told
    }

    /// Asks whether another word was meant.
    pub(crate) fn maybe_meant(self, word: Option<&str>) -> Diagnostic {
        let Some(word) = word else {
            return self;
        };
        let mut asked = self.help(format!("did you mean `{word}`?"));
        asked.replacement = Some(word.to_string());
        asked
    }
}

/// Gathers the diagnostics of all stages.
#[derive(Debug, Default)]
#[must_use = "what was reported must be shown"]
pub(crate) struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds a remark to what was reported last.
    pub(crate) fn remark(&mut self, span: Span, text: &str) {
        if let Some(last) = self.0.pop() {
            self.0.push(last.related(span, text));
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes back what the predicate does not hold for.
    pub(crate) fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.0.retain(keep);
    }

    /// Everything reported, by place in the text.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        self.0.sort_by_key(|diagnostic| diagnostic.span.start);
        self.0
    }
}

#[cfg(all(test, feature = "miette"))]
mod tests {
    use miette::Diagnostic as _;

    #[test]
    fn miette_gets_code_place_and_help() {
        let source = "workflow w { initial state a final state b transition go: a -> bb transition go: a -> b }";
        let diagnostics = crate::compile(source).diagnostics;
        let shown: Vec<String> = diagnostics
            .iter()
            .map(|diagnostic| {
                let labels = diagnostic.labels().unwrap().map(|label| {
                    let text = &source[label.offset()..label.offset() + label.len()];
                    format!("{text}@{} {}", label.offset(), label.label().unwrap())
                });
                format!(
                    "{}: {}: {}: {}",
                    diagnostic.code().unwrap(),
                    diagnostic,
                    labels.collect::<Vec<_>>().join(", "),
                    diagnostic.help().unwrap()
                )
            })
            .collect();
        insta::assert_snapshot!(shown.join("\n"), @r#"
        unknown_state: there is no state `bb`: bb@63 unknown: did you mean `b`?
        duplicate_transition: there are two transitions named `go`: go@77 the second, go@54 the first: rename one of them, or drop it
        "#);
        assert!(
            diagnostics
                .iter()
                .all(|one| one.severity() == Some(miette::Severity::Error))
        );
    }
}
