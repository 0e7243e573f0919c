//! The two engines as the command loads them.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use hisn_assess::Lists;
use hisn_law::Law;
use hisn_lists::{Manifest, Snapshot};
use hisn_lists_update::{Store, StoreError};
use hisn_orders::{Countries, CountryCode};
use jiff::civil::Date;
use serde::Serialize;

use crate::data;
use crate::exit::Failure;
use crate::packs;

/// The law of the program with the packs of folders.
pub fn law(folders: &[PathBuf]) -> Result<Law, Failure> {
    let sources = packs::read(folders)?;
    hisn_assess::law_with(sources).map_err(|errors| Failure::new(errors.to_string()))
}

/// Where the lists come from.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Origin {
    /// The program carries them.
    Program,
    /// They were renewed; the newest day of any of them.
    Renewed { path: PathBuf, newest: Option<Date> },
    /// They were renewed, and the program carries some that are newer still.
    Both { path: PathBuf, newest: Option<Date> },
    /// A file was named.
    File { path: PathBuf },
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = |newest: &Option<Date>| newest.map(|day| format!(" of {day}")).unwrap_or_default();
        match self {
            Origin::Program => f.write_str("These are the lists that the program carries"),
            Origin::Renewed { path, newest } => {
                write!(f, "These are renewed lists{}, {}", day(newest), path.display())
            }
            Origin::Both { path, newest } => {
                write!(
                    f,
                    "These are renewed lists{}, {}, with newer ones of the program",
                    day(newest),
                    path.display()
                )
            }
            Origin::File { path } => write!(f, "These are the lists of {}", path.display()),
        }
    }
}

/// A snapshot of lists: that of a file, or else of the renewed lists and those of the program whichever are newer. Which
/// ones is told on standard error where it is not the program's.
pub fn snapshot(file: Option<&Path>) -> Result<Snapshot, Failure> {
    let (snapshot, origin) = snapshot_and_origin(file)?;
    if matches!(origin, Origin::Renewed { .. } | Origin::Both { .. }) {
        eprintln!("{origin}");
    }
    Ok(snapshot)
}

/// [`snapshot`], and where it comes from.
pub fn snapshot_and_origin(file: Option<&Path>) -> Result<(Snapshot, Origin), Failure> {
    match (file, data::store()) {
        (Some(path), _) => {
            let bytes = fs::read(path).map_err(|error| Failure::file(path, &error))?;
            let read = Snapshot::read(&bytes);
            let snapshot = read.map_err(|error| Failure::new(format!("{}: {error}", path.display())))?;
            Ok((snapshot, Origin::File { path: path.to_owned() }))
        }
        (None, Some(store)) => newest(&store),
        (None, None) => Ok((bundled()?, Origin::Program)),
    }
}

/// The newer of the renewed lists and those of the program, list by list.
pub fn newest(store: &Store) -> Result<(Snapshot, Origin), Failure> {
    let failed = |error: StoreError| Failure::new(error.to_string());
    // The manifests are enough to choose by, and quick to read.
    let Some(renewed) = store.manifest().map_err(failed)? else { return Ok((bundled()?, Origin::Program)) };
    let carried = Manifest::read(hisn_lists::bundled());
    let carried = carried.map_err(|error| Failure::new(format!("the lists of the program: {error}")))?;
    let path = store.snapshot_path();
    let newest = renewed.lists.iter().map(|list| list.version).max();
    if !renewed.covers(&carried) && carried.covers(&renewed) {
        return Ok((bundled()?, Origin::Program));
    }
    // The manifest was there a moment ago; a file that is gone since counts as none.
    let Some(snapshot) = store.snapshot().map_err(failed)? else { return Ok((bundled()?, Origin::Program)) };
    if renewed.covers(&carried) {
        return Ok((snapshot, Origin::Renewed { path, newest }));
    }
    Ok((Snapshot::newest(snapshot, bundled()?), Origin::Both { path, newest }))
}

/// The lists that the program carries, whatever has been renewed: what is tried with them has the same outcome everywhere.
pub fn bundled() -> Result<Snapshot, Failure> {
    Snapshot::read(hisn_lists::bundled())
        .map_err(|error| Failure::new(format!("the lists of the program: {error}")))
}

/// A snapshot, indexed.
pub fn lists(file: Option<&Path>) -> Result<Lists, Failure> {
    Ok(Lists::new(snapshot(file)?))
}

/// The countries that orders may name.
pub struct KnownCountries;

impl Countries for KnownCountries {
    fn find(&self, text: &str) -> Option<CountryCode> {
        hisn_lists::countries().code(text).and_then(CountryCode::parse)
    }

    fn nearest(&self, text: &str) -> Option<String> {
        let names = hisn_lists::countries().all().iter().map(|country| country.en.as_str());
        hisn_law::nearest(text, names).map(str::to_owned)
    }
}

/// The day on the clock of the machine: the only place where the program looks at it.
pub fn today() -> jiff::civil::Date {
    jiff::ZonedDateTime::now().date()
}
