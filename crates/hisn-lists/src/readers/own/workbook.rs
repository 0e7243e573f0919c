//! The sheets of a workbook as rows of text.

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};

use crate::detect::UNPACKED_LIMIT;
use crate::readers::own::Rows;
use crate::reading::{Place, ReadError};

const KIND: &str = "workbook";

/// The rows of every sheet, in the order of the sheets.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<Rows>, ReadError> {
    check_size(bytes)?;
    let broken =
        |error: calamine::XlsxError| ReadError::Compressed { kind: KIND, message: error.to_string() };
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let mut sheets = Vec::new();
    for name in workbook.sheet_names() {
        let range = workbook.worksheet_range(&name).map_err(broken)?;
        let top = range.start().map_or(0, |(row, _)| u64::from(row));
        let rows = range.rows().enumerate();
        sheets.push(
            rows.map(|(at, cells)| (Place::Row(top + at as u64 + 1), cells.iter().map(text).collect()))
                .collect(),
        );
    }
    Ok(sheets)
}

/// Unpacks every part into nothing, so that a small file that unpacks to a huge one is refused before it fills the memory.
fn check_size(bytes: &[u8]) -> Result<(), ReadError> {
    let broken = |message: String| ReadError::Compressed { kind: KIND, message };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(error.to_string()))?;
    let mut unpacked = 0;
    for place in 0..archive.len() {
        let part = archive.by_index(place).map_err(|error| broken(error.to_string()))?;
        let left = UNPACKED_LIMIT - unpacked;
        unpacked += std::io::copy(&mut part.take(left), &mut std::io::sink())
            .map_err(|error| broken(error.to_string()))?;
        if unpacked >= UNPACKED_LIMIT {
            return Err(ReadError::TooLarge { limit: UNPACKED_LIMIT });
        }
    }
    Ok(())
}

/// A cell as its reader sees it: a date as a date, a whole number without a fraction.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        Data::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        other => other.to_string(),
    }
}
