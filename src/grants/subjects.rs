//! Of which kinds the principals of a plan's grants are.
//!
//! Takes a plan and returns [`PlanSubjects`]: for each identity whose name does not say it, who may act as it. A role is of
//! the kinds that its trust policy names, through other roles too; a user is what its keys and its password are for; an
//! object of a directory is what the rule of its type says. A role that the plan does not show is of unknown kind.

use std::collections::{BTreeSet, HashMap};

use super::{Grant, visit};
use crate::lower::{Dialect, Text};
use crate::plan::{ObjectMode, Plan, PlanError, ResourceChange, Verb};
use crate::resolve::facts::{ProviderFacts, StatedFacts};
use crate::resolve::object::Object;
use crate::resolve::world::World;
use crate::rules::{GrantKind, Rule, RuleMatch, RulePack, Rules};
use crate::subject::{SpelledKind, SubjectKind, SubjectKinds, find_spelled_kind};
use access_algebra::{Effect, Pattern, Statement, Strings, Test};

/// Upper bound on the roles that one acts through to get to another: AWS lets a session last an hour at most behind the
/// second, so longer ways are not used; behind it, the kind is unknown.
const MAX_CHAIN: usize = 8;

/// Who may act as the identities of a plan.
#[derive(Clone, Debug, Default)]
pub struct PlanSubjects {
    by_key: HashMap<(Dialect, String), Actors>,
}

/// Who may act as one identity.
#[derive(Clone, Debug, Default)]
struct Actors {
    kinds: SubjectKinds,
    /// Other identities that may, each with the kind of one that the plan says nothing of.
    through: BTreeSet<(String, Option<SubjectKind>)>,
}

/// A principal of a grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantSubject {
    /// Its name.
    pub name: String,
    /// The principals that it stands for.
    pub principals: Strings,
    /// Of which kinds it is.
    pub kinds: SubjectKinds,
}

impl PlanSubjects {
    /// Finds who may act as whom.
    ///
    /// # Errors
    ///
    /// An object of the plan that can't be read, or that can be read in two ways.
    pub fn find(plan: &Plan<'_>, rules: &Rules, facts: &StatedFacts) -> Result<Self, PlanError> {
        let mut found = Self::default();
        for (key, actors) in
            visit(plan, rules, facts, |grant| find_actors(&grant))?.grants.into_iter().flatten()
        {
            found.add(key, actors);
        }
        let world = World::new(plan, rules, Box::new(ProviderFacts::new(plan, facts)));
        for change in plan.changes.iter().filter(|change| is_object(change)) {
            if let RuleMatch::Rule(pack, rule) = rules.find(&change.type_name, &change.provider) {
                found.add_object(&world, change, pack, rule)?;
            }
        }
        Ok(found)
    }

    /// The principals of a grant; none where it gives nobody access, as what Terraform itself runs.
    pub fn list(&self, grant: &Grant) -> Vec<GrantSubject> {
        if grant.kind == GrantKind::Opaque || grant.dialect == Dialect::Terraform {
            return Vec::new();
        }
        // Whoever knows a key acts with it, unless the rule says that it is a person's.
        let stated = match grant.kind {
            GrantKind::Credential => Some(grant.subject.unwrap_or(SubjectKind::Workload)),
            GrantKind::Additive
            | GrantKind::Exclusive
            | GrantKind::Definition
            | GrantKind::Trust
            | GrantKind::Limit
            | GrantKind::Opaque => grant.subject,
        };
        let mut subjects: Vec<GrantSubject> = Vec::new();
        for (statement, pattern) in list_principals(grant) {
            let kinds = match stated {
                Some(kind) => SubjectKinds::one(kind),
                None => self.kinds_of(grant.dialect, statement, pattern),
            };
            let include = vec![pattern.clone()];
            let principals = Strings { include, exclude: statement.principals.exclude.clone() };
            let subject = GrantSubject { name: pattern.to_string(), principals, kinds };
            if !subjects.contains(&subject) {
                subjects.push(subject);
            }
        }
        subjects
    }

    fn kinds_of(&self, dialect: Dialect, statement: &Statement, pattern: &Pattern) -> SubjectKinds {
        match find_kind(dialect, statement, pattern) {
            SpelledKind::Kind(kind) => SubjectKinds::one(kind),
            SpelledKind::Anybody => SubjectKinds::unknown(),
            SpelledKind::Identity { key, usual } => {
                let usual = usual.map_or_else(SubjectKinds::unknown, SubjectKinds::one);
                self.find_acting(dialect, key).unwrap_or(usual)
            }
        }
    }

    /// The kinds of all who may act as an identity, through others too; `None` where the plan says nothing of it.
    fn find_acting(&self, dialect: Dialect, key: String) -> Option<SubjectKinds> {
        let mut kinds = self.by_key.get(&(dialect, key.clone()))?.kinds.clone();
        let mut seen = BTreeSet::from([key.clone()]);
        let mut next = vec![(key, None)];
        for _ in 0..MAX_CHAIN {
            let mut further = Vec::new();
            for (key, usual) in std::mem::take(&mut next) {
                match (self.by_key.get(&(dialect, key)), usual) {
                    (Some(actors), _) => {
                        kinds.extend(&actors.kinds);
                        let unseen = actors.through.iter().filter(|(one, _)| seen.insert(one.clone()));
                        further.extend(unseen.cloned());
                    }
                    (None, Some(usual)) => {
                        kinds.known.insert(usual);
                    }
                    (None, None) => kinds.is_open = true,
                }
            }
            next = further;
        }
        kinds.is_open |= !next.is_empty();
        Some(kinds)
    }

    fn add(&mut self, key: (Dialect, String), actors: Actors) {
        let known = self.by_key.entry(key).or_default();
        known.kinds.extend(&actors.kinds);
        known.through.extend(actors.through);
    }

    /// Adds the names of an object whose type says of which kind it is.
    fn add_object<'w>(
        &mut self,
        world: &'w World<'w>,
        change: &'w ResourceChange<'w>,
        pack: &'w RulePack,
        rule: &'w Rule,
    ) -> Result<(), PlanError> {
        let kind = rule.subject.as_deref().and_then(SubjectKind::from_word);
        let (Some(kind), Some(values)) = (kind, change.after()?) else { return Ok(()) };
        let object = Object::new(world, change, &values, pack, rule);
        let mut names: Vec<String> = Vec::new();
        for (name, _) in &rule.identity {
            names.push(object.identity(name).into_text().to_string());
            names.extend(object.find_provided(name).map(|provided| provided.into_text().to_string()));
        }
        let dialects = [pack.dialect, Dialect::Azure, Dialect::Azuread];
        for name in names {
            for dialect in dialects {
                if let SpelledKind::Identity { key, .. } = find_spelled_kind(dialect, &name) {
                    let actors = Actors { kinds: SubjectKinds::one(kind), ..Actors::default() };
                    self.add((dialect, key), actors);
                }
            }
        }
        Ok(())
    }
}

/// Whether a change leaves an object.
fn is_object(change: &ResourceChange<'_>) -> bool {
    change.mode == ObjectMode::Managed
        && !change.deposed
        && !matches!(change.verb, Verb::Delete | Verb::Forget)
}

/// What a grant says of who may act as an identity: a trust, and a key.
fn find_actors(grant: &Grant) -> Vec<((Dialect, String), Actors)> {
    let identities: Vec<String> = match grant.kind {
        GrantKind::Trust => grant.terms.resources.iter().map(Text::to_string).collect(),
        GrantKind::Credential if grant.subject.is_some() => {
            list_principals(grant).map(|(_, pattern)| pattern.to_string()).collect()
        }
        GrantKind::Credential
        | GrantKind::Additive
        | GrantKind::Exclusive
        | GrantKind::Definition
        | GrantKind::Limit
        | GrantKind::Opaque => Vec::new(),
    };
    let key_of = |name: &String| match find_spelled_kind(grant.dialect, name) {
        SpelledKind::Identity { key, .. } => Some((grant.dialect, key)),
        SpelledKind::Kind(_) | SpelledKind::Anybody => None,
    };
    let keys = identities.iter().filter_map(key_of);
    keys.map(|key| (key, Actors::of_grant(grant))).collect()
}

impl Actors {
    fn of_grant(grant: &Grant) -> Self {
        let mut actors = Self::default();
        if let (GrantKind::Credential, Some(kind)) = (grant.kind, grant.subject) {
            actors.kinds = SubjectKinds::one(kind);
            return actors;
        }
        // A trust policy that is not wholly known may name anybody.
        actors.kinds.is_open = grant.readings.iter().any(|reading| !reading.doubts.is_empty());
        for (statement, pattern) in list_principals(grant) {
            match find_kind(grant.dialect, statement, pattern) {
                SpelledKind::Kind(kind) => {
                    actors.kinds.known.insert(kind);
                }
                SpelledKind::Anybody => actors.kinds.is_open = true,
                SpelledKind::Identity { key, usual } => {
                    actors.through.insert((key, usual));
                }
            }
        }
        actors
    }
}

/// The principals of a grant, each with the statement that names it. All readings have the same.
fn list_principals(grant: &Grant) -> impl Iterator<Item = (&Statement, &Pattern)> {
    let statements = grant.readings.last().into_iter().flat_map(|reading| &reading.access.statements);
    let allowing = statements.filter(|statement| statement.effect == Effect::Allow);
    allowing
        .flat_map(|statement| statement.principals.include.iter().map(move |pattern| (statement, pattern)))
}

/// What the name of a principal, and the conditions on it, say of its kind.
fn find_kind(dialect: Dialect, statement: &Statement, pattern: &Pattern) -> SpelledKind {
    let spelled = find_spelled_kind(dialect, &pattern.to_string());
    if spelled == SpelledKind::Kind(SubjectKind::Agent)
        && dialect == Dialect::Aws
        && is_of_other_source(statement)
    {
        return SpelledKind::Kind(SubjectKind::Workload);
    }
    spelled
}

/// Whether a statement holds only for what is no agent: Amazon Bedrock acts for its knowledge bases, jobs and flows under
/// the same name, and says in `aws:SourceArn` for which.
fn is_of_other_source(statement: &Statement) -> bool {
    statement.conditions.iter().any(|condition| {
        let Test::Text { values, negated: false } = &condition.test else { return false };
        let is_other = |value: &Pattern| {
            let text = value.to_string();
            let kind = text.splitn(6, ':').nth(5).unwrap_or_default();
            !kind.is_empty() && !kind.starts_with(['*', '?', '$']) && !kind.starts_with("agent")
        };
        condition.key.eq_ignore_ascii_case("aws:SourceArn")
            && !condition.if_absent
            && values.iter().all(is_other)
    })
}
