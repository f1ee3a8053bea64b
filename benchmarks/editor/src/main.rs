//! Measures how long the language server takes to answer, from the byte that is sent to
//! the one that comes back.
//!
//! ```text
//! cargo build --release -p inflight-cli
//! cargo run --release --manifest-path benchmarks/Cargo.toml -p editor -- target/release/inflight
//! ```
//!
//! A letter is typed into the middle of a file, and taken back: each is a change, the
//! diagnostics that follow, and one question about the place. Times are in milliseconds.

mod server;
mod text;

use std::io::{self, Error};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use server::Server;
use text::Text;

/// How often each is measured, after one round that is not.
const ROUNDS: usize = 200;

fn main() -> io::Result<()> {
    let command = std::env::args().nth(1);
    let command = command.ok_or_else(|| Error::other("which command? see the head of main.rs"))?;
    println!("| lines | KB | what | median | 95 % | longest |");
    println!("| --- | --- | --- | --- | --- | --- |");
    for lines in [2_000, 20_000] {
        let text = Text::of(lines);
        let size = text.whole.len() / 1_000;
        for (what, times) in measure(&command, &text)? {
            let [median, most, longest] = summary(times);
            println!("| {lines} | {size} | {what} | {median:.1} | {most:.1} | {longest:.1} |");
        }
    }
    Ok(())
}

/// The times of each kind of question.
fn measure(command: &str, text: &Text) -> io::Result<Vec<(&'static str, Vec<Duration>)>> {
    let mut server = Server::open(command, &text.whole)?;
    let place = json!({ "line": text.line, "character": text.column });
    let questions = [
        ("a letter typed, until what is wrong is told", None),
        ("a letter typed, then hover", Some("textDocument/hover")),
        (
            "a letter typed, then completion",
            Some("textDocument/completion"),
        ),
        ("hover, nothing typed", Some("textDocument/hover")),
        ("completion, nothing typed", Some("textDocument/completion")),
    ];
    let mut measured = Vec::new();
    for (what, question) in questions {
        let typed = !what.ends_with("nothing typed");
        let mut times = Vec::new();
        for round in 0..=ROUNDS {
            let start = Instant::now();
            if typed {
                server.change(&letter(&place, round % 2 == 0))?;
            }
            match question {
                Some(method) => server.ask(method, &place)?,
                None => server.diagnostics()?,
            }
            times.extend((round > 0).then(|| start.elapsed()));
            if typed && question.is_some() {
                server.diagnostics()?;
            }
        }
        measured.push((what, times));
        // The letter that was typed last is taken back.
        if typed {
            server.change(&letter(&place, false))?;
            server.diagnostics()?;
        }
    }
    Ok(measured)
}

/// A letter at a place, typed or taken back.
fn letter(place: &Value, typed: bool) -> Value {
    let column = place["character"].as_u64().unwrap_or_default();
    let behind = json!({ "line": place["line"], "character": column + 1 });
    match typed {
        true => json!({ "range": { "start": place, "end": place }, "text": "x" }),
        false => json!({ "range": { "start": place, "end": behind }, "text": "" }),
    }
}

/// Median, 95th percentile and longest, in milliseconds.
fn summary(mut times: Vec<Duration>) -> [f64; 3] {
    times.sort();
    let last = times.len().saturating_sub(1);
    [last / 2, last * 95 / 100, last].map(|index| {
        let time = times.get(index).copied().unwrap_or_default();
        time.as_secs_f64() * 1_000.0
    })
}
