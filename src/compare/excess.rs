//! The witness in real words, and all of its kind.
//!
//! In go both sides and a witness; out comes one that can be read, and every known action that is wider where it is.
//! What is said of one request has to hold for each of them: a denial in one document may not decide it.

use crate::catalog::Catalog;
use crate::lower::Dialect;
use access_algebra::evaluate::{Truth, judge};
use access_algebra::{Request, Witness, polish};

use super::{Sides, between_documents, union};

/// The witness as it reads best, and the excess; empty where no action is known.
pub(super) fn work_out(
    sides: &Sides,
    dialect: Dialect,
    catalog: &Catalog,
    witness: &Witness,
) -> (Witness, Vec<String>) {
    let (approved, all_planned) = (union(&sides.approved), union(&sides.planned));
    let shown = sides.planned.iter().find(|one| judge(&one.access, &witness.request) == Truth::Yes);
    let Some(planned) = shown.map(|one| &one.access) else {
        return (witness.clone(), Vec::new());
    };
    let words = catalog.words(dialect, planned, &approved, None);
    let polished = Witness { request: polish::polish(planned, &approved, &witness.request, &*words).request };
    let stands = |witness: &Witness| between_documents(sides, &all_planned, witness).is_none();
    let witness = if stands(&polished) { polished } else { witness.clone() };
    let mut actions = polish::excess(planned, &approved, &witness.request, &*words);
    actions.retain(|action| stands(&with(&witness, action)));
    (witness, actions)
}

fn with(witness: &Witness, action: &str) -> Witness {
    Witness { request: Request { action: action.to_owned(), ..witness.request.clone() } }
}
