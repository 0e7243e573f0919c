//! The Denied Persons List as BIS publishes it: tab-separated text with a header.

use crate::dates::{date, notices};
use crate::readers::csl_csv::csv_error;
use crate::readers::fields::{add_address, add_country_text, add_name, append_raw, source_of};
use crate::reading::{Place, ReadError, Reading, refuse_non_list};
use crate::text::{clean, decode_table};
use crate::{NameKind, Party, Schema, id};

const FORMAT: &str = "the Denied Persons List";
const COLUMNS: [&str; 12] = [
    "Name",
    "Street_Address",
    "City",
    "State",
    "Country",
    "Postal_Code",
    "Effective_Date",
    "Expiration_Date",
    "Standard_Order",
    "Last_Update",
    "Action",
    "FR_Citation",
];

/// Reads the list.
///
/// # Errors
/// When the bytes are empty, a web page, no table, or lack a column.
pub fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    let text = decode_table(bytes);
    refuse_non_list(&text)?;
    let mut rows = csv::ReaderBuilder::new().delimiter(b'\t').flexible(true).from_reader(text.as_bytes());
    let header = rows.headers().map_err(csv_error)?.clone();
    let mut at = [0; COLUMNS.len()];
    for (place, column) in at.iter_mut().zip(COLUMNS) {
        let missing = || ReadError::MissingColumn {
            column,
            format: FORMAT,
            found: header.iter().collect::<Vec<_>>().join(", "),
        };
        *place = header.iter().position(|name| clean(name) == column).ok_or_else(missing)?;
    }
    let mut reading = Reading::default();
    for (number, row) in rows.records().enumerate() {
        let row = row.map_err(csv_error)?;
        let place =
            row.position().map_or(Place::Row(number as u64 + 1), |position| Place::Line(position.line()));
        let [name, street, city, state, country, postal, from, to, standard, updated, action, citation] =
            at.map(|at| clean(row.get(at).unwrap_or_default()));
        let mut party = Party {
            source: source_of("DPL", place, &mut reading),
            schema: Schema::LegalEntity,
            ..Party::default()
        };
        add_name(&mut party, &name, NameKind::Primary);
        if party.names.is_empty() {
            reading.leave_out(place, "a row without a name was left out");
            continue;
        }
        let line = [street, city, state, postal, country.clone()];
        let line: Vec<&str> = line.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        add_address(&mut party, &line.join(", "));
        add_country_text(&mut party, &country, place, &mut reading);
        for (text, day, column) in [
            (&from, &mut party.listed_from, "Effective_Date"),
            (&to, &mut party.listed_to, "Expiration_Date"),
        ] {
            *day = date(text);
            if day.is_none() && !text.is_empty() {
                reading.warn(place, format!("\"{text}\" in {column} is no date; kept in raw"));
            }
        }
        for (text, column) in [(&to, "Expiration_Date"), (&updated, "Last_Update")] {
            if let Some(day) = date(text).filter(|day| day.year() > 2200) {
                reading.warn(place, format!("{column} {day} lies far away; taken as printed"));
            }
        }
        party.citation = notices(&citation).first().map(|notice| notice.citation());
        let kept = [
            ("effective_date", &from),
            ("expiration_date", &to),
            ("standard_order", &standard),
            ("last_update", &updated),
            ("action", &action),
            ("federal_register", &citation),
        ];
        for (name, value) in kept {
            append_raw(&mut party, name, value);
        }
        reading.parties.push(party);
    }
    id::assign(&mut reading.parties);
    reading.or_empty(FORMAT)
}
