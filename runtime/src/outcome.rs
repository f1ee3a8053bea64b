//! What an operation did, step by step.

use std::fmt;
use std::sync::Arc;

use crate::definition::{Definition, Name};

/// What became of an operation, and of every transition on the way.
///
/// A failed action is an outcome, not an error of the library's: the workflow did
/// what it says it does when the action fails.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome<D: Definition> {
    /// What became of the transition that the operation began with.
    pub verdict: Verdict,
    /// What ran, in order: each attempt of the transition itself, its error transition,
    /// and the transitions that followed by themselves.
    pub steps: Vec<Step<D>>,
}

/// What became of the transition that an operation began with.
///
/// Transitions that followed it by themselves do not count: they have steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// There was nothing to do. Nothing was written, except that the first
    /// `synchronize` of an instance writes down when its timers began.
    Idle,
    /// Its target was entered.
    Completed,
    /// Its action failed.
    Failed {
        /// Whether its error transition led to another state; if not, the state is
        /// as it was.
        handled: bool,
    },
    /// Its action was interrupted and is still in flight: `synchronize` is the way on.
    Interrupted,
    /// It was interrupted, and stays in flight until an operator resolves it: its
    /// workflow says so, or it is unknown whether it was done, or it was interrupted too
    /// often and has no error transition.
    Parked,
    /// An operator said that it was done, and its target was entered.
    Skipped,
    /// An operator gave it up; the state is as it was.
    Abandoned,
    /// An operator set the state, whatever was in flight.
    Set,
}

/// One run of one transition.
#[derive(Clone, Debug, PartialEq)]
pub struct Step<D: Definition> {
    /// Which transition.
    pub transition: D::TransitionName,
    /// The state it left, or would have left.
    pub source: D::StateName,
    /// Identifies the execution, across re-runs.
    pub execution: Arc<str>,
    /// Which attempt it was, counted from 1.
    pub attempt: u32,
    /// How often the execution had been interrupted before.
    pub interruptions: u32,
    /// How it ended.
    pub end: End<D>,
}

/// How one run of one transition ended.
#[derive(Clone, Debug, PartialEq)]
pub enum End<D: Definition> {
    /// This state was entered.
    Entered(D::StateName),
    /// The action failed, for this reason; that it took too long included.
    Failed(String),
    /// The action was cancelled, for an operator decided what becomes of the transition.
    Cancelled,
    /// The action, or the question whether it was done, said that it was interrupted,
    /// for this reason.
    Interrupted(String),
    /// It was asked whether the action was done, and that is unknown, for this reason.
    Unknown(String),
}

impl<D: Definition> Outcome<D> {
    /// Whether everything went well: each transition that ran entered its target, those
    /// that followed by themselves included.
    pub fn is_clean(&self) -> bool {
        let well = [
            Verdict::Idle,
            Verdict::Completed,
            Verdict::Skipped,
            Verdict::Set,
        ];
        let mut steps = self.steps.iter();
        well.contains(&self.verdict) && steps.all(|step| matches!(step.end, End::Entered(_)))
    }

    /// Whether the transition that the operation began with entered its target. One that
    /// followed by itself may have failed all the same: see [`Outcome::is_clean`].
    pub fn is_completed(&self) -> bool {
        self.verdict == Verdict::Completed
    }

    /// Whether the operation left a transition in flight, be it one that followed.
    pub fn is_interrupted(&self) -> bool {
        self.verdict == Verdict::Interrupted
            || matches!(self.steps.last(), Some(step) if matches!(step.end, End::Interrupted(_)))
    }

    /// The failures on the way, in order, those of attempts that were followed by another
    /// included.
    pub fn failures(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().filter_map(|step| match &step.end {
            End::Failed(failure) => Some(failure.as_str()),
            End::Entered(_) | End::Cancelled | End::Interrupted(_) | End::Unknown(_) => None,
        })
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Verdict::Idle => "nothing to do",
            Verdict::Completed => "completed",
            Verdict::Failed { handled: true } => "failed, handled",
            Verdict::Failed { handled: false } => "failed",
            Verdict::Interrupted => "interrupted",
            Verdict::Parked => "parked",
            Verdict::Skipped => "skipped",
            Verdict::Abandoned => "abandoned",
            Verdict::Set => "set",
        })
    }
}

/// One line: `failed, handled; install: new, failed: no space left; give_up: new -> broken`.
impl<D: Definition> fmt::Display for Outcome<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.verdict)?;
        self.steps.iter().try_for_each(|step| write!(f, "; {step}"))
    }
}

/// One line a step: `install: new -> installed`.
impl<D: Definition> fmt::Display for Step<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (transition, source) = (self.transition.as_str(), self.source.as_str());
        match &self.end {
            End::Entered(target) => write!(f, "{transition}: {source} -> {target}"),
            End::Failed(failure) => write!(f, "{transition}: {source}, failed: {failure}"),
            End::Cancelled => {
                write!(
                    f,
                    "{transition}: {source}, cancelled, as an operator decided"
                )
            }
            End::Interrupted(reason) => write!(f, "{transition}: {source}, interrupted: {reason}"),
            End::Unknown(reason) => write!(f, "{transition}: {source}, unknown: {reason}"),
        }
    }
}
