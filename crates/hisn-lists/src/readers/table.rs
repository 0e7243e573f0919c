//! Tables whose columns have names: a header, in some files below a line or two of preamble, and rows.

use std::collections::HashMap;

use csv::StringRecord;

use crate::readers::csl_csv::csv_error;
use crate::reading::{Place, ReadError, Reading};
use crate::text::clean;

/// A header stands in one of the first lines.
const PREAMBLE: usize = 10;

/// A table, whole.
pub(crate) struct Table {
    /// The names of the columns, as they are written.
    pub(crate) names: Vec<String>,
    columns: HashMap<String, usize>,
    /// The lines above the header.
    pub(crate) preamble: Vec<StringRecord>,
    pub(crate) rows: Vec<Row>,
}

/// A row with its place.
pub(crate) struct Row {
    pub(crate) place: Place,
    fields: StringRecord,
}

impl Table {
    /// Reads a table. The header is the first row that has the column `mark`. Rows of another width than the header's
    /// are left out and counted: with a field too many or too few nobody can tell which is which.
    pub(crate) fn read(
        text: &str,
        delimiter: u8,
        mark: &'static str,
        format: &'static str,
        reading: &mut Reading,
    ) -> Result<Table, ReadError> {
        let text = text.trim_start_matches('\u{feff}');
        let mut records = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(text.as_bytes())
            .into_records();
        let mut preamble = Vec::new();
        let names = loop {
            let Some(record) = records.next() else { return Err(missing(mark, format, &preamble)) };
            let record = record.map_err(csv_error)?;
            if record.iter().any(|name| fold(name) == fold(mark)) {
                break record.iter().map(clean).collect::<Vec<_>>();
            }
            preamble.push(record);
            if preamble.len() > PREAMBLE {
                return Err(missing(mark, format, &preamble));
            }
        };
        let mut columns = HashMap::new();
        for (at, name) in names.iter().enumerate() {
            columns.entry(fold(name)).or_insert(at);
        }
        let mut rows = Vec::new();
        for record in records {
            let fields = record.map_err(csv_error)?;
            let place = Place::Line(fields.position().map_or(0, csv::Position::line));
            if fields.iter().all(|field| field.trim().is_empty()) {
                continue;
            }
            if fields.len() == names.len() {
                rows.push(Row { place, fields });
            } else {
                let (found, wanted) = (fields.len(), names.len());
                reading.leave_out(
                    place,
                    format!("a row of {found} fields was left out; the header has {wanted}"),
                );
            }
        }
        Ok(Table { names, columns, preamble, rows })
    }

    /// The field of a row under the first of the names that is a column; empty where none is.
    pub(crate) fn get<'a>(&self, row: &'a Row, names: &[&str]) -> &'a str {
        let at = names.iter().find_map(|name| self.columns.get(&fold(name)));
        at.and_then(|at| row.fields.get(*at)).unwrap_or_default().trim()
    }

    /// Whether a column of that name is there.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.columns.contains_key(&fold(name))
    }
}

impl Row {
    /// The fields in the order of the columns.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(str::trim)
    }
}

fn missing(column: &'static str, format: &'static str, preamble: &[StringRecord]) -> ReadError {
    let found = preamble.first().map(|row| row.iter().collect::<Vec<_>>().join(", ")).unwrap_or_default();
    ReadError::MissingColumn { column, format, found }
}

/// A column's name without regard to case, spaces and underscores.
pub(crate) fn fold(name: &str) -> String {
    let letters = name.chars().filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-' | '\u{feff}' | '.'));
    letters.flat_map(char::to_lowercase).collect()
}
