//! Documents that are known in parts.

use super::{CONTAINED, EXCEEDS, allow, policy, said};
use crate::lower::{Dialect, DocumentFormat, DocumentValue, Side, Terms, Text, lower};
use access_algebra::{Access, HoleKind};

/// A policy as a tree, in which `«name»` is a value that is known only after apply, and `‹name›` one that is a word.
fn open_policy(side: Side, text: &str) -> Access {
    let parsed = crate::json::parse(text).unwrap();
    let document = Some((DocumentFormat::AwsPolicy, with_holes(&DocumentValue::from(&parsed))));
    let lowered = lower(Dialect::Aws, side, &Terms { document, ..Terms::default() });
    assert!(lowered.doubts.is_empty(), "{text}: {:?}", lowered.doubts);
    lowered.access
}

fn with_holes(value: &DocumentValue) -> DocumentValue {
    match value {
        DocumentValue::Text(text) => DocumentValue::Text(read_marks(text.as_known().unwrap())),
        DocumentValue::List(items) => DocumentValue::List(items.iter().map(with_holes).collect()),
        DocumentValue::Object(members) => DocumentValue::Object(
            members
                .iter()
                .map(|(name, member)| (read_marks(name.as_known().unwrap()), with_holes(member)))
                .collect(),
        ),
        DocumentValue::Null
        | DocumentValue::Bool(_)
        | DocumentValue::Number(_)
        | DocumentValue::Each(_)
        | DocumentValue::OneOf(_)
        | DocumentValue::Json(_)
        | DocumentValue::Rendered(..)
        | DocumentValue::Unknown(_) => value.clone(),
    }
}

fn read_marks(text: &str) -> Text {
    let mut parts = Text::default();
    let mut rest = text;
    while let Some(at) = rest.find(['«', '‹']) {
        let (before, hole) = rest.split_at(at);
        let is_word = hole.starts_with('‹');
        let (name, after) = hole[2 + usize::from(is_word)..].split_once(['»', '›']).unwrap();
        parts.push_known(before);
        let hole =
            if is_word { Text::word(HoleKind::Unknown, name) } else { Text::hole(HoleKind::Unknown, name) };
        parts.push(&hole);
        rest = after;
    }
    parts.push_known(rest);
    if parts.parts.is_empty() { Text::known("") } else { parts }
}

fn statement_when(condition: &str) -> String {
    format!(
        r#"{{"Statement":[{{"Effect":"Allow","Principal":{{"Federated":"p"}},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{condition}}}]}}"#
    )
}

#[track_caller]
fn check_open(approved: &str, planned: &str, expected: &str) {
    let answer = said(&open_policy(Side::Approved, approved), &open_policy(Side::Planned, planned));
    assert!(answer.contains(expected), "{planned}\nin {approved}\nis {answer}");
}

/// An identity provider that the same plan makes: the key is known by what it is written as.
#[test]
fn a_key_with_a_hole_is_a_key_of_its_own() {
    let when = |operator: &str, key: &str, value: &str| {
        statement_when(&format!(r#"{{"{operator}":{{"{key}":"{value}"}}}}"#))
    };
    let account = "system:serviceaccount:kube-system:cni";
    let own = when("StringEquals", "«eks.url»:sub", account);
    let until_apply = r#"UnknownValue { value: "eks.url" }"#;
    check_open(&own, &own, CONTAINED);
    check_open(&when("StringLike", "«eks.url»:SUB", "system:serviceaccount:kube-system:*"), &own, CONTAINED);
    let both =
        format!(r#"{{"StringEquals":{{"«eks.url»:sub":"{account}","«eks.url»:aud":"sts.amazonaws.com"}}}}"#);
    check_open(&own, &statement_when(&both), CONTAINED);
    // What looks like it and is not.
    check_open(&statement_when(&both), &own, until_apply);
    check_open(
        &own,
        &when("StringEquals", "«eks.url»:sub", "system:serviceaccount:default:cni"),
        until_apply,
    );
    check_open(
        &own,
        &when("StringLike", "«eks.url»:sub", "system:serviceaccount:kube-system:*"),
        until_apply,
    );
    check_open(&own, &when("StringEquals", "«eks.url»:aud", account), until_apply);
    check_open(&own, &when("StringEquals", "«other.url»:sub", account), "UnknownValue");
    check_open(&own, &when("StringEquals", "«Eks.url»:sub", account), "UnknownValue");
    check_open(&own, &when("StringEquals", "oidc.example.com:sub", account), until_apply);
    check_open(&when("StringEquals", "oidc.example.com:sub", account), &own, until_apply);
    check_open(&own, &when("StringEquals", "${eks.url}:sub", account), "OpaqueCondition");
    check_open(&own, &when("StringNotEquals", "«eks.url»:sub", "x"), until_apply);
    // Two keys of which one may be the other: AWS reads one of them.
    let twice = format!(r#"{{"StringEquals":{{"«eks.url»:sub":"{account}","a.example.com:sub":"b"}}}}"#);
    check_open(&own, &statement_when(&twice), until_apply);
    check_open(&own, &statement_when(&twice.replace("a.example.com:sub", "a.example.com:aud")), CONTAINED);
    let apart = format!(r#"{{"StringEquals":{{"«eks.url»:sub":"{account}"}},"StringLike":{{"a:sub":"b"}}}}"#);
    check_open(&own, &statement_when(&apart), CONTAINED);
}

/// A denial by a key with a hole takes away what the same denial takes away, and nothing else for certain.
#[test]
fn a_denial_by_a_key_with_a_hole_denies_itself() {
    let denied = |key: &str, value: &str| {
        format!(
            r#"{{"Statement":[{},{{"Effect":"Deny","Action":"*","Resource":"*","Condition":{{"StringEquals":{{"{key}":"{value}"}}}}}}]}}"#,
            allow("s3:*", "*")
        )
    };
    let own = denied("«a.url»:sub", "x");
    check_open(&own, &own, CONTAINED);
    check_open(&own, &denied("«a.url»:sub", "y"), "UnknownValue");
    check_open(&own, &denied("«b.url»:sub", "x"), "UnknownValue");
    let all = format!(r#"{{"Statement":[{}]}}"#, allow("s3:*", "*"));
    check_open(&own, &all, "UnknownValue");
    check_open(&all, &own, CONTAINED);
}

/// One part that is not known leaves what is written beside it.
#[test]
fn an_unknown_part_costs_itself() {
    let policy = |statements: &str| format!(r#"{{"Statement":[{statements}]}}"#);
    let read = allow("s3:GetObject", "arn:aws:s3:::b/*");
    let open =
        r#"{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"*","Condition":{"«op»":{"aws:x":"a"}}}"#;
    let planned = policy(&format!("{read},{open}"));
    let wide = policy(&format!("{read},{}", allow("sqs:SendMessage", "*")));
    check_open(&wide, &planned, CONTAINED);
    check_open(&policy(&allow("sqs:SendMessage", "*")), &planned, EXCEEDS);
    check_open(&policy(&read), &planned, r#"UnknownValue { value: "op" }"#);
    let effect =
        format!(r#"{{"Statement":[{read},{{"Effect":"«effect»","Action":"sqs:*","Resource":"*"}}]}}"#);
    check_open(&policy(&read), &effect, r#"UnknownValue { value: "effect" }"#);
    check_open(&policy(&format!("{read},{}", allow("sqs:*", "*"))), &effect, CONTAINED);
    check_open(&policy(&allow("sqs:*", "*")), &effect, EXCEEDS);
}

/// Terraform's `${…}` is no variable of AWS, though it looks like one.
#[test]
fn a_hole_of_terraform_is_no_policy_variable() {
    let on = |resource: &str| {
        format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, allow("lambda:InvokeFunction", resource))
    };
    let function = "arn:aws:lambda:eu-west-1:111122223333:function:";
    let planned = on(&format!("{function}«random_pet.x.id»-lambda1"));
    check_open(&on(&format!("{function}a")), &planned, r#"UnknownValue { value: "random_pet.x.id" }"#);
    check_open(&on(&format!("{function}«random_pet.x.id»-lambda1")), &planned, CONTAINED);
    check_open(&on(&format!("{function}${{random_pet.x.id}}-lambda1")), &planned, "UnknownValue");
    check_open(&on(&format!("{function}*")), &planned, CONTAINED);
}

/// The text of a policy with holes: a word ends no string, and anything else may.
#[test]
fn only_words_are_read_in_the_text_of_a_policy() {
    let lowered = |text: &str| {
        let document = Some((DocumentFormat::AwsPolicy, DocumentValue::Text(read_marks(text))));
        lower(Dialect::Aws, Side::Planned, &Terms { document, ..Terms::default() }).access
    };
    let text = r#"{"Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::H/*"}]}"#;
    let approved = policy(Side::Approved, &allow("s3:GetObject", "*"));
    assert_eq!(said(&approved, &lowered(&text.replace('H', "‹random_pet.x.id›"))), CONTAINED);
    assert!(
        said(&approved, &lowered(&text.replace('H', "«terraform_data.x.output»"))).contains("UnknownValue")
    );
    let everything = policy(Side::Approved, &allow("*", "*"));
    assert_eq!(said(&everything, &lowered(&text.replace('H', "«terraform_data.x.output»"))), CONTAINED);
}

/// What may be one of several is all of them where it is planned, and none for certain.
#[test]
fn alternatives_are_granted_together() {
    let of = |side: Side, actions: DocumentValue| {
        let member = |name: &str, value: DocumentValue| (Text::known(name), value);
        let text = |text: &str| DocumentValue::Text(Text::known(text));
        let statement = DocumentValue::Object(vec![
            member("Effect", text("Allow")),
            member("Action", actions),
            member("Resource", text("*")),
        ]);
        let document = DocumentValue::Object(vec![member("Statement", statement)]);
        let document = Some((DocumentFormat::AwsPolicy, document));
        lower(Dialect::Aws, side, &Terms { document, ..Terms::default() }).access
    };
    let text = |text: &str| DocumentValue::Text(Text::known(text));
    let either = || DocumentValue::OneOf(vec![text("s3:GetObject"), text("s3:PutObject")]);
    let both = of(Side::Approved, DocumentValue::List(vec![text("s3:GetObject"), text("s3:PutObject")]));
    let one = of(Side::Approved, text("s3:GetObject"));
    assert_eq!(said(&both, &of(Side::Planned, either())), CONTAINED);
    assert!(said(&one, &of(Side::Planned, either())).contains("UnknownValue"));
    let with_certain = DocumentValue::List(vec![text("s3:ListBucket"), either()]);
    assert_eq!(said(&both, &of(Side::Planned, with_certain)), EXCEEDS);
    assert!(
        said(&of(Side::Approved, either()), &of(Side::Planned, text("s3:GetObject")))
            .contains("UnknownValue")
    );
    let each = DocumentValue::Each(Box::new(text("s3:GetObject")));
    assert_eq!(said(&one, &of(Side::Planned, each)), CONTAINED);
}

/// A variable's default is often `"{}"`, which the data source merges as nothing; a policy by itself needs statements.
#[test]
fn a_source_document_without_statements_adds_none() {
    let with_source = |source: &str| {
        let text = |text: &str| DocumentValue::Text(Text::known(text));
        let list = |value: DocumentValue| DocumentValue::List(vec![value]);
        let statement = DocumentValue::Object(vec![
            (Text::known("actions"), list(text("s3:GetObject"))),
            (Text::known("resources"), list(text("*"))),
        ]);
        let arguments = DocumentValue::Object(vec![
            (Text::known("source_policy_documents"), list(text(source))),
            (Text::known("statement"), list(statement)),
        ]);
        let document = Some((DocumentFormat::AwsPolicyArguments, arguments));
        lower(Dialect::Aws, Side::Planned, &Terms { document, ..Terms::default() })
    };
    let approved = policy(Side::Approved, &allow("s3:GetObject", "*"));
    assert_eq!(said(&approved, &with_source("{}").access), CONTAINED);
    let more = with_source(r#"{"Statement":{"Effect":"Allow","Action":"s3:PutObject","Resource":"*"}}"#);
    assert_eq!(said(&approved, &more.access), EXCEEDS);
    assert_eq!(with_source(r#"{"statement":[]}"#).doubts.len(), 1);
}
