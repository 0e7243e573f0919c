//! Tokens into declarations.

use super::DECLARATIONS;
use super::ast::*;
use super::lexer::{Token, TokenKind, lex};
use crate::diagnostic::{Diagnostic, Span, nearest};
use crate::period::Period;

/// Reads a law file. Every error that can be told apart is reported, one a declaration.
pub fn parse(file: &str, text: &str) -> Result<Vec<Declaration>, Vec<Diagnostic>> {
    let mut tokens = lex(file, text).map_err(|error| vec![error])?;
    tokens.retain(|token| token.kind != TokenKind::Comment);
    let mut parser = Parser { file, text, tokens, at: 0, depth: 0 };
    let (mut declarations, mut errors) = (Vec::new(), Vec::new());
    while parser.peek() != &TokenKind::End {
        match parser.declaration() {
            Ok(declaration) => declarations.push(declaration),
            Err(error) => {
                errors.push(error);
                parser.skip_to_declaration();
            }
        }
    }
    if errors.is_empty() { Ok(declarations) } else { Err(errors) }
}

pub(super) type Parsed<T> = Result<T, Diagnostic>;

pub(super) struct Parser<'a> {
    file: &'a str,
    text: &'a str,
    tokens: Vec<Token>,
    at: usize,
    pub(super) depth: usize,
}

impl Parser<'_> {
    fn declaration(&mut self) -> Parsed<Declaration> {
        let word = self.ident("a declaration")?;
        Ok(match word.text.as_str() {
            "fact" => Declaration::Fact(self.fact()?),
            "presume" => {
                let (name, subject) = (self.ident("the name of the fact")?, self.subject()?);
                self.word("is")?;
                Declaration::Presume { name, subject, assume: self.assume()? }
            }
            "define" => Declaration::Define(self.define()?),
            "places" => {
                let name = self.ident("the name of the set")?;
                self.sign("=")?;
                Declaration::Places { name, set: self.place_set()? }
            }
            "items" => {
                let name = self.ident("the name of the set")?;
                self.sign("=")?;
                Declaration::Items { name, set: self.item_set()? }
            }
            "policies" => {
                let mut order = vec![self.policy_title()?];
                while self.eat_sign(">") {
                    order.push(self.policy_title()?);
                }
                Declaration::Policies(order)
            }
            kind => {
                let kind =
                    rule_kind(kind).ok_or_else(|| self.unexpected(&word, "a declaration", DECLARATIONS))?;
                Declaration::Rule(Box::new(self.rule(kind)?))
            }
        })
    }

    fn fact(&mut self) -> Parsed<Fact> {
        let name = self.ident("the name of the fact")?;
        let subject = self.subject()?;
        self.sign(":")?;
        let ty = self.ty()?;
        let open = if self.eat("open") { self.idents("a word that leaves it open")? } else { Vec::new() };
        let (mut ask, mut assume) = (None, None);
        if self.eat("ask") {
            ask = Some(self.wording()?);
        }
        if self.eat("assume") {
            assume = Some(self.assume()?);
        }
        Ok(Fact { name, subject, ty, open, ask, assume })
    }

    fn assume(&mut self) -> Parsed<Assume> {
        let value = self.ident("the value that is presumed")?;
        let unless = if self.eat("unless") { Some(self.expr()?) } else { None };
        Ok(Assume { value, unless, by: self.by()? })
    }

    fn subject(&mut self) -> Parsed<Subject> {
        if !self.eat("of") {
            return Ok(Subject::Transaction);
        }
        let word = self.ident("item, party or listing")?;
        match word.text.as_str() {
            "item" => Ok(Subject::Item),
            "party" => Ok(Subject::Party),
            "listing" => Ok(Subject::Listing),
            _ => Err(self.unexpected(&word, "item, party or listing", &["item", "party", "listing"])),
        }
    }

    fn ty(&mut self) -> Parsed<Type> {
        let word = self.ident("a type")?;
        Ok(match word.text.as_str() {
            "yes/no" => Type::YesNo,
            "number" => Type::Number,
            "country" => Type::Country,
            "text" => Type::Text,
            "words" => Type::Words,
            "one" => {
                self.word("of")?;
                Type::OneOf(self.idents("a value")?)
            }
            _ => {
                return Err(self.unexpected(
                    &word,
                    "a type",
                    &["yes/no", "number", "country", "text", "words", "one"],
                ));
            }
        })
    }

    fn define(&mut self) -> Parsed<Define> {
        let name = self.ident("the name of the definition")?;
        let subject = self.subject()?;
        let ty = if self.eat_sign(":") { Some(self.ty()?) } else { None };
        let mut cite = None;
        let mut states = Vec::new();
        loop {
            if self.eat("cite") {
                cite = Some(self.quoted("the citation")?);
            } else if let Some(state) = self.state()? {
                states.push(state);
            } else {
                break;
            }
        }
        let body = if self.eat("when") {
            DefineBody::Truth(self.expr()?)
        } else {
            let mut cases = Vec::new();
            loop {
                self.word("is")?;
                let value = self.ident("a value or a fact")?;
                let when = if self.eat("when") { Some(self.expr()?) } else { None };
                let last = when.is_none();
                cases.push((value, when));
                if last {
                    break;
                }
            }
            DefineBody::Cases(cases)
        };
        Ok(Define { name, subject, ty, cite, states, body })
    }

    fn rule(&mut self, kind: RuleKind) -> Parsed<Rule> {
        let name = self.ident("the name of the rule")?;
        let title =
            if matches!(self.peek(), TokenKind::Text(_)) { self.wording()? } else { Wording::default() };
        let mut rule = Rule {
            kind,
            name,
            title,
            cite: None,
            states: Vec::new(),
            each: None,
            base: Vec::new(),
            allows: Vec::new(),
            requires: Vec::new(),
            unless: Vec::new(),
            reason: None,
            policies: Vec::new(),
            lifts: None,
            bars: None,
            disputed: Vec::new(),
            counsel: Vec::new(),
            obligations: Vec::new(),
            instead: None,
        };
        while !self.at_declaration() {
            self.clause(&mut rule)?;
        }
        Ok(rule)
    }

    fn clause(&mut self, rule: &mut Rule) -> Parsed<()> {
        if let Some(state) = self.state()? {
            rule.states.push(state);
            return Ok(());
        }
        let word = self.ident("a clause")?;
        match word.text.as_str() {
            "cite" => {
                let cite = self.quoted("the citation")?;
                // "15 CFR 742.4(a)", then a second source: both count.
                rule.cite = Some(rule.cite.take().map_or(cite.clone(), |first| format!("{first}; {cite}")));
            }
            "each" => rule.each = Some(self.each()?),
            "when" | "for" => rule.base.push(self.expr()?),
            "allows" => rule.allows.push(self.limb()?),
            "requires" => rule.requires.push(self.limb()?),
            "unless" => {
                let limb = self.limb()?;
                let mut excepts = Vec::new();
                while self.eat("except") {
                    excepts.push(self.limb()?);
                }
                rule.unless.push(Unless { limb, excepts });
            }
            "reason" => rule.reason = Some(self.ident("the reason for control")?),
            "policy" => {
                let name = self.ident("a review policy")?;
                let when = if self.eat("when") { Some(self.expr()?) } else { None };
                let cite = if self.eat("cite") { Some(self.quoted("the citation")?) } else { None };
                rule.policies.push(Policy { name, when, cite });
            }
            "lifts" => rule.lifts = Some(self.selection()?),
            "bars" => rule.bars = Some(self.selection()?),
            "disputed" => rule.disputed.push(self.note()?),
            "counsel" => rule.counsel.push(self.note()?),
            "oblige" => rule.obligations.push(self.note()?),
            "instead" => rule.instead = Some(self.ident("what is reviewed")?),
            _ => {
                return Err(self.unexpected(
                    &word,
                    "a clause of a rule or the next declaration",
                    &[
                        "cite",
                        "in",
                        "stayed",
                        "proposed",
                        "scheduled",
                        "each",
                        "when",
                        "for",
                        "allows",
                        "requires",
                        "unless",
                        "reason",
                        "policy",
                        "lifts",
                        "bars",
                        "disputed",
                        "counsel",
                        "oblige",
                        "instead",
                    ],
                ));
            }
        }
        Ok(())
    }

    fn each(&mut self) -> Parsed<Each> {
        let word = self.ident("party, listing, owner or control")?;
        Ok(match word.text.as_str() {
            "party" => Each::Party,
            "listing" => Each::Listing,
            "owner" => {
                self.word("listing")?;
                Each::OwnerListing
            }
            "control" => {
                self.word("for")?;
                Each::Control(self.ident("a reason for control")?)
            }
            _ => {
                let known = &["party", "listing", "owner", "control"];
                return Err(self.unexpected(&word, "party, listing, owner listing or control for", known));
            }
        })
    }

    fn limb(&mut self) -> Parsed<Limb> {
        let label = self.quoted("the paragraph in quotes")?;
        Ok(Limb { label, condition: self.expr()? })
    }

    fn note(&mut self) -> Parsed<Note> {
        let text = self.wording()?;
        let when = if self.eat("when") { Some(self.expr()?) } else { None };
        let cite = if self.eat("cite") { Some(self.quoted("the citation")?) } else { None };
        Ok(Note { text, when, cite })
    }

    fn selection(&mut self) -> Parsed<Selection> {
        if self.eat("all") {
            let except = if self.eat("except") { self.idents("a name")? } else { Vec::new() };
            return Ok(Selection::AllExcept(except));
        }
        Ok(Selection::Only(self.idents("a name")?))
    }

    fn state(&mut self) -> Parsed<Option<State>> {
        let start = self.span();
        let kind = match self.peek_word() {
            Some("in") if self.peek_word_at(1) == Some("force") => {
                self.at += 1;
                StateKind::InForce
            }
            Some("stayed") => StateKind::Stayed,
            Some("proposed") => StateKind::Proposed,
            Some("scheduled") => StateKind::Scheduled,
            _ => return Ok(None),
        };
        self.at += 1;
        let from = if self.eat("from") { Some(self.date()?) } else { None };
        let to = if self.eat("to") { Some(self.date()?) } else { None };
        let by = self.by()?;
        let mut needs_confirmation = kind == StateKind::Scheduled;
        if self.eat("needs") {
            self.word("confirmation")?;
            needs_confirmation = true;
        }
        let span = start.to(self.previous_span());
        Ok(Some(State { kind, period: Period { from, to }, by, needs_confirmation, span }))
    }

    fn by(&mut self) -> Parsed<Option<String>> {
        if self.eat("by") { self.quoted("the source in quotes").map(Some) } else { Ok(None) }
    }

    fn policy_title(&mut self) -> Parsed<(Ident, Wording)> {
        let name = self.ident("a review policy")?;
        let title = match self.peek() {
            TokenKind::Text(_) => self.wording()?,
            _ => Wording { en: name.text.replace('_', " "), ar: None },
        };
        Ok((name, title))
    }

    fn wording(&mut self) -> Parsed<Wording> {
        let en = self.quoted("a text in quotes")?;
        let ar = if self.eat("ar") { Some(self.quoted("the Arabic text in quotes")?) } else { None };
        Ok(Wording { en, ar })
    }

    fn date(&mut self) -> Parsed<jiff::civil::Date> {
        let word = self.ident("a date")?;
        date(&word.text).ok_or_else(|| {
            self.error(word.span, format!("{} is no date", word.text)).help("write it as 2022-05-26")
        })
    }

    // The parser's hands.

    pub(super) fn peek(&self) -> &TokenKind {
        self.tokens.get(self.at).map_or(&TokenKind::End, |token| &token.kind)
    }

    pub(super) fn peek_word(&self) -> Option<&str> {
        self.peek_word_at(0)
    }

    pub(super) fn peek_word_at(&self, ahead: usize) -> Option<&str> {
        match self.tokens.get(self.at + ahead).map(|token| &token.kind) {
            Some(TokenKind::Word(word)) => Some(word),
            _ => None,
        }
    }

    pub(super) fn peek_at(&self, ahead: usize) -> &TokenKind {
        self.tokens.get(self.at + ahead).map_or(&TokenKind::End, |token| &token.kind)
    }

    pub(super) fn span(&self) -> Span {
        self.tokens.get(self.at).map_or_else(|| self.previous_span(), |token| token.span)
    }

    pub(super) fn previous_span(&self) -> Span {
        self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).map_or(Span::default(), |token| token.span)
    }

    fn at_declaration(&self) -> bool {
        match self.peek() {
            TokenKind::End => true,
            // "counsel" and "flag" are both clauses and declarations: a declaration has a name before its text.
            TokenKind::Word(word) if word == "counsel" => matches!(self.peek_at(1), TokenKind::Word(_)),
            TokenKind::Word(word) => DECLARATIONS.contains(&word.as_str()),
            _ => false,
        }
    }

    fn skip_to_declaration(&mut self) {
        while !self.at_declaration() {
            self.at += 1;
        }
    }

    pub(super) fn eat(&mut self, word: &str) -> bool {
        let found = self.peek_word() == Some(word);
        self.at += usize::from(found);
        found
    }

    pub(super) fn eat_sign(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), TokenKind::Sign(s) if *s == sign);
        self.at += usize::from(found);
        found
    }

    pub(super) fn word(&mut self, word: &str) -> Parsed<()> {
        if self.eat(word) { Ok(()) } else { Err(self.expected(&format!("the word {word}"))) }
    }

    pub(super) fn sign(&mut self, sign: &str) -> Parsed<()> {
        if self.eat_sign(sign) { Ok(()) } else { Err(self.expected(&format!("the sign {sign}"))) }
    }

    pub(super) fn ident(&mut self, what: &str) -> Parsed<Ident> {
        let ident = match self.peek() {
            TokenKind::Word(word) => Ident { text: word.clone(), span: self.span() },
            _ => return Err(self.expected(what)),
        };
        self.at += 1;
        Ok(ident)
    }

    pub(super) fn idents(&mut self, what: &str) -> Parsed<Vec<Ident>> {
        let mut idents = vec![self.ident(what)?];
        while self.eat_sign(",") {
            idents.push(self.ident(what)?);
        }
        Ok(idents)
    }

    fn quoted(&mut self, what: &str) -> Parsed<String> {
        let text = match self.peek() {
            TokenKind::Text(text) => text.clone(),
            _ => return Err(self.expected(what)),
        };
        self.at += 1;
        Ok(text)
    }

    pub(super) fn error(&self, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::at(self.file, self.text, span, message)
    }

    pub(super) fn expected(&self, what: &str) -> Diagnostic {
        let found = match self.peek() {
            TokenKind::Word(word) => format!("found {word}"),
            TokenKind::Text(_) => "found a text".to_owned(),
            TokenKind::Sign(sign) => format!("found {sign}"),
            TokenKind::Comment | TokenKind::End => "the file ends".to_owned(),
        };
        self.error(self.span(), format!("expected {what}, {found}"))
    }

    fn unexpected(&self, word: &Ident, what: &str, known: &[&str]) -> Diagnostic {
        let help = match nearest(&word.text, known.iter().copied()) {
            Some(near) => format!("did you mean {near}?"),
            None => format!("one of {}", known.join(", ")),
        };
        self.error(word.span, format!("expected {what}, found {}", word.text)).help(help)
    }
}

fn rule_kind(word: &str) -> Option<RuleKind> {
    Some(match word {
        "subject" => RuleKind::Subject,
        "outside" => RuleKind::Outside,
        "requirement" => RuleKind::Requirement,
        "prohibition" => RuleKind::Prohibition,
        "exception" => RuleKind::Exception,
        "restriction" => RuleKind::Restriction,
        "review" => RuleKind::Review,
        "obligation" => RuleKind::Obligation,
        "flag" => RuleKind::Flag,
        "counsel" => RuleKind::Counsel,
        _ => return None,
    })
}
