//! `inflight check --format github`, as its runner reads it.

mod command;

use command::{BAD, Folder};
use insta::assert_snapshot;

#[test]
fn each_diagnostic_is_a_command() {
    let text = BAD.replace(
        "    final state shut\n",
        "    final state shut\n    final state shut\n    /// Of\n    /// nothing\n",
    ) + "/// 100 %: all\n";
    let folder = Folder::new(&[("a,b:c.workflow", text)]);
    assert_snapshot!(folder.run("check --format github a,b:c.workflow"), @"
    exit 1
    ::error file=a%2Cb%3Ac.workflow,line=4,endLine=4,col=17,endColumn=21,title=duplicate_state::there are two states named `shut`%0Aline 3: the first%0Ahelp: rename one of them, or drop it
    ::error file=a%2Cb%3Ac.workflow,line=7,endLine=7,col=31,endColumn=36,title=unknown_state::there is no state `shutt`%0Ahelp: did you mean `shut`?
    ::error file=a%2Cb%3Ac.workflow,line=9,endLine=9,col=1,endColumn=15,title=stray_doc::this doc comment documents nothing%0Ahelp: put it before an item, or write `//` for a comment
    ---- stderr
    ");
}

#[test]
fn a_warning_is_one_unless_it_is_denied() {
    let text = BAD
        .replace("close:", "close(hard: bool):")
        .replace("shutt", "shut");
    let folder = Folder::new(&[("door.workflow", text)]);
    assert_snapshot!(folder.run("check --format github door.workflow"), @"
    exit 0
    ::warning file=door.workflow,line=4,endLine=4,col=22,endColumn=26,title=unused_input::nothing in `close` uses the input `hard`%0Ahelp: give it to a variable, an action or a guard, or drop it
    ---- stderr
    ");
    assert_snapshot!(folder.run("check --deny warnings --format github door.workflow"), @"
    exit 1
    ::error file=door.workflow,line=4,endLine=4,col=22,endColumn=26,title=unused_input::nothing in `close` uses the input `hard`%0Ahelp: give it to a variable, an action or a guard, or drop it
    ---- stderr
    ");
}
