//! Every entry of the Commerce Control List against every country of the Country Chart: what the law answers is what the
//! published tables say. The tables are read here in the plainest way, apart from the law's own copies of them.

use std::collections::{BTreeMap, BTreeSet};

use hisn_law::{Case, Classification, Code, Country, Evaluator, Given, Law, Subject, Truth};
use serde_json::Value;

/// A day on which both published tables stand.
const DAY: &str = "2026-09-23";

fn data(name: &str) -> String {
    let path = format!("{}/../../data/ccl/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Countries and their marks: rows of a CSV whose cells hold an X.
fn marks(name: &str) -> BTreeMap<String, BTreeSet<String>> {
    let text = data(name);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().unwrap().clone();
    let mut all = BTreeMap::new();
    for record in reader.records() {
        let record = record.unwrap();
        let marked = headers
            .iter()
            .zip(&record)
            .filter(|(_, cell)| matches!(cell.trim(), "X" | "yes"))
            .map(|(column, _)| column.to_owned());
        all.insert(record[0].to_owned(), marked.collect());
    }
    all
}

/// One row of the metadata: a reason, where it bites, and whether the entry's number alone decides.
struct Row {
    reason: String,
    places: Places,
    certain: bool,
}

enum Places {
    Column(String),
    Only(&'static [&'static str]),
    AllBut(&'static [&'static str]),
    Groups { named: &'static str, groups: &'static [&'static str], but: &'static [&'static str] },
}

/// Entries whose conditions for one reason cover every case between them: barrels shorter than a length, and all others.
const CONDITIONS_EXHAUST: [&str; 2] = ["0A502", "0A508"];

/// Entries with a paragraph .z for advanced chips: the law reads a code without paragraph as the plain item, and asks about the
/// thresholds only where the code names .z. Their regional-stability rows are left out of the comparison.
const CHIP_VARIANTS: [&str; 11] =
    ["4A004", "4A005", "4D001", "4E001", "5A002", "5A004", "5A992", "5D002", "5D992", "5E002", "5E992"];

/// Where the law holds rows that the table of the entry lacks: 742.4(a)(5) and 742.6(a)(10) on technology.
const MORE_THAN_THE_TABLE: [&str; 1] = ["3E001"];

const UN_EMBARGO: &[&str] = &["CF", "CD", "ER", "IR", "IQ", "LB", "LY", "KP", "SO", "SD"];

/// Reads a cell pair as a person would.
fn rows(control: &str, cell: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut reasons = control.split(" applies").next().unwrap_or("").trim().to_owned();
    if reasons.starts_with("Russian") {
        reasons = "RUSSIA-SECTOR".to_owned();
    }
    reasons = reasons.split_whitespace().next().unwrap_or("").trim_end_matches(',').to_owned();
    // "entire entry", then nothing, a new sentence or a remark in brackets; anything else limits it.
    let after = control.split_once("entire entry").map(|(_, after)| after.trim_start_matches(['.', ' ']));
    let whole = after.is_some_and(|after| {
        after.is_empty() || after.starts_with('(') || after.starts_with(char::is_uppercase)
    });
    // 742.6(a)(11) asks for a license only where a party of one kind takes part.
    let certain = whole && !cell.contains("742.6(a)(11)");
    let mut add =
        |reason: &str, places: Places| rows.push(Row { reason: reason.to_owned(), places, certain });
    let words: Vec<&str> = cell.split_whitespace().collect();
    let columns: Vec<(usize, &str)> = words
        .windows(2)
        .enumerate()
        .filter(|(_, pair)| pair[0] == "Column")
        .map(|(at, pair)| (at, pair[1]))
        .collect();
    if !columns.is_empty() {
        for (at, number) in columns {
            let before = at.checked_sub(1).map_or("", |at| words[at]);
            let reason = if before.len() == 2 && before.chars().all(|c| c.is_ascii_uppercase()) {
                before
            } else {
                &reasons
            };
            let number: String = number.chars().take_while(char::is_ascii_digit).collect();
            add(reason, Places::Column(format!("{reason}{number}")));
        }
    } else if cell.contains("746.1") || cell.contains("764.1") {
        add(&reasons, Places::Only(UN_EMBARGO));
    } else if cell.contains("China, Russia") {
        add(&reasons, Places::Only(&["CN", "RU", "VE"]));
    } else if cell.contains("United Arab Emirates") {
        add(&reasons, Places::Groups { named: "AE", groups: &["D:1", "D:4", "D:5"], but: &["A:5", "A:6"] });
    } else if cell.contains("Country Groups D:1, D:4, and D:5") {
        add(&reasons, Places::Groups { named: "", groups: &["D:1", "D:4", "D:5"], but: &["A:5", "A:6"] });
    } else if cell.contains("Macau") {
        add(&reasons, Places::Groups { named: "MO", groups: &["D:5"], but: &[] });
    } else if cell.to_lowercase().contains("worldwide")
        || cell.contains("742.13")
        || cell.contains("742.6(a)(11)")
    {
        add(&reasons, Places::AllBut(&[]));
    } else if cell.contains("except Canada") || control.contains("except Canada") || cell.contains("742.15") {
        add(&reasons, Places::AllBut(&["CA"]));
    } else if cell.contains("742.14") {
        add(&reasons, Places::AllBut(&["CA", "AU", "GB"]));
    } else if cell.contains("746.8") {
        add(&reasons, Places::Only(&["RU", "BY"]));
    } else if cell.contains("CWC non-States") || control.contains("CWC non-States") {
        add("CW", Places::Only(&["EG", "KP", "SS"]));
    } else if cell.contains("Iraq or Pakistan") {
        add(&reasons, Places::Only(&["IQ", "PK"]));
    } else if cell.contains("Iraq") {
        add(&reasons, Places::Only(&["IQ"]));
    } else if cell.contains("Pakistan") {
        add(&reasons, Places::Only(&["PK"]));
    } else if cell.contains("North Korea") {
        add(&reasons, Places::Only(&["KP"]));
    } else if cell == "N/A." || cell.starts_with(&format!("{reasons} applies")) {
        add(&reasons, Places::Column(format!("{reasons}1")));
    } else {
        panic!("this cell is not understood: {cell}");
    }
    rows
}

fn bites(places: &Places, country: &str, chart: &BTreeSet<String>, groups: &BTreeSet<String>) -> bool {
    match places {
        Places::Column(column) => chart.contains(column),
        Places::Only(countries) => countries.contains(&country),
        Places::AllBut(countries) => !countries.contains(&country),
        Places::Groups { named, groups: of, but } => {
            *named == country
                || (of.iter().any(|g| groups.contains(*g)) && !but.iter().any(|g| groups.contains(*g)))
        }
    }
}

fn metadata() -> BTreeMap<String, Value> {
    let mut entries = BTreeMap::new();
    for file in ["ccl-metadata-2026-07-23.json", "corrections.json"] {
        let list: Vec<Value> = serde_json::from_str(&data(file)).unwrap();
        entries.extend(list.into_iter().map(|entry| (entry["eccn"].as_str().unwrap().to_owned(), entry)));
    }
    entries
}

fn case(law: &Law, code: &str, to: &str) -> Case {
    let vocabulary = law.vocabulary();
    let mut facts = vocabulary.blank(Subject::Transaction);
    for (name, value) in [("action", "export"), ("from", "US"), ("to", to)] {
        vocabulary
            .put(&mut facts, vocabulary.find(Subject::Transaction, name).unwrap(), &Given::Text(value))
            .unwrap();
    }
    let mut item = hisn_law::case::Item { facts: vocabulary.blank(Subject::Item), ..Default::default() };
    vocabulary
        .put(&mut item.facts, vocabulary.find(Subject::Item, "origin").unwrap(), &Given::Text("US"))
        .unwrap();
    item.codes = vec![(String::new(), Classification::Code(Code::parse(code).unwrap()))];
    let mut user =
        hisn_law::case::Party { path: "end_user".into(), name: "Somebody".into(), ..Default::default() };
    user.facts = vocabulary.blank(Subject::Party);
    for (name, value) in [("role", "end-user"), ("kind", "company"), ("country", to)] {
        vocabulary
            .put(&mut user.facts, vocabulary.find(Subject::Party, name).unwrap(), &Given::Text(value))
            .unwrap();
    }
    let mut roles = [None; hisn_law::case::ROLES];
    roles[hisn_law::Role::EndUser as usize] = Some(0);
    Case { date: DAY.parse().unwrap(), facts, item, parties: vec![user], roles }
}

#[test]
fn the_requirement_set_of_every_cell_is_what_the_tables_say() {
    let law = hisn_assess::law_with(Vec::new()).unwrap();
    let pack = law.pack("us").unwrap();
    let chart = marks("country_chart_2026-09-24.csv");
    let groups = marks("country_groups_2026-09-24.csv");
    let nothing = BTreeSet::new();
    let (mut cells, mut wrong) = (0, Vec::new());
    for (eccn, entry) in metadata() {
        let empty = Vec::new();
        let cells_of = entry["countryChart"].as_array().unwrap_or(&empty);
        let text = |row: &Value, key: &str| row[key].as_str().unwrap_or("").to_owned();
        let rows: Vec<Row> =
            cells_of.iter().flat_map(|row| rows(&text(row, "control"), &text(row, "countryChart"))).collect();
        let chip = |row: &Row| CHIP_VARIANTS.contains(&eccn.as_str()) && row.reason == "RS";
        let rows: Vec<Row> = rows.into_iter().filter(|row| !chip(row)).collect();
        let reasons: BTreeSet<&str> = rows.iter().map(|row| row.reason.as_str()).collect();
        for (country, marked) in &chart {
            cells += 1;
            if marked.is_empty() || marked.contains("see_part_746") {
                // A row without marks is no license-free row: part 746 asks for one.
                let answer = case(&law, &eccn, country);
                let embargoed =
                    Evaluator::new(&law).reasons(pack, &answer).contains(&("EMBARGO", Truth::True));
                if !embargoed && !rows.is_empty() {
                    wrong.push(format!("{eccn} to {country}: no embargo"));
                }
                continue;
            }
            let of_groups = groups.get(country).unwrap_or(&nothing);
            let said = |certain: bool| -> BTreeSet<&str> {
                let rows = rows.iter().filter(|row| !certain || row.certain);
                rows.filter(|row| bites(&row.places, country, marked, of_groups))
                    .map(|row| row.reason.as_str())
                    .collect()
            };
            let answer = case(&law, &eccn, country);
            let found = Evaluator::new(&law).reasons(pack, &answer);
            let of = |certain: bool| -> BTreeSet<&str> {
                let found = found.iter().filter(|(reason, truth)| {
                    reasons.contains(reason) && (!certain || *truth == Truth::True)
                });
                found.map(|(reason, _)| *reason).collect()
            };
            // Where every condition of a reason leads to a license, the law may be certain though no row alone is.
            let certain = if CONDITIONS_EXHAUST.contains(&eccn.as_str()) {
                of(true).is_superset(&said(true))
            } else {
                of(true) == said(true)
            };
            let more = MORE_THAN_THE_TABLE.contains(&eccn.as_str());
            let possible = if more { of(false).is_superset(&said(false)) } else { of(false) == said(false) };
            if !certain || !possible {
                wrong.push(format!(
                    "{eccn} to {country}: certain {:?} instead of {:?}, possible {:?} instead of {:?}",
                    of(true),
                    said(true),
                    of(false),
                    said(false)
                ));
            }
        }
    }
    assert!(cells > 125_000, "only {cells} cells");
    // One cell an entry is enough to see what is wrong.
    let mut seen = BTreeSet::new();
    let shown: Vec<&String> = wrong.iter().filter(|line| seen.insert(line.split(' ').next())).collect();
    assert!(wrong.is_empty(), "{} of {cells} cells differ: {shown:#?}", wrong.len());
    assert!(Country::all().count() > chart.len());
}
