//! Attributes that the provider computes where the configuration leaves them out: they count only where it sets them.
//!
//! Each case is what the block of an `aws_sns_topic` says of its policy, which the plan does not know, and whether that
//! is a grant. And what is sensitive of an object that grants something: a null tells nothing, a value hides itself alone.

use countersign::grants::{Grant, collect};
use countersign::plan::{Expressions, Plan};
use countersign::resolve::facts::StatedFacts;
use countersign::rules;
use countersign::sources::{ModuleFiles, Sources};
use serde_json::{Value, json};

const AWS: &str = "registry.terraform.io/hashicorp/aws";

const VARIABLES: &str =
    "variable \"own\" {\n type = bool\n default = true\n}\nvariable \"later\" {\n}\nvariable \"none\" {\n}\n";

/// What stands in the block, and whether it sets the policy.
const CASES: [(&str, bool); 10] = [
    ("", false),
    ("policy = null", false),
    ("policy = var.own ? null : \"{}\"", false),
    ("policy = try({}.policy, null)", false),
    ("policy = var.own ? terraform_data.later.output : null", true),
    ("policy = terraform_data.later.output", true),
    ("policy = terraform_data.later.output == \"\" ? null : \"{}\"", true),
    ("policy = var.later", true),
    ("policy = var.none", false),
    ("policy = var.none == null ? null : terraform_data.later.output", false),
];

fn collect_grants(plan: &Value, sources: Option<&str>) -> Vec<Grant> {
    let text = plan.to_string();
    let mut plan = Plan::read(&text).unwrap();
    if let Some(sources) = sources {
        let files = vec![("main.tf".to_owned(), sources.as_bytes().to_vec())];
        let root = ModuleFiles { key: String::new(), folder: String::new(), files, ..ModuleFiles::default() };
        plan.attach(Expressions::Written(Sources::read(&[root])));
    }
    let facts = StatedFacts::from([
        ("aws.account".to_owned(), "111122223333".to_owned()),
        ("aws.region".to_owned(), "eu-west-1".to_owned()),
    ]);
    collect(&plan, &rules::load(Vec::new()).unwrap(), &facts).unwrap().grants
}

fn plan(type_name: &str, after: &Value, unknown: &Value, sensitive: &Value, expressions: &Value) -> Value {
    let address = format!("{type_name}.x");
    json!({
        "format_version": "1.2", "terraform_version": "1.11.4", "complete": true, "errored": false,
        "variables": {"own": {"value": true}, "none": {"value": null}},
        "resource_changes": [{
            "address": address, "mode": "managed", "type": type_name, "name": "x", "provider_name": AWS,
            "change": {
                "actions": ["create"], "before": null, "after": after, "after_unknown": unknown,
                "before_sensitive": false, "after_sensitive": sensitive,
            },
        }],
        "configuration": {
            "provider_config": {"aws": {"name": "aws", "full_name": AWS}},
            "root_module": {
                "variables": {"own": {"default": true}, "later": {}, "none": {"default": null}},
                "resources": [{
                    "address": address, "mode": "managed", "type": type_name, "name": "x",
                    "provider_config_key": "aws", "expressions": expressions,
                }],
            },
        },
    })
}

#[test]
fn an_argument_that_is_null_sets_nothing() {
    for (argument, is_set) in CASES {
        let references = if argument.is_empty() { json!({}) } else { json!({"policy": {}}) };
        let plan =
            plan("aws_sns_topic", &json!({"name": "t"}), &json!({"policy": true}), &json!({}), &references);
        let block = format!("resource \"aws_sns_topic\" \"x\" {{\n name = \"t\"\n {argument}\n}}\n");
        let grants = collect_grants(&plan, Some(&format!("{VARIABLES}{block}")));
        assert_eq!(!grants.is_empty(), is_set, "{argument}");
        // Plan JSON alone does not say what an expression comes to.
        assert_eq!(
            !collect_grants(&plan, None).is_empty(),
            !argument.is_empty(),
            "{argument}, plan JSON alone"
        );
    }
}

/// An object that is imported is judged with what its provider or somebody else has set.
#[test]
fn what_is_imported_counts_without_an_argument() {
    let policy = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"sns:Publish","Resource":"*"}]}"#;
    let topic = json!({"name": "t", "policy": policy});
    let mut plan = plan("aws_sns_topic", &topic, &json!({}), &json!({}), &json!({}));
    let change = &mut plan["resource_changes"][0]["change"];
    change["actions"] = json!(["no-op"]);
    change["before"] = topic;
    change["importing"] = json!({"id": "arn:aws:sns:eu-west-1:111122223333:t"});
    assert_eq!(collect_grants(&plan, None).len(), 1);
}

/// Documents that the plan knows, and whether each is a grant of a new object: an empty text sets nothing where the cloud
/// has a document of its own, and nothing else is as empty.
#[test]
fn an_empty_text_is_no_document() {
    let count = |type_name: &str, policy: &str| {
        let after = json!({"name": "t", "arn": "arn:aws:sns:eu-west-1:111122223333:t", "policy": policy});
        let plan = plan(type_name, &after, &json!({}), &json!({}), &json!({"policy": {}}));
        collect_grants(&plan, None).len()
    };
    for type_name in ["aws_sns_topic", "aws_sqs_queue", "aws_kms_key"] {
        assert_eq!(count(type_name, ""), 0, "{type_name}");
        for odd in [" ", "null", "\n", "[]", "{", "\u{feff}"] {
            assert_ne!(count(type_name, odd), 0, "{type_name} with {odd:?}");
        }
    }
    for required in ["aws_sns_topic_policy", "aws_sqs_queue_policy", "aws_s3_bucket_policy"] {
        assert_ne!(count(required, ""), 0, "{required}");
    }
}

/// The credential of a database with a password that is marked, and whether it may be printed.
fn is_hidden(after: &Value, unknown: &Value, sensitive: &Value) -> bool {
    let plan = plan("aws_db_instance", after, unknown, sensitive, &json!({"password": {}, "username": {}}));
    let grants = collect_grants(&plan, None);
    let [grant] = grants.as_slice() else { panic!("{grants:#?}") };
    grant.sensitive
}

#[test]
fn a_secret_hides_itself_and_not_whom_it_opens() {
    let object = |password: Value| json!({"identifier": "db", "engine": "mysql", "username": "root", "password": password, "manage_master_user_password": true});
    let (password, username) = (json!({"password": true}), json!({"username": true}));
    assert!(!is_hidden(&object(Value::Null), &json!({}), &password));
    assert!(!is_hidden(&object(Value::Null), &password, &password));
    assert!(!is_hidden(&object(json!("secret")), &json!({}), &password));
    assert!(is_hidden(&object(json!("secret")), &json!({}), &username));
}

/// What stands for the mixed instances of a group, which the plan does not know, and whether a template may be handed over.
const TEMPLATES: [(&str, bool); 9] = [
    ("", false),
    (r#"dynamic "B" { for_each = [] C }"#, false),
    (r#"dynamic "B" { for_each = var.own ? [] : [1] C }"#, false),
    (r#"dynamic "B" { for_each = var.none == null ? [] : [1] C }"#, false),
    (r#"dynamic "B" { for_each = var.own ? [1] : [] C }"#, true),
    (r#"dynamic "B" { for_each = var.later C }"#, true),
    (r#"dynamic "B" { for_each = terraform_data.later.output == "" ? [] : [1] C }"#, true),
    (r#"dynamic "B" { for_each = var.absent C }"#, true),
    (r#"B { LATER }"#, true),
];

#[test]
fn a_dynamic_block_that_is_made_for_nothing_hands_over_nothing() {
    const BLOCK: &str = "mixed_instances_policy";
    const LATER: &str =
        "launch_template {\n launch_template_specification {\n launch_template_id = var.later\n}\n}\n";
    for (written, hands_over) in TEMPLATES {
        let plan = plan(
            "aws_autoscaling_group",
            &json!({"name": "g"}),
            &json!({BLOCK: true}),
            &json!({}),
            &json!({BLOCK: [{}]}),
        );
        let content = format!("\n content {{\n {LATER}\n}}\n");
        let written = written.replace('B', BLOCK).replace('C', &content).replace("LATER", LATER);
        let written = written.replace("{ for_each", "{\n for_each").replace("{ launch", "{\n launch");
        let block = format!("resource \"aws_autoscaling_group\" \"x\" {{\n name = \"g\"\n {written}\n}}\n");
        let grants = collect_grants(&plan, Some(&format!("{VARIABLES}{block}")));
        assert_eq!(!grants.is_empty(), hands_over, "{written}");
    }
}
