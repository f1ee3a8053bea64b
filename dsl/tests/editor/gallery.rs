//! Every name of the gallery, asked about where it stands.

use std::fs;

use inflight_dsl::editor::{Completion, Document, SymbolKind, edited};

#[path = "../support/files.rs"]
mod files;
use files::workflow_files;

/// The texts of the gallery, with their names.
fn texts() -> Vec<(String, String)> {
    let texts: Vec<_> = workflow_files(&["../examples/gallery"])
        .into_iter()
        .map(|path| {
            (
                path.display().to_string(),
                fs::read_to_string(path).unwrap(),
            )
        })
        .collect();
    assert!(!texts.is_empty());
    texts
}

/// Of so many names one is asked what costs the compilation of another text.
const SAMPLE: usize = 5;

/// Whatever a name stands for is offered where it stands, with the name there and
/// without.
#[test]
fn every_name_is_offered_where_it_is_used() {
    for (name, text) in texts() {
        let document = Document::new(text.as_str());
        let names = document.highlights().into_iter();
        for (number, used) in names.filter(|name| !name.declares).enumerate() {
            let word = &text[used.span.start..used.span.end];
            let offered = document.complete(used.span.end).unwrap();
            assert_eq!(offered.replace, used.span, "{name}: {word}");
            let before = &text[..used.span.start];
            let line = before.lines().last().unwrap_or_default();
            let is_offered = |items: &[Completion]| items.iter().any(|item| item.text == word);
            assert!(is_offered(&offered.items), "{name}: {line}[{word}]");
            // What is declared below is not there yet.
            let declared = document.definitions(used.span.start);
            let above = declared.iter().any(|place| place.start < used.span.start);
            if above && number % SAMPLE == 0 {
                let offered = Document::new(before).complete(before.len()).unwrap();
                assert!(
                    is_offered(&offered.items),
                    "{name}: {line}[{word}] at the end"
                );
            }
        }
    }
}

/// Every name can be changed, and the text means the same: `rename` proves that.
#[test]
fn every_name_can_be_changed() {
    for (name, text) in texts() {
        let document = Document::new(text.as_str());
        let gone = [SymbolKind::RetiredState, SymbolKind::RetiredTransition];
        let names = document.highlights().into_iter();
        let declared = names.filter(|name| name.declares && !gone.contains(&name.kind));
        for declared in declared.step_by(SAMPLE) {
            let word = &text[declared.span.start..declared.span.end];
            let other = format!("{word}_by_another_name");
            let renamed = document.rename_keeping(declared.span.start, &other);
            let edits = renamed.unwrap_or_else(|refused| panic!("{name}: {word}: {refused}"));
            assert!(edited(&text, &edits).contains(&other), "{name}: {word}");
        }
    }
}
