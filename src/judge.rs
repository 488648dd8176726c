//! Judges grants against approvals on a given date.
//!
//! Takes grants one by one, with the manifest, a catalogue of roles and a date, and returns an [`Assessment`]: a verdict for
//! each grant, and a finding with one accountable owner for everything that does not pass. A grant passes if it adds no
//! access, or if one of its readings is proved to lie within the union of the approvals that may apply to it, are in
//! force, and were given by people entitled to give them. Whatever can't be proved does not pass.
//!
//! Neither plans nor rules are seen here, and there is no clock.

mod approved_since;
mod assembly;
mod candidates;
mod compared_access;
mod declared;
mod draft;
mod duties;
mod duty_owner;
mod escalation;
mod evidence;
mod exception_use;
mod exceptions;
mod findings;
mod index;
mod message;
mod missing_fact;
mod once;
mod open_trust;
mod outcome;
mod owner;
mod placed;
mod run_fault;
mod runs;
mod selected;
mod severity;
mod shape;
mod subjects;
mod summary;

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::authority::{AsOf, Decisions, LateDuty, find_late_duties};
use crate::catalog::Catalog;
use crate::finding::{Assessment, Finding, FindingNote, Judged, Verdict};
use crate::grants::{Change, Grant, Inventory, PlanSubjects, Survey};
use crate::manifest::Manifest;
use crate::resolve::identity::ObjectReference;
use access_algebra::polish::KnownExcess;
use assembly::Assembly;
use candidates::Candidates;
use draft::FindingDraft;
use duties::{DutyJudge, Remains};
use escalation::PermissionCache;
use exceptions::{ExceptionAnswer, ExceptionJudge};
use findings::FindingMaker;
use index::Selection;
use outcome::{JudgedGrant, Outcome};
use placed::Placement;
use selected::Selected;
use subjects::AskedGrant;

pub use assembly::Ruling;
pub use compared_access::written_conditions;
pub use escalation::EscalationEvidence;
pub use once::keep_each_access_once;
pub use owner::match_subject;
pub use placed::ReferenceMeanings;

/// Which grants are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Those that the plan changes.
    Changes,
    /// Those that the plan leaves alone as well.
    All,
}

/// Judges grants one by one, and all inventories together in the end.
#[derive(Debug)]
pub struct Judge<'m> {
    manifest: &'m Manifest,
    decisions: Arc<Decisions<'m>>,
    candidates: Candidates<'m>,
    findings: FindingMaker<'m>,
    catalog: &'m Catalog,
    permissions: PermissionCache,
    excess: KnownExcess,
    as_of: AsOf,
    /// What is owed after exceptions and late.
    late: Vec<LateDuty<'m>>,
    extent: Extent,
    keeps_evidence: bool,
}

/// Judges the grants of one plan.
#[derive(Debug)]
pub struct PlanJudge<'j, 'm> {
    judge: &'j Judge<'m>,
    placement: Placement<'m>,
    /// The folder in which Terraform ran, by its path in the repository.
    folder: Option<String>,
    remains: Remains,
    subjects: PlanSubjects,
}

impl<'m> Judge<'m> {
    /// Takes what grants are judged by, on a day of which nobody knows the hour.
    pub fn new(manifest: &'m Manifest, catalog: &'m Catalog, as_of: Date, extent: Extent) -> Self {
        Self::at_time(manifest, catalog, as_of.into(), extent, None)
    }

    /// As [`Self::new`], at an instant where that is known, and where it is told who applies: a login.
    pub fn at_time(
        manifest: &'m Manifest,
        catalog: &'m Catalog,
        as_of: AsOf,
        extent: Extent,
        login: Option<&str>,
    ) -> Self {
        let decisions = Decisions::new(manifest, catalog, as_of.day()).with_operator(login);
        Self::with_selection(decisions, catalog, as_of, extent, Selection::Indexed)
    }

    /// As [`Self::new`], and looks at every approval for every grant: what tests compare the index with.
    #[doc(hidden)]
    pub fn without_index(manifest: &'m Manifest, catalog: &'m Catalog, as_of: Date, extent: Extent) -> Self {
        let decisions = Decisions::new(manifest, catalog, as_of);
        Self::with_selection(decisions, catalog, as_of.into(), extent, Selection::Scanned)
    }

    fn with_selection(
        decisions: Decisions<'m>,
        catalog: &'m Catalog,
        as_of: AsOf,
        extent: Extent,
        selection: Selection,
    ) -> Self {
        let manifest = decisions.manifest();
        let late = manifest.exceptions().iter().flat_map(|one| find_late_duties(one, manifest, as_of));
        Self {
            manifest,
            candidates: Candidates::new(&decisions, selection),
            decisions: Arc::new(decisions),
            findings: FindingMaker::new(manifest),
            catalog,
            permissions: PermissionCache::default(),
            excess: KnownExcess::default(),
            as_of,
            late: late.collect(),
            extent,
            keeps_evidence: false,
        }
    }

    /// Keeps of each grant what a record needs.
    #[must_use]
    pub fn with_evidence(self) -> Self {
        Self { keeps_evidence: true, ..self }
    }

    /// The day on which the first of the approvals that cover a grant ends.
    fn find_end(&self, judged: &Judged) -> Option<Date> {
        let decisions = judged.tickets.iter().filter(|_| judged.verdict == Verdict::Approved);
        decisions.filter_map(|ticket| Some(self.manifest.find_decision(ticket)?.expires_on.value)).min()
    }

    /// What approvals of the manifest refer to.
    pub fn references(&self) -> BTreeSet<ObjectReference> {
        self.manifest.references()
    }

    /// Whether anything is late after an exception and nobody says that it is done. Then a plan has to be surveyed, and
    /// [`PlanJudge::judge_duties`] be asked.
    pub fn has_late_duties(&self) -> bool {
        !self.late.iter().all(LateDuty::is_said_to_be_done)
    }

    /// Whether some approval demands something of the kinds of principals, see [`PlanJudge::with_subjects`].
    pub fn needs_subjects(&self) -> bool {
        self.candidates.needs_kinds
    }

    /// Judges grants of a plan in which the manifest's references mean this. Of which kinds principals are is not known
    /// unless [`PlanJudge::with_subjects`] says it.
    pub fn on_plan(&self, references: ReferenceMeanings) -> PlanJudge<'_, 'm> {
        PlanJudge {
            judge: self,
            placement: Placement::new(Arc::clone(&self.decisions), self.candidates.selection, references),
            folder: None,
            remains: Remains::default(),
            subjects: PlanSubjects::default(),
        }
    }

    /// Puts all rulings together.
    pub fn assess(&self, inventories: Vec<Inventory<Ruling>>) -> Assessment {
        let Self { findings, decisions, as_of, keeps_evidence, .. } = self;
        let keeps_evidence = *keeps_evidence;
        Assembly { findings, decisions, as_of: as_of.day(), keeps_evidence }.assess(inventories)
    }
}

impl<'m> PlanJudge<'_, 'm> {
    /// Takes the path in the repository of the folder in which Terraform ran.
    #[must_use]
    pub fn in_folder(self, folder: Option<&str>) -> Self {
        Self { folder: folder.map(str::to_owned), ..self }
    }

    /// The same, knowing who may act as the identities of the plan.
    #[must_use]
    pub fn with_subjects(self, subjects: PlanSubjects) -> Self {
        Self { subjects, ..self }
    }

    /// Judges one grant.
    pub fn judge(&self, grant: &Grant) -> Ruling {
        let Judge { findings, catalog, permissions, extent, .. } = self.judge;
        if grant.change == Change::Untouched && *extent == Extent::Changes {
            let remaining = self.find_remaining(grant).map(Box::new);
            return remaining.map_or(Ruling::Untouched, Ruling::Remaining);
        }
        let (selected, judged) = self.judge_by_approvals(grant);
        // What adds nothing may still be what should be gone.
        let exists = matches!(grant.change, Change::Untouched | Change::Delivered | Change::Altered);
        let is_there_already = judged.outcome == Outcome::Unchanged || exists;
        let remaining = if is_there_already { self.find_remaining(grant) } else { None };
        if judged.outcome == Outcome::Unchanged && matches!(grant.change, Change::Drifted | Change::Loosened)
        {
            return remaining.map_or(Ruling::NoGrant, |finding| Ruling::Noted(Box::new(finding)));
        }
        let ExceptionAnswer { excepted_by, flawed, not_added } =
            self.ask_exceptions(grant, &judged, &selected);
        if excepted_by.is_some() {
            self.remains.note_excepted();
        }
        let judged = excepted_by.unwrap_or(judged);
        let evidence = permissions.collect(grant, catalog);
        let mut drafts = FindingDraft::all_of_grant(grant, &judged.outcome, &selected);
        // As with approvals: where a decision exists and does not hold, that is what is wrong.
        if judged.outcome == Outcome::Unapproved && !flawed.approvals.is_empty() {
            drafts.clear();
        }
        drafts.extend(FindingDraft::all_of_flaws(grant, &flawed, |_| true));
        let make = |draft| findings.make(draft, Some(&evidence), self.folder.as_deref());
        let mut made: Vec<Finding> = drafts.into_iter().map(make).collect();
        if !made.is_empty() {
            let mut notes = summary::note_content(grant, &judged.used, catalog);
            if !not_added.is_empty() {
                notes.push(FindingNote::ExceptionNotAdded { exceptions: not_added });
            }
            made.iter_mut().for_each(|finding| finding.notes.extend(notes.iter().cloned()));
        }
        made.extend(remaining);
        let mut judged = summary::summarize(grant, judged, &selected);
        if self.judge.keeps_evidence {
            let folder = self.folder.as_deref();
            judged.expires_on = self.judge.find_end(&judged);
            judged.evidence = Some(Box::new(findings.collect_grant_evidence(grant, &judged.tickets, folder)));
        }
        Ruling::Judged(Box::new(judged), made, evidence)
    }

    /// Judges one grant by the approvals that may apply to it.
    fn judge_by_approvals(&self, grant: &Grant) -> (Selected<'_>, JudgedGrant) {
        let Judge { candidates, catalog, excess, .. } = self.judge;
        let placed = self.placement.at(grant);
        let placed = placed.as_deref();
        let claims = candidates.find_claims(grant);
        let subjects = if candidates.needs_kinds { self.subjects.list(grant) } else { Vec::new() };
        let asked = AskedGrant { grant, subjects: &subjects };
        let covering = match outcome::is_unchanged(grant) {
            true => None,
            false => candidates.find_covering(asked, &claims, placed),
        };
        match covering {
            Some(ticket) => (Selected::default(), outcome::approved_alone(ticket)),
            None => {
                let selected = candidates.select(asked, claims, placed);
                let judged = outcome::judge(grant, &selected, catalog, excess);
                (selected, judged)
            }
        }
    }

    /// Asks the exceptions about a grant that approvals do not let by.
    fn ask_exceptions<'s>(
        &'s self,
        grant: &Grant,
        judged: &JudgedGrant,
        selected: &Selected<'s>,
    ) -> ExceptionAnswer<'s> {
        match judged.outcome {
            Outcome::Unchanged | Outcome::Approved(_) | Outcome::Excepted(_) => ExceptionAnswer::default(),
            Outcome::Undecided(_) | Outcome::Flawed | Outcome::Exceeds(_) | Outcome::Unapproved => {
                self.exceptions().answer(grant, selected)
            }
        }
    }

    fn exceptions(&self) -> ExceptionJudge<'_, 'm> {
        let Judge { manifest, catalog, excess, as_of, .. } = self.judge;
        ExceptionJudge { manifest, catalog, known: excess, placement: &self.placement, as_of: *as_of }
    }

    fn duties(&self) -> DutyJudge<'_, 'm> {
        let Judge { late, candidates, decisions, .. } = self.judge;
        let (exceptions, remains) = (self.exceptions(), &self.remains);
        DutyJudge { late, exceptions, decisions, candidates, remains, subjects: &self.subjects }
    }

    /// Finds whether a grant that the plan leaves as it is should be gone since an exception ended.
    fn find_remaining(&self, grant: &Grant) -> Option<Finding> {
        if self.judge.late.is_empty() {
            return None;
        }
        let late = self.duties().find_remaining(grant)?;
        Some(self.judge.findings.make(FindingDraft::of_late_duty(late, Some(grant)), None, None))
    }

    /// Judges what is owed after exceptions and blocks the plan as a whole; `survey` is what the plan is about. To be asked
    /// after all its grants.
    pub fn judge_duties(&self, survey: &Survey) -> Vec<Ruling> {
        let drafts = self.duties().find_blocking(survey);
        drafts
            .into_iter()
            .map(|draft| Ruling::Noted(Box::new(self.judge.findings.make(draft, None, None))))
            .collect()
    }

    /// Judges what the plan does to the objects that approvals refer to.
    pub fn judge_references(&self) -> Vec<Ruling> {
        let Judge { findings, .. } = self.judge;
        let replaced = self.placement.find_replaced();
        let noted = replaced.iter().map(|(approval, address, flaw)| {
            let draft = FindingDraft::of_replaced(approval, address, flaw);
            Ruling::Noted(Box::new(findings.make(draft, None, self.folder.as_deref())))
        });
        noted.collect()
    }
}
