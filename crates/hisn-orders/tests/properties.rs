//! What holds of every input: no panic, the same record again, memory that does not grow.

mod support;

use std::io::Read;
use std::sync::LazyLock;

use hisn_orders::{Context, CountryCode, Vocabulary, csv_rows, read_any, read_json, template_xlsx};
use proptest::prelude::*;

fn context(vocabulary: &Vocabulary) -> Context<'_> {
    Context { vocabulary, countries: &CountryCode::parse }
}

/// Reads bytes in every form; rows that are rejected must say why.
fn read(bytes: &[u8]) {
    static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(support::vocabulary);
    let vocabulary = &VOCABULARY;
    for name in ["a", "a.toml", "a.json", "a.csv", "a.xlsx"] {
        match read_any(name, bytes, &context(vocabulary)) {
            Err(errors) => assert!(!errors.errors.is_empty() && !errors.to_string().is_empty()),
            Ok(orders) => {
                for row in orders {
                    assert!(row.result.is_ok() || !row.messages(name).is_empty());
                }
            }
        }
    }
}

/// Pieces that orders are made of, so that chance gets further than the first byte.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "to",
        "KE",
        "item",
        "[[item]]",
        "[[party]]",
        "[facts]",
        "name",
        "role",
        "end-user",
        "=",
        "\"",
        "\n",
        ",",
        ";",
        ".",
        "{",
        "}",
        "[",
        "]",
        ":",
        "date",
        "2022-03-08",
        "1e9",
        "-",
        "owner",
        "percent",
        "item.name",
        "end_user.name",
        "disposition",
        "\u{202e}",
        "٢",
        "é",
        "\t",
        " ",
        "true",
        "null",
        "0x1F",
        "\\u",
        "'",
        "#",
        "sep=",
        "\r",
        "classification",
        "value",
        "amount",
        "expect",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        read(&bytes);
    }

    #[test]
    fn no_text_panics(text in pieces()) {
        read(text.as_bytes());
    }

    #[test]
    fn no_damage_to_a_file_panics(choice in any::<prop::sample::Index>(), place in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let inputs = support::inputs("good");
        let mut bytes = choice.get(&inputs).1.clone();
        let place = place.index(bytes.len());
        bytes[place] = byte;
        read(&bytes);
        bytes.truncate(place);
        read(&bytes);
    }

    #[test]
    fn no_number_or_date_panics(text in "[-+0-9eE.,:/TZ٠-٩ %]{0,14}") {
        let order = format!("to = \"KE\"\ndate = \"{text}\"\n[[item]]\nname = \"a\"\nvalue = {{ amount = \"{text}\", currency = \"EUR\" }}\n");
        read(order.as_bytes());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_damage_to_a_workbook_panics(damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), inside in 0..6usize) {
        static BOOK: LazyLock<Vec<u8>> = LazyLock::new(|| template_xlsx(&support::vocabulary()).unwrap());
        let mut bytes = BOOK.clone();
        for (place, byte) in &damage {
            let place = place.index(bytes.len());
            bytes[place] = *byte;
        }
        read(&bytes);
        // The same inside, where no checksum catches it.
        let parts = ["sheet1.xml", "styles.xml", "sharedStrings.xml", "workbook.xml", "workbook.xml.rels", "[Content_Types].xml"];
        read(&support::repacked(&BOOK, |name, mut content| {
            let meant = name.ends_with(parts[inside]);
            for (place, byte) in damage.iter().filter(|_| meant) {
                let place = place.index(content.len());
                content[place] = *byte;
            }
            content
        }));
    }
}

#[test]
fn what_was_read_reads_back_as_itself() {
    let (vocabulary, countries) = (support::vocabulary(), support::countries());
    let context = Context { vocabulary: &vocabulary, countries: &countries };
    let mut seen = 0;
    for (name, bytes) in support::inputs("good") {
        for row in read_any(&name, &bytes, &context).unwrap() {
            let order = row.result.unwrap().transaction;
            let json = serde_json::to_string(&order).unwrap();
            let again = read_json("again.json", json.as_bytes(), &context).unwrap().next().unwrap();
            assert_eq!(again.result.unwrap().transaction, order, "{name}");
            assert_eq!(serde_json::from_str::<hisn_orders::Transaction>(&json).unwrap(), order, "{name}");
            seen += 1;
        }
    }
    assert!(seen > 10);
}

/// A table that is made while it is read: were it kept, the rows already seen could not be forgotten.
struct Endless {
    row: usize,
    rows: usize,
    ready: Vec<u8>,
    ahead: std::sync::Arc<std::sync::atomic::AtomicUsize>,
}

impl Read for Endless {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.ready.is_empty() && self.row < self.rows {
            self.row += 1;
            self.ahead.store(self.row, std::sync::atomic::Ordering::Relaxed);
            self.ready =
                format!("{},KE,probe {},Example Ltd {}\r\n", self.row, self.row, self.row).into_bytes();
        }
        let count = self.ready.len().min(into.len());
        into[..count].copy_from_slice(&self.ready[..count]);
        self.ready.drain(..count);
        Ok(count)
    }
}

#[test]
fn a_hundred_thousand_rows_are_read_as_they_are_asked_for() {
    let vocabulary = support::vocabulary();
    let context = context(&vocabulary);
    let ahead = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let header = b"id,to,item.name,end_user.name\r\n".to_vec();
    let table = Endless { row: 0, rows: 100_000, ready: header, ahead: ahead.clone() };
    let mut seen = 0;
    for row in csv_rows("orders.csv", table, &context).unwrap() {
        seen += 1;
        assert_eq!(row.number, seen + 1);
        assert_eq!(row.id, Some(seen.to_string()));
        assert!(row.result.is_ok());
        let read = ahead.load(std::sync::atomic::Ordering::Relaxed);
        assert!(read < seen + 10_000, "row {seen} came after {read} rows were read");
    }
    assert_eq!(seen, 100_000);
}
