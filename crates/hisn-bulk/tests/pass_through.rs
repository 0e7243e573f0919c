//! Cells pass through as they stood.

use hisn_bulk::{Appender, Columns, Error, Reader};
use proptest::prelude::*;

fn append(input: &[u8], answer: &str) -> Vec<u8> {
    let mut reader = Reader::new(input).unwrap();
    let appender = Appender::new(&reader);
    let mut out = Vec::new();
    appender.header(&mut out, &["status"]).unwrap();
    while let Some(row) = reader.next_row().unwrap() {
        if appender.fits(&row) {
            appender.row(&mut out, &row, &[answer]).unwrap();
        }
    }
    out
}

#[test]
fn marks_line_ends_quotes_and_broken_bytes_stay() {
    assert_eq!(
        append(b"\xEF\xBB\xBFname;b\r\n\"a\r\nb\";\"x\"\r\n\xE9;  y \r\n", "ok"),
        b"\xEF\xBB\xBFname;b;status\r\n\"a\r\nb\";\"x\";ok\r\n\xE9;  y ;ok\r\n"
    );
}

#[test]
fn a_name_that_is_taken_and_a_formula() {
    assert_eq!(append(b"name,Status\na,b\n", "=1+1"), b"name,Status,hisn_status\na,b,'=1+1\n");
}

#[test]
fn short_rows_are_filled_long_and_open_rows_do_not_fit() {
    assert_eq!(append(b"name,b,c\na\n1,2,3,4\nz,\"open\n", "ok"), b"name,b,c,status\na,,,ok\n");
}

#[test]
fn what_cannot_be_read_is_said() {
    assert!(matches!(Reader::new(&b"\xFF\xFEn\0"[..]), Err(Error::Utf16)));
    assert!(matches!(Reader::new(&b""[..]), Err(Error::Empty)));
    assert!(matches!(Reader::new(&b"n\xE9m\n"[..]), Err(Error::Header)));
    assert!(matches!(Columns::find(&["a".into()]), Err(Error::NoName(_))));
    assert!(matches!(Columns::find(&["name".into(), "Name ".into()]), Err(Error::Twice(_))));
}

/// A cell that is not the only empty cell of its line.
fn quote(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

proptest! {
    #[test]
    fn every_line_is_kept(rows in prop::collection::vec(("\\PC*|[a\",;\r\n]{0,9}", "\\PC*|[a\",;\r\n]{0,9}"), 0..20), small in 1_usize..9) {
        let lines: Vec<String> = rows.iter().map(|(a, b)| format!("{},{}", quote(a), quote(b))).collect();
        let input = format!("name,b\n{}", lines.iter().map(|line| format!("{line}\n")).collect::<String>());
        let expected = format!("name,b,status\n{}", lines.iter().map(|line| format!("{line},ok\n")).collect::<String>());
        prop_assert_eq!(append(input.as_bytes(), "ok"), expected.as_bytes());
        // However the bytes come in, the cells are the same.
        let mut reader = Reader::new(std::io::BufReader::with_capacity(small, input.as_bytes())).unwrap();
        for (a, b) in &rows {
            let row = reader.next_row().unwrap().unwrap();
            prop_assert_eq!(row.cell(0), Some(a.as_bytes()));
            prop_assert_eq!(row.cell(1), Some(b.as_bytes()));
        }
        prop_assert!(reader.next_row().unwrap().is_none());
    }

    #[test]
    fn no_input_panics(input in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(mut reader) = Reader::new(&input[..]) {
            while reader.next_row().unwrap().is_some() {}
        }
    }
}
