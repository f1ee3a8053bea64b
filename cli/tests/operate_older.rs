//! What operators are told of requests that were asked before, and of answers that nobody
//! waited for.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "the helpers fail where something is amiss"
)]

mod command;
mod operator;
mod owner;
mod stores;

use command::Folder;
use inflight::request::RequestQueue;
use insta::assert_snapshot;
use operator::{demo, last, run, store};
use owner::Program;

/// The id of the only request that waits.
fn waiting(folder: &Folder) -> String {
    let pending = RequestQueue::of(store(folder)).pending().unwrap();
    assert_eq!(pending.len(), 1);
    pending[0].id.clone()
}

#[test]
fn what_an_operator_decides_is_not_undone_by_what_was_asked_before() {
    let folder = demo();
    run(&folder, "fire state.db web/0 halt --reason 'remove it'");
    let id = waiting(&folder);
    let kept = "set-state state.db web/0 started port=80 --reason 'no, keep it'";
    assert_snapshot!(run(&folder, kept), @"");
    Program::start(&store(&folder)).serve(&store(&folder));
    assert_snapshot!(last(&folder, "web/0"), @"");
    assert_snapshot!(run(&folder, &format!("requests state.db {id}")), @"");
}

#[test]
fn what_waits_still_is_told_beside_what_is_done() {
    let folder = demo();
    run(&folder, "fire state.db db/1 halt --no-wait");
    run(&folder, "set-state state.db db/1 started port=1 --reason test");
    run(&folder, "fire state.db web/0 halt");
    run(&folder, "skip state.db web/1");
    assert_snapshot!(run(&folder, "retry state.db web/1"), @"");
    assert_snapshot!(run(&folder, "abandon --json state.db web/1"), @"");
}

#[test]
fn an_answer_that_nobody_waited_for_can_be_read() {
    let folder = demo();
    run(&folder, "fire state.db web/0 reload port=13 --no-wait");
    let id = waiting(&folder);
    assert_snapshot!(run(&folder, &format!("requests state.db {id}")), @"");
    Program::start(&store(&folder)).serve(&store(&folder));
    assert_snapshot!(run(&folder, &format!("requests state.db {id} --wait")), @"");
    assert_snapshot!(run(&folder, &format!("requests --json state.db {id}")), @"");
    assert_snapshot!(run(&folder, &format!("requests state.db --withdraw {id}")), @"");
    let listed = run(&folder, "requests state.db");
    assert!(
        listed.ends_with("1 request is answered, which nobody waited for\n---- stderr\n"),
        "{listed}"
    );
    assert!(listed.contains("fire reload(port: 13)"), "{listed}");
    assert_snapshot!(run(&folder, "requests state.db nothing"), @"");
}

#[test]
fn where_nothing_is_left_to_be_changed_there_is_nothing_to_do() {
    let folder = demo();
    run(&folder, "abandon state.db web/1");
    assert_snapshot!(run(&folder, "retry state.db '*' --parked --yes"), @"");
    assert_snapshot!(run(&folder, "retry state.db 'cache/1' --parked --yes"), @"");
    assert_snapshot!(run(&folder, "retry state.db 'web/*' --yes"), @"");
    assert_snapshot!(run(&folder, "retry state.db '*'"), @"");
    assert_snapshot!(run(&folder, "retry state.db 'wbe/*' --yes"), @"");
    assert_snapshot!(run(&folder, "retry --json state.db '*' --parked"), @"");
    assert_snapshot!(run(&folder, "fire state.db 'web/*' mend"), @"");
}
