//! The command as people and machines run it: real binary, temporary folder, orders with dates of their own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

const HISN: &str = env!("CARGO_BIN_EXE_hisn");

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// An empty folder of its own for a test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn hisn(arguments: &[&str]) -> Output {
    // Not the lists that somebody has renewed on this machine.
    Command::new(HISN).args(arguments).env("HISN_DATA", "/nonexistent").current_dir(root()).output().unwrap()
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn json(arguments: &[&str]) -> (Value, Option<i32>) {
    let output = hisn(arguments);
    (serde_json::from_str(&text(&output)).unwrap(), output.status.code())
}

#[test]
fn the_day_before_and_the_day_of_a_listing() {
    let (before, status) = json(&["assess", "examples/nso-2021-11-03.toml", "--format", "json"]);
    assert_eq!((before["outcome"].as_str(), status), (Some("no_license_required"), Some(0)));
    let (after, status) = json(&["assess", "examples/nso-2021-11-04.toml", "--format", "json"]);
    assert_eq!((after["outcome"].as_str(), status), (Some("license_required"), Some(20)));
    assert_eq!(after["jurisdictions"][0]["review_policy"], "presumption_of_denial");
    assert_eq!(after["screening"][0]["matches"][0]["citation"], "86 FR 60759");
    for key in ["schema", "id", "as_of", "summary", "red_flags", "evidence", "warnings"] {
        assert!(!after[key].is_null(), "{key}");
    }
    let both = text(&hisn(&["assess", "examples/nso-2021-11-03.toml", "examples/nso-2021-11-04.toml"]));
    assert!(
        both.contains("NO LICENSE REQUIRED")
            && both.contains("presumption of denial")
            && both.contains("86 FR 60759")
    );
}

#[test]
fn what_is_missing_is_asked_for() {
    let (answer, status) = json(&["assess", "examples/needs-information.toml", "--format", "json"]);
    assert_eq!((answer["outcome"].as_str(), status), (Some("needs_information"), Some(10)));
    let mut asked =
        answer["jurisdictions"].as_array().unwrap().iter().flat_map(|of| of["unknowns"].as_array().unwrap());
    assert!(asked.any(|unknown| unknown["fact"] == "end_user.kind"));
}

#[test]
fn a_bad_row_is_rejected_and_the_rest_goes_on() {
    let folder = folder("batch");
    let orders = folder.join("orders.csv");
    fs::write(
        &orders,
        "id,date,from,to,item.classification,end_user.name,end_user.country,end_user.kind\n\
        a,2025-03-03,US,DE,EAR99,Rhein Qwz,DE,company\n\
        b,2025-03-03,US,Atlantis,EAR99,Rhein Qwz,DE,company\n\
        c,2025-03-03,US,DE,EAR99,Rhein Qwz,DE,company\n",
    )
    .unwrap();
    let output = hisn(&["assess", orders.to_str().unwrap(), "--format", "json"]);
    assert_eq!(output.status.code(), Some(2));
    let lines: Vec<Value> = text(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let rows: Vec<(&str, u64)> =
        lines.iter().map(|l| (l["id"].as_str().unwrap(), l["row"].as_u64().unwrap())).collect();
    assert_eq!(rows, [("a", 2), ("c", 4)]);
    let rejected = fs::read_to_string(folder.join("orders.csv.rejected.csv")).unwrap();
    assert!(rejected.contains("Atlantis") && rejected.contains("rejected.reason"));
}

#[test]
fn a_changed_rule_in_a_folder_changes_the_answer() {
    let folder = folder("law");
    copy(&root().join("law/us"), &folder.join("us"));
    let order = folder.join("order.toml");
    let written = "date = \"2025-06-01\"\naction = \"export\"\nfrom = \"US\"\nto = \"SA\"\n[[item]]\nname = \"x\"\n\
        classification = \"5A001.j\"\norigin = \"US\"\n[[party]]\nrole = \"end-user\"\nname = \"Zyxwq\"\ncountry = \"SA\"\nkind = \"police\"\n";
    fs::write(&order, written).unwrap();
    let order = order.to_str().unwrap();
    assert_eq!(json(&["assess", order, "--format", "json"]).0["outcome"], "license_required");
    let chart = folder.join("us/tables/chart.csv");
    let marks = fs::read_to_string(&chart).unwrap();
    let without: String =
        marks.lines().filter(|line| !line.starts_with("SA,NS2,")).map(|line| format!("{line}\n")).collect();
    assert_ne!(marks, without);
    fs::write(&chart, without).unwrap();
    let law = folder.join("us");
    let (answer, _) = json(&["--law", law.to_str().unwrap(), "assess", order, "--format", "json"]);
    assert_eq!(answer["outcome"], "no_license_required");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

#[test]
fn an_assessment_verifies_until_it_is_changed() {
    let folder = folder("verify");
    let file = folder.join("a.json");
    let written = text(&hisn(&["assess", "examples/nso-2021-11-04.toml", "--format", "json"]));
    fs::write(&file, &written).unwrap();
    assert_eq!(hisn(&["verify", file.to_str().unwrap()]).status.code(), Some(0));
    fs::write(&file, written.replace("license_required", "no_license_required")).unwrap();
    assert_eq!(hisn(&["verify", file.to_str().unwrap()]).status.code(), Some(2));
}

#[test]
fn a_form_reads_back_and_is_not_written_over() {
    let folder = folder("template");
    for name in ["order.toml", "orders.csv", "orders.xlsx"] {
        let file = folder.join(name);
        let file = file.to_str().unwrap();
        assert_eq!(hisn(&["template", file]).status.code(), Some(0), "{name}");
        assert_eq!(hisn(&["template", file]).status.code(), Some(2), "{name} must not be written over");
        let output = hisn(&["assess", file, "--format", "json"]);
        assert_ne!(output.status.code(), Some(2), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn arabic_isolates_every_inserted_value() {
    let output = text(&hisn(&["assess", "examples/nso-2021-11-04.toml", "--lang", "ar"]));
    let mut depth = 0;
    for c in output.chars() {
        match c {
            '\u{2066}' | '\u{2068}' => depth += 1,
            '\u{2069}' => depth -= 1,
            c => assert!(depth > 0 || !c.is_ascii_alphanumeric(), "{c} stands outside an isolate"),
        }
    }
    assert!(output.contains("يلزم ترخيص"));
}

#[test]
fn rules_and_entries_are_shown_as_of_a_day() {
    let interim = text(&hisn(&["law", "show", "us/ace", "--as-of", "2022-05-25"]));
    let settled = text(&hisn(&["law", "show", "us/ace", "--as-of", "2022-05-26"]));
    assert!(
        interim.starts_with("# us/ace: in force on 2022-05-25")
            && settled.starts_with("# us/ace: in force on 2022-05-26")
    );
    assert_ne!(interim.lines().nth(2), settled.lines().nth(2));
    let entry = hisn(&["explain", "5A001.j", "--as-of", "2021-01-01"]);
    assert!(text(&entry).contains("not in force on 2021-01-01"));
    assert_eq!(hisn(&["explain", "9Z999"]).status.code(), Some(2));
}
