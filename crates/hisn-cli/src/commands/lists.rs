//! `hisn lists`: what the lists are, and how they change.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use hisn_lists::{Freshness, health};
use jiff::civil::Date;

use crate::engine::{self, today};
use crate::exit::{Exit, Failure};
use crate::list_files;

/// Commands about lists.
#[derive(clap::Subcommand)]
pub enum ListsCommand {
    /// Show each list: date, age, entries
    Status {
        /// A snapshot; the lists of the program when none is given
        snapshot: Option<PathBuf>,
        /// Judge the age on this day (default: today)
        #[arg(long, value_name = "DATE")]
        as_of: Option<Date>,
    },
    /// Read published lists and put them into a snapshot
    Import {
        /// Published files in any format that is read, or folders of them; files of one list are joined
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// The snapshot to write
        #[arg(long, value_name = "SNAPSHOT")]
        into: PathBuf,
        /// The day for which the file is complete (default: today)
        #[arg(long, value_name = "DATE")]
        version: Option<Date>,
        /// The snapshot to start from; the lists of the program when none is given
        #[arg(long, value_name = "SNAPSHOT")]
        base: Option<PathBuf>,
        /// Import also a list that has become much shorter
        #[arg(long)]
        accept_shrunk: bool,
    },
    /// Say who was added, removed and changed between two snapshots, published files, or folders of them
    Diff {
        /// The older one
        old: PathBuf,
        /// The newer one
        new: PathBuf,
        /// Show also differences of spelling without effect
        #[arg(long)]
        cosmetic: bool,
    },
}

pub fn run(command: ListsCommand) -> Result<Exit, Failure> {
    match command {
        ListsCommand::Status { snapshot, as_of } => status(snapshot.as_deref(), as_of.unwrap_or_else(today)),
        ListsCommand::Import { files, into, version, base, accept_shrunk } => {
            import(&files, &into, version.unwrap_or_else(today), base.as_deref(), accept_shrunk)
        }
        ListsCommand::Diff { old, new, cosmetic } => diff(&old, &new, cosmetic),
    }
}

fn status(snapshot: Option<&Path>, day: Date) -> Result<Exit, Failure> {
    let snapshot = engine::snapshot(snapshot)?;
    let mut out = std::io::stdout().lock();
    let mut exit = Exit::Clear;
    for list in health(&snapshot.manifest, day) {
        let state = match list.freshness {
            Freshness::Fresh => "fresh",
            Freshness::Stale => "too old",
            Freshness::Unstated => "no stated age",
        };
        if list.freshness == Freshness::Stale {
            exit = Exit::Stale;
        }
        let (source, version, age, entries, title) =
            (list.source, list.version, list.age_days, list.entries, list.title);
        writeln!(out, "{source:<12} {version}  {age:>5} days  {entries:>6} entries  {state:<8}  {title}")?;
    }
    Ok(exit)
}

fn import(
    files: &[PathBuf],
    into: &Path,
    version: Date,
    base: Option<&Path>,
    accept_shrunk: bool,
) -> Result<Exit, Failure> {
    let base = engine::snapshot(base)?;
    let read = list_files::read(files)?;
    let imported = hisn_lists::import(&base, read, version, accept_shrunk)
        .map_err(|error| Failure::new(error.to_string()))?;
    let written = imported.snapshot.write()?;
    // Written beside and then renamed, so that the last good copy stands until the new one is whole.
    let beside = into.with_extension("part");
    fs::write(&beside, written).map_err(|error| Failure::file(&beside, &error))?;
    fs::rename(&beside, into).map_err(|error| Failure::file(into, &error))?;
    println!("{}: {} entries of {}", into.display(), imported.entries, imported.sources.join(", "));
    Ok(Exit::Clear)
}

fn diff(old: &Path, new: &Path, cosmetic: bool) -> Result<Exit, Failure> {
    let read = |path: &Path| list_files::read(&[path.to_owned()]).map(|read| read.parties);
    let (old, new) = (read(old)?, read(new)?);
    let mut out = std::io::stdout().lock();
    for list in hisn_lists::diff(&old, &new).lists {
        let real = list.changed.iter().filter(|change| !change.cosmetic).count();
        let (added, removed, spelt) = (list.added.len(), list.removed.len(), list.changed.len() - real);
        writeln!(
            out,
            "{}: {} entries, then {}: {added} added, {removed} removed, {real} changed, {spelt} changed in spelling only",
            list.source, list.before, list.after
        )?;
        let entries =
            list.added.iter().map(|entry| ("+", entry)).chain(list.removed.iter().map(|entry| ("-", entry)));
        for (sign, entry) in entries {
            writeln!(out, "  {sign} {} ({})", entry.caption, entry.id)?;
        }
        for change in list.changed.iter().filter(|change| cosmetic || !change.cosmetic) {
            writeln!(out, "  ~ {} ({})", change.entry.caption, change.entry.id)?;
            for field in change.fields.iter().filter(|field| cosmetic || !field.cosmetic) {
                writeln!(
                    out,
                    "      {}: {} -> {}",
                    field.field,
                    field.before.join("; "),
                    field.after.join("; ")
                )?;
            }
        }
    }
    Ok(Exit::Clear)
}
