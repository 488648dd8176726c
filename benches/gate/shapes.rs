//! Shapes of plans and manifests, each of any size.
//!
//! A shape is what plans look like that cost more than others: many grants of one role, roles that have no name yet,
//! everything wider than approved. [`SHAPES`] lists them with the sizes at which they are measured, each twice the last.

mod clouds;
mod large;
mod principals;
mod roles;
mod wrong;

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use crate::manifest::ManifestMaker;
use crate::plan::PlanMaker;

pub(crate) use roles::reading;

/// A plan or several, and their manifest.
#[derive(Default)]
pub(crate) struct Case {
    pub(crate) plans: Vec<PlanMaker>,
    pub(crate) manifest: ManifestMaker,
    /// Files of the configuration in a plan file beside the plan; none where plan JSON is judged alone.
    pub(crate) sources: Vec<(String, String)>,
}

/// What is measured.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    /// The smallest of its three sizes.
    pub(crate) size: usize,
    pub(crate) make: fn(usize) -> Case,
}

const fn shape(name: &'static str, size: usize, make: fn(usize) -> Case) -> Shape {
    Shape { name, size, make }
}

/// Every shape. A size is a number of grants and of approvals, or what the function says.
pub(crate) const SHAPES: &[Shape] = &[
    shape("mixed", 2_500, clouds::mixed),
    shape("roles", 2_500, roles::known),
    shape("roles, few approvals", 2_500, roles::few_approvals),
    shape("updates that add nothing", 2_500, roles::updates),
    shape("attached policies by name", 1_000, roles::attached),
    shape("attached policies by content", 50, roles::attached_by_content),
    shape("trust", 1_000, roles::trust),
    shape("policies of 6 KB", 500, large::policies),
    shape("for_each, unknown roles", 500, roles::unknown_in_for_each),
    shape("one block each, unknown roles", 500, roles::unknown_in_blocks),
    shape("deep modules", 1_000, large::modules),
    shape("deep modules, unknown roles", 200, large::modules_unknown),
    shape("google", 1_000, clouds::google),
    shape("one Google policy", 1_000, clouds::google_policy),
    shape("kubernetes", 1_000, clouds::kubernetes),
    shape("azure", 1_000, clouds::azure),
    shape("account roots", 1_000, principals::account_roots),
    shape("wildcard principals", 1_000, principals::wildcards),
    shape("everyone", 500, principals::everyone),
    shape("one role, many approvals", 400, principals::one_role),
    shape("one approval, many principals", 2_500, principals::one_approval),
    shape("one approval, many resources", 1_000, principals::many_resources),
    shape("one document, many statements", 250, large::statements),
    shape("address globs", 1_250, large::address_globs),
    shape("all exceeded", 1_000, wrong::exceeded),
    shape("all exceeded, NotAction", 250, wrong::not_action),
    shape("all exceeded, escalation", 500, wrong::escalating),
    shape("all unapproved, many systems", 1_000, wrong::unapproved),
    shape("all undecided", 1_000, wrong::undecided),
    shape("findings as JSON", 2_500, wrong::findings),
    shape("plan file with sources", 5_000, large::sources),
    shape("plans", 125, large::plans),
    shape("objects without grants", 25_000, large::without_grants),
];

/// Those of the sample that a change is held to, by what was super-linear once, with small sizes.
pub(crate) const SAMPLE: &[(&str, usize)] = &[
    ("mixed", 100),
    ("for_each, unknown roles", 50),
    ("account roots", 75),
    ("one role, many approvals", 50),
    ("one approval, many principals", 250),
    ("address globs", 200),
];

impl Case {
    /// A case of one plan.
    pub(crate) fn one(plan: PlanMaker, manifest: ManifestMaker) -> Self {
        Self { plans: vec![plan], manifest, sources: Vec::new() }
    }

    /// Writes `plan.json` or a folder `plans`, `approvals`, and `tfplan` where there are sources.
    pub(crate) fn write(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder.join("plans"))?;
        for (number, plan) in self.plans.iter().enumerate() {
            plan.write(&folder.join(format!("plans/workspace-{number:04}.json")))?;
        }
        self.manifest.write(&folder.join("approvals"))?;
        if self.sources.is_empty() { Ok(()) } else { write_plan_file(&folder.join("tfplan"), &self.sources) }
    }
}

/// The part of a plan that says which plan it is, as Terraform writes it: the version and the time.
const STAMP: &[u8] = b"\x72\x061.11.4\xaa\x01\x142026-11-24T08:00:00Z";

/// Writes a plan file with the files of a root module; of the plan, which only Terraform reads, it holds the stamp.
fn write_plan_file(path: &Path, files: &[(String, String)]) -> io::Result<()> {
    let mut archive = zip::ZipWriter::new(io::BufWriter::new(fs::File::create(path)?));
    let options = zip::write::SimpleFileOptions::default();
    let mut add = |name: &str, bytes: &[u8]| -> io::Result<()> {
        archive.start_file(name, options).map_err(io::Error::other)?;
        archive.write_all(bytes)
    };
    add("tfplan", STAMP)?;
    add("tfconfig/modules.json", b"[{\"Key\":\"\",\"Dir\":\".\"}]")?;
    for (name, text) in files {
        add(&format!("tfconfig/m-/{name}"), text.as_bytes())?;
    }
    archive.finish().map_err(io::Error::other).map(drop)
}
