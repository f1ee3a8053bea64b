//! What variables are where nothing sets them, and what records of retired states load
//! as.

use super::scope::Scope;
use super::value::meant;
use super::{Lowering, name};
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::model::{RetiredState, StateId, Type, Value};
use crate::resolve::graph::{self, Field};
use crate::resolve::names::unknown;
use crate::syntax::{ValueKind, Word};

impl<'a> Lowering<'a, '_, '_> {
    /// The value after `=`: a literal of the variable's type.
    pub(super) fn default(&mut self, variable: &Field<'a>) -> Option<Value> {
        let value = variable.syntax.default.as_ref()?.as_ref()?;
        if let ValueKind::Input(_) | ValueKind::Source(_) | ValueKind::Failure = value.kind {
            let name = variable.syntax.name.text;
            let meant = match (&value.kind, &variable.ty) {
                (ValueKind::Input(text), Some(ty)) => meant(text, ty, false),
                _ => None,
            };
            let wrong = Diagnostic::error(
                Code::DefaultNotLiteral,
                value.span,
                format!("the default of `{name}` is not a literal"),
            )
            .label("known only later");
            self.diagnostics.report(match (meant, &value.kind) {
                (Some(meant), _) => wrong.replace_by(meant),
                (None, ValueKind::Input(text)) if variable.ty == Some(Type::String) => {
                    wrong.help(format!("put text in double quotes: `\"{text}\"`"))
                }
                _ => wrong.help(format!(
                    "write a literal, or give the value where a transition leads: \
                     `-> STATE({name}: ..)`"
                )),
            });
            return None;
        }
        Some(self.value(value, variable, &Scope::of_literals()))
    }

    /// What a variable is that nothing sets, if it may be unset.
    pub(super) fn unset(
        &self,
        state: StateId,
        index: usize,
        variable: &Field<'a>,
    ) -> Option<Value> {
        let lowered = self.states.get(state.0)?.variables.get(index)?;
        let may_be_unset = variable.syntax.default.is_some()
            || matches!(variable.ty, None | Some(Type::Optional(_)));
        let null = may_be_unset.then_some(Value::Null);
        lowered.default.clone().or(null)
    }

    /// What records of a retired state load as: every variable of the target has one
    /// source.
    pub(super) fn retired_state(&mut self, retired: &graph::RetiredState<'a>) -> RetiredState {
        let variables = self.variables_of(&retired.variables);
        let target = retired.target;
        let values = target.map(|target| self.values_of_retired(retired, target));
        RetiredState {
            name: name(Some(retired.syntax.name)),
            docs: retired.syntax.docs.clone(),
            variables,
            target: target.unwrap_or(StateId(0)),
            values: values.unwrap_or_default(),
        }
    }

    fn values_of_retired(&mut self, retired: &graph::RetiredState<'a>, id: StateId) -> Vec<Value> {
        let (Some(state), Some(target)) = (self.graph.state(id), &retired.syntax.target) else {
            return Vec::new();
        };
        let scope = Scope::retired(retired);
        let (list, unclear) = self.listed(target, id);
        let mut missing = Vec::new();
        let mut values = Vec::new();
        for (index, variable) in state.variables.iter().enumerate() {
            let given = list.iter().find(|value| variable.is(value.name.text));
            values.push(match given {
                Some(given) => given
                    .value
                    .as_ref()
                    .map_or(Value::Null, |value| self.value(value, variable, &scope)),
                None => self.unset(id, index, variable).unwrap_or_else(|| {
                    missing.push(variable.syntax.name);
                    Value::Null
                }),
            });
        }
        if let Some(first) = missing.first()
            && !unclear
        {
            self.retired_lacks(retired, target.state, &missing, *first);
        }
        values
    }

    fn retired_lacks(
        &mut self,
        retired: &graph::RetiredState<'a>,
        target: Word<'a>,
        missing: &[Word<'a>],
        first: Word<'a>,
    ) {
        let names: Vec<String> = missing
            .iter()
            .map(|name| format!("`{}`", name.text))
            .collect();
        let values: Vec<String> = missing
            .iter()
            .map(|name| {
                let had = retired
                    .variables
                    .iter()
                    .any(|variable| variable.is(name.text));
                let value = if had {
                    format!("source.{}", name.text)
                } else {
                    "..".into()
                };
                format!("{}: {value}", name.text)
            })
            .collect();
        self.diagnostics.report(
            Diagnostic::error(
                Code::VariableWithoutSource,
                target.span,
                format!("nothing supplies {} of `{}`", names.join(", "), target.text),
            )
            .label("incomplete")
            .related(first.span, "declared here")
            .help(format!(
                "add `{}`; `source.NAME` is a variable that `{}` is declared with here",
                values.join(", "),
                retired.syntax.name.text
            )),
        );
    }

    /// What loads a record has no inputs.
    pub(super) fn no_input(&mut self, word: Word<'a>, retired: &graph::RetiredState<'a>) {
        let name = word.text;
        let had = retired.variables.iter().any(|variable| variable.is(name));
        let help = if had {
            format!("write `source.{name}`")
        } else {
            "write a literal, or `source.NAME` with a variable of the retired state".into()
        };
        self.diagnostics.report(
            Diagnostic::error(
                Code::UnknownInput,
                word.span,
                format!("there is no input `{name}` where a record is loaded"),
            )
            .label("not an input")
            .help(help),
        );
    }

    /// `source.NAME` is a variable that the retired state is declared with.
    pub(super) fn retired_variable(
        &mut self,
        word: Word<'a>,
        retired: &graph::RetiredState<'a>,
    ) -> Option<Type> {
        let state = retired.syntax.name.text;
        let found = retired
            .variables
            .iter()
            .find(|variable| variable.is(word.text));
        if found.is_none() {
            unknown(
                Code::UnknownVariable,
                word,
                format!(
                    "the retired state `{state}` is declared without `{}`",
                    word.text
                ),
                retired
                    .variables
                    .iter()
                    .map(|variable| variable.syntax.name.text),
                format!("write `retired state {state} {{ {}: TYPE }}`", word.text),
                &self.file.skipped,
                self.diagnostics,
            );
        }
        found?.ty.clone()
    }
}
