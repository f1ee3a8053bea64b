//! Ids of executions.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{SystemTime, UNIX_EPOCH};

use uuid::{Builder, Uuid};

/// A new id: a UUID of version 7, which nobody else comes up with.
///
/// Within a process ids differ by a counter. It begins at chance, as do the bits beside it,
/// so that two processes agree no sooner than if all bits were drawn anew for each id; that
/// would be a call of the system each time.
pub(crate) fn new_id() -> Arc<str> {
    static BEGUN: LazyLock<([u8; 2], AtomicU64)> = LazyLock::new(|| {
        let (first, rest) = Uuid::new_v4().as_u64_pair();
        let [.., high, low] = first.to_be_bytes();
        ([high, low], AtomicU64::new(rest))
    });
    let ([high, low], counter) = &*BEGUN;
    let [a, b, c, d, e, f, g, h] = counter.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = now.unwrap_or_default();
    let millis = now.as_secs() * 1_000 + u64::from(now.subsec_millis());
    let id = Builder::from_unix_timestamp_millis(millis, &[*high, *low, a, b, c, d, e, f, g, h]);
    let id = id.into_uuid().hyphenated();
    Arc::from(&*id.encode_lower(&mut Uuid::encode_buffer()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::Arc;

    use uuid::{Uuid, Variant};

    use super::new_id;

    #[test]
    fn ids_differ_and_are_of_version_7() {
        let ids: BTreeSet<Arc<str>> = (0..10_000).map(|_| new_id()).collect();
        assert_eq!(ids.len(), 10_000);
        for id in ids {
            let id = Uuid::parse_str(&id).unwrap();
            assert_eq!(id.get_version_num(), 7);
            assert_eq!(id.get_variant(), Variant::RFC4122);
            assert!(id.get_timestamp().is_some());
        }
    }
}
