//! How long it takes to have the bundled lists in memory: `cargo bench -p hisn-lists`.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use hisn_lists::{Snapshot, bundled};

fn read(c: &mut Criterion) {
    c.bench_function("read the bundled snapshot", |b| b.iter(|| Snapshot::read(black_box(bundled()))));
    c.bench_function("unpack the bundled snapshot", |b| b.iter(|| hisn_lists::unpack(black_box(bundled()))));
}

criterion_group!(benches, read);
criterion_main!(benches);
