inflight::workflow!(3);
inflight::workflow!("a.workflow", "b.workflow");
inflight::workflow!();

fn main() {}
