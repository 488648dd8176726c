//! What a plan marks as sensitive is never printed: a generator plants a secret in every place of every case of
//! `testdata/rules`, in what references lead to, and in documents that have another shape than they should, and looks for
//! it in everything that `check` and `grants` write.

mod places;
mod plant;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser;
use countersign::cli::Cli;
use countersign::commands::run;
use countersign::finding::Assessment;
use countersign::grants::{Inventory, collect};
use countersign::judge::{Extent, Judge, ReferenceMeanings};
use countersign::manifest::Manifest;
use countersign::plan::{Expressions, Plan};
use countersign::record::{self, Clock, RunEvidence};
use countersign::report::check::{CheckReport, ReportContext, human, json as check_json};
use countersign::report::grants;
use countersign::report::look::Look;
use countersign::resolve::facts::StatedFacts;
use countersign::rules::{self, Rules};
use countersign::source::Palette;
use jiff::civil::date;
use serde_json::{Value, json};

use plant::{MARK, plant};

/// What judges: manifests that hardly approve anything to anybody, and that approve nothing.
struct Gate {
    manifests: Vec<Manifest>,
    rules: Rules,
    facts: StatedFacts,
}

/// One action of each dialect, approved for everybody and everything, so that all else exceeds it.
const NARROW: &str = r#"
process_owner = "security"
system "all" { owner = "team" }
authority "all" {
  approvers    = ["lee"]
  systems      = ["all"]
  max_duration = "365d"
  threshold    = 1
}
approval "SEC-1" {
  justification = "everything else exceeds this"
  system        = "all"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-01"
  expires_on    = "2027-02-01"
  grant "aws" {
    principals = ["*"]
    actions    = ["sns:Publish"]
    resources  = ["*"]
  }
  grant "google" {
    principals = ["*"]
    actions    = ["pubsub.topics.publish"]
    resources  = ["*"]
  }
  grant "azure" {
    principals = ["*"]
    actions    = ["Microsoft.Storage/storageAccounts/read"]
    resources  = ["/subscriptions/*"]
  }
  grant "kubernetes" {
    principals = ["*"]
    actions    = ["get:/pods"]
    resources  = ["cluster"]
  }
}
"#;

const NOTHING: &str = r#"
process_owner = "security"
approval "SEC-2" {
  justification = "nothing that any case does"
  system        = "all"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-01"
  expires_on    = "2027-02-01"
  grant "aws" {
    principals = ["arn:aws:iam::999999999999:role/nobody"]
    actions    = ["sns:Publish"]
    resources  = ["*"]
  }
}
system "all" { owner = "team" }
authority "all" {
  approvers    = ["lee"]
  systems      = ["all"]
  max_duration = "365d"
  threshold    = 1
}
"#;

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("secrets").join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

impl Gate {
    fn new() -> Self {
        let read = |(name, text): (&str, &str)| {
            let folder = folder(name);
            fs::write(folder.join("all.hcl"), text).unwrap();
            Manifest::read(&folder, &BTreeMap::new()).unwrap_or_else(|error| panic!("{:#?}", error.problems))
        };
        Self {
            manifests: [("narrow", NARROW), ("nothing", NOTHING)].map(read).into(),
            rules: rules::load(Vec::new()).unwrap(),
            facts: [
                ("aws.account", "123456789012"),
                ("aws.region", "eu-west-1"),
                ("google.project", "acme"),
                ("azure.subscription", "00000000-0000-0000-0000-000000000001"),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into(),
        }
    }

    /// Everything that is written about a plan, in every format; nothing where it cannot be read.
    fn outputs(&self, text: &str, facts: &StatedFacts) -> Vec<(&'static str, String)> {
        let inventory = || -> Option<Inventory> {
            let mut plan = Plan::read(text).ok()?;
            plan.attach(Expressions::Trusted);
            collect(&plan, &self.rules, facts).ok()
        };
        let mut outputs = Vec::new();
        let catalog = countersign::catalog::Catalog::default();
        let as_of = date(2026, 11, 24);
        let look = Look { width: 100, quiet: false };
        for manifest in &self.manifests {
            let Some(inventory) = inventory() else { return outputs };
            let judge = Judge::new(manifest, &catalog, as_of, Extent::All).with_evidence();
            let assessment = judge
                .assess(vec![inventory.map(|grant| judge.on_plan(ReferenceMeanings::new()).judge(&grant))]);
            let mut out = Vec::new();
            human::write(&assessment, ReportContext { as_of }, look, &mut out).unwrap();
            outputs.push(("check, human", String::from_utf8(out).unwrap()));
            let mut out = Vec::new();
            check_json::write(&CheckReport::new(&assessment, ReportContext { as_of }), &mut out).unwrap();
            outputs.push(("check, JSON", String::from_utf8(out).unwrap()));
            outputs.push(("record", record_of(&assessment, manifest)));
        }
        let Some(inventory) = inventory() else { return outputs };
        let inventories = [inventory];
        let mut out = Vec::new();
        grants::human::write(&inventories, &catalog, Look::for_file(), &mut out).unwrap();
        outputs.push(("grants, human", String::from_utf8(out).unwrap()));
        let mut out = Vec::new();
        grants::json::write(&inventories, &catalog, &mut out).unwrap();
        outputs.push(("grants, JSON", String::from_utf8(out).unwrap()));
        outputs
    }

    /// The secrets of a plan that are printed, each with where.
    fn leaks(&self, about: &str, text: &str, facts: &StatedFacts) -> Vec<String> {
        let mut leaks = BTreeSet::new();
        for (format, output) in self.outputs(text, facts) {
            let lower = output.to_lowercase();
            for (at, _) in lower.match_indices(MARK) {
                let start = lower[..at].rfind(['\n']).map_or(0, |line| line + 1);
                let end = lower[at..].find('\n').map_or(lower.len(), |line| at + line);
                leaks.insert(format!("{about} ({format}): {}", lower[start..end].trim()));
            }
        }
        leaks.into_iter().collect()
    }
}

/// The record of an assessment, whatever the bytes of the plan are.
fn record_of(assessment: &Assessment, manifest: &Manifest) -> String {
    let now = "2026-11-24T12:00:00Z".parse().unwrap();
    let evidence = RunEvidence {
        clock: Clock::new(Some(now), None, now),
        actor: None,
        plans: Vec::new(),
        manifest,
        catalog: None,
        embedded_rules_sha256: String::new(),
        rule_files: Vec::new(),
        waivers: Vec::new(),
        told_facts: &[],
        judges_all: true,
    };
    record::write(assessment, &evidence).unwrap()
}

/// A change as plan JSON has it.
fn change(type_name: &str, name: &str, provider: &str, delta: &Value) -> Value {
    json!({
        "address": format!("{type_name}.{name}"), "mode": "managed", "type": type_name, "name": name,
        "provider_name": provider, "change": delta,
    })
}

/// A plan of these changes, whose blocks set every attribute.
fn plan(changes: &[Value]) -> Value {
    let block = |change: &Value| {
        let sides = [&change["change"]["after"], &change["change"]["before"]];
        let names = sides.into_iter().filter_map(Value::as_object).flat_map(|side| side.keys());
        let expressions: serde_json::Map<_, _> = names.map(|name| (name.clone(), json!({}))).collect();
        json!({
            "address": change["address"], "mode": "managed", "type": change["type"],
            "name": change["name"], "expressions": expressions,
        })
    };
    json!({
        "format_version": "1.2", "terraform_version": "1.11.4", "timestamp": "2026-11-24T00:00:00Z",
        "complete": true, "errored": false,
        "resource_changes": changes,
        "configuration": {"root_module": {"resources": changes.iter().map(block).collect::<Vec<_>>()}},
    })
}

/// The sides of the cases of `testdata/rules`: file, type, provider, object.
fn objects() -> Vec<(String, String, String, Value)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/rules");
    let mut objects = Vec::new();
    for entry in walkdir::WalkDir::new(root).sort_by_file_name() {
        let path = entry.unwrap().into_path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let cases: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let cases = cases.as_array().cloned().unwrap_or_else(|| vec![cases]);
        let stem = path.file_stem().unwrap().to_str().unwrap();
        for case in cases {
            let type_name = case["type"].as_str().unwrap_or(stem).to_owned();
            let provider = case["provider"].as_str().unwrap_or_default().to_owned();
            for side in ["after", "before"] {
                if case[side].is_object() {
                    objects.push((stem.to_owned(), type_name.clone(), provider.clone(), case[side].clone()));
                }
            }
        }
    }
    objects
}

/// Made, changed, imported, drifted, forgotten and deleted, with the secret on each side.
fn deltas(clean: &Value, planted: &Value, marks: &Value) -> Vec<Value> {
    let none = json!({});
    let delta = |actions: &[&str], before: &Value, after: &Value, marked: [&Value; 2]| {
        json!({
            "actions": actions, "before": before, "after": after, "after_unknown": {},
            "before_sensitive": marked[0], "after_sensitive": marked[1],
        })
    };
    vec![
        delta(&["create"], &Value::Null, planted, [&none, marks]),
        delta(&["update"], clean, planted, [&none, marks]),
        delta(&["update"], planted, clean, [marks, &none]),
        delta(&["forget"], planted, &Value::Null, [marks, &none]),
        delta(&["delete"], planted, &Value::Null, [marks, &none]),
    ]
}

#[test]
fn no_attribute_that_is_marked_is_printed() {
    let gate = Gate::new();
    let objects = objects();
    assert!(objects.len() > 800, "{}", objects.len());
    let step = std::env::var("COUNTERSIGN_EVERY").ok().and_then(|text| text.parse().ok()).unwrap_or(24);
    let mut number = 0;
    let mut leaks = Vec::new();
    for (at, (stem, type_name, provider, object)) in objects.iter().enumerate() {
        let mut next = || {
            number += 1;
            format!("{MARK}{number:06}")
        };
        let planted = plant(object, &mut next);
        let mut changes = Vec::new();
        // Each place is planted in each change; a run looks at every 24th of them, another one for each object, or at as
        // many as `COUNTERSIGN_EVERY` says.
        for (index, planted) in planted.iter().enumerate() {
            for (which, delta) in deltas(object, &planted.object, &planted.marks).iter().enumerate() {
                if (index + which + at) % step == 0 {
                    changes.push(change(type_name, &format!("x{index}_{which}"), provider, delta));
                }
            }
        }
        leaks.extend(gate.leaks(stem, &plan(&changes).to_string(), &gate.facts));
    }
    assert!(number > 10_000, "{number} secrets");
    let total = leaks.len();
    leaks.truncate(60);
    assert!(leaks.is_empty(), "{total} leaks of {number} secrets\n{}", leaks.join("\n"));
}

/// Behind references, in tags, facts, outputs and drift.
#[test]
fn nothing_that_is_marked_elsewhere_is_printed() {
    let gate = Gate::new();
    let mut leaks = Vec::new();
    let plans = places::plans(&format!("{MARK}000001"));
    assert!(plans.len() > 25);
    for (about, plan) in plans {
        let text = plan.to_string();
        let outputs = gate.outputs(&text, &StatedFacts::new());
        assert!(!outputs.is_empty(), "{about} cannot be read");
        let words = format!("{MARK}000001");
        // Without its marks the plan shows that the secret is looked for in the right place.
        leaks.extend(gate.leaks(&about, &text, &StatedFacts::new()));
        leaks.extend(gate.leaks(&about, &text, &gate.facts));
        assert!(text.contains(&words), "{about} holds no secret");
    }
    assert!(leaks.is_empty(), "{} leaks\n{}", leaks.len(), leaks.join("\n"));
}

/// What is short can be guessed from its digest, so nothing in a record depends on what is marked.
#[test]
fn no_record_depends_on_what_is_marked() {
    let gate = Gate::new();
    let records = |secret: &str, facts: &StatedFacts| -> Vec<(String, Vec<String>)> {
        let plans = places::plans(&format!("{MARK}{secret}"));
        let of_plan = |text: &str| {
            let outputs = gate.outputs(text, facts).into_iter().filter(|(format, _)| *format == "record");
            outputs.map(|(_, output)| output).collect()
        };
        plans.into_iter().map(|(about, plan)| (about, of_plan(&plan.to_string()))).collect()
    };
    let mut compared = 0;
    for facts in [&StatedFacts::new(), &gate.facts] {
        for (one, other) in records("000001", facts).into_iter().zip(records("000002", facts)) {
            compared += one.1.len();
            assert_eq!(one, other);
        }
    }
    assert!(compared > 100, "{compared} records");
}

/// Without their marks the same plans print nearly all of it: the test above looks in the right places.
#[test]
fn what_is_not_marked_is_printed() {
    let gate = Gate::new();
    let mut silent = BTreeSet::new();
    let mut shown = BTreeSet::new();
    for (about, plan) in places::plans(&format!("{MARK}000001")) {
        let text = unmarked(plan).to_string();
        let is_shown = !gate.leaks(&about, &text, &StatedFacts::new()).is_empty();
        if is_shown {
            shown.insert(about)
        } else {
            silent.insert(about)
        };
    }
    let silent: Vec<_> = silent.difference(&shown).collect();
    assert_eq!(silent, ["an output"]);
}

/// The same plan, in which nothing is marked as sensitive.
fn unmarked(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let kept = members.into_iter().filter(|(name, _)| {
                !matches!(
                    name.as_str(),
                    "before_sensitive" | "after_sensitive" | "sensitive_values" | "sensitive"
                )
            });
            Value::Object(kept.map(|(name, member)| (name, unmarked(member))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(unmarked).collect()),
        other => other,
    }
}

/// All that a command says, on both streams.
fn say(arguments: &[&str]) -> String {
    let cli = Cli::parse_from(["countersign"].iter().chain(arguments));
    let mut out = Vec::new();
    if let Err(failure) = run(&cli, &mut out) {
        failure.write(Palette::Plain, &mut out).unwrap();
    }
    String::from_utf8(out).unwrap()
}

/// Documents of another shape than they should have: an error names the place and not the value.
#[test]
fn no_error_quotes_a_value() {
    let folder = folder("malformed");
    let secret = format!("{MARK}000001");
    let mut documents = vec![
        format!("{{\"format_version\": \"1.2\", \"resource_changes\": [{{\"change\": \"{secret}"),
        format!("{secret}"),
        format!("\"{secret}\""),
        format!("{{\"{secret}\": 1}}"),
        format!("{{\"format_version\": \"1.2\"}} {secret}"),
    ];
    for (about, plan) in places::plans(&secret) {
        if about == "drift" || about == "an output" || about == "a deferred document" {
            misshapen(&plan, &secret, &mut documents);
        }
    }
    assert!(documents.len() > 60, "{}", documents.len());
    let narrow = folder.parent().unwrap().join("narrow");
    fs::create_dir_all(&narrow).unwrap();
    fs::write(narrow.join("all.hcl"), NARROW).unwrap();
    let (file, narrow) = (folder.join("plan.json"), narrow.display().to_string());
    let path = file.display().to_string();
    let mut leaks = BTreeSet::new();
    for (at, document) in documents.iter().enumerate() {
        fs::write(&file, document).unwrap();
        let format = ["human", "json"][at % 2];
        let check = ["check", &path, "--approvals", &narrow, "--as-of", "2026-11-24", "--format", format];
        let grants = ["grants", &path, "--format", format];
        for arguments in [&check[..], &grants] {
            let text = say(arguments).to_lowercase();
            leaks.extend(text.lines().filter(|line| line.contains(MARK)).map(str::to_owned));
        }
    }
    assert!(leaks.is_empty(), "{}\n{:#?}", leaks.len(), leaks);
}

/// The plan with a text in the place of each of its values that is no text.
fn misshapen(plan: &Value, secret: &str, documents: &mut Vec<String>) {
    let mut pointers = vec![String::new()];
    while let Some(pointer) = pointers.pop() {
        let value = plan.pointer(&pointer).unwrap();
        match value {
            Value::Object(members) => pointers.extend(members.keys().map(|name| format!("{pointer}/{name}"))),
            Value::Array(items) => pointers.extend((0..items.len()).map(|at| format!("{pointer}/{at}"))),
            _ => {}
        }
        // Actions and references are names, which are printed.
        let is_name = pointer.contains("/references") || pointer.contains("/actions");
        if value.is_string() || pointer.is_empty() || is_name {
            continue;
        }
        // An object of marks marks what it names.
        let wrong = [Value::from(secret), json!([secret]), json!({"x": secret})];
        let kept = if pointer.ends_with("_sensitive") { 2 } else { 3 };
        let mut wrong = wrong.into_iter().take(kept);
        if let Some(wrong) = wrong.nth(documents.len() % kept) {
            let mut plan = plan.clone();
            *plan.pointer_mut(&pointer).unwrap() = wrong;
            documents.push(plan.to_string());
        }
    }
}
