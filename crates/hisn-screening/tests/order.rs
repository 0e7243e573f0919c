//! What an answer must not hang on: the order in which parties come, and how many threads build the index.

use std::collections::BTreeSet;

use hisn_lists::{Name, Party, Schema};
use hisn_screening::{Options, Query, Screener};
use proptest::prelude::*;

const WORDS: [&str; 12] = [
    "Ahmad", "Hassan", "Sergey", "Lavrov", "Kamal", "Tikriti", "Olga", "Barynova", "Zhang", "Wei", "Majid",
    "Kakavand",
];

fn parties() -> impl Strategy<Value = Vec<Party>> {
    let name =
        prop::collection::vec(prop::sample::select(&WORDS[..]), 1..4).prop_map(|words| words.join(" "));
    prop::collection::vec(prop::collection::vec(name, 1..3), 1..30).prop_map(|all| {
        let party = |(at, names): (usize, Vec<String>)| Party {
            id: format!("p-{at:02}"),
            schema: Schema::Person,
            names: names.into_iter().map(|text| Name { text, ..Name::default() }).collect(),
            ..Party::default()
        };
        all.into_iter().enumerate().map(party).collect()
    })
}

fn found(screener: &Screener, name: &str) -> BTreeSet<(String, u64)> {
    let query = Query { name: name.to_owned(), schema: Some(Schema::Person), ..Query::default() };
    let options = Options { limit: usize::MAX, ..Options::default() };
    let matches = screener.screen(&query, &options);
    matches.iter().map(|found| (screener.party(found.index).id.clone(), found.score.to_bits())).collect()
}

fn ids(found: &BTreeSet<(String, u64)>) -> BTreeSet<&str> {
    found.iter().map(|(id, _)| id.as_str()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_parties_changes_nothing(listed in parties(), turn in 0..30usize, asked in 0..30usize) {
        let name = listed[asked % listed.len()].names[0].text.clone();
        let mut turned = listed.clone();
        turned.rotate_left(turn % listed.len());
        turned.reverse();
        prop_assert_eq!(found(&Screener::build(listed), &name), found(&Screener::build(turned), &name));
    }

    #[test]
    fn the_number_of_threads_changes_nothing(listed in parties(), asked in 0..30usize) {
        let name = listed[asked % listed.len()].names[0].text.clone();
        let on = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
            pool.install(|| found(&Screener::build(listed.clone()), &name))
        };
        prop_assert_eq!(on(1), on(3));
    }

    #[test]
    fn more_parties_and_aliases_never_remove_a_candidate(
        listed in parties(), more in parties(), asked in 0..30usize, alias in 0..12usize,
    ) {
        let name = listed[asked % listed.len()].names[0].text.clone();
        let before = found(&Screener::build(listed.clone()), &name);
        let mut larger = listed;
        for party in &mut larger {
            party.names.push(Name { text: format!("{} {}", WORDS[alias], WORDS[(alias + 5) % 12]), ..Name::default() });
        }
        larger.extend(more.into_iter().map(|party| Party { id: format!("more-{}", party.id), ..party }));
        let after = found(&Screener::build(larger), &name);
        prop_assert!(ids(&before).is_subset(&ids(&after)), "{name}: {before:?} / {after:?}");
    }
}
