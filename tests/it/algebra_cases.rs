//! Labelled pairs of policies that others wrote.
//!
//! The folder that holds them is named by `COUNTERSIGN_CASES`; where that is unset the test says that it was skipped.
//! Each line is `{"id", "approved", "planned", "expected": "contained" | "exceeds"}`.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use access_algebra::evaluate::{Truth, judge};
use access_algebra::{Access, Containment, contains};
use countersign::lower::{Dialect, DocumentFormat, Side, Terms, lower};
use countersign::value::Value;
use countersign::words::describe_reason;
use serde::Deserialize;
use serde_json::value::RawValue;

#[derive(Deserialize)]
struct Case<'a> {
    id: String,
    #[serde(borrow)]
    approved: &'a RawValue,
    #[serde(borrow)]
    planned: &'a RawValue,
    expected: String,
}

fn access(side: Side, document: &RawValue) -> Result<Access, String> {
    let document = Some((DocumentFormat::AwsPolicy, (Value::String(document.get().into())).into()));
    let lowered = lower(Dialect::Aws, side, &Terms { document, ..Terms::default() });
    match lowered.doubts.first() {
        None => Ok(lowered.access),
        Some(doubt) => Err(describe_reason(doubt)),
    }
}

fn answer(case: &Case<'_>) -> (String, Duration) {
    let (approved, planned) =
        match (access(Side::Approved, case.approved), access(Side::Planned, case.planned)) {
            (Ok(approved), Ok(planned)) => (approved, planned),
            (Err(reason), _) | (_, Err(reason)) => return (format!("undecided: {reason}"), Duration::ZERO),
        };
    let start = Instant::now();
    let containment = contains(&approved, &planned);
    let took = start.elapsed();
    let word = match containment {
        Containment::Contained => "contained".to_owned(),
        Containment::Exceeds(witness) => {
            assert_eq!(judge(&planned, &witness.request), Truth::Yes, "{}", case.id);
            assert_eq!(judge(&approved, &witness.request), Truth::No, "{}", case.id);
            if std::env::var_os("COUNTERSIGN_SHOW").is_some() {
                println!("{}: {:?}", case.id, witness.request);
            }
            "exceeds".to_owned()
        }
        Containment::Undecided(reason) => format!("undecided: {reason}"),
    };
    (word, took)
}

fn run(name: &str) {
    let Some(folder) = std::env::var_os("COUNTERSIGN_CASES") else {
        println!("skipped: COUNTERSIGN_CASES names no folder");
        return;
    };
    let text = std::fs::read_to_string(Path::new(&folder).join(name)).unwrap();
    let mut wrong = BTreeMap::new();
    let mut times = Vec::new();
    for line in text.lines() {
        let case: Case<'_> = serde_json::from_str(line).unwrap();
        let (answer, took) = answer(&case);
        times.push((took, case.id.clone()));
        if answer != case.expected {
            wrong.insert(case.id, (case.expected, answer));
        }
    }
    times.sort();
    let at = |share: usize| times[(times.len() - 1) * share / 100].clone();
    println!(
        "{name}: {} cases, {} wrong, p50 {:?}, p99 {:?}, most {:?}",
        times.len(),
        wrong.len(),
        at(50).0,
        at(99).0,
        at(100)
    );
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn aws_no_new_access() {
    run("aws-no-new-access.jsonl");
}

#[test]
fn quacky() {
    run("aws-quacky.jsonl");
}
