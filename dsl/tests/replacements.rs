//! Where a mistake can be mended by other text in its place, the diagnostic has it.

use inflight_dsl::compile;

/// What is put in place of what, by the one diagnostic that knows it.
fn check(text: &str, expect: Option<(&str, &str)>) {
    let source = format!(
        "workflow w {{ initial state new error state broken {{ reason: string }} action install
        transition fail(reason: string): new -> broken {{ do install }}
        transition mend: broken -> new {text} }}"
    );
    let diagnostics = compile(&source).diagnostics;
    assert!(!diagnostics.is_empty(), "no mistake in {text}");
    let found: Vec<_> = diagnostics
        .iter()
        .filter_map(|one| {
            Some((
                source.get(one.span.start..one.span.end)?,
                one.replacement.as_deref()?,
            ))
        })
        .collect();
    assert_eq!(found, Vec::from_iter(expect), "{text}");
}

#[test]
fn what_is_known_to_the_letter_is_a_replacement() {
    check("transition a: nwe -> same", Some(("nwe", "new")));
    check("transition a: nothing -> same", None);
    check(
        "transition a: new -> same { do instal }",
        Some(("instal", "install")),
    );
    check(
        "transition a: new -> broken(raeson: \"\")",
        Some(("raeson", "reason")),
    );
    check(
        "transition a(n: integer): new -> same",
        Some(("integer", "int")),
    );
    check(
        "transition a(n: boool): new -> same",
        Some(("boool", "bool")),
    );
    check("transition a(n: thing): new -> same", None);
    check("transition upUp: new -> same", Some(("upUp", "up_up")));
    check("transition Same: new -> same", None);
    check(
        "transiton a: new -> same",
        Some(("transiton", "transition")),
    );
    check(
        "transition a: new -> same { automatc }",
        Some(("automatc", "automatic")),
    );
}
