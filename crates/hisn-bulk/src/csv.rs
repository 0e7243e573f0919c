//! Delimited text, row by row, each with the bytes that it was written in.

use std::io::BufRead;

use csv_core::{ReadRecordResult, ReaderBuilder};

use crate::Error;

const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";

/// One row of a table.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// The number of the row, from 1; the header is not counted.
    pub number: u64,
    /// The bytes as they stood, without the end of the line.
    pub raw: Vec<u8>,
    /// Whether the last quoted cell ends before the input does.
    pub closed: bool,
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl Row {
    /// The number of cells.
    pub fn width(&self) -> usize {
        self.ends.len()
    }

    /// A cell without its quotes; nothing when the row is too short.
    pub fn cell(&self, place: usize) -> Option<&[u8]> {
        let end = *self.ends.get(place)?;
        let start = place.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.text.get(start..end)
    }
}

/// Reads rows; holds no more than one of them.
pub struct Reader<R> {
    input: R,
    core: csv_core::Reader,
    separator: u8,
    marked: bool,
    line_end: &'static [u8],
    header_raw: Vec<u8>,
    header: Vec<String>,
    rows: u64,
}

impl<R: BufRead> Reader<R> {
    /// Reads the header, and finds the separator (comma, semicolon or tab) by it.
    ///
    /// # Errors
    /// The input fails, is empty, or is not UTF-8.
    pub fn new(mut input: R) -> Result<Reader<R>, Error> {
        let mut first = Vec::new();
        input.read_until(b'\n', &mut first)?;
        if first.starts_with(b"\xFF\xFE") || first.starts_with(b"\xFE\xFF") {
            return Err(Error::Utf16);
        }
        let marked = first.starts_with(UTF8_MARK);
        let line_end: &[u8] = if first.ends_with(b"\r\n") { b"\r\n" } else { b"\n" };
        // A name of a column may be quoted and hold line ends: the header goes on while a quote is open.
        while first.iter().filter(|byte| **byte == b'"').count() % 2 == 1 {
            if input.read_until(b'\n', &mut first)? == 0 {
                break;
            }
        }
        let text = if marked { first.get(UTF8_MARK.len()..).unwrap_or_default() } else { &first };
        let separator = separator(text);
        let core = machine(separator);
        let mut reader = Reader {
            input,
            core,
            separator,
            marked,
            line_end,
            header_raw: Vec::new(),
            header: Vec::new(),
            rows: 0,
        };
        let mut row = Row::default();
        if !parse(&mut machine(separator), separator, &mut &*text, &mut row)? {
            return Err(Error::Empty);
        }
        for place in 0..row.width() {
            let cell = std::str::from_utf8(row.cell(place).unwrap_or_default()).map_err(|_| Error::Header)?;
            reader.header.push(cell.to_owned());
        }
        reader.header_raw = row.raw;
        Ok(reader)
    }

    /// The names of the columns.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The next row; lines without anything in them are no rows.
    ///
    /// # Errors
    /// The input fails.
    pub fn next_row(&mut self) -> Result<Option<Row>, Error> {
        let mut row = Row::default();
        if !parse(&mut self.core, self.separator, &mut self.input, &mut row)? {
            return Ok(None);
        }
        self.rows += 1;
        row.number = self.rows;
        Ok(Some(row))
    }

    pub(crate) fn layout(&self) -> (u8, &'static [u8], bool, &[u8]) {
        (self.separator, self.line_end, self.marked, &self.header_raw)
    }
}

/// A machine at its start. A clone of one has lost its tables.
fn machine(separator: u8) -> csv_core::Reader {
    ReaderBuilder::new().delimiter(separator).build()
}

/// Reads one record; false at the end of the input.
fn parse<R: BufRead>(
    core: &mut csv_core::Reader,
    separator: u8,
    input: &mut R,
    row: &mut Row,
) -> Result<bool, Error> {
    let (mut text, mut ends) = (vec![0; 256], vec![0; 32]);
    let (mut written, mut cells) = (0, 0);
    let finished = loop {
        let buffer = input.fill_buf()?;
        let at_end = buffer.is_empty();
        let (result, read, wrote, ended) = core.read_record(
            buffer,
            text.get_mut(written..).unwrap_or_default(),
            ends.get_mut(cells..).unwrap_or_default(),
        );
        row.raw.extend_from_slice(buffer.get(..read).unwrap_or_default());
        input.consume(read);
        written += wrote;
        cells += ended;
        match result {
            ReadRecordResult::InputEmpty => {}
            ReadRecordResult::OutputFull => text.resize(text.len() * 2, 0),
            ReadRecordResult::OutputEndsFull => ends.resize(ends.len() * 2, 0),
            ReadRecordResult::Record => break at_end,
            ReadRecordResult::End => return Ok(false),
        }
    };
    text.truncate(written);
    ends.truncate(cells);
    (row.text, row.ends) = (text, ends);
    // The end of the line before (the LF of a CRLF) and empty lines come with the record that follows them.
    let start = row.raw.iter().position(|byte| !matches!(byte, b'\r' | b'\n')).unwrap_or(row.raw.len());
    row.raw.drain(..start);
    row.closed = !finished || closed(separator, &row.raw);
    if row.closed {
        while row.raw.last().is_some_and(|byte| matches!(byte, b'\r' | b'\n')) {
            row.raw.pop();
        }
    }
    Ok(true)
}

/// Whether a record that the end of the input ended would have ended with its line.
fn closed(separator: u8, raw: &[u8]) -> bool {
    let mut core = machine(separator);
    let (mut text, mut ends) = (vec![0; raw.len() + 2], vec![0; raw.len() + 2]);
    let (_, read, wrote, ended) = core.read_record(raw, &mut text, &mut ends);
    let (result, ..) = core.read_record(
        b"\n",
        text.get_mut(wrote..).unwrap_or_default(),
        ends.get_mut(ended..).unwrap_or_default(),
    );
    read == raw.len() && matches!(result, ReadRecordResult::Record)
}

/// The separator that stands most often in the header outside of quotes.
fn separator(header: &[u8]) -> u8 {
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in header {
        quoted ^= *byte == b'"';
        for (separator, count) in &mut counts {
            *count += usize::from(!quoted && byte == separator);
        }
    }
    // The first of equals: a comma where nothing separates.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(separator, _)| *separator)
}
