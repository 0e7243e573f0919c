//! Named sets of countries and of control entries.

use super::resolve::Scope;
use super::{Builder, File, Parsed};
use crate::Truth;
use crate::code::Code;
use crate::country::Country;
use crate::diagnostic::{Diagnostic, Span, nearest};
use crate::model::*;
use crate::period::Period;
use crate::syntax::ast::{Declaration, Ident, ItemEntry, ItemSet, PlaceSet, RuleKind};
use crate::syntax::parse;
use crate::tables::{EntryStatus, Pattern};

impl<'a> Builder<'a> {
    /// Lowers every declared set, so that errors in unused ones are found too.
    pub(super) fn bind_sets(&mut self, errors: &mut Vec<Diagnostic>) {
        for name in self.pack.items.sets.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>() {
            let next = (self.table_sets.len() + self.code_sets.len()) as ItemSetId;
            self.table_sets.entry(name).or_insert(next);
        }
        let places: Vec<&'a str> = self.declared_places.keys().copied().collect();
        errors.extend(places.into_iter().filter_map(|name| self.declared_place(name).transpose()?.err()));
        let items: Vec<&'a str> = self.declared_items.keys().copied().collect();
        errors.extend(items.into_iter().filter_map(|name| self.declared_item(name).transpose()?.err()));
    }

    /// A set of countries as a condition writes it.
    pub(super) fn places(&mut self, set: &PlaceSet, file: &File<'_>) -> Result<PlacesId, Diagnostic> {
        let mut refs =
            |names: &[Ident]| names.iter().map(|name| self.place(name, file)).collect::<Result<Vec<_>, _>>();
        let spec = PlaceSpec { any: refs(&set.any)?, except: refs(&set.except)? };
        if let Some(known) = self.pack.places.iter().position(|known| *known == spec) {
            return Ok(known as PlacesId);
        }
        self.pack.places.push(spec);
        Ok((self.pack.places.len() - 1) as PlacesId)
    }

    fn place(&mut self, name: &Ident, file: &File<'_>) -> Result<PlaceRef, Diagnostic> {
        if name.text == "all" {
            return Ok(PlaceRef::All);
        }
        if let Some(id) = self.declared_place(&name.text)? {
            return Ok(PlaceRef::Declared(id));
        }
        if self.pack.place_tables.names().any(|set| set == name.text) {
            return Ok(PlaceRef::Table(name.text.clone()));
        }
        // A country is written in capitals, so that a set's name in small letters is never taken for one.
        if let Some(country) =
            Country::parse(&name.text).filter(|_| name.text.chars().all(|c| c.is_ascii_uppercase()))
        {
            return Ok(PlaceRef::Country(country));
        }
        let known = self.pack.place_tables.names().chain(self.declared_places.keys().copied());
        let error = file.error(name.span, format!("no set of countries is called {}", name.text));
        Err(match nearest(&name.text, known) {
            Some(near) => error.help(format!("did you mean {near}?")),
            None => error.help("declare it with `places`, or as a set in a table of places"),
        })
    }

    fn declared_place(&mut self, name: &str) -> Result<Option<PlacesId>, Diagnostic> {
        let Some(declared) = self.declared_places.get_mut(name) else { return Ok(None) };
        if let Some(id) = declared.lowered {
            return Ok(Some(id));
        }
        let (file, set) = (declared.file, declared.set);
        if declared.in_progress {
            return Err(file.error(declared.span, format!("the places {name} contain themselves")));
        }
        declared.in_progress = true;
        let lowered = self.places(set, file);
        if let Some(declared) = self.declared_places.get_mut(name) {
            declared.in_progress = false;
            declared.lowered = lowered.as_ref().ok().copied();
        }
        lowered.map(Some)
    }

    /// A set of entries as a condition writes it.
    pub(super) fn items(&mut self, set: &ItemSet, file: &File<'_>) -> Result<NodeId, Diagnostic> {
        let any = self.entries(&set.any, file)?;
        if set.except.is_empty() {
            return Ok(any);
        }
        let except = self.entries(&set.except, file)?;
        let rest = self.node(Node::Not(except));
        Ok(self.node(Node::And(Box::new([any, rest]))))
    }

    fn entries(&mut self, entries: &[ItemEntry], file: &File<'_>) -> Result<NodeId, Diagnostic> {
        let nodes: Vec<NodeId> =
            entries.iter().map(|entry| self.entry(entry, file)).collect::<Result<_, _>>()?;
        match nodes.as_slice() {
            [only] => Ok(*only),
            _ => Ok(self.node(Node::Or(nodes.into()))),
        }
    }

    fn entry(&mut self, entry: &ItemEntry, file: &File<'_>) -> Result<NodeId, Diagnostic> {
        let name = &entry.name;
        let named = if name.text == "all" {
            Some(self.node(Node::ItemClassified))
        } else if let Some(node) = self.declared_item(&name.text)? {
            Some(node)
        } else {
            let set = self.table_sets.get(&name.text).copied();
            set.map(|set| self.node(Node::ItemIn(set)))
        };
        match named {
            Some(node) if entry.fors.is_empty() => Ok(node),
            Some(_) => {
                Err(file.error(name.span, "only a control entry can be limited with `for`, not a named set"))
            }
            None => {
                let code = self.code(name, file)?;
                let fors =
                    entry.fors.iter().map(|code| self.code(code, file)).collect::<Result<Vec<_>, _>>()?;
                Ok(self.code_set(code, fors))
            }
        }
    }

    fn code(&mut self, name: &Ident, file: &File<'_>) -> Result<Code, Diagnostic> {
        let code = Code::parse(&name.text).filter(|code| self.pack.items.entries.contains_key(code.entry()));
        let Some(code) = code else {
            let sets = self.table_sets.keys().map(String::as_str).chain(self.declared_items.keys().copied());
            let known = self.pack.items.entries.keys().map(String::as_str).chain(sets);
            let error =
                file.error(name.span, format!("{} is no control entry and no set of entries", name.text));
            return Err(match nearest(&name.text, known) {
                Some(near) => error.help(format!("did you mean {near}?")),
                None => error.help("the control list is the table with the columns code, heading, …"),
            });
        };
        self.codes_named.push((code.clone(), name.span));
        Ok(code)
    }

    fn code_set(&mut self, code: Code, fors: Vec<Code>) -> NodeId {
        let key =
            format!("{code} for {}", fors.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "));
        let next = (self.table_sets.len() + self.code_sets.len()) as ItemSetId;
        let set = *self.code_sets.entry(key).or_insert(next);
        if set == next {
            let entry = code.entry().to_owned();
            let paragraphs = if code.path().is_empty() { Vec::new() } else { vec![code.clone()] };
            let pattern =
                Pattern { entry: code, paragraphs, except: Vec::new(), fors, period: Period::default() };
            self.pack.entries.entry(entry).or_default().sets.push((set, pattern));
        }
        self.node(Node::ItemIn(set))
    }

    fn declared_item(&mut self, name: &str) -> Result<Option<NodeId>, Diagnostic> {
        let Some(declared) = self.declared_items.get_mut(name) else { return Ok(None) };
        if let Some(node) = declared.lowered {
            return Ok(Some(node));
        }
        let (file, set) = (declared.file, declared.set);
        if declared.in_progress {
            return Err(file.error(declared.span, format!("the items {name} contain themselves")));
        }
        declared.in_progress = true;
        let lowered = self.items(set, file);
        if let Some(declared) = self.declared_items.get_mut(name) {
            declared.in_progress = false;
            declared.lowered = lowered.as_ref().ok().copied();
        }
        lowered.map(Some)
    }

    /// Binds the rows of the item tables to the names of the law.
    pub(super) fn bind_tables(&mut self, scope: &[&Parsed<'_>], errors: &mut Vec<Diagnostic>) {
        self.pack.set_rows = std::mem::take(&mut self.pack.items.sets);
        for (name, pattern) in self.pack.set_rows.clone() {
            if let Some(set) = self.table_sets.get(&name) {
                self.pack
                    .entries
                    .entry(pattern.entry.entry().to_owned())
                    .or_default()
                    .sets
                    .push((*set, pattern));
            }
        }
        for limit in std::mem::take(&mut self.pack.items.limits) {
            if let Some(table) = self.pack.value_tables.iter().position(|table| *table == limit.table) {
                let entry = limit.pattern.entry.entry().to_owned();
                let limits = &mut self.pack.entries.entry(entry).or_default().limits;
                limits.push((table, limit.pattern, limit.amount, limit.currency));
            }
        }
        for row in std::mem::take(&mut self.pack.items.controls) {
            let reject = |message: String| Diagnostic::in_row(&row.file, row.line, 1, message);
            let Some(reason) = self.reason(&row.control.reason) else {
                let message = format!("no requirement is made for the reason {}", row.control.reason);
                errors.push(
                    reject(message)
                        .help(format!("write a requirement with `each control for {}`", row.control.reason)),
                );
                continue;
            };
            match (self.cell_places(&row.control.places), self.cell_condition(&row.when)) {
                (Ok(places), Ok(when)) => {
                    let entry = row.control.pattern.entry.entry().to_owned();
                    let number = self.pack.controls.len();
                    self.pack.controls.push(BoundControl { control: row.control, reason, places, when });
                    self.pack.entries.entry(entry).or_default().controls.push(number);
                }
                (places, when) => {
                    let messages = [places.err(), when.err()].into_iter().flatten();
                    errors.extend(messages.map(|error| match error.help {
                        Some(help) => reject(error.message).help(help),
                        None => reject(error.message),
                    }));
                }
            }
        }
        for phrase in scope.iter().flat_map(|pack| &pack.tables.phrases) {
            let fact = self.vocabulary.find(crate::syntax::ast::Subject::Listing, &phrase.fact);
            match fact {
                Some(fact) => self.pack.phrases.push((phrase.clone(), fact)),
                None => errors.push(
                    Diagnostic::in_row(
                        "tables/phrases.csv",
                        1,
                        4,
                        format!("no listing has a fact {}", phrase.fact),
                    )
                    .help("declare it with `fact … of listing`"),
                ),
            }
        }
    }

    /// A cell of a table read as the law language would read it.
    fn cell_places(&mut self, cell: &str) -> Result<PlacesId, Diagnostic> {
        let text = format!("places cell = {cell}");
        let file = File { name: String::new(), text: &text, declarations: parse("", &text).map_err(first)? };
        match file.declarations.as_slice() {
            [Declaration::Places { set, .. }] => self.places(set, &file),
            _ => Err(file.error(Span::default(), format!("{cell} is no set of countries"))),
        }
    }

    fn cell_condition(&mut self, cell: &str) -> Result<Option<NodeId>, Diagnostic> {
        if cell.is_empty() {
            return Ok(None);
        }
        let text = format!("define cell when {cell}");
        let file = File { name: String::new(), text: &text, declarations: parse("", &text).map_err(first)? };
        match file.declarations.as_slice() {
            [Declaration::Define(define)] => match &define.body {
                crate::syntax::ast::DefineBody::Truth(expr) => self.expr(expr, Scope::of(&file)).map(Some),
                crate::syntax::ast::DefineBody::Cases(_) => Ok(None),
            },
            _ => Err(file.error(Span::default(), format!("{cell} is no condition"))),
        }
    }

    /// Complains of entries that a rule names although none of its days has them in force.
    pub(super) fn check_codes(&mut self, file: &File<'_>, periods: &[Period], errors: &mut Vec<Diagnostic>) {
        for (code, span) in std::mem::take(&mut self.codes_named) {
            let rows: Vec<_> =
                self.pack.entry(code.entry()).iter().filter(|row| code.is_in(&row.code).is_true()).collect();
            let own = rows.iter().map(|row| row.code.path().len()).max();
            let exact: Vec<_> = rows.iter().filter(|row| Some(row.code.path().len()) == own).collect();
            let lives = exact.iter().any(|row| periods.iter().any(|period| period.overlaps(row.period)));
            if !lives && !exact.is_empty() && !periods.is_empty() {
                let when = exact.iter().map(|row| row.period.to_string()).collect::<Vec<_>>().join(" and ");
                errors.push(
                    file.error(span, format!("{code} is not in the control list while the rule is in force"))
                        .help(format!("it is in force {when}")),
                );
            }
        }
    }
}

impl Pack {
    /// What the control list says of a code on a day.
    pub fn status(&self, code: &Code, day: jiff::civil::Date) -> EntryStatus {
        self.items.status(code, day)
    }

    /// The named sets that a code is in on a day, whatever it is for; unknown where only a part of it is.
    pub fn sets_of(&self, code: &Code, day: jiff::civil::Date) -> Vec<(&str, Truth)> {
        let rows = self.set_rows.iter().filter(|(_, pattern)| pattern.entry.entry() == code.entry());
        let rows = rows.filter(|(_, pattern)| pattern.period.contains(day));
        let rows = rows.map(|(name, pattern)| (name.as_str(), pattern.covers(code, &[])));
        rows.filter(|(_, truth)| !truth.is_false()).collect()
    }

    /// The exceptions that lift a reason for which a code is controlled on a day, as `id title (citation)`.
    pub fn exceptions_for(&self, code: &Code, day: jiff::civil::Date) -> Vec<String> {
        let controls = self.controls.iter().filter(|bound| {
            bound.control.pattern.entry.entry() == code.entry()
                && !self.covers(bound, code, &bound.control.pattern.fors, day).is_false()
        });
        let reasons = controls.fold(0u64, |reasons, bound| reasons | 1u64 << bound.reason);
        let applies = |rule: &&Rule| {
            rule.kind == RuleKind::Exception && rule.lifts & reasons != 0 && rule.state(day).is_some()
        };
        self.rules
            .iter()
            .filter(applies)
            .map(|rule| format!("{} {} ({})", rule.id, rule.title.en, rule.cite))
            .collect()
    }

    /// The facts of a listing that follow from its words, by the pack's table of phrases: for each fact the first that fits.
    pub fn phrase_facts(
        &self,
        list: &str,
        field: impl Fn(&str) -> Option<String>,
    ) -> Vec<(crate::FactId, &str)> {
        let mut found: Vec<(crate::FactId, &str)> = Vec::new();
        for (phrase, fact) in &self.phrases {
            let applies = phrase.list.is_empty() || phrase.list == list;
            if applies && !found.iter().any(|(known, _)| known == fact) {
                let text = field(&phrase.field).unwrap_or_default().to_lowercase();
                if text.contains(&phrase.contains) {
                    found.push((*fact, &phrase.value));
                }
            }
        }
        found
    }

    pub(crate) fn covers(
        &self,
        control: &BoundControl,
        code: &Code,
        fors: &[Code],
        day: jiff::civil::Date,
    ) -> Truth {
        let pattern = &control.control.pattern;
        if pattern.period.contains(day) { pattern.covers(code, fors) } else { Truth::False }
    }
}

fn first(errors: Vec<Diagnostic>) -> Diagnostic {
    errors.into_iter().next().unwrap_or_else(|| Diagnostic::in_row("", 1, 1, "the cell cannot be read"))
}
