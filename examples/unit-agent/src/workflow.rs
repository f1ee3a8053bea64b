//! The two workflows, compiled.

inflight::workflow!(pub(crate) "workflows/unit.workflow");
inflight::workflow!(pub(crate) "workflows/relation.workflow");

#[cfg(test)]
mod tests {
    /// A change of a workflow is reviewed as a change of its picture.
    #[test]
    fn diagrams_are_as_reviewed() {
        inflight::assert_diagram!(super::unit);
        inflight::assert_diagram!(super::relation);
    }
}
