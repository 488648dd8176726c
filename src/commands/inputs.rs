//! Everything that a command reads before it judges or lists grants.
//!
//! Takes parsed arguments and returns [`PlanInputs`] (plans, rules, facts, catalogue) or [`Inputs`] (these, the manifest
//! and a date). Nothing is judged here.

use std::path::Path;

use jiff::Timestamp;

use super::code_owners::read_code_owners;
use super::plans::{PlanText, Plans};
use super::trusted::{Trusted, TrustedManifest};
use super::{Failure, catalog, input};
use crate::catalog::Catalog;
use crate::cli::{CheckArgs, GrantsArgs};
use crate::grants::Assumption;
use crate::judge::Extent;
use crate::manifest::Manifest;
use crate::parallel::run_both;
use crate::plan::SourcesDemand;
use crate::record::Clock;
use crate::resolve::facts::StatedFacts;
use crate::rules::Rules;
use crate::trust::TrustSource;

/// Plans, and what they are read with.
pub(super) struct PlanInputs {
    pub(super) rules: Rules,
    pub(super) facts: StatedFacts,
    pub(super) catalog: Catalog,
    /// The first plan.
    pub(super) first: PlanText,
    /// The paths of all plans: each but the first is read when its turn comes, so that memory holds one.
    pub(super) plans: Plans,
}

/// What `check` judges, and what it judges by.
pub(super) struct Inputs {
    pub(super) plan: PlanInputs,
    pub(super) manifest: Manifest,
    /// Where the manifest was read.
    pub(super) trust: TrustSource,
    /// What nobody can see of that place.
    pub(super) assumptions: Vec<Assumption>,
    pub(super) clock: Clock,
    pub(super) extent: Extent,
    /// Whether plan JSON may be judged alone.
    pub(super) demand: SourcesDemand,
}

impl Inputs {
    /// Reads everything.
    ///
    /// `source_root` is the folder in which Terraform runs, where that is known besides.
    pub(super) fn read(args: &CheckArgs, source_root: Option<&Path>) -> Result<Self, Failure> {
        let plans = Plans::find(&args.plan, source_root)?;
        let approvals = args.approvals.as_deref();
        let mut trusted = Trusted::open(args.trust_ref.as_deref())?;
        // The manifest is read by all cores, and the first plan is as large as all else together.
        let rules = input::read_rules(&args.plan.rules, &mut trusted)?;
        let clock = Clock::new(args.now, args.as_of, Timestamp::now());
        let read_manifest =
            || input::load_manifest(approvals, &args.plan.facts, &rules, clock.as_of, &mut trusted);
        let (manifest, first) = run_both(read_manifest, || plans.first());
        let TrustedManifest { mut manifest, source: trust, assumptions } = manifest?;
        manifest.code_owners = read_code_owners(&mut trusted);
        let plan = PlanInputs {
            rules,
            facts: input::read_facts(&args.plan.facts, Some(&manifest)),
            catalog: catalog::read(
                args.plan.catalog.as_deref(),
                &input::manifest_path(approvals),
                &mut trusted,
            )?,
            first: first?,
            plans,
        };
        let extent = if args.all { Extent::All } else { Extent::Changes };
        let demand = if args.plan.without_sources { SourcesDemand::Waived } else { SourcesDemand::Required };
        Ok(Self { plan, manifest, trust, assumptions, clock, extent, demand })
    }
}

impl PlanInputs {
    /// Reads what `grants` lists.
    pub(super) fn read(args: &GrantsArgs) -> Result<Self, Failure> {
        let plans = Plans::find(&args.plan, None)?;
        let mut trusted = Trusted::open(None)?;
        Ok(Self {
            rules: input::read_rules(&args.plan.rules, &mut trusted)?,
            facts: input::read_facts(&args.plan.facts, None),
            catalog: catalog::read(args.plan.catalog.as_deref(), &input::manifest_path(None), &mut trusted)?,
            first: plans.first()?,
            plans,
        })
    }
}
