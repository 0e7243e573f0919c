//! A snapshot: every list in one compressed file, with a manifest that says what it holds and proves it.
//!
//! Unpacked, the first line is the manifest and each further line one party, sorted by id. The same parties make the
//! same bytes.

use std::collections::BTreeMap;
use std::io::Write as _;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::detect::{first_line, unpack};
use crate::{Party, ReadError, catalogue};

/// The form of a snapshot that this version reads and writes.
pub const SCHEMA: &str = "hisn.lists/1";

const COMPRESSION_LEVEL: i32 = 19;

/// The lists of one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// What the snapshot holds and what it is made from.
    pub manifest: Manifest,
    /// Every entry of every list, sorted by id.
    pub parties: Vec<Party>,
}

/// The first line of a snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`SCHEMA`].
    pub schema: String,
    /// The files that the lists were read from.
    pub made_from: Vec<MadeFrom>,
    /// The state of each list, by source.
    pub lists: Vec<ListState>,
    /// Entries of all lists.
    pub entries: usize,
    /// SHA-256 over the lines of all parties, in hexadecimal.
    pub sha256: String,
}

/// A file that a snapshot was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeFrom {
    /// Name of the file.
    pub file: String,
    /// The day of its contents; empty where the file does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// What was taken from it.
    pub used_for: String,
    /// SHA-256 of its bytes as they are stored, in hexadecimal.
    pub sha256: String,
}

/// The state of one list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListState {
    /// The code by which its parties name it: `us-csl/EL`.
    pub source: String,
    /// What the list is called, in English.
    pub title: String,
    /// The day for which its contents are known to be complete.
    pub version: Date,
    /// Number of parties.
    pub entries: usize,
    /// Rows of the publication that these parties stand for: a party in three countries can be three rows. Zero
    /// where nobody counted.
    #[serde(default)]
    pub rows: usize,
    /// SHA-256 over the lines of its parties, in hexadecimal.
    pub sha256: String,
}

/// Why a snapshot was refused.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SnapshotError {
    /// The file cannot be unpacked.
    #[error(transparent)]
    Unpack(#[from] ReadError),
    /// The first line is no manifest.
    #[error("the snapshot's first line is no manifest ({message}); the file is damaged or no snapshot")]
    Manifest {
        /// What the parser said.
        message: String,
    },
    /// The snapshot is of another version.
    #[error(
        "the snapshot is in form \"{found}\", this version reads \"{SCHEMA}\"; update the program or fetch a matching snapshot"
    )]
    Schema {
        /// The form it states.
        found: String,
    },
    /// A line is no party.
    #[error("line {line} of the snapshot is no party ({message}); the file is damaged")]
    Party {
        /// Where.
        line: usize,
        /// What the parser said.
        message: String,
    },
    /// The parties are not those that the manifest speaks of.
    #[error(
        "the snapshot holds {found} entries with digest {actual}, its manifest says {expected} with {stated}; the file is damaged or was altered"
    )]
    Digest {
        /// Entries found.
        found: usize,
        /// Entries stated.
        expected: usize,
        /// Digest found.
        actual: String,
        /// Digest stated.
        stated: String,
    },
}

impl Snapshot {
    /// Makes a snapshot of parties; `version` gives the day and the number of published rows of each list.
    pub fn new(
        mut parties: Vec<Party>,
        made_from: Vec<MadeFrom>,
        version: impl Fn(&str) -> (Date, usize),
    ) -> Self {
        parties.sort_by(|one, other| (&one.id, &one.source).cmp(&(&other.id, &other.source)));
        let mut sources: Vec<String> = parties.iter().map(|party| party.source.clone()).collect();
        sources.sort();
        sources.dedup();
        let lists = sources.into_iter().map(|source| {
            let mut digest = Sha256::new();
            let mut entries = 0;
            for party in parties.iter().filter(|party| party.source == source) {
                entries += 1;
                digest.update(line(party));
            }
            let title =
                catalogue().by_source(&source).map_or_else(|| source.clone(), |list| list.title.en.clone());
            let (version, rows) = version(&source);
            ListState { source, title, version, entries, rows, sha256: hex(digest) }
        });
        let lists = lists.collect();
        let mut digest = Sha256::new();
        parties.iter().for_each(|party| digest.update(line(party)));
        let manifest = Manifest {
            schema: SCHEMA.to_owned(),
            made_from,
            lists,
            entries: parties.len(),
            sha256: hex(digest),
        };
        Self { manifest, parties }
    }

    /// Reads a snapshot and checks it against its manifest.
    ///
    /// # Errors
    /// When the bytes are no snapshot, of another form, or not what the manifest states.
    pub fn read(bytes: &[u8]) -> Result<Self, SnapshotError> {
        Self::parse(&unpack(bytes)?)
    }

    pub(crate) fn read_unpacked(bytes: &[u8]) -> Result<Self, ReadError> {
        Self::parse(bytes).map_err(|error| match error {
            SnapshotError::Unpack(error) => error,
            other => ReadError::Json { line: 1, column: 1, message: other.to_string() },
        })
    }

    fn parse(unpacked: &[u8]) -> Result<Self, SnapshotError> {
        let end = unpacked.iter().position(|byte| *byte == b'\n').map_or(unpacked.len(), |at| at + 1);
        let (first, rest) = unpacked.split_at_checked(end).unwrap_or((unpacked, &[]));
        let manifest = read_manifest(first)?;
        // Proving the bytes and reading them take about as long; they need not wait for each other.
        let (parties, actual) = std::thread::scope(|scope| {
            let digest = scope.spawn(|| sha256(rest));
            (read_parties(rest, manifest.entries), digest.join().unwrap_or_default())
        });
        let parties = parties?;
        if actual != manifest.sha256 || parties.len() != manifest.entries {
            let (found, expected, stated) = (parties.len(), manifest.entries, manifest.sha256);
            return Err(SnapshotError::Digest { found, expected, actual, stated });
        }
        Ok(Self { manifest, parties })
    }

    /// Notes that a list that did not change is known to be complete on `day`.
    pub fn confirm(&mut self, source: &str, day: Date) {
        for list in self.manifest.lists.iter_mut().filter(|list| list.source == source && list.version < day)
        {
            list.version = day;
        }
    }

    /// Of two snapshots the newer copy of every list.
    pub fn newest(one: Snapshot, other: Snapshot) -> Snapshot {
        let versions = |snapshot: &Snapshot| -> BTreeMap<String, (Date, usize)> {
            let lists = snapshot.manifest.lists.iter();
            lists.map(|list| (list.source.clone(), (list.version, list.rows))).collect()
        };
        let (mine, theirs) = (versions(&one), versions(&other));
        let from_other = |source: &str| match (mine.get(source), theirs.get(source)) {
            (Some((mine, _)), Some((theirs, _))) => theirs > mine,
            (mine, _) => mine.is_none(),
        };
        let mut parties = one.parties;
        parties.retain(|party| !from_other(&party.source));
        parties.extend(other.parties.into_iter().filter(|party| from_other(&party.source)));
        let mut made_from = one.manifest.made_from;
        let new =
            other.manifest.made_from.into_iter().filter(|file| !made_from.contains(file)).collect::<Vec<_>>();
        made_from.extend(new);
        Snapshot::new(parties, made_from, |source| {
            let chosen = if from_other(source) { &theirs } else { &mine };
            chosen.get(source).copied().unwrap_or((Date::ZERO, 0))
        })
    }

    /// Writes the snapshot, compressed.
    ///
    /// # Errors
    /// When the compressor fails, which it does only for want of memory.
    pub fn write(&self) -> std::io::Result<Vec<u8>> {
        let mut out = zstd::Encoder::new(Vec::new(), COMPRESSION_LEVEL)?;
        out.include_checksum(true)?;
        serde_json::to_writer(&mut out, &self.manifest)?;
        out.write_all(b"\n")?;
        for party in &self.parties {
            out.write_all(&line(party))?;
        }
        out.finish()
    }
}

impl Manifest {
    /// Reads the manifest of a snapshot alone: what it says it holds, unproved.
    ///
    /// # Errors
    /// When the bytes do not begin with a manifest.
    pub fn read(bytes: &[u8]) -> Result<Manifest, SnapshotError> {
        read_manifest(&first_line(bytes)?)
    }

    /// Whether this snapshot has every list of the other, and none of them older.
    pub fn covers(&self, other: &Manifest) -> bool {
        other.lists.iter().all(|theirs| {
            self.lists.iter().any(|mine| mine.source == theirs.source && mine.version >= theirs.version)
        })
    }
}

fn read_manifest(line: &[u8]) -> Result<Manifest, SnapshotError> {
    #[derive(Deserialize)]
    struct Form {
        schema: String,
    }
    let broken = |error: serde_json::Error| SnapshotError::Manifest { message: error.to_string() };
    let form: Form = serde_json::from_slice(line).map_err(broken)?;
    if form.schema != SCHEMA {
        return Err(SnapshotError::Schema { found: form.schema });
    }
    serde_json::from_slice(line).map_err(broken)
}

/// Reads the lines on as many threads as the machine has, up to four: a fresh process waits for nothing else.
fn read_parties(lines: &[u8], expected: usize) -> Result<Vec<Party>, SnapshotError> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(4);
    let mut parts = Vec::new();
    let mut rest = lines;
    for remaining in (1..=threads).rev() {
        let aim = rest.len() / remaining;
        let end = rest
            .get(aim..)
            .and_then(|tail| tail.iter().position(|byte| *byte == b'\n'))
            .map_or(rest.len(), |at| aim + at + 1);
        let (part, behind) = rest.split_at_checked(end).unwrap_or((rest, &[]));
        parts.push(part);
        rest = behind;
    }
    let read = std::thread::scope(|scope| {
        let running: Vec<_> = parts.iter().map(|part| scope.spawn(|| read_part(part))).collect();
        running.into_iter().map(std::thread::ScopedJoinHandle::join).collect::<Vec<_>>()
    });
    // A manifest can claim anything; room is made for what the bytes can hold.
    let mut parties = Vec::with_capacity(expected.min(lines.len() / 64));
    let mut line = 2;
    for (part, result) in parts.into_iter().zip(read) {
        let broken = |(at, message)| SnapshotError::Party { line: line + at, message };
        let read = result.unwrap_or_else(|_| Err((0, "the reader broke off".to_owned()))).map_err(broken)?;
        parties.extend(read);
        line += part.iter().filter(|byte| **byte == b'\n').count();
    }
    Ok(parties)
}

/// Reads whole lines; an error carries the number of lines before it.
fn read_part(lines: &[u8]) -> Result<Vec<Party>, (usize, String)> {
    // Checked once, the text need not be checked again string by string.
    let text = std::str::from_utf8(lines).map_err(|error| {
        let before = lines.get(..error.valid_up_to()).unwrap_or_default();
        (before.iter().filter(|byte| **byte == b'\n').count(), error.to_string())
    })?;
    let mut parties = Vec::new();
    for (at, line) in text.split('\n').enumerate().filter(|(_, line)| !line.is_empty()) {
        parties.push(serde_json::from_str(line).map_err(|error| (at, error.to_string()))?);
    }
    Ok(parties)
}

/// A party's line, with its line break.
fn line(party: &Party) -> Vec<u8> {
    // Writing a record of strings into memory cannot fail; an empty line would be caught by the digest on reading.
    let mut line = serde_json::to_vec(party).unwrap_or_default();
    line.push(b'\n');
    line
}

fn hex(digest: Sha256) -> String {
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// SHA-256 of a file, in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(Sha256::new_with_prefix(bytes))
}

/// The snapshot that the binary carries, compressed.
#[cfg(feature = "bundled")]
pub fn bundled() -> &'static [u8] {
    include_bytes!("../../../data/lists/default.jsonl.zst")
}
