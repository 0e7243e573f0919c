//! A small state with a law of its own, and cases under it.
#![allow(dead_code)] // each test file uses its part

use std::collections::BTreeMap;

use hisn_law::case::{Item, Listing, Party};
use hisn_law::{Case, Classification, Code, Given, Law, PackSource, Role, Subject, Truth};

pub fn base() -> PackSource {
    let files = [
        ("pack.toml", include_str!("../base/pack.toml")),
        ("base.law", include_str!("../base/base.law")),
        ("tables/places.csv", include_str!("../base/tables/places.csv")),
        ("tables/entries.csv", include_str!("../base/tables/entries.csv")),
        ("tables/controls.csv", include_str!("../base/tables/controls.csv")),
    ];
    let files: BTreeMap<String, String> = files.map(|(name, text)| (name.to_owned(), text.to_owned())).into();
    PackSource { files, prefix: String::new() }
}

/// The base law and one more file.
pub fn law_with(more: &str) -> Law {
    let mut source = base();
    source.files.insert("more.law".into(), more.into());
    match Law::build(&[source]) {
        Ok(law) => law,
        Err(errors) => panic!("{errors}"),
    }
}

pub fn case(law: &Law, code: &str, to: &str, facts: &[(&str, Given<'_>)]) -> Case {
    let vocabulary = law.vocabulary();
    let mut row = vocabulary.blank(Subject::Transaction);
    let mut item = vocabulary.blank(Subject::Item);
    for (name, value) in [("action", Given::Text("export")), ("to", Given::Text(to))].iter().chain(facts) {
        match (vocabulary.find(Subject::Transaction, name), vocabulary.find(Subject::Item, name)) {
            (Some(id), _) => vocabulary.put(&mut row, id, value).unwrap(),
            (_, Some(id)) => vocabulary.put(&mut item, id, value).unwrap(),
            _ => panic!("no fact {name}"),
        }
    }
    let codes =
        Code::parse(code).map(|code| (String::new(), Classification::Code(code))).into_iter().collect();
    Case {
        date: "2022-06-01".parse().unwrap(),
        facts: row,
        item: Item { codes, facts: item, ..Item::default() },
        parties: Vec::new(),
        roles: [None; hisn_law::case::ROLES],
    }
}

pub fn party(law: &Law, role: Role, facts: &[(&str, Given<'_>)]) -> Party {
    let vocabulary = law.vocabulary();
    let mut row = vocabulary.blank(Subject::Party);
    for (name, value) in [("role", Given::Text(role.word()))].iter().chain(facts) {
        vocabulary.put(&mut row, vocabulary.find(Subject::Party, name).unwrap(), value).unwrap();
    }
    Party { name: "Somebody".into(), path: role.path(), facts: row, ..Party::default() }
}

pub fn listing(law: &Law, list: &str, presence: Truth) -> Listing {
    let vocabulary = law.vocabulary();
    let mut row = vocabulary.blank(Subject::Listing);
    vocabulary.put(&mut row, vocabulary.find(Subject::Listing, "list").unwrap(), &Given::Text(list)).unwrap();
    Listing {
        id: format!("{list}-1"),
        caption: "Listed One".into(),
        presence,
        citation: Some("Notice 7".into()),
        facts: row,
    }
}

/// Adds a party to a case in its role.
pub fn join(case: &mut Case, role: Role, party: Party) {
    case.roles[role as usize] = Some(case.parties.len());
    case.parties.push(party);
}
