//! Readers of published lists into [`Party`] records; snapshots, list health, differences.
//!
//! A list comes in as bytes and goes out as records: [`read_any`] tells the format, one module of [`readers`] reads
//! it. A [`Snapshot`] holds every list of one moment in one file; [`build`] makes the one that the binary carries.
//! No network and no clock: the day is given by whoever asks.

pub mod build;
mod catalogue;
pub mod corrections;
mod country;
mod dates;
mod detect;
mod diff;
mod files;
mod health;
mod id;
mod import;
mod merge;
mod party;
mod publications;
pub mod readers;
mod reading;
mod snapshot;
mod text;
mod xml;

pub use catalogue::{Catalogue, ListInfo, Text, catalogue};
pub use country::{Countries, Country, countries};
pub use detect::{Format, read_any, unpack};
pub use diff::{Change, Entry, FieldChange, ListChange, ListDiff, diff};
pub use files::{FileRead, FilesError, ListFile, ListFiles, read_files};
pub use health::{Freshness, ListHealth, SHRINK_LIMIT_PERCENT, Shrink, health, shrinks};
pub use import::{ImportDay, ImportError, ImportRules, Imported, import};
pub use party::{Address, Footnote, Identifier, Name, NameKind, Party, Schema};
pub use publications::{Confirmed, DatedBy, Publication, PublishedFile, publications, read_publications};
pub use reading::{Place, ReadError, Reading, Warning};
#[cfg(feature = "bundled")]
pub use snapshot::bundled;
pub use snapshot::{ListState, MadeFrom, Manifest, SCHEMA, Snapshot, SnapshotError};
