//! One plan judged by what was read before.
//!
//! Takes plans one by one and returns the rulings on each; [`complete`] makes one assessment of them. Nothing is read from
//! a file here but what the configuration of a plan refers to.

use crate::commands::Failure;
use crate::commands::inputs::Inputs;
use crate::commands::plans::PlanText;
use crate::commands::repository::find_approvals;
use crate::finding::Assessment;
use crate::grants::{Inventory, PlanSubjects, survey, visit};
use crate::judge::{Judge, Ruling};
use crate::manifest::Manifest;
use crate::plan::Plan;
use crate::resolve::facts::StatedFacts;
use crate::resolve::identity::read_references;
use crate::rules::Rules;
use crate::rules::additional::list_additional;
use crate::sources::{ReadFile, Sources};

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
        let Self { judge, rules, manifest } = *self;
        let failure = |error| Failure::Plan { name: name.to_owned(), error };
        let references = read_references(plan, rules, facts, &manifest.references());
        let mut plan_judge =
            judge.on_plan(references).in_folder(plan.sources().and_then(Sources::root_folder));
        if judge.needs_subjects() {
            let subjects = PlanSubjects::find(plan, rules, facts);
            plan_judge = plan_judge.with_subjects(subjects.map_err(failure)?);
        }
        let rulings = visit(plan, rules, facts, |grant| plan_judge.judge(&grant));
        let read_files = PlanText::list_read_files(plan);
        let mut rulings = rulings.map_err(failure)?;
        rulings.grants.extend(plan_judge.judge_references());
        if judge.has_late_duties() {
            let survey = survey(plan, rules, facts).map_err(failure)?;
            rulings.grants.extend(plan_judge.judge_duties(&survey));
        }
        Ok(JudgedPlan { rulings, read_files })
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
