//! What the language means, on the small state of `tests/base`.

mod support;

use hisn_law::{Evaluator, Given, Outcome, Role, Truth};
use support::*;

const EXCEPTION: &str = r#"
exception small "Small works" cite "Act 4"
  lifts NS
  for item in 1A1
  unless "Act 4(a)" destination in XD
    except "Act 4(a)(i)" end_user.kind is bank
  unless "Act 4(b)" knows_misuse
  oblige "Keep records." cite "Act 12"
"#;

#[test]
fn a_control_row_bites_where_its_places_say() {
    let law = law_with("");
    let pack = law.pack("xa").unwrap();
    let outcome = |code: &str, to: &str| Evaluator::new(&law).outcome(pack, &case(&law, code, to, &[]));
    assert_eq!(outcome("1A1.a", "XD"), Outcome::LicenseRequired);
    assert_eq!(outcome("1A1.a", "XA"), Outcome::NoLicenseRequired);
    assert_eq!(outcome("1A1", "XD"), Outcome::NeedsInformation, "it may be the paragraph that is left out");
    assert_eq!(outcome("1A1.y", "XD"), Outcome::NoLicenseRequired, "the paragraph is left out");
    assert_eq!(outcome("FREE", "XD"), Outcome::NoLicenseRequired);
    assert_eq!(outcome("1A1.a", "ZZ"), Outcome::NeedsInformation, "the table does not know the country");
    assert_eq!(outcome("7X7", "XA"), Outcome::NeedsInformation, "the control list does not know the entry");
}

#[test]
fn a_program_is_controlled_for_what_it_is_for() {
    let law = law_with("");
    let pack = law.pack("xa").unwrap();
    let mut order = case(&law, "1D1", "XD", &[]);
    let answer = Evaluator::new(&law).determine(pack, &order);
    assert_eq!(answer.outcome, Outcome::NeedsInformation);
    assert_eq!(answer.unknowns[0].fact, "for");
    order.item.fors = vec![hisn_law::Code::parse("1A1.j").unwrap()];
    assert_eq!(Evaluator::new(&law).outcome(pack, &order), Outcome::LicenseRequired);
    order.item.fors = vec![hisn_law::Code::parse("1A9").unwrap()];
    assert_eq!(Evaluator::new(&law).outcome(pack, &order), Outcome::NoLicenseRequired);
}

#[test]
fn an_exception_names_the_paragraph_that_closes_or_opens_it() {
    let law = law_with(EXCEPTION);
    let pack = law.pack("xa").unwrap();
    let answer = |kind: Option<&str>, misuse: Option<bool>| {
        let facts: Vec<_> = misuse.map(|yes| ("knows_misuse", Given::Bool(yes))).into_iter().collect();
        let mut order = case(&law, "1A1.a", "XD", &facts);
        let kind: Vec<_> = kind.map(|kind| ("kind", Given::Text(kind))).into_iter().collect();
        join(&mut order, Role::EndUser, party(&law, Role::EndUser, &kind));
        Evaluator::new(&law).determine(pack, &order)
    };
    let bank = answer(Some("bank"), Some(false));
    assert_eq!(bank.outcome, Outcome::LicenseException);
    assert_eq!(bank.exceptions[0].because.as_deref(), Some("4(a)(i)"));
    assert_eq!(bank.obligations[0].citation, "Act 12");
    assert_eq!(bank.requirements[0].lifted_by.as_deref(), Some("xa/small"));

    let police = answer(Some("police"), None);
    assert_eq!(police.outcome, Outcome::LicenseRequired, "what is missing cannot matter any more");
    assert!(police.unknowns.is_empty());
    assert_eq!(police.exceptions[0].because.as_deref(), Some("4(a)"));
    assert_eq!(police.review_policy.as_deref(), Some("case_by_case"));

    let nobody = answer(None, None);
    assert_eq!(nobody.outcome, Outcome::NeedsInformation);
    let asked: Vec<&str> = nobody.unknowns.iter().map(|unknown| unknown.fact.as_str()).collect();
    assert_eq!(asked, ["end_user.kind", "knows_misuse"]);
}

#[test]
fn listings_and_owners() {
    let law = law_with(
        "requirement owned \"Owned\" cite \"Act 10\" each party when share of owners of party (owner.covered) >= 50 reason OWNED",
    );
    let pack = law.pack("xa").unwrap();
    let outcome = |presence: Truth, percent: Option<f64>| {
        let mut order = case(&law, "FREE", "XA", &[]);
        let mut buyer = party(&law, Role::EndUser, &[]);
        let percent: Vec<_> =
            percent.map(|percent| ("percent", Given::Number(percent))).into_iter().collect();
        let mut owner = party(&law, Role::Other, &percent);
        owner.path = "end_user.owner[0]".into();
        owner.listings.push(listing(&law, "BAD", presence));
        buyer.owners.push(owner);
        join(&mut order, Role::EndUser, buyer);
        Evaluator::new(&law).determine(pack, &order)
    };
    assert_eq!(outcome(Truth::True, Some(50.0)).outcome, Outcome::LicenseRequired);
    assert_eq!(outcome(Truth::True, Some(49.99)).outcome, Outcome::NoLicenseRequired);
    let unknown_share = outcome(Truth::True, None);
    assert_eq!(unknown_share.outcome, Outcome::NeedsInformation);
    assert_eq!(unknown_share.unknowns[0].fact, "end_user.owner[0].percent");
    let unknown_match = outcome(Truth::Unknown, Some(60.0));
    assert_eq!(unknown_match.unknowns[0].fact, "end_user.owner[0].disposition");
}

#[test]
fn the_law_of_the_day_answers() {
    let law = law_with(
        "requirement twice \"First\" cite \"Act 5\" in force to 2022-06-01 reason OLD\n\
         requirement twice \"Second\" cite \"Act 5\" in force from 2022-06-02 to 2022-06-30 reason NEW\n\
         requirement held \"Held\" cite \"Act 6\" stayed from 2022-06-01 reason HELD\n\
         requirement coming \"Coming\" cite \"Act 7\" scheduled from 2022-07-01 by \"Gazette 9\" reason COMING",
    );
    let pack = law.pack("xa").unwrap();
    let on = |day: &str| {
        let mut order = case(&law, "FREE", "XA", &[]);
        order.date = day.parse().unwrap();
        Evaluator::new(&law).determine(pack, &order)
    };
    let reasons = |day: &str| on(day).requirements.iter().map(|r| r.reason.clone()).collect::<Vec<_>>();
    assert_eq!(reasons("2022-06-01"), ["OLD"]);
    assert_eq!(reasons("2022-06-02"), ["NEW"]);
    assert_eq!(reasons("2022-07-01"), ["COMING"]);
    assert!(on("2022-06-01").warnings.iter().any(|w| w.contains("xa/held") && w.contains("stayed")));
    assert!(
        on("2022-07-01").warnings.iter().any(|w| w.contains("needs confirmation") && w.contains("Gazette 9"))
    );
    assert_eq!(
        on("1999-12-31").outcome,
        Outcome::NeedsInformation,
        "the pack does not hold the law of that day"
    );
}

#[test]
fn formatting_keeps_the_meaning_and_is_stable() {
    let text = "exception  small \"Small\" cite \"Act 4\"\nlifts   NS\n\n\n\nunless \"Act 4(a)\" destination in XD , XC\nexcept \"i\" end_user.kind is bank # why\n";
    let once = hisn_law::format("a.law", text).unwrap();
    insta::assert_snapshot!(once);
    assert_eq!(hisn_law::format("a.law", &once).unwrap(), once);
}

/// With work for the square of its length, this file would take minutes.
#[test]
fn formatting_a_long_file_takes_no_long_time() {
    let rule = "exception small \"Small\"\n  cite \"Act 4\"\n  lifts NS\n\n";
    let text = rule.repeat(20_000);
    let begun = std::time::Instant::now();
    assert_eq!(hisn_law::format("a.law", &text).unwrap(), text.trim_end().to_owned() + "\n");
    assert!(begun.elapsed().as_secs() < 20);
}

#[test]
fn a_pack_presumes_for_itself() {
    let asked = |more: &str| {
        let law = law_with(&format!("{EXCEPTION}\n{more}"));
        let mut order = case(&law, "1A1.a", "XD", &[]);
        join(&mut order, Role::EndUser, party(&law, Role::EndUser, &[("kind", Given::Text("bank"))]));
        let answer = Evaluator::new(&law).determine(law.pack("xa").unwrap(), &order);
        let asked = answer.unknowns.iter().map(|unknown| unknown.fact.clone()).collect::<Vec<_>>();
        (answer.outcome, asked)
    };
    assert_eq!(asked(""), (Outcome::NeedsInformation, vec!["knows_misuse".to_owned()]));
    assert_eq!(asked("presume knows_misuse is no by \"Act 5\"").0, Outcome::LicenseException);
    let withdrawn = "presume knows_misuse is no by \"Act 5\"\npresume knows_misuse is unknown by \"Act 6\"";
    assert_eq!(asked(withdrawn).0, Outcome::NeedsInformation, "the last word counts");
}

#[test]
fn a_word_may_leave_a_fact_open_and_two_facts_may_be_the_same() {
    let law = law_with(
        r#"
fact verdict: one of needed, free, pending open pending ask "What did the authority say?"
fact made_in: country ask "Where?"
fact shown_in: country ask "Where shown?"
requirement informed "Informed" cite "Act 9" when verdict is needed reason NS policy case_by_case
requirement home "Home" cite "Act 8" when made_in same as shown_in reason NS policy case_by_case
"#,
    );
    let pack = law.pack("xa").unwrap();
    let answer = |facts: &[(&str, Given<'_>)]| {
        let answer = Evaluator::new(&law).determine(pack, &case(&law, "FREE", "XA", facts));
        (answer.outcome, answer.unknowns.into_iter().map(|unknown| unknown.fact).collect::<Vec<_>>())
    };
    let (made, shown) = (("made_in", Given::Text("XA")), ("shown_in", Given::Text("XB")));
    let verdict = |word| ("verdict", Given::Text(word));
    assert_eq!(answer(&[made.clone(), shown.clone(), verdict("needed")]).0, Outcome::LicenseRequired);
    assert_eq!(answer(&[made.clone(), shown.clone(), verdict("free")]).0, Outcome::NoLicenseRequired);
    let pending = answer(&[made.clone(), shown, verdict("pending")]);
    assert_eq!(pending, (Outcome::NeedsInformation, vec!["verdict".to_owned()]));
    let same = ("shown_in", Given::Text("XA"));
    assert_eq!(answer(&[made.clone(), same, verdict("free")]).0, Outcome::LicenseRequired);
    assert_eq!(answer(&[made, verdict("free")]), (Outcome::NeedsInformation, vec!["shown_in".to_owned()]));
}
