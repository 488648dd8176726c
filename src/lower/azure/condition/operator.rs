//! Operators: what is compared, and of how many values it must be true.
//!
//! Takes a name such as `ForAnyOfAllValues:StringNotEqualsIgnoreCase`, in lower case, and returns its parts. The numeric
//! operators are not read: no attribute is documented to be a number.

use super::attribute::Type;
use access_algebra::Order;

/// How many of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Many {
    Any,
    All,
}

impl Many {
    pub(super) fn turned(self) -> Self {
        match self {
            Self::Any => Self::All,
            Self::All => Self::Any,
        }
    }
}

/// What an operator compares, before it is negated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ValueRelation {
    Text { fold: bool, shape: TextShape },
    Date(Order),
    Guid,
    Truth,
}

/// What of a text is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextShape {
    Whole,
    Start,
    Wildcards,
}

/// A comparison, taken apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct AzureOperator {
    /// Of how many of the attribute's values, and of how many of those written down; `None` of a plain comparison.
    pub(super) cross: Option<(Many, Many)>,
    pub(super) relation: ValueRelation,
    pub(super) negated: bool,
}

impl AzureOperator {
    /// `StringNotEqualsIgnoreCase`, `ForAnyOfAllValues:NumericLessThan`; in lower case.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (cross, name) = match text.split_once(':') {
            None => (None, text),
            Some((cross, name)) => (Some(parse_many(cross)?), name),
        };
        let (relation, negated) = if let Some(rest) = name.strip_prefix("string") {
            let (rest, fold) = rest.strip_suffix("ignorecase").map_or((rest, false), |rest| (rest, true));
            let (shape, negated) = parse_negatable(rest, |rest| match rest {
                "equals" => Some(TextShape::Whole),
                "startswith" => Some(TextShape::Start),
                "like" => Some(TextShape::Wildcards),
                _ => None,
            })?;
            (ValueRelation::Text { fold, shape }, negated)
        } else if let Some(rest) = name.strip_prefix("datetime") {
            let (order, negated) = parse_negatable(rest, parse_order)?;
            (ValueRelation::Date(order), negated)
        } else if let Some(rest) = name.strip_prefix("guid") {
            let ((), negated) = parse_negatable(rest, |rest| (rest == "equals").then_some(()))?;
            (ValueRelation::Guid, negated)
        } else {
            let ((), negated) =
                parse_negatable(name.strip_prefix("bool")?, |rest| (rest == "equals").then_some(()))?;
            (ValueRelation::Truth, negated)
        };
        Some(Self { cross, relation, negated })
    }
}

impl ValueRelation {
    /// The type of attribute that is compared so.
    pub(super) fn reads(self) -> Type {
        match self {
            Self::Text { .. } => Type::Text,
            Self::Date(_) => Type::Date,
            Self::Guid => Type::Guid,
            Self::Truth => Type::Truth,
        }
    }
}

fn parse_many(text: &str) -> Option<(Many, Many)> {
    match text {
        "foranyofanyvalues" => Some((Many::Any, Many::Any)),
        "foranyofallvalues" => Some((Many::Any, Many::All)),
        "forallofanyvalues" => Some((Many::All, Many::Any)),
        "forallofallvalues" => Some((Many::All, Many::All)),
        _ => None,
    }
}

/// What follows `not`, or the whole, and whether there was one.
fn parse_negatable<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<(T, bool)> {
    match text.strip_prefix("not") {
        Some(rest) => Some((read(rest)?, true)),
        None => Some((read(text)?, false)),
    }
}

fn parse_order(text: &str) -> Option<Order> {
    match text {
        "equals" => Some(Order::Equal),
        "lessthan" => Some(Order::Less),
        "lessthanequals" => Some(Order::LessOrEqual),
        "greaterthan" => Some(Order::Greater),
        "greaterthanequals" => Some(Order::GreaterOrEqual),
        _ => None,
    }
}
