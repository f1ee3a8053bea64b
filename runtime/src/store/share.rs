//! Whose the files of a store are.

use std::fs::{self, File, Permissions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
use std::path::Path;

/// Who may read and write.
const ACCESS: u32 = 0o666;

/// Gives a file the owner of another one, if the system lets us, and says whether it did. A
/// command that root has run, with a umask of its own, is not to keep the program from its
/// store. Nothing is done while there is no other one.
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
    let access = main.mode() & ACCESS;
    // Whoever may read a folder may enter it.
    let enter = if found.is_dir() {
        (access & 0o444) >> 2
    } else {
        0
    };
    let mode = access | enter;
    if found.mode() & 0o777 != mode {
        file.set_permissions(Permissions::from_mode(mode))?;
    }
    Ok(())
}
