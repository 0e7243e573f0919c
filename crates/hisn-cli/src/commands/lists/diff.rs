//! `hisn lists diff`: who was added, removed and changed.

use std::io::Write;
use std::path::{Path, PathBuf};

use hisn_lists::{ListChange, ListDiff};
use serde::Serialize;

use super::Format;
use crate::exit::{Exit, Failure};
use crate::list_files;

/// Say who was added, removed and changed.
#[derive(clap::Args)]
pub struct Diff {
    /// The older one: a snapshot, a published file, or a folder of files that belong together
    old: PathBuf,
    /// The newer one
    new: PathBuf,
    /// Show also differences of spelling without effect
    #[arg(long)]
    cosmetic: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// The answer: schema `hisn.lists-diff/1`.
#[derive(Serialize)]
struct Answer {
    schema: &'static str,
    #[serde(flatten)]
    diff: ListDiff,
}

pub fn run(command: &Diff) -> Result<Exit, Failure> {
    let read = |path: &Path| list_files::read(&[path.to_owned()]).map(|read| read.parties);
    let (old, new) = (read(&command.old)?, read(&command.new)?);
    let mut diff = hisn_lists::diff(&old, &new);
    if !command.cosmetic {
        for list in &mut diff.lists {
            list.changed.iter_mut().for_each(|change| change.fields.retain(|field| !field.cosmetic));
        }
    }
    let mut out = std::io::stdout().lock();
    match command.format {
        Format::Json => {
            for list in &mut diff.lists {
                list.changed.retain(|change| !change.fields.is_empty());
            }
            let answer = Answer { schema: "hisn.lists-diff/1", diff };
            writeln!(out, "{}", serde_json::to_string_pretty(&answer).unwrap_or_default())?;
        }
        Format::Human => {
            for list in &diff.lists {
                human(list, &mut out)?;
            }
        }
    }
    Ok(Exit::Clear)
}

fn human(list: &ListChange, out: &mut impl Write) -> Result<(), Failure> {
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
    for change in list.changed.iter().filter(|change| !change.fields.is_empty()) {
        writeln!(out, "  ~ {} ({})", change.entry.caption, change.entry.id)?;
        for field in &change.fields {
            writeln!(
                out,
                "      {}: {} -> {}",
                field.field,
                field.before.join("; "),
                field.after.join("; ")
            )?;
        }
    }
    Ok(())
}
