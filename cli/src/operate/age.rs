//! How long ago, as a person says it.

use std::time::{Duration, SystemTime};

/// The units, each with how many of the one before it makes one.
const UNITS: [(&str, u64); 4] = [("s", 1), ("min", 60), ("h", 60), ("d", 24)];

/// A length of time in the one unit that fits it best: `3 h`.
pub(super) fn length(duration: Duration) -> String {
    let mut number = duration.as_secs();
    let mut name = "s";
    for (unit, ratio) in UNITS {
        if number < ratio {
            break;
        }
        number /= ratio;
        name = unit;
    }
    format!("{number} {name}")
}

/// How long ago a moment is; a clock that was set back makes it none.
pub(super) fn since(moment: SystemTime, now: SystemTime) -> Duration {
    now.duration_since(moment).unwrap_or_default()
}

/// A moment as logs have it, to the second, in UTC.
pub(super) fn moment(moment: SystemTime) -> String {
    humantime::format_rfc3339_seconds(clamped(moment)).to_string()
}

/// The same, exactly, for programs.
pub(super) fn exact(moment: SystemTime) -> String {
    humantime::format_rfc3339_nanos(clamped(moment)).to_string()
}

/// RFC 3339 has no year before 1970 here, and none after 9999.
fn clamped(moment: SystemTime) -> SystemTime {
    let last = SystemTime::UNIX_EPOCH + Duration::from_secs(253_402_300_799);
    moment.clamp(SystemTime::UNIX_EPOCH, last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_told_in_one_unit() {
        let check = |seconds, expect: &str| {
            assert_eq!(length(Duration::from_secs(seconds)), expect);
        };
        check(0, "0 s");
        check(59, "59 s");
        check(60, "1 min");
        check(3_599, "59 min");
        check(3_600, "1 h");
        check(86_399, "23 h");
        check(86_400, "1 d");
        check(40 * 86_400, "40 d");
    }

    #[test]
    fn a_moment_beyond_what_can_be_written_is_the_last_one() {
        let check = |moment, expect: &str| assert_eq!(super::moment(moment), expect);
        let epoch = SystemTime::UNIX_EPOCH;
        check(epoch, "1970-01-01T00:00:00Z");
        check(epoch - Duration::from_secs(1), "1970-01-01T00:00:00Z");
        check(epoch + Duration::from_secs(1 << 40), "9999-12-31T23:59:59Z");
    }
}
