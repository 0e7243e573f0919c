//! `hisn lists`: what the lists are, how they are renewed, and how they change.

mod diff;
mod import;
mod status;
mod update;

use crate::exit::{Exit, Failure};

/// Commands about lists.
#[derive(clap::Subcommand)]
pub enum ListsCommand {
    /// Show each list: date, age, entries, and which lists are not held
    Status(status::Status),
    /// Renew lists from their publishers; what is wrong or shrinks is held back, and the last good copy stands
    Update(update::Update),
    /// Read published lists and put them into a snapshot
    Import(import::Import),
    /// Say who was added, removed and changed between two snapshots, published files, or folders of them
    Diff(diff::Diff),
}

pub fn run(command: ListsCommand) -> Result<Exit, Failure> {
    match command {
        ListsCommand::Status(command) => status::run(&command),
        ListsCommand::Update(command) => update::run(&command),
        ListsCommand::Import(command) => import::run(&command),
        ListsCommand::Diff(command) => diff::run(&command),
    }
}

#[derive(Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Lines for people
    #[default]
    Human,
    /// One JSON object
    Json,
}
