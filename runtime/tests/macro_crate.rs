//! A crate of a user's, with nothing but Inflight to depend on, from first build to last.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests")]

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

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
                 [dependencies]\ninflight = {{ path = {runtime:?} }}\n[workspace]\n"
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
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("..");
        let output = Command::new(env!("CARGO"))
            .args(["check", "--quiet", "--offline", "--target-dir"])
            .arg(target)
            .current_dir(&self.0)
            .output()
            .expect("cargo runs");
        String::from_utf8(output.stderr).unwrap()
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

    house.write("door.workflow", GOOD);
    assert_eq!(house.check(), "");
}

#[test]
fn the_edition_makes_no_difference() {
    assert_eq!(House::new("2024").check(), "");
}
