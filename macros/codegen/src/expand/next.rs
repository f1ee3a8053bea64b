//! `next`: where a transition leads, in a handful of instructions.
//!
//! A transition that leaves one state is compared with it. The sources of one that
//! leaves several are a row of a table in which all such rows are interleaved, as in
//! the tables of generated parsers: an entry belongs to the row whose number it holds.
//! Equal sets share a row, so the table grows with what the file says.

use std::collections::HashMap;

use inflight_dsl::model::{StateId, Target};
use proc_macro2::{Literal, TokenStream};

use super::scope::Scope;

pub(super) fn expand(scope: &Scope<'_>) -> TokenStream {
    let states = scope.workflow.states.len();
    let mut rows = Rows::default();
    let edges: Vec<_> = scope
        .transitions()
        .map(|(transition, _)| {
            let target = match &transition.target {
                Target::State(target, _) => {
                    let target = scope.state(*target).1;
                    generate! { ::core::option::Option::Some(StateName::#target) }
                }
                Target::Same => generate! { ::core::option::Option::None },
            };
            let (source, base) = match &*transition.sources {
                [source] => {
                    let source = scope.state(*source).1;
                    (generate! { StateName::#source as u16 }, 0)
                }
                sources => {
                    let (row, base) = rows.row(sources);
                    let row = number(states + row);
                    (generate! { #row }, base)
                }
            };
            let base = number(base);
            generate! { (#source, #base, #target), }
        })
        .collect();
    let count = number(edges.len());
    let single = generate! { source == state as u16 };
    let (base, leaves, table) = if rows.entries.is_empty() {
        (generate! { _ }, single, TokenStream::new())
    } else {
        rows.entries.resize(rows.reach + states, None);
        let several = number(states);
        let entries = rows
            .entries
            .iter()
            .map(|row| number(row.map_or(0, |row| states + row)));
        let count = number(rows.entries.len());
        let leaves = generate! {
            if source < #several {
                #single
            } else {
                SOURCES[base as usize + state as usize] == source
            }
        };
        let table = generate! {
            /// The sets of states that transitions leave, interleaved.
            static SOURCES: [u16; #count] = [#(#entries,)*];
        };
        (generate! { base }, leaves, table)
    };
    generate! {
        /// The state that a transition leads to from a state, if it leaves that state.
        /// Guards are not asked.
        pub const fn next(
            state: StateName,
            transition: TransitionName,
        ) -> ::core::option::Option<StateName> {
            let (source, #base, target) = EDGES[transition as usize];
            let leaves = #leaves;
            match target {
                _ if !leaves => ::core::option::Option::None,
                ::core::option::Option::None => ::core::option::Option::Some(state),
                target => target,
            }
        }

        /// The source of each transition, or its set of sources and where that begins in
        /// the table of such sets; and the target, unless it is the state it leaves.
        static EDGES: [(u16, u32, ::core::option::Option<StateName>); #count] = [#(#edges)*];

        #table
    }
}

fn number(number: usize) -> Literal {
    Literal::usize_unsuffixed(number)
}

/// Sets of states, interleaved.
#[derive(Default)]
struct Rows {
    /// The row that each entry belongs to.
    entries: Vec<Option<usize>>,
    /// The number and the first entry of each set.
    known: HashMap<Vec<usize>, (usize, usize)>,
    /// No entry before this one is free.
    free: usize,
    /// Where the last row begins.
    reach: usize,
}

impl Rows {
    /// The number of the row of a set, and where it begins.
    fn row(&mut self, set: &[StateId]) -> (usize, usize) {
        let set: Vec<usize> = set.iter().map(|state| state.0).collect();
        if let Some(known) = self.known.get(&set) {
            return *known;
        }
        let row = self.known.len();
        let first = set.first().copied().unwrap_or_default();
        let mut base = self.free.saturating_sub(first);
        while set.iter().any(|state| self.taken(base + state)) {
            base += 1;
        }
        for state in &set {
            let entry = base + state;
            if entry >= self.entries.len() {
                self.entries.resize(entry + 1, None);
            }
            if let Some(entry) = self.entries.get_mut(entry) {
                *entry = Some(row);
            }
        }
        while self.taken(self.free) {
            self.free += 1;
        }
        self.reach = self.reach.max(base);
        self.known.insert(set, (row, base));
        (row, base)
    }

    fn taken(&self, entry: usize) -> bool {
        self.entries.get(entry).copied().flatten().is_some()
    }
}
