//! Workbooks in: the cells that lie, and rows numbered as the sheet numbers them.

mod support;

use hisn_orders::{Context, RejectedWriter, xlsx_rows};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError};

const HEADERS: [&str; 9] = [
    "id",
    "date",
    "to",
    "item.name",
    "item.classification",
    "item.facts.us_content_percent",
    "end_user.name",
    "facts.informed_by_authority",
    "item.facts.for",
];

fn sheet(fill: impl Fn(&mut Worksheet) -> Result<(), XlsxError>) -> Vec<u8> {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Notes").unwrap().write(0, 0, "read on").unwrap();
    let orders = book.add_worksheet().set_name("orders").unwrap();
    for (place, header) in (0u16..).zip(HEADERS) {
        orders.write(0, place, header).unwrap();
    }
    for row in 1..=7 {
        orders.write(row, 2, "KE").unwrap();
        orders.write(row, 3, "probe").unwrap();
        orders.write(row, 6, "Example Ltd").unwrap();
    }
    fill(orders).unwrap();
    book.save_to_buffer().unwrap()
}

fn told(bytes: &[u8]) -> String {
    support::told("orders.xlsx", bytes)
}

#[test]
fn cells_of_every_kind() {
    let day = Format::new().set_num_format("dd/mm/yyyy");
    let percent = Format::new().set_num_format("0%");
    let power = Format::new().set_num_format("0.00E+00");
    let bytes = sheet(|sheet| {
        // A date, a number that is one, a text that is one.
        sheet.write_with_format(1, 1, &ExcelDateTime::from_ymd(2022, 3, 8)?, &day)?;
        sheet
            .write(1, 0, 1001)?
            .write(1, 7, true)?
            .write_with_format(1, 5, 0.07, &percent)?
            .write(1, 8, 8525)?;
        sheet.write(2, 1, 44_628)?.write(2, 4, 5504)?.write(2, 7, "No")?;
        sheet.write(3, 1, 20_220_308)?.write_formula(
            3,
            4,
            Formula::new("=\"4D\"&\"004\"").set_result("4D004"),
        )?;
        // What lies.
        sheet.write_with_format(4, 4, 40_000, &power)?;
        sheet.write_formula(5, 2, Formula::new("=NA()").set_result("#N/A"))?;
        sheet.write_formula(6, 2, Formula::new("=A1").set_result("12345"))?;
        sheet.write(7, 1, 1e9)?.write(7, 7, 7)?;
        // Row 9 is empty but for a space, row 10 follows.
        sheet.write(8, 3, " ")?;
        sheet.write(9, 2, "KE")?.write(9, 3, "probe")?.write(9, 6, "Tenth")?;
        Ok(())
    });
    // As a program that does not compute writes it: a formula, and no result.
    let bytes = rewritten(&bytes, "<v>12345</v>", "");
    insta::assert_snapshot!(told(&bytes));
}

#[test]
fn merged_cells_are_told() {
    let bytes = sheet(|sheet| {
        sheet.merge_range(1, 2, 3, 2, "KE", &Format::new())?;
        Ok(())
    });
    let told = told(&bytes);
    assert!(told.starts_with("row 2 id -\n{"), "{told}");
    for row in [3, 4] {
        let line = format!(
            "orders.xlsx:{row}: column to: the cell is merged with another and has no value of its own"
        );
        assert!(told.contains(&line), "{told}");
    }
    assert!(!told.contains("no destination"), "{told}");
}

#[test]
fn the_header_is_judged_as_in_csv() {
    let mut book = Workbook::new();
    book.add_worksheet().write(3, 0, "to").unwrap().write(3, 1, "item.nmae").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    assert_eq!(
        told(&bytes),
        "orders.xlsx: column item.nmae: unknown column \"item.nmae\"; did you mean \"item.name\"?"
    );
    let mut empty = Workbook::new();
    empty.add_worksheet();
    assert!(told(&empty.save_to_buffer().unwrap()).contains("the sheet is empty"));
    let mut alone = Workbook::new();
    alone.add_worksheet().write(0, 0, "to").unwrap();
    assert!(told(&alone.save_to_buffer().unwrap()).contains("no row under it"));
}

#[test]
fn rejected_rows_can_be_corrected_and_read_again() {
    let bytes = sheet(|sheet| {
        sheet.write(1, 2, "Kenja")?.write(1, 6, "=cmd()")?.write(1, 0, -5)?;
        sheet.write(2, 1, "08/03/2022")?;
        Ok(())
    });
    let (vocabulary, countries) = (support::vocabulary(), support::countries());
    let context = Context { vocabulary: &vocabulary, countries: &countries };
    let orders = xlsx_rows("orders.xlsx", &bytes, &context).unwrap();
    let mut out = Vec::new();
    let mut rejected = RejectedWriter::new(&mut out, &orders.headers).unwrap();
    for row in orders {
        rejected.write(&row).unwrap();
    }
    rejected.finish().unwrap();
    let text = String::from_utf8(out).unwrap();
    insta::assert_snapshot!(text);
    let corrected = text.replace("Kenja", "KE");
    let again = support::told("rejected.csv", corrected.as_bytes());
    assert!(again.starts_with("row 2 id -5\n{"), "{again}");
    assert!(again.contains("\"name\": \"=cmd()\""), "{again}");
    assert!(again.contains("rejected.csv:3: column date: date must be a date"), "{again}");
}

/// The workbook with a text replaced in the sheet of orders.
fn rewritten(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    support::repacked(bytes, |name, part| {
        if name != "xl/worksheets/sheet2.xml" {
            return part;
        }
        let text = String::from_utf8(part).unwrap();
        assert!(text.contains(from), "{text}");
        text.replace(from, to).into_bytes()
    })
}
