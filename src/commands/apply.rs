//! `apply`: the gate, and the apply that it lets go on.
//!
//! Takes parsed arguments and a writer, judges the plan file as `check` does, and hands the very bytes that were judged to
//! `terraform apply`. Where they are blocked, or where a record was demanded that does not allow them, nothing is run.

use std::io::Write;
use std::path::Path;

use super::check::{Judgement, ReportOptions, judge_plans, write_reports};
use super::inputs::Inputs;
use super::output_file::OutputFiles;
use super::overwritten::refuse_overwritten_inputs;
use super::plan_evidence::EvidenceDemand;
use super::terraform::{Program, TerraformError};
use super::{Exit, Failure, input};
use crate::cli::ApplyArgs;
use crate::plan::{Alarm, AlarmCause};
use crate::record::RecordedDecision;
use crate::report::check::ReportContext;

/// Options of `terraform apply` that change neither what is applied nor where: how it locks, waits and writes.
const OPTIONS: [&str; 6] =
    ["-compact-warnings", "-json", "-lock", "-lock-timeout", "-no-color", "-parallelism"];

/// Judges a plan file and applies it where it is allowed.
///
/// # Errors
///
/// Why it could not be judged, the result not be written, or the apply failed.
pub fn run(args: &ApplyArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    refuse_other_options(&args.options)?;
    let check = &args.check;
    refuse_overwritten_inputs(check)?;
    let files = OutputFiles::prepare(check.output.iter().map(|(_, path)| path.as_path()))?;
    if check.judge.plan.source_root.is_some() {
        return Err(Failure::Missing {
            message: "`apply` reads files where Terraform does, in the folder that it runs in".to_owned(),
            help: "leave `--source-root` out, and run `apply` where the plan was made".to_owned(),
        });
    }
    let folder = Path::new(".");
    let record = args.record.as_deref().map(read_record).transpose()?;
    let mut inputs = Inputs::read(&check.judge, check.extent(), Some(folder), EvidenceDemand::None)?;
    let name = inputs.plan.given.first.name();
    let first = &inputs.plan.given.first;
    let file = first.plan_file().filter(|_| inputs.plan.given.plans.count() == 1);
    let Some(digest) = file.map(|file| file.digest.sha256.as_str()) else {
        return Err(Failure::Missing {
            message: format!("`{name}` is not one plan file, and only a plan file can be applied"),
            help: "pass the file that `terraform plan -out tfplan` wrote".to_owned(),
        });
    };
    if let Some(record) = record {
        let gaps = record.find_gaps(digest, |path| first.digest_file(path));
        inputs.alarms.extend(gaps.into_iter().map(|gap| Alarm::of_plan(AlarmCause::NotRecorded(gap))));
    }
    let Judgement { assessment, .. } = judge_plans(&mut inputs)?;
    write_reports(
        ReportOptions::of(check),
        &files,
        &assessment,
        ReportContext { as_of: inputs.clock.as_of },
        out,
    )?;
    let Some(file) = inputs.plan.given.first.plan_file().filter(|_| assessment.is_allowed()) else {
        return Ok(Exit::Blocked);
    };
    out.flush().map_err(Failure::unwritten)?;
    let failure = |error: TerraformError| Failure::Terraform { name: name.clone(), error };
    let program = Program::find(check.judge.plan.terraform.as_deref()).map_err(failure)?;
    if let Some(name) = inputs.plan.given.first.find_changed_file() {
        return Err(Failure::Changed { name });
    }
    let status = program.apply(&file.bytes, &args.options).map_err(failure)?;
    if status.success() { Ok(Exit::Allowed) } else { Err(failure(TerraformError::NotApplied { status })) }
}

/// Reads the record of an earlier check.
fn read_record(path: &Path) -> Result<RecordedDecision, Failure> {
    let (name, text) = input::read_text(path)?;
    RecordedDecision::read(&text).map_err(|error| Failure::Record { name, error })
}

/// What else Terraform takes could name another plan, another state or other objects.
fn refuse_other_options(options: &[String]) -> Result<(), Failure> {
    let is_known = |option: &String| {
        let name = option.split('=').next().unwrap_or_default();
        OPTIONS.contains(&name.strip_prefix('-').filter(|rest| rest.starts_with('-')).unwrap_or(name))
    };
    match options.iter().find(|option| !is_known(option)) {
        None => Ok(()),
        Some(option) => Err(Failure::Missing {
            message: format!("`{option}` is not an option that `apply` hands to Terraform"),
            help: format!("use one of {}", OPTIONS.map(|option| format!("`{option}`")).join(", ")),
        }),
    }
}
