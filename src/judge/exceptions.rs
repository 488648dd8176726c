//! Whether one exception lets a grant by that approvals do not.
//!
//! Takes a grant that does not pass and the exceptions of the manifest, and returns those that contain the whole grant, each
//! by itself, with what keeps it from being in force. An exception is added to nothing: neither to approvals nor to
//! another exception. What is found beside a grant, such as a part of the plan that cannot be read, is none of this.

use std::borrow::Cow;
use std::sync::Arc;

use crate::authority::{AsOf, Flaw, find_exception_flaws, place_flaw};
use crate::catalog::{Catalog, Used};
use crate::grants::{Change, Grant};
use crate::manifest::{ApprovalContent, Exception, Manifest};
use access_algebra::polish::KnownExcess;
use rule_language::GrantKind;

use super::outcome::{self, JudgedGrant, Outcome, covers_one};
use super::owner::match_subject;
use super::placed::Placement;
use super::selected::{Selected, SelectedApproval, SelectedContent};

/// What exceptions say of a grant.
#[derive(Debug, Default)]
pub(super) struct ExceptionAnswer<'m> {
    /// That the first exception in force contains it which does.
    pub(super) excepted_by: Option<JudgedGrant>,
    /// Those that would contain it and are not in force.
    pub(super) flawed: Selected<'m>,
    /// The labels of those that would cover it only together with approvals or with each other.
    pub(super) not_added: Vec<String>,
}

/// What exceptions are judged with.
#[derive(Clone, Copy)]
pub(super) struct ExceptionJudge<'j, 'm> {
    pub(super) manifest: &'m Manifest,
    pub(super) catalog: &'j Catalog,
    pub(super) known: &'j KnownExcess,
    pub(super) placement: &'j Placement<'m>,
    pub(super) as_of: AsOf,
}

impl<'j, 'm> ExceptionJudge<'j, 'm> {
    /// Asks all exceptions about a grant that does not pass; `selected` are the approvals that it was judged by.
    pub(super) fn answer(self, grant: &Grant, selected: &Selected<'j>) -> ExceptionAnswer<'j> {
        let mut answer = ExceptionAnswer::default();
        if !may_be_excepted(grant) {
            return answer;
        }
        let mut in_force = Vec::new();
        for exception in self.manifest.exceptions() {
            for one in self.select(exception, grant) {
                let is_in_force = one.flaws.is_empty();
                match (self.find_containing(&one, grant), is_in_force) {
                    (Some(used), true) => {
                        let outcome = Outcome::Excepted(exception.approval.id.clone());
                        let excepted_by = Some(JudgedGrant { outcome, used });
                        return ExceptionAnswer { excepted_by, ..ExceptionAnswer::default() };
                    }
                    (Some(_), false) => answer.flawed.approvals.push(one),
                    (None, true) => in_force.push(one),
                    (None, false) => {}
                }
            }
        }
        if !in_force.is_empty() && answer.flawed.approvals.is_empty() {
            answer.not_added = self.find_not_added(grant, selected, in_force);
        }
        answer
    }

    /// Whether an exception lets by a grant at its place, or did while it was in force.
    pub(super) fn is_within(self, exception: &'m Exception, grant: &Grant) -> bool {
        let approval = &exception.approval;
        let is_here = || {
            let subject = match_subject(&grant.origin);
            place_flaw(approval, self.manifest, grant.dialect, &subject).is_none()
        };
        let lets_by = |(content, _): (SelectedContent<'j>, Vec<Flaw>)| {
            let alone = SelectedApproval { approval, content, flaws: Cow::Borrowed(&[]) };
            self.find_containing(&alone, grant).is_some()
        };
        may_be_excepted(grant) && is_here() && self.list_contents(exception, grant).into_iter().any(lets_by)
    }

    /// What an exception lets by at the place of a grant, with why its references do not count.
    fn list_contents(self, exception: &'m Exception, grant: &Grant) -> Vec<(SelectedContent<'j>, Vec<Flaw>)> {
        let mut contents = Vec::new();
        match &exception.approval.content {
            ApprovalContent::Fixed(grants) => contents.push((SelectedContent::Fixed(grants), Vec::new())),
            ApprovalContent::Varying(varying) => {
                let placed = self.placement.content_at(&exception.approval, varying, grant);
                contents.extend(
                    placed.map(|(grants, refusals)| (SelectedContent::Placed(Arc::new(grants)), refusals)),
                );
            }
        }
        contents
    }

    /// The same, with what keeps it from being in force.
    fn select(self, exception: &'m Exception, grant: &Grant) -> Vec<SelectedApproval<'j>> {
        let approval = &exception.approval;
        let at_place = place_flaw(approval, self.manifest, grant.dialect, &match_subject(&grant.origin));
        let select = |(content, refusals): (SelectedContent<'j>, Vec<Flaw>)| {
            let mut flaws = find_exception_flaws(exception, content.grants(), self.manifest, self.as_of);
            flaws.extend(refusals);
            flaws.extend(at_place.clone());
            SelectedApproval { approval, content, flaws: Cow::Owned(flaws) }
        };
        self.list_contents(exception, grant).into_iter().map(select).collect()
    }

    /// The content of roles by which one exception alone contains all of a grant, in force or not; `None` where it does not.
    /// Most do not, and where no role is named its content cannot change that.
    fn find_containing(self, one: &SelectedApproval<'j>, grant: &Grant) -> Option<Vec<Used>> {
        let access = one.content.grants().access(grant.dialect)?;
        if outcome::is_unchanged(&as_made(grant)) {
            return None;
        }
        if covers_one(access, &grant.readings) {
            return Some(Vec::new());
        }
        let names_roles = !grant.terms.roles.is_empty()
            || grant.defined.is_some()
            || one.content.grants().grants.iter().any(|grant| grant.by_name.is_some());
        let alone = || SelectedApproval { flaws: Cow::Borrowed(&[]), ..one.clone() };
        if names_roles { self.find_covered(grant, vec![alone()]) } else { None }
    }

    /// The content of roles by which approvals cover all of a grant; `None` where they do not.
    fn find_covered(self, grant: &Grant, approvals: Vec<SelectedApproval<'j>>) -> Option<Vec<Used>> {
        let selected = Selected { approvals, missing: Vec::new() };
        let whole = as_made(grant);
        let judged = outcome::judge(&whole, &selected, self.catalog, self.known);
        matches!(judged.outcome, Outcome::Approved(_)).then_some(judged.used)
    }

    /// The exceptions that were left out although the grant lies within them and the approvals together.
    fn find_not_added(
        self,
        grant: &Grant,
        selected: &Selected<'j>,
        exceptions: Vec<SelectedApproval<'j>>,
    ) -> Vec<String> {
        let ids = exceptions.iter().map(|one| one.approval.id.clone()).collect();
        let in_force = selected.approvals.iter().filter(|one| one.flaws.is_empty()).cloned();
        let all = exceptions.into_iter().chain(in_force).collect();
        if self.find_covered(grant, all).is_some() { ids } else { Vec::new() }
    }

    /// Whether approvals cover a grant that is there already, whatever it was before: those in force, and, where `then` says
    /// so, those that were.
    pub(super) fn is_approved(self, grant: &Grant, selected: &Selected<'j>, then: Standing) -> bool {
        let counts = |flaw: &Flaw| then == Standing::InForceOrExpired && matches!(flaw, Flaw::Expired { .. });
        let stand = |one: &SelectedApproval<'j>| {
            let flaws = one.flaws.iter().filter(|flaw| !counts(flaw)).cloned().collect();
            SelectedApproval { flaws: Cow::Owned(flaws), ..one.clone() }
        };
        self.find_covered(grant, selected.approvals.iter().map(stand).collect()).is_some()
    }
}

/// Which approvals count for a grant that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Those in force.
    InForce,
    /// Those that have expired as well.
    InForceOrExpired,
}

/// Whether an exception may let a grant by. What runs code is not access that ends, and what is left behind no plan shows
/// when it has to be cleaned up.
fn may_be_excepted(grant: &Grant) -> bool {
    grant.kind != GrantKind::Opaque && grant.change != Change::LeftBehind
}

/// The grant as if it was not there before: all of it has to be covered.
pub(super) fn as_made(grant: &Grant) -> Cow<'_, Grant> {
    match grant.change {
        Change::Made
        | Change::Adopted
        | Change::LeftBehind
        | Change::Untouched
        | Change::Delivered
        | Change::Altered => Cow::Borrowed(grant),
        Change::Changed | Change::Replaced | Change::Drifted | Change::Loosened => {
            Cow::Owned(Grant { change: Change::Made, ..grant.clone() })
        }
    }
}
