//! The schema of records: every plan of the repository keeps it, and it takes nothing that nobody described.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use countersign::catalog::Catalog;
use countersign::finding::{AccountableRole, FailedSide, FindingSeverity};
use countersign::grants::collect;
use countersign::judge::{Extent, Judge, ReferenceMeanings};
use countersign::manifest::Manifest;
use countersign::plan::{ByteSize, Plan, decode};
use countersign::record::{Clock, RecordedPlan, RunEvidence, Waiver};
use countersign::report::grants;
use countersign::resolve::facts::StatedFacts;
use countersign::rules;
use jiff::Timestamp;
use jsonschema::Validator;
use serde_json::Value;
use strum::VariantArray as _;

use super::stage::{NOW, Stage, sha256};

fn validator() -> Validator {
    let schema = fs::read_to_string("schemas/access-decision-v1.json").unwrap();
    jsonschema::options()
        .should_validate_formats(true)
        .build(&serde_json::from_str(&schema).unwrap())
        .unwrap()
}

fn find_wrong(validator: &Validator, record: &Value, about: &Path) -> Vec<String> {
    let errors = validator.iter_errors(record);
    errors.map(|error| format!("{}: {error} at {}", about.display(), error.instance_path())).collect()
}

/// What of a record its schema does not allow.
pub(super) fn list_wrong(record: &Value) -> Vec<String> {
    find_wrong(&validator(), record, Path::new("record"))
}

/// The record of one plan under the approvals of the demo, and its grants as the inventory shows them.
fn record_and_grants(path: &Path, rules: &rules::Rules, manifest: &Manifest) -> Option<(Value, Value)> {
    let bytes = fs::read(path).unwrap();
    let text = decode(&bytes, ByteSize::OF_PLAN).ok()?;
    let plan = Plan::read(&text).ok()?;
    let facts = StatedFacts::from([("aws.account".to_owned(), "123456789012".to_owned())]);
    let inventory = || collect(&plan, rules, &facts).ok();
    let mut listed = Vec::new();
    grants::json::write(&[inventory()?.sorted()], &Catalog::default(), &mut listed).unwrap();
    let now: Timestamp = NOW.parse().unwrap();
    let clock = Clock::new(Some(now), None, now);
    let catalog = Catalog::default();
    let judge = Judge::new(manifest, &catalog, clock.as_of, Extent::All).with_evidence();
    let rulings = inventory()?.map(|grant| judge.on_plan(ReferenceMeanings::new()).judge(&grant));
    let evidence = RunEvidence {
        clock,
        actor: None,
        plans: vec![RecordedPlan {
            name: path.display().to_string(),
            file_sha256: None,
            json_sha256: sha256(&bytes),
            sources: None,
            terraform_version: plan.terraform_version.as_deref().map(str::to_owned),
            timestamp: plan.timestamp.as_deref().map(str::to_owned),
            workspace: None,
            state: None,
        }],
        manifest,
        catalog: None,
        embedded_rules_sha256: rules::load::digest_embedded(),
        rule_files: Vec::new(),
        waivers: vec![Waiver::WithoutSources, Waiver::TrustReferences],
        told_facts: &[("aws.account".to_owned(), "123456789012".to_owned())],
        judges_all: true,
    };
    let record = countersign::record::write(&judge.assess(vec![rulings]), &evidence).unwrap();
    assert!(record.ends_with("}\n") && record.lines().count() == 1, "{}", path.display());
    Some((serde_json::from_str(&record).unwrap(), serde_json::from_slice(&listed).unwrap()))
}

fn list_plans() -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new("testdata/plans").sort_by_file_name().into_iter().map(Result::unwrap);
    let files = files.map(walkdir::DirEntry::into_path);
    let plans = files.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    plans.chain(["testdata/demo/plan.json".into(), "testdata/declared/plan.json".into()]).collect()
}

/// Of every plan of the repository the record keeps its schema, and a digest is that of what `grants` shows.
#[test]
fn every_record_keeps_its_schema_and_digests_what_grants_shows() {
    let (validator, rules) = (validator(), rules::load(Vec::new()).unwrap());
    let manifest = Manifest::read(Path::new("testdata/demo/approvals"), &BTreeMap::new()).unwrap();
    let mut wrong = Vec::new();
    let mut verdicts = BTreeSet::new();
    let (mut with_digest, mut without_digest) = (0, 0);
    for path in list_plans() {
        let Some((record, listed)) = record_and_grants(&path, &rules, &manifest) else { continue };
        wrong.extend(find_wrong(&validator, &record, &path));
        let predicate = &record["predicate"];
        verdicts.insert(predicate["verdict"].as_str().unwrap().to_owned());
        // Grants of one address may be in another order.
        let mut expected: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for grant in listed["grants"].as_array().unwrap() {
            let lines = grant["access"].as_array().unwrap().iter().map(|line| line.as_str().unwrap());
            let mut lines: Vec<String> = lines.map(|line| line.to_ascii_lowercase() + "\n").collect();
            lines.sort();
            expected.entry(grant["address"].as_str().unwrap()).or_default().insert(sha256(lines.concat()));
        }
        for grant in predicate["grants"].as_array().unwrap() {
            let address = grant["address"].as_str().unwrap();
            match grant["access_digest"].as_str() {
                Some(digest) if expected.get(address).is_some_and(|known| known.contains(digest)) => {
                    with_digest += 1;
                }
                Some(digest) => wrong.push(format!("{}: {address} has {digest}", path.display())),
                None => without_digest += 1,
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(verdicts.len(), 2);
    assert!(with_digest > 250 && without_digest > 2, "{with_digest} with a digest, {without_digest} without");
}

/// No object of a record may have a member more or one less.
#[test]
fn the_schema_of_records_notices_what_nobody_described() {
    let stage = Stage::of_files();
    stage.write("approvals/more.hcl", b"fact \"aws.account\" { value = \"111122223333\" }\n");
    assert_eq!(stage.check("run.json", &["--actor", "ana"]).0, 0);
    let case = Stage::of_case();
    assert_eq!(case.check("allowed.json", &["--fact", "google.project=p"]).0, 0);
    let records = [stage.record("run.json"), case.record("allowed.json")];
    let validator = validator();
    let mut seen = BTreeSet::new();
    for record in records {
        assert!(validator.is_valid(&record), "{:?}", find_wrong(&validator, &record, Path::new("")));
        for pointer in list_objects(&record, String::new()) {
            seen.insert(pointer.replace(|symbol: char| symbol.is_ascii_digit(), "0"));
            let mut changed = record.clone();
            let object = changed.pointer_mut(&pointer).and_then(Value::as_object_mut).unwrap();
            object.insert("extra".to_owned(), Value::Null);
            assert!(!validator.is_valid(&changed), "{pointer} takes anything");
            for member in record.pointer(&pointer).and_then(Value::as_object).unwrap().keys() {
                let mut changed = record.clone();
                changed.pointer_mut(&pointer).and_then(Value::as_object_mut).unwrap().remove(member);
                assert!(!validator.is_valid(&changed), "{pointer} is valid without {member}");
            }
        }
    }
    assert!(seen.len() > 18, "{seen:#?}");
}

/// What a closed list of the program holds, the schema holds.
#[test]
fn the_schema_of_records_lists_every_name() {
    let schema: Value =
        serde_json::from_str(&fs::read_to_string("schemas/access-decision-v1.json").unwrap()).unwrap();
    let listed = |pointer: &str| schema.pointer(pointer).unwrap().clone();
    let roles: Vec<&str> = AccountableRole::VARIANTS.iter().map(|role| role.name()).collect();
    assert_eq!(listed("/$defs/owner/properties/role/enum"), Value::from(roles));
    let finding = "/properties/predicate/properties/findings/items/properties";
    let severities: Vec<&str> = FindingSeverity::VARIANTS.iter().map(|severity| severity.word()).collect();
    assert_eq!(listed(&format!("{finding}/severity/enum")), Value::from(severities));
    let sides: Vec<&str> = FailedSide::VARIANTS.iter().map(|side| side.word()).collect();
    assert_eq!(listed(&format!("{finding}/side/enum")), Value::from(sides));
    assert_eq!(listed("/properties/predicateType/const"), countersign::record::PREDICATE_TYPE);
}

fn list_objects(value: &Value, pointer: String) -> Vec<String> {
    let mut found = Vec::new();
    match value {
        Value::Object(members) => {
            found.extend(
                members.iter().flat_map(|(name, member)| list_objects(member, format!("{pointer}/{name}"))),
            );
            found.push(pointer);
        }
        Value::Array(items) => {
            found.extend(
                items.iter().enumerate().flat_map(|(at, item)| list_objects(item, format!("{pointer}/{at}"))),
            );
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    found
}
