//! The reader of 15 CFR part 744 on real rows: every oddity of the file that has been seen.

use hisn_lists::readers::ecfr;
use hisn_lists::{NameKind, Party, Reading, diff};

fn read(file: &str) -> Reading {
    let bytes = std::fs::read(format!("tests/data/{file}")).unwrap();
    ecfr::read(&bytes).unwrap()
}

fn named<'a>(reading: &'a Reading, name: &str) -> &'a Party {
    reading
        .parties
        .iter()
        .find(|party| party.caption() == name)
        .unwrap_or_else(|| panic!("no party is named {name}"))
}

fn names(party: &Party) -> Vec<&str> {
    party.names.iter().map(|name| name.text.as_str()).collect()
}

fn addresses(party: &Party) -> Vec<&str> {
    party.addresses.iter().map(|address| address.text.as_str()).collect()
}

#[test]
fn a_plain_row() {
    let reading = read("ecfr_pitfalls.xml");
    let party = named(&reading, "NSO Group");
    assert_eq!(party.id, "us-el-nso-group");
    assert_eq!(party.source, "us-csl/EL");
    assert_eq!(addresses(party), ["22 Galgalei Haplada, Herzliya, Tel Aviv-Yafo, Israel 4672222"]);
    assert_eq!(party.countries, ["IL"]);
    assert_eq!(party.citation.as_deref(), Some("86 FR 60760"));
    assert_eq!(party.listed_from.unwrap().to_string(), "2021-11-04");
    assert_eq!(party.review_policy.as_deref(), Some("Presumption of denial"));
}

/// The country stands in the first row of its group, aliases stand behind dashes, `; and` may stand in italics.
#[test]
fn country_groups_and_alias_blocks() {
    let reading = read("ecfr_pitfalls.xml");
    let party = named(&reading, "Emal Bilal Construction Company (EBCC)");
    assert_eq!(names(party)[1..], ["Imal Bilal Road Construction Company", "Aimal and Balal Company"]);
    assert!(party.names[1..].iter().all(|name| name.kind == NameKind::Alias));
    assert_eq!(
        addresses(party),
        [
            "Kolola Pushta, Charahi Gul-e-Surkh, Kabul, Afghanistan",
            "Maidan Sahr, Hetefaq Market, Paktiya, Afghanistan"
        ]
    );
    assert_eq!(party.countries, ["AF"]);
}

/// "See alternate addresses under Pakistan" makes one party of rows in several countries.
#[test]
fn rows_of_several_countries_are_one_party() {
    let reading = read("ecfr_pitfalls.xml");
    let keda: Vec<_> =
        reading.parties.iter().filter(|party| party.caption().starts_with("Suzhou Keda")).collect();
    assert_eq!(keda.len(), 1);
    assert_eq!(keda[0].countries, ["CN", "KR", "NL", "PK", "SG", "TR"]);
    assert_eq!(named(&reading, "Abdul Satar Ghoura").countries, ["AF", "PK"]);
}

/// Rows without a requirement go on with the row above, and one entry can hold fourteen bodies.
#[test]
fn one_entry_of_fourteen_bodies() {
    let reading = read("ecfr_pitfalls.xml");
    let house = "China Aerospace Science and Industry Corporation Second Academy";
    let parts: Vec<_> = reading
        .parties
        .iter()
        .filter(|party| party.raw.get("part_of").is_some_and(|part| part == house))
        .collect();
    assert_eq!(parts.len(), 13);
    let first = named(&reading, "201 Research Institute");
    assert_eq!(
        names(first)[1..],
        ["Aerospace Science and Technology Defense Technology Research and Experimental Center"]
    );
    for party in parts.into_iter().chain([named(&reading, house)]) {
        assert_eq!(party.addresses.len(), 5, "the addresses of the house count for {}", party.caption());
        assert_eq!(party.citation.as_deref(), Some("83 FR 37427"));
    }
}

#[test]
fn affiliates_of_a_house() {
    let reading = read("ecfr_pitfalls.xml");
    let house = named(&reading, "Huawei Technologies Co., Ltd.");
    assert_eq!(names(house)[1..], ["Shenzhen Huawei Technologies", "Huawei Technology"]);
    assert_eq!(addresses(house)[0], "Bantian Huawei Base, Longgang District, Shenzhen, 518129, China");
    let affiliates =
        reading.parties.iter().filter(|party| party.raw.get("part_of") == Some(&house.caption().to_owned()));
    assert_eq!(affiliates.count(), 22);
    let marine = named(&reading, "Huawei Marine Networks Co., Ltd.");
    assert_eq!(
        names(marine)[1..],
        ["Huawei Marine", "HMN Technologies", "Huahai Zhihui Technology Co., Ltd.", "HMN Tech"]
    );
    let longshine = named(&reading, "Beijing Huawei Longshine Information Technology Co., Ltd.");
    assert_eq!(names(longshine)[1..], ["Beijing Huawei Longshine"]);
    assert!(addresses(longshine)[0].starts_with("Q80-3-25R"));
    let lab = named(&reading, "Huawei Technology Co., Ltd. Chengdu Research Institute");
    assert!(addresses(lab)[0].starts_with("No. 1899"));
}

#[test]
fn subordinate_bodies_in_the_head_of_a_cell() {
    let reading = read("ecfr_pitfalls.xml");
    let house = "China Electronics Technology Group Corporation 13th Research Institute (CETC 13)";
    for name in ["North China Integrated Circuit Corporation", "Hebei Brightway International"] {
        let party = named(&reading, name);
        assert_eq!(party.raw["part_of"], house);
        assert!(party.addresses.len() >= 2, "{name}");
    }
    let reactors = reading
        .parties
        .iter()
        .filter(|party| party.raw.get("part_of").is_some_and(|p| p == "Department of Atomic Energy"));
    assert_eq!(reactors.count(), 3);
}

/// Without an alias block only a comma divides name and address.
#[test]
fn a_comma_between_name_and_address() {
    let reading = read("ecfr_pitfalls.xml");
    for (name, address) in [
        ("Baimtec Material Co., Ltd.", "No 5, Yongxiang North Road, Yongfeng Ind, Beijing 100094, China"),
        ("Beijing Ander Tech. Co., Ltd.", "No. C22, Yu An Rd., Area B, Tianzhu, Beijing 101318, China"),
        ("A. Leib Ltd.", "HA'Assif 19, Binyamina, Israel"),
        ("Laval Electronics", "3073 Rue Edmond-Rostand, Laval, QC H7P, Canada"),
    ] {
        assert_eq!(addresses(named(&reading, name))[0], address);
    }
}

#[test]
fn aliases_in_the_line() {
    let reading = read("ecfr_pitfalls.xml");
    let party = named(&reading, "Mok Chin Fan");
    assert_eq!(names(party)[1..], ["Chong Chen Fah"]);
    assert!(addresses(party)[0].starts_with("10A Jalan 2/137B"));
    let cargo = named(&reading, "MM Cargo OY");
    assert_eq!(names(cargo)[1..], ["MM Cargo WH", "MM Cargo"]);
    assert_eq!(addresses(cargo), ["Harapaisentie 55, Lappeenranta, 53500, Finland"]);
    let kiosk = named(&reading, "Premier Kiosk Global Supply Co.");
    assert_eq!(names(kiosk)[1..], ["PKGS", "Global Kiosk"]);
    let institute = named(&reading, "AO 'Institute Giprostroymost—Saint-Petersburg'");
    assert!(
        names(institute).contains(&"Institut Giprostroimost-Sankt-Peterburg, ZAO"),
        "{:?}",
        names(institute)
    );
    // An address that runs on behind the last alias of a block.
    let brothers = named(&reading, "Aleksander Kuznetsov");
    assert!(names(brothers).contains(&"Alexander Kuznetsov"), "{:?}", names(brothers));
    assert!(!brothers.addresses.is_empty());
    // An alias behind the colon, where other rows have a list.
    let older = read("ecfr_2026-03-25.xml");
    assert_eq!(names(named(&older, "Nicolas Kaiga"))[1..], ["Nicholas Kaiga"]);
    assert_eq!(names(named(&older, "Mihaela Nenova"))[1..], ["Mihaela Nenova-Muhy"]);
    let huawei = named(&older, "Bel Huawei Technologies LLC");
    assert_eq!(names(huawei)[1..], ["BellHuawei Technologies LLC"]);
    assert_eq!(addresses(huawei), ["5 Dzerzhinsky Ave., Minsk, 220036, Belarus"]);
}

/// Footnote digits stick to the text; in addresses raised letters are no footnotes.
#[test]
fn footnotes() {
    let reading = read("ecfr_pitfalls.xml");
    let dahua = named(&reading, "Dahua Technology");
    assert_eq!(dahua.footnotes.iter().map(|note| note.mark.as_str()).collect::<Vec<_>>(), ["4"]);
    assert_eq!(
        dahua.legal_effect.as_deref(),
        Some("For all items subject to the EAR. (See §§ 734.9(e) and 744.11 of the EAR)")
    );
    let huawei = named(&reading, "Huawei Technologies Co., Ltd.");
    assert_eq!(huawei.footnotes.iter().map(|note| note.mark.as_str()).collect::<Vec<_>>(), ["1", "2"]);
    let marks = reading.parties.iter().flat_map(|party| &party.footnotes).map(|note| note.mark.as_str());
    assert!(marks.into_iter().all(|mark| matches!(mark, "1" | "2" | "3" | "4" | "5")));
}

/// Several notices: the earliest listed the party, all stay. `88 FR FR 12158` is a citation too.
#[test]
fn citations_and_their_dates() {
    let reading = read("ecfr_pitfalls.xml");
    let dahua = named(&reading, "Dahua Technology");
    assert_eq!(dahua.citation.as_deref(), Some("84 FR 54004"));
    assert_eq!(dahua.listed_from.unwrap().to_string(), "2019-10-09");
    assert_eq!(
        dahua.raw["federal_register"],
        "84 FR 54004, 10/9/19. 85 FR 44159, 7/22/20. 87 FR 62202, 10/13/22."
    );
    let twice = named(&reading, "Mitishinskiy Scientific Research Institute of Radio Measuring Instruments");
    assert_eq!(twice.citation.as_deref(), Some("88 FR 12158"));
    let spelled = named(&reading, "Laval Electronics");
    assert_eq!(
        (spelled.source.as_str(), spelled.listed_from.unwrap().to_string().as_str()),
        ("us-csl/UVL", "2018-05-17")
    );
}

#[test]
fn reserved_rows_and_headings_are_no_entries() {
    let reading = read("ecfr_pitfalls.xml");
    assert!(!reading.parties.iter().any(|party| party.caption().contains("Reserved")));
    let engines: Vec<_> =
        reading.parties.iter().filter(|party| party.caption().starts_with("AECC A")).collect();
    assert_eq!(engines.len(), 2);
    for party in engines {
        assert_eq!(party.raw["part_of"], "Aero-Engine Company of China");
        assert_eq!(party.citation, None, "the row has none, and none is guessed");
    }
    assert!(reading.warnings.iter().any(|warning| warning.message.contains("no Federal Register citation")));
}

/// Between two days of July 2026 a third of the rows that were sampled lost a full stop or a line break.
#[test]
fn reprinting_is_no_change_of_law() {
    let (before, after) = (read("ecfr_2026-07-18.xml"), read("ecfr_2026-07-23.xml"));
    let changes = diff(&before.parties, &after.parties);
    let list = &changes.lists[0];
    assert_eq!((list.before, list.after), (123, 123));
    assert!(list.changed.iter().filter(|change| change.cosmetic).count() >= 60);
    // What remains are addresses that moved from the line of a name into one of their own, and the like.
    let mut real: Vec<String> = Vec::new();
    real.extend(list.added.iter().map(|entry| format!("+ {}", entry.caption)));
    real.extend(list.removed.iter().map(|entry| format!("- {}", entry.caption)));
    for change in list.changed.iter().filter(|change| !change.cosmetic) {
        for field in change.fields.iter().filter(|field| !field.cosmetic) {
            real.push(format!(
                "{} {}: {:?} -> {:?}",
                change.entry.caption, field.field, field.before, field.after
            ));
        }
    }
    insta::assert_snapshot!("reprinting", real.join("\n"));
}

/// The list of 744.22(f)(2) is made by hand; it stands while the section reads the same.
#[test]
fn a_section_reads_the_same() {
    use hisn_lists::readers::ecfr::section_digest;
    let file = std::fs::read("../../data/lists/sources/ecfr_part-744_2026-07-23.xml.zst").unwrap();
    let confirmed =
        hisn_lists::publications().iter().flat_map(|publication| &publication.confirms).next().unwrap();
    let digest = section_digest(&file, &confirmed.section).unwrap();
    assert_eq!(digest.as_deref(), Some(confirmed.sha256.as_str()));
    assert_eq!(section_digest(&file, "744.999").unwrap(), None);
    let text = String::from_utf8(hisn_lists::unpack(&file).unwrap()).unwrap();
    let at = text.find("Reconnaissance General Bureau").unwrap();
    let changed = format!("{}Another Bureau{}", &text[..at], &text[at + 29..]);
    assert_ne!(section_digest(changed.as_bytes(), &confirmed.section).unwrap(), digest);
}
