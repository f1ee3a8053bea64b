//! Stores that somebody may have meant who named something else.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// How many are named.
const NAMED: usize = 5;

/// What a file of SQLite's begins with, and where the program is named that it is of.
const SQLITE: &[u8] = b"SQLite format 3\0";
const PROGRAM: (usize, &[u8]) = (68, b"INFL");

/// The file that each journal has.
const JOURNAL: &str = "epoch";

/// What to say to somebody who named no store: those in the folder that was named, or else
/// those beside what was named.
pub(super) fn hint(path: &Path) -> Option<String> {
    let inside = match path.is_dir() {
        true => stores(path),
        false => Vec::new(),
    };
    let stores = match inside.as_slice() {
        [] => stores(path.parent()?),
        _ => inside,
    };
    match stores.as_slice() {
        [] => None,
        [one] => Some(format!("did you mean `{}`?", one.display())),
        several => {
            let named = several.iter().take(NAMED);
            let named: Vec<_> = named.map(|it| format!("`{}`", it.display())).collect();
            let more = if several.len() > NAMED { " .." } else { "" };
            Some(format!("there is {}{more}", named.join(", ")))
        }
    }
}

/// The stores in a folder, as the user would name them.
fn stores(folder: &Path) -> Vec<PathBuf> {
    let read = match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    };
    let entries = fs::read_dir(read).into_iter().flatten().flatten();
    let mut stores: Vec<_> = entries
        .filter(|entry| is_store(&entry.path()))
        .map(|entry| folder.join(entry.file_name()))
        .collect();
    stores.sort();
    stores
}

fn is_store(path: &Path) -> bool {
    if path.is_dir() {
        return path.join(JOURNAL).is_file();
    }
    let mut head = Vec::new();
    let (at, program) = PROGRAM;
    let length = at + program.len();
    let read = File::open(path).and_then(|file| file.take(length as u64).read_to_end(&mut head));
    read.is_ok() && head.starts_with(SQLITE) && head.get(at..) == Some(program)
}
