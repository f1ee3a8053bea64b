//! A crate of a user's, with nothing but Inflight to depend on, from first build to last.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests")]

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// A test of the house's, with workflows in a file, among others, and in the test itself.
const TEST: &str = r#"
#![deny(warnings)]
use house::door;

mod attic {
    inflight::workflow!(pub "hatches.workflow");
}

inflight::workflow! {
    /// Docs of the first.
    workflow workflow { initial state new final state old transition age: new -> old }
    /// Docs of the second.
    pub(crate) workflow second { initial state a final state b transition go: a -> b }
}

#[test]
fn diagrams() {
    inflight::assert_diagram!(door);
    inflight::assert_diagram!(house::door, Table);
    inflight::assert_diagram!(attic::front);
    inflight::assert_diagram!(crate::attic::back, Dot);
    inflight::assert_diagram!(workflow);
    inflight::assert_diagram!(self::second);
}
"#;

const HATCHES: &str = "\
workflow front { initial state shut final state open transition lift: shut -> open }
workflow back { initial state shut final state ajar transition tilt: shut -> ajar }
";

const GOOD: &str = "\
workflow door {
    initial state closed
    final state open
    action pull(hard: bool)
    transition open_it: closed -> open { do pull(hard: true) }
}
";

/// The strictest crate there is: every public item documented, no warning, no unsafe.
const LIB: &str = r#"
//! A house.
#![deny(missing_docs, warnings, unreachable_pub, missing_debug_implementations)]
#![forbid(unsafe_code)]

inflight::workflow!(pub "door.workflow");

mod cellar {
    inflight::workflow!("door.workflow");
    inflight::workflow! {
        pub(crate) workflow hatch { initial state shut state ajar transition lift: shut -> ajar transition drop: ajar -> shut }
        workflow nothing { initial state new final state old transition age: new -> old }
    }
}

/// Whether a door is open.
pub fn is_open(state: &door::State) -> bool {
    matches!(state, door::State::Open)
}
"#;

struct House(TempDir);

impl House {
    fn new(edition: &str) -> Self {
        let house = House(tempfile::tempdir().unwrap());
        let runtime = env!("CARGO_MANIFEST_DIR");
        house.write(
            "Cargo.toml",
            &format!(
                "[package]\nname = \"house\"\nedition = \"{edition}\"\n\
                 [dependencies]\ninflight = {{ path = {runtime:?} }}\n[workspace]\n\
                 [dev-dependencies]\n\
                 inflight = {{ path = {runtime:?}, features = [\"testing\"] }}\n"
            ),
        );
        let lock = fs::read_to_string(Path::new(runtime).join("../Cargo.lock")).unwrap();
        house.write("Cargo.lock", &lock);
        fs::create_dir(house.0.path().join("src")).unwrap();
        house.write("src/lib.rs", LIB);
        house.write("door.workflow", GOOD);
        house
    }

    fn write(&self, path: &str, text: &str) {
        fs::write(self.0.path().join(path), text).unwrap();
    }

    /// What the compiler says: nothing, if all is well.
    fn check(&self) -> String {
        let output = self.cargo("check").output().expect("cargo runs");
        String::from_utf8(output.stderr).unwrap()
    }

    /// What the house's own tests say, with snapshots taken or only compared.
    fn test(&self, update: &str) -> (bool, String) {
        let output = self
            .cargo("test")
            .args(["--test", "diagrams"])
            .env("INSTA_UPDATE", update)
            .output()
            .expect("cargo runs");
        let said = String::from_utf8(output.stdout).unwrap();
        let complaint = String::from_utf8_lossy(&output.stderr);
        (output.status.success(), said + &complaint)
    }

    fn cargo(&self, command: &str) -> Command {
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .args([command, "--quiet", "--offline", "--target-dir"])
            .arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join(".."))
            .current_dir(&self.0);
        cargo
    }

    /// The snapshots beside the tests, by name.
    fn snapshots(&self) -> Vec<(String, String)> {
        let entries = fs::read_dir(self.0.path().join("tests/snapshots")).unwrap();
        let mut files: Vec<_> = entries
            .map(|entry| entry.unwrap().path())
            .map(|path| {
                let name = path.file_name().unwrap().to_str().unwrap().to_owned();
                (name, fs::read_to_string(path).unwrap())
            })
            .collect();
        files.sort();
        files
    }
}

#[test]
fn an_edit_of_the_file_is_seen_by_the_next_build() {
    let house = House::new("2021");
    assert_eq!(house.check(), "");

    house.write(
        "door.workflow",
        &GOOD
            .replace("open\n", "wide\n")
            .replace("-> open", "-> wide"),
    );
    let said = house.check();
    assert!(
        said.contains("named `Open` found for enum `door::State`"),
        "{said}"
    );

    house.write("door.workflow", &GOOD.replace("-> open", "-> opne"));
    let said = house.check();
    let framed = "\
error: there is no state `opne` [unknown_state]
        --> door.workflow:5:35
         |
       5 |     transition open_it: closed -> opne { do pull(hard: true) }
         |                                   ^^^^ unknown
         |
         = help: did you mean `open`?
 --> src/lib.rs:6:25
";
    assert!(said.contains(framed), "{said}");

    house.write(
        "door.workflow",
        &GOOD.replace("open_it:", "open_it(by: string):"),
    );
    let said = house.check();
    let framed = "\
error: use of deprecated function `_::unused_input`: nothing in `open_it` uses the input `by`
        --> door.workflow:5:24
         |
       5 |     transition open_it(by: string): closed -> open { do pull(hard: true) }
         |                        ^^ unused
         |
         = help: give it to a variable, an action or a guard, or drop it
 --> src/lib.rs:6:25
";
    assert!(said.contains(framed), "{said}");

    house.write("door.workflow", GOOD);
    assert_eq!(house.check(), "");
}

#[test]
fn the_edition_makes_no_difference() {
    assert_eq!(House::new("2024").check(), "");
}

#[test]
fn a_test_of_one_line_holds_the_diagram() {
    let house = House::new("2024");
    fs::create_dir(house.0.path().join("tests")).unwrap();
    house.write("tests/diagrams.rs", TEST);
    house.write("hatches.workflow", HATCHES);

    let (passed, said) = house.test("no");
    assert!(!passed, "nothing has been reviewed:\n{said}");
    let (passed, said) = house.test("always");
    assert!(passed, "{said}");
    let reviewed = house.snapshots();
    let check = |name: &str, line: &str| {
        let name = format!("diagrams__{name}.snap");
        let found = reviewed.iter().find(|(file, _)| *file == name);
        let (_, text) = found.unwrap_or_else(|| panic!("{name} in {reviewed:?}"));
        assert!(text.contains(line), "{name}: {text}");
    };
    check("door.mermaid", "expression: assert_diagram!(door)");
    check("door.mermaid", "closed --> open : open_it");
    check("door.table", "| closed | initial |");
    check("front.mermaid", "shut --> open : lift");
    check("back.dot", "\"shut\" -> \"ajar\"");
    check("workflow.mermaid", "new --> old : age");
    check("second.mermaid", "a --> b : go");
    assert_eq!(reviewed.len(), 6);
    assert!(house.test("no").0);

    house.write("hatches.workflow", &HATCHES.replace("tilt", "swing"));
    let (passed, said) = house.test("no");
    assert!(!passed);
    assert!(said.contains("swing") && said.contains("tilt"), "{said}");
    assert_eq!(house.snapshots(), reviewed);
}
