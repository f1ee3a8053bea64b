// The grammar against every workflow file of the project. The compiler knows which words
// are names, and what is neither name, comment, string nor number is a keyword: the
// grammar, which only sees a line at a time, has to agree.

import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import oniguruma from "vscode-oniguruma";
import textmate from "vscode-textmate";
import { Server } from "./server.mjs";

const extension = resolve(fileURLToPath(import.meta.url), "../..");
const project = resolve(extension, "../..");
const command = process.env.INFLIGHT ?? join(project, "target/debug/inflight");

const require = createRequire(import.meta.url);
await oniguruma.loadWASM(readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm")));
const path = join(extension, "syntaxes/workflow.tmLanguage.json");
const registry = new textmate.Registry({
  onigLib: Promise.resolve(oniguruma),
  loadGrammar: async () => textmate.parseRawGrammar(readFileSync(path, "utf8"), path),
});
const grammar = await registry.loadGrammar("source.workflow");

/** Texts in which every word is right: wrong ones have words that are nothing. */
function* files(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!["node_modules", "target", "wrong", ".git"].includes(entry.name)) {
        yield* files(path);
      }
    } else if (entry.name.endsWith(".workflow")) {
      yield path;
    }
  }
}

/** What the grammar makes of each word that is not in a comment or string. */
function* words(text) {
  let state = textmate.INITIAL;
  for (const [number, line] of text.split(/\r?\n/).entries()) {
    const tokenized = grammar.tokenizeLine(line, state);
    state = tokenized.ruleStack;
    for (const token of tokenized.tokens) {
      const scope = token.scopes.at(-1);
      const isText = token.scopes.some((scope) => /^(comment|string)/.test(scope));
      if (!isText) {
        for (const word of line.slice(token.startIndex, token.endIndex).matchAll(/[a-z_]\w*/gi)) {
          const column = token.startIndex + word.index;
          const isNumber = scope.startsWith("constant.numeric");
          if (!isNumber) {
            yield { line: number, column, word: word[0], scope };
          }
        }
      }
    }
  }
}

/** Words with a meaning of their own, which the compiler does not take for names. */
const MEANS_ITSELF =
  /^(keyword|storage|support\.type|constant\.language|variable\.language|constant\.other\.code|variable\.other\.former)/;
const IS_NAME = /^(entity\.name|variable\.(parameter|other\.member)|source\.workflow$)/;

const server = new Server(command);
await server.ask("initialize", { processId: null, capabilities: {} });
const problems = [];
let [checked, count] = [0, 0];
for (const path of files(project)) {
  const text = readFileSync(path, "utf8");
  const names = await server.names(`file://${path}`, text);
  const isName = new Set(names.map(({ line, column }) => `${line}:${column}`));
  for (const { line, column, word, scope } of words(text)) {
    const wanted = isName.has(`${line}:${column}`) ? IS_NAME : MEANS_ITSELF;
    if (!wanted.test(scope)) {
      problems.push(`${path}:${line + 1}:${column + 1}: \`${word}\` is ${scope}`);
    }
    count += 1;
  }
  checked += 1;
}
server.tell("exit");
console.log(`${count} words of ${checked} files`);
if (problems.length > 0 || checked === 0) {
  console.error(problems.join("\n"));
  process.exit(1);
}
process.exit(0);
