//! What is wrong with a text, in the protocol's form.

use lsp_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, NumberOrString,
};

use inflight_dsl::{Diagnostic as Mistake, Severity};

use super::client::Client;
use super::document::Open;

/// All mistakes of a text.
pub(super) fn diagnostics(open: &Open, client: Client) -> Vec<Diagnostic> {
    let mistakes = &open.document().compiled().diagnostics;
    mistakes
        .iter()
        .map(|mistake| diagnostic(open, client, mistake))
        .collect()
}

/// One mistake. The protocol has no place for help, so it stands below the message.
pub(super) fn diagnostic(open: &Open, client: Client, mistake: &Mistake) -> Diagnostic {
    let message = match &mistake.help {
        Some(help) => format!("{}\nhelp: {help}", mistake.message),
        None => mistake.message.clone(),
    };
    let related = mistake
        .related
        .iter()
        .map(|label| DiagnosticRelatedInformation {
            location: open.location(label.span),
            message: label.text.clone(),
        });
    let related: Vec<_> = related.filter(|_| client.related).collect();
    let code = mistake.code.as_str();
    Diagnostic {
        range: open.range(mistake.span),
        severity: Some(severity(mistake.severity)),
        code: Some(NumberOrString::String(code.into())),
        source: Some("inflight".into()),
        message,
        related_information: (!related.is_empty()).then_some(related),
        tags: (code.starts_with("unused_")).then(|| vec![DiagnosticTag::UNNECESSARY]),
        ..Diagnostic::default()
    }
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        _ => DiagnosticSeverity::WARNING,
    }
}
