//! The control list: its entries, why and where each is controlled, and named sets of entries.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::rows::{Row, Rows};
use crate::Truth;
use crate::code::{Code, path_is_in};
use crate::diagnostic::Diagnostic;
use crate::period::Period;

/// Everything that the tables say of items, by entry.
#[derive(Debug, Default)]
pub(crate) struct Items {
    /// Rows of the control list, by entry; an entry's own row has no paragraphs.
    pub entries: BTreeMap<String, Vec<EntryRow>>,
    pub controls: Vec<ControlRow>,
    pub sets: Vec<(String, Pattern)>,
    pub limits: Vec<Limit>,
}

/// One row of the control list.
#[derive(Clone, Debug)]
pub struct EntryRow {
    /// The entry or paragraph.
    pub code: Code,
    /// What it is, in few words.
    pub heading: String,
    /// When it is in force.
    pub period: Period,
    /// Where to look when it is not.
    pub instead: Vec<Code>,
    /// Where this stands.
    pub cite: String,
}

/// Which part of an entry a row is about.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// The entry.
    pub entry: Code,
    /// Paragraphs that it is limited to; none: the whole entry.
    pub paragraphs: Vec<Code>,
    /// Paragraphs that are left out.
    pub except: Vec<Code>,
    /// For software and technology: the entries that it must be for; none: whatever it is for.
    pub fors: Vec<Code>,
    /// When the row holds.
    pub period: Period,
}

/// Why and to which places a part of an entry is controlled.
#[derive(Clone, Debug)]
pub struct Control {
    /// Which part.
    pub pattern: Pattern,
    /// What the row adds in prose.
    pub condition: String,
    /// The reason for control.
    pub reason: String,
    /// The destinations, in the words of the law language.
    pub places: String,
    /// Where the review policy stands.
    pub section: String,
    /// Where this stands.
    pub cite: String,
}

/// A control as read, with what is still to be bound to the names of the law.
#[derive(Clone, Debug)]
pub(crate) struct ControlRow {
    pub control: Control,
    pub when: String,
    pub file: String,
    pub line: usize,
}

/// A limit of value.
#[derive(Clone, Debug)]
pub(crate) struct Limit {
    pub table: String,
    pub pattern: Pattern,
    pub amount: f64,
    pub currency: String,
}

/// What the control list says of a code on a day.
#[derive(Clone, Debug, PartialEq)]
pub enum EntryStatus {
    /// No such entry on any day.
    Unknown,
    /// In force.
    InForce,
    /// Known, but not in force on the day; with the entries to look at instead.
    NotInForce(Vec<Code>),
}

impl Pattern {
    /// Whether an item of code `code`, for `fors`, falls under it.
    pub fn covers(&self, code: &Code, fors: &[Code]) -> Truth {
        let any = |list: &[Code]| {
            list.iter().map(|part| path_is_in(code.path(), part.path())).max().unwrap_or(Truth::False)
        };
        let part = if self.paragraphs.is_empty() { Truth::True } else { any(&self.paragraphs) };
        let truth = part & !any(&self.except);
        if self.fors.is_empty() || truth.is_false() {
            return truth;
        }
        if fors.is_empty() {
            return truth & Truth::Unknown;
        }
        let meant = fors.iter().flat_map(|code| self.fors.iter().map(|of| code.is_in(of))).max();
        truth & meant.unwrap_or(Truth::False)
    }
}

impl Items {
    pub fn add_entries(&mut self, rows: &Rows) -> Result<(), Vec<Diagnostic>> {
        let read = rows.each(|row| {
            Ok(EntryRow {
                code: row.code("code")?,
                heading: row.required("heading")?.to_owned(),
                period: row.period()?,
                instead: row.codes("instead")?,
                cite: row.required("cite")?.to_owned(),
            })
        })?;
        for row in read {
            self.entries.entry(row.code.entry().to_owned()).or_default().push(row);
        }
        Ok(())
    }

    pub fn add_controls(&mut self, rows: &Rows) -> Result<(), Vec<Diagnostic>> {
        self.controls.extend(rows.each(|row| {
            let control = Control {
                pattern: pattern(row)?,
                condition: row.text("condition").to_owned(),
                reason: row.required("reason")?.to_owned(),
                places: row.required("places")?.to_owned(),
                section: row.text("section").to_owned(),
                cite: row.required("cite")?.to_owned(),
            };
            Ok(ControlRow {
                control,
                when: row.text("when").to_owned(),
                file: rows.file().to_owned(),
                line: row.line(),
            })
        })?);
        Ok(())
    }

    pub fn add_sets(&mut self, rows: &Rows) -> Result<(), Vec<Diagnostic>> {
        self.sets.extend(rows.each(|row| {
            row.required("cite")?;
            Ok((row.required("set")?.to_owned(), pattern(row)?))
        })?);
        Ok(())
    }

    pub fn add_limits(&mut self, rows: &Rows) -> Result<(), Vec<Diagnostic>> {
        let table = rows.file().rsplit('/').next().unwrap_or("").trim_end_matches(".csv").to_owned();
        self.limits.extend(rows.each(|row| {
            row.required("cite")?;
            let amount = row.required("limit")?;
            let amount = amount.parse::<f64>().ok().filter(|amount| amount.is_finite() && *amount >= 0.0);
            Ok(Limit {
                table: table.clone(),
                pattern: pattern(row)?,
                amount: amount.ok_or_else(|| row.error("limit", "the limit is no number"))?,
                currency: row.required("currency")?.to_owned(),
            })
        })?);
        Ok(())
    }

    /// What the control list says of `code` on `day`: it and everything above it must be in force.
    pub fn status(&self, code: &Code, day: Date) -> EntryStatus {
        let Some(rows) = self.entries.get(code.entry()) else { return EntryStatus::Unknown };
        for depth in 0..=code.path().len() {
            let above =
                rows.iter().filter(|row| row.code.path().len() == depth && code.is_in(&row.code).is_true());
            let (mut first, mut stands) = (None, false);
            for row in above {
                first = first.or(Some(row));
                stands |= row.period.contains(day);
            }
            if let Some(first) = first
                && !stands
            {
                return EntryStatus::NotInForce(first.instead.clone());
            }
        }
        EntryStatus::InForce
    }

    pub fn periods(&self) -> impl Iterator<Item = Period> {
        let entries = self.entries.values().flatten().map(|row| row.period);
        let controls = self.controls.iter().map(|row| row.control.pattern.period);
        let sets = self.sets.iter().map(|(_, pattern)| pattern.period);
        entries.chain(controls).chain(sets).chain(self.limits.iter().map(|limit| limit.pattern.period))
    }
}

fn pattern(row: Row<'_>) -> Result<Pattern, Diagnostic> {
    let entry = row.code("entry")?;
    Ok(Pattern {
        paragraphs: row.paragraphs(&entry, "paragraphs")?,
        except: row.paragraphs(&entry, "except")?,
        fors: if row.has("for") { row.codes("for")? } else { Vec::new() },
        period: row.period()?,
        entry,
    })
}
