//! What a command knows besides its inputs: what time it is, and who runs it.

use jiff::civil::Date;
use jiff::{Timestamp, tz};

use crate::authority::AsOf;

/// What time it is, and on which day approvals are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// When it was judged, in whole seconds.
    pub now: Timestamp,
    /// Who says so.
    pub now_from: ClockSource,
    /// The day on which approvals are judged, UTC.
    pub as_of: Date,
    /// Who says so.
    pub as_of_from: ClockSource,
}

/// Who says what time or which day it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockSource {
    /// The clock of the machine.
    System,
    /// An option of the command line.
    Option,
}

impl Clock {
    /// The time that was told, else that of the system; the day that was told, else that of this time.
    pub fn new(told_now: Option<Timestamp>, told_day: Option<Date>, system: Timestamp) -> Self {
        let (now, now_from) =
            told_now.map_or((system, ClockSource::System), |now| (now, ClockSource::Option));
        let now = Timestamp::from_second(now.as_second()).unwrap_or(now);
        let day = || tz::Offset::UTC.to_datetime(now).date();
        let (as_of, as_of_from) =
            told_day.map_or_else(|| (day(), now_from), |day| (day, ClockSource::Option));
        Self { now, now_from, as_of, as_of_from }
    }

    /// As of when decisions are judged: at the time, unless only a day was told, or another one than that of the time.
    pub fn judged_as_of(&self) -> AsOf {
        let is_told_alone = self.as_of_from == ClockSource::Option && self.now_from == ClockSource::System;
        let now = AsOf::Instant(self.now);
        if is_told_alone || now.day() != self.as_of { AsOf::Day(self.as_of) } else { now }
    }
}

/// Who runs a command, as it was told. Nothing proves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The name, as it was told.
    pub name: String,
    /// Where it was told.
    pub told_by: ActorSource,
}

/// Where it was told who runs a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActorSource {
    /// `--actor`.
    Option,
    /// A variable of the environment, which a CI service sets.
    Variable(&'static str),
}

impl ActorSource {
    /// The option or the variable, as it is spelled.
    pub fn name(self) -> &'static str {
        match self {
            Self::Option => "--actor",
            Self::Variable(name) => name,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Clock, ClockSource};

    #[test]
    fn a_day_that_is_not_told_is_that_of_the_time() {
        let at = |text: &str| text.parse::<jiff::Timestamp>().unwrap();
        let system = at("2026-11-24T23:59:59.9Z");
        let clock = Clock::new(None, None, system);
        assert_eq!((clock.now, clock.as_of), (at("2026-11-24T23:59:59Z"), date(2026, 11, 24)));
        let clock = Clock::new(Some(at("2026-11-25T00:30:00+01:00")), None, system);
        assert_eq!((clock.as_of, clock.as_of_from), (date(2026, 11, 24), ClockSource::Option));
        let clock = Clock::new(None, Some(date(2026, 1, 1)), system);
        assert_eq!((clock.as_of, clock.now_from), (date(2026, 1, 1), ClockSource::System));
    }
}
