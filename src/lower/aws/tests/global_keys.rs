//! Keys that follow from who asks and of what.

use super::{CONTAINED, EXCEEDS, allow, check};

/// `aws:PrincipalArn` and its like follow from who asks, so that they are said either way.
#[test]
fn global_keys_agree_with_the_principal() {
    let trust = |principal: &str, condition: &str| {
        let condition =
            if condition.is_empty() { String::new() } else { format!(r#","Condition":{{{condition}}}"#) };
        format!(r#"{{"Effect":"Allow","Principal":{principal},"Action":"sts:AssumeRole"{condition}}}"#)
    };
    let role = "arn:aws:iam::111122223333:role/a";
    let by_name = trust(&format!(r#"{{"AWS":"{role}"}}"#), "");
    let account = r#"{"AWS":"111122223333"}"#;
    for operator in ["ArnEquals", "ArnLike", "StringEquals", "StringLike", "ForAnyValue:StringEquals"] {
        let by_key = format!(r#""{operator}":{{"aws:PrincipalArn":"{role}"}}"#);
        for principal in [r#""*""#, account] {
            check(&by_name, &trust(principal, &by_key), CONTAINED);
            check(&trust(principal, &by_key), &by_name, CONTAINED);
            check(&trust(principal, &by_key), &trust(principal, &by_key), CONTAINED);
        }
        check(&by_name, &trust(r#""*""#, &by_key.replace("role/a", "role/b")), EXCEEDS);
        check(&trust(r#""*""#, &by_key.replace("role/a", "role/b")), &by_name, EXCEEDS);
    }
    // What looks like it and is not.
    check(
        &by_name,
        &trust(r#""*""#, r#""ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/a*"}"#),
        EXCEEDS,
    );
    check(
        &by_name,
        &trust(r#""*""#, &format!(r#""ArnEqualsIfExists":{{"aws:PrincipalArn":"{role}"}}"#)),
        EXCEEDS,
    );
    check(&by_name, &trust(r#""*""#, &format!(r#""ArnNotEquals":{{"aws:PrincipalArn":"{role}"}}"#)), EXCEEDS);
    check(&by_name, &trust(r#""*""#, &format!(r#""ArnEquals":{{"aws:SourceArn":"{role}"}}"#)), EXCEEDS);
    check(
        &by_name,
        &trust(account, &format!(r#""ForAllValues:StringEquals":{{"aws:PrincipalArn":"{role}"}}"#)),
        EXCEEDS,
    );
    check(&trust(r#""*""#, r#""Null":{"aws:PrincipalArn":"false"}"#), &by_name, CONTAINED);
    let service = trust(r#"{"Service":"ec2.amazonaws.com"}"#, "");
    check(&trust(r#""*""#, r#""Null":{"aws:PrincipalArn":"false"}"#), &service, EXCEEDS);
    check(&trust(r#""*""#, r#""StringLike":{"aws:PrincipalArn":"*"}"#), &service, EXCEEDS);
    check(&trust(r#""*""#, r#""Bool":{"aws:PrincipalIsAWSService":"true"}"#), &service, CONTAINED);
    check(&trust(r#""*""#, r#""Bool":{"aws:PrincipalIsAWSService":"true"}"#), &by_name, EXCEEDS);
    check(&service, &trust(r#""*""#, r#""Bool":{"aws:PrincipalIsAWSService":"true"}"#), EXCEEDS);
    let own = r#""StringEquals":{"aws:PrincipalAccount":"111122223333"}"#;
    check(&trust(account, ""), &trust(r#""*""#, own), CONTAINED);
    check(&trust(r#""*""#, own), &trust(account, ""), CONTAINED);
    check(&trust(r#""*""#, own), &by_name, CONTAINED);
    check(&trust(account, ""), &trust(r#""*""#, &own.replace("3333", "4444")), EXCEEDS);
    check(&trust(r#""*""#, own), &service, EXCEEDS);
    let session = trust(r#"{"AWS":"arn:aws:sts::111122223333:assumed-role/a/s"}"#, "");
    let by_key = trust(r#""*""#, &format!(r#""ArnEquals":{{"aws:PrincipalArn":"{role}"}}"#));
    check(&by_key, &session, EXCEEDS);
    check(&trust(r#""*""#, own), &session, CONTAINED);
}

/// `aws:ResourceAccount` follows from the resource, where its ARN has an account.
#[test]
fn the_account_of_a_resource_agrees_with_its_arn() {
    let in_account = |account: &str, resource: &str| {
        format!(
            r#"{{"Effect":"Allow","Action":"*","Resource":"{resource}","Condition":{{"StringEquals":{{"aws:ResourceAccount":"{account}"}}}}}}"#
        )
    };
    let queue = "arn:aws:sqs:eu-west-1:111122223333:q";
    check(&in_account("111122223333", "*"), &allow("*", queue), CONTAINED);
    check(&in_account("444455556666", "*"), &allow("*", queue), EXCEEDS);
    let own = allow("*", "arn:aws:sqs:*:111122223333:*");
    check(&own, &in_account("111122223333", "arn:aws:sqs:*:?*:*"), CONTAINED);
    check(&own, &in_account("444455556666", "arn:aws:sqs:*:?*:*"), EXCEEDS);
    check(&in_account("111122223333", "*"), &allow("*", "arn:aws:s3:::b"), EXCEEDS);
    check(&allow("*", "arn:aws:s3:::b"), &in_account("111122223333", "arn:aws:s3:::b"), CONTAINED);
}

/// A canonical user is an account under another name, so that nothing says what its principals are.
#[test]
fn the_keys_of_a_canonical_user_are_open() {
    let trust = |principal: &str, condition: &str| {
        format!(
            r#"{{"Effect":"Allow","Principal":{principal},"Action":"sts:AssumeRole","Condition":{{{condition}}}}}"#
        )
    };
    let id = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be";
    let canonical = format!(r#"{{"CanonicalUser":"{id}"}}"#);
    let both = format!(r#"{{"CanonicalUser":"{id}","Service":"ec2.amazonaws.com"}}"#);
    let service = trust(r#"{"Service":"ec2.amazonaws.com"}"#, "");
    for condition in [
        r#""ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/a"}"#,
        r#""StringEquals":{"aws:PrincipalAccount":"111122223333"}"#,
    ] {
        for principal in [&canonical, &both] {
            check(&service, &trust(principal, condition), EXCEEDS);
            check(&trust(principal, ""), &trust(principal, condition), CONTAINED);
            check(&trust(principal, condition), &trust(principal, ""), EXCEEDS);
        }
    }
    check(&service, &trust(&canonical, r#""Bool":{"aws:PrincipalIsAWSService":"true"}"#), CONTAINED);
}

/// A plan attaches to a role by its name, and nobody knows the role's path: a condition on its ARN may hold or not.
#[test]
fn the_arn_of_a_role_without_a_path_is_open_in_a_plan() {
    let role = "arn:aws:iam::111122223333:role/a";
    let planned = |operator: &str, value: &str| {
        format!(
            r#"{{"Effect":"Allow","Principal":{{"AWS":"{role}"}},"Action":"sts:AssumeRole","Condition":{{"{operator}":{{"aws:PrincipalArn":"{value}"}}}}}}"#
        )
    };
    let other = format!(r#"{{"Effect":"Allow","Principal":{{"AWS":"{role}b"}},"Action":"sts:AssumeRole"}}"#);
    let own = other.replace("role/ab", "role/a");
    for (operator, value) in [
        ("ArnNotEquals", "arn:aws:iam::111122223333:role/a"),
        ("StringNotLike", "arn:aws:iam::111122223333:role/a*"),
        ("ArnNotEqualsIfExists", "arn:aws:iam::111122223333:role/a"),
        ("ArnLike", "arn:aws:iam::111122223333:role/team/*"),
        ("StringEquals", "arn:aws:iam::111122223333:role/team/a"),
        ("StringEquals", "arn:aws:iam::111122223333:role/a"),
    ] {
        check(&other, &planned(operator, value), EXCEEDS);
        check(&own, &planned(operator, value), CONTAINED);
    }
}
