//! From when to when something is law.

use std::fmt;

use jiff::{ToSpan, civil::Date};

/// A span of days, both ends included; a missing end is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

impl Period {
    /// Whether `day` lies in it.
    pub fn contains(self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Whether it ends before it begins.
    pub fn is_empty(self) -> bool {
        matches!((self.from, self.to), (Some(from), Some(to)) if to < from)
    }

    /// Whether the two share a day.
    pub fn overlaps(self, other: Period) -> bool {
        let ends_before = |a: Option<Date>, b: Option<Date>| matches!((a, b), (Some(a), Some(b)) if a < b);
        !ends_before(self.to, other.from) && !ends_before(other.to, self.from)
    }

    /// The days on which the law changes because of it: its first day, and the day after its last.
    pub fn turning_points(self) -> impl Iterator<Item = Date> {
        let after = self.to.and_then(|to| to.checked_add(1.day()).ok());
        self.from.into_iter().chain(after)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (None, None) => write!(f, "at all times"),
            (Some(from), None) => write!(f, "from {from}"),
            (None, Some(to)) => write!(f, "to {to}"),
            (Some(from), Some(to)) => write!(f, "from {from} to {to}"),
        }
    }
}
