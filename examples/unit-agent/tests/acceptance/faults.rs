//! Faults at every write and sync of the agent, and of its requests.

mod commits;
mod errors;
mod promise;
mod requests;
mod whole;
