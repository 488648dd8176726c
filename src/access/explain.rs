//! Which part of an approved Access a request is outside of.
//!
//! In goes an Access and a request that it does not allow, usually a witness; out comes the allowing statement that
//! comes nearest, with the components in which it falls short, or the denying statement that takes the request away.
//! Only [`super::evaluate`] is asked, so that an explanation can't disagree with the check of the witness.

use std::sync::Arc;

use super::evaluate::{Truth, holds, matches, member};
use super::{Access, Effect, Request, Statement};

/// A part of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Component {
    /// Who.
    Principal,
    /// Does what.
    Action,
    /// To what.
    Resource,
    /// The demand on this key.
    Condition(Arc<str>),
}

/// Why an Access does not allow a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shortfall {
    /// Nothing is allowed at all.
    Empty,
    /// The nearest allowing statement, by its index, falls short in these components; never none.
    Outside {
        /// An index into [`Access::statements`].
        statement: usize,
        /// In the order principal, action, resource, conditions.
        failed: Vec<Component>,
    },
    /// It is allowed, and this denying statement, by its index, takes it away.
    Denied {
        /// An index into [`Access::statements`].
        statement: usize,
    },
}

/// Why an Access does not allow a request; `None` where it does.
///
/// Of several statements the one that fails in the fewest components is nearest, then the first one.
pub fn shortfall(access: &Access, request: &Request) -> Option<Shortfall> {
    let those =
        |effect: Effect| access.statements.iter().enumerate().filter(move |(_, one)| one.effect == effect);
    let nearest = those(Effect::Allow)
        .map(|(statement, one)| (statement, failed(one, request)))
        .min_by_key(|(_, failed)| failed.len());
    let Some((statement, failed)) = nearest else { return Some(Shortfall::Empty) };
    if !failed.is_empty() {
        return Some(Shortfall::Outside { statement, failed });
    }
    let denial = those(Effect::Deny).find(|(_, one)| matches(one, request) != Truth::No);
    denial.map(|(statement, _)| Shortfall::Denied { statement })
}

/// The components of a statement that a request is not surely within.
fn failed(statement: &Statement, request: &Request) -> Vec<Component> {
    let sets = [
        (&statement.principals, &request.principal, Component::Principal),
        (&statement.actions, &request.action, Component::Action),
        (&statement.resources, &request.resource, Component::Resource),
    ];
    let outside = sets.into_iter().filter(|(set, text, _)| member(set, text, request) != Truth::Yes);
    let unmet = statement.conditions.iter().filter(|condition| holds(condition, request) != Truth::Yes);
    let mut failed: Vec<Component> = outside.map(|(_, _, component)| component).collect();
    for condition in unmet {
        let component = Component::Condition(Arc::clone(&condition.key));
        if !failed.contains(&component) {
            failed.push(component);
        }
    }
    failed
}

#[cfg(test)]
mod tests {
    use super::{Component, Shortfall, shortfall};
    use crate::access::{Access, Effect, Pattern, Request, Statement, Strings};

    fn statement(effect: Effect, action: &str, resource: &str) -> Statement {
        Statement {
            effect,
            principals: Strings::any(),
            actions: Strings::of([Pattern::literal(action)]),
            resources: Strings::of([Pattern::literal(resource)]),
            conditions: Vec::new(),
        }
    }

    #[test]
    fn the_nearest_statement_explains() {
        let access = Access {
            statements: vec![
                statement(Effect::Allow, "read", "other"),
                statement(Effect::Allow, "write", "this"),
                statement(Effect::Allow, "list", "that"),
                statement(Effect::Deny, "list", "that"),
            ],
        };
        let request = |action: &str, resource: &str| Request {
            action: action.into(),
            resource: resource.into(),
            ..Request::default()
        };
        let why = |action, resource| shortfall(&access, &request(action, resource));
        assert_eq!(why("write", "this"), None);
        let outside = Shortfall::Outside { statement: 1, failed: vec![Component::Action] };
        assert_eq!(why("put", "this"), Some(outside));
        assert_eq!(why("list", "that"), Some(Shortfall::Denied { statement: 3 }));
        assert_eq!(shortfall(&Access::default(), &request("a", "b")), Some(Shortfall::Empty));
    }
}
