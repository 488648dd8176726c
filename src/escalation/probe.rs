//! One permission of the table, as a question to an Access.
//!
//! Takes the words of the table, lowered as those of an approval are, and returns whether an Access allows a request for
//! that permission. Denials of every other request are added to the Access, and containment in the empty Access decides.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::ends::Ends;
use super::error::ProbeFault;
use crate::lower::{Dialect, Side, Terms, Text, lower};
use access_algebra::evaluate::{self, Truth};
use access_algebra::{
    Access, Condition, Containment, Context, Effect, Pattern, Quantifier, Request, Statement, Strings, Test,
    Token, contains,
};

#[derive(Debug)]
pub(super) struct Probe {
    /// As the table names it.
    pub(super) permission: String,
    ends: Ends,
    /// The action, where it is one, in its own case.
    action: Option<String>,
    /// The resources on which it counts, and what the request has to carry.
    resources: Vec<Pattern>,
    demands: Vec<Condition>,
    /// Denials of every other request.
    others: Vec<Statement>,
}

/// Resources that are guessed for one statement. More of them would cost what a search costs.
const MAX_GUESSES: usize = 8;

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
            resources: statement.resources.include.clone(),
            demands: statement.conditions.clone(),
            others: deny_others(&statement)?,
        })
    }

    pub(super) fn ends(&self) -> &Ends {
        &self.ends
    }

    /// Whether statements allow a request for it. Those that do not speak of its action are not searched, and a request
    /// that is guessed and allowed needs no search.
    pub(super) fn is_allowed_by<'s>(&self, statements: impl IntoIterator<Item = &'s Statement>) -> Truth {
        let near: Vec<&Statement> =
            statements.into_iter().filter(|statement| self.may_match(statement)).collect();
        if !near.iter().any(|statement| statement.effect == Effect::Allow) {
            return Truth::No;
        }
        if self.is_plainly_allowed_by(&near) || self.is_allowed_by_guess(&near) {
            return Truth::Yes;
        }
        let statements = near.into_iter().chain(&self.others).cloned();
        let statements = statements.map(|one| Statement { principals: Strings::any(), ..one }).collect();
        match contains(&Access::default(), &Access { statements }) {
            Containment::Contained => Truth::No,
            Containment::Exceeds(_) => Truth::Yes,
            Containment::Undecided(_) => Truth::Maybe,
        }
    }

    /// Whether a statement may match its action, in whatever case.
    fn may_match(&self, statement: &Statement) -> bool {
        let Some(action) = &self.action else { return true };
        let Strings { include, exclude } = &statement.actions;
        let tells_case = |token: &Token| matches!(token, Token::Literal(_));
        include.iter().chain(exclude).flat_map(Pattern::tokens).any(tells_case)
            || evaluate::is_member(&statement.actions, action, &Request::default()) != Truth::No
    }

    /// Whether no search is needed, as for `*` on `*`: a statement allows the action on every resource, under no
    /// condition but how the access is held, and nothing is denied.
    fn is_plainly_allowed_by(&self, near: &[&Statement]) -> bool {
        let Some(action) = &self.action else { return false };
        let is_usual = |condition: &Condition| condition.if_absent && condition.key.starts_with("mode:");
        let nobody = Request::default();
        near.iter().all(|statement| statement.effect == Effect::Allow)
            && near.iter().any(|statement| {
                statement.conditions.iter().all(is_usual)
                    && statement.resources == Strings::any()
                    && evaluate::is_member(&statement.actions, action, &nobody) == Truth::Yes
            })
    }

    /// Whether the request that an allowing statement itself spells is allowed and is one for this permission.
    fn is_allowed_by_guess(&self, near: &[&Statement]) -> bool {
        let Some(action) = &self.action else { return false };
        near.iter().filter(|statement| statement.effect == Effect::Allow).any(|statement| {
            let Some(context) = guess_context(&statement.conditions, &self.demands) else { return false };
            let resources = statement.resources.include.iter().chain(&self.resources);
            resources.filter_map(spell).take(MAX_GUESSES).any(|resource| {
                let request = Request {
                    principal: String::new(),
                    action: action.clone(),
                    resource,
                    context: context.clone(),
                };
                let matches = |statement: &Statement| match_but_principal(statement, &request);
                let is_denied = |one: &&Statement| one.effect == Effect::Deny && matches(one) != Truth::No;
                matches(statement) == Truth::Yes
                    && !near.iter().copied().chain(&self.others).any(|one| is_denied(&one))
            })
        })
    }
}

/// Whether a statement matches a request, whoever its principal is.
fn match_but_principal(statement: &Statement, request: &Request) -> Truth {
    let parts = [(&statement.actions, &request.action), (&statement.resources, &request.resource)];
    for (set, text) in parts {
        match evaluate::is_member(set, text, request) {
            Truth::Yes => {}
            other @ (Truth::No | Truth::Maybe) => return other,
        }
    }
    let conditions = statement.conditions.iter().map(|condition| evaluate::holds(condition, request));
    conditions.min().unwrap_or(Truth::Yes)
}

/// The context that conditions and demands spell; `None` where they ask for more than a text.
fn guess_context(conditions: &[Condition], demands: &[Condition]) -> Option<BTreeMap<Arc<str>, Context>> {
    let mut context = BTreeMap::new();
    for condition in conditions.iter().chain(demands).filter(|condition| !condition.if_absent) {
        let text = match &condition.test {
            Test::Text { values, negated: false } => values.iter().find_map(spell)?,
            Test::Address { values, negated: false } => values.first()?.addr().to_string(),
            Test::Number { values, negated: false, .. } => values.first()?.to_string(),
            Test::Text { .. }
            | Test::Address { .. }
            | Test::Number { .. }
            | Test::Date { .. }
            | Test::Present(_)
            | Test::Part { .. }
            | Test::Opaque(_) => return None,
        };
        context.insert(Arc::clone(&condition.key), Context::One(text));
    }
    Some(context)
}

/// A text that a pattern matches; none where it has a hole.
fn spell(pattern: &Pattern) -> Option<String> {
    let mut text = String::new();
    for token in pattern.tokens() {
        match token {
            Token::Literal(known) | Token::Folded(known) => text.push_str(known),
            Token::One(_) | Token::Run(_) => text.push('x'),
            Token::Hole(_) => return None,
        }
    }
    Some(text)
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
