//! Whose the files of a store are.

use std::fs::{self, File, Permissions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
use std::path::Path;

/// Who may read and write.
const ACCESS: u32 = 0o666;

/// Gives a file that was just created beside a store the owner and the mode of the store, if the
/// system lets us: a command that root has run, with a umask of its own, is not to keep the
/// program from its store. `main` is what came first; without it, nothing is to be kept.
///
/// Only of a file that is new: what was there before may be a link to somebody else's.
pub(crate) fn share(file: &File, main: &Path) -> io::Result<()> {
    let Ok(main) = fs::metadata(main) else {
        return Ok(());
    };
    let found = file.metadata()?;
    let of = (main.uid(), main.gid());
    if of != (found.uid(), found.gid()) {
        match fchown(file, Some(of.0), Some(of.1)) {
            // Only root may.
            Err(error) if error.kind() == ErrorKind::PermissionDenied => return Ok(()),
            result => result?,
        }
    }
    let mode = main.mode() & ACCESS;
    if found.mode() & 0o777 != mode {
        file.set_permissions(Permissions::from_mode(mode))?;
    }
    Ok(())
}
