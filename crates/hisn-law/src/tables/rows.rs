//! Rows of a CSV with the places they stand in.

use jiff::civil::Date;

use crate::code::Code;
use crate::country::Country;
use crate::diagnostic::Diagnostic;
use crate::period::Period;

/// A CSV file.
pub struct Rows {
    file: String,
    columns: Vec<String>,
    records: Vec<(usize, csv::StringRecord)>,
}

/// One row.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    file: &'a str,
    columns: &'a [String],
    line: usize,
    record: &'a csv::StringRecord,
}

pub fn read(file: &str, text: &str) -> Result<Rows, Diagnostic> {
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let broken = |error: csv::Error| {
        let line = error.position().map_or(1, |at| at.line() as usize);
        Diagnostic::in_row(file, line, 1, format!("the row cannot be read: {error}"))
    };
    let columns = reader.headers().map_err(broken)?.iter().map(str::to_owned).collect();
    let mut records = Vec::new();
    for record in reader.records() {
        let record = record.map_err(broken)?;
        records.push((record.position().map_or(0, |at| at.line() as usize), record));
    }
    Ok(Rows { file: file.to_owned(), columns, records })
}

impl Rows {
    pub fn file(&self) -> &str {
        &self.file
    }

    pub fn header(&self) -> String {
        self.columns.join(",")
    }

    pub fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        let columns = self.columns.as_slice();
        self.records.iter().map(move |(line, record)| Row { file: &self.file, columns, line: *line, record })
    }

    /// Reads every row; the errors of all of them together.
    pub fn each<T>(
        &self,
        read: impl Fn(Row<'_>) -> Result<T, Diagnostic>,
    ) -> Result<Vec<T>, Vec<Diagnostic>> {
        let (mut good, mut bad) = (Vec::with_capacity(self.records.len()), Vec::new());
        for row in self.iter() {
            match read(row) {
                Ok(value) => good.push(value),
                Err(error) => bad.push(error),
            }
        }
        if bad.is_empty() { Ok(good) } else { Err(bad) }
    }
}

impl<'a> Row<'a> {
    pub fn line(&self) -> usize {
        self.line
    }

    pub fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|name| name == column)
    }

    pub fn text(&self, column: &str) -> &'a str {
        let place = self.columns.iter().position(|name| name == column);
        place.and_then(|place| self.record.get(place)).unwrap_or("").trim()
    }

    pub fn required(&self, column: &str) -> Result<&'a str, Diagnostic> {
        match self.text(column) {
            "" => Err(self.error(column, format!("the column {column} is empty"))),
            text => Ok(text),
        }
    }

    pub fn country(&self, column: &str) -> Result<Country, Diagnostic> {
        let text = self.required(column)?;
        let country = Country::parse(text);
        country.ok_or_else(|| {
            self.error(column, format!("{text} is no country code")).help("two letters of ISO 3166-1")
        })
    }

    pub fn code(&self, column: &str) -> Result<Code, Diagnostic> {
        let text = self.required(column)?;
        Code::parse(text).ok_or_else(|| self.error(column, format!("{text} is no control entry")))
    }

    /// Codes divided by spaces.
    pub fn codes(&self, column: &str) -> Result<Vec<Code>, Diagnostic> {
        let words = self.text(column).split_whitespace();
        words
            .map(|word| {
                Code::parse(word).ok_or_else(|| self.error(column, format!("{word} is no control entry")))
            })
            .collect()
    }

    /// Paragraphs beneath `entry`, divided by spaces, with or without their leading dot.
    pub fn paragraphs(&self, entry: &Code, column: &str) -> Result<Vec<Code>, Diagnostic> {
        let words = self.text(column).split_whitespace();
        words
            .map(|word| {
                Code::parse(&format!("{}.{}", entry.entry(), word.trim_start_matches('.')))
                    .ok_or_else(|| self.error(column, format!("{word} is no paragraph")))
            })
            .collect()
    }

    pub fn period(&self) -> Result<Period, Diagnostic> {
        let day = |column: &str| -> Result<Option<Date>, Diagnostic> {
            let text = self.text(column);
            if text.is_empty() {
                return Ok(None);
            }
            let day = text.parse().map(Some);
            day.map_err(|_| self.error(column, format!("{text} is no date")).help("write it as 2022-05-26"))
        };
        let period = Period { from: day("from")?, to: day("to")? };
        if period.is_empty() {
            return Err(self.error("to", "the period ends before it begins"));
        }
        Ok(period)
    }

    /// An error in this row; the column is counted in fields.
    pub fn error(&self, column: &str, message: impl Into<String>) -> Diagnostic {
        let place = self.columns.iter().position(|name| name == column).unwrap_or(0);
        Diagnostic::in_row(self.file, self.line, place + 1, message)
    }
}
