//! A workflow as the engine has it, and as the rules do.

use super::super::{Mark, Position, Stage};
use super::moment::{Doing, Inflight, Record};
use super::rules::Rules;
use crate::tables::{StateIndex, Tables, TransitionIndex};

/// A workflow as the engine has it, and as the rules do.
#[derive(Clone, Copy)]
pub(super) struct Subject {
    pub(super) tables: &'static Tables,
    pub(super) rules: Rules,
}

impl Subject {
    pub(super) fn acts(self, position: &Position) -> bool {
        let mark = position.inflight;
        mark.is_some_and(|mark| self.tables.transition(mark.transition).action.is_some())
    }

    /// What guards are asked about when a state is entered.
    pub(super) fn asked_after(self, position: &Position) -> Vec<&'static str> {
        let Some(mark) = position.inflight else {
            return Vec::new();
        };
        let target = self.tables.transition(mark.transition).target;
        let target = usize::from(target.unwrap_or(position.state));
        let leaving = self.rules.leaving(self.tables.states[target].name);
        let automatic = leaving.filter(|it| it.automatic);
        self.guarded(automatic.map(|it| it.name.text.as_str()))
    }

    /// What guards are asked about where nothing is in flight.
    pub(super) fn asked_in(self, state: &str) -> Vec<&'static str> {
        let leaving = self.rules.leaving(state);
        let own = leaving.filter(|it| it.automatic || it.after.is_some());
        self.guarded(own.map(|it| it.name.text.as_str()))
    }

    pub(super) fn all_guarded(self) -> Vec<&'static str> {
        self.guarded(self.tables.transitions.iter().map(|row| row.name))
    }

    pub(super) fn guarded(self, names: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
        let guarded = |name: &&str| !self.rules.transition(name).guards.is_empty();
        names.filter(guarded).collect()
    }

    pub(super) fn guard(
        self,
        transition: TransitionIndex,
        refused: &[&str],
    ) -> Option<&'static str> {
        let name = self.tables.transition(transition).name;
        refused.contains(&name).then_some("guard")
    }

    pub(super) fn index(self, name: &str) -> TransitionIndex {
        let mut transitions = self.tables.transitions.iter();
        let index = transitions.position(|row| row.name == name).unwrap();
        u16::try_from(index).unwrap()
    }

    pub(super) fn numbered(self, state: &str) -> StateIndex {
        let mut states = self.tables.states.iter();
        let number = states.position(|row| row.name == state).unwrap();
        u16::try_from(number).unwrap()
    }

    pub(super) fn state(self, position: &Position) -> &'static str {
        self.tables.states[usize::from(position.state)].name
    }

    /// A position by names.
    pub(super) fn record(self, position: &Position) -> Record {
        let name = |transition| self.tables.transition(transition).name;
        let inflight = |mark: Mark| Inflight {
            transition: name(mark.transition),
            attempt: mark.attempt,
            interruptions: mark.interruptions,
            by_failure: mark.diverted,
            doing: match mark.stage {
                Stage::Running => Doing::Runs,
                Stage::Waiting => Doing::Waits,
                Stage::Parked => Doing::Parked,
            },
        };
        Record {
            state: self.state(position),
            spent: position.spent.iter().map(|timer| name(*timer)).collect(),
            inflight: position.inflight.map(inflight),
        }
    }
}
