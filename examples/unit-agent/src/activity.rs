//! What runs while a unit or a relation rests in a state, or is leaving it.
//!
//! The language has no activities yet, so the two tables stand here. Who starts, stops
//! and shows activities reads them off the record, so they are the same before a crash
//! and after it.

/// What runs for a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct UnitActivities {
    /// The hook executor: relation hooks may run.
    pub(crate) executor: bool,
    /// The lifecycle: relations are up.
    pub(crate) lifecycle: bool,
}

/// What runs for a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RelationActivities {
    /// Changes of remote units are watched.
    pub(crate) watching: bool,
    /// Hooks of changes are scheduled.
    pub(crate) executing: bool,
}

/// What a unit's state and transition in flight call for.
pub(crate) fn of_unit(state: &str, inflight: Option<&str>) -> UnitActivities {
    let upgrading = matches!(inflight, Some("upgrade_charm" | "upgrade_charm_error"));
    let (executor, lifecycle) = match state {
        "charm_upgrade_error" => (false, true),
        "started" if upgrading => (false, true),
        "started" => (true, true),
        _ => (true, false),
    };
    UnitActivities {
        executor,
        lifecycle,
    }
}

/// What a relation's state calls for.
pub(crate) fn of_relation(state: &str) -> RelationActivities {
    RelationActivities {
        watching: matches!(state, "up" | "error"),
        executing: state == "up",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workflow::{relation, unit};

    #[test]
    fn a_unit_rests_with_these_activities() {
        let check = |inflight: Option<&str>, lifecycle: &[&str], paused: &[&str]| {
            for state in unit::StateName::ALL {
                let found = of_unit(state.as_str(), inflight);
                let expect = UnitActivities {
                    executor: !paused.contains(&state.as_str()),
                    lifecycle: lifecycle.contains(&state.as_str()),
                };
                assert_eq!(found, expect, "{state}, {inflight:?}");
            }
        };
        let lifecycle = ["started", "charm_upgrade_error"];
        for transition in unit::TransitionName::ALL {
            use unit::TransitionName::{UpgradeCharm, UpgradeCharmError};
            let paused: &[&str] = match transition {
                UpgradeCharm | UpgradeCharmError => &lifecycle,
                _ => &["charm_upgrade_error"],
            };
            check(Some(transition.as_str()), &lifecycle, paused);
        }
        check(None, &lifecycle, &["charm_upgrade_error"]);
    }

    #[test]
    fn a_relation_rests_with_these_activities() {
        let active: Vec<_> = relation::StateName::ALL
            .iter()
            .map(|state| (state.as_str(), of_relation(state.as_str())))
            .filter(|(_, activities)| activities.watching || activities.executing)
            .map(|(state, activities)| (state, activities.watching, activities.executing))
            .collect();
        assert_eq!(active, [("up", true, true), ("error", true, false)]);
    }
}
