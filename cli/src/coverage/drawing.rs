//! What is exercised, marked in a drawing.

use inflight_dsl::diagram::{Drawing, Format, Mark};
use inflight_dsl::model::{StateId, StateKind, Target, Transition, Workflow};

use inflight::__command::Exercised;

use super::item::{Item, items};
use super::notes::Notes;

/// The drawings of workflows. The error is for the user.
pub(super) fn all(
    workflows: &[&Workflow],
    notes: &Notes,
    format: Format,
) -> Result<String, String> {
    let drawings: Vec<_> = workflows.iter().map(|it| marked(it, notes)).collect();
    match (format, drawings.as_slice()) {
        (Format::Svg, [drawing]) if drawing.fits(format) => {}
        (Format::Svg, [_]) => {
            return Err("there is too much to draw for one picture\n\
                        help: let `--format dot` be laid out"
                .to_owned());
        }
        (Format::Svg, _) => {
            return Err("there are several workflows, and an SVG shows one\n\
                        help: pick it with `--workflow NAME`"
                .to_owned());
        }
        _ => {}
    }
    let texts: Vec<_> = drawings
        .iter()
        .map(|drawing| drawing.render(format))
        .collect();
    Ok(texts.join("\n"))
}

fn marked(workflow: &Workflow, notes: &Notes) -> Drawing {
    let mut drawing = Drawing::of(workflow);
    let items = items(workflow, notes);
    for transition in &workflow.transitions {
        mark(&mut drawing, transition, &items, &|from| {
            notes.have_any(workflow, &transition.name.text, from)
        });
    }
    for (number, state) in workflow.states.iter().enumerate() {
        let seen = notes.have_state(workflow, &state.name.text)
            || is_entered(workflow, StateId(number), &items)
            || state.kind == StateKind::Initial && items.iter().any(|item| item.exercised);
        // Others go on to look like what they are.
        if !seen {
            drawing.mark_state(&state.name.text, Mark::Missed);
        }
    }
    drawing
}

/// Marks a transition: as a whole, and where it leaves each state.
fn mark(
    drawing: &mut Drawing,
    transition: &Transition,
    items: &[Item<'_>],
    is_tried: &dyn Fn(&str) -> bool,
) {
    let name = transition.name.text.as_str();
    let own: Vec<_> = items
        .iter()
        .filter(|item| item.transition == name)
        .collect();
    let is_taken = |item: &&&Item<'_>| item.what == Exercised::Taken;
    let every = judged(own.iter().map(|item| item.exercised));
    drawing.mark_transition(name, every);
    drawing.mark_edge(name, None, every);
    for taken in own.iter().filter(is_taken) {
        // What was not even tried from a state is not exercised there; what else there is to
        // it counts wherever it was.
        let others = own.iter().filter(|item| item.what != Exercised::Taken);
        let here = match taken.exercised {
            true => judged(others.map(|item| item.exercised).chain([true])),
            false if taken.from.is_some_and(is_tried) => Mark::Partly,
            false => Mark::Missed,
        };
        drawing.mark_edge(name, taken.from, here);
    }
}

fn judged(exercised: impl Iterator<Item = bool>) -> Mark {
    let (mut all, mut any) = (true, false);
    for exercised in exercised {
        all &= exercised;
        any |= exercised;
    }
    match (all, any) {
        (true, _) => Mark::Exercised,
        (_, true) => Mark::Partly,
        _ => Mark::Missed,
    }
}

/// Whether a transition that was taken leads to a state.
fn is_entered(workflow: &Workflow, state: StateId, items: &[Item<'_>]) -> bool {
    let leads = |transition: &&Transition| match transition.target {
        Target::State(target, _) => target == state,
        Target::Same => false,
    };
    let mut leading = workflow.transitions.iter().filter(leads);
    leading.any(|transition| {
        let is_taken = |item: &Item<'_>| {
            item.exercised
                && item.what == Exercised::Taken
                && item.transition == transition.name.text
        };
        items.iter().any(is_taken)
    })
}
