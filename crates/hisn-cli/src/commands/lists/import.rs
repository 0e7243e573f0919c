//! `hisn lists import`: published files into a snapshot of one's own.

use std::path::PathBuf;

use hisn_lists::{ImportDay, ImportRules};
use jiff::civil::Date;

use crate::engine::{self, today};
use crate::exit::{Exit, Failure};
use crate::list_files;

/// Read published lists and put them into a snapshot.
#[derive(clap::Args)]
pub struct Import {
    /// Published files in any format that is read, or folders of them; files of one list are joined
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The snapshot to write
    #[arg(long, value_name = "SNAPSHOT")]
    into: PathBuf,
    /// The day for which the files are complete, where they do not say it (default: today)
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// The snapshot to start from; the lists that are screened against when none is given
    #[arg(long, value_name = "SNAPSHOT")]
    base: Option<PathBuf>,
    /// Import this list though it has become much shorter (repeatable)
    #[arg(long, value_name = "LIST")]
    accept_shrink: Vec<String>,
}

pub fn run(command: &Import) -> Result<Exit, Failure> {
    let base = engine::snapshot(command.base.as_deref())?;
    let read = list_files::read(&command.files)?;
    let day = ImportDay::Stated(command.as_of.unwrap_or_else(today));
    let rules = ImportRules { day, only: &[], accept_shrink: &command.accept_shrink };
    let imported =
        hisn_lists::import(&base, read, &rules).map_err(|error| Failure::new(error.to_string()))?;
    hisn_lists_update::write_whole(&command.into, &imported.snapshot.write()?)
        .map_err(|error| Failure::new(error.to_string()))?;
    println!("{}: {} entries of {}", command.into.display(), imported.entries, imported.sources.join(", "));
    Ok(Exit::Clear)
}
