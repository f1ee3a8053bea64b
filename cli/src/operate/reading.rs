//! A record as the program reads it that opened the store last.
//!
//! That program may be of another version than the one that wrote the record: what it has
//! renamed, retired or added with a default is read as the code generated of its text does.

use std::rc::Rc;

use inflight::store::{StoredInflight, StoredRecord};
use inflight::{Fields, Json};
use inflight_dsl::model::{Field, Type, Value, Workflow};

use super::{known, value};

/// A record as the program reads it that opened the store last.
pub(super) struct Reading {
    pub(super) record: StoredRecord,
    /// In whose words the record is; `None` if the store does not have that text.
    pub(super) workflow: Option<Rc<Workflow>>,
    /// The workflow of the program; `None` if the store does not have that text.
    pub(super) newest: Option<Rc<Workflow>>,
    /// Why the program cannot read it: then it is in the words of the one that wrote it.
    pub(super) unreadable: Option<String>,
}

impl Reading {
    /// A record that this workflow wrote, as the newest one reads it.
    pub(super) fn of(
        record: StoredRecord,
        written: Option<Rc<Workflow>>,
        newest: Option<Rc<Workflow>>,
    ) -> Self {
        let newest = newest.or_else(|| written.clone());
        let is_same = match (&written, &newest) {
            (Some(written), Some(newest)) => Rc::ptr_eq(written, newest),
            _ => false,
        };
        let other = newest.as_deref().filter(|_| !is_same);
        let (record, workflow, unreadable) = match other.map(|other| read(&record, other)) {
            // What a program has written it can read.
            None => (record, written, None),
            Some(Ok(read)) => (read, newest.clone(), None),
            Some(Err(why)) => (record, written, Some(why)),
        };
        Self {
            record,
            workflow,
            newest,
            unreadable,
        }
    }
}

/// A record in the words of a workflow that may have written an older one, or why it cannot
/// be read.
fn read(record: &StoredRecord, workflow: &Workflow) -> Result<StoredRecord, String> {
    let (state, variables) = state(record, workflow)?;
    let inflight = match &record.inflight {
        Some(inflight) => read_inflight(inflight, &state, workflow)?,
        None => None,
    };
    let now = |name: &str| match transition(name, workflow) {
        Some(Some(name)) => name.to_owned(),
        _ => name.to_owned(),
    };
    let mut read = record.clone();
    for timer in &mut read.spent {
        *timer = now(timer).into();
    }
    for failed in &mut read.failures {
        failed.transition = now(&failed.transition).into();
    }
    Ok(StoredRecord {
        state: state.into(),
        variables,
        inflight,
        ..read
    })
}

/// The state that is meant, with its variables.
fn state(record: &StoredRecord, workflow: &Workflow) -> Result<(String, Fields), String> {
    let name = &*record.state;
    let states = &workflow.states;
    let renamed = || states.iter().find(|it| is_among(&it.was, name));
    if let Some(state) = known::state(workflow, name).or_else(renamed) {
        let variables = fields(&record.variables, &state.variables, true)?;
        return Ok((state.name.text.clone(), variables));
    }
    let mut retired = workflow.retired_states.iter();
    let Some(retired) = retired.find(|it| it.name.text == name) else {
        return Err(format!("there is no state `{name}`"));
    };
    let unknown = || format!("there is no state `{name}`");
    let target = states.get(retired.target.0).ok_or_else(unknown)?;
    let given = fields(&record.variables, &retired.variables, false)?;
    let values = target.variables.iter().zip(&retired.values);
    let variables = values.fold(Fields::new(), |all, (variable, value)| {
        all.with_serde(&variable.name.text, &made(value, &given))
    });
    Ok((target.name.text.clone(), variables))
}

/// A variable of the state that a retired one loads as.
fn made(value: &Value, given: &Fields) -> Json {
    match value {
        Value::Some(inner) => made(inner, given),
        Value::SourceVariable(name) => given.as_json().get(name).cloned().unwrap_or_default(),
        literal => value::literal(literal).unwrap_or_default(),
    }
}

/// What is in flight; `None` if its transition is retired.
fn read_inflight(
    inflight: &StoredInflight,
    state: &str,
    workflow: &Workflow,
) -> Result<Option<StoredInflight>, String> {
    let old = &*inflight.transition;
    let name = match transition(old, workflow) {
        Some(Some(name)) => name,
        Some(None) => return Ok(None),
        None => return Err(format!("there is no transition `{old}`")),
    };
    let found = known::transition(workflow, name);
    let declared = found.map(|it| it.inputs.as_slice()).unwrap_or_default();
    let inputs = fields(&inflight.inputs, declared, true)?;
    if found.is_some_and(|it| known::sources(workflow, it).all(|source| source != state)) {
        return Err(format!(
            "`{name}` is in flight, and does not leave `{state}`"
        ));
    }
    Ok(Some(StoredInflight {
        transition: name.to_owned().into(),
        inputs,
        ..inflight.clone()
    }))
}

/// The present name of a transition; `None` within if it is retired.
fn transition<'w>(name: &str, workflow: &'w Workflow) -> Option<Option<&'w str>> {
    let renamed = || {
        let mut all = workflow.transitions.iter();
        all.find(|it| is_among(&it.was, name))
    };
    if let Some(found) = known::transition(workflow, name).or_else(renamed) {
        return Some(Some(&found.name.text));
    }
    is_among(&workflow.retired_transitions, name).then_some(None)
}

fn is_among(names: &[inflight_dsl::model::Name], name: &str) -> bool {
    names.iter().any(|it| it.text == name)
}

/// The values that are declared, by their present names, and whether there may be no others.
fn fields(values: &Fields, declared: &[Field], whole: bool) -> Result<Fields, String> {
    let mut values = values.clone();
    for field in declared {
        let name = &field.name.text;
        let was: Vec<_> = field.was.iter().map(|was| was.text.as_str()).collect();
        values.rename(name, &was);
    }
    let given = values.as_json();
    let mut read = Fields::new();
    for field in declared {
        let name = &field.name.text;
        let absent = || match &field.default {
            Some(default) => value::literal(default),
            None => matches!(field.ty, Type::Optional(_)).then_some(Json::Null),
        };
        let value = given.get(name).cloned().or_else(absent);
        let value = value.ok_or_else(|| format!("`{name}` is missing"))?;
        if !value::fits(&value, &field.ty) {
            return Err(format!("`{name}` should be {}, but is `{value}`", field.ty));
        }
        read = read.with_serde(name, &value);
    }
    let is_declared = |name: &String| declared.iter().any(|field| field.name.text == *name);
    match given.keys().find(|name| whole && !is_declared(name)) {
        Some(name) => Err(format!("`{name}` is not declared")),
        None => Ok(read),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const OLD: &str = "workflow lab {
        initial state new
        state trial { size: int = 1 }
        state gone { left: int }
        final state over
        transition begin: new -> trial
        transition grow: trial -> trial(size: 2)
        transition close: trial -> over
        transition leave: trial -> gone(left: 1)
        transition back: gone -> over
    }";

    fn told(new: &str, record: Json) -> String {
        let mut whole = json!({
            "version": 1, "committed": "2026-01-31T12:00:00Z", "fingerprint": 7,
            "variables": {}, "inflight": null,
        });
        for (name, value) in record.as_object().unwrap() {
            whole[name] = value.clone();
        }
        let record = serde_json::from_value(whole).unwrap();
        let written = known::named(OLD, "lab");
        let newest = Some(known::named(new, "lab").unwrap());
        let Reading {
            record, unreadable, ..
        } = Reading::of(record, written, newest);
        let inflight = record.inflight.map(|it| format!(", {}", it.transition));
        let variables = serde_json::to_string(&record.variables).unwrap();
        let told = format!(
            "{} {variables}{}",
            record.state,
            inflight.unwrap_or_default()
        );
        unreadable.map_or(told.clone(), |why| format!("{told}: {why}"))
    }

    #[test]
    fn a_record_is_read_as_a_later_program_reads_it() {
        let later = |declares: &str| {
            format!(
                "workflow lab {{
                    initial state new
                    state probation was trial {{ {declares} }}
                    final state over
                    retired state gone {{ left: int }} -> over
                    retired transition leave
                    transition begin: new -> probation
                    transition increase was grow: probation -> over
                    transition close: probation -> over
                }}"
            )
        };
        let check = |declares: &str, record: Json, expect: &str| {
            assert_eq!(told(&later(declares), record), expect, "{declares}");
        };
        let trial = || json!({"state": "trial", "variables": {"size": 3}});
        let flying = |name: &str| {
            let mut record = trial();
            record["inflight"] = json!({
                "transition": name, "inputs": {}, "execution": "1", "cause": null, "attempt": 1,
                "interruptions": 0, "failure": null,
            });
            record
        };
        check("size: int = 1", trial(), r#"probation {"size":3}"#);
        check(
            "width was size: int = 1",
            trial(),
            r#"probation {"width":3}"#,
        );
        let more = "size: int = 1, vendor: string = \"acme\", lot: int?";
        check(
            more,
            trial(),
            r#"probation {"lot":null,"size":3,"vendor":"acme"}"#,
        );
        check(
            "size: int = 1",
            flying("grow"),
            r#"probation {"size":3}, increase"#,
        );
        check("size: int = 1", flying("leave"), r#"probation {"size":3}"#);
        let gone = json!({"state": "gone", "variables": {"left": 1}});
        check("size: int = 1", gone, "over {}");
        let string = r#"trial {"size":3}: `size` should be string, but is `3`"#;
        check("size: string = \"x\"", trial(), string);
        let lost = r#"trial {"size":3}: `size` is not declared"#;
        check("width: int = 1", trial(), lost);
        let back = flying("back");
        check(
            "size: int = 1",
            back,
            r#"trial {"size":3}, back: there is no transition `back`"#,
        );
    }
}
