//! Records: what `check --record` writes, and what `apply --record` demands.
#![cfg(unix)]

mod accepted;
mod faults;
mod stage;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Read as _};
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

use stage::{NOW, Stage, sha256};

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

/// The same decision gives the same bytes, whatever the machine says; another time changes the time and nothing else.
#[test]
fn the_bytes_depend_on_the_decision_and_the_time_alone() {
    let stage = Stage::of_case();
    let check = |record: &str, now: &str, variables: &[(&str, &str)]| {
        let mut command = stage.command(&[
            "check",
            "tfplan",
            "--terraform",
            "./terraform",
            "--as-of",
            "2026-11-24",
            "--now",
            now,
            "--record",
            record,
        ]);
        assert!(command.envs(variables.iter().copied()).output().unwrap().status.success());
        stage.read(record)
    };
    let first = check("a.json", NOW, &[]);
    let surroundings =
        [("TZ", "Pacific/Kiritimati"), ("LANG", "tr_TR.UTF-8"), ("COLUMNS", "20"), ("NO_COLOR", "1")];
    assert_eq!(check("b.json", NOW, &surroundings), first);
    let later = check("c.json", "2027-03-01T00:00:00.5+01:00", &[]);
    assert_ne!(later, first);
    assert_eq!(later.replace("2027-02-28T23:00:00Z", NOW), first);
    // Members are in order of name, at every depth.
    let ordered: Value = serde_json::from_str(&first).unwrap();
    assert_eq!(sorted(&ordered) + "\n", first);
    assert!(check("d.json", NOW, &[("GITHUB_ACTOR", "ana")]) != first, "the actor is part of the decision");
}

/// A value as JSON, with the members of each object in order of name.
fn sorted(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(name, _)| *name);
            let members: Vec<String> = members
                .iter()
                .map(|(name, member)| format!("{}:{}", Value::from(name.as_str()), sorted(member)))
                .collect();
            format!("{{{}}}", members.join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(sorted).collect::<Vec<_>>().join(",")),
        other => other.to_string(),
    }
}

/// Everything that was read is named by the digest that anybody can make of it.
#[test]
fn what_was_read_is_named_by_its_digest() {
    let stage = Stage::of_case();
    let digest = |name: &str| sha256(fs::read(stage.at(name)).unwrap());
    let (code, said) = stage.check("file.json", &[]);
    assert_eq!(code, 0, "{said}");
    let record = stage.record("file.json");
    let names = |record: &Value| -> Vec<(String, String)> {
        let subjects = record["subject"].as_array().unwrap().iter();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        subjects.map(|subject| (text(&subject["name"]), text(&subject["digest"]["sha256"]))).collect()
    };
    let (file, json) = (digest("tfplan"), digest("plan.json"));
    assert_eq!(
        names(&record),
        [("tfplan".to_owned(), file.clone()), ("tfplan.json".to_owned(), json.clone())]
    );
    let manifest = &record["predicate"]["inputs"]["manifest"]["files"];
    assert_eq!(manifest[0]["file"], "approvals/all.hcl");
    assert_eq!(manifest[0]["sha256"], digest("approvals/all.hcl"));
    // `unzip tfplan 'tfconfig/*'; find tfconfig -type f | LC_ALL=C sort | xargs sha256sum | sha256sum`
    let mut archive = zip::ZipArchive::new(Cursor::new(fs::read(stage.at("tfplan")).unwrap())).unwrap();
    let mut members: BTreeMap<String, String> = BTreeMap::new();
    for at in 0..archive.len() {
        let mut member = archive.by_index(at).unwrap();
        let name = member.name().unwrap().to_string();
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).unwrap();
        if name.starts_with("tfconfig/") {
            members.insert(name, sha256(bytes));
        }
    }
    let list: String = members.iter().map(|(name, sha256)| format!("{sha256}  {name}\n")).collect();
    let sources = &record["predicate"]["inputs"]["plans"][0]["sources"];
    assert_eq!((&sources["sha256"], &sources["files"]), (&sha256(list).into(), &members.len().into()));
    // Plan JSON is not the plan file that its sources come from: nothing shows that it was made of it.
    let beside = ["check", "plan.json", "--sources", "tfplan", "--now", NOW, "--record", "json.json"];
    assert!(stage.run(&beside).status.success());
    let record = stage.record("json.json");
    assert_eq!(names(&record), [("plan.json".to_owned(), json)]);
    let plan = &record["predicate"]["inputs"]["plans"][0];
    assert_eq!(
        (&plan["binding"], &plan["sources"]["plan_file"]["sha256"]),
        (&"plan_json".into(), &file.into())
    );
    let (code, said) = stage.apply("tfplan", "json.json");
    assert!(code == 1 && said.contains("PLAN_CHANGED"), "{said}");
}

/// Who ran it is told by the option, else by the first variable of a CI service.
#[test]
fn the_actor_is_named_with_where_that_was_told() {
    let stage = Stage::of_case();
    let actor = |number: usize, option: &[&str], variables: &[(&str, &str)]| {
        let record = format!("{number}.json");
        let fixed = ["check", "plan.json", "--sources", "tfplan", "--now", NOW, "--record", &record];
        let mut command = stage.command(&[&fixed[..], option].concat());
        assert!(command.envs(variables.iter().copied()).output().unwrap().status.success());
        let actor = stage.record(&record)["predicate"]["actor"].clone();
        format!("{} {} {}", actor["name"], actor["told_by"], actor["source"]).replace('"', "")
    };
    assert_eq!(actor(1, &[], &[]), "null null null");
    assert_eq!(actor(2, &[], &[("GITLAB_USER_LOGIN", "max")]), "max environment GITLAB_USER_LOGIN");
    let github = [("GITHUB_ACTOR", "ana"), ("GITHUB_TRIGGERING_ACTOR", "max")];
    assert_eq!(actor(3, &[], &github), "max environment GITHUB_TRIGGERING_ACTOR");
    assert_eq!(actor(4, &["--actor", "lee"], &github), "lee option --actor");
    assert_eq!(actor(5, &[], &[("GITHUB_ACTOR", "")]), "null null null");
}

/// What was let by stands in the record with who accepted it.
#[test]
fn what_was_let_by_is_recorded_with_who_accepted_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.json");
    let status = std::process::Command::new(env!("CARGO_BIN_EXE_countersign"))
        .args([
            "check",
            "testdata/declared/plan.json",
            "--approvals",
            "testdata/declared/approvals",
            "--without-sources",
        ])
        .args([
            "--rules",
            "testdata/declared/rules",
            "--trust-references",
            "--fact",
            "aws.account=111122223333",
            "--actor",
            "max",
            "--now",
            NOW,
            "--record",
        ])
        .arg(&path)
        .output()
        .unwrap()
        .status;
    assert!(status.code().is_some_and(|code| code < 2));
    let record: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let accepted = record["predicate"]["accepted"].as_array().unwrap().clone();
    let of = |kind: &str| accepted.iter().filter(|one| one["kind"] == kind).collect::<Vec<_>>();
    assert!(of("declaration").iter().all(|one| one["reason"].is_string() && one["accepted_by"] != "max"));
    assert!(!of("declaration").is_empty());
    let options: Vec<&Value> = of("option").iter().map(|one| &one["option"]).collect();
    assert_eq!(options, ["--without-sources", "--trust-references"]);
    assert!(of("option").iter().chain(&of("told_fact")).all(|one| one["accepted_by"] == "max"));
    assert_eq!(of("told_fact")[0]["value"], "111122223333");
    let files = record["predicate"]["inputs"]["rule_files"].as_array().unwrap();
    assert!(!files.is_empty());
    for file in files {
        assert_eq!(file["sha256"], sha256(fs::read(file["file"].as_str().unwrap()).unwrap()));
    }
}

/// Apply takes a plan file that the record names and allows, and no other.
#[test]
fn apply_demands_what_the_record_names() {
    let stage = Stage::of_case();
    assert_eq!(stage.check("r.json", &[]).0, 0);
    let (code, said) = stage.apply("tfplan", "r.json");
    assert_eq!(code, 0, "{said}");
    assert_eq!(fs::read(stage.at("applied")).unwrap(), fs::read(stage.at("tfplan")).unwrap());
    fs::remove_file(stage.at("applied")).unwrap();
    // The same plan with one byte after its end, which no reader of archives minds.
    let mut bytes = fs::read(stage.at("tfplan")).unwrap();
    bytes.push(0);
    stage.write("other", &bytes);
    let (code, said) = stage.apply("other", "r.json");
    assert!(
        code == 1 && said.contains("PLAN_CHANGED") && said.contains("not the bytes of this one"),
        "{said}"
    );
    // The same bytes under another name are the same plan file.
    fs::copy(stage.at("tfplan"), stage.at("renamed")).unwrap();
    assert_eq!(stage.apply("renamed", "r.json").0, 0);
    fs::remove_file(stage.at("applied")).unwrap();
    // A record of a run that was blocked does not become an allowance by an approval that came later.
    assert_eq!(stage.check("late.json", &["--as-of", "2099-01-01"]).0, 1);
    let (code, said) = stage.apply("tfplan", "late.json");
    assert!(code == 1 && said.contains("PLAN_CHANGED") && said.contains("is blocked"), "{said}");
    assert!(!stage.at("applied").exists());
}

/// A file that was read beside the sources is demanded as well.
#[test]
fn apply_demands_the_files_that_the_record_names() {
    let stage = Stage::of_files();
    let (code, said) = stage.check("r.json", &[]);
    assert_eq!(code, 0, "{said}");
    let record = stage.record("r.json");
    assert_eq!(record["predicate"]["inputs"]["read_files"][0]["file"], "conf/a");
    assert_eq!(record["predicate"]["coverage"]["runs"], 1);
    assert_eq!(record["predicate"]["grants"][0]["runs"].as_array().unwrap().len(), 1);
    assert_eq!(stage.apply("tfplan", "r.json").0, 0);
    stage.write("conf/a", b"other");
    let (code, said) = stage.apply("tfplan", "r.json");
    assert!(code == 1 && said.contains("PLAN_CHANGED") && said.contains("conf/a"), "{said}");
    stage.write("conf/a", b"a");
    stage.write("conf/b", b"b");
    assert_eq!(stage.apply("tfplan", "r.json").0, 1, "a file was added to the folder that is copied");
}

/// What is no record of a check allows nothing.
#[test]
fn only_a_record_is_a_record() {
    let stage = Stage::of_case();
    assert_eq!(stage.check("r.json", &[]).0, 0);
    let record = stage.read("r.json");
    let changed = [
        ("empty", String::new()),
        ("cut", record[..record.len() / 2].to_owned()),
        ("twice", format!("{record}{record}")),
        ("no statement", "{}".to_owned()),
        (
            "another statement",
            record.replace("https://in-toto.io/Statement/v1", "https://in-toto.io/Statement/v2"),
        ),
        ("another predicate", record.replace("access-decision/v1", "access-decision/v2")),
        (
            "a verdict twice",
            record.replacen(
                "\"verdict\":\"allowed\",",
                "\"verdict\":\"blocked\",\"verdict\":\"allowed\",",
                2,
            ),
        ),
        ("no verdict", record.replace("\"verdict\":\"allowed\",", "")),
        ("check output", stage.read("plan.json")),
    ];
    for (about, text) in changed {
        assert_ne!(text, record, "{about}");
        stage.write("changed.json", text.as_bytes());
        let (code, said) = stage.apply("tfplan", "changed.json");
        assert_eq!(code, 2, "{about}: {said}");
    }
    assert_eq!(stage.apply("tfplan", "absent.json").0, 2);
    // What a signer vouches for is the subject, so that a plan file which only the predicate names does not count.
    let digest = sha256(fs::read(stage.at("tfplan")).unwrap());
    let other = record.replacen(
        &format!("\"sha256\":\"{digest}\"}},\"name\":\"tfplan\""),
        &format!("\"sha256\":\"{}\"}},\"name\":\"tfplan\"", "0".repeat(64)),
        1,
    );
    assert_ne!(other, record);
    stage.write("changed.json", other.as_bytes());
    assert_eq!(stage.apply("tfplan", "changed.json").0, 1);
    assert!(!stage.at("applied").exists());
}
