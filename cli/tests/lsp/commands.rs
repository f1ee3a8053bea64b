//! Commands that an editor may run.

use serde_json::json;

use crate::client::{Client, URI};
use crate::{UNIT, marked};

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

    let svg = json!({ "uri": URI, "format": "svg" });
    let drawn = client.ask("workspace/executeCommand", draw(svg));
    assert!(
        drawn["text"].as_str().unwrap().starts_with("<svg"),
        "{drawn}"
    );
    let started = json!({ "uri": URI, "highlight": "started" });
    let drawn = client.ask("workspace/executeCommand", draw(started));
    assert!(
        drawn["text"]
            .as_str()
            .unwrap()
            .contains("class started highlighted"),
        "{drawn}"
    );

    let mut refused = |argument| client.refused("workspace/executeCommand", draw(argument)).1;
    let message = refused(json!({ "uri": URI, "format": "ink" }));
    assert_eq!(message, "there is no format `ink`");
    let message = refused(json!({ "uri": URI, "workflow": "units" }));
    assert_eq!(message, "there is no workflow `units` here");
    let message = refused(json!({ "uri": URI, "highlight": "up" }));
    assert_eq!(message, "there is no state `up`");
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

#[test]
fn a_name_can_change_and_be_kept() {
    let (text, place) = marked(&UNIT.replace("-> started", "-> $started"));
    let (mut client, _) = Client::opened(&text);
    let rename = |name| {
        let argument = json!({ "uri": URI, "position": place, "newName": name });
        json!({ "command": "inflight.renameKeepingOldName", "arguments": [argument] })
    };
    let answer = client.ask("workspace/executeCommand", rename("running"));
    assert_eq!(answer, json!(null));
    let asked = client.wait(|message| message["method"] == "workspace/applyEdit");
    let edits = asked["params"]["edit"]["changes"][URI].as_array().unwrap();
    let texts: Vec<_> = edits
        .iter()
        .map(|edit| edit["newText"].as_str().unwrap())
        .collect();
    assert_eq!(texts, ["running", "running", " was started"]);
    let (_, message) = client.refused("workspace/executeCommand", rename("new"));
    assert_eq!(message, "there are two states named `new`");
}
