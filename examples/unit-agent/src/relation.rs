//! Relations of the unit with remote units.
mod changes;
mod ledger;
