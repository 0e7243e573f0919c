//! How much of what comparing with every name finds the index finds too.
//!
//! usage: index_recall CORPUS.ftm.jsonl QUERIES.csv [EVERY_NTH_QUERY]

#[path = "corpus/mod.rs"]
mod corpus;

use std::collections::{BTreeMap, BTreeSet};

use hisn_lists::Schema;
use hisn_names::{Kind, Name, Word, score, variants};
use hisn_screening::{Options, Screener};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(path), Some(queries)) = (args.next(), args.next()) else {
        return Err("usage: index_recall CORPUS.ftm.jsonl QUERIES.csv [EVERY_NTH_QUERY]".into());
    };
    let nth = args.next().map_or(Ok(10), |text| text.parse())?;
    let parties = corpus::parties(&path)?;
    let screener = Screener::build(parties.clone());
    let kind = |schema| match schema {
        Schema::Person => Kind::Person,
        Schema::Vessel | Schema::Airplane => Kind::Craft,
        _ => Kind::Organisation,
    };
    let mut names: Vec<(usize, Kind, Name)> = Vec::new();
    for (at, party) in parties.iter().enumerate() {
        let kind = kind(party.schema);
        for listed in &party.names {
            names.extend(variants(&listed.text).iter().map(|text| (at, kind, Name::new(text, kind))));
        }
    }
    let (mut expected, mut missed) = (0, 0);
    for (_, query) in corpus::queries(&queries)?.into_iter().step_by(nth) {
        let kind = kind(query.schema.unwrap_or_default());
        let asked = Name::new(&query.name, kind);
        let asked: Vec<&Word> = asked.words.iter().collect();
        let exhaustive: BTreeMap<usize, f64> = names
            .iter()
            .filter(|(at, of, _)| {
                *of == kind && parties.get(*at).is_some_and(|party| Some(party.schema) == query.schema)
            })
            .map(|(at, _, name)| (*at, score(&asked, &name.words.iter().collect::<Vec<_>>(), kind).score))
            .filter(|(_, score)| *score >= 0.7)
            .fold(BTreeMap::new(), |mut best: BTreeMap<usize, f64>, (at, score)| {
                let known = best.entry(at).or_insert(score);
                *known = known.max(score);
                best
            });
        let options = Options { limit: usize::MAX, threshold: 0.65, ..Options::default() };
        let mut by_index: BTreeSet<usize> =
            screener.screen(&query, &options).iter().map(|found| found.index).collect();
        by_index.extend(screener.ruled_out(&query, &options).iter().map(|found| found.index));
        expected += exhaustive.len();
        for (at, score) in exhaustive.iter().filter(|(at, _)| !by_index.contains(at)) {
            missed += 1;
            println!(
                "missed at {score:.3}: {} / {}",
                query.name,
                parties.get(*at).map_or("", |party| party.caption())
            );
        }
    }
    println!("{expected} hits by comparing with every name, {missed} of them missed by the index");
    Ok(())
}
