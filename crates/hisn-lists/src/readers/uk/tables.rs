//! Both lists in CSV: a row a name, the rows of one entry joined by its number. Fields of several values write them as
//! `(1) … (2) …`.

use std::collections::HashMap;

use crate::Party;
use crate::dates::{date, day_first};
use crate::readers::fields::{add_address_parts, add_identifier, add_nationality, append_raw, is_filler};
use crate::readers::table::{Row, Table};
use crate::readers::uk::{
    CONLIST_FORMAT, LIST_FORMAT, add_day, add_flag, add_number, add_parts, add_program, add_script_name,
    address_country, entry, is_primary, listed,
};
use crate::reading::{ReadError, Reading};
use crate::text::clean;

/// What the columns of a list are called.
pub(super) struct Layout {
    list: &'static str,
    format: &'static str,
    number: &'static str,
    citation: Option<&'static str>,
}

pub(super) const LIST: Layout =
    Layout { list: "UK-SL", format: LIST_FORMAT, number: "Unique ID", citation: Some("Unique ID") };
pub(super) const CONLIST: Layout =
    Layout { list: "UK-OFSI", format: CONLIST_FORMAT, number: "Group ID", citation: None };

/// Columns that have a place of their own in the record, under the names that either list uses.
const READ: [&str; 52] = [
    "Name 1",
    "Name 2",
    "Name 3",
    "Name 4",
    "Name 5",
    "Name 6",
    "Name type",
    "Alias Type",
    "Alias strength",
    "Alias Quality",
    "Name non-latin script",
    "Non-latin script language",
    "Non-latin script type",
    "Group Type",
    "Individual, Entity, Ship",
    "Designation Type",
    "Unique ID",
    "Group ID",
    "Regime",
    "Regime Name",
    "Listed On",
    "Date Designated",
    "UK Sanctions List Date Designated",
    "Sanctions Imposed",
    "DOB",
    "D.O.B",
    "Nationality",
    "Nationality(/ies)",
    "Town of Birth",
    "Country of Birth",
    "Passport Number",
    "Passport Details",
    "Passport additional information",
    "National Identification Number",
    "National Identification Details",
    "NI Number",
    "National Identifier number",
    "National Identifier additional information",
    "Business registration number (s)",
    "IMO number",
    "Current believed flag of ship",
    "Address 1",
    "Address 2",
    "Address 3",
    "Address 4",
    "Address 5",
    "Address 6",
    "Post/Zip Code",
    "Country",
    "Address Postal Code",
    "Address Country",
    "Last Updated",
];

pub(super) fn read(text: &str, layout: &Layout) -> Result<Reading, ReadError> {
    let mut reading = Reading::default();
    let table = Table::read(text, b',', layout.number, layout.format, &mut reading)?;
    // `Last Updated,12/02/2016` or `Report Date: 10-Dec-2025`
    reading.dated = table.preamble.iter().flat_map(csv::StringRecord::iter).find_map(|field| {
        let field = field.rsplit(": ").next().unwrap_or(field);
        date(&day_first(field))
    });
    let mut known: HashMap<&str, usize> = HashMap::new();
    let mut entries: Vec<Vec<&Row>> = Vec::new();
    for row in &table.rows {
        let number = table.get(row, &[layout.number]);
        if number.is_empty() {
            reading.leave_out(row.place, format!("a row without \"{}\" was left out", layout.number));
            continue;
        }
        let at = *known.entry(number).or_insert_with(|| {
            entries.push(Vec::new());
            entries.len() - 1
        });
        if let Some(rows) = entries.get_mut(at) {
            rows.push(row);
        }
    }
    for mut rows in entries {
        rows.sort_by_key(|row| !is_primary(table.get(row, &["Name type", "Alias Type"])));
        let Some(first) = rows.first() else { continue };
        let kind = table.get(first, &["Group Type", "Individual, Entity, Ship", "Designation Type"]);
        let number = table.get(first, &[layout.number]);
        let mut party = entry(layout.list, number, kind, first.place, &mut reading);
        for row in &rows {
            fill(&mut party, &table, row, layout, &mut reading);
        }
        if party.names.is_empty() {
            reading.leave_out(first.place, format!("{number} has no name in any row and was left out"));
        } else {
            reading.parties.push(party);
        }
    }
    Ok(reading)
}

fn fill(party: &mut Party, table: &Table, row: &Row, layout: &Layout, reading: &mut Reading) {
    let get = |names: &[&str]| table.get(row, names);
    let parts = ["Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6"].map(|part| get(&[part]));
    add_parts(party, parts, get(&["Alias strength", "Alias Quality"]));
    add_script_name(party, get(&["Name non-latin script"]), get(&["Non-latin script language"]));
    for day in numbered(get(&["DOB", "D.O.B"])) {
        add_day(party, &day, row.place, reading);
    }
    for nation in numbered(get(&["Nationality", "Nationality(/ies)"])) {
        add_nationality(party, &nation, row.place, reading);
    }
    let lines = [1, 2, 3, 4, 5, 6].map(|line| {
        let [short, long] = [format!("Address {line}"), format!("Address Line {line}")];
        get(&[&short, &long])
    });
    let code = get(&["Post/Zip Code", "Address Postal Code"]);
    let address: Vec<&str> = lines.into_iter().chain([code]).collect();
    add_address_parts(party, &address, address_country(get(&["Country", "Address Country"])));
    numbers(party, table, row);
    for number in numbered(get(&["IMO number"])) {
        add_identifier(party, "IMO", &number, None);
    }
    for flag in numbered(get(&["Current believed flag of ship"])) {
        add_flag(party, &flag, row.place, reading);
    }
    let (towns, lands) = (numbered(get(&["Town of Birth"])), numbered(get(&["Country of Birth"])));
    for at in 0..towns.len().max(lands.len()) {
        let parts = [towns.get(at), lands.get(at)].into_iter().flatten().cloned().collect::<Vec<_>>();
        append_raw(party, "place_of_birth", &parts.join(", "));
    }
    add_program(party, get(&["Regime", "Regime Name"]));
    for column in ["Listed On", "Date Designated", "UK Sanctions List Date Designated"] {
        listed(party, get(&[column]));
    }
    let effect = get(&["Sanctions Imposed"]).replace('|', "; ");
    if party.legal_effect.is_none() && !effect.is_empty() {
        party.legal_effect = Some(clean(&effect));
    }
    if let Some(citation) = layout.citation {
        party.citation = Some(get(&[citation]).to_owned());
    }
    for (name, value) in table.names.iter().zip(row.fields()) {
        let own = READ.iter().any(|read| read.eq_ignore_ascii_case(name)) || name.starts_with("Address Line");
        if !own && !is_filler(value) {
            append_raw(party, name, value);
        }
    }
}

/// Numbers of which the list may keep the story in a second column.
fn numbers(party: &mut Party, table: &Table, row: &Row) {
    let kinds: [(&str, &[&str], &[&str]); 3] = [
        ("passport", &["Passport Number"], &["Passport Details", "Passport additional information"]),
        (
            "national_identifier",
            &["National Identification Number", "NI Number", "National Identifier number"],
            &["National Identification Details", "National Identifier additional information"],
        ),
        ("business_registration", &["Business registration number (s)"], &[]),
    ];
    for (kind, columns, stories) in kinds {
        let (values, stories) = (numbered(table.get(row, columns)), numbered(table.get(row, stories)));
        if values.is_empty() {
            // The older layout has one column for both.
            stories.iter().for_each(|story| add_number(party, kind, story, ""));
        }
        for (at, value) in values.iter().enumerate() {
            add_number(party, kind, value, stories.get(at).map_or("", String::as_str));
        }
    }
}

/// The values of a field: `(1) Tripoli (2) Tunis`, `(1)-(2) Indonesia`, or one alone.
fn numbered(text: &str) -> Vec<String> {
    let mut values = Vec::new();
    let mut rest = text;
    if rest.trim_start().starts_with("(1)") {
        let mut next = 1;
        while let Some(at) = rest.find(&format!("({next})")) {
            values.push(rest.get(..at).unwrap_or_default());
            rest = rest.get(at + format!("({next})").len()..).unwrap_or_default();
            next += 1;
        }
    }
    values.push(rest);
    let values = values.into_iter().map(|value| clean(value.trim_matches([' ', ',', ';', '-'])));
    values.filter(|value| !is_filler(value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_numbered() {
        assert_eq!(numbered("(1) Tripoli (2) Tunis"), ["Tripoli", "Tunis"]);
        assert_eq!(numbered("(1)-(2) Tunisia (3) Libya"), ["Tunisia", "Libya"]);
        assert_eq!(numbered("(1) Haidra (2)-(3) -"), ["Haidra"]);
        assert_eq!(numbered("Jakarta (1)"), ["Jakarta (1)"]);
        assert_eq!(numbered("(11) C-2 (12)H-1"), ["(11) C-2 (12)H-1"]);
        assert!(numbered("").is_empty());
    }
}
