use super::*;

#[test]
fn numbers_as_people_write_them() {
    for (raw, want) in [
        ("250000", 250_000.0),
        (" 250 000.50 ", 250_000.5),
        ("1,234,567", 1_234_567.0),
        ("1,234.50", 1_234.5),
        ("٢٥٠٠٠٠", 250_000.0),
        ("٢٥٠٬٠٠٠٫٥", 250_000.5),
        ("۱۲۳", 123.0),
        ("-5", -5.0),
        ("1e5", 100_000.0),
    ] {
        assert_eq!(parse_number(raw, false), Ok(want), "{raw}");
    }
    assert_eq!(parse_number("60 %", true), Ok(60.0));
    for raw in
        ["250,000", "12,5", "1.234,56", "abc", "inf", "NaN", "1e999", "60%", "--1", "", "1,23,456", "0x10"]
    {
        assert!(parse_number(raw, false).is_err(), "{raw}");
    }
}

#[test]
fn dates_with_the_year_first() {
    let day = Date::constant(2022, 3, 8);
    for raw in [
        "2022-03-08",
        "2022/3/8",
        "2022.03.08",
        "20220308",
        "٢٠٢٢-٠٣-٠٨",
        "2022-03-08T00:00:00",
        "2022-03-08 00:00",
    ] {
        assert_eq!(parse_date(raw), Ok(day), "{raw}");
    }
    for (raw, help) in [
        ("08/03/2022", "cannot be told apart"),
        ("2022-02-30", "no such day"),
        ("44628", "would be 2022-03-08"),
        ("2022-03-08T23:00:00Z", "without time"),
        ("tomorrow", "YYYY-MM-DD"),
    ] {
        let told = parse_date(raw).unwrap_err();
        assert!(told.contains(help), "{raw}: {told}");
    }
}

#[test]
fn serial_numbers_in_both_epochs() {
    assert_eq!(serial_date(44_628.75, false), Some(Date::constant(2022, 3, 8)));
    assert_eq!(serial_date(43_166.0, true), Some(Date::constant(2022, 3, 8)));
    assert_eq!(serial_date(59.0, false), Some(Date::constant(1900, 2, 28)));
    assert_eq!(serial_date(60.0, false), None);
    assert_eq!(serial_date(61.0, false), Some(Date::constant(1900, 3, 1)));
    assert_eq!(serial_date(f64::NAN, false), None);
    assert_eq!(serial_date(1e9, false), None);
}
