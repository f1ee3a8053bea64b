//! The two workflows, compiled.

inflight::workflow!(pub(crate) "workflows/unit.workflow");
inflight::workflow!(pub(crate) "workflows/relation.workflow");
