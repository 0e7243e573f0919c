//! One module a command.

mod law;

use std::path::PathBuf;

use crate::exit::{Exit, Failure};

/// The commands.
#[derive(clap::Subcommand)]
pub enum Command {
    /// Check, test, format and read law packs
    #[command(subcommand)]
    Law(law::LawCommand),
}

/// Runs a command.
pub fn run(command: Command, packs: &[PathBuf]) -> Result<Exit, Failure> {
    match command {
        Command::Law(command) => law::run(command, packs),
    }
}
