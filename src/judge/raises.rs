//! What a grant gives its holders with which they can raise their own rights.
//!
//! In go grants, as they are judged; out come permissions of the table of escalations, to be put together over all
//! grants in the end. A role's content does not depend on who holds it, so it is looked at once, however often the role is
//! given.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::catalog::{Catalog, Source};
use crate::escalation::{Met, Permissions, given, met, speaks};
use crate::grants::Grant;
use crate::lower::{Dialect, Lowered, Terms};
use crate::rules::Kind;
use access_algebra::Access;

/// What one grant gives of them.
#[derive(Debug)]
pub struct Raises {
    pub(super) dialect: Dialect,
    pub(super) met: Vec<Met>,
    /// Catalogues that said so.
    pub(super) read: Vec<Source>,
}

/// What roles give by their content.
#[derive(Debug, Default)]
pub(super) struct Contents {
    by_role: Mutex<HashMap<(Dialect, Terms), Arc<Content>>>,
    by_words: Mutex<HashMap<(Dialect, Terms), Permissions>>,
}

/// Permissions, and the catalogues that said so.
type Content = (Permissions, Vec<Source>);

/// What a grant gives by name, by the plan's own definition, and by the catalogue where the plan defines nothing.
pub(super) fn raises(grant: &Grant, catalog: &Catalog, contents: &Contents) -> Raises {
    let mut raises = Raises { dialect: grant.dialect, met: Vec::new(), read: Vec::new() };
    if grant.sensitive || matches!(grant.kind, Kind::Limit | Kind::Opaque) {
        return raises;
    }
    let holders = &grant.terms.principals;
    for (at, Lowered { access, doubts, .. }) in grant.readings.iter().enumerate() {
        // A policy that is not known may allow anything: to list all of it tells nobody anything.
        if !doubts.is_empty() {
            continue;
        }
        raises.met.extend(match at {
            // The first reading is that of the words, and a module gives the same words to many.
            0 if !holders.is_empty() && speaks(grant.dialect, access) => {
                contents.in_words(grant.dialect, &grant.terms, access).held_by(holders)
            }
            _ => met(grant.dialect, holders, access),
        });
    }
    if grant.readings.len() == 1
        && let Some(content) = contents.of(grant.dialect, &grant.terms, catalog)
    {
        raises.met.extend(content.0.held_by(&grant.terms.principals));
        raises.read.extend(content.1.iter().cloned());
    }
    raises
}

impl Contents {
    /// What words give by themselves, whoever holds it.
    fn in_words(&self, dialect: Dialect, terms: &Terms, access: &Access) -> Permissions {
        let words = Terms { principals: Vec::new(), ..terms.clone() };
        let key = (dialect, words);
        if let Some(known) = self.by_words.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return known.clone();
        }
        let permissions = given(dialect, access);
        let mut known = self.by_words.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(key, permissions.clone());
        permissions
    }

    /// What the content of the words' roles gives; none where they name no role. Where the role is held says nothing of
    /// what it is, so the place is left out.
    fn of(&self, dialect: Dialect, terms: &Terms, catalog: &Catalog) -> Option<Arc<Content>> {
        if terms.roles.is_empty() {
            return None;
        }
        let words = Terms { principals: Vec::new(), resources: Vec::new(), ..terms.clone() };
        let key = (dialect, words);
        let mut known = self.by_role.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(content) = known.get(&key) {
            return Some(Arc::clone(content));
        }
        let content = match catalog.planned(dialect, &key.1) {
            None => Content::default(),
            Some(content) => {
                let permissions = given(dialect, &content.lowered.access);
                let used = content.used.into_iter().map(|used| used.source);
                let read = if permissions.is_empty() { Vec::new() } else { used.collect() };
                (permissions, read)
            }
        };
        let content = Arc::new(content);
        known.insert(key, Arc::clone(&content));
        Some(content)
    }
}
