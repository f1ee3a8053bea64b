//! Where failures lead.

use super::change::Changes;
use super::clause::Call;
use super::say;
use super::transition::Pair;
use super::versions::ByName;
use crate::model::{Target, Transition, Workflow};

/// `` `e` to `failed` ``
pub(super) fn said(workflow: &Workflow, error: &Transition) -> String {
    let name = &error.name.text;
    match error.target {
        Target::State(state, _) => format!("`{name}` to `{}`", say::state(workflow, state)),
        Target::Same => format!("`{name}`"),
    }
}

pub(super) fn compare(pair: &Pair<'_>, changes: &mut Changes) {
    let versions = pair.versions;
    let before = Call::error(versions.old, pair.old);
    let now = Call::error(versions.new, pair.new);
    match (before, now) {
        (None, None) => {}
        (None, Some((_, new))) => {
            if !is_only_of(&versions.old_transitions, new) {
                let what = format!("now has the error path {}", said(versions.new, new));
                pair.say(changes, &what);
            }
        }
        (Some((_, old)), None) => {
            if !is_only_of(&versions.new_transitions, old) {
                let what = format!("no longer has the error path {}", said(versions.old, old));
                pair.say(changes, &what);
            }
        }
        (Some((before, _)), Some((now, _))) if before.name == now.name => {
            if !now.is(&before) {
                let (now, before) = (now.said(), before.said());
                pair.say(
                    changes,
                    &format!("now fails into `{now}` instead of `{before}`"),
                );
            }
        }
        (Some((_, old)), Some((_, new))) => {
            if !(is_only_of(&versions.new_transitions, old)
                && is_only_of(&versions.old_transitions, new))
            {
                let what = format!(
                    "now fails into `{}` instead of `{}`",
                    new.name.text, old.name.text
                );
                pair.say(changes, &what);
            }
        }
    }
}

/// Whether an inline error transition is one that the other version lacks. Then all is
/// said where it is told of.
fn is_only_of(other: &ByName<'_, Transition>, error: &Transition) -> bool {
    error.error_of.is_some() && other.find(&error.name.text).is_none()
}
