//! Trust for federated identities, judged by what it pins: issuer, audience and subject. `testdata/federated/cases.json` says
//! of each case which codes it raises, and may say what the finding notes. Adding one needs no Rust.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use crate::subjects::{PAYMENTS, judge_case};

#[test]
fn every_case_raises_what_it_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/federated/cases.json");
    let cases: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let (mut wrong, mut by_issuer) = (Vec::new(), BTreeMap::new());
    for case in &cases {
        let about = case["about"].as_str().unwrap();
        *by_issuer.entry(about.split(':').next().unwrap()).or_insert(0) += 1;
        let (codes, words) = judge_case(case, PAYMENTS);
        let owed: BTreeSet<&str> =
            case["codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap()).collect();
        if codes != owed {
            wrong.push(format!("{about}: owed {owed:?}, found {codes:?}\n  {}", words.join("\n  ")));
        }
    }
    assert!(cases.len() >= 90 && by_issuer.len() >= 8, "{by_issuer:?}");
    assert!(wrong.is_empty(), "{} of {} cases\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}
