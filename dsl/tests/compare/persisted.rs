//! What records hold: states, variables, transitions and their inputs.

use crate::check;

/// The base without the state `idle` and what belongs to it; and instead of these, what is
/// given.
fn without_idle<'a>(state: &'a str, wake: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        (
            "    state idle         { revision: int, note: string? }\n",
            state,
        ),
        ("    action look -> idle\n", ""),
        (
            "-> idle(revision: source.revision)",
            "-> started(revision: source.revision)",
        ),
        ("        do look\n", ""),
        (
            "    transition wake: idle -> started(revision: source.revision) { automatic when newer(revision: 3) }\n",
            wake,
        ),
        ("started | idle -> broken", "started -> broken"),
    ]
}

#[test]
fn states() {
    check(
        &[
            (
                "final state removed",
                "final state removed final state lost",
            ),
            (
                "transition mend",
                "transition lose: idle -> lost transition mend",
            ),
        ],
        &[
            "+ final state `lost` is new",
            "+ transition `lose` from `idle` to `lost` is new",
        ],
    );
    check(
        &[("error state broken", "state broken")],
        &["~ state `broken` is no longer an error state"],
    );
    check(
        &[
            ("error state broken", "final state broken"),
            ("    transition mend: broken -> started(revision: 1)\n", ""),
        ],
        &[
            "! ~ transition `remove` no longer leaves `broken` [removed_source: let it leave `broken` until no record has it in flight from there, or give the transition a new name and add `retired transition remove`]",
            "! - transition `mend` from `broken` to `started` is gone [removed_transition: if it was renamed, write `was mend` after its new name; if not, add `retired transition mend`: what has it in flight then stays in its state]",
            "~ state `broken` is now a final state",
        ],
    );
    check(
        &[
            ("initial state new", "state new initial state fresh"),
            (
                "transition mend",
                "transition begin: fresh -> new transition mend",
            ),
        ],
        &[
            "+ initial state `fresh` is new",
            "~ instances now begin in `fresh` instead of `new`",
            "+ transition `begin` from `fresh` to `new` is new",
        ],
    );
    check(
        &[
            ("state idle ", "state resting "),
            ("look -> idle", "look -> resting"),
            ("started -> idle(", "started -> resting("),
            ("wake: idle", "wake: resting"),
            ("| idle ->", "| resting ->"),
        ],
        &[
            "! - state `idle` is gone [removed_state: if it was renamed, write `state resting was idle`; if not, say where its records lead: `retired state idle { revision: int, note: string? } -> STATE`]",
            "+ state `resting` is new",
            "~ transition `rest` now leads to `resting` instead of `idle`",
            "~ transition `wake` now leaves `resting` instead of `idle`",
            "~ transition `break_down` now leaves `resting` instead of `idle`",
            "~ action `look` now supplies `note` of `resting` instead of `note` of `idle`",
        ],
    );
    check(
        &[
            ("state idle ", "state resting was idle "),
            ("look -> idle", "look -> resting"),
            ("started -> idle(", "started -> resting("),
            ("wake: idle", "wake: resting"),
            ("| idle ->", "| resting ->"),
        ],
        &["= state `idle` is now called `resting`"],
    );
}

#[test]
fn states_that_are_gone() {
    check(
        &without_idle("", ""),
        &[
            "! - state `idle` is gone [removed_state: if it was renamed, write `was idle` after its new name; if not, say where its records lead: `retired state idle { revision: int, note: string? } -> STATE`]",
            "! - transition `wake` from `idle` to `started` is gone [removed_transition: if it was renamed, write `was wake` after its new name; if not, add `retired transition wake`: what has it in flight then stays in its state]",
            "~ transition `rest` now leads to `started` instead of `idle`",
            "~ transition `rest` no longer runs `look`",
            "- action `look` is gone",
        ],
    );
    check(
        &without_idle(
            "    retired state idle { revision: int } -> started(revision: source.revision)\n",
            "    retired transition wake\n",
        ),
        &[
            "- state `idle` is retired: its records load as `started`",
            "~ transition `rest` now leads to `started` instead of `idle`",
            "~ transition `rest` no longer runs `look`",
            "- transition `wake` from `idle` to `started` is gone, and retired",
            "- action `look` is gone",
        ],
    );
    check(
        &without_idle(
            "    retired state idle { number: int } -> removed\n",
            "    retired transition wake\n",
        ),
        &[
            "! + retired state `idle` has the new variable `number: int` [added_variable: give it a default, as in `number: int = 0`, or make it `number: int?`]",
            "! ~ transition `break_down` does not leave `removed`, which records of the retired state `idle` load as [removed_source: let it leave `removed`, or give the transition a new name and add `retired transition break_down`]",
            "! ~ transition `remove` does not leave `removed`, which records of the retired state `idle` load as [removed_source: let it leave `removed`, or give the transition a new name and add `retired transition remove`]",
            "- state `idle` is retired: its records load as `removed`",
            "~ transition `rest` now leads to `started` instead of `idle`",
            "~ transition `rest` no longer runs `look`",
            "- transition `wake` from `idle` to `started` is gone, and retired",
            "- action `look` is gone",
        ],
    );
    check(
        &[
            without_idle("", ""),
            vec![("state started ", "state started was idle ")],
        ]
        .concat(),
        &[
            "! - state `started` no longer has the variable `note` [removed_variable: if it was renamed, write `was note` after its new name; if not, keep `note: string?`, or give the state a new name and add `retired state started { .. } -> NEW(..)`]",
            "! - transition `wake` from `idle` to `started` is gone [removed_transition: if it was renamed, write `was wake` after its new name; if not, add `retired transition wake`: what has it in flight then stays in its state]",
            "- state `idle` is now one with `started`",
            "~ transition `rest` now leads to `started` instead of `idle`",
            "~ transition `rest` no longer runs `look`",
            "- action `look` is gone",
        ],
    );
}

#[test]
fn variables_and_inputs() {
    check(
        &[(
            "note: string?",
            "note: string?, since: timestamp?, tries: int, at: timestamp",
        )],
        &[
            "! + state `idle` has the new variable `tries: int` [added_variable: give it a default, as in `tries: int = 0`, or make it `tries: int?`]",
            "! + state `idle` has the new variable `at: timestamp` [added_variable: make it `at: timestamp?`, or give the state a new name and add `retired state idle { .. } -> NEW(..)`]",
            "+ state `idle` has the new variable `since: timestamp?`",
            "~ action `look` now also supplies `since`, `tries` and `at` of `idle`",
        ],
    );
    check(
        &[("note: string?", "note: string?, tries: int = 0")],
        &[
            "+ state `idle` has the new variable `tries: int = 0`",
            "~ action `look` now also supplies `tries` of `idle`",
        ],
    );
    check(
        &[
            ("{ revision: int, note: string? }", "{ revision: int }"),
            ("action look -> idle\n", ""),
            ("do look", ""),
        ],
        &[
            "! - state `idle` no longer has the variable `note` [removed_variable: if it was renamed, write `was note` after its new name; if not, keep `note: string?`, or give the state a new name and add `retired state idle { .. } -> NEW(..)`]",
            "~ transition `rest` no longer runs `look`",
            "- action `look` is gone",
        ],
    );
    check(
        &[
            ("failed { reason: string }", "failed { why: string }"),
            ("failed(reason: failure)", "failed(why: failure)"),
        ],
        &[
            "! + state `failed` has the new variable `why: string` [added_variable: give it a default, as in `why: string = \"\"`, or make it `why: string?`]",
            "! - state `failed` no longer has the variable `reason` [removed_variable: if it was renamed, write `why was reason: string`; if not, keep `reason: string`, or give the state a new name and add `retired state failed { .. } -> NEW(..)`]",
            "~ error transition `install_failed` sets the new `why` to `failure`",
        ],
    );
    check(
        &[
            (
                "failed { reason: string }",
                "failed { why was reason: string }",
            ),
            ("failed(reason: failure)", "failed(why: failure)"),
        ],
        &["= variable `reason` of state `failed` is now called `why`"],
    );
    check(
        &[("note: string?", "note: json")],
        &["~ variable `note` of state `idle` is now `json` instead of `string?`"],
    );
    check(
        &[("note: string?", "note: int?")],
        &[
            "! ~ variable `note` of state `idle` is now `int?` instead of `string?` [retyped_variable: keep `note: string?`, or give the state a new name and add `retired state idle { .. } -> NEW(..)`]",
        ],
    );
    check(
        &[
            ("break_down(reason: string)", "break_down(reason: string?)"),
            (
                "error state broken { reason: string }",
                "error state broken { reason: string? }",
            ),
        ],
        &[
            "~ variable `reason` of state `broken` is now `string?` instead of `string`",
            "~ input `reason` of transition `break_down` is now `string?` instead of `string`",
        ],
    );
    check(
        &[
            (
                "break_down(reason: string)",
                "break_down(reason: string, code: int)",
            ),
            (
                "broken { reason: string }",
                "broken { reason: string, code: int = 7 }",
            ),
            (
                "break_down(reason: failure)",
                "break_down(reason: failure, code: 1)",
            ),
        ],
        &[
            "! + transition `break_down` has the new input `code: int` [added_variable: make it `code: int?`, or give the transition a new name and add `retired transition break_down`]",
            "+ state `broken` has the new variable `code: int = 7`",
        ],
    );
    check(
        &[
            (
                "started      { revision: int }",
                "started { number was revision: int }",
            ),
            (
                "-> started(revision: source.revision)",
                "-> started(number: source.revision)",
            ),
            (
                "install(revision: int)",
                "install(number was revision: int)",
            ),
            (
                "started -> started {",
                "started -> started(number: revision) {",
            ),
            (
                "idle(revision: source.revision)",
                "idle(revision: source.number)",
            ),
            ("started(revision: 1)", "started(number: 1)"),
        ],
        &[
            "= variable `revision` of state `started` is now called `number`",
            "= input `revision` of transition `install` is now called `number`",
        ],
    );
}

#[test]
fn former_names() {
    check(
        &[
            ("state started ", "state started was running | going "),
            (
                "transition mend",
                "retired state old { x: int } -> removed transition mend was fix",
            ),
            (
                "transition remove",
                "retired transition gone transition remove",
            ),
        ],
        &[
            "~ records of the former state `running` now load as `started`",
            "~ records of the former state `going` now load as `started`",
            "~ records of the former state `old` now load as `removed`",
            "~ records of the former transition `fix` now load as `mend`",
            "~ records of the former transition `gone` now load with nothing in flight",
        ],
    );
}

#[test]
fn workflows() {
    check(
        &[("workflow unit", "workflow other")],
        &[
            "+ workflow `other` is new",
            "! - workflow `unit` is gone [removed_workflow: keep its name: instances are stored under it; drop a workflow after its last instance]",
        ],
    );
}
