//! Judges grants against approvals on a given date.
//!
//! Takes grants one by one, with the manifest, a catalogue of roles and a date, and returns an [`Assessment`]: a verdict for
//! each grant, and a finding with one accountable owner for everything that does not pass. A grant passes if it adds no
//! access, or if one of its readings is proved to lie within the union of the approvals that may apply to it, are in
//! force, and were given by people entitled to give them. Whatever can't be proved does not pass.
//!
//! Neither plans nor rules are seen here, and there is no clock.

mod candidates;
mod compared_access;
mod declared;
mod draft;
mod escalation;
mod findings;
mod index;
mod message;
mod missing_fact;
mod outcome;
mod owner;
mod placed;
mod run_fault;
mod runs;
mod selected;
mod severity;
mod summary;

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::authority::Decisions;
use crate::catalog::Catalog;
use crate::escalation::Holdings;
use crate::finding::{Assessment, Finding, Judged, Verdict};
use crate::grants::{Assumption, Change, Grant, Inventory};
use crate::manifest::Manifest;
use crate::plan::{Alarm, AlarmCause};
use access_algebra::polish::KnownExcess;
use candidates::Candidates;
use declared::apply_declarations;
use draft::FindingDraft;
use escalation::PermissionCache;
use findings::FindingMaker;
use index::Selection;
use outcome::Outcome;
use placed::Placement;
use runs::{RunRuling, judge_run};
use selected::Selected;

pub use escalation::EscalationEvidence;
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
    as_of: Date,
    extent: Extent,
}

/// Judges the grants of one plan.
#[derive(Debug)]
pub struct PlanJudge<'j, 'm> {
    judge: &'j Judge<'m>,
    placement: Placement<'m>,
    /// The folder in which Terraform ran, by its path in the repository.
    folder: Option<String>,
}

/// What came out for one grant.
#[derive(Debug)]
pub enum Ruling {
    /// The plan leaves it alone, and such grants are not judged.
    Untouched,
    /// Drift that adds no access: the provider's own bookkeeping and no grant of this plan.
    NoGrant,
    /// What is wrong with a plan beside its grants.
    Noted(Box<Finding>),
    /// A verdict, its findings, and which permissions it gives that raise rights.
    Judged(Box<Judged>, Vec<Finding>, EscalationEvidence),
}

impl<'m> Judge<'m> {
    /// Takes what grants are judged by.
    pub fn new(manifest: &'m Manifest, catalog: &'m Catalog, as_of: Date, extent: Extent) -> Self {
        Self::with_selection(
            Decisions::new(manifest, catalog, as_of),
            catalog,
            as_of,
            extent,
            Selection::Indexed,
        )
    }

    /// As [`Self::new`], where it is told who applies: a login.
    pub fn for_operator(
        manifest: &'m Manifest,
        catalog: &'m Catalog,
        as_of: Date,
        extent: Extent,
        login: Option<&str>,
    ) -> Self {
        let decisions = Decisions::new(manifest, catalog, as_of).with_operator(login);
        Self::with_selection(decisions, catalog, as_of, extent, Selection::Indexed)
    }

    /// As [`Self::new`], and looks at every approval for every grant: what tests compare the index with.
    #[doc(hidden)]
    pub fn without_index(manifest: &'m Manifest, catalog: &'m Catalog, as_of: Date, extent: Extent) -> Self {
        Self::with_selection(
            Decisions::new(manifest, catalog, as_of),
            catalog,
            as_of,
            extent,
            Selection::Scanned,
        )
    }

    fn with_selection(
        decisions: Decisions<'m>,
        catalog: &'m Catalog,
        as_of: Date,
        extent: Extent,
        selection: Selection,
    ) -> Self {
        let manifest = decisions.manifest();
        Self {
            manifest,
            candidates: Candidates::new(&decisions, selection),
            decisions: Arc::new(decisions),
            findings: FindingMaker::new(manifest),
            catalog,
            permissions: PermissionCache::default(),
            excess: KnownExcess::default(),
            as_of,
            extent,
        }
    }

    /// Judges grants of a plan in which the manifest's references mean this.
    pub fn on_plan(&self, references: ReferenceMeanings) -> PlanJudge<'_, 'm> {
        PlanJudge {
            judge: self,
            placement: Placement::new(Arc::clone(&self.decisions), self.candidates.selection, references),
            folder: None,
        }
    }

    /// Puts all rulings together.
    pub fn assess(&self, inventories: Vec<Inventory<Ruling>>) -> Assessment {
        let mut assessment = Assessment::default();
        let mut assumptions = BTreeSet::new();
        let mut holdings = Holdings::default();
        // Boxes are sorted, because what they hold is large.
        let mut grants: Vec<Box<Judged>> = Vec::new();
        let mut unread = Vec::new();
        let mut said_unseen = false;
        for inventory in inventories {
            assessment.resource_changes += inventory.resource_changes;
            assumptions.extend(inventory.assumptions);
            let folder = inventory.folder.as_deref();
            for ruling in inventory.grants {
                grants.extend(add_ruling(&mut assessment, &mut holdings, ruling));
            }
            for run in &inventory.runs {
                let RunRuling { judged, drafts } = judge_run(run, &self.decisions);
                grants.push(Box::new(judged));
                let make = |draft| self.findings.make(draft, None, folder);
                assessment.findings.extend(drafts.into_iter().map(make));
            }
            let places = &inventory.alarm_places;
            // That the sources were not seen is said once, however many plans there are.
            let is_new = |alarm: &&Alarm| {
                alarm.cause != AlarmCause::SourcesUnseen || !std::mem::replace(&mut said_unseen, true)
            };
            let drafts =
                inventory.alarms.iter().filter(is_new).map(|alarm| FindingDraft::of_alarm(alarm, places));
            assessment.findings.extend(drafts.map(|draft| self.findings.make(draft, None, folder)));
            unread.extend(inventory.unread);
        }
        let (drafts, declared) = apply_declarations(&unread, self.manifest);
        assessment.findings.extend(drafts.into_iter().map(|draft| self.findings.make(draft, None, None)));
        assessment.declared = declared;
        assessment.escalations = holdings.escalations();
        grants.sort_by(|a, b| a.address.cmp(&b.address));
        assessment.grants = grants.into_iter().map(|judged| *judged).collect();
        assessment.catalogs.sort();
        assessment.catalogs.dedup();
        assumptions.extend(assessment.catalogs.iter().filter_map(|source| {
            let age_days = source.old_age(self.as_of)?;
            Some(Assumption::CurrentCatalog { source: source.clone(), age_days })
        }));
        assessment.assumptions = assumptions.into_iter().collect();
        assessment
            .findings
            .sort_by(|a, b| (&a.address, a.code, &a.ticket).cmp(&(&b.address, b.code, &b.ticket)));
        assessment
    }
}

impl PlanJudge<'_, '_> {
    /// Takes the path in the repository of the folder in which Terraform ran.
    #[must_use]
    pub fn in_folder(self, folder: Option<&str>) -> Self {
        Self { folder: folder.map(str::to_owned), ..self }
    }

    /// Judges one grant.
    pub fn judge(&self, grant: &Grant) -> Ruling {
        let Judge { candidates, findings, catalog, permissions, excess, extent, .. } = self.judge;
        if grant.change == Change::Untouched && *extent == Extent::Changes {
            return Ruling::Untouched;
        }
        let placed = self.placement.at(grant);
        let placed = placed.as_deref();
        let claims = candidates.find_claims(grant);
        let covering = match outcome::is_unchanged(grant) {
            true => None,
            false => candidates.find_covering(grant, &claims, placed),
        };
        let (selected, judged) = match covering {
            Some(ticket) => (Selected::default(), outcome::approved_alone(ticket)),
            None => {
                let selected = candidates.select(grant, claims, placed);
                let judged = outcome::judge(grant, &selected, catalog, excess);
                (selected, judged)
            }
        };
        if judged.outcome == Outcome::Unchanged && matches!(grant.change, Change::Drifted | Change::Loosened)
        {
            return Ruling::NoGrant;
        }
        let evidence = permissions.collect(grant, catalog);
        let drafts = FindingDraft::all_of_grant(grant, &judged.outcome, &selected);
        let make = |draft| findings.make(draft, Some(&evidence), self.folder.as_deref());
        let mut made: Vec<Finding> = drafts.into_iter().map(make).collect();
        if !made.is_empty() {
            let notes = summary::note_content(grant, &judged.used, catalog);
            made.iter_mut().for_each(|finding| finding.notes.extend(notes.iter().cloned()));
        }
        Ruling::Judged(Box::new(summary::summarize(grant, judged, &selected)), made, evidence)
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

/// Adds a ruling to what is known of all, and returns its grant.
fn add_ruling(assessment: &mut Assessment, holdings: &mut Holdings, ruling: Ruling) -> Option<Box<Judged>> {
    match ruling {
        Ruling::Untouched => {
            assessment.untouched += 1;
            None
        }
        Ruling::NoGrant => None,
        Ruling::Noted(finding) => {
            assessment.findings.push(*finding);
            None
        }
        Ruling::Judged(judged, findings, evidence) => {
            let adds = judged.verdict != Verdict::Unchanged;
            holdings.add(evidence.dialect, &judged.address, adds, evidence.held);
            assessment.catalogs.extend(evidence.catalogs);
            assessment.catalogs.extend(judged.content.iter().map(|used| used.source.clone()));
            assessment.findings.extend(findings);
            Some(judged)
        }
    }
}
