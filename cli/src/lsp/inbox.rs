//! Messages that wait to be handled.

use std::collections::VecDeque;
use std::sync::mpsc;
use std::thread;

use lsp_server::{Message, Notification, RequestId};
use lsp_types::notification::{Cancel, Notification as _};
use lsp_types::{CancelParams, NumberOrString};

/// Messages in the order in which they came, all that are there already.
///
/// `lsp-server` hands over one message at a time and reads the next only then; to see a
/// request called off while it waits, all must be read that are there.
pub(super) struct Inbox {
    incoming: mpsc::Receiver<Message>,
    waiting: VecDeque<Message>,
}

/// What comes out of an inbox.
pub(super) enum Received {
    Message(Message),
    /// A request that was called off before anything was done for it.
    Cancelled(RequestId),
}

impl Inbox {
    /// Takes messages from a channel of any kind until that ends.
    pub(super) fn new(messages: impl IntoIterator<Item = Message> + Send + 'static) -> Self {
        let (outgoing, incoming) = mpsc::channel();
        thread::spawn(move || {
            for message in messages {
                if outgoing.send(message).is_err() {
                    break;
                }
            }
        });
        Self {
            incoming,
            waiting: VecDeque::new(),
        }
    }

    /// Waits for the next message; `None` if the client is gone.
    pub(super) fn next(&mut self) -> Option<Received> {
        if self.is_empty() {
            let next = self.incoming.recv().ok()?;
            self.waiting.push_back(next);
            self.take_in();
        }
        loop {
            match self.waiting.pop_front()? {
                Message::Notification(cancel) if cancel.method == Cancel::METHOD => {}
                Message::Request(request) if self.is_cancelled(&request.id) => {
                    return Some(Received::Cancelled(request.id));
                }
                message => return Some(Received::Message(message)),
            }
            if self.is_empty() {
                let next = self.incoming.recv().ok()?;
                self.waiting.push_back(next);
            }
        }
    }

    /// Whether nothing waits now.
    pub(super) fn is_empty(&mut self) -> bool {
        self.take_in();
        self.waiting.is_empty()
    }

    fn take_in(&mut self) {
        self.waiting.extend(self.incoming.try_iter());
    }

    fn is_cancelled(&self, id: &RequestId) -> bool {
        let waiting = self.waiting.iter();
        waiting
            .filter_map(|message| match message {
                Message::Notification(notification) => cancelled(notification),
                _ => None,
            })
            .any(|cancelled| cancelled == *id)
    }
}

fn cancelled(notification: &Notification) -> Option<RequestId> {
    if notification.method != Cancel::METHOD {
        return None;
    }
    let params = serde_json::from_value::<CancelParams>(notification.params.clone());
    Some(match params.ok()?.id {
        NumberOrString::Number(number) => number.into(),
        NumberOrString::String(text) => text.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use lsp_server::Request;
    use serde_json::json;

    #[test]
    fn what_was_called_off_while_it_waited_is_not_done() {
        let request = |id: i32| {
            Message::Request(Request::new(
                id.into(),
                "textDocument/hover".into(),
                json!({}),
            ))
        };
        let cancel = |id: serde_json::Value| {
            Message::Notification(Notification::new(
                Cancel::METHOD.into(),
                json!({ "id": id }),
            ))
        };
        let text = Message::Request(Request::new("a".to_owned().into(), String::new(), ()));
        let (outgoing, incoming) = mpsc::channel();
        for message in [
            request(1),
            request(2),
            cancel(json!(2)),
            cancel(json!(7)),
            cancel(json!("b")),
            text,
            cancel(json!("a")),
            request(3),
        ] {
            outgoing.send(message).unwrap();
        }
        drop(outgoing);
        let mut inbox = Inbox {
            incoming,
            waiting: VecDeque::new(),
        };
        let mut handled = Vec::new();
        while let Some(received) = inbox.next() {
            handled.push(match received {
                Received::Cancelled(id) => format!("not {id}"),
                Received::Message(Message::Request(request)) => request.id.to_string(),
                Received::Message(other) => panic!("{other:?}"),
            });
        }
        assert_eq!(handled, ["1", "not 2", "not \"a\"", "3"]);
    }
}
