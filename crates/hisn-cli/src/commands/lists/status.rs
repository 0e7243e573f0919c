//! `hisn lists status`: the age of each list against the age up to which it may be relied on.

use std::io::Write;
use std::path::PathBuf;

use hisn_lists::{Freshness, ListHealth, Publication, catalogue, health, publications};
use jiff::civil::Date;
use serde::Serialize;

use super::Format;
use crate::engine::{self, Origin, today};
use crate::exit::{Exit, Failure};

/// Show each list.
#[derive(clap::Args)]
pub struct Status {
    /// A snapshot; the lists that are screened against when none is given
    snapshot: Option<PathBuf>,
    /// Judge the age on this day (default: today)
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// The answer: schema `hisn.lists-status/1`.
#[derive(Serialize)]
struct Answer {
    schema: &'static str,
    as_of: Date,
    /// Where the lists come from.
    origin: Origin,
    stale: bool,
    lists: Vec<ListHealth>,
    /// Lists that the program could hold and does not.
    not_held: Vec<NotHeld>,
}

#[derive(Serialize)]
struct NotHeld {
    source: String,
    title: String,
    /// The publication that would bring it.
    publication: Option<String>,
}

pub fn run(command: &Status) -> Result<Exit, Failure> {
    let (snapshot, origin) = engine::snapshot_and_origin(command.snapshot.as_deref())?;
    let as_of = command.as_of.unwrap_or_else(today);
    let lists = health(&snapshot.manifest, as_of);
    let missing =
        catalogue().lists().iter().filter(|known| !lists.iter().any(|held| held.source == known.source));
    let not_held = missing.map(|list| NotHeld {
        source: list.source.clone(),
        title: list.title.en.clone(),
        publication: brings(&list.source).map(|publication| publication.id.clone()),
    });
    let answer = Answer {
        schema: "hisn.lists-status/1",
        as_of,
        origin,
        stale: lists.iter().any(|list| list.freshness == Freshness::Stale),
        not_held: not_held.collect(),
        lists,
    };
    let mut out = std::io::stdout().lock();
    match command.format {
        Format::Human => human(&answer, &mut out)?,
        Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(&answer).unwrap_or_default())?,
    }
    Ok(if answer.stale { Exit::Stale } else { Exit::Clear })
}

fn brings(list: &str) -> Option<&'static Publication> {
    publications().iter().find(|publication| publication.lists.iter().any(|known| known == list))
}

fn human(answer: &Answer, out: &mut impl Write) -> Result<(), Failure> {
    for list in &answer.lists {
        let state = match list.freshness {
            Freshness::Fresh => "fresh",
            Freshness::Stale => "too old",
            Freshness::Unstated => "no stated age",
        };
        let ListHealth { source, version, age_days, entries, title, .. } = list;
        writeln!(
            out,
            "{source:<12} {version}  {age_days:>5} days  {entries:>6} entries  {state:<8}  {title}"
        )?;
    }
    for list in &answer.not_held {
        let how = list.publication.as_ref().map(|id| format!("hisn lists update {id}")).unwrap_or_default();
        writeln!(out, "{:<12} not held; {how:<32}  {}", list.source, list.title)?;
    }
    if answer.stale {
        writeln!(out, "Lists that are too old may not be relied on: hisn lists update")?;
    }
    writeln!(out, "{}", answer.origin)?;
    Ok(())
}
