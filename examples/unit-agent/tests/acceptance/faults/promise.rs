//! What is written and run in the end, whatever the fault.

use crate::lab::{FAMILIES, Lab, Strike, carried_on};

/// A transition, and the hooks that it runs in order; all are run again if it was
/// interrupted. A change of a relation is not a transition, and always run again.
pub(super) type Group = (&'static str, &'static [&'static str]);

/// Stands for a transition in the groups of changes.
pub(super) const CHANGE: &str = "";

/// What is promised of one unit, and of its relation `db`.
pub(super) struct Promise {
    /// What an undisturbed agent writes.
    pub(super) history: &'static str,
    /// What an undisturbed agent writes of the relation, from its beginning.
    pub(super) relation: Option<&'static str>,
    /// What an undisturbed agent runs.
    pub(super) groups: &'static [Group],
}

/// That of a unit that is new.
pub(super) const INSTALL: Promise = Promise {
    history: "new>install installed>start started",
    relation: None,
    groups: &[
        ("install", &["install"]),
        ("start", &["config-changed", "start"]),
    ],
};

/// That of a unit which is [`broken`].
pub(super) const RESOLVED: Promise = Promise {
    history: "start_error>retry_start_hook started",
    relation: None,
    groups: &[("retry_start_hook", &["config-changed", "start"])],
};

/// A unit whose start has failed, and is asked for again.
pub(super) fn broken() -> Lab {
    let lab = Lab::new();
    lab.fail("start", 37);
    lab.settle();
    lab.mend("start");
    lab.request(&["resolved", "--retry-hooks"]);
    lab
}

impl Promise {
    /// Kills the agent at every call of a run, and expects the promise and more.
    pub(super) fn kill_at_every_call(&self, name: &str, lab: &Lab, and: &dyn Fn(&Lab)) {
        let run = |fault: &_| lab.strike(fault, &lab.run_arguments());
        lab.strike_at_every(name, Strike::Kill, &FAMILIES, &run, &|_| {
            self.expect(lab);
            and(lab);
        });
    }

    /// Kills the agent at every call that a thread other than its first makes once a hook
    /// waits, and expects the promise.
    pub(super) fn kill_beside(&self, name: &str, lab: &Lab, hook: &str) {
        let run = |fault: &_| lab.strike_beside(fault, hook);
        let families = ["write", "pwrite64", "fsync", "fdatasync"];
        lab.strike_at_every(name, Strike::Kill, &families, &run, &|_| self.expect(lab));
    }

    /// Carries on after a fault, and expects what was promised, and nothing after it.
    fn expect(&self, lab: &Lab) {
        lab.settle();
        lab.settle();
        let (records, runs) = lab.news();
        let mut interrupted = carried_on(&records, self.history);
        if let Some(relation) = self.relation {
            let again = carried_on(&lab.db_history(), relation);
            assert!(interrupted.is_none() || again.is_none());
            interrupted = interrupted.or(again);
        }
        let hooks: Vec<_> = runs.iter().map(|run| run.hook.as_str()).collect();
        self.expect_hooks(&hooks, interrupted.as_deref());
        lab.expect_one_at_a_time();
    }

    /// The hooks of each group once, or of one group twice if it was interrupted.
    fn expect_hooks(&self, hooks: &[&str], interrupted: Option<&str>) {
        let all: Vec<&str> = self
            .groups
            .iter()
            .flat_map(|(_, hooks)| *hooks)
            .copied()
            .collect();
        if hooks == all {
            return;
        }
        let mut at = 0;
        for (transition, group) in self.groups {
            let may = *transition == CHANGE || interrupted == Some(transition);
            for run in 1..=group.len() {
                let twice = [&all[..at], &group[..run], &all[at..]].concat();
                if may && hooks == twice {
                    return;
                }
            }
            at += group.len();
        }
        panic!("{hooks:?} ran instead of {all:?}, with {interrupted:?} interrupted");
    }
}
