//! Targets and their variables.

use super::scope::Scope;
use super::{Lowering, NO_TARGET, result::Supplied};
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::model::{StateId, Target, Type, Value};
use crate::resolve::graph::{Destination, Field, Step};
use crate::resolve::types::suggested;
use crate::span::Span;
use crate::syntax::{self, Argument, ValueKind};

impl<'a> Lowering<'a, '_, '_> {
    pub(super) fn target(
        &mut self,
        number: usize,
        step: &Step<'a>,
        scope: &Scope<'a, '_>,
    ) -> (Target, Vec<usize>) {
        let Some(target) = &step.syntax.target else {
            return (NO_TARGET, Vec::new());
        };
        match step.target {
            Some(Destination::State(state)) => {
                let (values, unset) = self.variables(number, step, state, target, scope);
                (Target::State(state, values), unset)
            }
            Some(Destination::Same) => {
                self.no_values_on_same(target);
                self.result_fits(step, None);
                (Target::Same, Vec::new())
            }
            None => (NO_TARGET, Vec::new()),
        }
    }

    /// Every variable of the target has exactly one source: the list after the target,
    /// an input of its name, or the result of the action. One without any has its
    /// default, which for an optional one is null: their indices stand beside the values.
    fn variables(
        &mut self,
        number: usize,
        step: &Step<'a>,
        id: StateId,
        target: &syntax::Target<'a>,
        scope: &Scope<'a, '_>,
    ) -> (Vec<Value>, Vec<usize>) {
        let Some(state) = self.graph.state(id) else {
            return (Vec::new(), Vec::new());
        };
        let (list, unclear) = self.listed(target, id);
        let supplies = self.result_fits(step, Some(id));
        let mut supplied = Vec::new();
        let mut missing = Vec::new();
        let mut values = Vec::new();
        let mut unset = Vec::new();
        for (index, variable) in state.variables.iter().enumerate() {
            let name = variable.syntax.name;
            let given = list.iter().find(|value| variable.is(value.name.text));
            values.push(match (given, scope.input(name.text)) {
                (Some(given), input) => {
                    let value = given.value.as_ref();
                    if let Some((_, input)) = input
                        && step.error_of.is_none()
                        && value.is_some_and(|value| value.kind != ValueKind::Input(name.text))
                    {
                        self.two_sources(given.name.span, input, name.text);
                    }
                    value.map_or(Value::Null, |value| self.value(value, variable, scope))
                }
                (None, Some((position, input))) => {
                    self.by_name(position, input, variable, step, target.state.span)
                }
                (None, None) if supplies => {
                    supplied.push(index);
                    Value::Result(name.text.to_string())
                }
                (None, None) => {
                    unset.push(index);
                    self.unset(id, index, variable).unwrap_or_else(|| {
                        missing.push(variable);
                        Value::Null
                    })
                }
            });
        }
        if supplies {
            self.supplied.push(Supplied {
                step: number,
                variables: supplied,
                unclear,
            });
        }
        if !unclear && !self.may_supply_more(step) {
            self.without_source(&missing, target, step);
        }
        (values, unset)
    }

    /// The values after a target, each once and for a variable that the state has, and
    /// whether there may be others.
    pub(super) fn listed<'t>(
        &mut self,
        target: &'t syntax::Target<'a>,
        id: StateId,
    ) -> (&'t [Argument<'a>], bool) {
        let listed = target.values.as_ref();
        self.given_once(listed);
        let list = listed.map_or(&[][..], |listed| &listed.list);
        let mut unclear = target.torn;
        for value in list {
            let state = self.graph.state(id);
            let known = state.is_some_and(|state| state.has(value.name.text));
            if !known {
                unclear = true;
                self.unknown_variable(value.name, suggested(value.value.as_ref()), id);
            }
        }
        (list, unclear)
    }

    /// Whether the action of a step is unknown, or the state whose variables it supplies.
    fn may_supply_more(&self, step: &Step<'a>) -> bool {
        step.action.as_ref().is_some_and(|used| {
            let action = used
                .action
                .and_then(|number| self.graph.actions.get(number));
            action.is_none_or(|action| action.syntax.result.is_some() && action.result.is_none())
        })
    }

    /// An input supplies the variable of its name.
    fn by_name(
        &mut self,
        position: usize,
        input: &Field<'a>,
        variable: &Field<'a>,
        step: &Step<'a>,
        target: Span,
    ) -> Value {
        let (Some(found), Some(ty)) = (&input.ty, &variable.ty) else {
            return Value::Null;
        };
        let span = if step.error_of.is_none() {
            input.syntax.name.span
        } else {
            target
        };
        self.fit(Value::Input(position), found, span, variable, ty)
    }

    /// `same` keeps all variables, so there is nothing to list.
    fn no_values_on_same(&mut self, target: &syntax::Target<'a>) {
        if let Some(values) = &target.values {
            self.diagnostics.report(
                Diagnostic::error(
                    Code::ValuesOnSame,
                    values.span,
                    "`same` keeps the variables as they are",
                )
                .label("cannot be set")
                .help("drop the list, or name the state instead of `same`"),
            );
        }
    }

    fn two_sources(&mut self, listed: Span, input: &Field<'a>, name: &str) {
        self.diagnostics.report(
            Diagnostic::error(
                Code::VariableWithTwoSources,
                listed,
                format!("the variable `{name}` has two sources"),
            )
            .label("this value")
            .related(input.syntax.name.span, "and the input of its name")
            .help("drop the value, or rename the input"),
        );
    }

    /// Whether every source has a variable of this name and type.
    fn kept(&self, variable: &Field<'a>, step: &Step<'a>) -> bool {
        let mut sources = step.sources.states.iter();
        let has = |id: &StateId| {
            let state = self.graph.state(*id);
            state.is_some_and(|state| {
                state
                    .variables
                    .iter()
                    .any(|own| own.is(variable.syntax.name.text) && own.ty == variable.ty)
            })
        };
        !step.sources.states.is_empty() && sources.all(has)
    }

    fn without_source(
        &mut self,
        missing: &[&Field<'a>],
        target: &syntax::Target<'a>,
        step: &Step<'a>,
    ) {
        let Some(first) = missing.first() else {
            return;
        };
        let state = target.state;
        let names: Vec<String> = missing
            .iter()
            .map(|variable| format!("`{}`", variable.syntax.name.text))
            .collect();
        let failed = step.error_of.is_some();
        let values = missing.iter().map(|variable| {
            let name = variable.syntax.name.text;
            match variable.ty {
                _ if self.kept(variable, step) => format!("{name}: source.{name}"),
                Some(Type::String) if failed => format!("{name}: failure"),
                _ => format!("{name}: .."),
            }
        });
        let values = values.collect::<Vec<_>>().join(", ");
        let mut mends = vec![match &target.values {
            Some(listed) if !listed.list.is_empty() => format!("add `{values}`"),
            _ => format!("write `{}({values})`", state.text),
        }];
        if !failed && step.fires_itself().is_none() {
            mends.push("declare an input of that name".into());
        }
        let runs = |other: &&Step<'a>| {
            let of = |step: &Step<'a>| step.action.as_ref().and_then(|used| used.action);
            of(other) == of(step)
        };
        if step.action.is_none() {
            mends.push("let an action supply it".into());
        } else if let Some(action) = step.action.as_ref().and_then(|used| used.call)
            && self.graph.steps.iter().filter(runs).count() == 1
        {
            let (action, state) = (action.name.text, state.text);
            mends.push(format!(
                "let the action supply it: `action {action} -> {state}`"
            ));
        }
        self.diagnostics.report(
            Diagnostic::error(
                Code::VariableWithoutSource,
                state.span,
                format!("nothing supplies {} of `{}`", names.join(", "), state.text),
            )
            .label("incomplete")
            .related(first.syntax.name.span, "declared here")
            .help(mends.join(", or ")),
        );
    }
}
