//! Records: what `check --record` writes, and what `apply --record` demands.
#![cfg(unix)]

mod accepted;
mod faults;
mod schema;
mod stage;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read as _};

use serde_json::Value;

use stage::{NOW, Stage, sha256};

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

/// A grant that passed by an exception alone: who let it by, until when, and who owes what afterwards.
#[test]
fn what_an_exception_let_by_is_recorded_with_its_duties() {
    let stage = Stage::of_exception();
    let check = |record: &str, now: &str| {
        let fixed = ["check", "plan.json", "--without-sources", "--now", now, "--record", record];
        stage.run(&fixed).status.code()
    };
    assert_eq!(check("excepted.json", "2026-11-24T03:00:00Z"), Some(0));
    let record = stage.record("excepted.json");
    let predicate = &record["predicate"];
    assert_eq!(predicate["verdict"], "allowed");
    assert_eq!(predicate["coverage"]["excepted"], 1);
    let grant = &predicate["grants"][0];
    assert_eq!((&grant["verdict"], &grant["tickets"]), (&"excepted".into(), &serde_json::json!(["INC-7"])));
    let exception = &predicate["exceptions"][0];
    assert_eq!(exception["id"], "INC-7");
    assert_eq!(exception["approvers"], serde_json::json!(["lee", "max"]));
    assert_eq!(exception["expires_at"], "2026-11-24T14:10:00Z");
    let duties = exception["duties"].as_array().unwrap().iter();
    let duties: Vec<[&str; 3]> = duties
        .map(|duty| {
            [&duty["duty"], &duty["owner"]["name"], &duty["due"]].map(|value| value.as_str().unwrap())
        })
        .collect();
    assert_eq!(
        duties,
        [
            ["record", "team-payments", "2026-11-24T18:10:00Z"],
            ["clean_up", "ops-oncall", "2026-11-25T14:10:00Z"],
            ["review", "security-engineering", "2026-11-29T14:10:00Z"],
        ]
    );
    assert_eq!(schema::list_wrong(&record), Vec::<String>::new());

    // One second after its end the same plan is blocked, and its record names no exception.
    assert_eq!(check("ended.json", "2026-11-24T14:10:00Z"), Some(1));
    let ended = stage.record("ended.json");
    assert_eq!(ended["predicate"]["grants"][0]["verdict"], "unapproved");
    assert_eq!(ended["predicate"]["exceptions"], serde_json::json!([]));
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
