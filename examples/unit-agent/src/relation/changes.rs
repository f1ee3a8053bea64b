//! The changes of remote units that a relation has not dealt with yet.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What happened to a remote unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ChangeKind {
    /// It has joined.
    Joined,
    /// Its settings have changed.
    Modified,
    /// It has departed.
    Departed,
}

/// Something that happened to a remote unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Change {
    /// Its place among the changes of all relations.
    pub(crate) number: u64,
    /// The remote unit.
    pub(crate) remote: String,
    /// What happened to it.
    pub(crate) kind: ChangeKind,
}

/// The changes of one relation, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Changes {
    /// The change whose hook is running, was running when the agent died, or has failed.
    current: Option<Change>,
    /// Those that wait.
    waiting: Vec<Change>,
}

impl ChangeKind {
    /// The hook of this change, without the relation's name.
    pub(crate) fn hook(self) -> &'static str {
        match self {
            ChangeKind::Joined => "joined",
            ChangeKind::Modified => "changed",
            ChangeKind::Departed => "departed",
        }
    }
}

impl fmt::Display for ChangeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ChangeKind::Joined => "joined",
            ChangeKind::Modified => "modified",
            ChangeKind::Departed => "departed",
        })
    }
}

impl Changes {
    /// Adds a change, merged with what waits for the same remote unit: its place in the
    /// queue stays.
    pub(crate) fn add(&mut self, change: Change) {
        use ChangeKind::{Departed, Joined, Modified};

        let last = self
            .waiting
            .iter()
            .rposition(|other| other.remote == change.remote);
        let Some((last, waiting)) = last.and_then(|last| Some((last, self.waiting.get_mut(last)?)))
        else {
            self.waiting.push(change);
            return;
        };
        match (waiting.kind, change.kind) {
            (Joined, Departed) => {
                self.waiting.remove(last);
            }
            (Modified, Departed) => waiting.kind = Departed,
            // A unit that is about to join is asked for its settings then.
            (Joined, Joined | Modified) | (Modified, Modified) | (Departed, Departed) => {}
            (Modified, Joined) | (Departed, Joined | Modified) => self.waiting.push(change),
        }
    }

    /// How many changes wait.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// The place of the next change to run, if there is one.
    pub(crate) fn next(&self) -> Option<u64> {
        self.current
            .as_ref()
            .or(self.waiting.first())
            .map(|change| change.number)
    }

    /// Takes the next change, which is the one that was taken before unless that is
    /// over.
    pub(crate) fn begin(&mut self) -> Option<Change> {
        if self.current.is_none() && !self.waiting.is_empty() {
            self.current = Some(self.waiting.remove(0));
        }
        self.current.clone()
    }

    /// The change that was taken is over: its hook ran, or is not to be run again. A
    /// unit that has joined is asked for its settings at once.
    pub(crate) fn complete(&mut self) {
        self.current = self.current.take().and_then(|change| {
            (change.kind == ChangeKind::Joined).then_some(Change {
                kind: ChangeKind::Modified,
                ..change
            })
        });
        if let Some(current) = &self.current {
            self.waiting.retain(|other| {
                other.remote != current.remote || other.kind != ChangeKind::Modified
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Feeds changes (`j`, `c`, `d` and the number of a unit) and steps (`begin`, `done`),
    /// and compares what waits, after what is current.
    fn check(steps: &str, expect: &str) {
        let mut changes = Changes::default();
        for (number, step) in steps.split_whitespace().enumerate() {
            let kind = match step.chars().next() {
                _ if step == "begin" => {
                    changes.begin();
                    continue;
                }
                _ if step == "done" => {
                    changes.complete();
                    continue;
                }
                Some('j') => ChangeKind::Joined,
                Some('c') => ChangeKind::Modified,
                _ => ChangeKind::Departed,
            };
            changes.add(Change {
                number: number as u64,
                remote: step[1..].into(),
                kind,
            });
        }
        let show = |change: &Change| format!("{}{}", &change.kind.hook()[..1], change.remote);
        let current = changes
            .current
            .iter()
            .map(|change| format!("[{}]", show(change)));
        let found: Vec<_> = current.chain(changes.waiting.iter().map(show)).collect();
        assert_eq!(found.join(" "), expect, "{steps}");
    }

    #[test]
    fn waiting_changes_of_a_unit_are_merged() {
        check("j1", "j1");
        check("j1 j2 j3", "j1 j2 j3");
        check("j1 d1", "");
        check("j1 c1", "j1");
        check("j1 c1 d1", "");
        check("c1 c1", "c1");
        check("c1 d1", "d1");
        check("c1 c2 d1", "d1 c2");
        check("d1 j1", "d1 j1");
        check("d1 j1 d1", "d1");
        check("d1 j1 c1", "d1 j1");
        check("c1 c2 c1", "c1 c2");
    }

    #[test]
    fn what_has_begun_is_not_merged() {
        check("c1 begin c1", "[c1] c1");
        check("c1 begin d1", "[c1] d1");
        check("j1 begin d1", "[j1] d1");
        check("c1 begin begin c2", "[c1] c2");
    }

    #[test]
    fn joined_is_followed_by_changed() {
        check("j1 begin done", "[c1]");
        check("j1 begin done done", "");
        check("j1 j2 begin done", "[c1] j2");
        check("j1 begin c1 done", "[c1]");
        check("j1 begin d1 done", "[c1] d1");
        check("j1 begin done c1", "[c1] c1");
        check("c1 begin done", "");
    }
}
