//! Screening the parties of an order and their owners.

use hisn_lists::{Freshness, Manifest, Party as Listed, Schema, catalogue, health};
use hisn_orders::{Decision, Disposition, Party};
use hisn_screening::{Match, Options, Query, Screener, Strength};
use jiff::civil::Date;

use crate::assessment::*;

/// A party of the order with what lists say of it.
pub(crate) struct Screened<'a> {
    /// `end_user`, `end_user.owner[0]`.
    pub path: String,
    pub name: String,
    pub role: String,
    pub hits: Vec<Hit<'a>>,
    pub owners: Vec<Screened<'a>>,
}

/// A match with what was decided about it.
pub(crate) struct Hit<'a> {
    pub listed: &'a Listed,
    pub found: Match,
    pub strong: bool,
    pub disposition: Option<Disposition>,
}

impl Hit<'_> {
    /// Whether nobody has decided yet.
    pub fn open(&self) -> bool {
        !matches!(
            self.disposition.as_ref().map(|d| d.decision),
            Some(Decision::TrueMatch | Decision::FalsePositive)
        )
    }

    /// Whether somebody decided that the party is another one.
    pub fn cleared(&self) -> bool {
        self.disposition.as_ref().is_some_and(|disposition| disposition.decision == Decision::FalsePositive)
    }

    /// Where the listing has effect; `*` is everywhere.
    pub fn has_effect_in(&self, jurisdiction: &str) -> bool {
        let info = catalogue().by_source(&self.listed.source);
        info.is_none_or(|info| info.jurisdictions.iter().any(|of| of == "*" || of == jurisdiction))
    }
}

/// Screens a party under each of its names, and its owners.
pub(crate) fn screen<'a>(
    screener: &'a Screener,
    party: &Party,
    path: String,
    role: String,
    day: Date,
) -> Screened<'a> {
    let options = Options { on: Some(day), ..Options::default() };
    let mut hits: Vec<Hit<'a>> = Vec::new();
    for name in std::iter::once(&party.name).chain(&party.aliases) {
        for found in screener.screen(&query(party, name), &options) {
            let listed = screener.party(found.index);
            // Of several names of the party the one that says most counts: a strong match before a weak one, then the score.
            let rank = |found: &Match| (found.strength == Strength::Strong, found.score);
            match hits.iter_mut().find(|hit| std::ptr::eq(hit.listed, listed)) {
                Some(known) if rank(&known.found) >= rank(&found) => {}
                Some(known) => {
                    known.strong = found.strength == Strength::Strong;
                    known.found = found;
                }
                None => hits.push(Hit {
                    disposition: disposition(party, &listed.id),
                    strong: found.strength == Strength::Strong,
                    listed,
                    found,
                }),
            }
        }
    }
    let owners = party
        .owners
        .iter()
        .enumerate()
        .map(|(place, owner)| {
            screen(
                screener,
                &owner.party,
                format!("{path}.owner[{place}]"),
                format!("owner of {}", party.name),
                day,
            )
        })
        .collect();
    Screened { path, name: party.name.clone(), role, hits, owners }
}

fn query(party: &Party, name: &str) -> Query {
    Query {
        name: name.to_owned(),
        schema: (party.kind.as_deref() == Some("person")).then_some(Schema::Person),
        countries: party.country.iter().map(ToString::to_string).collect(),
        birth_date: party.birth_date.clone(),
        identifiers: party.identifiers.clone(),
        address: party.address.clone(),
    }
}

fn disposition(party: &Party, entry: &str) -> Option<Disposition> {
    let exact = party.dispositions.iter().find(|disposition| disposition.entry.as_deref() == Some(entry));
    exact.or_else(|| party.dispositions.iter().find(|disposition| disposition.entry.is_none())).cloned()
}

impl Screened<'_> {
    /// This party and every owner beneath it.
    pub fn all(&self) -> Vec<&Screened<'_>> {
        let mut all = vec![self];
        for owner in &self.owners {
            all.extend(owner.all());
        }
        all
    }

    /// As the assessment shows it.
    pub fn report(&self) -> PartyScreening {
        let decided = |decision: Decision| {
            self.hits.iter().any(|hit| hit.disposition.as_ref().is_some_and(|d| d.decision == decision))
        };
        let status = if self.hits.is_empty() {
            ScreeningStatus::Clear
        } else if self.hits.iter().any(Hit::open) {
            ScreeningStatus::PossibleMatch
        } else if decided(Decision::TrueMatch) {
            ScreeningStatus::TrueMatch
        } else {
            ScreeningStatus::FalsePositive
        };
        PartyScreening {
            party: self.name.clone(),
            role: self.role.clone(),
            path: self.path.clone(),
            status,
            matches: self
                .hits
                .iter()
                .map(|hit| {
                    let mut shown = describe(hit.listed, &hit.found);
                    shown.presumed = Some(hit.strong && hit.open());
                    shown.disposition = hit.disposition.as_ref().map(|disposition| Disposed {
                        decision: disposition.decision.as_str(),
                        reason: disposition.reason.clone(),
                    });
                    shown
                })
                .collect(),
        }
    }
}

/// A match in the shape of the schema `hisn.screening/1`.
pub fn describe(listed: &Listed, found: &Match) -> ScreeningMatch {
    let info = catalogue().by_source(&listed.source);
    let fields =
        |fields: &[hisn_screening::Field]| fields.iter().map(|field| field.as_str().to_owned()).collect();
    let effect = match &listed.legal_effect {
        Some(text) => text.clone(),
        None => info.map(|info| info.effect.en.clone()).unwrap_or_default(),
    };
    ScreeningMatch {
        id: listed.id.clone(),
        source: listed.source.clone(),
        caption: listed.caption().to_owned(),
        schema: listed.schema,
        matched_name: listed.names.get(found.name).map(|name| name.text.clone()).unwrap_or_default(),
        score: (found.score * 1000.0).round() / 1000.0,
        strength: if found.strength == Strength::Strong { "strong" } else { "weak" },
        because: found.because.to_sentence_en(),
        features: found
            .features
            .iter()
            .map(|feature| Feature {
                feature: feature.feature.to_owned(),
                score: (feature.score * 1000.0).round() / 1000.0,
            })
            .collect(),
        corroboration: Corroboration {
            agree: fields(&found.corroboration.agree),
            contradict: fields(&found.corroboration.contradict),
            missing: fields(&found.corroboration.missing),
        },
        legal_effect: effect,
        legal_effect_ar: info.map(|info| info.effect.ar.clone()),
        citation: match (&listed.citation, info) {
            (Some(citation), _) => citation.clone(),
            (None, Some(info)) => info.citation.clone(),
            (None, None) => String::new(),
        },
        listed_from: listed.listed_from.map(|day| day.to_string()),
        listed_to: listed.listed_to.map(|day| day.to_string()),
        presumed: None,
        disposition: None,
    }
}

/// The lists of a snapshot as evidence on a day, and what must be said of those that are too old to rely on.
pub fn list_evidence(manifest: &Manifest, day: Date) -> (Vec<ListEvidence>, Vec<String>) {
    let health = health(manifest, day);
    let old = health.iter().filter(|list| list.freshness == Freshness::Stale).map(|list| {
        format!(
            "the list {} ({}) is of {} and {} days old; it may be relied on for {} days: update it",
            list.title,
            list.source,
            list.version,
            list.age_days,
            list.max_age_days.unwrap_or_default()
        )
    });
    let lists = manifest.lists.iter().zip(&health).map(|(list, health)| ListEvidence {
        name: list.source.clone(),
        version: list.version.to_string(),
        sha256: list.sha256.clone(),
        entries: list.entries,
        age_days: i64::from(health.age_days.max(0)),
    });
    (lists.collect(), old.collect())
}
