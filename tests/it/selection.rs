//! A law: which approvals an index leaves out changes nothing. Every plan of `testdata` and random plans are judged with
//! the index and by looking at every approval, and both reports are the same bytes.
//!
//! A sample of the random pairs is judged. All of them: `COUNTERSIGN_PAIRS=10000 cargo test --test it selection::`.

mod generate;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use countersign::catalog::Catalog;
use countersign::finding::Assessment;
use countersign::grants::visit;
use countersign::judge::{Extent, Judge, ReferenceMeanings};
use countersign::manifest::Manifest;
use countersign::plan::Plan;
use countersign::report::check::{CheckReport, ReportContext, json};
use countersign::resolve::facts::StatedFacts;
use countersign::resolve::identity::read_references;
use countersign::rules::{self, Rules};
use countersign::source::Source;
use jiff::civil::Date;

use crate::random::Random;
use generate::{make_manifest, make_plan};

/// Random pairs in an ordinary run.
const SAMPLE: usize = 150;

/// Judges a plan as `check` does; `None` where it cannot be read.
fn judge(judge: &Judge<'_>, plan: &Plan<'_>, rules: &Rules, manifest: &Manifest) -> Option<Assessment> {
    let facts: StatedFacts =
        manifest.facts.iter().map(|(name, fact)| (name.clone(), fact.value.clone())).collect();
    let references: ReferenceMeanings = read_references(plan, rules, &facts, &manifest.references());
    let on_plan = judge.on_plan(references);
    let mut inventory = visit(plan, rules, &facts, |grant| on_plan.judge(&grant)).ok()?;
    inventory.grants.extend(on_plan.judge_references());
    Some(judge.assess(vec![inventory]))
}

/// The two reports.
fn reports(text: &str, rules: &Rules, manifest: &Manifest) -> Option<[String; 2]> {
    let catalog = Catalog::default();
    let as_of: Date = "2026-11-24".parse().unwrap();
    let plan = Plan::read(text).ok()?;
    let report = |judged_by: &Judge<'_>| {
        let mut out = Vec::new();
        json::write(
            &CheckReport::new(&judge(judged_by, &plan, rules, manifest)?, ReportContext { as_of }),
            &mut out,
        )
        .unwrap();
        String::from_utf8(out).ok()
    };
    let with = report(&Judge::new(manifest, &catalog, as_of, Extent::All))?;
    let without = report(&Judge::without_index(manifest, &catalog, as_of, Extent::All))?;
    Some([with, without])
}

/// The first line in which two reports differ.
fn first_difference([with, without]: &[String; 2]) -> String {
    let lines = with.lines().zip(without.lines());
    lines.into_iter().find(|(one, other)| one != other).map_or("their length".to_owned(), |(one, other)| {
        format!("with the index:    {one}\n  without the index: {other}")
    })
}

fn manifests(root: &Path) -> BTreeMap<PathBuf, Manifest> {
    let entries = walkdir::WalkDir::new(root).into_iter().map(|entry| entry.unwrap().into_path());
    let named = entries.filter(|path| path.ends_with("approvals") || path.ends_with("approvals.hcl"));
    named.filter_map(|path| Some((path.clone(), Manifest::read(&path, &BTreeMap::new()).ok()?))).collect()
}

#[test]
fn every_plan_is_judged_alike_with_and_without_an_index() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata");
    let rules = rules::load(Vec::new()).unwrap();
    let manifests = manifests(&root);
    let wide = &manifests[&root.join("near/approvals")];
    let (mut wrong, mut judged) = (Vec::new(), 0);
    for entry in walkdir::WalkDir::new(&root).sort_by_file_name() {
        let path = entry.unwrap().into_path();
        let is_plan = path.extension().is_some_and(|extension| extension == "json");
        let Some(text) = is_plan.then(|| std::fs::read_to_string(&path).ok()).flatten() else { continue };
        let folder = path.parent().unwrap();
        let own = [folder.join("approvals"), folder.join("approvals.hcl")];
        let own = own.iter().filter_map(|path| manifests.get(path));
        for manifest in own.chain([wide]) {
            let Some(reports) = reports(&text, &rules, manifest) else { continue };
            judged += 1;
            if reports[0] != reports[1] {
                wrong.push(format!("{}: {}", path.display(), first_difference(&reports)));
            }
        }
    }
    assert!(judged > 300, "{judged} reports");
    assert!(wrong.is_empty(), "{} of {judged}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn random_plans_are_judged_alike_with_and_without_an_index() {
    let pairs = std::env::var("COUNTERSIGN_PAIRS").map_or(SAMPLE, |pairs| pairs.parse().unwrap());
    let rules = rules::load(Vec::new()).unwrap();
    let mut verdicts: BTreeMap<String, usize> = BTreeMap::new();
    let mut refused = 0;
    for seed in 0..pairs {
        let mut random = Random::new(seed);
        let (plan, text) = (make_plan(&mut random), make_manifest(&mut random));
        let manifest = Manifest::from_sources("approvals", &[Source::new("random.hcl", &text)]);
        // A few are no manifests: an exclusion that matches nothing, a place that is not known.
        let Ok(manifest) = manifest else {
            refused += 1;
            continue;
        };
        let reports = reports(&plan, &rules, &manifest).unwrap_or_else(|| panic!("{seed}: {plan}"));
        assert!(reports[0] == reports[1], "{seed}: {}\n{plan}\n{text}", first_difference(&reports));
        let report: serde_json::Value = serde_json::from_str(&reports[0]).unwrap();
        for grant in report["grants"].as_array().unwrap() {
            *verdicts.entry(grant["verdict"].as_str().unwrap().to_owned()).or_default() += 1;
        }
    }
    assert!(refused * 5 < pairs, "{refused} manifests of {pairs} are refused");
    for verdict in ["approved", "exceeds", "unapproved", "undecided"] {
        let count = verdicts.get(verdict).copied().unwrap_or_default();
        assert!(count * 50 > pairs, "{verdict} is too rare: {verdicts:?}");
    }
}
