//! Activities: where they run.

use std::collections::HashSet;

use super::change::{Changes, Edit, Subject};
use super::say;
use super::versions::Versions;
use crate::model::{Activity, Workflow};

pub(super) fn compare(versions: &Versions<'_>, changes: &mut Changes) {
    let Versions { old, new, .. } = versions;
    let states = Common::new(&old.states, &new.states, |it| &it.name.text);
    let transitions = Common::new(&old.transitions, &new.transitions, |it| &it.name.text);
    for activity in &new.activities {
        let name = &activity.name;
        let Some(before) = (old.activities.iter()).find(|it| it.name.text == name.text) else {
            let runs = match runs(new, activity) {
                all if all.len() == new.states.len() => "every state".to_owned(),
                some => say::list(&some),
            };
            let sentence = format!("activity `{}` is new: it runs in {runs}", name.text);
            changes.added(Subject::Activity, name, sentence);
            continue;
        };
        let mut say = |what: &str, names: &[&str]| {
            if !names.is_empty() {
                let sentence = format!("activity `{}` {what} {}", name.text, say::list(names));
                changes.both(
                    Subject::Activity,
                    Edit::Changed,
                    &before.name,
                    name,
                    sentence,
                );
            }
        };
        let (was, is) = (runs(old, before), runs(new, activity));
        say("now also runs in", &states.lacking(&is, &was));
        say("no longer runs in", &states.lacking(&was, &is));
        let (was, is) = (pauses(old, before), pauses(new, activity));
        say("now stops during", &transitions.lacking(&is, &was));
        say("no longer stops during", &transitions.lacking(&was, &is));
    }
    for activity in &old.activities {
        let name = &activity.name;
        if !new.activities.iter().any(|it| it.name.text == name.text) {
            let sentence = format!("activity `{}` is gone", name.text);
            changes.removed(Subject::Activity, name, sentence);
        }
    }
}

fn runs<'w>(workflow: &'w Workflow, activity: &Activity) -> Vec<&'w str> {
    let states = activity.states.iter();
    states.map(|state| say::state(workflow, *state)).collect()
}

fn pauses<'w>(workflow: &'w Workflow, activity: &Activity) -> Vec<&'w str> {
    let paused = activity.paused.iter();
    let paused = paused.filter_map(|id| workflow.transitions.get(id.0));
    paused.map(|transition| &*transition.name.text).collect()
}

/// Names that both versions have. What is said of others goes without saying: `in *`
/// follows the states that there are.
struct Common<'w>(HashSet<&'w str>);

impl<'w> Common<'w> {
    fn new<T>(old: &'w [T], new: &'w [T], name: impl Fn(&'w T) -> &'w String) -> Self {
        let before: HashSet<&str> = old.iter().map(|it| name(it).as_str()).collect();
        let now = new.iter().map(|it| name(it).as_str());
        Self(now.filter(|name| before.contains(name)).collect())
    }

    /// Those of these names that those lack.
    fn lacking<'n>(&self, these: &[&'n str], those: &[&str]) -> Vec<&'n str> {
        let those: HashSet<&str> = those.iter().copied().collect();
        let these = these.iter().copied();
        these
            .filter(|name| self.0.contains(name) && !those.contains(name))
            .collect()
    }
}
