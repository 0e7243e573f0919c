//! Readers of published lists into [`Party`] records; snapshots, list health, differences.

mod party;

pub use party::{Address, Footnote, Identifier, Name, NameKind, Party, Schema};
