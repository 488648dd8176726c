//! What the clouds' words mean, as pairs of an approval and a plan in `testdata/lowering/DIALECT.jsonl`.
//!
//! Where something is added to a plan's side nothing may become contained, and every pair is read in both
//! directions of doubt: a doubt about the plan, or one about the approval that would have had to settle it, is
//! undecided.

use std::fs;
use std::path::Path;

use access_algebra::{Containment, HoleKind, contains};
use countersign::lower::{
    AssignmentKind, Dialect, DocumentFormat, Lowered, Mode, Side, TermCondition, Terms, Text, azure, google,
    lower,
};
use countersign::value::provenance::Provenance;
use serde_json::Value;

const DIALECTS: [(&str, Dialect); 6] = [
    ("google", Dialect::Google),
    ("azure", Dialect::Azure),
    ("azuread", Dialect::Azuread),
    ("kubernetes", Dialect::Kubernetes),
    ("github", Dialect::Github),
    ("terraform", Dialect::Terraform),
];

/// `${name}` in a word is something that nobody knows.
fn text(word: &str) -> Text {
    let mut text = Text::default();
    let mut rest = word;
    while let Some((known, after)) = rest.split_once("${") {
        let (name, after) = after.split_once('}').unwrap();
        text.push_known(known);
        text.push(&Text::hole(HoleKind::Unknown, name));
        rest = after;
    }
    text.push_known(rest);
    text
}

fn texts(value: &Value) -> Vec<Text> {
    match value {
        Value::Null => Vec::new(),
        Value::String(word) => vec![text(word)],
        Value::Array(words) => words.iter().map(|word| text(word.as_str().unwrap())).collect(),
        other => panic!("{other} is no list of words"),
    }
}

fn terms(value: &Value) -> Terms {
    let known = [
        "principals",
        "actions",
        "not_actions",
        "data_actions",
        "not_data_actions",
        "roles",
        "resources",
        "expression",
        "document",
        "format",
        "assignment",
        "grantable",
        "ttl",
        "condition",
    ];
    for key in value.as_object().unwrap().keys() {
        assert!(known.contains(&key.as_str()), "{key}");
    }
    let format = match value["format"].as_str() {
        Some("google_policy") => DocumentFormat::GooglePolicy,
        Some("google_policy_arguments") => DocumentFormat::GooglePolicyArguments,
        Some("aws_policy") => DocumentFormat::AwsPolicy,
        _ => DocumentFormat::KubernetesRules,
    };
    let document = match &value["document"] {
        Value::Null => None,
        Value::String(text) => Some(countersign::value::Value::String(text.as_str().into())),
        other => Some(countersign::json::parse(&other.to_string()).unwrap()),
    };
    Terms {
        principals: texts(&value["principals"]),
        actions: texts(&value["actions"]),
        not_actions: texts(&value["not_actions"]),
        data_actions: texts(&value["data_actions"]),
        not_data_actions: texts(&value["not_data_actions"]),
        roles: texts(&value["roles"]),
        resources: texts(&value["resources"]),
        conditions: texts(&value["condition"])
            .into_iter()
            .map(|text| TermCondition {
                operator: "StringEquals".to_owned(),
                key: Text::known("k"),
                values: vec![text],
            })
            .collect(),
        expression: value["expression"].as_str().map(text),
        document: document.map(|document| (format, document.into())),
        mode: Mode {
            grantable: value["grantable"].as_bool().unwrap_or(false),
            assignment: value["assignment"].as_str().map(|word| match word {
                "eligible" => AssignmentKind::Eligible,
                _ => AssignmentKind::Active,
            }),
            ttl_seconds: value["ttl"].as_u64(),
        },
        provenance: Provenance::NONE,
    }
}

/// The answer, with the doubts of both sides in it.
fn answer(approved: &Lowered, planned: &Lowered) -> &'static str {
    match contains(&approved.access, &planned.access) {
        _ if !planned.doubts.is_empty() => "undecided",
        Containment::Contained => "contained",
        Containment::Exceeds(_) if approved.doubts.is_empty() && approved.missing_facts.is_empty() => {
            "exceeds"
        }
        Containment::Exceeds(_) | Containment::Undecided(_) => "undecided",
    }
}

#[test]
fn the_pairs_are_judged_as_the_clouds_would() {
    let mut failures = Vec::new();
    for (name, dialect) in DIALECTS {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("testdata/lowering/{name}.jsonl"));
        for line in fs::read_to_string(path).unwrap().lines() {
            let case: Value = serde_json::from_str(line).unwrap();
            let (mut approved, mut planned) = (terms(&case["approved"]), terms(&case["planned"]));
            if let Some(facts) = case["facts"].as_object() {
                for terms in [&mut approved, &mut planned] {
                    let facts = facts.iter().map(|(fact, value)| (fact.as_str(), value.as_str().unwrap()));
                    match dialect {
                        Dialect::Azure => azure::with_facts(terms, facts),
                        _ => google::resource::with_facts(terms, facts),
                    }
                }
            }
            let approved = lower(dialect, Side::Approved, &approved);
            let planned_lowered = lower(dialect, Side::Planned, &planned);
            let answer = answer(&approved, &planned_lowered);
            if answer != case["expected"] {
                failures.push(format!("{name}: {} is {answer}, not {}", case["about"], case["expected"]));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Upstream's own cases, where somebody has them.
#[test]
fn kubernetes_covers_as_upstream_says() {
    let Some(folder) = std::env::var_os("COUNTERSIGN_CASES") else {
        eprintln!("skipped: COUNTERSIGN_CASES names no folder of cases");
        return;
    };
    for line in fs::read_to_string(Path::new(&folder).join("kubernetes-covers.jsonl")).unwrap().lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let side = |side, rules: &Value| {
            let document = countersign::json::parse(&rules.to_string()).unwrap();
            let terms = Terms {
                document: Some((DocumentFormat::KubernetesRules, document.into())),
                ..Terms::default()
            };
            lower(Dialect::Kubernetes, side, &terms)
        };
        let (approved, planned) =
            (side(Side::Approved, &case["approved"]), side(Side::Planned, &case["planned"]));
        assert_eq!((approved.doubts.len(), planned.doubts.len()), (0, 0), "{}", case["id"]);
        assert_eq!(answer(&approved, &planned), case["expected"], "{}", case["id"]);
    }
}
