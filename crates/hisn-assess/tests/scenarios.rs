//! The scenarios of every pack: what they expect holds, and evaluating every limb of every rule comes to the same.

use hisn_assess::{Assessor, Lists, Scenario, bundled_packs, law_with, order_vocabulary};
use hisn_law::{Coverage, Evaluator};
use hisn_lists::Snapshot;
use hisn_orders::{Context, CountryCode, read_toml};

#[test]
fn scenarios_hold_and_no_shortcut_changes_them() {
    let law = law_with(Vec::new()).unwrap();
    let lists = Lists::new(Snapshot::read(hisn_lists::bundled()).unwrap());
    let assessor = Assessor::new(&law, &lists);
    let vocabulary = order_vocabulary(&law);
    let context = Context { vocabulary: &vocabulary, countries: &CountryCode::parse };
    let today = "2026-01-01".parse().unwrap();
    let mut evaluator = Evaluator::new(&law);
    let mut count = 0;
    for source in bundled_packs() {
        let name = source.prefix.trim_start_matches("law/").trim_end_matches('/');
        let Some(pack) = law.pack(name) else { continue };
        for (file, text) in source.files.iter().filter(|(file, _)| file.starts_with("scenarios/")) {
            let scenario = Scenario::parse(text).unwrap();
            let order = read_toml(file, text.as_bytes(), &context).unwrap().transaction;
            let failures = scenario.failures(name, &assessor.assess(&order, today));
            assert!(failures.is_empty(), "{name} {file}: {failures:?}");
            for case in assessor.cases(&order, today) {
                let every_limb = evaluator.cover(pack, &case, &mut Coverage::of(pack));
                assert_eq!(evaluator.outcome(pack, &case), every_limb, "{name} {file}");
            }
            count += 1;
        }
    }
    assert!(count > 0, "no scenario was found");
}
