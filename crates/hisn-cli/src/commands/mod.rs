//! One module a command.

mod assess;
mod bulk;
mod compare;
mod explain;
mod law;
mod lists;
mod screen;
mod shell;
mod template;
mod verify;

use std::path::PathBuf;

use crate::exit::{Exit, Failure};

/// The commands.
#[derive(clap::Subcommand)]
pub enum Command {
    /// Assess orders: may this item go to these parties, in this place, for this use?
    Assess(assess::Assess),
    /// Screen names against the lists
    Screen(screen::Screen),
    /// Score two names and show how they were compared
    Compare(compare::Compare),
    /// Check, test, format and read law packs
    #[command(subcommand)]
    Law(law::LawCommand),
    /// Show, import and compare lists of parties
    #[command(subcommand)]
    Lists(lists::ListsCommand),
    /// Write an order form: order.toml, orders.csv or orders.xlsx
    Template(template::Template),
    /// Show a control entry: why and where it is controlled, its sets, its dates
    Explain(explain::Explain),
    /// Check that an assessment is what it was when it was made, offline
    Verify(verify::Verify),
    /// Print completions for a shell
    Completions(shell::Completions),
    /// Write the manual pages into a folder
    Man(shell::Man),
}

/// Runs a command.
pub fn run(command: Command, packs: &[PathBuf]) -> Result<Exit, Failure> {
    match command {
        Command::Assess(command) => assess::run(&command, packs),
        Command::Screen(command) => screen::run(&command),
        Command::Compare(command) => compare::run(&command),
        Command::Law(command) => law::run(command, packs),
        Command::Lists(command) => lists::run(command),
        Command::Template(command) => template::run(&command, packs),
        Command::Explain(command) => explain::run(&command, packs),
        Command::Verify(command) => verify::run(&command),
        Command::Completions(command) => shell::completions(&command),
        Command::Man(command) => shell::man(&command),
    }
}
