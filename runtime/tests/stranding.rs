//! What a comparison says of records, the runtime does: of two versions of a workflow,
//! every record that the old one may have written is handed to the new one, and those
//! that it refuses are those which the comparison has said to be stranded.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::collections::BTreeSet;

use inflight::store::StoredRecord;
use inflight::{Definition, Json, Record};
use inflight_dsl::compare::compare;
use inflight_dsl::compile;
use inflight_dsl::model::{Field, Model, Type};
use serde_json::json;

/// How many records are made of each state, and of each transition in flight.
const EACH: usize = 4;

macro_rules! check {
    ($name:ident: { $($old:tt)* } becomes { $($new:tt)* } and strands [$($stranded:literal)*]) => {
        #[test]
        fn $name() {
            mod old {
                inflight::workflow! { pub(super) workflow unit { $($old)* } }
            }
            mod new {
                inflight::workflow! { pub(super) workflow unit { $($new)* } }
            }
            check::<old::unit::Definition, new::unit::Definition>(&[$($stranded),*]);
        }
    };
}

/// Checks which states and transitions of the old version have records that the new one
/// refuses.
fn check<Old: Definition, New: Definition>(expect: &[&str]) {
    let old = compile(Old::SOURCE).model.unwrap();
    let new = compile(New::SOURCE).model.unwrap();
    let comparisons = compare(&old, &new);
    let stranding = comparisons.iter().flat_map(|it| &it.changes);
    let stranding = stranding.filter(|change| change.stranding.is_some());
    let said: BTreeSet<String> = stranding
        .map(|change| change.name.split('.').next().unwrap().to_owned())
        .collect();
    let refused = refused::<Old, New>(&old);
    assert_eq!(said, refused, "said, and refused");
    let expect: BTreeSet<String> = expect.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(said, expect);
}

/// The states and transitions of which a record is refused. A record that is refused for
/// its state says nothing of the transition that it has in flight.
fn refused<Old: Definition, New: Definition>(old: &Model) -> BTreeSet<String> {
    let workflow = old.workflows.first().unwrap();
    let mut refused = BTreeSet::new();
    for number in 0..EACH {
        for (index, state) in workflow.states.iter().enumerate() {
            let resting = record(&state.name.text, &state.variables, number, Json::Null);
            let loads = |record: &StoredRecord| {
                Record::<Old>::try_from(record.clone()).unwrap();
                Record::<New>::try_from(record.clone()).is_ok()
            };
            if !loads(&resting) {
                refused.insert(state.name.text.clone());
                continue;
            }
            let leaving = workflow.transitions.iter();
            for transition in leaving.filter(|it| it.sources.iter().any(|it| it.0 == index)) {
                let inflight = json!({
                    "transition": transition.name.text,
                    "inputs": values(&transition.inputs, number),
                    "execution": "1", "cause": null, "attempt": 1, "interruptions": 0,
                    "failure": transition.error_of.map(|_| "no"),
                });
                let record = record(&state.name.text, &state.variables, number, inflight);
                if !loads(&record) {
                    refused.insert(transition.name.text.clone());
                }
            }
        }
    }
    refused
}

fn record(state: &str, variables: &[Field], number: usize, inflight: Json) -> StoredRecord {
    let record = json!({
        "version": 1, "fingerprint": 0, "inflight": inflight,
        "committed": "1970-01-01T00:00:00Z",
        "state": state, "variables": values(variables, number),
    });
    serde_json::from_value(record).unwrap()
}

/// A value for each field.
fn values(fields: &[Field], number: usize) -> Json {
    let values = fields.iter().map(|field| {
        let samples = samples(&field.ty);
        let value = samples.into_iter().cycle().nth(number).unwrap();
        (field.name.text.clone(), value)
    });
    Json::Object(values.collect())
}

/// What a record may hold of a type.
fn samples(ty: &Type) -> Vec<Json> {
    match ty {
        Type::Bool => vec![json!(true), json!(false)],
        Type::Int => vec![json!(7), json!(-1), json!(i64::MAX)],
        Type::Float => vec![json!(1.5), json!("NaN"), json!(2.0)],
        Type::String => vec![json!("text"), json!("")],
        Type::Bytes => vec![json!("00ff"), json!("")],
        Type::Json => vec![json!({"a": [1]}), json!(null), json!(1)],
        Type::Timestamp => vec![json!("1970-01-01T00:00:00.000000000Z")],
        Type::Duration => vec![json!("90.5s")],
        Type::Optional(inner) => samples(inner).into_iter().chain([Json::Null]).collect(),
        Type::List(inner) => vec![json!(samples(inner)), json!([])],
        Type::Map(inner) => vec![json!({"a": samples(inner).remove(0)}), json!({})],
        Type::Rust(_) => vec![],
    }
}

check! { what_records_do_not_name_may_change: {
    initial state new
    state up { port: int }
    /// It went wrong.
    error state failed { reason: string }
    final state gone
    action work
    guard ready
    transition start(port: int): new -> up { do work when ready on error lost -> failed(reason: failure) }
    transition mend: failed -> up(port: 1)
    transition stop: up -> gone { alias end }
} becomes {
    initial state new
    state up { port: int }
    state failed { reason: string }
    state gone
    action toil
    transition start(port: int): new | gone -> up { do toil retry 3 on error lost -> new }
    transition mend: failed -> same
    transition stop: up -> failed(reason: "gone") { timeout 3s do toil }
    transition leave: failed -> gone
} and strands [] }

check! { types_widen: {
    initial state new
    state s1 { v: int } state s2 { v: int } state s3 { v: int } state s4 { v: float }
    state s5 { v: int? } state s6 { v: int? } state s7 { v: string? } state s8 { v: list<int> }
    state s9 { v: map<int> } state t1 { v: timestamp } state t2 { v: duration } state t3 { v: bytes }
    state t4 { v: json } state t5 { v: list<int?> } state t6 { v: json? }
    transition back: * -> new
    action make1 -> s1 action make2 -> s2 action make3 -> s3 action make4 -> s4 action make5 -> s5
    action make6 -> s6 action make7 -> s7 action make8 -> s8 action make9 -> s9 action made1 -> t1
    action made2 -> t2 action made3 -> t3 action made4 -> t4 action made5 -> t5 action made6 -> t6
    transition to1: new -> s1 { do make1 } transition to2: new -> s2 { do make2 }
    transition to3: new -> s3 { do make3 } transition to4: new -> s4 { do make4 }
    transition to5: new -> s5 { do make5 } transition to6: new -> s6 { do make6 }
    transition to7: new -> s7 { do make7 } transition to8: new -> s8 { do make8 }
    transition to9: new -> s9 { do make9 } transition go1: new -> t1 { do made1 }
    transition go2: new -> t2 { do made2 } transition go3: new -> t3 { do made3 }
    transition go4: new -> t4 { do made4 } transition go5: new -> t5 { do made5 }
    transition go6: new -> t6 { do made6 }
} becomes {
    initial state new
    state s1 { v: int? } state s2 { v: float } state s3 { v: float? } state s4 { v: json }
    state s5 { v: float? } state s6 { v: json } state s7 { v: json? } state s8 { v: list<float?> }
    state s9 { v: map<json> } state t1 { v: string } state t2 { v: string? } state t3 { v: string }
    state t4 { v: json? } state t5 { v: list<json> } state t6 { v: json }
    transition back: * -> new
    action make1 -> s1 action make2 -> s2 action make3 -> s3 action make4 -> s4 action make5 -> s5
    action make6 -> s6 action make7 -> s7 action make8 -> s8 action make9 -> s9 action made1 -> t1
    action made2 -> t2 action made3 -> t3 action made4 -> t4 action made5 -> t5 action made6 -> t6
    transition to1: new -> s1 { do make1 } transition to2: new -> s2 { do make2 }
    transition to3: new -> s3 { do make3 } transition to4: new -> s4 { do make4 }
    transition to5: new -> s5 { do make5 } transition to6: new -> s6 { do make6 }
    transition to7: new -> s7 { do make7 } transition to8: new -> s8 { do make8 }
    transition to9: new -> s9 { do make9 } transition go1: new -> t1 { do made1 }
    transition go2: new -> t2 { do made2 } transition go3: new -> t3 { do made3 }
    transition go4: new -> t4 { do made4 } transition go5: new -> t5 { do made5 }
    transition go6: new -> t6 { do made6 }
} and strands [] }

check! { types_narrow: {
    initial state new
    state s1 { v: int? } state s2 { v: float } state s3 { v: string } state s4 { v: json }
    state s5 { v: list<int?> } state s6 { v: map<int> } state s7 { v: string } state s8 { v: bool }
    transition back: * -> new
    action make1 -> s1 action make2 -> s2 action make3 -> s3 action make4 -> s4 action make5 -> s5
    action make6 -> s6 action make7 -> s7 action make8 -> s8
    transition to1: new -> s1 { do make1 } transition to2: new -> s2 { do make2 }
    transition to3: new -> s3 { do make3 } transition to4: new -> s4 { do make4 }
    transition to5: new -> s5 { do make5 } transition to6: new -> s6 { do make6 }
    transition to7: new -> s7 { do make7 } transition to8: new -> s8 { do make8 }
} becomes {
    initial state new
    state s1 { v: int } state s2 { v: int } state s3 { v: bytes } state s4 { v: string }
    state s5 { v: list<int> } state s6 { v: list<int> } state s7 { v: timestamp } state s8 { v: int }
    transition back: * -> new
    action make1 -> s1 action make2 -> s2 action make3 -> s3 action make4 -> s4 action make5 -> s5
    action make6 -> s6 action make7 -> s7 action make8 -> s8
    transition to1: new -> s1 { do make1 } transition to2: new -> s2 { do make2 }
    transition to3: new -> s3 { do make3 } transition to4: new -> s4 { do make4 }
    transition to5: new -> s5 { do make5 } transition to6: new -> s6 { do make6 }
    transition to7: new -> s7 { do make7 } transition to8: new -> s8 { do make8 }
} and strands ["s1" "s2" "s3" "s4" "s5" "s6" "s7" "s8"] }

check! { variables_and_inputs_come_and_go: {
    initial state new
    state a { x: int } state b { x: int } state c { x: int } state d { x: int } state e { x: int }
    transition to_a(x: int): new -> a
    transition to_b(x: int): new -> b
    transition to_c(x: int): new -> c
    transition to_d(x: int): new -> d
    transition to_e(x: int): new -> e
    transition back: * -> new
} becomes {
    initial state new
    state a { x: int, y: int } state b { x: int, y: int? } state c { x: int, y: int = 1 }
    state d state e { y was x: int }
    transition to_a(x: int): new -> a(y: 1)
    transition to_b(x: int, y: int?): new -> b
    transition to_c(x: int, y: int): new -> c
    transition to_d: new -> d
    transition to_e(y was x: int): new -> e
    transition back: * -> new
} and strands ["a" "d" "to_c" "to_d"] }

check! { states_and_transitions_are_renamed_or_retired: {
    initial state new
    state a { x: int } state b { x: int } state c state d
    transition to_a(x: int): new -> a
    transition to_b(x: int): new -> b
    transition to_c: new -> c
    transition to_d: new -> d
    transition back: a | b | c | d -> new
} becomes {
    initial state new
    state z was a { x: int } state c was d
    retired state b { x: int } -> z(x: source.x)
    transition to_z was to_a(x: int): new -> z
    retired transition to_b
    transition to_c: new -> c
    transition back: z | c -> new
} and strands ["to_d"] }

check! { a_retired_state_takes_what_it_says: {
    initial state new
    state a { x: int, y: string } state b { x: int } state c
    final state gone
    transition to_a(x: int, y: string): new -> a
    transition to_b(x: int): new -> b
    transition to_c: new -> c
    transition back: a | b | c -> new
    transition end: new -> gone
} becomes {
    initial state new
    state z { x: int }
    final state gone
    retired state a { x: int } -> z(x: source.x)
    retired state b { y: int } -> z(x: source.y)
    retired state c -> gone
    transition to_z(x: int): new -> z
    retired transition to_a
    retired transition to_b
    retired transition to_c
    transition back: z -> new
    transition end: new -> gone
} and strands ["b" "back"] }

check! { sources_are_dropped: {
    initial state new
    state a state b
    /// It went wrong.
    error state failed
    action work
    transition go: new | a | b -> a { do work on error lost -> failed }
    transition to_b: a -> b
    transition mend: failed -> new
    transition reset: * -> new
} becomes {
    initial state new
    state a state b
    /// It went wrong.
    error state failed
    action work
    transition go: new | a -> a { do work on error lost -> failed }
    transition to_b: a -> b
    transition mend: failed -> new
    transition reset: a | b | failed -> new
} and strands ["go" "lost" "reset"] }

check! { error_transitions_keep_what_they_use: {
    initial state new
    state a { x: int }
    /// It went wrong.
    error state failed { reason: string }
    action work
    transition go(x: int): new -> a { do work on error lost -> failed(reason: failure) }
    transition mend: failed -> new
    transition reset: a -> new
} becomes {
    initial state new
    state a { x: int }
    /// It went wrong.
    error state failed { reason: string, x: int? }
    action work
    transition go(x: int): new -> a { do work on error lost -> failed(reason: failure) }
    transition mend: failed -> new
    transition reset: a -> new
} and strands ["lost"] }
