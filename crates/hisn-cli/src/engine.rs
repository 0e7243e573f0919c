//! The two engines as the command loads them.

use std::fs;
use std::path::{Path, PathBuf};

use hisn_assess::Lists;
use hisn_law::Law;
use hisn_lists::Snapshot;
use hisn_orders::{Countries, CountryCode};

use crate::exit::Failure;
use crate::packs;

/// The law of the program with the packs of folders.
pub fn law(folders: &[PathBuf]) -> Result<Law, Failure> {
    let sources = packs::read(folders)?;
    hisn_assess::law_with(sources).map_err(|errors| Failure::new(errors.to_string()))
}

/// A snapshot of lists: that of a file, or the one that the program carries.
pub fn snapshot(file: Option<&Path>) -> Result<Snapshot, Failure> {
    let (name, read) = match file {
        Some(path) => {
            let bytes = fs::read(path).map_err(|error| Failure::file(path, &error))?;
            (path.display().to_string(), Snapshot::read(&bytes))
        }
        None => ("the lists of the program".to_owned(), Snapshot::read(hisn_lists::bundled())),
    };
    read.map_err(|error| Failure::new(format!("{name}: {error}")))
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
