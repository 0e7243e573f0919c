//! Dates as publishers write them, dates of birth, and Federal Register citations with their dates.

use jiff::civil::Date;

use crate::text::clean;

/// Reads a full date: `2021-11-04`, `11/4/21`, `11/04/2021`, `4 Nov 2021`, `November 4, 2021`, `4.11.2021`.
pub(crate) fn date(text: &str) -> Option<Date> {
    let text = clean(text);
    let text = text.trim_matches(|c: char| matches!(c, '.' | ',' | ';' | '(' | ')' | ' '));
    match partial(text)? {
        Partial { year, month: Some(month), day: Some(day) } => Date::new(year, month, day).ok(),
        _ => None,
    }
}

/// Reads a date of birth into the forms of [`crate::Party::birth_dates`]; what cannot be read is `None`.
pub(crate) fn birth_date(text: &str) -> Option<String> {
    let text = clean(text);
    let mut text = text.trim_matches(|c: char| matches!(c, '.' | ',' | ';' | '(' | ')' | ' '));
    let mut approximate = false;
    for word in ["circa", "approximately", "approx.", "about", "c."] {
        if let Some(rest) = strip_word(text, word) {
            approximate = true;
            text = rest;
        }
    }
    if let Some(rest) = strip_word(text, "between") {
        text = rest;
    }
    let range = text
        .split_once(" to ")
        .or_else(|| text.split_once(" and "))
        .or_else(|| text.split_once('/').filter(years));
    let read = match range {
        Some((from, to)) => format!("{}/{}", partial(from.trim())?.text(), partial(to.trim())?.text()),
        None => partial(text)?.text(),
    };
    Some(if approximate { format!("~{read}") } else { read })
}

/// A date of an office that writes the day first, as [`date`] and [`birth_date`] read it: `25/07/1972` becomes
/// `25.07.1972`, and what is not known, written `00`, `dd` or `mm`, is left out.
pub(crate) fn day_first(text: &str) -> String {
    let text = clean(text);
    // A time may stand behind the day.
    let (day, behind) = text.split_once(' ').unwrap_or((&text, ""));
    let parts: Vec<&str> = day.split('/').collect();
    let [day, month, year] = parts.as_slice() else { return text };
    if !behind.is_empty() && !behind.starts_with(|c: char| c.is_ascii_digit()) {
        return text;
    }
    let known =
        |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()) && part.bytes().any(|byte| byte != b'0');
    match (known(day), known(month)) {
        (true, true) => format!("{day}.{month}.{year}"),
        (false, true) => format!("{year}-{month}"),
        _ => (*year).to_owned(),
    }
}

fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let head = text.get(..word.len())?;
    head.eq_ignore_ascii_case(word).then(|| text.get(word.len()..).unwrap_or_default().trim_start())
}

fn years(parts: &(&str, &str)) -> bool {
    [parts.0, parts.1].iter().all(|part| part.trim().len() == 4)
}

/// A date of which the day, or day and month, may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Partial {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

impl Partial {
    fn new(year: i16, month: Option<i8>, day: Option<i8>) -> Option<Self> {
        // The calendar is checked here, once, for every form in which a date is written.
        Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok().filter(|_| year >= 1000)?;
        Some(Self { year, month, day })
    }

    fn text(&self) -> String {
        match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{:04}-{month:02}-{day:02}", self.year),
            (Some(month), None) => format!("{:04}-{month:02}", self.year),
            _ => format!("{:04}", self.year),
        }
    }
}

fn partial(text: &str) -> Option<Partial> {
    let text = without_time(text);
    let parts: Vec<&str> = text.split([' ', ',', '-', '/', '.']).filter(|part| !part.is_empty()).collect();
    let number = |part: &str| part.parse::<i16>().ok();
    let slashes = text.contains('/');
    match parts.as_slice() {
        [year] => Partial::new(full_year(year)?, None, None),
        [month, year] => match month_of(month) {
            Some(month) => Partial::new(full_year(year)?, Some(month), None),
            // `1951-03`
            None => Partial::new(full_year(month)?, i8::try_from(number(year)?).ok(), None),
        },
        [a, b, c] => {
            let (year, month, day) = if let Some(month) = month_of(a) {
                (full_year(c)?, month, number(b)?)
            } else if let Some(month) = month_of(b) {
                (full_year(c)?, month, number(a)?)
            } else if a.len() == 4 {
                (full_year(a)?, i8::try_from(number(b)?).ok()?, number(c)?)
            } else if slashes {
                // American offices write the month first; dates with full stops come from Europe, day first.
                (any_year(c)?, i8::try_from(number(a)?).ok()?, number(b)?)
            } else {
                (full_year(c)?, i8::try_from(number(b)?).ok()?, number(a)?)
            };
            Partial::new(year, Some(month), i8::try_from(day).ok())
        }
        _ => None,
    }
}

/// Cuts the time or the zone behind an ISO date: `2026-02-27T00:00:09Z`, `2015-04-07-04:00`.
fn without_time(text: &str) -> &str {
    let iso = |head: &&str| {
        head.bytes()
            .enumerate()
            .all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() })
    };
    let behind = text.as_bytes().get(10).is_some_and(|byte| !byte.is_ascii_digit() && *byte != b' ');
    text.get(..10).filter(iso).filter(|_| behind).unwrap_or(text)
}

fn full_year(text: &str) -> Option<i16> {
    (text.len() == 4).then(|| text.parse().ok())?
}

/// A year of four or two digits; two digits from 50 on are of the last century.
fn any_year(text: &str) -> Option<i16> {
    match text.len() {
        4 => text.parse().ok(),
        2 => text.parse::<i16>().ok().map(|year| if year >= 50 { 1900 + year } else { 2000 + year }),
        _ => None,
    }
}

fn month_of(text: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let text = text.trim_end_matches('.').to_ascii_lowercase();
    if text.len() < 3 {
        return None;
    }
    let at = MONTHS
        .iter()
        .position(|month| month.starts_with(&text) || text == "sept" && *month == "september")?;
    i8::try_from(at + 1).ok()
}

/// A place in the Federal Register, with the date that the source prints beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Notice {
    pub(crate) volume: u32,
    pub(crate) page: u32,
    pub(crate) date: Option<Date>,
}

impl Notice {
    pub(crate) fn citation(&self) -> String {
        format!("{} FR {}", self.volume, self.page)
    }
}

/// Finds every Federal Register citation of a cell: `86 FR 60760, 11/4/21. 87 FR 62202, 10/13/22.`, `68 F.R. 38290
/// 6/27/03`, `88 FR FR 12158`, `85 FR 64017, October 9, 2020`.
pub(crate) fn notices(text: &str) -> Vec<Notice> {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')'))
        .filter(|word| !word.is_empty())
        .collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match notice_at(&words, at) {
            Some((notice, next)) => {
                found.push(notice);
                at = next;
            }
            None => at += 1,
        }
    }
    found
}

fn notice_at(words: &[&str], at: usize) -> Option<(Notice, usize)> {
    let volume = number(words.get(at)?)?;
    let mut next = at + 1;
    while words.get(next).is_some_and(|word| is_register(word)) {
        next += 1;
    }
    if next == at + 1 {
        return None;
    }
    let page = number(words.get(next)?)?;
    next += 1;
    // The date follows at once, but for an issue number or a stray word between.
    for from in next..(next + 4).min(words.len()) {
        if words.get(from + 1).is_some_and(|word| is_register(word)) {
            break;
        }
        for length in [1, 3] {
            let Some(part) = words.get(from..from + length) else { continue };
            if let Some(date) = date(&part.join(" ")) {
                return Some((Notice { volume, page, date: Some(date) }, from + length));
            }
        }
    }
    Some((Notice { volume, page, date: None }, next))
}

fn is_register(word: &str) -> bool {
    let word = word.trim_matches('.').to_ascii_uppercase();
    matches!(word.as_str(), "FR" | "F.R" | "FED" | "REG")
}

fn number(word: &str) -> Option<u32> {
    word.trim_matches('.').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_way_to_write_a_date() {
        for text in [
            "2021-11-04",
            "11/4/21",
            "11/04/2021",
            "04 Nov 2021",
            "November 4, 2021.",
            "4.11.2021",
            "2021-11-04T00:00:09Z",
            "2021-11-04-04:00",
        ] {
            assert_eq!(date(text).map(|d| d.to_string()).as_deref(), Some("2021-11-04"), "{text}");
        }
        assert_eq!(date("6/30/97").map(|d| d.year()), Some(1997));
        assert_eq!(date("3033-09-30").map(|d| d.year()), Some(3033));
        for text in ["", "-0-", "2021", "30 Feb 2021", "99/99/99", "x/y/z"] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn reads_dates_of_birth() {
        for (text, want) in [
            ("1973-03-25", "1973-03-25"),
            ("1951", "1951"),
            ("circa 1951", "~1951"),
            ("1951 to 1953", "1951/1953"),
            ("08 Nov 1957", "1957-11-08"),
            ("Nov 1957", "1957-11"),
            ("circa Nov 1957", "~1957-11"),
            ("01 Jan 1960 to 31 Dec 1961", "1960-01-01/1961-12-31"),
            ("Between 1960 and 1962", "1960/1962"),
            ("2.3.1961", "1961-03-02"),
        ] {
            assert_eq!(birth_date(text).as_deref(), Some(want), "{text}");
        }
        assert_eq!(birth_date("unknown"), None);
    }

    #[test]
    fn reads_the_day_first() {
        for (text, want) in [
            ("25/07/1972", "1972-07-25"),
            ("05/02/1969 00:00:00", "1969-02-05"),
            ("00/00/1943", "1943"),
            ("dd/mm/1945", "1945"),
            ("dd/03/1980", "1980-03"),
            ("1951-03-02", "1951-03-02"),
            ("circa 1951", "~1951"),
        ] {
            assert_eq!(birth_date(&day_first(text)).as_deref(), Some(want), "{text}");
        }
    }

    #[test]
    fn finds_notices() {
        let list = |text: &str| {
            notices(text)
                .iter()
                .map(|n| format!("{} {}", n.citation(), n.date.map(|d| d.to_string()).unwrap_or_default()))
                .collect::<Vec<_>>()
        };
        assert_eq!(list("88 FR FR 12158, 2/27/23."), ["88 FR 12158 2023-02-27"]);
        assert_eq!(list("85 FR 64017, October 9, 2020."), ["85 FR 64017 2020-10-09"]);
        assert_eq!(
            list("84 FR 22963, 5/21/19. 85 FR 51603, 8/20/20."),
            ["84 FR 22963 2019-05-21", "85 FR 51603 2020-08-20"]
        );
        assert_eq!(list("83 FR 37423 preview citation details, 8/1/18."), ["83 FR 37423 2018-08-01"]);
        assert_eq!(
            list("68 F.R. 38290 6/27/03 71 F.R. 38843 7/10/06"),
            ["68 FR 38290 2003-06-27", "71 FR 38843 2006-07-10"]
        );
        assert_eq!(list("76 FR 67059 No. 210"), ["76 FR 67059 "]);
        assert_eq!(list("84 FR 22961, 85 FR 29852"), ["84 FR 22961 ", "85 FR 29852 "]);
        assert_eq!(list("78 FR 75463. 12/12/13"), ["78 FR 75463 2013-12-12"]);
        assert_eq!(list("[Reserved]"), Vec::<String>::new());
    }
}
