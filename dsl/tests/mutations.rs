//! Damage: the gallery with tokens taken away, swapped, doubled, and cut short.
//!
//! The compiler never panics and always ends. Where the damage breaks the syntax, the first
//! error is within one line of it, in 95 of 100 cases at least. What was tried, the share,
//! and every miss is kept in `mutations.txt`.
//!
//! A mutation breaks the syntax if the compiler finds a mistake of text in what was correct
//! before: one of `BREAKS`. The damage is on the lines of the tokens that were touched; of
//! a token that was taken away, on those of its neighbours; of a text cut short, on the last
//! line that is left.
//!
//! UPDATE_EXPECT=1 cargo test -p inflight-dsl --test mutations
//!
//! `EVERY_MUTATION=FILE`, best with `--release`, tries all of them and writes that file.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests"
)]

use inflight_dsl::position::LineIndex;
use inflight_dsl::{Code, Severity, compile};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

#[path = "support/files.rs"]
mod files;
use files::workflow_files;

/// What the compiler reports of text that it cannot read.
const BREAKS: [Code; 6] = [
    Code::Syntax,
    Code::TooDeep,
    Code::BadEscape,
    Code::BadNumber,
    Code::StrayDoc,
    Code::NoWorkflow,
];

/// How often each kind is tried on a file.
const TRIES: usize = 9;

/// Far more than all mutations of one file take.
const PATIENCE: Duration = Duration::from_secs(600);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Deletion,
    /// Of two tokens side by side.
    Swap,
    /// Of two tokens anywhere.
    FarSwap,
    Duplication,
    Truncation,
}

const KINDS: [Kind; 5] = [
    Kind::Deletion,
    Kind::Swap,
    Kind::FarSwap,
    Kind::Duplication,
    Kind::Truncation,
];

/// A token: where it begins and ends.
type Token = (usize, usize);

/// A text with damage.
struct Mutation {
    kind: Kind,
    text: String,
    /// The lines of the damage.
    lines: Vec<usize>,
    /// What was touched.
    about: String,
}

/// What the compiler made of one.
enum Verdict {
    /// It is still syntax.
    Sound,
    Near,
    /// A description of the miss.
    Far(String),
}

#[test]
fn damage_is_reported_where_it_is() {
    let every = std::env::var_os("EVERY_MUTATION");
    let (sender, receiver) = mpsc::channel();
    let files = workflow_files(&["../examples/gallery"]);
    for path in files.clone() {
        let sender = sender.clone();
        let every = every.is_some();
        std::thread::spawn(move || {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let source = fs::read_to_string(&path).unwrap();
            let tried = mutations(&name, &source, every)
                .into_iter()
                .map(|mutation| {
                    let verdict = verdict(&name, &mutation);
                    (mutation.kind, verdict)
                });
            let tried: Vec<(Kind, Verdict)> = tried.collect();
            sender.send((name, tried)).unwrap();
        });
    }
    drop(sender);
    let mut results = BTreeMap::new();
    while results.len() < files.len() {
        let (name, tried) = receiver
            .recv_timeout(PATIENCE)
            .expect("the compiler ends, and does not panic");
        results.insert(name, tried);
    }
    let (text, share) = summary(&results);
    if let Some(path) = every {
        fs::write(path, text).unwrap();
        return;
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mutations.txt");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, &text).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(kept.replace("\r\n", "\n"), text);
    assert!(share >= 0.95, "only {share} are near");
}

/// A row for each kind, and a line for each miss.
fn summary(results: &BTreeMap<String, Vec<(Kind, Verdict)>>) -> (String, f64) {
    let mut counts: BTreeMap<Kind, [usize; 3]> = BTreeMap::new();
    let mut misses = String::new();
    for (kind, verdict) in results.values().flatten() {
        let [tried, broke, near] = counts.entry(*kind).or_default();
        *tried += 1;
        *broke += usize::from(!matches!(verdict, Verdict::Sound));
        *near += usize::from(matches!(verdict, Verdict::Near));
        if let Verdict::Far(miss) = verdict {
            writeln!(misses, "{miss}").unwrap();
        }
    }
    let all = counts
        .values()
        .fold([0; 3], |[a, b, c], [x, y, z]| [a + x, b + y, c + z]);
    let share = |[_, broke, near]: [usize; 3]| near as f64 / broke.max(1) as f64;
    let mut text = format!(
        "{:12}{:>7}{:>8}{:>7}{:>9}\n",
        "", "tried", "broken", "near", "share"
    );
    for (name, counts) in counts
        .iter()
        .map(|(kind, counts)| (format!("{kind:?}"), *counts))
        .chain([("all".to_owned(), all)])
    {
        let [tried, broke, near] = counts;
        let percent = share(counts) * 100.0;
        writeln!(text, "{name:12}{tried:7}{broke:8}{near:7}{percent:8.2}%").unwrap();
    }
    (format!("{text}\n{misses}"), share(all))
}

fn verdict(name: &str, mutation: &Mutation) -> Verdict {
    let mut found = compile(&mutation.text).diagnostics;
    found.retain(|found| found.severity == Severity::Error);
    if !found.iter().any(|found| BREAKS.contains(&found.code)) {
        return Verdict::Sound;
    }
    let first = &found[0];
    let at = LineIndex::new(&mutation.text)
        .position(first.span.start)
        .line;
    if mutation.lines.iter().any(|line| line.abs_diff(at) <= 1) {
        return Verdict::Near;
    }
    Verdict::Far(format!(
        "{name}:{}: {:?} of {}: line {at}: {}: {}",
        mutation.lines[0], mutation.kind, mutation.about, first.code, first.message
    ))
}

/// The mutations of a file: the same on every run, and those of one file the same whatever
/// the others are.
fn mutations(name: &str, source: &str, every: bool) -> Vec<Mutation> {
    let tokens = tokens(source);
    let mut numbers = Numbers::new(name);
    let mut mutations = Vec::new();
    for kind in KINDS {
        for turn in 0..if every { tokens.len() - 2 } else { TRIES } {
            let last = tokens.len() - 1;
            let index = if every {
                turn + 1
            } else {
                1 + numbers.below(last - 1)
            };
            let other = match kind {
                Kind::FarSwap => 1 + numbers.below(last),
                _ => index + 1,
            };
            if other != index {
                mutations.push(mutated(source, &tokens, kind, index, other.min(last)));
            }
        }
    }
    mutations
}

fn mutated(source: &str, tokens: &[Token], kind: Kind, index: usize, other: usize) -> Mutation {
    let lines = LineIndex::new(source);
    let line = |index: usize| lines.position(tokens[index].0).line;
    let text = |index: usize| &source[tokens[index].0..tokens[index].1];
    let (start, end) = tokens[index];
    let (touched, mutated) = match kind {
        Kind::Deletion => (
            vec![line(index), line(index - 1), line(index + 1)],
            format!("{}{}", &source[..start], &source[end..]),
        ),
        Kind::Swap | Kind::FarSwap => {
            let (one, two) = (index.min(other), index.max(other));
            (
                vec![line(one), line(two)],
                format!(
                    "{}{}{}{}{}",
                    &source[..tokens[one].0],
                    text(two),
                    &source[tokens[one].1..tokens[two].0],
                    text(one),
                    &source[tokens[two].1..]
                ),
            )
        }
        Kind::Duplication => (
            vec![line(index)],
            format!("{} {}", &source[..end], &source[start..]),
        ),
        Kind::Truncation => (vec![line(index)], source[..end].to_owned()),
    };
    let about = match kind {
        Kind::Swap | Kind::FarSwap => format!("`{}` and `{}`", text(index), text(other)),
        _ => format!("`{}`", text(index)),
    };
    Mutation {
        kind,
        text: mutated,
        lines: touched,
        about,
    }
}

/// The tokens of a text that is correct; comments are none.
fn tokens(source: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut start = 0;
    while let Some(first) = source[start..].chars().next() {
        let rest = &source[start..];
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if first == '"' {
            2 + rest[1..].find('"').unwrap()
        } else if first.is_alphanumeric() {
            let word = |next: char| next.is_alphanumeric() || next == '_';
            rest.find(|next| !word(next)).unwrap_or(rest.len())
        } else if rest.starts_with("->") || rest.starts_with("..") {
            2
        } else {
            first.len_utf8()
        };
        if !first.is_whitespace() && !rest.starts_with("//") {
            tokens.push((start, start + length));
        }
        start += length;
    }
    tokens
}

/// Numbers without a pattern, which depend on a word alone (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn new(seed: &str) -> Numbers {
        let mix = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Numbers(seed.bytes().fold(0xcbf2_9ce4_8422_2325, mix))
    }

    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) as usize % bound
    }
}
