//! Colours and strokes. Each look is written out for light pages where it is used; rules
//! by its class turn it dark.

use crate::diagram::drawing::{Edge, EdgeKind, Node, NodeKind};
use crate::diagram::mark::Mark;

/// How something looks on a light page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Look {
    pub(super) class: &'static str,
    pub(super) stroke: &'static str,
    pub(super) fill: &'static str,
    pub(super) text: &'static str,
    pub(super) width: f64,
    pub(super) dashes: &'static str,
    pub(super) head: Head,
}

/// The head of an arrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head {
    Filled,
    Double,
    Open,
    Hollow,
}

/// What dark pages change: the ground, text, and each class of look.
pub(super) const STYLES: &str = "
@media (prefers-color-scheme:dark){
svg{fill:#e6edf3}
.ground{fill:#0d1117}
.quiet{fill:#9198a1}
.plain .line{stroke:#8b949e;fill:#1c2128} .plain .arrow{stroke:#aab2bb} .plain .tip{fill:#aab2bb;stroke:#aab2bb}
.faint .line{stroke:#8b949e;fill:#0d1117} .faint .arrow{stroke:#8b949e} .faint .tip{fill:#8b949e;stroke:#8b949e}
.timed .arrow{stroke:#c297ff} .timed .tip{stroke:#c297ff}
.automatic .arrow{stroke:#58a6ff} .automatic .tip{fill:#58a6ff;stroke:#58a6ff}
.error .line{stroke:#ff8a80;fill:#3b1416} .error .arrow{stroke:#ff8a80} .error .tip{stroke:#ff8a80}
.highlighted .line{stroke:#79c0ff;fill:#0c2d6b} .highlighted .arrow{stroke:#79c0ff} .highlighted .tip{fill:#79c0ff;stroke:#79c0ff} text.highlighted{fill:#a5d6ff}
.wrong .line{fill:#3b1416}
.added .line{stroke:#3fb950;fill:#0f2f1a} .added .arrow{stroke:#3fb950} .added .tip{fill:#3fb950;stroke:#3fb950} text.added{fill:#7ee787}
.removed .line{stroke:#f85149;fill:#3b1416} .removed .arrow{stroke:#f85149} .removed .tip{fill:#f85149;stroke:#f85149} text.removed{fill:#ff9a92}
.changed .line{stroke:#d29922;fill:#33270b} .changed .arrow{stroke:#d29922} .changed .tip{fill:#d29922;stroke:#d29922} text.changed{fill:#e3b341}
.dimmed .line{stroke:#484f58;fill:#0d1117} .dimmed .arrow{stroke:#484f58} .dimmed .tip{fill:#484f58;stroke:#484f58} text.dimmed{fill:#7d8590}
g .tip.hollow{fill:#0d1117}
g .tip.open{fill:none}
}
";

const PLAIN: Look = Look {
    class: "plain",
    stroke: "#57606a",
    fill: "#f6f8fa",
    text: "#1f2328",
    width: 1.5,
    dashes: "",
    head: Head::Filled,
};

const FAINT: Look = Look {
    class: "faint",
    stroke: "#6e7781",
    fill: "#ffffff",
    dashes: "2 4",
    ..PLAIN
};

const ERROR: Look = Look {
    class: "error",
    stroke: "#b3261e",
    fill: "#fdecea",
    dashes: "6 3",
    head: Head::Hollow,
    ..PLAIN
};

impl Look {
    pub(super) fn of_start() -> Self {
        PLAIN
    }

    pub(super) fn of_node_kind(kind: NodeKind) -> Self {
        match kind {
            NodeKind::Initial | NodeKind::Ordinary | NodeKind::Final => PLAIN,
            NodeKind::Error => ERROR,
            NodeKind::Every | NodeKind::Outside { .. } => FAINT,
        }
    }

    pub(super) fn of_node(node: &Node) -> Self {
        Self::of_node_kind(node.kind).marked(node.mark)
    }

    pub(super) fn of_edge_kind(kind: EdgeKind) -> Self {
        match kind {
            EdgeKind::Fired => PLAIN,
            EdgeKind::Timed => Look {
                class: "timed",
                stroke: "#8250df",
                width: 2.0,
                dashes: "2 3",
                head: Head::Open,
                ..PLAIN
            },
            EdgeKind::Automatic => Look {
                class: "automatic",
                stroke: "#0969da",
                width: 2.6,
                head: Head::Double,
                ..PLAIN
            },
            EdgeKind::Error => ERROR,
        }
    }

    pub(super) fn of_edge(edge: &Edge) -> Self {
        Self::of_edge_kind(edge.kind).marked(edge.mark)
    }

    /// The look of a mark by itself.
    pub(super) fn of_mark(mark: Mark) -> Self {
        PLAIN.marked(mark)
    }

    /// The colours of the mark, and the dashes and head of what is marked.
    fn marked(self, mark: Mark) -> Self {
        let Some(stroke) = mark.stroke() else {
            return self;
        };
        Look {
            class: match mark {
                Mark::Highlighted if self.fill == ERROR.fill => "highlighted wrong",
                // Their colours are the same.
                Mark::Exercised => Mark::Added.word(),
                Mark::Partly => Mark::Changed.word(),
                Mark::Missed => Mark::Removed.word(),
                _ => mark.word(),
            },
            stroke,
            fill: match mark {
                Mark::Highlighted if self.fill == ERROR.fill => ERROR.fill,
                _ => mark.fill().unwrap_or("#ffffff"),
            },
            text: match mark {
                Mark::None | Mark::Highlighted => "#1f2328",
                Mark::Added | Mark::Exercised => "#116329",
                Mark::Removed | Mark::Missed => "#82071e",
                Mark::Changed | Mark::Partly => "#6b4a00",
                Mark::Dimmed => "#6e7781",
            },
            width: match mark {
                Mark::Dimmed => self.width.min(1.0),
                _ => self.width + 1.2,
            },
            ..self
        }
    }

    /// The look of text in it, if it has one of its own.
    pub(super) fn ink(self) -> Option<Self> {
        (self.text != PLAIN.text).then_some(self)
    }
}
