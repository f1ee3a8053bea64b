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

fn begin(queue: &RequestQueue, id: &str, epoch: u64) -> bool {
    queue.begin(&[id], epoch).remove(0).unwrap()
}

fn answer_as(queue: &RequestQueue, request: &Request, answer: &Answer, epoch: u64) {
    for answered in queue.answer_as(&[(&request.id, answer)], epoch) {
        answered.unwrap();
    }
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
    assert!(!begin(&queue, &first.id, 1));
    assert!(begin(&queue, &second.id, 1));
    assert!(!queue.withdraw(&second.id).unwrap());
    assert!(begin(&queue, &second.id, 1), "for a process that died");
    let pending = queue.pending().unwrap();
    assert_eq!(pending.len(), 1);
    assert!(pending.iter().all(|it| it.begun && it.id == second.id));
    let reason = "no".to_owned();
    queue
        .answer(&second.id, &Answer::Refused { reason })
        .unwrap();
    assert!(ids(&queue).is_empty());
    assert!(!begin(&queue, &second.id, 1));
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
            let begun = begin(&queue, &request.id, 1);
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
        let id_of = |request: Request| Request {
            id: id.to_owned(),
            ..request
        };
        queue.add(&id_of(request())).unwrap();
        queue.answer(id, &answer).unwrap();
        let written = SystemTime::now() - Duration::from_secs(age * 86_400);
        let file = File::open(queue.path(id, ANSWER)).unwrap();
        file.set_modified(written).unwrap();
    }
    queue.tidy().unwrap();
    assert_eq!(queue.answered("old").unwrap(), None);
    assert_eq!(queue.answered("young").unwrap(), Some(answer));
    assert!(!queue.path("old", ASKED).exists());
    assert!(queue.path("young", ASKED).exists());
}

#[test]
fn an_answer_is_kept_beside_what_was_asked_until_it_is_forgotten() {
    let (_folder, queue) = queue();
    let (first, second) = (request(), request());
    assert_eq!(queue.add_all(&[second.clone(), first.clone()]).len(), 2);
    let told = |reason: &str| Answer::Refused {
        reason: reason.to_owned(),
    };
    assert!(begin(&queue, &second.id, 1));
    queue.answer(&second.id, &told("2")).unwrap();
    queue.answer(&first.id, &told("1")).unwrap();
    let recent = || {
        let recent = queue.recent().unwrap().into_iter();
        let recent = recent.map(|it| (it.id, it.request.unwrap(), it.answer.unwrap()));
        recent.collect::<Vec<_>>()
    };
    let of = |request: &Request, reason: &str| (request.id.clone(), request.clone(), told(reason));
    assert_eq!(recent(), [of(&first, "1"), of(&second, "2")]);
    queue.forget_all(&[&first.id]).unwrap();
    assert_eq!(recent(), [of(&second, "2")]);
    fs::write(queue.path(&second.id, ANSWER), "{").unwrap();
    assert!(queue.recent().unwrap().remove(0).answer.is_err());
}

#[test]
fn many_requests_are_durable_with_one_sync_of_their_folder() {
    let (_folder, mut queue) = queue();
    queue.create().unwrap();
    queue.sync = |folder| {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        SYNCED.with_borrow_mut(|synced| synced.push(name));
        Ok(())
    };
    let requests: Vec<_> = (0..100).map(|_| request()).collect();
    let all: Vec<_> = requests.iter().map(|request| &*request.id).collect();
    let synced = || {
        let synced = SYNCED.take();
        synced.iter().filter(|name| *name == "requests").count()
    };
    assert!(queue.add_all(&requests).iter().all(Result::is_ok));
    assert_eq!((synced(), ids(&queue).len()), (1, 100));
    assert!(queue.begin(&all, 1).into_iter().all(|begun| begun.unwrap()));
    assert_eq!(synced(), 1);
    let answer = Answer::Refused {
        reason: "no".to_owned(),
    };
    let answers: Vec<_> = all.iter().map(|id| (*id, &answer)).collect();
    assert!(queue.answer_as(&answers, 1).iter().all(Result::is_ok));
    assert_eq!((synced(), ids(&queue).len()), (2, 0));
    queue.forget_all(&all).unwrap();
    assert_eq!((synced(), queue.recent().unwrap().len()), (1, 0));
}

#[test]
fn of_many_only_those_fail_that_cannot_be_written() {
    let (_folder, queue) = queue();
    let (first, second) = (request(), request());
    queue.create().unwrap();
    fs::create_dir(queue.path(&first.id, ".request.new")).unwrap();
    let added = queue.add_all(&[first, second.clone()]);
    assert!(matches!(added.as_slice(), [Err(_), Ok(())]));
    assert_eq!(ids(&queue), [second.id]);
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
    queue.answer("0", &Answer::Refused { reason }).unwrap();
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
    let begun = synced_again(|queue| queue.begin(&["7"], 1).remove(0));
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
        assert!(begin(&queue, &request.id, 5));
    }
    answer_as(&queue, &first, &refused("by 5"), 5);
    assert!(!begin(&queue, &first.id, 6));

    assert!(begin(&queue, &second.id, 6));
    answer_as(&queue, &second, &refused("late"), 5);
    assert_eq!(answered(&second), None);
    answer_as(&queue, &second, &refused("by 6"), 6);

    // Nor any other.
    answer_as(&queue, &third, &refused("late"), 5);
    assert!(!begin(&queue, &third.id, 5));
    assert_eq!(answered(&third), None);
    assert_eq!(answered(&first), Some(refused("by 5")));
    assert_eq!(answered(&second), Some(refused("by 6")));
    assert_eq!(ids(&queue), [third.id]);
}
