//! What becomes of the files of requests and answers, whoever else reads and writes them.

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
    assert!(!queue.begin(&first.id).unwrap());
    assert!(queue.begin(&second.id).unwrap());
    assert!(!queue.withdraw(&second.id).unwrap());
    assert!(queue.begin(&second.id).unwrap(), "for a process that died");
    let pending = queue.pending().unwrap();
    assert_eq!(pending.len(), 1);
    assert!(pending.iter().all(|it| it.begun && it.id == second.id));
    let reason = "no".to_owned();
    queue
        .answer(&second.id, &Answer::Refused { reason })
        .unwrap();
    assert!(ids(&queue).is_empty());
    assert!(!queue.begin(&second.id).unwrap());
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
            let begun = queue.begin(&request.id).unwrap();
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
