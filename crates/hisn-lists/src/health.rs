//! Whether lists are fresh enough to rely on, and whether an update lost something.

use jiff::civil::Date;
use serde::Serialize;

use crate::catalogue;
use crate::snapshot::{ListState, Manifest};

/// A list that shrinks by more than this share in one update is held back until somebody has looked at it.
pub const SHRINK_LIMIT_PERCENT: usize = 5;

/// How old a list is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListHealth {
    /// The list: `us-csl/EL`.
    pub source: String,
    /// What it is called, in English.
    pub title: String,
    /// The day of its contents.
    pub version: Date,
    /// Number of its entries.
    pub entries: usize,
    /// Days from the contents to the day asked about; negative where that day is earlier.
    pub age_days: i32,
    /// The age up to which it may be relied on; empty for a list that the catalogue does not know.
    pub max_age_days: Option<u32>,
    /// Whether it may be relied on.
    pub freshness: Freshness,
}

/// Whether a list may be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Freshness {
    /// Not older than its greatest age.
    Fresh,
    /// Older than its greatest age.
    Stale,
    /// Nobody has said how old it may grow.
    Unstated,
}

/// A list that lost more entries in an update than lists lose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shrink {
    /// The list.
    pub source: String,
    /// Entries before.
    pub before: usize,
    /// Entries after; zero where the list is missing.
    pub after: usize,
}

/// The health of every list of a snapshot on the day `today`.
///
/// ```
/// use hisn_lists::{Freshness, Snapshot, bundled, health};
///
/// let manifest = Snapshot::read(bundled()).unwrap().manifest;
/// let on = |day: &str| health(&manifest, day.parse().unwrap());
/// let entity_list = |day: &str| on(day).into_iter().find(|list| list.source == "us-csl/EL").unwrap();
/// assert_eq!(entity_list("2026-08-30").freshness, Freshness::Fresh);
/// assert_eq!(entity_list("2026-08-31").freshness, Freshness::Stale);
/// ```
pub fn health(manifest: &Manifest, today: Date) -> Vec<ListHealth> {
    manifest.lists.iter().map(|list| list_health(list, today)).collect()
}

fn list_health(list: &ListState, today: Date) -> ListHealth {
    let age_days = today.duration_since(list.version).as_hours() / 24;
    let age_days = i32::try_from(age_days).unwrap_or(i32::MAX);
    let max_age_days = catalogue().by_source(&list.source).map(|known| known.max_age_days);
    let freshness = match max_age_days {
        None => Freshness::Unstated,
        Some(max) if i64::from(age_days) <= i64::from(max) => Freshness::Fresh,
        Some(_) => Freshness::Stale,
    };
    let ListState { source, title, version, entries, .. } = list.clone();
    ListHealth { source, title, version, entries, age_days, max_age_days, freshness }
}

/// The lists that an update from `old` to `new` would shrink by more than [`SHRINK_LIMIT_PERCENT`], or lose.
pub fn shrinks(old: &Manifest, new: &Manifest) -> Vec<Shrink> {
    let after =
        |source: &str| new.lists.iter().find(|list| list.source == source).map_or(0, |list| list.entries);
    let shrinks = old.lists.iter().map(|list| Shrink {
        source: list.source.clone(),
        before: list.entries,
        after: after(&list.source),
    });
    shrinks.filter(|list| list.after * 100 < list.before * (100 - SHRINK_LIMIT_PERCENT)).collect()
}
