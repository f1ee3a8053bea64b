//! What is written for each.

use std::fmt::Write;

use crate::ring::Source;

/// A line for each state and the one that follows it.
fn lines(states: usize, line: impl Fn(usize, usize) -> String) -> String {
    let mut text = String::new();
    for state in 0..states {
        text += &line(state, (state + 1) % states);
        text.push('\n');
    }
    text
}

/// A face for a machine of two events, which is a value with a method.
fn face(events: &str, machine: &str, new: &str, handle: &str, state: &str) -> String {
    format!(
        "pub type Event = {events};
pub fn event(_: usize, reset: bool) -> Event {{
    match reset {{ true => Event::Reset, false => Event::Step }}
}}
pub struct Ring({machine});
impl Ring {{
    pub fn new() -> Self {{ Ring({new}) }}
    #[inline]
    pub fn step(&mut self, event: Event) {{ {handle} }}
    pub fn state(&self) -> usize {{ {state} }}
}}
"
    )
}

/// The number in a state's name.
const NUMBER: &str = "format!(\"{state:?}\").chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap()";

pub(crate) fn empty() -> Source {
    Source {
        machine: "#[derive(Clone, Copy)] pub enum Events { Step, Reset }\n".to_owned(),
        face: face(
            "Events",
            "Events",
            "Events::Reset",
            "self.0 = event;",
            "let _ = Events::Step; self.0 as usize",
        ),
        workflow: None,
    }
}

fn states(states: usize) -> String {
    format!(
        "#[derive(Clone, Copy, Debug, PartialEq, Eq)]\npub enum State {{\n{}}}\n",
        lines(states, |state, _| format!("    S{state},"))
    )
}

pub(crate) fn hand_written(count: usize) -> Source {
    let arms = lines(count, |state, next| {
        format!("        (State::S{state}, Events::Step) => Some(State::S{next}),")
    });
    Source {
        machine: states(count)
            + &format!(
                "#[derive(Clone, Copy, Debug, PartialEq, Eq)]\npub enum Events {{ Step, Reset }}
pub fn next(state: State, event: Events) -> Option<State> {{
    match (state, event) {{
{arms}        (_, Events::Reset) => Some(State::S0),
    }}
}}
"
            ),
        face: face(
            "Events",
            "State",
            "State::S0",
            "if let Some(state) = next(self.0, event) { self.0 = state; }",
            "self.0 as usize",
        ),
        workflow: None,
    }
}

pub(crate) fn hand_written_names(count: usize) -> Source {
    let names = lines(count, |state, _| format!("    Step{state},"));
    let arms = lines(count, |state, next| {
        format!("        (State::S{state}, Transition::Step{state}) => Some(State::S{next}),")
    });
    let all = lines(count, |state, _| format!("    Transition::Step{state},"));
    Source {
        machine: states(count)
            + &format!(
                "#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transition {{\n{names}    Reset,\n}}
pub fn next(state: State, transition: Transition) -> Option<State> {{
    match (state, transition) {{
{arms}        (_, Transition::Reset) => Some(State::S0),
        _ => None,
    }}
}}
"
            ),
        face: format!(
            "pub type Event = Transition;
pub fn event(state: usize, reset: bool) -> Event {{
    let all = [\n{all}];
    match reset {{ true => Transition::Reset, false => all[state] }}
}}
{}",
            by_name("State", "State::S0", "next(self.0, event)")
        ),
        workflow: None,
    }
}

pub(crate) fn hand_written_persisted(count: usize) -> Source {
    let names = hand_written_names(count);
    let states: Vec<_> = (0..count)
        .map(|state| (format!("S{state}"), format!("s_{state}")))
        .collect();
    let mut transitions: Vec<_> = (0..count)
        .map(|state| (format!("Step{state}"), format!("step_{state}")))
        .collect();
    transitions.push(("Reset".to_owned(), "reset".to_owned()));
    let machine =
        names.machine + &persisted("State", &states) + &persisted("Transition", &transitions);
    Source { machine, ..names }
}

/// What an enum needs to be written to a record and read from it.
fn persisted(ty: &str, variants: &[(String, String)]) -> String {
    let (mut shown, mut read) = (String::new(), String::new());
    for (variant, name) in variants {
        // Writing to a string does not fail.
        let _ = writeln!(shown, "        {ty}::{variant} => {name:?},");
        let _ = writeln!(read, "        {name:?} => {ty}::{variant},");
    }
    format!(
        "impl {ty} {{ pub fn as_str(self) -> &'static str {{ match self {{\n{shown}    }} }} }}
impl std::fmt::Display for {ty} {{
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {{ f.pad(self.as_str()) }}
}}
impl std::str::FromStr for {ty} {{
    type Err = String;
    fn from_str(name: &str) -> Result<Self, String> {{
        Ok(match name {{\n{read}        _ => return Err(name.to_owned()),\n    }})
    }}
}}
"
    )
}

/// A ring whose state is a name, and whose events are transitions.
fn by_name(state: &str, first: &str, next: &str) -> String {
    format!(
        "pub struct Ring({state});
impl Ring {{
    pub fn new() -> Self {{ Ring({first}) }}
    #[inline]
    pub fn step(&mut self, event: Event) {{ if let Some(state) = {next} {{ self.0 = state; }} }}
    pub fn state(&self) -> usize {{ self.0 as usize }}
}}
"
    )
}

pub(crate) fn statig(count: usize) -> Source {
    let methods = lines(count, |state, next| {
        format!(
            "    #[state(superstate = \"any\")]
    fn s{state}(event: &Events) -> Outcome<State> {{
        match event {{ Events::Step => Transition(State::s{next}()), _ => Super }}
    }}"
        )
    });
    Source {
        machine: format!(
            "use statig::prelude::*;
#[derive(Default)]
pub struct Machine;
#[derive(Clone, Copy)]
pub enum Events {{ Step, Reset }}
#[state_machine(initial = \"State::s0()\", state(derive(Debug)))]
impl Machine {{
{methods}    #[superstate]
    fn any(event: &Events) -> Outcome<State> {{
        match event {{ Events::Reset => Transition(State::s0()), _ => Handled }}
    }}
}}
"
        ),
        face: face(
            "Events",
            "statig::blocking::StateMachine<Machine>",
            "Machine.state_machine()",
            "self.0.handle(&event);",
            &format!("let state = self.0.state(); {NUMBER}"),
        ),
        workflow: None,
    }
}

pub(crate) fn smlang(count: usize) -> Source {
    let rows = lines(count, |state, next| {
        let first = if state == 0 { "*" } else { "" };
        format!("        {first}S{state} + Step = S{next},")
    });
    Source {
        machine: format!(
            "smlang::statemachine! {{
    derive_states: [Debug],
    derive_events: [Clone, Copy],
    transitions: {{
{rows}        _ + Reset = S0,
    }}
}}
pub struct Context;
impl StateMachineContext for Context {{}}
"
        ),
        face: face(
            "Events",
            "StateMachine<Context>",
            "StateMachine::new(Context)",
            "let _ = self.0.process_event(event);",
            &format!("let state = self.0.state(); {NUMBER}"),
        ),
        workflow: None,
    }
}

pub(crate) fn rust_fsm(count: usize) -> Source {
    let rows = lines(count, |state, next| {
        format!("    S{state} => {{ Step => S{next}, Reset => S0 }},")
    });
    Source {
        machine: format!(
            "rust_fsm::state_machine! {{
    #[derive(Clone, Copy, Debug)]
    pub ring(S0)
{rows}}}
"
        ),
        face: face(
            "ring::Input",
            "ring::StateMachine",
            "ring::StateMachine::new()",
            "let _ = self.0.consume(&event);",
            &format!("let state = self.0.state(); {NUMBER}"),
        ),
        workflow: None,
    }
}

pub(crate) fn sml(count: usize) -> Source {
    let rows = lines(count, |state, next| {
        let first = if state == 0 { "*" } else { "" };
        format!("        {first}S{state} + Step = S{next},\n        S{state} + Reset = S0,")
    });
    let all = lines(count, |state, _| format!("States::S{state},"));
    Source {
        machine: format!(
            "sml::sml! {{\n    _ {{\n{rows}    }}\n}}
pub struct Context;
impl StateMachineContext for Context {{}}
"
        ),
        face: "#[derive(Clone, Copy)] pub enum Two { Step, Reset }\n".to_owned()
            + &face(
                "Two",
                "StateMachine<Context>",
                "StateMachine::new(Context)",
                "let _ = match event {
                    Two::Step => self.0.process_event(Events::Step),
                    Two::Reset => self.0.process_event(Events::Reset),
                };",
                &format!(
                    "let all = [{all}]; all.iter().position(|state| self.0.is(state)).unwrap()"
                ),
            ),
        workflow: None,
    }
}

pub(crate) fn state_machines(count: usize) -> Source {
    let names: Vec<String> = (0..count).map(|state| format!("S{state}")).collect();
    let names = names.join(", ");
    let rows = lines(count, |state, next| {
        format!("            transition: {{ from: S{state}, to: S{next} }}")
    });
    Source {
        machine: format!(
            "state_machines::state_machine! {{
    name: Machine,
    dynamic: true,
    initial: S0,
    states: [{names}],
    events {{
        step {{
{rows}        }}
        reset {{
            transition: {{ from: [{names}], to: S0 }}
        }}
    }}
}}
"
        ),
        face: "#[derive(Clone, Copy)] pub enum Two { Step, Reset }\n".to_owned()
            + &face(
                "Two",
                "DynamicMachine<()>",
                "DynamicMachine::new(())",
                "let _ = match event {
                    Two::Step => self.0.handle(MachineEvent::Step),
                    Two::Reset => self.0.handle(MachineEvent::Reset),
                };",
                &format!("let state = self.0.current_state(); {NUMBER}"),
            ),
        workflow: None,
    }
}

fn workflow(count: usize) -> String {
    let mut text = "workflow ring {\n".to_owned();
    for state in 0..count {
        let kind = if state == 0 { "initial " } else { "" };
        // Writing to a string does not fail.
        let _ = writeln!(text, "    {kind}state s_{state}");
    }
    text += &lines(count, |state, next| {
        format!("    transition step_{state}: s_{state} -> s_{next} {{ alias step }}")
    });
    text + "    transition reset: * -> s_0 { alias reset }\n}\n"
}

pub(crate) fn inflight(count: usize) -> Source {
    Source {
        machine: "inflight::workflow!(pub \"ring.workflow\");\n".to_owned(),
        face: format!(
            "use ring::{{StateName, TransitionName}};
pub type Event = TransitionName;
pub fn event(state: usize, reset: bool) -> Event {{
    match reset {{ true => TransitionName::Reset, false => TransitionName::ALL[state] }}
}}
{}",
            by_name(
                "StateName",
                "StateName::ALL[0]",
                "ring::next(self.0, event)"
            )
        ),
        workflow: Some(workflow(count)),
    }
}

pub(crate) fn inflight_alias(count: usize) -> Source {
    Source {
        face: format!(
            "use ring::{{Alias, Definition, StateName}};
use inflight::Definition as _;
#[derive(Clone, Copy)] pub enum Event {{ Step, Reset }}
pub fn event(_: usize, reset: bool) -> Event {{
    match reset {{ true => Event::Reset, false => Event::Step }}
}}
#[inline]
fn meant(state: StateName, event: Event) -> Option<StateName> {{
    let alias = match event {{ Event::Step => Alias::Step, Event::Reset => Alias::Reset }};
    ring::next(state, Definition::resolve(&alias, state)?.name())
}}
{}",
            by_name("StateName", "StateName::ALL[0]", "meant(self.0, event)")
        ),
        ..inflight(count)
    }
}
