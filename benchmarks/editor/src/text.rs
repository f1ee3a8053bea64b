//! A file of some length.

/// A workflow without mistakes, and a place in its middle where a state is named.
pub struct Text {
    /// The file.
    pub whole: String,
    /// The line of the place, counted from 0.
    pub line: usize,
    /// Its column: behind the name.
    pub column: usize,
}

/// How many lines a step takes, and how many the whole has beside the steps.
const STEP: usize = 10;
const FRAME: usize = 10;

impl Text {
    /// A chain of steps, each with an action, a guard, an error state and ways out of it.
    pub fn of(lines: usize) -> Self {
        let steps = lines.saturating_sub(FRAME) / STEP;
        let mut whole = "\
/// A long way.
workflow long_way {
    initial state step_0
    final state given_up

    action work(number: int, hooks: bool)
    guard ready(number: int)

"
        .to_owned();
        for step in 0..steps {
            let next = step + 1;
            whole += &format!(
                "    /// The step before number {next} is done.
    state step_{next}
    /// The action of number {next} did not work.
    error state failed_{next} {{ reason: string }}
    transition to_{next}: step_{step} | failed_{next} -> step_{next} {{
        when ready(number: {next})
        do work(number: {next}, hooks: true)
        on error lose_{next} -> failed_{next}(reason: failure)
    }}

"
            );
        }
        whole += "    transition give_up: * -> given_up\n}\n";
        let middle = steps / 2;
        let place = format!("    transition to_{middle}: step_");
        let line = whole.lines().position(|line| line.starts_with(&place));
        let line = line.unwrap_or_default();
        let begun = whole.lines().nth(line).unwrap_or_default();
        let column = begun.find(" |").unwrap_or_default();
        Self {
            line,
            column,
            whole,
        }
    }
}
