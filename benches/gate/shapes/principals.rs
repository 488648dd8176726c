//! Who a grant is to: patterns, everyone, and one among many.

use serde_json::json;

use super::Case;
use super::roles::{approve_reading, inline, plan_of, policy, reading_policy, role, trust_of};
use crate::manifest::{Grant, IN_ORGANIZATION, ManifestMaker};
use crate::plan::{ACCOUNT, Change, PlanMaker, block, repeated};

/// Trust to whole accounts.
pub(super) fn account_roots(size: usize) -> Case {
    trust_of(size, |n| format!("arn:aws:iam::{}:root", 200_000_000_000 + n))
}

/// Approvals of roles by a pattern.
pub(super) fn wildcards(size: usize) -> Case {
    let policies = (0..size).map(|n| inline(n, n, &reading_policy(n, n, "s3:GetObject")));
    let manifest = approve_reading(size, |n| format!("arn:aws:iam::{ACCOUNT}:role/app-{n}*"));
    Case::one(plan_of(policies), manifest)
}

/// Bucket policies for everyone.
pub(super) fn everyone(size: usize) -> Case {
    let (mut plan, mut manifest) = (PlanMaker::default(), ManifestMaker::default());
    for n in 0..size {
        let objects = format!("arn:aws:s3:::b-{n}/*");
        let document = policy(&[json!({"Effect": "Allow", "Principal": "*", "Action": ["s3:GetObject"],
            "Resource": objects, "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}})]);
        let after = json!({"bucket": format!("b-{n}"), "policy": document});
        plan.changes.push(Change::create("aws_s3_bucket_policy", "b", after).at(n));
        let grant = Grant::new("aws", &["*".to_owned()], ("actions", &["s3:GetObject"]), &[objects]);
        manifest.approve("", &[grant.with(IN_ORGANIZATION)]);
    }
    plan.blocks.push(repeated(block("aws_s3_bucket_policy", "b", &json!({})), "count_expression", "var.n"));
    Case::one(plan, manifest)
}

/// All grants and all approvals are of one role.
pub(super) fn one_role(size: usize) -> Case {
    let policies = (0..size).map(|n| inline(n, 0, &reading_policy(n, n, "s3:GetObject")));
    Case::one(plan_of(policies), approve_reading(size, |_| role(0)))
}

/// One approval of many roles.
pub(super) fn one_approval(size: usize) -> Case {
    let shared = "arn:aws:s3:::shared/*";
    let statement = json!({"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": shared});
    let document = policy(&[statement]);
    let roles: Vec<String> = (0..size).map(role).collect();
    let mut manifest = ManifestMaker::default();
    manifest.approve("", &[Grant::new("aws", &roles, ("actions", &["s3:GetObject"]), &[shared.to_owned()])]);
    Case::one(plan_of((0..size).map(|n| inline(n, n, &document))), manifest)
}

/// One approval of many resources for one role.
pub(super) fn many_resources(size: usize) -> Case {
    let objects = |n: usize| format!("arn:aws:s3:::b-{n}/*");
    let document =
        |n| policy(&[json!({"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": objects(n)})]);
    let all: Vec<String> = (0..size).map(objects).collect();
    let mut manifest = ManifestMaker::default();
    manifest.approve("", &[Grant::new("aws", &[role(0)], ("actions", &["s3:GetObject"]), &all)]);
    Case::one(plan_of((0..size).map(|n| inline(n, 0, &document(n)))), manifest)
}
