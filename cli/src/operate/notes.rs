//! What `--help` says of the commands for operators.

pub(super) const EXIT_CODES: &str = "\
Exit codes:
  0  the answer was given
  1  the store is damaged, or fails, or a process owns it that must be stopped
  2  misuse: an unknown flag, no such store, no such instance, no permission

With `--json`, what is wrong is told in JSON too, as one object on standard error:
`{error, help, because}`, of which `because` is the list of causes.";

pub(super) const LIST_NOTES: &str = "\
Examples:
  inflight list state.db
  inflight list --parked --in-doubt state.db
  inflight list --workflow unit --state started --older 1h state.db
  inflight list --in-flight-for 10m state.db
  inflight list --name 'mysql/*' --json state.db | jq .cause

Those come first that want an operator, and of these those that have waited longest:
  unreadable  the version of the program that opened the store last cannot read its record
  parked    what is in flight waits for an operator: retry, skip or abandon it
  in doubt  what is in flight was interrupted, or is to be run again, and nobody has carried
            on with it: no process owns the store, or its action panicked
  failing   what is in flight has failed, and is tried again or has its error path run
  failed    what was in flight has failed, and led nowhere: the state is as before
  error     nothing is in flight, and the state is an error state
  overdue   a timer was due, and has not fired: a guard refused it, or nobody drives it
  running   something is in flight
  final     a final state is reached

JSON is one object a line, for each instance:
  workflow, instance    which it is
  state, entered        its state, and since when; null where an old record does not say
  condition             as above, with `in_doubt` and `resting`
  inflight              the transition in flight, or null
  inflight_since        since when its present attempt runs, waits or is parked, or null
  attempt               which attempt it is, from 1, or null
  interruptions         how often it was interrupted, or null
  until                 when the next attempt begins, or null
  cause                 why it is so, or null
  failures              those that led there, oldest first, until something else begins:
                        `{transition, execution, cause, attempt, interruptions, at, failure,
                        handled}`
  version, committed    of the record: its number, and when it was written
  owner                 the process that owns the store: `{pid, program, since}`, or null";

pub(super) const SHOW_NOTES: &str = "\
Examples:
  inflight show state.db mysql/0
  inflight show state.db unit/mysql/0
  inflight show --format svg state.db mysql/0 > mysql.svg

INSTANCE is the instance's own name or, where several workflows have one of that name, the
workflow's name, a slash, and the instance's.

JSON is one object with what `list` says of the instance, and
  variables      of the state, by name
  in_flight      the transition in flight with its inputs, or null
  possible       what can be fired, guards not asked: names, inputs with their types, alias
  decisions      what can be done about what is in flight: names of commands
  requests       those that wait for the owner of the store, as `inflight requests` has them
  last_failure   `{transition, committed, failure}`, as far as the history goes, or null";

pub(super) const HISTORY_NOTES: &str = "\
Examples:
  inflight history state.db mysql/0
  inflight history --last 20 state.db mysql/0
  inflight history --json state.db mysql/0 | jq -c '[.committed, .told]'

JSON is one object a line, for each record, oldest first:
  version, committed   its number, and when it was written
  state, entered       the state, and since when
  variables            of the state, by name
  in_flight            the transition in flight with its inputs, or null
  failures             those that led there, as `list` has them
  intervention         what an operator did, `{operation, cause}`, or null
  told                 what happened, as a person would say it";

pub(super) const WATCH_NOTES: &str = "\
Examples:
  inflight watch state.db
  inflight watch --failing --parked state.db     # those that fail, and those that are parked
  inflight watch state.db mysql/0
  inflight watch state.db | tee -a state.log

In a terminal the list is drawn anew whenever something has changed; elsewhere, and with an
instance, there is a line for each record as it is written. End it with Ctrl-C.";

pub(super) const CHANGE_NOTES: &str = "\
INSTANCE is one instance or, with `*` and `?`, all that fit: these are only listed, with what
would be done, unless `--yes` is given. The flags narrow them, as those of `list` do. Where
none is left, there is nothing to do, which is no mistake; nor is it one to retry, skip or
abandon all of which none has anything in flight.

If a process owns the store, it is asked, and the command waits for what comes of it. That
process must drive the instance (`drive`), or the fleet that it is of (`run`). If none does,
`retry`, `abandon` and `set-state` are applied at once, unless they are about values of types
that only your program knows. `fire` and `skip` run guards and actions of your program: they
wait for the next process that opens the store. Requests are carried out in the order in which
they were asked; one to fire or to set the state is not if an operator has decided otherwise
since.

What waits for its next attempt is reached at once. So is an action that runs, but only with
`--cancel`: it is cancelled as by a `timeout`, where it awaits something. What is to be fired
waits until nothing is in flight. `inflight requests STORE` lists what waits.

The history keeps what was done, with the reason and who gave it.

JSON is one object a line, for each instance:
  workflow, instance   which it is
  outcome              `done`, `failed`, `refused`, `waits`, or `planned` without `--yes`
  verdict, steps       what became of it and what ran, in words
  clean                whether all went well, what followed by itself included, or null
  state                the state since then, or null
  then                 what fires by itself when the program next opens the instance
  older                the ids of requests for the instance that were asked before, and wait
  reason               why it was refused, could not be done, or waits, or null
  request              the id of the request that waits, or null
  would                what would be done, where it is `planned`

Exit codes:
  0  done, or listed; with `--no-wait`, written down
  1  refused, or what was asked for failed; the store is damaged, or fails
  2  misuse: an unknown flag, no such store, instance, state or transition, no permission
  3  not done yet: it waits as a request
  4  done, but a transition that followed by itself failed
Of several instances, the worst counts: 2, 1, 3, 4, in this order.

With `--json`, what is wrong before anything is done is told in JSON too, as one object on
standard error: `{error, help, because}`.";

pub(super) const FIRE_EXAMPLES: &str = "\
Examples:
  inflight fire state.db mysql/0 upgrade charm=/srv/mysql-7
  inflight fire state.db 'web/*' reload port=8080 --state started --yes
";

pub(super) const RETRY_EXAMPLES: &str = "\
Examples:
  inflight retry state.db mysql/0 --reason 'the disk is back'
  inflight retry state.db '*' --parked --yes
";

pub(super) const SKIP_EXAMPLES: &str = "\
Examples:
  inflight skip state.db mysql/0 --reason 'it was installed by hand'
  inflight skip state.db mysql/0 --cancel --reason 'it hangs, and is done'
";

pub(super) const ABANDON_EXAMPLES: &str = "\
Examples:
  inflight abandon state.db mysql/0 --reason 'no longer wanted'
  inflight abandon state.db mysql/0 --cancel --reason 'it hangs'
  inflight abandon state.db 'web/*' --failing --older 1day
";

pub(super) const SET_STATE_EXAMPLES: &str = "\
Examples:
  inflight set-state state.db mysql/0 stopped --reason 'stopped by hand'
  inflight set-state state.db mysql/0 started port=3306 --reason 'started by hand'

Values are written by their types: `true`, `7`, `0.5`, text, `c0ffee` for bytes, `90s`,
`2026-01-31T12:00:00Z`, and JSON for lists, maps and `json`; `null` where a value may be
missing. What is in flight is given up. No guard of any transition is asked to set the state;
then what is automatic in it fires, as always: at once, if a process owns the store, or else
when the program next opens the instance.
";

pub(super) const REQUESTS_NOTES: &str = "\
Examples:
  inflight requests state.db
  inflight requests state.db 01a20473-0a7f-76e8-bcdb-040eafe44028 --wait --timeout 5min
  inflight requests state.db --withdraw 01a20473-0a7f-76e8-bcdb-040eafe44028

Those that wait, the oldest first, and those that were answered when nobody waited for it: their
answers are kept for a week. With an ID it tells what became of that one, and ends as the command
would have that asked for it. One that has begun cannot be withdrawn; if it hangs, another with
`--cancel` ends it.

JSON with an ID is what the command that asked for it would have printed; else it is one object a
line, for each request, also for the one that is withdrawn:
  request              its id
  workflow, instance   what it is about, or null if it cannot be understood
  command              what is asked, as it is written on the command line, or null
  by, reason           who asks, and why, or null
  made                 when it was made, or null
  begun                whether a process has begun to carry it out
  answered, answer     when it was answered, and what, in words, or null
  damage               why it cannot be understood, or null

Exit codes:
  0  the answer was given, or the request is withdrawn; with an ID, it is done
  1  it is too late to withdraw it; with an ID, it was refused, or what was asked for failed
  2  misuse: an unknown flag, no such store, no such request, no permission
  3  with an ID, it waits
  4  with an ID, it is done, but a transition that followed by itself failed";

pub(super) const VERIFY_NOTES: &str = "\
Examples:
  inflight verify state.db

The files are checked, and then all records, those of the history too, are compared with the
workflow that wrote them; the current ones with that of the program, too, that opened the store
last, which must be able to read them. JSON is one object a line, for each file that is damaged
`{file, damage}`, and for each record `{workflow, instance, version, damage}`.";

pub(super) const COMPACT_NOTES: &str = "\
Examples:
  inflight compact state.db
  inflight compact --keep 100 state.db

A program keeps its store small while it runs, and as much history as it says; this is for
when less is to be kept at once, or a file is to shrink. No process may own the store meanwhile. JSON is one object, `{before, after}`, in bytes.";
