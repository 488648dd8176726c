//! From an assignment to a request that is confirmed.
//!
//! Takes the assignment of a search and returns a request that [`crate::evaluate`] confirms, or the reason why the
//! counterexample is spurious. Keys are left out of the request where that is possible, and strings are chosen to be
//! readable. Nothing that is not confirmed leaves this module as a witness.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Sides;
use super::domains::{self, KeyValue, Preference};
use super::missing::list_patterns;
use super::solver::CounterexampleSearch;
use super::solver::formula::DIMENSIONS;
use super::strings::{self, Satisfiability, Symbol};
use crate::evaluate::{self, Truth};
use crate::{Condition, Context, Hole, HoleKind, Quantifier, Request, Statement, Test, Undecidable};

/// The reason where a condition is assigned a truth and its meaning is not known.
fn reason_of_condition(condition: &Condition) -> Undecidable {
    match &condition.test {
        Test::Opaque(demand) => match &demand.missing {
            Some(hole) => Undecidable::from(hole),
            None => Undecidable::OpaqueCondition { condition: Arc::clone(&demand.words) },
        },
        Test::Text { .. }
        | Test::Number { .. }
        | Test::Date { .. }
        | Test::Address { .. }
        | Test::Part { .. }
        | Test::Present(_) => Undecidable::SeveralValues { key: Arc::clone(&condition.key) },
    }
}

/// The strings of a request, in which placeholders still stand for holes.
struct Model<'a> {
    dimensions: Vec<Vec<Symbol<'a>>>,
    keys: BTreeMap<&'a Arc<str>, KeyValue<'a>>,
    /// The policy variables that the placeholders stand for.
    variables: BTreeSet<&'a Arc<str>>,
    may_be_spurious: bool,
}

/// How deep the values of policy variables may refer to other variables. The random families have two variables, so that
/// more than two is a cycle; IAM has no value that refers to another.
const MAX_NESTING: u8 = 5;

/// Whether a request is certainly planned and certainly not approved.
pub(super) fn is_confirmed(sides: Sides<'_>, request: &Request) -> bool {
    evaluate::judge(sides.planned, request) == Truth::Yes
        && evaluate::judge(sides.approved, request) == Truth::No
}

/// Makes a request of the search's assignment and confirms it. `Ok(None)` where no request satisfies the assignment.
pub(super) fn confirm(
    search: &mut CounterexampleSearch<'_, '_>,
    sides: Sides<'_>,
) -> Result<Option<Request>, Undecidable> {
    let Some(model) = build_model(search)? else { return Ok(None) };
    let opaque = search.find_opaque();
    let mut last = None;
    for filler in ["example", "other", "x7"] {
        let Some(request) = model.build_request(filler) else { break };
        if is_confirmed(sides, &request) {
            return Ok(Some(request));
        }
        last = Some(request);
        if model.variables.is_empty() {
            break;
        }
    }
    if let Some(condition) = opaque {
        return Err(reason_of_condition(condition));
    }
    let statements = || sides.planned.statements.iter().chain(&sides.approved.statements);
    let find_reason = |request: &Request| statements().find_map(|one| find_unknown(one, request));
    if let Some(reason) = last.as_ref().and_then(find_reason) {
        return Err(reason);
    }
    // A variable may matter without a placeholder: by a value that its key has because of a condition.
    let is_given = |name: &Arc<str>| last.as_ref().is_some_and(|request| request.context.contains_key(name));
    let named = model.variables.first().copied().cloned();
    let named = named.or_else(|| {
        statements().flat_map(list_keys).find(|name| model.may_be_spurious || is_given(name)).cloned()
    });
    Err(named.map_or(Undecidable::Unconfirmed, |key| Undecidable::Variable { key }))
}

fn build_model<'a>(search: &mut CounterexampleSearch<'_, 'a>) -> Result<Option<Model<'a>>, Undecidable> {
    let mut model = Model {
        dimensions: Vec::new(),
        keys: BTreeMap::new(),
        variables: BTreeSet::new(),
        may_be_spurious: false,
    };
    for variable in 0..DIMENSIONS {
        let sets = search.list_sets(variable, search.assignments_of(variable));
        match strings::find_readable(&sets, search.budget) {
            Satisfiability::Sat(found) => {
                model.may_be_spurious |= found.may_be_spurious;
                model.dimensions.push(found.text);
            }
            Satisfiability::Unsat | Satisfiability::Unknown => return Ok(None),
        }
    }
    // Only now, since an unsatisfiable dimension says more than a hole in another one.
    for text in model.dimensions.clone() {
        model.note_variables(&text)?;
    }
    // A key's value may hold placeholders for other keys, which must then have single values too.
    loop {
        let known = model.variables.len();
        for variable in DIMENSIONS..search.formula.count_variables() {
            if build_key(search, variable, &mut model)?.is_none() {
                return Ok(None);
            }
        }
        if model.variables.len() == known {
            return Ok(Some(model));
        }
    }
}

fn build_key<'a>(
    search: &mut CounterexampleSearch<'_, 'a>,
    variable: usize,
    model: &mut Model<'a>,
) -> Result<Option<()>, Undecidable> {
    let Some(key) = search.formula.find_key(variable) else { return Ok(Some(())) };
    let literals = search.list_literals(search.assignments_of(variable));
    if literals.is_empty() {
        return Ok(Some(()));
    }
    let is_single = model.variables.contains(key);
    let preference = if is_single { Preference::SingleValued } else { Preference::Readable };
    match domains::solve(&literals, search.formula.find_arity(variable), preference, search.budget) {
        Satisfiability::Sat(solved) => {
            model.may_be_spurious |= solved.may_be_spurious;
            match &solved.value {
                KeyValue::Absent => {}
                KeyValue::One(text) => model.note_variables(text)?,
                KeyValue::Many(texts) => texts.iter().try_for_each(|text| model.note_variables(text))?,
            }
            model.keys.insert(key, solved.value);
            Ok(Some(()))
        }
        Satisfiability::Unsat if is_single => Err(Undecidable::Variable { key: Arc::clone(key) }),
        Satisfiability::Unsat => Ok(None),
        Satisfiability::Unknown => Err(Undecidable::MixedTypes { key: Arc::clone(key) }),
    }
}

impl<'a> Model<'a> {
    /// Records the policy variables of a text; a value that no request gives ends the model.
    fn note_variables(&mut self, text: &[Symbol<'a>]) -> Result<(), Undecidable> {
        for symbol in text {
            if let Symbol::Placeholder(hole) = symbol {
                match hole.kind {
                    HoleKind::Variable => {
                        self.variables.insert(&hole.name);
                    }
                    HoleKind::Fact | HoleKind::Unknown | HoleKind::Unreadable => {
                        return Err(Undecidable::from(*hole));
                    }
                }
            }
        }
        Ok(())
    }

    /// The request, in which variables that no condition constrains get the filler.
    fn build_request(&self, filler: &str) -> Option<Request> {
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

    /// A text with its placeholders replaced; `None` where variables stand for each other in a cycle, or nested deeper than
    /// [`MAX_NESTING`].
    fn spell(&self, text: &[Symbol<'a>], filler: &str, depth: u8) -> Option<String> {
        let mut spelled = String::new();
        for symbol in text {
            match symbol {
                Symbol::Char(char) => spelled.push(*char),
                Symbol::Placeholder(_) if depth >= MAX_NESTING => return None,
                Symbol::Placeholder(hole) => match self.keys.get(&hole.name) {
                    None => spelled.push_str(filler),
                    Some(KeyValue::One(value)) => spelled.push_str(&self.spell(value, filler, depth + 1)?),
                    Some(KeyValue::Absent | KeyValue::Many(_)) => return None,
                },
            }
        }
        Some(spelled)
    }
}

/// Finds what makes it unknown whether a statement matches.
fn find_unknown(statement: &Statement, request: &Request) -> Option<Undecidable> {
    if evaluate::matches(statement, request) != Truth::Maybe {
        return None;
    }
    let is_opaque = |condition: &&Condition| matches!(condition.test, Test::Opaque(_));
    let is_unsaid = |condition: &&Condition| {
        condition.quantifier == Quantifier::Unsaid
            && matches!(request.context.get(&condition.key), Some(Context::Many(_)))
    };
    let conditions = || statement.conditions.iter();
    if let Some(condition) = conditions().find(is_opaque).or_else(|| conditions().find(is_unsaid)) {
        return Some(reason_of_condition(condition));
    }
    let is_missing = |hole: &&Hole| hole.kind != HoleKind::Variable;
    list_holes(statement).find(is_missing).map(Undecidable::from)
}

fn list_keys(statement: &Statement) -> impl Iterator<Item = &Arc<str>> {
    list_holes(statement).filter(|hole| hole.kind == HoleKind::Variable).map(|hole| &hole.name)
}

fn list_holes(statement: &Statement) -> impl Iterator<Item = &Hole> {
    list_patterns(statement).flat_map(crate::Pattern::holes)
}
