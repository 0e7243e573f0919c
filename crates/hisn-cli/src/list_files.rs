//! List files as a user names them: files of any known format, and folders of files that belong together.

use std::fs;
use std::path::{Path, PathBuf};

use hisn_lists::{ListFile, ListFiles};

use crate::exit::Failure;

/// Reads list files and folders of list files; what was unusual is told on standard error.
pub fn read(paths: &[PathBuf]) -> Result<ListFiles, Failure> {
    let loaded = load(paths)?;
    let files: Vec<ListFile<'_>> = loaded.iter().map(|(name, bytes)| ListFile { name, bytes }).collect();
    let read = hisn_lists::read_files(&files).map_err(|error| Failure::new(error.to_string()))?;
    tell(&read);
    Ok(read)
}

/// The files with their names, those of folders in the order of their names.
pub fn load(paths: &[PathBuf]) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        for file in expand(path)? {
            let bytes = fs::read(&file).map_err(|error| Failure::file(&file, &error))?;
            files.push((file.display().to_string(), bytes));
        }
    }
    if files.is_empty() {
        return Err(Failure::new(
            "no list file is given\nhelp: give a published file, or a folder of files that belong together",
        ));
    }
    Ok(files)
}

fn expand(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(|error| Failure::file(path, &error))? {
        let file = entry?.path();
        let hidden = file.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if file.is_file() && !hidden {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}

/// The warnings of one file that are shown; the rest are counted.
const SHOWN: usize = 20;

fn tell(read: &ListFiles) {
    for file in &read.files {
        let mut warnings = read.warnings.iter().filter(|(name, _)| *name == file.name);
        warnings.by_ref().take(SHOWN).for_each(|(name, warning)| eprintln!("{name}: {warning}"));
        let more = warnings.count();
        if more > 0 {
            eprintln!("{}: and {more} more", file.name);
        }
    }
    if read.left_out > 0 {
        eprintln!("{} records could not be read as parties and were left out", read.left_out);
    }
}
