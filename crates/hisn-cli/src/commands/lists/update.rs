//! `hisn lists update`: lists renewed from their publishers.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use hisn_lists::{Freshness, Publication, Shrink, Snapshot, health, publications, read_publications};
use hisn_lists_update::{Event, Fetcher, Limits, ListNews, Outcome, Request, Store, UpdateError, update};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::civil::Date;
use serde::Serialize;

use super::Format;
use crate::data;
use crate::engine::{self, today};
use crate::exit::{Exit, Failure};

/// Renew lists from their publishers.
#[derive(clap::Args)]
#[command(
    after_help = "Exit status: 0 everything is renewed or has not changed; 10 something failed or was held back, and the last \
good copy stands; 30 a list is too old to rely on even so; 2 usage."
)]
pub struct Update {
    /// Publications or lists: un-sc, us-csl/EL (default: all that are not optional)
    lists: Vec<String>,
    /// Take this list though it has become more than 5 % shorter (repeatable)
    #[arg(long, value_name = "LIST")]
    accept_shrink: Vec<String>,
    /// A table of publications instead of that of the program: mirrors, addresses that have moved
    #[arg(long, value_name = "TOML")]
    publications: Option<PathBuf>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// The answer: schema `hisn.lists-update/1`.
#[derive(Serialize)]
struct Answer {
    schema: &'static str,
    day: Date,
    snapshot: PathBuf,
    publications: Vec<Renewal>,
    /// Lists that are too old to rely on even now.
    stale: Vec<String>,
}

/// How the renewal of a publication ended.
#[derive(Serialize)]
struct Renewal {
    id: String,
    title: String,
    #[serde(flatten)]
    outcome: Told,
}

#[derive(Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
enum Told {
    Updated { day: Date, lists: Vec<ListNews>, left_out: usize, notes: Vec<String> },
    Unchanged { day: Date, lists: Vec<String>, notes: Vec<String> },
    Held { shrunk: Vec<Shrink>, files: Vec<PathBuf> },
    Failed { error: String, standing: Vec<Standing> },
}

/// A list whose last good copy stands.
#[derive(Serialize)]
struct Standing {
    source: String,
    version: Option<Date>,
}

pub fn run(command: &Update) -> Result<Exit, Failure> {
    let known = known(command)?;
    let chosen = choose(&known, &command.lists)?;
    let lists: Vec<&String> = known.iter().flat_map(|publication| &publication.lists).collect();
    if let Some(stranger) = command.accept_shrink.iter().find(|list| !lists.contains(list)) {
        return Err(unknown(stranger, &known));
    }
    let store = data::store().ok_or_else(|| {
        Failure::new(format!(
            "there is no place for the lists\nhelp: name a folder with --data or {}",
            data::VARIABLE
        ))
    })?;
    let mut snapshot = engine::newest(&store)?.0;
    let fetcher = Fetcher::new(Limits::default());
    let day = today();
    let mut results = Vec::new();
    for publication in chosen {
        let request = Request { publication, accept_shrink: &command.accept_shrink, today: day };
        let outcome = one(&store, &fetcher, &mut snapshot, &request);
        let result = Renewal {
            id: publication.id.clone(),
            title: publication.title.clone(),
            outcome: told(outcome, publication, &snapshot),
        };
        if command.format == Format::Human {
            human(&result, &mut std::io::stdout().lock())?;
        }
        results.push(result);
    }
    let stale = health(&snapshot.manifest, day).into_iter().filter(|list| list.freshness == Freshness::Stale);
    let stale: Vec<String> = stale.map(|list| list.source).collect();
    let good =
        results.iter().all(|result| matches!(result.outcome, Told::Updated { .. } | Told::Unchanged { .. }));
    let answer = Answer {
        schema: "hisn.lists-update/1",
        day,
        snapshot: store.snapshot_path(),
        publications: results,
        stale,
    };
    match command.format {
        Format::Json => println!("{}", serde_json::to_string_pretty(&answer).unwrap_or_default()),
        Format::Human if answer.stale.is_empty() => {}
        Format::Human => println!("Too old to rely on: {}", answer.stale.join(", ")),
    }
    let exit = if good { Exit::Clear } else { Exit::Review };
    Ok(if answer.stale.is_empty() { exit } else { exit.max(Exit::Stale) })
}

fn known(command: &Update) -> Result<Vec<Publication>, Failure> {
    let Some(path) = &command.publications else { return Ok(publications().to_vec()) };
    let text = std::fs::read_to_string(path).map_err(|error| Failure::file(path, &error))?;
    let broken = |error: &dyn std::fmt::Display| {
        Failure::new(format!(
            "{}: {error}\nhelp: data/lists/publications.toml shows how it is written",
            path.display()
        ))
    };
    let read = read_publications(&text).map_err(|error| broken(&error))?;
    // Their names become those of folders.
    let plain = |name: &str| {
        !name.is_empty()
            && !name.starts_with('.')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
    };
    let names = read.iter().flat_map(|publication| {
        std::iter::once(&publication.id).chain(publication.file.iter().map(|file| &file.name))
    });
    match names.into_iter().find(|name| !plain(name)) {
        Some(name) => Err(broken(&format!("\"{name}\" is no name of letters, digits, hyphens and stops"))),
        None => Ok(read),
    }
}

/// The publications that are named, or that bring a list that is named.
fn choose<'a>(known: &'a [Publication], named: &[String]) -> Result<Vec<&'a Publication>, Failure> {
    if named.is_empty() {
        return Ok(known.iter().filter(|publication| !publication.optional).collect());
    }
    let is = |publication: &Publication, name: &String| {
        publication.id == *name || publication.lists.contains(name)
    };
    match named.iter().find(|name| !known.iter().any(|publication| is(publication, name))) {
        Some(name) => Err(unknown(name, known)),
        None => {
            Ok(known.iter().filter(|publication| named.iter().any(|name| is(publication, name))).collect())
        }
    }
}

fn unknown(name: &str, known: &[Publication]) -> Failure {
    let names =
        known.iter().map(|publication| format!("  {}: {}", publication.id, publication.lists.join(", ")));
    Failure::new(format!(
        "no publication or list is called {name}\nhelp: known are\n{}",
        names.collect::<Vec<_>>().join("\n")
    ))
}

/// Renews one publication, with a bar on terminals.
fn one(
    store: &Store,
    fetcher: &Fetcher,
    snapshot: &mut Snapshot,
    request: &Request<'_>,
) -> Result<Outcome, UpdateError> {
    let id = request.publication.id.as_str();
    let bar = ProgressBar::no_length();
    let terminal = std::io::stderr().is_terminal();
    bar.set_draw_target(if terminal { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() });
    let style = |template: &str| {
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
    };
    let outcome = update(store, fetcher, snapshot, request, &mut |event| match event {
        Event::Fetching { file, done, total } => {
            match total {
                Some(total) => {
                    bar.set_style(style("{msg:30} {bar:40} {bytes} of {total_bytes}, {eta} left"));
                    bar.set_length(total);
                }
                None => bar.set_style(style("{msg:30} {spinner} {bytes}")),
            }
            bar.set_position(done);
            bar.set_message(format!("{id} {file}"));
        }
        Event::Again { file, error, after } => {
            bar.suspend(|| eprintln!("{id} {file}: {error}\n{id} {file}: again in {} s", after.as_secs()));
        }
        Event::Reading => {
            bar.set_style(style("{msg}"));
            bar.set_message(format!("{id} is read and compared"));
        }
        _ => {}
    });
    bar.finish_and_clear();
    outcome
}

fn told(outcome: Result<Outcome, UpdateError>, publication: &Publication, snapshot: &Snapshot) -> Told {
    match outcome {
        Ok(Outcome::Updated(news)) => {
            Told::Updated { day: news.day, lists: news.lists, left_out: news.left_out, notes: news.notes }
        }
        Ok(Outcome::Unchanged { day, notes }) => {
            Told::Unchanged { day, lists: publication.lists.clone(), notes }
        }
        Ok(Outcome::Held { shrunk, files }) => Told::Held { shrunk, files },
        Err(error) => {
            let version = |source: &String| {
                snapshot.manifest.lists.iter().find(|list| list.source == *source).map(|list| list.version)
            };
            let standing = publication
                .lists
                .iter()
                .map(|source| Standing { source: source.clone(), version: version(source) });
            Told::Failed { error: error.to_string(), standing: standing.collect() }
        }
    }
}

fn human(result: &Renewal, out: &mut impl Write) -> Result<(), Failure> {
    let id = &result.id;
    match &result.outcome {
        Told::Updated { day, lists, left_out, notes } => {
            for list in lists {
                let ListNews { source, before, after, added, removed, changed } = list;
                writeln!(
                    out,
                    "{id:<14} {source:<12} {before:>6} -> {after:>6} entries  +{added} -{removed} ~{changed}  complete on {day}"
                )?;
            }
            if *left_out > 0 {
                writeln!(out, "{id:<14} {left_out} records could not be read as parties and were left out")?;
            }
            notes.iter().try_for_each(|note| writeln!(out, "{id:<14} note: {note}"))?;
        }
        Told::Unchanged { day, lists, notes } => {
            writeln!(out, "{id:<14} {} unchanged, complete on {day}", lists.join(", "))?;
            notes.iter().try_for_each(|note| writeln!(out, "{id:<14} note: {note}"))?;
        }
        Told::Held { shrunk, files } => {
            for Shrink { source, before, after } in shrunk {
                writeln!(
                    out,
                    "{id:<14} HELD BACK: {source} would shrink from {before} to {after} entries; the last good copy stands"
                )?;
                writeln!(out, "{id:<14}   to take it: hisn lists update {id} --accept-shrink {source}")?;
            }
            let files: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
            writeln!(out, "{id:<14}   to look at it: {}", files.join(", "))?;
        }
        Told::Failed { error, standing } => {
            writeln!(out, "{id:<14} FAILED: {error}")?;
            for Standing { source, version } in standing {
                match version {
                    Some(version) => writeln!(out, "{id:<14}   {source}: the copy of {version} stands")?,
                    None => writeln!(out, "{id:<14}   {source}: there is no copy yet")?,
                }
            }
        }
    }
    Ok(())
}
