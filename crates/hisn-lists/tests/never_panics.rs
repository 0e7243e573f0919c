//! No reader panics, whatever it is given: real files with bytes changed, cut, doubled or put in.

use hisn_lists::readers::{csl_csv, csl_json, dpl, ecfr, eu, ftm, mieu, ofac, own, seco, uk, un};
use hisn_lists::{ReadError, Reading, Snapshot, read_any, unpack};
use proptest::prelude::*;

type Reader = fn(&[u8]) -> Result<Reading, ReadError>;

fn samples() -> Vec<(Reader, Vec<u8>)> {
    let data = |file: &str| std::fs::read(format!("tests/data/{file}")).unwrap();
    let source =
        |file: &str| unpack(&std::fs::read(format!("../../data/lists/sources/{file}")).unwrap()).unwrap();
    let head = |file: &str| source(file).into_iter().take(6000).collect::<Vec<u8>>();
    vec![
        (ecfr::read, data("ecfr_pitfalls.xml")),
        (csl_csv::read, data("csl_2022-05.csv")),
        (csl_json::read, head("us-csl-2026-07-31.jsonl.zst")),
        (dpl::read, head("bis_dpl.txt.zst")),
        (mieu::read, source("mieu_744_22_2026-07-27.csv")),
        (ofac::read, data("sdn_2024-05-03.csv")),
        (un::read, data("un.xml")),
        (eu::read_xml, data("eu_2016.xml").into_iter().take(9000).collect()),
        (eu::read_xml, data("eu_fsf_1_1.xml")),
        (eu::read_csv, data("eu_fsf_1_1.csv")),
        (eu::read_csv, data("eu_fsf_1_0.csv")),
        (uk::read_conlist, data("uk_conlist_2016.csv").into_iter().take(9000).collect()),
        (uk::read_list_xml, data("uk_list.xml")),
        (uk::read_list_csv, data("uk_list.csv")),
        (seco::read, data("seco.xml")),
        (ofac::read_xml, data("ofac_sdn.xml")),
        (ofac::read_advanced, data("ofac_advanced.xml")),
        (ftm::read, data("ftm.jsonl")),
        (|bytes| own::read_csv("list.csv", bytes), data("own.csv")),
    ]
}

/// A change of a file: where (as a share of its length), how many bytes go, what comes instead.
#[derive(Clone, Debug)]
struct Edit {
    at: f64,
    remove: usize,
    insert: Vec<u8>,
}

fn edit() -> impl Strategy<Value = Edit> {
    let marks = prop::sample::select(vec![
        "(",
        ")",
        "(a.k.a",
        "a.k.a., the following two aliases:",
        "—",
        "<br/>",
        "</TD>",
        "<sup>",
        "&#x2014;",
        "(See ",
        "; and ",
        ",",
        "\"",
        "\n",
        "\r\n",
        "\u{1a}",
        "-0- ",
        "99 FR 1, 2/30/21",
        "DOB circa",
        "’",
        "İ",
        "\u{0}",
        "Subordinate institution",
        "{",
        "[",
        "The following addresses apply",
        "Affiliated entities:",
        "a.k.a. '",
        "ß, Ltd.",
        "€",
        "(1) ",
        "(2)-(3)",
        "00/00/",
        "dd/mm/1945",
        " (approximative)",
        "</name>",
        "</name-part>",
        "&#0;",
        "[[",
        "\"properties\":",
        ";;",
    ]);
    let insert = prop_oneof![
        marks.prop_map(|mark| mark.as_bytes().to_vec()),
        prop::collection::vec(any::<u8>(), 0..8)
    ];
    (0.0..1.0, 0usize..40, insert).prop_map(|(at, remove, insert)| Edit { at, remove, insert })
}

fn apply(bytes: &mut Vec<u8>, edit: &Edit) {
    let at = ((bytes.len() as f64) * edit.at) as usize;
    let end = (at + edit.remove).min(bytes.len());
    bytes.splice(at.min(end)..end, edit.insert.iter().copied());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn on_altered_files(edits in prop::collection::vec(edit(), 1..12)) {
        for (reader, mut bytes) in samples() {
            edits.iter().for_each(|edit| apply(&mut bytes, edit));
            if let Ok(reading) = reader(&bytes) {
                for party in &reading.parties {
                    prop_assert!(!party.names.is_empty() && !party.id.is_empty() && !party.source.is_empty());
                }
            }
            let _ = read_any("altered", &bytes);
        }
    }

    #[test]
    fn on_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for (reader, _) in samples() {
            let _ = reader(&bytes);
        }
        let _ = read_any("bytes", &bytes);
        let _ = Snapshot::read(&bytes);
    }

    #[test]
    fn on_altered_snapshots(edits in prop::collection::vec(edit(), 1..4)) {
        let whole = unpack(hisn_lists::bundled()).unwrap();
        let mut bytes = whole.get(..40_000).unwrap().to_vec();
        edits.iter().for_each(|edit| apply(&mut bytes, edit));
        prop_assert!(Snapshot::read(&bytes).is_err());
    }
}
