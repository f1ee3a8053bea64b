//! Requests that were answered, and whose answer nobody has forgotten.

use std::fs;
use std::time::SystemTime;

use super::{ANSWER, ASKED, RequestError, RequestQueue};
use crate::request::{Answer, Request};

/// A request that was answered.
#[derive(Clone, Debug)]
pub struct Answered {
    /// Its id, by the name of the file of its answer.
    pub id: String,
    /// The request, as far as it is there and can be understood.
    pub request: Option<Request>,
    /// The answer, or why it cannot be understood.
    pub answer: Result<Answer, String>,
    /// When it was answered, if the system says so.
    pub at: Option<SystemTime>,
}

impl RequestQueue {
    /// The requests that were answered, in the order in which they were made: those whose
    /// answer nobody has [forgotten](Self::forget), which are there for a week.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    pub fn recent(&self) -> Result<Vec<Answered>, RequestError> {
        let mut recent = Vec::new();
        for id in self.ids(ANSWER)? {
            let answer = match self.answered(&id) {
                Ok(Some(answer)) => Ok(answer),
                // Whoever asked has read it.
                Ok(None) => continue,
                Err(error) => Err(error.source.to_string()),
            };
            let request = fs::read(self.path(&id, ASKED)).ok();
            let written = fs::metadata(self.path(&id, ANSWER));
            recent.push(Answered {
                request: request.and_then(|text| serde_json::from_slice(&text).ok()),
                at: written.and_then(|file| file.modified()).ok(),
                id,
                answer,
            });
        }
        Ok(recent)
    }
}
