//! OFAC's lists. Its XML is read by [`read_xml`] and, in the layout that it calls advanced, by [`read_advanced`].
//!
//! The CSV files: the SDN list (`sdn.csv`) and the consolidated non-SDN lists (`cons_prim.csv`), each with a file
//! of aliases (`alt`), of addresses (`add`) and of remarks that overflow (`comments`).
//!
//! The files have no header, write nothing as `-0- `, and end with byte 0x1A, which is no row. An entity's type is
//! `-0- `. Dates of birth, nationalities, numbers and the weak aliases stand in the free text of the remarks.

mod advanced;
mod remarks;
mod xml;

use std::collections::{BTreeMap, HashMap};

pub use advanced::read as read_advanced;
use csv::StringRecord;
pub use xml::read as read_xml;

use crate::readers::csl_csv::csv_error;
use crate::readers::fields::{
    add_address, add_country, add_name, append_raw, programs, schema_of, source_of,
};
use crate::reading::{Place, ReadError, Reading, refuse_non_list};
use crate::text::{clean, decode_table};
use crate::{NameKind, Party, Schema, catalogue, countries, id};

const FORMAT: &str = "an OFAC CSV file";
/// What the catalogue knows the list of the main file by, unless that is the consolidated one.
const SDN: &str = "SDN";
const END_OF_FILE: char = '\u{1a}';

/// The files that together make one OFAC list.
#[derive(Clone, Copy, Debug, Default)]
pub struct Files<'a> {
    /// `sdn.csv` or `cons_prim.csv`.
    pub primary: &'a [u8],
    /// `alt.csv` or `cons_alt.csv`.
    pub aliases: Option<&'a [u8]>,
    /// `add.csv` or `cons_add.csv`.
    pub addresses: Option<&'a [u8]>,
    /// `sdn_comments.csv` or `cons_comments.csv`.
    pub comments: Option<&'a [u8]>,
}

/// Which of the files that make one list a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Part {
    Main,
    Aliases,
    Addresses,
    Comments,
}

impl Part {
    /// Tells the part from the first record of a file.
    pub(crate) fn of(head: &str) -> Option<Part> {
        let mut rows =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(head.as_bytes());
        let row = rows.records().next()?.ok()?;
        let numbered = row.get(0).is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
        if !numbered || row.get(0).is_none_or(str::is_empty) {
            return None;
        }
        let nothing = row.iter().any(|field| field.trim() == "-0-");
        let alias = matches!(row.get(2).map(str::trim), Some("aka" | "fka" | "nka"));
        match row.len() {
            12 if nothing => Some(Part::Main),
            6 if nothing => Some(Part::Addresses),
            5 if alias => Some(Part::Aliases),
            2 => Some(Part::Comments),
            _ => None,
        }
    }

    /// What the file holds, and the name of the file that it belongs to.
    pub(crate) fn companion_of(self) -> Option<(&'static str, &'static str)> {
        match self {
            Part::Main => None,
            Part::Aliases => Some(("aliases", "sdn.csv or cons_prim.csv")),
            Part::Addresses => Some(("addresses", "sdn.csv or cons_prim.csv")),
            Part::Comments => Some(("remarks", "sdn.csv or cons_prim.csv")),
        }
    }
}

/// The numbers of the entries that a file speaks of.
pub(crate) fn numbers(bytes: &[u8]) -> Result<std::collections::HashSet<String>, ReadError> {
    Ok(rows(bytes, 2)?.iter().map(|(_, row)| field(row, 0)).collect())
}

/// Reads the main file alone.
///
/// # Errors
/// See [`read_files`].
pub fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    read_files(&Files { primary: bytes, ..Files::default() })
}

/// Reads the main file with its companions.
///
/// # Errors
/// When a file is empty, a web page, or no table of the expected width.
pub fn read_files(files: &Files<'_>) -> Result<Reading, ReadError> {
    let (mut reading, strangers) = read_with_strangers(files)?;
    if !strangers.is_empty() {
        let count = strangers.len();
        reading.leave_out_all(
            count,
            Place::Row(1),
            format!(
                "aliases and addresses of {count} entries that the main file does not hold were left out"
            ),
        );
    }
    id::assign(&mut reading.parties);
    reading.or_empty(FORMAT)
}

/// [`read_files`], with what the companion files say of entries that the main file does not hold: files of different
/// days. Such records have an id, addresses and aliases, and no name of their own.
pub(crate) fn read_with_strangers(files: &Files<'_>) -> Result<(Reading, Vec<Party>), ReadError> {
    let mut reading = Reading::default();
    let mut comments: HashMap<String, String> = HashMap::new();
    for (_, row) in files.comments.map(|bytes| rows(bytes, 2)).transpose()?.unwrap_or_default() {
        comments.entry(field(&row, 0)).or_default().push_str(row.get(1).unwrap_or_default());
    }
    let mut known: HashMap<String, usize> = HashMap::new();
    let entries = rows(files.primary, 12)?;
    let consolidated = is_consolidated(entries.iter().map(|(_, row)| programs(&field(row, 3))));
    for (place, row) in entries {
        let party = party(&row, place, consolidated, &comments, &mut reading);
        if party.names.is_empty() {
            reading.leave_out(place, "a row without a name was left out");
        } else {
            known.insert(field(&row, 0), reading.parties.len());
            reading.parties.push(party);
        }
    }
    let mut strangers: BTreeMap<String, Party> = BTreeMap::new();
    for (_, row) in files.addresses.map(|bytes| rows(bytes, 6)).transpose()?.unwrap_or_default() {
        let parts = [2, 3, 4].map(|column| field(&row, column));
        let line: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        let party = of_number(&row, &known, &mut reading.parties, &mut strangers);
        add_address(party, &line.join(", "));
        if let Some(code) = parts.last().and_then(|country| countries().code(country)) {
            add_country(party, code);
        }
    }
    for (_, row) in files.aliases.map(|bytes| rows(bytes, 5)).transpose()?.unwrap_or_default() {
        add_name(
            of_number(&row, &known, &mut reading.parties, &mut strangers),
            &field(&row, 3),
            NameKind::Alias,
        );
    }
    Ok((reading, strangers.into_values().collect()))
}

/// Whether a file is the consolidated one. Nothing in it says so: tags of the non-SDN lists stand on most entries of the
/// consolidated file, and on few of the SDN list.
fn is_consolidated(entries: impl ExactSizeIterator<Item = Vec<String>>) -> bool {
    let count = entries.len();
    let tagged = entries.filter(|tags| tags.iter().any(|tag| catalogue().is_non_sdn_program(tag)));
    tagged.count() * 2 > count
}

/// The list of an entry with these programme tags.
fn list_of(programs: &[String], consolidated: bool, place: Place, reading: &mut Reading) -> String {
    let listed = catalogue().consolidated(programs).filter(|_| consolidated).map(|list| list.source.clone());
    listed.unwrap_or_else(|| source_of(SDN, place, reading))
}

/// The entry that a companion's row belongs to.
fn of_number<'a>(
    row: &StringRecord,
    known: &HashMap<String, usize>,
    parties: &'a mut [Party],
    strangers: &'a mut BTreeMap<String, Party>,
) -> &'a mut Party {
    let number = field(row, 0);
    match known.get(&number).and_then(|at| parties.get_mut(*at)) {
        Some(party) => party,
        None => strangers.entry(number).or_insert_with_key(|number| {
            let source = catalogue().by_name(SDN).map(|list| list.source.clone()).unwrap_or_default();
            Party { id: format!("{}-{number}", id::prefix(&source)), source, ..Party::default() }
        }),
    }
}

/// The rows of a file, each with its place.
fn rows(bytes: &[u8], width: usize) -> Result<Vec<(Place, StringRecord)>, ReadError> {
    let text = decode_table(bytes);
    let text = text.trim_end_matches([END_OF_FILE, '\r', '\n', ' ']);
    refuse_non_list(text)?;
    let mut rows = Vec::new();
    let records = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
        .into_records();
    for row in records {
        let row = row.map_err(csv_error)?;
        let line = row.position().map_or(0, csv::Position::line);
        if row.len() < width {
            return Err(ReadError::Csv {
                line,
                message: format!("{} fields where {FORMAT} has {width}", row.len()),
            });
        }
        rows.push((Place::Line(line), row));
    }
    Ok(rows)
}

/// A field; `-0- ` is nothing.
fn field(row: &StringRecord, column: usize) -> String {
    let text = clean(row.get(column).unwrap_or_default());
    if text == "-0-" { String::new() } else { text }
}

fn party(
    row: &StringRecord,
    place: Place,
    consolidated: bool,
    comments: &HashMap<String, String>,
    reading: &mut Reading,
) -> Party {
    let number = field(row, 0);
    let programs = programs(&field(row, 3));
    let source = list_of(&programs, consolidated, place, reading);
    let kind = field(row, 2);
    let schema = if kind.is_empty() { Schema::Organization } else { schema_of(&kind) };
    let mut party = Party {
        id: format!("{}-{number}", id::prefix(&source)),
        source,
        schema,
        programs,
        ..Party::default()
    };
    add_name(&mut party, &field(row, 1), NameKind::Primary);
    let remarks =
        format!("{}{}", field(row, 11), comments.get(&number).map(String::as_str).unwrap_or_default());
    remarks::read_into(&mut party, &remarks, place, reading);
    let columns = [
        (4, "title"),
        (5, "call_sign"),
        (6, "vessel_type"),
        (7, "tonnage"),
        (8, "gross_registered_tonnage"),
        (9, "vessel_flag"),
        (10, "vessel_owner"),
    ];
    for (column, name) in columns {
        append_raw(&mut party, name, &field(row, column));
    }
    if let Some(code) = countries().code(&field(row, 9)) {
        add_country(&mut party, code);
    }
    party
}
