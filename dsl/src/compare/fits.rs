//! Which values of one type are values of another, as they are persisted.

use crate::model::Type;

/// Whether whatever was persisted as one type can be read as another.
pub(super) fn fits(old: &Type, new: &Type) -> bool {
    match (old, new) {
        (_, Type::Json) => true,
        (Type::Optional(old), Type::Optional(new))
        | (Type::List(old), Type::List(new))
        | (Type::Map(old), Type::Map(new)) => fits(old, new),
        (old, Type::Optional(new)) => fits(old, new),
        (Type::Int, Type::Float) => true,
        // They are text in a record.
        (Type::Bytes | Type::Timestamp | Type::Duration, Type::String) => true,
        // What a type of the user's reads, only its code knows; and it may have moved.
        (Type::Rust(_), Type::Rust(_)) => true,
        (old, new) => old == new,
    }
}

#[cfg(test)]
mod tests {
    use super::fits;
    use crate::model::Type::{Duration, Float, Int, Json, List, Map, Optional, Rust, String};

    #[test]
    fn only_what_every_record_has_is_wanted() {
        let optional = |ty| Optional(Box::new(ty));
        let list = |ty| List(Box::new(ty));
        let check = |old, new, expect| assert_eq!(fits(&old, &new), expect, "{old} -> {new}");
        check(Int, Int, true);
        check(Int, Float, true);
        check(Float, Int, false);
        check(Int, optional(Int), true);
        check(Int, optional(Float), true);
        check(optional(Int), Int, false);
        check(optional(Int), optional(Float), true);
        check(optional(Int), Json, true);
        check(list(Int), list(optional(Float)), true);
        check(list(Int), Map(Box::new(Int)), false);
        check(Duration, String, true);
        check(String, Duration, false);
        check(Rust("a::B".into()), Rust("c::B".into()), true);
        check(Rust("a::B".into()), Int, false);
    }
}
