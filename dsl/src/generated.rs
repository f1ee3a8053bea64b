//! Code made from the grammar ahead of time, so that users of the macro do not pay
//! for pest's generator.

#[rustfmt::skip]
#[allow(missing_docs, unreachable_pub, unused, clippy::all, reason = "generated")]
pub(crate) mod parser;

use parser::Rule;
use pest::{Atomicity, ParseResult, ParserState};

/// What the parser has read, and where it stands.
type State<'i> = Box<ParserState<'i, Rule>>;

/// One step of a rule.
type Step = for<'i> fn(State<'i>) -> ParseResult<State<'i>>;

/// Gives the closures of the rules one type, so that pest's combinators are compiled once
/// and not once for each.
#[inline]
const fn step(step: Step) -> Step {
    step
}

/// A rule that is a word, and ends where a word ends.
fn keyword<'i>(
    state: State<'i>,
    rule: Rule,
    word: &'static str,
    more: Step,
) -> ParseResult<State<'i>> {
    state.rule(rule, |state| {
        state.atomic(Atomicity::Atomic, |state| {
            state.sequence(|state| {
                let word = state.match_string(word);
                word.and_then(|state| state.lookahead(false, more))
            })
        })
    })
}

/// A rule that is a sign, or nothing.
fn sign<'i>(state: State<'i>, rule: Rule, sign: &'static str) -> ParseResult<State<'i>> {
    state.rule(rule, |state| state.match_string(sign))
}
