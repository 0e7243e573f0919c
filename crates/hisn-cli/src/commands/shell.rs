//! Completions and manual pages, from the same definitions as the help.

use std::path::PathBuf;

use crate::exit::{Exit, Failure};

/// Print completions.
#[derive(clap::Args)]
pub struct Completions {
    /// The shell
    shell: clap_complete::Shell,
}

/// Write manual pages.
#[derive(clap::Args)]
pub struct Man {
    /// An existing folder
    folder: PathBuf,
}

pub fn completions(command: &Completions) -> Result<Exit, Failure> {
    clap_complete::generate(command.shell, &mut crate::definition(), "hisn", &mut std::io::stdout());
    Ok(Exit::Clear)
}

pub fn man(command: &Man) -> Result<Exit, Failure> {
    clap_mangen::generate_to(crate::definition(), &command.folder)
        .map_err(|error| Failure::file(&command.folder, &error))?;
    Ok(Exit::Clear)
}
