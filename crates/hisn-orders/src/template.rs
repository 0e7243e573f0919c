//! The order form, made from the vocabulary: what people fill in and the readers read.

mod columns;
mod fields;
mod form;
mod workbook;

pub use columns::template_csv;
pub use form::template_toml;
pub use workbook::template_xlsx;

use serde::Deserialize;

/// The language that a form explains itself in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Arabic.
    Ar,
}

/// A sentence in both languages.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wording {
    en: String,
    ar: String,
}

impl Wording {
    fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Ar => &self.ar,
        }
    }
}

#[cfg(test)]
mod tests;
