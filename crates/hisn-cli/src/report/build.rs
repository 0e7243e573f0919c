//! From an assessment to headings and lines: the decision, the reasons, the questions, the evidence.

use hisn_assess::{Assessment, ScreeningMatch};
use hisn_law::{Determination, Exception, Law, Outcome};

use super::words::{Lang, Word};
use super::{Line, Report, Section, Span};

/// The report of an assessment. With `all`, also what does not bear on the decision.
pub fn report(assessment: &Assessment, law: &Law, lang: Lang, all: bool) -> Report {
    let builder = Builder { assessment, law, lang, all };
    let mut sections = builder.jurisdictions();
    sections.push(builder.flags());
    sections.push(builder.screening());
    sections.push(builder.warnings());
    sections.push(builder.evidence());
    sections.retain(|section| !section.lines.is_empty());
    Report {
        lang,
        decision: lang.outcome(assessment.outcome).to_owned(),
        about: vec![
            Span::words(format!("{} ", lang.say(Word::Order))),
            Span::name(&assessment.id),
            Span::words(lang.comma()),
            Span::code(&assessment.as_of),
        ],
        summary: vec![Span::name(lang.pick(&assessment.summary, Some(&assessment.summary_ar)))],
        sections,
    }
}

struct Builder<'a> {
    assessment: &'a Assessment,
    law: &'a Law,
    lang: Lang,
    all: bool,
}

impl Builder<'_> {
    fn jurisdictions(&self) -> Vec<Section> {
        let mut reasons = self.section(Word::Reasons);
        let mut questions = self.section(Word::Questions);
        let mut duties = self.section(Word::Obligations);
        let mut counsel = self.section(Word::Counsel);
        let (told, elsewhere): (Vec<_>, Vec<_>) =
            self.assessment.jurisdictions.iter().partition(|answer| answer.applies || self.all);
        for answer in told {
            reasons.lines.push(Line::new(self.headline(answer)));
            reasons.lines.extend(self.scope(answer));
            reasons.lines.extend(answer.requirements.iter().map(|requirement| {
                let mut spans = vec![
                    Span::code(&requirement.reason),
                    Span::words(": "),
                    Span::name(self.lang.pick(&requirement.title, requirement.title_ar.as_deref())),
                ];
                if let Some(about) = &requirement.about {
                    spans.extend([Span::words(self.lang.comma()), Span::name(about)]);
                }
                spans.extend([Span::words(" ("), Span::code(&requirement.citation), Span::words(")")]);
                if requirement.truth.is_unknown() {
                    spans.push(Span::words(format!(" ({})", self.lang.say(Word::NotDecided))));
                }
                if let Some(lifted) = &requirement.lifted_by {
                    spans.extend([
                        Span::words(format!(" {} ", self.lang.say(Word::LiftedBy))),
                        Span::code(lifted),
                    ]);
                }
                self.item(&requirement.item, spans)
            }));
            reasons.lines.extend(answer.exceptions.iter().map(|exception| self.exception(exception)));
            for unknown in &answer.unknowns {
                let question = self.lang.pick(&unknown.question, unknown.question_ar.as_deref());
                let spans = vec![Span::code(&unknown.fact), Span::words(": "), Span::name(question)];
                questions.lines.push(self.item(&unknown.item, spans));
                if !unknown.answers.is_empty() {
                    let answers = vec![
                        Span::words(format!("{}: ", self.lang.say(Word::Answers))),
                        Span::code(unknown.answers.join(", ")),
                    ];
                    questions.lines.push(Line { depth: 2, spans: answers });
                }
            }
            for obligation in &answer.obligations {
                let text = self.lang.pick(&obligation.text, obligation.text_ar.as_deref());
                duties.lines.push(Line::new(vec![
                    Span::name(text),
                    Span::words(" ("),
                    Span::code(&obligation.citation),
                    Span::words(")"),
                ]));
            }
            for note in &answer.counsel {
                let text = self.lang.pick(&note.text, note.text_ar.as_deref());
                counsel.lines.push(Line::new(vec![
                    Span::code(&note.rule),
                    Span::words(": "),
                    Span::name(text),
                ]));
            }
        }
        if !elsewhere.is_empty() {
            let mut spans = vec![Span::words(format!("{}: ", self.lang.outcome(Outcome::NotSubject)))];
            for (at, answer) in elsewhere.iter().enumerate() {
                let comma = (at > 0).then(|| Span::words(self.lang.comma()));
                spans.extend(comma.into_iter().chain([Span::name(self.title(answer))]));
            }
            reasons.lines.push(Line::new(spans));
        }
        vec![reasons, questions, duties, counsel]
    }

    fn title<'a>(&'a self, answer: &'a Determination) -> &'a str {
        let title = self.law.pack(&answer.jurisdiction).map(|pack| &pack.manifest().title);
        let title = title.and_then(|title| title.get(self.lang.code()).or_else(|| title.get("en")));
        title.map_or(answer.jurisdiction.as_str(), String::as_str)
    }

    fn headline(&self, answer: &Determination) -> Vec<Span> {
        let mut spans = vec![
            Span::name(self.title(answer)),
            Span::words(format!(": {}", self.lang.outcome(answer.outcome))),
        ];
        if let Some(policy) = &answer.review_policy {
            let known = self.law.vocabulary().policies().iter().find(|known| known.name == *policy);
            let title = known
                .map_or(policy.as_str(), |known| self.lang.pick(&known.title.en, known.title.ar.as_deref()));
            let review = self.lang.say(Word::Policy);
            spans.push(Span::words(format!("{}{review}: {title}", self.lang.semicolon())));
        }
        if answer.human_rights_review {
            spans.push(Span::words(format!("{}{}", self.lang.semicolon(), self.lang.say(Word::HumanRights))));
        }
        spans
    }

    /// What keeps an order out, where something does.
    fn scope(&self, answer: &Determination) -> Vec<Line> {
        let decides = answer.outcome == Outcome::NotSubject;
        let outside = answer.scope.iter().filter(|scope| decides && !scope.subject && scope.truth.is_true());
        outside
            .map(|scope| {
                let words = Span::words(format!("{} ", self.lang.say(Word::KeptOut)));
                Line::under(vec![
                    words,
                    Span::code(&scope.rule),
                    Span::words(" ("),
                    Span::code(&scope.citation),
                    Span::words(")"),
                ])
            })
            .collect()
    }

    fn exception(&self, exception: &Exception) -> Line {
        let disputed = exception.because.as_deref() == Some("counsel");
        let state = match (exception.available, exception.truth) {
            (true, _) => Word::Available,
            _ if disputed => Word::Disputed,
            (_, truth) if truth.is_unknown() => Word::Undecided,
            _ => Word::Closed,
        };
        let mut spans = vec![
            Span::code(&exception.rule),
            Span::words(" "),
            Span::name(self.lang.pick(&exception.title, exception.title_ar.as_deref())),
            Span::words(format!(": {}", self.lang.say(state))),
        ];
        match &exception.because {
            Some(because) if !disputed => spans.extend([Span::words(" "), Span::code(because)]),
            _ => spans.extend([Span::words(" ("), Span::code(&exception.citation), Span::words(")")]),
        }
        self.item(&exception.item, spans)
    }

    fn item(&self, item: &Option<String>, spans: Vec<Span>) -> Line {
        let Some(item) = item else { return Line::under(spans) };
        let before =
            vec![Span::words(format!("{} ", self.lang.say(Word::Item))), Span::name(item), Span::words(": ")];
        Line::under(before.into_iter().chain(spans).collect())
    }

    fn flags(&self) -> Section {
        let mut section = self.section(Word::RedFlags);
        section.lines.extend(self.assessment.red_flags.iter().map(|flag| {
            let mut spans = vec![Span::code(&flag.flag), Span::words(": ")];
            spans.push(Span::name(self.lang.pick(&flag.text, flag.text_ar.as_deref())));
            if let Some(about) = &flag.about {
                spans.extend([Span::words(self.lang.comma()), Span::name(about)]);
            }
            spans.extend([Span::words(" ("), Span::code(&flag.citation), Span::words(")")]);
            Line::new(spans)
        }));
        section
    }

    fn screening(&self) -> Section {
        let mut section = self.section(Word::Screening);
        for party in &self.assessment.screening {
            for found in &party.matches {
                section.lines.extend(self.found(&party.party, &party.role, found));
            }
            if party.matches.is_empty() && self.all {
                section.lines.push(Line::new(vec![
                    Span::name(&party.party),
                    Span::words(" ("),
                    Span::code(&party.role),
                    Span::words(format!("): {}", self.lang.say(Word::NoMatch))),
                ]));
            }
        }
        if section.lines.is_empty() {
            section.lines.push(Line::new(vec![Span::words(self.lang.say(Word::NoMatches))]));
        }
        section
    }

    fn found(&self, party: &str, role: &str, found: &ScreeningMatch) -> [Line; 2] {
        let state = match found.disposition.as_ref().map(|disposition| disposition.decision) {
            Some("true-match") => Word::Confirmed,
            Some("false-positive") => Word::Cleared,
            _ if found.presumed == Some(true) => Word::Presumed,
            _ => Word::Possible,
        };
        let first = vec![
            Span::name(party),
            Span::words(" ("),
            Span::code(role),
            Span::words(format!(") {} ", self.lang.say(state))),
            Span::name(&found.caption),
            Span::words(self.lang.comma()),
            Span::code(format!("{} {}", found.source, found.id)),
            Span::words(" ("),
            Span::code(&found.citation),
            Span::words(")"),
        ];
        let effect = self.lang.pick(&found.legal_effect, found.legal_effect_ar.as_deref());
        let second = vec![
            Span::code(format!("{:.2}", found.score)),
            Span::words(" "),
            Span::name(&found.because),
            Span::words(" "),
            Span::name(effect),
        ];
        [Line::new(first), Line::under(second)]
    }

    fn warnings(&self) -> Section {
        let mut section = self.section(Word::Warnings);
        section
            .lines
            .extend(self.assessment.warnings.iter().map(|warning| Line::new(vec![Span::name(warning)])));
        section
    }

    fn evidence(&self) -> Section {
        let mut section = self.section(Word::Evidence);
        let evidence = &self.assessment.evidence;
        let law = evidence
            .law
            .iter()
            .map(|law| format!("{} {}", law.pack, law.version))
            .collect::<Vec<_>>()
            .join(", ");
        let entries: usize = evidence.lists.iter().map(|list| list.entries).sum();
        let oldest = evidence.lists.iter().map(|list| list.version.as_str()).min().unwrap_or("");
        section.lines.push(Line::new(vec![
            Span::code(&evidence.engine),
            Span::words(format!("{}{} ", self.lang.semicolon(), self.lang.say(Word::Law))),
            Span::code(law),
            Span::words(format!("{}{} ", self.lang.semicolon(), self.lang.say(Word::Lists))),
            Span::code(format!("{} ({entries})", evidence.lists.len())),
            Span::words(format!("{}{} ", self.lang.comma(), self.lang.say(Word::Oldest))),
            Span::code(oldest),
        ]));
        section.lines.push(Line::new(vec![
            Span::words(format!("{} ", self.lang.say(Word::Digest))),
            Span::code(&evidence.digest),
        ]));
        section
    }

    fn section(&self, heading: Word) -> Section {
        Section { heading: self.lang.say(heading), lines: Vec::new() }
    }
}
