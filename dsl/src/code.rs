//! The names of all that the compiler says.

use crate::diagnostic::Severity;
use crate::suggest;
use std::fmt;

macro_rules! codes {
    (
        $($(#[doc = $doc:literal])+ $variant:ident = $name:literal,)+
        warnings:
        $($(#[doc = $warning_doc:literal])+ $warning:ident = $warning_name:literal,)+
    ) => {
        /// What a [`Diagnostic`](crate::Diagnostic) is about. The name is stable.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
            $($(#[doc = $warning_doc])+ $warning,)+
        }

        impl Code {
            /// Every code, in the order in which `LANGUAGE.md` explains them.
            pub const ALL: &[Code] = &[$(Code::$variant,)+ $(Code::$warning,)+];

            /// The name, in `snake_case`.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Code::$variant => $name,)+
                    $(Code::$warning => $warning_name,)+
                }
            }

            /// What it is about, in a line.
            pub fn summary(self) -> &'static str {
                match self {
                    $(Code::$variant => concat!($($doc),+),)+
                    $(Code::$warning => concat!($($warning_doc),+),)+
                }
                .trim_start()
            }

            /// What it means and why it is told, with an example that is wrong and one that
            /// is right, in Markdown. A code without a page does not compile.
            #[cfg(feature = "explain")]
            pub fn page(self) -> &'static str {
                match self {
                    $(Code::$variant => include_str!(concat!("explain/", $name, ".md")),)+
                    $(Code::$warning => include_str!(concat!("explain/", $warning_name, ".md")),)+
                }
            }

            /// How bad it is, unless a warning is denied.
            pub fn severity(self) -> Severity {
                match self {
                    $(Code::$variant)|+ => Severity::Error,
                    $(Code::$warning)|+ => Severity::Warning,
                }
            }
        }
    };
}

codes! {
    /// Something else is expected here.
    Syntax = "syntax",
    /// Braces or types nested too deeply.
    TooDeep = "too_deep",
    /// An escape that strings do not have.
    BadEscape = "bad_escape",
    /// A malformed number or duration.
    BadNumber = "bad_number",
    /// A number that its type cannot hold.
    OutOfRange = "out_of_range",
    /// A doc comment that documents nothing.
    StrayDoc = "stray_doc",
    /// A file without a workflow.
    NoWorkflow = "no_workflow",

    /// A name that is not `snake_case`.
    NotSnakeCase = "not_snake_case",
    /// A reserved word as a name.
    ReservedName = "reserved_name",
    /// A name that Rust cannot spell.
    UnspellableName = "unspellable_name",
    /// Two names that are one in Rust, or a name that is taken there.
    CollidingNames = "colliding_names",
    /// Two workflows of one name.
    DuplicateWorkflow = "duplicate_workflow",
    /// Two states of one name.
    DuplicateState = "duplicate_state",
    /// Two variables of one name in a state.
    DuplicateVariable = "duplicate_variable",
    /// Two actions of one name.
    DuplicateAction = "duplicate_action",
    /// Two guards of one name, or a guard with the name of an action.
    DuplicateGuard = "duplicate_guard",
    /// Two activities of one name.
    DuplicateActivity = "duplicate_activity",
    /// Two parameters of one name.
    DuplicateParameter = "duplicate_parameter",
    /// Two transitions of one name.
    DuplicateTransition = "duplicate_transition",
    /// Two inputs of one name in a transition.
    DuplicateInput = "duplicate_input",
    /// One source named twice.
    DuplicateSource = "duplicate_source",
    /// A clause that stands twice.
    DuplicateClause = "duplicate_clause",
    /// A value given twice.
    DuplicateArgument = "duplicate_argument",
    /// A former name that something else has or had.
    OldNameInUse = "old_name_in_use",
    /// A state that is not declared.
    UnknownState = "unknown_state",
    /// A variable that the state does not have.
    UnknownVariable = "unknown_variable",
    /// An action that is not declared.
    UnknownAction = "unknown_action",
    /// A guard that is not declared.
    UnknownGuard = "unknown_guard",
    /// A parameter that the action or guard does not have, or an input that the fired
    /// error transition does not.
    UnknownParameter = "unknown_parameter",
    /// A transition that is not declared.
    UnknownTransition = "unknown_transition",
    /// An input that the transition does not have.
    UnknownInput = "unknown_input",
    /// A type that does not exist.
    UnknownType = "unknown_type",
    /// A type with too few or too many parts.
    MalformedType = "malformed_type",
    /// A code in `allow` that does not exist.
    UnknownCode = "unknown_code",
    /// An error in `allow`, which turns off warnings only.
    NotAWarning = "not_a_warning",
    /// More states, transitions or sources than a workflow may have.
    TooMany = "too_many",

    /// A clause where it means nothing.
    MisplacedClause = "misplaced_clause",
    /// A default of what is always given.
    MisplacedDefault = "misplaced_default",
    /// A default that is not a literal.
    DefaultNotLiteral = "default_not_literal",
    /// `*` beside named sources.
    StarWithNames = "star_with_names",
    /// Values for `same`, which keeps them.
    ValuesOnSame = "values_on_same",
    /// `failure` where nothing has failed.
    MisplacedFailure = "misplaced_failure",
    /// A parameter or input that is given no value.
    MissingArgument = "missing_argument",
    /// A value of another type than is wanted.
    WrongType = "wrong_type",
    /// `source.VAR` where some source lacks it, or has it with another type.
    SourceVariable = "source_variable",
    /// A variable of the target that nothing supplies.
    VariableWithoutSource = "variable_without_source",
    /// A variable of the target that two things supply.
    VariableWithTwoSources = "variable_with_two_sources",
    /// An input of an automatic transition, which nobody gives.
    InputWithoutSource = "input_without_source",
    /// An action whose result no transition can use.
    UselessResult = "useless_result",
    /// An action whose result is for another state than the transition leads to.
    WrongResult = "wrong_result",
    /// An action of which two transitions want different variables.
    AmbiguousResult = "ambiguous_result",

    /// No initial state.
    NoInitialState = "no_initial_state",
    /// More than one initial state.
    TwoInitialStates = "two_initial_states",
    /// An initial state with variables.
    InitialWithVariables = "initial_with_variables",
    /// A state that no transition leads to.
    UnreachableState = "unreachable_state",
    /// A state, not final, without a way out.
    NoWayOut = "no_way_out",
    /// A final state with a way out.
    FinalWithWayOut = "final_with_way_out",
    /// An error state without a way out of its own.
    ErrorWithoutWayOut = "error_without_way_out",
    /// Automatic transitions that go round for ever.
    AutomaticCycle = "automatic_cycle",
    /// Two automatic transitions that can both fire.
    AutomaticConflict = "automatic_conflict",
    /// An activity that runs nowhere.
    NeverRuns = "never_runs",
    /// An exception from where an activity does not run anyway.
    NeedlessException = "needless_exception",
    /// A transition that can never fire.
    NeverFires = "never_fires",
    /// An alias of two transitions that leave one state.
    AmbiguousAlias = "ambiguous_alias",
    /// An alias of transitions with different inputs.
    AliasInputs = "alias_inputs",
    /// An error transition that does not leave every state the failing one leaves.
    ErrorSource = "error_source",
    /// Error transitions that lead back to themselves.
    ErrorCycle = "error_cycle",

    /// A workflow that is gone, and its instances with it.
    RemovedWorkflow = "removed_workflow",
    /// A state that is gone, in which records may rest.
    RemovedState = "removed_state",
    /// A transition that is gone, which records may have in flight.
    RemovedTransition = "removed_transition",
    /// A source that is gone, from which records may have the transition in flight.
    RemovedSource = "removed_source",
    /// A variable or input that is gone, which records may have.
    RemovedVariable = "removed_variable",
    /// A variable or input whose type does not take the values that records may have.
    RetypedVariable = "retyped_variable",
    /// A new variable or input that has no value in older records.
    AddedVariable = "added_variable",

    warnings:

    /// An action that nothing runs.
    UnusedAction = "unused_action",
    /// A guard that nothing asks.
    UnusedGuard = "unused_guard",
    /// An input that nothing reads.
    UnusedInput = "unused_input",
    /// An error state that no doc comment explains.
    UndocumentedErrorState = "undocumented_error_state",
    /// A variable that is lost although every source has it.
    ForgottenVariable = "forgotten_variable",
    /// Text with a placeholder, which nothing fills.
    LiteralPlaceholder = "literal_placeholder",
    /// A state from which no final state can be reached.
    NeverEnds = "never_ends",
    /// A code in `allow` that turned nothing off.
    UnusedAllow = "unused_allow",
}

impl Code {
    /// The code of a name.
    pub fn named(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.as_str() == name)
    }

    /// The code whose name is nearest to a misspelt one, if one is near.
    pub fn nearest(name: &str) -> Option<Code> {
        Code::named(suggest::nearest(
            name,
            Code::ALL.iter().map(|code| code.as_str()),
        )?)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
