//! The tables of a store, and how those of older formats become them.

use rusqlite::{Connection, TransactionBehavior};

/// "INFL", in the file's header: `file` and we know by it whose file it is.
pub(super) const APPLICATION: i64 = 0x494E_464C;

/// The version of the tables below. Format 1 had no column `entered` and none after it,
/// format 2 no `intervention`, and neither had sources; format 3 had no `failures`.
pub(super) const FORMAT: i64 = 4;

/// A record is one row, and a commit adds one: its key orders the history of an
/// instance, and its greatest version is the current one. Times are text, which a person
/// can read and which keeps nanoseconds; they order nothing.
const TABLES: &str = "
CREATE TABLE record (
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
    failures    TEXT,              -- JSON; how what failed last did, if nothing else followed
    PRIMARY KEY (workflow, instance, version)
) STRICT, WITHOUT ROWID;

CREATE VIEW current_record AS
    SELECT * FROM record AS this
    WHERE version = (
        SELECT max(version) FROM record
        WHERE workflow = this.workflow AND instance = this.instance
    );

-- The text that declared a workflow when records with this fingerprint were written.
CREATE TABLE source (
    workflow    TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    text        TEXT NOT NULL,
    PRIMARY KEY (workflow, fingerprint)
) STRICT, WITHOUT ROWID;

-- One row; grows each time the store is opened for writing.
CREATE TABLE owner (epoch INTEGER NOT NULL) STRICT;
INSERT INTO owner (epoch) VALUES (0);
";

/// What makes the tables of a format those of the next, from format 1 on. The view shows
/// new columns by itself.
const UPGRADES: [&str; 3] = [
    "ALTER TABLE record ADD COLUMN entered TEXT;
     ALTER TABLE record ADD COLUMN spent TEXT;",
    "ALTER TABLE record ADD COLUMN intervention TEXT;
     CREATE TABLE source (
         workflow    TEXT NOT NULL,
         fingerprint TEXT NOT NULL,
         text        TEXT NOT NULL,
         PRIMARY KEY (workflow, fingerprint)
     ) STRICT, WITHOUT ROWID;",
    "ALTER TABLE record ADD COLUMN failures TEXT;",
];

/// Makes the tables. In the rollback journal, not in the write-ahead log, so that the
/// file's header says whose it is from the first moment.
pub(super) fn create(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(TABLES)?;
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
    for (from, upgrade) in (1..).zip(UPGRADES) {
        if from >= format {
            transaction.execute_batch(upgrade)?;
        }
    }
    transaction.pragma_update(None, "user_version", FORMAT)?;
    transaction.commit()
}
