//! Lists: no reader panics on any bytes, and what a reader accepts are parties with an id, a source and a name.
#![no_main]

use hisn_lists::readers::{csl_csv, csl_json, dpl, ecfr, mieu, ofac, un};
use hisn_lists::{ReadError, Reading, read_any};
use libfuzzer_sys::fuzz_target;

const READERS: [fn(&[u8]) -> Result<Reading, ReadError>; 7] =
    [ecfr::read, csl_csv::read, csl_json::read, dpl::read, mieu::read, ofac::read, un::read];
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
    // A list with its companions, parted by lines of dashes.
    let mut parts = split(bytes, b"\n----\n").into_iter();
    if let (Some(primary), Some(aliases)) = (parts.next(), parts.next()) {
        let (addresses, comments) = (parts.next(), parts.next());
        let _ = ofac::read_files(&ofac::Files { primary, aliases: Some(aliases), addresses, comments });
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
