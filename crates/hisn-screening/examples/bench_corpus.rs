//! Screens a file of queries against a corpus and writes the answers as JSON lines, with the time of each.
//!
//! usage: bench_corpus CORPUS.ftm.jsonl QUERIES.csv > RESULTS.jsonl
//!
//! The corpus is FollowTheMoney JSON lines, unpacked. Queries have the columns id, name, schema, country, birth_date.

use std::io::{BufRead, BufReader, Write};
use std::time::Instant;

use hisn_lists::{Name, NameKind, Party, Schema};
use hisn_screening::{Options, Query, Screener};
use serde_json::Value;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(corpus), Some(queries)) = (args.next(), args.next()) else {
        return Err("usage: bench_corpus CORPUS.ftm.jsonl QUERIES.csv".into());
    };
    let threshold = args.next().map_or(Ok(0.3), |text| text.parse())?;
    let lines = BufReader::new(std::fs::File::open(corpus)?).lines();
    let parties = lines.map(|line| Ok(party(&serde_json::from_str(&line?)?))).collect::<Result<Vec<_>, std::io::Error>>()?;
    let start = Instant::now();
    let screener = Screener::build(parties);
    let built = start.elapsed();

    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut times = Vec::new();
    let options = Options { threshold, ..Options::default() };
    for row in csv::Reader::from_path(queries)?.deserialize() {
        let row: std::collections::BTreeMap<String, String> = row?;
        let column = |name: &str| row.get(name).cloned().unwrap_or_default();
        let query = Query {
            name: column("name"),
            schema: Some(schema(&column("schema"))),
            countries: Some(column("country")).into_iter().filter(|code| !code.is_empty()).collect(),
            birth_date: Some(column("birth_date")).filter(|date| !date.is_empty()),
            ..Query::default()
        };
        let start = Instant::now();
        let matches = screener.screen(&query, &options);
        times.push(start.elapsed().as_secs_f64() * 1e6);
        let matches: Vec<Value> = matches
            .iter()
            .map(|found| {
                serde_json::json!({
                    "id": screener.party(found.index).id,
                    "score": found.score,
                    "because": found.because.to_sentence_en(),
                })
            })
            .collect();
        writeln!(out, "{}", serde_json::json!({"schema": "hisn.screening/1", "id": column("id"), "ms": times.last().map(|us| us / 1e3), "matches": matches}))?;
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times.get((times.len() as f64 * share) as usize).copied().unwrap_or_default();
    let sum: f64 = times.iter().sum();
    eprintln!("cand {}", hisn_screening::CAND.load(std::sync::atomic::Ordering::Relaxed) / 2564);
    eprintln!("near {}", hisn_screening::NEAR.load(std::sync::atomic::Ordering::Relaxed) / 2564);
    eprintln!(
        "built in {:.0} ms; p50 {:.0} us, p90 {:.0} us, p99 {:.0} us, {:.0} names/s",
        built.as_secs_f64() * 1e3,
        at(0.5),
        at(0.9),
        at(0.99),
        times.len() as f64 / sum * 1e6
    );
    Ok(())
}

fn party(entry: &Value) -> Party {
    let property = |name: &str| -> Vec<String> {
        let values = entry["properties"][name].as_array();
        values.into_iter().flatten().filter_map(|value| value.as_str().map(str::to_owned)).collect()
    };
    let names = |property_name: &str, kind: NameKind| property(property_name).into_iter().map(move |text| Name { text, kind, lang: None });
    Party {
        id: entry["id"].as_str().unwrap_or_default().to_owned(),
        schema: schema(entry["schema"].as_str().unwrap_or_default()),
        names: names("name", NameKind::Primary).chain(names("alias", NameKind::Alias)).chain(names("weakAlias", NameKind::Weak)).collect(),
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
