//! The list in CSV: a row a name, address, birth, number or citizenship, each with the number of its entity.

use std::collections::HashMap;

use crate::dates::{date, day_first};
use crate::readers::eu::{
    FORMAT, add_birth_text, add_number_text, add_program, entry, listed_by, whole_name,
};
use crate::readers::fields::{
    add_address_parts, add_birth, add_country, add_identifier, add_name_with_aliases, append_raw, is_filler,
};
use crate::readers::table::{Row, Table};
use crate::reading::{ReadError, Reading};
use crate::{NameKind, Party, countries};

/// The number of the entity, in both layouts.
const NUMBER: &str = "Entity_LogicalId";

pub(super) fn read(text: &str) -> Result<Reading, ReadError> {
    let mut reading = Reading::default();
    let table = Table::read(text, b';', NUMBER, FORMAT, &mut reading)?;
    let mut known: HashMap<String, usize> = HashMap::new();
    for row in &table.rows {
        let get = |names: &[&str]| table.get(row, names);
        let number = get(&[NUMBER]).to_owned();
        if number.is_empty() {
            reading.leave_out(row.place, "a row without the number of its entity was left out");
            continue;
        }
        if reading.dated.is_none() {
            reading.dated = date(&day_first(get(&["fileGenerationDate", "Date_file"])));
        }
        let at = match known.get(&number) {
            Some(at) => *at,
            None => {
                let kind =
                    get(&["Entity_SubjectType_ClassificationCode", "Entity_SubjectType", "Subject_type"]);
                let party = entry(&number, kind, row.place, &mut reading);
                reading.parties.push(party);
                known.insert(number, reading.parties.len() - 1);
                reading.parties.len() - 1
            }
        };
        let Some(mut party) = reading.parties.get_mut(at).map(std::mem::take) else { continue };
        fill(&mut party, &table, row, &mut reading);
        if let Some(place) = reading.parties.get_mut(at) {
            *place = party;
        }
    }
    let (named, nameless): (Vec<Party>, Vec<Party>) =
        std::mem::take(&mut reading.parties).into_iter().partition(|party| !party.names.is_empty());
    reading.parties = named;
    for party in nameless {
        reading.leave_out(
            crate::Place::Row(1),
            format!("entity {} has no name in any row and was left out", party.id),
        );
    }
    Ok(reading)
}

fn fill(party: &mut Party, table: &Table, row: &Row, reading: &mut Reading) {
    let get = |names: &[&str]| table.get(row, names);
    let whole = whole_name(
        get(&["NameAlias_WholeName", "Naal_wholename"]),
        [
            get(&["NameAlias_FirstName", "Naal_firstname"]),
            get(&["NameAlias_MiddleName", "Naal_middlename"]),
            get(&["NameAlias_LastName", "Naal_lastname"]),
        ],
    );
    let before = party.names.len();
    let weak = get(&["NameAlias_Strong"]).eq_ignore_ascii_case("false");
    add_name_with_aliases(party, &whole, if weak { NameKind::Weak } else { NameKind::Primary });
    let language = get(&["NameAlias_NameLanguage", "Naal_language"]).to_lowercase();
    for name in party.names.iter_mut().skip(before).filter(|_| !language.is_empty()) {
        name.lang = Some(language.clone());
    }
    let address = [
        get(&["Address_Street", "Addr_street"]),
        get(&["Addr_number"]),
        get(&["Address_PoBox"]),
        get(&["Address_ZipCode", "Addr_zipcode"]),
        get(&["Address_City", "Addr_city"]),
        get(&["Address_Place"]),
        get(&["Address_Region"]),
        get(&["Addr_other"]),
    ];
    add_address_parts(party, &address, country(table, row, "Address", "Addr_country"));
    let citizenship = country(table, row, "Citizenship", "Citi_country");
    match countries().code(citizenship) {
        Some(code) => add_country(party, code),
        None => append_raw(party, "citizenship", citizenship),
    }
    births(party, table, row, reading);
    let issuer = country(table, row, "Identification", "Iden_country");
    if table.has("Identification_Number") {
        let kind = get(&["Identification_TypeDescription", "Identification_TypeCode"]);
        let kind = if kind.is_empty() { "identification" } else { kind };
        let code = countries().code(issuer).map(str::to_owned);
        for number in [get(&["Identification_Number"]), get(&["Identification_LatinNumber"])] {
            add_identifier(party, kind, number, code.clone());
        }
    } else {
        add_number_text(party, get(&["Iden_number"]), issuer);
    }
    add_program(party, get(&["Entity_Regulation_Programme", "Programme"]));
    if party.citation.is_none() {
        let title = get(&["Entity_Regulation_NumberTitle", "Leba_numtitle"]);
        party.citation = (!title.is_empty()).then(|| title.to_owned());
    }
    let kept: [(&str, &[&str]); 8] = [
        ("remark", &["Entity_Remark"]),
        ("details", &["Entity_DesignationDetails"]),
        ("eu_reference", &["Entity_EU_ReferenceNumber", "EU_ref_num"]),
        ("un_reference", &["Entity_UnitedNationId"]),
        ("function", &["NameAlias_Function", "Naal_function"]),
        ("title", &["NameAlias_Title", "Naal_title"]),
        ("gender", &["NameAlias_Gender", "Naal_gender"]),
        ("source_url", &["Entity_Regulation_PublicationUrl", "Leba_url"]),
    ];
    for (name, columns) in kept {
        append_raw(party, name, get(columns));
    }
    match date(&day_first(get(&["Entity_DesignationDate"]))) {
        Some(day) => party.listed_from = Some(day),
        None => {
            let acts = table.names.iter().filter(|name| {
                let name = name.to_ascii_lowercase();
                name.ends_with("_publicationdate") || name.ends_with("publication_date")
            });
            for name in acts {
                listed_by(party, date(&day_first(get(&[name]))));
            }
        }
    }
}

fn births(party: &mut Party, table: &Table, row: &Row, reading: &mut Reading) {
    let get = |names: &[&str]| table.get(row, names);
    if table.has("BirthDate_BirthDate") {
        let text = match (
            get(&["BirthDate_BirthDate"]),
            get(&["BirthDate_YearRangeFrom"]),
            get(&["BirthDate_YearRangeTo"]),
        ) {
            ("", "", _) | ("", _, "") => get(&["BirthDate_Year"]).to_owned(),
            ("", from, to) => format!("{from}/{to}"),
            (day, ..) => day.to_owned(),
        };
        let approximate = get(&["BirthDate_Circa"]).eq_ignore_ascii_case("true");
        add_birth(party, &day_first(&text), approximate, row.place, reading);
    } else {
        add_birth_text(party, get(&["Birt_date"]), row.place, reading);
    }
    let born = [
        get(&["BirthDate_City", "Birt_place"]),
        get(&["BirthDate_Place"]),
        get(&["BirthDate_Region"]),
        country(table, row, "BirthDate", "Birt_country"),
    ];
    let born: Vec<&str> = born.into_iter().filter(|part| !is_filler(part)).collect();
    append_raw(party, "place_of_birth", &born.join(", "));
}

/// The country of a part: its code, or its name where the code says that it is unknown.
fn country<'a>(table: &Table, row: &'a Row, part: &str, older: &str) -> &'a str {
    let code = table.get(row, &[&format!("{part}_CountryIso2Code"), older]);
    if !is_filler(code) {
        return code;
    }
    let name = table.get(row, &[&format!("{part}_CountryDescription")]);
    if is_filler(name) { "" } else { name }
}
