//! Whether approvals in force contain all that an exception lets by.
//!
//! Takes an exception and what decisions are judged by. The answer does not depend on a plan: what the exception let by may be in
//! another one. In each of the exception's places its grants have to lie within the approvals of the same system that
//! hold at all of its places and addresses. An object that a text refers to is the same one in both, whichever it is.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::authority::Decisions;
use crate::containment::{ApprovedAccess, ApprovedPart};
use crate::lower::{Dialect, Side, Terms, Text, lower};
use crate::manifest::{Approval, ApprovalContent, ApprovedGrants, Exception, GrantScope, GrantTemplate};
use crate::resolve::identity::ObjectReference;
use crate::resolve::place::PlaceWord;
use access_algebra::HoleKind;

/// The most places of an exception that are gone through: an incident is in a few accounts and regions.
const MAX_PLACES: usize = 64;

/// Whether approvals in force contain it all.
pub(super) fn is_approved_since(exception: &Exception, decisions: &Decisions<'_>) -> bool {
    let let_by = &exception.approval;
    let counts = |approval: &&Approval| {
        approval.system_name() == let_by.system_name()
            && holds_wherever(approval, let_by)
            && decisions.find_flaws(approval, approval.sample()).is_empty()
    };
    let approvals: Vec<&Approval> = decisions.manifest().approvals().iter().filter(counts).collect();
    let Some(places) = list_places(let_by) else { return false };
    !approvals.is_empty()
        && places.into_iter().all(|places| {
            let objects = list_objects(approvals.iter().copied().chain([let_by]));
            let scope = GrantScope { places, objects };
            let approved: Vec<Cow<'_, ApprovedGrants>> =
                approvals.iter().map(|approval| fill_approval(approval, &scope)).collect();
            fill_terms(let_by, &scope).iter().all(|(dialect, terms)| is_covered(*dialect, terms, &approved))
        })
}

/// Whether an approval holds at every place and address at which an exception does.
fn holds_wherever(approval: &Approval, exception: &Approval) -> bool {
    let lists_all = |word: &PlaceWord| {
        let (approved, excepted) = (approval.places.names(*word), exception.places.names(*word));
        approved.is_empty() || !excepted.is_empty() && excepted.iter().all(|name| approved.contains(name))
    };
    let has_address = |address: &str| approval.addresses.iter().any(|own| own.as_str() == address);
    let at_all_addresses = approval.addresses.is_empty()
        || !exception.addresses.is_empty() && exception.addresses.iter().all(|one| has_address(one.as_str()));
    PlaceWord::ALL.iter().all(lists_all) && at_all_addresses
}

/// Every choice of one name for each word that the exception lists; `None` where there are too many.
fn list_places(exception: &Approval) -> Option<Vec<BTreeMap<PlaceWord, String>>> {
    let mut all = vec![BTreeMap::new()];
    for word in PlaceWord::ALL {
        let names = exception.places.names(*word);
        if names.is_empty() {
            continue;
        }
        if all.len() * names.len() > MAX_PLACES {
            return None;
        }
        let with = |places: &BTreeMap<PlaceWord, String>| {
            names
                .iter()
                .map(|name| {
                    let mut places = places.clone();
                    places.insert(*word, name.clone());
                    places
                })
                .collect::<Vec<_>>()
        };
        all = all.iter().flat_map(with).collect();
    }
    Some(all)
}

/// A hole for each object that one of them refers to.
fn list_objects<'a>(approvals: impl Iterator<Item = &'a Approval>) -> BTreeMap<ObjectReference, Text> {
    let references = approvals.filter_map(Approval::varying).flat_map(|varying| varying.references());
    let hole = |reference: &ObjectReference| Text::hole(HoleKind::Unknown, &reference.to_string());
    references.map(|reference| (reference.object.clone(), hole(&reference.object))).collect()
}

fn fill_approval<'a>(approval: &'a Approval, scope: &GrantScope) -> Cow<'a, ApprovedGrants> {
    match &approval.content {
        ApprovalContent::Fixed(grants) => Cow::Borrowed(grants),
        ApprovalContent::Varying(varying) => {
            let mut grants = ApprovedGrants::default();
            varying.templates.iter().for_each(|template| varying.add_to(&mut grants, template, scope));
            Cow::Owned(grants)
        }
    }
}

/// What the exception lets by, grant by grant, without what it takes out again: more than it lets by is asked for.
fn fill_terms(exception: &Approval, scope: &GrantScope) -> Vec<(Dialect, Terms)> {
    match &exception.content {
        ApprovalContent::Fixed(fixed) => {
            fixed.grants.iter().map(|grant| (grant.dialect, grant.terms.clone())).collect()
        }
        ApprovalContent::Varying(varying) => {
            let fill = |template: &GrantTemplate| (template.dialect(), template.fill(scope));
            varying.templates.iter().map(fill).collect()
        }
    }
}

fn is_covered(dialect: Dialect, terms: &Terms, approved: &[Cow<'_, ApprovedGrants>]) -> bool {
    let part = |grants: &'_ Cow<'_, ApprovedGrants>| {
        let access = grants.access(dialect)?.clone();
        Some(ApprovedPart { access: Cow::Owned(access), role_terms: Vec::new(), narrowed_by: None })
    };
    let parts: Vec<ApprovedPart<'_>> = approved.iter().filter_map(part).collect();
    !parts.is_empty() && ApprovedAccess::new(parts).covers(&lower(dialect, Side::Planned, terms))
}
