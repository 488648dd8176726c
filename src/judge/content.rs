//! Roles by their content, as a catalogue has it: the step after their names have not been enough.
//!
//! In go a grant that does not pass by name and the approvals that may apply to it; out comes what the content says.
//! A grant passes if its content lies within what was approved in words; and an approval that names a role allows, in
//! words, what the catalogue says that the role holds. Which version that was is part of the answer, since a cloud
//! changes it without asking anybody.
//!
//! A grant that passes by its name never gets here, and nothing is unpacked for it.

use crate::catalog::{Catalog, Used};
use crate::grants::Grant;
use crate::lower::Dialect;
use crate::rules::Kind;
use access_algebra::Access;

use super::candidates::Selected;
use super::outcome::{Outcome, outcome};

/// What came out by content.
pub(super) struct ByContent<'m> {
    pub(super) outcome: Outcome,
    /// The approvals as they were read.
    pub(super) selected: Selected<'m>,
    /// Which content was read, each once.
    pub(super) used: Vec<Used>,
}

/// Judges a grant by content; none where no catalogue knows any of its roles or of the approvals'.
pub(super) fn by_content<'m>(
    grant: &Grant,
    selected: &Selected<'m>,
    catalog: &Catalog,
) -> Option<ByContent<'m>> {
    // Where nobody approved anything, nobody approved the content either.
    if selected.approvals.is_empty() {
        return None;
    }
    // Where the plan itself says what the role holds, a catalogue may be behind it.
    let terms = if grant.readings.len() == 1 { Some(&grant.terms) } else { grant.defined.as_deref() };
    let planned = terms.and_then(|terms| catalog.planned(grant.dialect, terms));
    let mut used = Vec::new();
    let mut read = None;
    let mut grant = grant;
    let with_content;
    if let Some(content) = planned {
        let mut readings = grant.readings.clone();
        readings.push(content.lowered);
        with_content = Grant { readings, ..grant.clone() };
        grant = &with_content;
        used = content.used;
        let outcome = outcome(grant, selected);
        let passes = outcome.passes();
        read = Some(ByContent { outcome, selected: selected.clone(), used: used.clone() });
        if passes {
            return read;
        }
    }
    if !is_held(grant) {
        return read;
    }
    let mut selected = selected.clone();
    let mut approved = selected.read_by_content(grant.dialect, catalog);
    if approved.is_empty() {
        return read;
    }
    used.append(&mut approved);
    used.sort();
    used.dedup();
    Some(ByContent { outcome: outcome(grant, &selected), selected, used })
}

/// Whether a grant is something that its principals are given to hold, as a role is. Who may become somebody, and what a
/// resource says of others, is another decision than the content of a role.
fn is_held(grant: &Grant) -> bool {
    match grant.kind {
        Kind::Additive | Kind::Exclusive | Kind::Definition => !grant.terms.principals.is_empty(),
        Kind::Trust | Kind::Credential | Kind::Limit | Kind::Opaque => false,
    }
}

impl Selected<'_> {
    /// Adds to what each approval allows what the roles hold that it names, and gives what was read for that of the
    /// approvals that hold.
    fn read_by_content(&mut self, dialect: Dialect, catalog: &Catalog) -> Vec<Used> {
        let mut used = Vec::new();
        for ((approval, flaws), allowed) in self.approvals.iter().zip(&mut self.accesses) {
            let by_name = approval.grants.iter().filter(|grant| grant.dialect == dialect);
            for terms in by_name.filter_map(|grant| grant.by_name.as_deref()) {
                if let Some(content) = catalog.approved(dialect, terms) {
                    let access: &mut Access = allowed.to_mut().entry(dialect).or_default();
                    access.statements.extend(content.lowered.access.statements);
                    if flaws.is_empty() {
                        used.extend(content.used);
                    }
                }
            }
        }
        used
    }
}
