//! `request`: drafts the approval of what a plan wants and nobody has approved.
//!
//! Takes parsed arguments and a writer. The steps: read all inputs, judge the plan, draft what is not covered, and judge each
//! draft as an approval of its own. What the draft says is checked; whether it should be approved is not.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::actor::ask_git;
use super::inputs::{GivenPlans, Inputs, PlanInputs};
use super::judging::{Judging, make_judge};
use super::plan_evidence::EvidenceDemand;
use super::{Exit, Failure, input, output_file};
use crate::cli::{RequestArgs, RequestFormat};
use crate::finding::{ComparedAccess, Finding, FindingMessage, PlannedAccess, RunOutline};
use crate::grants::{Grant, PlanSubjects, collect};
use crate::judge::{Extent, PlanJudge, Ruling};
use crate::report::escape::for_terminal;
use crate::report::request::{RequestContext, hcl, markdown};
use crate::report::words::count_of;
use crate::request::{
    Asker, DraftRun, RequestDraft, RunScope, SpelledObjects, Trial, Unmet, UnmetGrant, draft_request,
};
use crate::resolve::identity::list_references;

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
    let count = inputs.plan.given.plans.count();
    if count != 1 {
        return Err(Failure::Missing {
            message: format!("a request is drafted for one plan, found {count}"),
            help: "pass one plan".to_owned(),
        });
    }
    if args.append.is_some() && args.format == RequestFormat::Markdown {
        return Err(Failure::Missing {
            message: "`--append` writes blocks of the manifest, and Markdown is none".to_owned(),
            help: "leave out `--append`, or `--format markdown`".to_owned(),
        });
    }
    let asker = find_asker(args, &inputs)?;
    let name = inputs.plan.given.first.name();
    let draft = draft_for_plan(&mut inputs, &asker)?;
    let context = RequestContext { asker: &asker, plan: &name };
    let text = match args.format {
        RequestFormat::Hcl => hcl::write(&draft, context),
        RequestFormat::Markdown => markdown::write(&draft, context),
    };
    match &args.append {
        Some(path) => {
            append(path, &text)?;
            tell(&draft, path, out)
        }
        None if text.is_empty() => writeln!(out, "# nothing has to be asked for: approvals cover the plan"),
        None => out.write_all(text.as_bytes()),
    }
    .map_err(Failure::unwritten)?;
    Ok(Exit::Allowed)
}

/// Says what was appended, and what to do next.
fn tell(draft: &RequestDraft, path: &Path, out: &mut dyn Write) -> io::Result<()> {
    let (appended, refused) = (count_of(draft.approvals.len(), "approval"), draft.refused.len());
    let path = for_terminal(&path.display().to_string());
    writeln!(out, "{appended} appended to {path}, {refused} not drafted")?;
    writeln!(out, "  next: have it reviewed, then run `countersign check`")
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
    let Inputs { plan: plan_inputs, manifest, clock, actor, extent, sources_demand, .. } = inputs;
    let PlanInputs { rules, facts, catalog, given: GivenPlans { first, .. }, .. } = plan_inputs;
    let (rules, facts, catalog, manifest) = (&*rules, &*facts, &*catalog, &*manifest);
    let name = first.name();
    let mut plan = first.read_plan()?;
    plan.demand_sources(*sources_demand);
    let failure = |error| Failure::Plan { name: name.clone(), error };
    let mut inventory = collect(&plan, rules, facts).map_err(failure)?.sorted();
    let grants = std::mem::take(&mut inventory.grants);
    let judge = make_judge(manifest, catalog, clock, actor.as_ref(), *extent);
    let judging = Judging { judge: &judge, rules, manifest };
    let plan_judge = judging.judge_of_plan(&plan, facts, &name)?;
    let unmet_grants = list_unmet(&plan_judge, &grants);
    let mut beside = inventory.map(|grant| plan_judge.judge(&grant));
    beside.grants.extend(judging.judge_beside(&plan_judge, &plan, facts, &name)?);
    let (runs, others) = divide_runs(judge.assess(vec![beside]).findings);
    let unmet = Unmet { grants: unmet_grants, runs, others };
    let objects = SpelledObjects::new(list_references(&plan, rules, facts));
    let subjects = PlanSubjects::find(&plan, rules, facts).map_err(failure)?;
    let trial = Trial { plan: &plan, rules, facts, catalog, subjects: &subjects, from: asker.from };
    let reviewed = Asker { reason: "whether it covers the grant".to_owned(), ..asker.clone() };
    let write = |draft: &RequestDraft| hcl::write(draft, RequestContext { asker: &reviewed, plan: &name });
    draft_request(&unmet, &objects, manifest, asker, &trial, write).map_err(|error| Failure::Problems {
        message: "the manifest would not take the draft".to_owned(),
        problems: error.problems,
    })
}

/// The grants that do not pass, with what they would give.
fn list_unmet<'g>(judge: &PlanJudge<'_, '_>, grants: &'g [Grant]) -> Vec<UnmetGrant<'g>> {
    let unmet = grants.iter().filter_map(|grant| {
        let Ruling::Judged(judged, findings, _) = judge.judge(grant) else { return None };
        if judged.verdict.passes() {
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

/// What is wrong beside the grants: what runs and can be named in an approval, and the rest.
fn divide_runs(findings: Vec<Finding>) -> (Vec<DraftRun>, Vec<Finding>) {
    let (mut runs, mut others) = (Vec::new(), Vec::new());
    for finding in findings {
        match find_scope(&finding) {
            Some(scope) => runs.push(DraftRun { address: finding.address, scope }),
            None => others.push(finding),
        }
    }
    (runs, others)
}

fn find_scope(finding: &Finding) -> Option<RunScope> {
    let FindingMessage::Run { run, .. } = &finding.message else { return None };
    match run {
        RunOutline::Provisioner { .. } => finding.run.clone().map(RunScope::Digest),
        RunOutline::Target { missing } => Some(RunScope::Target(missing.clone())),
    }
}

/// Adds a draft to a file, which is made where it is not there.
fn append(path: &Path, text: &str) -> Result<(), Failure> {
    let failure = |error| Failure::Write { name: path.display().to_string(), error };
    let known = match fs::read_to_string(path) {
        Ok(known) => known,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(failure(error)),
    };
    let gap = if known.is_empty() || known.ends_with("\n\n") { "" } else { "\n" };
    let end = if known.is_empty() || known.ends_with('\n') { "" } else { "\n" };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(failure)?;
    }
    output_file::replace(path, format!("{known}{end}{gap}{text}").as_bytes())
}
