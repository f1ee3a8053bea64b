use super::*;

struct Charms {
    folder: tempfile::TempDir,
    data: DataFolder,
}

impl Charms {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = DataFolder::at(&folder.path().join("data")).unwrap();
        data.create().unwrap();
        Self { folder, data }
    }

    /// Writes a charm; a path that ends in `/` is a folder.
    fn charm(&self, revision: u64, files: &[&str]) -> PathBuf {
        let charm = self.folder.path().join(format!("charm-{revision}"));
        fs::create_dir(&charm).unwrap();
        fs::write(charm.join("metadata.yaml"), "name: page").unwrap();
        fs::write(charm.join("revision"), revision.to_string()).unwrap();
        make(&charm, files, &format!("revision {revision}"));
        charm
    }

    fn bring_in(&self, revision: u64, files: &[&str]) -> Result<Replacement, CharmError> {
        replace(&self.data, &self.charm(revision, files), Some("execution"))
    }

    /// What is in the charm's folder, apart from what every charm has.
    fn files(&self) -> Vec<String> {
        let mut files = Vec::new();
        let mut folders = vec![self.data.charm()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path.clone());
                    continue;
                }
                let name = path.strip_prefix(self.data.charm()).unwrap();
                let name = name.to_str().unwrap();
                if !matches!(name, "metadata.yaml" | "revision") {
                    files.push(format!("{name}: {}", fs::read_to_string(&path).unwrap()));
                }
            }
        }
        files.sort();
        files
    }
}

fn make(folder: &Path, files: &[&str], text: &str) {
    for file in files {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        if file.ends_with('/') {
            fs::create_dir_all(&path).unwrap();
        } else {
            fs::write(&path, text).unwrap();
        }
    }
}

#[test]
fn a_newer_charm_replaces_its_own_files_only() {
    let check = |old: &[&str], hooks: &[&str], new: &[&str], expect: &[&str]| {
        let charms = Charms::new();
        charms.bring_in(1, old).unwrap();
        make(&charms.data.charm(), hooks, "made by a hook");
        let done = charms.bring_in(2, new).unwrap();
        assert_eq!(
            done,
            Replacement::Done {
                from: Some(1),
                to: 2
            }
        );
        assert_eq!(charms.files(), expect, "{old:?} {hooks:?} {new:?}");
        let manifest = Manifest::load(&charms.data).unwrap().unwrap();
        assert_eq!(manifest.execution.as_deref(), Some("execution"));
        assert!(!charms.data.staged().exists() && !charms.data.draft().exists());
    };
    check(&["hooks/a"], &[], &["hooks/a"], &["hooks/a: revision 2"]);
    check(&["hooks/a"], &[], &["hooks/b"], &["hooks/b: revision 2"]);
    check(
        &["hooks/a"],
        &["hooks/made", "site/index"],
        &["b"],
        &[
            "b: revision 2",
            "hooks/made: made by a hook",
            "site/index: made by a hook",
        ],
    );
    check(&["a"], &["a"], &["a"], &["a: revision 2"]);
    check(&["a"], &["b"], &["b"], &["b: revision 2"]);
    check(&["a"], &[], &["a/b"], &["a/b: revision 2"]);
    check(&["a/b"], &[], &["a"], &["a: revision 2"]);
    check(&["a/b/c"], &[], &["a"], &["a: revision 2"]);
}

#[test]
fn what_a_hook_has_made_is_not_lost_to_a_charm_that_needs_its_place() {
    let check = |old: &[&str], hooks: &[&str], new: &[&str], expect: &str| {
        let charms = Charms::new();
        charms.bring_in(1, old).unwrap();
        make(&charms.data.charm(), hooks, "made by a hook");
        let before = charms.files();
        let error = charms.bring_in(2, new).unwrap_err().to_string();
        assert!(error.contains(expect), "{error}");
        assert_eq!(charms.files(), before);
        assert!(!charms.data.staged().exists() && !charms.data.draft().exists());
    };
    check(
        &[],
        &["a"],
        &["a/b"],
        "a folder `a`, where a hook has made a file",
    );
    check(
        &[],
        &["a/b"],
        &["a"],
        "a file `a`, where a hook has made a folder",
    );
    check(
        &["a/b"],
        &["a/c"],
        &["a"],
        "a file `a`, where a hook has made a folder",
    );
}

#[test]
fn a_charm_that_is_no_newer_replaces_nothing() {
    let charms = Charms::new();
    charms.bring_in(2, &["a"]).unwrap();
    for offered in [1, 2] {
        let source = match offered {
            1 => charms.charm(1, &["b"]),
            _ => charms.folder.path().join("charm-2"),
        };
        let found = replace(&charms.data, &source, None).unwrap();
        assert_eq!(
            found,
            Replacement::NotNewer {
                current: 2,
                offered
            }
        );
        assert_eq!(charms.files(), ["a: revision 2"]);
    }
}

#[test]
fn permissions_survive() {
    let charms = Charms::new();
    let charm = charms.charm(1, &["hooks/install"]);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
    fs::set_permissions(
        charm.join("hooks/install"),
        fs::Permissions::from_mode(0o750),
    )
    .unwrap();
    fs::set_permissions(charm.join("hooks"), fs::Permissions::from_mode(0o705)).unwrap();
    replace(&charms.data, &charm, None).unwrap();
    assert_eq!(mode(&charms.data.charm().join("hooks/install")), 0o750);
    assert_eq!(mode(&charms.data.charm().join("hooks")), 0o705);
}

/// A replacement that stops after any number of its moves and removals is finished by
/// whoever comes next.
#[test]
fn a_replacement_is_finished_from_wherever_it_stopped() {
    let old = [
        "kept",
        "gone",
        "folder/gone",
        "turns/into-file",
        "turns-into-folder",
    ];
    let new = ["kept", "new/file", "turns", "turns-into-folder/file"];
    for done in 0..=old.len() + new.len() {
        let charms = Charms::new();
        charms.bring_in(1, &old).unwrap();
        make(&charms.data.charm(), &["made"], "made by a hook");
        let source = charms.charm(2, &new);
        let charm = Charm::read(&source).unwrap();
        let current = Manifest::load(&charms.data).unwrap();
        stage(&charms.data, &source, &charm, current.as_ref(), None).unwrap();

        let staged: Manifest = durable::read_json(&charms.data.staged().join("charm.json"))
            .unwrap()
            .unwrap();
        let mut old_part = current.unwrap();
        let mut new_part = staged.clone();
        old_part.entries = old_part.entries.into_iter().rev().take(done).collect();
        new_part.entries = new_part
            .entries
            .into_iter()
            .take(done.saturating_sub(old.len()))
            .collect();
        remove_old(&charms.data.charm(), &old_part, &staged).unwrap();
        if !new_part.entries.is_empty() {
            move_new(
                &charms.data.charm(),
                &charms.data.staged().join("files"),
                &new_part,
            )
            .unwrap();
        }

        finish_replacement(&charms.data).unwrap();
        finish_replacement(&charms.data).unwrap();
        assert_eq!(
            charms.files(),
            [
                "kept: revision 2",
                "made: made by a hook",
                "new/file: revision 2",
                "turns-into-folder/file: revision 2",
                "turns: revision 2",
            ],
            "stopped after {done}"
        );
        assert_eq!(Manifest::load(&charms.data).unwrap(), Some(staged));
    }
}

#[test]
fn a_copy_that_was_not_finished_is_thrown_away() {
    let charms = Charms::new();
    charms.bring_in(1, &["a"]).unwrap();
    make(&charms.data.draft(), &["files/a"], "half");
    finish_replacement(&charms.data).unwrap();
    assert_eq!(charms.files(), ["a: revision 1"]);
    assert!(!charms.data.draft().exists());
}
