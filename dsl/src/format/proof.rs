//! Whether two texts mean the same.

use super::read::is_token;
use crate::compile;
use crate::grammar::{Node, Rule};
use crate::model::{Field, Model, Name};
use crate::span::Span;

/// Compares the syntax trees and, if there are any, the models.
pub(super) fn same(one: &str, other: &str) -> bool {
    let model = |source| compile(source).model.map(without_places);
    let shape = shape(one);
    shape.is_some() && shape == self::shape(other) && model(one) == model(other)
}

/// A syntax tree in a row: each node where it begins, with its text if it is a token,
/// and where it ends.
fn shape(source: &str) -> Option<Vec<(Rule, &str)>> {
    let file = Node::file(source)?;
    let mut shape = Vec::new();
    flatten(file, &mut shape);
    Some(shape)
}

fn flatten<'a>(node: Node<'a>, shape: &mut Vec<(Rule, &'a str)>) {
    let rule = node.rule();
    if rule == Rule::comma || is_bare(&node) {
        return;
    }
    if matches!(rule, Rule::doc | Rule::inner_doc) {
        let text = node.text().get(3..).unwrap_or_default();
        shape.push((rule, text.strip_prefix(' ').unwrap_or(text)));
        return;
    }
    if is_token(&node) {
        shape.push((rule, node.text()));
        return;
    }
    shape.push((rule, "{"));
    for inner in node.inner() {
        flatten(inner, shape);
    }
    shape.push((rule, "}"));
}

/// Whether a node is a pair of brackets that may be left out.
fn is_bare(node: &Node<'_>) -> bool {
    let mut inner = node.inner();
    let optional = matches!(
        node.rule(),
        Rule::arguments | Rule::parameters | Rule::variables | Rule::body
    );
    optional
        && inner.all(|inner| {
            matches!(
                inner.rule(),
                Rule::open | Rule::close | Rule::paren | Rule::paren_close
            )
        })
}

/// A model in which nothing depends on where it stands in the text.
fn without_places(mut model: Model) -> Model {
    for workflow in &mut model.workflows {
        nowhere(&mut workflow.name);
        for state in &mut workflow.states {
            nowhere(&mut state.name);
            state.was.iter_mut().for_each(nowhere);
            fields(&mut state.variables);
        }
        for action in &mut workflow.actions {
            nowhere(&mut action.name);
            fields(&mut action.parameters);
        }
        for guard in &mut workflow.guards {
            nowhere(&mut guard.name);
            fields(&mut guard.parameters);
        }
        for alias in &mut workflow.aliases {
            nowhere(&mut alias.name);
            fields(&mut alias.inputs);
        }
        for transition in &mut workflow.transitions {
            nowhere(&mut transition.name);
            fields(&mut transition.inputs);
            transition.span = NOWHERE;
            transition.was.iter_mut().for_each(nowhere);
        }
        for activity in &mut workflow.activities {
            nowhere(&mut activity.name);
        }
        for state in &mut workflow.retired_states {
            nowhere(&mut state.name);
            fields(&mut state.variables);
        }
        workflow.retired_transitions.iter_mut().for_each(nowhere);
    }
    model
}

const NOWHERE: Span = Span { start: 0, end: 0 };

fn nowhere(name: &mut Name) {
    name.span = NOWHERE;
}

fn fields(fields: &mut [Field]) {
    for field in fields {
        nowhere(&mut field.name);
        field.was.iter_mut().for_each(nowhere);
    }
}

#[cfg(test)]
mod tests {
    use super::same;

    /// Two texts in a workflow; the first is without mistakes.
    fn check(one: &str, other: &str) -> bool {
        let around = |text: &str| {
            format!(
                "/// w\nworkflow w {{ initial state a final state b {{ x: int }} error state c {{}} \
                 action go guard ok {text} transition mend: c -> a }}"
            )
        };
        same(&around(one), &around(other))
    }

    #[test]
    fn only_what_means_nothing_may_differ() {
        let text = "transition t: a -> b(x: 10) { do go() /// d\n on error e -> c when ok }";
        assert!(check(text, text));
        for (from, to) in [
            ("go()", "go"),
            ("10)", "10, )"),
            ("d\n", "d\r\n"),
            (" -> ", "->//\n"),
        ] {
            assert!(check(text, &text.replace(from, to)), "{to}");
        }
        for (from, to) in [
            ("go", "ok"),
            ("10", "1_0"),
            ("/// d\n", ""),
            ("/// d", "///  d"),
            ("a ->", "* ->"),
            ("when ok", "when not ok"),
            ("when ok", ""),
            ("when ok }", "} transition u: a -> b(x: 1) { when ok }"),
        ] {
            assert!(!check(text, &text.replace(from, to)), "{to}");
        }
    }

    #[test]
    fn a_text_that_is_none_means_nothing() {
        assert!(!same("workflow w {}", "workflow v {}"));
        assert!(!same("workflow w {}", ""));
    }
}
