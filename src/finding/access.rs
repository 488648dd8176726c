//! The access of a finding as data: what is planned beside what was approved.
//!
//! Both sides are lists of [`AccessStatement`]s, complete and in the order in which they are written. They are for people
//! and programs to compare; whether one side contains the other was decided before. What the plan marks as sensitive is
//! absent.

use std::sync::Arc;

use access_algebra::{Effect, Order};

/// What is planned beside what was approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedAccess {
    /// What the grant would give.
    pub planned: PlannedAccess,
    /// What the approval allows in the same dialect; empty where no approval applies.
    pub approved: Arc<[AccessStatement]>,
}

/// What a grant would give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlannedAccess {
    /// The plan marks a part of it as sensitive, so none of it may be printed.
    Sensitive,
    /// Its statements.
    Statements(Vec<AccessStatement>),
}

/// One statement, in the words of its cloud.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AccessStatement {
    /// Whether it allows or denies.
    pub effect: Effect,
    /// Who.
    pub principals: NameSet,
    /// Actions, permissions, roles.
    pub actions: NameSet,
    /// What is acted on; nothing where the cloud's widest scope is meant.
    pub resources: NameSet,
    /// All of them must hold.
    pub conditions: Vec<AccessCondition>,
    /// What an approval's `except` blocks take out.
    pub exceptions: Vec<AccessException>,
}

/// Names and patterns, and those that are taken out of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct NameSet {
    /// What the set holds.
    pub names: Vec<String>,
    /// What it does not hold all the same.
    pub except: Vec<String>,
}

/// One demand on the request's context.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum AccessCondition {
    /// A test on one key.
    Test {
        /// The context key.
        key: String,
        /// What is tested.
        operator: ConditionOperator,
        /// One of them, or none of them, as the operator says.
        values: Vec<String>,
        /// How many values of the key must satisfy the test.
        quantifier: ConditionQuantifier,
        /// Whether a request without the key satisfies the test.
        if_absent: bool,
    },
    /// A demand in the cloud's own language.
    Expression(String),
}

/// How many values of a key must satisfy a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConditionQuantifier {
    /// The one value that the key has.
    One,
    /// Some value.
    Any,
    /// Every value.
    All,
}

/// What a condition tests.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ConditionOperator {
    /// An operator as it is written in the manifest, such as `StringEquals`; it says quantifier and absence itself.
    Written(String),
    /// The value matches one of the patterns.
    Matches {
        /// Whether it must match none of them.
        negated: bool,
    },
    /// The address lies in one of the networks.
    InNetworks {
        /// Whether it must lie in none of them.
        negated: bool,
    },
    /// The number or date compares so with one of the values.
    Compares {
        /// How.
        order: Order,
        /// Whether it must compare so with none of them.
        negated: bool,
    },
    /// The key is given.
    Present,
    /// The key is not given.
    Absent,
}

impl ConditionOperator {
    /// The manifest's own name of an operator, or ours for what was read from a plan.
    pub fn name(&self) -> &str {
        match self {
            Self::Written(name) => name,
            Self::Matches { negated: false } => "matches",
            Self::Matches { negated: true } => "not_matches",
            Self::InNetworks { negated: false } => "in_network",
            Self::InNetworks { negated: true } => "not_in_network",
            Self::Present => "present",
            Self::Absent => "absent",
            Self::Compares { order, negated } => match (order, negated) {
                (Order::Equal, false) => "equal",
                (Order::Equal, true) => "not_equal",
                (Order::Less, false) => "less",
                (Order::Less, true) => "not_less",
                (Order::LessOrEqual, false) => "less_or_equal",
                (Order::LessOrEqual, true) => "not_less_or_equal",
                (Order::Greater, false) => "greater",
                (Order::Greater, true) => "not_greater",
                (Order::GreaterOrEqual, false) => "greater_or_equal",
                (Order::GreaterOrEqual, true) => "not_greater_or_equal",
            },
        }
    }
}

impl ConditionOperator {
    /// The operator of a name: what [`Self::name`] gives back.
    pub fn from_name(name: &str) -> Self {
        let orders = [Order::Equal, Order::Less, Order::LessOrEqual, Order::Greater, Order::GreaterOrEqual];
        let of_negation = |negated: bool| {
            let compared = orders.map(|order| Self::Compares { order, negated });
            [Self::Matches { negated }, Self::InNetworks { negated }].into_iter().chain(compared)
        };
        let mut ours =
            [Self::Present, Self::Absent].into_iter().chain([false, true].into_iter().flat_map(of_negation));
        ours.find(|operator| operator.name() == name).unwrap_or_else(|| Self::Written(name.to_owned()))
    }
}

/// What an `except` block takes out. An empty list takes out everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct AccessException {
    /// Who.
    pub principals: Vec<String>,
    /// Does what.
    pub actions: Vec<String>,
    /// To what.
    pub resources: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::ConditionOperator;
    use access_algebra::Order;

    #[test]
    fn an_operator_is_read_back_by_its_name() {
        let orders = [Order::Equal, Order::Less, Order::LessOrEqual, Order::Greater, Order::GreaterOrEqual];
        let mut all = vec![ConditionOperator::Present, ConditionOperator::Absent];
        for negated in [false, true] {
            all.push(ConditionOperator::Matches { negated });
            all.push(ConditionOperator::InNetworks { negated });
            all.extend(orders.map(|order| ConditionOperator::Compares { order, negated }));
        }
        all.push(ConditionOperator::Written("StringEquals".to_owned()));
        for operator in all {
            assert_eq!(ConditionOperator::from_name(operator.name()), operator);
        }
    }
}
