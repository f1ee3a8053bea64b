//! What is done with each message.

use std::panic::{AssertUnwindSafe, catch_unwind};

use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{self, Notification as _};
use lsp_types::request::{self, Request as _};
use lsp_types::{InitializeResult, ServerInfo, Uri};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::capabilities::capabilities;
use super::client::Client;
use super::document::{Documents, Open};
use super::inbox::{Inbox, Received};
use super::refusal::Refusal;
use super::{actions, command, complete, diagnose, navigate, outline, rename};

/// A server and all that it knows.
pub(super) struct Server {
    connection: Connection,
    phase: Phase,
    client: Client,
    documents: Documents,
    /// How many requests the server has made.
    asked: i32,
}

/// How far the client has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    New,
    Running,
    ShutDown,
}

impl Server {
    pub(super) fn new(connection: Connection) -> Self {
        Self {
            connection,
            phase: Phase::New,
            client: Client::default(),
            documents: Documents::default(),
            asked: 0,
        }
    }

    /// Handles messages until the client says `exit` or is gone; whether it asked to shut
    /// down before.
    pub(super) fn serve(mut self, mut inbox: Inbox) -> bool {
        while let Some(received) = inbox.next() {
            match received {
                Received::Cancelled(id) => {
                    let refusal = Refusal::new(ErrorCode::RequestCanceled, "called off");
                    self.send(refusal.answer(id));
                }
                Received::Message(Message::Request(request)) => self.answer(request),
                Received::Message(Message::Notification(notification)) => {
                    if notification.method == notification::Exit::METHOD {
                        return self.phase == Phase::ShutDown;
                    }
                    self.take(notification);
                }
                Received::Message(Message::Response(_)) => {}
            }
            // While more is typed, nobody reads what was wrong before.
            if inbox.is_empty() {
                self.tell();
            }
        }
        false
    }

    fn send(&self, message: impl Into<Message>) {
        // If the client is gone, the next message that is waited for says so.
        let _ = self.connection.sender.send(message.into());
    }

    fn answer(&mut self, request: Request) {
        let id = request.id.clone();
        // A defect in one answer shall not take the others away from the user.
        let answered = catch_unwind(AssertUnwindSafe(|| self.result(request)));
        let result = answered.unwrap_or_else(|_| {
            Err(Refusal::new(
                ErrorCode::InternalError,
                "this is a defect of `inflight lsp`",
            ))
        });
        self.send(match result {
            Ok(result) => Response {
                id,
                response_result: Ok(result),
            },
            Err(refusal) => refusal.answer(id),
        });
    }

    fn result(&mut self, request: Request) -> Result<Value, Refusal> {
        let Request { id, method, params } = request;
        match (self.phase, method.as_str()) {
            (Phase::New, request::Initialize::METHOD) => self.initialize(&params),
            (Phase::New, _) => Err(Refusal::new(
                ErrorCode::ServerNotInitialized,
                "`initialize` comes first",
            )),
            (Phase::ShutDown, _) => Err(Refusal::new(
                ErrorCode::InvalidRequest,
                "after `shutdown` comes `exit`",
            )),
            (Phase::Running, request::Shutdown::METHOD) => {
                self.phase = Phase::ShutDown;
                Ok(Value::Null)
            }
            (Phase::Running, request::Initialize::METHOD) => Err(Refusal::new(
                ErrorCode::InvalidRequest,
                "`initialize` comes once",
            )),
            (Phase::Running, request::ExecuteCommand::METHOD) => {
                let done = command::run(&self.documents, self.client, read(params)?)?;
                if let Some(edit) = done.edit {
                    self.apply(&id, edit)?;
                }
                Ok(done.result)
            }
            (Phase::Running, method) => self.query(method, params),
        }
    }

    /// Answers what only looks.
    fn query(&self, method: &str, params: Value) -> Result<Value, Refusal> {
        let (documents, client) = (&self.documents, self.client);
        match method {
            request::GotoDefinition::METHOD => {
                write(navigate::definition(documents, read(params)?)?)
            }
            request::References::METHOD => write(navigate::references(documents, read(params)?)?),
            request::DocumentHighlightRequest::METHOD => {
                write(navigate::highlights(documents, read(params)?)?)
            }
            request::HoverRequest::METHOD => write(navigate::hover(documents, read(params)?)?),
            request::Completion::METHOD => {
                write(complete::complete(documents, client, read(params)?)?)
            }
            request::PrepareRenameRequest::METHOD => {
                write(rename::prepare(documents, &read(params)?)?)
            }
            request::Rename::METHOD => write(rename::rename(documents, client, read(params)?)?),
            request::CodeActionRequest::METHOD => {
                write(actions::actions(documents, client, read(params)?)?)
            }
            request::DocumentSymbolRequest::METHOD => {
                write(outline::symbols(documents, read(params)?)?)
            }
            request::FoldingRangeRequest::METHOD => {
                write(outline::folds(documents, read(params)?)?)
            }
            request::SemanticTokensFullRequest::METHOD => {
                write(outline::tokens(documents, read(params)?)?)
            }
            request::Formatting::METHOD => write(actions::format(documents, read(params)?)?),
            _ => Err(Refusal::new(
                ErrorCode::MethodNotFound,
                format!("there is no method `{method}`"),
            )),
        }
    }

    fn initialize(&mut self, params: &Value) -> Result<Value, Refusal> {
        self.client = Client::new(params);
        self.phase = Phase::Running;
        write(InitializeResult {
            capabilities: capabilities(self.client),
            server_info: Some(ServerInfo {
                name: "inflight".into(),
                version: Some(env!("CARGO_PKG_VERSION").into()),
            }),
        })
    }

    /// Asks the client to change a text, for the sake of a command.
    fn apply(
        &mut self,
        command: &RequestId,
        edit: lsp_types::WorkspaceEdit,
    ) -> Result<(), Refusal> {
        self.asked += 1;
        let params = write(lsp_types::ApplyWorkspaceEditParams { label: None, edit })?;
        self.send(Request {
            id: format!("apply {} of {command}", self.asked).into(),
            method: request::ApplyWorkspaceEdit::METHOD.into(),
            params,
        });
        Ok(())
    }

    /// Takes note of what the client did. What makes no sense is passed over: there is
    /// nobody to answer.
    fn take(&mut self, notification: Notification) {
        if self.phase != Phase::Running {
            return;
        }
        let Notification { method, params } = notification;
        match method.as_str() {
            notification::DidOpenTextDocument::METHOD => {
                if let Ok(lsp_types::DidOpenTextDocumentParams { text_document }) = read(params) {
                    self.documents.open(Open::new(
                        text_document.uri,
                        text_document.version,
                        text_document.text,
                        self.client.encoding,
                    ));
                }
            }
            notification::DidChangeTextDocument::METHOD => {
                if let Ok(lsp_types::DidChangeTextDocumentParams {
                    text_document,
                    content_changes,
                }) = read(params)
                    && let Some(open) = self.documents.of_mut(&text_document.uri)
                {
                    open.change(text_document.version, content_changes);
                }
            }
            notification::DidCloseTextDocument::METHOD => {
                if let Ok(lsp_types::DidCloseTextDocumentParams { text_document }) = read(params)
                    && self.documents.close(&text_document.uri)
                {
                    self.publish(text_document.uri, Vec::new(), None);
                }
            }
            _ => {}
        }
    }

    /// Tells the client what is wrong with the texts that have changed.
    fn tell(&mut self) {
        let client = self.client;
        let mut told = Vec::new();
        for open in self.documents.untold() {
            open.untold = false;
            let open = &*open;
            let found = catch_unwind(AssertUnwindSafe(|| diagnose::diagnostics(open, client)));
            told.push((open.uri.clone(), found.unwrap_or_default(), open.version));
        }
        for (uri, diagnostics, version) in told {
            self.publish(uri, diagnostics, Some(version));
        }
    }

    fn publish(&self, uri: Uri, diagnostics: Vec<lsp_types::Diagnostic>, version: Option<i32>) {
        let params = lsp_types::PublishDiagnosticsParams {
            uri,
            diagnostics,
            version,
        };
        if let Ok(params) = write(params) {
            self.send(Notification {
                method: notification::PublishDiagnostics::METHOD.into(),
                params,
            });
        }
    }
}

fn read<P: DeserializeOwned>(params: Value) -> Result<P, Refusal> {
    serde_json::from_value(params).map_err(|error| Refusal::params(error.to_string()))
}

fn write(result: impl Serialize) -> Result<Value, Refusal> {
    serde_json::to_value(result)
        .map_err(|error| Refusal::new(ErrorCode::InternalError, error.to_string()))
}
