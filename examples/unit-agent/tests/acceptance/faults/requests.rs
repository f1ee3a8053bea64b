//! Requests that are killed at every call.

use crate::lab::{FAMILIES, Lab, Record, Strike};

#[test]
fn killed_while_it_requests() {
    let lab = Lab::started();
    let arguments = lab.arguments(&["configure", "title=home"]);
    let run = |fault: &_| lab.strike(fault, &arguments);
    lab.strike_at_every("request", Strike::Kill, &FAMILIES, &run, &|ended| {
        lab.settle();
        let (records, runs) = lab.news();
        let causes: Vec<_> = records.iter().filter_map(Record::cause).collect();
        let title = lab.status()["config"]["title"].clone();
        if causes.is_empty() {
            assert_ne!(ended.code, Some(0), "the request is lost");
            assert_eq!(
                (records.len(), runs.len(), title),
                (0, 0, "untitled".into())
            );
        } else {
            assert_eq!((records.len(), runs.len(), title), (2, 1, "home".into()));
        }
        lab.settle();
        assert_eq!(
            lab.news().0.len(),
            records.len(),
            "it was carried out twice"
        );
    });
}
