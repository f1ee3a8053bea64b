//! Two workflows in one drawing.

use crate::diagram::drawing::{Drawing, Edge, Line, Node, NodeKind, Role, is_every};
use crate::diagram::mark::Mark;
use crate::diagram::rows::{Row, Table};
use crate::diagram::sequence::{Side, paired};
use crate::model::{Name, Transition, Workflow};

/// What changes nothing in a picture, or changes other arrows of the transition.
const BESIDE: [&str; 3] = ["transition", "from", "about"];

impl Drawing {
    /// Both workflows in one: what only the new one has is marked as added, what only the
    /// old one has as removed, and what differs as changed, with the words before and
    /// after. A state or transition that `was` another is that one.
    pub fn between(old: &Workflow, new: &Workflow) -> Self {
        let renamed = with_new_names(old, new);
        let gathers = |transition: &Transition| {
            let name = &transition.name.text;
            [&renamed, new].into_iter().all(|workflow| {
                let mut transitions = workflow.transitions.iter();
                let found = transitions.find(|one| one.name.text == *name);
                found.is_none_or(|one| is_every(workflow, one))
            })
        };
        let before = Drawing::with(&renamed, &gathers);
        let now = Drawing::with(new, &gathers);
        let states = tables(before.states, now.states);
        let transitions = tables(before.transitions, now.transitions);
        Self {
            name: now.name,
            about: now.about,
            notes: now.notes,
            part: now.part,
            nodes: nodes(before.nodes, now.nodes),
            edges: edges(before.edges, now.edges, &transitions),
            states,
            transitions,
            others: others(before.others, now.others),
        }
    }
}

/// The old workflow under the names of the new one.
fn with_new_names(old: &Workflow, new: &Workflow) -> Workflow {
    let mut renamed = old.clone();
    let now = new.states.iter().map(|now| (&now.name, now.was.as_slice()));
    rename(renamed.states.iter_mut().map(|it| &mut it.name), now);
    let now = (new.transitions.iter()).map(|now| (&now.name, now.was.as_slice()));
    rename(renamed.transitions.iter_mut().map(|it| &mut it.name), now);
    renamed
}

/// Gives each name the new one that was it, unless the old workflow has that one too.
fn rename<'a>(
    old: impl Iterator<Item = &'a mut Name>,
    new: impl Iterator<Item = (&'a Name, &'a [Name])>,
) {
    let mut old: Vec<_> = old.collect();
    for (now, was) in new {
        if old.iter().any(|name| name.text == now.text) {
            continue;
        }
        let is_it = |name: &Name| was.iter().any(|was| was.text == name.text);
        if let Some(name) = old.iter_mut().find(|name| is_it(name)) {
            name.text.clone_from(&now.text);
        }
    }
}

fn nodes(before: Vec<Node>, now: Vec<Node>) -> Vec<Node> {
    let same = |before: &Node, now: &Node| before.name == now.name;
    let merged = paired(before, now, same)
        .into_iter()
        .map(|side| match side {
            Side::Old(node) => Node {
                mark: Mark::Removed,
                ..node
            },
            Side::New(node) => Node {
                mark: Mark::Added,
                ..node
            },
            Side::Both(before, mut now) => {
                let mut changed = lines(before.lines, &mut now.lines);
                if before.kind != now.kind {
                    let kinds = [(before.kind, Mark::Removed), (now.kind, Mark::Added)];
                    let kinds = kinds.map(|(kind, mark)| Line {
                        text: kind_in_words(kind).to_owned(),
                        role: Role::Detail,
                        mark,
                    });
                    now.lines.splice(0..0, kinds);
                    changed = true;
                }
                now.mark = if changed { Mark::Changed } else { Mark::None };
                now
            }
        });
    merged.collect()
}

fn kind_in_words(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Initial => "initial state",
        NodeKind::Error => "error state",
        NodeKind::Final => "final state",
        NodeKind::Ordinary | NodeKind::Every | NodeKind::Outside { .. } => "ordinary state",
    }
}

fn edges(before: Vec<Edge>, now: Vec<Edge>, rows: &Table) -> Vec<Edge> {
    let place = |edge: &Edge| (edge.transition.clone(), edge.from.clone(), edge.to.clone());
    let same = |before: &Edge, now: &Edge| place(before) == place(now);
    let merged = paired(before, now, same)
        .into_iter()
        .map(|side| match side {
            Side::Old(edge) => Edge {
                mark: Mark::Removed,
                ..edge
            },
            Side::New(edge) => Edge {
                mark: Mark::Added,
                ..edge
            },
            Side::Both(before, mut now) => {
                let changed = lines(before.lines, &mut now.lines)
                    || before.kind != now.kind
                    || differs_unseen(rows, &now.transition);
                now.mark = if changed { Mark::Changed } else { Mark::None };
                now
            }
        });
    merged.collect()
}

/// Whether a transition changed in what its label has no room for.
fn differs_unseen(rows: &Table, transition: &str) -> bool {
    let Some(row) = rows.rows.iter().find(|row| row.name == transition) else {
        return false;
    };
    let Some(before) = &row.before else {
        return false;
    };
    (rows.head.iter())
        .filter(|head| !BESIDE.contains(head))
        .any(|head| rows.cell(before, head) != rows.cell(&row.cells, head))
}

/// Puts the old lines between the new ones; whether there is a difference.
fn lines(before: Vec<Line>, now: &mut Vec<Line>) -> bool {
    let sides = paired(before, std::mem::take(now), |before, now| before == now);
    *now = (sides.into_iter())
        .map(|side| match side {
            Side::Old(line) => Line {
                mark: Mark::Removed,
                ..line
            },
            Side::New(line) => Line {
                mark: Mark::Added,
                ..line
            },
            Side::Both(_, line) => line,
        })
        .collect();
    now.iter().any(|line| line.mark != Mark::None)
}

fn others(before: Vec<Table>, now: Vec<Table>) -> Vec<Table> {
    let same = |before: &Table, now: &Table| before.head == now.head;
    let merged = paired(before, now, same)
        .into_iter()
        .map(|side| match side {
            Side::Old(table) => {
                let empty = Table {
                    head: table.head.clone(),
                    rows: Vec::new(),
                };
                tables(table, empty)
            }
            Side::New(table) => {
                let empty = Table {
                    head: table.head.clone(),
                    rows: Vec::new(),
                };
                tables(empty, table)
            }
            Side::Both(before, now) => tables(before, now),
        });
    merged.collect()
}

fn tables(before: Table, now: Table) -> Table {
    let same = |before: &Row, now: &Row| before.name == now.name;
    let rows = (paired(before.rows, now.rows, same).into_iter())
        .map(|side| match side {
            Side::Old(row) => Row {
                mark: Mark::Removed,
                ..row
            },
            Side::New(row) => Row {
                mark: Mark::Added,
                ..row
            },
            Side::Both(before, now) if before.cells == now.cells => now,
            Side::Both(before, now) => Row {
                mark: Mark::Changed,
                before: Some(before.cells),
                ..now
            },
        })
        .collect();
    Table {
        head: now.head,
        rows,
    }
}
