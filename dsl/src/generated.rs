//! Code made from the grammar ahead of time, so that users of the macro do not pay
//! for pest's generator.

#[rustfmt::skip]
#[allow(missing_docs, unreachable_pub, unused, clippy::all, reason = "generated")]
pub(crate) mod parser;
