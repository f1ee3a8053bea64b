//! Correct files compile without a word.

#[test]
fn right_files_compile() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/right");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let source = std::fs::read_to_string(&path).unwrap();
        let compiled = inflight_dsl::compile(&source);
        assert_eq!(compiled.diagnostics, [], "{}", path.display());
        assert!(compiled.model.is_some());
    }
}
