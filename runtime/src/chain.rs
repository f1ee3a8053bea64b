//! An error with all that led to it, in words.

use std::error::Error;
use std::fmt;

/// An error and its sources, the nearest first, in one line.
pub(crate) struct Chain<'e>(pub(crate) &'e dyn Error);

impl fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        let mut source = self.0.source();
        while let Some(cause) = source {
            write!(f, ": {cause}")?;
            source = cause.source();
        }
        Ok(())
    }
}

/// Has errors say the same in `Debug` as in words, sources included: it is what a user reads
/// whose `main` returns one, or who unwraps it, and neither prints sources otherwise.
macro_rules! debug_in_words {
    ($($error:ty),+ $(,)?) => {$(
        impl ::std::fmt::Debug for $error {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&$crate::chain::Chain(self), f)
            }
        }
    )+};
}

pub(crate) use debug_in_words;

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::Arc;

    use crate::error::Error;
    use crate::store::{InstanceId, StoreError};

    /// What a `main` prints that returns it.
    #[test]
    fn an_error_is_debugged_in_words_with_its_sources() {
        let disk = StoreError::Io {
            what: "write `state.db`".to_owned(),
            source: Arc::new(io::Error::other("the disk is gone")),
        };
        let error = Error::Commit {
            instance: InstanceId {
                workflow: "unit".into(),
                instance: "mysql/0".into(),
            },
            source: Box::new(disk),
        };
        assert_eq!(
            format!("{error:?}"),
            "the state of `unit/mysql/0` could not be written: nothing more is done with it until \
             it is opened again: cannot write `state.db`; see to the cause, then open the store \
             again: the disk is gone"
        );
        assert_eq!(format!("{:?}", error.clone()), format!("{error:#?}"));
    }
}
