//! A witness is worth reading and stays true: managed policies that exceed one another, each said in real words.

use std::collections::BTreeMap;

use access_algebra::evaluate::{Truth, judge};
use access_algebra::polish::{find_excess, polish};
use access_algebra::{Access, Containment, Context, Request, contains};
use countersign::catalog::{Catalog, Roles, actions, policies};
use countersign::lower::{Dialect, DocumentFormat, Side, Terms, Text, lower};
use countersign::value::Value;

fn document(side: Side, text: &str) -> Access {
    let document = Some((DocumentFormat::AwsPolicy, Value::String(text.into()).into()));
    let principals = vec![Text::known("arn:aws:iam::111122223333:role/ci")];
    lower(Dialect::Aws, side, &Terms { principals, document, ..Terms::default() }).access
}

fn allow(action: &str, resource: &str, condition: &str) -> String {
    format!(
        r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Action": {action}, "Resource": "{resource}", "Condition": {condition}}}}}"#
    )
}

/// The witness of two policies in real words, and the excess.
fn said(approved: &Access, planned: &Access) -> Option<(Request, bool, Vec<String>)> {
    let Containment::Exceeds(witness) = contains(approved, planned) else { return None };
    let catalog = Catalog::default();
    let words = catalog.make_vocabulary(Dialect::Aws, planned, approved, Some("111122223333"));
    let polished = polish(planned, approved, &witness.request, &*words);
    let all = find_excess(planned, approved, &polished.request, &*words);
    Some((polished.request, polished.is_real, all))
}

fn shows(approved: &Access, planned: &Access, request: &Request) -> bool {
    judge(planned, request) == Truth::Yes && judge(approved, request) == Truth::No
}

#[test]
fn every_witness_between_managed_policies_is_true_and_real() {
    let texts: Vec<_> = policies::all().into_iter().step_by(16).map(|policy| policy.document).collect();
    let (mut witnesses, mut real) = (0, 0);
    for pair in texts.windows(2) {
        let (approved, planned) = (document(Side::Approved, pair[0]), document(Side::Planned, pair[1]));
        let Some((request, is_real, all)) = said(&approved, &planned) else { continue };
        assert!(shows(&approved, &planned, &request), "{request:?}");
        assert_eq!(said(&approved, &planned).unwrap().0, request, "not the same twice");
        for action in &all {
            let other = Request { action: action.clone(), ..request.clone() };
            assert!(shows(&approved, &planned, &other), "{other:?}");
        }
        let (prefix, name) = request.action.split_once(':').unwrap();
        let known = actions::find_service(prefix).and_then(|service| service.find_action(name));
        assert_eq!(known.is_some_and(|action| action.name == name), is_real, "{request:?}");
        witnesses += 1;
        real += usize::from(is_real);
    }
    assert!(witnesses > 80 && real * 100 >= witnesses * 95, "{real} of {witnesses} are real");
}

#[test]
fn a_wide_action_becomes_a_real_one_on_what_the_plan_writes() {
    let approved = document(Side::Approved, &allow(r#""s3:GetObject""#, "arn:aws:s3:::b/*", "{}"));
    let planned = document(Side::Planned, &allow(r#""s3:*Object""#, "arn:aws:s3:::b/*", "{}"));
    let (request, is_real, all) = said(&approved, &planned).unwrap();
    assert!(is_real);
    assert_eq!(
        (request.action.as_str(), request.resource.as_str()),
        ("s3:PutObject", "arn:aws:s3:::b/example")
    );
    assert!(
        all.contains(&"s3:DeleteObject".to_owned()) && !all.contains(&"s3:GetObject".to_owned()),
        "{all:?}"
    );
}

/// The account and the region are those that plan and approval write.
#[test]
fn a_resource_is_one_of_its_action_in_the_known_place() {
    let place = "arn:aws:sqs:eu-central-1:444455556666:queue";
    let approved = document(Side::Approved, &allow(r#""sqs:SendMessage""#, place, "{}"));
    let planned =
        document(Side::Planned, &allow(r#"["sqs:SendMessage", "dynamodb:DeleteTable"]"#, "*", "{}"));
    let (request, ..) = said(&approved, &planned).unwrap();
    let at = |account: &str| format!("arn:aws:dynamodb:eu-central-1:{account}:table/example");
    let queue = "arn:aws:sqs:eu-central-1:111122223333:example";
    assert!([at("111122223333").as_str(), queue].contains(&request.resource.as_str()), "{request:?}");
}

#[test]
fn only_the_keys_that_matter_are_left() {
    let condition = r#"{"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}"#;
    let approved = document(Side::Approved, &allow(r#""ec2:StartInstances""#, "*", condition));
    let planned = document(Side::Planned, &allow(r#""ec2:*""#, "*", condition));
    let Containment::Exceeds(witness) = contains(&approved, &planned) else { panic!("it is wider") };
    let mut crowded = witness.request.clone();
    for key in ["aws:sourceip", "aws:username", "ec2:vpc"] {
        crowded.context.insert(key.into(), Context::One("example".to_owned()));
    }
    let catalog = Catalog::default();
    let words = catalog.make_vocabulary(Dialect::Aws, &planned, &approved, None);
    let polished = polish(&planned, &approved, &crowded, &*words).request;
    let region = BTreeMap::from([("aws:requestedregion".into(), Context::One("eu-west-1".to_owned()))]);
    assert_eq!(polished.context, region);
    assert!(shows(&approved, &planned, &polished));
}

#[test]
fn a_key_says_what_it_can_say() {
    let there = r#"{"Null": {"aws:SecureTransport": "false", "s3:ExistingObjectTag/a": "false"}}"#;
    let demands =
        r#"{"Bool": {"aws:SecureTransport": "true"}, "StringEquals": {"s3:ExistingObjectTag/a": "b"}}"#;
    let approved = document(Side::Approved, &allow(r#""s3:GetObject""#, "*", demands));
    let planned = document(Side::Planned, &allow(r#""s3:GetObject""#, "*", there));
    let Containment::Exceeds(witness) = contains(&approved, &planned) else { panic!("it is wider") };
    let catalog = Catalog::default();
    let words = catalog.make_vocabulary(Dialect::Aws, &planned, &approved, None);
    let polished = polish(&planned, &approved, &witness.request, &*words).request;
    assert_eq!(polished.context.get("aws:securetransport"), Some(&Context::One("false".to_owned())));
    assert!(shows(&approved, &planned, &polished));
}

/// What is no witness stays what it is: nothing here can make one.
#[test]
fn a_request_that_shows_nothing_is_left_alone() {
    let access = |side| document(side, &allow(r#""s3:*""#, "*", "{}"));
    let (approved, planned) = (access(Side::Approved), access(Side::Planned));
    let request = Request {
        principal: "arn:aws:iam::111122223333:role/ci".to_owned(),
        action: "s3:example".to_owned(),
        resource: "example".to_owned(),
        context: BTreeMap::from([("aws:username".into(), Context::One("x".to_owned()))]),
    };
    let catalog = Catalog::default();
    let words = catalog.make_vocabulary(Dialect::Aws, &planned, &approved, None);
    let polished = polish(&planned, &approved, &request, &*words);
    assert_eq!((polished.request.clone(), polished.is_real), (request, false));
    assert!(find_excess(&planned, &approved, &polished.request, &*words).is_empty());
}

/// Only actions that do not exist are wider, so the witness can't be a real one.
#[test]
fn an_action_that_may_come_is_not_called_real() {
    let sts = actions::find_service("sts").unwrap();
    let all: Vec<String> = sts.actions.iter().map(|action| format!("\"sts:{}\"", action.name)).collect();
    let approved = document(Side::Approved, &allow(&format!("[{}]", all.join(",")), "*", "{}"));
    let planned = document(Side::Planned, &allow(r#""sts:*""#, "*", "{}"));
    let (request, is_real, all) = said(&approved, &planned).unwrap();
    assert!(!is_real && all.is_empty(), "{request:?}");
    assert!(shows(&approved, &planned, &request));
}

fn granted(dialect: Dialect, side: Side, principal: &str, actions: &[&str], scope: &str) -> Access {
    let terms = Terms {
        principals: vec![Text::known(principal)],
        actions: actions.iter().map(|action| Text::known(action)).collect(),
        resources: vec![Text::known(scope)],
        ..Terms::default()
    };
    lower(dialect, side, &terms).access
}

/// Elsewhere the real actions are those that are written somewhere, as their cloud spells them.
#[test]
fn other_clouds_are_said_in_the_words_of_the_catalogue() {
    let roles = r#"{"schema":"countersign/catalog-v1","date":"2026-08-22","roles":1}
{"dialect":"azure","role":"R","blocks":[{"actions":["Microsoft.Storage/storageAccounts/delete","Microsoft.Storage/storageAccounts/read","Microsoft.Storage/*/action"]}]}"#;
    let catalog = Catalog { own: Some(Roles::read("f", roles).unwrap()) };
    let of = |side, action| granted(Dialect::Azure, side, "0", &[action], "/subscriptions/s");
    let approved = of(Side::Approved, "Microsoft.Storage/*/read");
    let planned = of(Side::Planned, "Microsoft.Storage/*");
    let Containment::Exceeds(witness) = contains(&approved, &planned) else { panic!("it is wider") };
    let words = catalog.make_vocabulary(Dialect::Azure, &planned, &approved, None);
    let polished = polish(&planned, &approved, &witness.request, &*words);
    assert_eq!(polished.request.action, "Microsoft.Storage/storageAccounts/delete");
    assert!(polished.is_real && shows(&approved, &planned, &polished.request));
    let all = find_excess(&planned, &approved, &polished.request, &*words);
    assert_eq!(all, ["Microsoft.Storage/storageAccounts/delete"]);
}

#[test]
fn a_star_of_verbs_is_said_as_a_verb() {
    let catalog = Catalog::default();
    let of = |side, verbs: &[&str]| granted(Dialect::Kubernetes, side, "User:ana", verbs, "namespace/jobs");
    let approved = of(Side::Approved, &["get:/pods", "list:/pods", "watch:/pods"]);
    let planned = of(Side::Planned, &["*:/pods"]);
    let Containment::Exceeds(witness) = contains(&approved, &planned) else { panic!("it is wider") };
    let words = catalog.make_vocabulary(Dialect::Kubernetes, &planned, &approved, None);
    let polished = polish(&planned, &approved, &witness.request, &*words);
    assert!(polished.is_real && shows(&approved, &planned, &polished.request), "{polished:?}");
    let all = find_excess(&planned, &approved, &polished.request, &*words);
    assert!(all.contains(&"delete".to_owned()) && !all.contains(&"watch".to_owned()), "{all:?}");
}
