//! A client that waits for what it asks, for a while.

use std::io::{BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

/// How long an answer may take: not even a loaded machine needs as long.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) const URI: &str = "file:///some.workflow";

/// An editor with the built server.
pub(crate) struct Client {
    server: Child,
    stdin: Option<ChildStdin>,
    messages: Receiver<Value>,
    /// Messages that came while another was waited for.
    seen: Vec<Value>,
    requests: i64,
}

impl Client {
    /// A server to which nothing has been said.
    pub(crate) fn start() -> Self {
        let mut server = Command::new(env!("CARGO_BIN_EXE_inflight"))
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(server.stdout.take().unwrap());
        let (outgoing, messages) = channel();
        thread::spawn(move || {
            while let Some(message) = read(&mut stdout) {
                if outgoing.send(message).is_err() {
                    break;
                }
            }
        });
        Self {
            stdin: server.stdin.take(),
            server,
            messages,
            seen: Vec::new(),
            requests: 0,
        }
    }

    /// A server that knows these capabilities of the client.
    pub(crate) fn initialized(capabilities: Value) -> Self {
        let mut client = Self::start();
        client.ask(
            "initialize",
            json!({ "processId": null, "rootUri": null, "capabilities": capabilities }),
        );
        client.tell("initialized", json!({}));
        client
    }

    /// A server with one open text, and the diagnostics of that.
    pub(crate) fn opened(text: &str) -> (Self, Value) {
        let mut client = Self::initialized(json!({}));
        let told = client.open(text);
        (client, told)
    }

    /// Opens a text; what is wrong with it.
    pub(crate) fn open(&mut self, text: &str) -> Value {
        self.tell(
            "textDocument/didOpen",
            json!({ "textDocument": { "uri": URI, "languageId": "workflow", "version": 1, "text": text } }),
        );
        self.diagnostics(1)
    }

    /// What is wrong with a version of the text.
    pub(crate) fn diagnostics(&mut self, version: i64) -> Value {
        let told = self.wait(|message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["version"] == version
        });
        told["params"]["diagnostics"].clone()
    }

    /// The result of a request, which must be answered.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        let answer = self.answer(method, params);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// The code and message of a request that must be refused.
    pub(crate) fn refused(&mut self, method: &str, params: Value) -> (i64, String) {
        let error = self.answer(method, params)["error"].clone();
        let message = error["message"].as_str().unwrap_or_default();
        (error["code"].as_i64().unwrap(), message.to_owned())
    }

    /// Asks about a place of the open text.
    pub(crate) fn ask_at(&mut self, method: &str, position: &Value) -> Value {
        self.ask(
            method,
            json!({ "textDocument": { "uri": URI }, "position": position }),
        )
    }

    fn answer(&mut self, method: &str, params: Value) -> Value {
        let id = self.send_request(method, params);
        self.answer_to(id)
    }

    pub(crate) fn send_request(&mut self, method: &str, params: Value) -> i64 {
        self.requests += 1;
        let id = self.requests;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        id
    }

    pub(crate) fn answer_to(&mut self, id: i64) -> Value {
        self.wait(|message| message["id"] == id && message.get("method").is_none())
    }

    pub(crate) fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.write(&format!("Content-Length: {}\r\n\r\n{text}", text.len()));
    }

    /// Sends bytes as they are.
    pub(crate) fn write(&mut self, text: &str) {
        let stdin = self.stdin.as_mut().unwrap();
        stdin.write_all(text.as_bytes()).unwrap();
        stdin.flush().unwrap();
    }

    /// The first message of a kind, among those that came and those that come.
    pub(crate) fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(index) = self.seen.iter().position(&wanted) {
            return self.seen.remove(index);
        }
        loop {
            match self.messages.recv_timeout(PATIENCE) {
                Ok(message) if wanted(&message) => return message,
                Ok(message) => self.seen.push(message),
                Err(error) => panic!("{error}; came: {:?}", self.seen),
            }
        }
    }

    /// How the server ends when nothing more is said: exit code and standard error.
    pub(crate) fn end(mut self) -> (i32, String) {
        drop(self.stdin.take());
        let mut said = String::new();
        let mut stderr = self.server.stderr.take().unwrap();
        stderr.read_to_string(&mut said).unwrap();
        let code = self.server.wait().unwrap().code().unwrap();
        (code, said)
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // It ends by itself when its input does; a test that fails shall not wait for that.
        drop(self.stdin.take());
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// The next message. Whatever else stands on standard output is a failure.
fn read(stdout: &mut impl std::io::BufRead) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if stdout.read_line(&mut line).unwrap() == 0 {
            assert_eq!(length, None, "the output ends within a message");
            return None;
        }
        match line.trim_end() {
            "" => break,
            header => {
                let (name, value) = header.split_once(": ").unwrap();
                assert_eq!(name, "Content-Length");
                length = Some(value.parse().unwrap());
            }
        }
    }
    let mut body = vec![0; length.unwrap()];
    stdout.read_exact(&mut body).unwrap();
    Some(serde_json::from_slice(&body).unwrap())
}
