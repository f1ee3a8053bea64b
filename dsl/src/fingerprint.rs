//! A number that tells versions of a workflow apart.

use crate::model::{Field, StateKind, Target, Workflow};

impl Workflow {
    /// A hash of what is persisted and where it may lead: the names, kinds and types of
    /// states, variables, transitions and inputs, and the sources and targets.
    ///
    /// Doc comments, layout and the order of declarations do not change it.
    ///
    /// ```
    /// let workflow = |text| inflight_dsl::compile(text).model.unwrap().workflows.remove(0);
    /// let one = workflow("workflow w { initial state a  final state b  transition go: a -> b }");
    /// let other = workflow("workflow w { final state b /// Docs.\n initial state a transition go: a -> b }");
    /// assert_eq!(one.fingerprint(), other.fingerprint());
    /// ```
    pub fn fingerprint(&self) -> u64 {
        let mut lines: Vec<String> = self
            .states
            .iter()
            .map(|state| {
                let kind = match state.kind {
                    StateKind::Initial => "initial",
                    StateKind::Ordinary => "ordinary",
                    StateKind::Error => "error",
                    StateKind::Final => "final",
                };
                format!(
                    "state {} {kind} {}",
                    state.name.text,
                    fields(&state.variables)
                )
            })
            .chain(self.transitions.iter().map(|transition| {
                let mut sources: Vec<String> = transition
                    .sources
                    .iter()
                    .map(|source| self.state_name(source.0).to_string())
                    .collect();
                sources.sort_unstable();
                let target = match &transition.target {
                    Target::State(state, _) => self.state_name(state.0),
                    Target::Same => "same",
                };
                format!(
                    "transition {} {} {} {target}",
                    transition.name.text,
                    fields(&transition.inputs),
                    sources.join("|")
                )
            }))
            .collect();
        lines.sort_unstable();
        let head = format!("workflow {}", self.name.text);
        fnv_1a(std::iter::once(&head).chain(&lines))
    }

    fn state_name(&self, number: usize) -> &str {
        self.states
            .get(number)
            .map_or("", |state| state.name.text.as_str())
    }
}

fn fields(fields: &[Field]) -> String {
    let mut fields: Vec<String> = fields
        .iter()
        .map(|field| format!("{}:{}", field.name.text, field.ty))
        .collect();
    fields.sort_unstable();
    format!("({})", fields.join(","))
}

/// The 64-bit FNV-1a hash of lines.
fn fnv_1a<'l>(lines: impl Iterator<Item = &'l String>) -> u64 {
    let bytes = lines.flat_map(|line| line.bytes().chain([b'\n']));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use crate::compile;

    fn fingerprint(text: &str) -> u64 {
        compile(text).model.unwrap().workflows[0].fingerprint()
    }

    #[test]
    fn only_what_is_persisted_counts() {
        let base = "workflow w { initial state a state b { x: int } final state c transition go(x: int): a -> b transition end: b -> c }";
        let check = |text: &str, same| {
            assert_eq!(fingerprint(text) == fingerprint(base), same, "{text}");
        };
        check(&base.replace("{ x", "{ /// Docs.\n x"), true);
        check(&base.replace("end: b -> c", "end: b -> c { }"), true);
        check(
            &base.replace(
                "initial state a state b { x: int }",
                "state b { x: int } initial state a",
            ),
            true,
        );
        check(&base.replace(": int", ": float"), false);
        check(&base.replace("end:", "finish:"), false);
        check(&base.replace("end: b", "end: a | b"), false);
        check(
            &base.replace("end: b -> c", "end: b -> c transition back: b -> a"),
            false,
        );
        check(
            &base.replace("(x: int): a -> b", "(y: int): a -> b(x: y)"),
            false,
        );
        check(&base.replace("state b", "error state b"), false);
        check(
            &base.replace("final state c", "state c transition back: c -> b(x: 1)"),
            false,
        );
    }

    #[test]
    fn the_number_never_changes() {
        let text = "workflow w { initial state a final state b transition go: a -> b }";
        assert_eq!(fingerprint(text), 4_290_812_314_252_244_989);
    }
}
