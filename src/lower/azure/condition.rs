//! An ABAC condition of a role assignment.
//!
//! <https://learn.microsoft.com/azure/role-based-access-control/conditions-overview>. Takes the text and returns
//! alternatives, each a list of demands that all hold. A demand is on the action or on one attribute. What is not
//! understood is a demand that equals itself and nothing else, and so is its negation; where it is not certain how the
//! text is put together, all of it is one such demand.

mod attribute;
mod comparison;
mod grammar;
mod operator;
mod values;

pub(super) use self::attribute::{AttributeValues, list_values};
use self::grammar::ConditionAtom;
use crate::lower::formula::{self, Alternatives, Sense};
use crate::lower::{Text, spelling};
use access_algebra::{Condition, Pattern, Quantifier, Test, Token};

/// The key of what is not understood.
const OPAQUE: &str = "azure:condition";
/// The key under which a request says what part of an action it is.
const SUB_OPERATION: &str = "azure:suboperation";

/// What one demand is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Demand {
    /// The action matches the pattern.
    Action(Pattern),
    /// It does not.
    OtherAction(Pattern),
    /// An attribute.
    Context(Condition),
}

impl formula::Exclusive for Demand {
    fn excludes(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Context(one), Self::Context(other)) => one.excludes(other),
            (Self::Action(one), Self::OtherAction(other)) | (Self::OtherAction(other), Self::Action(one)) => {
                one == other
            }
            (Self::Action(_), Self::Action(_) | Self::Context(_))
            | (Self::OtherAction(_), Self::OtherAction(_) | Self::Context(_))
            | (Self::Context(_), Self::Action(_) | Self::OtherAction(_)) => false,
        }
    }
}

/// What a condition demands.
pub(super) fn read_condition(text: &str) -> Alternatives<Demand> {
    if text.trim().is_empty() {
        return vec![Vec::new()];
    }
    let formula = grammar::parse(text);
    let alternatives = formula.and_then(|formula| formula.list_alternatives(Sense::Asserted, &read_demands));
    alternatives
        .unwrap_or_else(|| vec![vec![Demand::Context(spelling::require_opaque(OPAQUE, &to_one_line(text)))]])
}

fn read_demands(atom: &ConditionAtom, sense: Sense) -> Alternatives<Demand> {
    let pattern = |text: &str| spelling::spell_folded_starred(&Text::known(text), &Token::Run(None));
    match atom {
        ConditionAtom::Action(text) => vec![vec![match sense {
            Sense::Asserted => Demand::Action(pattern(text)),
            Sense::Denied => Demand::OtherAction(pattern(text)),
        }]],
        // A request that is no part of an action is one of another part: `NOT SubOperationMatches` is the documented way
        // to say so.
        ConditionAtom::SubOperation(text) => {
            vec![vec![Demand::Context(require_match(SUB_OPERATION, pattern(text), sense))]]
        }
        ConditionAtom::Exists(attribute) => {
            let is_there = Test::Present(sense == Sense::Asserted);
            vec![vec![Demand::Context(require_present(attribute, is_there, Quantifier::One))]]
        }
        ConditionAtom::Between(words) => vec![vec![Demand::Context(require_opaque(words, sense))]],
        ConditionAtom::Comparison(comparison) => {
            let alternatives = comparison::list_alternatives(comparison, sense);
            alternatives.into_iter().map(|all| all.into_iter().map(Demand::Context).collect()).collect()
        }
    }
}

/// Whether a text of a request matches; one that is not there matches nothing.
pub(super) fn require_match(key: &str, pattern: Pattern, sense: Sense) -> Condition {
    let negated = sense == Sense::Denied;
    let test = Test::Text { values: vec![pattern], negated };
    Condition { if_absent: negated, ..require_present(key, test, Quantifier::One) }
}

/// A demand on a key that is there.
fn require_present(key: &str, test: Test, quantifier: Quantifier) -> Condition {
    Condition { key: key.into(), test, quantifier, if_absent: false }
}

fn require_opaque(words: &str, sense: Sense) -> Condition {
    match sense {
        Sense::Asserted => spelling::require_opaque(OPAQUE, words),
        Sense::Denied => spelling::require_opaque(OPAQUE, &format!("NOT ({words})")),
    }
}

/// Writes a condition in one line. Where it is not certain which quote ends a string, returns it as it stands.
fn to_one_line(text: &str) -> String {
    if text.contains(['\\', '"']) { text.to_owned() } else { formula::collapse_whitespace(text, &['\'']) }
}
