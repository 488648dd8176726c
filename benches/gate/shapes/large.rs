//! What is large otherwise: documents, modules, sources, numbers of plans.

use serde_json::{Map, Value, json};

use super::Case;
use super::roles::{
    approve_reading, inline, plan_of, policy, reading, reading_grants, reading_policy, role, service_role,
};
use crate::manifest::{Grant, ManifestMaker};
use crate::plan::{ACCOUNT, Change, PlanMaker, block, provider};

/// Policies of about 6,144 characters, which is as many as a managed policy may have.
pub(super) fn policies(size: usize) -> Case {
    let (mut changes, mut manifest) = (Vec::new(), ManifestMaker::default());
    let team = |n: usize| format!("t-{n}-*");
    for n in 0..size {
        let mut statements = Vec::new();
        let mut grants = Vec::new();
        for (at, service) in SERVICES.iter().cycle().take(8).enumerate() {
            let (mut actions, mut resources) = (Vec::new(), Vec::new());
            for (k, verb) in VERBS.iter().enumerate() {
                let noun = NOUNS.get((n + at + k) % NOUNS.len()).copied().unwrap_or_default();
                actions.push(format!("{service}:{verb}{noun}"));
            }
            resources
                .extend((0..4).map(|k| format!("arn:aws:{service}:eu-west-1:{ACCOUNT}:res-{n}-{at}-{k}/*")));
            statements.push(json!({"Effect": "Allow", "Action": actions, "Resource": resources,
                "Condition": {"StringLike": {"aws:PrincipalTag/team": [team(n)]}}}));
            let actions: Vec<&str> = actions.iter().map(String::as_str).collect();
            let condition = format!(
                "    condition \"StringLike\" \"aws:PrincipalTag/team\" {{\n      values = [\"{}\"]\n    }}\n",
                team(n)
            );
            grants.push(Grant::new("aws", &[role(n)], ("actions", &actions), &resources).with(&condition));
        }
        changes.push(inline(n, n, &policy(&statements)));
        manifest.approve("", &grants);
    }
    Case::one(plan_of(changes.into_iter()), manifest)
}

const SERVICES: [&str; 6] = ["s3", "ec2", "sqs", "dynamodb", "lambda", "logs"];
const VERBS: [&str; 12] =
    ["Get", "List", "Describe", "Put", "Create", "Delete", "Update", "Tag", "Untag", "Start", "Stop", "Copy"];
const NOUNS: [&str; 7] = [
    "ObjectVersionTagging",
    "InstanceAttribute*",
    "QueueAttributes",
    "TableItems",
    "FunctionCode",
    "LogEvents*",
    "Policy",
];

/// One document of so many statements for one role, and ten approvals of parts of it.
pub(super) fn statements(size: usize) -> Case {
    let objects = |n: usize| format!("arn:aws:s3:::b-{n}/*");
    let statement = |n| json!({"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": [objects(n)]});
    let statements: Vec<Value> = (0..size).map(statement).collect();
    let mut manifest = ManifestMaker::default();
    for part in 0..10 {
        let resources: Vec<String> = (part..size).step_by(10).map(objects).collect();
        manifest.approve("", &[Grant::new("aws", &[role(0)], ("actions", &["s3:GetObject"]), &resources)]);
    }
    Case::one(plan_of(std::iter::once(inline(0, 0, &policy(&statements)))), manifest)
}

/// Ten levels of modules; a role's name is handed down.
fn modules_of(size: usize, unknown: &'static [&'static str]) -> Case {
    const PER_MODULE: usize = 50;
    const DEPTH: usize = 10;
    let mut plan = PlanMaker::default();
    let (mut calls, count) = (Map::new(), size.div_ceil(PER_MODULE));
    let handed_down = |references: &[String]| json!({"role": {"references": references}});
    for n in 0..count {
        let expressions =
            json!({"name": {}, "role": {"references": ["var.role"]}, "policy": {"references": ["var.p"]}});
        let blocks: Vec<Value> =
            (0..PER_MODULE).map(|k| block("aws_iam_role_policy", &format!("p{k}"), &expressions)).collect();
        let mut module = json!({"resources": blocks, "variables": {"role": {}, "p": {}}});
        let mut path = format!("module.b{n}.");
        for level in 1..DEPTH {
            let call = json!({"source": format!("./l{level}"),
                "expressions": handed_down(&["var.role".to_owned()]), "module": module});
            module = json!({"module_calls": {format!("l{level}"): call}, "variables": {"role": {}, "p": {}}});
        }
        (1..DEPTH).rev().for_each(|level| path += &format!("module.l{level}."));
        let references = [format!("aws_iam_role.r{n}.name"), format!("aws_iam_role.r{n}")];
        calls.insert(
            format!("b{n}"),
            json!({"source": "./b", "expressions": handed_down(&references), "module": module}),
        );
        plan.blocks.push(block("aws_iam_role", &format!("r{n}"), &json!({"name": {}})));
        plan.changes.push(service_role(&format!("r{n}"), n));
        for k in 0..PER_MODULE {
            let after = json!({"name": format!("p{k}"), "role": format!("app-{n}"),
                "policy": reading_policy(k, n, "s3:GetObject")});
            let change = Change::create("aws_iam_role_policy", &format!("p{k}"), after).without(unknown);
            plan.changes.push(Change { module: path.clone(), ..change });
        }
    }
    plan.calls = calls;
    Case::one(plan, approve_reading(size, role))
}

pub(super) fn modules(size: usize) -> Case {
    modules_of(size, &[])
}

/// The same where the role's name is known only after apply.
pub(super) fn modules_unknown(size: usize) -> Case {
    modules_of(size, &["role"])
}

/// Each approval is restricted to two addresses.
pub(super) fn address_globs(size: usize) -> Case {
    let mut manifest = ManifestMaker::default();
    for n in 0..size {
        let addresses = format!("  addresses = [\"aws_iam_role_policy.app[{n}]*\", \"module.t{n}.*\"]\n");
        manifest.approve(&addresses, &reading_grants(&role(n), n));
    }
    Case { manifest, ..reading(size, size) }
}

/// A plan of one grant, and a plan file with so many files of sources.
pub(super) fn sources(size: usize) -> Case {
    let mut case = reading(1, 1);
    let head = format!(
        "terraform {{\n  required_providers {{\n    aws = {{\n      source = \"{}\"\n    }}\n  }}\n}}\n",
        provider("aws").trim_start_matches("registry.terraform.io/")
    );
    let block = "variable \"n\" {\n}\nvariable \"policies\" {\n}\nvariable \"roles\" {\n}\n\
         resource \"aws_iam_role_policy\" \"app\" {\n  count = var.n\n  name = count.index\n  \
         policy = var.policies\n  role = var.roles\n}\n";
    case.sources.push(("main.tf".to_owned(), head + block));
    case.sources.extend((0..size).map(|n| {
        let local =
            format!("locals {{\n  team_{n} = {{\n    name = \"team-{n}\"\n    size = {n}\n  }}\n}}\n");
        (format!("team-{n}.tf"), local)
    }));
    case
}

/// So many plans of four grants each.
pub(super) fn plans(size: usize) -> Case {
    const GRANTS: usize = 4;
    let policies = |plan: usize| {
        let numbers = plan * GRANTS..(plan + 1) * GRANTS;
        plan_of(numbers.map(|n| inline(n, n, &reading_policy(n, n, "s3:GetObject"))))
    };
    let manifest = approve_reading(size * GRANTS, role);
    Case { plans: (0..size).map(policies).collect(), manifest, sources: Vec::new() }
}

/// A hundred grants among so many objects that grant nothing.
pub(super) fn without_grants(size: usize) -> Case {
    let mut case = reading(100, 100);
    for plan in &mut case.plans {
        plan.queues = size;
    }
    case
}
