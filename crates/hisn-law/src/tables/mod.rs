//! The tables of a pack: what kind a file is, its header says.

mod items;
mod places;
mod rows;

pub(crate) use items::Items;
pub use items::{Control, EntryRow, EntryStatus, Pattern};
pub(crate) use places::{Places, Treated};

use crate::diagnostic::Diagnostic;
use crate::source::PackSource;

/// Every table of a pack, read but not yet bound to the names of the law.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    pub places: Places,
    pub treated: Vec<Treated>,
    pub items: Items,
    pub phrases: Vec<Phrase>,
}

/// How some words of a list become a fact of a listing.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    pub list: String,
    pub field: String,
    pub contains: String,
    pub fact: String,
    pub value: String,
}

impl Tables {
    /// Reads every CSV of the pack.
    pub fn read(source: &PackSource, errors: &mut Vec<Diagnostic>) -> Tables {
        let mut tables = Tables::default();
        for (file, text) in source.ending(".csv") {
            let rows = match rows::read(&file, text) {
                Ok(rows) => rows,
                Err(error) => {
                    errors.push(error);
                    continue;
                }
            };
            let result = match rows.header().as_str() {
                "country,set,from,to,cite" => tables.places.add(&rows),
                "country,as,from,to,cite" => {
                    places::read_treated(&rows).map(|read| tables.treated.extend(read))
                }
                "code,heading,from,to,instead,cite" => tables.items.add_entries(&rows),
                "entry,paragraphs,except,for,condition,when,reason,places,section,from,to,cite" => {
                    tables.items.add_controls(&rows)
                }
                "set,entry,paragraphs,except,for,from,to,cite" => tables.items.add_sets(&rows),
                "entry,paragraphs,except,limit,currency,from,to,cite" => tables.items.add_limits(&rows),
                "list,field,contains,fact,value" => {
                    read_phrases(&rows).map(|read| tables.phrases.extend(read))
                }
                header => Err(vec![
                    Diagnostic::in_row(&file, 1, 1, format!("no table has the header {header}"))
                        .help("docs/law-language.md lists the headers and what each table holds"),
                ]),
            };
            if let Err(more) = result {
                errors.extend(more);
            }
        }
        tables
    }
}

fn read_phrases(rows: &rows::Rows) -> Result<Vec<Phrase>, Vec<Diagnostic>> {
    rows.each(|row| {
        Ok(Phrase {
            list: row.text("list").to_owned(),
            field: row.text("field").to_owned(),
            contains: row.text("contains").to_lowercase(),
            fact: row.required("fact")?.to_owned(),
            value: row.required("value")?.to_owned(),
        })
    })
}
