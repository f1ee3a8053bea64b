//! The Inflight workflow language: text to checked model, diagnostics, diagrams.
//!
//! [`compile`] takes the text of a `.workflow` file through four stages:
//!
//! 1. **parse**: text to syntax tree. The grammar accepts every text; what is missing
//!    or belongs nowhere is reported, and the rest is read as if nothing had happened.
//! 2. **resolve**: syntax tree to graph. Every name is looked up once.
//! 3. **check**: what a workflow must be beyond that, one rule after the other.
//! 4. **lower**: graph to [`model`], where every value has its type and its source.
//!
//! Each stage reports all it finds and leaves a hole where something is wrong; later
//! stages stay silent about holes. So one run shows all mistakes, each once. There is
//! a model only for a text without any. Of a model, warnings say what a reviewer would
//! ask about.
//!
//! ```
//! let source = "
//!     workflow door {
//!         initial state open
//!         final state shut
//!         transition close: open -> shut
//!     }
//! ";
//! let compiled = inflight_dsl::compile(source);
//! let model = compiled.model.unwrap();
//! assert_eq!(model.workflows[0].transitions[0].name.text, "close");
//!
//! let misspelt = source.replace("-> shut", "-> shtu");
//! let diagnostic = &inflight_dsl::compile(&misspelt).diagnostics[0];
//! assert_eq!(diagnostic.code, inflight_dsl::Code::UnknownState);
//! assert_eq!(diagnostic.help.as_deref(), Some("did you mean `shut`?"));
//! ```
//!
//! Of Rust the crate knows how names are spelt in it, and of the runtime nothing. It
//! prints nothing: [`report`] shows diagnostics as text, and with the feature `miette`
//! they implement `miette::Diagnostic`. [`Code::page`] explains one at length, [`diagram`]
//! draws a workflow, [`editor`] answers an editor's questions.

pub mod code;
#[cfg(feature = "compare")]
pub mod compare;
pub mod diagnostic;
#[cfg(feature = "diagram")]
pub mod diagram;
#[cfg(feature = "editor")]
pub mod editor;
#[cfg(feature = "format")]
pub mod format;
pub mod model;
pub mod position;
pub mod report;
pub mod span;

mod allow;
mod check;
mod draft;
mod fingerprint;
mod grammar;
mod lower;
mod parse;
mod resolve;
mod suggest;
mod syntax;
mod warn;

pub use code::Code;
pub use diagnostic::{Diagnostic, Label, Severity};
pub use draft::Draft;
pub use suggest::nearest;

use diagnostic::Diagnostics;
use model::Model;
use syntax::File;

/// What became of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Compiled {
    /// What the text means, if it has no mistakes.
    pub model: Option<Model>,
    /// What a text with mistakes means but for these, as far as it could be read.
    pub draft: Option<Draft>,
    /// Its mistakes, or else the warnings, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Compiles the text of one file.
pub fn compile(source: &str) -> Compiled {
    let mut diagnostics = Diagnostics::default();
    let file = parse::parse(source, &mut diagnostics);
    compiled(file.as_ref(), diagnostics)
}

/// The mistakes of form in the text of one file, whatever its names mean: what
/// [`compile`] does first.
pub fn read(source: &str) -> Vec<Diagnostic> {
    let mut diagnostics = Diagnostics::default();
    let _ = parse::parse(source, &mut diagnostics);
    diagnostics.finish()
}

/// Compiles what has been read.
pub(crate) fn compiled(file: Option<&File<'_>>, mut diagnostics: Diagnostics) -> Compiled {
    let (mut model, mut draft) = (None, None);
    if let Some(file) = file {
        allow::known(&file.allows, &mut diagnostics);
        let meant = self::model(file, &mut diagnostics);
        if diagnostics.is_empty() {
            warn::warn(&meant, &mut diagnostics);
            allow::apply(&file.allows, &mut diagnostics);
            model = Some(meant);
        } else {
            draft = Draft::new(meant, file);
        }
    }
    Compiled {
        model,
        draft,
        diagnostics: diagnostics.finish(),
    }
}

fn model(file: &File<'_>, diagnostics: &mut Diagnostics) -> Model {
    let graphs = resolve::resolve(file, diagnostics);
    let workflows = graphs
        .iter()
        .map(|graph| {
            check::check(graph, diagnostics);
            lower::lower(graph, file, diagnostics)
        })
        .collect();
    Model {
        docs: file.docs.clone(),
        workflows,
    }
}
