//! Retries, waits, interruptions and what falls due.

use super::super::Resolution;
use super::scenario::Begin::{Expire, Fire, Resolve, Set, Synchronize};
use super::scenario::Ends::{Badly, Doubtful, Interrupted, Killed, Undone, Waited, Well};
use super::scenario::{Begin, CARE, Ends, told};

fn check(at: &str, begin: Begin, script: &[Ends], expect: &str) {
    assert_eq!(told(&CARE, at, begin, script, |_| true), expect);
}

const SYNCHRONIZE: Begin = Synchronize(Some(0));

#[test]
fn a_failed_action_is_tried_again_after_a_wait() {
    check(
        "(idle)",
        Fire("fetch"),
        &[Badly, Waited, Well],
        "(idle, fetch) (idle, fetch, attempt 2, waiting) (idle, fetch, attempt 2) (busy) completed",
    );
}

#[test]
fn without_a_backoff_there_is_no_wait() {
    check(
        "(idle, fetch, attempt 3)",
        SYNCHRONIZE,
        &[Badly, Badly, Well],
        "(idle, fetch, attempt 3, interrupted 1) (idle, fetch_failed) \
         (idle, fetch_failed, attempt 2) (failed) failed, handled",
    );
}

#[test]
fn when_no_try_is_left_the_error_transition_is_taken() {
    check(
        "(idle)",
        Fire("fetch"),
        &[Badly, Waited, Badly, Waited, Badly, Badly, Badly],
        "(idle, fetch) (idle, fetch, attempt 2, waiting) (idle, fetch, attempt 2) \
         (idle, fetch, attempt 3, waiting) (idle, fetch, attempt 3) \
         (idle, fetch_failed) (idle, fetch_failed, attempt 2) (idle) failed",
    );
}

#[test]
fn what_was_waiting_when_the_process_died_was_not_interrupted() {
    let waiting = "(idle, fetch, attempt 2, interrupted 1, waiting)";
    check(
        waiting,
        SYNCHRONIZE,
        &[Waited, Well],
        "(idle, fetch, attempt 2, interrupted 1) (busy) completed",
    );
    check(waiting, SYNCHRONIZE, &[Killed], "killed");
    check(
        waiting,
        Resolve(Resolution::Retry),
        &[Well],
        "(idle, fetch, attempt 2) (busy) completed",
    );
    check(
        waiting,
        Resolve(Resolution::Abandon),
        &[],
        "(idle) abandoned",
    );
}

#[test]
fn attempts_and_interruptions_are_counted_apart() {
    check(
        "(idle, fetch, attempt 2)",
        SYNCHRONIZE,
        &[Badly, Waited, Killed],
        "(idle, fetch, attempt 2, interrupted 1) (idle, fetch, attempt 3, interrupted 1, waiting) \
         (idle, fetch, attempt 3, interrupted 1) killed",
    );
    check(
        "(idle, fetch, interrupted 2)",
        SYNCHRONIZE,
        &[Well],
        "(idle, fetch_failed) (failed) failed, handled",
    );
}

#[test]
fn what_is_to_fail_when_interrupted_fails_at_once() {
    check("(busy, once)", SYNCHRONIZE, &[], "(busy) failed");
    check(
        "(busy, strict)",
        SYNCHRONIZE,
        &[Well],
        "(busy, broken) (failed) failed, handled",
    );
}

#[test]
fn what_asks_waits_for_an_operator_though_it_has_an_error_transition() {
    check(
        "(busy, ask)",
        SYNCHRONIZE,
        &[],
        "(busy, ask, interrupted 1, parked) parked",
    );
    let parked = "(busy, ask, interrupted 1, parked)";
    check(parked, SYNCHRONIZE, &[], "parked");
    check(
        parked,
        Resolve(Resolution::Retry),
        &[Killed],
        "(busy, ask) killed",
    );
    check(parked, Resolve(Resolution::Skip), &[], "(done) skipped");
    check(
        parked,
        Resolve(Resolution::Abandon),
        &[],
        "(busy) abandoned",
    );
    check(
        "(busy)",
        Fire("ask"),
        &[Badly, Well],
        "(busy, ask) (busy, broken) (failed) failed, handled",
    );
}

#[test]
fn a_probe_decides_whether_it_runs_again() {
    let check = |script: &[Ends], expect: &str| {
        let told = told(&CARE, "(busy, check)", SYNCHRONIZE, script, |_| true);
        let rest = told.strip_prefix("(busy, check, interrupted 1) ");
        assert_eq!(rest, Some(expect));
    };
    check(&[Well], "(done) completed");
    check(&[Undone, Well], "(done) completed");
    check(&[Undone, Badly], "(busy) failed");
    check(&[Undone, Killed], "killed");
    check(&[Doubtful], "(busy, check, interrupted 1, parked) parked");
    check(&[Interrupted], "interrupted");
    check(&[Killed], "killed");
}

#[test]
fn a_probe_that_kills_its_process_is_not_asked_for_ever() {
    check(
        "(busy, check, interrupted 10)",
        SYNCHRONIZE,
        &[],
        "(busy, check, interrupted 11, parked) parked",
    );
}

#[test]
fn what_is_due_fires_the_earliest_first() {
    check("(busy)", Synchronize(Some(9)), &[], "nothing to do");
    for begin in [Synchronize(Some(10)), Expire(Some(10)), Expire(Some(1_000))] {
        check(
            "(busy)",
            begin,
            &[Well],
            "(busy, tick, !tick) (busy) completed",
        );
    }
}

#[test]
fn what_fired_does_not_fire_again_until_the_state_is_entered_anew() {
    check(
        "(busy)",
        Expire(Some(10)),
        &[Badly],
        "(busy, tick, !tick) (busy, !tick) failed",
    );
    check(
        "(busy, !tick)",
        Expire(Some(19)),
        &[Badly, Badly],
        "(busy, again, !tick, !again) (busy, broken, !tick, !again) (busy, !tick, !again) failed",
    );
    check(
        "(busy, !tick, !again)",
        Expire(Some(19)),
        &[],
        "nothing to do",
    );
    check(
        "(busy, !tick, !again)",
        Expire(Some(20)),
        &[Well],
        "(busy, expire, !tick, !again, !expire) (failed) completed",
    );
    check(
        "(busy, !tick)",
        Fire("nudge"),
        &[Well],
        "(busy, nudge, !tick) (busy) completed",
    );
    check(
        "(busy)",
        Fire("tick"),
        &[Badly],
        "(busy, tick, !tick) (busy, !tick) failed",
    );
    check(
        "(busy, tick, interrupted 2, !tick)",
        Resolve(Resolution::Abandon),
        &[],
        "(busy, !tick) abandoned",
    );
}

#[test]
fn a_guard_lets_the_next_that_is_due_fire() {
    let allows = |name: &str| name != "tick";
    assert_eq!(
        told(&CARE, "(busy)", Expire(Some(10)), &[Well], allows),
        "(busy, again, !again) (busy) completed"
    );
    let none = told(&CARE, "(busy)", Expire(Some(99)), &[], |_| false);
    assert_eq!(none, "nothing to do");
}

#[test]
fn timers_of_the_initial_state_count_from_the_first_record() {
    check("(idle)", Synchronize(None), &[], "(idle) nothing to do");
    check("(idle)", Expire(None), &[], "(idle) nothing to do");
    check("(busy, tick, !tick)", Expire(None), &[], "nothing to do");
    check(
        "(idle)",
        Synchronize(Some(5)),
        &[Well],
        "(idle, warm, !warm) (busy) completed",
    );
}

#[test]
fn nothing_falls_due_while_something_is_in_flight() {
    check(
        "(busy, nudge)",
        Synchronize(Some(99)),
        &[Well],
        "(busy, nudge, interrupted 1) (busy) completed",
    );
    check("(busy, nudge)", Expire(Some(99)), &[], "nothing to do");
}

#[test]
fn an_operator_sets_the_state_whatever_is_in_flight() {
    for at in [
        "(idle)",
        "(idle, fetch, attempt 2, interrupted 1, waiting)",
        "(busy, check, interrupted 11, parked)",
        "(busy, !tick, !again)",
    ] {
        check(at, Set("busy"), &[], "(busy) set");
    }
}
