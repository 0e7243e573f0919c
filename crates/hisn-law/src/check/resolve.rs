//! What a name in a condition stands for.

use super::{Builder, File};
use crate::case::Role;
use crate::diagnostic::{Diagnostic, nearest};
use crate::model::*;
use crate::syntax::ast::{self, Ident, Subject};
use crate::vocabulary::{FactId, FactType, Value};

/// What is presumed of a fact of which nothing is presumed.
const UNKNOWN: &str = "unknown";

/// What may be named in a condition.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub file: &'a File<'a>,
    pub party: bool,
    pub owner: bool,
    pub listing: bool,
    /// Whether the requirements that were found may be asked about.
    pub results: bool,
}

impl<'a> Scope<'a> {
    pub fn of(file: &'a File<'a>) -> Scope<'a> {
        Scope { file, party: false, owner: false, listing: false, results: false }
    }
}

impl<'a> Builder<'a> {
    /// A fact or a definition, and its type.
    pub(super) fn resolve(&self, path: &Ident, scope: Scope<'_>) -> Result<(Ref, FactType), Diagnostic> {
        let (head, rest) = path.text.split_once('.').unwrap_or(("", path.text.as_str()));
        let (who, subject) = match head {
            "" => return self.resolve_bare(path, scope),
            "item" => (Who::Item, Subject::Item),
            head => {
                let who = self.subject_of(head, path, scope)?;
                (who, if who == Who::Listing { Subject::Listing } else { Subject::Party })
            }
        };
        self.lookup(subject, rest, who).ok_or_else(|| self.unknown(path, rest, &[subject], scope))
    }

    /// Whose listings or owners are meant.
    pub(super) fn subject(&self, word: &Ident, scope: Scope<'_>) -> Result<Who, Diagnostic> {
        self.subject_of(&word.text, word, scope)
    }

    fn subject_of(&self, word: &str, at: &Ident, scope: Scope<'_>) -> Result<Who, Diagnostic> {
        let bound = |bound: bool, who: Who| {
            let help =
                format!("use it under `each {word}`, in `any {word} …( )` or in a definition `of {word}`");
            if bound {
                Ok(who)
            } else {
                Err(scope.file.error(at.span, format!("no {word} is meant here")).help(help))
            }
        };
        match word {
            "party" => bound(scope.party, Who::Party),
            "owner" => bound(scope.owner, Who::Owner),
            "listing" => bound(scope.listing, Who::Listing),
            _ => match Role::parse(word).filter(|role| role.path() == word) {
                Some(role) => Ok(Who::Role(role)),
                None => {
                    let roles: Vec<String> = Role::ALL.iter().map(|role| role.path()).collect();
                    let known = roles.iter().map(String::as_str).chain(["party", "owner", "listing", "item"]);
                    let error = scope.file.error(at.span, format!("{word} is no party of a transaction"));
                    Err(match nearest(word, known) {
                        Some(near) => error.help(format!("did you mean {near}?")),
                        None => {
                            error.help(format!("one of {}, party, owner, listing, item", roles.join(", ")))
                        }
                    })
                }
            },
        }
    }

    fn resolve_bare(&self, path: &Ident, scope: Scope<'_>) -> Result<(Ref, FactType), Diagnostic> {
        let name = &path.text;
        self.lookup(Subject::Transaction, name, Who::Transaction)
            .or_else(|| self.lookup(Subject::Item, name, Who::Item))
            .ok_or_else(|| self.unknown(path, name, &[Subject::Transaction, Subject::Item], scope))
    }

    fn lookup(&self, subject: Subject, name: &str, who: Who) -> Option<(Ref, FactType)> {
        if let Some((define, ty)) = self.defines.get(&(subject, name)) {
            return Some((Ref { who, what: What::Define(*define) }, ty.clone()));
        }
        let id = self.vocabulary.find(subject, name)?;
        let fact = self.vocabulary.fact(id)?;
        Some((Ref { who, what: What::Fact(id, fact.slot as u32) }, fact.ty.clone()))
    }

    fn unknown(&self, path: &Ident, name: &str, subjects: &[Subject], scope: Scope<'_>) -> Diagnostic {
        let facts = subjects.iter().flat_map(|subject| self.vocabulary.names(*subject));
        let defines =
            self.defines.keys().filter(|(subject, _)| subjects.contains(subject)).map(|(_, name)| *name);
        let error = scope.file.error(path.span, format!("no fact and no definition is called {}", path.text));
        match nearest(name, facts.chain(defines)) {
            Some(near) => error.help(format!("did you mean {near}?")),
            None => error.help("declare it with `fact` or `define`"),
        }
    }

    /// A value written in a law, for a fact of type `ty`.
    pub(super) fn literal(&self, ty: &FactType, word: &Ident, file: &File<'_>) -> Result<Value, Diagnostic> {
        let wrong = |expected: String| {
            file.error(word.span, format!("{} is no value here", word.text)).help(expected)
        };
        match ty {
            FactType::YesNo => match word.text.as_str() {
                "yes" | "true" => Ok(Value::YesNo(true)),
                "no" | "false" => Ok(Value::YesNo(false)),
                _ => Err(wrong("yes or no".into())),
            },
            FactType::Number => word.text.parse().map(Value::Number).map_err(|_| wrong("a number".into())),
            FactType::Country => {
                // In capitals: `to` is a fact, TO a country.
                let capitals = word.text.chars().all(|c| c.is_ascii_uppercase());
                let country = crate::country::Country::parse(&word.text).filter(|_| capitals);
                country.map(Value::Country).ok_or_else(|| wrong("a country code of two letters".into()))
            }
            FactType::OneOf(words) => {
                let place = words.iter().position(|known| *known == word.text);
                place.and_then(|place| u8::try_from(place).ok()).map(Value::OneOf).ok_or_else(
                    || match nearest(&word.text, words.iter().map(String::as_str)) {
                        Some(near) => wrong(format!("did you mean {near}?")),
                        None => wrong(format!("one of {}", words.join(", "))),
                    },
                )
            }
            FactType::Text | FactType::Words => Err(wrong("text has no values that the law can name".into())),
        }
    }

    pub(super) fn declare_define(
        &mut self,
        file: &'a File<'a>,
        define: &'a ast::Define,
        errors: &mut Vec<Diagnostic>,
    ) {
        let ty = match (&define.body, &define.ty) {
            (ast::DefineBody::Truth(_), None | Some(ast::Type::YesNo)) => FactType::YesNo,
            (ast::DefineBody::Cases(_), Some(ty)) => super::fact_type(ty),
            (ast::DefineBody::Truth(_), Some(_)) => {
                errors.push(file.error(define.name.span, "a definition with `when` is yes/no"));
                FactType::YesNo
            }
            (ast::DefineBody::Cases(_), None) => {
                let message = format!("the type of {} is missing", define.name.text);
                errors.push(
                    file.error(define.name.span, message)
                        .help("write it after the name: `define destination: country`"),
                );
                FactType::YesNo
            }
        };
        let key = (define.subject, define.name.text.as_str());
        match self.defines.get(&key) {
            Some((_, known)) if *known != ty => {
                let message = format!("{} has another type in another version", define.name.text);
                errors.push(file.error(define.name.span, message));
            }
            Some(_) => {}
            None => {
                let id = self.pack.defines.len() as DefineId;
                self.pack.defines.push(Define { versions: Vec::new() });
                self.defines.insert(key, (id, ty));
            }
        }
    }

    pub(super) fn bind_defines(&mut self, errors: &mut Vec<Diagnostic>) {
        for file in self.files.clone() {
            for declaration in &file.declarations {
                if let ast::Declaration::Define(define) = declaration
                    && let Err(error) = self.bind_define(file, define)
                {
                    errors.push(error);
                }
            }
        }
        if let Some((id, FactType::Country)) = self.defines.get(&(Subject::Transaction, "destination")) {
            self.pack.destination = Some(Ref { who: Who::Transaction, what: What::Define(*id) });
        }
    }

    fn bind_define(&mut self, file: &'a File<'a>, define: &'a ast::Define) -> Result<(), Diagnostic> {
        let Some((id, ty)) = self.defines.get(&(define.subject, define.name.text.as_str())).cloned() else {
            return Ok(());
        };
        let mut scope = Scope::of(file);
        scope.party = define.subject == Subject::Party;
        scope.listing = define.subject == Subject::Listing;
        let body = match &define.body {
            ast::DefineBody::Truth(expr) => DefineBody::Truth(self.expr(expr, scope)?),
            ast::DefineBody::Cases(cases) => {
                let mut bound = Vec::new();
                for (value, when) in cases {
                    let when = when.as_ref().map(|when| self.expr(when, scope)).transpose()?;
                    bound.push((self.case(&ty, value, scope)?, when));
                }
                DefineBody::Cases(bound)
            }
        };
        let states = super::rules::states(file, &define.states)?;
        let versions = self.pack.defines.get_mut(id as usize).map(|define| &mut define.versions);
        if let Some(versions) = versions {
            let others = versions.iter().map(|version| version.states.as_slice());
            super::rules::no_overlap(file, &define.name, &states, others)?;
            versions.push(DefineVersion { states, body });
        }
        Ok(())
    }

    fn case(&self, ty: &FactType, word: &Ident, scope: Scope<'_>) -> Result<Case, Diagnostic> {
        if word.text == "unknown" {
            return Ok(Case::Value(Value::Unknown));
        }
        let literal = self.literal(ty, word, scope.file);
        if let Ok(value) = literal {
            return Ok(Case::Value(value));
        }
        match self.resolve(word, scope) {
            Ok((found, of)) if of == *ty => Ok(Case::Ref(found)),
            Ok(_) => Err(scope
                .file
                .error(word.span, format!("{} has another type than the definition", word.text))),
            // A word that is neither: the error about facts names the nearest, unless the type has words of its own.
            Err(error) => Err(if matches!(ty, FactType::OneOf(_)) && !word.text.contains('.') {
                literal.err().unwrap_or(error)
            } else {
                error
            }),
        }
    }

    /// What the law presumes of facts: the last word on a fact counts, so that a pack may presume otherwise than one it uses.
    pub(super) fn bind_assumptions(&mut self, errors: &mut Vec<Diagnostic>) {
        for file in self.files.clone() {
            for declaration in &file.declarations {
                let (name, subject, assume) = match declaration {
                    ast::Declaration::Fact(fact) => match &fact.assume {
                        Some(assume) => (&fact.name, fact.subject, assume),
                        None => continue,
                    },
                    ast::Declaration::Presume { name, subject, assume } => (name, *subject, assume),
                    _ => continue,
                };
                match self.assumption(file, name, subject, assume) {
                    Ok((id, assumption)) => {
                        let place = id.0 as usize;
                        if self.pack.assumptions.len() <= place {
                            self.pack.assumptions.resize_with(place + 1, || None);
                        }
                        if let Some(slot) = self.pack.assumptions.get_mut(place) {
                            *slot = assumption;
                        }
                    }
                    Err(error) => errors.push(error),
                }
            }
        }
    }

    fn assumption(
        &mut self,
        file: &'a File<'a>,
        name: &ast::Ident,
        subject: Subject,
        assume: &ast::Assume,
    ) -> Result<(FactId, Option<Assumption>), Diagnostic> {
        let Some((id, fact)) = self
            .vocabulary
            .find(subject, &name.text)
            .and_then(|id| Some((id, self.vocabulary.fact(id)?.clone())))
        else {
            let error = file.error(name.span, format!("no fact is called {}", name.text));
            return Err(match nearest(&name.text, self.vocabulary.names(subject)) {
                Some(near) => error.help(format!("did you mean {near}?")),
                None => error.help("facts are declared with `fact`, in this pack or the common one"),
            });
        };
        let mut scope = Scope::of(file);
        scope.party = subject == Subject::Party;
        scope.listing = subject == Subject::Listing;
        if assume.value.text == UNKNOWN {
            return Ok((id, None));
        }
        let value = self.literal(&fact.ty, &assume.value, file)?;
        let unless = assume.unless.as_ref().map(|unless| self.expr(unless, scope)).transpose()?;
        Ok((id, Some(Assumption { value, unless })))
    }
}
