//! Charms whose hooks do as they are told, and write down that they did.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// The hooks of a unit's own life.
pub(crate) const UNIT_HOOKS: [&str; 5] = [
    "install",
    "config-changed",
    "start",
    "stop",
    "upgrade-charm",
];

const RELATION_HOOKS: [&str; 4] = ["joined", "changed", "departed", "broken"];

const CONFIG: &str = "options:
  title:
    type: string
    default: untitled
    description: What the page is called.
  colour:
    type: string
    default: grey
    description: The colour of the page.
";

/// A charm to be written to disk.
pub(crate) struct Charm {
    revision: String,
    label: String,
    config: Option<&'static str>,
    hooks: Vec<String>,
    files: Vec<(&'static str, String)>,
}

impl Charm {
    /// A charm with every hook; its hooks tell this revision.
    pub(crate) fn revision(revision: u32) -> Self {
        let relation_hooks = ["db", "cache"].iter().flat_map(|relation| {
            RELATION_HOOKS
                .iter()
                .map(move |change| format!("{relation}-relation-{change}"))
        });
        Self {
            revision: format!("{revision}\n"),
            label: format!("r{revision}"),
            config: Some(CONFIG),
            hooks: UNIT_HOOKS
                .iter()
                .map(|hook| (*hook).to_owned())
                .chain(relation_hooks)
                .collect(),
            files: vec![("page", format!("as of revision {revision}\n"))],
        }
    }

    /// With hooks that tell something other than the revision.
    pub(crate) fn labelled(self, label: &str) -> Self {
        Self {
            label: label.to_owned(),
            ..self
        }
    }

    /// Without a new line after the revision, and without `config.yaml`.
    pub(crate) fn bare(self) -> Self {
        Self {
            revision: self.revision.trim().to_owned(),
            config: None,
            ..self
        }
    }

    /// Without a hook.
    pub(crate) fn without(mut self, hook: &str) -> Self {
        self.hooks.retain(|it| it != hook);
        self
    }

    /// Without the hooks of relations, where each file costs.
    pub(crate) fn alone(mut self) -> Self {
        self.hooks
            .retain(|hook| UNIT_HOOKS.contains(&hook.as_str()));
        self
    }

    /// With one more file.
    pub(crate) fn file(mut self, name: &'static str, text: &str) -> Self {
        self.files.push((name, text.to_owned()));
        self
    }

    pub(super) fn write(&self, folder: &Path, control: &Path) {
        fs::create_dir_all(folder.join("hooks")).unwrap();
        let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
        write(
            "metadata.yaml",
            "name: blog
summary: A page.
description: A page.
requires:
  db: {interface: sql}
  cache: {interface: memory}
",
        );
        write("revision", &self.revision);
        if let Some(config) = self.config {
            write("config.yaml", config);
        }
        for (name, text) in &self.files {
            write(name, text);
        }
        for hook in &self.hooks {
            let path = folder.join("hooks").join(hook);
            fs::write(&path, self.hook(hook, control)).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        }
    }

    fn hook(&self, name: &str, control: &Path) -> String {
        include_str!("hook.sh")
            .replace("@control@", control.to_str().unwrap())
            .replace("@hook@", name)
            .replace("@label@", &self.label)
    }
}
