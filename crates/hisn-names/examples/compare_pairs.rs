//! Scores pairs of names: a CSV with the columns name1, name2, schema in, the same rows with a column `score` out.
//!
//! usage: compare_pairs PAIRS.csv > SCORED.csv

use std::collections::BTreeMap;
use std::time::Instant;

use hisn_names::{Kind, compare};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: compare_pairs PAIRS.csv")?;
    let mut rows = csv::Reader::from_path(path)?;
    let header = rows.headers()?.clone();
    let mut out = csv::Writer::from_writer(std::io::stdout().lock());
    out.write_record(header.iter().chain(["score"]))?;
    compare("warm", "up", Kind::Person);
    let (mut count, start) = (0u32, Instant::now());
    for row in rows.records() {
        let row = row?;
        let columns: BTreeMap<&str, &str> = header.iter().zip(row.iter()).collect();
        let column = |name: &str| columns.get(name).copied().unwrap_or_default();
        let kind = match column("schema") {
            "Person" => Kind::Person,
            "Vessel" | "Airplane" => Kind::Craft,
            _ => Kind::Organisation,
        };
        let score = compare(column("name1"), column("name2"), kind).score;
        out.write_record(row.iter().chain([format!("{score:.4}").as_str()]))?;
        count += 1;
    }
    out.flush()?;
    eprintln!(
        "{count} pairs, {:.1} us a pair",
        start.elapsed().as_secs_f64() * 1e6 / f64::from(count.max(1))
    );
    Ok(())
}
