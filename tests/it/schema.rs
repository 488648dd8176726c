//! What the schemas promise is what comes out: every plan in `testdata/`, and every manifest in `testdata/lint`.
//!
//! The schemas are strict, so a member that is added to the output has to be described first.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser;
use countersign::authority::LintCode;
use countersign::catalog::Catalog;
use countersign::cli::Cli;
use countersign::commands::{Exit, run};
use countersign::finding::{AccountableRole, CODES, FailedSide, FindingSeverity, SiteKind};
use countersign::grants::{Inventory, collect};
use countersign::judge::{Extent, Judge, ReferenceMeanings};
use countersign::manifest::Manifest;
use countersign::plan::{ByteSize, Plan, decode};
use countersign::report::check::{CheckReport, ReportContext, json};
use countersign::report::grants;
use countersign::report::lint::json::UNREADABLE;
use countersign::resolve::facts::StatedFacts;
use countersign::rules;
use jiff::civil::date;
use jsonschema::Validator;
use serde_json::Value;
use strum::VariantArray;

const MANIFEST: [&str; 4] = ["--approvals", "testdata/demo/approvals", "--as-of", "2026-11-24"];

fn schema(name: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(format!("schemas/{name}.json")).unwrap()).unwrap()
}

fn validator(name: &str) -> Validator {
    jsonschema::options().should_validate_formats(true).build(&schema(name)).unwrap()
}

/// What a command writes.
fn output(words: &[&str]) -> Value {
    let cli = Cli::parse_from(["countersign"].iter().chain(words).chain(&["--format", "json"]));
    let mut out = Vec::new();
    match run(&cli, &mut out) {
        Ok(Exit::Allowed | Exit::Blocked) => serde_json::from_slice(&out).unwrap(),
        Ok(Exit::Failed) | Err(_) => panic!("{words:?} failed"),
    }
}

/// Every plan of the repository but those that other tools made of other sources.
fn plans() -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new("testdata").sort_by_file_name().into_iter().map(Result::unwrap);
    let plans: Vec<PathBuf> = files
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .filter(|path| path.starts_with("testdata/plans") || path.starts_with("testdata/demo"))
        .chain(["testdata/escalation/demo/plan.json".into()])
        .collect();
    assert!(plans.len() > 100, "the plans are not where they should be");
    plans
}

fn wrong(validator: &Validator, output: &Value, path: &Path) -> Vec<String> {
    let errors = validator.iter_errors(output);
    errors.map(|error| format!("{}: {error} at {}", path.display(), error.instance_path())).collect()
}

/// Writes something of every plan that can be read, and gives what was written. The packs are loaded once, because
/// loading them is most of what a small plan costs.
fn every_plan_satisfies(name: &str, write: impl Fn(Inventory, &mut Vec<u8>)) -> Vec<Value> {
    let (validator, rules) = (validator(name), rules::load(Vec::new()).unwrap());
    let facts = StatedFacts::from([("aws.account".to_owned(), "123456789012".to_owned())]);
    let mut outputs = Vec::new();
    let mut found = Vec::new();
    for path in plans() {
        let bytes = fs::read(&path).unwrap();
        let Ok(text) = decode(&bytes, ByteSize::OF_PLAN) else { continue };
        let Ok(plan) = Plan::read(&text) else { continue };
        let Ok(inventory) = collect(&plan, &rules, &facts) else { continue };
        let mut out = Vec::new();
        write(inventory, &mut out);
        let output = serde_json::from_slice(&out).unwrap();
        found.extend(wrong(&validator, &output, &path));
        outputs.push(output);
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    outputs
}

#[test]
fn check_keeps_its_schema() {
    let manifest = Manifest::read(Path::new("testdata/demo/approvals"), &BTreeMap::new()).unwrap();
    let as_of = date(2026, 11, 24);
    let catalog = Catalog::default();
    let outputs = every_plan_satisfies("check-v1", |inventory, out| {
        let judge = Judge::new(&manifest, &catalog, as_of, Extent::All);
        let assessment =
            judge.assess(vec![inventory.map(|grant| judge.on_plan(ReferenceMeanings::new()).judge(&grant))]);
        json::write(&CheckReport::new(&assessment, ReportContext { as_of }), out).unwrap();
    });
    let of = |member: &str| outputs.iter().any(|output| output["verdict"] == member);
    assert!(of("allowed") && of("blocked"), "the plans have to show both");
    let raises = |output: &Value| !output["escalations"].as_array().unwrap().is_empty();
    assert!(outputs.iter().any(raises), "no plan lets anybody raise its own rights");
    let findings = || outputs.iter().flat_map(|output| output["findings"].as_array().unwrap());
    for member in ["address", "ticket", "witness", "access", "excess"] {
        assert!(findings().any(|finding| finding[member].is_null()), "no finding is without a {member}");
        assert!(findings().any(|finding| !finding[member].is_null()), "no finding has a {member}");
    }
    let is_empty = |finding: &Value, member: &str| finding[member].as_array().unwrap().is_empty();
    let is_without_notes = |finding: &Value| is_empty(finding, "notes");
    assert!(
        findings().any(is_without_notes) && !findings().all(is_without_notes),
        "notes are the same everywhere"
    );
    let placeless: Vec<&Value> = findings().filter(|finding| is_empty(finding, "sites")).collect();
    assert!(placeless.is_empty(), "these findings have no place: {placeless:?}");
}

#[test]
fn grants_keeps_its_schema() {
    let outputs = every_plan_satisfies("grants-v1", |found, out| {
        grants::json::write(&[found], &Catalog::default(), out).unwrap();
    });
    for member in ["grants", "unread", "alarms"] {
        let is_there = |output: &Value| !output[member].as_array().unwrap().is_empty();
        assert!(outputs.iter().any(is_there), "no plan has {member}");
    }
}

#[test]
fn lint_keeps_its_schema() {
    let validator = validator("lint-v1");
    let mut found = Vec::new();
    for case in fs::read_dir("testdata/lint").unwrap() {
        let manifest = case.unwrap().path().join("approvals");
        let words = ["lint", "--approvals", manifest.to_str().unwrap(), "--as-of", "2026-11-23"];
        found.extend(wrong(&validator, &output(&words), &manifest));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Every pair in `testdata/compare`, with an id that is a text, a number and none.
#[test]
fn compare_keeps_its_schema() {
    let validator = validator("compare-v1");
    let (mut found, mut results) = (Vec::new(), BTreeSet::new());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pairs.jsonl");
    for file in ["aws", "azure", "google", "kubernetes", "github", "azuread"] {
        let mut lines = fs::read_to_string(format!("testdata/compare/{file}.jsonl")).unwrap();
        lines.push_str("{\"id\":1.5,\"approved\":[],\"planned\":[]}\n{\"approved\":[],\"planned\":[]}\nno\n");
        fs::write(&path, &lines).unwrap();
        let words = ["compare", "--jsonl", "--provider", file, path.to_str().unwrap()];
        let cli = Cli::parse_from(["countersign"].iter().chain(&words));
        let mut out = Vec::new();
        run(&cli, &mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert_eq!(out.lines().count(), lines.lines().count());
        for line in out.lines() {
            let answer: Value = serde_json::from_str(line).unwrap();
            found.extend(wrong(&validator, &answer, Path::new(file)));
            results.insert(answer["result"].as_str().unwrap().to_owned());
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert_eq!(results.len(), 3);
}

/// What the schemas of `compare`, `grants` and `lint` must not take.
#[test]
fn other_schemas_notice_what_nobody_described() {
    let compare = "testdata/compare/github.jsonl";
    let cli = ["countersign", "compare", "--jsonl", "--provider", "github", compare];
    let mut out = Vec::new();
    run(&Cli::parse_from(cli), &mut out).unwrap();
    let lines = String::from_utf8(out).unwrap();
    let answers = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let exceeds = { answers }.find(|answer| answer["result"] == "exceeds").unwrap();
    notices("compare-v1", &exceeds, &["", "/witness"]);
    let mut contained = exceeds;
    contained["result"] = "contained".into();
    assert!(!validator("compare-v1").is_valid(&contained), "a proof has no witness");
    let raising = [
        "check",
        "testdata/escalation/demo/plan.json",
        "--without-sources",
        "--approvals",
        "testdata/escalation/demo/approvals",
    ];
    let raising = output(&[&raising[..], &["--as-of", "2026-11-24"]].concat());
    notices("check-v1", &raising, &["/escalations/0", "/escalation_paths/0"]);
    notices("grants-v1", &output(&["grants", "testdata/demo/plan.json"]), &["", "/grants/0", "/alarms/0"]);
    let lint = output(&["lint", "--approvals", "testdata/lint/missing-everything/approvals"]);
    notices("lint-v1", &lint, &["", "/problems/0"]);
}

/// That each of these objects may neither have a member more nor one less.
fn notices(schema: &str, good: &Value, pointers: &[&str]) {
    let validator = validator(schema);
    assert!(validator.is_valid(good), "{schema}");
    for pointer in pointers {
        let mut output = good.clone();
        let object = output.pointer_mut(pointer).and_then(Value::as_object_mut).unwrap();
        object.insert("extra".to_owned(), Value::Null);
        assert!(!validator.is_valid(&output), "{schema}: {pointer} takes anything");
        for member in good.pointer(pointer).and_then(Value::as_object).unwrap().keys() {
            let mut output = good.clone();
            output.pointer_mut(pointer).and_then(Value::as_object_mut).unwrap().remove(member);
            assert!(!validator.is_valid(&output), "{schema}: {pointer} does without {member}");
        }
    }
}

/// Every place in a table is one that the table has, and every entry is one that somebody refers to.
#[test]
fn references_lead_to_entries() {
    let plans = ["testdata/demo/plan.json", "testdata/escalation/demo/plan.json"];
    let approvals = [MANIFEST[1], "testdata/escalation/demo/approvals"];
    for (plan, approvals) in plans.into_iter().zip(approvals) {
        let report = output(&["check", plan, "--approvals", approvals, "--as-of", "2026-11-24"]);
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let findings = list(&report["findings"]);
        let sides = |finding: &Value| {
            [list(&finding["access"]["planned"]), list(&finding["access"]["approved"])].concat()
        };
        let ways = list(&report["escalations"]);
        for (table, places) in [
            ("statements", findings.iter().flat_map(sides).collect::<Vec<_>>()),
            ("action_lists", findings.iter().map(|one| one["excess"].clone()).collect()),
            ("escalation_paths", ways.iter().flat_map(|way| list(&way["paths"])).collect()),
        ] {
            let places: BTreeSet<u64> = places.iter().filter_map(Value::as_u64).collect();
            let length = u64::try_from(list(&report[table]).len()).unwrap();
            assert_eq!(places, (0..length).collect(), "{table} of {plan}");
        }
    }
}

/// The schema's closed lists are the program's.
#[test]
fn the_schema_lists_every_name() {
    let schema = schema("check-v1");
    let listed = |pointer: &str| -> Vec<String> {
        let list = schema.pointer(pointer).unwrap_or_else(|| panic!("the schema has no {pointer}"));
        serde_json::from_value(list.clone()).unwrap()
    };
    let finding = "/$defs/finding/properties";
    let codes: Vec<_> = CODES.iter().map(|row| row.name).collect();
    assert_eq!(listed(&format!("{finding}/code/enum")), codes);
    let severities: Vec<_> = FindingSeverity::VARIANTS.iter().map(|severity| severity.word()).collect();
    assert_eq!(listed(&format!("{finding}/severity/enum")), severities);
    let sites: Vec<_> = SiteKind::VARIANTS.iter().map(|kind| kind.word()).collect();
    assert_eq!(listed("/$defs/site/properties/what/enum"), sites);
    let sides: Vec<_> = FailedSide::VARIANTS.iter().map(|side| side.word()).collect();
    assert_eq!(listed(&format!("{finding}/side/enum")), sides);
    let roles: Vec<_> = AccountableRole::VARIANTS.iter().map(|role| role.name()).collect();
    assert_eq!(listed("/$defs/owner/properties/role/enum"), roles);
}

/// What `lint` and `check` say of the same flaw has one name.
#[test]
fn the_schema_of_lint_lists_every_code() {
    let listed =
        schema("lint-v1").pointer("/properties/problems/items/properties/code/enum").cloned().unwrap();
    let codes: Vec<&str> =
        [UNREADABLE].into_iter().chain(LintCode::ALL.iter().map(|code| code.name())).collect();
    assert_eq!(listed, serde_json::to_value(&codes).unwrap());
    let of_check: Vec<_> = codes.iter().filter(|name| CODES.iter().any(|row| row.name == **name)).collect();
    let same = [
        "REQUEST_INCOMPLETE",
        "SELF_APPROVED",
        "NO_AUTHORITY",
        "THRESHOLD_NOT_MET",
        "CEILING_EXCEEDED",
        "EXPIRED",
        "REVIEW_OVERDUE",
        "TICKET_UNKNOWN",
        "TICKET_ENDED",
        "TICKET_MISMATCH",
        "TICKETS_STALE",
        "EXCEPTION_UNRECORDED",
        "CLEANUP_OVERDUE",
        "POST_REVIEW_OVERDUE",
        "SIGNATURE_INVALID",
        "UNSIGNED_IN_CHANGE",
        "AUTHORITY_ROLLBACK",
        "NO_OWNER",
        "REUSED_IDENTITY",
    ];
    assert_eq!(of_check, same.iter().collect::<Vec<_>>());
}

/// A schema that allows everything would pass the tests above.
#[test]
fn a_member_that_nobody_described_is_noticed() {
    let plan = "testdata/demo/plan.json";
    let words: Vec<&str> = ["check", plan, "--without-sources"].iter().chain(&MANIFEST).copied().collect();
    let good = output(&words);
    let validator = validator("check-v1");
    assert!(validator.is_valid(&good));
    for pointer in [
        "",
        "/counts",
        "/grants/0",
        "/findings/0",
        "/findings/0/owner",
        "/findings/2/witness",
        "/findings/2/access",
        "/statements/0",
        "/findings/2/sites/0",
    ] {
        let mut output = good.clone();
        let object = output.pointer_mut(pointer).and_then(Value::as_object_mut).unwrap();
        object.insert("extra".to_owned(), Value::Null);
        assert!(!validator.is_valid(&output), "{pointer} takes anything");
        let mut output = good.clone();
        let object = output.pointer_mut(pointer).and_then(Value::as_object_mut).unwrap();
        let first = object.keys().next().unwrap().clone();
        object.remove(&first);
        assert!(first == "contact" || !validator.is_valid(&output), "{pointer} does without {first}");
    }
}
