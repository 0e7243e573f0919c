//! The files of a pack, before they are read.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::diagnostic::Diagnostic;

/// The files of one pack: name within its folder and content. Reading folders is for others.
#[derive(Clone, Debug, Default)]
pub struct PackSource {
    /// `pack.toml`, `*.law`, `tables/*.csv`, `scenarios/*.toml`, by path with `/`.
    pub files: BTreeMap<String, String>,
    /// What stands before file names in diagnostics: `law/us/`.
    pub prefix: String,
}

/// What `pack.toml` says.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Short name: `us`.
    pub name: String,
    /// Title by language.
    pub title: BTreeMap<String, String>,
    /// Who decides applications, by language.
    #[serde(default)]
    pub authority: BTreeMap<String, String>,
    /// Packs whose words this one shares.
    #[serde(default)]
    pub uses: Vec<String>,
    /// What is left out of citations in `because`.
    #[serde(default)]
    pub citation_prefix: String,
    /// The day to which the pack was compared with the official text.
    pub checked_to: Option<Date>,
    /// The first day whose law the pack holds.
    pub covers_from: Option<Date>,
    /// For how many days after `checked_to` it may be relied on.
    pub max_age_days: Option<i64>,
}

impl PackSource {
    /// Reads `pack.toml`.
    pub fn manifest(&self) -> Result<Manifest, Diagnostic> {
        let file = self.name_of("pack.toml");
        let text = self.files.get("pack.toml").ok_or_else(|| {
            Diagnostic::in_row(&file, 1, 1, "the folder has no pack.toml")
                .help("every pack begins with one: name, title, uses")
        })?;
        toml::from_str(text).map_err(|error| {
            let span = error.span().unwrap_or(0..0);
            let span = crate::diagnostic::Span { start: span.start, end: span.end };
            Diagnostic::at(&file, text, span, error.message().to_owned())
        })
    }

    /// The files whose name ends so, in order.
    pub fn ending(&self, suffix: &str) -> impl Iterator<Item = (String, &str)> {
        let files = self.files.iter().filter(move |(name, _)| name.ends_with(suffix));
        files.map(|(name, text)| (self.name_of(name), text.as_str()))
    }

    /// SHA-256 over every file that can change an answer, in hexadecimal.
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        let counts =
            |name: &str| name == "pack.toml" || name.ends_with(".law") || name.starts_with("tables/");
        for (name, text) in self.files.iter().filter(|(name, _)| counts(name)) {
            // Lengths keep two files apart from one that holds both.
            hash.update((name.len() as u64).to_be_bytes());
            hash.update(name.as_bytes());
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text.as_bytes());
        }
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn name_of(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }
}
