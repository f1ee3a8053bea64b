//! Warnings that are turned off where they stand.

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::span::Span;
use crate::suggest::nearest;
use crate::syntax::{Allows, Word};
use std::collections::HashSet;

/// Every code after `allow` is that of a warning.
pub(crate) fn known(allows: &Allows<'_>, diagnostics: &mut Diagnostics) {
    for word in words(allows) {
        match Code::named(word.text).map(Code::severity) {
            Some(Severity::Warning) => {}
            Some(Severity::Error) => diagnostics.report(
                Diagnostic::error(
                    Code::NotAWarning,
                    word.span,
                    format!("`{}` is an error, and cannot be allowed", word.text),
                )
                .label("no warning")
                .help("drop it: `allow` turns warnings off, and errors have to be mended"),
            ),
            None => {
                let codes = Code::ALL.iter().copied();
                let warnings = codes.filter(|code| code.severity() == Severity::Warning);
                diagnostics.report(
                    Diagnostic::error(
                        Code::UnknownCode,
                        word.span,
                        format!("there is no code `{}`", word.text),
                    )
                    .label("unknown")
                    .help(match word.text {
                        "all" | "warnings" => "name each of them: no code is that of all",
                        _ => "write the code that stands beside the warning",
                    })
                    .maybe_meant(nearest(word.text, warnings.map(Code::as_str))),
                );
            }
        }
    }
}

/// Takes back the warnings that are allowed, and says which codes turned nothing off.
pub(crate) fn apply(allows: &Allows<'_>, diagnostics: &mut Diagnostics) {
    let mut used = HashSet::new();
    take_back(allows, &mut used, diagnostics);
    // Those which allow this very warning come last, for they may yet turn one off.
    let of_itself = |word: &Word<'_>| word.text == Code::UnusedAllow.as_str();
    for last in [false, true] {
        for word in words(allows).filter(|word| of_itself(word) == last) {
            if !used.contains(&word.span) {
                unused(word, diagnostics);
            }
        }
        if !last {
            take_back(allows, &mut used, diagnostics);
        }
    }
}

fn take_back(allows: &Allows<'_>, used: &mut HashSet<Span>, diagnostics: &mut Diagnostics) {
    diagnostics.retain(|diagnostic| {
        let allowed = allowing(allows, diagnostic);
        used.extend(allowed);
        allowed.is_none()
    });
}

/// The place of the code that turns a warning off: that of the item, or else of the
/// workflow.
fn allowing(allows: &Allows<'_>, diagnostic: &Diagnostic) -> Option<Span> {
    let at = diagnostic.span.start;
    [&allows.items, &allows.workflows]
        .into_iter()
        .find_map(|list| {
            let before = list.partition_point(|allow| allow.scope.start <= at);
            let allow = list.get(before.checked_sub(1)?)?;
            let mut codes = allow.codes.iter().filter(|_| at < allow.scope.end);
            let code = codes.find(|code| code.text == diagnostic.code.as_str())?;
            Some(code.span)
        })
}

fn unused(word: Word<'_>, diagnostics: &mut Diagnostics) {
    diagnostics.report(
        Diagnostic::warning(
            Code::UnusedAllow,
            word.span,
            format!("nothing here gives the warning `{}`", word.text),
        )
        .label("turns nothing off")
        .help("drop it"),
    );
}

fn words<'a>(allows: &Allows<'a>) -> impl Iterator<Item = Word<'a>> {
    let lists = allows.workflows.iter().chain(&allows.items);
    lists.flat_map(|allow| &allow.codes).copied()
}
