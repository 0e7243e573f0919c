//! `hisn screen`: names against lists.

use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;

use hisn_assess::{Lists, ScreeningMatch, describe, list_evidence};
use hisn_screening::{Options, Query};
use jiff::civil::Date;
use serde::Serialize;

use super::bulk::Bulk;
use crate::engine::{self, today};
use crate::exit::{Exit, Failure};
use crate::list_files;

/// Screen names.
#[derive(clap::Args)]
pub struct Screen {
    /// Names; read from standard input, one a line, when none is given
    #[arg(conflicts_with = "input")]
    names: Vec<String>,
    /// Screen the rows of this table (CSV): columns name, and if known id, schema, country, birth_date, identifier, address
    #[arg(long, value_name = "CSV", conflicts_with_all = ["country", "birth_date"])]
    input: Option<PathBuf>,
    /// Write the rows of --input here (default: standard output)
    ///
    /// A run that was interrupted goes on where it left off; rows that cannot be read go to FILE.rejected.csv.
    #[arg(short, long, value_name = "FILE", requires = "input")]
    output: Option<PathBuf>,
    /// Begin an interrupted run anew
    #[arg(long, requires = "output")]
    restart: bool,
    /// Screen against these lists instead: published files of any format that is read, or folders of them (repeatable)
    #[arg(long = "list", value_name = "FILE", conflicts_with = "lists")]
    list: Vec<PathBuf>,
    /// The country of the names, as a code or a name
    #[arg(long, value_name = "COUNTRY")]
    country: Option<String>,
    /// The date of birth of the names
    #[arg(long, value_name = "DATE")]
    birth_date: Option<String>,
    /// The least score of a match
    #[arg(long, default_value_t = Options::default().threshold)]
    threshold: f64,
    /// The most matches for a name
    #[arg(long, default_value_t = Options::default().limit)]
    limit: usize,
    /// Only entries that stood on this day (default: today)
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Screen against this snapshot instead of the lists that the program carries
    #[arg(long, value_name = "SNAPSHOT")]
    lists: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// Lines for people
    #[default]
    Human,
    /// JSON lines, one object a name
    Json,
    /// The rows of --input with columns appended
    Csv,
}

/// The answer for one name: schema `hisn.screening/1`.
#[derive(Serialize)]
pub(super) struct Answer<'a> {
    schema: &'static str,
    id: String,
    query: Asked<'a>,
    status: &'static str,
    matches: &'a [ScreeningMatch],
}

#[derive(Serialize)]
struct Asked<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    birth_date: Option<&'a str>,
}

impl<'a> Answer<'a> {
    /// The answer to a query of at most one country.
    pub(super) fn new(id: String, query: &'a Query, matches: &'a [ScreeningMatch]) -> Answer<'a> {
        Answer {
            schema: "hisn.screening/1",
            id,
            query: Asked {
                name: &query.name,
                country: query.countries.first().map(String::as_str),
                birth_date: query.birth_date.as_deref(),
            },
            status: status(matches),
            matches,
        }
    }
}

/// What the matches of a name come to.
pub(super) fn status(matches: &[ScreeningMatch]) -> &'static str {
    if matches.is_empty() { "clear" } else { "possible_match" }
}

pub fn run(command: &Screen) -> Result<Exit, Failure> {
    if !(0.0..=1.0).contains(&command.threshold) {
        return Err(Failure::new(
            "the threshold must lie between 0 and 1\nhelp: the default of 0.7 serves every script",
        ));
    }
    let country = match &command.country {
        None => None,
        Some(text) => Some(hisn_lists::countries().code(text).ok_or_else(|| {
            Failure::new(format!("no country is called {text}\nhelp: give a code such as AE, or a name"))
        })?),
    };
    let lists = match command.list.as_slice() {
        [] => engine::lists(command.lists.as_deref())?,
        files => Lists::new(list_files::read(files)?.into_snapshot(command.as_of.unwrap_or_else(today))),
    };
    let day = command.as_of.unwrap_or_else(today);
    let options = Options { threshold: command.threshold, limit: command.limit, on: Some(day) };
    if let Some(input) = &command.input {
        let bulk = Bulk {
            lists: &lists,
            options: &options,
            format: command.format,
            output: command.output.as_deref(),
            restart: command.restart,
        };
        let exit = bulk.run(input)?;
        let (_, stale) = list_evidence(&lists.manifest, day);
        return Ok(if stale.is_empty() { exit } else { exit.max(Exit::Stale) });
    }
    if command.format == Format::Csv {
        return Err(Failure::new(
            "--format csv goes with --input\nhelp: hisn screen --input names.csv --format csv",
        ));
    }
    let names: Vec<String> = match command.names.as_slice() {
        [] if std::io::stdin().is_terminal() => {
            return Err(Failure::new(
                "no name is given\nhelp: hisn screen \"NSO Group\", or names on standard input, one a line",
            ));
        }
        [] => std::io::stdin().lock().lines().collect::<Result<_, _>>()?,
        names => names.to_vec(),
    };
    if names.iter().all(|name| name.trim().is_empty()) {
        return Err(Failure::new(
            "there is no name in the input\nhelp: give names as arguments, or one a line",
        ));
    }
    let (_, stale) = list_evidence(&lists.manifest, day);
    let mut out = std::io::stdout().lock();
    let mut exit = Exit::Clear;
    for (place, name) in names.iter().filter(|name| !name.trim().is_empty()).enumerate() {
        let query = Query {
            name: name.clone(),
            countries: country.iter().map(ToString::to_string).collect(),
            birth_date: command.birth_date.clone(),
            ..Query::default()
        };
        let found = lists.screener.screen(&query, &options);
        let matches: Vec<ScreeningMatch> =
            found.iter().map(|found| describe(lists.screener.party(found.index), found)).collect();
        if !matches.is_empty() {
            exit = exit.max(Exit::Review);
        }
        let answer = Answer::new(format!("q{}", place + 1), &query, &matches);
        match command.format {
            Format::Json => writeln!(out, "{}", serde_json::to_string(&answer).unwrap_or_default())?,
            Format::Human | Format::Csv => human(&answer, &mut out)?,
        }
    }
    if !stale.is_empty() {
        eprintln!("{} lists are too old to rely on; see `hisn lists status`", stale.len());
    }
    Ok(if stale.is_empty() { exit } else { exit.max(Exit::Stale) })
}

pub(super) fn human(answer: &Answer<'_>, out: &mut impl Write) -> Result<(), Failure> {
    let count = answer.matches.len();
    writeln!(
        out,
        "{}: {}",
        answer.query.name,
        match count {
            0 => "clear".to_owned(),
            1 => "1 possible match".to_owned(),
            count => format!("{count} possible matches"),
        }
    )?;
    for found in answer.matches {
        writeln!(
            out,
            "  {:.2} {}  {}  {} {} ({})",
            found.score, found.strength, found.caption, found.source, found.id, found.citation
        )?;
        writeln!(out, "       {}", found.because)?;
        let evidence =
            [("agrees", &found.corroboration.agree), ("contradicts", &found.corroboration.contradict)];
        for (word, fields) in evidence.iter().filter(|(_, fields)| !fields.is_empty()) {
            writeln!(out, "       {word}: {}", fields.join(", "))?;
        }
        writeln!(out, "       {}", found.legal_effect)?;
    }
    Ok(())
}
