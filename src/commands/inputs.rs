//! Everything that a command reads before it judges or lists grants.
//!
//! Takes parsed arguments and returns [`PlanInputs`] (plans, rules, facts, catalogue) or [`Inputs`] (these, the manifest
//! and a date). Nothing is judged here.

use std::path::Path;

use jiff::Timestamp;

use super::actor::find_actor;
use super::code_owners::read_code_owners;
use super::plan_evidence::EvidenceDemand;
use super::plans::{PlanText, Plans};
use super::trusted::{Trusted, TrustedManifest};
use super::{Failure, catalog, input};
use crate::catalog::Catalog;
use crate::cli::{JudgeArgs, PlanArgs};
use crate::grants::Assumption;
use crate::judge::Extent;
use crate::manifest::Manifest;
use crate::parallel::run_both;
use crate::plan::{Alarm, SourcesDemand};
use crate::record::{Actor, Clock, NamedDigest};
use crate::resolve::facts::StatedFacts;
use crate::rules::Rules;
use crate::source::{Source, hash_bytes};
use crate::trust::TrustSource;

/// Plans, and what they are read with. `P` is what names the plans.
pub(super) struct PlanInputs<P = GivenPlans> {
    pub(super) rules: Rules,
    pub(super) facts: StatedFacts,
    /// The files of `--rules`, where a record is asked for.
    pub(super) rule_files: Vec<NamedDigest>,
    pub(super) catalog: Catalog,
    /// The file of the catalogue, where a record is asked for.
    pub(super) catalog_file: Option<NamedDigest>,
    /// The plans.
    pub(super) given: P,
}

/// Plans that the command line names.
pub(super) struct GivenPlans {
    /// The first plan.
    pub(super) first: PlanText,
    /// The paths of all plans: each but the first is read when its turn comes, so that memory holds one.
    pub(super) plans: Plans,
}

/// What `check` judges, and what it judges by.
pub(super) struct Inputs<P = GivenPlans> {
    pub(super) plan: PlanInputs<P>,
    pub(super) manifest: Manifest,
    /// Where the manifest was read.
    pub(super) trust: TrustSource,
    /// What nobody can see of that place.
    pub(super) assumptions: Vec<Assumption>,
    pub(super) clock: Clock,
    /// Who runs the command, as it was told.
    pub(super) actor: Option<Actor>,
    pub(super) extent: Extent,
    /// Whether plan JSON may be judged alone.
    pub(super) sources_demand: SourcesDemand,
    /// What blocks whatever the first plan says.
    pub(super) alarms: Vec<Alarm>,
}

impl Inputs {
    /// Reads everything.
    ///
    /// `source_root` is the folder in which Terraform runs, where that is known besides.
    pub(super) fn read(
        args: &JudgeArgs,
        extent: Extent,
        source_root: Option<&Path>,
        demand: EvidenceDemand,
    ) -> Result<Self, Failure> {
        let plans = Plans::find(&args.plan, source_root, demand)?;
        Self::read_beside(args, extent, demand, || Ok(GivenPlans { first: plans.first()?, plans }))
    }
}

impl<P: Send> Inputs<P> {
    /// Reads everything, and the plans as `read_plans` does, at the same time.
    pub(super) fn read_beside(
        args: &JudgeArgs,
        extent: Extent,
        demand: EvidenceDemand,
        read_plans: impl FnOnce() -> Result<P, Failure> + Send,
    ) -> Result<Self, Failure> {
        let approvals = args.approvals.as_deref();
        let mut trusted = Trusted::open(args.trust_ref.as_deref())?;
        // The manifest is read by all cores, and the first plan is as large as all else together.
        let (rules, rule_sources) = input::read_rules(&args.plan.rules, &mut trusted)?;
        let clock = Clock::new(args.now, args.as_of, Timestamp::now());
        let read_manifest =
            || input::load_manifest_or_none(approvals, &args.plan.facts, &rules, clock.as_of, &mut trusted);
        let (manifest, given) = run_both(read_manifest, read_plans);
        let TrustedManifest { mut manifest, source: trust, assumptions, absence } = manifest?;
        manifest.code_owners = read_code_owners(&mut trusted);
        manifest.tickets = input::read_tickets(args.tickets.as_deref())?;
        let manifest_path = input::manifest_path(approvals);
        let (catalog, catalog_file) =
            catalog::read(args.plan.catalog.as_deref(), &manifest_path, &mut trusted, demand)?;
        let plan = PlanInputs {
            rules,
            facts: input::read_facts(&args.plan.facts, Some(&manifest)),
            rule_files: digest_sources(&rule_sources, demand),
            catalog,
            catalog_file,
            given: given?,
        };
        let sources_demand =
            if args.plan.without_sources { SourcesDemand::Waived } else { SourcesDemand::Required };
        let actor = find_actor(args.actor.as_deref());
        let alarms = absence.into_iter().collect();
        Ok(Self { plan, manifest, trust, assumptions, clock, actor, extent, sources_demand, alarms })
    }
}

impl PlanInputs {
    /// Reads what is listed or drafted without a manifest.
    pub(super) fn read(args: &PlanArgs) -> Result<Self, Failure> {
        let none = EvidenceDemand::None;
        let plans = Plans::find(args, None, none)?;
        let mut trusted = Trusted::open(None)?;
        let given = args.catalog.as_deref();
        Ok(Self {
            rules: input::read_rules(&args.rules, &mut trusted)?.0,
            facts: input::read_facts(&args.facts, None),
            rule_files: Vec::new(),
            catalog: catalog::read(given, &input::manifest_path(None), &mut trusted, none)?.0,
            catalog_file: None,
            given: GivenPlans { first: plans.first()?, plans },
        })
    }
}

fn digest_sources(sources: &[Source], demand: EvidenceDemand) -> Vec<NamedDigest> {
    let digest = |source: &Source| NamedDigest {
        name: source.name.to_string(),
        sha256: hash_bytes(source.text.as_bytes()),
    };
    match demand {
        EvidenceDemand::None => Vec::new(),
        EvidenceDemand::Digests => sources.iter().map(digest).collect(),
    }
}
