//! Drafts judged before they are shown.
//!
//! Takes drafts and the plan that they are for, and says which of them cover their grants: each as an approval of its own in
//! a manifest of nothing else, where whoever approves may approve everything; and all of them beside the manifest that is
//! there. Who may decide is not tried: that is found in `decision`.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{DraftGrant, Places, UnmetGrant};
use crate::catalog::Catalog;
use crate::grants::{Grant, PlanSubjects};
use crate::judge::{Extent, Judge, PlanJudge, Ruling};
use crate::manifest::{Manifest, ManifestError, list_name, quote, quote_all};
use crate::plan::Plan;
use crate::resolve::facts::StatedFacts;
use crate::resolve::identity::read_references;
use crate::rules::Rules;
use crate::source::Source;
use crate::sources::Sources;

/// The plan that drafts are tried on, and what it is read with.
#[derive(Clone, Copy, Debug)]
pub struct Trial<'t> {
    /// The plan.
    pub plan: &'t Plan<'t>,
    /// The rules.
    pub rules: &'t Rules,
    /// The facts that are stated.
    pub facts: &'t StatedFacts,
    /// What roles hold.
    pub catalog: &'t Catalog,
    /// Who may act as the identities of the plan.
    pub subjects: &'t PlanSubjects,
    /// The first day of the approvals.
    pub from: Date,
}

/// One draft that is tried.
#[derive(Debug)]
pub(super) struct TrialDraft<'g> {
    /// The number of the grant among those that are not covered.
    pub(super) at: usize,
    pub(super) grant: &'g Grant,
    pub(super) grants: Vec<DraftGrant>,
    /// The same as text.
    pub(super) text: String,
    /// The places that the approval is restricted to.
    pub(super) places: Places,
}

/// Who approves in a trial: whether somebody may is not what is tried.
const OWNERS: &str = "process_owner = \"trial\"\nsystem \"trial\" { owner = \"trial\" }\n\
                      authority \"trial\" {\n  approvers = [\"trial\"]\n  systems = [\"trial\"]\n  max_duration = \"9d\"\n}\n";

/// For how many days approvals of a trial hold: any number that the authority above allows would do.
const DAYS: i64 = 8;

impl Trial<'_> {
    /// Says of each draft whether an approval of it, at the address of its grant, covers that grant.
    pub(super) fn covers(&self, drafts: &[TrialDraft<'_>]) -> Vec<bool> {
        let mut refused: Vec<bool> = vec![false; drafts.len()];
        loop {
            match Manifest::from_sources("trial", &self.write(drafts, &refused)) {
                Ok(manifest) => return self.judge(&manifest, drafts, &refused),
                // What the manifest refuses covers nothing. Each pass leaves out at least one draft.
                Err(error) => {
                    let before = refused.clone();
                    for problem in &error.problems {
                        let at = problem.source.name.parse::<usize>().ok();
                        if let Some(place) = at.and_then(|at| refused.get_mut(at)) {
                            *place = true;
                        }
                    }
                    if refused == before {
                        return vec![false; drafts.len()];
                    }
                }
            }
        }
    }

    /// Finds the numbers of the grants that a manifest with a draft does not cover.
    ///
    /// # Errors
    ///
    /// Why the draft would be no part of the manifest.
    pub(super) fn find_failing(
        &self,
        manifest: &Manifest,
        draft: &str,
        unmet: &[UnmetGrant<'_>],
    ) -> Result<Vec<usize>, ManifestError> {
        let draft = Source::new("draft.hcl", draft);
        let sources: Vec<Source> = manifest.sources().iter().cloned().chain([draft]).collect();
        let manifest = Manifest::from_sources("draft", &sources)?;
        let judge = Judge::new(&manifest, self.catalog, self.from, Extent::Changes);
        let judge = self.on_plan(&judge, &manifest);
        let failing = unmet.iter().enumerate().filter(|(_, one)| !passes(&judge, one.grant));
        Ok(failing.map(|(at, _)| at).collect())
    }

    fn judge(&self, manifest: &Manifest, drafts: &[TrialDraft<'_>], refused: &[bool]) -> Vec<bool> {
        let judge = Judge::new(manifest, self.catalog, self.from, Extent::Changes);
        let judge = self.on_plan(&judge, manifest);
        drafts.iter().zip(refused).map(|(draft, refused)| !refused && passes(&judge, draft.grant)).collect()
    }

    fn on_plan<'j, 'm>(&self, judge: &'j Judge<'m>, manifest: &Manifest) -> PlanJudge<'j, 'm> {
        let references = read_references(self.plan, self.rules, self.facts, &manifest.references());
        let folder = self.plan.sources().and_then(Sources::root_folder);
        judge.on_plan(references).in_folder(folder).with_subjects(self.subjects.clone())
    }

    /// The files of a manifest in which each draft that is not refused is an approval of its own. A file is named by the
    /// number of its draft.
    fn write(&self, drafts: &[TrialDraft<'_>], refused: &[bool]) -> Vec<Source> {
        let until = self.from.saturating_add(DAYS.days());
        let mut sources = vec![Source::new("owners", OWNERS)];
        for (at, (draft, _)) in drafts.iter().zip(refused).enumerate().filter(|(_, (_, refused))| !**refused)
        {
            let places: String = draft
                .places
                .iter()
                .map(|(word, names)| format!("  {} = [{}]\n", list_name(*word), quote_all(names)))
                .collect();
            let text = format!(
                "approval \"trial-{at}\" {{\n  justification = \"whether it covers the grant\"\n  system = \"trial\"\n  \
                 requester = \"asker\"\n  approvers = [\"trial\"]\n  approved_on = \"{}\"\n  expires_on = \"{until}\"\n  \
                 addresses = [{}]\n{places}{}}}\n",
                self.from,
                quote(&draft.grant.origin.address),
                draft.text
            );
            sources.push(Source::new(&at.to_string(), &text));
        }
        sources
    }
}

fn passes(judge: &PlanJudge<'_, '_>, grant: &Grant) -> bool {
    matches!(judge.judge(grant), Ruling::Judged(judged, ..) if judged.verdict.passes())
}
