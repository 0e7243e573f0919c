//! Lists of the EU, the United Kingdom and Switzerland, OFAC's XML, and lists of one's own.
//!
//! `eu_2016.xml` and `uk_conlist_2016.csv` are cut from files that the offices published in February 2016. The other
//! files are written by hand after the layouts that the offices publish; no published file of these was at hand.

use hisn_lists::{Format, ListFile, ListFiles, NameKind, Party, Place, Schema, read_any, read_files};
use rust_xlsxwriter::{ExcelDateTime, Format as CellFormat, Workbook};

fn data(file: &str) -> Vec<u8> {
    std::fs::read(format!("tests/data/{file}")).unwrap()
}

fn read(file: &str) -> ListFiles {
    read_files(&[ListFile { name: file, bytes: &data(file) }]).unwrap()
}

fn of<'a>(read: &'a ListFiles, id: &str) -> &'a Party {
    let ids = || read.parties.iter().map(|party| party.id.as_str()).collect::<Vec<_>>();
    read.parties.iter().find(|party| party.id == id).unwrap_or_else(|| panic!("no {id} in {:?}", ids()))
}

fn names(party: &Party) -> Vec<(&str, NameKind)> {
    party.names.iter().map(|name| (name.text.as_str(), name.kind)).collect()
}

fn told(read: &ListFiles) -> String {
    read.warnings.iter().map(|(_, warning)| format!("{warning}\n")).collect()
}

use NameKind::{Alias, Primary, Weak};

#[test]
fn formats_are_told_by_contents() {
    for (file, want) in [
        ("eu_2016.xml", Format::EuXml),
        ("eu_fsf_1_1.xml", Format::EuXml),
        ("eu_fsf_1_1.csv", Format::EuCsv),
        ("eu_fsf_1_0.csv", Format::EuCsv),
        ("uk_conlist_2016.csv", Format::UkConList),
        ("uk_list.xml", Format::UkListXml),
        ("uk_list.csv", Format::UkListCsv),
        ("seco.xml", Format::Seco),
        ("ofac_sdn.xml", Format::OfacXml),
        ("ofac_advanced.xml", Format::OfacAdvanced),
        ("ftm.jsonl", Format::FollowTheMoney),
        ("own.csv", Format::OwnCsv),
    ] {
        assert_eq!(read_any("x", &data(file)).unwrap().0, want, "{file}");
    }
}

mod european_union {
    use super::*;

    #[test]
    fn the_file_of_2016() {
        let read = read("eu_2016.xml");
        assert_eq!((read.parties.len(), read.left_out, told(&read).as_str()), (10, 0, ""));
        assert_eq!(read.files[0].lists["eu/FSF"].unwrap().to_string(), "2016-02-11", "the day stands first");
        let mugabe = of(&read, "eu-fsf-1");
        assert_eq!(names(mugabe), [("Robert Gabriel Mugabe", Primary)], "two legal acts, one name");
        assert_eq!((mugabe.schema, mugabe.birth_dates[0].as_str()), (Schema::Person, "1924-02-21"));
        assert_eq!(
            (mugabe.identifiers[0].kind.as_str(), mugabe.identifiers[0].value.as_str()),
            ("National passport", "AD001095")
        );
        assert_eq!(mugabe.listed_from.unwrap().to_string(), "2002-09-13", "the earliest of its acts");
        assert_eq!(mugabe.citation.as_deref(), Some("151/2012 (OJ L49)"));
        let qusay = of(&read, "eu-fsf-20");
        assert_eq!(
            (qusay.birth_dates.clone(), qusay.countries.clone()),
            (vec!["1965".to_owned(), "1966".to_owned()], vec!["IQ".to_owned()])
        );
        assert_eq!(qusay.names[1].lang.as_deref(), Some("fr"));
        assert_eq!(qusay.raw["remark"], "(Saddam's second son)", "entities in attributes are resolved");
        let births: Vec<&String> = read.parties.iter().flat_map(|party| &party.birth_dates).collect();
        assert!(births.iter().any(|birth| birth.starts_with('~') && birth.contains('/')), "{births:?}");
        assert!(births.iter().any(|birth| birth.starts_with('~') && birth.len() == 5), "{births:?}");
        assert!(
            read.parties
                .iter()
                .any(|party| party.schema == Schema::Organization && !party.addresses.is_empty())
        );
        for party in &read.parties {
            assert!(
                party.countries.iter().all(|code| code.len() == 2),
                "codes of three letters become two: {party:?}"
            );
        }
    }

    #[test]
    fn the_layouts_of_today() {
        let (xml, csv) = (read("eu_fsf_1_1.xml"), read("eu_fsf_1_1.csv"));
        assert_eq!((xml.parties.len(), xml.left_out), (3, 1));
        assert!(told(&xml).contains("line 34: an entity without a name was left out"), "{}", told(&xml));
        assert_eq!(xml.files[0].lists["eu/FSF"].unwrap().to_string(), "2026-08-26");
        assert_eq!(csv.files[0].lists["eu/FSF"].unwrap().to_string(), "2026-08-26");
        // Both layouts, and that of 2016, say the same of one entry.
        let older = read_of_2016();
        for read in [&xml, &csv] {
            let entry = of(read, "eu-fsf-13");
            let old = of(&older, "eu-fsf-13");
            assert_eq!(
                (names(entry), &entry.birth_dates, &entry.countries),
                (names(old), &old.birth_dates, &old.countries)
            );
            assert_eq!((&entry.programs, &entry.citation), (&old.programs, &old.citation));
            assert_eq!(entry.names[2].lang.as_deref(), Some("fr"));
        }
        let plant = of(&xml, "eu-fsf-900099");
        assert_eq!(
            names(plant),
            [
                ("Example & Sons Plant JSC", Primary),
                ("Example Works", Alias),
                ("Plant 9", Alias),
                ("Зав\u{6f}д Пример", Alias),
                ("Завод Пример", Alias),
                ("EXP", Weak)
            ]
        );
        assert_eq!(
            (plant.addresses.len(), plant.addresses[0].text.as_str()),
            (1, "Example street 1, 100000, Moscow, RU")
        );
        assert_eq!(
            (plant.identifiers[0].kind.as_str(), plant.identifiers[0].country.as_deref()),
            ("Registration Number", Some("RU"))
        );
        assert_eq!(
            plant.listed_from.unwrap().to_string(),
            "2022-03-15",
            "the designation, not the publication"
        );
        let row = of(&csv, "eu-fsf-900099");
        assert_eq!(
            (&row.addresses, &row.identifiers, row.listed_from),
            (&plant.addresses, &plant.identifiers, plant.listed_from)
        );
        let ann = of(&xml, "eu-fsf-900100");
        assert_eq!(
            (ann.caption(), ann.birth_dates.clone()),
            ("Ann Exampleson", vec!["~1957".to_owned(), "1955/1958".to_owned()])
        );
        assert_eq!(csv.left_out, 1);
        assert!(told(&csv).contains("line 10: a row of 3 fields was left out"), "{}", told(&csv));
    }

    fn read_of_2016() -> ListFiles {
        read("eu_2016.xml")
    }

    #[test]
    fn the_older_csv() {
        let read = read("eu_fsf_1_0.csv");
        let mugabe = of(&read, "eu-fsf-1");
        assert_eq!(mugabe.birth_dates, ["1924-02-21", "~1920/1925"]);
        assert_eq!(
            (mugabe.identifiers[0].value.as_str(), mugabe.identifiers[0].country.as_deref()),
            ("AD001095", Some("ZW"))
        );
        assert_eq!(mugabe.listed_from.unwrap().to_string(), "2005-06-16");
    }
}

mod united_kingdom {
    use super::*;

    #[test]
    fn the_conlist_of_2016() {
        let read = read("uk_conlist_2016.csv");
        assert_eq!((read.parties.len(), read.left_out), (11, 0));
        assert_eq!(read.files[0].lists["gb/OFSI"].unwrap().to_string(), "2016-02-12");
        let abda = of(&read, "gb-ofsi-7087");
        assert_eq!(abda.caption(), "Mohamed ABU ABDA", "the surname stands in the sixth column");
        assert_eq!(
            (abda.birth_dates[0].as_str(), abda.countries.clone()),
            ("1969-02-05", vec!["TN".to_owned()]),
            "day first; an adjective"
        );
        assert_eq!(abda.raw["place_of_birth"], "Tripoli, Libyan Arab Jamahiriya; Tunis, Tunisia");
        assert_eq!(abda.identifiers[0].value, "W374031");
        assert_eq!(abda.listed_from.unwrap().to_string(), "2002-04-24");
        // Fourteen passports in one field.
        let many = read.parties.iter().map(|party| party.identifiers.len()).max().unwrap();
        assert!(many >= 14, "{many}");
        assert!(
            read.parties.iter().any(|party| party.birth_dates.iter().any(|birth| birth.len() == 4)),
            "00/00/1943"
        );
        assert!(read.parties.iter().all(|party| !format!("{party:?}").contains('\u{fffd}')), "windows-1252");
        assert!(read.parties.iter().any(|party| format!("{party:?}").contains('‘')), "byte 0x91");
        assert!(
            read.parties.iter().any(|party| party.schema == Schema::Organization && party.names.len() >= 3)
        );
        let prime = read.parties.iter().filter(|party| party.names.len() > 1).count();
        assert!(prime > 2);
    }

    #[test]
    fn the_sanctions_list() {
        let (xml, csv) = (read("uk_list.xml"), read("uk_list.csv"));
        assert_eq!((xml.parties.len(), xml.left_out), (2, 1));
        assert_eq!((csv.parties.len(), csv.left_out), (2, 1));
        for read in [&xml, &csv] {
            assert_eq!(read.files[0].lists["gb/UKSL"].unwrap().to_string(), "2026-09-21");
            let person = of(read, "gb-uksl-tst0006");
            assert_eq!(names(person)[0], ("JOHN HASSAN EXAMPLE", Primary), "wherever it stands");
            assert!(names(person).contains(&("Example the Elder", Weak)), "{:?}", names(person));
            assert!(
                names(person).contains(&("حسن مثال", Alias))
                    && names(person).contains(&("Jon Exampel", Alias))
            );
            assert_eq!(
                (person.schema, person.countries.clone()),
                (Schema::Person, vec!["AF".to_owned(), "PK".to_owned()])
            );
            assert_eq!(person.birth_dates[0], "1945");
            assert_eq!(person.identifiers[0].value, "D0001203");
            assert_eq!(person.addresses[0].text, "1 Example Road, Kabul, 1001, Afghanistan");
            assert_eq!(person.legal_effect.as_deref(), Some("Asset freeze; Travel Ban"));
            assert_eq!(
                (person.listed_from.unwrap().to_string(), person.citation.as_deref()),
                ("2021-01-25".to_owned(), Some("TST0006"))
            );
            assert!(!person.raw.contains_key("primary"));
            let ship = of(read, "gb-uksl-tst0999");
            assert_eq!(
                (ship.schema, ship.identifiers[0].value.as_str(), ship.countries.clone()),
                (Schema::Vessel, "9999999", vec!["PA".to_owned()])
            );
            assert_eq!(ship.listed_from.unwrap().to_string(), "2025-05-20");
        }
        let person = of(&xml, "gb-uksl-tst0006");
        assert_eq!(person.birth_dates, ["1945", "1946-03", "1947-02-17"]);
        assert_eq!(person.raw["UKStatementofReasons"], "A made-up reason.");
        assert_eq!(of(&xml, "gb-uksl-tst0999").raw["CurrentOwnerOperator"], "Example Shipping");
        assert!(
            told(&csv).contains("line 7: a row of 2 fields was left out; the header has 58"),
            "{}",
            told(&csv)
        );
    }
}

#[test]
fn switzerland() {
    let read = read("seco.xml");
    assert_eq!((read.parties.len(), read.left_out), (3, 1));
    assert_eq!(read.files[0].lists["ch/SECO"].unwrap().to_string(), "2026-08-30");
    let person = of(&read, "ch-seco-100");
    assert_eq!(
        names(person),
        [
            ("Aliaksandr Primerenka", Primary),
            ("Aliaksandr Primerenko", Alias),
            ("Аляксандр ПРЫМЕРЭНКА", Alias),
            ("Sasha", Weak)
        ],
        "history is no name"
    );
    assert_eq!(
        (person.programs.clone(), person.birth_dates[0].as_str()),
        (vec!["Testland".to_owned()], "1954-08-30")
    );
    assert_eq!(
        (person.identifiers[0].value.as_str(), person.identifiers[0].country.as_deref()),
        ("MP1234567", Some("BY"))
    );
    assert_eq!(person.addresses[0].text, "Example street 2, 220000, Minsk, Central, Belarus");
    assert_eq!((person.listed_from.unwrap().to_string(), person.listed_to), ("2022-03-16".to_owned(), None));
    // A target that is listed no more stays in the file; its entry ends.
    let works = of(&read, "ch-seco-5144");
    assert!(
        works.stands_on("2016-02-29".parse().unwrap()) && !works.stands_on("2016-03-01".parse().unwrap())
    );
    assert_eq!(of(&read, "ch-seco-5145").schema, Schema::Vessel);
}

/// The XML says what the CSV says, under the same ids.
#[test]
fn ofac_in_xml() {
    let (csv, aliases, addresses) = (data("sdn_2024-05-01.csv"), data("alt.csv"), data("add.csv"));
    let csv = read_files(&[
        ListFile { name: "sdn.csv", bytes: &csv },
        ListFile { name: "alt.csv", bytes: &aliases },
        ListFile { name: "add.csv", bytes: &addresses },
    ])
    .unwrap();
    let (plain, advanced) = (read("ofac_sdn.xml"), read("ofac_advanced.xml"));
    assert_eq!(
        (plain.parties.len(), plain.left_out, advanced.parties.len(), advanced.left_out),
        (3, 0, 2, 1)
    );
    for read in [&plain, &advanced] {
        assert_eq!(read.files[0].lists["us-csl/SDN"].unwrap().to_string(), "2024-05-01");
        for id in ["us-sdn-36", "us-sdn-7182"] {
            let (xml, csv) = (of(read, id), of(&csv, id));
            assert_eq!((&xml.source, xml.schema, xml.caption()), (&csv.source, csv.schema, csv.caption()));
            assert_eq!(
                (&xml.programs, &xml.birth_dates[..csv.birth_dates.len()]),
                (&csv.programs, &csv.birth_dates[..])
            );
            assert_eq!(xml.identifiers, csv.identifiers);
            assert_eq!(xml.addresses, csv.addresses);
        }
        let person = of(read, "us-sdn-7182");
        assert_eq!(
            (person.countries.clone(), person.birth_dates.clone()),
            (vec!["ES".to_owned()], vec!["1957-11-08".to_owned(), "~1958".to_owned()])
        );
        assert!(names(person).contains(&("EUSE", Weak)));
        assert_eq!(person.raw["gender"], "Male");
    }
    assert!(names(of(&advanced, "us-sdn-7182")).contains(&("АРСАЛЬУС ТАПИА Эусебио", Alias)));
    assert_eq!(of(&advanced, "us-sdn-36").listed_from.unwrap().to_string(), "1986-12-10");
    assert_eq!(
        of(&plain, "us-sdn-7182").raw["remarks"],
        "Secondary sanctions risk: section 1(b) of Executive Order 13224; Member ETA"
    );
    let ship = of(&plain, "us-sdn-19582");
    assert_eq!(
        (ship.schema, ship.identifiers[0].value.as_str(), ship.countries.clone()),
        (Schema::Vessel, "IMO 8412467", vec!["SL".to_owned()])
    );
    // The file counts its own records.
    let short =
        String::from_utf8(data("ofac_sdn.xml")).unwrap().replace("<Record_Count>3", "<Record_Count>14973");
    let short = read_files(&[ListFile { name: "x", bytes: short.as_bytes() }]).unwrap();
    assert!(told(&short).contains("the file states 14973 records and holds 3"), "{}", told(&short));
}

mod own {
    use super::*;

    #[test]
    fn in_csv() {
        let bytes = data("own.csv");
        let read = read_files(&[ListFile { name: "/tmp/Deny List.csv", bytes: &bytes }]).unwrap();
        assert_eq!((read.parties.len(), read.left_out), (3, 2));
        let company = read.parties.iter().find(|party| party.caption() == "Example Trading FZE").unwrap();
        assert_eq!(
            (company.id.as_str(), company.source.as_str()),
            ("own-deny-list-example-trading-fze", "own/deny-list")
        );
        assert_eq!(
            names(company)[1..],
            [("Example Gen. Trading", Alias), ("مثال للتجارة", Alias), ("ETF", Weak)]
        );
        assert_eq!((company.schema, company.countries.clone()), (Schema::Company, vec!["AE".to_owned()]));
        assert_eq!(
            (company.identifiers[0].kind.as_str(), company.identifiers[0].value.as_str()),
            ("Registration number", "CN-1234")
        );
        assert_eq!(company.addresses[0].text, "1 Example Road; Dubai, Dubai, AE");
        assert_eq!(
            (company.legal_effect.as_deref(), company.raw["Owner"].as_str()),
            (Some("Unpaid invoices"), "Ann")
        );
        assert_eq!(company.listed_from.unwrap().to_string(), "2024-05-06");
        let person = read.parties.iter().find(|party| party.caption() == "Ann Exampleson").unwrap();
        assert_eq!(
            (person.schema, person.birth_dates[0].as_str(), person.countries.clone()),
            (Schema::Person, "1961-03-02", vec!["TN".to_owned()])
        );
        assert_eq!(
            person.identifiers.iter().map(|id| id.value.as_str()).collect::<Vec<_>>(),
            ["A1234567", "B7654321"]
        );
        assert_eq!(
            (person.listed_from.unwrap().to_string(), person.listed_to.unwrap().to_string()),
            ("2024-05-06".to_owned(), "2030-12-31".to_owned())
        );
        let bad = read.parties.iter().find(|party| party.caption() == "Bad Dates Ltd").unwrap();
        assert_eq!(
            (bad.raw["birth_date"].as_str(), bad.raw["listed_from"].as_str(), bad.raw["schema"].as_str()),
            ("someday", "soon", "firm?")
        );
        let told = told(&read);
        for want in [
            "line 6: a row without a name was left out",
            "line 8: a row of 16 cells was left out; the header has 14",
            "line 7: \"Atlantis\" is no country",
            "line 7: \"someday\" is no date of birth",
            "line 7: \"soon\" is no day",
        ] {
            assert!(told.contains(want), "{want} is not in\n{told}");
        }
    }

    #[test]
    fn in_a_workbook() {
        let mut book = Workbook::new();
        book.add_worksheet().set_name("About").unwrap().write(0, 0, "Our deny list").unwrap();
        let sheet = book.add_worksheet();
        sheet.write(0, 0, "Deny list").unwrap();
        for (at, name) in ["ID", "Company name", "DOB", "Country", "Tax number"].into_iter().enumerate() {
            sheet.write(2, at as u16, name).unwrap();
        }
        let day = CellFormat::new().set_num_format("yyyy-mm-dd");
        sheet.write(3, 0, 17).unwrap();
        sheet.write(3, 1, "Example Trading").unwrap();
        sheet.write_with_format(3, 2, ExcelDateTime::from_ymd(1961, 3, 2).unwrap(), &day).unwrap();
        sheet.write(3, 3, "Iran").unwrap();
        sheet.write(3, 4, 123_456_789.0).unwrap();
        sheet.write(4, 0, 18).unwrap();
        sheet.write(5, 0, 17).unwrap();
        sheet.write(5, 1, "Second Example").unwrap();
        let bytes = book.save_to_buffer().unwrap();
        let read = read_files(&[ListFile { name: "deny.xlsx", bytes: &bytes }]).unwrap();
        let party = of(&read, "17");
        assert_eq!(
            (party.source.as_str(), party.caption(), party.birth_dates[0].as_str()),
            ("own/deny", "Example Trading", "1961-03-02")
        );
        assert_eq!(
            (party.countries.clone(), party.identifiers[0].value.as_str()),
            (vec!["IR".to_owned()], "123456789")
        );
        assert_eq!(of(&read, "17-2").caption(), "Second Example");
        assert_eq!(read.left_out, 1);
        assert_eq!(read.warnings[0].1.place, Place::Row(5));
        // A workbook cut short, and one without a column of names.
        let error =
            |bytes: &[u8]| read_files(&[ListFile { name: "deny.xlsx", bytes }]).unwrap_err().to_string();
        assert!(error(&bytes[..bytes.len() / 2]).starts_with("deny.xlsx: cannot unpack the file"));
        let mut other = Workbook::new();
        other.add_worksheet().write(0, 0, "Amount").unwrap();
        let message = error(&other.save_to_buffer().unwrap());
        assert!(message.contains("column \"name\" is missing"), "{message}");
    }

    #[test]
    fn a_column_of_names_is_all_it_needs() {
        for text in [
            "name\nExample Trading\n",
            "Surname\tGiven Name\nExampleson\tAnn\n",
            "\u{feff}الاسم,الدولة\nمثال,الإمارات العربية المتحدة\n",
        ] {
            let read = read_files(&[ListFile { name: "list", bytes: text.as_bytes() }]).unwrap();
            assert_eq!((read.parties.len(), read.left_out), (1, 0), "{text}");
        }
        let read =
            read_files(&[ListFile { name: "l", bytes: "Surname\tGiven Name\nExampleson\tAnn\n".as_bytes() }])
                .unwrap();
        assert_eq!(read.parties[0].caption(), "Ann Exampleson");
    }
}

/// Whatever is cut off, the error names the place, and no shorter list comes out silently.
#[test]
fn files_cut_short() {
    for file in
        ["eu_2016.xml", "eu_fsf_1_1.xml", "uk_list.xml", "seco.xml", "ofac_sdn.xml", "ofac_advanced.xml"]
    {
        let bytes = data(file);
        for share in [30, 60, 95] {
            let cut = &bytes[..bytes.len() * share / 100];
            let error = read_any(file, cut).unwrap_err().to_string();
            assert!(error.starts_with("line "), "{file} at {share} %: {error}");
        }
    }
}
