//! The tables of a store, and how those of older formats become them.

use rusqlite::{Connection, TransactionBehavior};

/// "INFL", in the file's header: `file` and we know by it whose file it is.
pub(super) const APPLICATION: i64 = 0x494E_464C;

/// The version of the tables below. Format 1 had no column `entered` and none after it,
/// format 2 no `intervention`, and neither had sources; format 3 had no `failures`, and in
/// format 4 `current_record` was a view, and nothing was declared.
pub(super) const FORMAT: i64 = 5;

/// The tables beside the history: little, however long that is.
pub(super) const BESIDE_HISTORY: [&str; 4] = ["current_record", "declared", "owner", "source"];

/// Times are text, which a person can read and which keeps nanoseconds; they order nothing.
const COLUMNS: &str = "
    workflow    TEXT    NOT NULL,
    instance    TEXT    NOT NULL,
    version     INTEGER NOT NULL,
    committed   TEXT    NOT NULL,  -- UTC
    fingerprint TEXT    NOT NULL,  -- of the workflow that wrote it, in hexadecimal
    state       TEXT    NOT NULL,
    variables   TEXT    NOT NULL,  -- JSON
    inflight    TEXT,              -- JSON; null when no transition is in flight
    entered     TEXT,              -- UTC; when the state was entered, if that is known
    spent       TEXT,              -- JSON; the timers that have fired since, if any
    intervention TEXT,             -- JSON; what an operator did that led to it, if one did
    failures    TEXT,              -- JSON; how what failed last did, if nothing else followed";

/// A record is one row of the history, and a commit adds one: the key orders the history of
/// an instance.
fn history() -> String {
    format!(
        "CREATE TABLE record ({COLUMNS}
             PRIMARY KEY (workflow, instance, version)
         ) STRICT, WITHOUT ROWID;"
    )
}

/// The last record of each instance stands here too, so that whoever carries on need not look
/// for it in the history, and each of the two shows whether the other is damaged.
fn current() -> String {
    format!(
        "CREATE TABLE current_record ({COLUMNS}
             PRIMARY KEY (workflow, instance)
         ) STRICT, WITHOUT ROWID;"
    )
}

/// The text that declared a workflow when records with this fingerprint were written.
const SOURCE: &str = "
CREATE TABLE source (
    workflow    TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    text        TEXT NOT NULL,
    PRIMARY KEY (workflow, fingerprint)
) STRICT, WITHOUT ROWID;
";

/// Which text of a workflow the program had that opened its instances last.
const DECLARED: &str = "
CREATE TABLE declared (
    workflow    TEXT NOT NULL PRIMARY KEY,
    fingerprint TEXT NOT NULL
) STRICT, WITHOUT ROWID;
";

/// One row; the epoch grows each time the store is opened for writing.
const OWNER: &str = "
CREATE TABLE owner (epoch INTEGER NOT NULL) STRICT;
INSERT INTO owner (epoch) VALUES (0);
";

/// What makes the tables of a format those of the next, from format 1 on.
fn upgrades() -> [String; 4] {
    [
        "ALTER TABLE record ADD COLUMN entered TEXT;
         ALTER TABLE record ADD COLUMN spent TEXT;"
            .to_owned(),
        format!("ALTER TABLE record ADD COLUMN intervention TEXT; {SOURCE}"),
        "ALTER TABLE record ADD COLUMN failures TEXT;".to_owned(),
        format!(
            "DROP VIEW current_record;
             {}
             {DECLARED}
             INSERT INTO current_record SELECT * FROM record AS this
             WHERE version = (
                 SELECT max(version) FROM record
                 WHERE workflow = this.workflow AND instance = this.instance
             );",
            current()
        ),
    ]
}

/// Makes the tables. In the rollback journal, not in the write-ahead log, so that the
/// file's header says whose it is from the first moment.
pub(super) fn create(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(&[&history(), &current(), SOURCE, DECLARED, OWNER].concat())?;
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", FORMAT)?;
    transaction.commit()
}

/// Adds what a store of an older format lacks.
pub(super) fn upgrade(connection: &mut Connection, format: i64) -> rusqlite::Result<()> {
    if format == FORMAT {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // A former owner, which knows other tables, commits nothing after this.
    transaction.execute("UPDATE owner SET epoch = epoch + 1", [])?;
    for (from, upgrade) in (1..).zip(upgrades()) {
        if from >= format {
            transaction.execute_batch(&upgrade)?;
        }
    }
    transaction.pragma_update(None, "user_version", FORMAT)?;
    transaction.commit()
}
