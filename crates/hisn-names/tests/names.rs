//! What names must and must not be taken for each other.

use hisn_names::{Conflict, How, Kind, Name, Role, compare, variants};

fn score(left: &str, right: &str, kind: Kind) -> f64 {
    compare(left, right, kind).score
}

fn is_match(left: &str, right: &str, kind: Kind) -> bool {
    score(left, right, kind) >= 0.7
}

#[test]
fn one_person_in_many_spellings() {
    let pairs = [
        ("Усама бин Ладен", "BIN LADIN, Usama"),
        ("Сергей Лавров", "LAVROV, Sergey Viktorovich"),
        ("محمد طاهر حامد حسين", "MOHAMMAD TAHIR HAMMID HUSSEIN"),
        ("عبد الرحمن ياسين", "Abdul Rahman Yasin"),
        ("Abdurrahman Yassin", "Abd al-Rahman YASIN"),
        ("نورالدین ترابی", "NOORUDDIN TURABI"),
        ("孙昭兰", "SUN, Zhaolan"),
        ("김정은", "KIM, Jong Un"),
        ("Chŏng Chin", "Chong Chin"),
        ("AlisherUsmanov", "Alisher Usmanov"),
        ("Sasha Gusakovsky", "GUSAKOVSKY, Alexander"),
        ("S. A. Lavrov", "Sergey Andreyevich Lavrov"),
        ("Dr. Rami Makhlouf", "MAKHLOUF, Rami"),
        ("Barak Obama", "בראק אובמה"),
        ("Γεώργιος Παπαδόπουλος", "Georgios Papadopoulos"),
    ];
    for (left, right) in pairs {
        assert!(
            is_match(left, right, Kind::Person),
            "{left} / {right}: {:?}",
            compare(left, right, Kind::Person)
        );
    }
}

#[test]
fn two_people_of_like_names() {
    let pairs = [
        ("Sergey Viktorovich Lavrov", "Sergey Ivanovich Lavrov"),
        ("Vera Antonova", "Vladimir Antonov"),
        ("Said Ahmad Sungkar", "Saida Ahmad Sungkar"),
        ("Yuri Sadovenko", "Yuliya Sadovenko"),
        ("이재형", "이재명"),
        ("王建", "王健国"),
    ];
    for (left, right) in pairs {
        assert!(
            !is_match(left, right, Kind::Person),
            "{left} / {right}: {:?}",
            compare(left, right, Kind::Person)
        );
    }
}

#[test]
fn one_organisation_in_many_spellings() {
    let pairs = [
        ("公安局", "Public Security Bureau"),
        (
            "中国船舶集团有限公司第七一一研究所",
            "China State Shipbuilding Corporation, Limited (CSSC) 711th Research Institute",
        ),
        ("ООО «Хеш мейкер»", "HASH MAKER LIMITED LIABILITY COMPANY"),
        ("Obshchestvo S Ogranichennoy Otvetstvennostyu Iteranet", "Iteranet LLC"),
        ("Volkswagen Gesellschaft mit beschränkter Haftung", "Volkswagen GmbH"),
        ("vanderbilt corp", "van der bilt corp"),
        ("1st International Bank", "First International Bank"),
        ("Brigade Forty-Four", "Brigade 44"),
        ("Surftech Electronics, 181 Nevsky Prospekt", "Surftech Electronics"),
        ("شركة النفط الوطنية العراقية", "Iraq National Oil Company"),
        ("مجموعة إن إس أو", "NSO Group"),
    ];
    for (left, right) in pairs {
        let answer = compare(left, right, Kind::Organisation);
        assert!(answer.score >= 0.7, "{left} / {right}: {answer:?}");
    }
}

#[test]
fn numbers_must_agree() {
    for (left, right) in [
        ("Plant 24", "Plant 29"),
        ("Fund V", "Fund VI"),
        ("第七一一研究所", "703rd Research Institute"),
        ("ARZ 514", "ARZ"),
    ] {
        let answer = compare(left, right, Kind::Organisation);
        assert!(answer.score < 0.7, "{left} / {right}: {answer:?}");
    }
    let answer = compare("Repair Plant 24", "Repair Plant 29", Kind::Organisation);
    assert_eq!(answer.conflicts, [Conflict::Number]);
}

#[test]
fn places_must_agree() {
    let answer = compare(
        "National Supercomputing Center Fuzhou",
        "National Supercomputing Center Jinan",
        Kind::Organisation,
    );
    assert!(answer.conflicts.contains(&Conflict::Place) && answer.score < 0.7, "{answer:?}");
}

#[test]
fn contradiction_is_below_omission_is_below_agreement() {
    let agreed = score("Malik Ruslanovich Barkhanoev", "Malik Ruslanovich Barkhanoev", Kind::Person);
    let omitted = score("Malik Barkhanoev", "Malik Ruslanovich Barkhanoev", Kind::Person);
    let contradicted = score("Malik Magomedovich Barkhanoev", "Malik Ruslanovich Barkhanoev", Kind::Person);
    assert!(contradicted < omitted && omitted < agreed, "{contradicted} {omitted} {agreed}");
    let agreed = score("Orel Bearing Works", "Orel Bearing Works", Kind::Organisation);
    let omitted = score("Bearing Works", "Orel Bearing Works", Kind::Organisation);
    let contradicted = score("Kazan Bearing Works", "Orel Bearing Works", Kind::Organisation);
    assert!(contradicted < omitted && omitted < agreed, "{contradicted} {omitted} {agreed}");
}

#[test]
fn a_name_is_never_reduced_to_a_generic_word() {
    // Stripped of its number and its form, "11420 CORP." would be nothing.
    for other in ["Corp.", "Acme Corp.", "22970 Corp."] {
        assert!(!is_match("11420 CORP.", other, Kind::Organisation), "{other}");
    }
    assert!(is_match("11420 CORP.", "11420 Corporation", Kind::Organisation));
    assert!(!is_match("Management Company", "Westminster Management Company", Kind::Organisation));
    let name = Name::new("The Company Ltd", Kind::Organisation);
    assert!(name.words.iter().any(|word| word.role == Role::Name));
}

#[test]
fn short_names_do_not_fall_off_a_cliff() {
    assert!(is_match("Jon Smith", "John Smith", Kind::Person));
    assert!(score("Li Wu", "Li Wu", Kind::Person) > 0.9);
}

#[test]
fn the_alignment_says_how_words_came_together() {
    let answer = compare("Sasha V. Gusakovsky", "GUSAKOVSKY, Alexander Vladislavovich", Kind::Person);
    let how: Vec<How> = answer.alignment.pairs.iter().map(|pair| pair.how).collect();
    assert_eq!(how, [How::Nickname, How::Initial, How::Same]);
    assert!(!answer.alignment.in_order);
    assert!(!answer.same_name);
}

#[test]
fn acronyms_in_brackets_are_names_of_their_own_but_places_are_not() {
    assert_eq!(
        variants("Rosoboronexport OJSC (ROE)"),
        ["Rosoboronexport OJSC (ROE)", "Rosoboronexport OJSC", "ROE"]
    );
    assert_eq!(variants("Acme (U.K.) Limited"), ["Acme (U.K.) Limited"]);
    assert_eq!(variants("Piotech (Ningbo) Co."), ["Piotech (Ningbo) Co."]);
}

#[test]
fn nothing_is_like_nothing() {
    for empty in ["", " ", "---", "«»", "\u{200f}"] {
        assert_eq!(score(empty, "Hikvision", Kind::Organisation), 0.0);
        assert_eq!(score(empty, empty, Kind::Person), 0.0);
    }
}
