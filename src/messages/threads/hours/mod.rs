//! When those who work at a school answer: as the school does, or in hours of one's own (T10).

pub mod flow;
#[cfg(test)]
pub mod samples;
pub mod screens;
pub mod store;

use chrono::{Datelike as _, Days, NaiveDateTime, NaiveTime, Weekday};

/// On which weekdays somebody answers, and from when to when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    /// A bit for each weekday, Monday the lowest; never none.
    days: u8,
    /// From this hour.
    opens: u32,
    /// Until this one, which is later.
    closes: u32,
}

/// The last hour of a day.
const LAST: u32 = 23;
/// Every weekday.
const WEEK: u8 = 0b111_1111;

impl Default for Hours {
    /// As the school does: on weekdays from 8 to 18.
    fn default() -> Self {
        Self {
            days: 0b1_1111,
            opens: 8,
            closes: 18,
        }
    }
}

impl Hours {
    /// Hours as rows of the database keep them; the school's where they make no sense.
    pub fn of(days: i64, opens: i64, closes: i64) -> Self {
        let days = u8::try_from(days).unwrap_or_default() & WEEK;
        let hour = |it: i64| u32::try_from(it).unwrap_or(LAST + 1);
        let (opens, closes) = (hour(opens), hour(closes));
        if days == 0 || opens >= closes || closes > LAST {
            return Self::default();
        }
        Self { days, opens, closes }
    }

    /// As rows of the database keep them: days, from, until.
    pub fn kept(self) -> [i64; 3] {
        [i64::from(self.days), i64::from(self.opens), i64::from(self.closes)]
    }

    /// Whether one answers on a day.
    pub fn has(self, day: Weekday) -> bool {
        self.days & bit(day) != 0
    }

    /// With a day or without; the last one stays.
    #[must_use]
    pub fn with(self, day: Weekday, on: bool) -> Self {
        let days = if on {
            self.days | bit(day)
        } else {
            self.days & !bit(day)
        };
        if days == 0 { self } else { Self { days, ..self } }
    }

    /// From this hour; `None` where that isn't before the end.
    pub fn from(self, hour: u32) -> Option<Self> {
        (hour < self.closes).then_some(Self { opens: hour, ..self })
    }

    /// Until this hour; `None` where that isn't after the beginning, or past the day.
    pub fn until(self, hour: u32) -> Option<Self> {
        (hour > self.opens && hour <= LAST).then_some(Self { closes: hour, ..self })
    }

    /// From which hour to which.
    pub fn hours(self) -> (u32, u32) {
        (self.opens, self.closes)
    }

    /// From when to when.
    pub fn span(self) -> (NaiveTime, NaiveTime) {
        (at(self.opens), at(self.closes))
    }

    /// When a message leaves: at once within these hours, else when they begin again.
    pub fn leaves_at(self, now: NaiveDateTime) -> NaiveDateTime {
        let (opens, closes) = self.span();
        if self.has(now.weekday()) && (opens..closes).contains(&now.time()) {
            return now;
        }
        let mut day = now.date();
        if now.time() >= opens {
            day = day.checked_add_days(Days::new(1)).unwrap_or(day);
        }
        // There is a day of the seven.
        for _ in 0..7 {
            if self.has(day.weekday()) {
                break;
            }
            day = day.checked_add_days(Days::new(1)).unwrap_or(day);
        }
        day.and_time(opens)
    }
}

/// The weekdays, Monday first.
pub const DAYS: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

fn bit(day: Weekday) -> u8 {
    1 << day.num_days_from_monday()
}

/// An hour of the day.
pub fn at(hour: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or(NaiveTime::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;
    use rstest::rstest;

    fn moment((day, hour, minute): (u32, u32, u32)) -> NaiveDateTime {
        let date = NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        date.and_hms_opt(hour, minute, 0).unwrap()
    }

    #[rstest]
    // Monday the 23rd.
    #[case((23, 8, 0), (23, 8, 0))]
    #[case((23, 17, 59), (23, 17, 59))]
    #[case((23, 18, 0), (24, 8, 0))]
    #[case((23, 21, 15), (24, 8, 0))]
    #[case((24, 7, 59), (24, 8, 0))]
    #[case((27, 18, 30), (30, 8, 0))]
    #[case((28, 7, 0), (30, 8, 0))]
    #[case((29, 12, 0), (30, 8, 0))]
    fn t10_outside_office_hours_a_message_waits_for_the_morning(
        #[case] at: (u32, u32, u32),
        #[case] leaves: (u32, u32, u32),
    ) {
        assert_eq!(Hours::default().leaves_at(moment(at)), moment(leaves));
    }

    #[rstest]
    // Wednesdays from 15 to 16.
    #[case((23, 12, 0), (25, 15, 0))]
    #[case((25, 14, 59), (25, 15, 0))]
    #[case((25, 15, 30), (25, 15, 30))]
    #[case((18, 16, 0), (25, 15, 0))]
    fn t10_ones_own_hours_are_waited_for(#[case] at: (u32, u32, u32), #[case] leaves: (u32, u32, u32)) {
        assert_eq!(Hours::of(0b100, 15, 16).leaves_at(moment(at)), moment(leaves));
    }

    #[test]
    fn t10_hours_always_have_a_day_and_a_length() {
        let one = Hours::of(0b100, 15, 16);
        assert_eq!(one.with(Weekday::Wed, false), one, "the last day stays");
        assert_eq!((one.from(16), one.until(15), one.until(24)), (None, None, None));
        for odd in [
            (0, 8, 18),
            (128, 8, 18),
            (31, 18, 8),
            (31, -1, 8),
            (31, 8, 24),
            (-1, 8, 18),
        ] {
            assert_eq!(Hours::of(odd.0, odd.1, odd.2), Hours::default(), "{odd:?}");
        }
        let [days, opens, closes] = one.kept();
        assert_eq!(Hours::of(days, opens, closes), one);
    }
}
