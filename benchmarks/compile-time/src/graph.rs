//! The graphs that are compiled, in each way to write them.

use std::fmt::{self, Display, Write};

/// A ring of states with a second transition from each to somewhere else.
#[derive(Clone, Copy)]
pub struct Graph {
    /// How many states; there are twice as many transitions.
    pub states: usize,
    /// Whether every transition runs an action and has an error transition of its own,
    /// and every tenth state a variable.
    pub rich: bool,
}

/// A way to write a graph.
#[derive(Clone, Copy)]
pub enum Variant {
    /// Enums, their names as they would be persisted, and matches.
    HandWritten,
    /// The same without names.
    Nameless,
    /// The macro.
    Macro,
}

/// What a variant compiles: `src/lib.rs`, and the workflow that it names.
pub struct Sources {
    /// The Rust code.
    pub rust: String,
    /// The workflow file.
    pub workflow: String,
}

impl Variant {
    /// All of them; the first is what the others are compared with.
    pub const ALL: [Variant; 3] = [Variant::HandWritten, Variant::Nameless, Variant::Macro];
}

impl Graph {
    /// The sources of a variant.
    pub fn sources(self, variant: Variant) -> Sources {
        match variant {
            Variant::HandWritten => Sources::rust(self.enums() + &self.names()),
            Variant::Nameless => Sources::rust(self.enums()),
            Variant::Macro => Sources {
                rust: "inflight::workflow!(pub \"graph.workflow\");".to_owned(),
                workflow: self.workflow(),
            },
        }
    }

    fn workflow(self) -> String {
        let mut text = "workflow graph {\n".to_owned();
        for state in 0..self.states {
            let kind = if state == 0 { "initial " } else { "" };
            let variables = if self.has_variable(state) {
                " { reason: string }"
            } else {
                ""
            };
            line(
                &mut text,
                format_args!("{kind}state state_{state}{variables}"),
            );
        }
        if self.rich {
            for action in 0..10 {
                line(&mut text, format_args!("action act_{action}(hooks: bool)"));
            }
        }
        for (name, source, target) in self.transitions() {
            let value = if self.has_variable(target) {
                "(reason: \"x\")"
            } else {
                ""
            };
            let head = format!("transition {name}: state_{source} -> state_{target}{value}");
            if self.rich {
                let (action, hooks) = (source % 10, source % 3 == 0);
                let error = self.error_target(source);
                line(
                    &mut text,
                    format_args!(
                        "{head} {{ do act_{action}(hooks: {hooks}) on error error_{name} -> state_{error}(reason: failure) }}"
                    ),
                );
            } else {
                line(&mut text, format_args!("{head}"));
            }
        }
        text + "}\n"
    }

    fn enums(self) -> String {
        let copy = if self.rich { "" } else { "Copy, " };
        let mut text =
            format!("#[derive(Clone, {copy}Debug, PartialEq, Eq, Hash)] pub enum State {{\n");
        for state in 0..self.states {
            let variables = if self.has_variable(state) {
                " { reason: String }"
            } else {
                ""
            };
            line(&mut text, format_args!("State{state}{variables},"));
        }
        text += "}\n#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)] pub enum Transition {\n";
        for (name, ..) in self.transitions() {
            line(&mut text, format_args!("{},", pascal(&name)));
            if self.rich {
                line(&mut text, format_args!("Error{},", pascal(&name)));
            }
        }
        text += "}\npub fn next(state: &State, transition: Transition) -> Option<State> { match (state, transition) {\n";
        for (name, source, target) in self.transitions() {
            let name = pascal(&name);
            let from = if self.has_variable(source) {
                " { .. }"
            } else {
                ""
            };
            let value = |text: &str| format!(" {{ reason: {text:?}.to_owned() }}");
            let to = if self.has_variable(target) {
                value("x")
            } else {
                String::new()
            };
            line(
                &mut text,
                format_args!(
                    "(State::State{source}{from}, Transition::{name}) => Some(State::State{target}{to}),"
                ),
            );
            if self.rich {
                let (error, to) = (self.error_target(source), value("failed"));
                line(
                    &mut text,
                    format_args!(
                        "(State::State{source}{from}, Transition::Error{name}) => Some(State::State{error}{to}),"
                    ),
                );
            }
        }
        text += "_ => None } }\n";
        if self.rich {
            text += &self.actions();
        }
        text
    }

    fn actions(self) -> String {
        let mut text = "#[allow(async_fn_in_trait)] pub trait Actions {\n".to_owned();
        for action in 0..10 {
            line(
                &mut text,
                format_args!(
                    "async fn act_{action}(&mut self, hooks: bool) -> Result<(), String>;"
                ),
            );
        }
        text += "}\npub async fn run(actions: &mut impl Actions, transition: Transition) -> Result<(), String> { match transition {\n";
        for (name, source, _) in self.transitions() {
            let (name, action, hooks) = (pascal(&name), source % 10, source % 3 == 0);
            line(
                &mut text,
                format_args!("Transition::{name} => actions.act_{action}({hooks}).await,"),
            );
        }
        text += "_ => Ok(()) } }\npub fn on_error(transition: Transition) -> Option<Transition> { match transition {\n";
        for (name, ..) in self.transitions() {
            let name = pascal(&name);
            line(
                &mut text,
                format_args!("Transition::{name} => Some(Transition::Error{name}),"),
            );
        }
        text + "_ => None } }\n"
    }

    fn names(self) -> String {
        let mut text =
            "impl State { pub fn name(&self) -> &'static str { match self {\n".to_owned();
        for state in 0..self.states {
            line(
                &mut text,
                format_args!("State::State{state} {{ .. }} => \"state_{state}\","),
            );
        }
        text += "} } }\nimpl Transition { pub fn name(&self) -> &'static str { match self {\n";
        for (name, ..) in self.transitions() {
            line(
                &mut text,
                format_args!("Transition::{} => {name:?},", pascal(&name)),
            );
            if self.rich {
                line(
                    &mut text,
                    format_args!("Transition::Error{} => \"error_{name}\",", pascal(&name)),
                );
            }
        }
        text + "} } }\n"
    }

    /// The name, source and target of each transition, error transitions aside.
    fn transitions(self) -> impl Iterator<Item = (String, usize, usize)> {
        (0..self.states).flat_map(move |state| {
            [
                (format!("step_{state}"), state, (state + 1) % self.states),
                (
                    format!("jump_{state}"),
                    state,
                    (state * 7 + 3) % self.states,
                ),
            ]
        })
    }

    fn has_variable(self, state: usize) -> bool {
        self.rich && state % 10 == 5
    }

    /// The state with a variable that is nearest.
    fn error_target(self, state: usize) -> usize {
        state / 10 * 10 + 5
    }
}

impl Sources {
    fn rust(rust: String) -> Self {
        Sources {
            rust,
            workflow: String::new(),
        }
    }
}

fn pascal(name: &str) -> String {
    let mut words = name.split('_').map(|word| {
        let (first, rest) = word.split_at(1);
        first.to_uppercase() + rest
    });
    words.by_ref().collect()
}

fn line(text: &mut String, line: fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = writeln!(text, "    {line}");
}

impl Display for Graph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (states, transitions) = (self.states, self.states * 2);
        write!(f, "{states} states, {transitions} transitions")?;
        if self.rich {
            f.write_str(", each with an action and an error transition")?;
        }
        Ok(())
    }
}

impl Display for Variant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Variant::HandWritten => "hand-written enums and matches",
            Variant::Nameless => "the same without names",
            Variant::Macro => "`workflow!`",
        })
    }
}
