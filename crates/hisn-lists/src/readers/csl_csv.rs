//! The US Consolidated Screening List as trade.gov publishes it in CSV: 29 columns today, 27 in 2016.
//!
//! Fields hold line breaks; several values share a field, divided by `; `, the last one at times by `; and `; the
//! country of an address is mostly its last two letters. `_id` changes from release to release and is not read.

use std::collections::HashMap;

use csv::StringRecord;

use crate::dates::{birth_date, date, notices};
use crate::readers::fields::{
    add_address, add_country_text, add_name, append_raw, programs, schema_of, source_of,
};
use crate::reading::{Place, ReadError, Reading, refuse_non_list};
use crate::text::{clean, decode_table};
use crate::{Identifier, NameKind, Party, countries, id};

const FORMAT: &str = "the Consolidated Screening List in CSV";

/// Columns that have a field of their own in a record; the others go into [`Party::raw`].
///
/// The addresses of the list are the same in every row and stand in the catalogue.
const READ: [&str; 19] = [
    "source_list_url",
    "source_information_url",
    "_id",
    "source",
    "entity_number",
    "type",
    "programs",
    "name",
    "addresses",
    "federal_register_notice",
    "start_date",
    "end_date",
    "license_requirement",
    "license_policy",
    "alt_names",
    "citizenships",
    "dates_of_birth",
    "nationalities",
    "ids",
];

/// Reads the list in either layout.
///
/// # Errors
/// When the bytes are empty, a web page, no CSV, or lack the columns `source` and `name`.
pub fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    let text = decode_table(bytes);
    refuse_non_list(&text)?;
    let mut rows = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let header = rows.headers().map_err(csv_error)?.clone();
    let columns = Columns::new(&header)?;
    let mut reading = Reading::default();
    for (at, row) in rows.records().enumerate() {
        let row = row.map_err(csv_error)?;
        let place = row.position().map_or(Place::Row(at as u64 + 1), |position| Place::Line(position.line()));
        match party(&columns, &row, place, &mut reading) {
            Some(party) => reading.parties.push(party),
            None => reading.leave_out(place, "a row without a name was left out"),
        }
    }
    id::assign(&mut reading.parties);
    reading.or_empty(FORMAT)
}

pub(crate) fn csv_error(error: csv::Error) -> ReadError {
    let line = error.position().map_or(1, csv::Position::line);
    ReadError::Csv { line, message: error.to_string() }
}

struct Columns {
    at: HashMap<String, usize>,
    /// Columns that no field of a record takes.
    others: Vec<String>,
}

impl Columns {
    fn new(header: &StringRecord) -> Result<Self, ReadError> {
        let at: HashMap<String, usize> =
            header.iter().enumerate().map(|(at, name)| (clean(name), at)).collect();
        for column in ["source", "name"] {
            if !at.contains_key(column) {
                let found = header.iter().collect::<Vec<_>>().join(", ");
                return Err(ReadError::MissingColumn { column, format: FORMAT, found });
            }
        }
        let mut others: Vec<String> =
            at.keys().filter(|name| !READ.contains(&name.as_str())).cloned().collect();
        others.sort();
        Ok(Self { at, others })
    }

    fn get<'r>(&self, row: &'r StringRecord, column: &str) -> &'r str {
        self.at.get(column).and_then(|at| row.get(*at)).unwrap_or_default().trim()
    }
}

fn party(columns: &Columns, row: &StringRecord, place: Place, reading: &mut Reading) -> Option<Party> {
    let get = |column: &str| columns.get(row, column);
    let mut party = Party {
        source: source_of(get("source"), place, reading),
        schema: schema_of(get("type")),
        ..Party::default()
    };
    add_name(&mut party, get("name"), NameKind::Primary);
    party.names.first()?;
    for alias in values(get("alt_names")) {
        add_name(&mut party, &alias, NameKind::Alias);
    }
    // `; and ` inside an address belongs to it as often as not; only a semicolon divides.
    for address in values(get("addresses")) {
        add_address(&mut party, &address);
    }
    for column in ["nationalities", "citizenships"] {
        for country in values(get(column)) {
            add_country_text(&mut party, &country, place, reading);
        }
    }
    for birth in values(get("dates_of_birth")) {
        match birth_date(&birth) {
            Some(date) => party.birth_dates.push(date),
            None => {
                reading.warn(
                    place,
                    format!(
                        "\"{birth}\" is no date of birth that can be read; kept in raw[\"dates_of_birth\"]"
                    ),
                );
                append_raw(&mut party, "dates_of_birth", &birth);
            }
        }
    }
    party.identifiers = values(get("ids")).iter().filter_map(|text| identifier(text)).collect();
    party.programs = programs(get("programs"));
    finish(
        &mut party,
        get("entity_number"),
        get("federal_register_notice"),
        get("license_requirement"),
        get("license_policy"),
    );
    for (column, into) in [("start_date", true), ("end_date", false)] {
        let text = get(column);
        match date(text) {
            Some(day) if into => party.listed_from = Some(day),
            Some(day) => party.listed_to = Some(day),
            None if text.is_empty() => {}
            None => {
                reading.warn(place, format!("\"{text}\" in {column} is no date; kept in raw"));
                append_raw(&mut party, column, text);
            }
        }
    }
    if let Some(end) = party.listed_to.filter(|end| end.year() > 2200) {
        reading.warn(place, format!("end date {end} lies far away; taken as printed"));
    }
    for column in &columns.others {
        append_raw(&mut party, column, get(column));
    }
    Some(party)
}

/// What both shapes of the list carry in one form: number, notice, requirement, policy.
pub(crate) fn finish(party: &mut Party, number: &str, notice: &str, requirement: &str, policy: &str) {
    if !number.is_empty() {
        party.id = format!("{}-{}", id::prefix(&party.source), clean(number));
    }
    let notices = notices(notice);
    let first =
        notices.iter().enumerate().min_by_key(|(at, notice)| (notice.date.is_none(), notice.date, *at));
    if let Some((_, first)) = first {
        party.citation = Some(first.citation());
        party.listed_from = first.date;
    } else {
        // `Vol. 59, No. 153, 08/10/1994`
        party.listed_from = notice.rsplit(',').next().and_then(date);
        party.citation = Some(clean(notice)).filter(|text| !text.is_empty());
    }
    append_raw(party, "federal_register", notice);
    party.legal_effect = Some(clean(requirement)).filter(|text| !text.is_empty());
    party.review_policy = Some(clean(policy)).filter(|text| !text.is_empty());
}

/// The values of a field: `A; B; and C`.
pub(crate) fn values(field: &str) -> Vec<String> {
    field
        .split(';')
        .map(|value| {
            let value = clean(value);
            value.strip_prefix("and ").map(str::to_owned).unwrap_or(value)
        })
        .filter(|value| !value.is_empty() && value != "and")
        .collect()
}

/// `CH, CH-217.0.135.719-4, C.R. No.`, `Male, Gender`, `2015-01-01, 8467254, Passport`
fn identifier(text: &str) -> Option<Identifier> {
    let parts: Vec<&str> = text.split(", ").collect();
    let (kind, rest) = parts.split_last()?;
    let country = rest.first().filter(|_| rest.len() > 1).and_then(|code| countries().by_code(code));
    let value = if country.is_some() { rest.get(1..)? } else { rest }.join(", ");
    (!value.is_empty()).then(|| Identifier {
        kind: kind.trim_end_matches(':').to_owned(),
        value,
        country: country.map(|country| country.code.clone()),
    })
}
