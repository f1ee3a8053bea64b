//! `next`: where a transition leads, in a handful of instructions.
//!
//! A transition that leaves one state is compared with it; one that leaves all is known by
//! a number of its own. The sources of one that leaves several are a row of a table in which
//! all such rows are interleaved, as in the tables of generated parsers: an entry belongs to
//! the row whose number it holds.
//! Equal sets share a row, so the table grows with what the file says.

use std::collections::{HashMap, HashSet};

use inflight_dsl::model::{StateId, Target};
use proc_macro2::TokenStream;

use super::scope::Scope;
use super::tables::index;
use super::text::list;

pub(super) fn expand(scope: &Scope<'_>) -> TokenStream {
    let states = scope.workflow.states.len();
    let transitions = &scope.workflow.transitions;
    let mut sets = Sets::new(states);
    let edges = list(transitions.iter().map(|transition| {
        let name = &transition.name.text;
        let source = match &*transition.sources {
            [source] => source.0,
            sources => sets.number(sources),
        };
        match &transition.target {
            Target::State(target, _) => format!("({name:?}, {source}, {})", target.0),
            Target::Same => format!("({name:?}, {source}, ::inflight::__private::SAME)"),
        }
    }));
    let count = index(transitions.len());
    let same = transitions
        .iter()
        .any(|transition| matches!(transition.target, Target::Same));
    let (row, rows, target, entered) = match same {
        true => (
            generate! { ::core::option::Option<StateName> },
            generate! { next_or_same },
            generate! {
                match edge.1 {
                    ::core::option::Option::None => ::core::option::Option::Some(state),
                    target => target,
                }
            },
            generate! { ? },
        ),
        false => (
            generate! { StateName },
            generate! { next },
            generate! { ::core::option::Option::Some(edge.1) },
            TokenStream::new(),
        ),
    };
    let (several, table) = several(states, sets, &target);
    generate! {
        /// The state that a transition leads to from a state, if it leaves that state.
        /// Guards are not asked.
        pub const fn next(
            state: StateName,
            transition: TransitionName,
        ) -> ::core::option::Option<StateName> {
            let edge = &NEXT[transition as usize];
            if edge.0 == state as u16 {
                return #target;
            }
            #several
            ::core::option::Option::None
        }

        /// The state that a transition leads to, if it is another and has no variables.
        fn entered(transition: &Transition) -> ::core::option::Option<State> {
            State::plain(NEXT[transition.name() as usize].1 #entered)
        }

        /// By transition: the state it leaves, if it leaves one, and its target.
        static NEXT: [(u16, #row); #count] =
            ::inflight::__private::#rows(&EDGES, StateName::ALL);

        /// By transition: its name, the state or set of states it leaves, and its target.
        static EDGES: [::inflight::__private::Transition; #count] = [#edges];

        #table
    }
}

/// The target of `edge` if it leaves several states and `state` is one of them, and the table
/// that this needs. It stands off the way, for most transitions leave one state.
fn several(states: usize, sets: Sets, target: &TokenStream) -> (TokenStream, TokenStream) {
    let every = sets.every;
    let any = !sets.known.is_empty();
    let states = index(states);
    let entries = sets.entries();
    let count = index(entries.len());
    let entries = list(entries.into_iter());
    let one_of = generate! {
        set > #states && SETS[(set as usize + state as usize) % SETS.len()] == set
    };
    let leaves = match (every, any) {
        (false, false) => return (TokenStream::new(), TokenStream::new()),
        (true, false) => generate! { set == #states },
        (false, true) => one_of,
        (true, true) => generate! { set == #states || #one_of },
    };
    let several = generate! {
        ::core::hint::cold_path();
        let set = EDGES[transition as usize].1;
        if #leaves {
            return #target;
        }
    };
    let table = any.then(|| {
        generate! {
            /// The sets of states that transitions leave, interleaved: whether a state is in a
            /// set shows in the entry at the sum of their numbers, which holds the number of
            /// the set it belongs to. The length is a power of two, to look up without checks.
            static SETS: [u32; #count] = [#entries];
        }
    });
    (several, generate! { #table })
}

/// Sets of states, interleaved. The number of a set is where it begins, counted on from
/// the numbers of the states and that of all states, which needs no table.
struct Sets {
    states: usize,
    /// Whether there is a transition that leaves every state.
    every: bool,
    /// The number of the set that each entry belongs to; 0 where it is free.
    entries: Vec<usize>,
    known: HashMap<Vec<usize>, usize>,
    /// Where sets begin.
    begins: HashSet<usize>,
    /// No entry before this one is free.
    free: usize,
}

impl Sets {
    fn new(states: usize) -> Self {
        Sets {
            states,
            every: false,
            entries: Vec::new(),
            known: HashMap::new(),
            begins: HashSet::new(),
            free: 0,
        }
    }

    /// The number of a set, which is above those of the states.
    fn number(&mut self, set: &[StateId]) -> usize {
        if set.len() == self.states {
            self.every = true;
            return self.states;
        }
        let set: Vec<usize> = set.iter().map(|state| state.0).collect();
        if let Some(known) = self.known.get(&set) {
            return *known;
        }
        let first = set.first().copied().unwrap_or_default();
        let mut begin = self.free.saturating_sub(first);
        while self.begins.contains(&begin) || set.iter().any(|state| self.taken(begin + state)) {
            begin += 1;
        }
        self.begins.insert(begin);
        let number = self.states + 1 + begin;
        for state in &set {
            let entry = begin + state;
            self.entries.resize(self.entries.len().max(entry + 1), 0);
            if let Some(entry) = self.entries.get_mut(entry) {
                *entry = number;
            }
        }
        while self.taken(self.free) {
            self.free += 1;
        }
        self.known.insert(set, number);
        number
    }

    fn taken(&self, entry: usize) -> bool {
        self.entries.get(entry).is_some_and(|number| *number != 0)
    }

    /// The entries, a power of two, so that every state can be looked up in every set at
    /// the sum of their numbers.
    fn entries(self) -> Vec<usize> {
        let last = self.begins.iter().max().copied().unwrap_or_default();
        let mut entries = self.entries;
        entries.resize((last + self.states).next_power_of_two(), 0);
        let begin = (self.states + 1) % entries.len();
        entries.rotate_right(begin);
        entries
    }
}
