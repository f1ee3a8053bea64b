//! Which texts are compared.

use std::path::Path;

use inflight_dsl::model::Model;

use super::{Diff, moved};
use crate::git::{self, Differing};
use crate::source::Source;
use crate::version::{Version, object};

/// Two versions of a file, of which one may not be there.
pub(super) struct Pair {
    /// What to call it.
    pub(super) name: String,
    pub(super) old: Option<Source>,
    pub(super) new: Option<Source>,
    pub(super) which: Which,
}

/// Which workflows of two versions are compared.
pub(super) enum Which {
    All,
    AllBut(Vec<String>),
    Only(Vec<String>),
}

impl Which {
    /// What a version declares of them, unless it has mistakes; one that is not there declares
    /// nothing.
    pub(super) fn of(&self, source: Option<&Source>) -> Option<Model> {
        let mut model = match source {
            Some(source) => source.compiled.model.clone()?,
            None => Model {
                docs: Vec::new(),
                workflows: Vec::new(),
            },
        };
        model.workflows.retain(|workflow| match self {
            Which::All => true,
            Which::AllBut(names) => !names.contains(&workflow.name.text),
            Which::Only(names) => names.contains(&workflow.name.text),
        });
        Some(model)
    }
}

/// What was asked to be compared. An error is a line for the user.
pub(super) fn pairs(diff: &Diff) -> Result<Vec<Result<Pair, String>>, String> {
    let old = Version::new(&diff.old);
    let new = diff.new.as_deref().map(Version::new);
    let file = |path: &Path| Version::File(path.to_owned());
    match (old, new) {
        (old @ Version::Revision(_), Some(Version::File(first))) => {
            let files = std::iter::once(&first).chain(&diff.files);
            Ok(files.map(|path| pair(&old, &file(path), path)).collect())
        }
        (Version::Revision(old), Some(Version::Revision(new))) if !diff.files.is_empty() => {
            let pairs = diff.files.iter().map(|path| {
                let (old, new) = (
                    Version::Revision(old.clone()),
                    Version::Revision(new.clone()),
                );
                let there = file(path);
                named(
                    path.display().to_string(),
                    old.read(&there)?,
                    new.read(&there)?,
                )
            });
            Ok(pairs.collect())
        }
        _ if !diff.files.is_empty() => Err(
            "inflight: more than two versions\nhelp: files are named after two revisions, or \
             after one\n"
                .to_owned(),
        ),
        (Version::Revision(old), Some(Version::Revision(new))) => all(&old, Some(&new)),
        (Version::Revision(old), None) => all(&old, None),
        (_, None) => Err(format!(
            "inflight: nothing to compare `{}` with\nhelp: name a second file, or a git \
             revision before it\n",
            diff.old
        )),
        (old, Some(new)) => {
            let name = match (&old, &new) {
                (Version::File(old), Version::File(new)) => {
                    format!("{} -> {}", old.display(), new.display())
                }
                (_, Version::File(path)) | (Version::File(path), _) => path.display().to_string(),
                (_, Version::Object { path, .. }) | (Version::Object { path, .. }, _) => {
                    path.clone()
                }
                (_, Version::Revision(new)) => new.clone(),
            };
            Ok(vec![
                old.read(&new)
                    .and_then(|first| named(name, first, new.read(&old)?)),
            ])
        }
    }
}

fn pair(old: &Version, new: &Version, path: &Path) -> Result<Pair, String> {
    named(path.display().to_string(), old.read(new)?, new.read(old)?)
}

fn named(name: String, old: Option<Source>, new: Option<Source>) -> Result<Pair, String> {
    // An empty file is how tools hand on one that is not there.
    let there = |source: Option<Source>| source.filter(|source| !source.text.is_empty());
    if old.is_none() && new.is_none() {
        return Err(format!(
            "inflight: there is no `{name}` in either revision\n"
        ));
    }
    Ok(Pair {
        name,
        old: there(old),
        new: there(new),
        which: Which::All,
    })
}

/// All workflow files that differ.
fn all(old: &str, new: Option<&str>) -> Result<Vec<Result<Pair, String>>, String> {
    let differing = git::differing(old, new)?;
    let root = git::root(Path::new("."));
    let read = |revision: Option<&str>, path: &str| match revision {
        Some(revision) => object(Path::new("."), revision, path, path),
        None => Ok(Some(Source {
            name: path.to_owned(),
            ..Source::read(&root.clone()?.join(path))?
        })),
    };
    let pairs = differing.into_iter().map(
        |Differing {
             old: then,
             new: now,
         }| {
            let name = now.clone().or(then.clone()).unwrap_or_default();
            Ok(Pair {
                name,
                old: then
                    .map(|path| read(Some(old), &path))
                    .transpose()?
                    .flatten(),
                new: now.map(|path| read(new, &path)).transpose()?.flatten(),
                which: Which::All,
            })
        },
    );
    Ok(moved::together(pairs.collect()))
}
