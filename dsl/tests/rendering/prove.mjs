// Proves that what `inflight diagram` writes is drawn: Mermaid and SVG in headless Chromium,
// DOT by Graphviz, PlantUML by PlantUML. Each drawing must come out without a complaint,
// with the names of all states and transitions, and with as many arrows as it has.
//
//     npm ci && cargo build -p inflight-cli && node prove.mjs ../../../target/debug/inflight

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../../..");
const inflight = resolve(process.argv[2] ?? join(root, "target/debug/inflight"));
const work = mkdtempSync(join(tmpdir(), "rendering-"));

const FORMATS = ["mermaid", "dot", "plantuml", "svg"];

/** Of these, parts are drawn too. */
const IN_PARTS = ["unit", "machine", "kubernetes_pod"];

function inParts({ name }) {
  return IN_PARTS.some((workflow) => name.includes(`--workflow ${workflow} `));
}

function workflowFiles(folder) {
  const entries = readdirSync(folder, { withFileTypes: true });
  const paths = entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? workflowFiles(path) : [path];
  });
  return paths.filter((path) => path.endsWith(".workflow")).sort();
}

function run(...words) {
  const { stdout, stderr, status } = spawnSync(inflight, words, { encoding: "utf8" });
  if (stdout === "") throw new Error(`inflight ${words.join(" ")}: ${status} ${stderr}`);
  return stdout;
}

/** What DOT says is there: it has one line for each state and each arrow. */
function contents(dot) {
  const lines = dot.split("\n");
  const quoted = (text) => JSON.parse(`"${text}"`);
  const states = lines.map((line) => line.match(/^ {4}"([a-z_0-9]+)" \[label/)).filter(Boolean);
  const arrows = lines.filter((line) => / -> .*\[label=/.test(line));
  const names = arrows.map((line) => {
    const label = quoted(line.match(/\[label="((?:[^"\\]|\\.)*)"/)[1]).split("\n");
    const name = label.find((text) => /^ *([▶+−~] )?[a-z_]/.test(text)) ?? "";
    return name.match(/[a-z_0-9]+/)[0];
  });
  return { states: states.map((match) => match[1]), names, arrows: arrows.length };
}

/** Everything to draw: its name, and the words of the command that draws it. */
function subjects() {
  const files = [...workflowFiles(join(root, "examples")), ...workflowFiles(join(root, "dsl/tests/right"))];
  const found = files.flatMap((file) => {
    const workflows = [...run("diagram", "--format", "dot", file).matchAll(/^digraph "(\w+)"/gm)];
    return workflows.map(([, workflow]) => ({ file, workflow }));
  });
  const parts = (workflow, file) => {
    if (!IN_PARTS.includes(workflow)) return [];
    const { states } = contents(run("diagram", "--format", "dot", "--workflow", workflow, file));
    return [["--only", "errors"], ["--focus", states[2]], ["--highlight", states[2]]];
  };
  const drawings = found.flatMap(({ file, workflow }) =>
    [[], ...parts(workflow, file)].map((part) => ["diagram", "--workflow", workflow, ...part, file]),
  );
  const versions = ["old", "new"].map((version) => join(here, `${version}.workflow`));
  return [...drawings, ["diff", ...versions]].map((words, number) => {
    const texts = FORMATS.map((format) => [format, run(words[0], "--format", format, ...words.slice(1))]);
    const name = `${String(number).padStart(3, "0")} ${words.join(" ").replaceAll(`${root}/`, "")}`;
    return { name, number, ...Object.fromEntries(texts) };
  });
}

const failures = [];
function expect(is, what) {
  if (!is) failures.push(what);
}

function expectWords(subject, format, text) {
  const { states, names } = contents(subject.dot);
  // Long lines are broken, so blanks do not count.
  const shown = text.replaceAll(/\s/g, "");
  for (const word of [...states, ...names]) {
    expect(shown.includes(word), `${subject.name}: ${format} does not show ${word}`);
  }
}

function textOf(svg) {
  const plain = svg.replaceAll(/<(title|desc|style)\b[^]*?<\/\1>/g, "").replaceAll(/<[^>]*>/g, " ");
  return plain.replaceAll(/&#(\d+);/g, (_, code) => String.fromCodePoint(code)).replaceAll("&quot;", '"');
}

function dot(all) {
  for (const subject of all) {
    const { stdout, stderr, status } = spawnSync("dot", ["-Tsvg"], { input: subject.dot, encoding: "utf8" });
    expect(status === 0 && stderr === "", `${subject.name}: dot says ${status} ${stderr}`);
    const drawn = (stdout.match(/class="edge"/g) ?? []).length;
    const expected = subject.dot.split("\n").filter((line) => line.includes(" -> ")).length;
    expect(drawn >= expected, `${subject.name}: dot draws ${drawn} arrows of ${expected}`);
    expectWords(subject, "dot", textOf(stdout));
  }
}

function plantuml(all) {
  const folder = join(work, "plantuml");
  mkdirSync(folder);
  const files = all.map(({ number }) => join(folder, `${number}.puml`));
  all.forEach((subject, index) => writeFileSync(files[index], subject.plantuml));
  // In an SVG there is text to look for; a PNG is what most people get, and takes long.
  const runs = [["-tsvg", files], ["-tpng", files.filter((_, index) => inParts(all[index]))]];
  for (const [type, files] of runs) {
    const words = ["-charset", "UTF-8", "-nbthread", "auto", "-failfast2", type, ...files];
    const java = { JAVA_TOOL_OPTIONS: "-DPLANTUML_LIMIT_SIZE=16384 -Djava.awt.headless=true" };
    const { stdout, stderr, status } = spawnSync("plantuml", words, {
      encoding: "utf8",
      env: { ...process.env, ...java },
    });
    const said = `${stdout}${stderr}`.replaceAll(/^Picked up .*\n/gm, "");
    expect(status === 0 && said === "", `plantuml ${type} says ${status} ${said}`);
  }
  for (const subject of all) {
    const [svg, png] = ["svg", "png"].map((type) => join(folder, `${subject.number}.${type}`));
    expect(existsSync(png) || !inParts(subject), `${subject.name}: plantuml draws no png`);
    const text = existsSync(svg) ? readFileSync(svg, "utf8") : "";
    expect(!/Syntax Error|cannot find Graphviz/i.test(text), `${subject.name}: plantuml draws an error`);
    expectWords(subject, "plantuml", textOf(text));
  }
}

/** Runs in the page: draws everything, and leaves what it has found. */
async function inPage(all) {
  const found = [];
  mermaid.initialize({ startOnLoad: false, maxTextSize: 1e6, maxEdges: 2000 });
  for (const { number, mermaid: source, svg } of all) {
    const one = { number, complaints: [] };
    const complain = (what) => one.complaints.push(what);
    try {
      const drawn = await mermaid.render(`m${number}`, source);
      const place = document.createElement("div");
      place.innerHTML = drawn.svg;
      document.body.append(place);
      one.arrows = place.querySelectorAll("path.transition").length;
      for (const style of place.querySelectorAll("style")) style.remove();
      one.text = place.textContent;
      place.remove();
    } catch (error) {
      complain(`mermaid says ${error.message ?? error}`);
    }
    const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
    const flaw = parsed.querySelector("parsererror");
    if (flaw) complain(`the svg is no XML: ${flaw.textContent}`);
    const picture = document.importNode(parsed.documentElement, true);
    document.body.append(picture);
    const frame = picture.getBoundingClientRect();
    const boxes = [...picture.querySelectorAll("text")].map((text) => [text, text.getBoundingClientRect()]);
    for (const [text, box] of boxes) {
      const within = box.left >= frame.left && box.right <= frame.right && box.bottom <= frame.bottom;
      if (!within) complain(`svg: '${text.textContent}' leaves the picture`);
      const told = Number(text.getAttribute("textLength") ?? text.getComputedTextLength());
      text.removeAttribute("textLength");
      const width = text.getComputedTextLength();
      // Fonts differ in other signs; of plain text the width must be known, but for kerning.
      const plain = /^[ -~]*$/.test(text.textContent);
      if (plain && Math.abs(width - told) > 1 + told / 50) {
        complain(`svg: '${text.textContent}' is ${width} wide, not ${told}`);
      }
    }
    boxes.forEach(([text, box], index) => {
      for (const [other, its] of boxes.slice(index + 1)) {
        // The boxes of neighbouring lines touch: letters fill them in the middle only.
        const apart = box.right <= its.left || its.right <= box.left || box.bottom - 4 <= its.top || its.bottom - 4 <= box.top;
        if (!apart) complain(`svg: '${text.textContent}' stands on '${other.textContent}'`);
      }
    });
    picture.remove();
    found.push(one);
  }
  return found;
}

function chromium(all) {
  const drawings = all.map(({ number, mermaid, svg }) => ({ number, mermaid, svg }));
  const page = `<!doctype html><meta charset="utf-8"><body>
<script src="file://${here}/node_modules/mermaid/dist/mermaid.min.js"></script>
<script>
const all = ${JSON.stringify(drawings).replaceAll("</", "<\\/")};
(${inPage})(all).then((found) => {
  const result = document.createElement("script");
  result.type = "application/json";
  result.id = "found";
  result.textContent = btoa(unescape(encodeURIComponent(JSON.stringify(found))));
  document.body.append(result);
});
</script>`;
  const file = join(work, "page.html");
  writeFileSync(file, page);
  const words = ["--headless", "--no-sandbox", "--disable-gpu", `--user-data-dir=${join(work, "profile")}`];
  const document = execFileSync(
    "chromium",
    [...words, "--virtual-time-budget=600000", "--dump-dom", `file://${file}`],
    { encoding: "utf8", maxBuffer: 1e9, stdio: ["ignore", "pipe", "ignore"] },
  );
  const result = document.match(/id="found">([^<]*)</);
  if (!result) throw new Error("the page did not finish");
  const found = JSON.parse(Buffer.from(result[1], "base64").toString("utf8"));
  for (const { number, complaints, arrows, text } of found) {
    const subject = all[number];
    for (const complaint of complaints) expect(false, `${subject.name}: ${complaint}`);
    const expected = subject.mermaid.split("\n").filter((line) => line.includes(" --> ")).length;
    expect(arrows === expected, `${subject.name}: mermaid draws ${arrows} arrows of ${expected}`);
    expectWords(subject, "mermaid", text ?? "");
    expectWords(subject, "svg", textOf(subject.svg));
  }
}

try {
  const all = subjects();
  for (const prove of [dot, plantuml, chromium]) {
    const start = Date.now();
    prove(all);
    console.log(`${prove.name}: ${all.length} drawings, ${((Date.now() - start) / 1000).toFixed(1)} s`);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
if (failures.length > 0) {
  console.error(failures.join("\n"));
  process.exit(1);
}
