// As much of a language client as the tests need.

import { spawn } from "node:child_process";

export class Server {
  #child;
  #received = Buffer.alloc(0);
  #waiting = new Map();
  #id = 0;

  constructor(command) {
    this.#child = spawn(command, ["lsp"], { stdio: ["pipe", "pipe", "inherit"] });
    this.#child.on("error", (error) => {
      throw new Error(`${command} does not start: build it, or set INFLIGHT. ${error.message}`);
    });
    this.#child.stdout.on("data", (data) => this.#take(data));
  }

  tell(method, params) {
    this.#send({ method, params });
  }

  ask(method, params) {
    const id = ++this.#id;
    const answer = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#send({ id, method, params });
    return answer;
  }

  /** The names of a text, each with its place and whether it is declared there. */
  async names(uri, text) {
    const document = { uri, languageId: "workflow", version: 1, text };
    this.tell("textDocument/didOpen", { textDocument: document });
    const { data } = await this.ask("textDocument/semanticTokens/full", { textDocument: { uri } });
    const names = [];
    let [line, column] = [0, 0];
    for (let at = 0; at < data.length; at += 5) {
      column = data[at] === 0 ? column + data[at + 1] : data[at + 1];
      line += data[at];
      names.push({ line, column, end: column + data[at + 2] });
    }
    return names;
  }

  #send(message) {
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
    this.#child.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.#child.stdin.write(body);
  }

  #take(data) {
    this.#received = Buffer.concat([this.#received, data]);
    for (;;) {
      const header = this.#received.indexOf("\r\n\r\n");
      if (header < 0) {
        return;
      }
      const length = Number(/Content-Length: (\d+)/.exec(this.#received.toString("latin1"))[1]);
      const end = header + 4 + length;
      if (this.#received.length < end) {
        return;
      }
      const message = JSON.parse(this.#received.subarray(header + 4, end).toString());
      this.#received = this.#received.subarray(end);
      const waiting = this.#waiting.get(message.id);
      if (waiting !== undefined) {
        this.#waiting.delete(message.id);
        message.error ? waiting.reject(new Error(message.error.message)) : waiting.resolve(message.result);
      }
    }
  }
}
