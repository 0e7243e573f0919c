//! What must hold of every order: more that speaks against it never makes the answer freer, and the same order gives the same
//! bytes.

use std::sync::OnceLock;

use hisn_assess::{Assessor, Lists, law_with};
use hisn_law::{Coverage, Evaluator, Law, Outcome};
use hisn_lists::Snapshot;
use hisn_orders::{Classification, CountryCode, FactValue, Item, Owner, Party, Role, Transaction};
use proptest::prelude::*;

/// Companies that stand on a list with effect on every day of the generated orders, by name and country.
const LISTED: [(&str, &str); 2] = [("Candiru", "IL"), ("NSO Group", "IL")];
/// Destinations of the strictest country groups.
const EMBARGOED: [&str; 4] = ["CU", "IR", "KP", "SY"];

fn engines() -> &'static (Law, Lists) {
    static ENGINES: OnceLock<(Law, Lists)> = OnceLock::new();
    ENGINES.get_or_init(|| {
        let law = law_with(Vec::new()).unwrap();
        (law, Lists::new(Snapshot::read(hisn_lists::bundled()).unwrap()))
    })
}

fn outcome(order: &Transaction) -> Outcome {
    let (law, lists) = engines();
    Assessor::new(law, lists).assess(order, "2026-01-01".parse().unwrap()).outcome
}

fn party(role: Role, name: &str, country: &str, kind: Option<&str>) -> Party {
    let mut party: Party = serde_json::from_value(serde_json::json!({ "role": role, "name": name })).unwrap();
    party.country = CountryCode::parse(country);
    party.kind = kind.map(str::to_owned);
    party
}

prop_compose! {
    fn orders()(
        code in prop::sample::select(vec!["4D004", "5A001.j", "5A001.f.2", "5A001.f.1", "EAR99", "5A992.c", "3A981", "5A004.b", "5D001.e", "2B999"]),
        to in prop::sample::select(vec!["SA", "CN", "DE", "IL", "AE", "MX", "IN", "GB", "BR", "LY", "RU", "KR", "CA", "AQ"]),
        kind in prop::option::of(prop::sample::select(vec!["company", "bank", "police", "government", "telecom-operator", "us-subsidiary"])),
        misuse in prop::option::of(any::<bool>()),
        days in 0i32..1500,
    ) -> Transaction {
        let first: jiff::civil::Date = "2021-12-01".parse().unwrap();
        let mut order = Transaction {
            date: first.checked_add(jiff::Span::new().days(days)).ok(),
            action: Some("export".into()),
            from: CountryCode::parse("US"),
            to: CountryCode::parse(to),
            items: vec![Item {
                name: Some("box".into()),
                classification: Classification::One(code.into()),
                origin: CountryCode::parse("US"),
                ..Item::default()
            }],
            parties: vec![party(Role::EndUser, "Zyxwq Ltd", to, kind)],
            ..Transaction::default()
        };
        if let Some(misuse) = misuse {
            order.facts.insert("knows_unauthorized_use".into(), FactValue::Bool(misuse));
        }
        order
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_listed_party_never_loosens(order in orders(), which in 0usize..LISTED.len()) {
        let (name, country) = LISTED[which];
        let mut more = order.clone();
        more.parties.push(party(Role::IntermediateConsignee, name, country, Some("company")));
        prop_assert!(outcome(&more) >= outcome(&order));
        prop_assert!(outcome(&more) >= Outcome::LicenseRequired);
    }

    #[test]
    fn no_shortcut_changes_an_outcome(order in orders(), listed in prop::option::of(0usize..LISTED.len())) {
        let mut order = order;
        order.parties.extend(listed.map(|which| {
            party(Role::IntermediateConsignee, LISTED[which].0, LISTED[which].1, None)
        }));
        let (law, lists) = engines();
        let mut evaluator = Evaluator::new(law);
        for case in Assessor::new(law, lists).cases(&order, "2026-01-01".parse().unwrap()) {
            for pack in law.packs() {
                let every_limb = evaluator.cover(pack, &case, &mut Coverage::of(pack));
                prop_assert_eq!(evaluator.outcome(pack, &case), every_limb);
            }
        }
    }

    #[test]
    fn a_listed_owner_never_loosens(order in orders(), percent in 0.0f64..=100.0) {
        let mut more = order.clone();
        let (name, country) = LISTED[0];
        let owner = party(Role::Other, name, country, Some("company"));
        more.parties[0].owners.push(Owner { percent: Some(percent), party: owner });
        prop_assert!(outcome(&more) >= outcome(&order));
    }

    #[test]
    fn an_embargoed_destination_is_never_freer(order in orders(), which in 0usize..EMBARGOED.len()) {
        let mut more = order.clone();
        more.to = CountryCode::parse(EMBARGOED[which]);
        more.parties[0].country = more.to;
        prop_assert!(outcome(&more) >= outcome(&order), "{:?} to {:?}", order, more.to);
    }

    #[test]
    fn the_same_order_gives_the_same_bytes(order in orders()) {
        let (law, lists) = engines();
        let bytes = || serde_json::to_string(&Assessor::new(law, lists).assess(&order, "2026-01-01".parse().unwrap())).unwrap();
        prop_assert_eq!(bytes(), bytes());
    }
}
