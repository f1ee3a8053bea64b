//! Every interleaving of operations, endings, commits and crashes: the engine beside the
//! rules, step by step, from every position that they reach.

use std::collections::{HashMap, VecDeque};
use std::fmt;

use super::super::{Change, Effect, Engine, Position, Stage};
use super::interleavings::hold;
use super::moment::{Happens, Moment, Next, Wish};
use super::recovery::deaths;
use super::scenario::show;
use super::subject::Subject;
use crate::outcome::Verdict;

/// What was explored.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    /// The records that an instance can have.
    pub(super) records: usize,
    /// These, and each with an operation under way at each of its moments.
    pub(super) positions: usize,
    /// What can happen in them: each was compared with the rules.
    pub(super) steps: usize,
    /// How many steps the farthest of them is away.
    pub(super) depth: usize,
    /// How often a process can be killed, one after another, until it is at rest or parked.
    pub(super) deaths: usize,
}

/// An instance: what is durable of it, and what is under way.
#[derive(Clone)]
pub(super) struct Node {
    pub(super) durable: Position,
    /// Whether there is a record.
    pub(super) begun: bool,
    pub(super) under_way: Option<UnderWay>,
}

/// An operation, as the engine has it and as the rules have it.
#[derive(Clone)]
pub(super) struct UnderWay {
    pub(super) engine: Engine,
    pub(super) effect: Effect,
    moment: Moment,
}

/// What tells nodes apart, on the engine's side.
type Key = (
    Position,
    bool,
    Option<(Position, Option<Verdict>, bool, Effect)>,
);

impl Subject {
    /// Explores all that there is.
    pub(super) fn explore(self) -> Counts {
        let initial = Position {
            state: self.tables.initial,
            spent: Vec::new(),
            inflight: None,
        };
        assert_eq!(self.record(&initial), self.rules.initial());
        let mut counts = Counts::default();
        let mut seen: HashMap<Key, Option<Moment>> = HashMap::new();
        let mut ahead = VecDeque::from([(Node::at(initial, false), 0)]);
        let mut records = HashMap::new();
        while let Some((node, depth)) = ahead.pop_front() {
            let moment = node.under_way.as_ref().map(|it| it.moment.clone());
            if let Some(before) = seen.get(&node.key()) {
                // The rules tell apart no more than the engine does.
                assert_eq!(*before, moment, "{}", self.told(&node));
                continue;
            }
            counts.depth = depth;
            seen.insert(node.key(), moment);
            let next = match &node.under_way {
                None => {
                    let record = (node.durable.clone(), node.begun);
                    records.insert(record, self.recovers(&node));
                    self.operations(&node)
                }
                Some(under_way) => self.happenings(&node, under_way),
            };
            counts.steps += next.len();
            ahead.extend(next.into_iter().map(|node| (node, depth + 1)));
        }
        counts.records = records.len();
        counts.deaths = deaths(&records);
        counts.positions = seen.len();
        counts
    }

    /// Every operation, with every answer of the guards.
    fn operations(self, node: &Node) -> Vec<Node> {
        let state = self.state(&node.durable);
        let mut wishes: Vec<_> = [Wish::Retry, Wish::Skip, Wish::Abandon].into();
        let transitions = self.tables.transitions.iter();
        wishes.extend(transitions.map(|row| Wish::Fire(row.name)));
        let states = self.tables.states.iter();
        wishes.extend(states.map(|row| Wish::Set(row.name)));
        let times = match node.begun {
            false => vec![None],
            true => {
                let timers = self.rules.timers(state);
                let around = timers.flat_map(|(_, after)| [after.saturating_sub(1), after]);
                std::iter::once(0).chain(around).map(Some).collect()
            }
        };
        for elapsed in times {
            wishes.extend([Wish::Synchronize(elapsed), Wish::Expire(elapsed)]);
        }
        let mut next = Vec::new();
        for wish in wishes {
            let asked = match wish {
                Wish::Fire(name) => self.guarded(std::iter::once(name)),
                Wish::Skip => self.asked_after(&node.durable),
                Wish::Set(_) => Vec::new(),
                _ => self.asked_in(state),
            };
            for refused in subsets(&asked) {
                next.extend(self.begin(node, wish, &refused));
            }
        }
        next
    }

    /// Begins an operation, if it is not refused.
    pub(super) fn begin(self, node: &Node, wish: Wish, refused: &[&str]) -> Option<Node> {
        let mut engine = Engine::new(self.tables, node.durable.clone());
        let mut guards = |transition| self.guard(transition, refused);
        let effect = match wish {
            Wish::Fire(name) => engine.fire(self.index(name), &mut guards).map(Some),
            Wish::Synchronize(elapsed) => Ok(Some(engine.synchronize(elapsed, &mut guards))),
            Wish::Expire(elapsed) => Ok(engine.expire(elapsed, &mut guards)),
            Wish::Retry => engine.resolve(true).map(Some),
            Wish::Abandon => engine.resolve(false).map(Some),
            Wish::Skip => engine.skip(&mut guards).map(Some),
            Wish::Set(state) => Ok(Some(engine.set(self.numbered(state)))),
        };
        let record = self.record(&node.durable);
        let holds = |name: &str| !refused.contains(&name);
        let moment = self.rules.begin(&record, wish, &holds);
        let told = || format!("{}: {wish:?}, refused {refused:?}", self.told(node));
        match (effect, moment) {
            (Ok(Some(effect)), Ok(Some(moment))) => Some(self.compare(
                node,
                UnderWay {
                    engine,
                    effect,
                    moment,
                },
                &told,
            )),
            (Ok(None), Ok(None)) => None,
            (Err(refusal), Err(expected)) => {
                assert_eq!(refusal, expected, "{}", told());
                None
            }
            (found, expected) => panic!("{}: {found:?}, not {expected:?}", told()),
        }
    }

    /// Everything that can happen to an operation, the death of its process included.
    fn happenings(self, node: &Node, under_way: &UnderWay) -> Vec<Node> {
        let UnderWay { engine, effect, .. } = under_way;
        let mut next = Vec::new();
        let happens: &[Happens] = match effect {
            Effect::Commit(_, position) => {
                // The process dies, or the store fails, and it is written or not. Nothing
                // more is done with the instance until it is opened again.
                next.push(Node::at(node.durable.clone(), node.begun));
                next.push(Node::at(position.clone(), true));
                &[Happens::Durable]
            }
            Effect::Wait => &[Happens::Waited],
            Effect::Run if self.acts(&engine.position) => {
                &[Happens::Well, Happens::Badly, Happens::Interrupted]
            }
            Effect::Run => &[Happens::Well],
            Effect::Probe => &[
                Happens::Well,
                Happens::NotDone,
                Happens::Unknown,
                Happens::Interrupted,
            ],
            Effect::Finish(_) => &[],
        };
        if !matches!(effect, Effect::Commit(..)) {
            next.push(Node::at(node.durable.clone(), node.begun));
        }
        for happens in happens {
            let asked = match happens {
                Happens::Well => self.asked_after(&engine.position),
                _ => Vec::new(),
            };
            for refused in subsets(&asked) {
                next.push(self.happen(node, under_way, *happens, &refused));
            }
        }
        next
    }

    pub(super) fn happen(
        self,
        node: &Node,
        under_way: &UnderWay,
        happens: Happens,
        refused: &[&str],
    ) -> Node {
        let mut node = node.clone();
        let mut engine = under_way.engine.clone();
        let effect = match happens {
            Happens::Durable => {
                if let Effect::Commit(_, position) = &under_way.effect {
                    node.durable = position.clone();
                    node.begun = true;
                }
                engine.committed()
            }
            Happens::Waited => engine.waited(),
            Happens::Well => engine.succeeded(&mut |it| self.guard(it, refused)),
            Happens::Badly => engine.failed(),
            Happens::Interrupted => engine.interrupted(),
            Happens::NotDone => engine.undone(),
            Happens::Unknown => engine.doubtful(),
        };
        let holds = |name: &str| !refused.contains(&name);
        let moment = self.rules.then(&under_way.moment, happens, &holds);
        let told = || format!("{}: {happens:?}, refused {refused:?}", self.told(&node));
        self.compare(
            &node,
            UnderWay {
                engine,
                effect,
                moment,
            },
            &told,
        )
    }

    /// The engine wants what the rules want, and what may be wanted at all.
    fn compare(self, node: &Node, under_way: UnderWay, told: &dyn Fn() -> String) -> Node {
        let UnderWay {
            engine,
            effect,
            moment,
        } = &under_way;
        let expected = match effect {
            Effect::Commit(..) => Next::Write,
            Effect::Wait => Next::Wait,
            Effect::Run => Next::Run,
            Effect::Probe => Next::Ask,
            Effect::Finish(verdict) => Next::Over(*verdict),
        };
        assert_eq!(expected, moment.next, "{}", told());
        assert_eq!(self.record(&engine.position), moment.record, "{}", told());
        let inflight = node.durable.inflight;
        match effect {
            Effect::Commit(change, position) => {
                assert_eq!(*position, engine.position, "{}", told());
                hold(self.tables, &node.durable, *change, position);
                assert!(
                    *position != node.durable
                        || matches!(
                            change,
                            Change::Start | Change::Resume | Change::Enter | Change::Set
                        ),
                    "{}: it writes what is there",
                    told()
                );
            }
            // Nothing runs that is not durable, in flight and running.
            Effect::Run | Effect::Probe | Effect::Wait => {
                assert_eq!(node.durable, engine.position, "{}", told());
                let stage = match effect {
                    Effect::Wait => Stage::Waiting,
                    _ => Stage::Running,
                };
                assert_eq!(inflight.map(|mark| mark.stage), Some(stage), "{}", told());
            }
            Effect::Finish(_) => assert_eq!(node.durable, engine.position, "{}", told()),
        }
        Node {
            under_way: Some(under_way),
            ..node.clone()
        }
    }

    pub(super) fn told(self, node: &Node) -> String {
        let (workflow, durable) = (self.tables.workflow, show(self.tables, &node.durable));
        match &node.under_way {
            None => format!("{workflow} {durable}"),
            Some(under_way) => format!("{workflow} {durable}, {:?}", under_way.effect),
        }
    }
}

impl Node {
    /// At rest, as far as a process that begins can see.
    fn at(durable: Position, begun: bool) -> Self {
        Self {
            durable,
            begun,
            under_way: None,
        }
    }

    fn key(&self) -> Key {
        let under_way = self.under_way.as_ref().map(|it| {
            let engine = &it.engine;
            (
                engine.position.clone(),
                engine.verdict,
                engine.in_doubt,
                it.effect.clone(),
            )
        });
        (self.durable.clone(), self.begun, under_way)
    }
}

/// Every choice of some of these.
fn subsets<'a>(names: &[&'a str]) -> Vec<Vec<&'a str>> {
    let mut subsets = vec![Vec::new()];
    for name in names {
        let with: Vec<_> = (subsets.iter())
            .map(|subset| [subset.as_slice(), &[*name]].concat())
            .collect();
        subsets.extend(with);
    }
    subsets
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            records,
            positions,
            steps,
            depth,
            deaths,
        } = self;
        write!(
            f,
            "{records} records, {positions} positions, {steps} steps, depth {depth}, at most \
             {deaths} deaths"
        )
    }
}
