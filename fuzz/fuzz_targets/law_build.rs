//! Packs: a small pack that is right, and the input beside it, once as a law file and once as a table. Building tells
//! what is wrong or makes a law; a law that was made can be shown and evaluated.
#![no_main]

use std::sync::LazyLock;

use hisn_law::case::{Item, Listing, Party, ROLES};
use hisn_law::{
    Case, Classification, Code, Evaluator, Given, Law, PackSource, Role, Subject, Truth, show_rule,
};
use jiff::civil::date;
use libfuzzer_sys::fuzz_target;

static BASE: LazyLock<PackSource> = LazyLock::new(|| {
    let files = [
        ("pack.toml", include_str!("../../crates/hisn-law/tests/base/pack.toml")),
        ("base.law", include_str!("../../crates/hisn-law/tests/base/base.law")),
        ("tables/places.csv", include_str!("../../crates/hisn-law/tests/base/tables/places.csv")),
        ("tables/entries.csv", include_str!("../../crates/hisn-law/tests/base/tables/entries.csv")),
        ("tables/controls.csv", include_str!("../../crates/hisn-law/tests/base/tables/controls.csv")),
    ];
    let files = files.map(|(name, text)| (name.to_owned(), text.to_owned())).into();
    PackSource { files, prefix: String::new() }
});

fuzz_target!(|text: &str| {
    for file in ["more.law", "tables/more.csv"] {
        let mut source = BASE.clone();
        source.files.insert(file.to_owned(), text.to_owned());
        match Law::build(&[source]) {
            Ok(law) => evaluate(&law),
            Err(errors) => {
                assert!(!errors.0.is_empty() && !errors.to_string().is_empty());
                assert!(errors.0.iter().all(|error| error.line > 0 && error.column > 0), "{errors}");
            }
        }
    }
});

fn evaluate(law: &Law) {
    let mut evaluator = Evaluator::new(law);
    let cases = [blank(law), listed(law)];
    for pack in law.packs() {
        for case in &cases {
            let outcome = evaluator.outcome(pack, case);
            let determination = evaluator.determine(pack, case);
            assert_eq!(outcome, determination.outcome, "both ways of evaluating agree");
        }
        for rule in pack.rules() {
            let _ = show_rule(pack, rule.id(), date(2022, 6, 1));
        }
    }
}

/// A case of which nothing is known.
fn blank(law: &Law) -> Case {
    let vocabulary = law.vocabulary();
    Case {
        date: date(2022, 6, 1),
        facts: vocabulary.blank(Subject::Transaction),
        item: Item { facts: vocabulary.blank(Subject::Item), ..Item::default() },
        parties: Vec::new(),
        roles: [None; ROLES],
    }
}

/// A case with an item of the table and an end user who may be on a list.
fn listed(law: &Law) -> Case {
    let vocabulary = law.vocabulary();
    let mut case = blank(law);
    put(law, &mut case.facts, Subject::Transaction, "to", "XC");
    case.item.codes.extend(Code::parse("1A1.j").map(|code| (String::new(), Classification::Code(code))));
    let mut facts = vocabulary.blank(Subject::Listing);
    put(law, &mut facts, Subject::Listing, "list", "L");
    let listing = Listing {
        id: "L-1".into(),
        caption: "Listed One".into(),
        presence: Truth::Unknown,
        citation: None,
        facts,
    };
    let mut facts = vocabulary.blank(Subject::Party);
    put(law, &mut facts, Subject::Party, "role", Role::EndUser.word());
    let party = Party {
        name: "Somebody".into(),
        path: Role::EndUser.path(),
        facts,
        listings: vec![listing],
        ..Party::default()
    };
    case.roles[Role::EndUser as usize] = Some(0);
    case.parties.push(party);
    case
}

fn put(law: &Law, row: &mut [hisn_law::Value], subject: Subject, name: &str, word: &str) {
    if let Some(id) = law.vocabulary().find(subject, name) {
        let _ = law.vocabulary().put(row, id, &Given::Text(word));
    }
}
