//! One row a code, in files by what the codes are about.
//!
//! The order of the groups here, and of the rows in their files, is that of [`Code`]'s variants.

mod access;
mod decision;
mod exception;
mod lifecycle;
mod plan;
mod subject;
mod trust;

use super::{Code, CodeRow};

/// Codes that are about the same.
#[derive(Clone, Copy, Debug)]
pub struct CodeGroup {
    /// What they are about: a few lower-case words.
    pub title: &'static str,
    /// Their rows.
    pub rows: &'static [CodeRow],
}

/// Every code, by what it is about.
pub const CODE_GROUPS: [CodeGroup; 7] = [
    CodeGroup { title: "access that no approval covers", rows: access::ROWS },
    CodeGroup { title: "approvals that do not hold", rows: decision::ROWS },
    CodeGroup { title: "whom approvals empower", rows: subject::ROWS },
    CodeGroup { title: "what a plan does not show", rows: plan::ROWS },
    CodeGroup { title: "access that exists already", rows: lifecycle::ROWS },
    CodeGroup { title: "what is owed after an exception", rows: exception::ROWS },
    CodeGroup { title: "decisions that cannot be checked", rows: trust::ROWS },
];

/// Every code with all that is known of it.
pub const CODES: [CodeRow; Code::ALL.len()] = collect_rows();

// A code is the place of its row, so a variant without a row, or at another place than its row, does not compile.
#[expect(
    clippy::indexing_slicing,
    reason = "the loops end at the lengths, and a wrong index would not compile"
)]
const fn collect_rows() -> [CodeRow; Code::ALL.len()] {
    let mut rows = [CODE_GROUPS[0].rows[0]; Code::ALL.len()];
    let (mut group, mut at) = (0, 0);
    while group < CODE_GROUPS.len() {
        let mut row = 0;
        while row < CODE_GROUPS[group].rows.len() {
            rows[at] = CODE_GROUPS[group].rows[row];
            assert!(rows[at].code as usize == at);
            row += 1;
            at += 1;
        }
        group += 1;
    }
    assert!(at == rows.len());
    rows
}
