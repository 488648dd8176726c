//! Whom approvals empower: `subject` blocks.

use super::Validator;
use crate::manifest::identity::is_identity;
use crate::manifest::raw;
use crate::manifest::subject::Subject;
use crate::source::{Problem, Source, Spanned};
use crate::subject::SubjectKind;
use spanned_hcl::did_you_mean;

impl Validator {
    /// The subjects of an approval. A kind that cannot be read was reported, and what is left would demand more than the
    /// author wrote.
    pub(super) fn validate_subjects(&mut self, source: &Source, raw: &[raw::RawSubject]) -> Vec<Subject> {
        let mut subjects: Vec<Subject> = Vec::new();
        for raw in raw {
            if let Some(owner) = &raw.owner {
                is_identity(source, owner, &mut self.problems);
            }
            let Some(kind) = raw.kind.as_ref().and_then(|word| self.subject_kind(source, word)) else {
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

    /// The kind that a word of a manifest means.
    pub(super) fn subject_kind(&mut self, source: &Source, word: &Spanned<String>) -> Option<SubjectKind> {
        let kind = SubjectKind::from_word(&word.value);
        if kind.is_none() {
            let words = || SubjectKind::ALL.iter().map(|kind| kind.word());
            let help = match did_you_mean(&word.value, words()) {
                Some(meant) => format!("did you mean `{meant}`"),
                None => {
                    let words: Vec<String> = words().map(|word| format!("`{word}`")).collect();
                    format!("use one of {}", words.join(", "))
                }
            };
            let message = format!("unknown kind of subject `{}`", word.value);
            self.problems.push(Problem::error(source, word.span, message).label("unknown").help(help));
        }
        kind
    }
}
