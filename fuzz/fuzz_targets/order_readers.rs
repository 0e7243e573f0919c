//! Orders: no reader panics on any bytes, and what is refused says why. An input that looks like XML also stands as the
//! sheet of a workbook whose checksums are right.
#![no_main]

use std::io::{Cursor, Write as _};
use std::sync::LazyLock;

use hisn_orders::{
    Context, CountryCode, OrderErrors, Orders, RejectedWriter, Vocabulary, csv_rows, read_any, read_json,
    read_toml, xlsx_rows,
};
use libfuzzer_sys::fuzz_target;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let law = hisn_assess::law_with(Vec::new()).expect("the bundled law is right");
    hisn_assess::order_vocabulary(&law)
});

fuzz_target!(|bytes: &[u8]| {
    let context = Context { vocabulary: &VOCABULARY, countries: &CountryCode::parse };
    // The ending of a name does no more than choose among the readers.
    for name in ["orders", "orders.xlsx"] {
        check(name, read_any(name, bytes, &context));
    }
    check("orders.csv", csv_rows("orders.csv", bytes, &context));
    check("orders.json", read_json("orders.json", bytes, &context));
    check("orders.xlsm", xlsx_rows("orders.xlsm", bytes, &context));
    if let Err(errors) = read_toml("orders.toml", bytes, &context) {
        told(&errors);
    }
    if bytes.starts_with(b"<") {
        check("sheet.xlsx", xlsx_rows("sheet.xlsx", &workbook(bytes), &context));
    }
});

fn check(name: &str, orders: Result<Orders<'_>, OrderErrors>) {
    let orders = match orders {
        Ok(orders) => orders,
        Err(errors) => return told(&errors),
    };
    let mut rejected = RejectedWriter::new(Vec::new(), &orders.headers).expect("memory takes a header");
    for row in orders {
        assert!(row.result.is_ok() || !row.messages(name).is_empty(), "a row is refused without a word");
        rejected.write(&row).expect("memory takes a row");
    }
    rejected.finish().expect("memory takes a table");
}

fn told(errors: &OrderErrors) {
    assert!(!errors.errors.is_empty() && !errors.to_string().is_empty(), "a file is refused without a word");
}

/// The smallest workbook, with this sheet.
fn workbook(sheet: &[u8]) -> Vec<u8> {
    const PARTS: [(&str, &[u8]); 4] = [
        (
            "[Content_Types].xml",
            br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#,
        ),
        (
            "xl/workbook.xml",
            br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="orders" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
        (
            "xl/styles.xml",
            br#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/></cellXfs></styleSheet>"#,
        ),
    ];
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, part) in PARTS.into_iter().chain([("xl/worksheets/sheet1.xml", sheet)]) {
        out.start_file(name, stored).expect("memory takes a part");
        out.write_all(part).expect("memory takes a part");
    }
    out.finish().expect("memory takes a workbook").into_inner()
}
