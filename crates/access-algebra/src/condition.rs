//! Conditions: what a statement demands of one key of the request's context.
//!
//! A [`Condition`] constrains exactly one key. How a missing key is judged is part of it, because the clouds differ and so
//! do the operators. What no theory here understands is [`Test::Opaque`]: it equals itself and proves nothing else.

mod decimal;

use std::sync::Arc;

use ipnet::IpNet;
use jiff::Timestamp;

use super::hole::Hole;
use super::pattern::{Pattern, Strings};
pub use decimal::Decimal;

/// One demand on one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The key: in lower case where its cloud tells no cases apart.
    pub key: Arc<str>,
    /// What its values must satisfy.
    pub test: Test,
    /// How many of its values must satisfy it.
    pub quantifier: Quantifier,
    /// Whether a request without the key satisfies it. Not read where `test` is [`Test::Present`].
    pub if_absent: bool,
}

impl Condition {
    /// A condition that holds of no request of which this one holds, and of every other one as far as that can be said:
    /// for several values, `Any` becomes `All`, and a request without the key changes sides.
    ///
    /// Both are false of several values where the quantifier is [`Quantifier::One`], and of text that is no number or
    /// date. `None` where no such condition can be said: an opaque test, or several values of unsaid meaning.
    ///
    /// ```
    /// use access_algebra::{Condition, Pattern, Quantifier, Request, Test, evaluate};
    /// use access_algebra::evaluate::Truth;
    ///
    /// let inside = Condition {
    ///     key: "aws:principalorgid".into(),
    ///     test: Test::Text { values: vec![Pattern::literal("o-1")], negated: false },
    ///     quantifier: Quantifier::One,
    ///     if_absent: false,
    /// };
    /// let outside = inside.negated().expect("it is neither opaque nor unsaid");
    /// assert_eq!(evaluate::holds(&inside, &Request::default()), Truth::No, "the key is absent");
    /// assert_eq!(evaluate::holds(&outside, &Request::default()), Truth::Yes);
    /// ```
    pub fn negated(&self) -> Option<Self> {
        let test = match &self.test {
            Test::Text { values, negated } => Test::Text { values: values.clone(), negated: !negated },
            Test::Number { order, values, negated } => {
                Test::Number { order: *order, values: values.clone(), negated: !negated }
            }
            Test::Date { order, values, negated } => {
                Test::Date { order: *order, values: values.clone(), negated: !negated }
            }
            Test::Address { values, negated } => Test::Address { values: values.clone(), negated: !negated },
            Test::Present(is_present) => Test::Present(!is_present),
            Test::Part { part, set, negated } => {
                Test::Part { part: *part, set: set.clone(), negated: !negated }
            }
            Test::Opaque(_) => return None,
        };
        let quantifier = match self.quantifier {
            Quantifier::One => Quantifier::One,
            Quantifier::Unsaid => return None,
            Quantifier::Any => Quantifier::All,
            Quantifier::All => Quantifier::Any,
        };
        Some(Self { key: Arc::clone(&self.key), test, quantifier, if_absent: !self.if_absent })
    }
}

/// How a test is applied to the values of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quantifier {
    /// The key has one value; a multi-valued key does not satisfy it. Containment takes a key to be single-valued
    /// where no statement on either side ranges over its values.
    One,
    /// As `One` for a single value. Nobody says what several values mean, other than that a test which is not negated
    /// needs one that satisfies it. Equal conditions mean the same.
    Unsaid,
    /// Some value satisfies the test.
    Any,
    /// Every value satisfies the test.
    All,
}

/// How two ordered values compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Order {
    /// The request's value equals one of the statement's.
    Equal,
    /// The request's value is less than one of the statement's.
    Less,
    /// Less or equal.
    LessOrEqual,
    /// Greater.
    Greater,
    /// Greater or equal.
    GreaterOrEqual,
}

impl Test {
    /// Whether what it says of a value is that something does not hold.
    pub fn is_negated(&self) -> bool {
        match self {
            Self::Text { negated, .. }
            | Self::Number { negated, .. }
            | Self::Date { negated, .. }
            | Self::Address { negated, .. }
            | Self::Part { negated, .. } => *negated,
            Self::Present(_) | Self::Opaque(_) => false,
        }
    }
}

/// A part of every request, from which the value of a context key may follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RequestPart {
    /// Who asks.
    Principal,
    /// To what.
    Resource,
}

/// A demand that nothing here understands. It equals itself and proves nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OpaqueDemand {
    /// Canonical words: two demands of the same words are one demand.
    pub words: Arc<str>,
    /// What has to be known to understand it, where that would suffice.
    pub missing: Option<Hole>,
}

impl OpaqueDemand {
    /// A demand that nothing would make understood.
    pub fn new(words: &str) -> Self {
        Self { words: words.into(), missing: None }
    }
}

/// A predicate on one value. `negated` turns "one of the values" into "none of the values".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// The text matches one of the patterns.
    Text {
        /// The patterns.
        values: Vec<Pattern>,
        /// Whether it must match none of them.
        negated: bool,
    },
    /// The text reads as a decimal number that compares so with one of the values. Text that is no number
    /// satisfies neither the test nor its negation.
    Number {
        /// How it compares.
        order: Order,
        /// The statement's side.
        values: Vec<Decimal>,
        /// Whether none may compare so.
        negated: bool,
    },
    /// The text reads as an instant that compares so with one of the values.
    Date {
        /// How it compares.
        order: Order,
        /// The statement's side.
        values: Vec<Timestamp>,
        /// Whether none may compare so.
        negated: bool,
    },
    /// The text is an address in one of the networks; text that is none lies in none of them. IPv4 and IPv6 are
    /// disjoint.
    Address {
        /// The networks.
        values: Vec<IpNet>,
        /// Whether it must lie in none of them.
        negated: bool,
    },
    /// The key is there (`true`) or not (`false`).
    Present(bool),
    /// A part of the request itself is in a set: for a key whose value follows from that part, so that the two always
    /// agree. The key's own value, its quantifier and `if_absent` are not read.
    Part {
        /// Which part.
        part: RequestPart,
        /// The set.
        set: Strings,
        /// Whether it must not be in the set.
        negated: bool,
    },
    /// A demand that nothing here understands.
    Opaque(OpaqueDemand),
}
