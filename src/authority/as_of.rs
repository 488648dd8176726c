//! As of when decisions are judged: an instant, or a whole day.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;

/// As of when decisions are judged.
///
/// Of a day nobody knows the hour, so a doubt is always read against the plan: what holds for hours holds on a day where it
/// holds all day, and what is due is late where it is late at the end of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsOf {
    /// An instant.
    Instant(Timestamp),
    /// A day, UTC.
    Day(Date),
}

impl From<Date> for AsOf {
    fn from(day: Date) -> Self {
        Self::Day(day)
    }
}

impl AsOf {
    /// The day, UTC.
    pub fn day(self) -> Date {
        match self {
            Self::Instant(instant) => Offset::UTC.to_datetime(instant).date(),
            Self::Day(day) => day,
        }
    }

    /// Whether it may be before an instant.
    pub fn may_be_before(self, instant: Timestamp) -> bool {
        match self {
            Self::Instant(now) => now < instant,
            Self::Day(day) => start_of(day).is_none_or(|start| start < instant),
        }
    }

    /// Whether it may be that instant, or later: at its end a half-open interval is over.
    pub fn may_be_from(self, instant: Timestamp) -> bool {
        match self {
            Self::Instant(now) => now >= instant,
            // The day lasts until the first instant of the next, which is no part of it.
            Self::Day(day) => day.tomorrow().ok().and_then(start_of).is_none_or(|end| end > instant),
        }
    }
}

/// The first instant of a day, UTC; `None` beyond the calendar.
fn start_of(day: Date) -> Option<Timestamp> {
    Offset::UTC.to_timestamp(day.to_datetime(Time::midnight())).ok()
}

#[cfg(test)]
mod tests {
    use super::AsOf;
    use jiff::Timestamp;
    use jiff::civil::date;

    #[test]
    fn a_day_is_read_against_the_plan() {
        let instant = |text: &str| text.parse::<Timestamp>().unwrap();
        let (start, end) = (instant("2026-11-24T00:00:00Z"), instant("2026-11-25T00:00:00Z"));
        let day = AsOf::from(date(2026, 11, 24));
        assert!(!day.may_be_before(start) && day.may_be_before(instant("2026-11-24T00:00:01Z")));
        assert!(!day.may_be_from(end) && day.may_be_from(instant("2026-11-24T23:59:59Z")));
        let now = AsOf::Instant(start);
        assert!(!now.may_be_before(start) && now.may_be_from(start) && !now.may_be_from(end));
        assert_eq!((now.day(), day.day()), (date(2026, 11, 24), date(2026, 11, 24)));
    }
}
