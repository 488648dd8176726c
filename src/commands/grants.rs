//! `grants`: the inventory. It judges nothing, so it blocks nothing.

use std::io::Write;

use super::plans::Plans;
use super::{Exit, Failure, catalog, input};
use crate::cli::{Format, Grants};
use crate::grants::collect;
use crate::report::inventory;

/// Lists the grants of plans.
///
/// # Errors
///
/// Why a plan could not be read, or the list not be written.
pub fn run(args: &Grants, out: &mut dyn Write) -> Result<Exit, Failure> {
    let rules = input::rules(&args.rules)?;
    let facts = input::facts(&args.fact, None);
    let catalog = catalog::read(args.catalog.as_deref(), &input::manifest_path(None))?;
    let plans = Plans::find(&args.plans, args.sources.as_deref(), args.trust_references)?;
    let mut inventories = Vec::new();
    for text in std::iter::once(plans.first()).chain(plans.others()) {
        let mut text = text?;
        let name = text.name();
        let inventory = collect(&text.plan()?, &rules, &facts);
        inventories.push(inventory.map_err(|error| Failure::Plan { name, error })?);
    }
    let written = match args.format {
        Format::Human => inventory::write_human(&inventories, &catalog, out),
        Format::Json => inventory::write_json(&inventories, &catalog, out),
    };
    written.map_err(|error| Failure::Write { name: "standard output".to_owned(), error })?;
    Ok(Exit::Allowed)
}
