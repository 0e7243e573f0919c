//! How much of what comparing with every name finds the index finds too.
//!
//! usage: index_recall CORPUS.ftm.jsonl QUERIES.csv|mutated [EVERY_NTH]
//!
//! With `mutated`, the queries are made from every nth listed name by errors of typing.

#[path = "corpus/mod.rs"]
mod corpus;

use std::collections::{BTreeMap, BTreeSet};

use hisn_lists::{Party, Schema};
use hisn_names::{Kind, Name, Word, score, variants};
use hisn_screening::{Options, Query, Screener};
use rayon::prelude::*;

const THRESHOLD: f64 = 0.70;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(path), Some(queries)) = (args.next(), args.next()) else {
        return Err("usage: index_recall CORPUS.ftm.jsonl QUERIES.csv|mutated [EVERY_NTH]".into());
    };
    let nth: usize = args.next().map_or(Ok(10), |text| text.parse())?;
    let parties = corpus::parties(&path)?;
    let queries: Vec<Query> = if queries == "mutated" {
        corpus::mutated(&parties, nth)
    } else {
        corpus::queries(&queries)?.into_iter().step_by(nth).map(|(_, query)| query).collect()
    };
    let names = Names::of(&parties);
    let screener = Screener::build(parties.clone());
    let results: Vec<(usize, Vec<(usize, f64)>)> = queries
        .par_iter()
        .map(|query| {
            let expected = names.above_threshold(query);
            let found = by_index(&screener, query);
            let missed = expected.iter().filter(|(at, _)| !found.contains(at));
            (expected.len(), missed.map(|(at, score)| (*at, *score)).collect())
        })
        .collect();
    let expected: usize = results.iter().map(|(expected, _)| expected).sum();
    let missed: usize = results.iter().map(|(_, missed)| missed.len()).sum();
    for (query, (_, missed)) in queries.iter().zip(&results) {
        for (at, score) in missed {
            let caption = parties.get(*at).map_or("", Party::caption);
            println!("missed at {score:.3}: {} / {caption}", query.name);
        }
    }
    println!(
        "{} queries; {expected} hits by comparing with every name, {missed} of them missed by the index: recall {:.3} %",
        queries.len(),
        100.0 - 100.0 * missed as f64 / expected.max(1) as f64
    );
    Ok(())
}

fn by_index(screener: &Screener, query: &Query) -> BTreeSet<usize> {
    // The index must find what it is asked for at the threshold itself; caps for weak aliases and other scripts come after.
    let options = Options { limit: usize::MAX, threshold: THRESHOLD - 0.05, ..Options::default() };
    let ruled_out = screener.ruled_out(query, &options);
    screener.screen(query, &options).iter().chain(&ruled_out).map(|found| found.index).collect()
}

/// Every name, worked out, with its party.
struct Names(Vec<(usize, Schema, Name)>);

impl Names {
    fn of(parties: &[Party]) -> Names {
        let all = parties.par_iter().enumerate().flat_map_iter(|(at, party)| {
            party.names.iter().flat_map(move |listed| {
                variants(&listed.text)
                    .into_iter()
                    .map(move |text| (at, party.schema, Name::new(&text, kind(party.schema))))
            })
        });
        Names(all.collect())
    }

    fn above_threshold(&self, query: &Query) -> BTreeMap<usize, f64> {
        let schema = query.schema.unwrap_or_default();
        let kind = kind(schema);
        let asked = Name::new(&query.name, kind);
        let asked: Vec<&Word> = asked.words.iter().collect();
        let mut best = BTreeMap::new();
        for (at, of, name) in &self.0 {
            if !alike(*of, schema) {
                continue;
            }
            let score = score(&asked, &name.words.iter().collect::<Vec<_>>(), kind).score;
            if score >= THRESHOLD {
                let known = best.entry(*at).or_insert(score);
                *known = score.max(*known);
            }
        }
        best
    }
}

/// Whether parties of the two kinds stand in one part of the index.
fn alike(one: Schema, other: Schema) -> bool {
    kind(one) == kind(other) && (one == Schema::LegalEntity) == (other == Schema::LegalEntity)
}

fn kind(schema: Schema) -> Kind {
    match schema {
        Schema::Person => Kind::Person,
        Schema::Vessel | Schema::Airplane => Kind::Craft,
        _ => Kind::Organisation,
    }
}
