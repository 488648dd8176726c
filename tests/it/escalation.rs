//! Each way to raise one's own rights, met and not met: `testdata/escalation/DIALECT.jsonl`.
//!
//! A line names a way, grants that give it (`fires`) and grants that come close and do not (`quiet`).

use std::collections::BTreeMap;
use std::fs;

use countersign::escalation::{Escalation, Holdings, find_paths, held_permissions};
use countersign::lower::{Dialect, DocumentFormat, Side, Terms, Text, lower};
use serde_json::Value;

fn texts(value: &Value) -> Vec<Text> {
    value.as_array().into_iter().flatten().map(|word| Text::known(word.as_str().unwrap())).collect()
}

fn terms(dialect: Dialect, grant: &Value) -> Terms {
    let known =
        ["holder", "actions", "not_actions", "data_actions", "roles", "resources", "expression", "document"];
    assert!(grant.as_object().unwrap().keys().all(|key| known.contains(&key.as_str())), "{grant}");
    let format =
        if dialect == Dialect::Aws { DocumentFormat::AwsPolicy } else { DocumentFormat::KubernetesRules };
    let document = grant.get("document").map(|text| countersign::json::parse(&text.to_string()).unwrap());
    Terms {
        principals: grant["holder"].as_str().map(Text::known).into_iter().collect(),
        actions: texts(&grant["actions"]),
        not_actions: texts(&grant["not_actions"]),
        data_actions: texts(&grant["data_actions"]),
        roles: texts(&grant["roles"]),
        resources: texts(&grant["resources"]),
        expression: grant["expression"].as_str().map(Text::known),
        document: document.map(|document| (format, document.into())),
        ..Terms::default()
    }
}

/// What the grants give together; each is called by its place.
fn escalations(dialect: Dialect, grants: &Value) -> Vec<Escalation> {
    let mut holdings = Holdings::default();
    for (at, grant) in grants.as_array().unwrap().iter().enumerate() {
        let terms = terms(dialect, grant);
        let lowered = lower(dialect, Side::Planned, &terms);
        assert!(lowered.doubts.is_empty(), "{grant}: {:?}", lowered.doubts);
        let held = held_permissions(dialect, &terms.principals, &lowered.access);
        holdings.add(dialect, &format!("grant.{at}"), true, held);
    }
    holdings.escalations()
}

#[test]
fn every_line_of_the_table_is_read() {
    assert!(find_paths().unread.is_empty(), "{:#?}", find_paths().unread);
    for path in find_paths().all() {
        assert!(path.source.starts_with("https://"), "{}", path.name);
        assert!(!path.name.is_empty() && !path.effect.is_empty(), "{}", path.name);
    }
}

#[test]
fn every_way_is_met_by_what_gives_it_and_by_nothing_near() {
    let mut missing: BTreeMap<(Dialect, String), &'static str> =
        find_paths().all().map(|path| ((path.dialect, path.name.clone()), "has no case")).collect();
    assert!(missing.len() > 100, "the table is not where it should be");
    let mut wrong = Vec::new();
    for (dialect, word) in Dialect::ALL {
        let Ok(text) = fs::read_to_string(format!("testdata/escalation/{word}.jsonl")) else { continue };
        for line in text.lines() {
            let case: Value = serde_json::from_str(line).unwrap();
            let name = case["path"].as_str().unwrap();
            let key = (dialect, name.to_owned());
            assert_eq!(
                missing.remove(&key),
                Some("has no case"),
                "{word}: `{name}` is no way, or stands twice"
            );
            let fires = escalations(dialect, &case["fires"]);
            let quiet = escalations(dialect, &case["quiet"]);
            let of = |found: &[Escalation]| {
                found.iter().filter(|found| found.path == name).cloned().collect::<Vec<_>>()
            };
            match of(&fires).as_slice() {
                [one] if one.certain && !one.permissions.is_empty() && !one.addresses.is_empty() => {}
                other => wrong.push(format!("{word}: `{name}` is not met once: {other:?}")),
            }
            if !of(&quiet).is_empty() {
                wrong.push(format!("{word}: `{name}` is met by what is only near it"));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is said of a way is what a reader knows: names, and where each permission comes from.
#[test]
fn permissions_are_called_by_name_and_by_grant() {
    let grants = serde_json::json!([{"holder": "app", "roles": ["9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8"], "resources": ["/"]}]);
    let found = escalations(Dialect::Azuread, &grants);
    assert_eq!(found[0].permissions, ["RoleManagement.ReadWrite.Directory"]);
    let pass = |service: &str| {
        serde_json::json!({"holder": "r", "document": {"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*",
             "Condition": {"StringLike": {"iam:PassedToService": service}}}]}})
    };
    let run = serde_json::json!({"holder": "r", "document": {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*"}]}});
    let found = escalations(Dialect::Aws, &serde_json::json!([pass("ec2.*"), run.clone()]));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].permissions, ["iam:PassRole", "ec2:RunInstances"]);
    assert_eq!(found[0].addresses, ["grant.0", "grant.1"]);
    assert!(escalations(Dialect::Aws, &serde_json::json!([pass("lambda.*"), run])).is_empty());
}

/// A delegation that a condition keeps to roles which give little away raises nothing.
#[test]
fn a_condition_bounds_what_may_be_given_away() {
    let may_assign = |roles: &str| {
        let expression = format!(
            "(!(ActionMatches{{'Microsoft.Authorization/roleAssignments/write'}})) OR \
             (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] {roles})"
        );
        let grants = serde_json::json!([{"holder": "a", "resources": ["/subscriptions/s"], "expression": expression,
            "actions": ["Microsoft.Authorization/roleAssignments/write"]}]);
        escalations(Dialect::Azure, &grants).len()
    };
    let (reader, owner) = ("acdd72a7-3385-48ef-bd42-f606fba81ae7", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635");
    assert_eq!(may_assign(&format!("ForAnyOfAnyValues:GuidEquals {{{reader}}}")), 0);
    assert_eq!(may_assign(&format!("ForAnyOfAnyValues:GuidEquals {{{reader}, {owner}}}")), 1);
    // Other privileged roles are left.
    assert_eq!(may_assign(&format!("ForAnyOfAllValues:GuidNotEquals {{{owner}}}")), 1);
}

/// What depends on something that can't be read is said to be uncertain, and what adds no access raises nothing.
#[test]
fn doubt_and_old_access_are_told_apart() {
    let grants = serde_json::json!([{"holder": "a", "actions": ["Microsoft.Authorization/roleAssignments/write"],
        "expression": "@Request[x] StringEquals @Principal[y]", "resources": ["/subscriptions/s"]}]);
    let found = escalations(Dialect::Azure, &grants);
    assert_eq!(found.len(), 1);
    assert!(!found[0].certain);
    let terms = terms(Dialect::Azure, &grants[0]);
    let lowered = lower(Dialect::Azure, Side::Planned, &terms);
    let mut holdings = Holdings::default();
    holdings.add(
        Dialect::Azure,
        "old",
        false,
        held_permissions(Dialect::Azure, &terms.principals, &lowered.access),
    );
    assert!(holdings.escalations().is_empty());
}
