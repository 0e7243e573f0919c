//! The form as a workbook: drop-down values, and a sheet that explains each column.

use std::io;

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, FormatAlign,
    Workbook, Worksheet, XlsxError,
};

use super::Lang;
use super::columns::{Column, columns};
use super::fields::{self, Kind, Presence};
use crate::rows::xlsx::SHEET;
use crate::vocabulary::{FactKind, Vocabulary};

const COLUMNS: &str = "Columns";
const WORDS: &str = "Words";
/// Rows that offer values.
const ROWS: u32 = 10_000;

/// An order form as a workbook: the sheet to fill in with an example row, a sheet that explains each column in English and
/// Arabic, and one with the words that cells may hold. The same vocabulary gives the same bytes.
pub fn template_xlsx(vocabulary: &Vocabulary) -> io::Result<Vec<u8>> {
    workbook(vocabulary).map_err(io::Error::other)
}

fn workbook(vocabulary: &Vocabulary) -> Result<Vec<u8>, XlsxError> {
    let columns = columns(vocabulary);
    let mut book = Workbook::new();
    // A fixed day: nothing of the clock may stand in the file.
    let day = ExcelDateTime::from_ymd(2026, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title("Hisn order form").set_creation_datetime(&day));
    let mut words = Words::default();
    orders(book.add_worksheet().set_name(SHEET)?, &columns, vocabulary, &mut words)?;
    explanations(book.add_worksheet().set_name(COLUMNS)?, &columns, vocabulary)?;
    words.write(book.add_worksheet().set_name(WORDS)?)?;
    book.save_to_buffer()
}

/// The sheet to fill in.
fn orders(
    sheet: &mut Worksheet,
    columns: &[Column],
    vocabulary: &Vocabulary,
    words: &mut Words,
) -> Result<(), XlsxError> {
    let needed = header().set_background_color(Color::RGB(0xFFE699));
    let asked = header().set_background_color(Color::RGB(0xDDEBF7));
    let extra = header();
    let grey = Color::RGB(0x7F7F7F);
    let text = Format::new().set_num_format("@");
    let date = Format::new().set_num_format("yyyy-mm-dd");
    for (place, column) in (0u16..).zip(columns) {
        let format = match column.field.form {
            Presence::Needed => &needed,
            Presence::Asked => &asked,
            Presence::Extra => &extra,
        };
        sheet.write_string_with_format(0, place, &column.header, format)?;
        sheet.set_column_width(place, width(&column.header))?;
        // As text, a code with an E between digits stays a code.
        let cells = match column.field.kind {
            Kind::Number | Kind::YesNo => None,
            Kind::Date => Some(&date),
            _ => Some(&text),
        };
        if let Some(cells) = cells {
            sheet.set_column_format(place, cells)?;
        }
        if let Some(example) = &column.example {
            let cells = cells.cloned().unwrap_or_default().set_font_color(grey).set_italic();
            write_example(sheet, place, column.field.kind, example, &cells)?;
        }
        if let Some(range) = words.range(&choices(column, vocabulary)) {
            let rule = DataValidation::new()
                .allow_list_formula(range.as_str().into())
                .set_error_title(COLUMNS)?
                .set_error_message("Choose one of the words of the list.")?
                .set_error_style(DataValidationErrorStyle::Stop);
            sheet.add_data_validation(1, place, ROWS, place, &rule)?;
        }
    }
    sheet.set_freeze_panes(1, 1)?;
    Ok(())
}

fn write_example(
    sheet: &mut Worksheet,
    place: u16,
    kind: Kind,
    example: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    match (kind, example.parse::<f64>(), ExcelDateTime::parse_from_str(example)) {
        (Kind::Number, Ok(number), _) => sheet.write_number_with_format(1, place, number, format)?,
        (Kind::Date, _, Ok(day)) => sheet.write_datetime_with_format(1, place, &day, format)?,
        _ => sheet.write_string_with_format(1, place, example, format)?,
    };
    Ok(())
}

/// The sheet that explains each column.
fn explanations(sheet: &mut Worksheet, columns: &[Column], vocabulary: &Vocabulary) -> Result<(), XlsxError> {
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let arabic = wrapped.clone().set_align(FormatAlign::Right).set_reading_direction(2);
    let needed = &fields::fields().needed;
    for (place, (title, width)) in
        (0u16..).zip([("Column", 34), ("", 10), ("What it holds", 60), ("ما يحتويه", 60), ("Values", 40)])
    {
        sheet.write_string_with_format(0, place, title, &header())?;
        sheet.set_column_width(place, width)?;
    }
    for (row, column) in (1u32..).zip(columns) {
        let field = &column.field;
        let mark = if field.form == Presence::Needed {
            format!("{} / {}", needed.en, needed.ar)
        } else {
            String::new()
        };
        sheet.write_string_with_format(row, 0, &column.header, &wrapped)?;
        sheet.write_string_with_format(row, 1, mark, &wrapped)?;
        sheet.write_string_with_format(row, 2, field.wording(Lang::En), &wrapped)?;
        sheet.write_string_with_format(row, 3, field.wording(Lang::Ar), &arabic)?;
        sheet.write_string_with_format(row, 4, choices(column, vocabulary).join(", "), &wrapped)?;
    }
    sheet.set_freeze_panes(1, 1)?;
    Ok(())
}

/// The words that the cells of a column may hold; empty where they may hold others.
fn choices(column: &Column, vocabulary: &Vocabulary) -> Vec<String> {
    if column.field.kind == Kind::YesNo {
        return vec!["yes".to_owned(), "no".to_owned()];
    }
    let fact = column.header.rsplit_once("facts.").and_then(|(prefix, name)| match prefix {
        "" => vocabulary.facts.get(name),
        "item." => vocabulary.item_facts.get(name),
        _ => vocabulary.party_facts.get(name),
    });
    match fact.map(|fact| &fact.kind) {
        Some(FactKind::OneOf(words)) => words.clone(),
        Some(_) => Vec::new(),
        None => column.field.words(vocabulary),
    }
}

/// The lists of words, each a column of its sheet: a rule can hold no more than 255 characters itself.
#[derive(Default)]
struct Words {
    lists: Vec<Vec<String>>,
}

impl Words {
    /// The range that holds a list, which is added if it is new.
    fn range(&mut self, list: &[String]) -> Option<String> {
        if list.is_empty() {
            return None;
        }
        let place = self.lists.iter().position(|known| known == list).unwrap_or_else(|| {
            self.lists.push(list.to_vec());
            self.lists.len() - 1
        });
        let column = rust_xlsxwriter::utility::column_number_to_name(u16::try_from(place).ok()?);
        Some(format!("={WORDS}!${column}$1:${column}${}", list.len()))
    }

    fn write(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        for (column, list) in (0u16..).zip(&self.lists) {
            for (row, word) in (0u32..).zip(list) {
                sheet.write_string(row, column, word)?;
            }
            sheet.set_column_width(column, 24)?;
        }
        Ok(())
    }
}

fn header() -> Format {
    Format::new().set_bold().set_num_format("@")
}

fn width(header: &str) -> f64 {
    (header.chars().count() as f64 + 2.0).clamp(12.0, 40.0)
}
