inflight::workflow! {
    workflow door {
        initial state closed
        state open
        transition open_it: closed -> open
        transition close: open -> closed
    }
}

struct Hand;

impl door::Actions for Hand {
    type Error = String;
}

async fn swing(locked: &mut door::Locked<Hand>) -> Result<door::Outcome, inflight::Error> {
    match locked.at()? {
        door::At::Closed(closed) => closed.close().await,
        door::At::Open(open) => open.close().await,
    }
}

fn main() {}
