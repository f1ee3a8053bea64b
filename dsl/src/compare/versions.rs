//! Both versions under the names of the new one.

use std::collections::{HashMap, HashSet};

use crate::model::{
    Field, Name, RetiredState, State, StateId, Target, Transition, Value, Workflow,
};

/// Two versions of a workflow.
pub(super) struct Versions<'a> {
    /// The old version as it was written.
    pub(super) written: &'a Workflow,
    /// The old version, each thing at the same place, but under its name in the new one.
    pub(super) old: &'a Workflow,
    pub(super) new: &'a Workflow,
    pub(super) old_states: ByName<'a, State>,
    pub(super) new_states: ByName<'a, State>,
    pub(super) old_transitions: ByName<'a, Transition>,
    pub(super) new_transitions: ByName<'a, Transition>,
    /// What a state that is gone may be under a new name.
    pub(super) candidate_states: Vec<&'a State>,
    /// What a transition that is gone may be under a new name.
    pub(super) candidate_transitions: Vec<&'a Transition>,
    /// What becomes of records that rest in each state of the old version.
    loaded: Vec<Loaded<'a>>,
    /// The names that transitions of the new version had before.
    former_transitions: HashMap<&'a str, &'a str>,
}

/// Of more new things than this, no guess is made which was meant.
const CANDIDATES: usize = 100;

/// Something that may have had other names.
pub(super) trait Named {
    fn name(&self) -> &Name;
    fn name_mut(&mut self) -> &mut Name;
    fn was(&self) -> &[Name];
}

macro_rules! named {
    ($($ty:ty),+) => {
        $(impl Named for $ty {
            fn name(&self) -> &Name {
                &self.name
            }

            fn name_mut(&mut self) -> &mut Name {
                &mut self.name
            }

            fn was(&self) -> &[Name] {
                &self.was
            }
        })+
    };
}

named!(State, Field, Transition);

/// Things by name.
pub(super) struct ByName<'w, T>(HashMap<&'w str, (usize, &'w T)>);

impl<'w, T: Named> ByName<'w, T> {
    pub(super) fn new(things: &'w [T]) -> Self {
        let things = things.iter().enumerate();
        Self(
            things
                .map(|(index, thing)| (thing.name().text.as_str(), (index, thing)))
                .collect(),
        )
    }

    pub(super) fn find(&self, name: &str) -> Option<(usize, &'w T)> {
        self.0.get(name).copied()
    }
}

/// Whether it had this name.
pub(super) fn was(thing: &impl Named, name: &str) -> bool {
    thing.was().iter().any(|former| former.text == name)
}

/// How the new version treats records that rest in a state of the old one.
#[derive(Clone, Copy)]
pub(super) enum Loaded<'a> {
    /// As the state that it is now, or that it is now one with.
    As(StateId, &'a State),
    /// As the state that takes its place.
    Retired(&'a RetiredState),
    /// It cannot read them.
    Not,
}

impl<'a> Versions<'a> {
    /// The old version is given as it was written and [under new names](under_new_names).
    pub(super) fn new(written: &'a Workflow, old: &'a Workflow, new: &'a Workflow) -> Self {
        let new_states = ByName::new(&new.states);
        let merged_states = former(&new.states);
        let retired = new.retired_states.iter().rev();
        let retired: HashMap<_, _> = retired.map(|it| (it.name.text.as_str(), it)).collect();
        let loaded = (written.states.iter().zip(&old.states)).map(|(written, old)| {
            let present = || new_states.find(&old.name.text);
            let merged = || new_states.find(merged_states.get(&*written.name.text)?);
            match present().or_else(merged) {
                Some((index, state)) => Loaded::As(StateId(index), state),
                None => (retired.get(&*written.name.text))
                    .map_or(Loaded::Not, |retired| Loaded::Retired(retired)),
            }
        });
        let loaded = loaded.collect();
        let old_states = ByName::new(&old.states);
        let old_transitions = ByName::new(&old.transitions);
        Self {
            written,
            old,
            new,
            candidate_states: candidates(&new.states, &old_states),
            candidate_transitions: candidates(&new.transitions, &old_transitions),
            loaded,
            former_transitions: former(&new.transitions),
            old_states,
            new_states,
            old_transitions,
            new_transitions: ByName::new(&new.transitions),
        }
    }

    /// The transition that had this name before.
    pub(super) fn merged(&self, name: &str) -> Option<&'a Transition> {
        let now = self.former_transitions.get(name)?;
        Some(self.new_transitions.find(now)?.1)
    }

    /// What becomes of records that rest in a state of the old version.
    pub(super) fn loaded(&self, state: StateId) -> Loaded<'a> {
        self.loaded.get(state.0).copied().unwrap_or(Loaded::Not)
    }
}

fn candidates<'a, T: Named>(new: &'a [T], old: &ByName<'_, T>) -> Vec<&'a T> {
    let added = new.iter().filter(|it| old.find(&it.name().text).is_none());
    let added: Vec<_> = added.collect();
    if added.len() > CANDIDATES {
        Vec::new()
    } else {
        added
    }
}

/// The old version, each thing at the same place, but under its name in the new one.
pub(super) fn under_new_names(written: &Workflow, new: &Workflow) -> Workflow {
    let mut old = written.clone();
    let now = ByName::new(&new.states);
    rename(&mut old.states, &new.states);
    for state in &mut old.states {
        if let Some((_, now)) = now.find(&state.name.text) {
            rename(&mut state.variables, &now.variables);
        }
    }
    let now = ByName::new(&new.transitions);
    rename(&mut old.transitions, &new.transitions);
    for transition in &mut old.transitions {
        if let Some((_, now)) = now.find(&transition.name.text) {
            rename(&mut transition.inputs, &now.inputs);
        }
        rename_values(transition, &written.states, &old.states);
    }
    old
}

/// The names of today, by those of the past.
fn former<T: Named>(things: &[T]) -> HashMap<&str, &str> {
    (things.iter())
        .flat_map(|it| it.was().iter().map(|was| (&*was.text, &*it.name().text)))
        .collect()
}

/// The same things, under the names that they have in the new version.
pub(super) fn renamed(old: &[Field], new: &[Field]) -> Vec<Field> {
    let mut old = old.to_vec();
    rename(&mut old, new);
    old
}

/// Gives each thing the name that it has in the new version.
fn rename<T: Named>(old: &mut [T], new: &[T]) {
    let present: HashSet<&str> = new.iter().map(|it| it.name().text.as_str()).collect();
    let formerly = former(new);
    let mut taken: HashSet<String> = old.iter().map(|it| it.name().text.clone()).collect();
    for thing in old {
        let name = thing.name().text.as_str();
        if present.contains(name) {
            continue;
        }
        // Going back to an older version takes a new name back.
        let before = || thing.was().iter().map(|was| was.text.as_str());
        let back = before().find(|was| present.contains(was));
        let now = formerly.get(name).copied().or(back);
        if let Some(now) = now.filter(|now| !taken.contains(*now)) {
            let now = now.to_owned();
            taken.insert(now.clone());
            thing.name_mut().text = now;
        }
    }
}

/// Gives the variables in a transition's values the names that they have now.
fn rename_values(transition: &mut Transition, written: &[State], now: &[State]) {
    let in_state = |state: StateId, name: &str| -> Option<String> {
        let variables = &written.get(state.0)?.variables;
        let index = variables.iter().position(|it| it.name.text == name)?;
        Some(now.get(state.0)?.variables.get(index)?.name.text.clone())
    };
    let sources = transition.sources.clone();
    let target = match transition.target {
        Target::State(state, _) => Some(state),
        Target::Same => None,
    };
    let rename = |value: &mut Value| {
        let mut value = value;
        while let Value::Some(inner) = value {
            value = inner;
        }
        let now = match value {
            Value::SourceVariable(name) => {
                sources.iter().find_map(|source| in_state(*source, name))
            }
            Value::Result(name) => target.and_then(|target| in_state(target, name)),
            _ => None,
        };
        if let (Some(now), Value::SourceVariable(name) | Value::Result(name)) = (now, value) {
            *name = now;
        }
    };
    if let Target::State(_, values) = &mut transition.target {
        values.iter_mut().for_each(rename);
    }
    let guards = transition.guards.iter_mut();
    guards.flat_map(|call| &mut call.arguments).for_each(rename);
    let action = transition.action.iter_mut();
    action.flat_map(|call| &mut call.arguments).for_each(rename);
    let error = transition.on_error.iter_mut();
    error.flat_map(|path| &mut path.inputs).for_each(rename);
}
