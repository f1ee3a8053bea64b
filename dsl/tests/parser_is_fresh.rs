//! The checked-in parser is what `pest_generator` makes of the grammar.

use proc_macro2::TokenStream;
use std::path::Path;
use syn::visit::Visit;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ItemFn, ItemMod, LitStr, Stmt, parse_quote};

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
    Lean::default().visit_file_mut(&mut file);
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

/// Writes the rules so that they cost little to compile, which every user of the macro pays
/// for: a closure is a type of its own, for which each of pest's combinators is compiled
/// anew. What the rules do stays the same.
///
/// - `|state| { rule(state) }` becomes `rule`.
/// - Other closures become functions of one type: see `step` in `src/generated.rs`.
/// - Rules that are one word or one sign share the code for that: see `keyword` and `sign`.
#[derive(Default)]
struct Lean {
    /// Whether this is in the module of the rules.
    rules: bool,
}

impl VisitMut for Lean {
    fn visit_item_mod_mut(&mut self, module: &mut ItemMod) {
        let outer = std::mem::replace(&mut self.rules, true);
        visit_mut::visit_item_mod_mut(self, module);
        self.rules = outer;
    }

    fn visit_item_fn_mut(&mut self, function: &mut ItemFn) {
        match shared(function) {
            Some(body) if self.rules => function.block.stmts = vec![Stmt::Expr(body, None)],
            _ => visit_mut::visit_item_fn_mut(self, function),
        }
    }

    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        visit_mut::visit_expr_mut(self, expression);
        if let Some(function) = called(expression) {
            *expression = function;
        } else if self.rules && matches!(expression, Expr::Closure(_)) {
            *expression = parse_quote! { crate::generated::step(#expression) };
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

/// The short form of a rule that is nothing but a word or a sign.
fn shared(function: &ItemFn) -> Option<Expr> {
    let name = &function.sig.ident;
    let text = Text::of(&function.block)?;
    let words = [
        format!("{name} = @{{ {text:?} ~ !ident_char }}"),
        format!("{name} = {{ {text:?} }}"),
    ];
    let grammar = include_str!("../src/grammar.pest");
    let [word, sign] = words.map(|rule| {
        let rule = rule.replace("r#", "");
        let plain = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        grammar.lines().any(|line| plain(line) == rule)
    });
    match (word, sign) {
        (true, _) => Some(parse_quote! {
            crate::generated::keyword(state, Rule::#name, #text, self::ident_char)
        }),
        (_, true) => Some(parse_quote! { crate::generated::sign(state, Rule::#name, #text) }),
        _ => None,
    }
}

/// Finds the only text that a rule matches.
#[derive(Default)]
struct Text(Vec<String>);

impl Text {
    fn of(block: &Block) -> Option<String> {
        let mut text = Text::default();
        text.visit_block(block);
        match text.0.as_mut_slice() {
            [only] => Some(std::mem::take(only)),
            _ => None,
        }
    }
}

impl<'a> Visit<'a> for Text {
    fn visit_lit_str(&mut self, literal: &'a LitStr) {
        self.0.push(literal.value());
    }
}
