//! What the older version had.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};

use inflight_dsl::model::{Model, Workflow};

use super::{Checked, declares, workflows};
use crate::git;
use crate::source::Source;
use crate::version::{Version, object};

/// A file of the older version.
pub(super) struct Former {
    /// Its path from the root of the repository, if it is of a revision.
    path: Option<String>,
    source: OnceCell<Result<Source, String>>,
    /// The number of the file that is checked and has its place.
    mate: Option<usize>,
}

/// All files of the older version.
pub(super) struct Formers {
    list: Vec<Former>,
    tree: Option<Tree>,
}

/// The working tree beside a revision. Paths are from its root.
struct Tree {
    root: PathBuf,
    revision: String,
    /// The workflow files that lie there.
    present: Vec<String>,
    /// Those that are checked, each at its number.
    checked: Vec<Option<String>>,
}

/// A workflow whose name nothing that is checked has any more.
pub(super) struct Gone {
    pub(super) name: String,
    pub(super) workflow: Workflow,
    /// The number of the file to tell it in.
    pub(super) place: usize,
    /// Where it was, if that is another file.
    pub(super) was: Option<String>,
    /// A file that has it now, and is not checked.
    pub(super) elsewhere: Option<String>,
}

impl Formers {
    /// What a word means, beside the files that are checked. The error is for the user.
    pub(super) fn of(old: &str, checked: &[Checked<'_>]) -> Result<Self, String> {
        let Version::Revision(revision) = Version::new(old) else {
            let version = Version::new(old);
            let source = version.read(&version)?;
            let list = source.map(|source| Former {
                path: None,
                source: OnceCell::from(Ok(source)),
                mate: None,
            });
            return Ok(Self {
                list: list.into_iter().collect(),
                tree: None,
            });
        };
        let folders = checked.iter().filter(|file| file.path != Path::new("-"));
        let folder = folders.filter_map(|file| file.path.parent()).next();
        let folder = folder.unwrap_or(Path::new("."));
        let paths = git::files(folder, &revision)?;
        let tree = Tree::new(folder, revision, checked)?;
        let list = paths.into_iter().map(|path| Former {
            mate: (tree.checked.iter()).position(|it| it.as_ref() == Some(&path)),
            path: Some(path),
            source: OnceCell::new(),
        });
        Ok(Self {
            list: list.collect(),
            tree: Some(tree),
        })
    }

    /// Whether a file that is checked has an older version.
    pub(super) fn has(&self, at: usize) -> bool {
        self.list.iter().any(|former| self.is_mate(former, at))
    }

    /// The older versions of the workflows of a file: those that stood in its place, and those
    /// that have left another.
    pub(super) fn of_file(&self, at: usize, source: &Source) -> Result<Model, String> {
        let mut before = Vec::new();
        for workflow in workflows(source) {
            let name = &workflow.name.text;
            let (mates, others): (Vec<_>, Vec<_>) =
                (self.list.iter()).partition(|former| self.is_mate(former, at));
            let mut found = None;
            for mate in mates {
                found = found.or(self.workflow(mate, name)?);
            }
            let mut others = others.into_iter().filter(|_| found.is_none());
            let moved = others.find_map(|other| {
                let workflow = self.workflow(other, name).ok().flatten()?;
                (!self.stays(other, name)).then_some(workflow)
            });
            before.extend(found.or(moved).cloned());
        }
        Ok(Model {
            docs: Vec::new(),
            workflows: before,
        })
    }

    /// The workflows whose names nothing that is checked has any more, of files of which that
    /// is asked.
    pub(super) fn gone(&self, checked: &[Checked<'_>]) -> Vec<Gone> {
        let mut gone = Vec::new();
        for former in &self.list {
            let Some(place) = self.place(former) else {
                continue;
            };
            let Ok(source) = self.source(former) else {
                continue;
            };
            let model = source.compiled.model.iter();
            for workflow in model.flat_map(|model| &model.workflows) {
                let name = &workflow.name.text;
                if !checked.iter().any(|file| declares(&file.source, name)) {
                    gone.push(Gone {
                        name: name.clone(),
                        workflow: workflow.clone(),
                        place,
                        was: former.mate.is_none().then(|| source.name.clone()),
                        elsewhere: self.tree.as_ref().and_then(|tree| tree.elsewhere(name)),
                    });
                }
            }
        }
        gone
    }

    /// The file in which it is told what of an older one is gone: the one in its place. If
    /// there is none, it is only asked where all that is left around it is checked.
    fn place(&self, former: &Former) -> Option<usize> {
        let (Some(tree), Some(path)) = (&self.tree, &former.path) else {
            return Some(0);
        };
        former.mate.or_else(|| {
            let around = tree.around(path)?;
            let is_new = |at: &usize| !self.has(*at);
            around
                .iter()
                .copied()
                .find(is_new)
                .or(around.first().copied())
        })
    }

    fn is_mate(&self, former: &Former, at: usize) -> bool {
        self.tree.is_none() || former.mate == Some(at)
    }

    /// Whether a workflow is still in the file where it was.
    fn stays(&self, former: &Former, name: &str) -> bool {
        let (Some(tree), Some(path)) = (&self.tree, &former.path) else {
            return true;
        };
        tree.present.contains(path) && tree.declares(path, name)
    }

    fn workflow<'f>(&self, former: &'f Former, name: &str) -> Result<Option<&'f Workflow>, String> {
        let source = self.source(former)?;
        let Some(model) = &source.compiled.model else {
            return Err(format!(
                "inflight: cannot compare with `{0}`, which has errors\nhelp: `inflight check` \
                 shows them\n",
                source.name
            ));
        };
        Ok((model.workflows.iter()).find(|workflow| workflow.name.text == name))
    }

    fn source<'f>(&self, former: &'f Former) -> Result<&'f Source, String> {
        let source = former.source.get_or_init(|| {
            let (Some(tree), Some(path)) = (&self.tree, &former.path) else {
                return Err(String::new());
            };
            let found = object(&tree.root, &tree.revision, path, path)?;
            found.ok_or_else(String::new)
        });
        source.as_ref().map_err(Clone::clone)
    }
}

impl Tree {
    fn new(folder: &Path, revision: String, checked: &[Checked<'_>]) -> Result<Self, String> {
        let root = git::root(folder)?;
        let there = |path: &Path| path.canonicalize().ok();
        let whole = there(&root);
        let checked = checked.iter().map(|file| {
            let path = there(file.path)?;
            let path = path.strip_prefix(whole.as_ref()?).ok()?;
            Some(path.to_string_lossy().replace('\\', "/"))
        });
        Ok(Self {
            present: git::present(&root)?,
            checked: checked.collect(),
            root,
            revision,
        })
    }

    /// The files around one that is gone, in the first folder in which there still are any, by
    /// their numbers; if each of them is checked.
    fn around(&self, path: &str) -> Option<Vec<usize>> {
        if self.present.iter().any(|it| it == path) {
            return None;
        }
        let mut folder = path;
        loop {
            folder = folder.rsplit_once('/').map_or("", |(folder, _)| folder);
            let within = |path: &&String| {
                folder.is_empty()
                    || path
                        .strip_prefix(folder)
                        .is_some_and(|rest| rest.starts_with('/'))
            };
            let left: Vec<_> = self.present.iter().filter(within).collect();
            let number =
                |path: &&String| self.checked.iter().position(|it| it.as_ref() == Some(path));
            match left.as_slice() {
                [] if folder.is_empty() => return None,
                [] => {}
                left => return left.iter().map(number).collect(),
            }
        }
    }

    /// A file that declares a workflow, and is not checked.
    fn elsewhere(&self, name: &str) -> Option<String> {
        let is_checked = |path: &String| self.checked.iter().any(|it| it.as_ref() == Some(path));
        let mut others = self.present.iter().filter(|path| !is_checked(path));
        others.find(|path| self.declares(path, name)).cloned()
    }

    fn declares(&self, path: &str, name: &str) -> bool {
        let source = Source::read(&self.root.join(path));
        source.is_ok_and(|source| declares(&source, name))
    }
}
