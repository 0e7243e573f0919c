//! Conditions into nodes.

use super::Builder;
use super::resolve::Scope;
use crate::Truth;
use crate::diagnostic::{Diagnostic, nearest};
use crate::model::*;
use crate::syntax::ast::{Expr, ExprKind, Ident, Over, Subject};
use crate::vocabulary::{FactType, Value};

impl Builder<'_> {
    pub(super) fn expr(&mut self, expr: &Expr, scope: Scope<'_>) -> Result<NodeId, Diagnostic> {
        let node = match &expr.kind {
            ExprKind::And(parts) => Node::And(self.all(parts, scope)?),
            ExprKind::Or(parts) => Node::Or(self.all(parts, scope)?),
            ExprKind::Not(inner) => Node::Not(self.expr(inner, scope)?),
            ExprKind::Path(path) => match self.resolve(path, scope)? {
                (found, FactType::YesNo) => Node::Yes(found),
                (_, ty) => return Err(wrong_type(path, &ty, scope)),
            },
            ExprKind::Given(path) => match self.resolve(path, scope)? {
                (found @ Ref { what: What::Fact(..), .. }, _) => Node::Given(found),
                _ => {
                    return Err(scope
                        .file
                        .error(path.span, "only a fact can be given; this is a definition"));
                }
            },
            ExprKind::Same { path, as_path } => {
                let ((one, ty), (other, as_ty)) = (self.resolve(path, scope)?, self.resolve(as_path, scope)?);
                let can_be_same =
                    matches!(ty, FactType::Country | FactType::Number | FactType::OneOf(_) | FactType::YesNo);
                if !can_be_same || ty != as_ty {
                    return Err(scope
                        .file
                        .error(as_path.span, format!("{} and {} cannot be compared", path.text, as_path.text))
                        .help("both must be countries, numbers, or one of the same words"));
                }
                Node::Same(one, other)
            }
            ExprKind::Is { path, negated, values } => {
                let node = self.is(path, values, scope)?;
                if *negated { Node::Not(self.node(node)) } else { node }
            }
            ExprKind::In { path, places } => match self.resolve(path, scope)? {
                (found, FactType::Country) => {
                    let id = self.places(places, scope.file)?;
                    self.places_named.push((id, expr.span));
                    Node::In(found, id)
                }
                (_, ty) => return Err(wrong_type(path, &ty, scope)),
            },
            ExprKind::Has { path, values } => match self.resolve(path, scope)? {
                (found, FactType::Words) => {
                    Node::Has(found, values.iter().map(|value| self.vocabulary.intern(&value.text)).collect())
                }
                (_, ty) => return Err(wrong_type(path, &ty, scope)),
            },
            ExprKind::Compare { path, op, number } => match self.resolve(path, scope)? {
                (found, FactType::Number) => Node::Compare(found, *op, *number),
                (_, ty) => return Err(wrong_type(path, &ty, scope)),
            },
            ExprKind::ItemIn(set) => return self.items(set, scope.file),
            ExprKind::ItemControlled(reasons) => Node::ItemControlled(self.reasons(reasons, scope)?),
            ExprKind::ItemWithin(name) => Node::ItemWithin(self.value_table(name, scope)?),
            ExprKind::ItemClassified => Node::ItemClassified,
            ExprKind::Any { over, body } => self.any(over, body, scope)?,
            ExprKind::Share { of, body, op, number } => {
                let of = self.subject(of, scope)?;
                let body = self.expr(body, Scope { owner: true, ..scope })?;
                let percent = self.vocabulary.find(Subject::Party, "percent");
                let percent = percent.and_then(|id| Some((id, self.vocabulary.fact(id)?.slot as u32)));
                Node::Share(Share { of, body, op: *op, number: *number, percent })
            }
            ExprKind::Required { only, except, reasons } => {
                if !scope.results {
                    return Err(scope.file.error(expr.span, "requirements are not known yet where this is evaluated").help(
                        "`required` may stand in exceptions, restrictions, reviews, obligations, flags and counsel",
                    ));
                }
                let reasons = self.reasons(reasons, scope)?;
                Node::Required(match (only, except, reasons) {
                    (true, _, reasons) => Required::Only(reasons),
                    (_, true, reasons) => Required::Except(reasons),
                    (_, _, 0) => Required::Any,
                    (_, _, reasons) => Required::For(reasons),
                })
            }
        };
        Ok(self.node(node))
    }

    fn all(&mut self, parts: &[Expr], scope: Scope<'_>) -> Result<Box<[NodeId]>, Diagnostic> {
        parts.iter().map(|part| self.expr(part, scope)).collect()
    }

    fn is(&mut self, path: &Ident, values: &[Ident], scope: Scope<'_>) -> Result<Node, Diagnostic> {
        let (found, ty) = self.resolve(path, scope)?;
        match &ty {
            FactType::YesNo => {
                let yes = values.iter().map(|value| self.literal(&ty, value, scope.file));
                let yes: Vec<bool> =
                    yes.map(|value| Ok(value? == Value::YesNo(true))).collect::<Result<_, Diagnostic>>()?;
                Ok(match (yes.contains(&true), yes.contains(&false)) {
                    (true, true) => Node::Const(Truth::True),
                    (true, false) => Node::Yes(found),
                    _ => Node::Not(self.node(Node::Yes(found))),
                })
            }
            FactType::OneOf(_) => {
                let mut mask = 0u64;
                for value in values {
                    if let Value::OneOf(place) = self.literal(&ty, value, scope.file)? {
                        mask |= 1u64.checked_shl(u32::from(place)).unwrap_or(0);
                    }
                }
                Ok(Node::OneOf(found, mask))
            }
            FactType::Country => {
                let mut countries = Vec::new();
                for value in values {
                    if let Value::Country(country) = self.literal(&ty, value, scope.file)? {
                        countries.push(country);
                    }
                }
                Ok(Node::IsCountry(found, countries.into()))
            }
            FactType::Number | FactType::Text | FactType::Words => Err(wrong_type(path, &ty, scope)),
        }
    }

    fn any(&mut self, over: &Over, body: &Expr, scope: Scope<'_>) -> Result<Node, Diagnostic> {
        Ok(match over {
            Over::Parties => Node::AnyParty(self.expr(body, Scope { party: true, ..scope })?),
            Over::ListingsOf(of) => {
                let of = self.subject(of, scope)?;
                Node::AnyListing(of, self.expr(body, Scope { listing: true, ..scope })?)
            }
            Over::OwnersOf(of) => {
                let of = self.subject(of, scope)?;
                Node::AnyOwner(of, self.expr(body, Scope { owner: true, ..scope })?)
            }
            Over::OwnerListingsOf(of) => {
                let of = self.subject(of, scope)?;
                Node::AnyOwnerListing(of, self.expr(body, Scope { listing: true, ..scope })?)
            }
        })
    }

    pub(super) fn reasons(&self, names: &[Ident], scope: Scope<'_>) -> Result<Reasons, Diagnostic> {
        names.iter().try_fold(0, |mask, name| match self.reason(&name.text) {
            Some(reason) => Ok(mask | 1u64 << reason),
            None => {
                let error =
                    scope.file.error(name.span, format!("no requirement has the reason {}", name.text));
                Err(match nearest(&name.text, self.pack.reasons.iter().map(String::as_str)) {
                    Some(near) => error.help(format!("did you mean {near}?")),
                    None => error.help(format!("one of {}", self.pack.reasons.join(", "))),
                })
            }
        })
    }

    fn value_table(&mut self, name: &Ident, scope: Scope<'_>) -> Result<usize, Diagnostic> {
        if let Some(known) = self.pack.value_tables.iter().position(|table| *table == name.text) {
            return Ok(known);
        }
        if !self.pack.items.limits.iter().any(|limit| limit.table == name.text) {
            return Err(scope.file.error(name.span, format!("no table is called {}", name.text)).help(
                format!(
                    "tables/{}.csv must have the columns entry, paragraphs, except, limit, currency, …",
                    name.text
                ),
            ));
        }
        self.pack.value_tables.push(name.text.clone());
        Ok(self.pack.value_tables.len() - 1)
    }
}

fn wrong_type(path: &Ident, ty: &FactType, scope: Scope<'_>) -> Diagnostic {
    let (is, help) = match ty {
        FactType::YesNo => ("yes or no", "write it alone, or with `is yes`"),
        FactType::Number => ("a number", "compare it: `>= 25`"),
        FactType::Country => ("a country", "write `in` and a set, or `is` and a code"),
        FactType::Text => ("free text", "the law can only ask whether it is `given`"),
        FactType::Words => ("a list of words", "write `has` and the words"),
        FactType::OneOf(_) => ("a word", "write `is` and the words"),
    };
    scope.file.error(path.span, format!("{} is {is}", path.text)).help(help)
}
