//! Plans of which nothing passes.

use std::fmt::Write as _;

use serde_json::json;

use super::Case;
use super::roles::{approve_reading, inline, plan_of, policy, reading_policy, role};
use crate::manifest::{Grant, ManifestMaker};

/// Every grant is wider than its approval.
pub(super) fn exceeded(size: usize) -> Case {
    let policies = (0..size).map(|n| inline(n, n, &reading_policy(n, n, "s3:*")));
    Case::one(plan_of(policies), approve_reading(size, role))
}

/// Every grant is wider, by what it leaves out and denies.
pub(super) fn not_action(size: usize) -> Case {
    let document = |n: usize| {
        policy(&[
            json!({"Effect": "Allow", "NotAction": ["iam:*", "organizations:*"], "Resource": "*", "Condition": {
                "StringNotEquals": {"aws:RequestedRegion": ["us-east-1", "eu-west-1"]},
                "IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "192.0.2.0/24"]}}}),
            json!({"Effect": "Deny", "Action": ["s3:Delete*"], "NotResource": [format!("arn:aws:s3:::b-{n}/*")],
                "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}}}),
        ])
    };
    let policies = (0..size).map(|n| inline(n, n, &document(n)));
    Case::one(plan_of(policies), approve_reading(size, role))
}

/// Every grant raises the rights of its role.
pub(super) fn escalating(size: usize) -> Case {
    let actions = [
        "iam:PassRole",
        "lambda:CreateFunction",
        "lambda:InvokeFunction",
        "ec2:RunInstances",
        "iam:CreatePolicyVersion",
        "iam:AttachRolePolicy",
    ];
    let document = policy(&[json!({"Effect": "Allow", "Action": actions, "Resource": "*"})]);
    let policies = (0..size).map(|n| inline(n, n, &document));
    Case::one(plan_of(policies), approve_reading(size, role))
}

/// No approval speaks of any grant; as many systems as grants say where they are.
pub(super) fn unapproved(size: usize) -> Case {
    let mut case = findings(size);
    for n in 0..size {
        let _ = write!(
            case.manifest.systems,
            "system \"s{n}\" {{\n  owner = \"t{n}\"\n  match {{\n    addresses = [\"module.sys{n}.*\"]\n  }}\n}}\n"
        );
    }
    case
}

/// No approval speaks of any grant.
pub(super) fn findings(size: usize) -> Case {
    let policies = (0..size).map(|n| inline(n, n, &reading_policy(n, n, "s3:GetObject")));
    let mut manifest = ManifestMaker::default();
    let nobody = [format!("{}zzz", role(0))];
    manifest.approve("", &[Grant::new("aws", &nobody, ("actions", &["s3:GetObject"]), &["*".to_owned()])]);
    Case::one(plan_of(policies), manifest)
}

/// No document is known before apply.
pub(super) fn undecided(size: usize) -> Case {
    let policies = (0..size).map(|n| inline(n, n, "").without(&["policy"]));
    Case::one(plan_of(policies), approve_reading(size, role))
}
