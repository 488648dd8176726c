//! The excess: in what a grant is wider, said with a request that could really be made, and with all of its kind.
//!
//! In goes what containment has found; out comes the same with a real action on a realistic resource, and every known
//! action that is wider there. Nothing is decided here: the verdict stands.

use crate::catalog::{Catalog, actions};
use crate::grants::Grant;
use crate::lower::Dialect;
use access_algebra::polish;

use super::outcome::Wider;

/// Says the witness in real words and gathers what else is wider where it is.
pub(super) fn work_out(wider: &mut Wider, grant: &Grant, catalog: &Catalog) {
    let account = grant.origin.account.as_deref();
    let words = catalog.words(grant.dialect, &wider.planned, &wider.approved, account);
    let polished = polish::polish(&wider.planned, &wider.approved, &wider.witness.request, &*words);
    wider.actions = polish::excess(&wider.planned, &wider.approved, &polished.request, &*words);
    if !polished.is_real && grant.dialect == Dialect::Aws {
        wider.note = only_later(&polished.request.action);
    }
    wider.witness.request = polished.request;
}

/// Where no action that exists was found to show the difference, the witness stands for those to come.
fn only_later(action: &str) -> Option<String> {
    let source = actions::source()?;
    Some(format!(
        "no action that AWS had on {} was found to show this: `{action}` stands for one that it may add",
        source.date
    ))
}
