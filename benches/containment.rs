//! How long a containment question takes: the gate asks one for every grant.

#![allow(clippy::unwrap_used, reason = "a benchmark may stop")]

use access_algebra::{Access, Containment, contains};
use countersign::lower::{Dialect, DocumentFormat, Side, Terms, Text, lower};
use countersign::value::Value;

fn main() {
    divan::main();
}

fn policy(side: Side, text: &str) -> Access {
    let document = Some((DocumentFormat::AwsPolicy, (&Value::String(text.into())).into()));
    lower(Dialect::Aws, side, &Terms { document, ..Terms::default() }).access
}

/// A pair of ordinary size, and what it comes to.
const PAIRS: &[(&str, &str, &str)] = &[
    (
        "contained at a glance",
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["ecr:PutImage","ecr:InitiateLayerUpload","ecr:UploadLayerPart","ecr:CompleteLayerUpload"],"Resource":"arn:aws:ecr:eu-west-1:111122223333:repository/payments-*"}}"#,
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["ecr:PutImage","ecr:UploadLayerPart"],"Resource":"arn:aws:ecr:eu-west-1:111122223333:repository/payments-api"}}"#,
    ),
    (
        "wider in its resource",
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["ecr:PutImage","ecr:UploadLayerPart"],"Resource":"arn:aws:ecr:eu-west-1:111122223333:repository/payments-*"}}"#,
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["ecr:PutImage","ecr:UploadLayerPart"],"Resource":"arn:aws:ecr:eu-west-1:111122223333:repository/*"}}"#,
    ),
    (
        "wider in its condition",
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}}}"#,
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/x"}}"#,
    ),
    (
        "contained in a union, around a denial",
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"arn:aws:s3:::b/*"},{"Effect":"Allow","Action":"s3:Put*","Resource":"arn:aws:s3:::b/*"},{"Effect":"Deny","Action":"*","Resource":"arn:aws:s3:::b/secret/*"}]}"#,
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":["arn:aws:s3:::b/public/*","arn:aws:s3:::b/x"]}}"#,
    ),
];

#[divan::bench(args = [0, 1, 2, 3])]
fn ordinary(bencher: divan::Bencher<'_, '_>, index: usize) {
    let (_, approved, planned) = PAIRS.get(index).unwrap();
    let (approved, planned) = (policy(Side::Approved, approved), policy(Side::Planned, planned));
    assert!(!matches!(contains(&approved, &planned), Containment::Undecided(_)));
    bencher.bench_local(|| contains(divan::black_box(&approved), divan::black_box(&planned)));
}

/// One grant against the union of many approvals for other resources.
#[divan::bench(args = [1, 10, 100])]
fn one_of_many(bencher: divan::Bencher<'_, '_>, approvals: usize) {
    let terms = |number: usize| Terms {
        principals: vec![Text::known("arn:aws:iam::111122223333:role/ci")],
        actions: ["ecr:PutImage", "ecr:UploadLayerPart"].map(Text::known).to_vec(),
        resources: vec![Text::known(&format!(
            "arn:aws:ecr:eu-west-1:111122223333:repository/team-{number}-*"
        ))],
        ..Terms::default()
    };
    let mut approved = Access::default();
    for number in 0..approvals {
        approved.statements.extend(lower(Dialect::Aws, Side::Approved, &terms(number)).access.statements);
    }
    let mut planned = terms(approvals - 1);
    planned.resources =
        vec![Text::known(&planned.resources.first().unwrap().to_string().replace('*', "api"))];
    let planned = lower(Dialect::Aws, Side::Planned, &planned).access;
    assert_eq!(contains(&approved, &planned), Containment::Contained);
    bencher.bench_local(|| contains(divan::black_box(&approved), divan::black_box(&planned)));
}
