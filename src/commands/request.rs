//! `request`: drafts the approval of what a plan wants and nobody has approved.
//!
//! Takes parsed arguments and a writer. The steps: read all inputs, judge the plan, draft what is not covered, and judge each
//! draft as an approval of its own. What the draft says is checked; whether it should be approved is not.

use std::fs;
use std::io::Write;
use std::path::Path;

use super::actor::ask_git;
use super::inputs::{GivenPlans, Inputs, PlanInputs};
use super::plan_evidence::EvidenceDemand;
use super::{Exit, Failure, input, output_file};
use crate::catalog::Catalog;
use crate::cli::{RequestArgs, RequestFormat};
use crate::finding::{Assessment, ComparedAccess, Finding, FindingMessage, PlannedAccess, RunOutline};
use crate::grants::{Grant, Inventory, PlanSubjects, collect};
use crate::judge::{Extent, Judge, PlanJudge, Ruling};
use crate::manifest::{Manifest, ManifestError};
use crate::plan::{Plan, PlanError};
use crate::report::escape::for_terminal;
use crate::report::request::{RequestContext, hcl, markdown};
use crate::report::words::count_of;
use crate::request::{
    Asker, RequestDraft, RunScope, SpelledObjects, TrialDraft, TrialJudge, Unmet, UnmetGrant, UnmetRun,
    draft_request, write_trial,
};
use crate::resolve::facts::StatedFacts;
use crate::resolve::identity::{list_references, read_references};
use crate::rules::Rules;
use crate::source::Source;
use crate::sources::Sources;

/// Drafts what has to be approved, and writes it.
///
/// # Errors
///
/// Why the plan could not be judged, or the draft not be written.
pub fn run(args: &RequestArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let mut inputs = Inputs::read(&args.judge, Extent::Changes, None, EvidenceDemand::None)?;
    // Without a manifest nobody could decide.
    if !inputs.alarms.is_empty() {
        return Err(input::no_manifest(&input::manifest_path(args.judge.approvals.as_deref())));
    }
    let asker = find_asker(args, &inputs)?;
    let name = inputs.plan.given.first.name();
    if inputs.plan.given.plans.count() != 1 {
        return Err(Failure::Missing {
            message: format!("a request is drafted for one plan, found {}", inputs.plan.given.plans.count()),
            help: "pass one plan".to_owned(),
        });
    }
    let draft = draft_for_plan(&mut inputs, &asker)?;
    let context = RequestContext { asker: &asker, plan: &name };
    let text = match args.format {
        RequestFormat::Hcl => hcl::write(&draft, context),
        RequestFormat::Markdown => markdown::write(&draft, context),
    };
    match &args.append {
        Some(path) if args.format == RequestFormat::Hcl => {
            append(path, &text)?;
            let (approvals, refused) = (draft.approvals.len(), draft.refused.len());
            writeln!(
                out,
                "{} appended to {}, {refused} not drafted\n  next: have it reviewed, then run `countersign check`",
                count_of(approvals, "approval"),
                for_terminal(&path.display().to_string())
            )
        }
        Some(_) => {
            return Err(Failure::Missing {
                message: "`--append` writes blocks of the manifest, and Markdown is none".to_owned(),
                help: "leave out `--append`, or `--format markdown`".to_owned(),
            });
        }
        None if text.is_empty() => writeln!(out, "# nothing has to be asked for: approvals cover the plan"),
        None => out.write_all(text.as_bytes()),
    }
    .map_err(Failure::unwritten)?;
    Ok(Exit::Allowed)
}

/// Who asks, and from when until when.
fn find_asker(args: &RequestArgs, inputs: &Inputs) -> Result<Asker, Failure> {
    let named = args.requester.clone().or_else(|| inputs.actor.as_ref().map(|actor| actor.name.clone()));
    let requester = named.or_else(ask_git).ok_or_else(|| Failure::Missing {
        message: "nobody says who asks".to_owned(),
        help: "pass `--requester LOGIN`, or set `user.email` of git".to_owned(),
    })?;
    Ok(Asker {
        ticket: args.ticket.clone(),
        requester,
        reason: args.reason.clone(),
        from: inputs.clock.as_of,
        days: i32::from(args.days),
    })
}

fn draft_for_plan(inputs: &mut Inputs, asker: &Asker) -> Result<RequestDraft, Failure> {
    let Inputs { plan: plan_inputs, manifest, clock, sources_demand, .. } = inputs;
    let PlanInputs { rules, facts, catalog, given: GivenPlans { first, .. }, .. } = plan_inputs;
    let name = first.name();
    let mut plan = first.read_plan()?;
    plan.demand_sources(*sources_demand);
    let failure = |error| Failure::Plan { name: name.clone(), error };
    let grants = collect(&plan, rules, facts).map_err(failure)?;
    let judge = Judge::at_time(manifest, catalog, clock.judged_as_of(), Extent::Changes, None);
    let on_plan = judge_on_plan(&judge, manifest, &plan, rules, facts).map_err(failure)?;
    let grants = grants.sorted();
    let unmet_grants = list_unmet(&on_plan, &grants);
    let rulings = collect(&plan, rules, facts).map_err(failure)?.map(|grant| on_plan.judge(&grant));
    let assessment = judge.assess(vec![rulings]);
    let unmet = Unmet {
        runs: list_runs(&assessment),
        others: list_others(&assessment, &unmet_grants),
        grants: unmet_grants,
    };
    let spelled = list_references(&plan, rules, facts);
    let objects = SpelledObjects::new(
        spelled
            .into_iter()
            .map(|(reference, spellings)| (reference, spellings.iter().map(ToString::to_string).collect())),
    );
    let trials =
        Trials { plan: &plan, name: &name, rules, facts, catalog, manifest, unmet: &unmet.grants, asker };
    draft_request(&unmet, &objects, manifest, asker, &trials).map_err(|error| Failure::Problems {
        message: "the manifest would not take the draft".to_owned(),
        problems: error.problems,
    })
}

fn judge_on_plan<'j, 'm>(
    judge: &'j Judge<'m>,
    manifest: &Manifest,
    plan: &Plan<'_>,
    rules: &Rules,
    facts: &StatedFacts,
) -> Result<PlanJudge<'j, 'm>, PlanError> {
    let references = read_references(plan, rules, facts, &manifest.references());
    let on_plan = judge.on_plan(references).in_folder(plan.sources().and_then(Sources::root_folder));
    if judge.needs_subjects() {
        return Ok(on_plan.with_subjects(PlanSubjects::find(plan, rules, facts)?));
    }
    Ok(on_plan)
}

/// The grants that do not pass, with what they would give.
fn list_unmet<'g>(judge: &PlanJudge<'_, '_>, inventory: &'g Inventory) -> Vec<UnmetGrant<'g>> {
    let unmet = inventory.grants.iter().filter_map(|grant: &Grant| {
        let Ruling::Judged(judged, findings, _) = judge.judge(grant) else { return None };
        if judged.verdict.passes() || findings.is_empty() {
            return None;
        }
        let statements = findings.iter().find_map(|finding| match &finding.access {
            Some(ComparedAccess { planned: PlannedAccess::Statements(statements), .. }) => {
                Some(statements.clone())
            }
            Some(ComparedAccess { planned: PlannedAccess::Sensitive, .. }) | None => None,
        });
        Some(UnmetGrant { grant, statements: statements.unwrap_or_default(), findings })
    });
    unmet.collect()
}

/// What runs and has a digest, and a targeted plan.
fn list_runs(assessment: &Assessment) -> Vec<UnmetRun> {
    let runs = assessment.findings.iter().filter_map(|finding| {
        let FindingMessage::Run { run, .. } = &finding.message else { return None };
        let scope = match run {
            RunOutline::Provisioner { .. } => RunScope::Digest(finding.run.clone()?),
            RunOutline::Target { missing } => RunScope::Target(missing.clone()),
        };
        Some(UnmetRun { address: finding.address.clone(), scope, finding: finding.clone() })
    });
    runs.collect()
}

/// What is neither a grant nor a run that can be drafted.
fn list_others(assessment: &Assessment, grants: &[UnmetGrant<'_>]) -> Vec<Finding> {
    let of_grants: Vec<&Finding> = grants.iter().flat_map(|one| &one.findings).collect();
    let is_run = |finding: &Finding| {
        let FindingMessage::Run { run, .. } = &finding.message else { return false };
        matches!(run, RunOutline::Target { .. }) || finding.run.is_some()
    };
    let others =
        assessment.findings.iter().filter(|finding| !is_run(finding) && !of_grants.contains(finding));
    others.cloned().collect()
}

/// Judges drafts by a manifest of their own.
struct Trials<'t> {
    plan: &'t Plan<'t>,
    name: &'t str,
    manifest: &'t Manifest,
    rules: &'t Rules,
    facts: &'t StatedFacts,
    catalog: &'t Catalog,
    unmet: &'t [UnmetGrant<'t>],
    asker: &'t Asker,
}

impl TrialJudge for Trials<'_> {
    fn find_failing(&self, draft: &RequestDraft) -> Result<Vec<usize>, ManifestError> {
        let manifest = self.with_draft(draft)?;
        let judge = Judge::new(&manifest, self.catalog, self.asker.from, Extent::Changes);
        let Ok(on_plan) = judge_on_plan(&judge, &manifest, self.plan, self.rules, self.facts) else {
            return Ok(Vec::new());
        };
        let fails = |(at, one): (usize, &UnmetGrant<'_>)| {
            let passes =
                matches!(on_plan.judge(one.grant), Ruling::Judged(judged, ..) if judged.verdict.passes());
            (!passes).then_some(at)
        };
        Ok(self.unmet.iter().enumerate().filter_map(fails).collect())
    }

    fn covers(&self, drafts: &[TrialDraft<'_>]) -> Vec<bool> {
        let mut refused: Vec<bool> = vec![false; drafts.len()];
        loop {
            let sources: Vec<Source> = write_trial(drafts, &refused, self.unmet, self.asker)
                .into_iter()
                .map(|(name, text)| Source::new(&name, &text))
                .collect();
            match Manifest::from_sources("trial", &sources) {
                Ok(manifest) => return self.judge(&manifest, drafts, &refused),
                Err(error) => {
                    let mut is_new = false;
                    for problem in &error.problems {
                        if let Some(place) =
                            problem.source.name.parse::<usize>().ok().and_then(|at| refused.get_mut(at))
                        {
                            is_new |= !*place;
                            *place = true;
                        }
                    }
                    if !is_new {
                        return vec![false; drafts.len()];
                    }
                }
            }
        }
    }
}

impl Trials<'_> {
    /// The manifest with a draft.
    fn with_draft(&self, draft: &RequestDraft) -> Result<Manifest, ManifestError> {
        let asker = Asker { reason: "whether it covers the grant".to_owned(), ..self.asker.clone() };
        let text = hcl::write(draft, RequestContext { asker: &asker, plan: self.name });
        let sources: Vec<Source> =
            self.manifest.sources().iter().cloned().chain([Source::new("draft.hcl", &text)]).collect();
        Manifest::from_sources("draft", &sources)
    }

    fn judge(&self, manifest: &Manifest, drafts: &[TrialDraft<'_>], refused: &[bool]) -> Vec<bool> {
        let judge = Judge::new(manifest, self.catalog, self.asker.from, Extent::Changes);
        let Ok(on_plan) = judge_on_plan(&judge, manifest, self.plan, self.rules, self.facts) else {
            return vec![false; drafts.len()];
        };
        let covers = drafts.iter().zip(refused).map(|(draft, refused)| {
            let Some(unmet) = self.unmet.get(draft.grant).filter(|_| !refused) else { return false };
            match on_plan.judge(unmet.grant) {
                Ruling::Judged(judged, ..) => judged.verdict.passes(),
                Ruling::Untouched | Ruling::Remaining(_) | Ruling::NoGrant | Ruling::Noted(_) => false,
            }
        });
        covers.collect()
    }
}

/// Adds a draft to a file, which is made where it is not there.
fn append(path: &Path, text: &str) -> Result<(), Failure> {
    let failure = |error| Failure::Write { name: path.display().to_string(), error };
    let known = match fs::read_to_string(path) {
        Ok(known) => known,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(failure(error)),
    };
    let gap = if known.is_empty() || known.ends_with("\n\n") { "" } else { "\n" };
    let end = if known.is_empty() || known.ends_with('\n') { "" } else { "\n" };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(failure)?;
    }
    output_file::replace(path, format!("{known}{end}{gap}{text}").as_bytes())
}
