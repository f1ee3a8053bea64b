//! Names that change everywhere, and those that may not.

use inflight_dsl::editor::{Document, Edit, NotRenamed, edited};

use super::{marked, unit};

/// The lines that change, as they are afterwards, or why nothing does.
fn check(text: &str, name: &str, expect: Result<&[&str], &str>) {
    check_by(Document::rename, text, name, expect);
}

type Rename = fn(&Document, usize, &str) -> Result<Vec<Edit>, NotRenamed>;

fn check_by(rename: Rename, text: &str, name: &str, expect: Result<&[&str], &str>) {
    let (document, place) = marked(text);
    let renamed = rename(&document, place, name).map(|edits| {
        let after = edited(document.text(), &edits);
        let both = document.text().lines().zip(after.lines());
        let changed = both.filter(|(before, after)| before != after);
        changed
            .map(|(_, after)| after.trim().to_owned())
            .collect::<Vec<_>>()
    });
    let found = renamed.map_err(|refused| refused.to_string());
    let expect = expect.map(|lines| {
        lines
            .iter()
            .map(|line| (*line).to_owned())
            .collect::<Vec<_>>()
    });
    assert_eq!(found, expect.map_err(str::to_owned), "{text}");
}

#[test]
fn a_name_changes_wherever_it_stands() {
    check(
        &unit("").replace("-> removed", "-> remo$ved"),
        "gone",
        Ok(&["final state gone", "transition remove: * -> gone"]),
    );
    check(
        &unit("").replace("action install", "action $install"),
        "set_up",
        Ok(&[
            "action set_up(hooks: bool, label: string?)",
            "do set_up(hooks: true, label: null)",
        ]),
    );
    check(
        &unit("").replace("guard newer(re", "guard newer(re$"),
        "than",
        Ok(&[
            "guard newer(than: int)",
            "when newer(than: source.revision)",
        ]),
    );
    check(
        &unit("transition more: failed -> same { alias again$ }"),
        "once_more",
        Ok(&[
            "alias once_more",
            "transition more: failed -> same { alias once_more }",
        ]),
    );
    check(
        &unit("transition lose: started -> removed { on error fire give_up(reason: failure) }")
            .replace("transition give_up", "transition $give_up"),
        "resign",
        Ok(&[
            "transition resign(reason: string): started -> failed",
            "transition lose: started -> removed { on error fire resign(reason: failure) }",
        ]),
    );
    check(
        &unit("").replace("workflow unit", "workflow $unit"),
        "app",
        Ok(&["workflow app {"]),
    );
    check(
        &unit("").replace("guard newer", "guard $newer"),
        "newer",
        Ok(&[]),
    );
}

#[test]
fn what_goes_without_saying_is_said_afterwards() {
    check(
        &unit("").replace("transition give_up(reason", "transition give_up($reason"),
        "why",
        Ok(&["transition give_up(why: string): started -> failed(reason: why)"]),
    );
    check(
        &unit("").replace("failed(reason: failure", "failed(re$ason: failure"),
        "why",
        Ok(&[
            "why: string,",
            "on error install_failed -> failed(why: failure)",
            "transition give_up(reason: string): started -> failed(why: reason)",
        ]),
    );
    check(
        &unit("transition lose(reason: string): started -> failed(since: null)")
            .replace("lose(reason", "lose(reason$"),
        "why",
        Ok(&["transition lose(why: string): started -> failed(since: null, reason: why)"]),
    );
    check(
        &unit(
            "error state worn { revision: int }
    transition wear: started -> worn(revision: source.revision)
    transition mend: started | worn -> started(revision: source.re$vision)",
        ),
        "number",
        Ok(&[
            "state started { number: int }",
            "transition install(revision: int): new | failed -> started(number: revision) {",
            "when newer(revision: source.number)",
            "error state worn { number: int }",
            "transition wear: started -> worn(number: source.number)",
            "transition mend: started | worn -> started(number: source.number)",
        ]),
    );
}

#[test]
fn inputs_of_one_alias_change_together() {
    check(
        &unit(
            "transition give_in(reason: string): new -> failed { alias end }
    transition give_way(rea$son: string): started -> failed { alias end }",
        ),
        "why",
        Ok(&[
            "transition give_in(why: string): new -> failed(reason: why) { alias end }",
            "transition give_way(why: string): started -> failed(reason: why) { alias end }",
        ]),
    );
}

#[test]
fn a_name_that_is_taken_or_none_is_refused() {
    let state = unit("").replace("-> removed", "-> remo$ved");
    check(&state, "failed", Err("there are two states named `failed`"));
    check(&state, "Gone", Err("`Gone` is not `snake_case`"));
    check(
        &state,
        "same",
        Err("`same` is reserved and cannot name a state"),
    );
    check(
        &state,
        "self",
        Err("Rust cannot spell `self` as the name of a state"),
    );
    check(&state, "", Err("`` is no name"));
    check(&state, "a b", Err("`a b` is no name"));
    check(
        &state,
        "new2",
        Ok(&["final state new2", "transition remove: * -> new2"]),
    );
    check(&unit("$"), "x", Err("there is no name here"));
    // The input would supply the variable instead of `null`.
    check(
        &unit("transition lose(at: timestamp?): started -> failed(reason: \"\") { do install(hooks: true, label: null) }
    action note(at: timestamp?) transition write(wh$en: timestamp?): started -> failed(reason: \"\") { do note(at: when) }")
        .replace("transition lose(at: timestamp?): started -> failed(reason: \"\") { do install(hooks: true, label: null) }", ""),
        "since",
        Err("with the name `since` the text would mean something else"),
    );
}

#[test]
fn a_text_with_other_mistakes_can_be_changed() {
    check(
        &unit("transition half: remo$ved -> \n transition other: removed -> nowhere"),
        "gone",
        Ok(&[
            "final state gone",
            "transition remove: * -> gone",
            "transition half: gone ->",
            "transition other: gone -> nowhere",
        ]),
    );
}

#[test]
fn an_old_name_is_kept_where_it_is_persisted() {
    let keeping = |text: &str, name, expect| check_by(Document::rename_keeping, text, name, expect);
    keeping(
        &unit("").replace("-> removed", "-> remo$ved"),
        "gone",
        Ok(&[
            "final state gone was removed",
            "transition remove: * -> gone",
        ]),
    );
    keeping(
        &unit("")
            .replace("state removed", "state removed was deleted")
            .replace("-> removed", "-> $removed"),
        "gone",
        Ok(&[
            "final state gone was removed | deleted",
            "transition remove: * -> gone",
        ]),
    );
    keeping(
        &unit("").replace("transition give_up(reason", "transition give_up($reason"),
        "why",
        Ok(&["transition give_up(why was reason: string): started -> failed(reason: why)"]),
    );
    keeping(
        &unit("").replace("error install_failed", "error $install_failed"),
        "install_broke",
        Ok(&["on error install_broke was install_failed -> failed(reason: failure)"]),
    );
    keeping(
        &unit("").replace("action look", "action $look"),
        "see",
        Ok(&["action see -> started", "do see"]),
    );
}

#[test]
fn what_is_gone_keeps_its_name() {
    check(
        &unit("retired state ol$d -> removed"),
        "older",
        Err("what is retired keeps its name"),
    );
    check(
        &unit("retired transition ol$d"),
        "older",
        Err("what is retired keeps its name"),
    );
}
