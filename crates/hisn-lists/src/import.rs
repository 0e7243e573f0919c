//! Published files put into a snapshot: its lists take the place of the older copies.

use jiff::civil::Date;
use thiserror::Error;

use crate::ListFiles;
use crate::corrections::Corrections;
use crate::health::{Shrink, shrinks};
use crate::readers::ecfr;
use crate::snapshot::{MadeFrom, Snapshot};

/// A snapshot with files put into it.
#[derive(Debug)]
pub struct Imported {
    /// The new snapshot.
    pub snapshot: Snapshot,
    /// The lists that were replaced or added.
    pub sources: Vec<String>,
    /// Entries that came from the files.
    pub entries: usize,
}

/// Why files were not put into a snapshot.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ImportError {
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

/// Puts the lists of files into a copy of `base`. The corrections beside the lists are applied to them as they are to the
/// lists of the program. `version` is the day for which a file is complete, if it does not say so itself.
///
/// # Errors
/// When a list would shrink by more than [`crate::SHRINK_LIMIT_PERCENT`] and `accept_shrunk` is not given.
pub fn import(
    base: &Snapshot,
    files: ListFiles,
    version: Date,
    accept_shrunk: bool,
) -> Result<Imported, ImportError> {
    let days = files.days(version);
    let sources: Vec<String> = days.keys().cloned().collect();
    let mut made_from = base.manifest.made_from.clone();
    made_from.extend(files.files.iter().map(MadeFrom::from));
    let mut parties = files.parties;
    let entries = parties.len();
    // The corrections know of lists that this file does not hold; what they say of those is no news here.
    Corrections::bundled().apply(&mut parties);
    parties.retain(|party| sources.contains(&party.source));
    for party in &mut parties {
        party.raw.remove(ecfr::SPLIT);
    }
    let kept = base.parties.iter().filter(|party| !sources.contains(&party.source)).cloned();
    parties.extend(kept);
    let snapshot = Snapshot::new(parties, made_from, |source| {
        let known = base.manifest.lists.iter().find(|list| list.source == source);
        match (days.get(source), known) {
            (Some(day), _) => (*day, 0),
            (None, Some(list)) => (list.version, list.rows),
            (None, None) => (version, 0),
        }
    });
    if !accept_shrunk
        && let Some(Shrink { source, before, after }) =
            shrinks(&base.manifest, &snapshot.manifest).into_iter().next()
    {
        return Err(ImportError::Shrunk { source_code: source, before, after });
    }
    Ok(Imported { snapshot, sources, entries })
}
