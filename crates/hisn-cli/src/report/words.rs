//! The program's own words, in English and Arabic.

use hisn_law::Outcome;

/// A language of reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Lang {
    /// English
    #[default]
    En,
    /// Arabic
    Ar,
}

/// A text of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    Order,
    Reasons,
    Questions,
    RedFlags,
    Counsel,
    Obligations,
    Screening,
    Evidence,
    Warnings,
    Available,
    Closed,
    Undecided,
    NotDecided,
    Disputed,
    LiftedBy,
    HumanRights,
    Policy,
    Presumed,
    Possible,
    Cleared,
    Confirmed,
    NoMatch,
    NoMatches,
    Lists,
    Oldest,
    Law,
    Digest,
    Answers,
    Item,
    KeptOut,
}

impl Lang {
    /// The code for `lang` attributes.
    pub fn code(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Ar => "ar",
        }
    }

    /// The direction of writing.
    pub fn dir(self) -> &'static str {
        match self {
            Lang::En => "ltr",
            Lang::Ar => "rtl",
        }
    }

    pub fn say(self, word: Word) -> &'static str {
        let (en, ar) = match word {
            Word::Order => ("order", "الطلب"),
            Word::Reasons => ("Reasons", "الأسباب"),
            Word::Questions => ("Questions still to answer", "أسئلة بلا جواب بعد"),
            Word::RedFlags => ("Red flags", "علامات تحذير"),
            Word::Counsel => ("For your lawyer", "لمستشارك القانوني"),
            Word::Obligations => ("What must be done", "ما يجب فعله"),
            Word::Screening => ("Parties on lists", "الأطراف في القوائم"),
            Word::Evidence => ("Evidence", "الأدلة"),
            Word::Warnings => ("Before you rely on this", "قبل الاعتماد على هذا الجواب"),
            Word::Available => ("available", "متاح"),
            Word::Closed => ("closed by", "يمنعه"),
            Word::Undecided => ("undecided, it turns on", "غير محسوم، ويتوقف على"),
            Word::NotDecided => ("undecided", "غير محسوم"),
            Word::Disputed => ("open on the letter, not relied on", "متاح حرفيًا ولا يُعتمد عليه"),
            Word::LiftedBy => ("lifted by", "يرفعه"),
            Word::HumanRights => {
                ("human rights are a part of the review", "حقوق الإنسان جزء من النظر في الطلب")
            }
            Word::Policy => ("review policy", "سياسة النظر"),
            Word::Presumed => ("presumed to be", "يُفترض أنه"),
            Word::Possible => ("may be", "قد يكون"),
            Word::Cleared => ("is not (decided)", "ليس (بقرار)"),
            Word::Confirmed => ("is (decided)", "هو (بقرار)"),
            Word::NoMatch => ("no match", "لا تطابق"),
            Word::NoMatches => ("no party matches a list entry", "لا يطابق أي طرف قيدًا في القوائم"),
            Word::Lists => ("lists", "القوائم"),
            Word::Oldest => ("oldest of", "أقدمها من"),
            Word::Law => ("law", "القانون"),
            Word::Digest => ("digest", "البصمة"),
            Word::Answers => ("answers", "الأجوبة"),
            Word::Item => ("item", "الصنف"),
            Word::KeptOut => ("kept out by", "يخرجه من نطاق القانون"),
        };
        match self {
            Lang::En => en,
            Lang::Ar => ar,
        }
    }

    pub fn outcome(self, outcome: Outcome) -> &'static str {
        match self {
            Lang::En => hisn_assess::outcome_words(outcome),
            Lang::Ar => hisn_assess::outcome_words_ar(outcome),
        }
    }

    /// A comma of the language.
    pub fn comma(self) -> &'static str {
        match self {
            Lang::En => ", ",
            Lang::Ar => "، ",
        }
    }

    /// A semicolon of the language.
    pub fn semicolon(self) -> &'static str {
        match self {
            Lang::En => "; ",
            Lang::Ar => "؛ ",
        }
    }

    /// The text in the language of the report where there is one.
    pub fn pick<'t>(self, en: &'t str, ar: Option<&'t str>) -> &'t str {
        match self {
            Lang::En => en,
            Lang::Ar => ar.unwrap_or(en),
        }
    }
}
