//! The two workflows, compiled.

inflight::workflow!(pub(crate) "workflows/unit.workflow");
inflight::workflow!(pub(crate) "workflows/relation.workflow");

#[cfg(test)]
mod tests {
    use inflight::Definition;

    use super::{relation, unit};

    #[test]
    fn a_unit_rests_with_these_activities() {
        let check = |inflight, state: unit::StateName, executor, lifecycle| {
            let found = unit::Definition::activities(state, inflight);
            let expect = [("hook_executor", executor), ("lifecycle", lifecycle)];
            let expect = expect.into_iter().filter(|(_, runs)| *runs);
            let expect: Vec<_> = expect.map(|(name, _)| name).collect();
            assert_eq!(found, expect, "{state}, {inflight:?}");
        };
        use unit::StateName::{CharmUpgradeError, Started};
        use unit::TransitionName::{UpgradeCharm, UpgradeCharmError};
        let transitions = unit::TransitionName::ALL.iter().copied().map(Some);
        for inflight in transitions.chain([None]) {
            let upgrading = matches!(inflight, Some(UpgradeCharm | UpgradeCharmError));
            check(inflight, CharmUpgradeError, false, true);
            check(inflight, Started, !upgrading, true);
            for state in unit::StateName::ALL {
                // Neither leaves another state.
                if !upgrading && !matches!(state, CharmUpgradeError | Started) {
                    check(inflight, *state, true, false);
                }
            }
        }
    }

    #[test]
    fn a_relation_rests_with_these_activities() {
        let active: Vec<_> = relation::StateName::ALL
            .iter()
            .map(|state| {
                (
                    state.as_str(),
                    relation::Definition::activities(*state, None),
                )
            })
            .filter(|(_, activities)| !activities.is_empty())
            .collect();
        assert_eq!(
            active,
            [
                ("up", vec!["watches", "scheduler"]),
                ("error", vec!["watches"])
            ]
        );
    }
}
