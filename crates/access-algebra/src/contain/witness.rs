//! From an escape to a request that anybody can check.
//!
//! In goes what a search has settled; out comes a request, agreed by [`crate::evaluate`], or the reason why
//! the escape is no more than a suspicion. Keys are left out of the request where they can be, and strings are chosen
//! to be read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::bounds;
use super::problem::DIMENSIONS;
use super::search::Search;
use super::symbol::Symbol;
use super::text::{self, Answer};
use super::theory::{self, KeyValue, Taste};
use crate::evaluate::{self, Truth};
use crate::{Access, Condition, Context, Hole, HoleKind, Quantifier, Reason, Request, Statement, Test};

/// The policy variable that a reason is about.
pub(super) fn variable_of(reason: &Reason) -> Option<&Arc<str>> {
    match reason {
        Reason::Variable { key } => Some(key),
        Reason::MissingFact { .. }
        | Reason::UnknownValue { .. }
        | Reason::UnreadableValue { .. }
        | Reason::SeveralValues { .. }
        | Reason::OpaqueCondition { .. }
        | Reason::MixedTypes { .. }
        | Reason::Budget(_)
        | Reason::Unconfirmed => None,
    }
}

/// The reason that a condition gives where it is settled and its meaning is not known.
fn doubted(condition: &Condition) -> Reason {
    match &condition.test {
        Test::Opaque(words) => Reason::OpaqueCondition { condition: Arc::clone(words) },
        Test::Text { .. }
        | Test::Number { .. }
        | Test::Date { .. }
        | Test::Address { .. }
        | Test::Present(_) => Reason::SeveralValues { key: Arc::clone(&condition.key) },
    }
}

/// Strings chosen for a request; letters in them still stand for holes.
struct Draft<'a> {
    dimensions: Vec<Vec<Symbol<'a>>>,
    keys: BTreeMap<&'a Arc<str>, KeyValue<'a>>,
    /// The variables that letters stand for.
    variables: BTreeSet<&'a Arc<str>>,
    loose: bool,
}

/// An escape that is no witness, and the request that it came to, where it came to one.
pub(super) type Suspicion = Box<(Reason, Option<Request>)>;

/// The request that a search has come to. `Ok(None)` where nothing can be so after all.
pub(super) fn confirm(
    search: &mut Search<'_, '_>,
    approved: &Access,
    planned: &Access,
) -> Result<Option<Request>, Suspicion> {
    let Some(draft) = draft(search).map_err(|doubt| Box::new((doubt, None)))? else { return Ok(None) };
    let opaque = search.opaque();
    let mut last = None;
    for filler in ["example", "other", "x7"] {
        let Some(request) = draft.request(filler) else { break };
        if evaluate::judge(planned, &request) == Truth::Yes
            && evaluate::judge(approved, &request) == Truth::No
        {
            return Ok(Some(request));
        }
        last = Some(request);
        if draft.variables.is_empty() {
            break;
        }
    }
    if let Some(condition) = opaque {
        return Err(Box::new((doubted(condition), last)));
    }
    let statements = || planned.statements.iter().chain(&approved.statements);
    let wavering = |request: &Request| statements().find_map(|statement| wavering(statement, request));
    if let Some(doubt) = last.as_ref().and_then(wavering) {
        return Err(Box::new((doubt, last)));
    }
    // A variable may stand in the way without a letter: by a value that its key has for another reason.
    let given = |name: &Arc<str>| last.as_ref().is_some_and(|request| request.context.contains_key(name));
    let named = draft.variables.first().copied().cloned();
    let named =
        named.or_else(|| statements().flat_map(variables).find(|name| draft.loose || given(name)).cloned());
    Err(Box::new((named.map_or(Reason::Unconfirmed, |key| Reason::Variable { key }), last)))
}

fn draft<'a>(search: &mut Search<'_, 'a>) -> Result<Option<Draft<'a>>, Reason> {
    let mut draft =
        Draft { dimensions: Vec::new(), keys: BTreeMap::new(), variables: BTreeSet::new(), loose: false };
    for variable in 0..DIMENSIONS {
        let sets = search.sets(variable, search.settled_on(variable));
        match text::example(&sets, search.budget) {
            Answer::Yes(found) => {
                draft.loose |= found.loose;
                draft.note(&found.text)?;
                draft.dimensions.push(found.text);
            }
            Answer::No | Answer::Unknown => return Ok(None),
        }
    }
    // A key's value may hold letters that stand for other keys, which must then have single values too.
    loop {
        let known = draft.variables.len();
        for variable in DIMENSIONS..search.problem.variables() {
            if draft_key(search, variable, &mut draft)?.is_none() {
                return Ok(None);
            }
        }
        if draft.variables.len() == known {
            return Ok(Some(draft));
        }
    }
}

fn draft_key<'a>(
    search: &mut Search<'_, 'a>,
    variable: usize,
    draft: &mut Draft<'a>,
) -> Result<Option<()>, Reason> {
    let Some(key) = search.problem.key(variable) else { return Ok(Some(())) };
    let literals = search.literals(search.settled_on(variable));
    if literals.is_empty() {
        return Ok(Some(()));
    }
    let single = draft.variables.contains(key);
    let taste = if single { Taste::Single } else { Taste::Readable };
    match theory::solve(&literals, search.problem.arity(variable), taste, search.budget) {
        Answer::Yes(solved) => {
            draft.loose |= solved.loose;
            match &solved.value {
                KeyValue::Absent => {}
                KeyValue::One(text) => draft.note(text)?,
                KeyValue::Many(texts) => texts.iter().try_for_each(|text| draft.note(text))?,
            }
            draft.keys.insert(key, solved.value);
            Ok(Some(()))
        }
        Answer::No if single => Err(Reason::Variable { key: Arc::clone(key) }),
        Answer::No => Ok(None),
        Answer::Unknown => Err(Reason::MixedTypes { key: Arc::clone(key) }),
    }
}

impl<'a> Draft<'a> {
    /// Notes the variables of a text; one that nobody can give ends the draft.
    fn note(&mut self, text: &[Symbol<'a>]) -> Result<(), Reason> {
        for symbol in text {
            if let Symbol::Letter(hole) = symbol {
                match hole.kind {
                    HoleKind::Variable => {
                        self.variables.insert(&hole.name);
                    }
                    HoleKind::Fact | HoleKind::Unknown | HoleKind::Unreadable => {
                        return Err(Reason::from(*hole));
                    }
                }
            }
        }
        Ok(())
    }

    /// The request, where variables that nothing else speaks of get the filler.
    fn request(&self, filler: &str) -> Option<Request> {
        let mut texts = self.dimensions.iter().map(|text| self.spell(text, filler, 0));
        let (principal, action, resource) = (texts.next()??, texts.next()??, texts.next()??);
        let mut context = BTreeMap::new();
        for (key, value) in &self.keys {
            let value = match value {
                KeyValue::Absent => continue,
                KeyValue::One(text) => Context::One(self.spell(text, filler, 0)?),
                KeyValue::Many(texts) => {
                    let spelled = texts.iter().map(|text| self.spell(text, filler, 0));
                    Context::Many(spelled.collect::<Option<_>>()?)
                }
            };
            context.insert(Arc::clone(key), value);
        }
        for name in &self.variables {
            if !self.keys.contains_key(*name) {
                context.insert(Arc::clone(name), Context::One(filler.to_owned()));
            }
        }
        Some(Request { principal, action, resource, context })
    }

    /// A text with its letters replaced; `None` where variables stand for each other in a ring.
    fn spell(&self, text: &[Symbol<'a>], filler: &str, depth: u8) -> Option<String> {
        let mut spelled = String::new();
        for symbol in text {
            match symbol {
                Symbol::Char(char) => spelled.push(*char),
                Symbol::Letter(_) if depth > 4 => return None,
                Symbol::Letter(hole) => match self.keys.get(&hole.name) {
                    None => spelled.push_str(filler),
                    Some(KeyValue::One(value)) => spelled.push_str(&self.spell(value, filler, depth + 1)?),
                    Some(KeyValue::Absent | KeyValue::Many(_)) => return None,
                },
            }
        }
        Some(spelled)
    }
}

/// What a statement's answer waits for.
fn wavering(statement: &Statement, request: &Request) -> Option<Reason> {
    if evaluate::matches(statement, request) != Truth::Maybe {
        return None;
    }
    let opaque = |condition: &&Condition| matches!(condition.test, Test::Opaque(_));
    let unsaid = |condition: &&Condition| {
        condition.quantifier == Quantifier::Unsaid
            && matches!(request.context.get(&condition.key), Some(Context::Many(_)))
    };
    let conditions = || statement.conditions.iter();
    if let Some(condition) = conditions().find(opaque).or_else(|| conditions().find(unsaid)) {
        return Some(doubted(condition));
    }
    let missing = |hole: &&Hole| hole.kind != HoleKind::Variable;
    holes(statement).find(missing).map(Reason::from)
}

fn variables(statement: &Statement) -> impl Iterator<Item = &Arc<str>> {
    holes(statement).filter(|hole| hole.kind == HoleKind::Variable).map(|hole| &hole.name)
}

fn holes(statement: &Statement) -> impl Iterator<Item = &Hole> {
    bounds::patterns_of(statement).flat_map(crate::Pattern::holes)
}
