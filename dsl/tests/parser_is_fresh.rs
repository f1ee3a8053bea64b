//! The checked-in table of rules is what the grammar says.
#![allow(clippy::panic, reason = "helpers of tests")]

use pest_meta::ast::RuleType;
use pest_meta::optimizer::{OptimizedExpr, OptimizedRule};
use std::path::Path;

/// What stands above the rules.
const HEAD: &str = "\
// Made from `grammar.pest`. After an edit there:
// UPDATE_PARSER=1 cargo test -p inflight-dsl --test parser_is_fresh

use super::Kind::{self, Atomic, Compound, Normal, Silent};
use super::Part::{self, Ahead, All, By, End, First, Letters, Many, Maybe, Not, Text, Until};
use super::builtin::*;
use Rule::*;
";

#[test]
fn parser_is_fresh() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let grammar = std::fs::read_to_string(root.join("src/grammar.pest")).unwrap();
    let (_, rules) = pest_meta::parse_and_optimize(&grammar).unwrap();
    let fresh = format!("{HEAD}\n{}\n{}", names(&rules), table(&rules));

    let path = root.join("src/grammar/rules.rs");
    if std::env::var_os("UPDATE_PARSER").is_some() {
        std::fs::write(&path, &fresh).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept.replace("\r\n", "\n") == fresh,
        "the parser does not match `grammar.pest`: run with UPDATE_PARSER=1"
    );
}

fn names(rules: &[OptimizedRule]) -> String {
    let names: String = rules
        .iter()
        .map(|rule| format!("    {},\n", name(&rule.name)))
        .collect();
    format!(
        "/// The name of a rule.\n\
         #[allow(non_camel_case_types, clippy::upper_case_acronyms)]\n\
         #[derive(Clone, Copy, Debug, PartialEq, Eq)]\n\
         pub(crate) enum Rule {{\n    EOI,\n{names}}}\n"
    )
}

fn table(rules: &[OptimizedRule]) -> String {
    let count = rules.len() + 1;
    let rules: String = rules
        .iter()
        .map(|rule| {
            let kind = match rule.ty {
                RuleType::Normal => "Normal",
                RuleType::Silent => "Silent",
                RuleType::Atomic => "Atomic",
                RuleType::CompoundAtomic => "Compound",
                RuleType::NonAtomic => panic!("`{}`: there is no such kind", rule.name),
            };
            format!("    ({kind}, {}), // {}\n", part(&rule.expr), rule.name)
        })
        .collect();
    format!(
        "/// The rules, in the order of their names.\n\
         pub(super) static RULES: [(Kind, Part); {count}] = [\n    (Normal, End), // EOI\n{rules}];\n"
    )
}

/// The name of a rule, as Rust.
fn name(rule: &str) -> &str {
    match rule {
        "type" => "r#type",
        _ => rule,
    }
}

/// A part of a rule, as Rust.
fn part(expression: &OptimizedExpr) -> String {
    match expression {
        OptimizedExpr::Str(text) => format!("Text({text:?})"),
        OptimizedExpr::Insens(text) => format!("Letters({text:?})"),
        OptimizedExpr::Skip(texts) => format!("Until(&{texts:?})"),
        // The names of what is built in are capitals.
        OptimizedExpr::Ident(rule) if rule == "EOI" || rule.contains(char::is_lowercase) => {
            format!("By({})", name(rule))
        }
        OptimizedExpr::Ident(builtin) => builtin.clone(),
        OptimizedExpr::Seq(..) => format!("All(&[{}])", parts(expression)),
        OptimizedExpr::Choice(..) => format!("First(&[{}])", parts(expression)),
        OptimizedExpr::Opt(inner) => format!("Maybe(&{})", part(inner)),
        OptimizedExpr::Rep(inner) => format!("Many(&{})", part(inner)),
        OptimizedExpr::PosPred(inner) => format!("Ahead(&{})", part(inner)),
        OptimizedExpr::NegPred(inner) => format!("Not(&{})", part(inner)),
        other => panic!("the parser does not know this: {other:?}"),
    }
}

/// The parts of a sequence or choice, which pest nests.
fn parts(expression: &OptimizedExpr) -> String {
    let mut parts = Vec::new();
    let mut rest = expression;
    loop {
        rest = match (expression, rest) {
            (OptimizedExpr::Seq(..), OptimizedExpr::Seq(first, others))
            | (OptimizedExpr::Choice(..), OptimizedExpr::Choice(first, others)) => {
                parts.push(part(first));
                others
            }
            (_, last) => {
                parts.push(part(last));
                return parts.join(", ");
            }
        }
    }
}
