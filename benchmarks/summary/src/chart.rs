//! The chart: bars, with their values as text.

use std::fmt::Write;

use serde_json::Value;

/// One group of bars.
struct Panel {
    table: &'static str,
    title: &'static str,
    /// The keys of its rows, before the last.
    size: &'static str,
    measure: &'static str,
    digits: usize,
}

const PANELS: [Panel; 4] = [
    Panel {
        table: "dispatch",
        title: "Instructions for a transition, 1,000 states (less is better)",
        size: "1,000",
        measure: "instructions",
        digits: 1,
    },
    Panel {
        table: "compile_release",
        title: "CPU seconds of a release build, 1,000 states (less is better)",
        size: "1,000",
        measure: "CPU s",
        digits: 2,
    },
    Panel {
        table: "transitions",
        title: "Transitions a second that survive a loss of power, 1 instance (more is better)",
        size: "1",
        measure: "transitions/s",
        digits: 0,
    },
    Panel {
        table: "transitions",
        title: "Transitions a second that survive a loss of power, 64 instances (more is better)",
        size: "64",
        measure: "transitions/s",
        digits: 0,
    },
];

const WIDTH: usize = 940;
const LABELS: usize = 420;
const BARS: usize = 400;
const ROW: usize = 22;

/// The whole picture. Colours follow the scheme of whoever looks.
pub fn draw(tables: &[Value]) -> String {
    let mut body = String::new();
    let mut y = 12;
    for panel in &PANELS {
        let bars = panel.bars(tables);
        let most = bars.iter().map(|(_, value)| *value).fold(0.0, f64::max);
        if most <= 0.0 {
            continue;
        }
        y += 18;
        // Writing to a string does not fail.
        let _ = writeln!(
            body,
            "<text class=\"title\" x=\"10\" y=\"{y}\">{}</text>",
            panel.title
        );
        y += 10;
        for (name, value) in bars {
            let class = match name.contains("inflight") || OURS.contains(&name.as_str()) {
                true => "ours",
                false => "peer",
            };
            let width = (value / most * BARS as f64).max(1.0);
            let (text, label) = (y + 15, LABELS - 8);
            let _ = writeln!(
                body,
                "<text x=\"{label}\" y=\"{text}\" text-anchor=\"end\">{}</text>\
                 <rect class=\"{class}\" x=\"{LABELS}\" y=\"{}\" width=\"{width:.1}\" height=\"14\" rx=\"2\"/>\
                 <text x=\"{:.1}\" y=\"{text}\">{}</text>",
                escaped(&name),
                y + 4,
                LABELS as f64 + width + 6.0,
                number(value, panel.digits),
            );
            y += ROW;
        }
        y += 10;
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {y}\" \
         font-family=\"system-ui, sans-serif\" font-size=\"13\">
<style>
svg {{ background: #ffffff }} text {{ fill: #1f2328 }} .title {{ font-weight: 600 }}
.ours {{ fill: #0969da }} .peer {{ fill: #8c959f }}
@media (prefers-color-scheme: dark) {{
svg {{ background: #0d1117 }} text {{ fill: #e6edf3 }}
.ours {{ fill: #4493f8 }} .peer {{ fill: #656c76 }}
}}
</style>
{body}</svg>
"
    )
}

/// What is ours without saying so.
const OURS: [&str; 2] = ["JournalStore", "SqliteStore"];

impl Panel {
    /// The names and values of its bars.
    fn bars(&self, tables: &[Value]) -> Vec<(String, f64)> {
        let Some(table) = tables.iter().find(|table| table["table"] == self.table) else {
            return Vec::new();
        };
        let measures = table["measures"].as_array();
        let column = measures.and_then(|all| all.iter().position(|it| *it == self.measure));
        let rows = table["rows"].as_array().into_iter().flatten();
        rows.filter(|row| row["keys"][0] == self.size)
            .filter_map(|row| {
                let name = row["keys"].as_array()?.last()?.as_str()?.replace('`', "");
                Some((name, row["values"][column?].as_f64()?))
            })
            .collect()
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// A number with its thousands parted.
fn number(value: f64, digits: usize) -> String {
    if value < 1_000.0 {
        return format!("{value:.digits$}");
    }
    let whole = format!("{value:.0}");
    let mut parted = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            parted.push(',');
        }
        parted.push(digit);
    }
    parted
}
