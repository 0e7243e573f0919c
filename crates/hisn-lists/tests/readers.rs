//! Every other reader on cut-outs of real files: every oddity that has been seen.

use hisn_lists::readers::{csl_csv, csl_json, dpl, eu, ftm, mieu, ofac, seco, uk, un};
use hisn_lists::{Name, NameKind, Party, ReadError, Reading, Schema, diff, read_any, unpack};

fn data(file: &str) -> Vec<u8> {
    std::fs::read(format!("tests/data/{file}")).unwrap()
}

fn source(file: &str) -> Vec<u8> {
    unpack(&std::fs::read(format!("../../data/lists/sources/{file}")).unwrap()).unwrap()
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

mod csl {
    use super::*;

    #[test]
    fn csv_of_29_columns() {
        let reading = csl_csv::read(&data("csl_2022-05.csv")).unwrap();
        assert_eq!(reading.parties.len(), 43, "line breaks inside fields make no rows");
        let nso = named(&reading, "NSO Group");
        assert_eq!(
            (nso.source.as_str(), nso.id.as_str()),
            ("us-csl/EL", "us-el-nso-group"),
            "_id is no stable key"
        );
        assert_eq!(nso.citation.as_deref(), Some("86 FR 60760"));
        assert_eq!(nso.listed_from.unwrap().to_string(), "2021-11-04");
        assert!(reading.parties.iter().all(|party| !party.id.is_empty() && !party.names.is_empty()));
        // Rows of Commerce and State have no type.
        for party in &reading.parties {
            let untyped =
                ["EL", "DPL", "UVL", "MEU", "ISN", "DTC"].iter().any(|code| party.source.ends_with(code));
            assert_eq!(untyped, party.schema == Schema::LegalEntity, "{} {:?}", party.source, party.schema);
        }
    }

    #[test]
    fn lists_inside_fields() {
        let reading = csl_csv::read(&data("csl_2022-05.csv")).unwrap();
        for name in reading.parties.iter().flat_map(|party| &party.names) {
            assert!(!name.text.starts_with("and ") && !name.text.contains(';'), "{name:?}");
        }
        let countries = |text: &str| {
            let addresses = reading.parties.iter().flat_map(|party| &party.addresses);
            addresses
                .filter(|address| address.text.ends_with(text))
                .map(|address| address.country.clone())
                .collect::<Vec<_>>()
        };
        for (tail, code) in [(", China", "CN"), ("Hong Kong", "HK"), (", IR", "IR")] {
            let found = countries(tail);
            assert!(
                !found.is_empty() && found.iter().all(|country| country.as_deref() == Some(code)),
                "{tail}: {found:?}"
            );
        }
    }

    #[test]
    fn births_and_mojibake() {
        let reading = csl_csv::read(&data("csl_2022-05.csv")).unwrap();
        let births: Vec<&str> =
            reading.parties.iter().flat_map(|party| &party.birth_dates).map(String::as_str).collect();
        assert!(births.iter().any(|birth| birth.starts_with('~')), "circa: {births:?}");
        assert!(births.iter().any(|birth| birth.contains('/')), "to: {births:?}");
        assert!(births.iter().any(|birth| birth.len() == 4) && births.iter().any(|birth| birth.len() == 10));
        let mended =
            reading.parties.iter().flat_map(|party| &party.names).any(|name| name.text.contains("Xi’an"));
        let broken = reading.parties.iter().any(|party| format!("{party:?}").contains("\\u{92}"));
        assert!(mended && !broken);
    }

    #[test]
    fn csv_of_2016() {
        let reading = csl_csv::read(&data("csl_2016.csv")).unwrap();
        let congo = named(&reading, "CONGO FUTUR");
        assert_eq!((congo.source.as_str(), congo.id.as_str()), ("us-csl/SDN", "us-sdn-12454"));
        assert_eq!(names(congo)[1..], ["CONGO FUTURE", "GROUPE CONGO FUTUR", "CONGO FUTUR IMPORT"]);
        assert_eq!(congo.countries, ["CD"]);
        assert_eq!(named(&reading, "BADEGE, Eric").birth_dates, ["1971"]);
    }

    #[test]
    fn json_as_published() {
        let text = r#"{"results": [
            {"source": "Entity List (EL) - Bureau of Industry and Security", "name": "A. Bandar", "alt_names": ["Bandar; B. Andar"],
             "addresses": [{"address": "1 Main Street", "city": "Dubai", "state": null, "postal_code": "1234", "country": "AE"}],
             "federal_register_notice": "86 FR 60759", "start_date": "2021-11-04", "end_date": null, "license_policy": "Presumption of denial"},
            {"source": "Specially Designated Nationals (SDN) - Treasury Department", "entity_number": 12, "type": "Individual", "name": "DOE, J.",
             "programs": ["SDGT", "IFSR"], "dates_of_birth": ["1951", "circa 1952"], "nationalities": ["IR"],
             "ids": [{"type": "Passport", "number": "A1", "country": "IR", "issue_date": null}]},
            {"source": "A new list (NEW) - Some Department", "name": "Stranger"}
        ]}"#;
        let reading = csl_json::read(text.as_bytes()).unwrap();
        let first = &reading.parties[0];
        assert_eq!(names(first), ["A. Bandar", "Bandar", "B. Andar"]);
        assert_eq!(
            (first.addresses[0].text.as_str(), first.countries[0].as_str()),
            ("1 Main Street, Dubai, 1234, AE", "AE")
        );
        let second = &reading.parties[1];
        assert_eq!((second.id.as_str(), second.schema), ("us-sdn-12", Schema::Person));
        assert_eq!(second.programs, ["SDGT", "IFSR"]);
        assert_eq!(second.birth_dates, ["1951", "~1952"]);
        assert_eq!(second.identifiers[0].country.as_deref(), Some("IR"));
        // A list that the catalogue does not know is screened all the same, and said to be unknown.
        assert_eq!(reading.parties[2].source, "us-csl/NEW");
        assert!(reading.warnings.iter().any(|warning| warning.message.contains("no list of the catalogue")));
    }

    #[test]
    fn json_lines() {
        let reading = csl_json::read(&source("us-csl-2026-07-31.jsonl.zst")).unwrap();
        assert_eq!(reading.parties.len(), 25_921);
        let mut sources: Vec<&str> = reading.parties.iter().map(|party| party.source.as_str()).collect();
        sources.sort_unstable();
        sources.dedup();
        assert_eq!(sources.len(), 12);
    }
}

mod ofac_csv {
    use super::*;

    fn files(day: &str) -> Reading {
        let (primary, aliases, addresses) =
            (data(&format!("sdn_{day}.csv")), data("alt.csv"), data("add.csv"));
        ofac::read_files(&ofac::Files {
            primary: &primary,
            aliases: Some(&aliases),
            addresses: Some(&addresses),
            comments: None,
        })
        .unwrap()
    }

    #[test]
    fn no_header_no_nulls_and_no_row_of_the_last_byte() {
        let reading = files("2024-05-01");
        assert!(
            reading
                .parties
                .iter()
                .all(|party| party.source == "us-csl/SDN" && !party.caption().contains('\u{1a}'))
        );
        let airline = named(&reading, "AEROCARIBBEAN AIRLINES");
        assert_eq!(
            (airline.id.as_str(), airline.schema),
            ("us-sdn-36", Schema::Organization),
            "an entity's type is -0-"
        );
        assert_eq!(airline.programs, ["CUBA"]);
        assert_eq!(names(airline)[1..], ["AERO-CARIBBEAN"]);
        assert_eq!(airline.addresses[0].text, "Havana, Cuba");
        assert!(!serde_json::to_string(&reading.parties).unwrap().contains("-0-"));
    }

    #[test]
    fn remarks_hold_births_numbers_and_weak_aliases() {
        let reading = files("2024-05-01");
        let bank = named(&reading, "BANCO NACIONAL DE CUBA");
        assert!(bank.names.contains(&Name { text: "BNC".into(), kind: NameKind::Weak, lang: None }));
        let person = named(&reading, "ARZALLUS TAPIA, Eusebio");
        assert_eq!((person.schema, person.birth_dates[0].as_str()), (Schema::Person, "1957-11-08"));
        assert_eq!(
            (person.identifiers[0].value.as_str(), person.identifiers[0].country.as_deref()),
            ("15.927.207", Some("ES"))
        );
        assert_eq!(person.raw["place_of_birth"], "Regil, Guipuzcoa Province, Spain");
        let north = named(&reading, "KIM, Man Chun");
        assert_eq!(north.countries, ["CN", "KP"], "nationality and address");
        assert_eq!(north.identifiers[0].value, "PS654320308");
        let ship = named(&reading, "SOUTH HILL 2");
        assert_eq!((ship.schema, ship.identifiers[0].value.as_str()), (Schema::Vessel, "IMO 8412467"));
        assert_eq!(ship.countries, ["SL"]);
        assert_eq!(named(&reading, "TABUK").programs, ["IRAN", "NPWMD", "IFSR"]);
        assert_eq!(named(&reading, "EP-MNI").schema, Schema::Airplane);
    }

    /// From one day to the next seven entries came; on the day after, eight went.
    #[test]
    fn three_days() {
        let [first, second, third] = ["2024-05-01", "2024-05-02", "2024-05-03"].map(files);
        let day = diff(&first.parties, &second.parties);
        assert_eq!((day.lists[0].added.len(), day.lists[0].removed.len()), (7, 0));
        let day = diff(&second.parties, &third.parties);
        assert_eq!((day.lists[0].added.len(), day.lists[0].removed.len()), (0, 8));
    }

    #[test]
    fn remarks_that_overflow_go_on_in_another_file() {
        let comments = source("cons_comments.csv.zst");
        let primary = source("cons_prim.csv.zst");
        let whole = ofac::read_files(&ofac::Files {
            primary: &primary,
            comments: Some(&comments),
            ..Default::default()
        })
        .unwrap();
        let sberbank = whole.parties.iter().find(|party| party.id.ends_with("-17018")).unwrap();
        assert!(names(sberbank).contains(&"SBERBANK MUMBAI"), "{:?}", names(sberbank));
        let cut = ofac::read(&primary).unwrap();
        let sberbank = cut.parties.iter().find(|party| party.id.ends_with("-17018")).unwrap();
        assert!(!names(sberbank).contains(&"SBERBANK MUMBAI"));
    }

    #[test]
    fn the_consolidated_file_holds_several_lists() {
        let reading = ofac::read(&source("cons_prim.csv.zst")).unwrap();
        let count = |code: &str| {
            reading.parties.iter().filter(|party| party.source == format!("us-csl/{code}")).count()
        };
        assert_eq!(reading.parties.len(), 442);
        assert_eq!(
            (count("SSI"), count("PLC"), count("CMIC"), count("CAP"), count("MBS")),
            (286, 78, 68, 1, 9)
        );
        let listed = reading.parties.iter().find(|party| party.id == "us-cmic-30902").unwrap().listed_from;
        assert_eq!(listed.unwrap().to_string(), "2021-06-03");
    }
}

mod united_nations {
    use super::*;

    #[test]
    fn names_of_four_parts_and_qualities() {
        let reading = un::read(&data("un.xml")).unwrap();
        assert_eq!(reading.dated.unwrap().to_string(), "2026-02-27");
        assert_eq!(reading.parties.len(), 13);
        let badege = named(&reading, "ERIC BADEGE");
        assert_eq!((badege.id.as_str(), badege.source.as_str()), ("un-cdi-001", "un/SC"));
        assert_eq!((badege.programs[0].as_str(), badege.citation.as_deref()), ("DRC", Some("CDi.001")));
        assert_eq!(
            (badege.birth_dates[0].as_str(), badege.countries.clone()),
            ("1971", vec!["CD".to_owned(), "RW".to_owned()])
        );
        assert_eq!(badege.names.len(), 1, "an empty alias is none");
        for name in reading.parties.iter().flat_map(|party| &party.names) {
            assert_eq!(name.text, name.text.split_whitespace().collect::<Vec<_>>().join(" "), "stray spaces");
        }
        let weak =
            reading.parties.iter().flat_map(|party| &party.names).filter(|name| name.kind == NameKind::Weak);
        assert!(weak.count() > 0, "low quality is weak");
        let arabic = |c: char| ('\u{600}'..'\u{700}').contains(&c);
        assert!(
            reading.parties.iter().any(|party| party
                .names
                .iter()
                .skip(1)
                .any(|name| name.text.contains(arabic)))
        );
        assert!(
            reading.parties.iter().all(|party| party.listed_from.is_some()),
            "`2015-04-07-04:00` is a day too"
        );
    }

    #[test]
    fn kinds_of_birth_dates() {
        let reading = un::read(&data("un.xml")).unwrap();
        let births: Vec<&str> =
            reading.parties.iter().flat_map(|party| &party.birth_dates).map(String::as_str).collect();
        assert!(births.iter().any(|birth| birth.starts_with('~')), "{births:?}");
        assert!(births.contains(&"1973/1974"), "{births:?}");
    }

    #[test]
    fn the_whole_list() {
        let reading = un::read(&source("un_consolidated_2026-02-27.xml.zst")).unwrap();
        assert_eq!(reading.parties.len(), 1003);
        let persons = reading.parties.iter().filter(|party| party.schema == Schema::Person).count();
        assert_eq!(persons, 730);
    }
}

#[test]
fn denied_persons() {
    let reading = dpl::read(&source("bis_dpl.txt.zst")).unwrap();
    assert_eq!(reading.parties.len(), 665);
    let ash = named(&reading, "I. ASH");
    assert_eq!(ash.citation.as_deref(), Some("68 FR 38290"), "several citations in one cell, leading spaces");
    assert_eq!(ash.listed_from.unwrap().to_string(), "2003-06-19");
    assert_eq!(ash.listed_to.unwrap().to_string(), "2056-06-29");
    let garcia = named(&reading, "JOSE ERNESTO GARCIA");
    assert_eq!(garcia.raw["last_update"], "3033-09-30");
    assert_eq!(garcia.listed_to.unwrap().to_string(), "2030-02-03");
    assert!(reading.warnings.iter().any(|warning| warning.message.contains("3033-09-30")));
    assert!(reading.parties.iter().flat_map(|party| &party.names).all(|name| name.text == name.text.trim()));
}

#[test]
fn military_intelligence() {
    let reading = mieu::read(&source("mieu_744_22_2026-07-27.csv")).unwrap();
    assert_eq!(reading.parties.len(), 13);
    let days = |code: &str| {
        let of = reading.parties.iter().filter(|party| party.countries == [code]);
        of.map(|party| party.listed_from.unwrap().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(days("CU"), ["2021-03-16", "2021-03-16"]);
    assert_eq!(days("MM"), ["2021-04-09", "2021-04-09"]);
    assert_eq!((days("KH"), days("BY")), (vec!["2021-12-09".to_owned()], vec!["2022-03-02".to_owned()]));
    let irgc = named(&reading, "Islamic Revolutionary Guard Corps Intelligence Organization");
    assert_eq!((names(irgc)[1], irgc.source.as_str()), ("IRGC-IO", "us-csl/MIEU"));
}

mod any {
    use super::*;
    use hisn_lists::Format;

    type Reader = fn(&[u8]) -> Result<Reading, ReadError>;

    #[test]
    fn tells_formats_by_their_contents() {
        for (file, want) in [
            ("csl_2022-05.csv", Format::CslCsv),
            ("csl_2016.csv", Format::CslCsv),
            ("ecfr_pitfalls.xml", Format::EcfrPart744),
            ("un.xml", Format::Un),
            ("sdn_2024-05-03.csv", Format::Ofac(ofac::Part::Main)),
        ] {
            assert_eq!(read_any("x", &data(file)).unwrap().0, want, "{file}");
        }
        for (file, want) in [
            ("us-csl-2026-07-31.jsonl.zst", Format::CslJson),
            ("bis_dpl.txt.zst", Format::DeniedPersons),
            ("mieu_744_22_2026-07-27.csv", Format::Mieu),
            ("cons_prim.csv.zst", Format::Ofac(ofac::Part::Main)),
            ("ecfr_part-744_2026-07-23.xml.zst", Format::EcfrPart744),
        ] {
            let bytes = std::fs::read(format!("../../data/lists/sources/{file}")).unwrap();
            assert_eq!(read_any(file, &bytes).unwrap().0, want, "{file}");
        }
        let (format, reading) = read_any("default", hisn_lists::bundled()).unwrap();
        assert_eq!(format, Format::Snapshot);
        assert!(reading.parties.len() > 26_000);
    }

    /// One day's download was of 0 bytes, others were web pages: never "all delisted".
    #[test]
    fn an_empty_download_is_a_failure() {
        let readers: [Reader; 16] = [
            hisn_lists::readers::ecfr::read,
            eu::read_xml,
            eu::read_csv,
            ftm::read,
            ofac::read_xml,
            ofac::read_advanced,
            seco::read,
            uk::read_list_xml,
            uk::read_list_csv,
            uk::read_conlist,
            csl_csv::read,
            csl_json::read,
            dpl::read,
            mieu::read,
            ofac::read,
            un::read,
        ];
        for reader in readers {
            for empty in [&b""[..], b"\n\n", b"\x1a", b"\xef\xbb\xbf"] {
                assert!(matches!(reader(empty), Err(ReadError::Empty)), "{:?}", reader(empty));
            }
            let page =
                b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body></body></html>";
            let error = reader(page).unwrap_err();
            assert!(matches!(&error, ReadError::Html { title } if title == "Just a moment..."), "{error}");
        }
        for (bytes, want) in [
            (
                &b""[..],
                "the file is empty; an empty download is a failed download, so fetch it again and keep the last good copy",
            ),
            (
                b"source,name,federal_register_notice\n",
                "no entry found in what looks like the Consolidated Screening List in CSV; the file is cut short, or its layout has changed",
            ),
        ] {
            assert_eq!(read_any("x", bytes).unwrap_err().to_string(), want);
        }
    }

    #[test]
    fn errors_say_where_and_what_to_do() {
        let messages: Vec<String> = [
            &b"hello"[..],
            b"<CONSOLIDATED_LIST>\n<INDIVIDUALS>\n<INDIVIDUAL>",
            b"{\"source\": \"EL\", \"name\": \"A\"}\n{\"source\": ",
            b"Name\tFR_Citation\tExpiration_Date\nA\tB\tC\n",
            b"\x1f\x8b\x08\x00garbage",
            b"\x28\xb5\x2f\xfdgarbage",
            b"1,\"A\",-0- ,\"CUBA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n2,\"B\"\r\n",
            b"<DIV5 N=\"744\"><DIV8 N=\"744.1\"></DIV8></DIV5>",
        ]
        .iter()
        .map(|bytes| read_any("list.txt", bytes).unwrap_err().to_string())
        .collect();
        insta::assert_snapshot!(messages.join("\n"));
    }
}
