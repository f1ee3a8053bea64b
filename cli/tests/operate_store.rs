//! `inflight verify` and `compact`, and a journal, as an operator meets them.

mod command;
mod operator;
mod stores;

use std::fs;

use command::Folder;
use inflight::store::JournalReader;
use insta::assert_snapshot;
use operator::{run, store};
use serde_json::json;
use stores::{Filled, wait};

#[test]
fn a_journal_is_operated_too() {
    let folder = Folder::new::<&str>(&[]);
    let journal = Filled::journal(&store(&folder));
    journal.fill();
    journal.close();
    assert_snapshot!(run(&folder, "abandon state.db web/1"), @"
    exit 0
    unit/web/1: abandoned, now started
    ---- stderr
    ");
    // How many records are kept is for the program to say.
    let kept = || wait(JournalReader::open(store(&folder)).unwrap().retention()).unwrap();
    assert_eq!(kept(), 10_000);
    assert_snapshot!(run(&folder, "compact state.db").lines().next().unwrap(), @"exit 0");
    assert_eq!(kept(), 10_000);
    assert_snapshot!(run(&folder, "compact --keep 1 state.db").lines().next().unwrap(), @"exit 0");
    assert_eq!(kept(), 1);
    assert_snapshot!(folder.run("verify state.db"), @"
    exit 0
    6 instances, 6 records: all is well
    ---- stderr
    ");
    assert_snapshot!(folder.run("list --failing state.db"), @"
    exit 0
    INSTANCE   STATE   FOR     CONDITION         CAUSE
    unit/db/1  new     10 min  failing: install  attempt 2 in 1 h, after: the port is taken
    unit/db/0  broken  1 d     error             no space left …
    2 instances: 1 failing, 1 error
    no process owns the store
    ---- stderr
    ");
}

#[test]
fn a_store_is_verified() {
    let folder = Folder::new::<&str>(&[]);
    let filled = Filled::demo(&store(&folder));
    filled.put(
        "web/0",
        1,
        "started",
        json!({"port": "eighty"}),
        json!(null),
    );
    filled.put("web/0", 1, "lost", json!({}), json!(null));
    filled.put("web/0", 1, "new", json!({}), json!({"transition": "mend"}));
    filled.close();
    assert_snapshot!(folder.run("verify state.db"), @r#"
    exit 1
    unit/web/0, record 4: `port` is int, and not "eighty"
    unit/web/0, record 5: there is no state `lost`
    unit/web/0, record 6: `mend` does not leave `new`
    6 instances, 17 records: 3 damaged records
    ---- stderr
    "#);
    let mut bytes = fs::read(store(&folder)).unwrap();
    // The head of a page, which is no gap.
    let middle = (bytes.len() / 2).next_multiple_of(4_096);
    bytes[middle..middle + 600].fill(0xff);
    fs::write(store(&folder), bytes).unwrap();
    let verified = folder.run("verify state.db");
    assert!(verified.starts_with("exit 1\n"), "{verified}");
    assert!(verified.contains("restore it from a copy"), "{verified}");
}

#[test]
fn a_store_is_compacted() {
    let folder = Folder::new::<&str>(&[]);
    let owner = Filled::demo(&store(&folder));
    let refused = folder.run("compact state.db");
    assert!(refused.starts_with("exit 1\n"), "{refused}");
    assert!(refused.contains("help: stop that process"), "{refused}");
    for _ in 0..300 {
        owner.put("web/0", 1, "new", json!({}), json!(null));
    }
    owner.close();
    let refused = folder.run("compact --keep 0 state.db");
    assert!(refused.contains("write 1 to keep no other"), "{refused}");
    let sizes = folder.run("compact --json --keep 2 state.db");
    let sizes: serde_json::Value = serde_json::from_str(sizes.lines().nth(1).unwrap()).unwrap();
    assert!(
        sizes["after"].as_u64() < sizes["before"].as_u64().map(|it| it / 2),
        "{sizes}"
    );
    assert_snapshot!(folder.run("verify state.db"), @"
    exit 0
    6 instances, 10 records: all is well
    ---- stderr
    ");
}
