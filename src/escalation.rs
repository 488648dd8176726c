//! Escalation: with which permissions their holder can raise its own rights.
//!
//! In goes the Access of each grant with who holds it; out comes every documented way ([`paths()`]) for which one holder
//! has all permissions, from one grant or from several. Whether an Access gives a permission is decided by containment,
//! denials and conditions included, and never by the name of a role.
//!
//! An escalation blocks nothing: it lies within what was approved. It is what the approver should have seen.

mod ends;
mod paths;
mod probe;

use std::collections::{BTreeMap, BTreeSet};

use crate::lower::{Dialect, Text};
use access_algebra::{Access, Effect, Pattern, Statement, Strings};

pub use paths::{Path, Paths, paths};
use probe::Meets;

/// Permissions that a grant gives to one holder, of those that paths need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Met {
    /// The holder.
    pub principal: String,
    /// What it has.
    pub permissions: Permissions,
}

/// Permissions by their place in the table, and whether it is certain that they are given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Permissions(Vec<(usize, bool)>);

impl Permissions {
    /// Whether there are none, as in nearly every grant.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same in the hands of each holder.
    pub fn held_by(&self, holders: &[Text]) -> Vec<Met> {
        let holders = if self.is_empty() { &[] } else { holders };
        let one = |holder: &Text| Met { principal: holder.to_string(), permissions: self.clone() };
        holders.iter().map(one).collect()
    }
}

/// A way for a holder to raise its own rights.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Escalation {
    /// Who.
    pub principal: String,
    /// Whose vocabulary.
    pub dialect: &'static str,
    /// The path's name.
    pub path: &'static str,
    /// What its holder can do, after "its holder".
    pub effect: &'static str,
    /// The permissions that the holder has for it.
    pub permissions: Vec<&'static str>,
    /// Which grants give them: Terraform addresses.
    pub addresses: Vec<String>,
    /// Whether it depends on something that nobody knows here, such as a condition that can't be read.
    pub certain: bool,
    /// Where it is documented.
    pub source: &'static str,
}

/// Whether an Access may give any of what paths need, going by the spelling of its actions alone.
pub fn speaks(dialect: Dialect, access: &Access) -> bool {
    !paths().candidates(dialect, access).is_empty()
}

/// What an Access gives of all that paths need, whoever holds it.
pub fn given(dialect: Dialect, access: &Access) -> Permissions {
    let candidates = paths().candidates(dialect, access);
    permissions(&candidates, access.statements.iter())
}

/// What a grant gives its holders of all that paths need. Holders are those that the words name, else those that the
/// statements name.
pub fn met(dialect: Dialect, holders: &[Text], access: &Access) -> Vec<Met> {
    if !holders.is_empty() {
        return given(dialect, access).held_by(holders);
    }
    let candidates = paths().candidates(dialect, access);
    if candidates.is_empty() {
        return Vec::new();
    }
    let mut met = Vec::new();
    for pattern in named(access) {
        let speaks_of = |statement: &&Statement| {
            statement.principals.include.iter().any(|other| other == pattern || other.is_any())
                && (statement.effect == Effect::Allow || statement.principals.exclude.is_empty())
        };
        let permissions = permissions(&candidates, access.statements.iter().filter(speaks_of));
        if !permissions.is_empty() {
            met.push(Met { principal: pattern.to_string(), permissions });
        }
    }
    met
}

/// The principals that allowing statements name. Everyone in an account is not listed beside its root.
fn named(access: &Access) -> BTreeSet<&Pattern> {
    let allowing = access.statements.iter().filter(|statement| statement.effect == Effect::Allow);
    let mut named = BTreeSet::new();
    for statement in allowing {
        let listed = &statement.principals.include;
        let has_root = |account: &str| {
            listed
                .iter()
                .filter_map(Pattern::as_literal)
                .any(|root| root.strip_suffix(":root") == Some(account))
        };
        named.extend(listed.iter().filter(|pattern| {
            let text = pattern.to_string();
            let account = text.strip_suffix(":*").map(|account| account.replacen(":sts:", ":iam:", 1));
            !account.is_some_and(|account| has_root(&account))
        }));
    }
    named
}

/// Which of the candidates the statements give, whoever asks.
fn permissions<'s>(candidates: &[usize], statements: impl Iterator<Item = &'s Statement>) -> Permissions {
    if candidates.is_empty() {
        return Permissions::default();
    }
    let anybody = |statement: &Statement| Statement { principals: Strings::any(), ..statement.clone() };
    let access = Access { statements: statements.map(anybody).collect() };
    let one = |at: &usize| match paths().probe(*at)?.met_by(&access) {
        Meets::No => None,
        Meets::Maybe => Some((*at, false)),
        Meets::Yes => Some((*at, true)),
    };
    Permissions(candidates.iter().filter_map(one).collect())
}

/// One permission in somebody's hands.
#[derive(Debug)]
struct Holding {
    permission: usize,
    certain: bool,
    /// Whether the grant adds access: what adds none raises nothing by itself.
    adds: bool,
    address: String,
}

/// All that was met, holder by holder.
#[derive(Debug, Default)]
pub struct Holdings {
    by_holder: BTreeMap<(Dialect, String), Vec<Holding>>,
}

impl Holdings {
    /// Adds what one grant gives.
    pub fn add(&mut self, dialect: Dialect, address: &str, adds: bool, met: Vec<Met>) {
        for Met { principal, permissions } in met {
            let holdings = self.by_holder.entry((dialect, principal)).or_default();
            holdings.extend(permissions.0.into_iter().map(|(permission, certain)| Holding {
                permission,
                certain,
                adds,
                address: address.to_owned(),
            }));
        }
    }

    /// Every way for which one holder has all permissions, in order of holder and of the table.
    pub fn escalations(&self) -> Vec<Escalation> {
        let mut escalations = Vec::new();
        for ((dialect, principal), own) in &self.by_holder {
            let everyones = self.by_holder.get(&(*dialect, "*".to_owned())).filter(|_| principal != "*");
            let held: Vec<&Holding> = own.iter().chain(everyones.into_iter().flatten()).collect();
            for path in paths().of(*dialect) {
                escalations.extend(escalation(principal, path, &held));
            }
        }
        escalations
    }
}

/// The path in this holder's hands.
fn escalation(principal: &str, path: &'static Path, held: &[&Holding]) -> Option<Escalation> {
    let (mut permissions, mut addresses) = (Vec::new(), BTreeSet::new());
    let (mut certain, mut adds) = (true, false);
    for need in &path.needs {
        let meeting = || held.iter().filter(|holding| need.contains(&holding.permission));
        let best =
            meeting().max_by_key(|holding| (holding.certain, std::cmp::Reverse(holding.permission)))?;
        // An identifier of Entra's says nothing to anybody; it stands after the name that it has.
        let named = if path.dialect == Dialect::Azuread { need.first() } else { None };
        permissions.push(paths().probe(*named.unwrap_or(&best.permission))?.permission.as_str());
        certain &= best.certain;
        adds |= meeting().any(|holding| holding.adds);
        addresses.extend(meeting().map(|holding| holding.address.clone()));
    }
    adds.then(|| Escalation {
        principal: principal.to_owned(),
        dialect: path.dialect.word(),
        path: &path.name,
        effect: &path.effect,
        permissions,
        addresses: addresses.into_iter().collect(),
        certain,
        source: &path.source,
    })
}
