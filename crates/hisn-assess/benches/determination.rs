//! How long the law takes for one order: the outcome alone, and the whole answer with its explanation.
//!
//! `cargo bench -p hisn-assess`. The orders are scenarios of the US pack, prepared as cases beforehand: what is measured is the
//! law, not the reading or the screening.

use criterion::{Criterion, criterion_group, criterion_main};
use hisn_assess::{Assessor, Lists, bundled_packs, law_with, order_vocabulary};
use hisn_law::{Case, Evaluator};
use hisn_lists::Snapshot;
use hisn_orders::{Context, CountryCode, read_toml};

/// The allocator of the `hisn` command.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Scenarios that differ in what decides them.
const ORDERS: [(&str, &str); 5] = [
    ("exception_closed", "us-01b"),
    ("exception_open", "us-02"),
    ("needs_information", "us-34"),
    ("listed_party", "us-11b"),
    ("free", "us-27b"),
];

fn determination(criterion: &mut Criterion) {
    let law = law_with(Vec::new()).expect("the bundled law is sound");
    let lists = Lists::new(Snapshot::read(hisn_lists::bundled()).expect("the bundled lists are sound"));
    let assessor = Assessor::new(&law, &lists);
    let vocabulary = order_vocabulary(&law);
    let context = Context { vocabulary: &vocabulary, countries: &CountryCode::parse };
    let today = "2026-01-01".parse().expect("a date");
    let packs = bundled_packs();
    let us = packs.iter().find(|pack| pack.prefix == "law/us/").expect("the US pack");
    let cases: Vec<(&str, Case)> = ORDERS
        .iter()
        .map(|(name, file)| {
            let text = &us.files[&format!("scenarios/{file}.toml")];
            let order = read_toml(file, text.as_bytes(), &context).expect("a scenario").transaction;
            (*name, assessor.cases(&order, today).remove(0))
        })
        .collect();
    let mut evaluator = Evaluator::new(&law);
    let mut group = criterion.benchmark_group("outcome, all packs");
    for (name, case) in &cases {
        group.bench_function(*name, |bench| {
            bench.iter(|| law.packs().map(|pack| evaluator.outcome(pack, case)).max());
        });
    }
    group.finish();
    let mut group = criterion.benchmark_group("answer with explanation, all packs");
    for (name, case) in &cases {
        group.bench_function(*name, |bench| {
            bench.iter(|| law.packs().map(|pack| evaluator.determine(pack, case)).collect::<Vec<_>>());
        });
    }
    group.finish();
}

criterion_group!(benches, determination);
criterion_main!(benches);
