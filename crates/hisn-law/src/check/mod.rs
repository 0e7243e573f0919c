//! From files to a checked law: every name resolved, every type right, every period sound.

mod expressions;
mod never;
mod resolve;
mod rules;
mod sets;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::diagnostic::{Diagnostic, LawErrors, Span};
use crate::model::*;
use crate::source::{Manifest, PackSource};
use crate::syntax::ast::{self, Declaration, Subject};
use crate::syntax::parse;
use crate::tables::Tables;
use crate::vocabulary::{FactType, ReviewPolicy, Vocabulary};

/// The most reasons for control that one pack may have: they are kept as bits.
const MAX_REASONS: usize = 64;
/// The most words that a fact of type `one of` may have, likewise.
const MAX_WORDS: usize = 64;

impl Law {
    /// Parses and checks packs together. The order of `sources` does not matter.
    ///
    /// # Errors
    /// Every error found, with its place.
    pub fn build(sources: &[PackSource]) -> Result<Law, LawErrors> {
        let mut errors = Vec::new();
        let mut parsed = Vec::new();
        for source in sources {
            match read(source, &mut errors) {
                Ok(pack) => parsed.push(pack),
                Err(error) => errors.push(error),
            }
        }
        parsed.sort_by(|a: &Parsed, b| a.manifest.name.cmp(&b.manifest.name));
        let mut vocabulary = declare_facts(&parsed, &mut errors);
        if !errors.is_empty() {
            return Err(LawErrors(errors));
        }
        let mut packs = Vec::new();
        for pack in &parsed {
            let has_rules = pack
                .files
                .iter()
                .any(|file| file.declarations.iter().any(|d| matches!(d, Declaration::Rule(_))));
            if has_rules {
                packs.push(Builder::build(pack, &parsed, &mut vocabulary, &mut errors));
            }
        }
        if errors.is_empty() { Ok(Law { vocabulary, packs }) } else { Err(LawErrors(errors)) }
    }
}

/// A pack of which the text was read.
struct Parsed<'a> {
    manifest: Manifest,
    digest: String,
    source: &'a PackSource,
    files: Vec<File<'a>>,
    tables: Tables,
}

struct File<'a> {
    name: String,
    text: &'a str,
    declarations: Vec<Declaration>,
}

fn read<'a>(source: &'a PackSource, errors: &mut Vec<Diagnostic>) -> Result<Parsed<'a>, Diagnostic> {
    let manifest = source.manifest()?;
    let mut files = Vec::new();
    for (name, text) in source.ending(".law") {
        match parse(&name, text) {
            Ok(declarations) => files.push(File { name, text, declarations }),
            Err(more) => errors.extend(more),
        }
    }
    let tables = Tables::read(source, errors);
    Ok(Parsed { digest: source.digest(), manifest, source, files, tables })
}

fn declare_facts(packs: &[Parsed<'_>], errors: &mut Vec<Diagnostic>) -> Vocabulary {
    let mut vocabulary = Vocabulary::default();
    for file in packs.iter().flat_map(|pack| &pack.files) {
        for declaration in &file.declarations {
            match declaration {
                Declaration::Fact(fact) => {
                    let error =
                        |message: String| Diagnostic::at(&file.name, file.text, fact.name.span, message);
                    let in_item = |subject| matches!(subject, Subject::Transaction | Subject::Item);
                    let other = match fact.subject {
                        subject if in_item(subject) => vocabulary
                            .find(Subject::Transaction, &fact.name.text)
                            .or_else(|| vocabulary.find(Subject::Item, &fact.name.text)),
                        subject => vocabulary.find(subject, &fact.name.text),
                    };
                    if other.is_some() {
                        errors.push(
                            error(format!("the fact {} is declared twice", fact.name.text))
                                .help("a fact is declared once for all packs; move it to the common pack if two need it"),
                        );
                        continue;
                    }
                    let ty = fact_type(&fact.ty);
                    if matches!(&ty, FactType::OneOf(words) if words.len() > MAX_WORDS) {
                        errors.push(error(format!(
                            "the fact {} has more than {MAX_WORDS} words",
                            fact.name.text
                        )));
                    }
                    let mut open = Vec::new();
                    for word in &fact.open {
                        let place = match &ty {
                            FactType::OneOf(words) => words.iter().position(|known| *known == word.text),
                            _ => None,
                        };
                        match place.and_then(|place| u8::try_from(place).ok()) {
                            Some(place) => open.push(place),
                            None => errors.push(
                                Diagnostic::at(
                                    &file.name,
                                    file.text,
                                    word.span,
                                    format!("{} is none of the words of {}", word.text, fact.name.text),
                                )
                                .help("only a word of the type can leave a fact open"),
                            ),
                        }
                    }
                    vocabulary.declare(&fact.name.text, fact.subject, ty, open, fact.ask.clone());
                }
                Declaration::Policies(order) => {
                    if !vocabulary.policies().is_empty() {
                        let span = order.first().map_or(Span::default(), |(first, _)| first.span);
                        let message = "the order of review policies is declared twice";
                        errors.push(Diagnostic::at(&file.name, file.text, span, message));
                    }
                    let policy = |(name, title): &(ast::Ident, ast::Wording)| ReviewPolicy {
                        name: name.text.clone(),
                        title: title.clone(),
                    };
                    vocabulary.set_policies(order.iter().map(policy).collect());
                }
                _ => {}
            }
        }
    }
    vocabulary
}

fn fact_type(ty: &ast::Type) -> FactType {
    match ty {
        ast::Type::YesNo => FactType::YesNo,
        ast::Type::Number => FactType::Number,
        ast::Type::Country => FactType::Country,
        ast::Type::Text => FactType::Text,
        ast::Type::Words => FactType::Words,
        ast::Type::OneOf(words) => FactType::OneOf(words.iter().map(|word| word.text.clone()).collect()),
    }
}

/// Builds one pack.
struct Builder<'a> {
    vocabulary: &'a mut Vocabulary,
    pack: Pack,
    /// The pack's own files and those of the packs that it uses.
    files: Vec<&'a File<'a>>,
    defines: FxHashMap<(Subject, &'a str), (DefineId, FactType)>,
    declared_places: BTreeMap<&'a str, Declared<'a, ast::PlaceSet>>,
    declared_items: BTreeMap<&'a str, Declared<'a, ast::ItemSet>>,
    table_sets: FxHashMap<String, ItemSetId>,
    code_sets: FxHashMap<String, ItemSetId>,
    limbs: usize,
    /// Codes that the rule being built names, to hold against its period.
    codes_named: Vec<(crate::code::Code, Span)>,
    /// Sets of places that the rule being built asks for, likewise.
    places_named: Vec<(PlacesId, Span)>,
}

/// A named set, and whether it was lowered already.
struct Declared<'a, T> {
    file: &'a File<'a>,
    set: &'a T,
    span: Span,
    lowered: Option<u32>,
    in_progress: bool,
}

impl<'a> Builder<'a> {
    fn build(
        own: &'a Parsed<'a>,
        all: &'a [Parsed<'a>],
        vocabulary: &'a mut Vocabulary,
        errors: &mut Vec<Diagnostic>,
    ) -> Pack {
        let mut used: Vec<&Parsed<'_>> = Vec::new();
        for name in &own.manifest.uses {
            match all.iter().find(|pack| pack.manifest.name == *name) {
                Some(pack) => used.push(pack),
                None => {
                    let file = format!("{}pack.toml", own.source.prefix);
                    errors.push(
                        Diagnostic::in_row(&file, 1, 1, format!("no pack is called {name}"))
                            .help("the packs that `uses` names must be loaded too"),
                    );
                }
            }
        }
        let scope: Vec<&Parsed<'_>> = used.into_iter().chain(std::iter::once(own)).collect();
        let mut builder = Builder {
            vocabulary,
            pack: Pack::empty(own),
            files: scope.iter().flat_map(|pack| &pack.files).collect(),
            defines: FxHashMap::default(),
            declared_places: BTreeMap::new(),
            declared_items: BTreeMap::new(),
            table_sets: FxHashMap::default(),
            code_sets: FxHashMap::default(),
            limbs: 0,
            codes_named: Vec::new(),
            places_named: Vec::new(),
        };
        builder.tables(&scope);
        builder.declare(errors);
        builder.bind_sets(errors);
        builder.bind_defines(errors);
        builder.bind_assumptions(errors);
        builder.bind_rules(errors);
        builder.bind_tables(&scope, errors);
        builder.finish()
    }

    fn tables(&mut self, scope: &[&Parsed<'_>]) {
        for pack in scope {
            let (items, tables) = (&mut self.pack.items, &pack.tables);
            for (entry, rows) in &tables.items.entries {
                items.entries.entry(entry.clone()).or_default().extend(rows.iter().cloned());
            }
            items.controls.extend(tables.items.controls.iter().cloned());
            items.sets.extend(tables.items.sets.iter().cloned());
            items.limits.extend(tables.items.limits.iter().cloned());
            self.pack.place_tables.extend(&tables.places);
            self.pack.treated.extend(tables.treated.iter().cloned());
        }
    }

    fn declare(&mut self, errors: &mut Vec<Diagnostic>) {
        for file in self.files.clone() {
            for declaration in &file.declarations {
                match declaration {
                    Declaration::Places { name, set } => {
                        let declared =
                            Declared { file, set, span: name.span, lowered: None, in_progress: false };
                        if self.declared_places.insert(&name.text, declared).is_some() {
                            errors.push(
                                file.error(name.span, format!("the places {} are declared twice", name.text)),
                            );
                        }
                    }
                    Declaration::Items { name, set } => {
                        let declared =
                            Declared { file, set, span: name.span, lowered: None, in_progress: false };
                        if self.declared_items.insert(&name.text, declared).is_some() {
                            errors.push(
                                file.error(name.span, format!("the items {} are declared twice", name.text)),
                            );
                        }
                    }
                    Declaration::Define(define) => self.declare_define(file, define, errors),
                    Declaration::Rule(rule) => {
                        let reason = match (&rule.reason, &rule.each) {
                            (Some(reason), _) | (None, Some(ast::Each::Control(reason))) => reason,
                            _ => continue,
                        };
                        if self.reason(&reason.text).is_none() {
                            if self.pack.reasons.len() == MAX_REASONS {
                                let message = format!("a pack has at most {MAX_REASONS} reasons for control");
                                errors.push(file.error(reason.span, message));
                            } else {
                                self.pack.reasons.push(reason.text.clone());
                            }
                        }
                    }
                    Declaration::Fact(_) | Declaration::Presume { .. } | Declaration::Policies(_) => {}
                }
            }
        }
    }

    fn finish(mut self) -> Pack {
        let mut turning_points: Vec<_> =
            self.pack.periods().flat_map(|period| period.turning_points()).collect();
        turning_points.sort_unstable();
        turning_points.dedup();
        self.pack.plans = (0..=turning_points.len()).map(|_| OnceLock::new()).collect();
        self.pack.turning_points = turning_points;
        self.pack.item_sets = self.table_sets.len() + self.code_sets.len();
        self.pack.limbs = self.limbs;
        self.pack.country_facts = country_facts(&self.pack.nodes);
        self.pack
    }

    fn node(&mut self, node: Node) -> NodeId {
        self.pack.nodes.push(node);
        (self.pack.nodes.len() - 1) as NodeId
    }

    fn reason(&self, name: &str) -> Option<Reason> {
        self.pack.reasons.iter().position(|reason| reason == name).map(|place| place as Reason)
    }
}

/// The facts of parties, by slot, of which some condition asks in which country they are.
fn country_facts(nodes: &[Node]) -> Vec<u32> {
    let mut slots: Vec<u32> = Vec::new();
    for node in nodes {
        if let Node::In(Ref { who: Who::Role(_) | Who::Party, what: What::Fact(_, slot) }, _) = node
            && !slots.contains(slot)
        {
            slots.push(*slot);
        }
    }
    slots
}

impl File<'_> {
    fn error(&self, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::at(&self.name, self.text, span, message)
    }
}

impl Pack {
    fn empty(parsed: &Parsed<'_>) -> Pack {
        Pack {
            manifest: parsed.manifest.clone(),
            digest: parsed.digest.clone(),
            nodes: Vec::new(),
            rules: Vec::new(),
            defines: Vec::new(),
            assumptions: Vec::new(),
            places: Vec::new(),
            item_sets: 0,
            set_rows: Vec::new(),
            limbs: 0,
            entries: FxHashMap::default(),
            controls: Vec::new(),
            value_tables: Vec::new(),
            reasons: Vec::new(),
            destination: None,
            country_facts: Vec::new(),
            items: crate::tables::Items::default(),
            place_tables: crate::tables::Places::default(),
            treated: Vec::new(),
            phrases: Vec::new(),
            turning_points: Vec::new(),
            plans: Vec::new(),
        }
    }
}
