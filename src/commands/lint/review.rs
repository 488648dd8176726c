//! What is wrong with a manifest that can be read.
//!
//! In go a manifest and a day; out come bad decisions as errors, and what lapses, lapsed or is not used as warnings,
//! in the order of files and places.

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::authority::{Flaw, standing};
use crate::catalog::policies;
use crate::lower::{Dialect, Text};
use crate::manifest::{Approval, ApprovedGrant, Manifest};
use crate::source::{Place, Problem};
use access_algebra::Test;
use spanned_hcl::did_you_mean;

/// From so many days before an approval expires on, somebody should think of renewing it.
const SOON_DAYS: i64 = 14;

/// Everything that somebody should mend or look at.
pub(super) fn review(manifest: &Manifest, as_of: Date) -> Vec<Problem> {
    let mut problems: Vec<_> =
        manifest.approvals().iter().flat_map(|approval| decision(approval, manifest, as_of)).collect();
    problems.extend(unused(manifest));
    problems.sort_by(|a, b| (&a.source.name, a.span).cmp(&(&b.source.name, b.span)));
    if manifest.approvals().is_empty() {
        let place = &manifest.process_owner.place;
        let message = "the manifest holds no approval, so every grant will be blocked";
        let warning = Problem::warning(&place.source, place.span, message);
        problems.push(warning.help("add an `approval` block for what was approved"));
    }
    problems
}

fn decision(approval: &Approval, manifest: &Manifest, as_of: Date) -> Vec<Problem> {
    let flaws = standing(approval, manifest, as_of);
    let mut problems: Vec<_> = flaws.iter().filter_map(|flaw| flawed(approval, flaw)).collect();
    problems.extend(obscure(approval));
    problems.extend(not_managed(approval));
    let is_expired = flaws.iter().any(|flaw| matches!(flaw, Flaw::Expired { .. }));
    if !is_expired && as_of.saturating_add(SOON_DAYS.days()) >= approval.expires_on.value {
        let message = format!("approval `{}` expires on {}", approval.id, approval.expires_on.value);
        let warning = Problem::warning(&approval.place.source, approval.expires_on.span, message);
        problems
            .push(warning.label("soon").help("have it approved anew, or remove the access before that day"));
    }
    if approval.approved_on.value > as_of {
        let message = format!("approval `{}` says that it was decided on a day to come", approval.id);
        let warning = Problem::warning(&approval.place.source, approval.approved_on.span, message);
        problems.push(warning.help("write the day of the decision, and its first day as `starts_on`"));
    }
    problems
}

/// Demands that nothing here understands: a misspelt operator would otherwise be a limit that covers nothing, and
/// nobody would know why.
fn obscure(approval: &Approval) -> impl Iterator<Item = Problem> {
    let is_obscure = |grant: &&ApprovedGrant| {
        let statements = approval.statements(grant);
        // Expressions are compared as they stand and their authors know it.
        !grant.terms.conditions.is_empty()
            && statements
                .iter()
                .flat_map(|statement| &statement.conditions)
                .any(|condition| matches!(condition.test, Test::Opaque(_)))
    };
    approval.grants.iter().filter(is_obscure).map(|grant| {
        let message = "a condition of the grant is not understood, so it covers only what demands the same";
        Problem::warning(&approval.place.source, grant.span, message)
            .help("check the operator and the values of its `condition` blocks")
    })
}

/// AWS's own policies under names that AWS does not have: such an approval covers nothing.
fn not_managed(approval: &Approval) -> Vec<Problem> {
    const OWN: &str = "arn:aws:iam::aws:policy/";
    let mut problems = Vec::new();
    for grant in approval.grants.iter().filter(|grant| grant.dialect == Dialect::Aws) {
        let names = grant.terms.roles.iter().filter_map(Text::as_known);
        for arn in names.filter(|name| name.starts_with(OWN) && policies::policy(name).is_none()) {
            let last = |arn: &'static str| arn.rsplit('/').next().unwrap_or(arn);
            let name = arn.rsplit('/').next().unwrap_or(arn);
            let all = policies::all();
            let near = did_you_mean(name, all.iter().map(|policy| last(policy.arn)));
            let near = near.and_then(|near| all.iter().find(|policy| last(policy.arn) == near));
            let help = match near {
                Some(policy) => format!("did you mean `{}`", policy.arn),
                None => "check its name: as it stands, it covers a policy of exactly that name".to_owned(),
            };
            let date = policies::source().map(|source| source.date.to_string()).unwrap_or_default();
            let message = format!("`{arn}` is no AWS managed policy that the catalogue of {date} knows");
            let warning = Problem::warning(&approval.place.source, grant.span, message);
            problems.push(warning.help(help));
        }
    }
    problems
}

/// A flaw as a problem; waiting for the first day is none.
fn flawed(approval: &Approval, flaw: &Flaw) -> Option<Problem> {
    let source = &approval.place.source;
    let span = flaw.span().unwrap_or(approval.place.span);
    let message = format!("approval `{}` does not hold: {flaw}", approval.id);
    let problem = match flaw {
        Flaw::SelfApproved { .. } | Flaw::NoAuthority { .. } | Flaw::ThresholdNotMet { .. } => {
            Problem::error(source, span, message)
        }
        Flaw::Expired { .. } => Problem::warning(source, span, message),
        Flaw::NotYetValid { .. } => return None,
    };
    Some(problem.help(flaw.remedy()))
}

fn unused(manifest: &Manifest) -> Vec<Problem> {
    let approved: BTreeSet<&str> =
        manifest.approvals().iter().map(|approval| approval.system.value.as_str()).collect();
    let mut problems = Vec::new();
    for system in manifest.systems.values() {
        if system.matches.is_empty() && !approved.contains(system.name.as_str()) {
            let message = format!("no approval is for system `{}`, and it matches nothing", system.name);
            problems.push(idle(&system.place, message));
        }
    }
    for authority in manifest.authorities.values() {
        if !authority.systems.iter().any(|system| approved.contains(system.value.as_str())) {
            let message = format!(
                "authority `{}` has nothing to decide: no approval is for its systems",
                authority.name
            );
            problems.push(idle(&authority.place, message));
        }
    }
    let named = named(manifest);
    for person in manifest.persons.values() {
        if !named.contains(&person.name.to_ascii_lowercase()) {
            let message = format!("person `{}` neither asks, approves nor owns anything", person.name);
            problems.push(idle(&person.place, message));
        }
    }
    problems
}

fn idle(place: &Place, message: String) -> Problem {
    Problem::warning(&place.source, place.span, message).label("unused").help("delete it if nobody needs it")
}

/// Everybody whom the manifest names, as persons.
fn named(manifest: &Manifest) -> BTreeSet<String> {
    let askers = manifest.approvals().iter().map(|approval| &approval.requester.value);
    let approvers = manifest.approvals().iter().flat_map(|approval| &approval.approvers);
    let entitled = manifest.authorities.values().flat_map(|authority| &authority.approvers);
    let owners = manifest.systems.values().map(|system| &system.owner);
    askers
        .chain(approvers.chain(entitled).map(|login| &login.value))
        .chain(owners)
        .chain([&manifest.process_owner.name])
        .map(|login| manifest.person_of(login))
        .collect()
}
