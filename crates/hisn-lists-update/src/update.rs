//! One renewal of one publication.

use std::path::PathBuf;
use std::time::Duration;

use hisn_lists::readers::ecfr::section_digest;
use hisn_lists::{
    FilesError, ImportDay, ImportError, ImportRules, ListFile, Publication, Shrink, Snapshot, import,
    read_files,
};
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::fetch::{FetchError, Fetched, Fetcher, Validators};
use crate::store::{FileState, PublicationState, Store, StoreError};

/// What is to be renewed, and how.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The publication.
    pub publication: &'a Publication,
    /// Lists that may shrink, because somebody has looked at them.
    pub accept_shrink: &'a [String],
    /// The day on the clock.
    pub today: Date,
}

/// What happens on the way.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// A file is being fetched.
    Fetching {
        /// Its name.
        file: &'a str,
        /// Bytes that have come.
        done: u64,
        /// Bytes that were announced.
        total: Option<u64>,
    },
    /// A fetch failed and is tried again.
    Again {
        /// The file.
        file: &'a str,
        /// Why.
        error: &'a FetchError,
        /// When.
        after: Duration,
    },
    /// The files are read and compared.
    Reading,
}

/// How a renewal ended.
#[derive(Debug)]
pub enum Outcome {
    /// The lists are new.
    Updated(Updated),
    /// The publisher has nothing newer; the lists are known to be complete.
    Unchanged {
        /// The day for which they are.
        day: Date,
        /// What was noticed.
        notes: Vec<String>,
    },
    /// A list would shrink; the last good copy stands.
    Held {
        /// The lists.
        shrunk: Vec<Shrink>,
        /// Where the new files lie, to look at.
        files: Vec<PathBuf>,
    },
}

/// What is new.
#[derive(Debug)]
pub struct Updated {
    /// The day for which the lists are complete.
    pub day: Date,
    /// List by list.
    pub lists: Vec<ListNews>,
    /// Records that could not be read as parties.
    pub left_out: usize,
    /// What was noticed, in sentences.
    pub notes: Vec<String>,
}

/// What is new in a list.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct ListNews {
    /// The list.
    pub source: String,
    /// Entries before; zero where the list is new.
    pub before: usize,
    /// Entries after.
    pub after: usize,
    /// Entries that came.
    pub added: usize,
    /// Entries that went.
    pub removed: usize,
    /// Entries that changed in more than their printing.
    pub changed: usize,
}

/// Why a publication could not be renewed. The last good copy stands.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum UpdateError {
    /// A file could not be fetched.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// What was fetched is no list, or a damaged one.
    #[error(
        "{0}; nothing was taken from it: try again later, and if it stays so, the publisher has changed the file"
    )]
    Read(#[from] FilesError),
    /// The document that tells the day does not tell it.
    #[error("{url} does not tell for which day the publication is complete; the publisher has changed it")]
    Undated {
        /// The document's address.
        url: String,
    },
    /// The folder of the lists could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The files hold none of the lists that are taken from them.
    #[error("none of {} stands in the files; the publisher has changed them, or they are another list's", .lists.join(", "))]
    OtherLists {
        /// The lists.
        lists: Vec<String>,
    },
}

/// Renews the lists of a publication in `snapshot` and in the store. Whatever goes wrong, the last good copy stands: the
/// snapshot and the store change only after everything has been checked.
///
/// The lists are complete for the day on which the publisher served them, or for the day that the publisher states apart
/// ([`Publication::dated_by`]); a day inside the files is of their making and says nothing of later changes.
///
/// # Errors
/// When a file cannot be fetched, read, or written.
pub fn update(
    store: &Store,
    fetcher: &Fetcher,
    snapshot: &mut Snapshot,
    request: &Request<'_>,
    tell: &mut dyn FnMut(Event<'_>),
) -> Result<Outcome, UpdateError> {
    let Request { publication, accept_shrink, today } = *request;
    let day = match &publication.dated_by {
        Some(_) => stated_day(fetcher, publication, tell)?,
        None => today,
    };
    let held = |list: &String| snapshot.manifest.lists.iter().any(|known| known.source == *list);
    // A copy of which the snapshot knows nothing must be read again, whether or not it is the newest.
    let known = store.state(&publication.id).filter(|_| publication.lists.iter().any(held));
    let fetched = fetch_all(store, fetcher, publication, known.as_ref(), day, tell)?;
    let confirmed = confirm(publication, &fetched);
    if fetched.iter().all(|file| !file.new) {
        for list in &publication.lists {
            snapshot.confirm(list, day);
        }
        let notes = apply_confirmed(confirmed, snapshot, day);
        store.write_snapshot(snapshot)?;
        store.write_state(&publication.id, &state(today, &fetched))?;
        return Ok(Outcome::Unchanged { day, notes });
    }
    tell(Event::Reading);
    let files: Vec<ListFile<'_>> =
        fetched.iter().map(|file| ListFile { name: &file.state.name, bytes: &file.bytes }).collect();
    let read = read_files(&files)?;
    if !read.parties.iter().any(|party| publication.lists.contains(&party.source)) {
        return Err(UpdateError::OtherLists { lists: publication.lists.clone() });
    }
    let (left_out, mut notes) = (read.left_out, old_file_notes(&read, today));
    let rules = ImportRules { day: ImportDay::Fixed(day), only: &publication.lists, accept_shrink };
    let mut imported = match import(snapshot, read, &rules) {
        Ok(imported) => imported.snapshot,
        Err(ImportError::Shrunk(shrunk)) => {
            let held = fetched.iter().map(|file| store.hold(&publication.id, &file.state.name, &file.bytes));
            return Ok(Outcome::Held { shrunk, files: held.collect::<Result<_, _>>()? });
        }
        // Further reasons would be further variants; a list that is not understood is not taken.
        Err(_) => return Err(UpdateError::OtherLists { lists: publication.lists.clone() }),
    };
    let lists = news(snapshot, &imported, &publication.lists);
    notes.extend(apply_confirmed(confirmed, &mut imported, day));
    store.write_snapshot(&imported)?;
    for file in fetched.iter().filter(|file| file.new) {
        store.write_copy(&publication.id, &file.state.name, &file.bytes)?;
    }
    store.write_state(&publication.id, &state(today, &fetched))?;
    store.release(&publication.id)?;
    *snapshot = imported;
    Ok(Outcome::Updated(Updated { day, lists, left_out, notes }))
}

/// A file, from the publisher or from the store.
struct File {
    state: FileState,
    bytes: Vec<u8>,
    new: bool,
}

fn fetch_all(
    store: &Store,
    fetcher: &Fetcher,
    publication: &Publication,
    known: Option<&PublicationState>,
    day: Date,
    tell: &mut dyn FnMut(Event<'_>),
) -> Result<Vec<File>, UpdateError> {
    let mut files = Vec::new();
    for file in &publication.file {
        let url = file.url.replace("{date}", &day.to_string());
        let before = known.and_then(|state| state.files.iter().find(|known| known.name == file.name));
        // Of another address, or without its bytes, a copy cannot stand for the new one.
        let copy = before.filter(|known| known.url == url).and_then(|known| {
            let bytes = store.copy(&publication.id, &known.name)?;
            (sha256(&bytes) == known.sha256).then_some((known, bytes))
        });
        let validators = copy.as_ref().map(|(known, _)| known.validators.clone()).unwrap_or_default();
        let got = fetch(fetcher, &file.name, &url, &validators, tell)?;
        files.push(match (got, copy) {
            (Fetched::NotModified, Some((known, bytes))) => File { state: known.clone(), bytes, new: false },
            (Fetched::NotModified, None) => {
                // Nothing was asked conditionally; an answer to a question that was not put is a fault.
                return Err(FetchError::Status { url, status: 304 }.into());
            }
            (Fetched::File { bytes, validators }, _) => {
                let sha256 = sha256(&bytes);
                let new = before.is_none_or(|known| known.sha256 != sha256);
                let state =
                    FileState { name: file.name.clone(), url, validators, sha256, bytes: bytes.len() as u64 };
                File { state, bytes, new }
            }
        });
    }
    Ok(files)
}

fn fetch(
    fetcher: &Fetcher,
    file: &str,
    url: &str,
    validators: &Validators,
    tell: &mut dyn FnMut(Event<'_>),
) -> Result<Fetched, FetchError> {
    // Both ways of telling lead to one listener, one at a time.
    let tell = std::cell::RefCell::new(tell);
    fetcher.fetch(
        url,
        validators,
        &mut |done, total| (tell.borrow_mut())(Event::Fetching { file, done, total }),
        &mut |error, after| (tell.borrow_mut())(Event::Again { file, error, after }),
    )
}

/// The day for which the publisher says that its text is complete.
fn stated_day(
    fetcher: &Fetcher,
    publication: &Publication,
    tell: &mut dyn FnMut(Event<'_>),
) -> Result<Date, UpdateError> {
    let Some(by) = &publication.dated_by else { return Ok(Date::ZERO) };
    let undated = || UpdateError::Undated { url: by.url.clone() };
    let Fetched::File { bytes, .. } = fetch(fetcher, "day", &by.url, &Validators::default(), tell)? else {
        return Err(undated());
    };
    let document: serde_json::Value = serde_json::from_slice(&bytes).map_err(|_| undated())?;
    let objects = document.get(&by.array).and_then(serde_json::Value::as_array).ok_or_else(undated)?;
    let object =
        objects.iter().find(|object| object.get(&by.key).and_then(serde_json::Value::as_i64) == Some(by.is));
    let day = object.and_then(|object| object.get(&by.value)).and_then(serde_json::Value::as_str);
    day.and_then(|day| day.parse().ok()).ok_or_else(undated)
}

/// For each list that is made by hand whether its section still reads the same.
fn confirm<'a>(publication: &'a Publication, files: &[File]) -> Vec<(&'a hisn_lists::Confirmed, bool)> {
    let reads = |confirmed: &hisn_lists::Confirmed| {
        files.iter().any(|file| {
            section_digest(&file.bytes, &confirmed.section).ok().flatten().as_ref() == Some(&confirmed.sha256)
        })
    };
    publication.confirms.iter().map(|confirmed| (confirmed, reads(confirmed))).collect()
}

fn apply_confirmed(
    confirmed: Vec<(&hisn_lists::Confirmed, bool)>,
    snapshot: &mut Snapshot,
    day: Date,
) -> Vec<String> {
    let mut notes = Vec::new();
    for (confirmed, same) in confirmed {
        if same {
            snapshot.confirm(&confirmed.list, day);
        } else {
            notes.push(format!(
                "section {} does not read as it did when {} was made of it; the list keeps its day until the program is renewed",
                confirmed.section, confirmed.list
            ));
        }
    }
    notes
}

/// A publisher that serves the file of long ago may have stopped renewing it.
fn old_file_notes(read: &hisn_lists::ListFiles, today: Date) -> Vec<String> {
    let mut notes = Vec::new();
    for (source, stated) in read.files.iter().flat_map(|file| &file.lists) {
        let limit = hisn_lists::catalogue().by_source(source).map(|list| list.max_age_days);
        let age = stated.map(|day| today.duration_since(day).as_hours() / 24);
        if let (Some(age), Some(limit), Some(day)) = (age, limit, stated)
            && age > i64::from(limit)
        {
            notes.push(format!(
                "the publisher's file of {source} says that it is of {day}, {age} days ago; look whether it is still renewed"
            ));
        }
    }
    notes
}

fn news(before: &Snapshot, after: &Snapshot, lists: &[String]) -> Vec<ListNews> {
    let of = |snapshot: &Snapshot| {
        snapshot.parties.iter().filter(|party| lists.contains(&party.source)).cloned().collect::<Vec<_>>()
    };
    let changes = hisn_lists::diff(&of(before), &of(after)).lists;
    let news = changes.into_iter().map(|list| ListNews {
        changed: list.changed.iter().filter(|change| !change.cosmetic).count(),
        added: list.added.len(),
        removed: list.removed.len(),
        source: list.source,
        before: list.before,
        after: list.after,
    });
    news.collect()
}

fn state(today: Date, files: &[File]) -> PublicationState {
    PublicationState::new(today, files.iter().map(|file| file.state.clone()).collect())
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
