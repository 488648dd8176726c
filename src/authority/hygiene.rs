//! Hygiene of a manifest that can be read, at least in part.
//!
//! Takes a manifest and a date, and returns decisions that are not valid as errors, and neglect at the level that the
//! manifest sets for it: what expires, has expired, waits for a review, overlaps, is unused or unreachable, and names that
//! nobody declares; in the order of files and places. Each problem has a [`LintCode`].

mod access_reviews;
mod code;
mod content;
mod exceptions;
mod overlap;
mod reach;
mod trust;
mod unknown;
mod unused;

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{CeilingExcess, Decisions, Flaw};
use crate::catalog::Catalog;
use crate::manifest::{Approval, HygieneCheck, HygieneLevel, Manifest, ManifestDraft, RequestPart};
use crate::source::{Problem, Severity, Source, Span};
use access_algebra::{Request, Witness};

pub use code::LintCode;

/// Days before its end from which an approval is said to expire soon: two weeks are enough to get a renewal approved.
const SOON_DAYS: i64 = 14;

/// Returns everything that somebody should correct or look at.
pub fn review(manifest: &Manifest, as_of: Date) -> Vec<Problem> {
    let catalog = Catalog::default();
    let mut reviewer = Reviewer::new(manifest, &catalog, as_of);
    for approval in manifest.approvals() {
        reviewer.review_decision(approval, true);
    }
    reviewer.review_trust();
    for exception in manifest.exceptions() {
        reviewer.review_exception(exception);
    }
    reviewer.review_authorities();
    reviewer.review_delegations();
    reviewer.review_unused(&BTreeSet::new());
    reviewer.review_unused_parties();
    reviewer.review_persons();
    reviewer.review_overlaps();
    if manifest.approvals().is_empty() {
        let place = &manifest.process_owner.place;
        let message = "the manifest has no approvals; every grant will be blocked";
        reviewer.warn(LintCode::NoApprovals, &place.source, place.span, message, |problem| {
            problem.help("add an `approval` block")
        });
    }
    reviewer.finish()
}

/// Returns the same of a manifest that has other mistakes as well, as far as these leave it open.
pub fn review_draft(draft: &ManifestDraft, as_of: Date) -> Vec<Problem> {
    let catalog = Catalog::default();
    let mut reviewer = Reviewer::new(&draft.manifest, &catalog, as_of);
    for (at, approval) in draft.manifest.approvals().iter().enumerate() {
        reviewer.review_decision(approval, !draft.undecidable.contains(&at));
    }
    if draft.are_blocks_read {
        reviewer.review_authorities();
        reviewer.review_delegations();
        reviewer.review_persons();
    }
    if draft.are_systems_read {
        reviewer.review_unused(&draft.unknown_systems);
    }
    if draft.are_persons_read {
        reviewer.review_unused_parties();
    }
    reviewer.review_overlaps();
    reviewer.finish()
}

/// Looks for what is wrong, and keeps it.
struct Reviewer<'m> {
    manifest: &'m Manifest,
    decisions: Decisions<'m>,
    as_of: Date,
    /// Whether the manifest says where tickets can be read, or how much it weighs where it does not.
    asks_for_evidence: bool,
    problems: Vec<Problem>,
}

impl<'m> Reviewer<'m> {
    fn new(manifest: &'m Manifest, catalog: &'m Catalog, as_of: Date) -> Self {
        let decisions = Decisions::new(manifest, catalog, as_of);
        let asks_for_evidence = manifest.hygiene.levels.contains_key(&HygieneCheck::MissingEvidence)
            || manifest.approvals().iter().any(|approval| !approval.evidence.is_empty());
        Self { manifest, decisions, as_of, asks_for_evidence, problems: Vec::new() }
    }

    fn finish(mut self) -> Vec<Problem> {
        self.problems.sort_by(|a, b| (&a.source.name, a.span).cmp(&(&b.source.name, b.span)));
        self.problems
    }

    /// Keeps a warning, or what the manifest makes of it.
    fn warn(
        &mut self,
        code: LintCode,
        source: &Source,
        span: Span,
        message: impl Into<String>,
        complete: impl FnOnce(Problem) -> Problem,
    ) {
        let level = code.check().map_or(HygieneLevel::Warn, |check| self.manifest.hygiene.level(check));
        let severity = match level {
            HygieneLevel::Off => return,
            HygieneLevel::Warn => Severity::Warning,
            HygieneLevel::Error => Severity::Error,
        };
        let problem = complete(Problem::warning(source, span, message)).code(code.name());
        self.problems.push(Problem { severity, ..problem });
    }

    /// Finds what is wrong with one approval; who may decide for its system may be open.
    fn review_decision(&mut self, approval: &Approval, is_decidable: bool) {
        let flaws = if is_decidable {
            self.decisions.find_flaws(approval, approval.sample())
        } else {
            self.decisions.find_own_flaws(approval, approval.sample())
        };
        self.problems.extend(flaws.iter().filter_map(|flaw| problem_of_flaw(approval, flaw)));
        self.review_conditions(approval);
        self.review_policies(approval);
        self.review_evidence(approval);
        if approval.are_days_known() {
            self.review_days(approval);
            self.review_reach(approval);
        }
    }

    fn review_days(&mut self, approval: &Approval) {
        let (source, expires_on) = (&approval.place.source, approval.expires_on);
        if self.as_of >= expires_on.value {
            let flaw = Flaw::Expired { expires_on };
            self.warn(LintCode::Expired, source, expires_on.span, flaw.describe(&approval.id), |problem| {
                problem.help(flaw.remedy())
            });
        } else if self.as_of.saturating_add(SOON_DAYS.days()) >= expires_on.value {
            let message = format!("{} expires on {}", approval.id, expires_on.value);
            self.warn(LintCode::ExpiresSoon, source, expires_on.span, message, |problem| {
                problem.label("soon").help("renew the approval, or remove the access before that date")
            });
        }
        self.review_reviews(approval);
        if approval.approved_on.value > self.as_of {
            let message = format!("`approved_on` of {} is in the future", approval.id);
            self.warn(LintCode::DecidedInFuture, source, approval.approved_on.span, message, |problem| {
                problem.help(
                    "set `approved_on` to the date of the decision, and use `starts_on` for a later start",
                )
            });
        }
    }

    /// Asks for evidence where no system demands it and other approvals have it: a flaw of the request says so where a system
    /// does.
    fn review_evidence(&mut self, approval: &Approval) {
        let system = approval.system_name().and_then(|name| self.manifest.systems.get(name));
        let is_demanded = system.is_some_and(|system| system.require.contains(&RequestPart::Evidence));
        let Some(gap) =
            approval.find_gap(RequestPart::Evidence).filter(|_| self.asks_for_evidence && !is_demanded)
        else {
            return;
        };
        let (source, span) = (&approval.place.source, gap.span.unwrap_or(approval.place.span));
        let message = format!("{} does not say where its ticket can be read", approval.id);
        self.warn(LintCode::MissingEvidence, source, span, message, |problem| {
            problem.help("add `evidence = [\"https://…\"]`")
        });
    }
}

/// Returns a flaw of a decision as a problem; what is neglect is said at its level.
fn problem_of_flaw(approval: &Approval, flaw: &Flaw) -> Option<Problem> {
    let code = LintCode::of_flaw(flaw).filter(|code| code.check().is_none())?;
    // Of what depends on a plan it is not known here whether it lies within the ceiling.
    if let Flaw::CeilingExceeded { excess, .. } = flaw
        && approval.varying().is_some()
        && matches!(**excess, CeilingExcess::Undecided { .. })
    {
        return None;
    }
    let mut message = flaw.describe(&approval.id);
    if let Some(Witness { request }) = flaw.witness() {
        let Request { principal, action, resource, .. } = request;
        message = format!("{message}: `{action}` on `{resource}` for `{principal}`");
    }
    let span = flaw.span().unwrap_or(approval.place.span);
    let source = &approval.place.source;
    // One that is not merged yet is on its way.
    let problem = if code == LintCode::UnsignedInChange {
        Problem::warning(source, span, message)
    } else {
        Problem::error(source, span, message)
    };
    Some(problem.help(flaw.remedy()).code(code.name()))
}
