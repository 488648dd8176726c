//! Whom an approval empowers, as its `subject` blocks say.

use crate::source::{Span, Spanned};
use crate::subject::SubjectKind;

/// A `subject` block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Of which kind.
    pub kind: SubjectKind,
    /// The login of the person, or the team, that owns it.
    pub owner: Option<Spanned<String>>,
    /// The block's heading.
    pub span: Span,
}
