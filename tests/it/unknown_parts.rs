//! What is not known of a document costs no more than itself, and never says too much.
//!
//! Takes every document of `testdata/compare` and hides one value, one name, one element or one element's part at a time:
//! as unknown, as one of two values, as a list of unknown length, as a text with a hole. With the hidden part filled back
//! in, the document must be among those that the lowering with the hole speaks of, on both sides:
//!
//! * an answer that is decided with the hole is the answer without it, where the document is planned and where it is
//!   approved;
//! * no request that the document certainly allows is certainly refused with the hole, and none that it certainly
//!   refuses is certainly allowed;
//! * the statements beside the one that was touched are lowered as before.
//!
//! `COUNTERSIGN_HIDE=1` hides every part; otherwise one in five. `COUNTERSIGN_CASES` adds the documents of a folder.

mod hide;
mod requests;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use access_algebra::evaluate::{Truth, judge};
use access_algebra::{Access, Containment, contains};
use countersign::lower::{Dialect, DocumentFormat, DocumentValue, Lowered, Side, Terms, lower};
use serde_json::Value;

use self::hide::{Hidden, hide_each};
use self::requests::{Random, guess_request, with_hidden_key};

const REQUESTS: usize = 12;

/// A document with how it is written.
struct Case {
    dialect: Dialect,
    format: DocumentFormat,
    document: DocumentValue,
    partner: DocumentValue,
}

fn read_cases(file: &PathBuf, dialect: Dialect) -> Vec<Case> {
    let mut cases = Vec::new();
    for line in fs::read_to_string(file).unwrap().lines() {
        let pair: Value = serde_json::from_str(line).unwrap();
        let read = |side: &str| {
            let text = match dialect {
                // A list of bindings is what a policy holds, but for the resource that the policy stands on.
                Dialect::Google => as_google_policy(&pair[side])?.to_string(),
                _ => pair[side].to_string(),
            };
            countersign::json::parse(&text).ok().map(|value| DocumentValue::from(&value))
        };
        let format = match dialect {
            Dialect::Aws => DocumentFormat::AwsPolicy,
            Dialect::Google => DocumentFormat::GooglePolicy,
            _ => DocumentFormat::KubernetesRules,
        };
        if let (Some(approved), Some(planned)) = (read("approved"), read("planned")) {
            let of = |document: &DocumentValue, partner: &DocumentValue| Case {
                dialect,
                format,
                document: document.clone(),
                partner: partner.clone(),
            };
            cases.extend([of(&approved, &planned), of(&planned, &approved)]);
        }
    }
    cases
}

fn as_google_policy(bindings: &Value) -> Option<Value> {
    let mut bindings = bindings.clone();
    for binding in bindings.as_array_mut()? {
        binding.as_object_mut()?.remove("resource");
    }
    Some(serde_json::json!({ "bindings": bindings }))
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, dialect) in
        [("aws", Dialect::Aws), ("google", Dialect::Google), ("kubernetes", Dialect::Kubernetes)]
    {
        cases.extend(read_cases(&format!("testdata/compare/{name}.jsonl").into(), dialect));
    }
    if let Some(folder) = std::env::var_os("COUNTERSIGN_CASES").map(PathBuf::from) {
        for name in ["aws-quacky", "aws-no-new-access", "kubernetes-covers"] {
            let dialect = if name.starts_with("aws") { Dialect::Aws } else { Dialect::Kubernetes };
            let file = folder.join(format!("{name}.jsonl"));
            if file.exists() {
                cases.extend(read_cases(&file, dialect));
            }
        }
    }
    cases
}

fn lowered(case: &Case, side: Side, document: &DocumentValue) -> Lowered {
    let document = Some((case.format, document.clone()));
    lower(case.dialect, side, &Terms { document, ..Terms::default() })
}

fn decide(approved: &Lowered, planned: &Lowered) -> &'static str {
    if !planned.doubts.is_empty() {
        return "undecided";
    }
    match contains(&approved.access, &planned.access) {
        Containment::Contained => "contained",
        Containment::Exceeds(_) if approved.doubts.is_empty() => "exceeds",
        Containment::Exceeds(_) | Containment::Undecided(_) => "undecided",
    }
}

#[derive(Debug, Default)]
struct Tally {
    hidden: usize,
    answers: BTreeMap<(&'static str, &'static str), usize>,
    untouched: usize,
    kept: usize,
}

#[test]
fn what_is_hidden_is_among_what_may_be() {
    let step = if std::env::var_os("COUNTERSIGN_HIDE").is_some() { 1 } else { 5 };
    let mut tally = Tally::default();
    let mut failures = Vec::new();
    let mut random = Random::new(7);
    for (at, case) in cases().iter().enumerate() {
        let whole = [Side::Planned, Side::Approved].map(|side| lowered(case, side, &case.document));
        if !whole[0].doubts.is_empty() {
            continue;
        }
        let partner = [Side::Approved, Side::Planned].map(|side| lowered(case, side, &case.partner));
        for hidden in hide_each(&case.document).iter().skip(at % step).step_by(step) {
            tally.hidden += 1;
            let with_hole = [Side::Planned, Side::Approved].map(|side| lowered(case, side, &hidden.document));
            failures.extend(
                check_answers(&mut tally, &whole, &with_hole, &partner)
                    .map(|wrong| format!("{wrong}\n  hidden: {}", show(&hidden.document))),
            );
            let is_complete = |(_, open): &(&Lowered, &Lowered)| open.doubts.is_empty();
            for (one, other) in whole.iter().zip(&with_hole).filter(is_complete) {
                let accesses = [&one.access, &other.access];
                failures.extend(
                    check_requests(&mut random, accesses, hidden)
                        .map(|wrong| format!("{wrong}\n  hidden: {}", show(&hidden.document))),
                );
            }
            if let Some(rest) = &hidden.rest {
                let rest = lowered(case, Side::Planned, rest);
                tally.untouched += rest.access.statements.len();
                let statements = &with_hole[0].access.statements;
                let kept = rest.access.statements.iter().filter(|one| statements.contains(one)).count();
                if kept < rest.access.statements.len() && std::env::var_os("COUNTERSIGN_SHOW").is_some() {
                    println!("not kept: {}", show(&hidden.document));
                }
                tally.kept += kept;
            }
        }
    }
    println!("{tally:#?}");
    let shown: Vec<&String> = failures.iter().take(10).collect();
    assert!(failures.is_empty(), "{} of {}: {shown:#?}", failures.len(), tally.hidden);
    assert!(tally.kept * 100 >= tally.untouched * 98, "{} of {} are kept", tally.kept, tally.untouched);
}

/// A document in few words.
fn show(document: &DocumentValue) -> String {
    match document {
        DocumentValue::Text(text) => format!("{:?}", text.to_string()),
        DocumentValue::List(items) => format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(", ")),
        DocumentValue::Object(members) => {
            let each = members.iter().map(|(name, member)| format!("{name}: {}", show(member)));
            format!("{{{}}}", each.collect::<Vec<_>>().join(", "))
        }
        DocumentValue::OneOf(all) => all.iter().map(show).collect::<Vec<_>>().join(" or "),
        DocumentValue::Each(element) => format!("each {}", show(element)),
        other => format!("{other:?}"),
    }
}

/// What is wrong with the answers with a hole, where they are decided.
fn check_answers(
    tally: &mut Tally,
    whole: &[Lowered; 2],
    with_hole: &[Lowered; 2],
    partner: &[Lowered; 2],
) -> Option<String> {
    let [planned, approved] = whole;
    let [open_planned, open_approved] = with_hole;
    let pairs = [
        (decide(&partner[0], open_planned), decide(&partner[0], planned), "planned, in its partner"),
        (decide(approved, open_planned), decide(approved, planned), "planned, in itself"),
        (decide(open_approved, &partner[1]), decide(approved, &partner[1]), "approved, of its partner"),
        (decide(open_approved, planned), decide(approved, planned), "approved, of itself"),
    ];
    for (open, _, _) in &pairs {
        *tally.answers.entry((pairs[0].1, open)).or_default() += 1;
    }
    let wrong = pairs.iter().find(|(open, whole, _)| {
        let is_decided = |word: &str| word != "undecided";
        is_decided(open) && is_decided(whole) && open != whole
    })?;
    Some(format!("{}: {} with a hole, {} without", wrong.2, wrong.0, wrong.1))
}

/// A request on which the document with a hole says the opposite of what the document says.
fn check_requests(random: &mut Random, [whole, open]: [&Access; 2], hidden: &Hidden) -> Option<String> {
    for _ in 0..REQUESTS {
        let request = guess_request(random, whole);
        let with_key = with_hidden_key(&request, hidden);
        let (said, said_open) = (judge(whole, &request), judge(open, &with_key));
        let is_wrong = matches!((said, said_open), (Truth::Yes, Truth::No) | (Truth::No, Truth::Yes));
        if is_wrong {
            return Some(format!("{said_open:?} with a hole, {said:?} without: {with_key:?}"));
        }
    }
    None
}
