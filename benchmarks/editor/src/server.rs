//! The server with one open file.

use std::io::{self, BufRead, BufReader, Error, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

const URI: &str = "file:///long_way.workflow";

/// A running server.
pub struct Server {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    version: i64,
    /// The version of which it was last said what is wrong.
    told: i64,
    asked: i64,
}

impl Server {
    /// Starts it and opens a text; when this returns, it has said what is wrong with it.
    pub fn open(command: &str, text: &str) -> io::Result<Self> {
        let mut child = Command::new(command)
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let gone = || Error::other("the server has no pipes");
        let mut server = Self {
            input: child.stdin.take().ok_or_else(gone)?,
            output: BufReader::new(child.stdout.take().ok_or_else(gone)?),
            child,
            version: 1,
            told: 0,
            asked: 0,
        };
        server.request("initialize", json!({ "capabilities": {} }))?;
        let document = json!({ "uri": URI, "languageId": "workflow", "version": 1, "text": text });
        server.send(json!({
            "method": "textDocument/didOpen",
            "params": { "textDocument": document },
        }))?;
        server.diagnostics()?;
        Ok(server)
    }

    /// Changes the text.
    pub fn change(&mut self, change: &Value) -> io::Result<()> {
        self.version += 1;
        self.send(json!({
            "method": "textDocument/didChange",
            "params": {
                "textDocument": { "uri": URI, "version": self.version },
                "contentChanges": [change],
            },
        }))
    }

    /// Waits until it is said what is wrong with the current version.
    pub fn diagnostics(&mut self) -> io::Result<()> {
        while self.told < self.version {
            self.receive()?;
        }
        Ok(())
    }

    /// Asks about a place and waits for the answer.
    pub fn ask(&mut self, method: &str, place: &Value) -> io::Result<()> {
        self.request(
            method,
            json!({ "textDocument": { "uri": URI }, "position": place }),
        )
    }

    fn request(&mut self, method: &str, params: Value) -> io::Result<()> {
        self.asked += 1;
        let id = self.asked;
        self.send(json!({ "id": id, "method": method, "params": params }))?;
        while self.receive()?["id"] != id {}
        Ok(())
    }

    fn send(&mut self, mut message: Value) -> io::Result<()> {
        message["jsonrpc"] = "2.0".into();
        let body = message.to_string();
        let head = format!("Content-Length: {}\r\n\r\n", body.len());
        self.input.write_all((head + &body).as_bytes())?;
        self.input.flush()
    }

    fn receive(&mut self) -> io::Result<Value> {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if self.output.read_line(&mut line)? == 0 {
                return Err(Error::other("the server went away"));
            }
            match line.trim_end().split_once(": ") {
                Some((_, value)) => length = value.parse().map_err(Error::other)?,
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body)?;
        let message: Value = serde_json::from_slice(&body)?;
        if let Some(version) = message["params"]["version"].as_i64() {
            self.told = version;
        }
        Ok(message)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Nothing is lost with it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
