//! The cost of building the index and of screening one name, over synthetic parties of several kinds.
//!
//! Names are made from syllables by a fixed rule, so that every run measures the same.

use criterion::{Criterion, criterion_group, criterion_main};
use hisn_lists::{Name, Party, Schema};
use hisn_screening::{Options, Query, Screener};

const SYLLABLES: [&str; 24] = [
    "ka", "mi", "ro", "sha", "ve", "lin", "zor", "bek", "dar", "fi", "gul", "han", "jon", "kov", "mar",
    "nad", "pet", "rah", "sel", "tim", "ul", "vas", "yar", "zan",
];
const COMMON: [&str; 8] =
    ["Trading", "Technology", "Plant", "Group", "Shipping", "Research", "Institute", "Bank"];

/// A number that looks random, from a fixed start.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn word(&mut self) -> String {
        (0..2 + self.roll(2)).map(|_| SYLLABLES[self.roll(SYLLABLES.len())]).collect()
    }
}

fn parties(count: usize) -> Vec<Party> {
    let mut dice = Dice(7);
    (0..count)
        .map(|at| {
            let person = at % 2 == 0;
            let text = if person {
                format!("{}, {} {}", dice.word(), dice.word(), dice.word())
            } else {
                format!("{} {} {} Co., Ltd.", dice.word(), dice.word(), COMMON[dice.roll(COMMON.len())])
            };
            Party {
                id: format!("{at:07}"),
                schema: if person { Schema::Person } else { Schema::Company },
                names: vec![Name { text, ..Name::default() }],
                ..Party::default()
            }
        })
        .collect()
}

fn bench(criterion: &mut Criterion) {
    let listed = parties(50_000);
    criterion.benchmark_group("index").sample_size(10).bench_function("build 50,000 parties", |bencher| {
        bencher.iter_with_setup(|| listed.clone(), Screener::build);
    });
    let screener = Screener::build(listed);
    let mut dice = Dice(11);
    let queries: Vec<Query> = (0..4096)
        .map(|_| Query {
            name: format!("{} {}", dice.word(), dice.word()),
            schema: Some(Schema::Person),
            ..Query::default()
        })
        .collect();
    let mut next = queries.iter().cycle();
    criterion.bench_function("screen a person", |bencher| {
        bencher.iter(|| next.next().map(|query| screener.screen(query, &Options::default())));
    });
}

criterion_group!(benches, bench);
criterion_main!(benches);
