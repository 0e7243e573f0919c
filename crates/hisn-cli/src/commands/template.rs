//! `hisn template`: the order form.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::PathBuf;

use hisn_assess::form_vocabulary;
use hisn_orders::{template_csv, template_toml, template_xlsx};

use crate::engine;
use crate::exit::{Exit, Failure};
use crate::report::Lang;

/// Write an order form.
#[derive(clap::Args)]
pub struct Template {
    /// The file to write: its ending says in which form (.toml, .csv, .xlsx)
    file: PathBuf,
    /// The language in which the form explains itself
    #[arg(long, value_enum, default_value_t)]
    lang: Lang,
    /// Write over a file that exists
    #[arg(long)]
    force: bool,
}

pub fn run(command: &Template, packs: &[PathBuf]) -> Result<Exit, Failure> {
    let vocabulary = form_vocabulary(&engine::law(packs)?);
    let lang = match command.lang {
        Lang::En => hisn_orders::Lang::En,
        Lang::Ar => hisn_orders::Lang::Ar,
    };
    let ending =
        command.file.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let bytes = match ending.as_str() {
        "toml" => template_toml(&vocabulary, lang).into_bytes(),
        "csv" => template_csv(&vocabulary).into_bytes(),
        "xlsx" => template_xlsx(&vocabulary).map_err(|error| Failure::new(error.to_string()))?,
        _ => {
            let message =
                format!("{}: the ending says the form: .toml, .csv or .xlsx", command.file.display());
            return Err(Failure::new(format!("{message}\nhelp: hisn template order.toml")));
        }
    };
    let mut options = OpenOptions::new();
    options.write(true);
    if command.force {
        options.create(true).truncate(true)
    } else {
        options.create_new(true)
    };
    let mut file = options.open(&command.file).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            Failure::new(format!("{} exists\nhelp: add --force to write over it", command.file.display()))
        }
        _ => Failure::file(&command.file, &error),
    })?;
    file.write_all(&bytes)?;
    println!("{}: fill it in, then: hisn assess {}", command.file.display(), command.file.display());
    Ok(Exit::Clear)
}
