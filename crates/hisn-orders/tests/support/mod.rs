//! What the tests read orders against: the vocabulary beside them, the countries of the repository.
#![allow(dead_code)]

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use hisn_orders::{
    Context, Countries, CountryCode, FactKind, FactSpec, OrderErrors, Reading, Row, Vocabulary, read_any,
};

pub struct Names(HashMap<String, CountryCode>);

impl Countries for Names {
    fn find(&self, text: &str) -> Option<CountryCode> {
        self.0.get(text).copied()
    }

    fn nearest(&self, text: &str) -> Option<String> {
        let mut known: Vec<&String> = self.0.keys().filter(|name| name.len() > 3).collect();
        known.sort();
        let same = |name: &&&String| name.chars().zip(text.chars()).take_while(|(a, b)| a == b).count();
        known.iter().rev().max_by_key(same).filter(|name| same(name) > 2).map(|name| (*name).clone())
    }
}

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

pub fn countries() -> Names {
    let mut names = HashMap::new();
    for (file, spelling, code) in [("countries.csv", vec![0, 1, 3, 4], 0), ("names.csv", vec![0], 1)] {
        let mut csv = csv::Reader::from_path(root().join("../../data/countries").join(file)).unwrap();
        for record in csv.records() {
            let record = record.unwrap();
            for column in &spelling {
                names.entry(record[*column].to_owned()).or_insert(CountryCode::parse(&record[code]).unwrap());
            }
        }
    }
    Names(names)
}

pub fn vocabulary() -> Vocabulary {
    static READ: std::sync::LazyLock<Vocabulary> = std::sync::LazyLock::new(read_vocabulary);
    READ.clone()
}

fn read_vocabulary() -> Vocabulary {
    let table: toml::Table =
        fs::read_to_string(root().join("tests/vocabulary.toml")).unwrap().parse().unwrap();
    let words = |key: &str| -> Vec<String> { table[key].clone().try_into().unwrap() };
    let facts = |key: &str| -> BTreeMap<String, FactSpec> {
        table[key].as_table().unwrap().iter().map(|(name, kind)| (name.clone(), spec(name, kind))).collect()
    };
    Vocabulary {
        actions: words("actions"),
        kinds: words("kinds"),
        currencies: Some(words("currencies")),
        jurisdictions: Some(words("jurisdictions")),
        facts: facts("facts"),
        item_facts: facts("item_facts"),
        party_facts: facts("party_facts"),
    }
}

fn spec(name: &str, kind: &toml::Value) -> FactSpec {
    let kind = match kind.as_str() {
        Some("yes/no") => FactKind::YesNo,
        Some("number") => FactKind::Number,
        Some("country") => FactKind::Country,
        Some("words") => FactKind::Words,
        Some(_) => FactKind::Text,
        None => FactKind::OneOf(kind.clone().try_into().unwrap()),
    };
    FactSpec { kind, question_en: format!("What is {name}?"), question_ar: format!("ما {name}؟") }
}

/// Everything that reading a file says, as people see it.
pub fn told(file: &str, bytes: &[u8]) -> String {
    let (vocabulary, countries) = (vocabulary(), countries());
    let context = Context { vocabulary: &vocabulary, countries: &countries };
    match read_any(file, bytes, &context) {
        Err(errors) => errors.to_string(),
        Ok(orders) => orders.map(|row| row_told(file, &row)).collect::<Vec<_>>().join("\n"),
    }
}

pub fn row_told(file: &str, row: &Row) -> String {
    let id = row.id.as_deref().unwrap_or("-");
    match &row.result {
        Ok(Reading { transaction, warnings }) => {
            let warnings: String = warnings.iter().map(|warning| format!("\nwarning: {warning}")).collect();
            format!(
                "row {} id {id}\n{}{warnings}",
                row.number,
                serde_json::to_string_pretty(transaction).unwrap()
            )
        }
        Err(_) => format!("row {} id {id}\n{}", row.number, row.messages(file).join("\n")),
    }
}

/// A workbook with its parts changed.
pub fn repacked(bytes: &[u8], change: impl Fn(&str, Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut content).unwrap();
        out.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut out, &change(&name, content)).unwrap();
    }
    out.finish().unwrap().into_inner()
}

pub fn inputs(folder: &str) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(root().join("tests").join(folder)).unwrap().map(|file| file.unwrap().path()).collect();
    files.retain(|file| !file.to_string_lossy().contains(".snap"));
    files.sort();
    let name = |file: &Path| file.file_name().unwrap().to_string_lossy().into_owned();
    files.iter().map(|file| (name(file), fs::read(file).unwrap())).collect()
}

pub fn one(order: &str) -> Result<Reading, OrderErrors> {
    let (vocabulary, countries) = (vocabulary(), countries());
    hisn_orders::read_toml(
        "order.toml",
        order.as_bytes(),
        &Context { vocabulary: &vocabulary, countries: &countries },
    )
}
