//! Conditions that are combined with and, or and not: their disjunctive normal form.
//!
//! Takes a formula over atoms and returns alternatives, each a list of demands that all hold: the formula is true where
//! all demands of one alternative hold. The caller says what an atom demands and what its negation demands, because an
//! attribute that is absent need not make one of the two true.

use access_algebra::{Condition, Test};

use super::{Lowered, Side, Text, spelling};

/// A formula over atoms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ConditionFormula<A> {
    /// One holds.
    Any(Vec<Self>),
    /// All hold.
    All(Vec<Self>),
    /// It does not hold.
    Not(Box<Self>),
    /// Something that is not put together.
    Atom(A),
}

/// Whether a formula is asserted or its negation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    Asserted,
    Denied,
}

impl Sense {
    /// The other one.
    pub(super) fn turned(self) -> Self {
        match self {
            Self::Asserted => Self::Denied,
            Self::Denied => Self::Asserted,
        }
    }
}

/// Lists of demands, of which one list holds as a whole; none where nothing satisfies them.
pub(super) type Alternatives<D> = Vec<Vec<D>>;

/// Upper bound on the alternatives of one condition: each becomes a statement, and their number is exponential in the
/// worst case. A condition with more is one opaque demand.
const MAX_ALTERNATIVES: usize = 64;

impl<A> ConditionFormula<A> {
    /// The alternatives of the formula; `None` where there are too many. `demands` says those of an atom.
    pub(super) fn list_alternatives<D: Exclusive>(
        &self,
        sense: Sense,
        demands: &impl Fn(&A, Sense) -> Alternatives<D>,
    ) -> Option<Alternatives<D>> {
        match (self, sense) {
            (Self::Atom(atom), sense) => Some(demands(atom, sense)),
            (Self::Not(inner), sense) => inner.list_alternatives(sense.turned(), demands),
            (Self::Any(parts), Sense::Asserted) | (Self::All(parts), Sense::Denied) => {
                let mut alternatives = Vec::new();
                for part in parts {
                    alternatives.extend(part.list_alternatives(sense, demands)?);
                    if alternatives.len() > MAX_ALTERNATIVES {
                        return None;
                    }
                }
                Some(alternatives)
            }
            (Self::All(parts), Sense::Asserted) | (Self::Any(parts), Sense::Denied) => {
                let mut alternatives = vec![Vec::new()];
                for part in parts {
                    alternatives =
                        join_alternatives(&alternatives, &part.list_alternatives(sense, demands)?)?;
                }
                Some(alternatives)
            }
        }
    }
}

/// Returns the alternatives of a condition in a cloud's own language: without a condition, one that demands nothing.
///
/// Returns `None` for an approval whose condition is not known, because it then approves nothing. Of a planned condition
/// that is not known nothing is known but that it is there; `demand` makes that one of the demands.
pub(super) fn list_alternatives<D>(
    side: Side,
    expression: Option<&Text>,
    lowered: &mut Lowered,
    read: impl FnOnce(&str) -> Alternatives<D>,
    demand: impl FnOnce(Condition) -> D,
) -> Option<Alternatives<D>> {
    let Some(expression) = expression else { return Some(vec![Vec::new()]) };
    match (expression.as_known(), side) {
        (Some(text), Side::Planned | Side::Approved) => Some(read(text)),
        (None, Side::Planned) => {
            let hole = expression.first_hole()?;
            Some(vec![vec![demand(spelling::require_known(&expression.to_string(), hole))]])
        }
        (None, Side::Approved) => {
            spelling::add_doubt(lowered, expression.undecided());
            None
        }
    }
}

/// Replaces white space outside quotes by single spaces. The caller makes sure which quote ends a string.
pub(super) fn collapse_whitespace(text: &str, quotes: &[char]) -> String {
    let mut line = String::new();
    let mut quote: Option<char> = None;
    for c in text.trim().chars() {
        quote = match quote {
            Some(open) if c == open => None,
            None if quotes.contains(&c) => Some(c),
            unchanged => unchanged,
        };
        if quote.is_some() || !c.is_whitespace() {
            line.push(c);
        } else if !line.ends_with(' ') {
            line.push(' ');
        }
    }
    line
}

/// Combines alternatives of two formulas that both hold; `None` where there are too many.
fn join_alternatives<D: Exclusive>(one: &[Vec<D>], other: &[Vec<D>]) -> Option<Alternatives<D>> {
    let mut joined = Vec::new();
    for (one, other) in one.iter().flat_map(|one| other.iter().map(move |other| (one, other))) {
        if one.iter().any(|one| other.iter().any(|other| one.excludes(other))) {
            continue;
        }
        if joined.len() == MAX_ALTERNATIVES {
            return None;
        }
        let more = other.iter().filter(|demand| !one.contains(demand));
        joined.push(one.iter().chain(more).cloned().collect());
    }
    Some(joined)
}

/// A demand on a request, of which some exclude each other.
pub(super) trait Exclusive: Clone + PartialEq {
    /// Whether certainly no request satisfies both. False where that is not seen without a search.
    fn excludes(&self, other: &Self) -> bool;
}

impl Exclusive for Condition {
    /// One demands that a key is absent, and the other needs it.
    fn excludes(&self, other: &Self) -> bool {
        let needs = |condition: &Self| match condition.test {
            Test::Present(is_there) => is_there,
            Test::Part { .. } | Test::Opaque(_) => false,
            Test::Text { .. } | Test::Number { .. } | Test::Date { .. } | Test::Address { .. } => {
                !condition.if_absent
            }
        };
        let is_missing = |condition: &Self| condition.test == Test::Present(false);
        self.key == other.key && (is_missing(self) && needs(other) || needs(self) && is_missing(other))
    }
}
