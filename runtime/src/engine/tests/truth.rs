//! The table of truth.

use super::super::{Refusal, Resolution};
use super::scenario::Begin::{Fire, Resolve, Synchronize};
use super::scenario::Ends::{Badly, Interrupted, Killed, Well};
use super::scenario::{Begin, Ends, UNIT, operate, parse, told};

fn check(at: &str, begin: Begin, script: &[Ends], expect: &str) {
    assert_eq!(told(&UNIT, at, begin, script, |_| true), expect);
}

const SYNCHRONIZE: Begin = Synchronize(Some(0));

#[test]
fn what_is_fired_is_committed_before_it_runs() {
    check(
        "(new)",
        Fire("install"),
        &[Well, Well],
        "(new, install) (installed, start) (started) completed",
    );
    check(
        "(new)",
        SYNCHRONIZE,
        &[Well, Well],
        "(new, install) (installed, start) (started) completed",
    );
}

#[test]
fn a_failure_takes_the_error_transition() {
    check(
        "(new)",
        Fire("install"),
        &[Badly, Well],
        "(new, install) (new, error_install) (install_error) failed, handled",
    );
    check(
        "(install_error)",
        Fire("retry_install"),
        &[Badly],
        "(install_error, retry_install) (install_error) failed",
    );
    check(
        "(started)",
        Fire("configure"),
        &[Badly, Badly],
        "(started, configure) (started, error_configure) (started) failed",
    );
}

#[test]
fn the_failure_of_an_automatic_transition_is_its_own() {
    check(
        "(new)",
        Fire("install"),
        &[Well, Badly],
        "(new, install) (installed, start) (installed) completed",
    );
    check(
        "(new)",
        Fire("install"),
        &[Well, Interrupted],
        "(new, install) (installed, start) completed",
    );
}

#[test]
fn an_interruption_commits_nothing_and_is_carried_on() {
    check(
        "(new)",
        Fire("install"),
        &[Interrupted],
        "(new, install) interrupted",
    );
    check("(new)", Fire("install"), &[Killed], "(new, install) killed");
    check(
        "(new, install)",
        SYNCHRONIZE,
        &[Well, Well],
        "(new, install, interrupted 1) (installed, start) (started) completed",
    );
    check(
        "(started, error_configure)",
        SYNCHRONIZE,
        &[Well],
        "(started, error_configure, interrupted 1) (configure_error) failed, handled",
    );
}

#[test]
fn what_kills_its_process_every_time_ends_in_its_error_path_or_parked() {
    check(
        "(new, install, interrupted 1)",
        SYNCHRONIZE,
        &[Killed],
        "(new, install, interrupted 2) killed",
    );
    check(
        "(new, install, interrupted 2)",
        SYNCHRONIZE,
        &[Well],
        "(new, error_install) (install_error) failed, handled",
    );
    check(
        "(installed, start, interrupted 2)",
        SYNCHRONIZE,
        &[],
        "(installed, start, interrupted 3, parked) parked",
    );
    check(
        "(installed, start, interrupted 3, parked)",
        SYNCHRONIZE,
        &[],
        "parked",
    );
}

#[test]
fn an_operator_resolves_what_is_in_flight() {
    for at in [
        "(installed, start)",
        "(installed, start, interrupted 3, parked)",
    ] {
        check(
            at,
            Resolve(Resolution::Retry),
            &[Well],
            "(installed, start) (started) completed",
        );
        check(at, Resolve(Resolution::Skip), &[], "(started) skipped");
        check(
            at,
            Resolve(Resolution::Abandon),
            &[],
            "(installed) abandoned",
        );
    }
    check(
        "(new, install, interrupted 1)",
        Resolve(Resolution::Skip),
        &[Badly],
        "(installed, start) (installed) skipped",
    );
    for resolution in [Resolution::Retry, Resolution::Skip, Resolution::Abandon] {
        let refusal = operate(
            &UNIT,
            parse(&UNIT, "(started)"),
            Resolve(resolution),
            &[],
            |_| true,
        );
        assert_eq!(refusal, Err(Refusal::Settled));
    }
}

#[test]
fn nothing_to_do_writes_nothing() {
    check("(started)", SYNCHRONIZE, &[], "nothing to do");
    check("(started)", Synchronize(None), &[], "nothing to do");
}

#[test]
fn a_refusal_writes_nothing() {
    let refuse = |at, transition, guards: bool| {
        operate(&UNIT, parse(&UNIT, at), Fire(transition), &[], |_| guards).unwrap_err()
    };
    assert_eq!(
        refuse("(new, install)", "install", true),
        Refusal::Interrupted
    );
    assert_eq!(refuse("(started)", "install", true), Refusal::Invalid);
    assert_eq!(
        refuse("(started)", "error_configure", true),
        Refusal::Invalid
    );
    assert_eq!(
        refuse("(started)", "configure", false),
        Refusal::Guard("guard")
    );
}

#[test]
fn a_guard_is_asked_about_the_state_that_is_entered() {
    assert_eq!(
        told(&UNIT, "(new)", Fire("install"), &[Well], |transition| {
            transition != "start"
        }),
        "(new, install) (installed) completed"
    );
}
