//! Orders in whatever form they come.

use std::path::Path;

use crate::{Context, OrderErrors, Row, csv_rows, read_json, read_toml, xlsx_rows};

/// A form that orders come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One order.
    Toml,
    /// One object, an array, or one object a line.
    Json,
    /// A row an order.
    Csv,
    /// A row an order.
    Xlsx,
}

/// The orders of one file, one after the other.
pub struct Orders<'a> {
    /// The form that they came in.
    pub form: Form,
    /// The headers of the table; for forms that are no tables one that stands for the whole text of an order.
    pub headers: Vec<String>,
    rows: Box<dyn Iterator<Item = Row> + Send + 'a>,
}

impl<'a> Orders<'a> {
    pub(crate) fn new(
        form: Form,
        headers: Vec<String>,
        rows: impl Iterator<Item = Row> + Send + 'a,
    ) -> Orders<'a> {
        Orders { form, headers, rows: Box::new(rows) }
    }
}

impl Iterator for Orders<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        self.rows.next()
    }
}

impl std::fmt::Debug for Orders<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Orders")
            .field("form", &self.form)
            .field("headers", &self.headers)
            .finish_non_exhaustive()
    }
}

/// Reads the orders of a file that is in memory. What is wrong with the one order of a TOML file is an error of the whole.
pub fn read_any<'a>(file: &str, bytes: &'a [u8], context: &Context<'a>) -> Result<Orders<'a>, OrderErrors> {
    match form_of(file, bytes)? {
        Form::Csv => csv_rows(file, bytes, context),
        Form::Xlsx => xlsx_rows(file, bytes, context),
        Form::Json => read_json(file, bytes, context),
        Form::Toml => {
            let reading = read_toml(file, bytes, context)?;
            let cells = vec![String::from_utf8_lossy(bytes).into_owned()];
            let row = Row { number: 1, id: reading.transaction.id.clone(), cells, result: Ok(reading) };
            Ok(Orders::new(Form::Toml, vec![crate::json::WHOLE.to_owned()], std::iter::once(row)))
        }
    }
}

/// The form of a file, from what it begins with and from the ending of its name.
pub fn form_of(file: &str, bytes: &[u8]) -> Result<Form, OrderErrors> {
    const ZIP: &[u8] = b"PK\x03\x04";
    const OLD_OFFICE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];
    let extension = Path::new(file).extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let ending = extension.as_deref().unwrap_or_default();
    let refused = |what: &str| {
        Err(OrderErrors::whole(file, what, "in the spreadsheet, save it as a workbook .xlsx or as CSV UTF-8"))
    };
    if bytes.starts_with(OLD_OFFICE) {
        return refused("this is an old (.xls) or a password-protected workbook, which is not read");
    }
    if bytes.starts_with(ZIP) && !matches!(ending, "ods" | "xlsb") {
        return Ok(Form::Xlsx);
    }
    match ending {
        "toml" => Ok(Form::Toml),
        "json" | "jsonl" | "ndjson" => Ok(Form::Json),
        "csv" | "tsv" | "tab" => Ok(Form::Csv),
        "xlsx" | "xlsm" => refused("this is no workbook, whatever the ending of its name says"),
        "xls" | "xlsb" | "ods" => refused(&format!("workbooks of the kind .{ending} are not read")),
        _ => Ok(guess(bytes)),
    }
}

/// The form of a text whose name says nothing.
fn guess(bytes: &[u8]) -> Form {
    let decoded = crate::text::decode(bytes);
    let text = decoded.as_deref().unwrap_or_else(|good| good);
    let first = text
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty() && !line.starts_with('#'))
        .unwrap_or_default();
    match first.as_bytes() {
        [b'{', ..] => Form::Json,
        [b'[', rest @ ..] if rest.trim_ascii().is_empty() || rest.trim_ascii_start().starts_with(b"{") => {
            Form::Json
        }
        [b'[', ..] => Form::Toml,
        _ if first.contains('=') => Form::Toml,
        _ => Form::Csv,
    }
}
