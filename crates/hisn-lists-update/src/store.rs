//! The folder of renewed lists: the snapshot that is screened against, and the publishers' files that it was made from.
//!
//! ```text
//! lists/
//!   snapshot.jsonl.zst              what is screened against
//!   publications/un-sc/state.json   what was fetched, when, and how to ask for a newer one
//!   publications/un-sc/consolidated.xml.zst   the last good copy
//!   publications/un-sc/held/        a copy that was held back, to look at
//! ```
//!
//! Every file is written beside its place, brought to the disk, and renamed: at no moment is there half a file.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use hisn_lists::{Manifest, Snapshot, SnapshotError};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::fetch::Validators;

/// The form of `state.json` that this version reads and writes.
const SCHEMA: &str = "hisn.publication/1";
/// Copies are kept for the next run, not sent anywhere.
const COMPRESSION_LEVEL: i32 = 3;

/// A folder of renewed lists.
#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
}

/// What is known of the copy of a publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicationState {
    /// The form of the file.
    pub schema: String,
    /// The program that read the copy: another version may read more out of it.
    pub program: String,
    /// The day on which the publisher last said that this is the newest copy.
    pub checked: Date,
    /// The files.
    pub files: Vec<FileState>,
}

impl PublicationState {
    pub(crate) fn new(checked: Date, files: Vec<FileState>) -> Self {
        Self { schema: SCHEMA.to_owned(), program: program(), checked, files }
    }

    /// Whether this version of the program made it.
    pub(crate) fn is_current(&self) -> bool {
        self.schema == SCHEMA && self.program == program()
    }
}

fn program() -> String {
    concat!("hisn ", env!("CARGO_PKG_VERSION")).to_owned()
}

/// What is known of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileState {
    /// Its name.
    pub name: String,
    /// The address that it came from.
    pub url: String,
    /// What to ask with.
    #[serde(flatten)]
    pub validators: Validators,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Number of its bytes.
    pub bytes: u64,
}

/// Why the folder could not be read or written.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The disk refused.
    #[error("{}: {error}", .path.display())]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// The snapshot is damaged.
    #[error(
        "{}: {error}\nhelp: the renewed lists cannot be relied on; move the file away and run `hisn lists update`, or screen against the lists of the program with --lists",
        .path.display()
    )]
    Snapshot {
        /// The file.
        path: PathBuf,
        /// Why it was refused.
        error: SnapshotError,
    },
}

impl Store {
    /// The store under a data folder. Nothing is made until something is written.
    pub fn new(data: &Path) -> Self {
        Self { folder: data.join("lists") }
    }

    /// Where the snapshot lies.
    pub fn snapshot_path(&self) -> PathBuf {
        self.folder.join("snapshot.jsonl.zst")
    }

    /// What the renewed snapshot says it holds; `None` where there is none.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn manifest(&self) -> Result<Option<Manifest>, StoreError> {
        let path = self.snapshot_path();
        let Some(bytes) = read(&path)? else { return Ok(None) };
        Manifest::read(&bytes).map(Some).map_err(|error| StoreError::Snapshot { path, error })
    }

    /// The renewed snapshot; `None` where there is none.
    ///
    /// # Errors
    /// When it cannot be read or is damaged.
    pub fn snapshot(&self) -> Result<Option<Snapshot>, StoreError> {
        let path = self.snapshot_path();
        let Some(bytes) = read(&path)? else { return Ok(None) };
        Snapshot::read(&bytes).map(Some).map_err(|error| StoreError::Snapshot { path, error })
    }

    /// Writes the snapshot.
    ///
    /// # Errors
    /// When the disk refuses; the one that was there stays.
    pub fn write_snapshot(&self, snapshot: &Snapshot) -> Result<(), StoreError> {
        let path = self.snapshot_path();
        let bytes = snapshot.write().map_err(|error| StoreError::Disk { path: path.clone(), error })?;
        write_whole(&path, &bytes)
    }

    /// What is known of a publication; a state that cannot be read counts as none, and everything is fetched anew.
    pub fn state(&self, publication: &str) -> Option<PublicationState> {
        let bytes = fs::read(self.publication(publication).join("state.json")).ok()?;
        serde_json::from_slice(&bytes).ok().filter(PublicationState::is_current)
    }

    pub(crate) fn write_state(&self, publication: &str, state: &PublicationState) -> Result<(), StoreError> {
        let path = self.publication(publication).join("state.json");
        let text = serde_json::to_vec_pretty(state);
        let text = text.map_err(|error| StoreError::Disk { path: path.clone(), error: error.into() })?;
        write_whole(&path, &text)
    }

    /// The last good copy of a file.
    pub(crate) fn copy(&self, publication: &str, file: &str) -> Option<Vec<u8>> {
        let bytes = fs::read(self.publication(publication).join(format!("{file}.zst"))).ok()?;
        hisn_lists::unpack(&bytes).ok()
    }

    pub(crate) fn write_copy(&self, publication: &str, file: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.write_packed(&self.publication(publication).join(format!("{file}.zst")), bytes)
    }

    /// Puts a copy that was held back where it can be looked at, and says where.
    pub(crate) fn hold(&self, publication: &str, file: &str, bytes: &[u8]) -> Result<PathBuf, StoreError> {
        let path = self.publication(publication).join("held").join(format!("{file}.zst"));
        self.write_packed(&path, bytes)?;
        Ok(path)
    }

    /// Takes away what was held back before: it has been accepted, or there is a newer copy.
    pub(crate) fn release(&self, publication: &str) -> Result<(), StoreError> {
        let path = self.publication(publication).join("held");
        match fs::remove_dir_all(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(StoreError::Disk { path, error }),
            _ => Ok(()),
        }
    }

    fn write_packed(&self, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
        let packed = zstd::encode_all(bytes, COMPRESSION_LEVEL);
        let packed = packed.map_err(|error| StoreError::Disk { path: path.to_owned(), error })?;
        write_whole(path, &packed)
    }

    fn publication(&self, id: &str) -> PathBuf {
        self.folder.join("publications").join(id)
    }
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::Disk { path: path.to_owned(), error }),
    }
}

/// Writes a file whole or not at all: beside its place, brought to the disk, renamed.
///
/// # Errors
/// When the disk refuses; what was there before stays.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let broken = |error: io::Error| StoreError::Disk { path: path.to_owned(), error };
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(broken)?;
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(broken)?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(broken)?;
    file.persist(path).map_err(|error| broken(error.error))?;
    // The name too must be on the disk; where folders cannot be opened, the file system sees to it.
    if let Ok(folder) = fs::File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}
