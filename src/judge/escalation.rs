//! Which permissions a grant gives its holders that raise their own rights.
//!
//! Takes grants as they are judged and returns the permissions of the table of escalations that each gives, which are
//! combined over all grants in the end. Nothing of it changes a verdict.
//!
//! What terms or a role give does not depend on who holds them, so each is looked at once, however often it is given.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use crate::catalog::{Catalog, CatalogSource};
use crate::escalation::{HeldPermissions, Permissions, granted_permissions, held_permissions, may_grant_any};
use crate::grants::Grant;
use crate::lower::{Dialect, Lowered, Terms};
use access_algebra::Access;
use rule_language::GrantKind;

/// The permissions that one grant gives.
#[derive(Debug)]
pub struct EscalationEvidence {
    pub(super) dialect: Dialect,
    pub(super) held: Vec<HeldPermissions>,
    /// The catalogues whose content gives some of them.
    pub(super) catalogs: Vec<CatalogSource>,
}

/// What terms and roles give, whoever holds them.
#[derive(Debug, Default)]
pub(super) struct PermissionCache {
    by_terms: Mutex<HashMap<(Dialect, Terms), Arc<Permissions>>>,
    by_roles: Mutex<HashMap<(Dialect, Terms), Arc<RolePermissions>>>,
}

/// What the content of roles gives, and the catalogues that say so.
#[derive(Debug, Default)]
struct RolePermissions {
    permissions: Permissions,
    catalogs: Vec<CatalogSource>,
}

impl PermissionCache {
    /// Finds what a grant gives: by its own words, by the plan's definition, and by the catalogue where the plan defines
    /// nothing.
    pub(super) fn collect(&self, grant: &Grant, catalog: &Catalog) -> EscalationEvidence {
        let Grant { dialect, ref terms, .. } = *grant;
        let mut evidence = EscalationEvidence { dialect, held: Vec::new(), catalogs: Vec::new() };
        if grant.sensitive || matches!(grant.kind, GrantKind::Limit | GrantKind::Opaque) {
            return evidence;
        }
        let holders = &terms.principals;
        for (at, Lowered { access, doubts, .. }) in grant.readings.iter().enumerate() {
            // A policy that is not known may allow anything: to list all of it tells nobody anything.
            if !doubts.is_empty() {
                continue;
            }
            // The first reading is that of the terms, and a module gives the same terms to many.
            let is_of_terms = at == 0 && !holders.is_empty();
            evidence.held.extend(if is_of_terms && may_grant_any(dialect, access) {
                self.of_terms(dialect, terms, access).held_by(holders)
            } else {
                held_permissions(dialect, holders, access)
            });
        }
        if grant.readings.len() == 1 && !terms.roles.is_empty() {
            let of_roles = self.of_roles(dialect, terms, catalog);
            evidence.held.extend(of_roles.permissions.held_by(holders));
            evidence.catalogs.extend(of_roles.catalogs.iter().cloned());
        }
        evidence
    }

    /// Returns what the Access of terms gives.
    fn of_terms(&self, dialect: Dialect, terms: &Terms, access: &Access) -> Arc<Permissions> {
        let key = (dialect, Terms { principals: Vec::new(), ..terms.clone() });
        find_or_make(&self.by_terms, key, |_| granted_permissions(dialect, access))
    }

    /// Returns what the content of the terms' roles gives. Where a role is held says nothing of what it is, so the
    /// resources are left out.
    fn of_roles(&self, dialect: Dialect, terms: &Terms, catalog: &Catalog) -> Arc<RolePermissions> {
        let key = (dialect, Terms { principals: Vec::new(), resources: Vec::new(), ..terms.clone() });
        find_or_make(&self.by_roles, key, |(_, roles)| {
            let Some(content) = catalog.lower_planned(dialect, roles) else {
                return RolePermissions::default();
            };
            let permissions = granted_permissions(dialect, &content.lowered.access);
            let sources = content.used.into_iter().map(|used| used.source);
            let catalogs = if permissions.is_empty() { Vec::new() } else { sources.collect() };
            RolePermissions { permissions, catalogs }
        })
    }
}

/// Returns what is known under a key. Several threads may make the same value at once; holding the lock meanwhile would
/// make them wait for one another over every other key.
fn find_or_make<K: Hash + Eq, V>(
    known: &Mutex<HashMap<K, Arc<V>>>,
    key: K,
    make: impl FnOnce(&K) -> V,
) -> Arc<V> {
    let lock = || known.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = lock().get(&key) {
        return Arc::clone(found);
    }
    let made = Arc::new(make(&key));
    Arc::clone(lock().entry(key).or_insert(made))
}
