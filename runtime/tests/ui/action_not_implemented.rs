inflight::workflow! {
    workflow door {
        initial state closed
        final state open
        action pull(hard: bool)
        transition open_it: closed -> open { do pull(hard: true) }
    }
}

struct Hand;

impl door::Actions for Hand {
    type Error = String;
}

fn main() {}
