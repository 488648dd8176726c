//! Plans of older versions: what they leave out is read from what they do say, and no access is lost by that.

use countersign::grants::{Change, Inventory, collect};
use countersign::plan::{AlarmCause, Plan, PlanError, Verb};
use countersign::resolve::facts::StatedFacts;
use countersign::rules;
use serde_json::{Value, json};

const WIDE: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;
const NARROW: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}"#;

fn object(policy: &str) -> Value {
    json!({"name": "app", "role": "app", "policy": policy})
}

fn entry(change: Value) -> Value {
    json!({
        "address": "aws_iam_role_policy.app", "mode": "managed", "type": "aws_iam_role_policy", "name": "app",
        "provider_name": "registry.terraform.io/hashicorp/aws", "change": change,
    })
}

fn read(plan: &Value) -> Result<Inventory, PlanError> {
    let text = plan.to_string();
    collect(&Plan::read(&text)?, &rules::load(Vec::new()).unwrap(), &StatedFacts::new())
}

fn plan(changes: Value) -> Value {
    json!({"format_version": "0.1", "terraform_version": "0.12.6", "planned_values": {}, "resource_changes": changes})
}

#[test]
fn a_change_that_does_not_say_what_it_does_is_what_its_sides_show() {
    for actions in [json!([]), json!([""]), json!(["", ""])] {
        for (before, after, unknown, verb, change) in [
            (Value::Null, object(WIDE), json!({}), Verb::Create, Some(Change::Made)),
            (object(NARROW), object(WIDE), json!({}), Verb::Replace, Some(Change::Replaced)),
            (object(WIDE), object(WIDE), json!({}), Verb::NoOp, Some(Change::Untouched)),
            (object(WIDE), object(WIDE), json!({"id": true}), Verb::Replace, Some(Change::Replaced)),
            (object(WIDE), Value::Null, json!({}), Verb::Delete, None),
            (object(NARROW), Value::Null, json!(true), Verb::Replace, Some(Change::Replaced)),
        ] {
            let delta =
                json!({"actions": actions, "before": before, "after": after, "after_unknown": unknown});
            let plan = plan(json!([entry(delta)]));
            assert_eq!(Plan::read(&plan.to_string()).unwrap().changes[0].verb, verb, "{plan}");
            let inventory = read(&plan).unwrap();
            assert!(inventory.alarms.iter().all(|alarm| alarm.cause == AlarmCause::UnexplainedDeletion));
            let made: Vec<Change> = inventory.grants.iter().map(|grant| grant.change).collect();
            assert_eq!(made, change.into_iter().collect::<Vec<_>>(), "{plan}");
        }
    }
}

/// Nothing is shown, or an unknown action stands beside an empty one.
#[test]
fn a_change_that_shows_nothing_still_blocks() {
    for (actions, after) in [
        (json!([]), Value::Null),
        (json!(["", "elevate"]), object(WIDE)),
        (json!(["no-op", "elevate"]), object(WIDE)),
    ] {
        let delta = json!({"actions": actions, "before": null, "after": after, "after_unknown": {}});
        let inventory = read(&plan(json!([entry(delta)]))).unwrap();
        let is_unknown = |cause: &AlarmCause| matches!(cause, AlarmCause::UnknownActions { .. });
        assert!(inventory.alarms.iter().any(|alarm| is_unknown(&alarm.cause)), "{actions}");
    }
}

#[test]
fn drift_without_an_address_is_that_of_its_object() {
    let drift = |module: Value, index: Value| {
        let mut drift =
            entry(json!({"actions": ["update"], "before": object(NARROW), "after": object(WIDE)}));
        drift.as_object_mut().unwrap().remove("address");
        (drift["module_address"], drift["index"]) = (module, index);
        drift
    };
    for (module, index, address) in [
        (Value::Null, Value::Null, "aws_iam_role_policy.app"),
        (json!("module.a[\"x\"]"), json!(0), "module.a[\"x\"].aws_iam_role_policy.app[0]"),
        (Value::Null, json!("k.${e}"), "aws_iam_role_policy.app[\"k.$${e}\"]"),
    ] {
        let mut plan = plan(json!([]));
        plan["resource_drift"] = json!([drift(module, index)]);
        let inventory = read(&plan).unwrap();
        assert_eq!(inventory.grants.len(), 1);
        assert_eq!(&*inventory.grants[0].origin.address, address);
        assert_eq!(inventory.grants[0].change, Change::Drifted);
    }
    // The change that the plan makes speaks for the object.
    let mut plan =
        plan(json!([entry(json!({"actions": ["update"], "before": object(WIDE), "after": object(NARROW)}))]));
    plan["resource_drift"] = json!([drift(Value::Null, Value::Null)]);
    assert!(read(&plan).unwrap().grants.iter().all(|grant| grant.change == Change::Changed));
}

#[test]
fn a_change_without_an_address_is_refused() {
    let mut change = entry(json!({"actions": ["create"], "before": null, "after": object(WIDE)}));
    change.as_object_mut().unwrap().remove("address");
    let error = read(&plan(json!([change]))).unwrap_err();
    assert!(error.to_string().starts_with("cannot read `resource_changes` of the plan"), "{error}");
}

/// Sections that only some versions write say nothing about access; any other is a change of meaning.
#[test]
fn sections_of_older_versions_are_known() {
    for (name, is_known) in [("condition_results", true), ("checks", true), ("condition_result", false)] {
        let mut plan = plan(json!([]));
        plan[name] =
            json!([{"address": "aws_iam_role.r", "condition_type": "ResourcePrecondition", "result": true}]);
        assert_eq!(read(&plan).unwrap().alarms.is_empty(), is_known, "{name}");
    }
}
