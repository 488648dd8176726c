//! `init`: writes a first manifest.
//!
//! Takes parsed arguments and a writer. The steps: read the plans, draft the manifest, read it back as `check` would, and write
//! its files. A folder that is there already is left as it is.

use std::fs;
use std::io::{self, Write};
use std::iter;
use std::path::Path;

use super::actor::{ask_git, find_actor};
use super::inputs::{GivenPlans, PlanInputs};
use super::{Exit, Failure, input, output_file};
use crate::cli::{InitArgs, SystemsArg};
use crate::grants::{Inventory, collect};
use crate::initial::{Founders, InitialManifest, SystemDivision};
use crate::judge::{Extent, Judge, ReferenceMeanings};
use crate::manifest::Manifest;
use crate::report::escape::for_terminal;
use crate::report::initial::{ManifestFile, write};
use crate::source::Source;

/// Writes a first manifest.
///
/// # Errors
///
/// Why a plan could not be read, or the manifest not be written.
pub fn run(args: &InitArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let folder = input::manifest_path(args.approvals.as_deref());
    if folder.symlink_metadata().is_ok() {
        return Err(Failure::Missing {
            message: format!("`{}` is there already, and is left as it is", folder.display()),
            help: "draft what it lacks with `countersign request PLAN`, or name another folder with `--approvals`".to_owned(),
        });
    }
    let initial = draft_manifest(args)?;
    let founders = find_founders(args, &initial)?;
    let files = write(&initial, &founders);
    refuse_mistakes(&files)?;
    write_files(&folder, &files)?;
    tell(args, &initial, &folder, &files, out).map_err(Failure::unwritten)?;
    Ok(Exit::Allowed)
}

/// Drafts the manifest for all plans.
fn draft_manifest(args: &InitArgs) -> Result<InitialManifest, Failure> {
    let PlanInputs { rules, facts, catalog, given: GivenPlans { first, plans }, .. } =
        PlanInputs::read(&args.plan)?;
    let mut inventories: Vec<Inventory> = Vec::new();
    for text in iter::once(Ok(first)).chain(plans.others()) {
        let mut text = text?;
        let name = text.name();
        let plan = text.read_plan()?;
        let inventory = collect(&plan, &rules, &facts);
        inventories.push(inventory.map_err(|error| Failure::Plan { name, error })?);
    }
    let division = match args.systems {
        SystemsArg::Places => SystemDivision::Places,
        SystemsArg::Modules => SystemDivision::Modules,
    };
    let told = args.plan.facts.iter().cloned().collect();
    let mut initial = InitialManifest::draft(&inventories, division, told, Vec::new());
    let nobody = Manifest::absent("");
    let judge = Judge::new(&nobody, &catalog, input::choose_day(args.as_of), Extent::Changes);
    // Nobody has approved anything, so nothing refers to an object of a plan.
    let on_plan = judge.on_plan(ReferenceMeanings::new());
    let rulings = inventories.into_iter().map(|inventory| inventory.map(|grant| on_plan.judge(&grant)));
    let assessment = judge.assess(rulings.collect());
    initial.missing_facts = assessment.missing_facts().into_keys().cloned().collect();
    Ok(initial)
}

/// Who decides, and who asks for what AWS services need.
fn find_founders(args: &InitArgs, initial: &InitialManifest) -> Result<Founders, Failure> {
    let Some(first) = args.approvers.first() else {
        return Err(Failure::Missing {
            message: "nobody is named who may approve".to_owned(),
            help: "pass `--approver LOGIN`".to_owned(),
        });
    };
    let process_owner = args.process_owner.clone().unwrap_or_else(|| first.clone());
    let requester =
        args.requester.clone().or_else(|| find_actor(None).map(|actor| actor.name)).or_else(ask_git);
    let founders = Founders {
        owner: args.owner.clone().unwrap_or_else(|| process_owner.clone()),
        process_owner,
        approvers: args.approvers.clone(),
        requester,
        ticket: args.ticket.clone(),
        from: input::choose_day(args.as_of),
    };
    let has_services = initial.systems.iter().any(|system| !system.service_accounts.is_empty());
    if has_services && (founders.requester.is_none() || founders.approver_of_standing().is_none()) {
        return Err(Failure::Missing {
            message: "somebody other than the approvers has to ask for what AWS services need".to_owned(),
            help: "pass `--requester LOGIN`, or another `--approver LOGIN` besides".to_owned(),
        });
    }
    Ok(founders)
}

/// Reads the files back, as `check` would.
fn refuse_mistakes(files: &[ManifestFile]) -> Result<(), Failure> {
    let sources: Vec<Source> = files.iter().map(|file| Source::new(file.name, &file.text)).collect();
    match Manifest::from_sources("the first manifest", &sources) {
        Ok(_) => Ok(()),
        Err(error) => Err(Failure::Problems {
            message: "the manifest would not be valid; nothing was written".to_owned(),
            problems: error.problems,
        }),
    }
}

fn write_files(folder: &Path, files: &[ManifestFile]) -> Result<(), Failure> {
    fs::create_dir_all(folder)
        .map_err(|error| Failure::Write { name: folder.display().to_string(), error })?;
    files.iter().try_for_each(|file| output_file::replace(&folder.join(file.name), file.text.as_bytes()))
}

/// Says what was written, what is missing, and what to do next.
fn tell(
    args: &InitArgs,
    initial: &InitialManifest,
    folder: &Path,
    files: &[ManifestFile],
    out: &mut dyn Write,
) -> io::Result<()> {
    for file in files {
        writeln!(out, "wrote {}", for_terminal(&folder.join(file.name).display().to_string()))?;
    }
    for missing in &initial.missing_facts {
        let (fact, provider) = (for_terminal(&missing.fact), for_terminal(&missing.provider));
        writeln!(out, "missing fact {fact} of the provider {provider}: fill it in there")?;
    }
    for (provider, count) in &initial.unread_providers {
        let provider = for_terminal(provider);
        writeln!(
            out,
            "no rule pack reads {provider} ({count} in the plan): say there whether it gives access"
        )?;
    }
    let plan = args.plan.plans.first().map(|path| path.display().to_string()).unwrap_or_default();
    let (plan, folder) = (for_terminal(&plan), folder.display().to_string());
    let folder = for_terminal(&folder);
    writeln!(
        out,
        "next: countersign request {plan} --ticket TICKET --reason WHY --append {folder}/TICKET.hcl"
    )
}
