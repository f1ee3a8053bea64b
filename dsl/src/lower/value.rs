//! Values and their types.

use super::Lowering;
use super::scope::Scope;
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::model::{StateId, StateKind, Type, Value};
use crate::resolve::graph::{self, Field};
use crate::resolve::names::unknown;
use crate::span::Span;
use crate::syntax::{self, ValueKind, Word};

impl<'a> Lowering<'a, '_, '_> {
    /// Gives a value the type that is wanted, or reports why it cannot have it.
    pub(super) fn value(
        &mut self,
        value: &syntax::Value<'a>,
        wanted: &Field<'a>,
        scope: &Scope<'a, '_>,
    ) -> Value {
        let Some(ty) = &wanted.ty else {
            return Value::Null;
        };
        let literal = |found: Type, value: Value| Some((found, value));
        let lowered = match &value.kind {
            ValueKind::Broken => None,
            ValueKind::Null => {
                if !matches!(ty, Type::Optional(_)) {
                    self.mismatch(None, value.span, wanted, ty);
                }
                None
            }
            ValueKind::Bool(bool) => literal(Type::Bool, Value::Bool(*bool)),
            ValueKind::String(text) => literal(Type::String, Value::String(text.clone())),
            ValueKind::Duration(length) => literal(Type::Duration, Value::Duration(*length)),
            ValueKind::Int(int) if wants(ty, &Type::Float) => {
                literal(Type::Float, Value::Float(*int as f64))
            }
            ValueKind::Int(int) => literal(Type::Int, Value::Int(*int)),
            ValueKind::Large(_) if wants(ty, &Type::Int) => {
                self.too_large(value.span);
                None
            }
            ValueKind::Large(float) => literal(Type::Float, Value::Float(*float)),
            ValueKind::Float(float) => literal(Type::Float, Value::Float(*float)),
            ValueKind::Failure => {
                if scope.failed {
                    literal(Type::String, Value::Failure)
                } else {
                    self.misplaced_failure(value.span);
                    None
                }
            }
            ValueKind::Input(name) => match scope.input(name) {
                Some((position, input)) => input
                    .ty
                    .clone()
                    .map(|found| (found, Value::Input(position))),
                None => {
                    let word = Word {
                        text: name,
                        span: value.span,
                    };
                    match scope.retired {
                        Some(state) => self.no_input(word, state),
                        None => self.unknown_input(word, ty, scope),
                    }
                    None
                }
            },
            ValueKind::Source(name) => {
                let found = match scope.retired {
                    Some(state) => {
                        let word = Word {
                            text: name,
                            span: value.span,
                        };
                        self.retired_variable(word, state)
                    }
                    None => self.source_variable(name, value.span, scope),
                };
                found.map(|found| (found, Value::SourceVariable((*name).to_string())))
            }
        };
        match lowered {
            Some((found, lowered)) => self.fit(lowered, &found, value.span, wanted, ty),
            None => Value::Null,
        }
    }

    /// A value has the type that is wanted, or is a `T` for a `T?`.
    pub(super) fn fit(
        &mut self,
        value: Value,
        found: &Type,
        span: Span,
        wanted: &Field<'a>,
        ty: &Type,
    ) -> Value {
        match ty {
            _ if ty == found => value,
            Type::Optional(inner) if **inner == *found => Value::Some(Box::new(value)),
            _ => {
                self.mismatch(Some(found), span, wanted, ty);
                Value::Null
            }
        }
    }

    /// `found` is `None` for `null`.
    fn mismatch(&mut self, found: Option<&Type>, span: Span, wanted: &Field<'a>, ty: &Type) {
        let name = wanted.syntax.name;
        let what = match found {
            Some(found) => format!("this has type `{}`", found),
            None => "which cannot be null".into(),
        };
        let help = match found {
            None => format!("give it a value, or declare `{}: {}?`", name.text, ty),
            Some(Type::Optional(inner)) if **inner == *ty => {
                format!("it may be null: declare `{}: {}?`", name.text, ty)
            }
            Some(_) => format!("{}, or declare another type", example(ty)),
        };
        self.diagnostics.report(
            Diagnostic::error(
                Code::WrongType,
                span,
                format!("`{}` has type `{}`, {what}", name.text, ty),
            )
            .label("wrong type")
            .related(name.span, "declared here")
            .help(help),
        );
    }

    /// An `int` has 64 bits.
    fn too_large(&mut self, span: Span) {
        self.diagnostics.report(
            Diagnostic::error(
                Code::OutOfRange,
                span,
                "this number is too large for an `int`",
            )
            .label("too large")
            .help(format!(
                "an `int` lies between {} and {}; declare a `float` for more",
                i64::MIN,
                i64::MAX
            )),
        );
    }

    /// `failure` is what a failure leads to may use, and nothing else.
    fn misplaced_failure(&mut self, span: Span) {
        self.diagnostics.report(
            Diagnostic::error(
                Code::MisplacedFailure,
                span,
                "nothing has failed where callers fire this transition",
            )
            .label("no failure here")
            .help("declare an input, and pass it: `on error fire NAME(input: failure)`"),
        );
    }

    /// A word as a value is an input.
    fn unknown_input(&mut self, word: Word<'a>, wanted: &Type, scope: &Scope<'a, '_>) {
        let name = word.text;
        let message = format!("this transition has no input `{name}`");
        if self.every_source_has(name, scope) {
            self.diagnostics.report(
                Diagnostic::error(Code::UnknownInput, word.span, message)
                    .label("a variable of the source, not an input")
                    .help(format!("write `source.{name}`")),
            );
            return;
        }
        if let Some(meant) = meant(name, wanted, scope.failed) {
            self.diagnostics.report(
                Diagnostic::error(Code::UnknownInput, word.span, message)
                    .label("unknown")
                    .replace_by(meant),
            );
            return;
        }
        let inputs = scope.fired.map_or(&[][..], |step| &step.inputs);
        let mut mends = Vec::new();
        if let Some(step) = scope.fired {
            let input = format!("{name}: {}", wanted);
            mends.push(if inputs.is_empty() {
                format!("declare `transition {}({input})`", step.name())
            } else {
                format!("add `{input}` to the inputs of `{}`", step.name())
            });
        }
        if wants(wanted, &Type::String) {
            mends.push(format!("put text in double quotes: `\"{name}\"`"));
        } else if mends.is_empty() {
            mends.push(example(wanted));
        }
        unknown(
            Code::UnknownInput,
            word,
            message,
            inputs.iter().map(|input| input.syntax.name.text),
            mends.join(", or "),
            &self.file.skipped,
            self.diagnostics,
        );
    }

    fn every_source_has(&self, name: &str, scope: &Scope<'a, '_>) -> bool {
        let mut sources = scope.sources.iter().map(|id| self.graph.state(*id));
        let has = |state: &graph::State<'_>| state.has(name);
        !scope.sources.is_empty() && sources.all(|state| state.is_some_and(has))
    }

    /// `source.VAR` is a variable that every source has, with one type.
    fn source_variable(
        &mut self,
        name: &'a str,
        span: Span,
        scope: &Scope<'a, '_>,
    ) -> Option<Type> {
        let graph = self.graph;
        let mut first: Option<(&Field<'a>, StateId)> = None;
        for id in scope.sources {
            let state = graph.state(*id)?;
            match (
                state.variables.iter().find(|variable| variable.is(name)),
                first,
            ) {
                (Some(variable), None) => first = Some((variable, *id)),
                (Some(variable), Some((before, _))) => {
                    if let (Some(one), Some(other)) = (&variable.ty, &before.ty)
                        && one != other
                    {
                        self.diagnostics.report(
                            Diagnostic::error(
                                Code::SourceVariable,
                                span,
                                format!("`{name}` has different types in the sources"),
                            )
                            .label("of which type?")
                            .related(before.syntax.name.span, format!("`{}` here", other))
                            .related(variable.syntax.name.span, format!("`{}` here", one))
                            .help("split the transition, one for each type"),
                        );
                        return None;
                    }
                }
                (None, _) => {
                    self.not_in_every_source(Word { text: name, span }, scope);
                    return None;
                }
            }
        }
        first
            .filter(|_| scope.complete)
            .and_then(|(variable, _)| variable.ty.clone())
    }

    /// Some sources, or all of them, lack a variable. The initial state has none, and no
    /// advice is given to add one to it.
    fn not_in_every_source(&mut self, word: Word<'a>, scope: &Scope<'a, '_>) {
        const SHOWN: usize = 8;
        let name = word.text;
        let initial = |state: &graph::State<'_>| state.kind() == StateKind::Initial;
        let sources = scope.sources.iter();
        let states = sources.filter_map(|id| Some((*id, self.graph.state(*id)?)));
        let (having, lacking): (Vec<_>, Vec<_>) = states.partition(|(_, state)| state.has(name));
        if having.is_empty() {
            let other = lacking.iter().find(|(_, state)| !initial(state));
            if let Some((id, _)) = other.or(lacking.first()) {
                self.unknown_variable(word, "TYPE", *id);
            }
            return;
        }
        let shown = |states: &[(StateId, &graph::State<'_>)], quote: &str, between: &str| {
            let names = states.iter().take(SHOWN);
            let names = names.map(|(_, state)| format!("{quote}{}{quote}", state.name()));
            let more = (states.len() > SHOWN).then(|| "..".to_string());
            names.chain(more).collect::<Vec<_>>().join(between)
        };
        let lack = shown(&lacking, "`", ", ");
        let message = match lacking.as_slice() {
            [_] => format!("the source {lack} has no variable `{name}`"),
            _ => format!("the sources {lack} have no variable `{name}`"),
        };
        let only = format!(
            "name only sources that have it: `{}`",
            shown(&having, "", " | ")
        );
        let help = if lacking.iter().any(|(_, state)| initial(state)) {
            only
        } else {
            format!("give {lack} the variable, or {only}")
        };
        let report = Diagnostic::error(Code::SourceVariable, word.span, message)
            .label("not in every source");
        let places = lacking.iter().filter_map(|(_, state)| state.syntax.name);
        let report = places.take(SHOWN).fold(report, |report, state| {
            report.related(state.span, format!("`{}` lacks it", state.text))
        });
        self.diagnostics.report(report.help(help));
    }

    /// A state has no such variable; `ty` is the type to suggest for it.
    pub(super) fn unknown_variable(&mut self, word: Word<'a>, ty: &str, state: StateId) {
        let name = word.text;
        let Some(owner) = self.graph.state(state) else {
            return;
        };
        let declare = match owner.kind() {
            StateKind::Initial => "drop it: the initial state has no variables".into(),
            _ => format!("add `{name}: {ty}` to the state `{}`", owner.name()),
        };
        unknown(
            Code::UnknownVariable,
            word,
            format!("the state `{}` has no variable `{name}`", owner.name()),
            owner
                .variables
                .iter()
                .map(|variable| variable.syntax.name.text),
            declare,
            &self.file.skipped,
            self.diagnostics,
        );
    }
}

/// What is called so elsewhere, where a value of this type is wanted.
pub(super) fn meant(name: &str, wanted: &Type, failed: bool) -> Option<&'static str> {
    let is_bool = wants(wanted, &Type::Bool);
    match name {
        "None" | "none" | "nil" | "NULL" | "Null" | "undefined" | "nothing"
            if matches!(wanted, Type::Optional(_)) =>
        {
            Some("null")
        }
        "yes" | "Yes" | "YES" | "True" | "TRUE" | "on" if is_bool => Some("true"),
        "no" | "No" | "NO" | "False" | "FALSE" | "off" if is_bool => Some("false"),
        "error" | "err" | "exception" if failed && wants(wanted, &Type::String) => Some("failure"),
        _ => None,
    }
}

/// Whether a `T` or a `T?` is wanted.
fn wants(ty: &Type, inner: &Type) -> bool {
    match ty {
        Type::Optional(optional) => **optional == *inner,
        _ => ty == inner,
    }
}

/// What to write for a value of a type.
fn example(ty: &Type) -> String {
    match ty {
        Type::Optional(inner) => format!("{}, or `null`", example(inner)),
        Type::Bool => "give `true`, `false` or another `bool`".into(),
        Type::Int => "give an `int` such as `10`".into(),
        Type::Float => "give a `float` such as `0.5`".into(),
        Type::String => "give a `string` in double quotes".into(),
        Type::Duration => "give a `duration` such as `30s`".into(),
        Type::Bytes
        | Type::Json
        | Type::Timestamp
        | Type::List(_)
        | Type::Map(_)
        | Type::Rust(_) => {
            format!("give an input of type `{}`", ty)
        }
    }
}
