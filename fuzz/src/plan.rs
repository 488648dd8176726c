//! Plan JSON, from the text to the verdict.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use countersign::catalog::Catalog;
use countersign::grants::visit;
use countersign::judge::{Extent, Judge, ReferenceMeanings};
use countersign::manifest::Manifest;
use countersign::plan::{ByteSize, Plan, decode};
use countersign::report::check::{CheckReport, ReportContext, human, json};
use countersign::report::look::Look;
use countersign::rules::{self, Rules};
use jiff::civil::{Date, date};

const AS_OF: Date = date(2026, 11, 24);

static RULES: LazyLock<Rules> = LazyLock::new(|| rules::load(Vec::new()).expect("the packs are valid"));
static MANIFEST: LazyLock<Manifest> = LazyLock::new(|| {
    let path = Path::new("testdata/demo/approvals");
    Manifest::read(path, &BTreeMap::new())
        .expect("the working directory is the repository, whose demonstration is valid")
});

/// Judges a plan twice with the demonstration's manifest and expects the same bytes, and JSON whose verdict is that of
/// the library: allowed exactly where there is no finding.
pub fn check(data: &[u8]) {
    let Ok(text) = decode(data, ByteSize::OF_PLAN) else { return };
    let Ok(plan) = Plan::read(&text) else { return };
    assert_eq!(judge(&plan), judge(&plan), "the same plan is reported in two ways");
}

/// Both reports; none for a plan whose grants cannot be read.
fn judge(plan: &Plan<'_>) -> Option<[Vec<u8>; 2]> {
    let catalog = Catalog::default();
    let judge = Judge::new(&MANIFEST, &catalog, AS_OF, Extent::All);
    let on_plan = judge.on_plan(ReferenceMeanings::new());
    let inventory = visit(plan, &RULES, &BTreeMap::new(), |grant| on_plan.judge(&grant)).ok()?;
    let assessment = judge.assess(vec![inventory]);
    let [mut for_people, mut for_programs] = [Vec::new(), Vec::new()];
    let context = ReportContext { as_of: AS_OF };
    human::write(&assessment, context, Look::for_file(), &mut for_people).expect("a vector takes all");
    json::write(&CheckReport::new(&assessment, context), &mut for_programs).expect("a vector takes all");
    let report: serde_json::Value = serde_json::from_slice(&for_programs).expect("the report is JSON");
    assert_eq!(report["verdict"] == "allowed", assessment.is_allowed());
    assert_eq!(report["findings"].as_array().is_some_and(Vec::is_empty), assessment.is_allowed());
    Some([for_people, for_programs])
}
