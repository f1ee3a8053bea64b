//! The workflow `unruly`, written down a second time.

use serde_json::{Value as Json, json};

use crate::life::{Inflight, Record};

/// A transition: its sources, what it runs, and what its clauses say. Times are in
/// seconds.
pub struct Rule {
    pub sources: &'static [&'static str],
    pub fired: bool,
    pub runs: bool,
    pub on_error: Option<&'static str>,
    pub retries: u32,
    /// The waits before the second and third attempt, when nothing is left to chance, and
    /// the longest that is possible.
    pub waits: Option<[i64; 3]>,
    pub timeout: Option<u64>,
    pub interrupted: Interrupted,
    pub after: Option<i64>,
}

/// What becomes of it when it is interrupted.
#[derive(Clone, Copy, PartialEq)]
pub enum Interrupted {
    Rerun(u32),
    Fail,
    Ask,
    Probe,
}

pub fn rule(transition: &str) -> Rule {
    let rule = |sources, fired, runs, on_error| Rule {
        sources,
        fired,
        runs,
        on_error,
        retries: 0,
        waits: None,
        timeout: None,
        interrupted: Interrupted::Rerun(10),
        after: None,
    };
    match transition {
        "begin" => Rule {
            retries: 2,
            waits: Some([2, 3, 6]),
            timeout: Some(10),
            ..rule(&["idle"], true, true, Some("begin_failed"))
        },
        "begin_failed" => Rule {
            retries: 1,
            interrupted: Interrupted::Fail,
            ..rule(&[], false, true, Some("begin_lost"))
        },
        "begin_lost" => rule(&[], false, true, None),
        "roll" => Rule {
            timeout: Some(7),
            interrupted: Interrupted::Probe,
            ..rule(&["one"], true, true, Some("fall"))
        },
        "back" => rule(&["two"], true, true, Some("back_failed")),
        "back_failed" => rule(&[], false, true, None),
        "fall" => Rule {
            interrupted: Interrupted::Rerun(2),
            ..rule(&["one", "two"], true, true, Some("fall_failed"))
        },
        "fall_failed" => rule(&[], false, false, None),
        "push" => Rule {
            interrupted: Interrupted::Ask,
            ..rule(&["one", "two"], true, true, Some("slip"))
        },
        "slip" => rule(&["one", "two"], true, false, None),
        "turn" => rule(&["one"], true, false, None),
        "mend" => Rule {
            timeout: Some(3),
            interrupted: Interrupted::Fail,
            ..rule(&["broken", "lost"], true, true, None)
        },
        "tick" => Rule {
            after: Some(10),
            retries: 1,
            ..rule(&["one"], true, true, None)
        },
        "sag" => Rule {
            after: Some(20),
            ..rule(&["one", "two"], true, false, None)
        },
        "slide" => Rule {
            after: Some(15),
            ..rule(&["two"], true, true, Some("slip"))
        },
        "wander" => Rule {
            after: Some(100),
            ..rule(&["idle"], true, false, None)
        },
        _ => rule(&["idle", "one", "two", "broken", "lost"], true, false, None),
    }
}

/// What leaves a state after some time, the earliest first.
pub fn timers(state: &str) -> Vec<(&'static str, i64)> {
    let timers: &[_] = match state {
        "idle" => &["wander"],
        "one" => &["tick", "sag"],
        "two" => &["slide", "sag"],
        _ => &[],
    };
    let timers = timers.iter();
    timers
        .filter_map(|it| Some((*it, rule(it).after?)))
        .collect()
}

/// The activities, and whether each runs.
pub fn activities(state: &str, inflight: Option<&str>) -> [(&'static str, bool); 2] {
    let falling = matches!(inflight, Some("fall" | "fall_failed"));
    [
        ("lamp", matches!(state, "one" | "two") && !falling),
        ("bell", state != "done"),
    ]
}

/// The inputs of an error transition.
pub fn error_inputs(error: &str, failed: &Inflight, failure: &str) -> Json {
    match error {
        "begin_failed" | "begin_lost" => json!({ "by": failed.inputs["by"] }),
        "fall" => json!({ "why": failure }),
        "slip" => json!({ "count": i32::from(failed.transition == "slide") }),
        _ => json!({}),
    }
}

/// What is called to run a transition, or to ask about it.
pub fn call(record: &Record, inflight: &Inflight, probe: bool) -> String {
    let text = |input: &str| inflight.inputs[input].as_str().unwrap_or("").to_owned();
    let count = &record.variables["count"];
    match inflight.transition.as_str() {
        "roll" if probe => format!("counted({count})"),
        "roll" => format!("count({count})"),
        "back" | "push" | "tick" | "slide" => format!("work({})", inflight.transition),
        "back_failed" => "work(stay)".into(),
        "begin_failed" => format!("work({})", inflight.failure.clone().unwrap_or_default()),
        "fall" => format!("work({})", text("why")),
        _ => format!("work({})", text("by")),
    }
}

/// The state that a transition leads to, and its variables.
pub fn entered(record: &Record, inflight: &Inflight) -> (String, Json) {
    let inputs = &inflight.inputs;
    let count = &record.variables["count"];
    let (state, variables) = match inflight.transition.as_str() {
        "begin" => ("one", json!({ "count": 1 })),
        "begin_failed" => (
            "broken",
            json!({ "why": inflight.failure, "by": inputs["by"] }),
        ),
        "begin_lost" => ("lost", json!({ "why": inflight.failure })),
        "roll" => {
            let count = count.as_i64().unwrap_or(0) + 1;
            ("two", json!({ "count": count, "note": "rolled" }))
        }
        "back" => ("one", json!({ "count": count })),
        "fall" => ("lost", json!({ "why": inputs["why"] })),
        "sag" => ("lost", json!({ "why": "sagged" })),
        "slip" => ("one", json!({ "count": inputs["count"] })),
        "turn" => ("one", json!({ "count": 7 })),
        "mend" => ("one", json!({ "count": 3 })),
        "slide" => ("one", json!({ "count": 5 })),
        "wander" => ("one", json!({ "count": 0 })),
        "back_failed" | "push" | "tick" => {
            return (record.state.clone(), record.variables.clone());
        }
        _ => ("done", json!({})),
    };
    (state.to_owned(), variables)
}
