//! Answers behind the cells of a row.

use std::io::{BufRead, Write};

use crate::csv::{Reader, Row};

/// Writes rows as they stood, with columns appended.
pub struct Appender {
    separator: u8,
    line_end: &'static [u8],
    marked: bool,
    header_raw: Vec<u8>,
    header: Vec<String>,
}

impl Appender {
    /// Writes as the input is written: its separator, its line ends, its mark of encoding.
    pub fn new<R: BufRead>(reader: &Reader<R>) -> Appender {
        let (separator, line_end, marked, raw) = reader.layout();
        Appender { separator, line_end, marked, header_raw: raw.to_vec(), header: reader.header().to_vec() }
    }

    /// Writes the header. A new column whose name is taken gets `hisn_` before it, as often as needed.
    ///
    /// # Errors
    /// The output fails.
    pub fn header(&self, out: &mut impl Write, columns: &[&str]) -> std::io::Result<()> {
        if self.marked {
            out.write_all(b"\xEF\xBB\xBF")?;
        }
        out.write_all(&self.header_raw)?;
        for column in columns {
            let mut name = (*column).to_owned();
            while self.header.iter().any(|held| held.trim().eq_ignore_ascii_case(&name)) {
                name.insert_str(0, "hisn_");
            }
            self.cell(out, &name)?;
        }
        out.write_all(self.line_end)
    }

    /// Whether a row can be written with its answers under their headings: it has no more cells than the header.
    pub fn fits(&self, row: &Row) -> bool {
        row.closed && row.width() <= self.header.len()
    }

    /// Writes a row that [fits](Appender::fits), empty cells where it is too short, and the answers.
    ///
    /// # Errors
    /// The output fails.
    pub fn row(&self, out: &mut impl Write, row: &Row, answers: &[&str]) -> std::io::Result<()> {
        out.write_all(&row.raw)?;
        for _ in row.width()..self.header.len() {
            out.write_all(&[self.separator])?;
        }
        for answer in answers {
            self.cell(out, answer)?;
        }
        out.write_all(self.line_end)
    }

    /// Writes any row with its answers behind it: one with too many cells as it stands, one with an open quote as one cell.
    ///
    /// # Errors
    /// The output fails.
    pub fn misfit(&self, out: &mut impl Write, row: &Row, answers: &[&str]) -> std::io::Result<()> {
        if row.closed {
            return self.row(out, row, answers);
        }
        let text = String::from_utf8_lossy(&row.raw);
        write!(out, "\"{}\"", text.replace('"', "\"\""))?;
        for _ in 1..self.header.len() {
            out.write_all(&[self.separator])?;
        }
        for answer in answers {
            self.cell(out, answer)?;
        }
        out.write_all(self.line_end)
    }

    fn cell(&self, out: &mut impl Write, text: &str) -> std::io::Result<()> {
        out.write_all(&[self.separator])?;
        // A spreadsheet runs what begins so: https://owasp.org/www-community/attacks/CSV_Injection
        let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { "'" } else { "" };
        let quoted = text.bytes().any(|byte| byte == self.separator || matches!(byte, b'"' | b'\r' | b'\n'));
        if quoted {
            write!(out, "\"{guard}{}\"", text.replace('"', "\"\""))
        } else {
            write!(out, "{guard}{text}")
        }
    }
}
