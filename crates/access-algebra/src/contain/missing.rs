//! What is missing from an Access: values of policy variables, facts, unknown and unreadable values, opaque conditions.
//!
//! Takes an [`Access`] and a [`Rewrite`], an assumption about what is missing, and returns the Access under it. The
//! approximations are searched again where counterexamples are spurious; [`super::combination`] makes assumptions about
//! policy variables. Nothing here searches or proves anything: the caller knows which requests an assumption covers.

use std::borrow::Cow;
use std::sync::Arc;

use super::strings::widen_hole;
use crate::{
    Access, Condition, Effect, Hole, HoleKind, Pattern, Quantifier, Statement, Strings, Test, Token,
};

/// An assumption under which an Access is rewritten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Rewrite<'a> {
    /// The key has this single value, which replaces the policy variable.
    Substitute { key: &'a Arc<str>, value: Arc<str> },
    /// The key is absent or has several values: a pattern with the policy variable matches nothing.
    NoSingleValue { key: &'a Arc<str> },
    /// The under-approximation: what is certainly in the Access, whatever the facts and values are.
    Least,
    /// The over-approximation: what may be in the Access.
    Greatest,
}

/// In which direction a part of a statement may be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bound {
    Least,
    Greatest,
}

/// What becomes of a condition.
enum Rewritten {
    Condition(Condition),
    /// It holds for every request.
    Always,
    /// It holds for no request.
    Never,
}

impl Bound {
    fn opposite(self) -> Self {
        match self {
            Self::Least => Self::Greatest,
            Self::Greatest => Self::Least,
        }
    }
}

impl Rewrite<'_> {
    /// The Access under the assumption.
    pub(super) fn apply(&self, access: &Access) -> Access {
        let statements = access.statements.iter();
        Access { statements: statements.filter_map(|statement| self.apply_to_statement(statement)).collect() }
    }

    /// The statement under the assumption; `None` where it matches nothing.
    pub(super) fn apply_to_statement(&self, statement: &Statement) -> Option<Statement> {
        // Denying less makes an Access greater.
        let bound = match (self, statement.effect) {
            (Self::Greatest, Effect::Allow) | (Self::Least, Effect::Deny) => Bound::Greatest,
            (Self::Least, Effect::Allow) | (Self::Greatest, Effect::Deny) => Bound::Least,
            // These change nothing that has a direction.
            (Self::Substitute { .. } | Self::NoSingleValue { .. }, _) => Bound::Least,
        };
        let mut conditions = Vec::with_capacity(statement.conditions.len());
        for condition in &statement.conditions {
            match self.apply_to_condition(condition, bound) {
                Rewritten::Condition(condition) => conditions.push(condition),
                Rewritten::Always => {}
                Rewritten::Never => return None,
            }
        }
        Some(Statement {
            effect: statement.effect,
            principals: self.apply_to_strings(&statement.principals, bound),
            actions: self.apply_to_strings(&statement.actions, bound),
            resources: self.apply_to_strings(&statement.resources, bound),
            conditions,
        })
    }

    /// A set in which a policy variable is substituted, or never matches.
    pub(super) fn substitute_in_strings(&self, strings: &Strings) -> Strings {
        self.apply_to_strings(strings, Bound::Least)
    }

    /// A condition in which a policy variable is substituted, or never matches.
    pub(super) fn substitute_in_condition(&self, condition: &Condition) -> Condition {
        match self.apply_to_condition(condition, Bound::Least) {
            Rewritten::Condition(condition) => condition,
            // Only approximations decide conditions.
            Rewritten::Always | Rewritten::Never => condition.clone(),
        }
    }

    fn apply_to_condition(&self, condition: &Condition, bound: Bound) -> Rewritten {
        let is_approximation = matches!(self, Self::Least | Self::Greatest);
        let quantifier = match (self, condition.quantifier) {
            // An approximation below has made this exact for several values.
            (Self::Least | Self::Greatest, Quantifier::Unsaid) => Quantifier::One,
            (_, quantifier) => quantifier,
        };
        let test = match (&condition.test, bound) {
            (Test::Opaque(_), Bound::Least) if is_approximation => return Rewritten::Never,
            (Test::Opaque(_), Bound::Greatest) if is_approximation => return Rewritten::Always,
            // It may hold for several values, and certainly holds only for a single one.
            (
                Test::Text { .. } | Test::Number { .. } | Test::Date { .. } | Test::Address { .. },
                Bound::Greatest,
            ) if is_approximation && condition.quantifier == Quantifier::Unsaid => return Rewritten::Always,
            (Test::Text { values, negated }, _) => {
                let bound = if *negated { bound.opposite() } else { bound };
                Test::Text { values: self.apply_to_patterns(values, bound), negated: *negated }
            }
            (Test::Part { part, set, negated }, _) => {
                let bound = if *negated { bound.opposite() } else { bound };
                Test::Part { part: *part, set: self.apply_to_strings(set, bound), negated: *negated }
            }
            (
                Test::Number { .. }
                | Test::Date { .. }
                | Test::Address { .. }
                | Test::Present(_)
                | Test::Opaque(_),
                _,
            ) => condition.test.clone(),
        };
        Rewritten::Condition(Condition { test, quantifier, ..condition.clone() })
    }

    fn apply_to_strings(&self, strings: &Strings, bound: Bound) -> Strings {
        Strings {
            include: self.apply_to_patterns(&strings.include, bound),
            exclude: self.apply_to_patterns(&strings.exclude, bound.opposite()),
        }
    }

    fn apply_to_patterns(&self, patterns: &[Pattern], bound: Bound) -> Vec<Pattern> {
        let rewritten = patterns.iter().filter_map(|pattern| self.apply_to_pattern(pattern, bound));
        rewritten.map(Cow::into_owned).collect()
    }

    /// The pattern under the assumption; `None` where it matches nothing.
    fn apply_to_pattern<'p>(&self, pattern: &'p Pattern, bound: Bound) -> Option<Cow<'p, Pattern>> {
        if !pattern.holes().any(|hole| self.is_about(hole)) {
            return Some(Cow::Borrowed(pattern));
        }
        let mut tokens = Vec::with_capacity(pattern.tokens().len());
        for token in pattern.tokens() {
            match token {
                Token::Hole(hole) if self.is_about(hole) => match (self, bound) {
                    (Self::Substitute { value, .. }, _) => tokens.push(Token::Literal(Arc::clone(value))),
                    (Self::Least | Self::Greatest, Bound::Greatest) => tokens.extend(widen_hole(hole)),
                    (Self::NoSingleValue { .. }, _) | (Self::Least | Self::Greatest, Bound::Least) => {
                        return None;
                    }
                },
                Token::Literal(_) | Token::Folded(_) | Token::One(_) | Token::Run(_) | Token::Hole(_) => {
                    tokens.push(token.clone());
                }
            }
        }
        Some(Cow::Owned(Pattern::new(tokens)))
    }

    fn is_about(&self, hole: &Hole) -> bool {
        match self {
            Self::Substitute { key, .. } | Self::NoSingleValue { key } => is_variable(hole, key),
            Self::Least | Self::Greatest => hole.kind != HoleKind::Variable,
        }
    }
}

/// Whether a hole is the policy variable of a key.
pub(super) fn is_variable(hole: &Hole, key: &Arc<str>) -> bool {
    hole.kind == HoleKind::Variable && hole.name == *key
}

/// Whether a pattern has a policy variable.
pub(super) fn has_variable(pattern: &Pattern) -> bool {
    pattern.holes().any(|hole| hole.kind == HoleKind::Variable)
}

/// Every pattern of a condition.
pub(super) fn list_condition_patterns(condition: &Condition) -> impl Iterator<Item = &Pattern> {
    let (own, taken_out): (&[Pattern], &[Pattern]) = match &condition.test {
        Test::Text { values, .. } => (values, &[]),
        Test::Part { set, .. } => (&set.include, &set.exclude),
        Test::Number { .. }
        | Test::Date { .. }
        | Test::Address { .. }
        | Test::Present(_)
        | Test::Opaque(_) => (&[], &[]),
    };
    own.iter().chain(taken_out)
}

/// Every pattern of a statement.
pub(super) fn list_patterns(statement: &Statement) -> impl Iterator<Item = &Pattern> {
    let sets = [&statement.principals, &statement.actions, &statement.resources];
    let in_sets = sets.into_iter().flat_map(|set| set.include.iter().chain(&set.exclude));
    let in_conditions = statement.conditions.iter().flat_map(list_condition_patterns);
    in_sets.chain(in_conditions)
}
