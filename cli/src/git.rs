//! Versions that git keeps. The program `git` is asked, so that what it knows of
//! repositories, revisions and attributes holds here too.

use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A file that differs between two revisions: its path in either, from the root of the
/// repository, unless it is not there.
pub(crate) struct Differing {
    pub(crate) old: Option<String>,
    pub(crate) new: Option<String>,
}

/// What a file held in a revision, if it was there. The path is from the root of the
/// repository, or from the folder if it begins with `./`.
pub(crate) fn content(
    folder: &Path,
    revision: &str,
    path: &str,
) -> Result<Option<Vec<u8>>, String> {
    let object = format!("{revision}:{path}");
    if !revision.starts_with('-')
        && let Some(content) = run(folder, ["cat-file", "blob", &object])?
    {
        return Ok(Some(content));
    }
    known(folder, revision)?;
    Ok(None)
}

/// The workflow files that differ between a revision and another, or the working tree.
pub(crate) fn differing(old: &str, new: Option<&str>) -> Result<Vec<Differing>, String> {
    let here = Path::new(".");
    for revision in std::iter::once(old).chain(new) {
        known(here, revision)?;
    }
    let options = ["diff", "--name-status", "--find-renames", "-z", old];
    let files = ["--", ":(top)*.workflow"];
    let listed = run(here, options.into_iter().chain(new).chain(files))?;
    let listed = listed.ok_or("inflight: git cannot compare the revisions\n")?;
    let listed = String::from_utf8_lossy(&listed);
    let mut words = listed.split_terminator('\0').map(str::to_owned);
    let mut differing = Vec::new();
    while let (Some(status), Some(path)) = (words.next(), words.next()) {
        let (old, new) = match status.chars().next() {
            Some('A') => (None, Some(path)),
            Some('D') => (Some(path), None),
            Some('C' | 'R') => (Some(path), words.next()),
            _ => (Some(path.clone()), Some(path)),
        };
        differing.push(Differing { old, new });
    }
    Ok(differing)
}

/// The workflow files of a revision, from the root of the repository.
pub(crate) fn files(folder: &Path, revision: &str) -> Result<Vec<String>, String> {
    known(folder, revision)?;
    let files = [
        "ls-tree",
        "-r",
        "-z",
        "--name-only",
        "--full-tree",
        revision,
    ];
    Ok(workflow_files(run(folder, files)?))
}

/// The workflow files that lie in the working tree, from its root.
pub(crate) fn present(root: &Path) -> Result<Vec<String>, String> {
    let files = [
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ];
    let mut present = workflow_files(run(root, files)?);
    present.sort_unstable();
    present.dedup();
    present.retain(|path| root.join(path).exists());
    Ok(present)
}

fn workflow_files(listed: Option<Vec<u8>>) -> Vec<String> {
    let listed = listed.unwrap_or_default();
    let listed = String::from_utf8_lossy(&listed);
    let paths = listed.split_terminator('\0');
    let paths = paths.filter(|path| path.ends_with(".workflow"));
    paths.map(str::to_owned).collect()
}

/// The folder that holds the whole working tree in which a folder is.
pub(crate) fn root(folder: &Path) -> Result<PathBuf, String> {
    let root = run(folder, ["rev-parse", "--show-toplevel"])?;
    let root = root.ok_or("inflight: there is no working tree here\n")?;
    Ok(PathBuf::from(
        String::from_utf8_lossy(&root).trim_end_matches('\n'),
    ))
}

/// Refuses what is no revision.
fn known(folder: &Path, revision: &str) -> Result<(), String> {
    if run(folder, ["rev-parse", "--git-dir"])?.is_none() {
        return Err(format!(
            "inflight: there is no file `{revision}`, and no git repository to look for a \
             revision in\n"
        ));
    }
    let tree = format!("{revision}^{{tree}}");
    // Without a name it is the index, which is no tree.
    let is_known = revision.is_empty()
        || !revision.starts_with('-')
            && run(folder, ["rev-parse", "--verify", "--quiet", &tree])?.is_some();
    if is_known {
        Ok(())
    } else {
        Err(format!(
            "inflight: there is no file and no git revision `{revision}`\n"
        ))
    }
}

/// What git prints, or nothing if it fails.
fn run<A: AsRef<OsStr>>(
    folder: &Path,
    arguments: impl IntoIterator<Item = A>,
) -> Result<Option<Vec<u8>>, String> {
    let folder = if folder == Path::new("") {
        Path::new(".")
    } else {
        folder
    };
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(arguments)
        .output();
    match output {
        Ok(output) => Ok(output.status.success().then_some(output.stdout)),
        Err(error) if error.kind() == ErrorKind::NotFound => Err(
            "inflight: cannot ask git: there is no program `git`\nhelp: install it, or name a \
             file in place of the revision\n"
                .to_owned(),
        ),
        Err(error) => Err(format!("inflight: cannot ask git: {error}\n")),
    }
}
