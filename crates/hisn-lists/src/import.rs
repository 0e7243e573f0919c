//! Published files put into a snapshot: its lists take the place of the older copies.

use std::collections::BTreeSet;

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
    /// The lists that were replaced, added, or lost.
    pub sources: Vec<String>,
    /// Entries that came from the files.
    pub entries: usize,
}

/// How files are put into a snapshot.
#[derive(Clone, Copy, Debug)]
pub struct ImportRules<'a> {
    /// The day for which the lists are complete.
    pub day: ImportDay,
    /// The lists that are taken from the files; all of them when empty.
    pub only: &'a [String],
    /// Lists that may shrink by more than [`crate::SHRINK_LIMIT_PERCENT`], because somebody has looked at them.
    pub accept_shrink: &'a [String],
}

/// The day for which lists are complete.
#[derive(Clone, Copy, Debug)]
pub enum ImportDay {
    /// The one that a file states, or else this one.
    Stated(Date),
    /// This one, whatever a file states: the publisher serves the file as the list of that day.
    Fixed(Date),
}

/// Why files were not put into a snapshot.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ImportError {
    /// A list would lose more entries than lists lose.
    #[error("{}", held_back(.0))]
    Shrunk(Vec<Shrink>),
}

fn held_back(shrinks: &[Shrink]) -> String {
    let lines = shrinks.iter().map(|Shrink { source, before, after }| {
        format!(
            "{source} would shrink from {before} to {after} entries and is held back; look at the file, then accept it with --accept-shrink {source}"
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Puts the lists of files into a copy of `base`. The corrections beside the lists are applied to them as they are to the
/// lists of the program.
///
/// # Errors
/// When a list would shrink by more than [`crate::SHRINK_LIMIT_PERCENT`], or be gone, and that is not accepted.
pub fn import(base: &Snapshot, files: ListFiles, rules: &ImportRules<'_>) -> Result<Imported, ImportError> {
    let taken = |source: &String| rules.only.is_empty() || rules.only.contains(source);
    let mut days = match rules.day {
        ImportDay::Stated(day) | ImportDay::Fixed(day) => files.days(day),
    };
    days.retain(|source, _| taken(source));
    if let ImportDay::Fixed(day) = rules.day {
        days.values_mut().for_each(|known| *known = day);
    }
    // A list that is to be taken and is not in the files is gone, and that is the gravest way to shrink.
    let sources: Vec<String> =
        days.keys().chain(rules.only).cloned().collect::<BTreeSet<_>>().into_iter().collect();
    let mut made_from = base.manifest.made_from.clone();
    for file in &files.files {
        let used: Vec<&str> = file.lists.keys().filter(|source| taken(source)).map(String::as_str).collect();
        made_from.retain(|known| known.file != file.name);
        made_from.push(MadeFrom { used_for: used.join(", "), ..MadeFrom::from(file) });
    }
    let mut parties = files.parties;
    parties.retain(|party| taken(&party.source));
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
            (None, None) => (Date::ZERO, 0),
        }
    });
    let mut shrunk = shrinks(&base.manifest, &snapshot.manifest);
    shrunk.retain(|list| !rules.accept_shrink.contains(&list.source));
    if !shrunk.is_empty() {
        return Err(ImportError::Shrunk(shrunk));
    }
    Ok(Imported { snapshot, sources, entries })
}
