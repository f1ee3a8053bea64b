//! Those who only watch.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::crowd::message;

/// Calls one who only watches. A panic of its is told, and is nobody else's matter: what it
/// was to see has happened.
pub(crate) fn show(call: impl FnOnce()) {
    if let Err(panic) = catch_unwind(AssertUnwindSafe(call)) {
        tracing::error!("an observer panicked: {}", message(&panic));
    }
}
