//! Marks: what a drawing says of a state or transition beyond what it is.

/// What a drawing says of a state or transition beyond what it is. Every mark but the
/// dimmed one also stands before the name, so that it is seen without colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    /// Nothing.
    #[default]
    None,
    /// Look here: the state that is current, or what is asked about.
    Highlighted,
    /// New in the second of two workflows.
    Added,
    /// Gone from the second of two workflows.
    Removed,
    /// Not the same in two workflows.
    Changed,
    /// Tests have exercised all that there is to it.
    Exercised,
    /// Tests have exercised a part of it.
    Partly,
    /// No test has exercised it.
    Missed,
    /// Beside the point.
    Dimmed,
}

impl Mark {
    /// Those that formats declare a look for.
    pub(super) const SHOWN: [Mark; 8] = [
        Mark::Highlighted,
        Mark::Added,
        Mark::Removed,
        Mark::Changed,
        Mark::Exercised,
        Mark::Partly,
        Mark::Missed,
        Mark::Dimmed,
    ];

    /// What stands before a marked text.
    pub(super) fn sign(self) -> &'static str {
        match self {
            Mark::None | Mark::Dimmed => "",
            Mark::Highlighted => "▶ ",
            Mark::Added => "+ ",
            Mark::Removed => "− ",
            Mark::Changed | Mark::Partly => "~ ",
            Mark::Exercised => "✓ ",
            Mark::Missed => "✗ ",
        }
    }

    /// The word for it; empty for none.
    pub(super) fn word(self) -> &'static str {
        match self {
            Mark::None => "",
            Mark::Highlighted => "highlighted",
            Mark::Added => "added",
            Mark::Removed => "removed",
            Mark::Changed => "changed",
            Mark::Exercised => "exercised",
            Mark::Partly => "partly",
            Mark::Missed => "missed",
            Mark::Dimmed => "dimmed",
        }
    }

    /// The colour of its lines.
    pub(super) fn stroke(self) -> Option<&'static str> {
        match self {
            Mark::None => None,
            Mark::Highlighted => Some("#0b57d0"),
            Mark::Added | Mark::Exercised => Some("#1a7f37"),
            Mark::Removed | Mark::Missed => Some("#b3261e"),
            Mark::Changed | Mark::Partly => Some("#9a6700"),
            Mark::Dimmed => Some("#a0a7b0"),
        }
    }

    /// The colour of its areas.
    pub(super) fn fill(self) -> Option<&'static str> {
        match self {
            Mark::None | Mark::Dimmed => None,
            Mark::Highlighted => Some("#d3e3fd"),
            Mark::Added | Mark::Exercised => Some("#dafbe1"),
            Mark::Removed | Mark::Missed => Some("#fdecea"),
            Mark::Changed | Mark::Partly => Some("#fff8c5"),
        }
    }
}
