//! The transcripts in the README are what the command prints.
//!
//! `HISN_README=write cargo test -p hisn-cli --test readme` writes them anew.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Digests are cut to this in the README.
const CUT: &str = "…";

#[test]
fn transcripts_are_what_the_command_prints() {
    let readme = root().join("README.md");
    let written = fs::read_to_string(&readme).unwrap();
    let folder = newcomer();
    let mut real = String::new();
    let mut count = 0;
    let mut lines = written.lines().peekable();
    while let Some(line) = lines.next() {
        real.push_str(line);
        real.push('\n');
        if line != "```console" {
            continue;
        }
        while let Some(line) = lines.next_if(|line| *line != "```") {
            let Some(command) = line.strip_prefix("$ ") else { continue };
            real.push_str(line);
            real.push('\n');
            real.push_str(&run(&folder, command));
            count += 1;
        }
    }
    assert!(count > 5, "the README has no transcripts");
    if std::env::var("HISN_README").is_ok_and(|wish| wish == "write") {
        fs::write(&readme, real).unwrap();
    } else {
        same_lines(&written, &real);
    }
}

fn same_lines(written: &str, real: &str) {
    for (number, (written, real)) in written.lines().zip(real.lines()).enumerate() {
        assert_eq!(written, real, "README.md:{}: HISN_README=write writes it anew", number + 1);
    }
    assert_eq!(written.lines().count(), real.lines().count());
}

fn run(folder: &Path, command: &str) -> String {
    let script = format!("hisn() {{ {} \"$@\"; }}\n{command}", env!("CARGO_BIN_EXE_hisn"));
    let output = Command::new("sh").args(["-c", &script]).current_dir(folder).output().unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    cut_digests(&(errors + &printed))
}

fn cut_digests(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_hexdigit()) {
        let (before, from) = rest.split_at(at);
        let length = from.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(from.len());
        let (word, after) = from.split_at(length);
        out.push_str(before);
        out.push_str(if length == 64 { CUT } else { word });
        rest = after;
    }
    out + rest
}

/// A folder with what a newcomer has, so that nothing is written into the sources.
fn newcomer() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("examples")).unwrap();
    for file in fs::read_dir(root().join("examples")).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), folder.join("examples").join(file.file_name())).unwrap();
    }
    folder
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
