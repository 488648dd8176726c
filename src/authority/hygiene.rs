//! Hygiene of a manifest that can be read.
//!
//! Takes a manifest and a date, and returns decisions that are not valid as errors, and what expires, has expired or is
//! unused as warnings, in the order of files and places.

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::exception::{find_decision_flaws, refuse_person};
use super::{AsOf, CeilingExcess, Decisions, ExceptionFlaw, Flaw, SubjectFlaw, find_late_duties};
use crate::catalog::{Catalog, policies};
use crate::lower::{Dialect, Text};
use crate::manifest::{Approval, ApprovedGrant, Duty, EarlierSerial, Exception, Manifest};
use crate::source::{Place, Problem, Source, Span};
use access_algebra::{Request, Test, Witness};
use spanned_hcl::did_you_mean;

/// Days before its end from which an approval is said to expire soon: two weeks are enough to get a renewal approved.
const SOON_DAYS: i64 = 14;

/// Returns everything that somebody should correct or look at.
pub fn review(manifest: &Manifest, as_of: Date) -> Vec<Problem> {
    let catalog = Catalog::default();
    let decisions = Decisions::new(manifest, &catalog, as_of);
    let mut problems: Vec<_> =
        manifest.approvals().iter().flat_map(|approval| review_decision(approval, &decisions)).collect();
    problems.extend(manifest.exceptions().iter().flat_map(|one| review_exception(one, manifest, as_of)));
    problems.extend(find_unused(manifest));
    problems.extend(find_rollback(manifest));
    problems.extend(manifest.stray_signatures.iter().map(|file| report_stray(file)));
    problems.sort_by(|a, b| (&a.source.name, a.span).cmp(&(&b.source.name, b.span)));
    if manifest.approvals().is_empty() {
        let place = &manifest.process_owner.place;
        let message = "the manifest has no approvals; every grant will be blocked";
        let warning = Problem::warning(&place.source, place.span, message);
        problems.push(warning.help("add an `approval` block"));
    }
    problems
}

/// Returns what is wrong with the decisions of a manifest that has other mistakes as well.
pub fn review_draft(draft: &Manifest, as_of: Date) -> Vec<Problem> {
    let catalog = Catalog::default();
    let decisions = Decisions::new(draft, &catalog, as_of);
    let flaws = |approval: &Approval| {
        let flaws = decisions.find_decision_flaws(approval, approval.sample());
        flaws.into_iter().filter_map(|flaw| problem_of_flaw(approval, &flaw)).collect::<Vec<_>>()
    };
    draft.approvals().iter().flat_map(flaws).collect()
}

fn review_decision(approval: &Approval, decisions: &Decisions<'_>) -> Vec<Problem> {
    let as_of = decisions.as_of;
    let flaws = decisions.find_flaws(approval, approval.sample());
    let mut problems: Vec<_> = flaws.iter().filter_map(|flaw| problem_of_flaw(approval, flaw)).collect();
    problems.extend(find_opaque_conditions(approval));
    problems.extend(find_unknown_policies(approval));
    let is_expired = flaws.iter().any(|flaw| matches!(flaw, Flaw::Expired { .. }));
    if !is_expired && as_of.saturating_add(SOON_DAYS.days()) >= approval.expires_on.value {
        let message = format!("{} expires on {}", approval.id, approval.expires_on.value);
        let warning = Problem::warning(&approval.place.source, approval.expires_on.span, message);
        problems
            .push(warning.label("soon").help("renew the approval, or remove the access before that date"));
    }
    if approval.approved_on.value > as_of {
        let message = format!("`approved_on` of {} is in the future", approval.id);
        let warning = Problem::warning(&approval.place.source, approval.approved_on.span, message);
        problems
            .push(warning.help(
                "set `approved_on` to the date of the decision, and use `starts_on` for a later start",
            ));
    }
    problems
}

/// What is wrong with an exception, and what is late after it.
fn review_exception(exception: &Exception, manifest: &Manifest, as_of: Date) -> Vec<Problem> {
    let approval = &exception.approval;
    let source = &approval.place.source;
    let flaws = find_decision_flaws(exception, approval.sample(), manifest);
    let mut problems: Vec<_> = flaws.iter().filter_map(|flaw| problem_of_flaw(approval, flaw)).collect();
    for duty in Duty::ALL.iter().copied() {
        let Some(done) = exception.done(duty) else { continue };
        if let Some(refusal) = refuse_person(done, duty, exception, manifest) {
            let message =
                format!("`{}` does not count, and {}", duty.block(), refusal.describe(&approval.id));
            let help = "have somebody else say so who did not decide it";
            problems.push(Problem::error(source, done.by.span, message).help(help));
        }
    }
    for late in find_late_duties(exception, manifest, AsOf::from(as_of)) {
        if exception.done(late.duty).is_none() {
            let message =
                format!("{} has no `{}`, which was due at {}", approval.id, late.duty.block(), late.due);
            let help = format!("add a `{}` block once it is done", late.duty.block());
            problems.push(Problem::warning(source, approval.place.span, message).help(help));
        }
    }
    problems
}

/// Finds conditions that nothing here understands: a misspelt operator makes a grant cover nothing, and its author
/// should know why.
fn find_opaque_conditions(approval: &Approval) -> impl Iterator<Item = Problem> {
    let is_opaque = |grant: &&ApprovedGrant| {
        let statements = approval.sample().statements(grant);
        // Expressions are compared as they stand and their authors know it.
        !grant.terms.conditions.is_empty()
            && statements
                .iter()
                .flat_map(|statement| &statement.conditions)
                .any(|condition| matches!(&condition.test, Test::Opaque(demand) if demand.missing.is_none()))
    };
    approval.sample().grants.iter().filter(is_opaque).map(|grant| {
        let message =
            "a condition of this grant is not understood; it covers only grants with the same condition";
        Problem::warning(&approval.place.source, grant.span, message)
            .help("check the operator and the values of its `condition` blocks")
    })
}

/// Finds AWS managed policies under names that AWS does not have: such an approval covers nothing.
fn find_unknown_policies(approval: &Approval) -> Vec<Problem> {
    const OWN: &str = "arn:aws:iam::aws:policy/";
    let mut problems = Vec::new();
    for grant in approval.sample().grants.iter().filter(|grant| grant.dialect == Dialect::Aws) {
        let names = grant.terms.roles.iter().filter_map(Text::as_known);
        for arn in names.filter(|name| name.starts_with(OWN) && policies::find_policy(name).is_none()) {
            let last = |arn: &'static str| arn.rsplit('/').next().unwrap_or(arn);
            let name = arn.rsplit('/').next().unwrap_or(arn);
            let all = policies::all();
            let near = did_you_mean(name, all.iter().map(|policy| last(policy.arn)));
            let near = near.and_then(|near| all.iter().find(|policy| last(policy.arn) == near));
            let help = match near {
                Some(policy) => format!("did you mean `{}`", policy.arn),
                None => "check the name: the grant covers only a policy of exactly this name".to_owned(),
            };
            let date = policies::read_source().map(|source| source.date.to_string()).unwrap_or_default();
            let message = format!("`{arn}` is not an AWS managed policy in the catalogue of {date}");
            let warning = Problem::warning(&approval.place.source, grant.span, message);
            problems.push(warning.help(help));
        }
    }
    problems
}

/// Returns a flaw as a problem; an approval that is not yet in force is none.
fn problem_of_flaw(approval: &Approval, flaw: &Flaw) -> Option<Problem> {
    let source = &approval.place.source;
    let span = flaw.span().unwrap_or(approval.place.span);
    let mut message = flaw.describe(&approval.id);
    if let Some(Witness { request }) = flaw.witness() {
        let Request { principal, action, resource, .. } = request;
        message = format!("{message}: `{action}` on `{resource}` for `{principal}`");
    }
    let problem = match flaw {
        // Of what depends on a plan it is not known here whether it lies within the ceiling.
        Flaw::CeilingExceeded { excess, .. }
            if approval.varying().is_some() && matches!(**excess, CeilingExcess::Undecided { .. }) =>
        {
            return None;
        }
        Flaw::SelfApproved { .. }
        | Flaw::RequestIncomplete { .. }
        | Flaw::Beneficiary { .. }
        | Flaw::NotSeparate { .. }
        | Flaw::CeilingExceeded { .. }
        | Flaw::ReviewOverdue { .. }
        | Flaw::NoAuthority { .. }
        | Flaw::SignatureInvalid { .. }
        | Flaw::ThresholdNotMet { .. }
        | Flaw::Subject(
            SubjectFlaw::NoOwner { .. }
            | SubjectFlaw::UnknownOwner { .. }
            | SubjectFlaw::ReusedIdentity { .. },
        ) => Problem::error(source, span, message),
        // One that is not merged yet is on its way.
        Flaw::UnsignedInChange { .. } | Flaw::Expired { .. } => Problem::warning(source, span, message),
        Flaw::Exception(flaw) => match flaw {
            ExceptionFlaw::NoOverride { .. }
            | ExceptionFlaw::NotEntitled { .. }
            | ExceptionFlaw::ThresholdNotMet { .. }
            | ExceptionFlaw::TooLong { .. } => Problem::error(source, span, message),
            // That it is over is as it should be.
            ExceptionFlaw::Ended { .. } | ExceptionFlaw::NotStarted { .. } | ExceptionFlaw::Closed { .. } => {
                return None;
            }
        },
        // Flaws of a place are those of a grant, and here is none.
        Flaw::NotYetValid { .. }
        | Flaw::OtherAddress { .. }
        | Flaw::OtherPlace
        | Flaw::PlaceUnknown { .. }
        | Flaw::PlaceNotNamed { .. }
        | Flaw::Subject(
            SubjectFlaw::WrongKind { .. } | SubjectFlaw::KindUnknown { .. } | SubjectFlaw::LongLived { .. },
        )
        | Flaw::ReferenceRefused { .. } => return None,
    };
    Some(problem.help(flaw.remedy()))
}

fn find_rollback(manifest: &Manifest) -> Option<Problem> {
    let EarlierSerial { value, commit } = manifest.find_rollback()?;
    let (place, now) = match &manifest.serial {
        Some(serial) => (&serial.place, format!("serial {}", serial.value)),
        None => (&manifest.process_owner.place, "no serial".to_owned()),
    };
    let message = format!("the authority has {now}, and had serial {value} in commit {commit}");
    let help = "restore the newer authority, or raise `serial`";
    Some(Problem::error(&place.source, place.span, message).help(help))
}

fn report_stray(file: &str) -> Problem {
    let source = Source::new(file, "");
    let message = "the signature stands beside no file of the manifest";
    Problem::warning(&source, Span::default(), message).help("remove it, or name it `TICKET.PERSON.sig`")
}

fn find_unused(manifest: &Manifest) -> Vec<Problem> {
    let approved: BTreeSet<&str> = manifest.approvals().iter().filter_map(Approval::system_name).collect();
    let mut problems = Vec::new();
    for system in manifest.systems.values() {
        if system.matches.is_empty() && !approved.contains(system.name.as_str()) {
            let message = format!("system `{}` has no approvals and no `match`", system.name);
            problems.push(report_unused(&system.place, message));
        }
    }
    for authority in manifest.authorities.values() {
        if !authority.systems.iter().any(|system| approved.contains(system.value.as_str())) {
            let message = format!("authority `{}` is unused: its systems have no approvals", authority.name);
            problems.push(report_unused(&authority.place, message));
        }
    }
    let named = named_parties(manifest);
    let members = manifest.teams.values().flat_map(|team| &team.members);
    let members: BTreeSet<String> = members.map(|login| manifest.person_of(&login.value)).collect();
    for person in manifest.persons.values() {
        let name = person.name.to_ascii_lowercase();
        if !named.contains(&name) && !members.contains(&name) {
            let message = format!("person `{}` is not a requester, approver or owner", person.name);
            problems.push(report_unused(&person.place, message));
        }
    }
    for team in manifest.teams.values().filter(|team| !named.contains(&team.name.to_ascii_lowercase())) {
        let message = format!("team `{}` is not a requester, approver or owner", team.name);
        problems.push(report_unused(&team.place, message));
    }
    problems
}

fn report_unused(place: &Place, message: String) -> Problem {
    Problem::warning(&place.source, place.span, message).label("unused").help("remove it if it is not needed")
}

/// Returns everybody whom decisions and duties name: persons, and teams by their own name.
fn named_parties(manifest: &Manifest) -> BTreeSet<String> {
    let askers = manifest.approvals().iter().filter_map(|approval| approval.requester.as_ref());
    let askers = askers.map(|login| &login.value);
    let approvers = manifest.approvals().iter().flat_map(|approval| &approval.approvers);
    let entitled = manifest.authorities.values().flat_map(|authority| &authority.approvers);
    let owners = manifest.systems.values().map(|system| &system.owner);
    let in_emergencies = manifest.overrides.values().flat_map(|rule| &rule.approvers);
    let exceptional = manifest
        .exceptions()
        .iter()
        .flat_map(|exception| exception.approval.requester.iter().chain(&exception.approval.approvers));
    let subjects = manifest.approvals().iter().flat_map(|approval| &approval.subjects);
    let subject_owners = subjects.filter_map(|subject| subject.owner.as_ref());
    let others = in_emergencies.chain(exceptional).chain(subject_owners);
    askers
        .chain(approvers.chain(entitled).chain(others).map(|login| &login.value))
        .chain(owners)
        .chain([&manifest.process_owner.name])
        .map(|login| manifest.person_of(login))
        .collect()
}
