//! `inflight check --format sarif`, as services read it.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests"
)]

mod command;

use std::process::Command;

use command::{BAD, Folder, GOOD};
use insta::assert_snapshot;
use serde_json::Value;

/// What OASIS says a log is.
const SCHEMA: &str = include_str!("schemas/sarif-2.1.0.json");

const PATTERNS: [&str; 2] = [
    "/definitions/run/properties/language/pattern",
    "/definitions/toolComponent/properties/language/pattern",
];

/// A workflow with a mistake of two places, and one in two lines.
const WRONG: &str = "\
workflow door {
    initial state öffen
    final state shut
    final state shut { why: int,
    }
    transition close: open -> shut
    /// Of
    /// nothing.
}
";

/// A workflow of which there is but a warning.
const ASKED: &str = "\
workflow door {
    initial state open
    final state shut
    transition close(hard: bool): open -> shut
}
";

/// The log of a check, which is one by the schema, and its exit code.
fn log(check: &mut Command) -> (Option<i32>, Value) {
    let output = check.output().unwrap();
    let log: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut schema: Value = serde_json::from_str(SCHEMA).unwrap();
    // Two of its patterns are no regular expressions where that is taken strictly: they
    // have a bracket that closes nothing.
    for pattern in PATTERNS {
        *schema.pointer_mut(pattern).unwrap() = "".into();
    }
    let validator = jsonschema::validator_for(&schema).unwrap();
    let refused: Vec<String> = validator
        .iter_errors(&log)
        .map(|error| format!("{error} at {}", error.instance_path()))
        .collect();
    assert_eq!(refused, [""; 0]);
    (output.status.code(), log)
}

#[test]
fn a_log_is_one_by_the_schema() {
    let folder = Folder::new(&[
        ("bad.workflow", BAD),
        ("wrong here.workflow", WRONG),
        ("asked.workflow", ASKED),
        ("good.workflow", GOOD),
    ]);
    let mut check = folder.command("check --format sarif bad.workflow asked.workflow");
    let (exit, mut log) = log(check.args(["wrong here.workflow", "good.workflow"]));
    assert_eq!(exit, Some(1));
    log["runs"][0]["tool"]["driver"]["semanticVersion"] = "VERSION".into();
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array_mut();
    for rule in rules.unwrap() {
        let page = rule["help"]["markdown"].take();
        assert_eq!(rule["help"]["text"], page);
        let heading = format!("# `{}`\n", rule["id"].as_str().unwrap());
        assert!(page.as_str().unwrap().starts_with(&heading));
        rule["help"] = "the page".into();
    }
    let text = serde_json::to_string_pretty(&log).unwrap();
    assert_snapshot!(text, @r#"
    {
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
      "runs": [
        {
          "columnKind": "unicodeCodePoints",
          "invocations": [
            {
              "executionSuccessful": true
            }
          ],
          "results": [
            {
              "fixes": [
                {
                  "artifactChanges": [
                    {
                      "artifactLocation": {
                        "uri": "bad.workflow"
                      },
                      "replacements": [
                        {
                          "deletedRegion": {
                            "endColumn": 36,
                            "endLine": 4,
                            "startColumn": 31,
                            "startLine": 4
                          },
                          "insertedContent": {
                            "text": "shut"
                          }
                        }
                      ]
                    }
                  ],
                  "description": {
                    "text": "did you mean `shut`?"
                  }
                }
              ],
              "level": "error",
              "locations": [
                {
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "bad.workflow"
                    },
                    "region": {
                      "endColumn": 36,
                      "endLine": 4,
                      "startColumn": 31,
                      "startLine": 4
                    }
                  }
                }
              ],
              "message": {
                "text": "there is no state `shutt`\nhelp: did you mean `shut`?"
              },
              "relatedLocations": [],
              "ruleId": "unknown_state",
              "ruleIndex": 3
            },
            {
              "fixes": [],
              "level": "warning",
              "locations": [
                {
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "asked.workflow"
                    },
                    "region": {
                      "endColumn": 26,
                      "endLine": 4,
                      "startColumn": 22,
                      "startLine": 4
                    }
                  }
                }
              ],
              "message": {
                "text": "nothing in `close` uses the input `hard`\nhelp: give it to a variable, an action or a guard, or drop it"
              },
              "relatedLocations": [],
              "ruleId": "unused_input",
              "ruleIndex": 4
            },
            {
              "fixes": [],
              "level": "error",
              "locations": [
                {
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "wrong%20here.workflow"
                    },
                    "region": {
                      "endColumn": 24,
                      "endLine": 2,
                      "startColumn": 19,
                      "startLine": 2
                    }
                  }
                }
              ],
              "message": {
                "text": "`öffen` is not `snake_case`\nhelp: spell it with the letters `a` to `z`, digits and `_`"
              },
              "relatedLocations": [],
              "ruleId": "not_snake_case",
              "ruleIndex": 1
            },
            {
              "fixes": [],
              "level": "error",
              "locations": [
                {
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "wrong%20here.workflow"
                    },
                    "region": {
                      "endColumn": 21,
                      "endLine": 4,
                      "startColumn": 17,
                      "startLine": 4
                    }
                  }
                }
              ],
              "message": {
                "text": "there are two states named `shut`\nhelp: rename one of them, or drop it"
              },
              "relatedLocations": [
                {
                  "id": 1,
                  "message": {
                    "text": "the first"
                  },
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "wrong%20here.workflow"
                    },
                    "region": {
                      "endColumn": 21,
                      "endLine": 3,
                      "startColumn": 17,
                      "startLine": 3
                    }
                  }
                }
              ],
              "ruleId": "duplicate_state",
              "ruleIndex": 2
            },
            {
              "fixes": [],
              "level": "error",
              "locations": [
                {
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "wrong%20here.workflow"
                    },
                    "region": {
                      "endColumn": 17,
                      "endLine": 8,
                      "startColumn": 5,
                      "startLine": 7
                    }
                  }
                }
              ],
              "message": {
                "text": "this doc comment documents nothing\nhelp: put it before an item, or write `//` for a comment"
              },
              "relatedLocations": [],
              "ruleId": "stray_doc",
              "ruleIndex": 0
            }
          ],
          "tool": {
            "driver": {
              "name": "inflight",
              "rules": [
                {
                  "defaultConfiguration": {
                    "level": "error"
                  },
                  "help": "the page",
                  "id": "stray_doc",
                  "shortDescription": {
                    "text": "A doc comment that documents nothing."
                  }
                },
                {
                  "defaultConfiguration": {
                    "level": "error"
                  },
                  "help": "the page",
                  "id": "not_snake_case",
                  "shortDescription": {
                    "text": "A name that is not `snake_case`."
                  }
                },
                {
                  "defaultConfiguration": {
                    "level": "error"
                  },
                  "help": "the page",
                  "id": "duplicate_state",
                  "shortDescription": {
                    "text": "Two states of one name."
                  }
                },
                {
                  "defaultConfiguration": {
                    "level": "error"
                  },
                  "help": "the page",
                  "id": "unknown_state",
                  "shortDescription": {
                    "text": "A state that is not declared."
                  }
                },
                {
                  "defaultConfiguration": {
                    "level": "warning"
                  },
                  "help": "the page",
                  "id": "unused_input",
                  "shortDescription": {
                    "text": "An input that nothing reads."
                  }
                }
              ],
              "semanticVersion": "VERSION"
            }
          }
        }
      ],
      "version": "2.1.0"
    }
    "#);
}

#[test]
fn nothing_found_is_a_log_too() {
    let folder = Folder::new(&[("good.workflow", GOOD)]);
    let (exit, log) = log(&mut folder.command("check --format sarif good.workflow"));
    assert_eq!(exit, Some(0));
    assert_eq!(log["runs"][0]["results"], serde_json::json!([]));
}

#[test]
fn a_log_says_whether_all_was_read() {
    let folder = Folder::new(&[("bad.workflow", BAD)]);
    let complete = |arguments| {
        let (exit, log) = log(&mut folder.command(arguments));
        (
            exit,
            log["runs"][0]["invocations"][0]["executionSuccessful"].clone(),
        )
    };
    assert_eq!(
        complete("check --format sarif bad.workflow"),
        (Some(1), true.into())
    );
    let missing = "check --format sarif gone.workflow bad.workflow";
    assert_eq!(complete(missing), (Some(2), false.into()));
}

#[test]
fn what_is_denied_is_an_error_in_the_log() {
    let folder = Folder::new(&[("asked.workflow", ASKED)]);
    let level = |arguments| {
        let (exit, log) = log(&mut folder.command(arguments));
        (exit, log["runs"][0]["results"][0]["level"].clone())
    };
    assert_eq!(
        level("check --format sarif asked.workflow"),
        (Some(0), "warning".into())
    );
    let denied = "check --deny warnings --format sarif asked.workflow";
    assert_eq!(level(denied), (Some(1), "error".into()));
}
