//! Records written under the names of an older version, and values of the user's types.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

use inflight::store::{MemoryStore, ReadStore, StoredRecord};
use inflight::{Error, Json};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::json;

/// How large something is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Size {
    Small,
    Of { bytes: u64 },
}

/// What may refuse to be written.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(crate) struct Moody(bool);

impl Serialize for Moody {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            true => serializer.serialize_bool(true),
            false => Err(serde::ser::Error::custom("not today")),
        }
    }
}

inflight::workflow! {
    workflow unit {
        initial state new was fresh
        state up was running | online {
            port was tcp_port | listen_port: int = 80,
            label: string = "none",
            grace: duration? = 30s,
            note: string?,
        }
        state stored { address: "std::net::IpAddr", sizes: list<"crate::Size">, moody: "crate::Moody"? }
        final state gone

        retired state asleep { port: int, name: string = "nameless" }
            -> up(port: source.port, label: source.name, grace: null, note: source.name)
        retired state lost -> new
        retired transition wake

        action work

        transition start was begin(port was tcp_port: int): new -> up { do work }
        transition keep(address: "std::net::IpAddr", sizes: list<"crate::Size">, moody: "crate::Moody"?):
            new | up -> stored
        transition forget: stored -> up
        transition tire was fade: up -> gone { after 1h }
        transition stop: up | stored -> gone {
            do work
            on error stop_failed was halt_failed -> gone
        }
    }
}

struct Works;

impl unit::Actions for Works {
    type Error = String;

    async fn work(&mut self, _: &unit::Context) -> Result<(), String> {
        Ok(())
    }
}

/// What a record means, as it is written from now on.
fn read(state: &str, variables: Json, inflight: Option<(&str, Json)>) -> Result<Json, String> {
    let record = record(state, variables, inflight)?;
    let inflight = record.inflight.map(|inflight| inflight.transition);
    Ok(json!([record.state, inflight]))
}

fn record(
    state: &str,
    variables: Json,
    inflight: Option<(&str, Json)>,
) -> Result<unit::Record, String> {
    let inflight = inflight.map(|(transition, inputs)| {
        json!({
            "transition": transition, "inputs": inputs, "execution": "1", "cause": null,
            "attempt": 1, "interruptions": 0, "failure": null,
        })
    });
    let stored: StoredRecord = serde_json::from_value(json!({
        "version": 1, "fingerprint": 0, "inflight": inflight,
        "committed": "1970-01-01T00:00:00Z",
        "state": state, "variables": variables, "spent": ["fade", "unheard_of"],
    }))
    .unwrap();
    unit::Record::try_from(stored).map_err(|error| error.to_string())
}

fn check(state: &str, variables: Json, expect: Result<Json, &str>) {
    let found = read(state, variables, None);
    let expect = expect.map(|variables| json!([variables, null]));
    assert_eq!(found, expect.map_err(str::to_owned));
}

#[test]
fn a_state_loads_under_its_former_names() {
    let up = |port: i64, label: &str, grace: Json, note: Json| {
        Ok(json!({
            "state": "up",
            "variables": {"port": port, "label": label, "grace": grace, "note": note},
        }))
    };
    let now = json!({"port": 1, "label": "a", "grace": null, "note": "b"});
    check("up", now, up(1, "a", Json::Null, json!("b")));
    check("up", json!({}), up(80, "none", json!("30s"), Json::Null));
    for name in ["running", "online", "up"] {
        for port in ["tcp_port", "listen_port", "port"] {
            check(
                name,
                json!({port: 7}),
                up(7, "none", json!("30s"), Json::Null),
            );
        }
    }
    check(
        "up",
        json!({"port": "7"}),
        Err(r#"`port` should be int, but is `"7"`"#),
    );
    check(
        "up",
        json!({"port": 1, "tcp_port": 2}),
        Err("`tcp_port` is not declared"),
    );
    check("down", json!({}), Err("there is no state `down`"));
    check(
        "fresh",
        json!({}),
        Ok(json!({"state": "new", "variables": {}})),
    );
}

#[test]
fn a_retired_state_loads_as_another() {
    let loaded = |name: &str| {
        Ok(json!({
            "state": "up",
            "variables": {"port": 7, "label": name, "grace": null, "note": name},
        }))
    };
    check("asleep", json!({"port": 7, "name": "a"}), loaded("a"));
    check(
        "asleep",
        json!({"port": 7, "name": "a", "dropped": 1}),
        loaded("a"),
    );
    check("asleep", json!({"port": 7}), loaded("nameless"));
    check("asleep", json!({}), Err("`port` is missing"));
    check(
        "lost",
        json!({"any": 1}),
        Ok(json!({"state": "new", "variables": {}})),
    );
}

#[test]
fn a_transition_in_flight_loads_under_its_former_name() {
    let check = |state: &str, transition: &str, inputs: Json, expect: Result<Json, &str>| {
        let found = read(state, json!({}), Some((transition, inputs)));
        let found = found.map(|record| record[1].clone());
        assert_eq!(found, expect.map_err(str::to_owned));
    };
    let start = || Ok(json!({"transition": "start", "inputs": {"port": 7}}));
    check("fresh", "begin", json!({"tcp_port": 7}), start());
    check("new", "start", json!({"port": 7}), start());
    let failed = json!({"transition": "stop_failed", "inputs": {}});
    check("online", "halt_failed", json!({}), Ok(failed));
    check("up", "wake", json!({"any": 1}), Ok(Json::Null));
    check(
        "up",
        "sleep",
        json!({}),
        Err("there is no transition `sleep`"),
    );
    let stray = "`start` is in flight, and does not leave `up`";
    check("online", "begin", json!({"port": 7}), Err(stray));
}

#[test]
fn a_timer_that_fired_stays_spent_under_its_new_name() {
    let record = record("up", json!({}), None).unwrap();
    assert_eq!(record.spent, [unit::TransitionName::Tire]);
}

#[test]
fn a_value_of_a_users_type_is_what_serde_makes_of_it() {
    let variables = json!({
        "address": "127.0.0.1", "sizes": ["Small", {"Of": {"bytes": 7}}], "moody": null,
    });
    let expect = json!({"state": "stored", "variables": variables});
    check("stored", variables.clone(), Ok(expect.clone()));
    let mut older = variables.clone();
    older.as_object_mut().unwrap().remove("moody");
    check("stored", older, Ok(expect));

    let mut wrong = variables.clone();
    wrong["address"] = json!("localhost");
    let refused = "`address` cannot be read as \"std::net::IpAddr\": invalid IP address syntax";
    check("stored", wrong, Err(refused));
    let mut lacking = variables;
    lacking.as_object_mut().unwrap().remove("sizes");
    check("stored", lacking, Err("`sizes` is missing"));
}

#[tokio::test]
async fn what_cannot_be_written_changes_nothing() {
    let store = MemoryStore::new();
    let workflow = unit::Workflow::open(store.clone(), "a", Works)
        .await
        .unwrap();
    let mut unit = workflow.lock().await;
    let keep = |moody: Option<bool>| unit::Transition::Keep {
        address: IpAddr::V4(Ipv4Addr::LOCALHOST),
        sizes: vec![Size::Small, Size::Of { bytes: 7 }],
        moody: moody.map(Moody),
    };
    let error = unit.fire(keep(Some(false))).await.unwrap_err();
    assert!(matches!(&error, Error::Unwritable { source, .. } if source.name == "moody"));
    assert_eq!(*unit.state(), unit::State::New);
    assert_eq!(store.history(workflow.instance()).await.unwrap().len(), 0);

    unit.fire(keep(Some(true))).await.unwrap();
    let record = store.load(workflow.instance()).await.unwrap().unwrap();
    let variables: BTreeMap<String, Json> =
        serde_json::from_value(serde_json::to_value(&record.variables).unwrap()).unwrap();
    assert_eq!(variables["moody"], json!(true));

    unit.fire(unit::Transition::Forget).await.unwrap();
    let defaults = unit::State::Up {
        port: 80,
        label: "none".to_owned(),
        grace: Some(std::time::Duration::from_secs(30)),
        note: None,
    };
    assert_eq!(*unit.state(), defaults);
}

/// A version that cannot read what the present one has written.
mod next {
    inflight::workflow! {
        workflow unit {
            initial state begun
            final state over
            transition end: begun -> over
        }
    }

    struct Idle;

    impl unit::Actions for Idle {
        type Error = String;
    }

    pub(crate) const FINGERPRINT: u64 =
        <unit::Definition as inflight::Definition>::TABLES.fingerprint;

    pub(crate) async fn can_open(store: inflight::store::MemoryStore) -> bool {
        unit::Workflow::open(store, "1", Idle).await.is_ok()
    }
}

#[tokio::test]
async fn a_store_knows_the_version_that_opened_it_last_whatever_that_can_read() {
    use inflight::{Definition, Fleet};

    let store = MemoryStore::new();
    let newest = async || {
        let newest = store.newest("unit").await.unwrap();
        newest.map(|(fingerprint, _)| fingerprint)
    };
    let present = unit::Definition::TABLES.fingerprint;

    let opened = unit::Workflow::open(store.clone(), "1", Works)
        .await
        .unwrap();
    assert_eq!(newest().await, None, "opening wrote something");
    opened
        .lock()
        .await
        .fire(unit::Transition::Start { port: 8 })
        .await
        .unwrap();
    assert_eq!(newest().await, Some(present));
    drop(opened);

    assert!(!next::can_open(store.clone()).await);
    assert_eq!(newest().await, Some(next::FINGERPRINT));

    let fleet = Fleet::new(store.clone());
    fleet.register::<unit::Definition, _>(|_| Works).unwrap();
    assert_eq!(newest().await, Some(present));
}
