//! `hisn screen --input`: rows stay as they were, bad rows are told, and a run that was killed goes on.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::Duration;

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn hisn(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hisn"));
    command.current_dir(folder).env("HISN_DATA", folder.join("data"));
    command
}

fn screen(folder: &Path, arguments: &[&str]) -> Output {
    hisn(folder).arg("screen").args(["--as-of", "2026-03-02"]).args(arguments).output().unwrap()
}

const TABLE: &str = "\u{feff}Kunde;NAME;country;Notiz\r\n\
    1;\"NSO Group\";il;\"a; \"\"b\"\"\"\r\n\
    2;Acme Bakery;CA;=1+1\r\n\
    3;;CA;no name\r\n\
    4;Candiru;Atlantis;\r\n\
    5;Positive Technologies;RU\r\n";

#[test]
fn cells_stay_as_they_were_and_bad_rows_are_told() {
    let folder = folder("bulk");
    fs::write(folder.join("in.csv"), TABLE).unwrap();
    let output = screen(&folder, &["--input", "in.csv", "--format", "csv", "-o", "out.csv"]);
    assert_eq!(output.status.code(), Some(2), "a row was rejected");
    let answers = fs::read_to_string(folder.join("out.csv")).unwrap();
    let mut lines = answers.split("\r\n");
    assert!(lines.next().unwrap().starts_with("\u{feff}Kunde;NAME;country;Notiz;status;matches;"));
    assert!(lines.next().unwrap().starts_with("1;\"NSO Group\";il;\"a; \"\"b\"\"\";possible_match;1;"));
    assert!(lines.next().unwrap().starts_with("2;Acme Bakery;CA;=1+1;clear;0;"));
    let rejected = fs::read_to_string(folder.join("out.csv.rejected.csv")).unwrap();
    for reason in [
        ";3;name;no name",
        ";4;country;no country is called Atlantis",
        ";5;row;3 cells where the header has 4",
    ] {
        assert!(rejected.contains(reason), "{reason} in {rejected}");
    }
    assert!(!folder.join("out.csv.part").exists() && !folder.join("out.csv.journal").exists());
}

#[test]
fn json_lines_carry_the_own_id_of_a_row() {
    let folder = folder("bulk-json");
    fs::write(folder.join("in.csv"), "id,name\nc-7,NSO Group\nc-8,Acme Bakery\n").unwrap();
    let output = screen(&folder, &["--input", "in.csv", "--format", "json"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let answers: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(
        (answers[0]["id"].as_str(), answers[0]["status"].as_str()),
        (Some("c-7"), Some("possible_match"))
    );
    assert_eq!((answers[1]["id"].as_str(), answers[1]["status"].as_str()), (Some("c-8"), Some("clear")));
    assert_eq!(output.status.code(), Some(10));
}

#[test]
fn an_output_is_never_the_input() {
    let folder = folder("bulk-same");
    fs::write(folder.join("in.csv"), "name\nNSO Group\n").unwrap();
    let output = screen(&folder, &["--input", "in.csv", "-o", "in.csv"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(fs::read_to_string(folder.join("in.csv")).unwrap(), "name\nNSO Group\n");
}

#[test]
fn a_run_that_was_killed_comes_to_the_same_file() {
    let folder = folder("bulk-killed");
    let mut table = String::from("id,name,country\n");
    for row in 0..80_000 {
        let name = if row % 997 == 0 { "NSO Group" } else { "Quxly Bakery" };
        let country = if row % 4999 == 0 { "Atlantis" } else { "CA" };
        writeln!(table, "{row},{name} {row},{country}").unwrap();
    }
    fs::write(folder.join("in.csv"), &table).unwrap();
    let arguments = |to: &'static str| ["--input", "in.csv", "--format", "csv", "-o", to];
    screen(&folder, &arguments("whole.csv"));

    let mut child = hisn(&folder);
    child.arg("screen").args(["--as-of", "2026-03-02"]).args(arguments("killed.csv"));
    let mut child = child.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    while !folder.join("killed.csv.journal").exists() && child.try_wait().unwrap().is_none() {
        sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(folder.join("killed.csv.journal").exists(), "it ended before it could be killed");
    assert!(!folder.join("killed.csv").exists());

    // Another input must not go on with this output.
    fs::write(folder.join("in.csv"), table.replace("NSO", "Nso")).unwrap();
    let other = screen(&folder, &arguments("killed.csv"));
    assert!(String::from_utf8_lossy(&other.stderr).contains("--restart"));

    fs::write(folder.join("in.csv"), &table).unwrap();
    let resumed = screen(&folder, &arguments("killed.csv"));
    assert!(String::from_utf8_lossy(&resumed.stderr).contains("going on from there"));
    for ending in ["", ".rejected.csv"] {
        let read = |name: &str| fs::read(folder.join(format!("{name}{ending}"))).unwrap();
        assert!(read("whole.csv") == read("killed.csv"), "the files differ: {ending}");
    }
}
