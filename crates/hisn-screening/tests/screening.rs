//! What a search must find, must not find, and must say.

use hisn_lists::{Address, Identifier, Name, NameKind, Party, Schema};
use hisn_screening::{Difference, Field, Match, Options, Query, Reason, RuledOut, Screener, Strength};

fn party(id: &str, schema: Schema, countries: &[&str], names: &[&str]) -> Party {
    let names = names.iter().enumerate().map(|(at, text)| Name {
        text: (*text).to_owned(),
        kind: if at == 0 { NameKind::Primary } else { NameKind::Alias },
        lang: None,
    });
    Party {
        id: id.to_owned(),
        schema,
        names: names.collect(),
        countries: countries.iter().map(|code| (*code).to_owned()).collect(),
        ..Party::default()
    }
}

/// Vendors and users of surveillance under the names that the lists give them, and bodies of generic names.
fn listed() -> Vec<Party> {
    use Schema::{Company, Organization, Person};
    vec![
        party("nso", Company, &["IL"], &["NSO Group", "NSO Group Technologies Ltd"]),
        party("candiru", Company, &["IL"], &["Candiru", "Candiru Ltd.", "Saito Tech Ltd."]),
        party("intellexa", Company, &["GR"], &["Intellexa S.A."]),
        party("cytrox", Company, &["MK"], &["Cytrox AD"]),
        party(
            "hikvision",
            Company,
            &["CN"],
            &["Hangzhou Hikvision Digital Technology Co., Ltd.", "Hikvision"],
        ),
        party("dahua", Company, &["CN"], &["Dahua Technology", "Zhejiang Dahua Technology"]),
        party("sensetime", Company, &["CN"], &["Sense Time", "SenseTime"]),
        party("megvii", Company, &["CN"], &["Megvii Technology"]),
        party("positive", Company, &["RU"], &["Positive Technologies"]),
        party(
            "coseinc",
            Company,
            &["SG"],
            &["Computer Security Initiative Consultancy PTE. LTD.", "COSEINC"],
        ),
        party("aksu", Organization, &["CN"], &["Aksu District Public Security Bureau"]),
        party(
            "711",
            Organization,
            &["CN"],
            &["China State Shipbuilding Corporation, Limited (CSSC) 711th Research Institute"],
        ),
        party("sy-moi", Organization, &["SY"], &["Ministry of Interior", "Syrian Ministry of Interior"]),
        party("ir-police", Organization, &["IR"], &["Law Enforcement Forces", "Iranian Police"]),
        party("ve-telecom", Organization, &["VE"], &["Telecom Venezuela"]),
        party("tamas", Company, &["IR"], &["Tamas Company"]),
        party("lavrov", Person, &["RU"], &["LAVROV, Sergey Viktorovich", "Сергей Викторович Лавров"]),
        party("hassan", Person, &["IQ"], &["AL-HASSAN, Kamal"]),
        party("tanker", Schema::Vessel, &[], &["ADRIAN DARYA 1"]),
    ]
}

fn screen(name: &str, country: &str) -> Vec<Match> {
    Screener::build(listed()).screen(&query(name, country), &Options::default())
}

fn query(name: &str, country: &str) -> Query {
    let countries = if country.is_empty() { Vec::new() } else { vec![country.to_owned()] };
    Query { name: name.to_owned(), countries, ..Query::default() }
}

#[test]
fn every_golden_vendor_is_found_in_every_script() {
    let golden = [
        ("nso", vec!["NSO", "N.S.O. Group", "NSO集团", "إن إس أو جروب", "НСО Групп"]),
        ("candiru", vec!["Kandiru", "Кандиру", "كانديرو", "קנדירו"]),
        ("intellexa", vec!["Intelexa", "Интеллекса", "انتلكسا"]),
        ("cytrox", vec!["Cytrox", "Сайтрокс", "سايتروكس"]),
        (
            "hikvision",
            vec!["HIK VISION", "海康威视", "杭州海康威视数字技术股份有限公司", "Хиквижн", "هيكفيجن"],
        ),
        ("dahua", vec!["Da Hua Technology", "大华技术股份有限公司", "Дахуа Технолоджи", "داهوا تكنولوجي"]),
        ("sensetime", vec!["Sensetime", "商汤科技", "Сенстайм"]),
        ("megvii", vec!["Megvi Technology", "旷视科技", "Мегви Технолоджи"]),
        ("positive", vec!["Positive Technology", "Позитив Текнолоджиз", "بوزيتيف تكنولوجيز"]),
        ("coseinc", vec!["Coseinc Ltd", "COSEINK"]),
        ("aksu", vec!["Aksu Public Security Bureau", "阿克苏地区公安局", "阿克苏区公安局"]),
        ("711", vec!["中国船舶集团有限公司第七一一研究所"]),
    ];
    let screener = Screener::build(listed());
    for (id, names) in golden {
        for name in names {
            let found = screener.screen(&query(name, ""), &Options::default());
            let first = found.first().map(|found| screener.party(found.index).id.as_str());
            assert_eq!(first, Some(id), "{name}");
        }
    }
}

#[test]
fn bodies_of_other_states_are_no_match_for_a_generic_name() {
    for (name, country) in [
        ("Ministry of Interior", "SA"),
        ("Israel Police", "IL"),
        ("Libyan Telecom", "LY"),
        ("Thames Bank", "GB"),
        ("Ontario Police", "CA"),
        ("Eastern Province Police Directorate", "SA"),
        ("Minsk Municipal Guard", "BY"),
        ("Rhein Telekom", "DE"),
        ("Al Noor Systems", "AE"),
        ("Employee", ""),
    ] {
        assert_eq!(screen(name, country), [], "{name}");
    }
}

#[test]
fn what_is_ruled_out_can_be_asked_for() {
    let screener = Screener::build(listed());
    let query = query("Ministry of Interior", "SA");
    let ruled_out = screener.ruled_out(&query, &Options::default());
    assert_eq!(ruled_out.len(), 1);
    assert_eq!(ruled_out[0].ruled_out, Some(RuledOut::GenericNameElsewhere));
    assert_eq!(screener.party(ruled_out[0].index).id, "sy-moi");
    assert_eq!(screen("Ministry of Interior", "")[0].strength, Strength::Strong);
    assert_eq!(screen("Ministry of Interior", "sy")[0].corroboration.agree, [Field::Country]);
}

#[test]
fn the_same_name_is_strong_until_a_field_contradicts() {
    assert_eq!(screen("CANDIRU ltd", "IL")[0].strength, Strength::Strong);
    assert_eq!(screen("Candiru", "")[0].strength, Strength::Strong);
    assert_eq!(screen("Кандиру", "il")[0].strength, Strength::Strong);
    assert_eq!(screen("Candiru", "FR")[0].strength, Strength::Weak);
    assert_eq!(screen("Candirou", "IL")[0].strength, Strength::Weak);
}

#[test]
fn an_answer_says_why() {
    let found = screen("Кандиру", "");
    let because = &found[0].because;
    assert_eq!((because.asked.as_str(), because.matched.as_str()), ("Кандиру", "Candiru"));
    assert_eq!(because.reason, Reason::SameNameOtherSpelling);
    let found = screen("Sergei Lavrov", "");
    let because = &found[0].because;
    assert!(because.differences.contains(&Difference::OnlyListed("viktorovich".into())), "{because:?}");
    assert!(
        because
            .to_sentence_en()
            .starts_with("\"Sergei Lavrov\" is like the listed name \"LAVROV, Sergey Viktorovich\"; ")
    );
}

#[test]
fn weak_aliases_are_capped() {
    let mut parties = listed();
    parties[0].names.push(Name { text: "Blue Orchid Trading".into(), kind: NameKind::Weak, lang: None });
    let found = Screener::build(parties).screen(&query("Blue Orchid Trading", "IL"), &Options::default());
    assert!(found[0].score <= 0.85 && found[0].strength == Strength::Weak);
}

#[test]
fn a_name_of_the_same_script_that_contradicts_caps_one_of_another() {
    let mut one = party("x", Schema::Person, &[], &["Kamal Hassan Jumblatt", "كمال حسن"]);
    let screener = Screener::build(vec![one.clone()]);
    let contradicted =
        screener.screen(&query("Kamal Hassan Berri", ""), &Options { threshold: 0.1, ..Options::default() });
    assert!(contradicted.iter().all(|found| found.score < 0.7), "{contradicted:?}");
    one.names.remove(0);
    let alone = Screener::build(vec![one]).screen(&query("Kamal Hassan Berri", ""), &Options::default());
    assert_eq!(alone.len(), 1);
}

#[test]
fn the_day_counts_before_the_limit() {
    let day = |text: &str| text.parse().expect("a date");
    let parties = (0..20).map(|n| {
        let mut party = party(&format!("p{n:02}"), Schema::Company, &[], &["Blue Orchid Systems"]);
        party.listed_from = Some(day(if n == 19 { "2010-01-01" } else { "2020-01-01" }));
        party
    });
    let screener = Screener::build(parties.collect());
    let options = Options { limit: 3, on: Some(day("2015-06-01")), ..Options::default() };
    let found = screener.screen(&query("Blue Orchid Systems", ""), &options);
    assert_eq!(found.iter().map(|found| found.index).collect::<Vec<_>>(), [19]);
    let found = screener.screen(&query("Blue Orchid Systems", ""), &Options { limit: 3, ..options });
    assert_eq!(found.len(), 1);
    let found =
        screener.screen(&query("Blue Orchid Systems", ""), &Options { limit: 3, on: None, threshold: 0.7 });
    assert_eq!(
        found.iter().map(|found| found.index).collect::<Vec<_>>(),
        [0, 1, 2],
        "ties in the order of ids"
    );
}

#[test]
fn fields_stand_beside_the_name() {
    let mut one = party("x", Schema::Person, &["IQ", "SY"], &["AL-TIKRITI, Qusay"]);
    one.birth_dates = vec!["1966-05-17".into(), "~1965".into()];
    one.identifiers = vec![Identifier { kind: "Passport".into(), value: "A-123 456".into(), country: None }];
    one.addresses = vec![Address { text: "12 Karrada Street, Baghdad".into(), country: Some("IQ".into()) }];
    let screener = Screener::build(vec![one]);
    let plain = screener.screen(&query("Qusay al-Tikriti", ""), &Options::default());
    let full = Query {
        schema: Some(Schema::Person),
        countries: vec!["sy".into()],
        birth_date: Some("1966".into()),
        identifiers: vec!["a123456".into()],
        address: Some("Karrada Street 12, Baghdad".into()),
        ..query("Qusay al-Tikriti", "")
    };
    let found = screener.screen(&full, &Options::default());
    assert_eq!(found[0].score, plain[0].score);
    assert_eq!(
        found[0].corroboration.agree,
        [Field::Country, Field::BirthDate, Field::Identifier, Field::Address, Field::Type]
    );
    assert_eq!(plain[0].corroboration.missing.len(), 5);
    let other = Query { birth_date: Some("1991-01-01".into()), ..full.clone() };
    let found = screener.screen(&other, &Options::default());
    assert_eq!(found[0].corroboration.contradict, [Field::BirthDate]);
    assert_eq!((found[0].score, found[0].strength), (plain[0].score, Strength::Weak));
    let next_year = Query { birth_date: Some("1967-05-17".into()), ..full };
    assert_eq!(screener.screen(&next_year, &Options::default())[0].corroboration.contradict, []);
}

#[test]
fn a_ship_is_no_person_and_another_number_is_another_ship() {
    let screener = Screener::build(listed());
    let ask = |name: &str, schema| {
        screener.screen(&Query { schema: Some(schema), ..query(name, "") }, &Options::default())
    };
    assert_eq!(ask("Adrian Darya 1", Schema::Vessel).len(), 1);
    assert_eq!(ask("Adrian Darya 3", Schema::Vessel).len(), 0);
    let other_kind = ask("Adrian Darya 1", Schema::Company);
    assert_eq!(other_kind[0].corroboration.contradict, [Field::Type]);
    assert_eq!(other_kind[0].strength, Strength::Weak);
    assert_eq!(ask("Adriana Darya", Schema::Person).len(), 0);
}
