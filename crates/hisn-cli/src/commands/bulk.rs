//! `hisn screen --input`: the rows of a table against lists.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use hisn_assess::{Lists, ScreeningMatch, describe};
use hisn_bulk::{Appender, Columns, Field, Reader, Resumable, ResumeError, Row};
use hisn_lists::Schema;
use hisn_screening::{Options, Query};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::assess::progress;
use super::screen::{Answer, Format, human, status};
use crate::exit::{Exit, Failure};

/// Rows that are screened together, on all cores: few enough to hold, many enough to share out.
const CHUNK: usize = 4096;

/// After so many chunks what was written is made to last.
const CHUNKS_TO_CHECKPOINT: u64 = 8;

const ANSWERS: [&str; 9] = [
    "status",
    "matches",
    "best_score",
    "best_id",
    "matched_name",
    "because",
    "list",
    "legal_effect",
    "citation",
];

/// How to screen the rows.
pub struct Bulk<'a> {
    pub lists: &'a Lists,
    pub options: &'a Options,
    pub format: Format,
    /// Where the answers go; standard output otherwise, which cannot be resumed.
    pub output: Option<&'a Path>,
    /// Begin anew where a run was interrupted.
    pub restart: bool,
}

/// Why a row is not screened.
struct Rejected {
    column: &'static str,
    reason: String,
}

/// What a chunk of rows came to.
#[derive(Default)]
struct Done {
    answers: Vec<u8>,
    rejected: Vec<u8>,
    notes: Vec<String>,
    rows: u64,
    matched: u64,
    refused: u64,
}

impl Bulk<'_> {
    /// Screens all rows. Those that cannot be screened are told on standard error and written out with their reasons.
    pub fn run(&self, input: &Path) -> Result<Exit, Failure> {
        let wrong = |error: hisn_bulk::Error| Failure::new(format!("{}: {error}", input.display()));
        let file = File::open(input).map_err(|error| Failure::file(input, &error))?;
        if let Some(output) = self.output
            && same_file(input, output)
        {
            return Err(Failure::new(format!(
                "{} is the input itself\nhelp: name another file after -o",
                output.display()
            )));
        }
        let size = file.metadata().map_or(0, |metadata| metadata.len());
        let bar = progress(size);
        let mut reader =
            Reader::new(BufReader::with_capacity(1 << 16, bar.wrap_read(file))).map_err(wrong)?;
        let columns = Columns::find(reader.header()).map_err(wrong)?;
        let appender = Appender::new(&reader);
        let width = reader.header().len();
        let rejected_to = rejected_path(self.output.unwrap_or(input));
        let mut sink = self.sink(input, &rejected_to)?;
        let mut all = Done::default();
        match sink.done() {
            (0, ..) => {
                let mut header = Vec::new();
                if self.format == Format::Csv {
                    appender.header(&mut header, &ANSWERS)?;
                }
                sink.answer(&header)?;
                let mut header = Vec::new();
                appender.header(&mut header, &["rejected.row", "rejected.column", "rejected.reason"])?;
                sink.reject(&header)?;
            }
            (rows, matched, refused) => {
                eprintln!("{rows} rows were done before: going on from there");
                for _ in 0..rows {
                    reader.next_row().map_err(wrong)?;
                }
                (all.rows, all.matched, all.refused) = (rows, matched, refused);
            }
        }
        let mut rows = chunk(&mut reader).map_err(wrong)?;
        let mut chunks = 0;
        while !rows.is_empty() {
            // The next rows are read while these are screened.
            let (next, done) =
                rayon::join(|| chunk(&mut reader), || self.screen_rows(&rows, width, &columns, &appender));
            let done = done?;
            for note in done.notes {
                bar.suspend(|| eprintln!("{}: {note}", input.display()));
            }
            sink.answer(&done.answers)?;
            sink.reject(&done.rejected)?;
            all.rows += done.rows;
            all.matched += done.matched;
            all.refused += done.refused;
            chunks += 1;
            if chunks % CHUNKS_TO_CHECKPOINT == 0 {
                sink.checkpoint(&all)?;
            }
            bar.set_message(format!("{} rows, {} with a match", all.rows, all.matched));
            rows = next.map_err(wrong)?;
        }
        bar.finish_and_clear();
        sink.finish(all.refused > 0)?;
        eprintln!("{} rows: {} with a possible match, {} rejected", all.rows, all.matched, all.refused);
        if all.refused > 0 {
            eprintln!("rejected rows: {}", rejected_to.display());
            return Ok(Exit::Usage);
        }
        Ok(if all.matched > 0 { Exit::Review } else { Exit::Clear })
    }

    fn sink(&self, input: &Path, rejected: &Path) -> Result<Sink, Failure> {
        let Some(output) = self.output else {
            return Ok(Sink::Stream { rejected: Vec::new(), rejected_to: rejected.to_owned() });
        };
        let run = self.digest(input)?;
        let opened = Resumable::open(output, rejected, &run, self.restart);
        Ok(Sink::Files(Box::new(opened.map_err(failed)?)))
    }

    /// What is done to what: the same digest, the same output.
    fn digest(&self, input: &Path) -> Result<String, Failure> {
        let mut hash = Sha256::new();
        let lists = &self.lists.manifest;
        hash.update(format!("{} {:?} {:?}", env!("CARGO_PKG_VERSION"), self.options, self.format));
        hash.update(serde_json::to_vec(lists).unwrap_or_default());
        let mut file = File::open(input).map_err(|error| Failure::file(input, &error))?;
        let mut buffer = vec![0; 1 << 16];
        loop {
            let read = file.read(&mut buffer).map_err(|error| Failure::file(input, &error))?;
            if read == 0 {
                break;
            }
            hash.update(buffer.get(..read).unwrap_or_default());
        }
        Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// The answers in the order of the rows; equal queries are screened once.
    fn screen_rows(
        &self,
        rows: &[Row],
        width: usize,
        columns: &Columns,
        appender: &Appender,
    ) -> Result<Done, Failure> {
        let queries: Vec<_> = rows.par_iter().map(|row| query(row, width, columns)).collect();
        let mut places = HashMap::new();
        let mut distinct = Vec::new();
        let asked: Vec<Option<usize>> = queries
            .iter()
            .map(|query| {
                let query = query.as_ref().ok()?;
                Some(*places.entry(query).or_insert_with(|| {
                    distinct.push(query);
                    distinct.len() - 1
                }))
            })
            .collect();
        let found: Vec<Vec<ScreeningMatch>> = distinct
            .par_iter()
            .map(|query| {
                let found = self.lists.screener.screen(query, self.options);
                found.iter().map(|found| describe(self.lists.screener.party(found.index), found)).collect()
            })
            .collect();
        let mut done = Done { rows: rows.len() as u64, ..Done::default() };
        for ((row, query), place) in rows.iter().zip(&queries).zip(asked) {
            match query {
                Ok(query) => {
                    let matches = place.and_then(|place| found.get(place)).map_or(&[][..], Vec::as_slice);
                    done.matched += u64::from(!matches.is_empty());
                    self.write(&mut done.answers, appender, row, columns, query, matches)?;
                }
                Err(Rejected { column, reason }) => {
                    done.refused += 1;
                    done.notes.push(format!("row {}, column {column}: {reason}", row.number));
                    let number = row.number.to_string();
                    appender.misfit(&mut done.rejected, row, &[&number, column, reason])?;
                    if self.format == Format::Csv && appender.fits(row) {
                        let cells = ["rejected", "", "", "", "", reason, "", "", ""];
                        appender.row(&mut done.answers, row, &cells)?;
                    }
                }
            }
        }
        Ok(done)
    }

    fn write(
        &self,
        out: &mut Vec<u8>,
        appender: &Appender,
        row: &Row,
        columns: &Columns,
        query: &Query,
        matches: &[ScreeningMatch],
    ) -> Result<(), Failure> {
        if self.format != Format::Csv {
            let given = text(row, columns, Field::Id).ok().flatten();
            let id = given.map_or_else(|| format!("q{}", row.number), str::to_owned);
            let answer = Answer::new(id, query, matches);
            match self.format {
                Format::Human if matches.is_empty() => {}
                Format::Human => human(&answer, out)?,
                _ => writeln!(out, "{}", serde_json::to_string(&answer).unwrap_or_default())?,
            }
            return Ok(());
        }
        let (status, count) = (status(matches), matches.len().to_string());
        match matches.first() {
            None => appender.row(out, row, &[status, &count, "", "", "", "", "", "", ""])?,
            Some(best) => {
                let score = format!("{:.2}", best.score);
                let cells = [
                    status,
                    &count,
                    &score,
                    &best.id,
                    &best.matched_name,
                    &best.because,
                    &best.source,
                    &best.legal_effect,
                    &best.citation,
                ];
                appender.row(out, row, &cells)?;
            }
        }
        Ok(())
    }
}

/// Where answers and rejected rows go.
enum Sink {
    Files(Box<Resumable>),
    Stream { rejected: Vec<u8>, rejected_to: PathBuf },
}

impl Sink {
    /// Rows that an earlier run has done, those with a match, and those rejected.
    fn done(&self) -> (u64, u64, u64) {
        match self {
            Sink::Files(files) => {
                let progress = files.progress();
                (progress.rows, progress.matched, progress.rejected)
            }
            Sink::Stream { .. } => (0, 0, 0),
        }
    }

    fn answer(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        match self {
            Sink::Files(files) => files.answer(bytes).map_err(failed),
            Sink::Stream { .. } => Ok(std::io::stdout().lock().write_all(bytes)?),
        }
    }

    fn reject(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        match self {
            Sink::Files(files) => files.reject(bytes).map_err(failed),
            Sink::Stream { rejected, .. } => {
                rejected.extend_from_slice(bytes);
                Ok(())
            }
        }
    }

    fn checkpoint(&mut self, all: &Done) -> Result<(), Failure> {
        match self {
            Sink::Files(files) => files.checkpoint(all.rows, all.matched, all.refused).map_err(failed),
            Sink::Stream { .. } => Ok(()),
        }
    }

    fn finish(self, any_rejected: bool) -> Result<(), Failure> {
        match self {
            Sink::Files(files) => files.finish(any_rejected).map_err(failed),
            Sink::Stream { rejected, rejected_to } if any_rejected => {
                std::fs::write(&rejected_to, rejected).map_err(|error| Failure::file(&rejected_to, &error))
            }
            Sink::Stream { .. } => Ok(()),
        }
    }
}

fn failed(error: ResumeError) -> Failure {
    match error {
        ResumeError::OtherRun { .. } => Failure::new(format!("{error}\nhelp: --restart begins it anew")),
        error => Failure::new(error.to_string()),
    }
}

fn rejected_path(beside: &Path) -> PathBuf {
    let mut name = beside.file_name().unwrap_or_default().to_os_string();
    name.push(".rejected.csv");
    beside.with_file_name(name)
}

fn same_file(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}

fn chunk<R: BufRead>(reader: &mut Reader<R>) -> Result<Vec<Row>, hisn_bulk::Error> {
    let mut rows = Vec::with_capacity(CHUNK);
    while rows.len() < CHUNK {
        match reader.next_row()? {
            Some(row) => rows.push(row),
            None => break,
        }
    }
    Ok(rows)
}

/// A cell that holds something.
fn text<'a>(row: &'a Row, columns: &Columns, field: Field) -> Result<Option<&'a str>, &'static str> {
    let Some(cell) = columns.place(field).and_then(|place| row.cell(place)) else { return Ok(None) };
    let cell = std::str::from_utf8(cell).map_err(|_| "not UTF-8; save the table as UTF-8")?;
    Ok(Some(cell.trim()).filter(|cell| !cell.is_empty()))
}

/// What a row asks for.
fn query(row: &Row, width: usize, columns: &Columns) -> Result<Query, Rejected> {
    let reject = |column, reason: &str| Rejected { column, reason: reason.to_owned() };
    if !row.closed {
        return Err(reject("row", "a quote is not closed"));
    }
    if row.width() != width {
        return Err(reject("row", &format!("{} cells where the header has {width}", row.width())));
    }
    let cell = |column, field| text(row, columns, field).map_err(|reason| reject(column, reason));
    let name = cell("name", Field::Name)?.ok_or_else(|| reject("name", "no name"))?;
    cell("id", Field::Id)?;
    let schema = cell("schema", Field::Schema)?
        .map(|text| {
            serde_json::from_value::<Schema>(text.into())
                .map_err(|_| reject("schema", &format!("no schema is called {text}")))
        })
        .transpose()?;
    let country = cell("country", Field::Country)?
        .map(|text| {
            let code = hisn_lists::countries().code(text);
            code.ok_or_else(|| reject("country", &format!("no country is called {text}")))
        })
        .transpose()?;
    let birth_date = cell("birth_date", Field::BirthDate)?;
    if let Some(text) = birth_date.filter(|text| !is_date(text)) {
        return Err(reject("birth_date", &format!("{text} is no date such as 1951, 1951-03 or 1951-03-02")));
    }
    Ok(Query {
        name: name.to_owned(),
        schema,
        countries: country.into_iter().map(str::to_owned).collect(),
        birth_date: birth_date.map(str::to_owned),
        identifiers: cell("identifier", Field::Identifier)?.into_iter().map(str::to_owned).collect(),
        address: cell("address", Field::Address)?.map(str::to_owned),
    })
}

/// A year, a month or a day of the calendar.
fn is_date(text: &str) -> bool {
    let full = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        10 => text.to_owned(),
        _ => return false,
    };
    full.parse::<jiff::civil::Date>().is_ok()
}
