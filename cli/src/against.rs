//! Mistakes that a file has only beside an older version of it.

use std::path::Path;

use inflight_dsl::compare::compare;

use crate::source::Source;
use crate::version::Version;

/// Adds what would strand records of the old version. A file that is new in itself has no
/// old version; then this is a line for the user, and nothing is added.
pub(crate) fn add(old: &str, path: &Path, source: &mut Source) -> Result<Option<String>, String> {
    let version = Version::new(old);
    let Some(before) = version.read(&Version::File(path.to_owned()))? else {
        let name = &source.name;
        return Ok(Some(format!(
            "inflight: `{name}` is new since `{old}`: there is nothing to compare it with\n"
        )));
    };
    let Some(old) = &before.compiled.model else {
        return Err(format!(
            "inflight: cannot compare with `{0}`, which has errors\nhelp: `inflight check` \
             shows them\n",
            before.name
        ));
    };
    if let Some(new) = &source.compiled.model {
        let comparisons = compare(old, new);
        let changes = comparisons.into_iter().flat_map(|it| it.changes);
        let stranding = changes.filter_map(|change| change.stranding);
        source.compiled.diagnostics.extend(stranding);
        let diagnostics = &mut source.compiled.diagnostics;
        diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
    }
    Ok(None)
}
