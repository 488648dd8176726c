//! Plans in which a secret stands elsewhere than in the object that makes the grant: behind a reference, in a tag, in a
//! fact, in an output, in drift. Each is marked as Terraform marks it.

use serde_json::{Value, json};

const AWS: &str = "registry.terraform.io/hashicorp/aws";

/// A policy with a secret in the place of an action, a resource, an effect or an element.
fn policies(secret: &str) -> Vec<String> {
    let policy = |action: &str, resource: &str, effect: &str, element: &str| {
        json!({"Version": "2012-10-17", "Statement": [
            {"Effect": effect, "Action": action, "Resource": resource, element: "x"},
            {"Effect": "Deny", "Action": "s3:DeleteObject", "Resource": "*"},
        ]})
        .to_string()
    };
    vec![
        policy(secret, "*", "Allow", "Sid"),
        policy("s3:GetObject", &format!("arn:aws:s3:::{secret}/*"), "Allow", "Sid"),
        policy("s3:GetObject", "*", secret, "Sid"),
        policy("s3:GetObject", "*", "Allow", secret),
    ]
}

/// A resource change.
fn change(address: &str, after: &Value, unknown: &Value, marks: &Value) -> Value {
    let (module, object) = match address.strip_prefix("module.m.") {
        Some(object) => (Some("module.m"), object),
        None => (None, address),
    };
    let (mode, object) = object.strip_prefix("data.").map_or(("managed", object), |data| ("data", data));
    let (type_name, name) = object.split_once('.').unwrap();
    let actions = if mode == "data" { ["read"] } else { ["create"] };
    json!({
        "address": address, "module_address": module, "mode": mode, "type": type_name, "name": name,
        "provider_name": AWS,
        "change": {
            "actions": actions, "before": null, "after": after, "after_unknown": unknown,
            "before_sensitive": false, "after_sensitive": marks,
        },
    })
}

/// A block of the configuration, whose attributes refer to these or are constant.
fn block(address: &str, attributes: &[(&str, &[&str])]) -> Value {
    let (mode, object) = address.strip_prefix("data.").map_or(("managed", address), |data| ("data", data));
    let (type_name, name) = object.split_once('.').unwrap();
    let expressions: serde_json::Map<String, Value> = attributes
        .iter()
        .map(|(name, references)| {
            let expression =
                if references.is_empty() { json!({}) } else { json!({"references": references}) };
            ((*name).to_owned(), expression)
        })
        .collect();
    json!({
        "address": address, "mode": mode, "type": type_name, "name": name, "provider_config_key": "aws",
        "expressions": expressions,
    })
}

fn plan(changes: &[Value], blocks: &[Value]) -> Value {
    json!({
        "format_version": "1.2", "terraform_version": "1.11.4", "timestamp": "2026-11-24T00:00:00Z",
        "complete": true, "errored": false,
        "resource_changes": changes,
        "configuration": {
            "provider_config": {"aws": {"name": "aws", "full_name": AWS}},
            "root_module": {"resources": blocks},
        },
    })
}

/// A role policy that is known only after apply and refers to this.
fn referring(references: &[&str]) -> (Value, Value) {
    let after = json!({"name": "p", "role": "r"});
    (
        change("aws_iam_role_policy.p", &after, &json!({"policy": true}), &json!({})),
        block("aws_iam_role_policy.p", &[("name", &[]), ("role", &[]), ("policy", references)]),
    )
}

/// Plans with a secret, each with what it is about.
pub(super) fn plans(secret: &str) -> Vec<(String, Value)> {
    let mut plans =
        vec![tags(secret), drift(secret), account(secret), output(secret), deferred_document(secret)];
    for policy in policies(secret) {
        plans.extend([
            read_document(&policy),
            variable(&policy),
            module_variable(&policy),
            module_output(&policy),
            other_object(&policy),
            definition(&policy),
        ]);
    }
    plans.into_iter().map(|(about, plan)| (about.to_owned(), plan)).collect()
}

fn deferred_document(secret: &str) -> (&'static str, Value) {
    let statement = json!([{
        "actions": ["s3:GetObject", secret], "resources": ["*"], "effect": "Allow",
        "sid": secret, "principals": [], "condition": [],
    }]);
    let document = change(
        "data.aws_iam_policy_document.d",
        &json!({"statement": statement}),
        &json!({"json": true}),
        &json!({"statement": [{"actions": [false, true], "sid": true}]}),
    );
    let (referring, own) =
        referring(&["data.aws_iam_policy_document.d.json", "data.aws_iam_policy_document.d"]);
    let block = block("data.aws_iam_policy_document.d", &[("statement", &[])]);
    ("a deferred document", plan(&[document, referring], &[block, own]))
}

fn read_document(policy: &str) -> (&'static str, Value) {
    let (referring, own) =
        referring(&["data.aws_iam_policy_document.d.json", "data.aws_iam_policy_document.d"]);
    let mut plan = plan(&[referring], &[own, block("data.aws_iam_policy_document.d", &[])]);
    plan["prior_state"] = json!({"values": {"root_module": {"resources": [{
        "address": "data.aws_iam_policy_document.d", "mode": "data", "type": "aws_iam_policy_document",
        "name": "d", "provider_name": AWS, "values": {"json": policy}, "sensitive_values": {"json": true},
    }]}}});
    ("a document that was read", plan)
}

fn variable(policy: &str) -> (&'static str, Value) {
    let (referring, own) = referring(&["var.p"]);
    let mut plan = plan(&[referring], &[own]);
    plan["variables"] = json!({"p": {"value": policy}});
    plan["configuration"]["root_module"]["variables"] = json!({"p": {"sensitive": true}});
    ("a variable", plan)
}

fn module_variable(policy: &str) -> (&'static str, Value) {
    let after = json!({"name": "p", "role": "r"});
    let inside = change("module.m.aws_iam_role_policy.p", &after, &json!({"policy": true}), &json!({}));
    let own = block("aws_iam_role_policy.p", &[("name", &[]), ("role", &[]), ("policy", &["var.q"])]);
    let mut plan = plan(&[inside], &[]);
    plan["configuration"]["root_module"]["module_calls"] = json!({"m": {
        "source": "./m", "expressions": {"q": {"constant_value": policy}},
        "module": {"resources": [own], "variables": {"q": {"sensitive": true}}},
    }});
    ("a variable of a module", plan)
}

fn module_output(policy: &str) -> (&'static str, Value) {
    let (referring, own) = referring(&["module.m.o", "module.m"]);
    let mut plan = plan(&[referring], &[own]);
    plan["configuration"]["root_module"]["module_calls"] = json!({"m": {
        "source": "./m", "expressions": {},
        "module": {"outputs": {"o": {"sensitive": true, "expression": {"constant_value": policy}}}},
    }});
    ("an output of a module", plan)
}

fn other_object(policy: &str) -> (&'static str, Value) {
    let parameter = change(
        "aws_ssm_parameter.s",
        &json!({"name": "s", "type": "SecureString", "value": policy}),
        &json!({}),
        &json!({"value": true}),
    );
    let (referring, own) = referring(&["aws_ssm_parameter.s.value", "aws_ssm_parameter.s"]);
    (
        "an attribute of another object",
        plan(&[parameter, referring], &[block("aws_ssm_parameter.s", &[]), own]),
    )
}

fn definition(policy: &str) -> (&'static str, Value) {
    let defined = change(
        "aws_iam_policy.d",
        &json!({"name": "d", "path": "/", "policy": policy}),
        &json!({"arn": true, "id": true}),
        &json!({"policy": true}),
    );
    let attached = change(
        "aws_iam_role_policy_attachment.a",
        &json!({"role": "r"}),
        &json!({"policy_arn": true}),
        &json!({}),
    );
    let blocks = [
        block("aws_iam_policy.d", &[("name", &[]), ("policy", &[])]),
        block(
            "aws_iam_role_policy_attachment.a",
            &[("role", &[]), ("policy_arn", &["aws_iam_policy.d.arn", "aws_iam_policy.d"])],
        ),
    ];
    ("a definition", plan(&[defined, attached], &blocks))
}

fn tags(secret: &str) -> (&'static str, Value) {
    let trust = json!({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
    }]});
    let role = |name: &str, tags: Value| {
        let after = json!({"name": name, "assume_role_policy": trust.to_string(), "tags": tags});
        change(
            &format!("aws_iam_role.{name}"),
            &after,
            &json!({}),
            &json!({"tags": {"ticket": true, "owner": true}}),
        )
    };
    let changes = [role("t", json!({"ticket": secret})), role("o", json!({"owner": secret}))];
    ("tags", plan(&changes, &[block("aws_iam_role.t", &[]), block("aws_iam_role.o", &[])]))
}

fn drift(secret: &str) -> (&'static str, Value) {
    let policy = &policies(secret)[0];
    let mut drifted = change(
        "aws_iam_role_policy.p",
        &json!({"name": "p", "role": "r", "policy": policy}),
        &json!({}),
        &json!({"policy": true}),
    );
    drifted["change"]["actions"] = json!(["update"]);
    drifted["change"]["before"] = json!({"name": "p", "role": "r", "policy": "{}"});
    let mut plan = plan(&[], &[block("aws_iam_role_policy.p", &[("policy", &[]), ("role", &[])])]);
    plan["resource_drift"] = json!([drifted]);
    ("drift", plan)
}

fn account(secret: &str) -> (&'static str, Value) {
    let after = json!({"name": "p", "role": "r", "policy": policies("s3:PutObject")[0]});
    let made = change("aws_iam_role_policy.p", &after, &json!({}), &json!({}));
    let blocks = [
        block("aws_iam_role_policy.p", &[("policy", &[]), ("role", &[])]),
        block("data.aws_caller_identity.c", &[]),
    ];
    let mut plan = plan(&[made], &blocks);
    plan["prior_state"] = json!({"values": {"root_module": {"resources": [{
        "address": "data.aws_caller_identity.c", "mode": "data", "type": "aws_caller_identity", "name": "c",
        "provider_name": AWS, "values": {"account_id": secret, "arn": format!("arn:aws:iam::{secret}:user/u")},
        "sensitive_values": {"account_id": true, "arn": true},
    }]}}});
    ("an account", plan)
}

fn output(secret: &str) -> (&'static str, Value) {
    let key = change(
        "aws_iam_access_key.k",
        &json!({"user": "u", "secret": secret, "ses_smtp_password_v4": secret}),
        &json!({"id": true}),
        &json!({"secret": true, "ses_smtp_password_v4": true}),
    );
    let mut plan = plan(&[key], &[block("aws_iam_access_key.k", &[("user", &[])])]);
    plan["output_changes"] = json!({"o": {
        "actions": ["create"], "before": null, "after": secret, "after_unknown": false,
        "before_sensitive": false, "after_sensitive": true,
    }});
    plan["planned_values"] = json!({"outputs": {"o": {"sensitive": true, "value": secret}}});
    plan["configuration"]["root_module"]["outputs"] = json!({"o": {
        "sensitive": true,
        "expression": {"references": ["aws_iam_access_key.k.secret", "aws_iam_access_key.k"]},
    }});
    ("an output", plan)
}
