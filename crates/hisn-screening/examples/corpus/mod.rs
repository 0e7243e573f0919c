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

/// Misspelt names of every nth party, made by a fixed rule: letters left out, doubled, changed or swapped, words left
/// out, moved or run together.
#[allow(dead_code, reason = "not every example asks for mutations")]
pub fn mutated(parties: &[Party], nth: usize) -> Vec<Query> {
    let mut dice = Dice(17);
    let chosen = parties.iter().step_by(nth.max(1));
    chosen
        .filter_map(|party| {
            let name = party.names.get(dice.roll(party.names.len().max(1)))?;
            Some(Query {
                name: mutate(&name.text, &mut dice),
                schema: Some(party.schema),
                ..Query::default()
            })
        })
        .collect()
}

fn mutate(text: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let mut words: Vec<&str> = text.split(' ').collect();
    let at = dice.roll(letters.len().max(1));
    match dice.roll(7) {
        0 if letters.len() > 4 => {
            letters.remove(at);
        }
        1 if letters.len() > 4 => letters.insert(at, letters[at]),
        2 if letters.len() > 4 && letters[at].is_ascii_alphabetic() => letters[at] = dice.letter(),
        3 if at + 1 < letters.len() => letters.swap(at, at + 1),
        4 if words.len() > 2 => {
            words.remove(dice.roll(words.len()));
            return words.join(" ");
        }
        5 if words.len() > 1 => {
            words.rotate_left(1);
            return words.join(" ");
        }
        _ => {
            let space = letters.iter().position(|letter| *letter == ' ');
            if let Some(space) = space {
                letters.remove(space);
            }
        }
    }
    letters.into_iter().collect()
}

/// A number that looks random, from a fixed start.
pub struct Dice(pub u64);

impl Dice {
    /// From 0 to below `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }

    fn letter(&mut self) -> char {
        char::from(b'a' + self.roll(26) as u8)
    }
}
