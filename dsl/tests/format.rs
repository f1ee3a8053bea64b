//! How things are written, one rule a test.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use inflight_dsl::format::{Refused, format};

/// Formats a file; the result must be its own form.
fn check(source: &str, expect: &str) {
    let formatted = format(source).unwrap_or_else(|refused| panic!("{refused}: {source}"));
    assert_eq!(formatted, expect, "\n{formatted}");
    assert_eq!(format(&formatted).as_deref(), Ok(expect), "\n{formatted}");
}

/// The same for what stands in a workflow; its lines are indented by one level here.
fn check_items(source: &str, expect: &str) {
    check(
        &format!("workflow w {{\n{source}\n}}"),
        &format!("workflow w {{{expect}\n}}\n"),
    );
}

#[test]
fn line_breaks_and_blanks_mean_nothing() {
    let expect = "
    state a
    transition go(n: int, t: map<list<int?>>?): a | b -> c(x: -1, y: source.z) { alias again }";
    let line =
        "state a transition go(n:int,t:map<list<int?>>?):a|b->c(x:-1,y:source.z){alias again}";
    check_items(line, expect);
    let mut scattered = String::new();
    for character in line.chars() {
        match character {
            ' ' => scattered.push_str(" \t\n"),
            '(' | ')' | '{' | '}' | ':' | ',' | '|' | '<' | '?' | '.' => {
                scattered.push_str(&format!("\n{character}\r\n"));
            }
            _ => scattered.push(character),
        }
    }
    check_items(&scattered, expect);
}

#[test]
fn the_file_ends_with_one_line_end_and_begins_without_mark() {
    check("", "");
    check("\u{feff}\r\n\r\n", "");
    check("// alone  \r\n\r\n\r\n", "// alone\n");
    check("\u{feff}//! x\r\nworkflow w {}", "//! x\n\nworkflow w {}\n");
}

#[test]
fn doc_comments_keep_their_text() {
    check(
        "//!a\n//!  b \n//!\n//! \nworkflow w {\n///x\n/// \n///\ty\n\nstate a }",
        "//! a\n//!  b \n//!\n//!\n\nworkflow w {\n    /// x\n    ///\n    /// \ty\n    state a\n}\n",
    );
}

#[test]
fn blank_lines_are_kept_once_between_neighbours() {
    check(
        "\n\n\nworkflow a {\n\n\nstate a\n\n\n\nstate b\n\n}\nworkflow b {}\n\n\n// end\n\n",
        "workflow a {\n    state a\n\n    state b\n}\n\nworkflow b {}\n\n// end\n",
    );
    check_items(
        "// one\n\n\n// two\n\n/// three\n\n// four\n\nstate a\n\n// five\n",
        "
    // one

    // two

    /// three
    // four
    state a

    // five",
    );
}

#[test]
fn what_is_allowed_stands_above_its_item() {
    check(
        "//! f\nallow unused_guard workflow w {allow a,b// why\n\n\nstate a{x:int}
        allow // first\na, // second\nb\n\n/// doc\n\n// note\n\nstate bcd{x:int} /// doc\nallow\na action e}",
        "//! f

allow unused_guard
workflow w {
    allow a, b // why
    state a { x: int }
    // first
    // second
    allow a, b
    /// doc
    // note
    state bcd { x: int }
    /// doc
    allow a
    action e
}
",
    );
}

#[test]
fn variables_of_neighbours_begin_in_one_column() {
    check_items(
        "/// doc\nerror state a{x:int}state bcd{x:int}state e\nstate f{x:int}\n\nfinal state g{x:int}
        // h\nstate hi{x:int}",
        "
    /// doc
    error state a { x: int }
    state bcd     { x: int }
    state e
    state f { x: int }

    final state g { x: int }
    // h
    state hi { x: int }",
    );
}

#[test]
fn what_would_become_too_wide_is_not_aligned() {
    let wide = format!("state a {{ x: int, y{}: int }}", "y".repeat(70));
    check_items(
        &format!("{wide} error state a_long_name {{ x: int }}"),
        &format!("\n    {wide}\n    error state a_long_name {{ x: int }}"),
    );
}

#[test]
fn results_of_neighbours_begin_in_one_column() {
    check_items(
        "action a->s action bcd(x:int)->s action e() guard g ( ) guard h(x:int)",
        "
    action a           -> s
    action bcd(x: int) -> s
    action e
    guard g
    guard h(x: int)",
    );
}

#[test]
fn lists_break_when_they_do_not_fit() {
    let long = "x".repeat(84);
    check_items(
        &format!("state a {{ {long}: int }}"),
        &format!("\n    state a {{\n        {long}: int,\n    }}"),
    );
    let fits = "x".repeat(79);
    check_items(
        &format!("state a {{ {fits}: int }}"),
        &format!("\n    state a {{ {fits}: int }}"),
    );
    check_items(
        &format!("transition t: a -> b {{ alias x do go({long}: 1, y: 2) }}"),
        &format!(
            "
    transition t: a -> b {{
        alias x
        do go(
            {long}: 1,
            y: 2,
        )
    }}"
        ),
    );
    check_items(
        &format!("action go({long}: int, y: int) -> b"),
        &format!("\n    action go(\n        {long}: int,\n        y: int,\n    ) -> b"),
    );
}

#[test]
fn one_clause_stays_on_the_line_if_it_fits() {
    check_items(
        "transition t: a -> b {\n\n  do go\n\n} transition u: a -> b { do go when ok }",
        "
    transition t: a -> b { do go }
    transition u: a -> b {
        do go
        when ok
    }",
    );
    let alias = "x".repeat(80);
    check_items(
        &format!("transition t: a -> b {{ alias {alias} }}"),
        &format!("\n    transition t: a -> b {{\n        alias {alias}\n    }}"),
    );
    check_items(
        "transition t: a -> b { on error e -> c { do go } } transition u: a -> b { /// d
        on error e -> c {} }",
        "
    transition t: a -> b {
        on error e -> c { do go }
    }
    transition u: a -> b {
        /// d
        on error e -> c
    }",
    );
}

#[test]
fn a_header_breaks_before_the_arrow_first() {
    let name = "n".repeat(70);
    check_items(
        &format!(
            "transition {name}: a | b -> c(x: 1, y: 2) transition {name}: a -> c(x: 1, y: 2) {{ do go }}"
        ),
        &format!(
            "
    transition {name}: a | b
        -> c(x: 1, y: 2)
    transition {name}: a
        -> c(x: 1, y: 2)
    {{
        do go
    }}"
        ),
    );
    check_items(
        &format!("transition t: a -> b {{ do go on error {name} -> c(x: failure) {{ do go }} }}"),
        &format!(
            "
    transition t: a -> b {{
        do go
        on error {name}
            -> c(x: failure)
        {{
            do go
        }}
    }}"
        ),
    );
}

#[test]
fn then_after_the_colon_and_before_each_source() {
    let name = "n".repeat(30);
    check_items(
        &format!("transition {name}{name}: {name} | b -> c"),
        &format!("\n    transition {name}{name}:\n        {name} | b\n        -> c"),
    );
    check_items(
        &format!("transition t: {name} | {name} | {name} -> c {{ alias x }}"),
        &format!(
            "
    transition t:
        {name}
        | {name}
        | {name}
        -> c
    {{
        alias x
    }}"
        ),
    );
}

#[test]
fn inputs_and_values_break_when_they_do_not_fit_alone() {
    let name = "n".repeat(40);
    check_items(
        &format!(
            "transition t({name}: int, x{name}: int): a -> c({name}: {name}, x{name}: 1) {{ do go }}"
        ),
        &format!(
            "
    transition t(
        {name}: int,
        x{name}: int,
    ): a -> c(
        {name}: {name},
        x{name}: 1,
    ) {{
        do go
    }}"
        ),
    );
}

#[test]
fn comments_at_the_end_of_a_line_stay_there() {
    check_items(
        "// a\nstate a // b\nstate bcd   // c\n\nstate e { // d\nx: int // e\n, y: int, // f\n
        // g\n} // h\ntransition t: a -> b( // i\nx: 1, // j\n) // k\n// l",
        "
    // a
    state a   // b
    state bcd // c

    state e { // d
        x: int, // e
        y: int, // f

        // g
    } // h
    transition t: a -> b( // i
        x: 1, // j
    ) // k
    // l",
    );
}

#[test]
fn comments_on_sources_stay_with_them() {
    check_items(
        "transition t: // a\na // b\n| // c\nb | // d\n// e\nc\n-> d { do go // f\n}",
        "
    transition t:
        // a
        a // b
        // c
        | b // d
        // e
        | c
        -> d
    {
        do go // f
    }",
    );
}

#[test]
fn comments_inside_of_a_line_move_above_it() {
    check_items(
        "/// doc\ntransition // a\nt(x: int // b\n) // c\n: a -> b // d\n{ do // e\ngo }",
        "
    /// doc
    // a
    // b
    // c
    // d
    transition t(x: int): a -> b {
        // e
        do go
    }",
    );
    check_items(
        "state\n\n// a\na\n\ntransition // b\nt: a -> b(x: // c\n-1)",
        "
    // a
    state a

    // b
    transition t: a -> b(
        // c
        x: -1,
    )",
    );
}

#[test]
fn mistakes_of_meaning_stay_as_they_are() {
    check_items(
        "transition t: a | * -> same ( )",
        "\n    transition t: a | * -> same()",
    );
}

#[test]
fn mistakes_of_syntax_are_refused() {
    for source in [
        "workflow",
        "workflow w { state }",
        "workflow w { /// nothing\n}",
        "workflow w { transition t: a -> b(x: \"\\q\") }",
        "workflow w { } //! late",
        "stray",
    ] {
        assert_eq!(format(source), Err(Refused::Syntax), "{source}");
    }
}

#[test]
fn empty_brackets_are_left_out() {
    check_items(
        "state state {} action do() transition go(): state -> next() { when when() do do() }
        transition last: next -> state {} state next",
        "
    state state
    action do
    transition go: state -> next {
        when when
        do do
    }
    transition last: next -> state
    state next",
    );
}
