//! Pictures: what stands where, in the SVG of every workflow of the examples and of some
//! that nobody would write.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use inflight_dsl::compile;
use inflight_dsl::diagram::{Drawing, Format, render};

/// Left, top, right and bottom.
type Area = [f64; 4];

/// What an SVG shows: the boxes of states, and each transition with its label and way.
struct Picture {
    whole: Area,
    boxes: Vec<Area>,
    labels: Vec<Area>,
    ways: Vec<Vec<(f64, f64)>>,
}

impl Picture {
    fn of(svg: &str) -> Self {
        let (_, body) = svg.split_once("<g transform=").unwrap();
        let (body, _) = body.split_once("<g class=\"legend\"").unwrap();
        let after = |class: &str| -> Vec<Area> {
            let opening = format!("<g class=\"{class} ");
            let groups = body.split(&opening).skip(1);
            let shapes = groups.map(|group| group.split('<').find(|tag| is_shape(tag)));
            shapes.map(|tag| area(tag.unwrap())).collect()
        };
        let ways = body
            .lines()
            .filter(|line| line.contains("<path class=\"arrow\""));
        let ways: Vec<_> = ways.map(|line| way(attribute(line, "d"))).collect();
        let labels: Vec<_> = after("transition");
        // The first arrow leads from the dot to the initial state.
        let starts = ways.len() - labels.len();
        let size: Vec<f64> = (attribute(svg, "viewBox").split(' '))
            .map(|number| number.parse().unwrap())
            .collect();
        Self {
            whole: [size[0], size[1], size[2], size[3]],
            boxes: after("state"),
            labels,
            ways: ways.into_iter().skip(starts).collect(),
        }
    }
}

fn is_shape(tag: &str) -> bool {
    tag.starts_with("rect") || tag.starts_with("polygon")
}

fn attribute<'a>(tag: &'a str, name: &str) -> &'a str {
    let (_, rest) = tag.split_once(&format!(" {name}=\"")).unwrap();
    rest.split('"').next().unwrap()
}

fn area(tag: &str) -> Area {
    if tag.starts_with("rect") {
        let [x, y, width, height] =
            ["x", "y", "width", "height"].map(|name| attribute(tag, name).parse::<f64>().unwrap());
        return [x, y, x + width, y + height];
    }
    let points = attribute(tag, "points").split(' ').map(point);
    let start = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
    points.fold(start, |[left, top, right, bottom], (x, y)| {
        [left.min(x), top.min(y), right.max(x), bottom.max(y)]
    })
}

fn point(text: &str) -> (f64, f64) {
    let (x, y) = text.split_once(',').unwrap();
    (x.parse().unwrap(), y.parse().unwrap())
}

/// Points along a path, close to each other. The corners that bends are drawn towards
/// stand for these.
fn way(path: &str) -> Vec<(f64, f64)> {
    let spaced = path.replace(['M', 'L', 'C', 'Q'], " ").replace('A', " A");
    let corners: Vec<_> = (spaced.split(' '))
        .filter(|text| text.contains(',') && !text.starts_with('A'))
        .map(point)
        .collect();
    let mut way = Vec::new();
    for pair in corners.windows(2) {
        let ((x, y), (to_x, to_y)) = (pair[0], pair[1]);
        way.extend((0..=100).map(|step| {
            let part = f64::from(step) / 100.0;
            (x + (to_x - x) * part, y + (to_y - y) * part)
        }));
    }
    way
}

fn overlap(one: Area, other: Area) -> bool {
    one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3]
}

fn holds(area: Area, (x, y): (f64, f64)) -> bool {
    x > area[0] && x < area[2] && y > area[1] && y < area[3]
}

/// Asserts that nothing stands on anything else.
fn check(name: &str, svg: &str) {
    let picture = Picture::of(svg);
    let areas = || picture.labels.iter().chain(&picture.boxes);
    for (number, one) in areas().enumerate() {
        for other in areas().skip(number + 1) {
            assert!(!overlap(*one, *other), "{name}: {one:?} and {other:?}");
        }
        assert!(
            one[0] >= 0.0 && one[1] >= 0.0 && one[2] <= picture.whole[2],
            "{name}: {one:?} is not within {:?}",
            picture.whole
        );
    }
    for (number, way) in picture.ways.iter().enumerate() {
        let others = picture.labels.iter().enumerate();
        let others = others.filter(|(label, _)| *label != number);
        for area in others.map(|(_, area)| area).chain(&picture.boxes) {
            let crossed = way.iter().find(|point| holds(*area, **point));
            assert_eq!(crossed, None, "{name}: {number} crosses {area:?}");
        }
    }
}

fn drawn(source: &str) -> Vec<String> {
    let compiled = compile(source);
    assert_eq!(compiled.diagnostics, []);
    (compiled.model.unwrap().workflows.iter())
        .map(|workflow| render(workflow, Format::Svg))
        .collect()
}

/// The workflow files below a folder.
fn workflow_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut files = Vec::new();
    for path in entries {
        if path.is_dir() {
            files.extend(workflow_files(&path));
        } else if path.extension().is_some_and(|it| it == "workflow") {
            files.push(path);
        }
    }
    files
}

#[test]
fn nothing_stands_on_anything_else() {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = workflow_files(&crate_folder.join("tests/right"));
    all.extend(workflow_files(&crate_folder.join("../examples")));
    assert!(all.len() > 40, "{}", all.len());
    for file in all {
        for svg in drawn(&fs::read_to_string(&file).unwrap()) {
            check(&file.display().to_string(), &svg);
        }
    }
}

/// States with transitions from anywhere to anywhere.
fn tangle(states: usize, transitions: usize, mut seed: u64) -> String {
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(seed >> 33).unwrap() % below
    };
    let mut text = String::from("workflow w { initial state s0 final state end\n");
    for number in 1..states {
        writeln!(
            text,
            "state s{number} transition next{number}: s{} -> s{number}",
            number - 1
        )
        .unwrap();
    }
    for number in 0..transitions {
        let (from, to) = (random(states), random(states));
        writeln!(text, "transition t{number}: s{from} -> s{to}").unwrap();
    }
    writeln!(text, "transition stop: * -> end }}").unwrap();
    text
}

#[test]
fn a_tangle_is_parted_too() {
    for seed in 0..10 {
        let source = tangle(3 + usize::try_from(seed).unwrap(), 25, seed);
        check(&source, &drawn(&source)[0]);
    }
}

#[test]
fn parts_and_differences_are_pictures_too() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let workflow = |file: &str| {
        let compiled = compile(&fs::read_to_string(folder.join(file)).unwrap());
        compiled.model.unwrap().workflows.remove(0)
    };
    let machine = workflow("right/machine.workflow");
    let mut errors = Drawing::of(&machine);
    errors.only_errors();
    check("errors", &errors.render(Format::Svg));
    for depth in 0..4 {
        let mut near = Drawing::of(&machine);
        near.focus("draining", depth).unwrap();
        near.highlight("draining").unwrap();
        check("focus", &near.render(Format::Svg));
    }
    let [old, new] = ["old", "new"].map(|name| workflow(&format!("rendering/{name}.workflow")));
    check(
        "difference",
        &Drawing::between(&old, &new).render(Format::Svg),
    );
}

#[test]
fn the_same_bytes_come_out_every_time() {
    let source = fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/right/machine.workflow"),
    );
    let source = source.unwrap() + &tangle(12, 40, 7);
    let first = drawn(&source);
    for _ in 0..10 {
        assert!(drawn(&source) == first);
    }
}

#[test]
fn what_nobody_could_read_is_refused() {
    let compiled = compile(&tangle(200, 200, 1));
    let drawing = Drawing::of(&compiled.model.unwrap().workflows[0]);
    assert!(!drawing.fits(Format::Svg));
    assert!(drawing.fits(Format::Dot));
    let svg = drawing.render(Format::Svg);
    assert!(svg.contains("With 202 states it is too large"), "{svg}");
    let mut part = drawing;
    part.focus("s7", 1).unwrap();
    assert!(part.fits(Format::Svg));
}

#[test]
fn a_picture_is_told_in_words_too() {
    let svg = &drawn(
        r#"
        /// Opened & <closed>.
        workflow door {
            initial state open
            /// "It" is locked.
            state shut { code: int }
            final state gone
            transition close(code: int): open -> shut
            transition turn: shut -> same
            transition break_down: shut -> gone
        }
        "#,
    )[0];
    let says = |text: &str| assert!(svg.contains(text), "{text} in {svg}");
    says("role=\"img\" aria-labelledby=\"door-title door-desc\"");
    says("<title id=\"door-title\">Workflow door: Opened &amp; &lt;closed&gt;.</title>");
    says("States: 3. Initial: open. Final: gone. Transitions: 3.");
    says("From open to shut: close(code). From shut to itself: turn.");
    says("<title>\"It\" is locked.</title>");
    says("@media (prefers-color-scheme:dark)");
}

#[test]
fn marks_have_a_sign_a_stroke_and_a_place_in_the_legend() {
    let source = |state: &str| {
        format!(
            "workflow w {{ initial state a {state} state last final state end
             transition go: a -> mid transition on: mid -> last transition stop: last -> end }}"
        )
    };
    let workflow = |source: &str| compile(source).model.unwrap().workflows.remove(0);
    let old = workflow(&source("state mid"));
    let new = source("state mid state more").replace(
        "transition on:",
        "transition on: mid -> more transition more:",
    );
    let new = workflow(&new.replace("more: mid -> last", "more: more -> last"));
    let svg = Drawing::between(&old, &new).render(Format::Svg);
    let says = |text: &str| assert!(svg.contains(text), "{text} in {svg}");
    says(">+ more<");
    says(">− on<");
    says("text-decoration=\"line-through\"");
    says(">+ added</text>");
    says(">− removed</text>");
}
