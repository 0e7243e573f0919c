//! The bodies that one entity cell lists: most often one, at times a house with its subordinate institutions.

use crate::countries;
use crate::text::{clean, cut_ignoring_case, find_ignoring_case};

use super::name::{ends_name, split_name, tidy, without_see_also};
use super::row::Entry;

/// One body of a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Body {
    pub(super) name: String,
    pub(super) aliases: Vec<String>,
    pub(super) address: String,
    /// The house that it belongs to.
    pub(super) part_of: Option<String>,
    /// What the entry takes in besides the body itself.
    pub(super) scope: String,
    /// Notes that point to rows of other countries.
    pub(super) see_also: Vec<String>,
    /// The cell, when only a comma told the name from the address.
    pub(super) split_from: Option<String>,
    /// More aliases follow on lines of their own.
    open: bool,
}

/// Reads the bodies of an entry.
pub(super) fn bodies(entry: &Entry) -> Vec<Body> {
    let mut cell = Cell { part_of: entry.part_of.clone(), ..Cell::default() };
    let mut lines = entry.lines.iter().filter(|line| !line.is_empty()).peekable();
    while let Some(line) = lines.next() {
        cell.address_follows = lines.peek().is_some_and(|next| is_plain(next));
        cell.line(line);
    }
    let shared = cell.shared;
    let mut bodies = cell.bodies;
    for body in &mut bodies {
        if body.address.is_empty() {
            body.address.clone_from(&shared);
        }
        let (address, notes) = without_see_also(&body.address);
        body.address = tidy(&address);
        body.see_also.extend(notes);
    }
    bodies.retain(|body| !body.name.is_empty());
    bodies
}

/// What the lines read so far say of those to come.
#[derive(Default)]
struct Cell {
    bodies: Vec<Body>,
    part_of: Option<String>,
    /// Addresses "of the entity and the subordinate institutions".
    shared: String,
    mode: Mode,
    /// The next line is neither an alias nor the start of another body.
    address_follows: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Mode {
    /// The next line that is no alias is the head of a body.
    #[default]
    Head,
    /// Lines that are no alias are address of the last body.
    Address,
    /// Every line that is no alias is a body of its own.
    EveryLine,
    /// Lines with a dash are bodies, not aliases.
    DashedBodies,
    /// Lines are addresses of all bodies.
    Shared,
}

impl Cell {
    fn line(&mut self, line: &str) {
        if let Some(item) = line.strip_prefix(['—', '–']) {
            return self.dashed(item);
        }
        if let Some(rest) = subordinate(line) {
            self.house();
            self.mode = Mode::Head;
            if !rest.is_empty() {
                self.line(rest);
            }
            return;
        }
        if line.to_ascii_lowercase().starts_with("affiliated entities:") {
            self.house();
            self.mode = Mode::EveryLine;
            return;
        }
        if line.starts_with("The following addresses apply") {
            self.mode = Mode::Shared;
            let rest = line.split_once(':').map(|(_, rest)| rest).unwrap_or_default();
            join(&mut self.shared, rest);
            return;
        }
        match self.mode {
            Mode::Head => self.head(line, Mode::Address),
            Mode::EveryLine => self.every_line(line),
            Mode::Shared => join(&mut self.shared, line),
            Mode::Address | Mode::DashedBodies => {
                // `Addresses for Huawei Technologies Co., Ltd.: Bantian …`
                let line = line
                    .strip_prefix("Addresses for ")
                    .and_then(|rest| rest.split_once(": "))
                    .map_or(line, |(_, rest)| rest);
                if let Some(body) = self.bodies.last_mut() {
                    join(&mut body.address, line);
                    body.open = false;
                }
            }
        }
    }

    /// Bodies to come belong to the first one.
    fn house(&mut self) {
        if self.part_of.is_none() {
            self.part_of = self.bodies.first().map(|body| body.name.clone());
        }
    }

    fn head(&mut self, line: &str, then: Mode) {
        // `China Electronics … (CETC 13) subordinate institution: Hebei Medicines Health, 113 Hezuo Road, …`
        if let Some((house, rest)) = cut_ignoring_case(line, " subordinate institution:") {
            self.part_of = Some(tidy(house));
            self.mode = if rest.trim().is_empty() { Mode::DashedBodies } else { Mode::Head };
            if !rest.trim().is_empty() {
                self.head(rest.trim(), then);
            }
            return;
        }
        // `The following Department of Atomic Energy entities:`
        if let Some(house) =
            line.strip_prefix("The following ").and_then(|rest| rest.strip_suffix(" entities:"))
        {
            self.part_of = Some(house.to_owned());
            self.mode = Mode::DashedBodies;
            return;
        }
        let mut body = parse_head(line);
        // With the address on lines of its own, the commas of the first line are the name's, unless numbers or a
        // country show that the address starts there already.
        let has_address = |text: &str| {
            text.contains(|c: char| c.is_ascii_digit() || c == ';') || countries().at_end(text).is_some()
        };
        let alone = then == Mode::Address && self.address_follows && !line.ends_with(" and");
        if alone
            && !has_address(&body.address)
            && let Some(whole) = body.split_from.take()
        {
            body.name = tidy(&whole);
            body.address.clear();
        }
        body.part_of.clone_from(&self.part_of);
        self.bodies.push(body);
        self.mode = then;
    }

    fn dashed(&mut self, item: &str) {
        let begins_body = self.mode == Mode::DashedBodies
            && !self.bodies.last().is_some_and(|body| body.open && body.part_of.is_some());
        if begins_body || self.bodies.is_empty() {
            let mut body = parse_head(&tidy(item));
            body.part_of.clone_from(&self.part_of);
            self.bodies.push(body);
            self.mode = Mode::DashedBodies;
            return;
        }
        let subordinates =
            find_ignoring_case(item, " and the following").filter(|_| item.contains("subordinate"));
        let included = find_ignoring_case(item, " to include the following");
        let affiliates = find_ignoring_case(item, ", and to include");
        let end = [subordinates, included, affiliates].into_iter().flatten().min();
        let (alias, rest) = match end {
            Some(end) => (item.get(..end).unwrap_or_default(), item.get(end..).unwrap_or_default()),
            None => (item, ""),
        };
        let Some(body) = self.bodies.last_mut() else { return };
        if end.is_some() {
            // Such an alias runs on: `Power Plant Workshops, P.O. Box 1114, Islamabad; and the following four …`,
            // `Beijing Huawei Longshine, to include the following subordinate. Q80-3-25R, 3rd Floor, …`
            let (name, address) = split_name(alias);
            push_alias(body, &name);
            join(&mut body.address, &address);
            if included.is_some() && subordinates.is_none() {
                let behind = rest.split_once(". ").map(|(_, behind)| behind).unwrap_or_default();
                join(&mut body.address, behind);
            }
        } else if body.address.is_empty() && !item.trim_end().ends_with([';', ',']) {
            let (alias, address) = split_alias(alias);
            push_alias(body, &alias);
            join(&mut body.address, &address);
        } else {
            push_alias(body, alias);
        }
        if subordinates.is_some() {
            body.open = false;
            self.house();
            self.mode = Mode::DashedBodies;
        } else if !item.trim_end().ends_with([';', ',']) && !item.trim_end().ends_with(" and") {
            // The last alias of the block.
            body.open = false;
        }
    }

    fn every_line(&mut self, line: &str) {
        let Some(body) = self.bodies.last_mut().filter(|body| body.part_of.is_some()) else {
            return self.head(line, Mode::EveryLine);
        };
        let listing = !body.aliases.is_empty() && body.address.is_empty();
        let bare = |text: &str| !text.contains(',') || split_name(text).1.is_empty();
        let item = line.trim_end_matches([';', '.']).trim_end_matches(" and").trim_end_matches(';');
        if listing && bare(item) {
            push_alias(body, item);
        } else if listing {
            join(&mut body.address, line);
        } else {
            self.head(line, Mode::EveryLine);
        }
    }
}

/// Whether a line goes on with the body above it.
fn is_plain(line: &str) -> bool {
    !line.starts_with(['—', '–'])
        && subordinate(line).is_none()
        && !line.starts_with("The following")
        && !line.starts_with("Affiliated")
}

fn subordinate(line: &str) -> Option<&str> {
    let word = "subordinate institution";
    let head = line.get(..word.len())?;
    head.eq_ignore_ascii_case(word)
        .then(|| line.get(word.len()..).unwrap_or_default().trim_start_matches(['s', ':', ' ']))
}

/// The first line of a body: name, aliases in parentheses, the announcement of an alias block, an address.
fn parse_head(line: &str) -> Body {
    let mut body = Body::default();
    let (line, notes) = without_see_also(line);
    body.see_also = notes;
    let line = without_parenthesised_aliases(&line, &mut body.aliases);
    if let Some((head, rest)) = cut_at_aliases(&line) {
        body.name = tidy(head);
        // `a.k.a., the following one alias: Nicholas Kaiga` has the alias in the line, most others have none there.
        let rest = match find_ignoring_case(rest, "following") {
            Some(_) => rest.rsplit_once(':').map(|(_, behind)| behind).unwrap_or_default(),
            None => rest,
        };
        if rest.trim_matches([',', ':', '.', ' ']).is_empty() {
            body.open = true;
        } else {
            // `Mok Chin Fan, a.k.a., Chong Chen Fah, 10A Jalan 2/137B, …`; more than one may follow so.
            let mut parts = split_at_marks(rest);
            let last = parts.pop().unwrap_or_default();
            parts.iter().for_each(|alias| push_alias(&mut body, alias));
            let last = last.trim_start_matches([',', ' ']);
            let (alias, address) = Some(split_alias(last))
                .filter(|split| !split.1.is_empty())
                .unwrap_or_else(|| split_name(last));
            push_alias(&mut body, &alias);
            body.address = address;
        }
        return body;
    }
    // `The Ministry of Defence of the Republic of Belarus, including the Armed Forces …`
    if let Some((name, scope)) = cut_ignoring_case(&line, ", including the ") {
        body.name = tidy(name);
        body.scope = clean(scope);
        return body;
    }
    let (name, address) = split_name(&line);
    body.name = name;
    body.address = address;
    body.split_from = Some(clean(&line));
    body
}

/// Cuts at the first `a.k.a.` or `f.k.a.`, with the commas around it.
fn cut_at_aliases(line: &str) -> Option<(&str, &str)> {
    let marks = ["a.k.a", "f.k.a", "d.b.a", "n.k.a", "aka "];
    let found = |mark: &&str| {
        find_ignoring_case(line, mark).filter(|at| starts_word(line, *at)).map(|at| (at, mark.len()))
    };
    let (at, length) = marks.iter().filter_map(found).min()?;
    let rest = line.get(at + length..)?;
    Some((line.get(..at)?.trim_end_matches([' ', ',', '(']), rest.trim_start_matches(['.', ',', ' '])))
}

fn starts_word(line: &str, at: usize) -> bool {
    line.get(..at).is_some_and(|before| !before.ends_with(char::is_alphanumeric))
}

/// Takes `(f.k.a., A; and B)` out of the head of a cell.
fn without_parenthesised_aliases(line: &str, aliases: &mut Vec<String>) -> String {
    let mut rest = line.to_owned();
    for mark in ["(a.k.a", "(f.k.a", "(formerly ", "(also known as "] {
        while let Some(at) = find_ignoring_case(&rest, mark) {
            let tail = rest.get(at..).unwrap_or_default();
            let Some(end) = closing(tail) else { break };
            let inner = tail.get(mark.len()..end).unwrap_or_default();
            for part in inner.split(';') {
                let part = part.trim().trim_start_matches("and ");
                for part in split_at_marks(part) {
                    let part = tidy(part.trim_start_matches(['.', ',', ' ']));
                    if !part.is_empty() && !part.starts_with("the following") {
                        aliases.push(part);
                    }
                }
            }
            rest = format!(
                "{}{}",
                rest.get(..at).unwrap_or_default().trim_end(),
                tail.get(end + 1..).unwrap_or_default()
            );
        }
    }
    rest
}

fn split_at_marks(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((head, tail)) = cut_at_aliases(rest) {
        parts.push(head);
        rest = tail;
    }
    parts.push(rest);
    parts
}

/// The parenthesis that closes the one that `text` starts with.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0;
    text.char_indices().find_map(|(at, c)| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    })
}

/// Adds an alias, and those that it carries in itself: `Thermal … Institute, a.k.a., Hot Working … Institute`.
fn push_alias(body: &mut Body, alias: &str) {
    let mut inner = Vec::new();
    let alias = without_parenthesised_aliases(alias, &mut inner);
    for alias in split_at_marks(&alias).into_iter().chain(inner.iter().map(String::as_str)) {
        let alias = tidy(alias);
        if !alias.is_empty() && alias != body.name && !body.aliases.contains(&alias) {
            body.aliases.push(alias);
        }
    }
}

/// Splits the last alias of a block from an address that runs on in its line: `Glavgosekspertiza. 13 Demidova Street,
/// Sevastopol, Crimea, Ukraine`, `Huawei Moscow OpenLab, Moscow, Russia`. Only a country at its end, with a number or
/// a place before it, makes a text an address.
fn split_alias(item: &str) -> (String, String) {
    let whole = (item.to_owned(), String::new());
    let first = item.split(';').next().unwrap_or_default();
    if countries().at_end(&without_see_also(first).0).is_none() {
        return whole;
    }
    let stop = item.match_indices(". ").find(|(at, _)| {
        let before = item.get(..*at).unwrap_or_default();
        !before.contains([',', ';']) && ends_name(before)
    });
    if let Some((at, mark)) = stop {
        let parts = (item.get(..at).unwrap_or_default(), item.get(at + mark.len()..).unwrap_or_default());
        return (parts.0.to_owned(), parts.1.to_owned());
    }
    let numbered = first.contains(',') && first.contains(|c: char| c.is_ascii_digit());
    if numbered || first.matches(',').count() >= 2 { split_name(item) } else { whole }
}

fn join(address: &mut String, more: &str) {
    let more = more.trim();
    if more.is_empty() {
        return;
    }
    if !address.is_empty() {
        address.push_str(if address.ends_with(';') || address.ends_with(" and") { " " } else { "; " });
    }
    address.push_str(more);
}
