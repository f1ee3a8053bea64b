//! Reports for services that gather findings: SARIF 2.1.0.

use std::path::MAIN_SEPARATOR;

use inflight_dsl::position::LineIndex;
use inflight_dsl::span::Span;
use inflight_dsl::{Code, Diagnostic, Severity};
use serde_json::{Result, Value, json};

use crate::source::Source;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// One run over all files. `complete` says whether all that were named could be read.
pub(crate) fn report(sources: &[&Source], complete: bool) -> Result<String> {
    let all = sources.iter().flat_map(|it| &it.compiled.diagnostics);
    let mut rules: Vec<Code> = all.map(|diagnostic| diagnostic.code).collect();
    rules.sort_unstable();
    rules.dedup();
    let results: Vec<Value> = sources
        .iter()
        .flat_map(|source| {
            let file = File::new(source);
            let found = source.compiled.diagnostics.iter();
            let results = found.map(|diagnostic| file.result(&rules, diagnostic));
            results.collect::<Vec<_>>()
        })
        .collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "inflight",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().copied().map(rule).collect::<Vec<_>>(),
            } },
            "invocations": [{ "executionSuccessful": complete }],
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    Ok(serde_json::to_string_pretty(&log)? + "\n")
}

fn rule(code: Code) -> Value {
    json!({
        "id": code.as_str(),
        "shortDescription": { "text": code.summary() },
        "help": { "text": code.page(), "markdown": code.page() },
        "defaultConfiguration": { "level": code.severity().as_str() },
    })
}

/// A file in which something was found.
struct File<'a> {
    uri: String,
    lines: LineIndex<'a>,
}

impl<'a> File<'a> {
    fn new(source: &'a Source) -> Self {
        Self {
            uri: uri(&source.name),
            lines: LineIndex::new(&source.text),
        }
    }

    fn result(&self, rules: &[Code], diagnostic: &Diagnostic) -> Value {
        let rule = rules.binary_search(&diagnostic.code).unwrap_or_default();
        let text = match &diagnostic.help {
            Some(help) => format!("{}\nhelp: {help}", diagnostic.message),
            None => diagnostic.message.clone(),
        };
        let related = diagnostic.related.iter();
        let related: Vec<Value> = (1..)
            .zip(related)
            .map(|(id, label)| {
                let place = self.place(label.span);
                json!({ "id": id, "message": { "text": label.text }, "physicalLocation": place })
            })
            .collect();
        json!({
            "ruleId": diagnostic.code.as_str(),
            "ruleIndex": rule,
            "level": level(diagnostic.severity),
            "message": { "text": text },
            "locations": [{ "physicalLocation": self.place(diagnostic.span) }],
            "relatedLocations": related,
            "fixes": self.fix(diagnostic).into_iter().collect::<Vec<_>>(),
        })
    }

    /// The edit that mends it, if that is known.
    fn fix(&self, diagnostic: &Diagnostic) -> Option<Value> {
        let replacement = json!({
            "deletedRegion": self.region(diagnostic.span),
            "insertedContent": { "text": diagnostic.replacement.as_ref()? },
        });
        let change = json!({
            "artifactLocation": { "uri": self.uri },
            "replacements": [replacement],
        });
        Some(json!({
            "description": { "text": diagnostic.help.as_ref()? },
            "artifactChanges": [change],
        }))
    }

    fn place(&self, span: Span) -> Value {
        json!({ "artifactLocation": { "uri": self.uri }, "region": self.region(span) })
    }

    fn region(&self, span: Span) -> Value {
        let start = self.lines.position(span.start);
        let end = self.lines.position(span.end);
        json!({
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        })
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Warning => "warning",
        _ => "error",
    }
}

/// A path as a reference: relative stays relative, and all that has a meaning there is
/// written in hexadecimal.
fn uri(path: &str) -> String {
    let path = path.replace(MAIN_SEPARATOR, "/");
    let mut uri = String::new();
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_are_references() {
        let check = |path, expect| assert_eq!(uri(path), expect);
        check("workflows/unit.workflow", "workflows/unit.workflow");
        check(
            "../a b#c?d%e:f.workflow",
            "../a%20b%23c%3Fd%25e%3Af.workflow",
        );
        check("/srv/tür.workflow", "file:///srv/t%C3%BCr.workflow");
        check("<stdin>", "%3Cstdin%3E");
    }
}
