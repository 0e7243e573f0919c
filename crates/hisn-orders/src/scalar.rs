//! Single values: what a number, a date, a country, a word may look like, and what to say when it does not.

use jiff::civil::Date;

use crate::country::{self, CountryCode};
use crate::nearest::suggestion;
use crate::node::{Node, Value, quoted};
use crate::order::Walk;
use crate::text::{self, LONGEST, western_digits};

impl Walk<'_> {
    /// A text, cleaned; nothing if it is empty.
    pub(crate) fn text(&mut self, node: &Node) -> Option<String> {
        let raw = match &node.value {
            Value::Null => return None,
            Value::Broken => return self.told_before(),
            Value::Text(raw) => raw,
            Value::Number(_, digits) => digits,
            Value::Date(date) => return Some(date.to_string()),
            Value::Bool(_) | Value::List(_) | Value::Table(_) => {
                self.wrong(node, "a text", "put it in quotation marks");
                return None;
            }
        };
        if raw.len() > LONGEST && raw.chars().count() > LONGEST {
            let message = format!("{} holds more than {LONGEST} characters", noun(node));
            self.error(
                node,
                message,
                "shorten it; if it swallowed what follows, a quotation mark before it is not closed",
            );
            return None;
        }
        if raw.contains('\u{FFFD}') {
            let message =
                format!("{} holds \u{FFFD}: some letters were lost before the order came here", quoted(raw));
            self.error(node, message, "write it again, and save the file as UTF-8");
            return None;
        }
        let clean = text::clean(raw);
        if clean.stripped {
            self.warn(node, format!("invisible characters were taken out of {}", quoted(raw)));
        }
        Some(clean.text).filter(|text| !text.is_empty())
    }

    /// A text that must say something.
    pub(crate) fn name(&mut self, node: &Node) -> Option<String> {
        let told = self.told();
        let name = self.text(node);
        if name.is_none() && self.told() == told {
            self.error(node, format!("{} is empty", noun(node)), "write it in full, or take the field away");
        }
        name
    }

    /// Texts: a list, or one text that separators divide.
    pub(crate) fn texts(&mut self, node: &Node, separators: &[char]) -> Vec<String> {
        match &node.value {
            Value::List(nodes) => nodes.iter().filter_map(|node| self.text(node)).collect(),
            Value::Text(raw) if raw.chars().count() <= LONGEST => {
                let parts = raw
                    .split(separators)
                    .map(|part| Node { value: Value::Text(part.to_owned()), ..node.clone() });
                parts.filter_map(|part| self.text(&part)).collect()
            }
            _ => self.text(node).into_iter().collect(),
        }
    }

    /// A finite number.
    pub(crate) fn number(&mut self, node: &Node, percent_sign: bool) -> Option<f64> {
        let parsed = match &node.value {
            Value::Null => return None,
            Value::Broken => return self.told_before(),
            Value::Number(number, _) if number.is_finite() => return Some(*number),
            Value::Text(raw) if text::clean(raw).text.is_empty() => return None,
            Value::Text(raw) => parse_number(raw, percent_sign),
            _ => Err("write it with digits, without quotation marks"),
        };
        match parsed {
            Ok(number) => Some(number),
            Err(help) => {
                self.wrong(node, "a number", help);
                None
            }
        }
    }

    /// A number that is not negative.
    pub(crate) fn amount(&mut self, node: &Node) -> Option<f64> {
        let number = self.number(node, false)?;
        if number < 0.0 {
            self.error(
                node,
                format!("{} is negative: {}", noun(node), node.describe()),
                "write a number of 0 or more",
            );
            return None;
        }
        Some(number)
    }

    /// A share of a hundred.
    pub(crate) fn percent(&mut self, node: &Node) -> Option<f64> {
        let number = self.number(node, true)?;
        if !(0.0..=100.0).contains(&number) {
            let message = format!("{} {} is not between 0 and 100", noun(node), node.describe());
            self.error(node, message, "write the share in per cent");
            return None;
        }
        Some(number)
    }

    /// A day between 1900 and 2200.
    pub(crate) fn date(&mut self, node: &Node) -> Option<Date> {
        let parsed = match &node.value {
            Value::Null => return None,
            Value::Broken => return self.told_before(),
            Value::Date(date) => Ok(*date),
            Value::Text(raw) if text::clean(raw).text.is_empty() => return None,
            Value::Text(raw) | Value::Number(_, raw) => parse_date(raw),
            _ => Err(YEAR_FIRST.to_owned()),
        };
        match parsed {
            Ok(date) if YEARS.contains(&date.year()) => Some(date),
            Ok(date) => {
                let message =
                    format!("{} {date} is not between {} and {}", noun(node), YEARS.start(), YEARS.end());
                self.error(node, message, "write the year in full, with the right century");
                None
            }
            Err(help) => {
                self.wrong(node, "a date", &help);
                None
            }
        }
    }

    /// A year, a month of a year, or a day.
    pub(crate) fn birth_date(&mut self, node: &Node) -> Option<String> {
        let raw = match &node.value {
            Value::Text(raw) | Value::Number(_, raw) => western_digits(&text::clean(raw).text),
            _ => return self.date(node).map(|date| date.to_string()),
        };
        let (year, month) = raw.split_once('-').unwrap_or((&raw, "01"));
        let digits =
            |text: &str, count: usize| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
        if !(digits(year, 4) && digits(month, 2)) {
            return self.date(node).map(|date| date.to_string());
        }
        match (year.parse(), month.parse::<u8>()) {
            (Ok(year), Ok(1..=12)) if YEARS.contains(&year) => Some(raw),
            _ => {
                self.wrong(node, "a date of birth", "write YYYY, YYYY-MM or YYYY-MM-DD");
                None
            }
        }
    }

    /// A country, by code or name.
    pub(crate) fn country(&mut self, node: &Node) -> Option<CountryCode> {
        let text = self.text(node)?;
        let countries = self.context.countries;
        let found = country::find(countries, &text);
        if found.is_none() {
            let near = countries.nearest(&text).map(|near| format!("did you mean {near:?}?"));
            let help = near.unwrap_or_else(|| {
                "write the two letters of ISO 3166-1, or the name in English or Arabic".to_owned()
            });
            self.error(node, format!("{} {} is no country that is known", noun(node), quoted(&text)), help);
        }
        found
    }

    /// One of the words that are known, however its writer wrote capitals and hyphens.
    pub(crate) fn word(&mut self, node: &Node, known: &[String]) -> Option<String> {
        let text = self.text(node)?;
        let found = known.iter().find(|word| same_word(word, &text)).cloned();
        if found.is_none() {
            self.unknown(node, &text, known.iter().map(String::as_str));
        }
        found
    }

    /// Says that `text` is none of the words that are known.
    pub(crate) fn unknown<'k>(
        &mut self,
        node: &Node,
        text: &str,
        known: impl IntoIterator<Item = &'k str> + Clone,
    ) {
        let help = suggestion(text, known);
        let help =
            help.unwrap_or_else(|| "the order form (hisn template) shows every word there is".to_owned());
        self.error(node, format!("unknown {} {}", noun(node), quoted(text)), help);
    }

    /// Yes or no.
    pub(crate) fn yes_no(&mut self, node: &Node) -> Option<bool> {
        let answer = match &node.value {
            Value::Bool(answer) => return Some(*answer),
            Value::Null => return None,
            Value::Broken => return self.told_before(),
            Value::Text(raw) => text::clean(raw).text.to_lowercase(),
            _ => String::from("?"),
        };
        match answer.as_str() {
            "" => None,
            "yes" | "true" | "y" | "نعم" | "صحيح" => Some(true),
            "no" | "false" | "n" | "لا" | "خطأ" => Some(false),
            _ => {
                self.wrong(node, "yes or no", "write true or false; leave it out if it is not known");
                None
            }
        }
    }

    /// Three letters of ISO 4217.
    pub(crate) fn currency(&mut self, node: &Node) -> Option<String> {
        let text = self.text(node)?;
        let code = text.to_ascii_uppercase();
        if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
            let message = format!("{} {} is not the code of a currency", noun(node), quoted(&text));
            self.error(node, message, "write the three letters of ISO 4217");
            return None;
        }
        match &self.context.vocabulary.currencies {
            Some(known) if !known.contains(&code) => {
                self.unknown(node, &code, known.iter().map(String::as_str));
                None
            }
            _ => Some(code),
        }
    }

    /// Says that a value is not what its field holds.
    pub(crate) fn wrong(&mut self, node: &Node, wanted: &str, help: &str) {
        self.error(node, format!("{} must be {wanted}, not {}", noun(node), node.describe()), help);
    }
}

/// The last part of a label: what messages call the field.
pub(crate) fn noun(node: &Node) -> &str {
    match node.label.rsplit('.').next() {
        None | Some("") => "the order",
        Some(last) => last,
    }
}

/// Whether two words differ in capitals, hyphens, underscores and spaces only.
pub(crate) fn same_word(a: &str, b: &str) -> bool {
    let fold = |text: &str| -> String {
        text.chars()
            .flat_map(char::to_lowercase)
            .map(|c| if matches!(c, '_' | ' ') { '-' } else { c })
            .collect()
    };
    a == b || fold(a) == fold(b)
}

const YEARS: std::ops::RangeInclusive<i16> = 1900..=2200;
const YEAR_FIRST: &str = "write year, month and day as YYYY-MM-DD";

/// Reads a number as people write it. `Err` says how to write it.
fn parse_number(raw: &str, percent_sign: bool) -> Result<f64, &'static str> {
    const DIGITS: &str = "write digits, with a point before decimals and nothing else";
    let arabic = raw.contains(['\u{066B}', '\u{066C}']);
    let unspaced =
        |c: &char| !c.is_whitespace() && !matches!(c, '\u{066C}' | '\'' | '’') && !text::is_bidi_control(*c);
    let mut number: String = western_digits(raw).chars().filter(unspaced).collect();
    number = number.replace('\u{066B}', ".");
    if percent_sign {
        number = number.trim_end_matches(['%', '\u{066A}']).to_owned();
    }
    if number.contains(',') {
        number = without_commas(&number).filter(|_| !arabic).ok_or(
            "a single comma may divide thousands or decimals: write the digits without it, and decimals behind a point",
        )?;
    }
    let plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | 'E');
    if !number.chars().all(plain) {
        return Err(DIGITS);
    }
    number.parse::<f64>().ok().filter(|number| number.is_finite()).ok_or(DIGITS)
}

/// Takes the commas out where they can divide nothing but thousands: `1,234,567` or `1,234.50`.
fn without_commas(number: &str) -> Option<String> {
    let (whole, decimals) =
        number.split_once('.').map_or((number, None), |(whole, rest)| (whole, Some(rest)));
    let groups: Vec<&str> = whole.trim_start_matches(['-', '+']).split(',').collect();
    let (first, rest) = groups.split_first()?;
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let shaped = (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3 && digits(group));
    let sure = rest.len() > 1 || decimals.is_some_and(digits);
    (shaped && sure).then(|| number.replace(',', ""))
}

/// Reads a day, the year first. `Err` says how to write it.
fn parse_date(raw: &str) -> Result<Date, String> {
    let text = western_digits(&text::clean(raw).text);
    let (day, time) = match text.split_once(['T', 't', ' ']) {
        Some((day, time)) => (day, Some(time)),
        None => (text.as_str(), None),
    };
    if let Some(time) = time
        && !(time.len() >= 5 && time.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.')))
    {
        return Err(format!("{YEAR_FIRST}, without time and zone"));
    }
    let parts: Vec<&str> = match day.len() {
        8 if day.bytes().all(|byte| byte.is_ascii_digit()) => {
            [0..4, 4..6, 6..8].into_iter().filter_map(|part| day.get(part)).collect()
        }
        _ => day.split(['-', '/', '.']).collect(),
    };
    let [year, month, day_of_month] = parts.as_slice() else {
        return Err(serial_number(day));
    };
    if year.len() != 4 {
        return Err(format!("{YEAR_FIRST}: with the year last, day and month cannot be told apart"));
    }
    let (Ok(year), Ok(month), Ok(day)) =
        (year.parse::<i16>(), month.parse::<i8>(), day_of_month.parse::<i8>())
    else {
        return Err(YEAR_FIRST.to_owned());
    };
    Date::new(year, month, day).map_err(|_| "there is no such day in the calendar".to_owned())
}

fn serial_number(day: &str) -> String {
    match day.parse::<f64>().ok().and_then(|serial| serial_date(serial, false)) {
        Some(date) => format!("{YEAR_FIRST}; as a serial number of a spreadsheet it would be {date}"),
        None => YEAR_FIRST.to_owned(),
    }
}

/// The day of a spreadsheet's serial number, in either of the two epochs.
pub(crate) fn serial_date(serial: f64, from_1904: bool) -> Option<Date> {
    // In the older epoch, spreadsheets count a 29 February 1900 that never was: number 60.
    const LEAP: i64 = 60;
    const LAST: f64 = 200_000.0;
    if !(0.0..LAST).contains(&serial) {
        return None;
    }
    let days = serial.floor() as i64;
    let (year, month, day, days) = match days {
        _ if from_1904 => (1904, 1, 1, days),
        0 | LEAP => return None,
        1..LEAP => (1899, 12, 31, days),
        _ => (1899, 12, 30, days),
    };
    let epoch = Date::new(year, month, day).ok()?;
    epoch.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

#[cfg(test)]
mod tests;
