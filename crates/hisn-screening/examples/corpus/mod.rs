//! Reads the corpus and the queries of the benchmark.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};

use hisn_lists::{Name, NameKind, Party, Schema};
use hisn_screening::Query;
use serde_json::Value;

type Failure = Box<dyn std::error::Error>;

/// The parties of a file of FollowTheMoney JSON lines.
pub fn parties(path: &str) -> Result<Vec<Party>, Failure> {
    let lines = BufReader::new(std::fs::File::open(path)?).lines();
    lines.map(|line| Ok(party(&serde_json::from_str(&line?)?))).collect()
}

/// The queries of a CSV with the columns id, name, schema, country, birth_date.
pub fn queries(path: &str) -> Result<Vec<(String, Query)>, Failure> {
    let mut all = Vec::new();
    for row in csv::Reader::from_path(path)?.deserialize() {
        let row: BTreeMap<String, String> = row?;
        let column = |name: &str| row.get(name).cloned().unwrap_or_default();
        let query = Query {
            name: column("name"),
            schema: Some(schema(&column("schema"))),
            countries: Some(column("country")).into_iter().filter(|code| !code.is_empty()).collect(),
            birth_date: Some(column("birth_date")).filter(|date| !date.is_empty()),
            ..Query::default()
        };
        all.push((column("id"), query));
    }
    Ok(all)
}

fn party(entry: &Value) -> Party {
    let property = |name: &str| -> Vec<String> {
        let values = entry["properties"][name].as_array();
        values.into_iter().flatten().filter_map(|value| value.as_str().map(str::to_owned)).collect()
    };
    let names = |property_name: &str, kind: NameKind| {
        property(property_name).into_iter().map(move |text| Name { text, kind, lang: None })
    };
    Party {
        id: entry["id"].as_str().unwrap_or_default().to_owned(),
        schema: schema(entry["schema"].as_str().unwrap_or_default()),
        names: names("name", NameKind::Primary)
            .chain(names("alias", NameKind::Alias))
            .chain(names("weakAlias", NameKind::Weak))
            .collect(),
        countries: property("country").iter().map(|code| code.to_uppercase()).collect(),
        birth_dates: property("birthDate"),
        ..Party::default()
    }
}

fn schema(name: &str) -> Schema {
    match name {
        "Person" => Schema::Person,
        "Company" => Schema::Company,
        "Organization" => Schema::Organization,
        "PublicBody" => Schema::PublicBody,
        "Vessel" => Schema::Vessel,
        "Airplane" => Schema::Airplane,
        _ => Schema::LegalEntity,
    }
}
