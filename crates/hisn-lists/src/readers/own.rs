//! A list of one's own in CSV or a workbook: columns by name, in any order.
//!
//! `data/lists/own-columns.toml` says how columns may be called. Cells may hold several values, divided by semicolons,
//! bars or line breaks. A row that cannot be read is left out, counted, and told with its place; a list of one's own is
//! made by hand, and one bad row must not cost the others.

mod workbook;

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use jiff::civil::Date;
use serde::Deserialize;

use crate::dates::date;
use crate::readers::fields::{
    add_address, add_address_parts, add_birth, add_identifier, add_name, add_nationality, append_raw,
};
use crate::readers::table::fold;
use crate::reading::{Place, ReadError, Reading, refuse_non_list};
use crate::text::{clean, decode_table};
use crate::{NameKind, Party, Schema, catalogue, id};

const FORMAT: &str = "a list of your own";
static COLUMNS: &str = include_str!("../../../../data/lists/own-columns.toml");
/// The header stands in one of the first rows.
const HEADER_ROWS: usize = 20;

/// Reads a list of one's own in CSV; the columns may be parted by commas, semicolons, tabs or bars. `name` is the file's
/// name, after which the list is called.
///
/// # Errors
/// When the bytes are empty, a web page, no table, or a table without a column of names.
pub fn read_csv(name: &str, bytes: &[u8]) -> Result<Reading, ReadError> {
    let text = decode_table(bytes);
    refuse_non_list(&text)?;
    let text = text.trim_start_matches('\u{feff}');
    let delimiter = delimiter(text).unwrap_or(b',');
    let mut rows = Vec::new();
    let records = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    for record in records.into_records() {
        let record = record.map_err(crate::readers::csl_csv::csv_error)?;
        let place = Place::Line(record.position().map_or(0, csv::Position::line));
        rows.push((place, record.iter().map(str::to_owned).collect()));
    }
    read_rows(name, rows)
}

/// Reads a list of one's own in a workbook: the first sheet that has a column of names.
///
/// # Errors
/// When the bytes are no workbook, unpack to more than any list holds, or no sheet has a column of names.
pub fn read_xlsx(name: &str, bytes: &[u8]) -> Result<Reading, ReadError> {
    let mut refused = None;
    for rows in workbook::sheets(bytes)? {
        match read_rows(name, rows) {
            Ok(reading) => return Ok(reading),
            Err(error) => refused = refused.or(Some(error)),
        }
    }
    Err(refused.unwrap_or(ReadError::NoEntries { format: FORMAT }))
}

/// Whether the start of a text is the header of a list of one's own.
pub(crate) fn is_own(head: &str) -> bool {
    delimiter(head).is_some()
}

/// The character that parts the first row in which a column is called a name.
fn delimiter(text: &str) -> Option<u8> {
    let lines = text.lines().filter(|line| !line.trim().is_empty()).take(HEADER_ROWS);
    let names_a_party = |line: &str, delimiter: u8| {
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_reader(line.as_bytes());
        let header = reader.records().flatten().next().unwrap_or_default();
        Header::read(header.iter()).is_some()
    };
    lines.into_iter().find_map(|line| {
        [b',', b';', b'\t', b'|'].into_iter().find(|delimiter| names_a_party(line, *delimiter))
    })
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Field {
    Id,
    Name,
    FirstName,
    MiddleName,
    LastName,
    Alias,
    WeakAlias,
    Schema,
    Country,
    BirthDate,
    Identifier,
    Address,
    City,
    State,
    PostalCode,
    Program,
    LegalEffect,
    Citation,
    ListedFrom,
    ListedTo,
    List,
}

/// The words of `own-columns.toml`, folded.
struct Words {
    fields: HashMap<String, Field>,
    schemas: HashMap<String, Schema>,
}

fn words() -> &'static Words {
    #[derive(Deserialize)]
    struct File {
        schemas: BTreeMap<Schema, Vec<String>>,
        #[serde(flatten)]
        fields: HashMap<Field, Vec<String>>,
    }
    static READ: OnceLock<Words> = OnceLock::new();
    READ.get_or_init(|| {
        // INVARIANT: the file is part of the binary and `tests::every_word_has_one_meaning` reads it.
        let Ok(file) = toml::from_str::<File>(COLUMNS) else {
            return Words { fields: HashMap::new(), schemas: HashMap::new() };
        };
        let fields = file
            .fields
            .into_iter()
            .flat_map(|(field, words)| words.into_iter().map(move |word| (fold(&word), field)));
        let schemas = file.schemas.into_iter().flat_map(|(schema, words)| {
            let own = format!("{schema:?}");
            words.into_iter().chain([own]).map(move |word| (fold(&word), schema))
        });
        Words { fields: fields.collect(), schemas: schemas.collect() }
    })
}

struct Header {
    names: Vec<String>,
    fields: Vec<Option<Field>>,
}

impl Header {
    fn read<'a>(cells: impl Iterator<Item = &'a str>) -> Option<Header> {
        let names: Vec<String> = cells.map(clean).collect();
        let fields = names.iter().map(|name| words().fields.get(&fold(name)).copied()).collect();
        let header = Header { names, fields };
        header.names_a_party().then_some(header)
    }

    fn names_a_party(&self) -> bool {
        self.fields.iter().flatten().any(|field| matches!(field, Field::Name | Field::LastName))
    }
}

type Rows = Vec<(Place, Vec<String>)>;

fn read_rows(file: &str, rows: Rows) -> Result<Reading, ReadError> {
    let mut rows = rows.into_iter().filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()));
    let mut found = String::new();
    let header = rows.by_ref().take(HEADER_ROWS).find_map(|(_, cells)| {
        if found.is_empty() {
            found = cells.join(", ");
        }
        Header::read(cells.iter().map(String::as_str))
    });
    let header = header.ok_or(ReadError::MissingColumn { column: "name", format: FORMAT, found })?;
    let mut reading = Reading::default();
    let list = list_of(file);
    for (place, cells) in rows {
        if cells.len() > header.names.len()
            && cells.iter().skip(header.names.len()).any(|cell| !cell.trim().is_empty())
        {
            let (found, wanted) = (cells.len(), header.names.len());
            reading.leave_out(place, format!("a row of {found} cells was left out; the header has {wanted}"));
            continue;
        }
        let party = party(&header, &cells, &list, place, &mut reading);
        if party.names.is_empty() {
            reading.leave_out(place, "a row without a name was left out");
        } else {
            reading.parties.push(party);
        }
    }
    number(&mut reading);
    id::assign(&mut reading.parties);
    reading.or_empty(FORMAT)
}

/// The list that a file is: one of the catalogue, or one called after the file.
fn list_of(file: &str) -> String {
    let base = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let stem = base.split('.').next().unwrap_or(base);
    match catalogue().by_name(stem) {
        Some(list) => list.source.clone(),
        None => own_code(stem),
    }
}

fn own_code(name: &str) -> String {
    let words: Vec<String> = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    if words.is_empty() { "own/list".to_owned() } else { format!("own/{}", words.join("-")) }
}

/// Ids that stand in more than one row are told apart and told.
fn number(reading: &mut Reading) {
    let mut seen: HashMap<(String, String), usize> = HashMap::new();
    let mut repeated = 0;
    for party in reading.parties.iter_mut().filter(|party| !party.id.is_empty()) {
        let count = seen.entry((party.source.clone(), party.id.clone())).or_default();
        *count += 1;
        if *count > 1 {
            party.id = format!("{}-{count}", party.id);
            repeated += 1;
        }
    }
    if repeated > 0 {
        reading.warn(
            Place::Row(1),
            format!("{repeated} rows bear an id that an earlier row bears; a number was put behind it"),
        );
    }
}

fn party(header: &Header, cells: &[String], list: &str, place: Place, reading: &mut Reading) -> Party {
    let of = |wanted: Field| {
        let columns = header.fields.iter().zip(cells).filter(move |(field, _)| **field == Some(wanted));
        columns.map(|(_, cell)| cell.as_str()).filter(|cell| !cell.trim().is_empty())
    };
    let all = |wanted: Field| of(wanted).flat_map(values).collect::<Vec<_>>();
    let first = |wanted: Field| of(wanted).next().map(clean);
    let mut party = Party {
        id: first(Field::Id).unwrap_or_default(),
        source: first(Field::List).map_or_else(
            || list.to_owned(),
            |name| catalogue().by_name(&name).map_or_else(|| own_code(&name), |list| list.source.clone()),
        ),
        ..Party::default()
    };
    of(Field::Name).for_each(|name| add_name(&mut party, name, NameKind::Primary));
    let parts: Vec<&str> = [Field::FirstName, Field::MiddleName, Field::LastName]
        .into_iter()
        .filter_map(|field| of(field).next())
        .collect();
    add_name(&mut party, &parts.join(" "), NameKind::Primary);
    all(Field::Alias).iter().for_each(|name| add_name(&mut party, name, NameKind::Alias));
    all(Field::WeakAlias).iter().for_each(|name| add_name(&mut party, name, NameKind::Weak));
    if let Some(kind) = first(Field::Schema) {
        match words().schemas.get(&fold(&kind)) {
            Some(schema) => party.schema = *schema,
            None => append_raw(&mut party, "schema", &kind),
        }
    }
    for country in all(Field::Country) {
        add_nationality(&mut party, &country, place, reading);
    }
    for birth in all(Field::BirthDate) {
        add_birth(&mut party, &birth, false, place, reading);
    }
    for ((name, field), cell) in header.names.iter().zip(&header.fields).zip(cells) {
        match field {
            Some(Field::Identifier) => {
                values(cell).for_each(|value| add_identifier(&mut party, name, &value, None))
            }
            None if !name.is_empty() => append_raw(&mut party, name, cell),
            _ => {}
        }
    }
    let parts: Vec<String> =
        [Field::City, Field::State, Field::PostalCode].into_iter().filter_map(first).collect();
    match (first(Field::Address), parts.is_empty()) {
        (Some(_), true) => {
            of(Field::Address).flat_map(address_values).for_each(|address| add_address(&mut party, &address))
        }
        (address, false) => {
            let line: Vec<&str> = address.iter().chain(&parts).map(String::as_str).collect();
            let country =
                party.countries.first().filter(|_| party.countries.len() == 1).cloned().unwrap_or_default();
            add_address_parts(&mut party, &line, &country);
        }
        (None, true) => {}
    }
    party.programs = all(Field::Program);
    party.legal_effect = first(Field::LegalEffect);
    party.citation = first(Field::Citation);
    party.listed_from = day(&mut party, first(Field::ListedFrom), "listed_from", place, reading);
    party.listed_to = day(&mut party, first(Field::ListedTo), "listed_to", place, reading);
    party
}

/// A day that cannot be read is kept and told; the entry stands all the same.
fn day(
    party: &mut Party,
    text: Option<String>,
    name: &str,
    place: Place,
    reading: &mut Reading,
) -> Option<Date> {
    let text = text?;
    let read = date(&text);
    if read.is_none() {
        reading.warn(place, format!("\"{text}\" is no day that can be read; kept in raw[\"{name}\"]"));
        append_raw(party, name, &text);
    }
    read
}

fn values(cell: &str) -> impl Iterator<Item = String> {
    cell.split([';', '|', '\n']).map(clean).filter(|value| !value.is_empty())
}

/// Addresses hold semicolons of their own at times; bars and line breaks part them.
fn address_values(cell: &str) -> impl Iterator<Item = String> {
    cell.split(['|', '\n']).map(clean).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_one_meaning() {
        let file: toml::Table = toml::from_str(COLUMNS).unwrap();
        let mut seen: HashMap<String, String> = HashMap::new();
        for (field, list) in file.iter().filter_map(|(field, value)| Some((field, value.as_array()?))) {
            for word in list {
                let word = fold(word.as_str().unwrap());
                let before = seen.insert(word.clone(), field.clone());
                assert!(before.is_none_or(|before| before == *field), "{word} means two things");
            }
        }
        assert_eq!(words().fields.get("fullname"), Some(&Field::Name));
        assert_eq!(words().schemas.get("individual"), Some(&Schema::Person));
        assert_eq!(words().fields.len(), seen.len());
    }
}
