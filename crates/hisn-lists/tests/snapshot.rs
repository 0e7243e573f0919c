//! The bundled snapshot: what it must hold, and that it can be made again from the repository.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use hisn_lists::{
    Freshness, ImportDay, ImportRules, ListFile, Party, Snapshot, SnapshotError, build, bundled, catalogue,
    diff, health, import, read_files, shrinks,
};

fn snapshot() -> &'static Snapshot {
    static READ: OnceLock<Snapshot> = OnceLock::new();
    READ.get_or_init(|| Snapshot::read(bundled()).unwrap())
}

fn party<'a>(snapshot: &'a Snapshot, id: &str) -> &'a Party {
    snapshot.parties.iter().find(|party| party.id == id).unwrap_or_else(|| panic!("no party has the id {id}"))
}

/// The same files make the same snapshot, and it is the one that is bundled.
#[test]
fn it_is_made_from_the_repository() {
    let built = build::default(Path::new("../../data/lists")).unwrap();
    assert!(
        built.snapshot == *snapshot(),
        "run the example build_snapshot: the bundled snapshot is out of date"
    );
    assert!(built.snapshot.write().unwrap() == bundled(), "the same parties make the same bytes");
    let unheard = built.warnings.iter().filter(|(file, _)| file == "corrections").count();
    assert_eq!(unheard, 0, "a correction found nothing to correct");
}

#[test]
fn it_survives_being_written() {
    let snapshot = snapshot();
    let few: Vec<Party> = snapshot.parties.iter().rev().take(300).cloned().collect();
    let made = |parties: Vec<Party>| {
        Snapshot::new(parties, snapshot.manifest.made_from.clone(), |_| ("2026-07-31".parse().unwrap(), 7))
    };
    let written = made(few.clone()).write().unwrap();
    assert!(Snapshot::read(&written).unwrap() == made(few.clone()));
    let backwards: Vec<Party> = few.into_iter().rev().collect();
    assert!(
        made(backwards).write().unwrap() == written,
        "the order in which parties come makes no difference"
    );
    let mut ids: Vec<&str> = snapshot.parties.iter().map(|party| party.id.as_str()).collect();
    assert!(ids.is_sorted());
    ids.dedup();
    assert_eq!(ids.len(), snapshot.parties.len(), "an id stands for one party");
}

/// No row of the publication is lost: each is a party, or is counted in `also_in` of the party that it went into.
#[test]
fn every_published_row_is_there() {
    let snapshot = snapshot();
    let mut rows: BTreeMap<&str, usize> = BTreeMap::new();
    for party in &snapshot.parties {
        let repeated = party.also_in.iter().filter(|source| **source == party.source).count();
        let only_in = party.raw.get("only_in").map(String::as_str).unwrap_or_default();
        let published = !only_in.starts_with("us-ecfr/") && !only_in.starts_with("hisn/");
        *rows.entry(&party.source).or_default() += usize::from(published) + repeated;
    }
    for list in snapshot.manifest.lists.iter().filter(|list| list.rows > 0) {
        assert_eq!(rows[list.source.as_str()], list.rows, "{}", list.source);
    }
    let published: usize = snapshot.manifest.lists.iter().map(|list| list.rows).sum();
    assert_eq!(published, 25_921);
    assert_eq!((rows["un/SC"], rows["us-csl/MIEU"]), (1003, 13));
}

#[test]
fn what_it_holds() {
    let lists = &snapshot().manifest.lists;
    let lines = lists.iter().map(|list| {
        format!("{:12} {:5} of {:5} rows, {}", list.source, list.entries, list.rows, list.version)
    });
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"));
    for list in lists {
        assert!(catalogue().by_source(&list.source).is_some(), "{} is not in the catalogue", list.source);
    }
}

#[test]
fn every_entry_is_whole() {
    for party in &snapshot().parties {
        assert!(
            !party.names.is_empty() && party.names.iter().all(|name| !name.text.trim().is_empty()),
            "{party:?}"
        );
        assert!(
            party.countries.is_sorted() && party.countries.iter().all(|code| code.len() == 2),
            "{party:?}"
        );
        assert!(
            party.listed_to.is_none_or(|to| party.listed_from.is_none_or(|from| from <= to)),
            "{party:?}"
        );
        let entity_list = party.source == "us-csl/EL";
        assert!(!entity_list || party.listed_from.is_some(), "{} has no day", party.id);
        assert!(
            !entity_list || party.citation.as_ref().is_some_and(|citation| citation.contains(" FR ")),
            "{}",
            party.id
        );
        assert!(!party.raw.contains_key("split"), "{}", party.id);
    }
}

#[test]
fn parties_that_matter() {
    let snapshot = snapshot();
    for id in [
        "us-el-nso-group",
        "us-el-dahua-technology",
        "us-el-suzhou-keda-technology-co-ltd",
        "us-el-204th-research-institute",
        "us-el-sandvine-incorporated",
        "us-mieu-reconnaissance-general-bureau",
        "us-sdn-48059",
        "un-cdi-001",
    ] {
        insta::assert_json_snapshot!(id, party(snapshot, id));
    }
}

#[test]
fn corrections_count_and_show() {
    let snapshot = snapshot();
    let on = |id: &str| {
        let party = party(snapshot, id);
        (
            party.listed_from.unwrap().to_string(),
            party.citation.clone().unwrap_or_default(),
            party.raw.contains_key("correction"),
        )
    };
    for (id, day, citation) in [
        ("us-el-nso-group", "2021-11-04", "86 FR 60759"),
        ("us-el-candiru", "2021-11-04", "86 FR 60759"),
        ("us-el-intellexa-s-a", "2023-07-18", "88 FR 46072"),
        ("us-el-cytrox-ad", "2023-07-18", "88 FR 46072"),
        ("us-el-nicaraguan-national-police-nnp", "2023-03-28", "88 FR 18985"),
        ("us-el-sandvine-incorporated", "2024-02-27", "89 FR 14403"),
        ("us-sdn-48059", "2024-03-05", ""),
        ("us-sdn-50542", "2024-09-16", ""),
        ("us-sdn-29159", "2020-07-09", ""),
        ("us-sdn-29299", "2020-07-31", ""),
    ] {
        assert_eq!(on(id), (day.to_owned(), citation.to_owned(), true), "{id}");
    }
    let footnote = |id: &str| party(snapshot, id).footnotes[0].from.map(|day| day.to_string());
    assert_eq!(footnote("us-el-dahua-technology").as_deref(), Some("2022-10-21"));
    assert_eq!(footnote("us-el-inspur-group-co-ltd"), None, "it came with the entry");
    let sandvine = party(snapshot, "us-el-sandvine-incorporated");
    assert_eq!(sandvine.countries, ["AE", "CA", "IN", "JP", "MY", "SE"]);
    assert!(
        sandvine.stands_on("2024-10-20".parse().unwrap())
            && !sandvine.stands_on("2024-10-21".parse().unwrap())
    );
}

/// An SDN entry has its births, numbers and addresses from the office's own files.
#[test]
fn sdn_entries_are_enriched() {
    let snapshot = snapshot();
    let dilian = party(snapshot, "us-sdn-48060");
    assert_eq!(
        (dilian.birth_dates[0].as_str(), dilian.identifiers[0].value.as_str()),
        ("1961-08-21", "22540627")
    );
    let with = |has: fn(&Party) -> bool| {
        snapshot.parties.iter().filter(|party| party.source == "us-csl/SDN" && has(party)).count()
    };
    assert!(with(|party| !party.birth_dates.is_empty()) > 6000);
    assert!(with(|party| !party.addresses.is_empty()) > 15_000);
    assert!(with(|party| !party.identifiers.is_empty()) > 9000);
}

#[test]
fn a_damaged_snapshot_is_refused() {
    let good = hisn_lists::unpack(bundled()).unwrap();
    let mut altered = good.clone();
    let at = good.windows(11).position(|part| part == b"\"NSO Group\"").unwrap();
    altered[at + 1] = b'M';
    let missing =
        good[..good[..good.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap() + 1].to_vec();
    for bytes in [altered, missing] {
        assert!(matches!(Snapshot::read(&bytes), Err(SnapshotError::Digest { .. })));
    }
    let message = |bytes: &[u8]| Snapshot::read(bytes).unwrap_err().to_string();
    let newer = String::from_utf8(good[..200].to_vec()).unwrap().replace("hisn.lists/1", "hisn.lists/9");
    let newer = format!("{}\"}}", newer.split(",\"").next().unwrap().trim_end_matches('"'));
    assert!(
        message(newer.as_bytes()).starts_with("the snapshot is in form \"hisn.lists/9\""),
        "{}",
        message(newer.as_bytes())
    );
    assert!(message(&good[..300]).contains("no manifest"));
    assert!(message(b"").contains("empty"));
    assert!(message(&bundled()[..1000]).contains("cannot unpack"));
    let cut = &good[..good.len() - 20];
    assert!(message(cut).contains("is no party"), "{}", message(cut));
}

#[test]
fn lists_age() {
    let manifest = &snapshot().manifest;
    let on = |day: &str| -> BTreeMap<String, (i32, Freshness)> {
        let lists = health(manifest, day.parse().unwrap());
        lists.into_iter().map(|list| (list.source, (list.age_days, list.freshness))).collect()
    };
    assert_eq!(on("2026-08-30")["us-csl/EL"], (30, Freshness::Fresh));
    assert_eq!(on("2026-08-31")["us-csl/EL"], (31, Freshness::Stale));
    assert_eq!(on("2026-08-31")["un/SC"], (185, Freshness::Stale));
    assert_eq!(on("2026-07-01")["us-csl/EL"], (-30, Freshness::Fresh));
}

#[test]
fn a_list_that_shrinks_is_noticed() {
    let old = &snapshot().manifest;
    assert!(shrinks(old, old).is_empty());
    let mut new = old.clone();
    let list = |source: &str| old.lists.iter().position(|list| list.source == source).unwrap();
    new.lists[list("us-csl/EL")].entries = old.lists[list("us-csl/EL")].entries * 95 / 100 + 1;
    assert!(shrinks(old, &new).is_empty());
    new.lists[list("us-csl/UVL")].entries = 180;
    new.lists.remove(list("us-csl/CAP"));
    let lost: Vec<_> = shrinks(old, &new).into_iter().map(|list| (list.source, list.after)).collect();
    assert_eq!(lost, [("us-csl/CAP".to_owned(), 0), ("us-csl/UVL".to_owned(), 180)]);
}

#[test]
fn a_diff_tells_what_changed() {
    let old = &snapshot().parties;
    let mut new = old.clone();
    assert!(diff(old, &new).lists.iter().all(|list| list.changed.is_empty() && list.added.is_empty()));
    new.retain(|party| party.id != "us-el-candiru");
    let nso = new.iter_mut().find(|party| party.id == "us-el-nso-group").unwrap();
    nso.review_policy = Some("Case-by-case review".into());
    nso.legal_effect = nso.legal_effect.as_ref().map(|text| format!("{} .", text.to_uppercase()));
    let list = diff(old, &new).lists.into_iter().find(|list| list.source == "us-csl/EL").unwrap();
    insta::assert_json_snapshot!(serde_json::json!({"removed": list.removed, "changed": list.changed}));
}

/// A newer file takes the place of its lists, corrected like the bundled ones; a file cut short is held back.
#[test]
fn a_file_is_put_into_a_snapshot() {
    let base = snapshot();
    let day = ImportDay::Stated("2026-09-01".parse().unwrap());
    let rules = ImportRules { day, only: &[], accept_shrink: &[] };
    let read = |name: &str, bytes: &[u8]| read_files(&[ListFile { name, bytes }]).unwrap();
    let file = std::fs::read("../../data/lists/sources/ecfr_part-744_2026-07-23.xml.zst").unwrap();
    let put = import(base, read("part-744.xml.zst", &file), &rules).unwrap();
    assert_eq!(put.sources, ["us-csl/EL", "us-csl/MEU", "us-csl/UVL"]);
    let nso = party(&put.snapshot, "us-el-nso-group");
    assert_eq!(nso.citation.as_deref(), Some("86 FR 60759"));
    assert!(put.snapshot.parties.iter().any(|party| party.id == "us-el-sandvine-incorporated"));
    assert!(
        put.snapshot.parties.iter().all(|party| !party.id.is_empty() && !party.raw.contains_key("split"))
    );
    let cut = std::fs::read("tests/data/ecfr_pitfalls.xml").unwrap();
    let refused = import(base, read("cut.xml", &cut), &rules).unwrap_err().to_string();
    assert!(refused.starts_with("us-csl/EL would shrink from"), "{refused}");
}

/// Of renewed lists and those of a newer program, each list is the newer copy.
#[test]
fn the_newer_copy_of_every_list() {
    let list = |source: &str, names: &[&str]| {
        names
            .iter()
            .map(|name| Party {
                id: format!("{source}-{name}"),
                source: source.to_owned(),
                names: vec![hisn_lists::Name { text: (*name).to_owned(), ..Default::default() }],
                ..Default::default()
            })
            .collect::<Vec<_>>()
    };
    let snapshot = |lists: [(&str, &[&str], &str); 2]| {
        let parties = lists.iter().flat_map(|(source, names, _)| list(source, names)).collect();
        Snapshot::new(parties, Vec::new(), |source| {
            (lists.iter().find(|(known, ..)| *known == source).unwrap().2.parse().unwrap(), 0)
        })
    };
    let old = snapshot([("a", &["A1"], "2026-01-01"), ("b", &["B1", "B2"], "2026-03-01")]);
    let new = snapshot([("a", &["A1", "A2"], "2026-02-01"), ("c", &["C1"], "2026-02-01")]);
    assert!(!old.manifest.covers(&new.manifest) && !new.manifest.covers(&old.manifest));
    for joined in [Snapshot::newest(old.clone(), new.clone()), Snapshot::newest(new.clone(), old.clone())] {
        let names: Vec<&str> = joined.parties.iter().map(Party::caption).collect();
        assert_eq!(names, ["A1", "A2", "B1", "B2", "C1"]);
        assert!(joined.manifest.covers(&old.manifest) && joined.manifest.covers(&new.manifest));
        assert!(Snapshot::read(&joined.write().unwrap()).unwrap() == joined);
    }
    let manifest = hisn_lists::Manifest::read(bundled()).unwrap();
    assert!(manifest == snapshot_manifest(), "the first line alone says what the whole says");
    assert!(hisn_lists::Manifest::read(b"{}").is_err() && hisn_lists::Manifest::read(b"").is_err());
}

fn snapshot_manifest() -> hisn_lists::Manifest {
    snapshot().manifest.clone()
}
