//! One plan judged by what was read before.
//!
//! Takes plans one by one and returns the rulings on each, or the judge of one for who asks about its grants one by one;
//! [`complete`] makes one assessment of them. Nothing is read from a file here but what the configuration of a plan refers to.

use super::Failure;
use super::inputs::Inputs;
use super::plans::PlanText;
use super::repository::find_approvals;
use crate::catalog::Catalog;
use crate::finding::Assessment;
use crate::grants::{Inventory, PlanSubjects, survey, visit};
use crate::judge::{Extent, Judge, PlanJudge, Ruling};
use crate::manifest::Manifest;
use crate::plan::Plan;
use crate::record::{Actor, Clock};
use crate::resolve::facts::StatedFacts;
use crate::resolve::identity::read_references;
use crate::rules::Rules;
use crate::rules::additional::list_additional;
use crate::sources::{ReadFile, Sources};

/// Makes the judge at the time of a clock, for who runs the command.
pub(super) fn make_judge<'i>(
    manifest: &'i Manifest,
    catalog: &'i Catalog,
    clock: &Clock,
    actor: Option<&Actor>,
    extent: Extent,
) -> Judge<'i> {
    let login = actor.map(|actor| actor.name.as_str());
    Judge::at_time(manifest, catalog, clock.judged_as_of(), extent, login)
}

/// What a plan is judged by.
#[derive(Clone, Copy)]
pub(super) struct Judging<'i> {
    pub(super) judge: &'i Judge<'i>,
    pub(super) rules: &'i Rules,
    pub(super) manifest: &'i Manifest,
}

/// What came out for one plan.
pub(super) struct JudgedPlan {
    pub(super) rulings: Inventory<Ruling>,
    /// The files beside the sources that were read for it.
    pub(super) read_files: Vec<ReadFile>,
}

impl<'i> Judging<'i> {
    /// Judges one plan, of which these facts are stated.
    pub(super) fn judge_plan(
        &self,
        plan: &Plan<'_>,
        facts: &StatedFacts,
        name: &str,
    ) -> Result<JudgedPlan, Failure> {
        let plan_judge = self.judge_of_plan(plan, facts, name)?;
        let rulings = visit(plan, self.rules, facts, |grant| plan_judge.judge(&grant));
        let read_files = PlanText::list_read_files(plan);
        let mut rulings = rulings.map_err(|error| Failure::Plan { name: name.to_owned(), error })?;
        rulings.grants.extend(self.judge_beside(&plan_judge, plan, facts, name)?);
        Ok(JudgedPlan { rulings, read_files })
    }

    /// Returns what judges the grants of one plan.
    pub(super) fn judge_of_plan(
        &self,
        plan: &Plan<'_>,
        facts: &StatedFacts,
        name: &str,
    ) -> Result<PlanJudge<'i, 'i>, Failure> {
        let Self { judge, rules, manifest } = *self;
        let references = read_references(plan, rules, facts, &manifest.references());
        let plan_judge = judge.on_plan(references).in_folder(plan.sources().and_then(Sources::root_folder));
        if !judge.needs_subjects() {
            return Ok(plan_judge);
        }
        let subjects = PlanSubjects::find(plan, rules, facts);
        let subjects = subjects.map_err(|error| Failure::Plan { name: name.to_owned(), error })?;
        Ok(plan_judge.with_subjects(subjects))
    }

    /// Judges what else is to be said of a plan, once its grants are judged.
    pub(super) fn judge_beside(
        &self,
        plan_judge: &PlanJudge<'_, '_>,
        plan: &Plan<'_>,
        facts: &StatedFacts,
        name: &str,
    ) -> Result<Vec<Ruling>, Failure> {
        let mut rulings = plan_judge.judge_references();
        if self.judge.has_late_duties() {
            let survey = survey(plan, self.rules, facts);
            let survey = survey.map_err(|error| Failure::Plan { name: name.to_owned(), error })?;
            rulings.extend(plan_judge.judge_duties(&survey));
        }
        Ok(rulings)
    }
}

/// Makes one assessment of the rulings on several plans.
pub(super) fn complete<P>(
    judge: &Judge<'_>,
    rulings: Vec<Inventory<Ruling>>,
    inputs: &Inputs<P>,
) -> Assessment {
    let plans = rulings.len();
    let rule_packs = list_additional(&inputs.plan.rules);
    let assessment = judge.assess(rulings);
    let mut assessment = Assessment { trust: inputs.trust.clone(), rule_packs, plans, ..assessment };
    assessment.assumptions.extend(inputs.assumptions.iter().cloned());
    assessment.assumptions.sort();
    find_approvals(&mut assessment);
    assessment
}
