//! Whether an approval lies within the ceiling of an authority.
//!
//! Takes a ceiling and what an approval gives where it is asked of, and returns by what it exceeds. What is not proved to lie
//! within exceeds. Grants are asked one by one, each by the names of its roles and, where the catalogue knows them, by their
//! content; what the ceiling says counts together.

use crate::catalog::Catalog;
use crate::containment::{ApprovedAccess, ApprovedPart, Decision as Containment};
use crate::lower::{Dialect, Lowered};
use crate::manifest::{Approval, ApprovedGrant, ApprovedGrants, Ceiling};
use crate::reason::Reason;
use crate::source::Span;
use access_algebra::polish::polish;
use access_algebra::{Access, Witness};
use std::borrow::Cow;

/// By what an approval exceeds a ceiling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CeilingExcess {
    /// A grant allows a request that the ceiling does not.
    Grant {
        /// The request.
        witness: Box<Witness>,
        /// The heading of the `grant` block.
        span: Span,
    },
    /// Whether a grant lies within the ceiling could not be decided.
    Undecided {
        /// Why.
        reason: Reason,
        /// The heading of the `grant` block.
        span: Span,
    },
    /// The ceiling does not list a kind of run.
    Run {
        /// The kind.
        kind: String,
        /// The heading of the `run` block.
        span: Span,
    },
}

impl CeilingExcess {
    /// Where the approval says what exceeds.
    pub fn span(&self) -> Span {
        match self {
            Self::Grant { span, .. } | Self::Undecided { span, .. } | Self::Run { span, .. } => *span,
        }
    }
}

/// Returns the first thing by which an approval exceeds a ceiling.
pub(super) fn exceed_ceiling(
    ceiling: &Ceiling,
    approval: &Approval,
    grants: &ApprovedGrants,
    catalog: &Catalog,
) -> Option<CeilingExcess> {
    let run = approval.runs.iter().find(|run| !ceiling.runs.iter().any(|kind| kind == run.kind()));
    if let Some(run) = run {
        return Some(CeilingExcess::Run { kind: run.kind().to_owned(), span: run.span });
    }
    let dialects = grants.accesses().map(|(dialect, _)| dialect);
    dialects.into_iter().find_map(|dialect| {
        let limit = limit_of(ceiling, dialect);
        let of_dialect = grants.grants.iter().filter(|grant| grant.dialect == dialect);
        of_dialect.into_iter().find_map(|grant| exceed_limit(&limit, grant, grants, catalog))
    })
}

/// What a ceiling allows in a dialect; nothing where it does not speak of it.
fn limit_of(ceiling: &Ceiling, dialect: Dialect) -> ApprovedAccess<'_> {
    let of_dialect = || ceiling.grants.grants.iter().filter(|grant| grant.dialect == dialect);
    let part = |access| ApprovedPart {
        access: Cow::Borrowed(access),
        role_terms: of_dialect().filter_map(|grant| grant.by_name.as_deref()).collect(),
        narrowed_by: None,
    };
    ApprovedAccess::new(ceiling.grants.access(dialect).map(part).into_iter().collect())
}

fn exceed_limit(
    limit: &ApprovedAccess<'_>,
    grant: &ApprovedGrant,
    grants: &ApprovedGrants,
    catalog: &Catalog,
) -> Option<CeilingExcess> {
    let statements = grants.statements(grant).to_vec();
    if statements.is_empty() {
        return None;
    }
    let by_name = Lowered { access: Access { statements }, ..Lowered::default() };
    if limit.covers(&by_name) {
        return None;
    }
    let dialect = grant.dialect;
    let content = grant.by_name.as_deref().and_then(|terms| catalog.lower_planned(dialect, terms));
    let readings: Vec<&Lowered> =
        std::iter::once(&by_name).chain(content.iter().map(|content| &content.lowered)).collect();
    let limit = limit.with_content(dialect, catalog).approved;
    match limit.decide(readings) {
        Containment::Contained => None,
        Containment::Undecided(reason) => Some(CeilingExcess::Undecided { reason, span: grant.span }),
        Containment::Exceeds { planned, witness } => {
            let approved = limit.union();
            let words = catalog.make_vocabulary(dialect, planned, approved, None);
            let request = polish(planned, approved, &witness.request, &*words).request;
            Some(CeilingExcess::Grant { witness: Box::new(Witness { request }), span: grant.span })
        }
    }
}
