//! `inflight lsp`: a language server over standard input and output.
//!
//! One thread reads, one writes (they are `lsp-server`'s), and one answers, in order. It
//! knows the texts of the files that are open, never those on disk. What is costly, a
//! compilation, is done once for a state of a text, when it is first asked for.

mod actions;
mod capabilities;
mod client;
mod command;
mod complete;
mod diagnose;
mod document;
mod inbox;
mod lines;
mod navigate;
mod outline;
mod refusal;
mod rename;
mod server;

use std::io::Result;

use lsp_server::Connection;

use crate::exit::Exit;
use crate::output::Output;
use inbox::Inbox;
use server::Server;

/// Serves until the client says `exit` or goes away.
pub(crate) fn run(err: &mut Output<'_>) -> Result<Exit> {
    let (connection, threads) = Connection::stdio();
    let inbox = Inbox::new(connection.receiver.clone());
    let orderly = Server::new(connection).serve(inbox);
    // The writer ends when nobody can send any more, so everything is written by then.
    if let Err(error) = threads.join() {
        err.write(&format!("inflight: the connection broke: {error}\n"))?;
        return Ok(Exit::Misuse);
    }
    Ok(if orderly { Exit::Clean } else { Exit::Errors })
}
