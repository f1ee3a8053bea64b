//! Variables, inputs, parameters, and their types.

use super::Node;
use super::docs::Docs;
use super::hint;
use super::reader::{Reader, span, word};
use crate::generated::parser::Rule;
use crate::span::Span;
use crate::syntax::{Field, Type, TypeKind, Word};

impl<'a> Reader<'a, '_> {
    /// Reads `{ name: type, .. }` or `( .. )`.
    pub(super) fn fields(&mut self, node: Node<'a>) -> Vec<Field<'a>> {
        let mut fields = Vec::new();
        let mut docs = Docs::default();
        let mut stumbled = false;
        let mut opened = None;
        let mut variables = false;
        for inner in node.into_inner() {
            if self.doc(&inner, &mut docs) {
                continue;
            }
            let before = self.reported();
            let rule = inner.as_rule();
            match rule {
                Rule::open | Rule::paren => {
                    variables = rule == Rule::open;
                    opened = Some(span(&inner));
                }
                Rule::field => {
                    fields.extend(self.field(inner, &mut docs));
                    stumbled = false;
                }
                Rule::junk_entry | Rule::junk_after => {
                    let last = fields.last().map(|field: &Field<'_>| field.name.text);
                    self.junk(inner, stumbled, |found| {
                        hint::field(rule, found, variables, last)
                    });
                }
                Rule::comma => stumbled = false,
                _ => self.expected_after(&inner, opened),
            }
            stumbled |= self.reported() > before;
        }
        self.no_docs(&mut docs);
        fields
    }

    fn field(&mut self, node: Node<'a>, docs: &mut Docs) -> Option<Field<'a>> {
        let mut name = None;
        let mut ty = None;
        for inner in node.into_inner() {
            match inner.as_rule() {
                Rule::word => name = word(&inner),
                Rule::r#type => ty = self.ty(inner),
                Rule::later_was => self.later(inner),
                rule => {
                    let name = name.map(|name: Word<'_>| name.text);
                    self.expected_or(&inner, |found| hint::field_colon(rule, found, name));
                }
            }
        }
        Some(Field {
            name: name?,
            docs: docs.take(),
            ty,
        })
    }

    fn ty(&mut self, node: Node<'a>) -> Option<Type<'a>> {
        let mut ty: Option<Type<'a>> = None;
        for inner in node.into_inner() {
            let place = span(&inner);
            match inner.as_rule() {
                Rule::word => {
                    ty = Some(Type {
                        kind: TypeKind::Named(inner.as_str()),
                        span: place,
                    });
                }
                Rule::string => {
                    if self.string(inner).is_some() {
                        self.not_in_this_version(place, "quoted Rust types");
                    }
                    ty = Some(Type {
                        kind: TypeKind::Broken,
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
        for inner in node.into_inner() {
            match inner.as_rule() {
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
