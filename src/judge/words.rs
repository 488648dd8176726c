//! Findings in words: what happened, what was approved, what is planned, what to do next.

use super::candidates::{Candidates, Selected};
use super::outcome::Outcome;
use super::{lines, owner, uncovered};
use crate::authority::Flaw;
use crate::catalog::actions;
use crate::containment::{Dimension, Excess};
use crate::finding::{Code, Finding, Location};
use crate::grants::{Change, Grant};
use crate::lower::Dialect;
use crate::manifest::Approval;
use crate::reason::{Reason, Settlement};
use crate::rules::Kind;

/// The findings of one grant; none where it passes.
pub(super) fn findings(
    grant: &Grant,
    outcome: &Outcome,
    selected: &Selected<'_>,
    candidates: &Candidates<'_>,
) -> Vec<Finding> {
    let finding = |code: Code, approval: Option<&Approval>, message: String, remedy: String| {
        draft(grant, code, approval, message, remedy, candidates)
    };
    match outcome {
        Outcome::Unchanged | Outcome::Approved(_) => Vec::new(),
        Outcome::Unapproved => {
            let code = uncovered(grant);
            let mut one = finding(code, None, unapproved(grant, selected), unapproved_remedy(grant));
            one.ticket = selected.missing.first().cloned();
            vec![one]
        }
        Outcome::Undecided(reason) => {
            let code = if reason.is_settled_by_apply() { Code::UnknownUntilApply } else { Code::Undecided };
            let message = format!("{}, which can't be judged: {reason}", subject(grant));
            vec![finding(code, first(selected), message, undecided_remedy(reason).to_owned())]
        }
        Outcome::Flawed => flawed(grant, selected, candidates),
        Outcome::Exceeds(excess) => exceeds(grant, excess, selected, candidates),
    }
}

fn first<'m>(selected: &Selected<'m>) -> Option<&'m Approval> {
    selected.approvals.first().map(|(approval, _)| *approval)
}

fn draft(
    grant: &Grant,
    code: Code,
    approval: Option<&Approval>,
    message: String,
    remedy: String,
    candidates: &Candidates<'_>,
) -> Finding {
    Finding {
        code,
        address: Some(grant.origin.address.clone()),
        ticket: approval.map(|approval| approval.id.clone()),
        owner: owner::owner(code.accountable(), Some(&grant.origin), approval, candidates.manifest),
        message,
        approved: approval.map(|approval| approved(grant, approval)).unwrap_or_default(),
        planned: lines::planned(grant),
        notes: Vec::new(),
        excess: Vec::new(),
        witness: None,
        remedy,
        location: approval.map(location),
    }
}

fn approved(grant: &Grant, approval: &Approval) -> Vec<String> {
    let same = approval.grants.iter().filter(|approved| approved.dialect == grant.dialect);
    lines::approved(&same.collect::<Vec<_>>())
}

fn location(approval: &Approval) -> Location {
    Location { file: approval.place.source.name.to_string(), line: approval.line() }
}

/// What the finding is about: "aws_iam_role_policy.ci grants `role/ci`".
fn subject(grant: &Grant) -> String {
    let address = &grant.origin.address;
    let to = match grant.principals().as_slice() {
        _ if grant.sensitive => String::new(),
        [] => String::new(),
        [one] => format!(" to `{one}`"),
        [one, rest @ ..] => format!(" to `{one}` and {} more", rest.len()),
    };
    match (grant.kind, grant.change) {
        (Kind::Opaque, _) => format!("{address} {}", grant.reason.as_deref().unwrap_or("runs something")),
        (Kind::Limit, _) if grant.dialect == Dialect::Terraform => {
            let what = grant.terms.actions.first().map(ToString::to_string).unwrap_or_default();
            format!("{address} takes a limit away (`{what}`)")
        }
        (Kind::Limit, _) => format!("{address} no longer denies what it denied{to}"),
        (Kind::Credential, _) => format!("{address} makes a credential{}", to.replacen(" to ", " for ", 1)),
        (Kind::Trust, _) if to.is_empty() => format!("{address} lets others act as it"),
        (Kind::Trust, _) => format!("{address} lets{} act as it", to.replacen(" to ", " ", 1)),
        (Kind::Definition, _) => {
            if to.is_empty() {
                format!("{address} defines what its holders may do")
            } else {
                format!("{address} defines what{} may do", to.replacen(" to ", " ", 1))
            }
        }
        (Kind::Additive | Kind::Exclusive, Change::Adopted) => {
            format!("{address} adopts an existing grant{to}")
        }
        (Kind::Additive | Kind::Exclusive, Change::LeftBehind) => {
            format!("{address} leaves a grant{to} behind, which nothing manages any longer")
        }
        (Kind::Additive | Kind::Exclusive, Change::Drifted) => {
            format!("{address} was widened outside of Terraform{}", to.replacen(" to ", ", for ", 1))
        }
        (
            Kind::Additive | Kind::Exclusive,
            Change::Made | Change::Changed | Change::Loosened | Change::Untouched,
        ) => format!("{address} grants access{to}"),
    }
}

fn unapproved(grant: &Grant, selected: &Selected<'_>) -> String {
    let subject = subject(grant);
    match selected.missing.as_slice() {
        [] => format!("{subject}, and no approval speaks of it"),
        missing => {
            let tickets = missing.join("`, `");
            format!("{subject} under the ticket `{tickets}`, for which there is no approval")
        }
    }
}

fn unapproved_remedy(grant: &Grant) -> String {
    let code = uncovered(grant);
    if code == Code::UngovernedPath {
        "remove it, or have it approved with a `grant \"terraform\"` block that names the address".to_owned()
    } else if code == Code::OrphanedGrant {
        "destroy the grant instead of forgetting it, or have it approved".to_owned()
    } else if code == Code::Drift {
        "revert the change in the cloud, or have it approved and write it into the configuration".to_owned()
    } else {
        "have it approved: add an `approval` block with a `grant` for it, or take the grant out of the plan"
            .to_owned()
    }
}

fn undecided_remedy(reason: &Reason) -> &'static str {
    match reason.settlement() {
        Settlement::Sources => {
            "check the plan file itself (`countersign check tfplan`), or hand it over with `--sources tfplan`: it shows what is written there"
        }
        Settlement::Fact => "give the fact and check again",
        Settlement::Apply => {
            "use names that are known at plan time, or apply what it depends on first and plan again"
        }
        Settlement::Change => {
            "change what the reason names and plan again; what can't be judged is never allowed"
        }
    }
}

/// One finding for each thing that keeps an approval from holding.
fn flawed(grant: &Grant, selected: &Selected<'_>, candidates: &Candidates<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (approval, flaws) in &selected.approvals {
        for flaw in *flaws {
            let code = code_of(flaw);
            let message = format!("{}, and {} does not hold: {flaw}", subject(grant), approval.id);
            let mut finding = draft(grant, code, Some(approval), message, flaw.remedy(), candidates);
            if let Flaw::SelfApproved { approver, .. } | Flaw::NoAuthority { approver, .. } = flaw {
                finding.owner = owner::approver(&approver.value, approval);
            }
            if let Some(span) = flaw.span() {
                let line = approval.place.source.position(span.start).line;
                finding.location = Some(Location { line, ..location(approval) });
            }
            findings.push(finding);
        }
    }
    findings
}

fn code_of(flaw: &Flaw) -> Code {
    match flaw {
        Flaw::SelfApproved { .. } => Code::SelfApproved,
        Flaw::NoAuthority { .. } => Code::NoAuthority,
        Flaw::ThresholdNotMet { .. } => Code::ThresholdNotMet,
        Flaw::Expired { .. } => Code::Expired,
        Flaw::NotYetValid { .. } => Code::NotYetValid,
    }
}

fn exceeds(
    grant: &Grant,
    excess: &Excess,
    selected: &Selected<'_>,
    candidates: &Candidates<'_>,
) -> Vec<Finding> {
    let mut code = uncovered(grant);
    if code == Code::Unapproved {
        code = code_of_dimension(excess.dimension);
    }
    let holding = selected.approvals.iter().find(|(_, flaws)| flaws.is_empty());
    let approval = holding.or(selected.approvals.first()).map(|(approval, _)| *approval);
    let than = match approval {
        None => "than any approval".to_owned(),
        Some(_) => format!("than {} allows", selected.tickets().join(" and ")),
    };
    let message = format!("{} and is wider {than}: {}", subject(grant), wider_in(code));
    let remedy = if matches!(code, Code::UngovernedPath | Code::OrphanedGrant | Code::Drift) {
        unapproved_remedy(grant)
    } else {
        "narrow it to what was approved, or have the wider access approved".to_owned()
    };
    let mut finding = draft(grant, code, approval, message, remedy, candidates);
    if !grant.sensitive {
        finding.notes.extend(note_of_unreal_action(grant, excess));
        finding.witness = Some(excess.witness.clone());
        finding.excess.clone_from(&excess.actions);
    }
    let mut findings = vec![finding];
    if holding.is_none() {
        findings.extend(flawed(grant, selected, candidates));
    }
    findings
}

fn code_of_dimension(dimension: Dimension) -> Code {
    match dimension {
        Dimension::Action => Code::WiderAction,
        Dimension::Resource => Code::WiderResource,
        Dimension::Principal => Code::WiderPrincipal,
        Dimension::Condition => Code::WiderCondition,
    }
}

/// Where no action that exists was found to show the difference, the witness stands for those to come.
fn note_of_unreal_action(grant: &Grant, excess: &Excess) -> Option<String> {
    if excess.is_real || grant.dialect != Dialect::Aws {
        return None;
    }
    let (date, action) = (actions::source()?.date, &excess.witness.request.action);
    Some(format!(
        "no action that AWS had on {date} was found to show this: `{action}` stands for one that it may add"
    ))
}

fn wider_in(code: Code) -> &'static str {
    let words = [
        (Code::WiderAction, "it allows other actions"),
        (Code::WiderResource, "it reaches other resources"),
        (Code::WiderPrincipal, "it goes to other principals"),
        (Code::WiderCondition, "a condition of the approval is missing or weaker"),
    ];
    let found = words.iter().find(|(known, _)| *known == code);
    found.map_or("it allows what was not approved", |(_, words)| words)
}
