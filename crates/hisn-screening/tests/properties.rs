//! What must hold for any query.

use std::sync::LazyLock;

use hisn_lists::{Name, NameKind, Party, Schema};
use hisn_screening::{Match, Options, Query, Screener};
use proptest::prelude::*;

const GIVEN: [&str; 12] = [
    "Ahmad",
    "Sergey",
    "Kamal",
    "Yulia",
    "Jose Luis",
    "Wei",
    "Abdul Rahman",
    "Olga",
    "Haji Gul",
    "Mikhail",
    "Fatima",
    "Jong Il",
];
const FAMILY: [&str; 12] = [
    "al-Tikriti",
    "Lavrov",
    "Hassan",
    "Tymoshenko",
    "Rodriguez",
    "Zhang",
    "Yasin",
    "Barynova",
    "Haqqani",
    "Kogan",
    "Noorzai",
    "Kim",
];
const FIRMS: [&str; 10] = [
    "Aviation Plant 24",
    "Blue Orchid Trading",
    "Kazan Optical Works",
    "National Supercomputing Center",
    "Ministry of Interior",
    "Zhejiang Dahua Technology",
    "Pars Oil and Gas",
    "Tactical Missiles",
    "General Trading Company",
    "Bank of Industry",
];
const COUNTRIES: [&str; 4] = ["RU", "IR", "CN", "SY"];

/// Letters that are one sound wherever they stand: others change the sounds beside them, which for words of four
/// letters is more than the index looks for.
const LETTERS: &[char] = &['a', 'b', 'd', 'e', 'i', 'l', 'm', 'n', 'o', 'p', 'r', 'u'];

static SCREENER: LazyLock<Screener> = LazyLock::new(|| {
    let mut parties = Vec::new();
    for (at, given) in GIVEN.iter().enumerate() {
        for (to, family) in FAMILY.iter().enumerate() {
            parties.push(Party {
                id: format!("p-{at:02}-{to:02}"),
                schema: Schema::Person,
                names: vec![name(&format!("{family}, {given}"), NameKind::Primary)],
                countries: vec![COUNTRIES[(at + to) % 4].to_owned()],
                birth_dates: if to % 2 == 0 { vec![format!("19{}", 40 + at)] } else { Vec::new() },
                ..Party::default()
            });
        }
    }
    for (at, firm) in FIRMS.iter().enumerate() {
        parties.push(Party {
            id: format!("o-{at:02}"),
            schema: Schema::Organization,
            names: vec![name(firm, NameKind::Primary), name(&format!("{firm} JSC"), NameKind::Weak)],
            countries: vec![COUNTRIES[at % 4].to_owned()],
            ..Party::default()
        });
    }
    Screener::build(parties)
});

fn name(text: &str, kind: NameKind) -> Name {
    Name { text: text.to_owned(), kind, lang: None }
}

/// A listed name, or a misspelling of one.
fn asked() -> impl Strategy<Value = String> {
    let person = (0..12usize, 0..12usize).prop_map(|(at, to)| format!("{} {}", GIVEN[at], FAMILY[to]));
    let firm = (0..10usize).prop_map(|at| FIRMS[at].to_owned());
    let text = prop_oneof![person, firm];
    (text, prop::option::of((any::<prop::sample::Index>(), prop::sample::select(LETTERS)))).prop_map(
        |(text, edit)| {
            let mut letters: Vec<char> = text.chars().collect();
            if let Some((at, letter)) = edit {
                let at = at.index(letters.len());
                if letters[at].is_alphabetic() {
                    letters[at] = letter;
                }
            }
            letters.into_iter().collect()
        },
    )
}

fn all() -> Options {
    Options { limit: usize::MAX, ..Options::default() }
}

fn found(query: &Query) -> Vec<Match> {
    SCREENER.screen(query, &all())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_it_panic(name in "\\PC{0,80}", birth in "\\PC{0,12}", country in "\\PC{0,3}", address in "\\PC{0,30}") {
        let query = Query { name, birth_date: Some(birth), countries: vec![country], address: Some(address), ..Query::default() };
        found(&query);
        SCREENER.ruled_out(&query, &all());
    }

    /// A candidate may be ruled out by what is added, with a reason; it is never lost, and its score never changes.
    #[test]
    fn adding_data_never_removes_a_candidate(
        name in asked(), country in prop::option::of(0..4usize), birth in prop::option::of(1930..1990i32),
        address in prop::option::of("[a-z]{3,8} [a-z]{3,8}"), number in prop::option::of("[A-Z0-9]{5,9}"),
    ) {
        let bare = Query { name: name.clone(), ..Query::default() };
        let full = Query {
            countries: country.map(|at| COUNTRIES[at].to_owned()).into_iter().collect(),
            birth_date: birth.map(|year| year.to_string()),
            address,
            identifiers: number.into_iter().collect(),
            ..bare.clone()
        };
        let mut with: Vec<Match> = found(&full);
        with.extend(SCREENER.ruled_out(&full, &all()));
        for candidate in found(&bare) {
            let again = with.iter().find(|other| other.index == candidate.index);
            prop_assert_eq!(again.map(|other| other.score), Some(candidate.score), "{}", name);
        }
        // And so a missing field never raises a score: scores are of names alone.
        prop_assert_eq!(with.len(), found(&bare).len());
    }

    #[test]
    fn the_same_question_has_the_same_answer(name in asked()) {
        let query = Query { name, ..Query::default() };
        let (one, other) = (found(&query), found(&query));
        prop_assert_eq!(&one, &other);
        let in_order = one.windows(2).all(|two| two[0].score > two[1].score
            || two[0].score == two[1].score && SCREENER.party(two[0].index).id < SCREENER.party(two[1].index).id);
        prop_assert!(in_order);
    }

    #[test]
    fn the_index_finds_what_comparing_with_every_name_finds(name in asked()) {
        let by_index: Vec<usize> = found(&Query { name: name.clone(), schema: Some(Schema::Person), ..Query::default() })
            .iter()
            .map(|found| found.index)
            .collect();
        for index in 0..GIVEN.len() * FAMILY.len() {
            let listed = &SCREENER.party(index).names[0].text;
            let score = hisn_names::compare(&name, listed, hisn_names::Kind::Person).score;
            prop_assert!(score < 0.85 || by_index.contains(&index), "{name} / {listed}: {score}");
        }
    }

    #[test]
    fn a_listed_name_is_found_first(at in 0..12usize, to in 0..12usize) {
        let name = format!("{} {}", GIVEN[at], FAMILY[to]);
        let query = Query { name, ..Query::default() };
        let first = found(&query).first().map(|found| found.index);
        prop_assert_eq!(first, Some(at * 12 + to));
    }
}
