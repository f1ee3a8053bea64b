//! What tests have noted.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use inflight_dsl::model::Workflow;

use inflight::__command::Exercised;

/// What tests have noted, in all files of a folder: the workflow, its fingerprint, a
/// state, a transition, and what was exercised of it.
#[derive(Debug, Default)]
pub(super) struct Notes(BTreeSet<[String; 5]>);

impl Notes {
    /// Reads a folder. The error is for the user.
    pub(super) fn read(folder: &Path) -> Result<Self, String> {
        let shown = folder.display();
        let cannot = |error| {
            format!(
                "cannot read `{shown}`: {error}\nhelp: run the tests with INFLIGHT_COVERAGE \
                 naming it, in full"
            )
        };
        let mut notes = Self::default();
        for entry in fs::read_dir(folder).map_err(cannot)? {
            let path = entry.map_err(cannot)?.path();
            if path
                .extension()
                .is_some_and(|extension| extension == "notes")
            {
                let text = fs::read_to_string(&path).map_err(cannot)?;
                notes.0.extend(text.lines().filter_map(note));
            }
        }
        Ok(notes)
    }

    /// Whether this was exercised of a transition, in this state, or in any.
    pub(super) fn have(
        &self,
        workflow: &Workflow,
        transition: &str,
        what: Exercised,
        from: Option<&str>,
    ) -> bool {
        let version = version(workflow);
        self.of(workflow)
            .any(|[_, fingerprint, state, name, word]| {
                *fingerprint == version
                    && name == transition
                    && word == what.word()
                    && from.is_none_or(|from| from == state)
            })
    }

    /// Whether anything was exercised of a transition in this state.
    pub(super) fn have_any(&self, workflow: &Workflow, transition: &str, from: &str) -> bool {
        let version = version(workflow);
        self.of(workflow).any(|[_, fingerprint, state, name, _]| {
            *fingerprint == version && name == transition && state == from
        })
    }

    /// Whether an instance was seen in this state.
    pub(super) fn have_state(&self, workflow: &Workflow, name: &str) -> bool {
        let version = version(workflow);
        let mut notes = self.of(workflow);
        notes.any(|[_, fingerprint, state, ..]| *fingerprint == version && state == name)
    }

    /// Whether there are notes on another version of a workflow.
    pub(super) fn are_stale(&self, workflow: &Workflow) -> bool {
        let version = version(workflow);
        self.of(workflow)
            .any(|[_, fingerprint, ..]| *fingerprint != version)
    }

    fn of(&self, workflow: &Workflow) -> impl Iterator<Item = &[String; 5]> {
        let name = &workflow.name.text;
        self.0.iter().filter(move |[workflow, ..]| workflow == name)
    }
}

fn version(workflow: &Workflow) -> String {
    format!("{:016x}", workflow.fingerprint())
}

fn note(line: &str) -> Option<[String; 5]> {
    let words: Vec<_> = line.split(' ').map(str::to_owned).collect();
    words.try_into().ok()
}
