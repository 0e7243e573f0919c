//! Snapshots: as they come, and as party lines under a manifest that is true of them, so that inputs get past the
//! digest. What is read can be written and read back.
#![no_main]

use hisn_lists::{SCHEMA, Snapshot};
use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use sha2::{Digest, Sha256};

fuzz_target!(|bytes: &[u8]| {
    let _ = Snapshot::read(bytes);
    let digest: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let entries = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count();
    let manifest = format!(
        "{{\"schema\":\"{SCHEMA}\",\"made_from\":[],\"lists\":[],\"entries\":{entries},\"sha256\":\"{digest}\"}}\n"
    );
    let Ok(snapshot) = Snapshot::read(&[manifest.as_bytes(), bytes].concat()) else { return };
    assert_eq!(snapshot.parties.len(), entries);
    let made = Snapshot::new(snapshot.parties, Vec::new(), |_| (date(2026, 7, 31), 0));
    // Packing is slow: one input in 256 goes all the way round.
    if digest.starts_with("00") {
        let written = made.write().expect("there is memory");
        let again = Snapshot::read(&written).expect("what was written can be read");
        assert!(again == made, "a snapshot survives being written");
    }
});
