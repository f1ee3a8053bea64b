//! Times and durations as text that a person can read and that is exact.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The first second that RFC 3339 cannot name: the year 10,000.
const END: Duration = Duration::from_secs(253_402_300_800);

/// A time in RFC 3339 with nanoseconds; outside the years 1970 to 9999, seconds since
/// 1970 after an `@`, which is how `date` spells them.
pub(crate) fn encode_time(time: SystemTime) -> String {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) if since < END => humantime::format_rfc3339_nanos(time).to_string(),
        Ok(since) => format!("@{}", encode_seconds(since)),
        Err(before) => format!("@-{}", encode_seconds(before.duration())),
    }
}

/// Reads what [`encode_time`] wrote, and RFC 3339 with fewer digits.
pub(crate) fn decode_time(text: &str) -> Option<SystemTime> {
    match text.strip_prefix('@') {
        None => humantime::parse_rfc3339(text).ok(),
        Some(seconds) => match seconds.strip_prefix('-') {
            None => UNIX_EPOCH.checked_add(decode_seconds(seconds)?),
            Some(before) => UNIX_EPOCH.checked_sub(decode_seconds(before)?),
        },
    }
}

/// A duration in seconds, such as `90s` or `0.5s`: exact, and written in one way only,
/// unlike a mix of units in which a month is 30.44 days.
pub(super) fn encode_duration(duration: Duration) -> String {
    format!("{}s", encode_seconds(duration))
}

/// Reads what [`encode_duration`] wrote.
pub(super) fn decode_duration(text: &str) -> Option<Duration> {
    decode_seconds(text.strip_suffix('s')?)
}

fn encode_seconds(duration: Duration) -> String {
    let text = format!("{}.{:09}", duration.as_secs(), duration.subsec_nanos());
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn decode_seconds(text: &str) -> Option<Duration> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || fraction.len() > 9 {
        return None;
    }
    Some(Duration::new(
        whole.parse().ok()?,
        format!("{fraction:0<9}").parse().ok()?,
    ))
}
