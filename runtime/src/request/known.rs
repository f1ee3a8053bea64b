//! Whether a request is to be carried out still, or was before.

use super::{Answer, Request, overtaken, past};
use crate::definition::Definition;
use crate::record::Record;
use crate::shared::Shared;

/// Why a request is not carried out.
pub(super) enum Known {
    /// It was before this record, or it has given way to what was decided since.
    Answered(Answer),
    /// The store has another record.
    Behind,
    /// What the store has cannot be found out now.
    Nothing,
}

impl Known {
    /// The answer, if it is for this process to give.
    pub(super) fn answer(self) -> Option<Answer> {
        match self {
            Self::Answered(answer) => Some(answer),
            Self::Behind | Self::Nothing => None,
        }
    }
}

/// Refuses a request that was carried out before this record, that has given way to another,
/// or that this process cannot carry out now.
pub(super) async fn is_new<D: Definition>(
    shared: &Shared<D>,
    request: &Request,
    record: &Record<D>,
) -> Result<(), Known> {
    let store = &shared.around.store;
    let history = async {
        // The history may still be the one that a process knows which was taken over.
        store.held().await?;
        store.history(&shared.instance).await
    };
    let history = history.await.map_err(|error| {
        tracing::warn!(%error, request = request.id, "cannot read the history");
        Known::Nothing
    })?;
    if history.last().map_or(0, |record| record.version) != record.version {
        return Err(Known::Behind);
    }
    match past::answer(request, &history).or_else(|| overtaken::answer(request, &history)) {
        None => Ok(()),
        Some(answer) => Err(Known::Answered(answer)),
    }
}
