//! A definition is the content of a role only where the plan proves it.
//!
//! For each type that defines a role, each type that names one, and each way in which the two may belong together or only
//! look alike, a plan is made and its grants are collected. The content is used in the ways that prove it and in no other.

use countersign::grants::{Grant, collect};
use countersign::plan::{Expressions, Plan};
use countersign::resolve::facts::StatedFacts;
use countersign::rules;
use serde_json::{Value, json};

/// A type that defines roles.
struct Definer {
    type_name: &'static str,
    kind: &'static str,
    /// The attributes of an object that is known by a text.
    after: fn(&str) -> Value,
    /// The attribute that is the role's identity, and one that anybody may choose.
    identifier: &'static str,
    chosen: &'static str,
    /// Whether a text that anybody may choose can be any text at all.
    is_free: bool,
    has_global_names: bool,
}

/// A type that names roles.
struct Attacher {
    type_name: &'static str,
    kind: &'static str,
    /// A name of a role that a plan may define, and one that the cloud itself defines.
    role: &'static str,
    built_in: Option<&'static str>,
    /// The attributes, and the expressions with this one in the place of the name.
    after: fn(&str) -> Value,
    expressions: fn(Value) -> Value,
}

const POLICY: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::data/*"}]}"#;

const DEFINERS: [Definer; 8] = [
    Definer {
        type_name: "aws_iam_policy",
        kind: "aws_iam_policy",
        after: |role| json!({"arn": role, "name": "shared", "path": "/", "policy": POLICY}),
        identifier: "arn",
        chosen: "arn",
        is_free: false,
        has_global_names: true,
    },
    Definer {
        type_name: "aws_iot_policy",
        kind: "aws_iot_policy",
        after: |role| json!({"name": role, "policy": POLICY}),
        identifier: "name",
        chosen: "name",
        is_free: true,
        has_global_names: false,
    },
    Definer {
        type_name: "aws_ssoadmin_permission_set_inline_policy",
        kind: "part",
        after: |role| json!({"permission_set_arn": role, "inline_policy": POLICY}),
        identifier: "permission_set_arn",
        chosen: "permission_set_arn",
        is_free: true,
        has_global_names: true,
    },
    Definer {
        type_name: "google_project_iam_custom_role",
        kind: "google_custom_role",
        after: |role| json!({"name": role, "role_id": "r", "project": "p", "permissions": ["storage.objects.get"]}),
        identifier: "name",
        chosen: "name",
        is_free: false,
        has_global_names: true,
    },
    Definer {
        type_name: "kubernetes_cluster_role_v1",
        kind: "kubernetes_role",
        after: |role| {
            let rule = json!([{"api_groups": [""], "resources": ["pods"], "verbs": ["get"]}]);
            json!({"metadata": [{"name": role.trim_start_matches("ClusterRole:")}], "rule": rule, "aggregation_rule": []})
        },
        identifier: "metadata[0].name",
        chosen: "metadata[0].name",
        is_free: true,
        has_global_names: false,
    },
    Definer {
        type_name: "azurerm_role_definition",
        kind: "azurerm_role_definition",
        after: |role| {
            let id = "/subscriptions/1/providers/Microsoft.Authorization/roleDefinitions/2";
            let permissions = json!([{"actions": ["Microsoft.Compute/*/read"], "not_actions": [], "data_actions": [], "not_data_actions": []}]);
            let id = if role.starts_with('/') { role } else { id };
            json!({"name": role, "scope": "/subscriptions/1", "permissions": permissions, "role_definition_resource_id": id, "role_definition_id": "2"})
        },
        identifier: "role_definition_resource_id",
        chosen: "name",
        is_free: true,
        has_global_names: true,
    },
    Definer {
        type_name: "azuread_custom_directory_role",
        kind: "azuread_custom_directory_role",
        after: |role| json!({"display_name": role, "object_id": "object", "id": "object", "permissions": [{"allowed_resource_actions": ["microsoft.directory/users/read"]}]}),
        identifier: "object_id",
        chosen: "display_name",
        is_free: true,
        has_global_names: true,
    },
    Definer {
        type_name: "azurerm_redis_cache_access_policy",
        kind: "azurerm_redis_cache_access_policy",
        after: |role| json!({"name": role.trim_start_matches("redis:"), "permissions": "+@read", "redis_cache_id": "/r"}),
        identifier: "name",
        chosen: "name",
        is_free: true,
        has_global_names: false,
    },
];

const ATTACHERS: [Attacher; 7] = [
    Attacher {
        type_name: "aws_iam_role_policy_attachment",
        kind: "aws_iam_policy",
        role: "arn:aws:iam::111122223333:policy/shared",
        built_in: Some("arn:aws:iam::aws:policy/AdministratorAccess"),
        after: |role| json!({"role": "app", "policy_arn": role}),
        expressions: |role| json!({"role": {"constant_value": "app"}, "policy_arn": role}),
    },
    Attacher {
        type_name: "aws_iot_policy_attachment",
        kind: "aws_iot_policy",
        role: "devices",
        built_in: None,
        after: |role| json!({"target": "arn:aws:iot:eu-west-1:111122223333:cert/1", "policy": role}),
        expressions: |role| json!({"target": {}, "policy": role}),
    },
    Attacher {
        type_name: "aws_ssoadmin_account_assignment",
        kind: "part",
        role: "arn:aws:sso:::permissionSet/ssoins-1/ps-1",
        built_in: None,
        after: |role| json!({"permission_set_arn": role, "principal_id": "g", "principal_type": "GROUP", "target_id": "111122223333"}),
        expressions: |role| json!({"permission_set_arn": role, "principal_id": {}, "principal_type": {}, "target_id": {}}),
    },
    Attacher {
        type_name: "google_project_iam_member",
        kind: "google_custom_role",
        role: "projects/p/roles/r",
        built_in: Some("roles/owner"),
        after: |role| json!({"project": "p", "role": role, "member": "user:a@example.com", "condition": []}),
        expressions: |role| json!({"project": {}, "role": role, "member": {}}),
    },
    Attacher {
        type_name: "kubernetes_cluster_role_binding_v1",
        kind: "kubernetes_role",
        role: "ClusterRole:reader",
        built_in: Some("ClusterRole:cluster-admin"),
        after: |role| {
            let (kind, name) = role.split_once(':').unwrap_or(("ClusterRole", role));
            json!({"metadata": [{"name": "b"}], "role_ref": [{"kind": kind, "name": name}], "subject": [{"kind": "User", "name": "ana"}]})
        },
        expressions: |role| json!({"metadata": [{"name": {}}], "role_ref": [{"kind": {}, "name": role}], "subject": [{}]}),
    },
    Attacher {
        type_name: "azurerm_role_assignment",
        kind: "azurerm_role_definition",
        role: "/subscriptions/1/providers/Microsoft.Authorization/roleDefinitions/2",
        built_in: None,
        after: |role| json!({"principal_id": "x", "role_definition_id": role, "role_definition_name": null, "scope": "/subscriptions/1"}),
        expressions: |role| json!({"principal_id": {}, "role_definition_id": role, "scope": {}}),
    },
    Attacher {
        type_name: "azuread_directory_role_assignment",
        kind: "azuread_custom_directory_role",
        role: "62e90394-69f5-4237-9190-012177145e10",
        built_in: None,
        after: |role| json!({"principal_object_id": "x", "role_id": role}),
        expressions: |role| json!({"principal_object_id": {}, "role_id": role}),
    },
];

/// How a definition and an attachment may belong together, or only look alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tie {
    /// The argument refers to the identity of an object that the plan makes.
    Reference,
    /// The argument refers to a text of the object that anybody may choose.
    ChosenText,
    /// The same text stands in both, and the plan makes the object.
    SameText,
    /// The same text stands in both, and the object exists.
    Exists,
    /// The same, and the plan changes the object.
    Changes,
    /// The same as `Reference`, through another provider configuration.
    OtherProvider,
    /// The same as `Reference`, and another object claims the name.
    Rival,
    /// The attachment waits for the object, and its argument does not speak of it.
    DependsOn,
}

const TIES: [Tie; 8] = [
    Tie::Reference,
    Tie::ChosenText,
    Tie::SameText,
    Tie::Exists,
    Tie::Changes,
    Tie::OtherProvider,
    Tie::Rival,
    Tie::DependsOn,
];

fn provider(type_name: &str) -> &str {
    type_name.split('_').next().unwrap()
}

fn plan(definer: &Definer, attacher: &Attacher, tie: Tie, role: &str) -> String {
    let change = |type_name: &str, name: &str, after: Value, actions: Value, before: Value| {
        json!({
            "address": format!("{type_name}.{name}"), "mode": "managed", "type": type_name, "name": name,
            "provider_name": format!("registry.terraform.io/hashicorp/{}", provider(type_name)),
            "change": {"actions": actions, "before": before, "after": after, "after_unknown": {}},
        })
    };
    let block = |type_name: &str, name: &str, expressions: Value, alias: &str| {
        json!({
            "address": format!("{type_name}.{name}"), "mode": "managed", "type": type_name, "name": name,
            "provider_config_key": format!("{}{alias}", provider(type_name)), "expressions": expressions,
        })
    };
    let defined = (definer.after)(role);
    let (actions, before) = match tie {
        Tie::Exists => (json!(["no-op"]), defined.clone()),
        Tie::Changes => {
            let mut before = defined.clone();
            before["description"] = json!("older");
            (json!(["update"]), before)
        }
        _ => (json!(["create"]), Value::Null),
    };
    let set: Value = defined
        .as_object()
        .unwrap()
        .keys()
        .map(|name| (name.clone(), json!({})))
        .collect::<serde_json::Map<_, _>>()
        .into();
    let address = format!("{}.d", definer.type_name);
    let to = |attribute: &str| json!({"references": [format!("{address}.{attribute}"), address]});
    let expression = match tie {
        Tie::Reference | Tie::OtherProvider | Tie::Rival => to(definer.identifier),
        Tie::ChosenText => to(definer.chosen),
        Tie::SameText | Tie::Exists | Tie::Changes | Tie::DependsOn => json!({"constant_value": role}),
    };
    let mut changes = vec![
        change(definer.type_name, "d", defined.clone(), actions, before),
        change(attacher.type_name, "a", (attacher.after)(role), json!(["create"]), Value::Null),
    ];
    let alias = if tie == Tie::OtherProvider { ".other" } else { "" };
    let mut holder = block(attacher.type_name, "a", (attacher.expressions)(expression), alias);
    if tie == Tie::DependsOn {
        holder["depends_on"] = json!([address]);
    }
    let mut blocks = vec![block(definer.type_name, "d", set.clone(), ""), holder];
    if tie == Tie::Rival {
        changes.push(change(definer.type_name, "rival", defined, json!(["create"]), Value::Null));
        blocks.push(block(definer.type_name, "rival", set, ""));
    }
    json!({
        "format_version": "1.2", "terraform_version": "1.11.4", "resource_changes": changes,
        "configuration": {"root_module": {"resources": blocks}},
    })
    .to_string()
}

/// Whether a tie proves that the definition is the role's content.
fn is_proof(definer: &Definer, attacher: &Attacher, tie: Tie, role: &str) -> bool {
    let is_same_kind = definer.kind == attacher.kind && definer.kind != "part";
    let is_built_in = attacher.built_in == Some(role);
    let is_identity =
        (definer.after)(role)[definer.identifier] == role || definer.identifier == definer.chosen;
    is_same_kind
        && !is_built_in
        && match tie {
            Tie::Reference => true,
            Tie::ChosenText => definer.identifier == definer.chosen,
            Tie::Exists | Tie::Changes => is_identity,
            Tie::OtherProvider => definer.has_global_names,
            Tie::SameText | Tie::Rival | Tie::DependsOn => false,
        }
}

#[test]
fn the_content_of_a_role_is_used_where_it_is_proved_and_nowhere_else() {
    let rules = rules::load(Vec::new()).unwrap();
    let facts: StatedFacts =
        [("aws.account", "111122223333"), ("aws.region", "eu-west-1"), ("google.project", "p")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into();
    let (mut used, mut refused) = (0, 0);
    for definer in &DEFINERS {
        for attacher in &ATTACHERS {
            let is_own = definer.kind == attacher.kind;
            for role in std::iter::once(attacher.role).chain(attacher.built_in) {
                if !definer.is_free && (!is_own || role != attacher.role) {
                    continue;
                }
                for tie in TIES {
                    let text = plan(definer, attacher, tie, role);
                    let plan = Plan::read(&text).unwrap();
                    let inventory = collect(&plan, &rules, &facts).unwrap();
                    let address = format!("{}.a", attacher.type_name);
                    let of_attacher = |grant: &&Grant| *grant.origin.address == *address;
                    let grants: Vec<&Grant> = inventory.grants.iter().filter(of_attacher).collect();
                    // Where the plan makes both, they are one grant, that of the definition.
                    let holders: Vec<String> = plan_holders(&inventory.grants, definer);
                    assert!(!grants.is_empty() || !holders.is_empty(), "{address} gives nothing: {text}");
                    let is_used = grants.is_empty() || grants.iter().any(|grant| grant.readings.len() > 1);
                    let is_due = is_proof(definer, attacher, tie, role);
                    assert_eq!(is_used, is_due, "{} as {role} for {address}: {tie:?}", definer.type_name);
                    *if is_used { &mut used } else { &mut refused } += 1;
                }
            }
        }
    }
    assert!(used > 20 && refused > 300, "{used} used, {refused} refused");
}

/// Who holds what a definition says.
fn plan_holders(grants: &[Grant], definer: &Definer) -> Vec<String> {
    let address = format!("{}.d", definer.type_name);
    let own = grants.iter().filter(|grant| *grant.origin.address == *address);
    own.flat_map(|grant| &grant.terms.principals).map(ToString::to_string).collect()
}

/// Every definition has a kind, and somebody who names it; whoever names a kind finds a definition of it.
#[test]
fn every_kind_of_role_is_defined_and_named() {
    let rules = rules::load(Vec::new()).unwrap();
    let grants =
        || rules.packs().iter().flat_map(|pack| pack.rules_by_type()).flat_map(|(_, rule)| &rule.grants);
    let defined: std::collections::BTreeSet<&str> =
        grants().filter_map(|grant| Some(grant.defines.as_ref()?.role_kind.as_str())).collect();
    let named: std::collections::BTreeSet<&str> =
        grants().filter_map(|grant| grant.role_kind.as_deref()).collect();
    assert_eq!(defined, named);
}

/// A permission set with an inline policy and a managed policy, and an assignment of it. `set` is the action on the set
/// itself, `managed` the expression of the managed attachment's `permission_set_arn`.
fn permission_set(set: &str, managed: Value) -> String {
    let arn = |name: &str| json!({"references": [format!("aws_ssoadmin_permission_set.{name}.arn"), format!("aws_ssoadmin_permission_set.{name}")]});
    let is_made = set == "create";
    let known = json!({"name": "support", "arn": "arn:aws:sso:::permissionSet/ssoins-1/ps-1"});
    let change = |type_name: &str, action: &str, after: Value, unknown: Value, before: Value| {
        json!({
            "address": format!("{type_name}.x"), "mode": "managed", "type": type_name, "name": "x",
            "provider_name": "registry.terraform.io/hashicorp/aws",
            "change": {"actions": [action], "before": before, "after": after, "after_unknown": unknown},
        })
    };
    let part = |mut after: Value| {
        if !is_made {
            after["permission_set_arn"] = known["arn"].clone();
        }
        (after, if is_made { json!({"permission_set_arn": true}) } else { json!({}) })
    };
    let set_change = if is_made {
        change(
            "aws_ssoadmin_permission_set",
            set,
            json!({"name": "support"}),
            json!({"arn": true}),
            Value::Null,
        )
    } else {
        change("aws_ssoadmin_permission_set", set, known.clone(), json!({}), known.clone())
    };
    let parts = [
        ("aws_ssoadmin_permission_set_inline_policy", json!({"inline_policy": POLICY}), arn("x")),
        (
            "aws_ssoadmin_managed_policy_attachment",
            json!({"managed_policy_arn": "arn:aws:iam::aws:policy/AdministratorAccess"}),
            managed,
        ),
        (
            "aws_ssoadmin_account_assignment",
            json!({"principal_id": "g", "principal_type": "GROUP", "target_id": "111122223333"}),
            arn("x"),
        ),
    ];
    let mut changes = vec![set_change];
    let mut blocks = vec![json!({"address": "aws_ssoadmin_permission_set.x", "expressions": {"name": {}}})];
    for (type_name, after, expression) in parts {
        let (after, unknown) = part(after);
        changes.push(change(type_name, "create", after, unknown, Value::Null));
        blocks.push(
            json!({"address": format!("{type_name}.x"), "expressions": {"permission_set_arn": expression}}),
        );
    }
    json!({
        "format_version": "1.2", "terraform_version": "1.11.4", "resource_changes": changes,
        "configuration": {"root_module": {"resources": blocks}},
    })
    .to_string()
}

/// What a permission set holds is known where the plan makes the set, and all of its parts are united.
#[test]
fn the_parts_of_a_role_are_united_where_they_are_all_of_it() {
    let rules = rules::load(Vec::new()).unwrap();
    let own =
        || json!({"references": ["aws_ssoadmin_permission_set.x.arn", "aws_ssoadmin_permission_set.x"]});
    for (set, managed, is_due) in [
        ("create", own(), true),
        // It may be anything, this set's ARN too.
        ("create", json!({}), false),
        ("create", json!({"references": ["aws_ssoadmin_permission_set.x.arn", "var.other"]}), false),
        // What else an existing set holds is not in the plan.
        ("no-op", own(), false),
    ] {
        let text = permission_set(set, managed.clone());
        let mut plan = Plan::read(&text).unwrap();
        plan.attach(Expressions::Trusted);
        let inventory = collect(&plan, &rules, &StatedFacts::new()).unwrap();
        let assigned: Vec<&Grant> =
            inventory.grants.iter().filter(|grant| grant.origin.type_name.ends_with("_assignment")).collect();
        let [grant] = assigned.as_slice() else { panic!("{} assignments", assigned.len()) };
        assert_eq!(grant.readings.len() > 1, is_due, "{set} {managed}");
        if is_due {
            let content =
                grant.readings[1].access.statements.iter().map(ToString::to_string).collect::<String>();
            assert!(content.contains("s3:getobject") && content.contains("AdministratorAccess"), "{content}");
        }
    }
}
