//! The configuration: the charm's defaults, and what `configure` has set over them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::charm::{Charm, CharmError, Options};
use crate::durable::{self, FileError};
use crate::folder::DataFolder;

/// The configuration as hooks see it.
pub(crate) fn current(folder: &DataFolder) -> Result<Map<String, Json>, CharmError> {
    let options = match folder.charm().is_dir() {
        true => Charm::read(&folder.charm())?.options,
        false => Options::new(),
    };
    Ok(Settings::load(folder)?.over(&options))
}

/// The type of an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    /// A whole number.
    Int,
    /// A number.
    Float,
    /// `true` or `false`.
    Boolean,
    /// Text.
    String,
}

/// A value that is not of its option's type.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not {expected}")]
pub(crate) struct ValueError {
    found: String,
    expected: &'static str,
}

impl Kind {
    /// Takes a value as this type.
    pub(crate) fn accept(self, value: &Json) -> Result<Json, ValueError> {
        let text = match value {
            Json::String(text) => text.clone(),
            other => other.to_string(),
        };
        self.parse(&text)
    }

    /// Reads text as this type.
    pub(crate) fn parse(self, text: &str) -> Result<Json, ValueError> {
        let (value, expected) = match self {
            Kind::Int => (text.parse().ok().map(|n: i64| n.into()), "a whole number"),
            Kind::Float => (
                text.parse()
                    .ok()
                    .and_then(serde_json::Number::from_f64)
                    .map(Json::Number),
                "a number",
            ),
            Kind::Boolean => (text.parse().ok().map(Json::Bool), "`true` or `false`"),
            Kind::String => (Some(text.into()), "text"),
        };
        value.ok_or_else(|| ValueError {
            found: text.to_owned(),
            expected,
        })
    }

    fn of(value: &Json) -> Option<Kind> {
        match value {
            Json::Bool(_) => Some(Kind::Boolean),
            Json::Number(number) if number.is_f64() => Some(Kind::Float),
            Json::Number(_) => Some(Kind::Int),
            Json::String(_) => Some(Kind::String),
            _ => None,
        }
    }
}

/// What `configure` has set, as it was written.
///
/// It is kept as text and read by the types of the charm in use, so that an upgrade
/// may change the type of an option.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Settings(BTreeMap<String, String>);

impl Settings {
    /// Reads what has been set.
    pub(crate) fn load(folder: &DataFolder) -> Result<Self, FileError> {
        Ok(durable::read_json(&folder.settings())?.unwrap_or_default())
    }

    /// Keeps what has been set.
    pub(crate) fn save(&self, folder: &DataFolder) -> Result<(), FileError> {
        durable::write_json(&folder.settings(), self)
    }

    /// Says whether values are of the types that the options declare; names the first
    /// that is not.
    pub(crate) fn check(
        values: &BTreeMap<String, String>,
        options: &Options,
    ) -> Result<(), (String, ValueError)> {
        for (name, text) in values {
            if let Some(kind) = options.get(name).and_then(|option| option.kind) {
                kind.parse(text).map_err(|error| (name.clone(), error))?;
            }
        }
        Ok(())
    }

    /// Sets values over those that were set before.
    pub(crate) fn merge(&mut self, values: &BTreeMap<String, String>) {
        self.0.extend(
            values
                .iter()
                .map(|(name, text)| (name.clone(), text.clone())),
        );
    }

    /// The configuration that hooks see.
    pub(crate) fn over(&self, options: &Options) -> Map<String, Json> {
        let mut config: BTreeMap<&str, Json> = options
            .iter()
            .filter_map(|(name, option)| Some((name.as_str(), option.default.clone()?)))
            .collect();
        for (name, text) in &self.0 {
            let option = options.get(name);
            let kind = option.and_then(|option| {
                option
                    .kind
                    .or_else(|| option.default.as_ref().and_then(Kind::of))
            });
            let value = kind.and_then(|kind| kind.parse(text).ok());
            config.insert(name, value.unwrap_or_else(|| text.as_str().into()));
        }
        config
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charm::ConfigOption;
    use serde_json::json;

    fn options() -> Options {
        let option = |kind, default| ConfigOption { kind, default };
        Options::from([
            ("bare".into(), option(None, Some(json!(1)))),
            ("port".into(), option(Some(Kind::Int), Some(json!(80)))),
            ("title".into(), option(Some(Kind::String), None)),
        ])
    }

    fn set(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs
            .iter()
            .map(|(name, text)| ((*name).into(), (*text).into()))
            .collect()
    }

    #[test]
    fn settings_go_over_defaults_as_the_types_that_are_declared() {
        let check = |pairs: &[(&str, &str)], expect: Json| {
            let mut settings = Settings::default();
            settings.merge(&set(pairs));
            assert_eq!(Json::Object(settings.over(&options())), expect);
        };
        check(&[], json!({"bare": 1, "port": 80}));
        check(&[("port", "8080")], json!({"bare": 1, "port": 8080}));
        check(
            &[("title", "7")],
            json!({"bare": 1, "port": 80, "title": "7"}),
        );
        check(&[("bare", "2")], json!({"bare": 2, "port": 80}));
        check(&[("bare", "two")], json!({"bare": "two", "port": 80}));
        check(
            &[("other", "1")],
            json!({"bare": 1, "other": "1", "port": 80}),
        );
    }

    #[test]
    fn a_value_of_another_type_is_named() {
        let check = |name: &str, text: &str, expect: Option<&str>| {
            let found = Settings::check(&set(&[(name, text)]), &options());
            let found = found.err().map(|(name, error)| format!("{name}: {error}"));
            assert_eq!(found.as_deref(), expect);
        };
        check("port", "8080", None);
        check("port", "many", Some("port: `many` is not a whole number"));
        check("other", "anything", None);
    }
}
