//! Makes `default.jsonl.zst` from the folder `data/lists`: `cargo run --example build_snapshot -- data/lists`.

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "data/lists".to_owned()));
    match run(&folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(folder: &std::path::Path) -> Result<(), Box<dyn std::error::Error>> {
    let built = hisn_lists::build::default(folder)?;
    for (file, warning) in &built.warnings {
        eprintln!("{file}, {warning}");
    }
    let manifest = &built.snapshot.manifest;
    for list in &manifest.lists {
        println!(
            "{:14} {:6} entries {:6} rows  {}  {}",
            list.source, list.entries, list.rows, list.version, list.title
        );
    }
    let bytes = built.snapshot.write()?;
    println!("{} entries, {} bytes, sha256 {}", manifest.entries, bytes.len(), manifest.sha256);
    std::fs::write(folder.join("default.jsonl.zst"), bytes)?;
    Ok(())
}
