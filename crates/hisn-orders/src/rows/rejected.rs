//! Rows that could not be read, written out so that they can be put right and read again.

use std::io::{self, Write};

use crate::Row;
use crate::rows::header::REJECTED;

/// Writes rejected rows as CSV: the original cells, then the row's number, the columns and the reasons.
///
/// The reader of CSV passes over the three columns that are added, so that the file can be corrected in place.
pub struct RejectedWriter<W: Write> {
    csv: csv::Writer<W>,
    /// Which of the original columns are written.
    kept: Vec<bool>,
}

impl<W: Write> RejectedWriter<W> {
    /// Writes the header. A byte-order mark stands before it, for spreadsheets would guess another encoding without one.
    pub fn new(mut writer: W, headers: &[String]) -> io::Result<RejectedWriter<W>> {
        writer.write_all("\u{FEFF}".as_bytes())?;
        let kept: Vec<bool> =
            headers.iter().map(|header| !REJECTED.contains(&header.trim().to_lowercase().as_str())).collect();
        let mut csv = csv::WriterBuilder::new().flexible(true).from_writer(writer);
        let original =
            headers.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(header, _)| guarded(header));
        csv.write_record(original.chain(REJECTED.map(str::to_owned)))?;
        Ok(RejectedWriter { csv, kept })
    }

    /// Writes one row; one that was read well is passed over.
    pub fn write(&mut self, row: &Row) -> io::Result<()> {
        let Err(errors) = &row.result else { return Ok(()) };
        let cells = self.kept.iter().enumerate().filter(|(_, kept)| **kept);
        let cells = cells.map(|(place, _)| guarded(row.cells.get(place).map_or("", String::as_str)));
        let mut columns: Vec<&str> = errors.iter().map(|error| error.column.as_str()).collect();
        columns.dedup();
        let reasons: Vec<String> = errors.iter().map(|error| error.to_string()).collect();
        let told = [row.number.to_string(), guarded(&columns.join(" | ")), guarded(&reasons.join(" | "))];
        self.csv.write_record(cells.chain(told))?;
        Ok(())
    }

    /// Writes what is left in memory.
    pub fn finish(mut self) -> io::Result<()> {
        self.csv.flush()
    }
}

/// A cell that no spreadsheet takes for a formula.
pub(crate) fn guarded(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.trim().parse::<f64>().is_err();
    if formula { format!("'{cell}") } else { cell.to_owned() }
}

/// A cell without the guard.
pub(crate) fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@', '\t', '\r'])).unwrap_or(cell)
}
