//! What runs: transitions, error paths, and what users implement.

use crate::check;

#[test]
fn transitions() {
    check(
        &[("transition mend", "transition repair")],
        &[
            "! - transition `mend` from `broken` to `started` is gone [removed_transition: if it was renamed, write `transition repair was mend`; if not, add `retired transition mend`: what has it in flight then stays in its state]",
            "+ transition `repair` from `broken` to `started` is new",
        ],
    );
    check(
        &[("transition mend", "transition repair was mend")],
        &["= transition `mend` is now called `repair`"],
    );
    check(
        &[(
            "transition mend",
            "retired transition mend transition repair",
        )],
        &[
            "+ transition `repair` from `broken` to `started` is new",
            "- transition `mend` from `broken` to `started` is gone, and retired",
        ],
    );
    check(
        &[("new | failed", "new | failed | broken")],
        &["~ transition `install` now also leaves `broken`"],
    );
    check(
        &[
            ("new | failed", "new"),
            ("* -> removed", "failed | started -> removed"),
        ],
        &[
            "! ~ transition `install` no longer leaves `failed` [removed_source: let it leave `failed` until no record has it in flight from there, or give the transition a new name and add `retired transition install`]",
            "! ~ transition `install_failed` no longer leaves `failed` [removed_source: let it leave `failed` until no record has it in flight from there, or give the transition a new name and add `retired transition install_failed`]",
            "! ~ transition `remove` no longer leaves `new`, `idle` and `broken` [removed_source: let it leave `new`, `idle` and `broken` until no record has it in flight from there, or give the transition a new name and add `retired transition remove`]",
        ],
    );
    check(
        &[(
            "broken -> started(revision: 1)",
            "broken -> started(revision: 2)",
        )],
        &["~ transition `mend` now sets `revision` to `2` instead of `1`"],
    );
    let noted = (
        "started      { revision: int }",
        "started { revision: int, note: string? }",
    );
    check(
        &[noted],
        &[
            "+ state `started` has the new variable `note: string?`",
            "~ transition `upgrade` sets the new `note` to `null`",
            "~ transition `wake` sets the new `note` to `null`",
        ],
    );
    check(
        &[
            noted,
            (
                "started -> started {",
                "started -> started(note: source.note) {",
            ),
        ],
        &[
            "+ state `started` has the new variable `note: string?`",
            "~ transition `upgrade` sets the new `note` to `source.note`",
            "~ transition `wake` sets the new `note` to `null`",
        ],
    );
    check(
        &[("broken -> started(revision: 1)", "broken -> new")],
        &["~ transition `mend` now leads to `new` instead of `started`"],
    );
    check(
        &[(
            "started(revision: source.revision) { automatic",
            "same { automatic",
        )],
        &["~ transition `wake` now stays where it is instead of leading to `started`"],
    );
    check(
        &[("{ automatic when newer(revision: 3) }", "{ after 10m }")],
        &[
            "~ transition `wake` is no longer automatic",
            "~ transition `wake` now has `after 10m`",
            "~ transition `wake` no longer needs `when newer(revision: 3)`",
        ],
    );
    check(
        &[("newer(revision: 3)", "newer(revision: 4)")],
        &[
            "~ transition `wake` now needs `when newer(revision: 4)` instead of `when newer(revision: 3)`",
        ],
    );
    check(
        &[
            (
                "when newer(revision: revision)",
                "when not newer(revision: revision)",
            ),
            ("alias go", "alias sleep"),
        ],
        &[
            "~ transition `upgrade` now needs `when not newer(revision: revision)` instead of `when newer(revision: revision)`",
            "~ transition `rest` now has `alias sleep` instead of `alias go`",
        ],
    );
    check(
        &[(
            "        alias go\n",
            "        retry 3 backoff 1s..30s timeout 5m on interrupt ask\n",
        )],
        &[
            "~ transition `rest` no longer has `alias go`",
            "~ transition `rest` now has `retry 3 backoff 1s..30s`",
            "~ transition `rest` now has `timeout 5m`",
            "~ transition `rest` now has `on interrupt ask`",
        ],
    );
    check(
        &[(
            "rest: started -> idle(revision: source.revision)",
            "rest: started -> idle",
        )],
        &[
            "~ transition `rest` now sets `revision` to what its action supplies instead of `source.revision`",
            "~ action `look` now also supplies `revision` of `idle`",
        ],
    );
}

#[test]
fn error_paths() {
    check(
        &[
            ("failed(reason: failure)", "broken(reason: failure)"),
            ("| idle -> broken", "| idle -> failed"),
        ],
        &[
            "~ error path `install_failed` of `install` now leads to `broken` instead of `failed`",
            "~ transition `break_down` now leads to `failed` instead of `broken`",
        ],
    );
    check(
        &[(
            "do install(hooks: false)\n        on error fire break_down(reason: failure)",
            "",
        )],
        &[
            "~ transition `upgrade` no longer runs `install(hooks: false)`",
            "~ transition `upgrade` no longer has the error path `break_down` to `broken`",
        ],
    );
    check(
        &[
            ("do install(hooks: false)", "do install(hooks: true)"),
            ("break_down(reason: failure)", "break_down(reason: \"no\")"),
        ],
        &[
            "~ transition `upgrade` now runs `install(hooks: true)` instead of `install(hooks: false)`",
            "~ transition `upgrade` now fails into `break_down(reason: \"no\")` instead of `break_down(reason: failure)`",
        ],
    );
    check(
        &[(
            "on error fire break_down(reason: failure)",
            "on error upgrade_failed -> broken(reason: failure) { do install(hooks: true) }",
        )],
        &[
            "~ transition `upgrade` now fails into `upgrade_failed` instead of `break_down`",
            "+ transition `upgrade` now has the error path `upgrade_failed` to `broken`",
        ],
    );
    check(
        &[("on error install_failed", "on error install_broke")],
        &[
            "! - transition `install` no longer has the error path `install_failed` to `failed` [removed_transition: if it was renamed, write `on error install_broke was install_failed`; if not, add `retired transition install_failed`: what has it in flight then stays in its state]",
            "+ transition `install` now has the error path `install_broke` to `failed`",
        ],
    );
    check(
        &[(
            "on error install_failed",
            "on error install_broke was install_failed",
        )],
        &["= transition `install_failed` is now called `install_broke`"],
    );
}

#[test]
fn actions_and_guards() {
    check(
        &[
            (
                "action install(hooks: bool)",
                "action install(hooks: bool, force: bool)",
            ),
            ("hooks: true", "hooks: true, force: false"),
            ("hooks: false", "hooks: false, force: false"),
        ],
        &["+ action `install` has the new parameter `force: bool`"],
    );
    check(
        &[
            ("action install(hooks: bool)", "action install(hooks: int)"),
            ("hooks: true", "hooks: 1"),
            ("hooks: false", "hooks: 0"),
        ],
        &["~ parameter `hooks` of action `install` is now `int` instead of `bool`"],
    );
    check(
        &[
            ("guard newer(revision: int)", "guard newer(revision: float)"),
            ("when newer(revision: revision)", ""),
        ],
        &[
            "~ transition `upgrade` no longer needs `when newer(revision: revision)`",
            "~ parameter `revision` of guard `newer` is now `float` instead of `int`",
        ],
    );
    check(
        &[("action look", "action see"), ("do look", "do see")],
        &[
            "~ transition `rest` now runs `see` instead of `look`",
            "+ action `see` is new",
            "- action `look` is gone",
        ],
    );
}

#[test]
fn activities() {
    check(
        &[(
            "    guard newer",
            "    activity watch in started, idle except during upgrade\n activity all in *\n guard newer",
        )],
        &[
            "+ activity `watch` is new: it runs in `started` and `idle`",
            "+ activity `all` is new: it runs in every state",
        ],
    );
}
