//! Parts of a drawing: the neighbourhood of a state, the error paths.

use std::collections::{BTreeSet, HashSet};
use std::fmt;

use crate::diagram::drawing::{Drawing, EVERY, Edge, EdgeKind, Line, Node, NodeKind, Role};
use crate::diagram::mark::Mark;
use crate::diagram::rows::Table;
use crate::suggest::nearest;

/// There is no state of this name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownState {
    /// The name that was asked for.
    pub name: String,
    /// The name that was probably meant.
    pub nearest: Option<String>,
    /// The names that there are.
    pub known: Vec<String>,
}

impl UnknownState {
    /// Says what to ask for instead.
    pub fn help(&self) -> String {
        match &self.nearest {
            Some(name) => format!("did you mean `{name}`?"),
            None => {
                let known: Vec<_> = self.known.iter().map(|it| format!("`{it}`")).collect();
                format!("the states are {}", known.join(", "))
            }
        }
    }
}

impl fmt::Display for UnknownState {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "there is no state `{}`", self.name)
    }
}

impl std::error::Error for UnknownState {}

impl Drawing {
    /// Marks a state as the one to look at.
    ///
    /// # Errors
    ///
    /// The drawing has no such state.
    pub fn highlight(&mut self, state: &str) -> Result<(), UnknownState> {
        if self.mark_state(state, Mark::Highlighted) {
            Ok(())
        } else {
            Err(self.unknown(state))
        }
    }

    /// Leaves only the states that are at most so many transitions away from the given one,
    /// along or against their direction. Of the states beyond, those that transitions lead to
    /// or come from are left as stubs. A transition from every state counts as a way out of
    /// the states that are drawn, not as one from all others to its target.
    ///
    /// # Errors
    ///
    /// The drawing has no such state.
    pub fn focus(&mut self, state: &str, depth: usize) -> Result<(), UnknownState> {
        if !self.has_state(state) {
            return Err(self.unknown(state));
        }
        let mut near = BTreeSet::from([state.to_owned()]);
        for _ in 0..depth {
            let step = (self.edges.iter()).filter_map(|edge| self.beyond(edge, &near));
            let step: Vec<_> = step.map(str::to_owned).collect();
            if step.is_empty() {
                break;
            }
            near.extend(step);
        }
        if self.edges.iter().any(|edge| edge.from == EVERY) {
            near.insert(EVERY.to_owned());
        }
        let is_near = |name: &String| near.contains(name);
        self.edges.retain(|edge| match edge.from.as_str() {
            EVERY => is_near(&edge.to),
            _ => is_near(&edge.from) || is_near(&edge.to),
        });
        let outside = |node: &Node| !is_near(&node.name);
        for node in self.nodes.iter_mut().filter(|node| outside(node)) {
            let error = node.kind.is_error();
            node.kind = NodeKind::Outside { error };
            node.lines.clear();
        }
        for edge in &mut self.edges {
            if !(is_near(&edge.from) && is_near(&edge.to)) {
                edge.lines = vec![Line::new(Role::Name, edge.transition.clone())];
            }
        }
        let transitions = match depth {
            1 => "transition",
            _ => "transitions",
        };
        self.part
            .push(format!("within {depth} {transitions} of {state}"));
        self.drop_unused(|_| false);
        Ok(())
    }

    /// Leaves only the error paths: error states, the transitions to and from them, and
    /// error transitions to other states.
    pub fn only_errors(&mut self) {
        let errors: HashSet<String> = (self.nodes.iter())
            .filter(|node| node.kind.is_error())
            .map(|node| node.name.clone())
            .collect();
        self.edges.retain(|edge| {
            edge.kind == EdgeKind::Error || errors.contains(&edge.from) || errors.contains(&edge.to)
        });
        self.part.push("error paths only".to_owned());
        self.drop_unused(|node| node.kind.is_error());
    }

    /// The end of an edge that is not near, if the other one is.
    fn beyond<'a>(&self, edge: &'a Edge, near: &BTreeSet<String>) -> Option<&'a str> {
        match (near.contains(&edge.from), near.contains(&edge.to)) {
            (true, false) => Some(&edge.to),
            // A final state is no source of `*`.
            (false, false) if edge.from == EVERY && self.any_can_be_left(near) => Some(&edge.to),
            (false, true) if edge.from != EVERY => Some(&edge.from),
            _ => None,
        }
    }

    fn any_can_be_left(&self, near: &BTreeSet<String>) -> bool {
        let is_open = |node: &Node| node.kind != NodeKind::Final && node.kind != NodeKind::Every;
        (self.nodes.iter()).any(|node| is_open(node) && near.contains(&node.name))
    }

    /// Drops the nodes that no edge touches, and the rows of what is not drawn. States that
    /// are drawn whole stay if they are to be kept, or something touches them.
    fn drop_unused(&mut self, keep: impl Fn(&Node) -> bool) {
        let used: HashSet<&String> = (self.edges.iter())
            .flat_map(|edge| [&edge.from, &edge.to])
            .collect();
        self.nodes
            .retain(|node| keep(node) || used.contains(&node.name));
        let drawn = (self.nodes.iter()).filter(|node| node.is_state(&node.name));
        let drawn: HashSet<&String> = drawn.map(|node| &node.name).collect();
        let transitions = self.edges.iter().map(|edge| &edge.transition).collect();
        keep_rows(&mut self.states, &drawn);
        keep_rows(&mut self.transitions, &transitions);
        self.others.clear();
    }

    fn unknown(&self, state: &str) -> UnknownState {
        let states = || (self.nodes.iter()).filter(|node| node.is_state(&node.name));
        let names = || states().map(|node| node.name.as_str());
        UnknownState {
            name: state.to_owned(),
            nearest: nearest(state, names()).map(str::to_owned),
            known: names().map(str::to_owned).collect(),
        }
    }
}

fn keep_rows(table: &mut Table, names: &HashSet<&String>) {
    table.rows.retain(|row| names.contains(&row.name));
}
