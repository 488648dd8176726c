//! The laws of containment, through every cloud's lowering: of the documents in `testdata/compare`, whatever they say.
//!
//! A document lies within itself and within itself in another order; what lies within what lies within a third lies
//! within that; another approval takes nothing away; a plan with less in it stays within; and where a cloud's words have
//! no case, writing them in capitals changes nothing. A document that can't be judged (against itself, that is) is left
//! out, and most can be.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;

use clap::Parser;
use countersign::cli::Cli;
use countersign::commands::run;
use serde_json::{Value, json};

const PROVIDERS: [&str; 6] = ["aws", "azure", "azuread", "github", "google", "kubernetes"];

/// So many documents of a provider are held against each other.
const MOST: usize = 24;

/// The answers to pairs (approved, planned): `contained`, `exceeds` or `undecided`.
fn answers(provider: &str, pairs: &[(Value, Value)]) -> Vec<String> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    for (approved, planned) in pairs {
        writeln!(file, "{}", json!({"approved": approved, "planned": planned})).unwrap();
    }
    let path = file.path().to_str().unwrap();
    let cli = Cli::parse_from(["countersign", "compare", "--jsonl", "--provider", provider, path]);
    let mut out = Vec::new();
    run(&cli, &mut out).unwrap();
    let word =
        |line: &str| serde_json::from_str::<Value>(line).unwrap()["result"].as_str().unwrap().to_owned();
    let words: Vec<String> = String::from_utf8(out).unwrap().lines().map(word).collect();
    assert_eq!(words.len(), pairs.len());
    words
}

/// The documents of a provider, and its pairs (approved, planned) that are contained.
fn documents(provider: &str) -> (Vec<Value>, Vec<(Value, Value)>) {
    let text = fs::read_to_string(format!("testdata/compare/{provider}.jsonl")).unwrap();
    let (mut documents, mut contained) = (Vec::new(), Vec::new());
    for line in text.lines() {
        let mut pair: Value = serde_json::from_str(line).unwrap();
        if pair.get("facts").is_some() {
            continue;
        }
        let (approved, planned) = (pair["approved"].take(), pair["planned"].take());
        if pair["expected"] == "contained" {
            contained.push((approved.clone(), planned.clone()));
        }
        documents.extend([approved, planned]);
    }
    let mut known = Vec::new();
    documents.retain(|document| {
        let text = document.to_string();
        let is_new = !known.contains(&text);
        known.push(text);
        is_new
    });
    let itself: Vec<_> = documents.iter().map(|one| (one.clone(), one.clone())).collect();
    let judged = answers(provider, &itself);
    let mut left = judged.iter().map(|word| word == "contained");
    let before = documents.len();
    for (document, word) in documents.iter().zip(&judged) {
        assert_ne!(word, "exceeds", "{provider}: not within itself: {document}");
    }
    documents.retain(|_| left.next().unwrap());
    assert!(documents.len() * 10 >= before * 7, "{provider}: {} of {before} can be judged", documents.len());
    (documents, contained)
}

/// A document with every list in it the other way round.
fn turned(document: &Value) -> Value {
    match document {
        Value::Array(list) => list.iter().rev().map(turned).collect(),
        Value::Object(members) => members.iter().map(|(key, value)| (key.clone(), turned(value))).collect(),
        other => other.clone(),
    }
}

/// A document with the last of each of these lists left out, where there are more.
fn narrowed(document: &Value, lists: &[&str]) -> Value {
    let mut narrower = document.clone();
    match &mut narrower {
        Value::Array(list) => list.iter_mut().for_each(|one| *one = narrowed(one, lists)),
        Value::Object(members) => {
            for (key, value) in members {
                match value {
                    Value::Array(list) if lists.contains(&key.as_str()) && list.len() > 1 => {
                        list.pop();
                    }
                    other => *other = narrowed(other, lists),
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    narrower
}

/// A document with everything under these members in capitals.
fn shouted(document: &Value, members: &[&str], loud: bool) -> Value {
    match document {
        Value::String(text) if loud => text.to_uppercase().into(),
        Value::Array(list) => list.iter().map(|one| shouted(one, members, loud)).collect(),
        Value::Object(object) => {
            let shout = |(key, value): (&String, &Value)| {
                (key.clone(), shouted(value, members, loud || members.contains(&key.as_str())))
            };
            object.iter().map(shout).collect()
        }
        other => other.clone(),
    }
}

/// Fails where some pair is not contained.
fn all_contained(law: &str, provider: &str, pairs: &[(Value, Value)]) {
    for ((approved, planned), word) in pairs.iter().zip(answers(provider, pairs)) {
        assert_eq!(word, "contained", "{provider}, {law}:\napproved {approved}\nplanned {planned}");
    }
    println!("{provider}, {law}: {} pairs", pairs.len());
}

#[test]
fn a_document_lies_within_itself_in_any_order() {
    for provider in PROVIDERS {
        let (documents, _) = documents(provider);
        let both = |one: &Value| [(one.clone(), turned(one)), (turned(one), one.clone())];
        all_contained("order", provider, &documents.iter().flat_map(both).collect::<Vec<_>>());
    }
}

#[test]
fn what_lies_within_what_lies_within_lies_within() {
    for provider in PROVIDERS {
        let (mut documents, _) = documents(provider);
        documents.truncate(MOST);
        let pairs: Vec<_> = documents
            .iter()
            .flat_map(|one| documents.iter().map(|other| (one.clone(), other.clone())))
            .collect();
        let words = answers(provider, &pairs);
        let count = documents.len();
        let within = |outer: usize, inner: usize| words[outer * count + inner] == "contained";
        let mut chains = 0;
        for middle in 0..count {
            for outer in (0..count).filter(|outer| within(*outer, middle)) {
                for inner in (0..count).filter(|inner| within(middle, *inner)) {
                    chains += usize::from(outer != middle && middle != inner);
                    assert!(
                        within(outer, inner),
                        "{provider}:\n{}\nin {}\nin {}",
                        documents[inner],
                        documents[middle],
                        documents[outer]
                    );
                }
            }
        }
        println!("{provider}: {chains} chains");
        assert!(chains > 0, "{provider}: nothing lies within anything");
    }
}

#[test]
fn another_approval_takes_nothing_away() {
    for provider in PROVIDERS {
        let (documents, contained) = documents(provider);
        let list = |document: &Value| match document {
            Value::Array(list) => list.clone(),
            other => vec![other.clone()],
        };
        // A denial in one document may cut into the others, and is then said to be undecided.
        let allows = |document: &&Value| !document.to_string().contains("Deny");
        let others: Vec<&Value> = documents.iter().filter(allows).collect();
        let pairs: Vec<(Value, Value)> = contained
            .iter()
            .enumerate()
            .filter(|(_, (approved, planned))| allows(&approved) && allows(&planned))
            .map(|(at, (approved, planned))| {
                let mut union = list(approved);
                union.extend(list(others[at * 7 % others.len()]));
                (union.into(), planned.clone())
            })
            .collect();
        all_contained("a further approval", provider, &pairs);
    }
}

#[test]
fn a_plan_with_less_in_it_stays_within() {
    const LISTS: &[&str] = &[
        "Action",
        "Resource",
        "AWS",
        "actions",
        "dataActions",
        "permissions",
        "verbs",
        "members",
        "resourceNames",
    ];
    for provider in PROVIDERS {
        let (_, contained) = documents(provider);
        // A denial with less in it is a plan with more in it.
        let allows = |planned: &Value| !planned.to_string().contains("Deny");
        let pairs: Vec<(Value, Value)> = contained
            .into_iter()
            .filter(|(_, planned)| allows(planned))
            .map(|(approved, planned)| (approved, narrowed(&planned, LISTS)))
            .collect();
        all_contained("a narrower plan", provider, &pairs);
    }
}

#[test]
fn words_without_case_may_be_in_capitals() {
    let members = BTreeMap::from([
        ("aws", vec!["Action", "NotAction"]),
        ("azure", vec!["actions", "notActions", "dataActions", "notDataActions", "roleName", "members"]),
        ("azuread", vec!["role"]),
        ("github", vec!["resource"]),
    ]);
    for (provider, members) in members {
        let (documents, _) = documents(provider);
        let both = |one: &Value| {
            let loud = shouted(one, &members, false);
            [(one.clone(), loud.clone()), (loud, one.clone())]
        };
        all_contained("case", provider, &documents.iter().flat_map(both).collect::<Vec<_>>());
    }
}
