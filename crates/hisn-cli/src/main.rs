//! The `hisn` command: reads files and arguments, asks the library, prints. It decides nothing by itself.

mod commands;
mod data;
mod engine;
mod exit;
mod list_files;
mod packs;
mod report;

use clap::Parser;

use commands::Command;
use exit::{Exit, Failure};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// May this item go to these parties, in this place, for this use, on this day, and why?
#[derive(Parser)]
#[command(name = "hisn", version, propagate_version = true, arg_required_else_help = true)]
#[command(
    after_help = "Exit status: 0 no license needed and nothing matched; 10 needs information or review; \
20 license required or prohibited; 30 lists or law too old to rely on; 2 usage or unreadable input.\n\
Begin with: hisn template order.toml, then hisn assess order.toml"
)]
struct Cli {
    /// A folder with a law pack, or with several, that adds to or replaces the packs of the program (repeatable)
    #[arg(long, global = true, value_name = "DIR")]
    law: Vec<std::path::PathBuf>,
    /// The folder of what the program fetches, such as renewed lists [env: HISN_DATA]
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<std::path::PathBuf>,
    #[command(subcommand)]
    command: Command,
}

fn main() -> std::process::ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Printing help can only fail when nobody reads it.
            let _ = error.print();
            return if error.use_stderr() { Exit::Usage.into() } else { Exit::Clear.into() };
        }
    };
    data::give(cli.data);
    match commands::run(cli.command, &cli.law) {
        Ok(exit) => exit.into(),
        Err(Failure::ClosedPipe) => Exit::Clear.into(),
        Err(failure) => {
            eprintln!("{failure}");
            Exit::Usage.into()
        }
    }
}

/// The command as clap knows it, for completions and man pages.
pub(crate) fn definition() -> clap::Command {
    <Cli as clap::CommandFactory>::command()
}
