//! `grants`: the inventory. It judges nothing, so it blocks nothing.

use std::io::Write;

use super::inputs::{GivenPlans, PlanInputs};
use super::{Exit, Failure};
use crate::cli::{GrantsArgs, OutputFormat};
use crate::grants::collect;
use crate::report::grants::{human, json};
use crate::report::look::Look;

/// Lists the grants of plans.
///
/// # Errors
///
/// Why a plan could not be read, or the list not be written.
pub fn run(args: &GrantsArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let PlanInputs { rules, facts, catalog, given: GivenPlans { first, plans }, .. } =
        PlanInputs::read(&args.plan)?;
    let mut inventories = Vec::new();
    for text in std::iter::once(Ok(first)).chain(plans.others()) {
        let mut text = text?;
        let name = text.name();
        let inventory = collect(&text.read_plan()?, &rules, &facts);
        inventories.push(inventory.map_err(|error| Failure::Plan { name, error })?);
    }
    let written = match args.format {
        OutputFormat::Human => human::write(&inventories, &catalog, Look::for_terminal(), out),
        OutputFormat::Json => json::write(&inventories, &catalog, out),
    };
    written.map_err(Failure::unwritten)?;
    Ok(Exit::Allowed)
}
