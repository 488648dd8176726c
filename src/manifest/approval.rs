//! One approval, as it was decided and where it stands.
//!
//! Nothing here says whether the decision holds: see [`crate::authority`].

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::access_review::{AccessReview, Withdrawal};
use super::exclusion::Exclusion;
use super::glob::Glob;
use super::granted::{ApprovedGrant, ApprovedGrants, GrantTemplate};
use super::place_names::PlaceNames;
use super::request::{RequestGap, RequestPart, is_placeholder};
use super::run::ApprovedRun;
use super::signed::ApprovalTrust;
use super::subject::Subject;
use super::template::{GrantScope, PlacedReference};
use crate::lower::{Dialect, Terms};
use crate::source::{Place, Span, Spanned};

/// A decision, under a ticket, that a system may be given an access for a time.
#[derive(Clone, Debug)]
pub struct Approval {
    /// The ticket ID, as written.
    pub id: String,
    /// What it is about, for people.
    pub title: Option<Spanned<String>>,
    /// Why.
    pub justification: Option<Spanned<String>>,
    /// The system; its block is in the manifest.
    pub system: Option<Spanned<String>>,
    /// The login of who asked.
    pub requester: Option<Spanned<String>>,
    /// The logins of who decided; never empty.
    pub approvers: Vec<Spanned<String>>,
    /// The day of the decision.
    pub approved_on: Spanned<Date>,
    /// The first day on which it holds, where that is not the day of the decision.
    pub starts_on: Option<Spanned<Date>>,
    /// The first day on which it no longer holds.
    pub expires_on: Spanned<Date>,
    /// The last day before which it has to be looked at again.
    pub review_by: Option<Spanned<Date>>,
    /// Where the ticket can be read.
    pub evidence: Vec<Spanned<String>>,
    /// The places where it holds.
    pub places: PlaceNames,
    /// The Terraform addresses that the approval claims.
    pub addresses: Vec<Glob>,
    /// Whom it empowers, once a kind; empty where it does not say.
    pub subjects: Vec<Subject>,
    /// What was approved; no grants where only runs were.
    pub content: ApprovalContent,
    /// What may run, and which part may be applied alone.
    pub runs: Vec<ApprovedRun>,
    /// Who looked at it again, in the order in which it is written.
    pub reviews: Vec<AccessReview>,
    /// That it was taken back before its end.
    pub withdrawn: Option<Box<Withdrawal>>,
    /// Parts of the request that could not be read, in a manifest with mistakes.
    pub(super) unreadable: Vec<RequestPart>,
    /// Whether only the change under review holds it, and who signed it.
    pub trust: ApprovalTrust,
    /// Whether a day stands in for one that could not be read, in a manifest with mistakes.
    pub(super) has_stand_in_days: bool,
    /// The block's heading.
    pub place: Place,
}

impl Approval {
    /// The name of the system.
    pub fn system_name(&self) -> Option<&str> {
        let name = self.system.as_ref().map(|system| system.value.as_str());
        // A blank name is that of no system, and the request says so.
        name.filter(|name| !name.trim().is_empty())
    }

    /// Whether its days could be read: always, but in a manifest with mistakes.
    pub fn are_days_known(&self) -> bool {
        !self.has_stand_in_days
    }

    /// What keeps a part of the request from being said, with where it stands; `None` where it is said.
    pub fn find_gap(&self, part: RequestPart) -> Option<RequestGap> {
        let of_text = |text: &Option<Spanned<String>>| match text {
            None => Some(RequestGap { part, span: None }),
            Some(text) => is_placeholder(&text.value).then_some(RequestGap { part, span: Some(text.span) }),
        };
        if self.unreadable.contains(&part) {
            return None;
        }
        let is_there = match part {
            RequestPart::Requester => return of_text(&self.requester),
            RequestPart::System => return of_text(&self.system),
            RequestPart::Justification => return of_text(&self.justification),
            RequestPart::Title => return of_text(&self.title),
            RequestPart::Evidence => match self.evidence.iter().find(|text| !is_placeholder(&text.value)) {
                Some(_) => true,
                None => return of_text(&self.evidence.first().cloned()),
            },
            RequestPart::Scope => !self.sample().grants.is_empty() || !self.runs.is_empty(),
            RequestPart::ReviewBy => self.review_by.is_some(),
            RequestPart::Addresses => !self.addresses.is_empty(),
            RequestPart::Subject => !self.subjects.is_empty(),
        };
        (!is_there).then_some(RequestGap { part, span: None })
    }

    /// The first day on which it holds, UTC.
    pub fn starts(&self) -> Date {
        self.starts_on.map_or(self.approved_on.value, |starts| starts.value.max(self.approved_on.value))
    }

    /// What it approves wherever it holds; of one that depends on the place and the plan, what it approves at one of its
    /// places. Nothing is judged by the latter.
    pub fn sample(&self) -> &ApprovedGrants {
        match &self.content {
            ApprovalContent::Fixed(grants) => grants,
            ApprovalContent::Varying(varying) => &varying.sample,
        }
    }

    /// The grants as their author wrote them, with words of a place and references in `${…}`.
    pub fn written_grants(&self) -> Vec<(Dialect, Terms, Vec<Exclusion>)> {
        match &self.content {
            ApprovalContent::Fixed(fixed) => {
                let written =
                    |grant: &ApprovedGrant| (grant.dialect, grant.terms.clone(), grant.exclusions.clone());
                fixed.grants.iter().map(written).collect()
            }
            ApprovalContent::Varying(varying) => {
                let nowhere = GrantScope::default();
                let written = |template: &GrantTemplate| {
                    let exclusions = template.exclusions(&nowhere).into_iter().map(|(one, _)| one);
                    (template.dialect(), template.fill(&nowhere), exclusions.collect())
                };
                varying.templates.iter().map(written).collect()
            }
        }
    }

    /// The grants whose texts depend on the place and the plan.
    pub fn varying(&self) -> Option<&VaryingGrants> {
        match &self.content {
            ApprovalContent::Fixed(_) => None,
            ApprovalContent::Varying(varying) => Some(varying),
        }
    }

    /// Whether one of the addresses matches; an approval without addresses claims none.
    pub fn matches_address(&self, address: &str) -> bool {
        self.addresses.iter().any(|glob| glob.matches(address))
    }

    /// The line of the block's heading, from one.
    pub fn line(&self) -> usize {
        self.place.position().line
    }
}

/// What an approval approves.
#[derive(Clone, Debug)]
pub enum ApprovalContent {
    /// The same wherever it holds, and whatever the plan.
    Fixed(ApprovedGrants),
    /// Other texts in each place or plan.
    Varying(Box<VaryingGrants>),
}

/// Grants whose texts depend on the place and the plan.
#[derive(Clone, Debug)]
pub struct VaryingGrants {
    /// Grant by grant; never empty.
    pub templates: Vec<GrantTemplate>,
    /// Where the objects that they refer to are named.
    pub(super) spans: BTreeMap<PlacedReference, Span>,
    /// Facts about scopes, as for every grant.
    pub(super) given_facts: Arc<BTreeMap<String, String>>,
    /// What the grants are at one of the places, with references that nothing is known of.
    pub(super) sample: ApprovedGrants,
}

impl VaryingGrants {
    /// The objects that the grants refer to.
    pub fn references(&self) -> impl Iterator<Item = &PlacedReference> {
        self.templates.iter().flat_map(GrantTemplate::references)
    }

    /// Adds what one of the grants means in a scope. One that cannot be judged there approves nothing.
    pub fn add_to(&self, grants: &mut ApprovedGrants, template: &GrantTemplate, scope: &GrantScope) {
        grants.add(template, scope, &self.given_facts);
    }
}
