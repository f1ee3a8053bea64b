//! Records that can be told apart.

use std::time::{Duration, UNIX_EPOCH};

use inflight::store::{
    Claim, Commit, InstanceId, Intervention, Operation, ReadStore, StoredFailure, StoredInflight,
    StoredRecord,
};
use serde_json::json;

/// The name of an instance.
pub fn id(workflow: &str, instance: &str) -> InstanceId {
    InstanceId::new(workflow, instance)
}

/// The record of this version; every second has a transition in flight.
pub fn record(version: u64) -> StoredRecord {
    let fields = |value| serde_json::from_value(value).unwrap();
    StoredRecord {
        version,
        committed: UNIX_EPOCH + Duration::new(1_700_000_000 + version, 123_456_789),
        fingerprint: u64::MAX - version,
        state: format!("state_{version}").into(),
        variables: fields(json!({
            "count": version,
            "ratio": 0.1 + 0.2,
            "text": "é \"quoted\" \u{0}",
            "none": null,
        })),
        inflight: version.is_multiple_of(2).then(|| StoredInflight {
            transition: "configure".into(),
            inputs: fields(json!({"hooks": true})),
            execution: format!("0190-{version}").into(),
            cause: Some("request-7".to_owned()),
            attempt: 2,
            interruptions: 1,
            failure: None,
            until: Some(UNIX_EPOCH + Duration::new(1_700_000_060 + version, 1)),
            parked: version.is_multiple_of(4),
            last_failure: version
                .is_multiple_of(4)
                .then(|| "no space left".to_owned()),
            panicked: version
                .is_multiple_of(8)
                .then(|| "index out of bounds".to_owned()),
        }),
        entered: version
            .is_multiple_of(2)
            .then(|| UNIX_EPOCH + Duration::new(1_699_999_999, 999_999_999)),
        spent: match version % 4 {
            1 => vec!["expire".into(), "give_up".into()],
            _ => Vec::new(),
        },
        intervention: version.is_multiple_of(3).then(|| Intervention {
            operation: Operation::Skip,
            cause: Some("somebody looked".to_owned()),
        }),
        failures: match version % 5 {
            3 => vec![StoredFailure {
                transition: "install".into(),
                execution: format!("0191-{version}").into(),
                cause: version.is_multiple_of(2).then(|| "request-6".to_owned()),
                attempt: 3,
                interruptions: 1,
                at: UNIX_EPOCH + Duration::new(1_699_999_999, 999_999_998),
                failure: "no space left\non device".to_owned(),
                handled: version.is_multiple_of(2),
            }],
            _ => Vec::new(),
        },
    }
}

/// The text of the workflow of those records.
pub const SOURCE: &str = "workflow unit { initial state new }";

/// The commit of the record of this version in place of the one before.
pub fn commit(instance: &InstanceId, claim: &Claim, version: u64) -> Commit {
    Commit {
        instance: instance.clone(),
        epoch: claim.epoch,
        expected: version - 1,
        record: record(version),
        source: SOURCE,
    }
}

/// The versions in the history of an instance.
pub async fn versions(store: &dyn ReadStore, instance: &InstanceId) -> Vec<u64> {
    let history = store.history(instance).await.unwrap();
    history.iter().map(|record| record.version).collect()
}
