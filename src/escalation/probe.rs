//! One permission of the table, as a question to an Access.
//!
//! Takes the words of the table, lowered as those of an approval are, and returns whether an Access allows a request for
//! that permission. Denials of every other request are added to the Access, and containment in the empty Access decides.

use super::ends::Ends;
use super::error::ProbeFault;
use crate::lower::{Dialect, Side, Terms, Text, lower};
use access_algebra::evaluate::{self, Truth};
use access_algebra::{
    Access, Condition, Containment, Effect, Pattern, Quantifier, Request, Statement, Strings, Test, Token,
    contains,
};

#[derive(Debug)]
pub(super) struct Probe {
    /// As the table names it.
    pub(super) permission: String,
    ends: Ends,
    /// The action, where it is one, in its own case.
    action: Option<String>,
    /// Denials of every other request.
    others: Vec<Statement>,
}

impl Probe {
    /// Reads `PERMISSION [@RESOURCE…] [!RESOURCE…] [?KEY=VALUE…]`: on these resources, not on those, with this value in
    /// the request.
    pub(super) fn read(dialect: Dialect, text: &str) -> Result<Self, ProbeFault> {
        let mut words = text.split(' ');
        let permission = words.next().filter(|word| !word.is_empty()).ok_or(ProbeFault::NoPermission)?;
        let (mut on, mut but, mut demands) = (Vec::new(), Vec::new(), Vec::new());
        for word in words {
            match (word.strip_prefix('@'), word.strip_prefix('!'), word.strip_prefix('?')) {
                (Some(resource), _, _) => on.push(resource),
                (_, Some(resource), _) => but.push(resource),
                (_, _, Some(demand)) => {
                    let (key, value) = demand.split_once('=').ok_or(ProbeFault::NoValue)?;
                    demands.push(demand_value(dialect, key, value));
                }
                (None, None, None) => return Err(ProbeFault::UndefinedWord { word: word.to_owned() }),
            }
        }
        let mut statement = lower_permission(dialect, permission, &on)?;
        if !but.is_empty() {
            statement.resources.exclude = lower_permission(dialect, permission, &but)?.resources.include;
        }
        statement.conditions.extend(demands);
        let [action] = statement.actions.include.as_slice() else {
            return Err(ProbeFault::SeveralMeanings);
        };
        Ok(Self {
            permission: permission.to_owned(),
            ends: Ends::of(action),
            action: match action.tokens() {
                [Token::Literal(text) | Token::Folded(text)] => Some(text.to_string()),
                _ => None,
            },
            others: deny_others(&statement)?,
        })
    }

    pub(super) fn ends(&self) -> &Ends {
        &self.ends
    }

    /// Whether an Access allows a request for it.
    pub(super) fn is_allowed_by(&self, access: &Access) -> Truth {
        if self.is_plainly_allowed_by(access) {
            return Truth::Yes;
        }
        let statements = access.statements.iter().chain(&self.others).cloned().collect();
        match contains(&Access::default(), &Access { statements }) {
            Containment::Contained => Truth::No,
            Containment::Exceeds(_) => Truth::Yes,
            Containment::Undecided(_) => Truth::Maybe,
        }
    }
}

impl Probe {
    /// Whether no search is needed, as for `*` on `*`: a statement allows the action on every resource, under no
    /// condition but how the access is held, and nothing is denied.
    fn is_plainly_allowed_by(&self, access: &Access) -> bool {
        let Some(action) = &self.action else { return false };
        let is_usual = |condition: &Condition| condition.if_absent && condition.key.starts_with("mode:");
        let nobody = Request::default();
        let denies = access.statements.iter().any(|statement| statement.effect == Effect::Deny);
        !denies
            && access.statements.iter().any(|statement| {
                statement.conditions.iter().all(is_usual)
                    && statement.resources == Strings::any()
                    && evaluate::is_member(&statement.actions, action, &nobody) == Truth::Yes
            })
    }
}

/// Returns the statement of a permission on resources. A role of GitHub is asked for as itself, without those that it
/// includes.
fn lower_permission(dialect: Dialect, permission: &str, on: &[&str]) -> Result<Statement, ProbeFault> {
    let service = permission.split(':').next().unwrap_or_default();
    let own = format!("arn:*:{service}:*:*:*");
    let of_service = dialect == Dialect::Aws && on.is_empty();
    let resources: Vec<&str> = if of_service { vec![&own] } else { on.to_vec() };
    let mut terms = Terms {
        principals: vec![Text::known("*")],
        resources: resources.into_iter().map(Text::known).collect(),
        ..Terms::default()
    };
    terms.actions.push(Text::known(permission));
    let lowered = lower(dialect, Side::Approved, &terms);
    if let Some(reason) = lowered.doubts.first() {
        return Err(ProbeFault::Undecided(reason.clone()));
    }
    let [statement] = lowered.access.statements.as_slice() else {
        return Err(ProbeFault::SeveralMeanings);
    };
    let mut statement = statement.clone();
    statement.conditions.retain(|condition| !condition.key.starts_with("mode:"));
    statement.actions.exclude.clear();
    if dialect == Dialect::Github {
        statement.actions = Strings::of([Pattern::literal(permission)]);
    }
    if of_service {
        // AWS checks an action that has no resource type against `*`.
        statement.resources.include.push(Pattern::literal("*"));
    }
    Ok(statement)
}

/// Returns the condition that the request carries this value.
fn demand_value(dialect: Dialect, key: &str, value: &str) -> Condition {
    Condition {
        key: if dialect == Dialect::Azure { key.into() } else { key.to_lowercase().into() },
        test: Test::Text { values: vec![Pattern::literal(value)], negated: false },
        quantifier: Quantifier::One,
        if_absent: false,
    }
}

/// Returns denials of every request that a statement does not match.
fn deny_others(statement: &Statement) -> Result<Vec<Statement>, ProbeFault> {
    let deny = |actions: Strings, resources: Strings, conditions: Vec<Condition>| Statement {
        effect: Effect::Deny,
        principals: Strings::any(),
        actions,
        resources,
        conditions,
    };
    let except = |set: &Strings| Strings::except(set.include.iter().cloned());
    let mut others = vec![deny(except(&statement.actions), Strings::any(), Vec::new())];
    if !statement.resources.include.iter().any(Pattern::is_any) {
        others.push(deny(Strings::any(), except(&statement.resources), Vec::new()));
    }
    if !statement.resources.exclude.is_empty() {
        let excluded = Strings::of(statement.resources.exclude.iter().cloned());
        others.push(deny(Strings::any(), excluded, Vec::new()));
    }
    for condition in &statement.conditions {
        let negated = condition.negated().ok_or(ProbeFault::NotNegatable)?;
        others.push(deny(Strings::any(), Strings::any(), vec![negated]));
    }
    Ok(others)
}
