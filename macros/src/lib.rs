//! The proc macro of Inflight: use it through the crate `inflight`.

use std::env;
use std::path::PathBuf;

use proc_macro::TokenStream;

/// Compiles workflows, each into a module of its name.
///
/// A workflow stands in a file, whose path is relative to the folder of the crate's
/// `Cargo.toml`:
///
/// ```ignore
/// inflight::workflow!("workflows/unit.workflow");       // mod unit
/// inflight::workflow!(pub "workflows/unit.workflow");   // pub mod unit
/// ```
///
/// or between the braces, in the same language:
///
/// ```ignore
/// inflight::workflow! {
///     /// A switch.
///     pub workflow switch {
///         initial state off
///         state on
///         transition turn_on: off -> on
///         transition turn_off: on -> off
///     }
/// }
/// ```
///
/// # What is in the module
///
/// | item | what it is |
/// | --- | --- |
/// | `State`, `StateName` | the states with their variables, and their names |
/// | `Transition`, `TransitionName` | the transitions with their inputs, and their names |
/// | `Alias` | the aliases with their inputs |
/// | `next` | where a transition leads, when compiling too |
/// | `Actions` | the trait to implement: a method for each action and guard |
/// | `results` | what actions return that supply variables of a state |
/// | `Workflow`, `Locked`, `Fire`, `Context`, `Outcome`, `Record` | the types of the crate `inflight`, for this workflow |
/// | `At`, `at` | the current state as a type that offers only what can be fired there |
/// | `Definition` | the workflow as the crate `inflight` knows it |
///
/// # Errors
///
/// Each mistake is a build error of its own. In a file it is shown with file, line and
/// column, and the text underlined; between the braces the compiler underlines it.
///
/// # Warnings
///
/// What a reviewer would ask about, such as an action that nothing runs, is a warning: the use
/// of something deprecated whose name is the code. `allow CODE` before the item turns it off
/// where it stands, and `#![deny(deprecated)]` makes errors of all warnings in a build.
#[proc_macro]
pub fn workflow(input: TokenStream) -> TokenStream {
    let root = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    inflight_codegen::workflow(input.into(), &root.unwrap_or_default()).into()
}
