//! One row a code, in files by what the codes are about.
//!
//! The order of the files here, and of the rows in them, is that of [`Code`]'s variants.

mod access;
mod decision;
mod lifecycle;
mod plan;

use super::{Code, CodeRow};

const FILES: [&[CodeRow]; 4] = [access::ROWS, decision::ROWS, plan::ROWS, lifecycle::ROWS];

/// Every code with all that is known of it.
pub const CODES: [CodeRow; Code::ALL.len()] = collect_rows();

// A code is the place of its row, so a variant without a row, or at another place than its row, does not compile.
#[expect(
    clippy::indexing_slicing,
    reason = "the loops end at the lengths, and a wrong index would not compile"
)]
const fn collect_rows() -> [CodeRow; Code::ALL.len()] {
    let mut rows = [FILES[0][0]; Code::ALL.len()];
    let (mut file, mut at) = (0, 0);
    while file < FILES.len() {
        let mut row = 0;
        while row < FILES[file].len() {
            rows[at] = FILES[file][row];
            assert!(rows[at].code as usize == at);
            row += 1;
            at += 1;
        }
        file += 1;
    }
    assert!(at == rows.len());
    rows
}
