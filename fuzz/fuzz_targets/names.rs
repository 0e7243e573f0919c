//! Names: any two compare without a panic, and the score lies between 0 and 1. The first line is one name, the rest is
//! the other.
#![no_main]

use hisn_names::{Kind, compare};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (left, right) = text.split_once('\n').unwrap_or((text, text));
    for kind in [Kind::Person, Kind::Organisation, Kind::Craft] {
        let score = compare(left, right, kind).score;
        assert!((0.0..=1.0).contains(&score), "{left:?} and {right:?} as {kind:?} score {score}");
    }
});
