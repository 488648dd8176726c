//! What AWS documents mean, said as containment: the shortest way to see that a rule of the language is kept.

use crate::lower::{Dialect, DocumentFormat, Lowered, Side, TermCondition, Terms, Text, TextPart, lower};
use crate::value::{UnknownOrigin, Value};
use access_algebra::{Access, Containment, HoleKind, contains};

mod generated_words;
mod global_keys;
mod open_documents;

const EXCEEDS: &str = "exceeds";
const CONTAINED: &str = "contained";

fn document(side: Side, text: &str) -> Lowered {
    let document = Some((DocumentFormat::AwsPolicy, Value::String(text.into()).into()));
    lower(Dialect::Aws, side, &Terms { document, ..Terms::default() })
}

fn policy(side: Side, statements: &str) -> Access {
    let text = format!(r#"{{"Version":"2012-10-17","Statement":[{statements}]}}"#);
    let lowered = document(side, &text);
    assert!(lowered.doubts.is_empty(), "{text}: {:?}", lowered.doubts);
    lowered.access
}

fn said(approved: &Access, planned: &Access) -> String {
    match contains(approved, planned) {
        Containment::Contained => CONTAINED.to_owned(),
        Containment::Exceeds(_) => EXCEEDS.to_owned(),
        Containment::Undecided(reason) => format!("{reason:?}"),
    }
}

#[track_caller]
fn check(approved: &str, planned: &str, expected: &str) {
    let answer = said(&policy(Side::Approved, approved), &policy(Side::Planned, planned));
    assert!(answer.contains(expected), "{planned}\nin {approved}\nis {answer}");
}

fn allow(action: &str, resource: &str) -> String {
    format!(r#"{{"Effect":"Allow","Action":"{action}","Resource":"{resource}"}}"#)
}

fn deny(action: &str, resource: &str) -> String {
    format!(r#"{{"Effect":"Deny","Action":"{action}","Resource":"{resource}"}}"#)
}

fn when(condition: &str) -> String {
    format!(r#"{{"Effect":"Allow","Action":"*","Resource":"*","Condition":{{{condition}}}}}"#)
}

fn unless(condition: &str) -> String {
    format!(r#"{{"Effect":"Deny","Action":"*","Resource":"*","Condition":{{{condition}}}}}"#)
}

#[test]
fn actions_are_read_in_any_case() {
    check(&allow("s3:GetObject", "*"), &allow("S3:getobject", "*"), CONTAINED);
    check(&allow("s3:Get*", "*"), &allow("s3:GetObject?", "*"), CONTAINED);
    check(&allow("s3:Get?*", "*"), &allow("s3:Get*", "*"), EXCEEDS);
    check(&allow("arn", "*"), r#"{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}"#, EXCEEDS);
}

#[test]
fn wildcards_stay_within_segments() {
    let stack = "arn:aws:cloudformation:*:*:stack/a/*";
    check(
        &allow("*", stack),
        &allow("*", "arn:aws:cloudformation:eu-west-1:111122223333:stack/a/b:c"),
        CONTAINED,
    );
    let mine = format!("{},{}", allow("*", "*"), deny("*", "arn:aws:cloudformation:*:*:stack/Mine/*"));
    check(&mine, &allow("*", "arn:aws:cloudformation:*:*:stack/NotMine/*"), CONTAINED);
}

#[test]
fn resources_are_read_in_their_case() {
    check(
        &allow("*", "arn:aws:iam::111122223333:user/Ana"),
        &allow("*", "arn:aws:iam::111122223333:user/ana"),
        EXCEEDS,
    );
    check(&allow("*", "arn:aws:s3:*"), &allow("*", "arn:aws:s3:::b/x"), CONTAINED);
    check(&allow("*", "arn:aws:s3:::b/*"), &allow("*", "arn:aws:s3:::b"), EXCEEDS);
}

#[test]
fn the_union_of_statements_covers() {
    let union = format!("{},{}", allow("s3:Get*", "*"), allow("s3:Put*", "*"));
    check(&union, r#"{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"*"}"#, CONTAINED);
    check(&union, &allow("s3:*", "*"), EXCEEDS);
    let halves =
        format!("{},{}", when(r#""StringEquals":{"aws:x":"a"}"#), when(r#""StringNotEquals":{"aws:x":"a"}"#));
    check(&halves, &allow("*", "*"), CONTAINED);
}

#[test]
fn denials_take_away_on_both_sides() {
    let guarded = format!("{},{}", allow("*", "*"), deny("*", "arn:aws:s3:::b/secret/*"));
    check(&guarded, &allow("s3:GetObject", "arn:aws:s3:::b/*"), EXCEEDS);
    check(&guarded, &allow("s3:GetObject", "arn:aws:s3:::b/public/*"), CONTAINED);
    let planned = format!("{},{}", allow("s3:GetObject", "arn:aws:s3:::b/*"), deny("*", "arn:aws:s3:::b/s*"));
    check(&guarded, &planned, CONTAINED);
}

#[test]
fn variables_equal_themselves() {
    let home = allow("*", "arn:aws:s3:::b/${aws:username}/*");
    check(&home, &home.replace("/*\"", "/x\""), CONTAINED);
    check(&allow("*", "arn:aws:s3:::b/*"), &home, CONTAINED);
    check(&home, &allow("*", "arn:aws:s3:::b/ana/*"), EXCEEDS);
    check(&allow("*", "arn:aws:s3:::b/ana/*"), &home, EXCEEDS);
    check(&allow("*", "arn:aws:s3:::b/?????/*"), &home, EXCEEDS);
    let but_admin = format!("{},{}", allow("*", "*"), deny("*", "arn:aws:s3:::b/admin/*"));
    check(&but_admin, &home, EXCEEDS);
    let pinned = r#"{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::b/${aws:username}/*","Condition":{"StringEquals":{"aws:username":"ana"}}}"#;
    check(&allow("*", "arn:aws:s3:::b/ana/*"), pinned, CONTAINED);
    check(&allow("*", "arn:aws:s3:::b/max/*"), pinned, EXCEEDS);
}

#[test]
fn a_variable_may_hit_a_literal() {
    let approved = when(r#""StringNotEquals":{"aws:x":"${aws:y}"}"#);
    check(&approved, &when(r#""StringEquals":{"aws:x":"a"}"#), EXCEEDS);
    check(&approved, &approved, CONTAINED);
}

#[test]
fn variables_are_text_in_the_old_version() {
    let text =
        r#"{"Statement":{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::b/${aws:username}/*"}}"#;
    let (old, new) = (
        document(Side::Planned, text).access,
        policy(Side::Approved, &allow("*", "arn:aws:s3:::b/${aws:username}/*")),
    );
    assert_eq!(said(&new, &old), EXCEEDS);
}

#[test]
fn missing_keys_satisfy_what_aws_says() {
    let open = allow("*", "*");
    let corp = unless(r#""NotIpAddress":{"aws:SourceIp":"10.0.0.0/8"}"#);
    check(&when(r#""IpAddress":{"aws:SourceIp":"10.0.0.0/8"}"#), &format!("{open},{corp}"), CONTAINED);
    let corp_if = unless(r#""Bool":{"aws:SecureTransport":"false"}"#);
    check(&when(r#""Bool":{"aws:SecureTransport":"true"}"#), &format!("{open},{corp_if}"), EXCEEDS);
    check(&when(r#""BoolIfExists":{"aws:SecureTransport":"true"}"#), &format!("{open},{corp_if}"), CONTAINED);
    check(&when(r#""StringEqualsIfExists":{"k":"a"}"#), &when(r#""Null":{"K":"true"}"#), CONTAINED);
    check(&when(r#""StringEquals":{"k":"a"}"#), &when(r#""StringEqualsIfExists":{"k":"a"}"#), EXCEEDS);
    check(&when(r#""ForAllValues:StringEquals":{"k":["a","b"]}"#), &when(r#""Null":{"k":true}"#), CONTAINED);
    check(
        &when(r#""ForAnyValue:StringLike":{"k":"*"}"#),
        &when(r#""ForAllValues:StringEquals":{"k":"a"}"#),
        EXCEEDS,
    );
}

#[test]
fn set_operators_range_over_values() {
    let (any_a, any_b) =
        (r#""ForAnyValue:StringEquals":{"k":"a"}"#, r#""ForAnyValue:StringEquals":{"K":"b"}"#);
    check(&when(any_a), &when(r#""StringEquals":{"k":"a"}"#), CONTAINED);
    check(&when(r#""StringEquals":{"k":"a"}"#), &when(any_a), EXCEEDS);
    check(
        &when(r#""ForAnyValue:StringEquals":{"k":["a","b"]}"#),
        &format!("{},{}", when(any_a), when(any_b)),
        CONTAINED,
    );
    check(&when(r#""ForAllValues:StringEquals":{"k":["a"]}"#), &when(any_a), EXCEEDS);
}

#[test]
fn numbers_dates_and_addresses_are_compared_as_what_they_are() {
    check(
        &when(r#""NumericLessThan":{"k":"10"}"#),
        &when(r#""NumericLessThanEquals":{"k":9.99}"#),
        CONTAINED,
    );
    check(&when(r#""NumericLessThan":{"k":"10"}"#), &when(r#""NumericLessThanEquals":{"k":"1e1"}"#), EXCEEDS);
    check(
        &when(r#""DateLessThan":{"aws:CurrentTime":"2027-01-01"}"#),
        &when(r#""DateLessThan":{"aws:EpochTime":"1767225600"}"#),
        CONTAINED,
    );
    check(
        &when(r#""IpAddress":{"k":"::ffff:10.0.0.0/104"}"#),
        &when(r#""IpAddress":{"k":"10.9.9.9"}"#),
        "OpaqueCondition",
    );
    check(
        &when(r#""IpAddress":{"k":"10.0.0.0/8"}"#),
        &when(r#""IpAddress":{"k":["10.0.0.1","2001:db8::/32"]}"#),
        EXCEEDS,
    );
}

#[test]
fn what_cannot_be_read_equals_itself_and_no_more() {
    let odd = when(r#""StringResembles":{"k":["b","a"]}"#);
    check(&odd, &when(r#""StringResembles":{"K":["a","b"]}"#), CONTAINED);
    check(&odd, &allow("*", "*"), "OpaqueCondition");
    check(&allow("*", "*"), &odd, CONTAINED);
    check(&when(r#""NumericEquals":{"k":"ten"}"#), &allow("*", "*"), "OpaqueCondition");
}

#[test]
fn principals_cannot_pass_for_each_other() {
    let trust = |principal: &str| {
        format!(r#"{{"Effect":"Allow","Principal":{principal},"Action":"sts:AssumeRole"}}"#)
    };
    let role = r#"{"AWS":"arn:aws:iam::111122223333:role/a"}"#;
    check(&trust(r#""*""#), &trust(role), CONTAINED);
    check(&trust(r#"{"AWS":"111122223333"}"#), &trust(role), CONTAINED);
    check(
        &trust(r#"{"AWS":"111122223333"}"#),
        &trust(r#"{"AWS":"arn:aws:iam::111122223333:root"}"#),
        CONTAINED,
    );
    check(&trust(role), &trust(r#"{"AWS":"111122223333"}"#), EXCEEDS);
    check(&trust(role), &trust(r#"{"AWS":"arn:aws:iam::111122223333:role/path/a"}"#), CONTAINED);
    check(
        &trust(r#"{"Service":"ec2.amazonaws.com"}"#),
        &trust(r#"{"Federated":"ec2.amazonaws.com"}"#),
        EXCEEDS,
    );
}

#[test]
fn not_principal_spares_only_whose_account_is_listed() {
    let not = |listed: &str| {
        format!(r#"{{"Effect":"Deny","NotPrincipal":{{"AWS":[{listed}]}},"Action":"*","Resource":"*"}}"#)
    };
    let all = r#"{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}"#;
    let role = r#"{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/a"},"Action":"*","Resource":"*"}"#;
    let half = not(r#""arn:aws:iam::111122223333:role/a""#);
    let full = not(r#""arn:aws:iam::111122223333:role/a","111122223333""#);
    check(&format!("{all},{full}"), role, CONTAINED);
    check(&format!("{all},{half}"), role, "OpaqueCondition");
    check(&format!("{all},{half}"), &format!("{role},{half}"), CONTAINED);
    check(role, &format!("{all},{half}"), CONTAINED);
}

#[test]
fn malformed_documents_are_doubted() {
    for text in [
        "",
        "{}",
        r#"{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*","condition":{}}]}"#,
        r#"{"Statement":[{"Effect":"allow","Action":"*","Resource":"*"}]}"#,
        r#"{"Statement":[{"Effect":"Allow","Action":"*","NotAction":"a","Resource":"*"}]}"#,
        r#"{"Statement":[{"Effect":"Allow","Effect":"Deny","Action":"*","Resource":"*"}]}"#,
        r#"{"Version":"2013-01-01","Statement":[]}"#,
        r#"{"Statement":[{"Effect":"Allow","Action":"*","Resource":"b/*"}]}"#,
        r#"{"Statement":[{"Effect":"Allow","Action":null,"Resource":"*"}]}"#,
        r#"{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::1:role/*"},"Action":"*"}]}"#,
    ] {
        let planned = document(Side::Planned, text);
        assert_eq!(planned.doubts.len(), 1, "{text}");
        assert_ne!(said(&policy(Side::Approved, &allow("s3:*", "*")), &planned.access), CONTAINED, "{text}");
        let approved = document(Side::Approved, text);
        if approved.doubts.is_empty() {
            assert!(text.contains("role/*"), "{text}");
        } else {
            assert!(approved.access.statements.is_empty(), "{text}");
        }
    }
}

#[test]
fn unknown_parts_are_covered_by_whatever_they_are() {
    let arguments = |resource: Value| {
        let statement = Value::Object(vec![
            ("actions".into(), Value::List(vec![Value::String("s3:GetObject".into())])),
            ("resources".into(), Value::List(vec![resource])),
        ]);
        let document = Value::Object(vec![("statement".into(), Value::List(vec![statement]))]);
        let document = Some((DocumentFormat::AwsPolicyArguments, document.into()));
        lower(Dialect::Aws, Side::Planned, &Terms { document, ..Terms::default() }).access
    };
    let unknown = arguments(Value::Unknown(UnknownOrigin::attribute("aws_s3_bucket.b", "arn")));
    assert_eq!(said(&policy(Side::Approved, &allow("s3:*", "*")), &unknown), CONTAINED);
    let narrow = policy(Side::Approved, &allow("s3:*", "arn:aws:s3:::b"));
    assert_eq!(said(&narrow, &unknown), r#"UnknownValue { value: "aws_s3_bucket.b.arn" }"#);
    let known = arguments(Value::String("arn:aws:s3:::c/&{aws:username}".into()));
    assert_eq!(
        said(&policy(Side::Approved, &allow("s3:*", "arn:aws:s3:::c/${aws:username}")), &known),
        CONTAINED
    );
    assert_eq!(said(&narrow, &known), EXCEEDS);
}

#[test]
fn a_missing_fact_is_named() {
    let arn = Text {
        parts: vec![
            TextPart::Known("arn:aws:iam::".into()),
            Text::hole(HoleKind::Fact, "aws.account").parts.remove(0),
            TextPart::Known(":role/ci".into()),
        ],
        ..Text::default()
    };
    let words = |side, principal: Text| {
        let terms = Terms {
            principals: vec![principal],
            actions: vec![Text::known("s3:*")],
            resources: vec![Text::known("*")],
            ..Terms::default()
        };
        lower(Dialect::Aws, side, &terms).access
    };
    let planned = words(Side::Planned, arn);
    let approved = words(Side::Approved, Text::known("arn:aws:iam::111122223333:role/ci"));
    assert_eq!(said(&approved, &planned), r#"MissingFact { fact: "aws.account" }"#);
    assert_eq!(said(&words(Side::Approved, Text::known("*")), &planned), CONTAINED);
}

#[test]
fn words_without_a_document_mean_their_product() {
    let terms = |principal: &str, roles: &[&str], key: &str| Terms {
        principals: vec![Text::known(principal)],
        roles: roles.iter().map(|role| Text::known(role)).collect(),
        conditions: vec![TermCondition {
            operator: "StringEquals".to_owned(),
            key: Text::known(key),
            values: vec![Text::known("x")],
        }],
        ..Terms::default()
    };
    let planned =
        |principal, role| lower(Dialect::Aws, Side::Planned, &terms(principal, &[role], "AWS:k")).access;
    let role = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    let approved = lower(Dialect::Aws, Side::Approved, &terms("ec2.amazonaws.com", &[role], "aws:K")).access;
    assert_eq!(said(&approved, &planned("Service:ec2.amazonaws.com", role)), CONTAINED);
    assert_eq!(said(&approved, &planned("Federated:ec2.amazonaws.com", role)), EXCEEDS);
    assert_eq!(
        said(&approved, &planned("ec2.amazonaws.com", "arn:aws:iam::aws:policy/AdministratorAccess")),
        EXCEEDS
    );
    let nobody =
        lower(Dialect::Aws, Side::Approved, &Terms { roles: vec![Text::known(role)], ..Terms::default() });
    assert!(nobody.access.statements.is_empty() && nobody.doubts.len() == 1);
}

/// A policy speaks of AWS's actions alone: its `*` is neither a credential nor the name of a role of ours.
#[test]
fn everything_in_a_policy_is_within_everything_approved() {
    let who = || vec![Text::known("arn:aws:iam::111122223333:role/ci")];
    let everything = r#"{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},
        {"Effect":"Allow","NotAction":"iam:*","Resource":"*"}]}"#;
    let document = Some((DocumentFormat::AwsPolicy, Value::String(everything.into()).into()));
    let written = Terms { principals: who(), document, ..Terms::default() };
    let said_so = Terms { principals: who(), actions: vec![Text::known("*")], ..Terms::default() };
    let credential = Terms {
        principals: who(),
        actions: vec![Text::known("credential:aws_iam_access_key")],
        ..Terms::default()
    };
    let role = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";
    let role = Terms { principals: who(), roles: vec![Text::known(role)], ..Terms::default() };
    let access = |side: Side, terms: &Terms| lower(Dialect::Aws, side, terms).access;
    let in_policy = access(Side::Approved, &written);
    assert_eq!(said(&in_policy, &access(Side::Planned, &role)), EXCEEDS);
    for approved in [&said_so, &written] {
        let approved = access(Side::Approved, approved);
        assert_eq!(said(&approved, &access(Side::Planned, &written)), CONTAINED);
        assert_eq!(said(&approved, &access(Side::Planned, &credential)), EXCEEDS);
    }
}

/// A role's name is no action of a service that begins like it.
#[test]
fn a_wildcard_in_a_service_reaches_no_role() {
    let granted = |side: Side, actions: &[&str], roles: &[&str]| {
        let texts = |words: &[&str]| words.iter().map(|word| Text::known(word)).collect();
        let principals = texts(&["arn:aws:iam::111122223333:role/ci"]);
        let terms = Terms { principals, actions: texts(actions), roles: texts(roles), ..Terms::default() };
        lower(Dialect::Aws, side, &terms).access
    };
    let admin = granted(Side::Planned, &[], &["arn:aws:iam::aws:policy/AdministratorAccess"]);
    for (actions, expected) in [
        (["a*:*"], EXCEEDS),
        (["ar*"], EXCEEDS),
        (["?rn:*"], EXCEEDS),
        (["*:*policy*"], EXCEEDS),
        (["*"], CONTAINED),
        (["*:*"], CONTAINED),
    ] {
        assert_eq!(said(&granted(Side::Approved, &actions, &[]), &admin), expected, "{actions:?}");
    }
    let acm = granted(Side::Planned, &["acm:ListCertificates"], &[]);
    assert_eq!(said(&granted(Side::Approved, &["a*:List*"], &[]), &acm), CONTAINED);
}
