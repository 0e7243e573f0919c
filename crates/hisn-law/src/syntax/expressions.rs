//! Conditions and sets.

use super::ast::*;
use super::lexer::TokenKind;
use super::parser::{Parsed, Parser};

/// How deep conditions may be nested; a law needs four.
const MAX_DEPTH: usize = 64;

impl Parser<'_> {
    pub(super) fn expr(&mut self) -> Parsed<Expr> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self
                .error(self.span(), "conditions are nested too deeply")
                .help("name a part with define"));
        }
        let any = self.sequence("or", Self::conjunction, ExprKind::Or);
        self.depth -= 1;
        any
    }

    fn conjunction(&mut self) -> Parsed<Expr> {
        self.sequence("and", Self::negation, ExprKind::And)
    }

    fn sequence(
        &mut self,
        word: &str,
        part: fn(&mut Self) -> Parsed<Expr>,
        join: fn(Vec<Expr>) -> ExprKind,
    ) -> Parsed<Expr> {
        let start = self.span();
        let first = part(self)?;
        if self.peek_word() != Some(word) {
            return Ok(first);
        }
        let mut parts = vec![first];
        while self.eat(word) {
            parts.push(part(self)?);
        }
        Ok(Expr { kind: join(parts), span: start.to(self.previous_span()) })
    }

    fn negation(&mut self) -> Parsed<Expr> {
        let start = self.span();
        let mut negated = false;
        while self.eat("not") {
            negated = !negated;
        }
        let inner = self.atom()?;
        if !negated {
            return Ok(inner);
        }
        Ok(Expr { span: start.to(inner.span), kind: ExprKind::Not(Box::new(inner)) })
    }

    fn atom(&mut self) -> Parsed<Expr> {
        let start = self.span();
        if self.eat_sign("(") {
            let inner = self.expr()?;
            self.sign(")")?;
            return Ok(Expr { kind: inner.kind, span: start.to(self.previous_span()) });
        }
        let kind = match self.peek_word() {
            Some("any") => self.any()?,
            Some("share") => self.share()?,
            Some("required") => self.required()?,
            Some("item") => self.item_test()?,
            _ => self.test()?,
        };
        Ok(Expr { kind, span: start.to(self.previous_span()) })
    }

    fn any(&mut self) -> Parsed<ExprKind> {
        self.word("any")?;
        let over = if self.eat("party") {
            Over::Parties
        } else if self.eat("listing") {
            self.word("of")?;
            Over::ListingsOf(self.ident("whose listings")?)
        } else {
            if !self.eat("owner") {
                return Err(self.expected("party, listing of, owner of or owner listing of"));
            }
            let listings = self.eat("listing");
            self.word("of")?;
            let of = self.ident("whose owners")?;
            if listings { Over::OwnerListingsOf(of) } else { Over::OwnersOf(of) }
        };
        Ok(ExprKind::Any { over, body: Box::new(self.parenthesis()?) })
    }

    fn share(&mut self) -> Parsed<ExprKind> {
        self.word("share")?;
        self.word("of")?;
        self.word("owners")?;
        self.word("of")?;
        let of = self.ident("whose owners")?;
        let body = Box::new(self.parenthesis()?);
        let op = self.op().ok_or_else(|| self.expected("a comparison such as >="))?;
        Ok(ExprKind::Share { of, body, op, number: self.number()? })
    }

    fn parenthesis(&mut self) -> Parsed<Expr> {
        self.sign("(")?;
        let body = self.expr()?;
        self.sign(")")?;
        Ok(body)
    }

    fn required(&mut self) -> Parsed<ExprKind> {
        self.word("required")?;
        let only = self.eat("only");
        let except = !only && self.eat("except");
        if !self.eat("for") {
            if only || except {
                return Err(self.expected("the word for"));
            }
            return Ok(ExprKind::Required { only, except, reasons: Vec::new() });
        }
        Ok(ExprKind::Required { only, except, reasons: self.idents("a reason for control")? })
    }

    fn item_test(&mut self) -> Parsed<ExprKind> {
        self.word("item")?;
        if self.eat("in") {
            Ok(ExprKind::ItemIn(self.item_set()?))
        } else if self.eat("controlled") {
            self.word("for")?;
            Ok(ExprKind::ItemControlled(self.idents("a reason for control")?))
        } else if self.eat("value") {
            self.word("within")?;
            Ok(ExprKind::ItemWithin(self.ident("the name of a value table")?))
        } else if self.eat("classified") {
            Ok(ExprKind::ItemClassified)
        } else {
            Err(self.expected("in, controlled for, value within or classified"))
        }
    }

    fn test(&mut self) -> Parsed<ExprKind> {
        let path = self.ident("a condition")?;
        if self.eat("is") {
            let negated = self.eat("not");
            return Ok(ExprKind::Is { path, negated, values: self.idents("a value")? });
        }
        if self.peek_word() == Some("in") && self.peek_word_at(1) != Some("force") {
            self.word("in")?;
            return Ok(ExprKind::In { path, places: self.place_set()? });
        }
        if self.eat("has") {
            return Ok(ExprKind::Has { path, values: self.idents("a value")? });
        }
        if self.eat("given") {
            return Ok(ExprKind::Given(path));
        }
        if self.eat("same") {
            self.word("as")?;
            return Ok(ExprKind::Same { path, as_path: self.ident("a fact")? });
        }
        match self.op() {
            Some(op) => Ok(ExprKind::Compare { path, op, number: self.number()? }),
            None => Ok(ExprKind::Path(path)),
        }
    }

    fn op(&mut self) -> Option<Op> {
        let op = match self.peek() {
            TokenKind::Sign(">") => Op::More,
            TokenKind::Sign(">=") => Op::AtLeast,
            TokenKind::Sign("<") => Op::Less,
            TokenKind::Sign("<=") => Op::AtMost,
            _ => return None,
        };
        self.eat_sign(match op {
            Op::More => ">",
            Op::AtLeast => ">=",
            Op::Less => "<",
            Op::AtMost => "<=",
        });
        Some(op)
    }

    fn number(&mut self) -> Parsed<f64> {
        let word = self.ident("a number")?;
        let number = word.text.trim_end_matches('%').parse::<f64>().ok().filter(|n| n.is_finite());
        number.ok_or_else(|| self.error(word.span, format!("{} is no number", word.text)))
    }

    pub(super) fn place_set(&mut self) -> Parsed<PlaceSet> {
        let any = self.idents("a country or a set of countries")?;
        let except =
            if self.set_goes_on() { self.idents("a country or a set of countries")? } else { Vec::new() };
        Ok(PlaceSet { any, except })
    }

    pub(super) fn item_set(&mut self) -> Parsed<ItemSet> {
        let any = self.item_entries()?;
        let except = if self.set_goes_on() { self.item_entries()? } else { Vec::new() };
        Ok(ItemSet { any, except })
    }

    /// Whether an `except` of the set follows: one before a text belongs to the limb around the set.
    fn set_goes_on(&mut self) -> bool {
        matches!(self.peek_at(1), TokenKind::Word(_)) && self.eat("except")
    }

    fn item_entries(&mut self) -> Parsed<Vec<ItemEntry>> {
        let mut entries = vec![self.item_entry()?];
        while self.eat_sign(",") {
            entries.push(self.item_entry()?);
        }
        Ok(entries)
    }

    fn item_entry(&mut self) -> Parsed<ItemEntry> {
        let name = self.ident("a control entry or a set of entries")?;
        let mut fors = Vec::new();
        // "for" before a code belongs to the entry; before a condition it is a clause of the rule.
        let a_code_follows = match self.peek_at(1) {
            TokenKind::Sign("(") => true,
            TokenKind::Word(word) => word.starts_with(|c: char| c.is_ascii_digit() || c.is_ascii_uppercase()),
            _ => false,
        };
        if a_code_follows && self.eat("for") {
            if self.eat_sign("(") {
                fors = self.idents("a control entry")?;
                self.sign(")")?;
            } else {
                fors.push(self.ident("a control entry")?);
            }
        }
        Ok(ItemEntry { name, fors })
    }
}
