//! Escalation: permissions with which a principal can raise its own rights.
//!
//! Takes the Access of each grant with who holds it, and returns every documented path ([`find_paths()`]) for which one
//! principal has all permissions, from one grant or from several. Containment decides whether an Access gives a
//! permission, with denials and conditions; the name of a role never does.
//!
//! An escalation blocks nothing, because it lies within what was approved. The report shows it to the approver.

mod ends;
mod error;
mod paths;
mod probe;

use std::collections::{BTreeMap, BTreeSet};

use crate::lower::{Dialect, Text};
use access_algebra::evaluate::Truth;
use access_algebra::{Access, Effect, Pattern, Statement};

pub use error::{PathFault, ProbeFault, UnreadPath};
pub use paths::{EscalationPath, PathTable, find_paths};

/// The permissions of one principal that escalation paths need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldPermissions {
    /// Who holds them.
    pub principal: String,
    /// Which.
    pub permissions: Permissions,
}

/// Permissions by their index in the table, and whether it is certain that they are granted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Permissions(Vec<(usize, bool)>);

impl Permissions {
    /// Whether there are none, as in nearly every grant.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns these permissions for each holder.
    pub fn held_by(&self, holders: &[Text]) -> Vec<HeldPermissions> {
        let holders = if self.is_empty() { &[] } else { holders };
        let hold =
            |holder: &Text| HeldPermissions { principal: holder.to_string(), permissions: self.clone() };
        holders.iter().map(hold).collect()
    }
}

/// A path with which a principal can raise its own rights.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Escalation {
    /// Who.
    pub principal: String,
    /// The word of the dialect.
    pub dialect: &'static str,
    /// The path's name.
    pub path: &'static str,
    /// What its holder can do, after "its holder".
    pub effect: &'static str,
    /// The permissions that the holder has for it.
    pub permissions: Vec<&'static str>,
    /// Which grants give them: Terraform addresses.
    pub addresses: Vec<String>,
    /// False where it depends on something unknown, such as a condition that cannot be read.
    pub certain: bool,
    /// Where it is documented.
    pub source: &'static str,
}

/// Whether an Access may grant a permission that a path needs, judged by the spelling of its actions alone.
pub fn may_grant_any(dialect: Dialect, access: &Access) -> bool {
    !find_paths().find_candidates(dialect, access).is_empty()
}

/// Returns the permissions that paths need and an Access grants, whoever holds it.
pub fn granted_permissions(dialect: Dialect, access: &Access) -> Permissions {
    let candidates = find_paths().find_candidates(dialect, access);
    select_granted(&candidates, access.statements.iter())
}

/// Returns the permissions that paths need and a grant gives to its holders. Holders are the principals of the grant's
/// terms; where it has none, those of the statements.
pub fn held_permissions(dialect: Dialect, holders: &[Text], access: &Access) -> Vec<HeldPermissions> {
    if !holders.is_empty() {
        return granted_permissions(dialect, access).held_by(holders);
    }
    let candidates = find_paths().find_candidates(dialect, access);
    if candidates.is_empty() {
        return Vec::new();
    }
    let mut held = Vec::new();
    for pattern in allowed_principals(access) {
        let applies = |statement: &&Statement| {
            statement.principals.include.iter().any(|other| other == pattern || other.is_any())
                && (statement.effect == Effect::Allow || statement.principals.exclude.is_empty())
        };
        let permissions = select_granted(&candidates, access.statements.iter().filter(applies));
        if !permissions.is_empty() {
            held.push(HeldPermissions { principal: pattern.to_string(), permissions });
        }
    }
    held
}

/// Returns the principals of allowing statements. Where the root of an account is listed, the patterns that the
/// lowering adds for everyone in the account are left out, because the root already stands for them.
fn allowed_principals(access: &Access) -> BTreeSet<&Pattern> {
    let allowing = access.statements.iter().filter(|statement| statement.effect == Effect::Allow);
    let mut principals = BTreeSet::new();
    for statement in allowing {
        let listed = &statement.principals.include;
        let has_root = |account: &str| {
            listed
                .iter()
                .filter_map(Pattern::as_literal)
                .any(|root| root.strip_suffix(":root") == Some(account))
        };
        principals.extend(listed.iter().filter(|pattern| {
            let text = pattern.to_string();
            let account = text.strip_suffix(":*").map(|account| account.replacen(":sts:", ":iam:", 1));
            !account.is_some_and(|account| has_root(&account))
        }));
    }
    principals
}

/// Returns those of the candidates that the statements grant, whoever the principal is.
fn select_granted<'s>(candidates: &[usize], statements: impl Iterator<Item = &'s Statement>) -> Permissions {
    let statements: Vec<&Statement> = statements.collect();
    let granted = |index: &usize| match find_paths().probe(*index)?.is_allowed_by(statements.iter().copied())
    {
        Truth::No => None,
        Truth::Maybe => Some((*index, false)),
        Truth::Yes => Some((*index, true)),
    };
    Permissions(candidates.iter().filter_map(granted).collect())
}

/// One permission of one principal.
#[derive(Debug)]
struct Holding {
    /// Its index in the table.
    permission: usize,
    certain: bool,
    /// Whether the grant adds access. A path of grants that add none is not of this plan's making.
    adds: bool,
    address: String,
}

/// The permissions of all grants, by principal.
#[derive(Debug, Default)]
pub struct Holdings {
    by_holder: BTreeMap<(Dialect, String), Vec<Holding>>,
}

impl Holdings {
    /// Adds the permissions of one grant.
    pub fn add(&mut self, dialect: Dialect, address: &str, adds: bool, held: Vec<HeldPermissions>) {
        for HeldPermissions { principal, permissions } in held {
            let holdings = self.by_holder.entry((dialect, principal)).or_default();
            holdings.extend(permissions.0.into_iter().map(|(permission, certain)| Holding {
                permission,
                certain,
                adds,
                address: address.to_owned(),
            }));
        }
    }

    /// Returns every path for which one principal has all permissions, in order of principal and of the table.
    pub fn escalations(&self) -> Vec<Escalation> {
        let mut escalations = Vec::new();
        for ((dialect, principal), own) in &self.by_holder {
            let everyones = self.by_holder.get(&(*dialect, "*".to_owned())).filter(|_| principal != "*");
            let held: Vec<&Holding> = own.iter().chain(everyones.into_iter().flatten()).collect();
            for path in find_paths().of(*dialect) {
                escalations.extend(complete(principal, path, &held));
            }
        }
        escalations
    }
}

/// Returns the path for this principal, where it holds all permissions of it.
fn complete(principal: &str, path: &'static EscalationPath, held: &[&Holding]) -> Option<Escalation> {
    let (mut permissions, mut addresses) = (Vec::new(), BTreeSet::new());
    let (mut certain, mut adds) = (true, false);
    for need in &path.needs {
        let meeting = || held.iter().filter(|holding| need.contains(&holding.permission));
        let best =
            meeting().max_by_key(|holding| (holding.certain, std::cmp::Reverse(holding.permission)))?;
        // The table lists Entra's identifiers after the permission's name; a reader knows the name.
        let named = if path.dialect == Dialect::Azuread { need.first() } else { None };
        permissions.push(find_paths().probe(*named.unwrap_or(&best.permission))?.permission.as_str());
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
