//! Renews lists from their publishers: fetches, checks, compares with the last good copy, and keeps that copy whenever
//! anything is wrong.
//!
//! [`hisn_lists`] reads and joins lists and touches neither network nor disk; this crate does both. A [`Store`] is the
//! folder in which the renewed lists live, [`Fetcher`] the way to the publishers, and [`update`] one renewal of one
//! publication. The day is given by whoever asks.

mod fetch;
mod store;
mod update;

pub use fetch::{FetchError, Fetched, Fetcher, Limits, Validators};
pub use store::{FileState, PublicationState, Store, StoreError, write_whole};
pub use update::{Event, ListNews, Outcome, Request, UpdateError, Updated, update};
