//! The file: how it is found, made, checked and opened.

use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior, ffi};

use super::records;
use super::tables::{self, APPLICATION, BESIDE_HISTORY, FORMAT};
use crate::store::lock::beside;
use crate::store::{Damage, StoreError, path};

/// How long another process, such as an sqlite3 shell, may keep us waiting.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a file is.
enum Contents {
    /// Nothing, or a store whose creation was cut short.
    Nothing,
    /// A store, with tables of this format.
    Store(i64),
}

/// Where a store is, or is to be; `None` if the folder that it stands in does not exist.
pub(super) fn locate(path: &Path) -> Result<Option<PathBuf>, StoreError> {
    match path::absolute(path)? {
        Some(path) if path.is_dir() => Err(StoreError::NotAStore {
            path,
            detail: "it is a folder".to_owned(),
        }),
        found => Ok(found),
    }
}

/// Refuses a file that is certainly not a store of ours, without touching it or anything
/// beside it.
///
/// What is not certain is left to [`open`]: a creation cut short may look damaged until
/// SQLite has rolled it back.
pub(super) fn inspect(path: &Path, must_exist: bool) -> Result<(), StoreError> {
    if !path.exists() {
        return if must_exist { Err(gone(path)) } else { Ok(()) };
    }
    let contents = immutable(path).and_then(|connection| identify(&connection, path));
    match contents {
        Ok(Contents::Nothing) if must_exist => Err(emptied(path).unwrap_or_else(|| gone(path))),
        Err(error @ (StoreError::NotAStore { .. } | StoreError::Version { .. })) => Err(error),
        _ => Ok(()),
    }
}

fn gone(path: &Path) -> StoreError {
    StoreError::Gone {
        path: path.to_owned(),
    }
}

/// Refuses an empty file if a store was there. What a creation that was cut short has left is
/// not meant: until there is a store, durably, nobody owns it, and it has no log.
fn emptied(path: &Path) -> Option<StoreError> {
    let left = [
        ("-wal", has_content(&beside(path, "-wal"))),
        (".lock", beside(path, ".lock").exists()),
    ];
    let empty = fs::metadata(path).is_ok_and(|file| file.len() == 0);
    let (left, _) = left.into_iter().find(|(_, there)| empty && *there)?;
    let left = beside(path, left);
    Some(StoreError::Corrupt {
        path: path.to_owned(),
        detail: format!(
            "it is empty, and was a store, as `{}` tells (remove both to begin without one)",
            left.display()
        ),
    })
}

/// Opens a store for writing; creates it if there is none and none must exist, or finishes its
/// creation.
pub(super) fn open(path: &Path, must_exist: bool) -> Result<Connection, StoreError> {
    if let Some(emptied) = emptied(path) {
        return Err(emptied);
    }
    let mut connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )
    .map_err(|error| fault(path, "open", error))?;
    let fault = |error| fault(path, "open", error);
    connection.busy_timeout(PATIENCE).map_err(fault)?;
    connection
        .pragma_update(None, "cell_size_check", true)
        .map_err(fault)?;
    // A store that is refused is left as it is, its log included.
    let leave_log = DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
    connection.set_db_config(leave_log, true).map_err(fault)?;
    // Otherwise SQLite would plan a query anew whenever a value is bound to it, which takes
    // longer than to run it.
    let stable_plans = DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG;
    connection
        .set_db_config(stable_plans, true)
        .map_err(fault)?;
    let contents = identify(&connection, path)?;
    match contents {
        Contents::Nothing if must_exist => return Err(gone(path)),
        Contents::Nothing => tables::create(&mut connection).map_err(fault)?,
        Contents::Store(format) => check(&connection, path, format)?,
    }
    make_durable(&connection, path)?;
    if let Contents::Store(format) = contents {
        tables::upgrade(&mut connection, format).map_err(fault)?;
    }
    connection.set_db_config(leave_log, false).map_err(fault)?;
    Ok(connection)
}

/// Opens a store for reading, beside its owner or without one.
///
/// SQLite needs `PATH-shm` for that and makes it where it is missing. Where it cannot, in
/// a folder that may not be written, a store that was closed in good order can be read
/// without.
pub(super) fn open_read_only(path: &Path) -> Result<Connection, StoreError> {
    let beside_owner = || {
        let connection = Connection::open_with_flags(
            path,
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )
        .map_err(|error| fault(path, "read", error))?;
        connection
            .busy_timeout(PATIENCE)
            .map_err(|error| fault(path, "read", error))?;
        let contents = identify(&connection, path)?;
        Ok((connection, contents))
    };
    let alone = || {
        let connection = immutable(path)?;
        let contents = identify(&connection, path)?;
        Ok((connection, contents))
    };
    let missing = || match emptied(path) {
        Some(emptied) => Err(emptied),
        None => Err(StoreError::Missing {
            path: path.to_owned(),
        }),
    };
    // Nothing has a rollback journal but a creation, which this one was cut short.
    let unfinished = || has_content(&beside(path, "-journal"));
    let opened = match beside_owner() {
        Err(_) if !path.exists() || unfinished() => return missing(),
        Err(StoreError::Io { .. }) if !has_content(&beside(path, "-wal")) => alone(),
        opened => opened,
    };
    match opened? {
        (connection, Contents::Store(_)) => Ok(connection),
        (_, Contents::Nothing) => missing(),
    }
}

fn has_content(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|file| file.len() > 0)
}

/// Raises the epoch, durably: whoever holds an older one cannot commit any more.
pub(super) fn raise_epoch(connection: &mut Connection, path: &Path) -> Result<u64, StoreError> {
    let raise = |connection: &mut Connection| {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute("UPDATE owner SET epoch = epoch + 1", [])?;
        let epoch = super::records::epoch(&transaction)?;
        transaction.commit()?;
        Ok(epoch)
    };
    let epoch = raise(connection).map_err(|error| fault(path, "write", error))?;
    // If the disk fails just when the mode is changed, SQLite says that it writes ahead, and
    // does not.
    if !has_content(&beside(path, "-wal")) {
        return Err(StoreError::io(
            format!("make `{}` durable", path.display()),
            io::Error::other("SQLite does not write ahead"),
        ));
    }
    Ok(epoch)
}

/// What an error of SQLite's means for a store.
pub(super) fn fault(path: &Path, verb: &str, error: rusqlite::Error) -> StoreError {
    let path = path.to_owned();
    let detail = error.to_string();
    let extended = error.sqlite_error().map(|error| error.extended_code);
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => StoreError::Full { path },
        // What it shares with other processes is made as large as it need be, and no more is
        // asked of the system there.
        Some(_) if extended == Some(ffi::SQLITE_IOERR_SHMSIZE) => StoreError::Full { path },
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy { path },
        Some(ErrorCode::DatabaseCorrupt) => StoreError::Corrupt { path, detail },
        Some(ErrorCode::NotADatabase) => StoreError::NotAStore { path, detail },
        Some(_) => StoreError::io(format!("{verb} `{}`", path.display()), error),
        // Not SQLite's: a value that cannot be read as what it should be.
        None => StoreError::Corrupt { path, detail },
    }
}

/// Opens a file as it is, with no regard to anything beside it. Writes nothing.
fn immutable(path: &Path) -> Result<Connection, StoreError> {
    Connection::open_with_flags(
        address(path),
        OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_URI
            | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )
    .map_err(|error| fault(path, "read", error))
}

fn address(path: &Path) -> String {
    let mut address = "file://".to_owned();
    for &byte in path.as_os_str().as_bytes() {
        if byte.is_ascii_alphanumeric() || b"/._-".contains(&byte) {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02x}"));
        }
    }
    address + "?immutable=1"
}

fn identify(connection: &Connection, path: &Path) -> Result<Contents, StoreError> {
    let number = |sql: &str| {
        connection
            .query_row(sql, [], |row| row.get::<_, i64>(0))
            .map_err(|error| fault(path, "read", error))
    };
    let application = number("PRAGMA application_id")?;
    let format = number("PRAGMA user_version")?;
    if application == APPLICATION {
        return match format {
            1..=FORMAT => Ok(Contents::Store(format)),
            found if found > FORMAT => Err(StoreError::Version {
                path: path.to_owned(),
                found,
                supported: FORMAT,
            }),
            found => Err(StoreError::Corrupt {
                path: path.to_owned(),
                detail: format!("there is no format {found}"),
            }),
        };
    }
    if application == 0 && format == 0 && number("SELECT count(*) FROM sqlite_schema")? == 0 {
        return Ok(Contents::Nothing);
    }
    Err(StoreError::NotAStore {
        path: path.to_owned(),
        detail: "it is the database of another program".to_owned(),
    })
}

/// Refuses a store of which damage can be seen in what its owner goes on with, before anything
/// is written to it: in the current records, above all. The history, which is longer, is
/// looked at when it is read, and by [`verify`]; but a store of an older format is checked
/// whole, for what the current records are is taken from the history then. This takes about
/// 1.5 ms a megabyte.
fn check(connection: &Connection, path: &Path, format: i64) -> Result<(), StoreError> {
    let checks = match format {
        FORMAT => BESIDE_HISTORY
            .map(|table| format!("PRAGMA integrity_check({table})"))
            .to_vec(),
        _ => vec!["PRAGMA quick_check".to_owned()],
    };
    for check in checks {
        let found: String = connection
            .query_row(&check, [], |row| row.get(0))
            .map_err(|error| fault(path, "check", error))?;
        if found != "ok" {
            return Err(StoreError::Corrupt {
                path: path.to_owned(),
                detail: found,
            });
        }
    }
    Ok(())
}

/// What is damaged, looked for as thoroughly as SQLite can, and between the tables.
pub(super) fn verify(path: &Path) -> Result<Vec<Damage>, StoreError> {
    let damage = |detail| Damage {
        file: path.to_owned(),
        detail,
    };
    let look = |connection: &Connection| {
        let mut check = connection.prepare("PRAGMA integrity_check")?;
        let rows = check.query_map([], |row| row.get::<_, String>(0))?;
        let mut found = rows.collect::<Result<Vec<_>, _>>()?;
        found.retain(|row| row != "ok");
        if found.is_empty() {
            let torn = records::torn(connection)?.into_iter();
            found.extend(torn.map(|instance| {
                format!("the current record of `{instance}` is not the last of its history")
            }));
        }
        Ok(found)
    };
    let found = open_read_only(path)
        .and_then(|connection| look(&connection).map_err(|error| fault(path, "check", error)));
    match found {
        Ok(rows) => Ok(rows.into_iter().map(damage).collect()),
        Err(StoreError::Corrupt { detail, .. }) => Ok(vec![damage(detail)]),
        Err(error) => Err(error),
    }
}

/// Every commit is to be on the disk when it returns. SQLite takes a setting that it does
/// not know, or cannot have here, without a word: hence the reading back.
fn make_durable(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let fault = |error| fault(path, "open", error);
    let set = |name: &str, value: &str| connection.pragma_update(None, name, value).map_err(fault);
    let read = |name: &str| {
        connection
            .pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0))
            .map_err(fault)
    };
    set("journal_mode", "wal")?;
    set("synchronous", "full")?;
    set("fullfsync", "on")?;
    let expected: [(&str, rusqlite::types::Value); 3] = [
        ("journal_mode", "wal".to_owned().into()),
        ("synchronous", 2.into()),
        ("fullfsync", 1.into()),
    ];
    for (name, value) in expected {
        let found = read(name)?;
        if found != value {
            return Err(StoreError::io(
                format!("make `{}` durable", path.display()),
                io::Error::other(format!("SQLite keeps {name} at {found:?}")),
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_what_they_were_set_to() {
        let folder = tempfile::tempdir().unwrap();
        let connection = open(&folder.path().join("state.db"), false).unwrap();
        let read = |name: &str| -> String {
            let sql = format!("SELECT CAST({name} AS TEXT) FROM pragma_{name}");
            connection.query_one(&sql, [], |row| row.get(0)).unwrap()
        };
        assert_eq!(read("journal_mode"), "wal");
        assert_eq!(read("synchronous"), "2");
        assert_eq!(read("application_id"), APPLICATION.to_string());
        assert_eq!(read("user_version"), FORMAT.to_string());
    }

    #[test]
    fn a_store_that_is_not_written_ahead_after_all_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.db");
        drop(open(&path, false).unwrap());
        let mut connection = Connection::open(&path).unwrap();
        connection
            .pragma_update(None, "journal_mode", "delete")
            .unwrap();
        let error = raise_epoch(&mut connection, &path).unwrap_err();
        let StoreError::Io { source, .. } = error else {
            panic!("{error:?}");
        };
        assert_eq!(source.to_string(), "SQLite does not write ahead");
    }

    #[test]
    fn a_setting_that_was_not_taken_is_an_error() {
        // A database in memory has no write-ahead log, and SQLite does not say so.
        let connection = Connection::open_in_memory().unwrap();
        let error = make_durable(&connection, Path::new("state.db")).unwrap_err();
        let StoreError::Io { what, source } = error else {
            panic!("{error:?}");
        };
        assert_eq!(what, "make `state.db` durable");
        assert_eq!(
            source.to_string(),
            "SQLite keeps journal_mode at Text(\"memory\")"
        );
    }
}
