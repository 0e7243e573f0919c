//! Screens a file of queries against a corpus and writes the answers as JSON lines, with the time of each.
//!
//! usage: bench_corpus CORPUS.ftm.jsonl QUERIES.csv [THRESHOLD] > RESULTS.jsonl
//!
//! The corpus is FollowTheMoney JSON lines, unpacked. Queries have the columns id, name, schema, country, birth_date.
//! Without a threshold everything from 0.3 is written, so that a scorer can draw the whole curve.

#[path = "corpus/mod.rs"]
mod corpus;

use std::io::Write;
use std::time::Instant;

use hisn_screening::{Options, Screener};
use serde_json::Value;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(path), Some(queries)) = (args.next(), args.next()) else {
        return Err("usage: bench_corpus CORPUS.ftm.jsonl QUERIES.csv [THRESHOLD]".into());
    };
    let threshold = args.next().map_or(Ok(0.3), |text| text.parse())?;
    let parties = corpus::parties(&path)?;
    let start = Instant::now();
    let screener = Screener::build(parties);
    let built = start.elapsed();

    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut times = Vec::new();
    let options = Options { threshold, ..Options::default() };
    for (id, query) in corpus::queries(&queries)? {
        let start = Instant::now();
        let matches = screener.screen(&query, &options);
        let time = start.elapsed().as_secs_f64() * 1e6;
        times.push(time);
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
        writeln!(
            out,
            "{}",
            serde_json::json!({"schema": "hisn.screening/1", "id": id, "ms": time / 1e3, "matches": matches})
        )?;
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times.get((times.len() as f64 * share) as usize).copied().unwrap_or_default();
    let sum: f64 = times.iter().sum();
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
