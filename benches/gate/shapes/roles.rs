//! AWS roles with policies.

use serde_json::{Value, json};

use super::Case;
use crate::manifest::{Grant, IN_ORGANIZATION, ManifestMaker};
use crate::plan::{ACCOUNT, Change, PlanMaker, block, repeated};

pub(super) fn role(n: usize) -> String {
    format!("arn:aws:iam::{ACCOUNT}:role/app-{n}")
}

pub(super) fn policy(statements: &[Value]) -> String {
    json!({"Version": "2012-10-17", "Statement": statements}).to_string()
}

pub(super) fn data(n: usize) -> [String; 2] {
    [format!("arn:aws:s3:::acme-data-{n}"), format!("arn:aws:s3:::acme-data-{n}/*")]
}

/// Grant number `n` reads the data of approval number `i`, and sends to one of its queues.
pub(super) fn reading_policy(n: usize, i: usize, action: &str) -> String {
    policy(&[
        json!({"Sid": "Objects", "Effect": "Allow", "Action": [action, "s3:ListBucket"],
            "Resource": [format!("arn:aws:s3:::acme-data-{i}"), format!("arn:aws:s3:::acme-data-{i}/part-{n}/*")],
            "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}),
        json!({"Sid": "Queue", "Effect": "Allow", "Action": ["sqs:SendMessage"],
            "Resource": format!("arn:aws:sqs:eu-west-1:{ACCOUNT}:jobs-{i}-{n}")}),
    ])
}

/// An inline policy of a role.
pub(super) fn inline(n: usize, role: usize, policy: &str) -> Change {
    let after = json!({"name": format!("app-{n}"), "role": format!("app-{role}"), "policy": policy});
    Change::create("aws_iam_role_policy", "app", after).at(n)
}

pub(super) fn inline_block() -> Value {
    let expressions = json!({"name": {"references": ["count.index"]}, "policy": {"references": ["var.policies"]},
        "role": {"references": ["var.roles"]}});
    repeated(block("aws_iam_role_policy", "app", &expressions), "count_expression", "var.n")
}

/// A plan of inline policies.
pub(super) fn plan_of(policies: impl Iterator<Item = Change>) -> PlanMaker {
    PlanMaker { changes: policies.collect(), blocks: vec![inline_block()], ..PlanMaker::default() }
}

/// What a policy of [`reading_policy`] needs.
pub(super) fn reading_grants(principal: &str, i: usize) -> [Grant; 2] {
    let principals = [principal.to_owned()];
    [
        Grant::new("aws", &principals, ("actions", &["s3:GetObject", "s3:ListBucket"]), &data(i))
            .with(IN_ORGANIZATION),
        Grant::new(
            "aws",
            &principals,
            ("actions", &["sqs:SendMessage"]),
            &[format!("arn:aws:sqs:eu-west-1:{ACCOUNT}:jobs-{i}-*")],
        ),
    ]
}

/// So many approvals, each of what its role reads.
pub(super) fn approve_reading(approvals: usize, principal: impl Fn(usize) -> String) -> ManifestMaker {
    let mut manifest = ManifestMaker::default();
    (0..approvals).for_each(|i| manifest.approve("", &reading_grants(&principal(i), i)));
    manifest
}

/// Grant number `n` goes to role `n % approvals`, so every approval covers the same share of the grants; every
/// thousandth is wider than its approval, as plans are that somebody has to look at.
pub(crate) fn reading(grants: usize, approvals: usize) -> Case {
    let action = |n: usize| if n % 1_000 == 999 { "s3:*" } else { "s3:GetObject" };
    let policies = (0..grants).map(|n| {
        let i = n % approvals;
        inline(n, i, &reading_policy(n, i, action(n)))
    });
    Case::one(PlanMaker { queues: grants, ..plan_of(policies) }, approve_reading(approvals, role))
}

/// Each role has its approval.
pub(super) fn known(size: usize) -> Case {
    reading(size, size)
}

/// A hundred approvals of all grants.
pub(super) fn few_approvals(size: usize) -> Case {
    reading(size, 100)
}

/// Updates after which everything is as it was.
pub(super) fn updates(size: usize) -> Case {
    let mut case = reading(size, size);
    for change in case.plans.iter_mut().flat_map(|plan| &mut plan.changes) {
        change.before = change.after.clone();
    }
    case
}

/// Managed policies that are approved by their names.
pub(super) fn attached(size: usize) -> Case {
    const NAMES: [&str; 4] =
        ["ReadOnlyAccess", "AmazonS3ReadOnlyAccess", "SecurityAudit", "AmazonEC2FullAccess"];
    let names = NAMES.map(|name| format!("arn:aws:iam::aws:policy/{name}"));
    let mut manifest = ManifestMaker::default();
    for n in 0..size {
        let roles: Vec<&str> = names.iter().map(String::as_str).collect();
        manifest.approve("", &[Grant::new("aws", &[role(n)], ("roles", &roles), &["*".to_owned()])]);
    }
    Case::one(attachments(size, &names), manifest)
}

/// A managed policy where only its actions are approved.
pub(super) fn attached_by_content(size: usize) -> Case {
    let mut manifest = ManifestMaker::default();
    for n in 0..size {
        let actions = ("actions", &["s3:Get*", "s3:List*"][..]);
        manifest.approve("", &[Grant::new("aws", &[role(n)], actions, &["*".to_owned()])]);
    }
    Case::one(attachments(size, &["arn:aws:iam::aws:policy/ReadOnlyAccess".to_owned()]), manifest)
}

fn attachments(size: usize, names: &[String]) -> PlanMaker {
    let attachment = |(n, name): (usize, &String)| {
        let after = json!({"role": format!("app-{n}"), "policy_arn": name});
        Change::create("aws_iam_role_policy_attachment", "app", after).at(n)
    };
    let changes = (0..size).zip(names.iter().cycle()).map(attachment).collect();
    let block = block("aws_iam_role_policy_attachment", "app", &json!({}));
    let blocks = vec![repeated(block, "count_expression", "var.n")];
    PlanMaker { changes, blocks, ..PlanMaker::default() }
}

/// A role that others may assume.
pub(super) fn trusting(n: usize, principal: &str) -> Change {
    let trust =
        policy(&[json!({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": principal}})]);
    let after = json!({"name": format!("app-{n}"), "path": "/", "assume_role_policy": trust});
    Change::create("aws_iam_role", "app", after).at(n)
}

/// Roles, each of which a principal may assume.
pub(super) fn trust_of(size: usize, principal: impl Fn(usize) -> String) -> Case {
    let mut manifest = ManifestMaker::default();
    for n in 0..size {
        let roles = [format!("arn:aws:iam::{ACCOUNT}:role/*")];
        let assume = ("actions", &["sts:AssumeRole"][..]);
        manifest.approve("", &[Grant::new("aws", &[principal(n)], assume, &roles)]);
    }
    let changes = (0..size).map(|n| trusting(n, &principal(n))).collect();
    let blocks = vec![repeated(block("aws_iam_role", "app", &json!({})), "count_expression", "var.n")];
    Case::one(PlanMaker { changes, blocks, ..PlanMaker::default() }, manifest)
}

pub(super) fn trust(size: usize) -> Case {
    trust_of(size, |n| format!("arn:aws:iam::{ACCOUNT}:role/caller-{n}"))
}

/// A role that EC2 may assume.
pub(super) fn service_role(block: &str, n: usize) -> Change {
    let service =
        json!({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ec2.amazonaws.com"}});
    let after = json!({"name": format!("app-{n}"), "path": "/", "assume_role_policy": policy(&[service])});
    Change::create("aws_iam_role", block, after).without(&["arn"])
}

/// Roles and policies of `for_each`, where the name of the policy's role is known only after apply.
pub(super) fn unknown_in_for_each(size: usize) -> Case {
    let mut plan = PlanMaker::default();
    for n in 0..size {
        let key = format!("team-{n}");
        let inline = inline(n, n, &reading_policy(n, n, "s3:GetObject")).without(&["role"]);
        plan.changes.extend([service_role("r", n).at(key.clone()), inline.at(key)]);
    }
    let role = block(
        "aws_iam_role",
        "r",
        &json!({"name": {"references": ["each.value"]}, "assume_role_policy": {}}),
    );
    let expressions = json!({"name": {"references": ["each.key"]}, "policy": {"references": ["var.p"]},
        "role": {"references": ["aws_iam_role.r", "each.key"]}});
    let inline = block("aws_iam_role_policy", "app", &expressions);
    plan.blocks.extend([role, inline].map(|block| repeated(block, "for_each_expression", "var.teams")));
    Case::one(plan, approve_reading(size, self::role))
}

/// The same where each role and each policy is a block.
pub(super) fn unknown_in_blocks(size: usize) -> Case {
    let mut plan = PlanMaker::default();
    for n in 0..size {
        let (role, name) = (format!("r{n}"), format!("p{n}"));
        let after = json!({"name": name, "policy": reading_policy(n, n, "s3:GetObject"), "role": ""});
        let inline = Change::create("aws_iam_role_policy", &name, after).without(&["role"]);
        plan.changes.extend([service_role(&role, n), inline]);
        let references = [format!("aws_iam_role.{role}.id"), format!("aws_iam_role.{role}")];
        let expressions =
            json!({"name": {}, "role": {"references": references}, "policy": {"references": ["var.p"]}});
        plan.blocks.push(block(
            "aws_iam_role",
            &role,
            &json!({"name": {"constant_value": format!("app-{n}")}}),
        ));
        plan.blocks.push(block("aws_iam_role_policy", &name, &expressions));
    }
    Case::one(plan, approve_reading(size, role))
}
