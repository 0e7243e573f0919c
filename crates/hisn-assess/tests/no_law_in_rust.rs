//! Everything that can change an answer is data: no control entry, country, list, paragraph or review policy stands in the Rust
//! code of the engines. What a publisher's file format is made of (column names, supplement numbers, list codes of the file's
//! own) stands in the readers of `hisn-lists`, whose mapping to lists is `data/lists/sources.toml`.

use std::fs;
use std::path::{Path, PathBuf};

/// Crates whose code may know nothing of the law.
const CRATES: [&str; 6] =
    ["hisn-law", "hisn-assess", "hisn-screening", "hisn-names", "hisn-orders", "hisn-cli"];

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs")
            && path.file_name().is_some_and(|name| name != "tests.rs")
        {
            files.push(path);
        }
    }
}

/// The code of a file: no comments, no documentation, no tests at its end.
fn code(text: &str) -> String {
    let before_tests = text.split("#[cfg(test)]").next().unwrap_or(text);
    let lines = before_tests.lines().map(|line| line.split("//").next().unwrap_or(""));
    lines.collect::<Vec<_>>().join("\n")
}

/// Texts in double quotes.
fn literals(code: &str) -> Vec<String> {
    code.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ':')))
        .filter(|word| !word.is_empty())
}

fn is_control_entry(word: &str) -> bool {
    let bytes: Vec<char> = word.chars().take(5).collect();
    word == "EAR99"
        || matches!(bytes.as_slice(), [a, b, c, d, e] if a.is_ascii_digit() && ('A'..='E').contains(b) && [c, d, e].iter().all(|x| x.is_ascii_digit()))
}

/// `742.4`, `740.22(c)(2)`, `15 CFR 734`, `86 FR 60759`.
fn is_paragraph(word: &str) -> bool {
    let (part, rest) = word.split_once('.').unwrap_or(("", ""));
    part.len() == 3
        && part.starts_with('7')
        && part.chars().all(|c| c.is_ascii_digit())
        && rest.starts_with(|c: char| c.is_ascii_digit())
}

#[test]
fn nothing_of_the_law_stands_in_rust() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let countries: Vec<String> =
        hisn_lists::countries().all().iter().map(|country| country.code.clone()).collect();
    let names: Vec<String> =
        hisn_lists::countries().all().iter().map(|country| country.en.to_lowercase()).collect();
    let lists: Vec<String> = hisn_lists::catalogue()
        .lists()
        .iter()
        .filter_map(|list| list.source.rsplit('/').next().map(str::to_owned))
        .collect();
    let packs: Vec<String> =
        hisn_assess::law_with(Vec::new()).unwrap().packs().map(|pack| pack.name().to_owned()).collect();
    let mut found = Vec::new();
    let mut looked_at = 0;
    for name in CRATES {
        let mut files = Vec::new();
        rust_files(&root.join("crates").join(name).join("src"), &mut files);
        for file in files {
            looked_at += 1;
            let text = code(&fs::read_to_string(&file).unwrap());
            for literal in literals(&text) {
                let whole = literal.trim();
                let mut reasons = Vec::new();
                if words(whole).any(is_control_entry) {
                    reasons.push("a control entry");
                }
                if words(whole).any(is_paragraph) || whole.contains(" CFR") || whole.contains(" FR ") {
                    reasons.push("a paragraph");
                }
                if countries.iter().any(|code| code == whole) || names.contains(&whole.to_lowercase()) {
                    reasons.push("a country");
                }
                if lists.iter().any(|list| list == whole) || packs.iter().any(|pack| pack == whole) {
                    reasons.push("a list or a pack");
                }
                for reason in reasons {
                    found.push(format!(
                        "{}: {reason}: {literal:?}",
                        file.strip_prefix(&root).unwrap_or(&file).display()
                    ));
                }
            }
        }
    }
    assert!(looked_at > 60, "only {looked_at} files were looked at");
    assert!(found.is_empty(), "{found:#?}");
}
