//! Renewals against a publisher that times out, breaks off, sends web pages, empty and short lists, redirects. Each time
//! the last good copy stands, and the message says what happened and what to do.

mod server;

use std::path::PathBuf;
use std::time::Duration;

use hisn_lists::{
    Confirmed, DatedBy, ListFile, Publication, PublishedFile, Snapshot, bundled, publications, read_files,
    unpack,
};
use hisn_lists_update::{Fetcher, Limits, Outcome, Request, Store, UpdateError, update};
use jiff::civil::Date;
use server::{Reply, Server};

fn data(file: &str) -> Vec<u8> {
    std::fs::read(format!("../hisn-lists/tests/data/{file}")).unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A store of its own, a publisher, and lists that it publishes.
struct World {
    folder: PathBuf,
    store: Store,
    server: Server,
    snapshot: Snapshot,
    fetcher: Fetcher,
}

const TODAY: &str = "2026-11-25";

impl World {
    fn new(name: &str) -> World {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("update-{name}"));
        let _ = std::fs::remove_dir_all(&folder);
        let base = read_files(&[ListFile { name: "un.xml", bytes: &data("un.xml") }]).unwrap();
        let limits = Limits {
            response: Duration::from_millis(300),
            pause: Duration::from_millis(300),
            backoff: Duration::from_millis(10),
            bytes: 2 << 20,
            ..Limits::default()
        };
        World {
            store: Store::new(&folder),
            folder,
            server: Server::start(),
            snapshot: base.into_snapshot(day("2026-02-27")),
            fetcher: Fetcher::new(limits),
        }
    }

    fn un(&self) -> Publication {
        let known = publications().iter().find(|publication| publication.id == "un-sc").unwrap().clone();
        let file = vec![PublishedFile { name: "consolidated.xml".into(), url: self.server.url("/un.xml") }];
        Publication { file, ..known }
    }

    fn update(&mut self, publication: &Publication, accept: &[&str]) -> Result<Outcome, UpdateError> {
        let accept: Vec<String> = accept.iter().map(ToString::to_string).collect();
        let request = Request { publication, accept_shrink: &accept, today: day(TODAY) };
        update(&self.store, &self.fetcher, &mut self.snapshot, &request, &mut |_| {})
    }

    /// Renews from a good file first, then from what `reply` gives; the last good copy must stand. Returns the message.
    fn fails(name: &str, reply: Reply) -> String {
        let mut world = World::new(name);
        world.server.answer("/un.xml", Reply::file(data("un.xml")));
        let un = world.un();
        assert!(matches!(world.update(&un, &[]).unwrap(), Outcome::Updated(_)));
        let (before, disk) = (world.snapshot.clone(), world.files());
        world.server.answer("/un.xml", reply);
        let message = world.update(&un, &[]).unwrap_err().to_string();
        assert!(world.snapshot == before, "{name}: the snapshot changed");
        assert_eq!(world.files(), disk, "{name}: the store changed");
        assert!(world.store.snapshot().unwrap().unwrap() == before);
        message
    }

    /// Every file of the store with its bytes.
    fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        fn walk(folder: &std::path::Path, found: &mut Vec<(PathBuf, Vec<u8>)>) {
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                match entry.path() {
                    path if path.is_dir() => walk(&path, found),
                    path => found.push((path.clone(), std::fs::read(&path).unwrap())),
                }
            }
        }
        let mut found = Vec::new();
        walk(&self.folder, &mut found);
        found.sort();
        found
    }
}

fn without_entries(xml: &[u8], count: usize) -> Vec<u8> {
    let mut text = String::from_utf8(xml.to_vec()).unwrap();
    for _ in 0..count {
        let start = text.find("<INDIVIDUAL>").unwrap();
        let end = text[start..].find("</INDIVIDUAL>").unwrap() + start + "</INDIVIDUAL>".len();
        text.replace_range(start..end, "");
    }
    text.into_bytes()
}

#[test]
fn a_new_file_is_taken() {
    let mut world = World::new("new");
    let newer = String::from_utf8(data("un.xml")).unwrap().replacen(
        "<FIRST_NAME>ERIC</FIRST_NAME>",
        "<FIRST_NAME>ERICK</FIRST_NAME>",
        1,
    );
    world.server.answer("/un.xml", Reply::file(newer));
    let un = world.un();
    let Outcome::Updated(news) = world.update(&un, &[]).unwrap() else { panic!("not updated") };
    assert_eq!((news.lists[0].source.as_str(), news.lists[0].before, news.lists[0].after), ("un/SC", 13, 13));
    assert_eq!((news.lists[0].added, news.lists[0].removed, news.lists[0].changed), (0, 0, 1));
    // The publisher served it today, so it is the list of today; that the file was made long before is told.
    assert_eq!((news.day, news.left_out), (day(TODAY), 0));
    assert!(news.notes[0].contains("says that it is of 2026-02-27, 271 days ago"), "{:?}", news.notes);
    let written = world.store.snapshot().unwrap().unwrap();
    assert_eq!(written.manifest.lists[0].version, day(TODAY));
    assert!(written.parties.iter().any(|party| party.caption() == "ERICK BADEGE"));
    assert!(world.store.manifest().unwrap().unwrap() == written.manifest);
    let names: Vec<String> = world
        .files()
        .iter()
        .map(|(path, _)| path.strip_prefix(&world.folder).unwrap().display().to_string())
        .collect();
    assert_eq!(
        names,
        [
            "lists/publications/un-sc/consolidated.xml.zst",
            "lists/publications/un-sc/state.json",
            "lists/snapshot.jsonl.zst"
        ],
        "and nothing half-written beside them"
    );
}

#[test]
fn what_has_not_changed_is_not_fetched_again() {
    for (name, etag, modified) in
        [("etag", Some("\"v1\""), None), ("modified", None, Some("Wed, 21 Oct 2026 07:28:00 GMT"))]
    {
        let mut world = World::new(name);
        world.server.answer("/un.xml", Reply::File { body: data("un.xml"), etag, modified });
        let un = world.un();
        assert!(matches!(world.update(&un, &[]).unwrap(), Outcome::Updated(_)));
        world.server.seen();
        // Days later the publisher still has nothing newer: the list is known to be complete for that day.
        let request = Request { publication: &un, accept_shrink: &[], today: day("2026-12-01") };
        let outcome =
            update(&world.store, &world.fetcher, &mut world.snapshot, &request, &mut |_| {}).unwrap();
        assert!(matches!(outcome, Outcome::Unchanged { day: known, .. } if known == day("2026-12-01")));
        let seen = world.server.seen();
        assert_eq!(seen.len(), 1);
        let header = if etag.is_some() { "if-none-match" } else { "if-modified-since" };
        assert_eq!(seen[0].headers[header], etag.or(modified).unwrap());
        assert!(seen[0].headers["user-agent"].starts_with("hisn/"));
        assert_eq!(world.store.manifest().unwrap().unwrap().lists[0].version, day("2026-12-01"));
        // Without the copy on the disk the publisher is asked for the whole file.
        std::fs::remove_file(world.folder.join("lists/publications/un-sc/consolidated.xml.zst")).unwrap();
        world.update(&un, &[]).unwrap();
        assert!(!world.server.seen()[0].headers.contains_key(header));
    }
}

#[test]
fn the_same_bytes_are_no_news() {
    let mut world = World::new("same");
    world.server.answer("/un.xml", Reply::file(data("un.xml")));
    let un = world.un();
    world.update(&un, &[]).unwrap();
    assert!(matches!(world.update(&un, &[]).unwrap(), Outcome::Unchanged { .. }));
}

#[test]
fn publishers_that_fail() {
    let whole = data("un.xml");
    let page = "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body></body></html>";
    let broken = String::from_utf8(whole.clone()).unwrap().replacen("</INDIVIDUAL>", "</INDIVIDU", 1);
    let other = data("uk_list.xml");
    for (name, reply, wants) in [
        (
            "silent",
            Reply::Silence(Duration::from_secs(2)),
            &["did not answer in time", "try again later"][..],
        ),
        (
            "stalled",
            Reply::Stall { body: whole[..9000].to_vec(), stated: whole.len(), pause: Duration::from_secs(2) },
            &["did not answer in time", "after 9000 bytes"],
        ),
        (
            "truncated",
            Reply::Truncated { body: whole[..9000].to_vec(), stated: whole.len() },
            &["broke off after 9000 of 27577 bytes", "try again"],
        ),
        ("page", Reply::file(page), &["consolidated.xml: the file is a web page", "Just a moment..."]),
        ("empty", Reply::file(""), &["the file is empty", "keep the last good copy"]),
        ("blank", Reply::file("\n\n"), &["the file is empty"]),
        (
            "no entries",
            Reply::file("<CONSOLIDATED_LIST></CONSOLIDATED_LIST>"),
            &["no entry found", "cut short"],
        ),
        ("missing", Reply::Status(404), &["answered 404", "the file has moved", "--publications"]),
        ("refused", Reply::Status(403), &["answered 403", "hisn lists import"]),
        ("broken server", Reply::Status(500), &["answered 500", "try again later"]),
        ("loop", Reply::Redirect("/un.xml".into()), &["redirects more than 5 times"]),
        (
            "corrupted",
            Reply::file(broken),
            &["consolidated.xml: line ", "the XML breaks off or is malformed", "nothing was taken"],
        ),
        ("another list", Reply::file(other), &["none of un/SC stands in the files"]),
        ("huge", Reply::file(vec![b' '; 3 << 20]), &["sends more than 2097152 bytes"]),
    ] {
        let message = World::fails(name, reply);
        for want in wants {
            assert!(message.contains(want), "{name}: \"{want}\" is not in: {message}");
        }
    }
}

#[test]
fn nobody_there() {
    let mut world = World::new("nobody");
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut un = world.un();
    un.file[0].url = format!("http://{free}/un.xml");
    let message = world.update(&un, &[]).unwrap_err().to_string();
    assert!(message.contains("cannot be reached") && message.contains("online"), "{message}");
}

#[test]
fn what_passes_is_tried_again_and_redirects_are_followed() {
    let mut world = World::new("passes");
    let far = world.server.url("/far.xml");
    world.server.answer("/far.xml", Reply::file(data("un.xml")));
    let (fault, cut) = (Reply::Status(503), Reply::Truncated { body: b"<CONS".to_vec(), stated: 900 });
    world.server.answer("/un.xml", Reply::Then(vec![fault, cut, Reply::Redirect(far)]));
    let un = world.un();
    let mut again = Vec::new();
    let request = Request { publication: &un, accept_shrink: &[], today: day(TODAY) };
    let outcome = update(&world.store, &world.fetcher, &mut world.snapshot, &request, &mut |event| {
        if let hisn_lists_update::Event::Again { error, .. } = event {
            again.push(error.to_string());
        }
    });
    assert!(matches!(outcome.unwrap(), Outcome::Updated(_)));
    assert!(
        again.len() == 2 && again[0].contains("answered 503") && again[1].contains("broke off"),
        "{again:?}"
    );
    assert_eq!(
        world.server.seen().iter().map(|seen| seen.path.as_str()).collect::<Vec<_>>(),
        ["/un.xml", "/un.xml", "/un.xml", "/far.xml"]
    );
}

/// Complaint: 15,000 entries vanished on one day, 168 on another, and nobody was told.
#[test]
fn a_list_that_shrinks_is_held_back() {
    let mut world = World::new("shrinks");
    world.server.answer("/un.xml", Reply::file(data("un.xml")));
    let un = world.un();
    world.update(&un, &[]).unwrap();
    let before = world.snapshot.clone();
    world.server.answer("/un.xml", Reply::file(without_entries(&data("un.xml"), 2)));
    for _ in 0..2 {
        // It is held back however often it is asked for.
        let Outcome::Held { shrunk, files } = world.update(&un, &[]).unwrap() else { panic!("not held") };
        assert_eq!((shrunk[0].source.as_str(), shrunk[0].before, shrunk[0].after), ("un/SC", 13, 11));
        assert!(
            files[0].ends_with("lists/publications/un-sc/held/consolidated.xml.zst") && files[0].exists()
        );
        assert!(world.snapshot == before && world.store.snapshot().unwrap().unwrap() == before);
    }
    // Accepting another list does not help.
    assert!(matches!(world.update(&un, &["us-csl/EL"]).unwrap(), Outcome::Held { .. }));
    let Outcome::Updated(news) = world.update(&un, &["un/SC"]).unwrap() else { panic!("not accepted") };
    assert_eq!((news.lists[0].removed, news.lists[0].after), (2, 11));
    assert!(!world.folder.join("lists/publications/un-sc/held").exists());
    // From then on the shorter list is the last good one.
    assert!(matches!(world.update(&un, &[]).unwrap(), Outcome::Unchanged { .. }));
}

/// Complaint: one list was missing from the consolidated file on random days.
#[test]
fn a_list_that_is_missing_from_its_file_is_held_back() {
    let mut world = World::new("missing-list");
    world.fetcher = Fetcher::new(Limits::default());
    world.snapshot = Snapshot::read(bundled()).unwrap();
    let whole =
        unpack(&std::fs::read("../../data/lists/sources/us-csl-2026-07-31.jsonl.zst").unwrap()).unwrap();
    let lines = String::from_utf8(whole).unwrap();
    let without: String =
        lines.lines().filter(|line| !line.contains("(ISN)")).map(|line| format!("{line}\n")).collect();
    world.server.answer("/csl.json", Reply::file(without));
    let known = publications().iter().find(|publication| publication.id == "us-csl").unwrap().clone();
    let file = vec![PublishedFile { name: "consolidated.json".into(), url: world.server.url("/csl.json") }];
    let csl = Publication { file, ..known };
    let Outcome::Held { shrunk, .. } = world.update(&csl, &[]).unwrap() else { panic!("not held") };
    assert_eq!(
        (shrunk.len(), shrunk[0].source.as_str(), shrunk[0].before, shrunk[0].after),
        (1, "us-csl/ISN", 161, 0)
    );
    // The whole file is taken, and only the lists that have no file of their own.
    world.server.answer("/csl.json", Reply::file(lines));
    let Outcome::Updated(news) = world.update(&csl, &[]).unwrap() else { panic!("not updated") };
    let taken: Vec<&str> = news.lists.iter().map(|list| list.source.as_str()).collect();
    assert_eq!(taken, ["us-csl/DPL", "us-csl/DTC", "us-csl/ISN"]);
    assert!(news.lists.iter().all(|list| list.after >= list.before), "{:?}", news.lists);
    let isn = news.lists.iter().find(|list| list.source == "us-csl/ISN").unwrap();
    assert_eq!((isn.added, isn.removed), (0, 0), "the same entries have the same ids");
}

/// A loss below the limit passes, and is counted.
#[test]
fn a_list_may_lose_a_little() {
    let mut world = World::new("little");
    world.snapshot = Snapshot::read(bundled()).unwrap();
    let list = std::fs::read("../../data/lists/sources/un_consolidated_2026-02-27.xml.zst").unwrap();
    let list = without_entries(&unpack(&list).unwrap(), 20);
    let fetcher = Fetcher::new(Limits::default());
    world.fetcher = fetcher;
    world.server.answer("/un.xml", Reply::file(list));
    let un = world.un();
    let Outcome::Updated(news) = world.update(&un, &[]).unwrap() else { panic!("not updated") };
    assert_eq!((news.lists[0].before, news.lists[0].after, news.lists[0].removed), (1003, 983, 20));
    // The other lists are as they were, to the byte.
    let (before, after) = (Snapshot::read(bundled()).unwrap().manifest, &world.snapshot.manifest);
    for list in before.lists.iter().filter(|list| list.source != "un/SC") {
        assert!(after.lists.contains(list), "{} changed", list.source);
    }
}

/// OFAC's files belong together: one that is new is joined with those that are not.
#[test]
fn several_files_of_one_list() {
    let mut world = World::new("several");
    let names = [("sdn.csv", "sdn_2024-05-01.csv"), ("alt.csv", "alt.csv"), ("add.csv", "add.csv")];
    for (name, file) in names {
        let etag = (name != "sdn.csv").then_some("\"v1\"");
        world.server.answer(&format!("/{name}"), Reply::File { body: data(file), etag, modified: None });
    }
    let known = publications().iter().find(|publication| publication.id == "us-ofac-sdn").unwrap().clone();
    let file = names
        .map(|(name, _)| PublishedFile { name: name.into(), url: world.server.url(&format!("/{name}")) });
    let sdn = Publication { file: file.to_vec(), ..known };
    let Outcome::Updated(news) = world.update(&sdn, &[]).unwrap() else { panic!("not updated") };
    let first = news.lists[0].after;
    assert_eq!((news.lists[0].source.as_str(), news.lists[0].before), ("us-csl/SDN", 0));
    assert_eq!(world.snapshot.manifest.lists.len(), 2, "the list of the Security Council stands");
    world.server.answer("/sdn.csv", Reply::file(data("sdn_2024-05-02.csv")));
    let Outcome::Updated(news) = world.update(&sdn, &[]).unwrap() else { panic!("not updated") };
    assert_eq!((news.lists[0].added, news.lists[0].after), (7, first + 7));
    let airline = world.snapshot.parties.iter().find(|party| party.id == "us-sdn-36").unwrap();
    assert_eq!(
        (airline.names[1].text.as_str(), airline.addresses[0].text.as_str()),
        ("AERO-CARIBBEAN", "Havana, Cuba")
    );
    // One of three files fails: nothing is taken.
    let before = world.snapshot.clone();
    world.server.answer("/sdn.csv", Reply::file(data("sdn_2024-05-03.csv")));
    world.server.answer("/add.csv", Reply::Status(404));
    assert!(world.update(&sdn, &[]).is_err());
    assert!(world.snapshot == before && world.store.snapshot().unwrap().unwrap() == before);
}

/// The Code of Federal Regulations tells for which day it is complete, and confirms the list that is made of a section.
#[test]
fn a_publisher_that_tells_the_day() {
    let mut world = World::new("day");
    world.fetcher = Fetcher::new(Limits::default());
    world.snapshot = Snapshot::read(bundled()).unwrap();
    let known = publications().iter().find(|publication| publication.dated_by.is_some()).unwrap().clone();
    let by = known.dated_by.clone().unwrap();
    let ecfr = Publication {
        dated_by: Some(DatedBy { url: world.server.url("/titles.json"), ..by }),
        file: vec![PublishedFile {
            name: "part-744.xml".into(),
            url: world.server.url("/full/{date}/title-15.xml"),
        }],
        ..known
    };
    let text =
        unpack(&std::fs::read("../../data/lists/sources/ecfr_part-744_2026-07-23.xml.zst").unwrap()).unwrap();
    world.server.answer("/full/2026-11-23/title-15.xml", Reply::file(text.clone()));
    world.server.answer(
        "/titles.json",
        Reply::file(r#"{"titles": [{"number": 14}, {"number": 15, "up_to_date_as_of": "2026-11-23"}]}"#),
    );
    let accept = ["us-csl/EL", "us-csl/UVL", "us-csl/MEU"];
    let Outcome::Updated(news) = world.update(&ecfr, &accept).unwrap() else { panic!("not updated") };
    assert_eq!((news.day, news.notes.clone()), (day("2026-11-23"), Vec::<String>::new()));
    let version = |snapshot: &Snapshot, source: &str| {
        snapshot.manifest.lists.iter().find(|list| list.source == source).unwrap().version
    };
    for list in ["us-csl/EL", "us-csl/UVL", "us-csl/MEU", "us-csl/MIEU"] {
        assert_eq!(version(&world.snapshot, list), day("2026-11-23"), "{list}");
    }
    assert_eq!(version(&world.snapshot, "us-csl/DPL"), day("2026-07-31"), "not taken from it");
    // A section that reads otherwise confirms nothing.
    let confirms = vec![Confirmed { sha256: "0".repeat(64), ..ecfr.confirms[0].clone() }];
    let mut fresh = World::new("day2");
    fresh.fetcher = Fetcher::new(Limits::default());
    fresh.snapshot = Snapshot::read(bundled()).unwrap();
    let changed = Publication { confirms, ..ecfr.clone() };
    let Outcome::Updated(news) = fresh.update(&changed, &accept).unwrap() else { panic!("not updated") };
    assert!(news.notes[0].contains("section 744.22 does not read as it did"), "{:?}", news.notes);
    assert_eq!(version(&fresh.snapshot, "us-csl/MIEU"), day("2026-07-27"));
    // And a document that tells no day stops the renewal.
    world.server.answer("/titles.json", Reply::file("{}"));
    let message = world.update(&ecfr, &accept).unwrap_err().to_string();
    assert!(message.contains("/titles.json does not tell for which day"), "{message}");
}

#[test]
fn a_damaged_snapshot_is_refused_and_says_what_to_do() {
    let mut world = World::new("damaged");
    assert!(world.store.snapshot().unwrap().is_none(), "nothing is there at first");
    world.server.answer("/un.xml", Reply::file(data("un.xml")));
    let un = world.un();
    world.update(&un, &[]).unwrap();
    let path = world.store.snapshot_path();
    let bytes = std::fs::read(&path).unwrap();
    std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    let message = world.store.snapshot().unwrap_err().to_string();
    assert!(message.contains("snapshot.jsonl.zst") && message.contains("hisn lists update"), "{message}");
}

/// A disk that refuses leaves everything as it was.
#[test]
fn a_folder_that_cannot_be_written() {
    let mut world = World::new("unwritable");
    world.server.answer("/un.xml", Reply::file(data("un.xml")));
    std::fs::create_dir_all(&world.folder).unwrap();
    std::fs::write(world.folder.join("lists"), "a file where a folder should be").unwrap();
    let before = world.snapshot.clone();
    let un = world.un();
    let error = world.update(&un, &[]).unwrap_err();
    assert!(matches!(error, UpdateError::Store(_)), "{error}");
    assert!(world.snapshot == before);
}
