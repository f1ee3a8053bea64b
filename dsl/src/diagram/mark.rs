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
    /// Beside the point.
    Dimmed,
}

impl Mark {
    /// Those that formats declare a look for.
    pub(super) const SHOWN: [Mark; 5] = [
        Mark::Highlighted,
        Mark::Added,
        Mark::Removed,
        Mark::Changed,
        Mark::Dimmed,
    ];

    /// What stands before a marked text.
    pub(super) fn sign(self) -> &'static str {
        match self {
            Mark::None | Mark::Dimmed => "",
            Mark::Highlighted => "▶ ",
            Mark::Added => "+ ",
            Mark::Removed => "− ",
            Mark::Changed => "~ ",
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
            Mark::Dimmed => "dimmed",
        }
    }

    /// The colour of its lines.
    pub(super) fn stroke(self) -> Option<&'static str> {
        match self {
            Mark::None => None,
            Mark::Highlighted => Some("#0b57d0"),
            Mark::Added => Some("#1a7f37"),
            Mark::Removed => Some("#b3261e"),
            Mark::Changed => Some("#9a6700"),
            Mark::Dimmed => Some("#a0a7b0"),
        }
    }

    /// The colour of its areas.
    pub(super) fn fill(self) -> Option<&'static str> {
        match self {
            Mark::None | Mark::Dimmed => None,
            Mark::Highlighted => Some("#d3e3fd"),
            Mark::Added => Some("#dafbe1"),
            Mark::Removed => Some("#fdecea"),
            Mark::Changed => Some("#fff8c5"),
        }
    }
}
