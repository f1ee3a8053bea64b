//! Arguments of actions and guards, and the inputs given by `on error fire`.

use super::Lowering;
use super::scope::Scope;
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::model::Value;
use crate::resolve::graph::Field;
use crate::resolve::names::unknown;
use crate::resolve::types::suggested;
use crate::span::Span;
use crate::syntax::{Arguments, Call};
use std::collections::HashMap;

impl<'a> Lowering<'a, '_, '_> {
    /// One value for each parameter, in their order: each is given once, and nothing
    /// else is.
    pub(super) fn arguments(
        &mut self,
        call: &Call<'a>,
        parameters: &[Field<'a>],
        what: &str,
        scope: &Scope<'a, '_>,
    ) -> Vec<Value> {
        let given = call.arguments.as_ref();
        let list = given.map_or(&[][..], |given| &given.list);
        self.given_once(given);
        for argument in list {
            if !parameters.iter().any(|known| known.is(argument.name.text)) {
                let declare = format!(
                    "drop it, or add `{}: {}` to the {what}",
                    argument.name.text,
                    suggested(argument.value.as_ref())
                );
                unknown(
                    Code::UnknownParameter,
                    argument.name,
                    format!("the {what} takes no `{}`", argument.name.text),
                    parameters.iter().map(|known| known.syntax.name.text),
                    declare,
                    &self.file.skipped,
                    self.diagnostics,
                );
            }
        }
        let mut missing = Vec::new();
        let values = parameters
            .iter()
            .map(|parameter| {
                let given = list
                    .iter()
                    .find(|argument| parameter.is(argument.name.text));
                match given {
                    Some(argument) => argument
                        .value
                        .as_ref()
                        .map_or(Value::Null, |value| self.value(value, parameter, scope)),
                    None => {
                        missing.push(parameter);
                        Value::Null
                    }
                }
            })
            .collect();
        let unclear = given.is_some_and(|given| {
            given.torn
                || given
                    .list
                    .iter()
                    .any(|argument| !parameters.iter().any(|known| known.is(argument.name.text)))
        });
        if !unclear {
            self.missing(&missing, what, call);
        }
        values
    }

    /// No value is given twice.
    pub(super) fn given_once(&mut self, given: Option<&Arguments<'a>>) {
        let mut seen: HashMap<&str, Span> = HashMap::new();
        for argument in given.into_iter().flat_map(|given| &given.list) {
            let name = argument.name;
            match seen.get(name.text) {
                Some(first) => self.diagnostics.report(
                    Diagnostic::error(
                        Code::DuplicateArgument,
                        name.span,
                        format!("`{}` is given twice", name.text),
                    )
                    .label("the second")
                    .related(*first, "the first")
                    .help("drop one of them"),
                ),
                None => {
                    seen.insert(name.text, name.span);
                }
            }
        }
    }

    fn missing(&mut self, missing: &[&Field<'a>], what: &str, call: &Call<'a>) {
        let Some(first) = missing.first() else {
            return;
        };
        let names: Vec<String> = missing
            .iter()
            .map(|parameter| format!("`{}`", parameter.syntax.name.text))
            .collect();
        let example: Vec<String> = missing
            .iter()
            .map(|parameter| format!("{}: ..", parameter.syntax.name.text))
            .collect();
        self.diagnostics.report(
            Diagnostic::error(
                Code::MissingArgument,
                call.name.span,
                format!("the {what} is not given {}", names.join(", ")),
            )
            .label("incomplete")
            .related(first.syntax.name.span, "declared here")
            .help(match &call.arguments {
                Some(given) if !given.list.is_empty() => format!("add `{}`", example.join(", ")),
                _ => format!("write `{}({})`", call.name.text, example.join(", ")),
            }),
        );
    }
}
