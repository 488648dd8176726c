//! Whom approvals empower: `subject` blocks.

use std::collections::BTreeMap;

use super::Validator;
use crate::lower::Text;
use crate::manifest::approval::Approval;
use crate::manifest::identity::is_identity;
use crate::manifest::raw;
use crate::manifest::subject::Subject;
use crate::source::Source;
use crate::subject::{SubjectKind, find_identity_key};

impl Validator {
    /// The subjects of an approval. A kind that cannot be read was reported, and what is left would demand more than the
    /// author wrote.
    pub(super) fn validate_subjects(&mut self, source: &Source, raw: &[raw::RawSubject]) -> Vec<Subject> {
        let kinds: Vec<_> = SubjectKind::ALL.iter().map(|kind| (kind.word(), *kind)).collect();
        let mut subjects: Vec<Subject> = Vec::new();
        for raw in raw {
            if let Some(owner) = &raw.owner {
                is_identity(source, owner, &mut self.problems);
            }
            let Some(kind) = raw.kind.as_ref().and_then(|word| self.read_word(source, word, &kinds)) else {
                continue;
            };
            if subjects.iter().any(|known| known.kind == kind) {
                let message = format!("duplicate subject of the kind `{}`", kind.word());
                self.refuse(source, raw.span, message, "remove one of them");
                continue;
            }
            subjects.push(Subject { kind, owner: raw.owner.clone(), span: raw.span });
        }
        subjects
    }
}

/// The numbers of approvals by the workload identities that they name. Nothing is compared by it unless an approval says
/// that it empowers a workload or an agent.
pub(super) fn index_identities(approvals: &[Approval]) -> BTreeMap<String, Vec<usize>> {
    let mut index: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let empowers_workload =
        |approval: &Approval| approval.subjects.iter().any(|subject| subject.kind.needs_owner());
    if !approvals.iter().any(empowers_workload) {
        return index;
    }
    for (number, approval) in approvals.iter().enumerate() {
        for grant in &approval.sample().grants {
            let names = grant.terms.principals.iter().filter_map(Text::as_known);
            for key in names.filter_map(|name| find_identity_key(grant.dialect, name)) {
                let numbers = index.entry(key).or_default();
                if numbers.last() != Some(&number) {
                    numbers.push(number);
                }
            }
        }
    }
    index
}
