inflight::workflow!(pub "tests/ui/none.workflow");

fn main() {}
