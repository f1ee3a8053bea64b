//! What all formats draw: nodes, edges and rows, each with a mark.

use std::collections::BTreeMap;

use crate::diagram::mark::Mark;
use crate::diagram::rows::{self, Table};
use crate::diagram::{Format, dot, label, mermaid, plantuml, svg, table};
use crate::model::{State, StateId, StateKind, Target, Transition, Workflow};

/// The node for the sources of a transition from every state. No state has this name.
pub(super) const EVERY: &str = "*";

/// Up to so many sources `*` is drawn as an arrow from each.
const FEW: usize = 3;

/// A workflow as it is about to be drawn: whole at first, without marks.
#[derive(Clone, Debug)]
pub struct Drawing {
    /// The name of the workflow.
    pub(super) name: String,
    /// What its doc comment says.
    pub(super) about: String,
    /// What holds for all of it.
    pub(super) notes: Vec<String>,
    /// Which part of the workflow this is; empty for the whole.
    pub(super) part: Vec<String>,
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<Edge>,
    pub(super) states: Table,
    pub(super) transitions: Table,
    /// What is neither state nor transition.
    pub(super) others: Vec<Table>,
}

/// A box.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) name: String,
    pub(super) kind: NodeKind,
    /// What is said of it below its name.
    pub(super) lines: Vec<Line>,
    pub(super) mark: Mark,
}

/// What a box stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NodeKind {
    Initial,
    Ordinary,
    Error,
    Final,
    /// Every state that is not final.
    Every,
    /// A state that is not drawn, although an arrow leads from or to it.
    Outside {
        /// Whether it is an error state.
        error: bool,
    },
}

/// An arrow: a transition has one for each state that it leaves.
#[derive(Clone, Debug)]
pub(super) struct Edge {
    pub(super) transition: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) kind: EdgeKind,
    pub(super) lines: Vec<Line>,
    pub(super) mark: Mark,
}

/// How a transition comes about. Where several hold, it is the last: a failure is what a
/// reader must not miss.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum EdgeKind {
    /// Somebody fires it.
    Fired,
    /// After some time.
    Timed,
    /// By itself.
    Automatic,
    /// By the failure of another.
    Error,
}

/// A line of text that says one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) role: Role,
    pub(super) mark: Mark,
}

/// What a line is to what it is said of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Its name.
    Name,
    /// What belongs to it.
    Detail,
    /// How it comes about, and under which other name.
    Aside,
}

impl Drawing {
    /// The whole workflow, without marks.
    pub fn of(workflow: &Workflow) -> Self {
        Self::with(workflow, &|transition| is_every(workflow, transition))
    }

    /// The same, where `gathers` says which transitions leave the node for every state.
    pub(super) fn with(workflow: &Workflow, gathers: &dyn Fn(&Transition) -> bool) -> Self {
        let edges = edges(workflow, gathers);
        let mut nodes: Vec<_> = (0..)
            .zip(&workflow.states)
            .map(|(index, state)| node(workflow, StateId(index), state))
            .collect();
        if edges.iter().any(|edge| edge.from == EVERY) {
            nodes.push(Node {
                name: EVERY.to_owned(),
                kind: NodeKind::Every,
                lines: Vec::new(),
                mark: Mark::None,
            });
        }
        Self {
            name: workflow.name.text.clone(),
            about: label::prose(&workflow.docs),
            notes: label::everywhere(workflow),
            part: Vec::new(),
            nodes,
            edges,
            states: rows::states(workflow),
            transitions: rows::transitions(workflow),
            others: rows::others(workflow),
        }
    }

    /// Marks a state; whether the drawing has it.
    pub fn mark_state(&mut self, name: &str, mark: Mark) -> bool {
        let nodes = self.nodes.iter_mut();
        let Some(node) = nodes.into_iter().find(|node| node.is_state(name)) else {
            return false;
        };
        node.mark = mark;
        self.states.mark(name, mark);
        true
    }

    /// Marks a transition, wherever it starts; whether the drawing has it.
    pub fn mark_transition(&mut self, name: &str, mark: Mark) -> bool {
        for edge in &mut self.edges {
            if edge.transition == name {
                edge.mark = mark;
            }
        }
        self.transitions.mark(name, mark)
    }

    /// Marks a transition where it leaves one state; where it is drawn once for all that it
    /// leaves, it is asked for as that of `None`. Whether the drawing has it there.
    pub fn mark_edge(&mut self, transition: &str, from: Option<&str>, mark: Mark) -> bool {
        let from = from.unwrap_or(EVERY);
        let edges = self.edges.iter_mut();
        let mut found = false;
        for edge in edges.filter(|edge| edge.transition == transition && edge.from == from) {
            edge.mark = mark;
            found = true;
        }
        found
    }

    /// Whether the state is drawn, and not as a stub.
    pub fn has_state(&self, name: &str) -> bool {
        self.nodes.iter().any(|node| node.is_state(name))
    }

    /// Whether nothing is left to draw.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Whether it is small enough for this format. What is too large for [`Format::Svg`] is
    /// rendered as a note that says so; a part of it may fit.
    pub fn fits(&self, format: Format) -> bool {
        format != Format::Svg || svg::fits(self)
    }

    /// The drawing as text, which ends with a new line.
    pub fn render(&self, format: Format) -> String {
        match format {
            Format::Mermaid => mermaid::render(self),
            Format::Dot => dot::render(self),
            Format::Svg => svg::render(self),
            Format::PlantUml => plantuml::render(self),
            Format::Table => table::render(self),
        }
    }

    /// The name of the workflow, and which part of it is drawn.
    pub(super) fn title(&self) -> String {
        if self.part.is_empty() {
            self.name.clone()
        } else {
            format!("{} ({})", self.name, self.part.join(", "))
        }
    }

    /// The marks of its nodes.
    pub(super) fn marks(&self) -> impl Iterator<Item = Mark> {
        let is_there = |mark: &Mark| self.nodes.iter().any(|node| node.mark == *mark);
        Mark::SHOWN.into_iter().filter(is_there)
    }

    /// The arrows from a node to itself, by its name.
    pub(super) fn loops(&self) -> BTreeMap<&str, Vec<&Edge>> {
        let mut loops = BTreeMap::<&str, Vec<&Edge>>::new();
        for edge in self.edges.iter().filter(|edge| edge.is_loop()) {
            loops.entry(&edge.from).or_default().push(edge);
        }
        loops
    }
}

impl NodeKind {
    /// Whether it is an error state.
    pub(super) fn is_error(self) -> bool {
        matches!(self, NodeKind::Error | NodeKind::Outside { error: true })
    }
}

impl Node {
    /// The area's colour that its mark asks for. A highlighted error state goes on to look
    /// like one.
    pub(super) fn marked_fill(&self) -> Option<&'static str> {
        let highlighted_error = self.mark == Mark::Highlighted && self.kind.is_error();
        self.mark.fill().filter(|_| !highlighted_error)
    }

    /// What it is called in a picture.
    pub(super) fn title(&self) -> String {
        let sign = self.mark.sign();
        match self.kind {
            NodeKind::Every => format!("{sign}any state"),
            NodeKind::Outside { .. } => format!("{sign}{} …", self.name),
            _ => format!("{sign}{}", self.name),
        }
    }

    /// Whether it stands for this state, as a whole.
    pub(super) fn is_state(&self, name: &str) -> bool {
        self.name == name && !matches!(self.kind, NodeKind::Every | NodeKind::Outside { .. })
    }
}

impl Edge {
    /// Whether it leads back to where it starts.
    pub(super) fn is_loop(&self) -> bool {
        self.from == self.to
    }

    /// The lines of its label, with the signs of marks.
    pub(super) fn label(&self) -> Vec<String> {
        let mut sign = self.mark.sign();
        (self.lines.iter())
            .map(|line| format!("{}{line}", std::mem::take(&mut sign)))
            .collect()
    }
}

impl Line {
    pub(super) fn new(role: Role, text: String) -> Self {
        Line {
            text,
            role,
            mark: Mark::None,
        }
    }
}

impl std::fmt::Display for Line {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}{}", self.mark.sign(), self.text)
    }
}

/// Whether the transition leaves every state that can be left, and these are many.
pub(super) fn is_every(workflow: &Workflow, transition: &Transition) -> bool {
    let count = transition.sources.len();
    count > FEW && count == open(workflow)
}

/// How many states can be left.
pub(super) fn open(workflow: &Workflow) -> usize {
    let states = workflow.states.iter();
    states
        .filter(|state| state.kind != StateKind::Final)
        .count()
}

fn node(workflow: &Workflow, id: StateId, state: &State) -> Node {
    let mut lines = label::typed(&state.variables);
    lines.extend(label::activities(workflow, id));
    Node {
        name: state.name.text.clone(),
        kind: match state.kind {
            StateKind::Initial => NodeKind::Initial,
            StateKind::Ordinary => NodeKind::Ordinary,
            StateKind::Error => NodeKind::Error,
            StateKind::Final => NodeKind::Final,
        },
        lines: (lines.into_iter())
            .map(|text| label::line(Role::Detail, text))
            .collect(),
        mark: Mark::None,
    }
}

/// The arrows of a workflow, by transition and then by source.
fn edges(workflow: &Workflow, gathers: &dyn Fn(&Transition) -> bool) -> Vec<Edge> {
    let mut edges = Vec::new();
    let name = |id: StateId| Some(workflow.states.get(id.0)?.name.text.clone());
    for (transition, failing) in workflow.transitions.iter().zip(failing(workflow)) {
        let mut add = |from: Option<String>, to: Option<String>, error_of: &[&Transition]| {
            if let (Some(from), Some(to)) = (from, to) {
                edges.push(Edge {
                    transition: transition.name.text.clone(),
                    from,
                    to,
                    kind: kind(transition, error_of),
                    lines: label::lines(workflow, transition, error_of),
                    mark: Mark::None,
                });
            }
        };
        let error_of = |source: &StateId| -> Vec<&Transition> {
            let fails_here = |it: &&Transition| it.sources.contains(source);
            failing.iter().copied().filter(fails_here).collect()
        };
        let mut sources: Vec<_> = (transition.sources.iter())
            .map(|source| (*source, error_of(source)))
            .collect();
        if gathers(transition) {
            let every = || Some(EVERY.to_owned());
            let to = match transition.target {
                Target::State(state, _) => name(state),
                Target::Same => every(),
            };
            // Where it is the error path of some states only, it has an arrow from these too.
            let is_alike = sources.windows(2).all(|pair| match pair {
                [(_, one), (_, other)] => one == other,
                _ => true,
            });
            if is_alike {
                add(every(), to, &failing);
                continue;
            }
            add(every(), to, &[]);
            sources.retain(|(_, error_of)| !error_of.is_empty());
        }
        for (source, error_of) in sources {
            let target = match transition.target {
                Target::State(state, _) => state,
                Target::Same => source,
            };
            add(name(source), name(target), &error_of);
        }
    }
    edges
}

fn kind(transition: &Transition, error_of: &[&Transition]) -> EdgeKind {
    if !error_of.is_empty() {
        EdgeKind::Error
    } else if transition.automatic {
        EdgeKind::Automatic
    } else if transition.after.is_some() {
        EdgeKind::Timed
    } else {
        EdgeKind::Fired
    }
}

/// For each transition, those whose error path it is, in source order. All at once: a look at
/// all others for each takes its time in a large workflow.
pub(super) fn failing(workflow: &Workflow) -> Vec<Vec<&Transition>> {
    let mut failing = vec![Vec::new(); workflow.transitions.len()];
    for transition in &workflow.transitions {
        let path = transition.on_error.as_ref();
        if let Some(failing) = path.and_then(|path| failing.get_mut(path.transition.0)) {
            failing.push(transition);
        }
    }
    failing
}
