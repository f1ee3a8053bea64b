//! What each type looks like in a record, and that it comes back as it was.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::{DecodeError, Fields, Variable};

/// Writes a value to text and reads it back, as a store does.
fn reread<T: Variable>(value: &T) -> T {
    let text = value.encode().to_string();
    let parsed: Json = serde_json::from_str(&text).unwrap();
    let read = T::decode(&parsed).unwrap_or_else(|| panic!("{text} is not a {}", T::NAME));
    assert_eq!(read.encode().to_string(), text, "encoded a second time");
    read
}

fn check<T: Variable + PartialEq + Debug>(value: T, expect: Json) {
    assert_eq!(value.encode(), expect);
    assert_eq!(reread(&value), value);
}

fn refused<T: Variable + Debug>(json: Json) {
    let read = T::decode(&json);
    assert!(read.is_none(), "{json} was read as {read:?}");
}

#[test]
fn each_type_has_one_form() {
    check(true, json!(true));
    check(i64::MIN, json!(i64::MIN));
    check(i64::MAX, json!(i64::MAX));
    check(1.5, json!(1.5));
    check(f64::INFINITY, json!("inf"));
    check(f64::NEG_INFINITY, json!("-inf"));
    check("NaN \u{0} \"é\"".to_owned(), json!("NaN \u{0} \"é\""));
    check(vec![0x00_u8, 0x9f, 0xff], json!("009fff"));
    check(Vec::<u8>::new(), json!(""));
    check(
        json!({"b": [1, null], "a": 2.0}),
        json!({"b": [1, null], "a": 2.0}),
    );
    check(Some(7_i64), json!(7));
    check(None::<i64>, json!(null));
    check(vec![Some(1_i64), None], json!([1, null]));
    check(
        BTreeMap::from([("b".to_owned(), vec![1_i64]), ("a".to_owned(), vec![])]),
        json!({"a": [], "b": [1]}),
    );
}

#[test]
fn floats_keep_their_bits() {
    assert_eq!(reread(&-0.0_f64).to_bits(), (-0.0_f64).to_bits());
    assert!(reread(&f64::NAN).is_nan());
    assert_eq!(f64::decode(&json!(3)), Some(3.0));
}

#[test]
fn times_are_readable_and_exact() {
    check(UNIX_EPOCH, json!("1970-01-01T00:00:00.000000000Z"));
    check(
        UNIX_EPOCH + Duration::new(1_700_000_000, 1),
        json!("2023-11-14T22:13:20.000000001Z"),
    );
    check(
        UNIX_EPOCH + Duration::new(253_402_300_799, 999_999_999),
        json!("9999-12-31T23:59:59.999999999Z"),
    );
    check(
        UNIX_EPOCH + Duration::from_secs(253_402_300_800),
        json!("@253402300800"),
    );
    check(UNIX_EPOCH - Duration::from_nanos(1), json!("@-0.000000001"));
    check(UNIX_EPOCH - Duration::from_millis(1_500), json!("@-1.5"));
    assert_eq!(
        SystemTime::decode(&json!("2023-11-14T22:13:20Z")),
        Some(UNIX_EPOCH + Duration::from_secs(1_700_000_000))
    );
}

#[test]
fn durations_are_readable_and_exact() {
    check(Duration::ZERO, json!("0s"));
    check(Duration::from_secs(600), json!("600s"));
    check(Duration::from_millis(1_050), json!("1.05s"));
    check(Duration::from_nanos(1), json!("0.000000001s"));
    check(Duration::MAX, json!("18446744073709551615.999999999s"));
}

#[test]
fn other_types_are_refused() {
    refused::<bool>(json!(1));
    refused::<i64>(json!(1.0));
    refused::<i64>(json!(u64::MAX));
    refused::<i64>(json!("1"));
    refused::<f64>(json!("1.0"));
    refused::<f64>(json!("nan"));
    refused::<String>(json!(null));
    refused::<Vec<u8>>(json!("0"));
    refused::<Vec<u8>>(json!("0g"));
    refused::<Vec<u8>>(json!("+1"));
    refused::<Vec<u8>>(json!("éé"));
    refused::<Vec<u8>>(json!([0]));
    refused::<SystemTime>(json!("yesterday"));
    refused::<SystemTime>(json!("@"));
    refused::<SystemTime>(json!("@--1"));
    refused::<SystemTime>(json!("@99999999999999999999"));
    refused::<SystemTime>(json!("@18446744073709551615"));
    refused::<Duration>(json!("5m"));
    refused::<Duration>(json!("1.s"));
    refused::<Duration>(json!(".5s"));
    refused::<Duration>(json!("+1s"));
    refused::<Duration>(json!("1.0000000001s"));
    refused::<Duration>(json!(5));
    refused::<Vec<i64>>(json!([1, "2"]));
    refused::<BTreeMap<String, i64>>(json!({"a": null}));
}

#[test]
fn fields_are_taken_once_and_all() {
    let fields = Fields::new()
        .with("reason", &"disk".to_owned())
        .with("code", &Some(3_i64));

    let mut taken = fields.clone();
    assert_eq!(taken.take::<i64>("code"), Ok(3));
    assert_eq!(taken.take::<Option<i64>>("code"), Ok(None));
    assert_eq!(
        taken.take::<i64>("code"),
        Err(DecodeError::Missing("code".to_owned()))
    );
    assert_eq!(
        taken.clone().finish(),
        Err(DecodeError::Undeclared("reason".to_owned()))
    );
    assert_eq!(
        taken.take::<i64>("reason").unwrap_err().to_string(),
        "`reason` should be int, but is `\"disk\"`"
    );
    assert_eq!(taken.finish(), Ok(()));
}

proptest! {
    #[test]
    fn ints(value: i64) {
        prop_assert_eq!(reread(&value), value);
    }

    #[test]
    fn finite_floats(bits: u64) {
        let value = f64::from_bits(bits);
        prop_assume!(value.is_finite());
        prop_assert_eq!(reread(&value).to_bits(), bits);
    }

    #[test]
    fn strings(value: String) {
        prop_assert_eq!(reread(&value), value);
    }

    #[test]
    fn bytes(value: Vec<u8>) {
        prop_assert_eq!(reread(&value), value);
    }

    #[test]
    fn times(seconds: i64, nanos in 0..1_000_000_000_u32) {
        let whole = Duration::from_secs(seconds.unsigned_abs());
        let whole = if seconds < 0 {
            UNIX_EPOCH.checked_sub(whole)
        } else {
            UNIX_EPOCH.checked_add(whole)
        };
        let time = whole.and_then(|time| time.checked_add(Duration::from_nanos(nanos.into())));
        prop_assume!(time.is_some());
        let time = time.unwrap();
        prop_assert_eq!(reread(&time), time);
    }

    #[test]
    fn durations(seconds: u64, nanos in 0..1_000_000_000_u32) {
        let duration = Duration::new(seconds, nanos);
        prop_assert_eq!(reread(&duration), duration);
    }

    #[test]
    fn collections(
        value in prop::collection::btree_map(
            ".{0,4}",
            prop::collection::vec(any::<Option<i64>>(), 0..4),
            0..4,
        )
    ) {
        prop_assert_eq!(reread(&value), value);
    }
}
