//! Which countries belong to which set, on which day.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::rows::{Row, Rows};
use crate::Truth;
use crate::country::{Country, CountrySet};
use crate::diagnostic::Diagnostic;
use crate::period::Period;

/// The sets of all place tables of a pack.
#[derive(Debug, Default)]
pub(crate) struct Places {
    files: Vec<PlaceFile>,
}

#[derive(Clone, Debug, Default)]
struct PlaceFile {
    /// Countries that the file speaks of; empty when it says nothing of the kind and what is not there is not in a set.
    known: Vec<(Country, Period)>,
    sets: BTreeMap<String, Vec<(Country, Period)>>,
}

/// A country that is judged as another one.
#[derive(Clone, Debug)]
pub(crate) struct Treated {
    pub country: Country,
    pub as_country: Country,
    pub period: Period,
}

impl Places {
    pub fn add(&mut self, rows: &Rows) -> Result<(), Vec<Diagnostic>> {
        let mut file = PlaceFile::default();
        let read = rows.each(|row: Row<'_>| {
            row.required("cite")?;
            Ok((row.country("country")?, row.text("set").to_owned(), row.period()?))
        })?;
        for (country, set, period) in read {
            match set.as_str() {
                "" => file.known.push((country, period)),
                _ => file.sets.entry(set).or_default().push((country, period)),
            }
        }
        self.files.push(file);
        Ok(())
    }

    pub fn extend(&mut self, other: &Places) {
        self.files.extend(other.files.iter().cloned());
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.iter().flat_map(|file| file.sets.keys()).map(String::as_str)
    }

    /// The members of a set on a day; a country that the set's file does not know is an unknown member.
    pub fn members(&self, set: &str, day: Date) -> CountrySet {
        let mut members = CountrySet::default();
        for file in &self.files {
            let Some(rows) = file.sets.get(set) else { continue };
            if !file.known.is_empty() {
                for country in Country::all() {
                    let known =
                        file.known.iter().any(|(known, period)| *known == country && period.contains(day));
                    if !known && members.contains(country).is_false() {
                        members.set(country, Truth::Unknown);
                    }
                }
            }
            for (country, _) in rows.iter().filter(|(_, period)| period.contains(day)) {
                members.set(*country, Truth::True);
            }
        }
        members
    }

    pub fn periods(&self) -> impl Iterator<Item = Period> {
        self.files
            .iter()
            .flat_map(|file| file.known.iter().chain(file.sets.values().flatten()))
            .map(|(_, period)| *period)
    }
}

pub fn read_treated(rows: &Rows) -> Result<Vec<Treated>, Vec<Diagnostic>> {
    rows.each(|row| {
        row.required("cite")?;
        Ok(Treated {
            country: row.country("country")?,
            as_country: row.country("as")?,
            period: row.period()?,
        })
    })
}
