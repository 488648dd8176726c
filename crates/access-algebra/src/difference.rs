//! One statement less another one.
//!
//! Takes two statements and returns statements that match what the first matches and the second does not, box by box:
//! `A×B less a×b` is `(A less a)×B` and `A×(B less b)`, and the same for every condition. Where the difference cannot be
//! said exactly, more is taken away, never less. There are no denials in it, which would apply to other statements too.

use crate::contain::strings::subsumption;
use crate::{Condition, Pattern, Quantifier, Statement, Strings, Test};

impl Statement {
    /// Statements with this one's effect that match only requests that this one matches and `other` does not.
    ///
    /// They match all of them unless `other` has exclusions, or conditions that cannot be negated exactly (see
    /// [`Condition::negated`]): then they match fewer. A caller that takes away from a *denying* statement must know that
    /// fewer is wider there. One statement may become several, so repeated differences grow; the caller limits them.
    ///
    /// ```
    /// use access_algebra::{Effect, Pattern, Request, Statement, Strings, evaluate};
    /// use access_algebra::evaluate::Truth;
    ///
    /// let read = Statement {
    ///     effect: Effect::Allow,
    ///     principals: Strings::any(),
    ///     actions: Strings::of([Pattern::literal("read")]),
    ///     resources: Strings::any(),
    ///     conditions: Vec::new(),
    /// };
    /// let secrets = Statement { resources: Strings::of([Pattern::literal("secret")]), ..read.clone() };
    /// let [rest] = read.difference(&secrets).try_into().expect("one component differs");
    /// let request = |resource: &str| Request {
    ///     action: "read".to_owned(),
    ///     resource: resource.to_owned(),
    ///     ..Request::default()
    /// };
    /// assert_eq!(evaluate::matches(&rest, &request("report")), Truth::Yes);
    /// assert_eq!(evaluate::matches(&rest, &request("secret")), Truth::No);
    /// ```
    pub fn difference(&self, other: &Self) -> Vec<Self> {
        if are_disjoint(self, other) {
            return vec![self.clone()];
        }
        let mut rest = Vec::new();
        if let Some(principals) = exclude(&self.principals, &other.principals) {
            rest.push(Self { principals, ..self.clone() });
        }
        if let Some(actions) = exclude(&self.actions, &other.actions) {
            rest.push(Self { actions, ..self.clone() });
        }
        if let Some(resources) = exclude(&self.resources, &other.resources) {
            rest.push(Self { resources, ..self.clone() });
        }
        for condition in other.conditions.iter().filter(|condition| !self.conditions.contains(condition)) {
            rest.extend(condition.negated().map(|negated| {
                let conditions = self.conditions.iter().cloned().chain([negated]).collect();
                Self { conditions, ..self.clone() }
            }));
        }
        rest
    }
}

/// One set without the inclusions of another; `None` where that is certainly empty. The exclusions of the other are not
/// read, since a set has no room for what is excluded from an exclusion.
fn exclude(set: &Strings, other: &Strings) -> Option<Strings> {
    if set == other || other.include.iter().any(Pattern::is_any) {
        return None;
    }
    let mut rest = set.clone();
    let is_new = |pattern: &&Pattern| !set.exclude.contains(pattern);
    rest.exclude.extend(other.include.iter().filter(is_new).cloned());
    Some(rest)
}

/// Whether no request matches both, as far as that is seen without a search. The difference would be right without this,
/// and would have twice as many statements each time.
fn are_disjoint(one: &Statement, other: &Statement) -> bool {
    let are_exclusive = |one: &Condition, other: &Condition| {
        let patterns = (list_required_texts(one), list_required_texts(other));
        one.key == other.key && matches!(patterns, (Some(one), Some(other)) if never_overlap(one, other))
    };
    subsumption::are_disjoint(&one.principals, &other.principals)
        || subsumption::are_disjoint(&one.actions, &other.actions)
        || subsumption::are_disjoint(&one.resources, &other.resources)
        || one.conditions.iter().any(|mine| other.conditions.iter().any(|theirs| are_exclusive(mine, theirs)))
}

fn never_overlap(one: &[Pattern], other: &[Pattern]) -> bool {
    one.iter().all(|mine| other.iter().all(|theirs| subsumption::never_overlap(mine, theirs)))
}

/// The patterns of which the single value of a key must match one.
fn list_required_texts(condition: &Condition) -> Option<&[Pattern]> {
    match &condition.test {
        Test::Text { values, negated: false }
            if condition.quantifier == Quantifier::One && !condition.if_absent =>
        {
            Some(values)
        }
        Test::Text { .. }
        | Test::Number { .. }
        | Test::Date { .. }
        | Test::Address { .. }
        | Test::Present(_)
        | Test::Part { .. }
        | Test::Opaque(_) => None,
    }
}
