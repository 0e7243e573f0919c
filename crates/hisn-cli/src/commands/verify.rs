//! `hisn verify`: is an assessment what it was?

use std::path::PathBuf;

use crate::exit::{Exit, Failure};

/// Verify assessments.
#[derive(clap::Args)]
pub struct Verify {
    /// Files that `hisn assess --format json` wrote; JSON lines are checked line by line
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

pub fn run(command: &Verify) -> Result<Exit, Failure> {
    let mut exit = Exit::Clear;
    for path in &command.files {
        let text = std::fs::read_to_string(path).map_err(|error| Failure::file(path, &error))?;
        let whole = serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok();
        let parts: Vec<&str> =
            if whole { vec![&text] } else { text.lines().filter(|line| !line.trim().is_empty()).collect() };
        if parts.is_empty() {
            return Err(Failure::new(format!("{}: the file is empty", path.display())));
        }
        for (place, part) in parts.iter().enumerate() {
            let at = if parts.len() > 1 {
                format!("{}:{}", path.display(), place + 1)
            } else {
                path.display().to_string()
            };
            match hisn_assess::verify(part) {
                Ok(verified) => {
                    let signed = if verified.signed { "signed" } else { "not signed" };
                    println!(
                        "{at}: {} {}: the digest is right ({}, {signed})",
                        verified.id, verified.outcome, verified.digest
                    );
                }
                Err(error) => {
                    eprintln!("{at}: {error}");
                    exit = Exit::Usage;
                }
            }
        }
    }
    Ok(exit)
}
