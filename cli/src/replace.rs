//! Files with a new content.

use std::fs::{self, File};
use std::io::{Result, Write as _};
use std::path::Path;

use tempfile::Builder;

/// Gives a file a new content, all of it or none: it is written beside the file and put
/// in its place when it is durable. A symbolic link stays one, and permissions are kept.
pub(crate) fn replace(path: &Path, text: &str) -> Result<()> {
    let path = fs::canonicalize(path)?;
    // Who may not write the file shall not replace it either.
    let old = File::options().write(true).open(&path)?;
    let permissions = old.metadata()?.permissions();
    let folder = path.parent().unwrap_or(Path::new("."));
    let new = Builder::new()
        .prefix(".inflight-fmt-")
        .tempfile_in(folder)?;
    new.as_file().write_all(text.as_bytes())?;
    new.as_file().set_permissions(permissions)?;
    new.as_file().sync_all()?;
    new.persist(&path)?;
    Ok(())
}
