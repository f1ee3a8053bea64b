//! Copying a charm's folder.
//!
//! Links that stay within the charm are kept as they are, and so are absolute ones. A
//! relative link that leads out of it would lead elsewhere from the copy, so what it
//! leads to is copied in its place.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, Metadata};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use crate::charm::CharmError;
use crate::charm::manifest::EntryKind;
use crate::durable::{self, About};

/// Copies a charm to a folder that is not there yet, and makes the copy durable.
///
/// Returns what was copied, by its path in the charm.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<BTreeMap<String, EntryKind>, CharmError> {
    let mut copy = Copy {
        root: fs::canonicalize(from).about("find", from)?,
        entries: BTreeMap::new(),
    };
    copy.folder(from, to, Path::new(""), &mut Vec::new())?;
    Ok(copy.entries)
}

struct Copy {
    root: PathBuf,
    entries: BTreeMap<String, EntryKind>,
}

impl Copy {
    /// `within` is the path in the charm, `above` the folders on the way to it.
    fn folder(
        &mut self,
        from: &Path,
        to: &Path,
        within: &Path,
        above: &mut Vec<PathBuf>,
    ) -> Result<(), CharmError> {
        let real = fs::canonicalize(from).about("find", from)?;
        if above.contains(&real) {
            return Err(CharmError::Loop(from.to_owned()));
        }
        above.push(real);
        let mode = fs::metadata(from).about("read", from)?.permissions().mode();
        DirBuilder::new()
            .mode(0o700)
            .create(to)
            .about("create", to)?;
        for entry in fs::read_dir(from).about("read", from)? {
            let name = entry.about("read", from)?.file_name();
            let (from, within) = (from.join(&name), within.join(&name));
            let path = within
                .to_str()
                .ok_or_else(|| CharmError::Name(from.clone()))?;
            let path = path.to_owned();
            let kind = self.entry(&from, &to.join(&name), &within, above)?;
            self.entries.insert(path, kind);
        }
        above.pop();
        fs::set_permissions(to, fs::Permissions::from_mode(mode & 0o7777))
            .about("set the permissions of", to)?;
        Ok(durable::sync_folder(to)?)
    }

    fn entry(
        &mut self,
        from: &Path,
        to: &Path,
        within: &Path,
        above: &mut Vec<PathBuf>,
    ) -> Result<EntryKind, CharmError> {
        let mut found = fs::symlink_metadata(from).about("read", from)?;
        if found.is_symlink() {
            match self.leads_out(from)? {
                Some(target) => found = target,
                None => {
                    let target = fs::read_link(from).about("read", from)?;
                    symlink(target, to).about("create", to)?;
                    return Ok(EntryKind::Link);
                }
            }
        }
        if found.is_dir() {
            self.folder(from, to, within, above)?;
            Ok(EntryKind::Folder)
        } else if found.is_file() {
            durable::copy(from, to)?;
            Ok(EntryKind::File)
        } else {
            Err(CharmError::Special(from.to_owned()))
        }
    }

    /// What a relative link leads to, if that is there and outside the charm.
    fn leads_out(&self, link: &Path) -> Result<Option<Metadata>, CharmError> {
        let target = fs::read_link(link).about("read", link)?;
        if target.is_absolute() {
            return Ok(None);
        }
        let (Ok(real), Ok(found)) = (fs::canonicalize(link), fs::metadata(link)) else {
            return Ok(None);
        };
        Ok((!real.starts_with(&self.root)).then_some(found))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_keep_their_meaning() {
        let folder = tempfile::tempdir().unwrap();
        let charm = folder.path().join("charm");
        fs::create_dir_all(charm.join("hooks")).unwrap();
        fs::create_dir_all(folder.path().join("shared/lib")).unwrap();
        fs::write(folder.path().join("shared/stop"), "stop").unwrap();
        fs::write(folder.path().join("shared/lib/text"), "text").unwrap();
        fs::write(charm.join("all.sh"), "all").unwrap();
        for (target, link) in [
            ("../all.sh", "hooks/install"),
            ("/bin/true", "hooks/start"),
            ("../../shared/stop", "hooks/stop"),
            ("../shared/lib", "lib"),
            ("nowhere", "dangling"),
        ] {
            symlink(target, charm.join(link)).unwrap();
        }
        let to = folder.path().join("copy");
        let entries = copy(&charm, &to).unwrap();
        let found: Vec<_> = entries
            .iter()
            .map(|(path, kind)| (path.as_str(), *kind))
            .collect();
        assert_eq!(
            found,
            [
                ("all.sh", EntryKind::File),
                ("dangling", EntryKind::Link),
                ("hooks", EntryKind::Folder),
                ("hooks/install", EntryKind::Link),
                ("hooks/start", EntryKind::Link),
                ("hooks/stop", EntryKind::File),
                ("lib", EntryKind::Folder),
                ("lib/text", EntryKind::File),
            ]
        );
        assert_eq!(fs::read_to_string(to.join("hooks/install")).unwrap(), "all");
        assert_eq!(fs::read_to_string(to.join("hooks/stop")).unwrap(), "stop");
    }

    #[test]
    fn what_cannot_be_copied_is_named() {
        let check = |make: fn(&Path), expect: &str| {
            let folder = tempfile::tempdir().unwrap();
            let charm = folder.path().join("charm");
            fs::create_dir(&charm).unwrap();
            make(&charm);
            let error = copy(&charm, &folder.path().join("copy"))
                .unwrap_err()
                .to_string();
            assert!(error.contains(expect), "{error}");
        };
        check(
            |charm| drop(std::os::unix::net::UnixListener::bind(charm.join("socket")).unwrap()),
            "socket` is neither",
        );
        check(
            |charm| symlink("..", charm.join("up")).unwrap(),
            "leads back",
        );
    }
}
