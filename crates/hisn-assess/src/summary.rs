//! The answer in one sentence.

use hisn_law::{Determination, Outcome};
use hisn_orders::Transaction;
use jiff::civil::Date;

/// An outcome in words, in English.
pub fn outcome_words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::NotSubject => "not subject",
        Outcome::NoLicenseRequired => "no license required",
        Outcome::LicenseException => "license exception available",
        Outcome::NeedsInformation => "needs information",
        Outcome::LicenseRequired => "license required",
        Outcome::Prohibited => "prohibited",
    }
}

/// What may be done with the order, under which law, and the chief reason.
pub(crate) fn sentence(
    transaction: &Transaction,
    outcome: Outcome,
    answers: &[Determination],
    day: Date,
) -> String {
    let to = transaction.to.as_ref().map(ToString::to_string).unwrap_or_default();
    let what =
        transaction.items.first().and_then(|item| item.name.clone()).unwrap_or_else(|| "the item".to_owned());
    let more = transaction.items.len().saturating_sub(1);
    let others = if more == 0 { String::new() } else { format!(" and {more} more") };
    let decisive =
        answers.iter().find(|answer| answer.applies && answer.outcome == outcome).or(answers.first());
    let reason = decisive.map(reason).unwrap_or_default();
    let mut words = outcome_words(outcome).to_owned();
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    format!("{words} for {what}{others} to {to} under the law of {day}{reason}.")
}

fn reason(answer: &Determination) -> String {
    match answer.outcome {
        Outcome::LicenseRequired | Outcome::Prohibited => {
            let open = answer
                .requirements
                .iter()
                .find(|requirement| requirement.truth.is_true() && requirement.lifted_by.is_none());
            open.map(|requirement| format!(": {} ({})", requirement.reason, requirement.citation))
                .unwrap_or_default()
        }
        Outcome::LicenseException => {
            let used = answer.exceptions.iter().find(|exception| exception.available);
            used.map(|exception| format!(": {} ({})", exception.title, exception.citation))
                .unwrap_or_default()
        }
        Outcome::NeedsInformation => {
            let facts: Vec<&str> = answer.unknowns.iter().map(|unknown| unknown.fact.as_str()).collect();
            if facts.is_empty() { String::new() } else { format!(": {}", facts.join(", ")) }
        }
        Outcome::NotSubject | Outcome::NoLicenseRequired => String::new(),
    }
}

/// An outcome in words, in Arabic.
pub fn outcome_words_ar(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::NotSubject => "غير خاضع",
        Outcome::NoLicenseRequired => "لا يلزم ترخيص",
        Outcome::LicenseException => "استثناء من الترخيص متاح",
        Outcome::NeedsInformation => "تلزم معلومات",
        Outcome::LicenseRequired => "يلزم ترخيص",
        Outcome::Prohibited => "محظور",
    }
}

/// [`sentence`] in Arabic; what is inserted is isolated, so that it can stand in any text.
pub(crate) fn sentence_ar(
    transaction: &Transaction,
    outcome: Outcome,
    answers: &[Determination],
    day: Date,
) -> String {
    let code = |text: &str| format!("\u{2066}{text}\u{2069}");
    let to = transaction.to.as_ref().map(|to| code(to.as_str())).unwrap_or_default();
    let what = transaction.items.first().and_then(|item| item.name.as_deref());
    let what = what.map_or_else(|| "الصنف".to_owned(), |name| format!("\u{2068}{name}\u{2069}"));
    let others = match transaction.items.len() {
        0 | 1 => String::new(),
        count => format!(" (وعدد الأصناف {})", code(&count.to_string())),
    };
    let decisive =
        answers.iter().find(|answer| answer.applies && answer.outcome == outcome).or(answers.first());
    let open = decisive.and_then(|answer| {
        answer
            .requirements
            .iter()
            .find(|requirement| requirement.truth.is_true() && requirement.lifted_by.is_none())
    });
    let reason = match (outcome, open) {
        (Outcome::LicenseRequired | Outcome::Prohibited, Some(requirement)) => {
            format!("، {}", code(&requirement.citation))
        }
        _ => String::new(),
    };
    format!(
        "{}: {what}{others} إلى {to} بموجب القانون النافذ في {}{reason}.",
        outcome_words_ar(outcome),
        code(&day.to_string())
    )
}
