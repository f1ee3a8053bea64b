macro_rules! door {
    ($target:ident) => {
        inflight::workflow! {
            workflow door {
                initial state closed
                final state open
                transition open_it: closed -> $target
            }
        }
    };
}

door!(opne);

fn main() {}
