//! Telling names, aliases and addresses apart inside an entity cell.

use crate::countries;
use crate::text::{clean, cut_ignoring_case, find_ignoring_case, folded, key};

/// Words that end the name of a company and so may stand behind a comma that is still part of the name.
const LEGAL_FORMS: [&str; 76] = [
    "ab",
    "ad",
    "ag",
    "ao",
    "as",
    "asa",
    "aps",
    "bhd",
    "bv",
    "bvba",
    "cjsc",
    "co",
    "company",
    "corp",
    "corporation",
    "cv",
    "dmcc",
    "doo",
    "ead",
    "eood",
    "fz",
    "fzc",
    "fzco",
    "fze",
    "fzllc",
    "gmbh",
    "ii",
    "iii",
    "inc",
    "incorporated",
    "jr",
    "jsc",
    "kft",
    "kg",
    "limited",
    "llc",
    "llp",
    "lp",
    "ltd",
    "ltda",
    "nv",
    "oao",
    "ojsc",
    "ooo",
    "oy",
    "oyj",
    "pao",
    "pjsc",
    "plc",
    "private",
    "pt",
    "pte",
    "pty",
    "pvt",
    "sa",
    "sae",
    "saoc",
    "san",
    "sanayi",
    "sarl",
    "sas",
    "sdn",
    "se",
    "sl",
    "sp",
    "spa",
    "sr",
    "srl",
    "sti",
    "tbk",
    "tic",
    "ticaret",
    "ve",
    "zao",
    "zo",
    "zrt",
];

/// Words that are written with a full stop, which is theirs at the end of a text too.
const ABBREVIATIONS: [&str; 14] =
    ["bhd", "co", "corp", "inc", "jr", "ltd", "ltda", "pte", "pty", "pvt", "san", "sr", "sti", "tic"];

/// Words with which an address starts, where a company's name runs into it without a comma.
const ADDRESS_STARTS: [&str; 14] = [
    "no", "nos", "room", "rm", "floor", "unit", "suite", "building", "block", "flat", "office", "apt",
    "pobox", "po",
];

/// Splits `Beijing Guang Ming Electronics Co., Ltd., No. 41 Yu Qiao Bei Li, Beijing, China` behind the name.
///
/// There is no mark between the two but a comma. What follows a comma still belongs to the name when it is a legal
/// form, or when a parenthesis is open.
pub(super) fn split_name(text: &str) -> (String, String) {
    let mut end = text.len();
    for (at, c) in text.char_indices() {
        if !matches!(c, ',' | ';') {
            continue;
        }
        let before = text.get(..at).unwrap_or_default();
        let behind = text.get(at + 1..).unwrap_or_default();
        if open_parentheses(before) > 0 {
            continue;
        }
        let next = behind.split([',', ';']).next().unwrap_or_default();
        if is_legal_form(next) || starts_with_legal_form(next) {
            continue;
        }
        end = at;
        break;
    }
    let name = text.get(..end).unwrap_or_default();
    let rest = text.get(end..).unwrap_or_default();
    match address_inside(name) {
        Some(at) => (tidy(name.get(..at).unwrap_or_default()), tidy(text.get(at..).unwrap_or_default())),
        None => (tidy(name), tidy(rest)),
    }
}

/// Splits `cell` behind `known`, another publication's spelling of the name, when the cell starts with it. What
/// stands behind must be set off from it: `Kaspersky` does not end inside `Kaspersky Lab`.
pub(crate) fn split_at_known_name(cell: &str, known: &str) -> Option<(String, String)> {
    let wanted = key(known);
    if wanted.is_empty() {
        return None;
    }
    let mut wanted = wanted.chars().peekable();
    let mut end = None;
    for (c, at) in folded(cell) {
        match wanted.next() {
            Some(want) if want == c => end = Some(at),
            Some(_) => return None,
            None => break,
        }
    }
    if wanted.peek().is_some() {
        return None;
    }
    let end = end?;
    let behind = cell.get(end..)?;
    let closing = behind.len() - behind.trim_start_matches(['.', ')', '"', '”', '’', '\'']).len();
    let (name, rest) = (cell.get(..end + closing)?, cell.get(end + closing..)?);
    // A name that runs into its address without a comma: the next word starts one, or a number stands in it.
    let runs_on = || {
        let next = rest.split(',').next().unwrap_or_default();
        rest.starts_with(char::is_whitespace)
            && (countries().code(rest.trim_end_matches('.')).is_some()
                || next.contains(|c: char| c.is_ascii_digit())
                || words(next).next().is_some_and(|word| starts_address(&word)))
    };
    let set_off = rest.is_empty() || rest.starts_with([',', ';', '(', ':']) || runs_on();
    set_off.then(|| (tidy(name), tidy(rest)))
}

fn open_parentheses(text: &str) -> usize {
    let count = |wanted: char| text.chars().filter(|c| *c == wanted).count();
    count('(').saturating_sub(count(')'))
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| c.is_whitespace() || c == '-').map(key).filter(|word| !word.is_empty())
}

fn is_legal_form(segment: &str) -> bool {
    // `Ltd (HiSilicon)`
    let segment = segment.split('(').next().unwrap_or_default();
    let mut words = words(segment).peekable();
    words.peek().is_some() && words.all(|word| LEGAL_FORMS.contains(&word.as_str()))
}

/// ` Ltd. No. C22`, ` Ltd. Chengdu Research Institute`: no address starts so, whatever follows.
fn starts_with_legal_form(segment: &str) -> bool {
    words(segment)
        .next()
        .is_some_and(|word| matches!(word.as_str(), "ltd" | "inc" | "llc" | "limited" | "gmbh"))
}

fn starts_address(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) || ADDRESS_STARTS.contains(&word)
}

/// Where an address starts inside what was taken for a name, without a comma: behind a legal form, or behind a full
/// stop with a number or a country (`Joint Stock Company 766 UPTK. 1 Institutskaya Street`, `Safinat Group. South
/// Sudan`).
fn address_inside(name: &str) -> Option<usize> {
    let behind_stop = name.match_indices(". ").map(|(at, mark)| (at, at + mark.len())).find(|(at, start)| {
        let behind = name.get(*start..).unwrap_or_default();
        let starts = behind.starts_with(|c: char| c.is_ascii_digit()) || countries().code(behind).is_some();
        starts && (ends_name(name.get(..*at).unwrap_or_default()) || countries().code(behind).is_some())
    });
    if let Some((_, start)) = behind_stop {
        return Some(start);
    }
    let mut after_form = false;
    let mut start = 0;
    for part in name.split_inclusive(char::is_whitespace) {
        let word = key(part);
        if after_form && starts_address(&word) {
            return Some(start);
        }
        if !word.is_empty() {
            after_form = LEGAL_FORMS.contains(&word.as_str()) && part.trim_end().ends_with(['.', ',']);
        }
        start += part.len();
    }
    None
}

/// A full stop behind an initial or an abbreviation ends no name.
pub(super) fn ends_name(before: &str) -> bool {
    before.rsplit(' ').next().is_some_and(|word| word.chars().filter(|c| c.is_alphanumeric()).count() > 2)
}

/// Cuts the punctuation that separates a name or an address from its neighbours.
pub(super) fn tidy(text: &str) -> String {
    let text = clean(text);
    let mut text = text.trim_start_matches([',', ';', ':', ' ', '.']);
    for word in ["and ", "And "] {
        text = text.strip_prefix(word).unwrap_or(text);
    }
    loop {
        let shorter = text.trim_end_matches([',', ';', ':', ' ']);
        let shorter =
            ["; and", ", and", " and"].iter().find_map(|end| shorter.strip_suffix(end)).unwrap_or(shorter);
        if shorter == text {
            break;
        }
        text = shorter;
    }
    without_final_stop(text).to_owned()
}

/// Cuts a full stop that ends a sentence, not one that ends `Ltd.`
fn without_final_stop(text: &str) -> &str {
    let Some(shorter) = text.strip_suffix('.') else { return text };
    let last = shorter.rsplit([' ', ',', '.']).next().unwrap_or_default();
    let abbreviated = ABBREVIATIONS.contains(&key(last).as_str()) || last.chars().count() <= 1;
    if abbreviated { text } else { shorter.trim_end() }
}

/// Cuts `(See alternate addresses under Pakistan).` out of an address; returns what remains and the notes.
pub(super) fn without_see_also(text: &str) -> (String, Vec<String>) {
    let mut notes = Vec::new();
    let mut rest = text.to_owned();
    while let Some(at) = find_ignoring_case(&rest, "(see ") {
        let tail = rest.get(at..).unwrap_or_default();
        // `(See Crimea (Occupied)).` closes twice.
        let mut depth = 0;
        let end = tail.char_indices().find_map(|(at, c)| {
            match c {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            (depth == 0).then_some(at + 1)
        });
        let end = end.unwrap_or(tail.len());
        notes.push(clean(tail.get(..end).unwrap_or_default()));
        let behind = tail.get(end..).unwrap_or_default().trim_start_matches('.').to_owned();
        rest = format!("{} {}", rest.get(..at).unwrap_or_default().trim_end(), behind);
    }
    (clean(&rest), notes)
}

/// The countries that a "see also" note names.
pub(super) fn countries_of_note(note: &str) -> Vec<String> {
    let inner = note.trim_end_matches(['.', ' ']);
    let inner = inner.strip_prefix('(').unwrap_or(inner);
    let inner = inner.strip_suffix(')').unwrap_or(inner);
    let listed = ["under the ", "under ", "in the ", "in ", "see "]
        .iter()
        .find_map(|mark| cut_ignoring_case(inner, mark))
        .map_or(inner, |(_, rest)| rest);
    let mut found = Vec::new();
    for part in listed.split([',', ';']).flat_map(|part| part.split(" and ")) {
        let part = part.trim().trim_start_matches("and ").trim_start_matches("the ");
        if let Some(code) =
            countries().code(part).or_else(|| countries().code(part.trim_matches(['(', ')', '.'])))
        {
            found.push(code.to_owned());
        }
    }
    found
}

/// The addresses of a cell. Semicolons divide them; so does an "and" behind a country.
pub(super) fn addresses(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for part in text.split(';') {
        let mut rest = part;
        let mut from = 0;
        while let Some((at, length)) = find_and(rest, from) {
            let before = rest.get(..at).unwrap_or_default();
            if before.contains(',') && countries().at_end(before).is_some() {
                found.push(tidy(before));
                rest = rest.get(at + length..).unwrap_or_default();
                from = 0;
            } else {
                from = at + length;
            }
        }
        found.push(tidy(rest));
    }
    found.retain(|address| !address.is_empty() && address != "and");
    found
}

fn find_and(text: &str, from: usize) -> Option<(usize, usize)> {
    const AND: &str = " and ";
    text.get(from..)?.find(AND).map(|at| (from + at, AND.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_names_from_addresses() {
        for (cell, name, address) in [
            (
                "NSO Group, 22 Galgalei Haplada, Herzliya, Israel 4672222.",
                "NSO Group",
                "22 Galgalei Haplada, Herzliya, Israel 4672222",
            ),
            (
                "Baimtec Material Co., Ltd., No 5, Yongxiang North Road, China",
                "Baimtec Material Co., Ltd.",
                "No 5, Yongxiang North Road, China",
            ),
            (
                "UEC (Pvt.) Ltd.,P.O. Box 97, Abu Dhabi, U.A.E.",
                "UEC (Pvt.) Ltd.",
                "P.O. Box 97, Abu Dhabi, U.A.E.",
            ),
            (
                "A. Leib Ltd.; HA'Assif 19, Binyamina, Israel.",
                "A. Leib Ltd.",
                "HA'Assif 19, Binyamina, Israel",
            ),
            (
                "Beijing Ander Tech. Co., Ltd. No. C22, Yu An Rd., Beijing, China",
                "Beijing Ander Tech. Co., Ltd.",
                "No. C22, Yu An Rd., Beijing, China",
            ),
            (
                "HiSilicon Technologies Co., Ltd (HiSilicon), Bantian, China.",
                "HiSilicon Technologies Co., Ltd (HiSilicon)",
                "Bantian, China",
            ),
            ("Huawei Russia, Moscow 121614, Russia.", "Huawei Russia", "Moscow 121614, Russia"),
        ] {
            assert_eq!(split_name(cell), (name.to_owned(), address.to_owned()), "{cell}");
        }
    }

    #[test]
    fn splits_behind_a_name_that_another_list_spells_out() {
        let cell = "Laboratory of Toxicant Analysis, Institute of Pharmacology and Toxicology, No. 27 Taiping Road, Beijing, China";
        let known = "Laboratory of Toxicant Analysis, Institute of Pharmacology and Toxicology";
        assert_eq!(
            split_at_known_name(cell, known),
            Some((known.to_owned(), "No. 27 Taiping Road, Beijing, China".to_owned()))
        );
        assert_eq!(split_at_known_name("Kaspersky Lab, Moscow", "Kaspersky"), None);
        assert_eq!(split_at_known_name("", "x"), None);
    }

    #[test]
    fn divides_addresses() {
        let text = "Golaye Park, Kabul, Afghanistan, and Dasht Qala, Takhar Province, Afghanistan; and Unit E and F, Hong Kong.";
        assert_eq!(
            addresses(text),
            [
                "Golaye Park, Kabul, Afghanistan",
                "Dasht Qala, Takhar Province, Afghanistan",
                "Unit E and F, Hong Kong"
            ]
        );
    }

    #[test]
    fn reads_notes_that_point_elsewhere() {
        let (rest, notes) =
            without_see_also("Riyadh, Saudi Arabia (See alternate addresses under Pakistan and U.A.E.)");
        assert_eq!(rest, "Riyadh, Saudi Arabia");
        assert_eq!(countries_of_note(&notes[0]), ["PK", "AE"]);
        let (rest, notes) =
            without_see_also("Crimea 98107, Ukraine (See alternate addresses under Crimea (Occupied)).");
        assert_eq!((rest.as_str(), notes.len()), ("Crimea 98107, Ukraine", 1));
        assert_eq!(countries_of_note(&notes[0]), ["UA"]);
    }
}
