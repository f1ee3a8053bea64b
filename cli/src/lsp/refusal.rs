//! Why a request has no answer.

use lsp_server::{ErrorCode, RequestId, Response};

/// An answer that says why there is none.
#[derive(Debug)]
pub(super) struct Refusal {
    code: ErrorCode,
    message: String,
}

impl Refusal {
    pub(super) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }

    /// What was asked for cannot be done.
    pub(super) fn failed(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::RequestFailed, message)
    }

    /// What was asked for makes no sense.
    pub(super) fn params(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidParams, message)
    }

    pub(super) fn answer(self, id: RequestId) -> Response {
        Response::new_err(id, self.code as i32, self.message)
    }
}
