//! `apply`: the gate, and the apply that it lets go on.
//!
//! Takes parsed arguments and a writer, judges the plan file as `check` does, and hands the very bytes that were judged to
//! `terraform apply`. Where they are blocked nothing is run.

use std::io::Write;
use std::path::Path;

use super::check::{judge_plans, write_reports};
use super::inputs::Inputs;
use super::output_file::OutputFiles;
use super::overwritten::refuse_overwritten_inputs;
use super::terraform::{Program, TerraformError};
use super::{Exit, Failure};
use crate::cli::ApplyArgs;
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
    if check.plan.source_root.is_some() {
        return Err(Failure::Missing {
            message: "`apply` reads files where Terraform does, in the folder that it runs in".to_owned(),
            help: "leave `--source-root` out, and run `apply` where the plan was made".to_owned(),
        });
    }
    let folder = Path::new(".");
    let mut inputs = Inputs::read(check, Some(folder))?;
    let name = inputs.plan.first.name();
    if inputs.plan.plans.count() != 1 || inputs.plan.first.plan_file().is_none() {
        return Err(Failure::Missing {
            message: format!("`{name}` is not one plan file, and only a plan file can be applied"),
            help: "pass the file that `terraform plan -out tfplan` wrote".to_owned(),
        });
    }
    let assessment = judge_plans(&mut inputs)?;
    write_reports(check, &files, &assessment, ReportContext { as_of: inputs.clock.as_of }, out)?;
    let Some(file) = inputs.plan.first.plan_file().filter(|_| assessment.is_allowed()) else {
        return Ok(Exit::Blocked);
    };
    out.flush().map_err(Failure::unwritten)?;
    let failure = |error: TerraformError| Failure::Terraform { name: name.clone(), error };
    let program = Program::find(check.plan.terraform.as_deref()).map_err(failure)?;
    if let Some(name) = inputs.plan.first.find_changed_file() {
        return Err(Failure::Changed { name });
    }
    let status = program.apply(&file.bytes, &args.options).map_err(failure)?;
    if status.success() { Ok(Exit::Allowed) } else { Err(failure(TerraformError::NotApplied { status })) }
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
