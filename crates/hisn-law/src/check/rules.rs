//! Rules: what each kind must say, and their periods.

use super::resolve::Scope;
use super::{Builder, File};
use crate::diagnostic::{Diagnostic, nearest};
use crate::model::*;
use crate::period::Period;
use crate::syntax::ast::{self, Declaration, Expr, Ident, RuleKind, Selection, State, StateKind};

impl<'a> Builder<'a> {
    pub(super) fn bind_rules(&mut self, errors: &mut Vec<Diagnostic>) {
        let mut exceptions: Vec<&'a str> = Vec::new();
        let mut all: Vec<(&'a File<'a>, &'a ast::Rule)> = Vec::new();
        for file in self.files.clone() {
            for declaration in &file.declarations {
                if let Declaration::Rule(rule) = declaration {
                    if rule.kind == RuleKind::Exception {
                        exceptions.push(&rule.name.text);
                    }
                    all.push((file, rule));
                }
            }
        }
        for (file, rule) in all {
            self.codes_named.clear();
            self.places_named.clear();
            match self.rule(file, rule, &exceptions) {
                Ok(bound) => {
                    let periods = applied_periods(&bound.states);
                    self.check_codes(file, &periods, errors);
                    self.check_limbs(file, rule, &bound, &periods, errors);
                    self.pack.rules.push(bound);
                }
                Err(error) => errors.push(error),
            }
        }
    }

    fn rule(
        &mut self,
        file: &'a File<'a>,
        rule: &'a ast::Rule,
        exceptions: &[&str],
    ) -> Result<Rule, Diagnostic> {
        let name = &rule.name;
        let states = states(file, &rule.states)?;
        let same = self.pack.rules.iter().filter(|other| other.name == name.text);
        if let Some(other) = same.clone().find(|other| other.kind != rule.kind) {
            let message = format!("{} is already the name of another kind of rule", name.text);
            return Err(file.error(name.span, message).help(format!("see {}:{}", other.file, other.line)));
        }
        no_overlap(file, name, &states, same.map(|other| other.states.as_slice()))?;
        if rule.cite.is_none() && rule.kind != RuleKind::Counsel {
            let message = format!("{} has no citation", name.text);
            return Err(file.error(name.span, message).help("add `cite \"…\"`: where does this stand?"));
        }
        let mut scope = Scope::of(file);
        scope.party =
            matches!(rule.each, Some(ast::Each::Party | ast::Each::Listing | ast::Each::OwnerListing));
        scope.listing = matches!(rule.each, Some(ast::Each::Listing | ast::Each::OwnerListing));
        scope.results = !matches!(
            rule.kind,
            RuleKind::Subject | RuleKind::Outside | RuleKind::Requirement | RuleKind::Prohibition
        );
        let each = match &rule.each {
            None => None,
            Some(ast::Each::Party) => Some(Each::Party),
            Some(ast::Each::Listing) => Some(Each::Listing),
            Some(ast::Each::OwnerListing) => Some(Each::OwnerListing),
            Some(ast::Each::Control(reason)) => {
                if self.pack.destination.is_none() {
                    return Err(file
                        .error(name.span, "`each control` needs to know the destination")
                        .help("define it for the pack: `define destination: country is to`"));
                }
                self.reason(&reason.text).map(Each::Control)
            }
        };
        let reason = match (&rule.reason, each) {
            (Some(reason), _) => self.reason(&reason.text).unwrap_or_default(),
            (None, Some(Each::Control(reason))) => reason,
            (None, _) if matches!(rule.kind, RuleKind::Requirement | RuleKind::Prohibition) => {
                return Err(file
                    .error(name.span, format!("{} has no reason", name.text))
                    .help("add `reason NS` or the like"));
            }
            _ => 0,
        };
        let base = match rule.base.as_slice() {
            [] => None,
            [only] => Some(self.limb("", only, scope)?),
            many => {
                let span =
                    many.iter().fold(many.first().map_or(name.span, |e| e.span), |span, e| span.to(e.span));
                let all = Expr { kind: ast::ExprKind::And(many.to_vec()), span };
                let mut limb = self.limb("", &all, scope)?;
                limb.text = many.iter().map(|part| source(file, part)).collect::<Vec<_>>().join(" and ");
                Some(limb)
            }
        };
        let lifts = match (&rule.lifts, rule.kind) {
            (Some(Selection::Only(reasons)), RuleKind::Exception) => self.reasons(reasons, scope)?,
            (Some(Selection::AllExcept(reasons)), RuleKind::Exception) => !self.reasons(reasons, scope)?,
            (None, RuleKind::Exception) => {
                let message = format!("the exception {} lifts nothing", name.text);
                return Err(file.error(name.span, message).help("add `lifts NS, AT` or `lifts all`"));
            }
            (Some(_), _) => return Err(file.error(name.span, "only an exception lifts")),
            (None, _) => 0,
        };
        let bars = match (&rule.bars, rule.kind) {
            (Some(selection), RuleKind::Restriction) => Some(self.bars(selection, exceptions, file)?),
            (None, RuleKind::Restriction) => {
                let message = format!("the restriction {} bars nothing", name.text);
                return Err(file.error(name.span, message).help("add `bars all except …`"));
            }
            (Some(_), _) => return Err(file.error(name.span, "only a restriction bars")),
            (None, _) => None,
        };
        let start = Diagnostic::at(&file.name, file.text, name.span, "");
        Ok(Rule {
            kind: rule.kind,
            name: name.text.clone(),
            id: format!("{}/{}", self.pack.name(), name.text),
            title: rule.title.clone(),
            cite: rule.cite.clone().unwrap_or_default(),
            states,
            each,
            base,
            allows: self.limbs(&rule.allows, scope)?,
            requires: self.limbs(&rule.requires, scope)?,
            unless: rule
                .unless
                .iter()
                .map(|unless| {
                    let limb = self.limb(&unless.limb.label, &unless.limb.condition, scope)?;
                    Ok((limb, self.limbs(&unless.excepts, scope)?))
                })
                .collect::<Result<_, Diagnostic>>()?,
            reason,
            policies: self.policies(rule, scope)?,
            lifts,
            bars,
            disputed: self.notes(&rule.disputed, scope)?,
            counsel: self.notes(&rule.counsel, scope)?,
            obligations: self.notes(&rule.obligations, scope)?,
            instead: rule.instead.as_ref().map(|instead| instead.text.clone()),
            file: file.name.clone(),
            line: start.line,
            source: declaration_source(file, rule),
        })
    }

    fn limb(&mut self, label: &str, expr: &Expr, scope: Scope<'_>) -> Result<Limb, Diagnostic> {
        let node = self.expr(expr, scope)?;
        self.limbs += 1;
        Ok(Limb { label: label.to_owned(), node, text: source(scope.file, expr), number: self.limbs - 1 })
    }

    fn limbs(&mut self, limbs: &[ast::Limb], scope: Scope<'_>) -> Result<Vec<Limb>, Diagnostic> {
        limbs.iter().map(|limb| self.limb(&limb.label, &limb.condition, scope)).collect()
    }

    fn notes(&mut self, notes: &[ast::Note], scope: Scope<'_>) -> Result<Vec<Note>, Diagnostic> {
        let scope = Scope { results: true, ..scope };
        notes
            .iter()
            .map(|note| {
                let when = note.when.as_ref().map(|when| self.limb("", when, scope)).transpose()?;
                Ok(Note { text: note.text.clone(), when, cite: note.cite.clone() })
            })
            .collect()
    }

    fn policies(&mut self, rule: &ast::Rule, scope: Scope<'_>) -> Result<Vec<Policy>, Diagnostic> {
        let mut policies = Vec::new();
        for policy in &rule.policies {
            let rank = self.vocabulary.policies().iter().position(|known| known.name == policy.name.text);
            let rank = rank.ok_or_else(|| {
                let error = scope
                    .file
                    .error(policy.name.span, format!("no review policy is called {}", policy.name.text));
                let known = || self.vocabulary.policies().iter().map(|policy| policy.name.as_str());
                match nearest(&policy.name.text, known()) {
                    Some(near) => error.help(format!("did you mean {near}?")),
                    None => error.help(format!("one of {}", known().collect::<Vec<_>>().join(", "))),
                }
            })?;
            let when = policy.when.as_ref().map(|when| self.limb("", when, scope)).transpose()?;
            policies.push(Policy { rank, when, cite: policy.cite.clone() });
        }
        match rule.policies.last() {
            Some(last) if last.when.is_some() => Err(scope
                .file
                .error(last.name.span, "the last policy has a condition: nothing is said of all other cases")
                .help("write the strict policy last, without `when`")),
            _ => Ok(policies),
        }
    }

    fn bars(&self, selection: &Selection, exceptions: &[&str], file: &File<'_>) -> Result<Bars, Diagnostic> {
        let (Selection::Only(names) | Selection::AllExcept(names)) = selection;
        for name in names {
            if !exceptions.contains(&name.text.as_str()) {
                let error = file.error(name.span, format!("no exception is called {}", name.text));
                return Err(match nearest(&name.text, exceptions.iter().copied()) {
                    Some(near) => error.help(format!("did you mean {near}?")),
                    None => error.help(format!("one of {}", exceptions.join(", "))),
                });
            }
        }
        let names = names.iter().map(|name| name.text.clone()).collect();
        Ok(match selection {
            Selection::Only(_) => Bars::Only(names),
            Selection::AllExcept(_) => Bars::AllExcept(names),
        })
    }
}

/// Checks the states of one declaration.
pub(super) fn states(file: &File<'_>, states: &[State]) -> Result<Vec<State>, Diagnostic> {
    for (place, state) in states.iter().enumerate() {
        if state.period.is_empty() {
            return Err(file.error(state.span, "the period ends before it begins"));
        }
        if let Some(other) = states.iter().take(place).find(|other| other.period.overlaps(state.period)) {
            let message = format!("the period overlaps another one of the same rule, {}", other.period);
            return Err(file
                .error(state.span, message)
                .help("end the one on the day before the other begins"));
        }
    }
    Ok(states.to_vec())
}

/// Checks that versions of one name share no day.
pub(super) fn no_overlap<'s>(
    file: &File<'_>,
    name: &Ident,
    states: &[State],
    mut others: impl Iterator<Item = &'s [State]>,
) -> Result<(), Diagnostic> {
    let always = [Period::default()];
    let periods = |states: &[State]| match states {
        [] => always.to_vec(),
        states => states.iter().map(|state| state.period).collect(),
    };
    let own = periods(states);
    let clash = others.find_map(|other| {
        periods(other).into_iter().find(|period| own.iter().any(|own| own.overlaps(*period)))
    });
    match clash {
        None => Ok(()),
        Some(period) => Err(file
            .error(
                name.span,
                format!("{} is declared twice for the same days: another version stands {period}", name.text),
            )
            .help("versions of one rule need periods that do not overlap; two rules need two names")),
    }
}

/// The days on which a rule is applied: an empty list of states means always.
fn applied_periods(states: &[State]) -> Vec<Period> {
    if states.is_empty() {
        return vec![Period::default()];
    }
    let applied = |state: &&State| matches!(state.kind, StateKind::InForce | StateKind::Scheduled);
    states.iter().filter(applied).map(|state| state.period).collect()
}

fn source(file: &File<'_>, expr: &Expr) -> String {
    let text = file.text.get(expr.span.start..expr.span.end).unwrap_or("");
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or("").trim());
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The text of a rule, from its kind to its last clause.
fn declaration_source(file: &File<'_>, rule: &ast::Rule) -> String {
    let start =
        file.text.get(..rule.name.span.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let next = file.declarations.iter().filter_map(|declaration| match declaration {
        Declaration::Fact(fact) => Some(fact.name.span),
        Declaration::Presume { name, .. } => Some(name.span),
        Declaration::Define(define) => Some(define.name.span),
        Declaration::Places { name, .. } | Declaration::Items { name, .. } => Some(name.span),
        Declaration::Policies(order) => order.first().map(|(first, _)| first.span),
        Declaration::Rule(rule) => Some(rule.name.span),
    });
    let next = next.map(|span| span.start).filter(|at| *at > rule.name.span.start).min();
    let line_of_next = next.and_then(|at| file.text.get(..at)).and_then(|before| before.rfind('\n'));
    let text = file.text.get(start..line_of_next.unwrap_or(file.text.len())).unwrap_or("");
    // Comments and blank lines after the rule belong to what follows.
    let mut lines: Vec<&str> = text.lines().collect();
    while lines.last().is_some_and(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        lines.pop();
    }
    lines.join("\n")
}
