//! The checked-in parser is what `pest_generator` makes of the grammar.

use proc_macro2::TokenStream;
use std::path::Path;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, Stmt};

/// What stands above the generated code.
const HEAD: &str = "\
// Made from `grammar.pest`. After an edit there:
// UPDATE_PARSER=1 cargo test -p inflight-dsl --test parser_is_fresh

";

#[test]
fn parser_is_fresh() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let grammar = std::fs::read_to_string(root.join("src/grammar.pest")).unwrap();
    let input: TokenStream = format!("#[grammar_inline = {grammar:?}] pub(crate) struct Grammar;")
        .parse()
        .unwrap();
    let output = pest_generator::derive_parser(input, false);
    let declaration: TokenStream = "pub(crate) struct Grammar;".parse().unwrap();
    let mut file = syn::parse2(declaration.into_iter().chain(output).collect()).unwrap();
    Plain.visit_file_mut(&mut file);
    let fresh = format!("{HEAD}{}", prettyplease::unparse(&file))
        .replace("pub enum Rule", "pub(crate) enum Rule")
        .replace("pub mod rules", "pub(super) mod rules");

    let path = root.join("src/generated/parser.rs");
    if std::env::var_os("UPDATE_PARSER").is_some() {
        std::fs::write(&path, &fresh).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept.replace("\r\n", "\n") == fresh,
        "the parser does not match `grammar.pest`: run with UPDATE_PARSER=1"
    );
}

/// Writes `|state| { rule(state) }` as `rule`: a closure is a type of its own, for which
/// pest's combinators are compiled anew, and most closures are nothing but calls.
struct Plain;

impl VisitMut for Plain {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        visit_mut::visit_expr_mut(self, expression);
        if let Some(function) = called(expression) {
            *expression = function;
        }
    }
}

/// The function that a closure calls with its only argument, if it does nothing else.
fn called(expression: &Expr) -> Option<Expr> {
    let Expr::Closure(closure) = expression else {
        return None;
    };
    let Expr::Block(body) = &*closure.body else {
        return None;
    };
    match body.block.stmts.as_slice() {
        [Stmt::Expr(Expr::Call(call), None)] if call.args.len() == 1 => Some((*call.func).clone()),
        _ => None,
    }
}
