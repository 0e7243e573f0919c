//! Exit statuses and the errors that end a command.

use std::fmt;
use std::io;
use std::path::Path;
use std::process::ExitCode;

/// The status that a command ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Nothing to do.
    Clear,
    /// A human must look: something is missing, or something matched.
    Review,
    /// Lists or law are too old to rely on.
    Stale,
    /// A license is required, or it is prohibited.
    Blocked,
    /// The command or its input could not be understood.
    Usage,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(match exit {
            Exit::Clear => 0,
            Exit::Review => 10,
            Exit::Stale => 30,
            Exit::Blocked => 20,
            Exit::Usage => 2,
        })
    }
}

/// Why a command could not do its work.
#[derive(Debug)]
pub enum Failure {
    /// What was wrong, where, and what to do, in lines.
    Message(String),
    /// The reader of the output went away.
    ClosedPipe,
}

impl Failure {
    pub fn new(message: impl Into<String>) -> Failure {
        Failure::Message(message.into())
    }

    pub fn file(path: &Path, error: &io::Error) -> Failure {
        let hint = match error.kind() {
            io::ErrorKind::NotFound => "check the name, or write one with `hisn template order.toml`",
            io::ErrorKind::PermissionDenied => "the file cannot be opened with your rights",
            io::ErrorKind::IsADirectory => "a file is expected here, not a folder",
            _ => "the file cannot be read",
        };
        Failure::Message(format!("{}: {error}\nhelp: {hint}", path.display()))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Message(message) => f.write_str(message.trim_end()),
            Failure::ClosedPipe => Ok(()),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::ClosedPipe,
            _ => Failure::Message(error.to_string()),
        }
    }
}
