//! Commands that the client may run.

use clap::ValueEnum as _;
use lsp_types::{ExecuteCommandParams, Position, Uri, WorkspaceEdit};
use serde::Deserialize;
use serde_json::{Value, json};

use inflight_dsl::diagram::Drawing;

use super::client::Client;
use super::document::Documents;
use super::refusal::Refusal;
use crate::arguments::DiagramFormat;

const DIAGRAM: &str = "inflight.diagram";
const RENAME_KEEPING: &str = "inflight.renameKeepingOldName";

/// The names of all commands.
pub(super) const NAMES: [&str; 2] = [DIAGRAM, RENAME_KEEPING];

/// What a command came to.
pub(super) struct Done {
    /// What it answers.
    pub(super) result: Value,
    /// What it changes.
    pub(super) edit: Option<WorkspaceEdit>,
}

/// The argument of `inflight.diagram`.
#[derive(Deserialize)]
struct Drawn {
    uri: Uri,
    /// The workflow to draw, the first unless one is named.
    workflow: Option<String>,
    /// As `inflight diagram --format` has it.
    format: Option<String>,
    /// A state to point out.
    highlight: Option<String>,
}

/// The argument of `inflight.renameKeepingOldName`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Renamed {
    uri: Uri,
    position: Position,
    new_name: String,
}

pub(super) fn run(
    documents: &Documents,
    client: Client,
    params: ExecuteCommandParams,
) -> Result<Done, Refusal> {
    match params.command.as_str() {
        DIAGRAM => Ok(Done {
            result: drawn(documents, argument(params)?)?,
            edit: None,
        }),
        RENAME_KEEPING => Ok(Done {
            result: Value::Null,
            edit: Some(renamed(documents, client, &argument(params)?)?),
        }),
        other => Err(Refusal::params(format!("there is no command `{other}`"))),
    }
}

fn argument<A: for<'a> Deserialize<'a>>(params: ExecuteCommandParams) -> Result<A, Refusal> {
    let first = params.arguments.into_iter().next().unwrap_or_default();
    serde_json::from_value(first).map_err(|error| Refusal::params(error.to_string()))
}

fn drawn(documents: &Documents, argument: Drawn) -> Result<Value, Refusal> {
    let open = documents.of(&argument.uri)?;
    let asked = argument.format.as_deref().unwrap_or("mermaid");
    let format = DiagramFormat::from_str(asked, false)
        .map_err(|_| Refusal::params(format!("there is no format `{asked}`")))?;
    let Some(model) = &open.document().compiled().model else {
        return Err(Refusal::failed("a text with mistakes cannot be drawn"));
    };
    let mut workflows = model.workflows.iter();
    let found = match &argument.workflow {
        Some(name) => workflows.find(|workflow| workflow.name.text == *name),
        None => workflows.next(),
    };
    let Some(workflow) = found else {
        let name = argument.workflow.unwrap_or_default();
        return Err(Refusal::failed(format!(
            "there is no workflow `{name}` here"
        )));
    };
    let mut drawing = Drawing::of(workflow);
    if let Some(state) = &argument.highlight {
        let marked = drawing.highlight(state);
        marked.map_err(|unknown| Refusal::failed(unknown.to_string()))?;
    }
    Ok(json!({
        "workflow": workflow.name.text,
        "format": asked,
        "text": drawing.render(format.into()),
    }))
}

/// A rename that a record written under the old name survives.
fn renamed(
    documents: &Documents,
    client: Client,
    argument: &Renamed,
) -> Result<WorkspaceEdit, Refusal> {
    let open = documents.of(&argument.uri)?;
    let edits = open
        .document()
        .rename_keeping(open.offset(argument.position), &argument.new_name)
        .map_err(|refused| Refusal::failed(refused.to_string()))?;
    Ok(open.workspace_edit(edits, client))
}
