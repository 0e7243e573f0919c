//! Making the default snapshot of the files in `data/lists`.

use std::collections::HashMap;
use std::path::Path;

use jiff::civil::Date;
use serde::Deserialize;
use thiserror::Error;

use crate::corrections::{CorrectionError, Corrections};
use crate::detect::unpack;
use crate::merge::{Calendar, Publications, enrich, merge, without_repeats};
use crate::readers::fields::append_raw;
use crate::readers::{csl_json, dpl, ecfr, mieu, ofac, un};
use crate::reading::{ReadError, Warning};
use crate::snapshot::{MadeFrom, Snapshot, sha256};
use crate::text::key;
use crate::{Party, id};

/// Under this name of [`Party::raw`] an entry that only one of two publications has says which.
pub(crate) const ONLY_IN: &str = "only_in";

/// The default snapshot and what was unusual on the way.
pub struct Built {
    /// The snapshot.
    pub snapshot: Snapshot,
    /// Warnings, each with the file it is about.
    pub warnings: Vec<(String, Warning)>,
}

/// Why the snapshot could not be made.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum BuildError {
    /// A file is missing.
    #[error("cannot read {file}: {message}")]
    File {
        /// The file.
        file: String,
        /// What the system said.
        message: String,
    },
    /// A list cannot be read.
    #[error("{file}: {error}")]
    Read {
        /// The file.
        file: String,
        /// Why.
        error: ReadError,
    },
    /// `build.toml` cannot be read.
    #[error("build.toml: {0}")]
    Plan(String),
    /// A correction cannot be read.
    #[error(transparent)]
    Correction(#[from] CorrectionError),
}

/// Which file plays which part: `data/lists/sources/build.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Plan {
    file: Vec<PlannedFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlannedFile {
    part: Part,
    name: String,
    #[serde(default, deserialize_with = "toml_date")]
    date: Option<Date>,
    used_for: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Part {
    Ecfr,
    Csl,
    Mieu,
    Un,
    Sdn,
    SdnAliases,
    SdnAddresses,
    SdnComments,
    Consolidated,
    ConsolidatedAliases,
    ConsolidatedAddresses,
    ConsolidatedComments,
    DeniedPersons,
}

/// TOML has dates of its own.
fn toml_date<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let date = toml::value::Datetime::deserialize(deserializer)?;
    date.to_string().parse().map(Some).map_err(serde::de::Error::custom)
}

/// Makes the default snapshot from the folder `data/lists`: the published files under `sources/`, and the tables of
/// corrections beside it.
///
/// # Errors
/// When a file is missing or cannot be read.
pub fn default(folder: &Path) -> Result<Built, BuildError> {
    let sources = folder.join("sources");
    let plan = String::from_utf8_lossy(&file(&sources.join("build.toml"))?).into_owned();
    let plan: Plan = toml::from_str(&plan).map_err(|error| BuildError::Plan(error.to_string()))?;
    let mut files = Files { unpacked: HashMap::new(), made_from: Vec::new(), warnings: Vec::new() };
    for planned in plan.file {
        files.add(&sources, planned)?;
    }
    let corrections = [folder.join("us-corrections.csv"), folder.join("removed.csv")];
    let [corrected, removed] = corrections.each_ref().map(|path| file(path));
    let corrections = Corrections::read(&corrected?, &removed?)?;
    build(files, &corrections)
}

fn file(path: &Path) -> Result<Vec<u8>, BuildError> {
    let broken = |error: std::io::Error| BuildError::File {
        file: path.display().to_string(),
        message: error.to_string(),
    };
    std::fs::read(path).map_err(broken)
}

struct Files {
    unpacked: HashMap<Part, (String, Option<Date>, Vec<u8>)>,
    made_from: Vec<MadeFrom>,
    warnings: Vec<(String, Warning)>,
}

impl Files {
    fn add(&mut self, folder: &Path, planned: PlannedFile) -> Result<(), BuildError> {
        let bytes = file(&folder.join(&planned.name))?;
        let unpacked =
            unpack(&bytes).map_err(|error| BuildError::Read { file: planned.name.clone(), error })?;
        let PlannedFile { part, name, date, used_for } = planned;
        self.made_from.push(MadeFrom { file: name.clone(), date, used_for, sha256: sha256(&bytes) });
        self.unpacked.insert(part, (name, date, unpacked));
        Ok(())
    }

    fn bytes(&self, part: Part) -> Option<&[u8]> {
        self.unpacked.get(&part).map(|(_, _, bytes)| bytes.as_slice())
    }

    fn date(&self, part: Part) -> Date {
        self.unpacked.get(&part).and_then(|(_, date, _)| *date).unwrap_or(Date::ZERO)
    }

    /// Reads the file of a part; its warnings are kept.
    fn read(
        &mut self,
        part: Part,
        reader: impl Fn(&Self, &[u8]) -> Result<crate::Reading, ReadError>,
    ) -> Result<Vec<Party>, BuildError> {
        let Some((name, _, bytes)) = self.unpacked.get(&part) else {
            return Err(BuildError::Plan(format!("no file is named for {part:?}")));
        };
        let name = name.clone();
        let reading = reader(self, bytes).map_err(|error| BuildError::Read { file: name.clone(), error })?;
        self.warnings.extend(reading.warnings.into_iter().map(|warning| (name.clone(), warning)));
        Ok(reading.parties)
    }
}

fn build(mut files: Files, corrections: &Corrections) -> Result<Built, BuildError> {
    let primary = files.read(Part::Ecfr, |_, bytes| ecfr::read(bytes))?;
    let csl = files.read(Part::Csl, |_, bytes| csl_json::read(bytes))?;
    let mut rows: HashMap<String, usize> = HashMap::new();
    for party in &csl {
        *rows.entry(party.source.clone()).or_default() += 1;
    }
    let calendar = Calendar::learn(&primary);
    let mut parties = join_publications(primary, csl);
    parties.iter_mut().for_each(|party| calendar.date(party));
    let sdn = files.read(Part::Sdn, |files, primary| {
        let [aliases, addresses, comments] =
            [Part::SdnAliases, Part::SdnAddresses, Part::SdnComments].map(|part| files.bytes(part));
        let (mut reading, strangers) =
            ofac::read_with_strangers(&ofac::Files { primary, aliases, addresses, comments })?;
        // The companions are newer than the main file: what they say of younger entries is wanted too.
        reading.parties.extend(strangers);
        Ok(reading)
    })?;
    let consolidated = files.read(Part::Consolidated, |files, primary| {
        let parts = [Part::ConsolidatedAliases, Part::ConsolidatedAddresses, Part::ConsolidatedComments];
        let [aliases, addresses, comments] = parts.map(|part| files.bytes(part));
        ofac::read_files(&ofac::Files { primary, aliases, addresses, comments })
    })?;
    enrich_by_id(&mut parties, sdn.iter().chain(&consolidated));
    let denied = files.read(Part::DeniedPersons, |_, bytes| dpl::read(bytes))?;
    enrich_denied_persons(&mut parties, &denied, files.date(Part::Csl));
    // Each list is as fresh as the file that says most of it.
    let mut days: HashMap<String, Date> =
        rows.keys().map(|source| (source.clone(), files.date(Part::Csl))).collect();
    for (part, reader) in [(Part::Mieu, mieu::read as fn(&[u8]) -> _), (Part::Un, un::read)] {
        let read = files.read(part, |_, bytes| reader(bytes))?;
        let day = files.date(part);
        days.extend(read.iter().map(|party| (party.source.clone(), day)));
        parties.extend(read);
    }
    let warnings = corrections.apply(&mut parties);
    files.warnings.extend(warnings.into_iter().map(|warning| ("corrections".to_owned(), warning)));

    let version = |source: &str| {
        let day = days.get(source).copied().unwrap_or(Date::ZERO);
        (day, rows.get(source).copied().unwrap_or_default())
    };
    let snapshot = Snapshot::new(parties, files.made_from, version);
    Ok(Built { snapshot, warnings: files.warnings })
}

/// Merges the lists that both publications have, and keeps the others without their repeated rows.
fn join_publications(primary: Vec<Party>, csl: Vec<Party>) -> Vec<Party> {
    let mut sources: Vec<String> = primary.iter().map(|party| party.source.clone()).collect();
    sources.sort();
    sources.dedup();
    let (both, second_only): (Vec<Party>, Vec<Party>) =
        csl.into_iter().partition(|party| sources.contains(&party.source));
    let mut joined = Vec::new();
    for source in sources {
        let of_list = |parties: &[Party]| -> Vec<Party> {
            let chosen = parties.iter().filter(|party| party.source == source).cloned();
            chosen.map(|party| Party { id: String::new(), ..party }).collect()
        };
        let code = source.rsplit('/').next().unwrap_or_default();
        let publications = Publications { primary: &format!("us-ecfr/{code}"), second: &source };
        joined.extend(merge(of_list(&primary), of_list(&both), &publications));
    }
    // Numbered entries keep the id that is made of their number; the others are named once all are known.
    let (numbered, named): (Vec<Party>, Vec<Party>) = second_only.into_iter().partition(is_numbered);
    joined.extend(numbered);
    joined.extend(without_repeats(named));
    joined
}

fn is_numbered(party: &Party) -> bool {
    let number = party.id.strip_prefix(&id::prefix(&party.source)).unwrap_or_default();
    number.len() > 1 && number.trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit())
}

fn enrich_by_id<'a>(parties: &mut [Party], files: impl Iterator<Item = &'a Party>) {
    let known: HashMap<&str, &Party> = files.map(|party| (party.id.as_str(), party)).collect();
    for party in parties {
        if let Some(from) = known.get(party.id.as_str()) {
            enrich(party, from);
        }
    }
}

/// Adds addresses and days of orders from the publisher's own file, older than the list by years.
fn enrich_denied_persons(parties: &mut [Party], denied: &[Party], today: Date) {
    let mut by_name: HashMap<(String, String), Vec<&Party>> = HashMap::new();
    for party in denied {
        by_name.entry((party.source.clone(), key(party.caption()))).or_default().push(party);
    }
    for party in parties {
        let Some(orders) = by_name.get(&(party.source.clone(), key(party.caption()))) else { continue };
        let same_notice = |order: &&&Party| order.citation.is_some() && order.citation == party.citation;
        let order = orders.iter().find(same_notice).or_else(|| orders.first().filter(|_| orders.len() == 1));
        let Some(order) = order else { continue };
        enrich(party, order);
        let same_order = order.citation == party.citation;
        if same_order {
            // The order counts from its own day, not from that of its publication.
            party.listed_from = order.listed_from.or(party.listed_from);
            // An order that the list still carries after the day on which the older file lets it end was renewed.
            party.listed_to = order.listed_to.filter(|end| *end >= today);
        }
        for name in ["effective_date", "expiration_date", "standard_order", "action"] {
            if let Some(value) = order.raw.get(name) {
                append_raw(party, name, value);
            }
        }
    }
}
