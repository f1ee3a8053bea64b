//! Variables, inputs, parameters, and their types.

use super::Node;
use super::docs::Docs;
use super::found::Found;
use super::habit;
use super::hint::{self, Begun};
use super::reader::{Reader, word};
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::grammar::Rule;
use crate::span::Span;
use crate::syntax::{Field, TYPES, Type, TypeKind, Value, Word};

/// What goes on after the name of a type in other languages.
const MORE: [&str; 3] = ["::", "|", "["];

impl<'a> Reader<'a, '_> {
    /// Reads `{ name: type, .. }` or `( .. )`.
    pub(super) fn fields(&mut self, node: Node<'a>) -> Vec<Field<'a>> {
        let mut fields = Vec::new();
        let mut docs = Docs::default();
        let mut stumbled = false;
        let mut opened = None;
        let mut variables = false;
        for inner in node.inner() {
            if self.doc(&inner, &mut docs) {
                continue;
            }
            let before = self.reported();
            let rule = inner.rule();
            match rule {
                Rule::open | Rule::paren => {
                    variables = rule == Rule::open;
                    opened = Some(inner.span());
                }
                Rule::field => {
                    fields.extend(self.field(inner, &mut docs, variables));
                    stumbled = false;
                }
                Rule::junk_entry | Rule::junk_after => {
                    let last = fields.last_mut();
                    let begun = last.as_ref().map(|field: &&mut Field<'_>| Begun::of(field));
                    if let Some(field) =
                        last.filter(|_| MORE.iter().any(|more| inner.text().starts_with(more)))
                    {
                        // It is more than the type of that name.
                        field.ty = None;
                    }
                    self.junk(inner, stumbled, |found| hint::field(rule, found, begun));
                }
                Rule::comma => stumbled = false,
                Rule::need_close if fields.is_empty() && self.is_nested(&inner) => {
                    self.expected_or(&inner, habit::nested);
                    self.nested += 1;
                }
                _ => self.expected_after(&inner, opened),
            }
            stumbled |= self.reported() > before;
        }
        self.no_docs(&mut docs);
        fields
    }

    /// Whether a state begins there.
    fn is_nested(&self, node: &Node<'a>) -> bool {
        let (_, span) = self.found(node.span().start);
        let found = Found {
            source: self.source,
            span,
        };
        habit::nested(found).is_some()
    }

    fn field(&mut self, node: Node<'a>, docs: &mut Docs, variable: bool) -> Option<Field<'a>> {
        let mut name = None;
        let mut was = Vec::new();
        let mut ty = None;
        let mut default = None;
        let mut no_colon = false;
        for inner in node.inner() {
            match inner.rule() {
                Rule::word => name = word(&inner),
                Rule::r#type => ty = self.ty(inner),
                Rule::was => was = self.was(inner),
                Rule::default if variable => default = Some(self.default(inner)),
                Rule::default => self.no_default(&inner),
                Rule::colon => {}
                rule => {
                    no_colon |= rule == Rule::need_colon;
                    let name = name.map(|name: Word<'_>| name.text);
                    self.expected_or(&inner, |found| hint::field_colon(rule, found, name));
                }
            }
        }
        if no_colon {
            (name, ty) = without_colon(name?, ty);
        }
        Some(Field {
            name: name?,
            was,
            docs: docs.take(),
            ty,
            default,
        })
    }

    fn default(&mut self, node: Node<'a>) -> Option<Value<'a>> {
        let mut value = None;
        for inner in node.inner() {
            match inner.rule() {
                Rule::value => value = self.value(inner),
                Rule::junk_value => self.skip(inner),
                Rule::equals => {}
                rule => self.expected_or(&inner, |found| hint::argument(rule, found, Some(""))),
            }
        }
        value
    }

    /// Only variables have defaults: callers give inputs and parameters.
    fn no_default(&mut self, node: &Node<'a>) {
        let place = node.span();
        self.diagnostics.report(
            Diagnostic::error(
                Code::MisplacedDefault,
                place,
                "only variables have defaults",
            )
            .label("always given")
            .help(format!("drop `{}`", place.text(self.source))),
        );
    }

    fn ty(&mut self, node: Node<'a>) -> Option<Type<'a>> {
        let mut ty: Option<Type<'a>> = None;
        for inner in node.inner() {
            let place = inner.span();
            match inner.rule() {
                Rule::word => {
                    ty = Some(Type {
                        kind: TypeKind::Named(inner.text()),
                        span: place,
                    });
                }
                Rule::string => {
                    let path = self.string(inner);
                    ty = Some(Type {
                        kind: path.map_or(TypeKind::Broken, TypeKind::Rust),
                        span: place,
                    });
                }
                Rule::generic => {
                    ty = Some(Type {
                        kind: self.generic(inner)?,
                        span: place,
                    });
                }
                Rule::question => ty = ty.map(|inner| optional(inner, place)),
                _ => self.expected(&inner),
            }
        }
        ty
    }

    fn generic(&mut self, node: Node<'a>) -> Option<TypeKind<'a>> {
        let mut name: Option<Word<'a>> = None;
        let mut arguments = Vec::new();
        for inner in node.inner() {
            match inner.rule() {
                Rule::word => name = word(&inner),
                Rule::r#type => arguments.push(self.ty(inner)),
                Rule::need_type => {
                    self.expected(&inner);
                    arguments.push(None);
                }
                _ => self.expected(&inner),
            }
        }
        Some(TypeKind::Generic(name?, arguments))
    }
}

/// What two words side by side are: the type may stand first, and what is no type is not
/// called one.
fn without_colon<'a>(name: Word<'a>, ty: Option<Type<'a>>) -> (Option<Word<'a>>, Option<Type<'a>>) {
    let word = match &ty {
        Some(Type {
            kind: TypeKind::Named(text),
            span,
        }) if !TYPES.contains(text) => Word { text, span: *span },
        _ => return (Some(name), ty),
    };
    if TYPES.contains(&name.text) {
        let ty = Type {
            kind: TypeKind::Named(name.text),
            span: name.span,
        };
        (Some(word), Some(ty))
    } else {
        (Some(name), None)
    }
}

/// `T?`. What is optional twice already stays so, however many `?` follow.
fn optional(inner: Type<'_>, question: Span) -> Type<'_> {
    let span = inner.span.to(question);
    let twice = matches!(&inner.kind, TypeKind::Optional(once) if matches!(once.kind, TypeKind::Optional(_)));
    let kind = if twice {
        inner.kind
    } else {
        TypeKind::Optional(Box::new(inner))
    };
    Type { kind, span }
}
