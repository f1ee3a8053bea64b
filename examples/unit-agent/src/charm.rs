//! Charms: folders that say what a service is called, how it is configured, and what
//! to run at each step of its life.

mod manifest;
mod replacement;
mod tree;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use crate::config::{Kind, ValueError};
use crate::durable::{About, FileError};

pub(crate) use manifest::Manifest;
pub(crate) use replacement::{Replacement, finish_replacement, replace};

/// What a charm's folder says of it.
#[derive(Debug)]
pub(crate) struct Charm {
    /// Its name, of `metadata.yaml`.
    pub(crate) name: String,
    /// Its revision, of `revision`.
    pub(crate) revision: u64,
    /// What can be configured, of `config.yaml`.
    pub(crate) options: Options,
}

/// What can be configured, by name.
pub(crate) type Options = BTreeMap<String, ConfigOption>;

/// Something that can be configured.
#[derive(Clone, Debug, Default)]
pub(crate) struct ConfigOption {
    /// Its type, if it declares one.
    pub(crate) kind: Option<Kind>,
    /// What it is until it is configured.
    pub(crate) default: Option<Json>,
}

/// Why a charm cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CharmError {
    /// The folder is not there.
    #[error("there is no charm at `{}`", .0.display())]
    Missing(PathBuf),
    /// A file cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// A file is not the YAML it should be.
    #[error("`{}` is not what it should be: {error}", path.display())]
    Yaml {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        error: String,
    },
    /// `revision` is not a number.
    #[error("`{}` should hold a whole number, but holds `{found}`", path.display())]
    Revision {
        /// The file.
        path: PathBuf,
        /// What it holds.
        found: String,
    },
    /// The default of an option is not of its type.
    #[error("the default of `{option}` in `{}` is wrong: {error}", path.display())]
    Default {
        /// The option.
        option: String,
        /// The file.
        path: PathBuf,
        /// Why.
        error: ValueError,
    },
    /// The new charm could not be moved into place; whoever starts next finishes that.
    #[error("the new charm is not wholly in place yet: {0}")]
    Unfinished(FileError),
    /// Something that cannot be copied.
    #[error("`{}` is neither a file, a folder nor a link, so the charm cannot be copied", .0.display())]
    Special(PathBuf),
    /// A name that is not text.
    #[error("the name of `{}` is not UTF-8, so the charm cannot be copied", .0.display())]
    Name(PathBuf),
    /// A link that leads to a folder it stands in.
    #[error("`{}` leads back to a folder that it is in, so the charm cannot be copied", .0.display())]
    Loop(PathBuf),
    /// A hook made something where the new charm has something else.
    #[error(
        "the new charm has a {new} `{path}`, where a hook has made a {found}: move it away, then retry"
    )]
    InTheWay {
        /// The path in the charm.
        path: String,
        /// What the new charm has there.
        new: &'static str,
        /// What is there.
        found: &'static str,
    },
}

#[derive(Deserialize)]
struct Metadata {
    name: String,
}

impl Charm {
    /// Reads what a charm's folder says.
    pub(crate) fn read(folder: &Path) -> Result<Self, CharmError> {
        if !folder.is_dir() {
            return Err(CharmError::Missing(folder.to_owned()));
        }
        let path = folder.join("metadata.yaml");
        let text = fs::read_to_string(&path).about("read", &path)?;
        let metadata: Metadata = yaml(&path, &text)?;
        Ok(Self {
            name: metadata.name,
            revision: revision(&folder.join("revision"))?,
            options: options(&folder.join("config.yaml"))?,
        })
    }
}

fn revision(path: &Path) -> Result<u64, CharmError> {
    let text = fs::read_to_string(path).about("read", path)?;
    text.trim().parse().map_err(|_| CharmError::Revision {
        path: path.to_owned(),
        found: text.trim().to_owned(),
    })
}

/// The mapping under `options`, or the whole file if it has no such key. An option is a
/// mapping with `type` and `default`; a bare value is short for its default.
fn options(path: &Path) -> Result<Options, CharmError> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Options::new()),
        Err(error) => return Err(error).about("read", path)?,
    };
    let file: Option<BTreeMap<String, Json>> = yaml(path, &text)?;
    let mut file = file.unwrap_or_default();
    let declared = match file.remove("options") {
        None => file,
        Some(options) => from_json::<Option<_>>(path, "options", options)?.unwrap_or_default(),
    };
    declared
        .into_iter()
        .map(|(name, declared)| Ok((name.clone(), option(path, &name, declared)?)))
        .collect()
}

fn option(path: &Path, name: &str, declared: Json) -> Result<ConfigOption, CharmError> {
    #[derive(Deserialize)]
    struct Declared {
        #[serde(rename = "type")]
        kind: Option<Kind>,
        default: Option<Json>,
    }

    let Declared { kind, default } = match declared {
        Json::Object(_) => from_json(path, name, declared)?,
        default => Declared {
            kind: None,
            default: Some(default).filter(|value| !value.is_null()),
        },
    };
    let default = match (kind, default) {
        (Some(kind), Some(value)) => {
            Some(kind.accept(&value).map_err(|error| CharmError::Default {
                option: name.to_owned(),
                path: path.to_owned(),
                error,
            })?)
        }
        (_, default) => default,
    };
    Ok(ConfigOption { kind, default })
}

fn from_json<T: DeserializeOwned>(path: &Path, name: &str, value: Json) -> Result<T, CharmError> {
    serde_json::from_value(value).map_err(|error| CharmError::Yaml {
        path: path.to_owned(),
        error: format!("`{name}`: {error}"),
    })
}

fn yaml<T: DeserializeOwned>(path: &Path, text: &str) -> Result<T, CharmError> {
    serde_saphyr::from_str(text).map_err(|error| CharmError::Yaml {
        path: path.to_owned(),
        error: error.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn charm(files: &[(&str, &str)]) -> Result<Charm, CharmError> {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("metadata.yaml"), "name: page\n").unwrap();
        fs::write(folder.path().join("revision"), "7").unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        Charm::read(folder.path())
    }

    #[test]
    fn reads_a_charm_with_nothing_to_configure() {
        let charm = charm(&[]).unwrap();
        assert_eq!((charm.name.as_str(), charm.revision), ("page", 7));
        assert!(charm.options.is_empty());
    }

    #[test]
    fn a_revision_may_have_a_new_line() {
        assert_eq!(charm(&[("revision", "12\n")]).unwrap().revision, 12);
    }

    #[test]
    fn options_are_read_in_every_form() {
        let check = |yaml: &str, expect: &[(&str, Json)]| {
            let charm = charm(&[("config.yaml", yaml)]).unwrap();
            let found: Vec<_> = charm
                .options
                .iter()
                .map(|(name, option)| (name.as_str(), option.default.clone().unwrap_or_default()))
                .collect();
            assert_eq!(found, expect, "{yaml}");
        };
        check("", &[]);
        check("# nothing\n", &[]);
        check("options:\n", &[]);
        check("options: {}\n", &[]);
        check(
            "options:\n  port: {type: int, default: 80}\n",
            &[("port", 80.into())],
        );
        check(
            "options:\n  title:\n    type: string\n    default: 80\n    description: x\n",
            &[("title", "80".into())],
        );
        check(
            "options:\n  later: {type: string}\n",
            &[("later", Json::Null)],
        );
        check("options:\n  title: Hello\n", &[("title", "Hello".into())]);
        check("title: Hello\n", &[("title", "Hello".into())]);
    }

    #[test]
    fn says_what_is_wrong_with_a_charm() {
        let check = |name: &str, text: &str, expect: &str| {
            let error = charm(&[(name, text)]).unwrap_err().to_string();
            assert!(error.contains(name) && error.contains(expect), "{error}");
        };
        check("revision", "one\n", "but holds `one`");
        check("metadata.yaml", "summary: a page\n", "name");
        check("metadata.yaml", "name: [\n", "line");
        check("config.yaml", "options: {port: {type: colour}}\n", "`port`");
        check(
            "config.yaml",
            "options: {port: {type: int, default: many}}\n",
            "whole number",
        );
    }
}
