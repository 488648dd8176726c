//! One comparison of an attribute with values.
//!
//! Takes a comparison, asserted or denied, and returns alternatives of demands on the attribute. A cross
//! product (`ForAnyOfAllValues:StringNotEquals`) says of how many of the attribute's values, and then of how many of the
//! values written down, the comparison is true; denied, both turn round.
//!
//! Three things are nowhere said. What becomes of a comparison whose attribute is missing, where it is negated, of all values,
//! or met by an empty text or by `false`: so for a request without it that is a demand of its own that equals itself and
//! nothing else. What a plain comparison
//! means where the attribute has several values, which is [`Quantifier::Unsaid`]. And how a value of one type reads as
//! another: an attribute whose type is documented is compared as what it is, any other one as text, and a comparison of
//! another kind equals itself and nothing else.

use super::attribute::{self, Type};
use super::grammar::AttributeComparison;
use super::operator::{AzureOperator, Many, ValueRelation};
use super::values::{Decides, RelationValue};
use super::{require_opaque, require_present};
use crate::lower::formula::{Alternatives, Sense};
use crate::lower::spelling;
use access_algebra::{Condition, Quantifier, Test};

/// The alternatives of a comparison.
pub(super) fn list_alternatives(comparison: &AttributeComparison, sense: Sense) -> Alternatives<Condition> {
    let understood = AzureOperator::read(&comparison.operator)
        .and_then(|operator| Some((operator, operator.alternatives_if_present(comparison, sense)?)));
    let Some((operator, mut alternatives)) = understood else {
        return vec![vec![require_opaque(&comparison.words, sense)]];
    };
    if let Some(words) = operator.words_if_missing(comparison, sense) {
        let missing = spelling::require_absent(&comparison.attribute);
        alternatives.push(vec![missing, require_opaque(&words, Sense::Asserted)]);
    }
    alternatives
}

impl AzureOperator {
    /// The alternatives for a request that has the attribute; `None` where they can't be said.
    fn alternatives_if_present(
        self,
        comparison: &AttributeComparison,
        sense: Sense,
    ) -> Option<Alternatives<Condition>> {
        let written = comparison.values.iter().map(|value| self.relation.find_value(value));
        let mut values = written.collect::<Option<Vec<_>>>()?;
        values.sort();
        values.dedup();
        // A tag, or what somebody has defined: a text as far as is known, and perhaps several.
        let known = attribute::find_type(&comparison.attribute);
        let is_single = known.is_some();
        if known.unwrap_or(Type::Text) != self.relation.reads() {
            return None;
        }
        let turned = sense == Sense::Denied;
        let turn = |many: Many| if turned { many.turned() } else { many };
        let negated = self.negated != turned;
        let (each, of) = match self.cross {
            None if values.len() > 1 || (self.negated && turned && !is_single) => return None,
            None => (Quantifier::Unsaid, Many::Any),
            Some((Many::Any, of)) if !turned => (Quantifier::Any, of),
            Some((Many::All, of)) if turned => (Quantifier::Any, turn(of)),
            Some((_, of)) => (Quantifier::All, turn(of)),
        };
        let each = if is_single { Quantifier::One } else { each };
        let is = |test: Test| require_present(&comparison.attribute, test, each);
        let tested = |values: &[RelationValue]| self.relation.test(values, negated).map(is);
        let one_by_one =
            || values.iter().map(|value| tested(std::slice::from_ref(value))).collect::<Option<Vec<_>>>();
        let at_once = |values: &[RelationValue]| Some(vec![vec![tested(values)?]]);
        if self.relation == ValueRelation::Truth && values.len() == 2 {
            // There are no others.
            return Some(match of {
                Many::Any => vec![vec![is(Test::Present(true))]],
                Many::All => Vec::new(),
            });
        }
        match (of, negated, self.relation.decides(&values)) {
            _ if values.len() == 1 => at_once(&values),
            // One of several that are equal to it, or none of them.
            (Many::Any, false, _) | (Many::All, true, _) => at_once(&values),
            (_, _, Decides::One(value)) => at_once(&[value]),
            (Many::All, false, _) if each != Quantifier::Any => Some(vec![one_by_one()?]),
            // No value is equal to two, and each is unequal to one of two.
            (Many::All, false, Decides::Two) => Some(Vec::new()),
            (Many::Any, true, Decides::Two) => Some(vec![vec![is(Test::Present(true))]]),
            (Many::Any, true, _) if matches!(each, Quantifier::One | Quantifier::Any) => {
                Some(one_by_one()?.into_iter().map(|one| vec![one]).collect())
            }
            (Many::Any, true, Decides::All) | (Many::All, false, Decides::All) => None,
        }
    }

    /// What would have to hold for a request without the attribute; `None` where such a request does not satisfy it.
    /// Nobody says that two operators treat a missing attribute alike, nor that it is not read as an empty text or as
    /// false.
    fn words_if_missing(self, comparison: &AttributeComparison, sense: Sense) -> Option<String> {
        let mut pairs = comparison.values.iter().filter_map(|value| self.relation.find_value(value));
        let holds_of_nothing = |value: RelationValue| value.is_met_by_nothing() != self.negated;
        let holds_of_nothing = match self.cross {
            None | Some((_, Many::Any)) => pairs.any(holds_of_nothing),
            Some((_, Many::All)) => pairs.all(holds_of_nothing),
        };
        let asks_for_one = !self.negated && !matches!(self.cross, Some((Many::All, _)));
        if asks_for_one && !holds_of_nothing && sense == Sense::Asserted {
            return None;
        }
        let not = if sense == Sense::Denied { "NOT of " } else { "" };
        let negated = if self.negated { "a negated comparison" } else { "a comparison" };
        let cross = match self.cross {
            None => String::new(),
            Some((each, of)) => format!(" For{each:?}Of{of:?}Values"),
        };
        let or_empty = if holds_of_nothing { " or empty" } else { "" };
        Some(format!("{not}{negated}{cross} with {} where that is missing{or_empty}", comparison.attribute))
    }
}
