//! A match over the transitions, in which what is alike shares an arm.

use std::collections::HashMap;

use proc_macro2::TokenStream;

use super::scope::Scope;
use super::values::Values;

/// Arms in order of first appearance.
#[derive(Default)]
pub(super) struct Arms {
    arms: Vec<(Vec<TokenStream>, TokenStream)>,
    /// The arm of each body that any transition may share.
    shared: HashMap<String, usize>,
    patterns: usize,
    /// Whether a body names `source`.
    pub(super) source: bool,
    /// Whether a body names `failure`.
    pub(super) failure: bool,
}

impl Arms {
    /// Adds the arm of the transition whose values `body` is made of. Equal keys mean
    /// equal bodies.
    pub(super) fn add(&mut self, values: &Values<'_>, key: String, body: TokenStream) {
        let pattern = values.pattern();
        self.patterns += 1;
        self.source |= values.source;
        self.failure |= values.failure;
        if values.particular() {
            self.arms.push((vec![pattern], body));
            return;
        }
        let arm = *self.shared.entry(key).or_insert(self.arms.len());
        match self.arms.get_mut(arm) {
            Some((patterns, _)) => patterns.push(pattern),
            None => self.arms.push((vec![pattern], body)),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.arms.is_empty()
    }

    /// The match, with `rest` for the transitions that have no arm.
    pub(super) fn finish(self, scope: &Scope<'_>, rest: &TokenStream) -> TokenStream {
        let arms = self.arms.into_iter().map(|(patterns, body)| {
            generate! { #(#patterns)|* => #body, }
        });
        let rest =
            (self.patterns < scope.workflow.transitions.len()).then(|| generate! { _ => #rest, });
        generate! {
            match transition { #(#arms)* #rest }
        }
    }
}
