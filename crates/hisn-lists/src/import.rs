//! A published file put into a snapshot: its lists take the place of the older copies.

use jiff::civil::Date;
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::corrections::Corrections;
use crate::health::{Shrink, shrinks};
use crate::readers::ecfr;
use crate::snapshot::{MadeFrom, Snapshot};
use crate::{ReadError, Warning, read_any};

/// A snapshot with a file put into it.
#[derive(Debug)]
pub struct Imported {
    /// The new snapshot.
    pub snapshot: Snapshot,
    /// The lists that were replaced or added.
    pub sources: Vec<String>,
    /// Entries that came from the file.
    pub entries: usize,
    /// What was unusual in the file.
    pub warnings: Vec<Warning>,
}

/// Why a file was not put into a snapshot.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ImportError {
    /// It cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A list would lose more entries than lists lose.
    #[error(
        "{source_code} would shrink from {before} to {after} entries and is held back; look at the file, then import it with --accept-shrunk"
    )]
    Shrunk {
        /// The list.
        source_code: String,
        /// Entries before.
        before: usize,
        /// Entries after.
        after: usize,
    },
}

/// Reads a published file and puts its lists into a copy of `base`. The corrections beside the lists are applied to it as
/// they are to the lists of the program. `version` is the day for which the file is complete, if it does not say so itself.
///
/// # Errors
/// When the file cannot be read, or when a list would shrink by more than [`crate::SHRINK_LIMIT_PERCENT`] and
/// `accept_shrunk` is not given.
pub fn import(
    base: &Snapshot,
    name: &str,
    bytes: &[u8],
    version: Date,
    accept_shrunk: bool,
) -> Result<Imported, ImportError> {
    let (_, reading) = read_any(name, bytes)?;
    let dated = reading.dated.unwrap_or(version);
    let mut parties = reading.parties;
    let entries = parties.len();
    let mut sources: Vec<String> = parties.iter().map(|party| party.source.clone()).collect();
    sources.sort();
    sources.dedup();
    // The corrections know of lists that this file does not hold; what they say of those is no news here.
    Corrections::bundled().apply(&mut parties);
    parties.retain(|party| sources.contains(&party.source));
    for party in &mut parties {
        party.raw.remove(ecfr::SPLIT);
    }
    let kept = base.parties.iter().filter(|party| !sources.contains(&party.source)).cloned();
    parties.extend(kept);
    let mut made_from = base.manifest.made_from.clone();
    made_from.push(MadeFrom {
        file: name.to_owned(),
        date: Some(dated),
        used_for: sources.join(", "),
        sha256: Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect(),
    });
    let snapshot = Snapshot::new(parties, made_from, |source| {
        let known = base.manifest.lists.iter().find(|list| list.source == source);
        match known {
            Some(list) if !sources.iter().any(|new| new == source) => (list.version, list.rows),
            _ => (dated, 0),
        }
    });
    if !accept_shrunk
        && let Some(Shrink { source, before, after }) =
            shrinks(&base.manifest, &snapshot.manifest).into_iter().next()
    {
        return Err(ImportError::Shrunk { source_code: source, before, after });
    }
    Ok(Imported { snapshot, sources, entries, warnings: reading.warnings })
}
