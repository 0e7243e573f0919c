//! Orders in CSV, row by row, in memory that does not grow with the file.

use std::io::{BufReader, Cursor, Read};

use csv::ByteRecord;

use crate::node::Value;
use crate::rows::decode::Decoded;
use crate::rows::header::Header;
use crate::rows::rejected::unguarded;
use crate::rows::{self, Cell, CellValue};
use crate::text::LONGEST;
use crate::{Context, FieldError, Form, OrderErrors, Orders, Row};

const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];
/// How much of the file the delimiter is looked for in.
const PEEK: u64 = 64 * 1024;
const END: &[u8] = b"\n";

/// Reads rows as they are asked for. Errors of the header, and a file without rows, are errors of the whole.
pub fn csv_rows<'a>(
    file: &str,
    reader: impl Read + Send + 'a,
    context: &Context<'a>,
) -> Result<Orders<'a>, OrderErrors> {
    let unreadable = |error: &dyn std::fmt::Display| {
        OrderErrors::whole(
            file,
            format!("the file cannot be read: {error}"),
            "check that it exists and is a CSV file",
        )
    };
    let mut text = BufReader::new(Decoded::new(reader).map_err(|error| unreadable(&error))?);
    let mut peeked = Vec::new();
    text.by_ref().take(PEEK).read_to_end(&mut peeked).map_err(|error| unreadable(&error))?;
    let skipped = skip_to_header(&mut peeked);
    check_header(file, &peeked)?;
    let delimiter = skipped.delimiter.unwrap_or_else(|| delimiter_of(&peeked, context));
    let by_line = peeked.contains(&b'\n');
    let mut csv = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .terminator(if by_line { csv::Terminator::Any(b'\n') } else { csv::Terminator::CRLF })
        // With a last line that ends, too, every line is counted alike.
        .from_reader(Cursor::new(peeked).chain(text).chain(END));
    let mut record = ByteRecord::new();
    csv.read_byte_record(&mut record).map_err(|error| unreadable(&error))?;
    let texts = cells(&record).map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
    let header = Header::read(texts, context.vocabulary)
        .map_err(|errors| OrderErrors { file: file.to_owned(), errors })?;
    let headers = header.texts.clone();
    let lines_before = skipped.lines;
    let mut rows =
        Rows { csv, record, header, context: *context, lines_before, by_line, over: false }.peekable();
    if rows.peek().is_none() {
        let help = "write one order a row under the header, or see: hisn template orders.csv";
        return Err(OrderErrors::whole(file, "there is a header and no row under it", help));
    }
    Ok(Orders::new(Form::Csv, headers, rows))
}

struct Skipped {
    lines: usize,
    delimiter: Option<u8>,
}

/// Passes over empty lines, and over the line `sep=;` that spreadsheets put first.
fn skip_to_header(peeked: &mut Vec<u8>) -> Skipped {
    let mut skipped = Skipped { lines: 0, delimiter: None };
    let mut rest = peeked.as_slice();
    loop {
        rest = match rest {
            [b'\r', b'\n', after @ ..] | [b'\n' | b'\r', after @ ..] => after,
            [b's', b'e', b'p', b'=', delimiter, after @ ..]
                if skipped.delimiter.is_none() && matches!(after.first(), Some(b'\r' | b'\n')) =>
            {
                skipped.delimiter = Some(*delimiter);
                after.strip_prefix(b"\r").unwrap_or(after).strip_prefix(b"\n").unwrap_or(after)
            }
            _ => break,
        };
        skipped.lines += 1;
    }
    let passed = peeked.len() - rest.len();
    peeked.drain(..passed);
    skipped
}

/// The cells of a record, the last one without the `\r` that its line ended with.
fn cells(record: &ByteRecord) -> impl Iterator<Item = &[u8]> {
    let last = record.len().saturating_sub(1);
    let bare = move |(place, cell): (usize, &'_ [u8])| place == last && cell.ends_with(b"\r");
    record.iter().enumerate().map(move |(place, cell)| match cell.split_last() {
        Some((_, before)) if bare((place, cell)) => before,
        _ => cell,
    })
}

/// Refuses what is no CSV in UTF-8.
fn check_header(file: &str, peeked: &[u8]) -> Result<(), OrderErrors> {
    if peeked.iter().all(u8::is_ascii_whitespace) {
        return Err(OrderErrors::whole(
            file,
            "the file is empty",
            "write an order form with: hisn template orders.csv",
        ));
    }
    if peeked.starts_with(b"PK\x03\x04") {
        return Err(OrderErrors::whole(
            file,
            "this is a workbook, not CSV",
            "give the file the ending .xlsx",
        ));
    }
    if peeked.contains(&0) {
        let help = "in the spreadsheet, save it as \"CSV UTF-8\"";
        return Err(OrderErrors::whole(file, "this is no CSV in UTF-8: it holds zero bytes", help));
    }
    Ok(())
}

/// The delimiter that makes the most of the header: known columns first, then columns at all.
fn delimiter_of(peeked: &[u8], context: &Context<'_>) -> u8 {
    let worth = |delimiter: &u8| {
        let mut csv = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(*delimiter)
            .from_reader(peeked);
        let mut record = ByteRecord::new();
        let _ = csv.read_byte_record(&mut record);
        let known = |cell: &&[u8]| Header::knows(&String::from_utf8_lossy(cell), context.vocabulary);
        (record.iter().filter(known).count(), record.len())
    };
    // Of equals, the first: `max_by_key` takes the last.
    DELIMITERS.into_iter().rev().max_by_key(worth).unwrap_or(b',')
}

struct Rows<'a, R> {
    csv: csv::Reader<R>,
    record: ByteRecord,
    header: Header,
    context: Context<'a>,
    lines_before: usize,
    /// Whether `\n` ends lines; else `\r` does, and rows are counted instead.
    by_line: bool,
    over: bool,
}

impl<R: Read> Iterator for Rows<'_, R> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        while !self.over {
            match self.csv.read_byte_record(&mut self.record) {
                Ok(false) => self.over = true,
                Ok(true) if self.record.iter().all(|cell| cell.trim_ascii().is_empty()) => {}
                Ok(true) => return Some(self.understand()),
                Err(error) => {
                    self.over = true;
                    let error =
                        whole_row(format!("the file cannot be read on: {error}"), "copy the file again");
                    return Some(Row {
                        number: self.line(),
                        id: None,
                        cells: Vec::new(),
                        result: Err(vec![error]),
                    });
                }
            }
        }
        None
    }
}

impl<R: Read> Rows<'_, R> {
    /// The line that the record begins on.
    fn line(&self) -> usize {
        let began = self.record.position().map_or(0, csv::Position::line);
        let inner = self.record.as_slice().iter().filter(|byte| **byte == b'\n').count();
        let line = match self.by_line {
            // Empty lines before the record count as its own for the reader, so that its end says more than its beginning.
            true => began.max(self.csv.position().line().saturating_sub(inner as u64 + 1)),
            false => self.csv.position().record(),
        };
        self.lines_before + usize::try_from(line).unwrap_or(usize::MAX)
    }

    fn understand(&mut self) -> Row {
        let number = self.line();
        let cells: Vec<Cell> = cells(&self.record).map(cell).collect();
        let (has, wants) = (cells.len(), self.header.width());
        if has < wants {
            let message = format!("the row has {has} cells, the header {wants}");
            let help = match cells.iter().any(|cell| cell.shown.contains('\n')) {
                true => "a quotation mark in it may not be closed: a cell runs on over several lines",
                false => "write the separators of the empty cells, too; the file may have been cut off here",
            };
            let error = whole_row(message, help);
            let cells: Vec<String> = cells.into_iter().map(|cell| cell.shown).collect();
            let id = self.header.id.and_then(|place| cells.get(place)).map(|id| id.trim().to_owned());
            return Row { number, id: id.filter(|id| !id.is_empty()), cells, result: Err(vec![error]) };
        }
        rows::read(number, cells, &self.header, &self.context)
    }
}

fn whole_row(message: String, help: &str) -> FieldError {
    FieldError { column: String::new(), position: None, message, help: Some(help.to_owned()) }
}

/// What spreadsheets write where a formula failed.
pub(crate) const FAILED: [&str; 9] =
    ["#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#N/A", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"];

fn cell(bytes: &[u8]) -> Cell {
    let shown = String::from_utf8_lossy(bytes).into_owned();
    let wrong = |message: String, help: &'static str| CellValue::Wrong { message, help };
    let value = match std::str::from_utf8(bytes) {
        Err(error) => {
            let place =
                String::from_utf8_lossy(bytes.get(..error.valid_up_to()).unwrap_or_default()).chars().count()
                    + 1;
            let byte = bytes.get(error.valid_up_to()).copied().unwrap_or_default();
            let message = format!("the cell is not UTF-8: byte {byte:#04X} at character {place}");
            wrong(message, "in the spreadsheet, save the file as \"CSV UTF-8\"")
        }
        Ok(text) if text.len() > LONGEST && text.chars().count() > LONGEST => {
            let message =
                format!("the cell holds more than {LONGEST} characters in {} lines", text.lines().count());
            wrong(
                message,
                "a quotation mark that begins in it is not closed: close it, or double it if it is part of the text",
            )
        }
        Ok(text) if FAILED.contains(&text.trim()) => wrong(
            format!("the cell holds the error {} of a formula", text.trim()),
            "correct the formula, or write the value itself",
        ),
        Ok(text) if text.trim().is_empty() => CellValue::Empty,
        Ok(text) => CellValue::Value(Value::Text(unguarded(text).to_owned())),
    };
    Cell { shown, value }
}
