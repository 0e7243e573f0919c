//! What is known beside the lists: days from which an entry really counts, the page that the law is cited by, entries
//! that were removed. Each correction is a row of data with its source, and leaves its mark in the record.

use jiff::civil::Date;
use serde::Deserialize;
use thiserror::Error;

use crate::dates::notices;
use crate::readers::csl_csv::values;
use crate::readers::fields::{add_address, add_country_text, add_name, append_raw};
use crate::reading::{Place, Reading, Warning};
use crate::text::key;
use crate::{NameKind, Party, Schema, catalogue, id};

/// Under this name of [`Party::raw`] a record says how it was corrected, and by what source.
pub const MARK: &str = "correction";

/// The corrections of one list or several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corrections {
    rows: Vec<Row>,
    removed: Vec<Removed>,
}

/// A table of corrections that cannot be read.
#[derive(Debug, Error)]
#[error("{table}, row {row}: {message}")]
pub struct CorrectionError {
    /// The table.
    pub table: &'static str,
    /// The row, counted from 1 without the header.
    pub row: usize,
    /// What is wrong.
    pub message: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    kind: Kind,
    list: String,
    /// The notice as the list prints it; empty for any.
    citation: String,
    /// Id of the party; empty for any.
    id: String,
    /// Name of the party, if the row is about one only.
    name: String,
    /// Mark of a footnote, for rows about footnotes.
    mark: String,
    /// The day, or the citation.
    value: String,
    source: String,
    note: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    /// The listing counts from another day than the list prints.
    Effective,
    /// The rule is cited by another page than the list prints.
    Cite,
    /// A footnote came with a later notice and counts from that day.
    Footnote,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Removed {
    list: String,
    name: String,
    aliases: String,
    countries: String,
    addresses: String,
    legal_effect: String,
    review_policy: String,
    citation: String,
    listed_from: Date,
    /// Last day of the listing.
    listed_to: Date,
    source: String,
    note: String,
}

static CORRECTIONS: &[u8] = include_bytes!("../../../data/lists/us-corrections.csv");
static REMOVED: &[u8] = include_bytes!("../../../data/lists/removed.csv");

impl Corrections {
    /// The corrections that the binary carries.
    pub fn bundled() -> Self {
        // INVARIANT: the tables are part of the binary and a test reads them; no corrections is never the answer.
        Self::read(CORRECTIONS, REMOVED).unwrap_or_default()
    }

    /// Reads the two tables, `us-corrections.csv` and `removed.csv` in their layout.
    ///
    /// # Errors
    /// When a row lacks a column, or holds a day that is none, an unknown list, or no source.
    pub fn read(corrections: &[u8], removed: &[u8]) -> Result<Self, CorrectionError> {
        let rows: Vec<Row> = table("corrections", corrections)?;
        for (at, row) in rows.iter().enumerate() {
            let wrong = |message: &str| CorrectionError {
                table: "corrections",
                row: at + 1,
                message: message.to_owned(),
            };
            if row.kind != Kind::Cite && row.value.parse::<Date>().is_err() {
                return Err(wrong("the value is no day of the form 2021-11-04"));
            }
            if row.kind == Kind::Footnote && row.mark.is_empty() {
                return Err(wrong("a footnote needs its mark"));
            }
            if row.citation.is_empty() && row.id.is_empty() && row.name.is_empty() {
                return Err(wrong("the row would correct the whole list: name a notice, an id or a name"));
            }
            check(&row.list, &row.source).map_err(wrong)?;
        }
        let removed: Vec<Removed> = table("removed", removed)?;
        for (at, row) in removed.iter().enumerate() {
            let wrong = |message: &str| CorrectionError {
                table: "removed",
                row: at + 1,
                message: message.to_owned(),
            };
            if row.listed_to < row.listed_from {
                return Err(wrong("the listing ends before it begins"));
            }
            check(&row.list, &row.source).map_err(wrong)?;
        }
        Ok(Self { rows, removed })
    }

    /// Applies the corrections and adds the removed entries; parties without an id get one. Rows that found nothing to correct are returned as
    /// warnings: either the list has been mended or the row is wrong.
    pub fn apply(&self, parties: &mut Vec<Party>) -> Vec<Warning> {
        let mut reading = Reading::default();
        for (at, row) in self.rows.iter().enumerate() {
            let mut hits = 0;
            for party in parties.iter_mut().filter(|party| row.is_about(party)) {
                hits += usize::from(row.correct(party));
            }
            if hits == 0 {
                reading.warn(
                    Place::Row(at as u64 + 1),
                    format!(
                        "correction of \"{}{}{}\" found nothing to correct",
                        row.citation, row.id, row.name
                    ),
                );
            }
        }
        for (at, row) in self.removed.iter().enumerate() {
            let party = row.party(Place::Row(at as u64 + 1), &mut reading);
            parties.push(party);
        }
        id::assign(parties);
        reading.warnings
    }
}

fn table<T: for<'de> Deserialize<'de>>(name: &'static str, bytes: &[u8]) -> Result<Vec<T>, CorrectionError> {
    let mut rows = Vec::new();
    for (at, row) in csv::Reader::from_reader(bytes).deserialize().enumerate() {
        rows.push(row.map_err(|error: csv::Error| CorrectionError {
            table: name,
            row: at + 1,
            message: error.to_string(),
        })?);
    }
    Ok(rows)
}

fn check(list: &str, source: &str) -> Result<(), &'static str> {
    if catalogue().by_source(list).is_none() {
        return Err("the list is not in the catalogue");
    }
    if source.is_empty() { Err("every correction names its source") } else { Ok(()) }
}

impl Row {
    fn is_about(&self, party: &Party) -> bool {
        party.source == self.list
            && (self.id.is_empty() || self.id == party.id)
            && (self.name.is_empty() || party.names.iter().any(|name| key(&name.text) == key(&self.name)))
    }

    /// Corrects the party if the row applies to it.
    fn correct(&self, party: &mut Party) -> bool {
        let printed = party.raw.get("federal_register").cloned().unwrap_or_default();
        let printed = notices(&printed);
        // Only the notice that listed the party moves its first day and its citation; a footnote came with a later one.
        let first =
            printed.iter().enumerate().min_by_key(|(at, notice)| (notice.date.is_none(), notice.date, *at));
        let listed_by = first.map(|(_, notice)| notice.citation()).unwrap_or_default();
        let day = self.value.parse::<Date>().ok();
        let done = match self.kind {
            Kind::Effective if self.citation.is_empty() || self.citation == listed_by => {
                let was = party.listed_from.map_or_else(|| "undated".to_owned(), |day| day.to_string());
                party.listed_from = day;
                format!("listed from {} (printed: {was})", self.value)
            }
            Kind::Cite if self.citation == listed_by => {
                party.citation = Some(self.value.clone());
                format!("cited as {} (printed: {})", self.value, self.citation)
            }
            Kind::Footnote if printed.iter().any(|notice| notice.citation() == self.citation) => {
                // A party that this notice listed bears the footnote from its first day.
                let Some(footnote) = party
                    .footnotes
                    .iter_mut()
                    .find(|footnote| footnote.mark == self.mark && self.citation != listed_by)
                else {
                    return false;
                };
                footnote.from = day;
                format!("footnote {} from {}", self.mark, self.value)
            }
            _ => return false,
        };
        let note = if self.note.is_empty() { String::new() } else { format!("; {}", self.note) };
        append_mark(party, &format!("{done}: {}{note}", self.source));
        true
    }
}

fn append_mark(party: &mut Party, text: &str) {
    let mark = party.raw.entry(MARK.to_owned()).or_default();
    if !mark.is_empty() {
        mark.push_str(" | ");
    }
    mark.push_str(text);
}

impl Removed {
    fn party(&self, place: Place, reading: &mut Reading) -> Party {
        let mut party = Party { source: self.list.clone(), schema: Schema::LegalEntity, ..Party::default() };
        add_name(&mut party, &self.name, NameKind::Primary);
        for alias in values(&self.aliases) {
            add_name(&mut party, &alias, NameKind::Alias);
        }
        for country in values(&self.countries) {
            add_country_text(&mut party, &country, place, reading);
        }
        for address in values(&self.addresses) {
            add_address(&mut party, &address);
        }
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        party.legal_effect = some(&self.legal_effect);
        party.review_policy = some(&self.review_policy);
        party.citation = some(&self.citation);
        (party.listed_from, party.listed_to) = (Some(self.listed_from), Some(self.listed_to));
        append_raw(&mut party, "federal_register", &self.citation);
        append_raw(&mut party, crate::build::ONLY_IN, "hisn/removed");
        let note = if self.note.is_empty() { String::new() } else { format!("; {}", self.note) };
        append_mark(
            &mut party,
            &format!("removed from the list, last day {}: {}{note}", self.listed_to, self.source),
        );
        party
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "kind,list,citation,id,name,mark,value,source,note\n";
    const NOTHING_REMOVED: &str = "list,name,aliases,countries,addresses,legal_effect,review_policy,citation,listed_from,listed_to,source,note\n";

    fn read(row: &str) -> Result<Corrections, CorrectionError> {
        Corrections::read(format!("{HEADER}{row}\n").as_bytes(), NOTHING_REMOVED.as_bytes())
    }

    fn party(printed: &str) -> Party {
        let mut party =
            Party { source: "us-csl/EL".to_owned(), id: "us-el-x".to_owned(), ..Party::default() };
        append_raw(&mut party, "federal_register", printed);
        party
    }

    #[test]
    fn the_tables_of_the_binary_are_sound() {
        let read = Corrections::read(CORRECTIONS, REMOVED).unwrap();
        assert!(!read.rows.is_empty() && !read.removed.is_empty());
        let mut parties = Vec::new();
        read.apply(&mut parties);
        assert!(!parties.is_empty() && parties.iter().all(|party| !party.id.is_empty()));
    }

    #[test]
    fn only_the_listing_notice_moves_the_first_day() {
        let corrections = read("effective,us-csl/EL,88 FR 46072,,,,2023-07-18,88 FR 46071,").unwrap();
        let mut parties =
            vec![party("88 FR 46072, 7/19/23."), party("84 FR 1, 1/2/19. 88 FR 46072, 7/19/23.")];
        assert!(corrections.apply(&mut parties).is_empty());
        assert_eq!(parties[0].listed_from.map(|day| day.to_string()).as_deref(), Some("2023-07-18"));
        assert!(parties[0].raw[MARK].contains("88 FR 46071"));
        assert_eq!((parties[1].listed_from, parties[1].raw.get(MARK)), (None, None));
    }

    #[test]
    fn a_row_that_corrects_nothing_is_reported() {
        let corrections = read("cite,us-csl/EL,86 FR 1,,,,86 FR 2,FR,").unwrap();
        let warnings = corrections.apply(&mut vec![party("88 FR 46072, 7/19/23.")]);
        assert_eq!(warnings.len(), 1);
    }

    #[test]
    fn wrong_rows_are_refused() {
        for (row, why) in [
            ("effective,us-csl/EL,88 FR 1,,,,18 July 2023,FR,", "no day"),
            ("effective,us-csl/EL,,,,,2023-07-18,FR,", "whole list"),
            ("effective,us-csl/XX,88 FR 1,,,,2023-07-18,FR,", "not in the catalogue"),
            ("effective,us-csl/EL,88 FR 1,,,,2023-07-18,,", "names its source"),
            ("footnote,us-csl/EL,88 FR 1,,,,2023-07-18,FR,", "needs its mark"),
            ("moved,us-csl/EL,88 FR 1,,,,2023-07-18,FR,", "unknown variant"),
        ] {
            let message = read(row).unwrap_err().to_string();
            assert!(message.contains(why) && message.starts_with("corrections, row 1"), "{message}");
        }
    }
}
