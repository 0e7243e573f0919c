//! Every mistake in a law is told with its place and what to do: one file of `tests/bad` a mistake.

mod support;

use hisn_law::Law;

#[test]
fn each_mistake_is_told_with_its_place_and_a_hint() {
    insta::glob!("bad/*.law", |path| {
        let text = std::fs::read_to_string(path).unwrap();
        let mut source = support::base();
        source.files.insert("mistake.law".into(), text);
        let Err(errors) = Law::build(&[source]) else {
            panic!("the mistake in {} was not found", path.display())
        };
        assert!(errors.0.iter().all(|error| error.line > 0 && error.column > 0));
        insta::assert_snapshot!(errors.to_string());
    });
}

#[test]
fn errors_of_tables_name_the_row() {
    let mut source = support::base();
    source.files.insert(
        "tables/more.csv".into(),
        "country,set,from,to,cite\nXA,s,2020-13-01,,A\nX,s,,,A\nXA,s,,,\n".into(),
    );
    source.files.insert("tables/odd.csv".into(), "a,b\n1,2\n".into());
    let errors = Law::build(&[source]).unwrap_err();
    insta::assert_snapshot!(errors.to_string());
}
