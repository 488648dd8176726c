//! One permission of the table, as a question to an Access.
//!
//! In go the words of the table, lowered as those of an approval are; out comes whether an Access allows some request
//! for that permission: all other requests are denied, and containment in nothing is asked for.

use super::ends::Ends;
use crate::lower::{Dialect, Side, Terms, Text, lower};
use access_algebra::evaluate;
use access_algebra::{
    Access, Condition, Containment, Effect, Pattern, Quantifier, Request, Statement, Strings, Test, Token,
    contains,
};

/// Whether an Access gives a permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meets {
    No,
    /// It depends on something that nobody knows here.
    Maybe,
    Yes,
}

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
    /// Reads `PERMISSION [@RESOURCE…] [!RESOURCE…] [?KEY=VALUE…]`.
    pub(super) fn read(dialect: Dialect, text: &str) -> Result<Self, String> {
        let mut words = text.split(' ');
        let permission = words.next().filter(|word| !word.is_empty()).ok_or("a permission is due")?;
        let (mut on, mut but, mut demands) = (Vec::new(), Vec::new(), Vec::new());
        for word in words {
            match (word.strip_prefix('@'), word.strip_prefix('!'), word.strip_prefix('?')) {
                (Some(resource), _, _) => on.push(resource),
                (_, Some(resource), _) => but.push(resource),
                (_, _, Some(demand)) => {
                    let (key, value) = demand.split_once('=').ok_or("`?` takes `KEY=VALUE`")?;
                    demands.push(demanded(dialect, key, value));
                }
                (None, None, None) => return Err(format!("`{word}` begins with none of `@`, `!` and `?`")),
            }
        }
        let mut statement = statement(dialect, permission, &on)?;
        if !but.is_empty() {
            statement.resources.exclude = self::statement(dialect, permission, &but)?.resources.include;
        }
        statement.conditions.extend(demands);
        let [action] = statement.actions.include.as_slice() else {
            return Err("one action is due".to_owned());
        };
        Ok(Self {
            permission: permission.to_owned(),
            ends: Ends::of(action),
            action: match action.tokens() {
                [Token::Literal(text) | Token::Folded(text)] => Some(text.to_string()),
                _ => None,
            },
            others: others(&statement),
        })
    }

    pub(super) fn ends(&self) -> &Ends {
        &self.ends
    }

    /// Whether an Access allows a request for it.
    pub(super) fn met_by(&self, access: &Access) -> Meets {
        if self.is_met_plainly(access) {
            return Meets::Yes;
        }
        let statements = access.statements.iter().chain(&self.others).cloned().collect();
        match contains(&Access::default(), &Access { statements }) {
            Containment::Contained => Meets::No,
            Containment::Exceeds(_) => Meets::Yes,
            Containment::Undecided(_) => Meets::Maybe,
        }
    }
}

impl Probe {
    /// Whether it is met without a search, as by `*` on `*`: an allowance on everything, under no condition but how it is
    /// held, and no denial.
    fn is_met_plainly(&self, access: &Access) -> bool {
        let Some(action) = &self.action else { return false };
        let is_usual = |condition: &Condition| condition.if_absent && condition.key.starts_with("mode:");
        let nobody = Request::default();
        let denies = access.statements.iter().any(|statement| statement.effect == Effect::Deny);
        !denies
            && access.statements.iter().any(|statement| {
                statement.conditions.iter().all(is_usual)
                    && statement.resources == Strings::any()
                    && evaluate::member(&statement.actions, action, &nobody) == evaluate::Truth::Yes
            })
    }
}

/// What the words mean. A role at a place is asked for as itself, without those that it includes.
fn statement(dialect: Dialect, permission: &str, on: &[&str]) -> Result<Statement, String> {
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
    if let Some(doubt) = lowered.doubts.first() {
        return Err(doubt.to_string());
    }
    let [statement] = lowered.access.statements.as_slice() else {
        return Err("the permission means more than one thing".to_owned());
    };
    let mut statement = statement.clone();
    statement.conditions.retain(|condition| !condition.key.starts_with("mode:"));
    statement.actions.exclude.clear();
    if dialect == Dialect::Github {
        statement.actions = Strings::of([Pattern::literal(permission)]);
    }
    if of_service {
        // An action that is not about one resource is asked for on `*`.
        statement.resources.include.push(Pattern::literal("*"));
    }
    Ok(statement)
}

/// The request carries this value.
fn demanded(dialect: Dialect, key: &str, value: &str) -> Condition {
    Condition {
        key: if dialect == Dialect::Azure { key.into() } else { key.to_lowercase().into() },
        test: Test::Text { values: vec![Pattern::literal(value)], negated: false },
        quantifier: Quantifier::One,
        if_absent: false,
    }
}

/// Denials of every request that a statement does not speak of.
fn others(statement: &Statement) -> Vec<Statement> {
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
    let opposites = statement.conditions.iter().map(opposite);
    others.extend(opposites.map(|condition| deny(Strings::any(), Strings::any(), vec![condition])));
    others
}

/// What holds where a condition does not.
fn opposite(condition: &Condition) -> Condition {
    let mut opposite = condition.clone();
    opposite.if_absent = !condition.if_absent;
    match &mut opposite.test {
        Test::Text { negated, .. }
        | Test::Number { negated, .. }
        | Test::Date { negated, .. }
        | Test::Address { negated, .. } => *negated = !*negated,
        Test::Present(is_there) => *is_there = !*is_there,
        Test::Opaque(words) => *words = format!("not {words}").into(),
    }
    opposite
}
