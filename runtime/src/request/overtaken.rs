//! What an operator decided of an instance goes before what was asked of it earlier.

use super::{Answer, Command, Request};
use crate::store::{Operation, StoredRecord};

impl Request {
    /// Whether this is not to be carried out any more once an operator has done something else
    /// about its instance since it was asked. It must say which record was
    /// [seen](Self::seen).
    ///
    /// What resolves a transition in flight says which execution it is about, so it needs no
    /// such rule. To fire a transition waits until nothing is in flight, so it does not matter
    /// how that came about.
    ///
    /// ```
    /// use inflight::Fields;
    /// use inflight::request::{Command, Request};
    /// use inflight::store::{InstanceId, Operation};
    ///
    /// let instance = InstanceId::new("unit", "mysql/0");
    /// let fire = Command::Fire { transition: "halt".into(), inputs: Fields::new() };
    /// let fire = Request { seen: Some(7), ..Request::new(instance, fire) };
    /// assert!(fire.gives_way_to(Operation::SetState));
    /// assert!(!fire.gives_way_to(Operation::Abandon));
    /// ```
    pub fn gives_way_to(&self, operation: Operation) -> bool {
        let gives_way = match self.command {
            Command::Fire { .. } => operation == Operation::SetState,
            Command::SetState { .. } => operation != Operation::Retry,
            Command::Retry { .. } | Command::Skip { .. } | Command::Abandon { .. } => false,
        };
        gives_way && self.seen.is_some()
    }
}

/// The answer to a request that gives way to what an operator has decided since it was asked;
/// `None` if nobody has.
pub(super) fn answer(request: &Request, history: &[StoredRecord]) -> Option<Answer> {
    let seen = request.seen?;
    let since = history.iter().filter(|record| record.version > seen);
    let mut decided = since.filter_map(|record| record.intervention.as_ref());
    let decided = decided.find(|it| {
        request.gives_way_to(it.operation) && !is_older(it.cause.as_deref(), &request.id)
    })?;
    let since = match decided.operation {
        Operation::Retry => "had what was in flight run again",
        Operation::Skip => "took what was in flight for done",
        Operation::Abandon => "gave up what was in flight",
        Operation::SetState => "set the state",
    };
    let why = (decided.cause.as_ref()).map_or_else(String::new, |cause| format!(": {cause}"));
    Some(Answer::Refused {
        reason: format!("since it was asked, an operator {since}{why}"),
    })
}

/// Whether this is the cause of what an older request did, which merely came first.
fn is_older(cause: Option<&str>, id: &str) -> bool {
    let asked = cause.and_then(|cause| cause.rsplit_once("request "));
    asked.is_some_and(|(_, other)| other.trim_end_matches(')') < id)
}
