//! Commands that an editor may run.

use serde_json::json;

use crate::UNIT;
use crate::client::{Client, URI};

#[test]
fn a_workflow_is_drawn() {
    let (mut client, _) = Client::opened(UNIT);
    let draw = |argument| json!({ "command": "inflight.diagram", "arguments": [argument] });
    let drawn = client.ask("workspace/executeCommand", draw(json!({ "uri": URI })));
    assert_eq!(drawn["workflow"], "unit");
    assert_eq!(drawn["format"], "mermaid");
    assert!(
        drawn["text"].as_str().unwrap().contains("stateDiagram-v2"),
        "{drawn}"
    );
    let table = json!({ "uri": URI, "workflow": "unit", "format": "table" });
    let drawn = client.ask("workspace/executeCommand", draw(table));
    assert!(
        drawn["text"].as_str().unwrap().starts_with("## unit"),
        "{drawn}"
    );

    let mut refused = |argument| client.refused("workspace/executeCommand", draw(argument)).1;
    let message = refused(json!({ "uri": URI, "format": "ink" }));
    assert_eq!(message, "there is no format `ink`");
    let message = refused(json!({ "uri": URI, "workflow": "units" }));
    assert_eq!(message, "there is no workflow `units` here");
    let message = refused(json!({ "uri": "file:///other" }));
    assert_eq!(message, "`file:///other` is not open");
    let unknown = json!({ "command": "inflight.fly" });
    let (code, message) = client.refused("workspace/executeCommand", unknown);
    assert_eq!(
        (code, message.as_str()),
        (-32602, "there is no command `inflight.fly`")
    );

    let (mut client, _) = Client::opened("workflow w {");
    let (_, message) = client.refused("workspace/executeCommand", draw(json!({ "uri": URI })));
    assert_eq!(message, "a text with mistakes cannot be drawn");
}
