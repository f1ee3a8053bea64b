//! What becomes of the files of requests and answers, whoever else reads and writes them.

use std::cell::{Cell, RefCell};

use super::*;
use crate::request::Command;
use crate::store::InstanceId;

fn queue() -> (tempfile::TempDir, RequestQueue) {
    let folder = tempfile::tempdir().unwrap();
    let queue = RequestQueue::at(folder.path().join("requests"));
    (folder, queue)
}

fn request() -> Request {
    let instance = InstanceId::new("unit", "mysql/0");
    Request::new(instance, Command::Abandon { execution: None })
}

fn ids(queue: &RequestQueue) -> Vec<String> {
    let pending = queue.pending().unwrap();
    pending.into_iter().map(|pending| pending.id).collect()
}

#[test]
fn without_a_folder_there_are_no_requests() {
    let (_folder, queue) = queue();
    assert!(ids(&queue).is_empty());
    assert_eq!(queue.answered("1").unwrap(), None);
    queue.forget("1").unwrap();
}

#[test]
fn requests_come_back_in_the_order_in_which_they_were_made() {
    let (_folder, queue) = queue();
    let requests: Vec<_> = (0..20).map(|_| request()).collect();
    for request in requests.iter().rev() {
        queue.add(request).unwrap();
    }
    let pending = queue.pending().unwrap().into_iter();
    let pending: Vec<_> = pending.map(|pending| pending.request.unwrap()).collect();
    assert_eq!(pending, requests);
}

#[test]
fn one_that_was_answered_before_a_crash_is_removed() {
    let (_folder, queue) = queue();
    let request = request();
    let answer = Answer::Refused {
        reason: "no".to_owned(),
    };
    queue.add(&request).unwrap();
    queue.answer(&request.id, &answer).unwrap();
    // As if its removal had not reached the disk.
    queue.add(&request).unwrap();
    assert!(ids(&queue).is_empty());
    assert!(!queue.path(&request.id, REQUEST).exists());
    assert_eq!(queue.answered(&request.id).unwrap(), Some(answer));
}

#[test]
fn of_a_withdrawal_and_a_beginning_exactly_one_succeeds() {
    let (_folder, queue) = queue();
    let (first, second) = (request(), request());
    queue.add(&first).unwrap();
    queue.add(&second).unwrap();
    assert!(queue.withdraw(&first.id).unwrap());
    assert!(!queue.begin(&first.id, 1).unwrap());
    assert!(queue.begin(&second.id, 1).unwrap());
    assert!(!queue.withdraw(&second.id).unwrap());
    assert!(
        queue.begin(&second.id, 1).unwrap(),
        "for a process that died"
    );
    let pending = queue.pending().unwrap();
    assert_eq!(pending.len(), 1);
    assert!(pending.iter().all(|it| it.begun && it.id == second.id));
    let reason = "no".to_owned();
    queue
        .answer(&second.id, &Answer::Refused { reason })
        .unwrap();
    assert!(ids(&queue).is_empty());
    assert!(!queue.begin(&second.id, 1).unwrap());
    assert!(!queue.withdraw(&second.id).unwrap());
    assert!(!queue.withdraw("nothing").unwrap());
}

#[test]
fn of_many_who_withdraw_and_begin_at_once_exactly_one_succeeds() {
    let (_folder, queue) = queue();
    for _ in 0..50 {
        let request = request();
        queue.add(&request).unwrap();
        let won = std::thread::scope(|scope| {
            let withdrawn = scope.spawn(|| queue.withdraw(&request.id).unwrap());
            let begun = queue.begin(&request.id, 1).unwrap();
            [withdrawn.join().unwrap(), begun]
        });
        assert_eq!(won.iter().filter(|won| **won).count(), 1);
        queue.forget(&request.id).unwrap();
    }
}

#[test]
fn an_answer_that_nobody_reads_is_removed_after_a_week() {
    let (_folder, queue) = queue();
    let reason = "no".to_owned();
    let answer = Answer::Refused { reason };
    queue.create().unwrap();
    for (id, age) in [("old", 8), ("young", 6)] {
        queue.answer(id, &answer).unwrap();
        let written = SystemTime::now() - Duration::from_secs(age * 86_400);
        let file = File::open(queue.path(id, ANSWER)).unwrap();
        file.set_modified(written).unwrap();
    }
    queue.tidy().unwrap();
    assert_eq!(queue.answered("old").unwrap(), None);
    assert_eq!(queue.answered("young").unwrap(), Some(answer));
}

#[test]
fn what_is_no_request_is_told_apart() {
    let check = |text: &str, expect: &str| {
        let (_folder, queue) = queue();
        queue.create().unwrap();
        fs::write(queue.path("7", REQUEST), text).unwrap();
        let pending = queue.pending().unwrap().remove(0);
        let error = pending.request.unwrap_err();
        assert!(error.contains(expect), "{error}");
    };
    check("", "EOF");
    check("{}", "missing field");
    check(&serde_json::to_string(&request()).unwrap(), "its id is");
}

#[test]
fn what_cannot_be_read_keeps_nothing_else_from_being_answered() {
    let (_folder, queue) = queue();
    let request = request();
    queue.add(&request).unwrap();
    fs::create_dir(queue.path("0", REQUEST)).unwrap();
    assert_eq!(ids(&queue), ["0", request.id.as_str()]);
    let reason = "a folder".to_owned();
    let answer = queue.answer("0", &Answer::Refused { reason });
    assert!(answer.is_err(), "it cannot be removed");
    assert_eq!(ids(&queue), [request.id.as_str()]);
}

#[test]
fn an_id_leads_to_no_other_folder() {
    let (folder, queue) = queue();
    fs::write(folder.path().join("x.request"), "").unwrap();
    queue.create().unwrap();
    queue.forget("../x").unwrap();
    assert!(folder.path().join("x.request").exists());
}

#[test]
fn what_is_written_aside_is_no_request() {
    let (_folder, queue) = queue();
    queue.create().unwrap();
    fs::write(queue.path("7", ".request.new"), "{").unwrap();
    assert!(ids(&queue).is_empty());
}

thread_local! {
    /// Whether the next sync fails.
    static FAILS: Cell<bool> = const { Cell::new(false) };
    /// The names of the folders that were synced.
    static SYNCED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// What was synced by something that is done again after its first sync has failed.
fn synced_again<T>(once: impl Fn(&RequestQueue) -> Result<T, RequestError>) -> Vec<String> {
    let (folder, mut queue) = queue();
    let request = Request {
        id: "7".to_owned(),
        ..request()
    };
    queue.add(&request).unwrap();
    let root = folder.path().to_owned();
    queue.sync = |folder| {
        if FAILS.take() {
            return Err(ErrorKind::Other.into());
        }
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        SYNCED.with_borrow_mut(|synced| synced.push(name));
        Ok(())
    };
    FAILS.set(true);
    assert!(once(&queue).is_err(), "it is not durable");
    assert!(once(&queue).is_ok());
    let mut synced = SYNCED.take();
    for name in &mut synced {
        if Some(OsStr::new(name)) == root.file_name() {
            "parent".clone_into(name);
        }
    }
    synced
}

#[test]
fn what_could_not_be_synced_is_before_it_is_said_to_be_done() {
    let begun = synced_again(|queue| queue.begin("7", 1));
    assert_eq!(begun, ["requests"]);
    let added = synced_again(|queue| queue.add(&request()));
    assert_eq!(added, ["parent", "requests"]);
    let reason = "no".to_owned();
    let answer = Answer::Refused { reason };
    let answered = synced_again(|queue| queue.answer("7", &answer));
    assert_eq!(answered, ["requests", "requests"]);
    let forgotten = synced_again(|queue| queue.forget("7"));
    assert_eq!(forgotten, ["requests"]);
}

#[test]
fn who_was_taken_over_answers_before_its_successor_begins_or_not_at_all() {
    let (_folder, queue) = queue();
    let refused = |reason: &str| Answer::Refused {
        reason: reason.to_owned(),
    };
    let answered = |request: &Request| queue.answered(&request.id).unwrap();
    let [first, second, third] = [request(), request(), request()];
    for request in [&first, &second, &third] {
        queue.add(request).unwrap();
        assert!(queue.begin(&request.id, 5).unwrap());
    }
    queue.answer_as(&first.id, &refused("by 5"), 5).unwrap();
    assert!(!queue.begin(&first.id, 6).unwrap());

    assert!(queue.begin(&second.id, 6).unwrap());
    queue.answer_as(&second.id, &refused("late"), 5).unwrap();
    assert_eq!(answered(&second), None);
    queue.answer_as(&second.id, &refused("by 6"), 6).unwrap();

    // Nor any other.
    queue.answer_as(&third.id, &refused("late"), 5).unwrap();
    assert!(!queue.begin(&third.id, 5).unwrap());
    assert_eq!(answered(&third), None);
    assert_eq!(answered(&first), Some(refused("by 5")));
    assert_eq!(answered(&second), Some(refused("by 6")));
    assert_eq!(ids(&queue), [third.id]);
}
