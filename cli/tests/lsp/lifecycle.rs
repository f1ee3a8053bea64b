//! From `initialize` to `exit`, and what happens when somebody keeps to no order.

use serde_json::json;

use crate::UNIT;
use crate::client::{Client, URI};

#[test]
fn the_server_says_what_it_can_do() {
    let mut client = Client::start();
    let answer = client.ask(
        "initialize",
        json!({ "processId": null, "capabilities": {} }),
    );
    let can = &answer["capabilities"];
    for provider in [
        "hoverProvider",
        "completionProvider",
        "definitionProvider",
        "referencesProvider",
        "documentHighlightProvider",
        "documentSymbolProvider",
        "codeActionProvider",
        "documentFormattingProvider",
        "renameProvider",
        "foldingRangeProvider",
        "executeCommandProvider",
        "semanticTokensProvider",
    ] {
        assert!(can.get(provider).is_some(), "{provider}");
    }
    assert_eq!(can["positionEncoding"], "utf-16");
    assert_eq!(can["textDocumentSync"]["change"], 2);
    assert_eq!(answer["serverInfo"]["name"], "inflight");
}

#[test]
fn what_is_asked_too_early_twice_or_too_late_is_refused() {
    let mut client = Client::start();
    let hover =
        || json!({ "textDocument": { "uri": URI }, "position": { "line": 0, "character": 0 } });
    assert_eq!(client.refused("textDocument/hover", hover()).0, -32002);
    client.ask("initialize", json!({ "capabilities": {} }));
    assert_eq!(
        client
            .refused("initialize", json!({ "capabilities": {} }))
            .0,
        -32600
    );
    client.ask("shutdown", json!(null));
    assert_eq!(client.refused("textDocument/hover", hover()).0, -32600);
    client.tell("exit", json!(null));
    assert_eq!(client.end(), (0, String::new()));
}

#[test]
fn who_leaves_without_a_word_is_told_by_the_exit_code() {
    let mut client = Client::initialized(json!({}));
    client.tell("exit", json!(null));
    assert_eq!(client.end(), (1, String::new()));
    let client = Client::initialized(json!({}));
    assert_eq!(client.end(), (1, String::new()));
    let client = Client::start();
    assert_eq!(client.end(), (1, String::new()));
}

#[test]
fn what_is_no_message_ends_the_connection() {
    let mut client = Client::initialized(json!({}));
    client.write("Content-Length: 9\r\n\r\n{\"id\": 1]");
    let (code, said) = client.end();
    assert_eq!(code, 2);
    assert!(
        said.starts_with("inflight: the connection broke: "),
        "{said}"
    );
}

#[test]
fn unknown_methods_and_wrong_parameters_are_answered() {
    let (mut client, _) = Client::opened(UNIT);
    let (code, message) = client.refused("textDocument/unheardOf", json!({}));
    assert_eq!(
        (code, message.as_str()),
        (-32601, "there is no method `textDocument/unheardOf`")
    );
    assert_eq!(
        client
            .refused("textDocument/hover", json!({ "position": 7 }))
            .0,
        -32602
    );
    assert_eq!(client.refused("textDocument/rename", json!(null)).0, -32602);
    let elsewhere = json!({ "textDocument": { "uri": "file:///other.workflow" } });
    let (code, message) = client.refused("textDocument/documentSymbol", elsewhere);
    assert_eq!(
        (code, message.as_str()),
        (-32602, "`file:///other.workflow` is not open")
    );
    // Notifications have no answer; these are passed over.
    client.tell("$/setTrace", json!({ "value": "off" }));
    client.tell("textDocument/didChange", json!({ "nonsense": true }));
    client.tell(
        "textDocument/didClose",
        json!({ "textDocument": { "uri": "file:///other" } }),
    );
    let symbols = client.ask(
        "textDocument/documentSymbol",
        json!({ "textDocument": { "uri": URI } }),
    );
    assert_eq!(symbols[0]["name"], "unit");
}

#[test]
fn what_is_called_off_is_answered_once() {
    let (mut client, _) = Client::opened(UNIT);
    let place =
        json!({ "textDocument": { "uri": URI }, "position": { "line": 1, "character": 10 } });
    let id = client.send_request("textDocument/hover", place.clone());
    client.tell("$/cancelRequest", json!({ "id": id }));
    let answer = client.answer_to(id);
    let called_off = answer["error"]["code"] == -32800;
    assert!(called_off || answer["result"].is_object(), "{answer}");
    // One that is answered already cannot be called off.
    client.tell("$/cancelRequest", json!({ "id": id }));
    client.ask("textDocument/hover", place);
}
