//! Every file of `good` reads, none of `bad` does without a word; what is said stands beside each. To add one, put a file there,
//! run the tests and accept the snapshot.

mod support;

#[test]
fn good_files_read() {
    each("good", |told| assert!(told.starts_with("row "), "{told}"));
}

#[test]
fn bad_files_say_what_is_wrong() {
    each("bad", |told| assert!(told.contains(": "), "{told}"));
}

fn each(folder: &str, check: impl Fn(&str)) {
    let inputs = support::inputs(folder);
    assert!(!inputs.is_empty());
    for (name, bytes) in inputs {
        let told = support::told(&name, &bytes);
        check(&told);
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(folder);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(name, told));
    }
}
