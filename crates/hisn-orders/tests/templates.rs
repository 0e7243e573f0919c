//! Forms out: what they say, and that they read back.

mod support;

use calamine::{Reader, Xlsx};
use hisn_orders::{Lang, Vocabulary, template_csv, template_toml, template_xlsx};

#[test]
fn the_form_explains_itself() {
    let vocabulary = support::vocabulary();
    insta::assert_snapshot!("form_en", template_toml(&vocabulary, Lang::En));
    insta::assert_snapshot!("form_ar", template_toml(&vocabulary, Lang::Ar));
}

#[test]
fn the_form_reads_back_as_it_is_and_filled_in() {
    for lang in [Lang::En, Lang::Ar] {
        let form = template_toml(&support::vocabulary(), lang);
        let reading = support::one(&form).unwrap();
        assert!(reading.warnings.is_empty() && reading.transaction.parties.len() == 1);
        let filled: Vec<&str> = form
            .lines()
            .map(|line| line.strip_prefix('#').filter(|rest| !rest.starts_with(' ')).unwrap_or(line))
            .collect();
        let reading = support::one(&filled.join("\n")).unwrap_or_else(|errors| panic!("{errors}"));
        let party = &reading.transaction.parties[0];
        assert_eq!((party.owners.len(), party.dispositions.len(), party.facts.len()), (1, 1, 2));
        assert!(reading.transaction.id.is_some() && reading.transaction.items[0].value.is_some());
    }
}

#[test]
fn the_tables_read_back() {
    let vocabulary = support::vocabulary();
    let csv = template_csv(&vocabulary);
    let from_csv = support::told("orders.csv", csv.as_bytes());
    let from_xlsx = support::told("orders.xlsx", &template_xlsx(&vocabulary).unwrap());
    assert_eq!(from_csv, from_xlsx);
    insta::assert_snapshot!("table", format!("{}\n{from_csv}", csv.trim_start_matches('\u{FEFF}')));
}

#[test]
fn the_workbook_explains_every_column_and_is_always_the_same() {
    let bytes = template_xlsx(&support::vocabulary()).unwrap();
    assert_eq!(bytes, template_xlsx(&support::vocabulary()).unwrap());
    let mut book = Xlsx::new(std::io::Cursor::new(&bytes)).unwrap();
    assert_eq!(book.sheet_names(), ["Orders", "Columns", "Words"]);
    let orders = book.worksheet_range("Orders").unwrap();
    let columns = book.worksheet_range("Columns").unwrap();
    assert_eq!(orders.width() + 1, columns.height());
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<pane ") && sheet.matches("<dataValidation ").count() >= 8, "{sheet}");
    assert!(sheet.contains("Words!$A$1:$A$7"), "{sheet}");
}

#[test]
fn an_empty_vocabulary_makes_a_form_too() {
    let form = template_toml(&Vocabulary::default(), Lang::En);
    assert!(!form.contains("action ="));
    assert!(template_csv(&Vocabulary::default()).starts_with("\u{FEFF}id,date,from,to"));
    assert!(template_xlsx(&Vocabulary::default()).is_ok());
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    std::io::read_to_string(archive.by_name(name).unwrap()).unwrap()
}
