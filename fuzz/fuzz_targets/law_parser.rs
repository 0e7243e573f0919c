//! Law texts: no text makes the parser or the formatter panic; what parses, parses again once formatted, and
//! formatting it a second time changes nothing.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let parsed = hisn_law::parse("fuzz.law", text);
    let formatted = hisn_law::format("fuzz.law", text);
    let Ok(declarations) = parsed else { return };
    let formatted = formatted.expect("what parses can be formatted");
    let again = hisn_law::parse("fuzz.law", &formatted).expect("what is formatted still parses");
    assert_eq!(declarations.len(), again.len(), "formatting lost a declaration:\n{formatted}");
    let stable = hisn_law::format("fuzz.law", &formatted).expect("what is formatted can be formatted");
    assert_eq!(formatted, stable, "formatting twice is formatting once");
});
