//! Whatever record a crash leaves, an instance comes to rest.

use std::collections::HashMap;

use super::super::{Effect, Position, Stage};
use super::explore::Node;
use super::moment::{Happens, Wish};
use super::scenario::show;
use super::subject::Subject;

impl Subject {
    /// Whatever record a crash leaves, `synchronize` brings it to rest, or parks it: if all
    /// goes well, and if all fails. Returns the record that another crash leaves.
    pub(super) fn recovers(self, node: &Node) -> Option<Position> {
        for ends in [Happens::Well, Happens::Badly] {
            let position = self
                .synchronize(node, ends)
                .unwrap_or_else(|| panic!("{}: with {ends:?} it never ends", self.told(node)));
            let mark = position.inflight;
            assert!(
                mark.is_none_or(|mark| mark.stage == Stage::Parked),
                "{}: {}",
                self.told(node),
                show(self.tables, &position)
            );
        }
        // Where it stands if the process dies at once; nowhere if it has come to rest.
        let again = self.begin(node, self.synchronizes(node), &self.all_guarded());
        again.and_then(|node| self.until_busy(node))
    }

    /// What is durable when an operation first runs, asks or waits for something; `None` if
    /// it never does.
    fn until_busy(self, mut node: Node) -> Option<Position> {
        loop {
            let under_way = node.under_way.clone()?;
            match under_way.effect {
                Effect::Commit(..) => {
                    node = self.happen(&node, &under_way, Happens::Durable, &[]);
                }
                Effect::Finish(_) => return None,
                // It is not lost by waiting: the time comes.
                Effect::Wait => {
                    node = self.happen(&node, &under_way, Happens::Waited, &[]);
                }
                Effect::Run if !self.acts(&under_way.engine.position) => {
                    let refused = self.all_guarded();
                    node = self.happen(&node, &under_way, Happens::Well, &refused);
                }
                Effect::Run | Effect::Probe => return Some(node.durable),
            }
        }
    }

    /// Where an operation ends if everything ends so, and guards hold nothing open.
    fn synchronize(self, node: &Node, ends: Happens) -> Option<Position> {
        let refused = self.all_guarded();
        let mut node = self.begin(node, self.synchronizes(node), &refused)?;
        for _ in 0..1_000 {
            let under_way = node.under_way.clone()?;
            let happens = match (&under_way.effect, ends) {
                (Effect::Commit(..), _) => Happens::Durable,
                (Effect::Wait, _) => Happens::Waited,
                (Effect::Finish(_), _) => return Some(node.durable),
                (Effect::Probe, Happens::Badly) => Happens::Unknown,
                (Effect::Run, Happens::Badly) if self.acts(&under_way.engine.position) => ends,
                (Effect::Run | Effect::Probe, _) => Happens::Well,
            };
            node = self.happen(&node, &under_way, happens, &refused);
        }
        None
    }

    fn synchronizes(self, node: &Node) -> Wish {
        Wish::Synchronize(node.begun.then_some(0))
    }
}

/// The most deaths, one after another, until an instance is at rest or parked. A transition
/// that kills its process does not do so for ever.
pub(super) fn deaths(records: &HashMap<(Position, bool), Option<Position>>) -> usize {
    let mut counted: HashMap<&Position, usize> = HashMap::new();
    for died in records.values() {
        let mut chain = Vec::new();
        let mut next = died.as_ref();
        while let Some(position) = next.filter(|position| !counted.contains_key(position)) {
            assert!(
                chain.len() <= records.len(),
                "{position:?} kills its process for ever"
            );
            chain.push(position);
            next = records[&(position.clone(), true)].as_ref();
        }
        let mut count = next.map_or(0, |position| counted[position]);
        for position in chain.into_iter().rev() {
            count += 1;
            counted.insert(position, count);
        }
    }
    counted.into_values().max().unwrap_or_default()
}
