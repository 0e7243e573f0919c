//! Files that are read together: any number of lists in any known format, and lists that come in several files.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;
use thiserror::Error;

use crate::detect::{Format, detect, read_as, unpack};
use crate::readers::ofac::{self, Part};
use crate::reading::{ReadError, Reading, Warning};
use crate::snapshot::{MadeFrom, Snapshot, sha256};
use crate::{Party, Place};

/// A file as it was found.
#[derive(Clone, Copy, Debug)]
pub struct ListFile<'a> {
    /// Its name, for messages.
    pub name: &'a str,
    /// Its bytes, packed or not.
    pub bytes: &'a [u8],
}

/// What files hold.
#[derive(Clone, Debug, Default)]
pub struct ListFiles {
    /// Every party of every file, in the order of the files. Its id is the record's own.
    pub parties: Vec<Party>,
    /// What was unusual, with the name of the file.
    pub warnings: Vec<(String, Warning)>,
    /// Records that became no party; a warning tells the place and the reason of each.
    pub left_out: usize,
    /// The files, in the order in which they were given.
    pub files: Vec<FileRead>,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRead {
    /// Its name.
    pub name: String,
    /// What it is.
    pub format: Format,
    /// The lists in it, each with the day that the file states for it; empty for a file that only adds to the entries
    /// of another.
    pub lists: BTreeMap<String, Option<Date>>,
    /// Its parties.
    pub entries: usize,
    /// SHA-256 of its bytes as they are stored, in hexadecimal.
    pub sha256: String,
}

/// Why files could not be read.
#[derive(Debug, Error)]
#[error("{name}: {error}")]
pub struct FilesError {
    /// The file.
    pub name: String,
    /// What is wrong with it.
    pub error: ReadError,
}

/// Reads list files of any known formats. OFAC's CSV files are joined: aliases, addresses and remarks go to the list
/// whose entries they speak of.
///
/// ```
/// use hisn_lists::{ListFile, read_files};
///
/// let own = br#"{"id":"c-1","schema":"Company","properties":{"name":["Example Trading"],"country":["ae"]}}"#;
/// let read = read_files(&[ListFile { name: "own.jsonl", bytes: own }]).unwrap();
/// assert_eq!((read.parties[0].id.as_str(), read.parties[0].caption()), ("c-1", "Example Trading"));
/// ```
///
/// # Errors
/// When a file cannot be read; the error names it, and the line where there is one.
pub fn read_files(files: &[ListFile<'_>]) -> Result<ListFiles, FilesError> {
    let mut unpacked = Vec::with_capacity(files.len());
    for file in files {
        let fail = |error| FilesError { name: file.name.to_owned(), error };
        let bytes = unpack(file.bytes).map_err(fail)?;
        let format = detect(file.name, &bytes).map_err(fail)?;
        unpacked.push(Unpacked { file, format, bytes });
    }
    let mut read = ListFiles::default();
    let companions = Companions::sort(&unpacked)?;
    for (at, one) in unpacked.iter().enumerate() {
        let mut days = BTreeMap::new();
        let reading = match one.format {
            Format::Snapshot => Snapshot::read_unpacked(&one.bytes).map(|snapshot| {
                let lists = snapshot.manifest.lists.into_iter();
                days.extend(lists.map(|list| (list.source, Some(list.version))));
                Reading { parties: snapshot.parties, ..Reading::default() }
            }),
            Format::Ofac(Part::Main) => ofac::read_files(&companions.files(at, &one.bytes)),
            Format::Ofac(_) => Ok(Reading::default()),
            format => read_as(format, one.file.name, &one.bytes),
        };
        read.add(one, days, reading.map_err(|error| one.fail(error))?);
    }
    read.tell_apart();
    Ok(read)
}

struct Unpacked<'a> {
    file: &'a ListFile<'a>,
    format: Format,
    bytes: Vec<u8>,
}

impl Unpacked<'_> {
    fn fail(&self, error: ReadError) -> FilesError {
        FilesError { name: self.file.name.to_owned(), error }
    }
}

/// Which file adds to which OFAC list.
struct Companions<'a> {
    /// By the place of the main file.
    of: HashMap<usize, HashMap<Part, &'a [u8]>>,
}

impl<'a> Companions<'a> {
    fn sort(files: &'a [Unpacked<'a>]) -> Result<Self, FilesError> {
        let mut mains: Vec<(usize, HashSet<String>)> = Vec::new();
        for (at, one) in files.iter().enumerate().filter(|(_, one)| one.format == Format::Ofac(Part::Main)) {
            mains.push((at, ofac::numbers(&one.bytes).map_err(|error| one.fail(error))?));
        }
        let mut of: HashMap<usize, HashMap<Part, &'a [u8]>> = HashMap::new();
        for one in files {
            let Format::Ofac(part) = one.format else { continue };
            let Some((what, main)) = part.companion_of() else { continue };
            let numbers = ofac::numbers(&one.bytes).map_err(|error| one.fail(error))?;
            let shared =
                |known: &HashSet<String>| numbers.iter().filter(|number| known.contains(*number)).count();
            // Of two lists that share entries, the file belongs to the one that it says more of.
            let Some((at, _)) =
                mains.iter().max_by_key(|(at, known)| (shared(known), std::cmp::Reverse(*at)))
            else {
                return Err(one.fail(ReadError::Companion { what, main }));
            };
            if of.entry(*at).or_default().insert(part, &one.bytes).is_some() {
                return Err(one.fail(ReadError::Twice { what }));
            }
        }
        Ok(Self { of })
    }

    fn files<'b>(&self, at: usize, primary: &'b [u8]) -> ofac::Files<'b>
    where
        'a: 'b,
    {
        let part = |part| self.of.get(&at).and_then(|parts| parts.get(&part)).copied();
        ofac::Files {
            primary,
            aliases: part(Part::Aliases),
            addresses: part(Part::Addresses),
            comments: part(Part::Comments),
        }
    }
}

impl ListFiles {
    fn add(&mut self, one: &Unpacked<'_>, mut lists: BTreeMap<String, Option<Date>>, reading: Reading) {
        for party in &reading.parties {
            if !lists.contains_key(&party.source) {
                lists.insert(party.source.clone(), reading.dated);
            }
        }
        self.files.push(FileRead {
            name: one.file.name.to_owned(),
            format: one.format,
            lists,
            entries: reading.parties.len(),
            sha256: sha256(one.file.bytes),
        });
        self.left_out += reading.left_out;
        self.warnings.extend(reading.warnings.into_iter().map(|warning| (one.file.name.to_owned(), warning)));
        self.parties.extend(reading.parties);
    }

    /// An entry that two files hold alike is one entry; two entries under one id of one list are told apart.
    fn tell_apart(&mut self) {
        let mut count: HashMap<(&str, &str), usize> = HashMap::with_capacity(self.parties.len());
        for party in &self.parties {
            *count.entry((&party.source, &party.id)).or_default() += 1;
        }
        let clashing = count.into_iter().filter(|(_, count)| *count > 1);
        let mut seen: HashMap<(String, String), Vec<Party>> =
            clashing.map(|((source, id), _)| ((source.to_owned(), id.to_owned()), Vec::new())).collect();
        let mut repeated = 0;
        let mut renamed = 0;
        self.parties.retain_mut(|party| {
            let Some(known) = seen.get_mut(&(party.source.clone(), party.id.clone())) else { return true };
            if known.contains(party) {
                repeated += 1;
                return false;
            }
            known.push(party.clone());
            if known.len() > 1 {
                renamed += 1;
                party.id = format!("{}-{}", party.id, known.len());
            }
            true
        });
        let last = self.files.last().map(|file| file.name.clone()).unwrap_or_default();
        let mut warn = |message: String| {
            self.warnings.push((last.clone(), Warning { place: Place::Row(1), message }));
        };
        if repeated > 0 {
            warn(format!(
                "{repeated} entries stand in more than one place with the same words; each is kept once"
            ));
        }
        if renamed > 0 {
            warn(format!(
                "{renamed} entries bear an id that another entry bears; a number was put behind it"
            ));
        }
    }

    /// The day of each list: the one that its file states, or `version`; the oldest of several.
    pub(crate) fn days(&self, version: Date) -> BTreeMap<String, Date> {
        let mut days: BTreeMap<String, Date> = BTreeMap::new();
        for file in &self.files {
            for (source, stated) in &file.lists {
                let day = stated.unwrap_or(version);
                days.entry(source.clone()).and_modify(|known| *known = day.min(*known)).or_insert(day);
            }
        }
        days
    }

    /// A snapshot of what was read. A list is of the day that its file states, or of `version`.
    pub fn into_snapshot(self, version: Date) -> Snapshot {
        let days = self.days(version);
        let made_from = self.files.iter().map(MadeFrom::from).collect();
        Snapshot::new(self.parties, made_from, |source| (days.get(source).copied().unwrap_or(version), 0))
    }
}

impl From<&FileRead> for MadeFrom {
    fn from(file: &FileRead) -> Self {
        Self {
            file: file.name.clone(),
            date: file.lists.values().flatten().min().copied(),
            used_for: file.lists.keys().cloned().collect::<Vec<_>>().join(", "),
            sha256: file.sha256.clone(),
        }
    }
}
