//! What stands for the numbers where nobody gathers them.

use crate::clock::Clock;
use crate::definition::Definition;
use crate::record::Record;
use crate::store::StoreError;

#[derive(Debug)]
pub(crate) struct Standing;

impl Standing {
    pub(crate) fn of<D: Definition>(_: &Record<D>) -> Self {
        Self
    }

    pub(crate) fn follow<D: Definition>(&mut self, _: &Record<D>) {}
}

pub(crate) struct Asked;

impl Asked {
    pub(crate) fn now(_: &dyn Clock) -> Self {
        Self
    }
}

pub(crate) fn committed<D: Definition>(_: &Record<D>, _: &Record<D>, _: &dyn Clock) {}

pub(crate) fn commit_took<D: Definition>(_: Asked, _: &dyn Clock) {}

pub(crate) fn commit_failed<D: Definition>(_: &StoreError) {}

pub(crate) fn synced(_: usize) {}
