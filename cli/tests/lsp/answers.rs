//! What is answered about a text.

use serde_json::{Value, json};

use crate::client::{Client, URI};
use crate::{UNIT, marked};

/// A range as `line:column-line:column`.
fn short(range: &Value) -> String {
    let place = |place: &Value| format!("{}:{}", place["line"], place["character"]);
    format!("{}-{}", place(&range["start"]), place(&range["end"]))
}

fn all(answer: &Value) -> Vec<String> {
    let answers = answer.as_array().unwrap().iter();
    answers.map(|one| short(&one["range"])).collect()
}

#[test]
fn names_lead_to_their_declarations_and_uses() {
    let (text, place) = marked(&UNIT.replace("| failed", "| fai$led"));
    let (mut client, _) = Client::opened(&text);
    let declared = client.ask_at("textDocument/definition", &place);
    assert_eq!(declared["uri"], URI);
    assert_eq!(short(&declared["range"]), "5:16-5:22");
    let uses = client.ask(
        "textDocument/references",
        json!({ "textDocument": { "uri": URI }, "position": place,
                "context": { "includeDeclaration": false } }),
    );
    assert_eq!(all(&uses), ["11:45-11:51", "13:35-13:41"]);
    let marks = client.ask_at("textDocument/documentHighlight", &place);
    assert_eq!(all(&marks), ["5:16-5:22", "11:45-11:51", "13:35-13:41"]);
    let nowhere = json!({ "line": 0, "character": 0 });
    assert_eq!(
        client.ask_at("textDocument/definition", &nowhere),
        json!(null)
    );
    assert_eq!(client.ask_at("textDocument/hover", &nowhere), json!(null));
}

#[test]
fn a_state_is_shown_with_what_is_around_it() {
    let (text, place) = marked(&UNIT.replace("-> started", "-> $started"));
    let (mut client, _) = Client::opened(&text);
    let hover = client.ask_at("textDocument/hover", &place);
    assert_eq!(hover["contents"]["kind"], "markdown");
    assert_eq!(
        hover["contents"]["value"],
        "```workflow\nstate started      { revision: int }\n```\n\nRuns.\n\n\
         **Entered by**\n\n- `install` from `new`, `failed`\n\n\
         **Left by**\n\n- `remove` to `removed`"
    );
    assert_eq!(short(&hover["range"]), "11:55-11:62");
}

#[test]
fn what_may_be_written_depends_on_the_place() {
    let labels = |text: &str| {
        let (text, place) = marked(&UNIT.replace("transition remove: * -> removed", text));
        let (mut client, _) = Client::opened(&text);
        let items = client.ask_at("textDocument/completion", &place);
        let items = items.as_array().unwrap().iter();
        items
            .map(|item| item["label"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        labels("transition remove: $"),
        ["new", "started", "failed", "removed", "*"]
    );
    assert_eq!(
        labels("transition remove: new -> started { do $ }"),
        ["install"]
    );
    assert_eq!(labels("// $"), Vec::<String>::new());
}

#[test]
fn what_is_chosen_replaces_what_was_begun() {
    let text = UNIT.replace(
        "transition remove: * -> removed",
        "transition remove: * -> removed { do ins$ }",
    );
    let (text, place) = marked(&text);
    let (mut client, _) = Client::opened(&text);
    let item = client.ask_at("textDocument/completion", &place)[0].clone();
    assert_eq!(short(&item["textEdit"]["range"]), "15:41-15:44");
    assert_eq!(item["textEdit"]["newText"], "install");
    assert_eq!(item["detail"], "(hooks: bool)");
    assert_eq!(item["documentation"]["value"], "Runs the install hook.");
    assert!(item.get("insertTextFormat").is_none());
    let snippets = json!({ "textDocument": { "completion": { "completionItem": { "snippetSupport": true } } } });
    let mut client = Client::initialized(snippets);
    client.open(&text);
    let item = client.ask_at("textDocument/completion", &place)[0].clone();
    assert_eq!(item["textEdit"]["newText"], "install(hooks: $1)$0");
    assert_eq!(item["insertTextFormat"], 2);
}

#[test]
fn a_blank_asks_for_names_only() {
    let asked = |text: &str| {
        let (text, place) = marked(&UNIT.replace("transition remove: * -> removed", text));
        let (mut client, _) = Client::opened(&text);
        let items = client.ask(
            "textDocument/completion",
            json!({ "textDocument": { "uri": URI }, "position": place,
                    "context": { "triggerKind": 2, "triggerCharacter": " " } }),
        );
        items.as_array().unwrap().len()
    };
    assert_eq!(asked("transition remove: new -> $"), 5);
    assert_eq!(asked("guard idle $"), 0);
}

#[test]
fn a_name_changes_everywhere_or_nowhere() {
    let (text, place) = marked(&UNIT.replace("-> started", "-> $started"));
    let (mut client, _) = Client::opened(&text);
    let range = client.ask_at("textDocument/prepareRename", &place);
    assert_eq!(short(&range), "11:55-11:62");
    let rename =
        |name: &str| json!({ "textDocument": { "uri": URI }, "position": place, "newName": name });
    let edit = client.ask("textDocument/rename", rename("running"));
    assert_eq!(all(&edit["changes"][URI]), ["4:10-4:17", "11:55-11:62"]);
    let (code, message) = client.refused("textDocument/rename", rename("failed"));
    assert_eq!(
        (code, message.as_str()),
        (-32803, "there are two states named `failed`")
    );
    let versions = json!({ "workspace": { "workspaceEdit": { "documentChanges": true } } });
    let mut client = Client::initialized(versions);
    client.open(&text);
    let edit = client.ask("textDocument/rename", rename("running"));
    let change = &edit["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({ "uri": URI, "version": 1 }));
    assert_eq!(change["edits"].as_array().unwrap().len(), 2);
}

#[test]
fn mistakes_come_with_ways_out() {
    let (mut client, told) = Client::opened(&UNIT.replace("-> removed", "-> removd"));
    let ask = |only: Value| {
        let mut context = json!({ "diagnostics": told });
        if !only.is_null() {
            context["only"] = only;
        }
        json!({ "textDocument": { "uri": URI }, "range": told[0]["range"], "context": context })
    };
    let actions = client.ask("textDocument/codeAction", ask(json!(null)));
    assert_eq!(actions[0]["title"], "change to `removed`");
    assert_eq!(actions[0]["kind"], "quickfix");
    assert_eq!(actions[0]["isPreferred"], true);
    assert_eq!(actions[0]["diagnostics"], told);
    assert_eq!(actions[0]["edit"]["changes"][URI][0]["newText"], "removed");
    assert_eq!(actions[1]["title"], "declare `state removd`");
    let same = client.ask("textDocument/codeAction", ask(json!(["quickfix"])));
    assert_eq!(same, actions);
    let none = client.ask("textDocument/codeAction", ask(json!(["refactor"])));
    assert_eq!(none, json!([]));
}

#[test]
fn a_text_gets_its_one_form() {
    let format = json!({ "textDocument": { "uri": URI }, "options": { "tabSize": 4, "insertSpaces": true } });
    let (mut client, _) =
        Client::opened(&UNIT.replace("    final state removed", "  final   state removed"));
    let edits = client.ask("textDocument/formatting", format.clone());
    assert_eq!(all(&edits), ["6:0-7:0"]);
    assert_eq!(edits[0]["newText"], "    final state removed\n");
    let (mut client, _) = Client::opened(&UNIT.replace("state removed", "state"));
    assert_eq!(client.ask("textDocument/formatting", format), json!(null));
}

#[test]
fn what_is_declared_is_nested_and_folds() {
    let (mut client, _) = Client::opened(UNIT);
    let document = json!({ "textDocument": { "uri": URI } });
    let symbols = client.ask("textDocument/documentSymbol", document.clone());
    let unit = &symbols[0];
    assert_eq!(unit["name"], "unit");
    assert_eq!(short(&unit["range"]), "1:0-16:1");
    let names = unit["children"].as_array().unwrap().iter();
    let names: Vec<_> = names.map(|child| child["name"].as_str().unwrap()).collect();
    assert_eq!(
        names,
        [
            "new", "started", "failed", "removed", "install", "install", "remove"
        ]
    );
    assert_eq!(unit["children"][1]["children"][0]["detail"], "int");
    let folds = client.ask("textDocument/foldingRange", document.clone());
    let folds = folds.as_array().unwrap().iter();
    let folds: Vec<_> = folds
        .map(|fold| (fold["startLine"].as_u64(), fold["endLine"].as_u64()))
        .collect();
    assert!(
        folds.contains(&(Some(1), Some(15))) && folds.contains(&(Some(11), Some(13))),
        "{folds:?}"
    );
    let tokens = client.ask("textDocument/semanticTokens/full", document);
    let data = tokens["data"].as_array().unwrap();
    // `unit` is a namespace, declared; `new` stands a line below and is a state.
    assert_eq!(data[..10], [1, 9, 4, 0, 1, 1, 18, 3, 1, 1].map(Value::from));
}
