//! The remarks of an OFAC entry: a list of statements divided by semicolons.

use jiff::civil::Date;

use crate::dates::{birth_date, date};
use crate::readers::fields::{add_country, add_name, append_raw};
use crate::reading::{Place, Reading};
use crate::text::clean;
use crate::{Identifier, NameKind, Party, countries};

/// Words before a number, by the end of the word group: `Passport A1 (Iran)`, `Tax ID No. 7744001497 (Russia)`.
const NUMBERS: [&str; 33] = [
    "Passport",
    "Tax ID No.",
    "National ID No.",
    "Registration Number",
    "Registration ID",
    "Business Registration Number",
    "Vessel Registration Identification",
    "Identification Number",
    "Cedula No.",
    "Legal Entity Number",
    "Government Gazette Number",
    "Commercial Registry Number",
    "Unified Social Credit Code (USCC)",
    "SWIFT/BIC",
    "MMSI",
    "Aircraft Tail Number",
    "Aircraft Construction Number (also called L/N or S/N or F/N)",
    "Aircraft Manufacturer's Serial Number (MSN)",
    "C.U.R.P.",
    "R.F.C.",
    "NIT #",
    "RUC #",
    "D.N.I.",
    "C.R. No.",
    "Matricula Mercantil No",
    "Folio Mercantil No.",
    "SSN",
    "License",
    "Birth Certificate Number",
    "Driver's License No.",
    "Digital Currency Address",
    "Website",
    "Email Address",
];

/// Reads what the remarks state into the fields of the party; every statement without a field stays in `raw`.
pub(super) fn read_into(party: &mut Party, remarks: &str, place: Place, reading: &mut Reading) {
    for statement in remarks.split(';') {
        let statement = clean(statement);
        let statement = statement.trim_end_matches('.');
        if statement.is_empty() {
            continue;
        }
        let plain = statement.strip_prefix("alt. ").unwrap_or(statement);
        if let Some(birth) = plain.strip_prefix("DOB ") {
            match birth_date(birth) {
                Some(date) if !party.birth_dates.contains(&date) => party.birth_dates.push(date),
                Some(_) => {}
                None => {
                    reading.warn(
                        place,
                        format!("\"{birth}\" is no date of birth that can be read; kept in raw[\"remarks\"]"),
                    );
                    append_raw(party, "remarks", statement);
                }
            }
        } else if let Some(country) =
            plain.strip_prefix("nationality ").or_else(|| plain.strip_prefix("citizen "))
        {
            match countries().code(country) {
                Some(code) => add_country(party, code),
                None => append_raw(party, "remarks", statement),
            }
        } else if let Some(alias) = quoted_alias(plain) {
            // Aliases in the remarks are those that OFAC calls weak.
            add_name(party, alias, NameKind::Weak);
        } else if let Some(birthplace) = plain.strip_prefix("POB ") {
            append_raw(party, "place_of_birth", birthplace);
        } else if let Some(gender) = plain.strip_prefix("Gender ") {
            append_raw(party, "gender", gender);
        } else if let Some(day) = listing_date(plain) {
            party.listed_from = party.listed_from.map_or(Some(day), |known| Some(known.min(day)));
            append_raw(party, "remarks", statement);
        } else if let Some(identifier) = identifier(plain) {
            if !party.identifiers.contains(&identifier) {
                party.identifiers.push(identifier);
            }
        } else {
            append_raw(party, "remarks", statement);
        }
    }
}

/// Whether the office's word for a number is one; its lists of numbers also hold sexes, web pages and warnings.
pub(super) fn is_number(kind: &str) -> bool {
    NUMBERS.iter().any(|known| known.eq_ignore_ascii_case(kind))
}

/// `Listing Date (CMIC) 03 Jun 2021`, `Listing Date (EO 14024 Directive 3): 24 Feb 2022`
fn listing_date(statement: &str) -> Option<Date> {
    let (_, day) = statement.strip_prefix("Listing Date (")?.split_once(')')?;
    date(day.trim_start_matches(':').trim())
}

fn quoted_alias(statement: &str) -> Option<&str> {
    let rest = ["a.k.a. ", "f.k.a. ", "n.k.a. "].iter().find_map(|mark| statement.strip_prefix(mark))?;
    let rest = rest.strip_prefix('\'')?;
    rest.rsplit_once('\'').map(|(alias, _)| alias)
}

fn identifier(statement: &str) -> Option<Identifier> {
    let kind = NUMBERS
        .iter()
        .filter(|kind| statement.strip_prefix(**kind).is_some_and(|rest| rest.starts_with(' ')))
        .max_by_key(|kind| kind.len())?;
    let rest = statement.strip_prefix(kind)?.trim();
    // `A1234 (Iran) (individual)`, `RA-82010 expires 2017`
    let (value, behind) = rest.split_once(" (").unwrap_or((rest, ""));
    let country = behind.split(['(', ')']).find_map(|part| countries().code(part.trim())).map(str::to_owned);
    let value = value.split(" expires ").next().unwrap_or(value);
    let value = value.split(" issued ").next().unwrap_or(value).trim().trim_end_matches(',');
    (!value.is_empty()).then(|| Identifier { kind: (*kind).to_owned(), value: value.to_owned(), country })
}
