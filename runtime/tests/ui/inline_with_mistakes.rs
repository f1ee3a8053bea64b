inflight::workflow! {
    workflow door {
        initial state closed
        state open
        error state jammed { reason: string }

        action pull(hard: bool)

        transition open_it: closed -> opne {
            do pull(hard: true)
            on error jam -> jammed(reason: failure)
        }
        transition close: open -> closed { alias shut }
        transition close: open -> closed
        transition free: jammed -> closed { do pull(hard: 3) }
    }
}

fn main() {}
