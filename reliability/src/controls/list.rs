//! The controls.
//!
//! Not here are the syncs without which nothing is lost: that of the space for a segment,
//! which is synced again with its header; that of the name of `epoch`, which the name of the
//! owner's segment follows before anybody commits; and those after files were removed. Nor that
//! of the folder in which a journal is made: ext4 makes its name durable with the first file.

use std::fmt;

/// Something that is taken away.
pub(super) struct Control {
    /// What it guards.
    pub(super) promise: &'static str,
    /// Where it is.
    pub(super) file: &'static str,
    /// How it reads; it stands there once.
    pub(super) find: &'static str,
    /// How it reads without.
    pub(super) replace: &'static str,
    /// What must turn red.
    pub(super) test: Test,
    /// What is said then.
    pub(super) red: &'static str,
}

/// A test.
pub(super) enum Test {
    /// One in the crate `inflight`.
    Unit(&'static str),
    /// A file of its tests, and which ones.
    Integration(&'static str, &'static str),
    /// A suite of this program, on a store.
    Suite(&'static str, &'static str),
}

impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unit(filter) => write!(f, "the tests `{filter}`"),
            Self::Integration(name, filter) => write!(f, "`tests/{name}.rs` {filter}"),
            Self::Suite(suite, store) => write!(f, "`run --only {suite} --store {store}`"),
        }
    }
}

const CRASHES: Test = Test::Unit("simulation::crashes");
const FAILURES: Test = Test::Unit("simulation::failures");
const OWNERS: Test = Test::Unit("simulation::owners");
const DECAY: Test = Test::Unit("simulation::decay");

pub(super) const CONTROLS: &[Control] = &[
    Control {
        promise: "a commit is durable when it is acknowledged",
        file: "runtime/src/store/journal/segment.rs",
        find: "        files.sync(&*self.file, &self.name)?;\n        self.advance",
        replace: "        self.advance",
        test: CRASHES,
        red: "panicked at runtime/src/store/journal/simulation",
    },
    Control {
        promise: "a segment's header is durable before its name",
        file: "runtime/src/store/journal/segment.rs",
        find: "        files.sync(&*segment.file, &self.name)?;\n",
        replace: "",
        test: CRASHES,
        red: "panicked at runtime/src/store/journal/simulation",
    },
    Control {
        promise: "a segment's name is durable before it is relied on",
        file: "runtime/src/store/journal/segment.rs",
        find: "        files.rename(&self.name, &segment.name)?;\n        files.sync_folder()?;\n",
        replace: "        files.rename(&self.name, &segment.name)?;\n",
        test: CRASHES,
        red: "panicked at runtime/src/store/journal/simulation",
    },
    Control {
        promise: "a store's identity is durable before its name",
        file: "runtime/src/store/journal/epoch.rs",
        find: "        files.sync(&*file, &new)?;\n",
        replace: "",
        test: CRASHES,
        red: "panicked at runtime/src/store/journal/simulation",
    },
    Control {
        promise: "the epoch is durable before its owner makes a file",
        file: "runtime/src/store/journal/epoch.rs",
        find: "        files.sync(&*self.file, NAME)\n",
        replace: "        Ok(())\n",
        test: CRASHES,
        red: "panicked at runtime/src/store/journal/simulation",
    },
    Control {
        promise: "a snapshot is durable before its name",
        file: "runtime/src/store/journal/housekeeping.rs",
        find: "        files.sync(&*file, &new)?;\n",
        replace: "",
        test: CRASHES,
        red: "panicked at runtime/src/store/journal/simulation",
    },
    Control {
        promise: "a snapshot's name is durable before what it replaces is removed",
        file: "runtime/src/store/journal/housekeeping.rs",
        find: "        files.sync_folder()?;\n",
        replace: "",
        test: CRASHES,
        red: "panicked at runtime/src/store/journal/simulation",
    },
    Control {
        promise: "a segment that is written anew is durable before its name",
        file: "runtime/src/store/journal/archive.rs",
        find: "        files.sync(&*file, &new)?;\n",
        replace: "",
        test: CRASHES,
        red: "panicked at runtime/src/store/journal/simulation",
    },
    Control {
        promise: "its name is durable before the segment that said where it ends is removed",
        file: "runtime/src/store/journal/archive.rs",
        find: "one that said where it ends is removed.\n                    self.files.sync_folder()?;\n",
        replace: "one that said where it ends is removed.\n",
        test: CRASHES,
        red: "panicked at runtime/src/store/journal/simulation",
    },
    Control {
        promise: "a segment is durably gone before the one that says where it ends is removed",
        file: "runtime/src/store/journal/archive.rs",
        find: "says where this one ends.\n                    self.files.sync_folder()?;\n",
        replace: "says where this one ends.\n",
        test: CRASHES,
        red: "panicked at runtime/src/store/journal/simulation",
    },
    Control {
        promise: "what was found in memory after a failed sync is written again",
        file: "runtime/src/store/journal/create.rs",
        find: "        Some(last) => (last, sequence - 1),\n        None => (offset, sequence),",
        replace: "        Some(_) | None => (offset, sequence),",
        test: FAILURES,
        red: "panicked",
    },
    Control {
        promise: "a batch that was changed is not read",
        file: "runtime/src/store/journal/batch.rs",
        find: "head.sum == checksum(&[&store, &sequence, &entries, content])",
        replace: "{ checksum(&[&store, &sequence, &entries, content]); true }",
        test: DECAY,
        red: "panicked",
    },
    Control {
        promise: "a length that was changed is not read",
        file: "runtime/src/store/journal/batch.rs",
        find: "if sum != head_sum(store, sequence, length) || length == 0 {",
        replace: "if length == 0 {",
        test: DECAY,
        red: "panicked",
    },
    Control {
        promise: "a header that was changed is not read",
        file: "runtime/src/store/journal/header.rs",
        find: "if parts.sum != sum {",
        replace: "if parts.sum != sum && false {",
        test: DECAY,
        red: "panicked",
    },
    Control {
        promise: "an epoch that was changed is not read",
        file: "runtime/src/store/journal/epoch.rs",
        find: "let checks = sum == checksum(&[&store, &epoch]);",
        replace: "let checks = sum == checksum(&[&store, &epoch]) || true;",
        test: DECAY,
        red: "panicked",
    },
    Control {
        promise: "who was taken over acknowledges nothing",
        file: "runtime/src/store/journal/writer.rs",
        find: "        // Nobody is told of what a new owner may not have seen.\n        self.fence()?;\n",
        replace: "",
        test: OWNERS,
        red: "STALE",
    },
    Control {
        promise: "a new owner fences those before it (journal)",
        file: "runtime/src/store/journal/create.rs",
        find: "    epoch.raise(files, held)?;\n",
        replace: "",
        test: OWNERS,
        red: "panicked",
    },
    Control {
        promise: "a commit replaces the version that it expects",
        file: "runtime/src/store/check.rs",
        find: "    if expected != found {",
        replace: "    if expected != found && false {",
        test: Test::Integration("store_contract", "a_commit_replaces_what_it_expects"),
        red: "panicked",
    },
    Control {
        promise: "a version follows the one before",
        file: "runtime/src/store/check.rs",
        find: "    if Some(version) != expected.checked_add(1) {",
        replace: "    if Some(version) != expected.checked_add(1) && false {",
        test: Test::Integration("store_contract", "the_first_version_is_one"),
        red: "panicked",
    },
    Control {
        promise: "a commit carries the epoch of its claim",
        file: "runtime/src/store/check.rs",
        find: "    if held == current {",
        replace: "    if held == current || true {",
        test: Test::Suite("owners", "sqlite"),
        red: "as this commit expected",
    },
    Control {
        promise: "a new owner fences those before it (SQLite)",
        file: "runtime/src/store/sqlite/database.rs",
        find: "UPDATE owner SET epoch = epoch + 1",
        replace: "UPDATE owner SET epoch = epoch",
        test: Test::Suite("owners", "sqlite"),
        red: "panicked",
    },
    Control {
        promise: "SQLite syncs every commit",
        file: "runtime/src/store/sqlite/database.rs",
        find: "    set(\"synchronous\", \"full\")?;\n    set(\"fullfsync\", \"on\")?;\n    let expected: [(&str, rusqlite::types::Value); 3] = [\n        (\"journal_mode\", \"wal\".to_owned().into()),\n        (\"synchronous\", 2.into()),",
        replace: "    set(\"synchronous\", \"normal\")?;\n    set(\"fullfsync\", \"on\")?;\n    let expected: [(&str, rusqlite::types::Value); 3] = [\n        (\"journal_mode\", \"wal\".to_owned().into()),\n        (\"synchronous\", 1.into()),",
        test: Test::Suite("power", "sqlite"),
        red: "LOST",
    },
    Control {
        promise: "the journal syncs every commit, on a real disk",
        file: "runtime/src/store/journal/disk.rs",
        find: "        self.sync_data()\n",
        replace: "        Ok(())\n",
        test: Test::Suite("power", "journal"),
        red: "panicked",
    },
    Control {
        promise: "what SQLite was told is read back",
        file: "runtime/src/store/sqlite/database.rs",
        find: "        if found != value {",
        replace: "        if found != value && false {",
        test: Test::Unit("a_setting_that_was_not_taken_is_an_error"),
        red: "panicked",
    },
    Control {
        promise: "a failure to write is final",
        file: "runtime/src/store/committer.rs",
        find: "                    self.failed = Some(error.clone());",
        replace: "",
        test: Test::Suite("strikes", "sqlite"),
        red: "panicked",
    },
    Control {
        promise: "an action runs only when it is durable that it will",
        file: "runtime/src/instance.rs",
        find: "        let result = (&mut settling.done).await;\n",
        replace: "        let _ = &mut settling.done;\n        let result: Result<(), crate::store::StoreError> = Ok(());\n",
        test: Test::Suite("again", "sqlite"),
        red: "panicked",
    },
];
