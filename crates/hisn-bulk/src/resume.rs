//! An output that survives being killed: a journal beside it says how much of it counts.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// How far a run has come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// What is done to what: another run must not go on with this one's output.
    run: String,
    /// Rows that were answered or rejected.
    pub rows: u64,
    /// Rows with a match.
    pub matched: u64,
    /// Rows that could not be read.
    pub rejected: u64,
    written: [u64; 2],
}

/// Why an output cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum ResumeError {
    /// A file failed.
    #[error("{}: {error}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The journal belongs to another run.
    #[error("{} was begun with another input, other lists or other options", path.display())]
    OtherRun {
        /// The output.
        path: PathBuf,
    },
}

/// Two files, the answers and the rejected rows, that get their names only when all is done. Until then they are called
/// `.part`, and the journal says up to where they are whole.
#[derive(Debug)]
pub struct Resumable {
    parts: [Part; 2],
    journal: PathBuf,
    progress: Progress,
}

#[derive(Debug)]
struct Part {
    path: PathBuf,
    part: PathBuf,
    file: BufWriter<File>,
    written: u64,
}

impl Resumable {
    /// Opens the output, and goes on where an interrupted run of the same name left off.
    ///
    /// # Errors
    /// A file fails; or another run left off here, and `restart` does not say to begin anew.
    pub fn open(output: &Path, rejected: &Path, run: &str, restart: bool) -> Result<Resumable, ResumeError> {
        let journal = with_ending(output, ".journal");
        let left = fs::read(&journal).ok().and_then(|text| serde_json::from_slice::<Progress>(&text).ok());
        let progress = match left {
            Some(left) if left.run == run && !restart => left,
            Some(_) if !restart => return Err(ResumeError::OtherRun { path: output.to_owned() }),
            _ => Progress { run: run.to_owned(), ..Progress::default() },
        };
        let [answers, rest] = progress.written;
        let parts = [Part::open(output, answers)?, Part::open(rejected, rest)?];
        Ok(Resumable { parts, journal, progress })
    }

    /// How far an earlier run has come.
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// Writes answers.
    ///
    /// # Errors
    /// The file fails.
    pub fn answer(&mut self, bytes: &[u8]) -> Result<(), ResumeError> {
        let [answers, _] = &mut self.parts;
        answers.write(bytes)
    }

    /// Writes rejected rows.
    ///
    /// # Errors
    /// The file fails.
    pub fn reject(&mut self, bytes: &[u8]) -> Result<(), ResumeError> {
        let [_, rejected] = &mut self.parts;
        rejected.write(bytes)
    }

    /// What was written so far counts from now on, whatever happens.
    ///
    /// # Errors
    /// A file fails.
    pub fn checkpoint(&mut self, rows: u64, matched: u64, rejected: u64) -> Result<(), ResumeError> {
        for part in &mut self.parts {
            part.sync()?;
        }
        let progress = &mut self.progress;
        (progress.rows, progress.matched, progress.rejected) = (rows, matched, rejected);
        let [answers, rest] = &self.parts;
        progress.written = [answers.written, rest.written];
        let fresh = with_ending(&self.journal, ".new");
        let text = serde_json::to_vec(&self.progress).unwrap_or_default();
        let wrong = |error| ResumeError::File { path: fresh.clone(), error };
        let mut file = File::create(&fresh).map_err(wrong)?;
        file.write_all(&text).and_then(|()| file.sync_data()).map_err(wrong)?;
        fs::rename(&fresh, &self.journal).map_err(wrong)
    }

    /// Gives the files their names. A file of rejected rows that holds none is not kept.
    ///
    /// # Errors
    /// A file fails.
    pub fn finish(mut self, any_rejected: bool) -> Result<(), ResumeError> {
        for (place, part) in self.parts.iter_mut().enumerate() {
            part.sync()?;
            let wrong = |error| ResumeError::File { path: part.path.clone(), error };
            if place == 0 || any_rejected {
                fs::rename(&part.part, &part.path).map_err(wrong)?;
            } else {
                fs::remove_file(&part.part).map_err(wrong)?;
            }
        }
        match fs::remove_file(&self.journal) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(ResumeError::File { path: self.journal, error })
            }
            _ => Ok(()),
        }
    }
}

impl Part {
    fn open(path: &Path, written: u64) -> Result<Part, ResumeError> {
        let part = with_ending(path, ".part");
        let wrong = |error| ResumeError::File { path: part.clone(), error };
        let mut file =
            OpenOptions::new().create(true).write(true).truncate(false).open(&part).map_err(wrong)?;
        // What was written after the last checkpoint does not count.
        file.set_len(written).map_err(wrong)?;
        file.seek(SeekFrom::Start(written)).map_err(wrong)?;
        Ok(Part {
            path: path.to_owned(),
            part: part.clone(),
            file: BufWriter::with_capacity(1 << 16, file),
            written,
        })
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), ResumeError> {
        self.file.write_all(bytes).map_err(|error| ResumeError::File { path: self.part.clone(), error })?;
        self.written += bytes.len() as u64;
        Ok(())
    }

    fn sync(&mut self) -> Result<(), ResumeError> {
        let synced = self.file.flush().and_then(|()| self.file.get_ref().sync_data());
        synced.map_err(|error| ResumeError::File { path: self.part.clone(), error })
    }
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(ending);
    path.with_file_name(name)
}
