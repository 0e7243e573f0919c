//! The chores of the project: `cargo xtask test`, `lint`, `bench`, `lists`, `fuzz`.

use std::process::{Command, ExitCode};

const USAGE: &str =
    "cargo xtask test    every test: crates, documentation examples, law packs and their scenarios
cargo xtask lint    formatting of Rust and law, and clippy without warnings
cargo xtask bench   the benchmarks whose figures stand in docs/benchmarks.md
cargo xtask lists   make data/lists/default.jsonl.zst again from data/lists/sources
cargo xtask fuzz    run every fuzz target for five minutes (needs cargo-fuzz; see fuzz/README.md)";

fn main() -> ExitCode {
    let chore = std::env::args().nth(1).unwrap_or_default();
    let done = match chore.as_str() {
        "test" => test(),
        "lint" => lint(),
        "bench" => cargo(&["bench", "-p", "hisn-assess"]) && cargo(&["bench", "-p", "hisn-screening"]),
        "lists" => cargo(&[
            "run",
            "--release",
            "-p",
            "hisn-lists",
            "--example",
            "build_snapshot",
            "--",
            "data/lists",
        ]),
        "fuzz" => fuzz(),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    if done { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn test() -> bool {
    cargo(&["test", "--workspace"]) && hisn(&["law", "check", "law"]) && hisn(&["law", "test", "law"])
}

fn lint() -> bool {
    cargo(&["fmt", "--all", "--check"])
        && cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])
        && hisn(&["law", "fmt", "--check", "law"])
}

/// The targets of `fuzz/`, one after the other.
fn fuzz() -> bool {
    const SECONDS: &str = "-max_total_time=300";
    let targets = ["law_parser", "law_build", "list_readers", "snapshot", "order_readers", "names"];
    targets.iter().all(|target| {
        let seeds = format!("fuzz/seeds/{target}");
        let corpus = format!("fuzz/corpus/{target}");
        std::fs::create_dir_all(&corpus).is_ok()
            && run(Command::new("cargo")
                .env("RUSTC_BOOTSTRAP", "1")
                .args(["fuzz", "run", "-s", "none", target, &corpus, &seeds, "--", SECONDS]))
    })
}

/// The command itself, as a developer build.
fn hisn(arguments: &[&str]) -> bool {
    run(Command::new("cargo").args(["run", "--quiet", "-p", "hisn-cli", "--"]).args(arguments))
}

fn cargo(arguments: &[&str]) -> bool {
    run(Command::new("cargo").args(arguments))
}

/// Runs a command in the root of the project; says what failed.
fn run(command: &mut Command) -> bool {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    match command.current_dir(root).status() {
        Ok(status) if status.success() => true,
        Ok(status) => {
            eprintln!("{command:?}: {status}");
            false
        }
        Err(error) => {
            eprintln!("{command:?} could not be started: {error}");
            false
        }
    }
}
