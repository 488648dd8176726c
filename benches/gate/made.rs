//! Makes plans and manifests of any size: roles with inline policies, in the shape and weight that Terraform writes.
//!
//! Grant number `n` goes to role `n % approvals`, so every approval covers the same share of the grants. Every
//! thousandth grant is wider than its approval, as plans are that somebody has to look at.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use serde_json::json;

/// Every so many grants one is wider than approved.
const WIDER: usize = 1_000;

/// Writes a plan of so many grants.
pub(crate) fn plan(path: &Path, grants: usize, approvals: usize) -> io::Result<()> {
    let mut out = BufWriter::new(fs::File::create(path)?);
    write!(
        out,
        "{{\"format_version\":\"1.2\",\"terraform_version\":\"1.11.4\",\"planned_values\":{{\"root_module\":"
    )?;
    write!(out, "{{\"resources\":[")?;
    list(&mut out, grants, |n| {
        json!({"address": address(n), "mode": "managed", "type": "aws_iam_role_policy", "name": "app", "index": n,
            "provider_name": PROVIDER, "schema_version": 0, "values": values(n, approvals), "sensitive_values": {}})
    })?;
    write!(out, "]}}}},\"resource_changes\":[")?;
    list(&mut out, grants, |n| {
        json!({"address": address(n), "mode": "managed", "type": "aws_iam_role_policy", "name": "app", "index": n,
            "provider_name": PROVIDER, "change": {"actions": ["create"], "before": null,
            "after": values(n, approvals), "after_unknown": {"id": true, "name_prefix": true},
            "before_sensitive": false, "after_sensitive": {}}})
    })?;
    write!(
        out,
        "],\"prior_state\":{{\"format_version\":\"1.0\",\"terraform_version\":\"1.11.4\",\"values\":"
    )?;
    write!(out, "{{\"root_module\":{{\"resources\":[")?;
    list(&mut out, grants, |n| {
        json!({"address": format!("aws_sqs_queue.jobs[{n}]"), "mode": "managed", "type": "aws_sqs_queue",
            "name": "jobs", "index": n, "provider_name": PROVIDER, "schema_version": 0, "values": {
                "arn": format!("arn:aws:sqs:eu-west-1:{ACCOUNT}:jobs-{n}"), "content_based_deduplication": false,
                "delay_seconds": 0, "fifo_queue": false, "id": format!("https://sqs/{ACCOUNT}/jobs-{n}"),
                "kms_data_key_reuse_period_seconds": 300, "max_message_size": 262_144,
                "message_retention_seconds": 345_600, "name": format!("jobs-{n}"), "policy": "",
                "receive_wait_time_seconds": 0, "redrive_policy": "", "sqs_managed_sse_enabled": true,
                "visibility_timeout_seconds": 30, "tags": {"team": "payments"}, "tags_all": {"team": "payments"}},
            "sensitive_values": {"tags": {}, "tags_all": {}}})
    })?;
    write!(out, "]}}}}}},\"configuration\":{{\"provider_config\":{{\"aws\":")?;
    write!(out, "{{\"name\":\"aws\",\"full_name\":\"{PROVIDER}\"}}}},\"root_module\":")?;
    let resource = json!({"address": "aws_iam_role_policy.app", "mode": "managed", "type": "aws_iam_role_policy",
        "name": "app", "provider_config_key": "aws", "schema_version": 0, "count_expression": {"constant_value": grants},
        "expressions": {"name": {"references": ["count.index"]}, "policy": {"references": ["var.policies"]},
        "role": {"references": ["var.roles"]}}});
    write!(
        out,
        "{{\"resources\":[{resource}]}}}},\"timestamp\":\"2026-11-24T08:00:00Z\",\"applyable\":true,"
    )?;
    write!(out, "\"complete\":true,\"errored\":false}}")?;
    out.flush()
}

const PROVIDER: &str = "registry.terraform.io/hashicorp/aws";
const ACCOUNT: &str = "123456789012";

fn list(out: &mut impl io::Write, count: usize, item: impl Fn(usize) -> serde_json::Value) -> io::Result<()> {
    for n in 0..count {
        if n > 0 {
            out.write_all(b",")?;
        }
        serde_json::to_writer(&mut *out, &item(n))?;
    }
    Ok(())
}

fn address(n: usize) -> String {
    format!("aws_iam_role_policy.app[{n}]")
}

fn values(n: usize, approvals: usize) -> serde_json::Value {
    let role = n % approvals;
    let wider = if n % WIDER == WIDER - 1 { "s3:*" } else { "s3:GetObject" };
    let policy = json!({"Version": "2012-10-17", "Statement": [
        {"Sid": "Objects", "Effect": "Allow", "Action": [wider, "s3:ListBucket"],
            "Resource": [format!("arn:aws:s3:::acme-data-{role}"), format!("arn:aws:s3:::acme-data-{role}/part-{n}/*")],
            "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}},
        {"Sid": "Queue", "Effect": "Allow", "Action": ["sqs:SendMessage"],
            "Resource": format!("arn:aws:sqs:eu-west-1:{ACCOUNT}:jobs-{role}-{n}")},
    ]});
    json!({"name": format!("app-{n}"), "policy": policy.to_string(), "role": format!("app-{role}")})
}

/// Writes a manifest of so many approvals, a file each.
pub(crate) fn manifest(folder: &Path, approvals: usize) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut authority = String::new();
    let _ = write!(
        authority,
        "process_owner = \"security\"\nsystem \"payments\" {{\n  owner = \"team-payments\"\n}}\n\
         authority \"payments\" {{\n  approvers = [\"lee\"]\n  systems = [\"payments\"]\n  max_duration = \"120d\"\n}}\n\
         fact \"aws.account\" {{\n  value = \"{ACCOUNT}\"\n}}\n"
    );
    fs::write(folder.join("authority.hcl"), authority)?;
    for n in 0..approvals {
        let role = format!("arn:aws:iam::{ACCOUNT}:role/app-{n}");
        let text = format!(
            "approval \"SEC-{n}\" {{\n  title = \"Application {n} reads its data\"\n  justification = \"It needs it\"\n  \
             system = \"payments\"\n  requester = \"ana\"\n  approvers = [\"lee\"]\n  approved_on = \"2026-11-20\"\n  \
             expires_on = \"2027-02-20\"\n\n  grant \"aws\" {{\n    principals = [\"{role}\"]\n    \
             actions = [\"s3:GetObject\", \"s3:ListBucket\"]\n    \
             resources = [\"arn:aws:s3:::acme-data-{n}\", \"arn:aws:s3:::acme-data-{n}/*\"]\n    \
             condition \"StringEquals\" \"aws:PrincipalOrgID\" {{\n      values = [\"o-a1b2c3d4e5\"]\n    }}\n  }}\n  \
             grant \"aws\" {{\n    principals = [\"{role}\"]\n    actions = [\"sqs:SendMessage\"]\n    \
             resources = [\"arn:aws:sqs:eu-west-1:{ACCOUNT}:jobs-{n}-*\"]\n  }}\n}}\n"
        );
        fs::write(folder.join(format!("SEC-{n}.hcl")), text)?;
    }
    Ok(())
}
