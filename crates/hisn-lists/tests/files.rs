//! Files that are read together, and FollowTheMoney entities. `ftm.jsonl` is written by hand.

use hisn_lists::{ListFile, NameKind, Party, Schema, read_files, unpack};

fn data(file: &str) -> Vec<u8> {
    std::fs::read(format!("tests/data/{file}")).unwrap()
}

fn source(file: &str) -> Vec<u8> {
    unpack(&std::fs::read(format!("../../data/lists/sources/{file}")).unwrap()).unwrap()
}

fn of<'a>(parties: &'a [Party], id: &str) -> &'a Party {
    parties.iter().find(|party| party.id == id).unwrap_or_else(|| panic!("no party has the id {id}"))
}

#[test]
fn follow_the_money() {
    let bytes = data("ftm.jsonl");
    let read = read_files(&[ListFile { name: "entities.ftm.json", bytes: &bytes }]).unwrap();
    assert_eq!(read.parties.len(), 2);
    let company = of(&read.parties, "NK-1");
    let names: Vec<_> = company.names.iter().map(|name| (name.text.as_str(), name.kind)).collect();
    assert_eq!(
        names,
        [
            ("Example Trading FZE", NameKind::Primary),
            ("Example Trading", NameKind::Alias),
            ("مثال للتجارة", NameKind::Alias),
            ("ETF", NameKind::Weak),
            ("Example Trade", NameKind::Alias),
        ]
    );
    assert_eq!(
        (company.source.as_str(), company.also_in[0].as_str()),
        ("ftm/made_up_list", "ftm/second_list")
    );
    assert_eq!((company.schema, company.countries.clone()), (Schema::Company, vec!["AE".to_owned()]));
    let numbers: Vec<&str> = company.identifiers.iter().map(|id| id.value.as_str()).collect();
    assert_eq!(numbers, ["A-77", "CN-1234"]);
    assert_eq!(company.programs, ["TEST-PROGRAM"]);
    assert_eq!(company.listed_from.unwrap().to_string(), "2021-03-04");
    assert_eq!(
        (company.addresses[0].text.as_str(), company.addresses[0].country.as_deref()),
        ("1 Example Road, Dubai", Some("AE"))
    );
    assert_eq!(
        (company.raw["topics"].as_str(), company.raw["sanction.reason"].as_str()),
        ("sanction", "A hand-written fixture")
    );
    let person = of(&read.parties, "p-2");
    assert_eq!((person.caption(), person.schema), ("Ann Exampleson", Schema::Person));
    assert_eq!(
        (person.birth_dates.clone(), person.raw["birth_date"].as_str()),
        (vec!["1970-05".to_owned()], "unknown")
    );
    assert_eq!(person.raw["country"], "suhh");
    assert_eq!(
        (person.identifiers[1].value.as_str(), person.identifiers[1].country.as_deref()),
        ("P2", Some("IR"))
    );
    assert_eq!(person.listed_from.unwrap().to_string(), "2020-01-02");
    // Nothing is lost silently.
    assert_eq!(read.left_out, 1);
    let told = read.warnings.iter().map(|(_, warning)| warning.to_string()).collect::<Vec<_>>().join("\n");
    assert!(told.contains("line 7: Person p-3: an entity without a name was left out"), "{told}");
    assert!(told.contains("line 6: 1 entities of Ownership name no party"), "{told}");
}

#[test]
fn a_damaged_line_is_named() {
    let mut bytes = data("ftm.jsonl");
    let at = bytes.windows(8).position(|part| part == b"\"addr-1\"").unwrap();
    bytes.truncate(bytes.iter().skip(at).position(|byte| *byte == b'\n').unwrap() + at + 80);
    let error = read_files(&[ListFile { name: "cut.jsonl", bytes: &bytes }]).unwrap_err().to_string();
    assert!(error.starts_with("cut.jsonl: line 2, column"), "{error}");
}

/// OFAC's files are joined whatever their order and names; each goes to the list that it speaks of.
#[test]
fn ofac_sets() {
    let parts = [
        ("b", source("cons_alt.csv.zst")),
        ("a", data("sdn_2024-05-01.csv")),
        ("c", data("alt.csv")),
        ("d", source("cons_comments.csv.zst")),
        ("e", data("add.csv")),
        ("f", source("cons_prim.csv.zst")),
        ("g", source("cons_add.csv.zst")),
    ];
    let files: Vec<ListFile<'_>> = parts.iter().map(|(name, bytes)| ListFile { name, bytes }).collect();
    let read = read_files(&files).unwrap();
    let airline = of(&read.parties, "us-sdn-36");
    assert_eq!(
        (airline.names[1].text.as_str(), airline.addresses[0].text.as_str()),
        ("AERO-CARIBBEAN", "Havana, Cuba")
    );
    let sberbank = of(&read.parties, "us-ssi-17018");
    assert!(
        sberbank.names.iter().any(|name| name.text == "SBERBANK MUMBAI"),
        "the remarks go on in another file"
    );
    assert!(!sberbank.addresses.is_empty());
    let alone = of(&read.parties, "us-plc-9639");
    assert!(alone.names.iter().any(|name| name.text == "HANIYA, Ismail"));
    let snapshot = read.into_snapshot("2026-01-02".parse().unwrap());
    assert_eq!(snapshot.manifest.lists.iter().find(|list| list.source == "us-csl/SSI").unwrap().entries, 286);

    let error = |files: &[ListFile<'_>]| read_files(files).unwrap_err().to_string();
    let alone = error(&files[..1]);
    assert!(alone.starts_with("b: these are OFAC's aliases without the list"), "{alone}");
    let twice = error(&[files[1], files[2], files[2]]);
    assert!(twice.contains("a second file of aliases"), "{twice}");
}

#[test]
fn a_file_given_twice_is_one_list() {
    let bytes = data("ftm.jsonl");
    let file = ListFile { name: "entities.ftm.json", bytes: &bytes };
    let read = read_files(&[file, file]).unwrap();
    assert_eq!(read.parties.len(), 2);
    assert!(
        read.warnings
            .iter()
            .any(|(_, warning)| warning.message.contains("2 entries stand in more than one place"))
    );
    let other = br#"{"id":"p-2","schema":"Person","properties":{"name":["Somebody Else"]}}"#;
    let read = read_files(&[file, ListFile { name: "other", bytes: other }]).unwrap();
    assert_eq!(of(&read.parties, "p-2-2").caption(), "Somebody Else");
}
