//! Texts that are opened, typed in and closed, and what is said of them.

use serde_json::{Value, json};

use crate::client::{Client, URI};
use crate::{UNIT, marked};

fn change(version: i64, changes: Value) -> Value {
    json!({ "textDocument": { "uri": URI, "version": version }, "contentChanges": changes })
}

fn codes(diagnostics: &Value) -> Vec<&str> {
    let all = diagnostics.as_array().unwrap().iter();
    all.map(|one| one["code"].as_str().unwrap()).collect()
}

#[test]
fn mistakes_come_as_one_types_and_go_as_one_mends() {
    let unit = UNIT.replace("error state", "allow undocumented_error_state error state");
    let (mut client, told) = Client::opened(&unit);
    assert_eq!(told, json!([]));
    let (_, place) = marked(&unit.replace("-> removed", "-> remov$ed"));
    let end =
        json!({ "line": place["line"], "character": place["character"].as_u64().unwrap() + 1 });
    let dropped = json!([{ "range": { "start": place, "end": end }, "text": "" }]);
    client.tell("textDocument/didChange", change(2, dropped));
    let told = client.diagnostics(2);
    // The state itself is not reached any more; while a name is unknown, that goes unsaid.
    assert_eq!(codes(&told), ["unknown_state"]);
    assert_eq!(told[0]["source"], "inflight");
    assert_eq!(told[0]["severity"], 1);
    assert_eq!(
        told[0]["message"],
        "there is no state `removd`\nhelp: did you mean `removed`?"
    );
    assert_eq!(told[0]["range"]["start"]["line"], place["line"]);
    assert_eq!(told[0]["range"]["start"]["character"], 28);
    assert_eq!(told[0]["range"]["end"]["character"], 34);
    let typed = json!([{ "range": { "start": place, "end": place }, "text": "e" }]);
    client.tell("textDocument/didChange", change(3, typed));
    assert_eq!(client.diagnostics(3), json!([]));
    let whole = json!([{ "text": "workflow w {" }]);
    client.tell("textDocument/didChange", change(4, whole));
    assert!(!codes(&client.diagnostics(4)).is_empty());
    client.tell(
        "textDocument/didClose",
        json!({ "textDocument": { "uri": URI } }),
    );
    let gone = client.wait(|message| {
        message["params"]["diagnostics"] == json!([])
            && message["params"]["uri"] == URI
            && message["params"].get("version").is_none()
    });
    assert_eq!(gone["method"], "textDocument/publishDiagnostics");
}

#[test]
fn changes_are_applied_one_after_the_other() {
    let (mut client, _) = Client::opened("workflow w {\r\n}\r\n");
    let at = |line: u32, character: u32| json!({ "line": line, "character": character });
    let range = |start: Value, end: Value| json!({ "start": start, "end": end });
    let changes = json!([
        { "range": range(at(1, 0), at(1, 0)), "text": "initial state a // 🦀\n" },
        { "range": range(at(1, 18), at(1, 20)), "text": "é日" },
        { "range": range(at(1, 20), at(9, 9)), "text": "\nfinal state b transition t: a -> b }" },
    ]);
    client.tell("textDocument/didChange", change(2, changes));
    assert_eq!(client.diagnostics(2), json!([]));
    let hover = client.ask_at("textDocument/hover", &json!({ "line": 2, "character": 28 }));
    assert!(
        hover["contents"]["value"]
            .as_str()
            .unwrap()
            .contains("initial state a"),
        "{hover}"
    );
}

#[test]
fn columns_are_16_bit_units_unless_the_client_knows_bytes() {
    let line = "transition t: a -> b(x: \"🦀日é\", y: c) }";
    let text = format!("workflow w {{ initial state a final state b {{ x: string }}\n{line}");
    let before = line.split_once('y').unwrap().0;
    let check = |capabilities, column| {
        let told = Client::initialized(capabilities).open(&text);
        assert_eq!(codes(&told), ["unknown_variable"]);
        assert_eq!(
            told[0]["range"]["start"],
            json!({ "line": 1, "character": column })
        );
    };
    check(json!({}), before.encode_utf16().count());
    let encodings = json!({ "general": { "positionEncodings": ["utf-32", "utf-8", "utf-16"] } });
    check(encodings, before.len());
}

#[test]
fn a_second_place_is_told_to_who_can_show_it() {
    let twice = UNIT.replace("final state removed", "final state removed state removed");
    let (_, told) = Client::opened(&twice);
    assert!(told[0].get("relatedInformation").is_none());
    let related =
        json!({ "textDocument": { "publishDiagnostics": { "relatedInformation": true } } });
    let told = Client::initialized(related).open(&twice);
    let other = &told[0]["relatedInformation"][0];
    assert_eq!(other["message"], "the first");
    assert_eq!(other["location"]["uri"], URI);
    assert_eq!(
        other["location"]["range"]["start"],
        json!({ "line": 6, "character": 16 })
    );
}

/// Whatever is typed, nothing ends the server: a text is cut off after each letter, and
/// asked about at its end.
#[test]
fn a_half_written_text_is_answered_too() {
    let (mut client, _) = Client::opened("");
    let mut version = 1;
    for (end, _) in UNIT.char_indices().step_by(3) {
        version += 1;
        let text = UNIT.get(..end).unwrap();
        client.tell(
            "textDocument/didChange",
            change(version, json!([{ "text": text }])),
        );
        let line = text.matches('\n').count();
        let column = text.rsplit('\n').next().unwrap().encode_utf16().count();
        let position = json!({ "line": line, "character": column });
        client.ask_at("textDocument/completion", &position);
        client.ask_at("textDocument/hover", &position);
    }
    client.ask("shutdown", json!(null));
    client.tell("exit", json!(null));
    assert_eq!(client.end(), (0, String::new()));
}
