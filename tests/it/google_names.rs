//! A binding names the object that the provider would bind, whatever text names it.
//!
//! `testdata/google-names.json` holds, for each family of `google_*_iam_*`, the patterns with which the provider reads a
//! name, in its order, and the URL that it makes of what they find (google/services/*/iam_*.go of hashicorp/google-beta
//! 6.50.0, of newer families 7.45.0, MPL-2.0). The test reads a name by them, as the provider does, and by the rule: what the rule decides is what
//! the provider binds. The provider looks for its patterns anywhere in a text.

use std::collections::BTreeMap;

use countersign::grants::{Grant, collect};
use countersign::plan::Plan;
use countersign::report::grants::access_lines;
use countersign::resolve::facts::StatedFacts;
use countersign::rules::{self, Rules};
use regex::Regex;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Family {
    r#type: String,
    arguments: Vec<String>,
    named_by: String,
    patterns: Vec<String>,
    bound: String,
}

fn families() -> Vec<Family> {
    serde_json::from_str(include_str!("../../testdata/google-names.json")).unwrap()
}

/// Texts with which an argument is read that does not name the object: whole names, names within names and dots.
const OTHER_NAMES: usize = 17;

/// A plain value of an argument.
fn plain(family: &Family, argument: &str) -> String {
    match argument {
        "project" => "own".to_owned(),
        "location" | "region" => "europe-west1".to_owned(),
        "zone" => "europe-west1-b".to_owned(),
        "org_id" if family.r#type == "apigee_environment" => "organizations/o".to_owned(),
        "parent" => "projects/own".to_owned(),
        "dataset" => "projects/own/locations/europe-west1/datasets/d".to_owned(),
        "featurestore" if family.arguments.len() == 2 => {
            "projects/own/locations/europe-west1/featurestores/f".to_owned()
        }
        other => format!("{}-1", other.replace('_', "-")),
    }
}

fn fill(template: &str, values: &BTreeMap<String, String>) -> String {
    let hole = Regex::new("[{]([a-z_]+)[}]").unwrap();
    hole.replace_all(template, |found: &regex::Captures<'_>| {
        values.get(&found[1]).cloned().unwrap_or_default()
    })
    .into_owned()
}

/// The collections with which a resource name begins. The API refuses a path that begins with anything else.
const COLLECTIONS: [&str; 9] = [
    "accessPolicies",
    "billingAccounts",
    "folders",
    "locations",
    "organizations",
    "projects",
    "services",
    "tagKeys",
    "tagValues",
];

/// What the provider binds on. `None` where no pattern finds anything or the API knows no such path, so that the apply
/// fails.
fn bound_by_provider(
    family: &Family,
    patterns: &[Regex],
    arguments: &BTreeMap<String, String>,
) -> Option<String> {
    let mut values = arguments.clone();
    values.entry("project".to_owned()).or_insert_with(|| "own".to_owned());
    let name = &arguments[&family.named_by];
    let found = patterns.iter().find_map(|pattern| {
        let captures = pattern.captures(name)?;
        let names = pattern.capture_names().flatten();
        Some(names.map(|part| (part.to_owned(), captures[part].to_owned())).collect::<Vec<_>>())
    });
    match found {
        Some(found) => values.extend(found),
        None if !patterns.is_empty() && family.r#type != "pubsub_subscription" => return None,
        None => {}
    }
    let bound = fill(&family.bound, &values);
    let collection = bound.split('/').nth(3).unwrap_or_default();
    (family.r#type == "storage_bucket" || COLLECTIONS.contains(&collection)).then_some(bound)
}

/// What the rule says of each choice of arguments. `None` where it is undecided.
fn bound_by_rule(
    family: &Family,
    choices: &[BTreeMap<String, String>],
    rules: &Rules,
) -> Vec<Option<String>> {
    let type_name = format!("google_{}_iam_member", family.r#type);
    let (mut changes, mut blocks) = (Vec::new(), Vec::new());
    for (at, arguments) in choices.iter().enumerate() {
        let mut after = json!(arguments);
        after["member"] = json!("user:ana@acme.com");
        after["role"] = json!("roles/viewer");
        let expressions: BTreeMap<&String, Value> =
            after.as_object().unwrap().keys().map(|key| (key, json!({}))).collect();
        let address = format!("{type_name}.x{at}");
        blocks.push(json!({"address": address, "expressions": expressions}));
        changes.push(json!({
            "address": address, "mode": "managed", "type": type_name, "name": format!("x{at}"),
            "provider_name": "registry.terraform.io/hashicorp/google-beta",
            "change": {"actions": ["create"], "before": null, "after": after, "after_unknown": {}},
        }));
    }
    let plan = json!({
        "format_version": "1.2", "resource_changes": changes,
        "configuration": {"root_module": {"resources": blocks}},
    });
    let facts: StatedFacts = serde_json::from_value(json!({"google.project": "own"})).unwrap();
    let text = plan.to_string();
    let inventory = collect(&Plan::read(&text).unwrap(), rules, &facts).unwrap();
    let mut bound = vec![None; choices.len()];
    for grant in &inventory.grants {
        let at: usize = grant.origin.address.rsplit('x').next().unwrap().parse().unwrap();
        bound[at] = resource_of(grant);
    }
    bound
}

/// The resource of a grant, where all of it is known.
fn resource_of(grant: &Grant) -> Option<String> {
    let lines = access_lines(grant);
    let [line] = lines.as_slice() else { panic!("{lines:?}") };
    let (_, resources) = line.split_once(" on ").unwrap();
    let resource = resources.split(", ").next().unwrap();
    // A part in braces is one that nobody knows.
    let is_known = grant.doubts().next().is_none() && !resource.contains("${");
    is_known.then(|| resource.to_owned())
}

/// The whole name of an object, as the provider itself writes it.
fn whole_name(family: &Family, arguments: &BTreeMap<String, String>, project: &str) -> String {
    let mut values = arguments.clone();
    values.insert("project".to_owned(), project.to_owned());
    for (part, value) in
        [("location", "europe-west1"), ("ring", "r"), ("key", "k"), ("dataset", "d"), ("store", "s")]
    {
        values.entry(part.to_owned()).or_insert_with(|| value.to_owned());
    }
    let whole = match family.r#type.as_str() {
        "data_catalog_policy_tag" => "projects/{project}/locations/l/taxonomies/1/policyTags/2",
        "service_directory_namespace" => "projects/{project}/locations/l/namespaces/n",
        "service_directory_service" => "projects/{project}/locations/l/namespaces/n/services/s",
        _ => family.bound.splitn(4, '/').nth(3).unwrap(),
    };
    fill(whole, &values).replace("projects/own/", &format!("projects/{project}/"))
}

/// Texts that are neither plain nor a whole name.
fn hostile_names(own: &str, other: &str) -> Vec<String> {
    let segments: Vec<&str> = own.split('/').collect();
    let mut texts = vec![
        format!("{own}/"),
        format!("/{own}"),
        format!("{own}/x"),
        format!("x/{own}"),
        format!("{own}/../{}", segments.last().unwrap()),
        format!("{own}?x"),
        format!("{own}#x"),
        format!("{own}%2f.."),
        format!("{own}/{other}"),
        format!("{other}/{own}"),
        format!("x/{other}"),
        format!("{other}/x"),
        format!("../{other}"),
        "..".to_owned(),
        ".".to_owned(),
        String::new(),
        "a/b".to_owned(),
        "a/b/c".to_owned(),
        "a/b/c/d".to_owned(),
        "projects/other".to_owned(),
        "projects//x".to_owned(),
        "//".to_owned(),
        "a b".to_owned(),
        "a*".to_owned(),
    ];
    for at in 0..segments.len() {
        for replacement in ["", ".", "..", "x/y", other] {
            let mut changed = segments.clone();
            changed[at] = replacement;
            texts.push(changed.join("/"));
        }
        let mut doubled = segments.clone();
        doubled.insert(at, segments[at]);
        texts.push(doubled.join("/"));
    }
    texts
}

#[test]
fn a_rule_names_the_object_that_the_provider_binds() {
    let rules = rules::load(Vec::new()).unwrap();
    let mut decided = 0;
    for family in families() {
        let patterns: Vec<Regex> =
            family.patterns.iter().map(|pattern| Regex::new(pattern).unwrap()).collect();
        let plain: BTreeMap<String, String> =
            family.arguments.iter().map(|argument| (argument.clone(), plain(&family, argument))).collect();
        let (own, other) = (whole_name(&family, &plain, "own"), whole_name(&family, &plain, "other"));
        let mut names = vec![own.clone(), other.clone(), plain[&family.named_by].clone()];
        names.extend(hostile_names(&own, &other));
        // What names the object is read with every text, the other arguments with the first ones.
        let count = |argument: &String| if *argument == family.named_by { names.len() } else { OTHER_NAMES };
        let choices: Vec<BTreeMap<String, String>> = family
            .arguments
            .iter()
            .flat_map(|argument| names.iter().take(count(argument)).map(move |name| (argument, name)))
            .map(|(argument, name)| {
                let mut arguments = plain.clone();
                arguments.insert(argument.clone(), name.clone());
                arguments
            })
            .collect();
        let mut seen = 0;
        for (arguments, by_rule) in choices.iter().zip(bound_by_rule(&family, &choices, &rules)) {
            let Some(by_rule) = by_rule else { continue };
            seen += 1;
            // Where the provider finds nothing, nothing is bound.
            if let Some(by_provider) = bound_by_provider(&family, &patterns, arguments) {
                assert_eq!(by_rule, by_provider, "google_{} {arguments:?}", family.r#type);
            }
        }
        assert!(seen > 0, "google_{}: no name is decided", family.r#type);
        decided += seen;
    }
    assert!(decided > 500, "{decided} names are decided");
}

#[test]
fn every_family_stands_in_the_table() {
    let families: Vec<String> =
        families().into_iter().map(|family| format!("google_{}_iam_member", family.r#type)).collect();
    let table = include_str!("../../rules/google/types.table");
    let listed =
        table.lines().filter_map(|line| line.split(' ').next()).filter(|name| name.ends_with("_iam_member"));
    for name in listed {
        let is_read = families.iter().any(|family| family == name);
        let special = ["google_storage_managed_folder_iam_member", "google_service_account_iam_member"];
        assert!(is_read || special.contains(&name), "{name}");
    }
}
