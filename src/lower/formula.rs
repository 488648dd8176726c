//! Conditions put together with and, or and not.
//!
//! In goes a formula over atoms of any kind; out come alternatives, each a list of demands that all hold: the formula is
//! true where all demands of one alternative hold. What an atom demands, and what its negation does, is the
//! language's to say, because a missing attribute need not make one of the two true.

use access_algebra::{Condition, Test};

use super::{Lowered, Side, Text, spelling};

/// A formula over atoms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Formula<A> {
    /// One holds.
    Any(Vec<Self>),
    /// All hold.
    All(Vec<Self>),
    /// It does not hold.
    Not(Box<Self>),
    /// Something that is not put together.
    Atom(A),
}

/// Whether a formula is meant as it stands, or its negation is.
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

/// More alternatives than this are not looked at one by one.
const MOST: usize = 64;

impl<A> Formula<A> {
    /// The alternatives of the formula; `None` where there are too many. `demands` says those of an atom.
    pub(super) fn alternatives<D: Exclusive>(
        &self,
        sense: Sense,
        demands: &impl Fn(&A, Sense) -> Alternatives<D>,
    ) -> Option<Alternatives<D>> {
        match (self, sense) {
            (Self::Atom(atom), sense) => Some(demands(atom, sense)),
            (Self::Not(inner), sense) => inner.alternatives(sense.turned(), demands),
            (Self::Any(parts), Sense::Asserted) | (Self::All(parts), Sense::Denied) => {
                let mut alternatives = Vec::new();
                for part in parts {
                    alternatives.extend(part.alternatives(sense, demands)?);
                    if alternatives.len() > MOST {
                        return None;
                    }
                }
                Some(alternatives)
            }
            (Self::All(parts), Sense::Asserted) | (Self::Any(parts), Sense::Denied) => {
                let mut alternatives = vec![Vec::new()];
                for part in parts {
                    alternatives = joined(&alternatives, &part.alternatives(sense, demands)?)?;
                }
                Some(alternatives)
            }
        }
    }
}

/// What a condition in a cloud's own language demands: one alternative that demands nothing where there is none. `None`
/// where an approval's can't be known, which approves nothing; a planned one that can't be known is judged as if it were
/// not there, which is wider.
pub(super) fn alternatives<D>(
    side: Side,
    expression: Option<&Text>,
    lowered: &mut Lowered,
    read: impl FnOnce(&str) -> Alternatives<D>,
) -> Option<Alternatives<D>> {
    let Some(expression) = expression else { return Some(vec![Vec::new()]) };
    match (expression.as_known(), side) {
        (Some(text), Side::Planned | Side::Approved) => Some(read(text)),
        (None, Side::Planned) => Some(vec![Vec::new()]),
        (None, Side::Approved) => {
            spelling::doubt(lowered, expression.undecided());
            None
        }
    }
}

/// Both hold; `None` where there are too many alternatives.
fn joined<D: Exclusive>(one: &[Vec<D>], other: &[Vec<D>]) -> Option<Alternatives<D>> {
    let mut joined = Vec::new();
    for (one, other) in one.iter().flat_map(|one| other.iter().map(move |other| (one, other))) {
        if one.iter().any(|one| other.iter().any(|other| one.excludes(other))) {
            continue;
        }
        if joined.len() == MOST {
            return None;
        }
        let more = other.iter().filter(|demand| !one.contains(demand));
        joined.push(one.iter().chain(more).cloned().collect());
    }
    Some(joined)
}

/// Something that is asked of a request.
pub(super) trait Exclusive: Clone + PartialEq {
    /// Whether no request is known to satisfy both, at a glance.
    fn excludes(&self, other: &Self) -> bool;
}

impl Exclusive for Condition {
    /// That a key is missing, and anything that needs it.
    fn excludes(&self, other: &Self) -> bool {
        let needs = |condition: &Self| match condition.test {
            Test::Present(is_there) => is_there,
            Test::Opaque(_) => false,
            Test::Text { .. } | Test::Number { .. } | Test::Date { .. } | Test::Address { .. } => {
                !condition.if_absent
            }
        };
        let is_missing = |condition: &Self| condition.test == Test::Present(false);
        self.key == other.key && (is_missing(self) && needs(other) || needs(self) && is_missing(other))
    }
}
