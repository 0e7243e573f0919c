//! Lists: no reader panics on any bytes, and what a reader accepts are parties with an id, a source and a name; the file's name does not decide.
#![no_main]

use hisn_lists::readers::{csl_csv, csl_json, dpl, ecfr, eu, ftm, mieu, ofac, own, seco, uk, un};
use hisn_lists::{ListFile, ReadError, Reading, read_any, read_files};
use libfuzzer_sys::fuzz_target;

const READERS: [fn(&[u8]) -> Result<Reading, ReadError>; 18] = [
    ecfr::read,
    csl_csv::read,
    csl_json::read,
    dpl::read,
    mieu::read,
    ofac::read,
    ofac::read_xml,
    ofac::read_advanced,
    un::read,
    eu::read_xml,
    eu::read_csv,
    uk::read_list_xml,
    uk::read_list_csv,
    uk::read_conlist,
    seco::read,
    ftm::read,
    |bytes| own::read_csv("list.csv", bytes),
    |bytes| own::read_xlsx("list.xlsx", bytes),
];
const NAMES: [&str; 5] = ["list", "list.csv", "list.xml.gz", "list.json", "list.jsonl.zst"];

fuzz_target!(|bytes: &[u8]| {
    for reader in READERS {
        if let Ok(reading) = reader(bytes) {
            for party in &reading.parties {
                assert!(!party.names.is_empty() && !party.id.is_empty() && !party.source.is_empty());
            }
        }
    }
    let accepted = NAMES.map(|name| read_any(name, bytes).is_ok());
    assert!(accepted.iter().all(|one| *one == accepted[0]), "the name of the file decides what is read");
    // Files that are read together, parted by lines of dashes; OFAC's are joined.
    let parts = split(bytes, b"\n----\n");
    let files: Vec<ListFile<'_>> = parts.iter().map(|bytes| ListFile { name: "part", bytes }).collect();
    if let Ok(read) = read_files(&files) {
        let mut ids: Vec<_> = read.parties.iter().map(|party| (&party.source, &party.id)).collect();
        assert!(ids.iter().all(|(source, id)| !source.is_empty() && !id.is_empty()));
        ids.sort();
        ids.dedup();
        assert!(ids.len() <= read.parties.len());
    }
});

fn split<'a>(mut bytes: &'a [u8], mark: &[u8]) -> Vec<&'a [u8]> {
    let mut parts = Vec::new();
    while let Some(at) = bytes.windows(mark.len()).position(|window| window == mark) {
        parts.push(&bytes[..at]);
        bytes = &bytes[at + mark.len()..];
    }
    parts.push(bytes);
    parts
}
