//! What must hold for any two names.

use hisn_names::{Kind, Name, compare};
use proptest::prelude::*;

fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![Just(Kind::Person), Just(Kind::Organisation), Just(Kind::Craft)]
}

/// Names made of real pieces, so that the tables are met.
fn real_name() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("Abdul"),
        Just("Rahman"),
        Just("al"),
        Just("Hassan"),
        Just("Ivanov"),
        Just("Ivanova"),
        Just("Sasha"),
        Just("A."),
        Just("Beijing"),
        Just("Technology"),
        Just("Co."),
        Just("Ltd"),
        Just("Plant"),
        Just("24"),
        Just("II"),
        Just("Hikvision"),
        Just("公安局"),
        Just("第七一一研究所"),
        Just("محمد"),
        Just("عبد الله"),
        Just("Завод"),
        Just("Юрий"),
        Just("김정은"),
        Just("כהן"),
        Just("bin"),
        Just("Corp"),
        Just("First"),
        Just("Street"),
        Just("(CETC 13)"),
        Just("c/o"),
    ];
    prop::collection::vec(piece, 0..7).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(left in "\\PC{0,60}", right in any::<String>(), kind in kind()) {
        let answer = compare(&left, &right, kind);
        prop_assert!((0.0..=1.0).contains(&answer.score));
    }

    #[test]
    fn the_score_does_not_depend_on_the_side(left in real_name(), right in real_name(), kind in kind()) {
        let (one, other) = (compare(&left, &right, kind).score, compare(&right, &left, kind).score);
        prop_assert!((one - other).abs() < 0.02, "{left} / {right}: {one} {other}");
    }

    #[test]
    fn a_name_is_the_same_as_itself(name in real_name(), kind in kind()) {
        let answer = compare(&name, &name, kind);
        prop_assert!(Name::new(&name, kind).words.is_empty() || answer.score >= 0.83, "{name}: {answer:?}");
    }

    #[test]
    fn case_and_punctuation_do_not_matter(name in "[A-Za-z]{3,9} [A-Za-z]{3,9}") {
        let other = name.to_uppercase().replace(' ', ", ");
        prop_assert!(compare(&name, &other, Kind::Organisation).same_name);
    }

    #[test]
    fn an_added_word_never_raises_the_score(name in "[a-z]{4,9} [a-z]{4,9}", added in "[bdfgkmpt]{1}[aeiou]{1}[dgkt]{1}[aeiou]{1}[bdfgkmpt]{1}") {
        let alone = compare(&name, &name, Kind::Organisation).score;
        let with = compare(&name, &format!("{name} {added}"), Kind::Organisation).score;
        prop_assert!(with <= alone + 1e-6, "{name} + {added}: {alone} {with}");
    }
}
