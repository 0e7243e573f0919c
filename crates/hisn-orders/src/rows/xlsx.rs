//! Orders in a workbook.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Cursor, Read};

use calamine::{DataRef, Dimensions, Reader, SheetType, Xlsx, XlsxError};

use crate::node::Value;
use crate::rows::header::Header;
use crate::rows::{self, Cell, CellValue};
use crate::{Context, Form, OrderErrors, Orders};

/// The sheet that is read; where there is none of that name, the first one.
pub(crate) const SHEET: &str = "Orders";
/// A workbook that unpacks to more is no list of orders.
const UNPACKED: u64 = 1 << 30;
/// An order needs no column further right.
const COLUMNS: u32 = 2_000;

/// Reads the rows of the sheet "Orders", or of the first one. The workbook is read at once, its orders as they are asked for.
pub fn xlsx_rows<'a>(file: &str, bytes: &[u8], context: &Context<'a>) -> Result<Orders<'a>, OrderErrors> {
    let unreadable = |reason: String| {
        let help = "open it in the spreadsheet and save it again as .xlsx, or as CSV UTF-8";
        OrderErrors::whole(file, format!("the workbook cannot be read: {reason}"), help)
    };
    check_size(bytes).map_err(unreadable)?;
    let sheet = Sheet::read(bytes).map_err(|error| unreadable(error.to_string()))?;
    if let Some(row) = sheet.too_wide {
        let help = "delete what stands so far to the right";
        return Err(OrderErrors::whole(
            file,
            format!("row {} has cells beyond column {COLUMNS}", row + 1),
            help,
        ));
    }
    let mut rows = sheet.rows.into_iter();
    let Some((_, first)) = rows.next() else {
        let help = "write an order form with: hisn template orders.xlsx";
        return Err(OrderErrors::whole(file, "the sheet is empty", help));
    };
    let texts = row(first, 0).into_iter().map(|cell| cell.shown).collect();
    let header = Header::read(texts, context.vocabulary)
        .map_err(|errors| OrderErrors { file: file.to_owned(), errors })?;
    if rows.len() == 0 {
        let help = "write one order a row under the header";
        return Err(OrderErrors::whole(file, "there is a header and no row under it", help));
    }
    let (headers, context) = (header.texts.clone(), *context);
    let read = move |(number, cells): (u32, Vec<(u32, Cell)>)| {
        let number = usize::try_from(number).unwrap_or(usize::MAX).saturating_add(1);
        rows::read(number, row(cells, header.texts.len()), &header, &context)
    };
    Ok(Orders::new(Form::Xlsx, headers, rows.map(read)))
}

/// Unpacks every part into nothing, so that a small file that unpacks to a huge one is refused before it fills the memory.
fn check_size(bytes: &[u8]) -> Result<(), String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let mut unpacked = 0;
    for place in 0..archive.len() {
        let part = archive.by_index(place).map_err(|error| error.to_string())?;
        let left = UNPACKED - unpacked;
        unpacked += io::copy(&mut part.take(left), &mut io::sink()).map_err(|error| error.to_string())?;
        if unpacked >= UNPACKED {
            return Err(format!("it unpacks to more than {} MB", UNPACKED >> 20));
        }
    }
    Ok(())
}

/// The rows that say anything, each with its number from 0, their cells by column.
struct Sheet {
    rows: BTreeMap<u32, Vec<(u32, Cell)>>,
    /// A row with cells further right than any order needs.
    too_wide: Option<u32>,
}

impl Sheet {
    fn read(bytes: &[u8]) -> Result<Sheet, XlsxError> {
        let mut workbook = Xlsx::new(Cursor::new(bytes))?;
        let name = sheet_name(&workbook).ok_or(XlsxError::WorksheetNotFound(SHEET.to_owned()))?;
        let formats = formats(&mut workbook, &name)?;
        let from_1904 = workbook.has_1904_epoch();
        let mut rows: BTreeMap<u32, Vec<(u32, Cell)>> = BTreeMap::new();
        let mut too_wide = None;
        let mut cells = workbook.worksheet_cells_reader(&name)?;
        while let Some(record) = cells.next_cell_with_formula_metadata()? {
            let (row, column) = record.pos;
            let format = formats.get(&record.pos).copied();
            let cell = cell(&record.value, record.formula.is_some(), format, from_1904);
            match cell.value {
                CellValue::Empty => {}
                _ if column >= COLUMNS => too_wide = Some(row),
                _ => rows.entry(row).or_default().push((column, cell)),
            }
        }
        drop(cells);
        let header =
            rows.first_key_value().and_then(|(_, cells)| cells.iter().map(|(column, _)| *column).max());
        for merged in workbook.merge_cells_by_sheet_name(&name)? {
            mark_merged(&mut rows, merged, header.unwrap_or_default());
        }
        Ok(Sheet { rows, too_wide })
    }
}

fn sheet_name(workbook: &Xlsx<Cursor<&[u8]>>) -> Option<String> {
    let sheets = workbook.sheets_metadata();
    let tables = || sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let named = tables().find(|sheet| sheet.name.trim().eq_ignore_ascii_case(SHEET));
    named.or_else(|| tables().next()).map(|sheet| sheet.name.clone())
}

/// What a cell's number format says of the number.
#[derive(Clone, Copy)]
enum Format {
    /// `60%` is stored as 0.6.
    Percent,
    /// `5E+01`.
    Scientific,
}

fn formats(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &str,
) -> Result<BTreeMap<(u32, u32), Format>, XlsxError> {
    let mut formats = BTreeMap::new();
    let mut cells = workbook.worksheet_cells_reader(sheet)?;
    let styles: Vec<Option<Format>> = cells
        .styles()
        .iter()
        .map(|style| {
            let code = &style.number_format.as_ref()?.format_code;
            match code {
                _ if code.contains('%') => Some(Format::Percent),
                _ if code.contains("E+") || code.contains("e+") => Some(Format::Scientific),
                _ => None,
            }
        })
        .collect();
    if styles.iter().all(Option::is_none) {
        return Ok(formats);
    }
    while let Some((row, column, style)) = cells.next_style_id()? {
        if let Some(Some(format)) = styles.get(style) {
            formats.insert((row, column), *format);
        }
    }
    Ok(formats)
}

fn cell(data: &DataRef<'_>, formula: bool, format: Option<Format>, from_1904: bool) -> Cell {
    let (shown, value) = match data {
        DataRef::Empty if formula => {
            let help = "open the workbook in the spreadsheet and save it, or write the value itself";
            let message = "the cell holds a formula whose result is not in the file".to_owned();
            (String::new(), CellValue::Wrong { message, help })
        }
        DataRef::Empty => (String::new(), CellValue::Empty),
        DataRef::String(text) => text_cell(text),
        DataRef::SharedString(text) => text_cell(text),
        DataRef::Bool(answer) => (answer.to_string(), CellValue::Value(Value::Bool(*answer))),
        DataRef::Int(number) => number_cell(*number as f64, format, from_1904),
        DataRef::Float(number) => number_cell(*number, format, from_1904),
        DataRef::DateTime(moment) if moment.is_duration() => {
            let help = "format the cell as a date, a number or text";
            let message = "the cell holds a span of time".to_owned();
            (moment.as_f64().to_string(), CellValue::Wrong { message, help })
        }
        DataRef::DateTime(moment) => match crate::scalar::serial_date(moment.as_f64(), from_1904) {
            Some(date) => (date.to_string(), CellValue::Value(Value::Date(date))),
            None => {
                let message = format!("the cell is formatted as a date, but {} is no day", moment.as_f64());
                (
                    moment.as_f64().to_string(),
                    CellValue::Wrong { message, help: "write the date as YYYY-MM-DD" },
                )
            }
        },
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text_cell(text),
        DataRef::Error(error) => {
            let help = "correct the formula, or write the value itself";
            (
                error.to_string(),
                CellValue::Wrong { message: format!("the cell holds the error {error} of a formula"), help },
            )
        }
    };
    Cell { shown, value }
}

fn text_cell(text: &str) -> (String, CellValue) {
    let value = match text.trim().is_empty() {
        true => CellValue::Empty,
        false => CellValue::Value(Value::Text(text.to_owned())),
    };
    (text.to_owned(), value)
}

fn number_cell(number: f64, format: Option<Format>, from_1904: bool) -> (String, CellValue) {
    match format {
        Some(Format::Percent) => {
            // Binary fractions: 0.07 × 100 is 7.000000000000001.
            let percent = (number * 100.0 * 1e9).round() / 1e9;
            (format!("{percent}%"), CellValue::Value(Value::Number(percent, percent.to_string())))
        }
        Some(Format::Scientific) => (number.to_string(), CellValue::Scientific(number)),
        None => (number.to_string(), CellValue::Serial { number, from_1904 }),
    }
}

/// Says of the empty cells that others are merged over that they are so: their value stands elsewhere.
fn mark_merged(rows: &mut BTreeMap<u32, Vec<(u32, Cell)>>, merged: Dimensions, last_column: u32) {
    // The first row is the header.
    let header = rows.keys().next().copied().unwrap_or_default();
    let (top, left) = merged.start;
    let filled: Vec<u32> =
        rows.range(top..=merged.end.0.max(top)).map(|(row, _)| *row).filter(|row| *row != header).collect();
    for row in filled {
        let Some(cells) = rows.get_mut(&row) else { continue };
        let taken: BTreeSet<u32> = cells.iter().map(|(column, _)| *column).collect();
        for column in left..=merged.end.1.min(last_column) {
            if (row, column) != (top, left) && !taken.contains(&column) {
                let help = "take the merge back and write the value into each row";
                let message = "the cell is merged with another and has no value of its own".to_owned();
                cells
                    .push((column, Cell { shown: String::new(), value: CellValue::Wrong { message, help } }));
            }
        }
    }
}

/// The cells of a row without gaps, `width` of them at least.
fn row(cells: Vec<(u32, Cell)>, width: usize) -> Vec<Cell> {
    let mut row: Vec<Cell> = Vec::new();
    let empty = || Cell { shown: String::new(), value: CellValue::Empty };
    for (column, cell) in cells {
        let column = usize::try_from(column).unwrap_or_default();
        if row.len() <= column {
            row.resize_with(column + 1, empty);
        }
        if let Some(place) = row.get_mut(column) {
            *place = cell;
        }
    }
    if row.len() < width {
        row.resize_with(width, empty);
    }
    row
}
