//! The military-intelligence end users that 15 CFR 744.22(f)(2) names, as a CSV with the day from which each is named.

use crate::dates::date;
use crate::readers::csl_csv::csv_error;
use crate::readers::fields::{add_country_text, add_name, append_raw, source_of};
use crate::reading::{Place, ReadError, Reading, refuse_non_list};
use crate::text::decode_table;
use crate::{NameKind, Party, Schema, id};

const FORMAT: &str = "the CSV of military-intelligence end users";
const COLUMNS: [&str; 5] = ["Name", "Alias", "Country", "Program", "Date"];

/// Whether a line is the header of the list: a list of one's own may have some of its columns too.
pub(crate) fn is_header(line: &str) -> bool {
    COLUMNS
        .iter()
        .all(|column| line.trim_start_matches('\u{feff}').split(',').any(|name| name.trim() == *column))
}

/// Reads the list.
///
/// # Errors
/// When the bytes are empty, a web page, no CSV, or lack a column.
pub fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    let text = decode_table(bytes);
    refuse_non_list(&text)?;
    let mut rows = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let header = rows.headers().map_err(csv_error)?.clone();
    let column = |wanted: &'static str| {
        let missing = || ReadError::MissingColumn {
            column: wanted,
            format: FORMAT,
            found: header.iter().collect::<Vec<_>>().join(", "),
        };
        header.iter().position(|name| name.trim() == wanted).ok_or_else(missing)
    };
    let [name, alias, country, program, from] = COLUMNS.map(column);
    let (name, alias, country, program, from) = (name?, alias?, country?, program?, from?);
    let optional = |wanted: &str| header.iter().position(|name| name.trim() == wanted);
    let (end, url) = (optional("End date"), optional("Source URL"));
    let mut reading = Reading::default();
    for (at, row) in rows.records().enumerate() {
        let row = row.map_err(csv_error)?;
        let place = Place::Row(at as u64 + 1);
        let get = |at: usize| row.get(at).unwrap_or_default();
        let mut party = Party {
            source: source_of(get(program), place, &mut reading),
            schema: Schema::PublicBody,
            ..Party::default()
        };
        add_name(&mut party, get(name), NameKind::Primary);
        add_name(&mut party, get(alias), NameKind::Alias);
        if party.names.is_empty() {
            reading.leave_out(place, "a row without a name was left out");
            continue;
        }
        add_country_text(&mut party, get(country), place, &mut reading);
        party.listed_from = date(get(from));
        if party.listed_from.is_none() {
            reading.warn(place, format!("\"{}\" is no date; the entry stands undated", get(from)));
        }
        party.listed_to = end.and_then(|at| date(get(at)));
        if let Some(at) = url {
            append_raw(&mut party, "source_url", get(at));
        }
        reading.parties.push(party);
    }
    id::assign(&mut reading.parties);
    reading.or_empty(FORMAT)
}
