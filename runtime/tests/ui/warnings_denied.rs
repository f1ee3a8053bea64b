#![deny(deprecated)]

inflight::workflow! {
    /// A door that nobody locks.
    workflow door {
        initial state closed
        state open
        error state jammed { reason: string }

        action pull(hard: bool)
        action lock -> jammed
        allow unused_guard
        guard locked

        transition open_it(force: bool): closed -> open {
            do pull(hard: true)
            on error jam -> jammed(reason: failure)
        }
        transition close: open | jammed -> closed
    }
}

fn main() {}
