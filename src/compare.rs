//! Compares two documents alone: whether what one says lies within what another says.
//!
//! In go a [`Pair`]: what was approved and what is planned, each as one cloud writes it down (see `compare/documents`). Out comes
//! an [`Answer`] with the same three results as everywhere. There is no plan, no manifest, no day and no ticket here.
//!
//! Several approved documents count as their union. Where that union means one thing if a denial in one of them cuts
//! into the others and another thing if it does not, the answer is undecided; likewise for several planned documents.

mod documents;
mod excess;
mod readings;
mod why;

use std::collections::BTreeMap;

use crate::catalog::{Catalog, Used};
use crate::lower::{Dialect, Lowered, Side, Terms, lower, with_facts};
use crate::reason::Reason;
use crate::value::Value;
use access_algebra::evaluate::{self, Truth};
use access_algebra::{Access, Containment, Request, Witness, contains};

/// Two documents.
#[derive(Clone, Debug)]
pub struct Pair<'a> {
    /// How both are written.
    pub dialect: Dialect,
    /// What was approved: documents, each of which may be a list of them. Their union counts.
    pub approved: &'a [Value],
    /// What is planned: one document, or a list of them.
    pub planned: &'a Value,
    /// What neither document says, such as which project lies in which folder.
    pub facts: &'a BTreeMap<String, String>,
    /// What roles hold, and what requests really look like.
    pub catalog: &'a Catalog,
}

/// Whether the planned document lies within the approved one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conclusion {
    /// Proved.
    Contained,
    /// Disproved by a witness.
    Exceeds(Box<Witness>),
    /// Neither; one lower-case sentence says why.
    Undecided(String),
}

impl From<Containment> for Conclusion {
    fn from(answer: Containment) -> Self {
        match answer {
            Containment::Contained => Self::Contained,
            Containment::Exceeds(witness) => Self::Exceeds(witness),
            Containment::Undecided(reason) => Self::Undecided(Reason::from(reason).to_string()),
        }
    }
}

/// What came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// One of three.
    pub result: Conclusion,
    /// In what the planned document is wider, or why nobody can say: one lower-case sentence. `None` where it is
    /// contained.
    pub reason: Option<String>,
    /// Every known action that is wider on the witness's resource, its own among them; empty where none is known.
    pub excess: Vec<String>,
    /// What a reader has to know besides; none of it changes the result.
    pub notes: Vec<String>,
}

impl Answer {
    /// Neither proved nor disproved.
    pub fn undecided(reason: impl Into<String>) -> Self {
        let reason = reason.into();
        Self {
            result: Conclusion::Undecided(reason.clone()),
            reason: Some(reason),
            excess: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// The word for the result in output.
    pub fn word(&self) -> &'static str {
        word(&self.result)
    }
}

fn word(result: &Conclusion) -> &'static str {
    match result {
        Conclusion::Contained => "contained",
        Conclusion::Exceeds(_) => "exceeds",
        Conclusion::Undecided(_) => "undecided",
    }
}

/// Decides `planned ⊆ approved`.
pub fn compare(pair: &Pair<'_>) -> Answer {
    let mut documents = Documents::default();
    for (at, document) in pair.approved.iter().enumerate() {
        let what = if pair.approved.len() > 1 {
            format!("approved document {}", at + 1)
        } else {
            "approved document".to_owned()
        };
        match documents::read(pair.dialect, document) {
            Ok(read) => documents.approved.extend(read),
            Err(reason) => return Answer::undecided(format!("the {what} can't be read: {reason}")),
        }
    }
    match documents::read(pair.dialect, pair.planned) {
        Ok(read) if read.is_empty() => return Answer::undecided("there is no planned document to judge"),
        Ok(read) => documents.planned = read,
        Err(reason) => return Answer::undecided(format!("the planned document can't be read: {reason}")),
    }
    let mut sides = by_name(pair, &documents);
    let mut result = decide(&sides);
    let mut used = Vec::new();
    if result != Conclusion::Contained {
        let read = by_content(pair, &documents, &mut used);
        if !used.is_empty() {
            result = decide(&read);
            sides = read;
        }
    }
    let mut excess = Vec::new();
    if let Conclusion::Exceeds(witness) = &mut result {
        (**witness, excess) = excess::work_out(&sides, pair.dialect, pair.catalog, witness);
    }
    let mut answer = Answer {
        reason: match &result {
            Conclusion::Contained => None,
            Conclusion::Exceeds(witness) => Some(why::wider(&union(&sides.approved), &witness.request)),
            Conclusion::Undecided(reason) => Some(reason.clone()),
        },
        excess,
        notes: used.iter().map(|used| format!("judged by content: {used}")).collect(),
        result,
    };
    if let Conclusion::Exceeds(witness) = &answer.result
        && why::by_action(&union(&sides.approved), &witness.request)
        && documents.only_name(pair)
    {
        answer.notes.push(BY_NAME.to_owned());
    }
    if pair.dialect == Dialect::Aws {
        answer.notes.extend(readings::note(&sides, &answer.result));
    }
    answer
}

/// Both sides, document by document.
#[derive(Clone, Debug, Default)]
struct Sides {
    approved: Vec<Lowered>,
    planned: Vec<Lowered>,
}

/// The words of each document of each side.
#[derive(Debug, Default)]
struct Documents {
    approved: Vec<Vec<Terms>>,
    planned: Vec<Vec<Terms>>,
}

/// What a reader has to know of an escape that a role's content might have closed.
const BY_NAME: &str = "a role is compared by its name where it is not known what it holds: `--catalog` tells";

impl Documents {
    /// Whether one of them names a role that a catalogue could know and does not.
    fn only_name(&self, pair: &Pair<'_>) -> bool {
        let named = |documents: &[Vec<Terms>], known: &dyn Fn(&Terms) -> bool| {
            documents.iter().flatten().any(|terms| !terms.roles.is_empty() && !known(terms))
        };
        matches!(pair.dialect, Dialect::Google | Dialect::Azuread)
            && (named(&self.approved, &|terms| pair.catalog.approved(pair.dialect, terms).is_some())
                || named(&self.planned, &|terms| pair.catalog.planned(pair.dialect, terms).is_some()))
    }
}

/// Each document's Access, with roles by their names.
fn by_name(pair: &Pair<'_>, documents: &Documents) -> Sides {
    let name = |side: Side| move |terms: &Terms| lower(pair.dialect, side, terms);
    Sides {
        approved: lowered(pair, &documents.approved, name(Side::Approved)),
        planned: lowered(pair, &documents.planned, name(Side::Planned)),
    }
}

/// The same with roles by their content, as far as a catalogue knows them; a name that is approved counts besides.
fn by_content(pair: &Pair<'_>, documents: &Documents, used: &mut Vec<Used>) -> Sides {
    let approved = lowered(pair, &documents.approved, |terms| {
        let mut whole = lower(pair.dialect, Side::Approved, terms);
        if let Some(content) = pair.catalog.approved(pair.dialect, terms) {
            whole.access.statements.extend(content.lowered.access.statements);
            used.extend(content.used);
        }
        whole
    });
    let together = union(&approved);
    let planned = lowered(pair, &documents.planned, |terms| {
        let name = lower(pair.dialect, Side::Planned, terms);
        let passes = || name.doubts.is_empty() && contains(&together, &name.access) == Containment::Contained;
        match pair.catalog.planned(pair.dialect, terms).filter(|_| !passes()) {
            Some(content) => {
                used.extend(content.used);
                content.lowered
            }
            None => name,
        }
    });
    used.sort();
    used.dedup();
    Sides { approved, planned }
}

/// Each document's Access; the words of one document are a union.
fn lowered(
    pair: &Pair<'_>,
    documents: &[Vec<Terms>],
    mut meaning: impl FnMut(&Terms) -> Lowered,
) -> Vec<Lowered> {
    let one = |document: &Vec<Terms>| {
        let mut whole = Lowered::default();
        for terms in document {
            let mut terms = terms.clone();
            with_facts(pair.dialect, &mut terms, pair.facts);
            let part = meaning(&terms);
            whole.access.statements.extend(part.access.statements);
            whole.doubts.extend(part.doubts);
            whole.missing_facts.extend(part.missing_facts);
        }
        whole
    };
    documents.iter().map(one).collect()
}

fn union(documents: &[Lowered]) -> Access {
    Access { statements: documents.iter().flat_map(|one| one.access.statements.iter().cloned()).collect() }
}

/// A planned document that certainly exceeds says more than one that could not be decided.
fn decide(sides: &Sides) -> Conclusion {
    let (approved, planned) = (union(&sides.approved), union(&sides.planned));
    let mut undecided = None;
    for document in &sides.planned {
        match one(sides, &approved, &planned, document) {
            Conclusion::Contained => {}
            Conclusion::Exceeds(witness) => return Conclusion::Exceeds(witness),
            Conclusion::Undecided(reason) => {
                undecided.get_or_insert(reason);
            }
        }
    }
    undecided.map_or(Conclusion::Contained, Conclusion::Undecided)
}

/// One planned document against all that is approved. What is approved is read narrowly, so that a doubt about it
/// leaves a proof as it is and turns an escape into a suspicion.
fn one(sides: &Sides, approved: &Access, planned: &Access, document: &Lowered) -> Conclusion {
    let undecided = |doubt: &Reason| Conclusion::Undecided(doubt.to_string());
    if let Some(doubt) = document.doubts.first() {
        return undecided(doubt);
    }
    let witness = match contains(approved, &document.access).into() {
        Conclusion::Exceeds(witness) => witness,
        settled @ (Conclusion::Contained | Conclusion::Undecided(_)) => return settled,
    };
    let doubts = sides.approved.iter().flat_map(|one| one.doubts.iter().chain(&one.missing_facts));
    if let Some(doubt) = { doubts }.next() {
        return undecided(doubt);
    }
    match between_documents(sides, planned, &witness) {
        Some(reason) => Conclusion::Undecided(reason),
        None => Conclusion::Exceeds(witness),
    }
}

/// Whether a witness is one only if a denial in one document cuts into the other documents of its side, or only if
/// it does not.
fn between_documents(sides: &Sides, planned: &Access, witness: &Witness) -> Option<String> {
    let allows = |access: &Access, request: &Request| evaluate::judge(access, request) != Truth::No;
    if let Some(at) = sides.approved.iter().position(|one| allows(&one.access, &witness.request)) {
        return Some(format!(
            "approved document {} allows what another one denies, and whether that denial is meant for both is not said: put the \
             denial and what it limits into one document",
            at + 1
        ));
    }
    (!allows(planned, &witness.request)).then(|| {
        "one planned document allows what another one denies, and whether both hold for one principal is not said: put the \
         statements into one document"
            .to_owned()
    })
}
