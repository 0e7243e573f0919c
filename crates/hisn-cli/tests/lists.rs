//! `hisn lists` as people and schedulers run it, against a publisher on this machine.

#[path = "../../hisn-lists-update/tests/server/mod.rs"]
#[allow(dead_code)]
mod server;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use server::{Reply, Server};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A data folder of its own, and the command that uses it.
struct Desk {
    folder: PathBuf,
    server: Server,
}

impl Desk {
    fn new(name: &str) -> Desk {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("lists-{name}"));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let server = Server::start();
        let table = format!(
            "[[publication]]\nid = \"un-sc\"\ntitle = \"Security Council\"\nlists = [\"un/SC\"]\nfile = [{{ name = \"un.xml\", url = \"{}\" }}]\n\
             [[publication]]\nid = \"eu-fsf\"\ntitle = \"EU\"\nlists = [\"eu/FSF\"]\noptional = true\nfile = [{{ name = \"eu.xml\", url = \"{}\" }}]\n",
            server.url("/un.xml"),
            server.url("/eu.xml")
        );
        fs::write(folder.join("publications.toml"), table).unwrap();
        Desk { folder, server }
    }

    fn hisn(&self, arguments: &[&str]) -> (String, String, i32) {
        let output: Output = Command::new(env!("CARGO_BIN_EXE_hisn"))
            .args(arguments)
            .env("HISN_DATA", &self.folder)
            .current_dir(root())
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        (text(&output.stdout), text(&output.stderr), output.status.code().unwrap())
    }

    fn update(&self, more: &[&str]) -> (Value, i32) {
        let table = self.folder.join("publications.toml");
        let mut arguments =
            vec!["lists", "update", "--format", "json", "--publications", table.to_str().unwrap()];
        arguments.extend(more);
        let (out, err, status) = self.hisn(&arguments);
        let answer: Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{out}{err}"));
        (answer, status)
    }
}

/// The status is the stated one, unless lists are too old on the day on which the test is run.
fn status_is(answer: &Value, status: i32, want: i32) {
    let stale = !answer["stale"].as_array().unwrap().is_empty();
    assert_eq!(status, if stale { 30 } else { want });
}

fn un() -> Vec<u8> {
    hisn_lists::unpack(
        &fs::read(root().join("data/lists/sources/un_consolidated_2026-02-27.xml.zst")).unwrap(),
    )
    .unwrap()
}

fn path(file: &str) -> String {
    format!("crates/hisn-lists/tests/data/{file}")
}

#[test]
fn lists_are_renewed_and_used() {
    let desk = Desk::new("renewed");
    let new = String::from_utf8(un()).unwrap().replacen(
        "<FIRST_NAME>ERIC</FIRST_NAME>",
        "<FIRST_NAME>QWERTZUIOP</FIRST_NAME>",
        1,
    );
    desk.server.answer("/un.xml", Reply::File { body: new.into(), etag: Some("\"a\""), modified: None });
    let (answer, status) = desk.update(&[]);
    status_is(&answer, status, 0);
    assert_eq!(answer["schema"], "hisn.lists-update/1");
    let publications = answer["publications"].as_array().unwrap();
    assert_eq!(
        (publications.len(), publications[0]["outcome"].as_str()),
        (1, Some("updated")),
        "the optional one is not asked"
    );
    let list = &publications[0]["lists"][0];
    assert_eq!(
        (list["source"].as_str(), list["after"].as_u64(), list["changed"].as_u64()),
        (Some("un/SC"), Some(1003), Some(1))
    );

    // Screening takes the renewed list, and says so.
    let (out, err, _) = desk.hisn(&["screen", "QWERTZUIOP BADEGE"]);
    assert!(out.contains("un-cdi-001"), "{out}");
    assert!(err.contains("These are renewed lists of ") && err.contains("snapshot.jsonl.zst"), "{err}");
    let (out, _, _) = desk.hisn(&["lists", "status", "--format", "json"]);
    let health: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (health["schema"].as_str(), health["origin"]["kind"].as_str()),
        (Some("hisn.lists-status/1"), Some("renewed"))
    );
    let un = health["lists"].as_array().unwrap().iter().find(|list| list["source"] == "un/SC").unwrap();
    assert_eq!(
        (un["freshness"].as_str(), un["age_days"].as_i64(), un["max_age_days"].as_u64()),
        (Some("fresh"), Some(0), Some(30))
    );
    let missing = health["not_held"].as_array().unwrap();
    assert!(
        missing.iter().any(|list| list["source"] == "eu/FSF" && list["publication"] == "eu-fsf"),
        "{missing:?}"
    );

    let (answer, status) = desk.update(&["un/SC"]);
    status_is(&answer, status, 0);
    assert_eq!(answer["publications"][0]["outcome"], "unchanged");
}

#[test]
fn what_is_wrong_is_held_back_and_told() {
    let desk = Desk::new("wrong");
    let text = String::from_utf8(un()).unwrap();
    let end = text.match_indices("</INDIVIDUAL>").nth(99).unwrap().0 + "</INDIVIDUAL>".len();
    let start = text.find("<INDIVIDUAL>").unwrap();
    desk.server.answer("/un.xml", Reply::file(format!("{}{}", &text[..start], &text[end..])));
    let (answer, status) = desk.update(&["un-sc"]);
    status_is(&answer, status, 10);
    let shrunk = &answer["publications"][0]["shrunk"][0];
    assert_eq!(
        (shrunk["source"].as_str(), shrunk["before"].as_u64(), shrunk["after"].as_u64()),
        (Some("un/SC"), Some(1003), Some(903))
    );
    assert!(!desk.folder.join("lists/snapshot.jsonl.zst").exists(), "nothing was taken");

    let table = desk.folder.join("publications.toml");
    let update = ["lists", "update", "un-sc", "--publications", table.to_str().unwrap()];
    let (out, _, _) = desk.hisn(&update);
    assert!(
        out.contains("HELD BACK: un/SC would shrink from 1003 to 903 entries; the last good copy stands"),
        "{out}"
    );
    assert!(out.contains("hisn lists update un-sc --accept-shrink un/SC"), "{out}");
    let (out, _, _) = desk.hisn(&[&update[..], &["--accept-shrink", "un/SC"]].concat());
    assert!(out.contains("1003 ->    903 entries  +0 -100 ~0"), "{out}");

    // A page instead of the list: the copy of before stands, and its day is told.
    desk.server.answer("/un.xml", Reply::file("<!DOCTYPE html><html><title>Sign in</title></html>"));
    let (answer, status) = desk.update(&["un-sc", "eu-fsf"]);
    status_is(&answer, status, 10);
    let failed = &answer["publications"][0];
    assert_eq!(failed["outcome"], "failed");
    assert!(failed["error"].as_str().unwrap().contains("a web page, not a list: \"Sign in\""), "{failed}");
    assert!(failed["standing"][0]["version"].is_string());
    // One that fails does not keep the next from being tried.
    assert!(answer["publications"][1]["error"].as_str().unwrap().contains("answered 404"));
    assert!(answer["publications"][1]["standing"][0]["version"].is_null());
    let (out, _, _) = desk.hisn(&["lists", "status"]);
    assert!(out.lines().any(|line| line.starts_with("un/SC") && line.contains("903 entries")), "{out}");
    assert!(
        out.lines()
            .any(|line| line.starts_with("gb/UKSL") && line.contains("not held; hisn lists update gb-uksl")),
        "{out}"
    );

    let (_, err, status) = desk.hisn(&["lists", "update", "nonsense"]);
    assert!(
        status == 2
            && err.contains("no publication or list is called nonsense")
            && err.contains("un-sc: un/SC"),
        "{err}"
    );
    fs::write(
        desk.folder.join("publications.toml"),
        "[[publication]]\nid = \"../x\"\ntitle = \"\"\nlists = []\nfile = []\n",
    )
    .unwrap();
    let (_, err, status) = desk.hisn(&update);
    assert!(status == 2 && err.contains("is no name of letters"), "{err}");
}

#[test]
fn files_that_belong_together_are_imported() {
    let desk = Desk::new("import");
    let into = desk.folder.join("all.zst");
    let into = into.to_str().unwrap();
    let folder = desk.folder.join("ofac");
    fs::create_dir(&folder).unwrap();
    for (name, file) in [("a.csv", "sdn_2024-05-01.csv"), ("b.csv", "alt.csv"), ("c.csv", "add.csv")] {
        fs::copy(root().join(path(file)), folder.join(name)).unwrap();
    }
    let import = ["lists", "import", folder.to_str().unwrap(), &path("uk_list.xml"), "--into", into];
    let (_, err, status) = desk.hisn(&import);
    assert!(
        status == 2
            && err.contains("us-csl/SDN would shrink from 19181 to ")
            && err.contains("--accept-shrink us-csl/SDN"),
        "{err}"
    );
    let (out, err, status) = desk.hisn(&[&import[..], &["--accept-shrink", "us-csl/SDN"]].concat());
    assert!(status == 0 && out.contains("entries of gb/UKSL, us-csl/SDN"), "{out}{err}");
    assert!(
        err.contains("a designation without a name was left out")
            && err.contains("8 records could not be read"),
        "{err}"
    );
    let (out, _, _) = desk.hisn(&["lists", "status", into]);
    assert!(out.lines().any(|line| line.starts_with("gb/UKSL      2026-09-21")), "{out}");

    // A damaged file names its line and leaves the snapshot as it was.
    let before = fs::read(into).unwrap();
    let broken = desk.folder.join("broken.xml");
    let text = fs::read_to_string(root().join(path("uk_list.xml"))).unwrap();
    fs::write(&broken, text.replacen("</Designation>", "</Design", 1)).unwrap();
    let (_, err, status) = desk.hisn(&["lists", "import", broken.to_str().unwrap(), "--into", into]);
    assert!(status == 2 && err.contains("broken.xml: line ") && err.contains("malformed"), "{err}");
    assert!(fs::read(into).unwrap() == before);
    assert_eq!(
        fs::read_dir(&desk.folder)
            .unwrap()
            .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with(".tmp"))
            .count(),
        0
    );
}

#[test]
fn a_difference_names_the_fields() {
    let desk = Desk::new("diff");
    let (old, new) = (path("un.xml"), desk.folder.join("new.xml"));
    let text = fs::read_to_string(root().join(&old)).unwrap();
    let changed = text.replacen("<FIRST_NAME>ERIC</FIRST_NAME>", "<FIRST_NAME>ERICK</FIRST_NAME>", 1);
    fs::write(&new, changed).unwrap();
    let (out, _, status) = desk.hisn(&["lists", "diff", &old, new.to_str().unwrap(), "--format", "json"]);
    let answer: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((answer["schema"].as_str(), status), (Some("hisn.lists-diff/1"), 0));
    let change = &answer["lists"][0]["changed"][0];
    assert_eq!(
        (change["id"].as_str(), change["fields"][0]["field"].as_str()),
        (Some("un-cdi-001"), Some("names"))
    );
    assert!(change["fields"][0]["after"][0].as_str().unwrap().starts_with("ERICK BADEGE"));
    let (out, _, _) = desk.hisn(&["lists", "diff", &old, new.to_str().unwrap()]);
    assert!(out.contains("0 added, 0 removed, 1 changed") && out.contains("names: ERIC BADEGE"), "{out}");
}
