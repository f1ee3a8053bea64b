//! Bringing a charm into the data folder, and replacing it by a newer revision.
//!
//! The new charm is first copied to `staged.draft/` and made durable there. Renaming
//! that to `staged/` is the point of no return: before it the old charm is in use
//! and untouched, after it the new one is moved into place, file by file. An agent
//! that finds `staged/` when it starts finishes that, whatever was done already.
//! `charm.json`, which says what is in use, is moved last.
//!
//! The folder of the charm stays the same one, so that what hooks have made in it is
//! still there, and still the same for a process that a hook left running. Files of
//! the old charm that the new one does not have are removed.

use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};

use crate::charm::manifest::{EntryKind, Manifest};
use crate::charm::{Charm, CharmError, tree};
use crate::durable::{self, About, FileError};
use crate::folder::DataFolder;

/// What came of bringing in a charm.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Replacement {
    /// Its files are in use now.
    Done {
        /// The revision before, if there was one.
        from: Option<u64>,
        /// The revision now.
        to: u64,
    },
    /// It is no newer than the one in use.
    NotNewer {
        /// The revision in use.
        current: u64,
        /// The revision that was offered.
        offered: u64,
    },
}

/// Makes a charm the one in use, unless the one in use is as new.
///
/// `execution` is the execution of the transition on whose behalf this happens.
pub(crate) fn replace(
    folder: &DataFolder,
    source: &Path,
    execution: Option<&str>,
) -> Result<Replacement, CharmError> {
    let charm = Charm::read(source)?;
    let current = Manifest::load(folder)?;
    if let Some(current) = &current
        && current.revision >= charm.revision
    {
        return Ok(Replacement::NotNewer {
            current: current.revision,
            offered: charm.revision,
        });
    }
    stage(folder, source, &charm, current.as_ref(), execution)?;
    finish_replacement(folder).map_err(CharmError::Unfinished)?;
    Ok(Replacement::Done {
        from: current.map(|manifest| manifest.revision),
        to: charm.revision,
    })
}

/// Finishes a replacement that was under way, if there was one.
pub(crate) fn finish_replacement(folder: &DataFolder) -> Result<(), FileError> {
    durable::remove_folder(&folder.draft())?;
    let staged = folder.staged();
    let manifest = staged.join("charm.json");
    if let Some(new) = durable::read_json::<Manifest>(&manifest)? {
        if let Some(old) = Manifest::load(folder)? {
            remove_old(&folder.charm(), &old, &new)?;
        }
        move_new(&folder.charm(), &staged.join("files"), &new)?;
        durable::rename(&manifest, &folder.manifest())?;
    }
    durable::remove_folder(&staged)
}

fn stage(
    folder: &DataFolder,
    source: &Path,
    charm: &Charm,
    current: Option<&Manifest>,
    execution: Option<&str>,
) -> Result<(), CharmError> {
    let draft = folder.draft();
    durable::remove_folder(&draft)?;
    fs::create_dir(&draft).about("create", &draft)?;
    let entries = tree::copy(source, &draft.join("files"))?;
    let new = Manifest::new(charm, execution, entries);
    if let Err(error) = nothing_in_the_way(&folder.charm(), current, &new) {
        durable::remove_folder(&draft)?;
        return Err(error);
    }
    durable::write_json(&draft.join("charm.json"), &new)?;
    Ok(durable::rename(&draft, &folder.staged())?)
}

/// What a hook has made stays, so a new charm that needs its place is refused, before
/// anything is changed.
fn nothing_in_the_way(
    charm: &Path,
    old: Option<&Manifest>,
    new: &Manifest,
) -> Result<(), CharmError> {
    let ours = |path: &str, kind| old.is_some_and(|old| old.entries.get(path) == Some(&kind));
    for (path, kind) in &new.entries {
        let Some(found) = kind_at(&charm.join(path))? else {
            continue;
        };
        let fits = match (kind, found) {
            (EntryKind::Folder, EntryKind::Folder) => true,
            (EntryKind::Folder, found) => ours(path, found),
            (_, EntryKind::Folder) => {
                let mut inside = vec![path.clone()];
                let mut all_ours = true;
                while let Some(path) = inside.pop() {
                    let Some(kind) = kind_at(&charm.join(&path))? else {
                        continue;
                    };
                    all_ours &= ours(&path, kind);
                    if kind == EntryKind::Folder {
                        let folder = charm.join(&path);
                        for entry in fs::read_dir(&folder).about("read", &folder)? {
                            let name = entry.about("read", &folder)?.file_name();
                            inside.push(format!("{path}/{}", name.to_string_lossy()));
                        }
                    }
                }
                all_ours
            }
            (_, _) => true,
        };
        if !fits {
            return Err(CharmError::InTheWay {
                path: path.clone(),
                new: kind.name(),
                found: found.name(),
            });
        }
    }
    Ok(())
}

fn remove_old(charm: &Path, old: &Manifest, new: &Manifest) -> Result<(), FileError> {
    for (path, kind) in old.entries.iter().rev() {
        let stays = match (kind, new.entries.get(path)) {
            (_, None) => false,
            (EntryKind::Folder, Some(new)) => *new == EntryKind::Folder,
            (_, Some(new)) => *new != EntryKind::Folder,
        };
        let path = charm.join(path);
        if stays || kind_at(&path)? != Some(*kind) {
            continue;
        }
        if *kind == EntryKind::Folder {
            match fs::remove_dir(&path) {
                // Hooks have made something in it.
                Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => {}
                result => result.about("remove", &path)?,
            }
            durable::sync_parent(&path)?;
        } else {
            durable::remove(&path)?;
        }
    }
    Ok(())
}

fn move_new(charm: &Path, files: &Path, new: &Manifest) -> Result<(), FileError> {
    let mut folders = vec![charm.to_owned()];
    make_folder(files, charm)?;
    for (path, kind) in &new.entries {
        let (from, to) = (files.join(path), charm.join(path));
        match kind {
            EntryKind::Folder => {
                make_folder(&from, &to)?;
                folders.push(to);
            }
            // What is no longer staged was moved before a crash.
            EntryKind::File | EntryKind::Link if kind_at(&from)?.is_some() => {
                fs::rename(&from, &to).about("rename", &from)?;
            }
            EntryKind::File | EntryKind::Link => {}
        }
    }
    folders.extend(charm.parent().map(PathBuf::from));
    folders
        .iter()
        .try_for_each(|folder| durable::sync_folder(folder))
}

/// Makes a folder with the permissions of another, unless it is there.
fn make_folder(like: &Path, folder: &Path) -> Result<(), FileError> {
    let permissions = fs::metadata(like).about("read", like)?.permissions();
    if kind_at(folder)?.is_none() {
        DirBuilder::new()
            .mode(permissions.mode() & 0o7777)
            .create(folder)
            .about("create", folder)?;
    }
    fs::set_permissions(folder, permissions).about("set the permissions of", folder)
}

fn kind_at(path: &Path) -> Result<Option<EntryKind>, FileError> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_dir() => Ok(Some(EntryKind::Folder)),
        Ok(found) if found.is_symlink() => Ok(Some(EntryKind::Link)),
        Ok(_) => Ok(Some(EntryKind::File)),
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
            ) =>
        {
            Ok(None)
        }
        Err(error) => Err(error).about("read", path),
    }
}

#[cfg(test)]
mod tests;
