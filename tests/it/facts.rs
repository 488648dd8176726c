//! A fact is what all that speak of it agree on.
//!
//! For each choice of what the provider's configuration, data sources, objects that exist and the manifest say, a plan is
//! made and the account of a grant is looked at: it is known only where nobody contradicts and nothing is left open.

use countersign::grants::{Inventory, collect};
use countersign::plan::{AlarmCause, Expressions, Plan};
use countersign::resolve::facts::StatedFacts;
use countersign::rules;
use countersign::sources::{ModuleFiles, Sources};
use serde_json::{Value, json};

const ONE: &str = "111122223333";
const OTHER: &str = "444455556666";

/// What a provider's configuration says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Configured {
    Nothing,
    Account(&'static str),
    Role(&'static str),
    /// One of two accounts.
    Either,
    /// A reference of which the plan alone does not say what is made of it.
    Reference,
    /// The same, and the sources say that it is this role.
    Written(&'static str),
    /// A `dynamic` block.
    Dynamic,
    /// OpenTofu's `for_each`.
    Repeated,
}

const CONFIGURED: [Configured; 11] = [
    Configured::Nothing,
    Configured::Account(ONE),
    Configured::Account(OTHER),
    Configured::Role(ONE),
    Configured::Role(OTHER),
    Configured::Either,
    Configured::Reference,
    Configured::Written(ONE),
    Configured::Written(OTHER),
    Configured::Dynamic,
    Configured::Repeated,
];

fn role(account: &str) -> String {
    format!("arn:aws:iam::{account}:role/deploy")
}

impl Configured {
    fn expressions(self) -> Value {
        match self {
            Self::Nothing => json!({"region": {"constant_value": "eu-west-1"}}),
            Self::Account(account) => json!({"allowed_account_ids": {"constant_value": [account]}}),
            Self::Role(account) => json!({"assume_role": [{"role_arn": {"constant_value": role(account)}}]}),
            Self::Either => json!({"allowed_account_ids": {"constant_value": [ONE, OTHER]}}),
            Self::Reference | Self::Written(_) => {
                json!({"assume_role": [{"role_arn": {"references": ["var.role"]}}]})
            }
            Self::Dynamic => json!({}),
            Self::Repeated => json!({"assume_role": [{"role_arn": {"references": ["each.value"]}}]}),
        }
    }

    fn sources(self) -> Option<String> {
        let body = match self {
            Self::Written(_) => "assume_role {\n    role_arn = var.role\n  }",
            Self::Dynamic => {
                "dynamic \"assume_role\" {\n    for_each = [var.role]\n    content {\n      role_arn = assume_role.value\n    }\n  }"
            }
            Self::Repeated => {
                "for_each = toset([var.role])\n  alias = \"x\"\n  assume_role {\n    role_arn = each.value\n  }"
            }
            _ => return None,
        };
        Some(format!(
            "provider \"aws\" {{\n  {body}\n}}\nresource \"aws_iam_role_policy\" \"p\" {{\n  role = \"app\"\n}}\n"
        ))
    }

    /// The accounts that it may be by the configuration; none where it says nothing.
    fn says(self) -> Option<Vec<&'static str>> {
        match self {
            Self::Account(account) | Self::Role(account) | Self::Written(account) => Some(vec![account]),
            Self::Either => Some(vec![ONE, OTHER]),
            Self::Nothing | Self::Reference | Self::Dynamic | Self::Repeated => None,
        }
    }

    fn is_open(self) -> bool {
        matches!(self, Self::Reference | Self::Dynamic | Self::Repeated)
    }
}

/// What everybody else says.
#[derive(Clone, Copy, Debug)]
struct Others {
    /// A data source in the root module, one in a child module, one that is read during the apply.
    data: [Option<&'static str>; 3],
    /// An object that exists.
    managed: Option<&'static str>,
    /// A data source with an argument, which names something of its own account.
    read: Option<&'static str>,
    stated: Option<&'static str>,
}

fn plan(configured: Configured, others: Others) -> String {
    let policy =
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}"#;
    let aws = "registry.terraform.io/hashicorp/aws";
    let object = |address: &str, mode: &str, type_name: &str, values: Value| json!({"address": address, "mode": mode, "type": type_name, "name": "x", "provider_name": aws, "values": values});
    let mut changes = vec![json!({
        "address": "aws_iam_role_policy.p", "mode": "managed", "type": "aws_iam_role_policy", "name": "p", "provider_name": aws,
        "change": {"actions": ["create"], "before": null, "after": {"role": "app", "policy": policy}, "after_unknown": {}},
    })];
    let (mut prior, mut child) = (Vec::new(), Vec::new());
    let data = "aws_caller_identity";
    let [root, below, deferred] = others.data;
    prior.extend(
        root.map(|account| {
            object("data.aws_caller_identity.x", "data", data, json!({"account_id": account}))
        }),
    );
    child.extend(below.map(|account| {
        object("module.m.data.aws_caller_identity.x", "data", data, json!({"account_id": account}))
    }));
    changes.extend(deferred.map(|account| {
        json!({
            "address": "data.aws_caller_identity.late", "mode": "data", "type": data, "name": "late", "provider_name": aws,
            "change": {"actions": ["read"], "before": null, "after": {"account_id": account}, "after_unknown": {}},
        })
    }));
    prior.extend(
        others.managed.map(|account| {
            object("aws_iam_role.x", "managed", "aws_iam_role", json!({"arn": role(account)}))
        }),
    );
    prior.extend(others.read.map(|account| {
        let alias = format!("arn:aws:kms:eu-west-1:{account}:alias/app");
        object("data.aws_kms_alias.x", "data", "aws_kms_alias", json!({"name": "alias/app", "arn": alias}))
    }));
    // What a table of another account is called, and what is hidden, tells nothing.
    let table = "arn:aws:dynamodb:eu-west-1:777788889999:table/t";
    prior.push(object(
        "data.aws_dynamodb_table.x",
        "data",
        "aws_dynamodb_table",
        json!({"name": table, "arn": table}),
    ));
    let mut hidden = object(
        "data.aws_sqs_queue.x",
        "data",
        "aws_sqs_queue",
        json!({"arn": "arn:aws:sqs:eu-west-1:777788889999:q"}),
    );
    hidden["sensitive_values"] = json!({"arn": true});
    prior.push(hidden);
    // What another provider configuration has read says nothing of this one.
    prior.push(object("data.aws_caller_identity.other", "data", data, json!({"account_id": "777788889999"})));
    let block = |address: &str, key: &str| json!({"address": address, "provider_config_key": key});
    let role_value = match configured {
        Configured::Written(account) => role(account),
        _ => role(ONE),
    };
    json!({
        "format_version": "1.2", "terraform_version": "1.11.4",
        "variables": {"role": {"value": role_value}},
        "resource_changes": changes,
        "prior_state": {"values": {"root_module": {
            "resources": prior, "child_modules": [{"address": "module.m", "resources": child}],
        }}},
        "configuration": {
            "provider_config": {
                "aws": {"name": "aws", "full_name": aws, "expressions": configured.expressions()},
                "aws.other": {"name": "aws", "full_name": aws, "alias": "other", "expressions": {"profile": {"constant_value": "other"}}},
            },
            "root_module": {
                "resources": [
                    {"address": "aws_iam_role_policy.p", "provider_config_key": "aws", "expressions": {"role": {"constant_value": "app"}, "policy": {}}},
                    block("data.aws_caller_identity.x", "aws"), block("data.aws_caller_identity.late", "aws"),
                    block("data.aws_caller_identity.other", "aws.other"), block("aws_iam_role.x", "aws"),
                    block("data.aws_kms_alias.x", "aws"), block("data.aws_dynamodb_table.x", "aws"),
                    block("data.aws_sqs_queue.x", "aws"),
                ],
                "module_calls": {"m": {"module": {"resources": [block("data.aws_caller_identity.x", "aws")]}}},
            },
        },
    })
    .to_string()
}

/// The account that is owed: known, contradicted, or open.
#[derive(Debug, PartialEq, Eq)]
enum Owed {
    Known(&'static str),
    Contradicted,
    Open,
}

fn owed(configured: Configured, others: Others) -> Owed {
    let mut agreed: Option<Vec<&'static str>> = configured.says();
    let singles = others.data.into_iter().flatten().chain(others.managed).chain(others.read);
    for account in singles {
        match &mut agreed {
            Some(known) if !known.contains(&account) => return Owed::Contradicted,
            known => *known = Some(vec![account]),
        }
    }
    match (agreed, others.stated) {
        (Some(known), Some(stated)) if !known.contains(&stated) => Owed::Contradicted,
        (Some(_), Some(stated)) => Owed::Known(stated),
        (Some(known), None) => match known.as_slice() {
            [only] => Owed::Known(only),
            _ => Owed::Open,
        },
        (None, Some(stated)) if !configured.is_open() => Owed::Known(stated),
        (None, _) => Owed::Open,
    }
}

fn found(inventory: &Inventory) -> Owed {
    if inventory.alarms.iter().any(|alarm| matches!(alarm.cause, AlarmCause::ConflictingFacts { .. })) {
        return Owed::Contradicted;
    }
    let grant =
        inventory.grants.iter().find(|grant| &*grant.origin.address == "aws_iam_role_policy.p").unwrap();
    let account = grant.terms.principals[0].as_known().and_then(|arn| arn.split(':').nth(4));
    // What rests on a guess is not known.
    match account.filter(|_| grant.doubts().next().is_none()) {
        Some(account) => Owed::Known([ONE, OTHER].into_iter().find(|known| *known == account).unwrap()),
        None => Owed::Open,
    }
}

#[test]
fn a_fact_is_what_all_that_speak_of_it_agree_on() {
    let rules = rules::load(Vec::new()).unwrap();
    let said = [None, Some(ONE), Some(OTHER)];
    let mut counts = [0; 3];
    for configured in CONFIGURED {
        let choices = if configured == Configured::Nothing { 729 } else { 243 };
        for choice in 0..choices {
            let at = |place: u32| said[choice / 3_usize.pow(place) % 3];
            let others = Others { data: [at(0), at(1), at(2)], managed: at(3), stated: at(4), read: at(5) };
            let text = plan(configured, others);
            let mut plan = Plan::read(&text).unwrap();
            if let Some(text) = configured.sources() {
                let files = vec![("main.tf".to_owned(), text.into_bytes())];
                let root = ModuleFiles {
                    key: String::new(),
                    folder: String::new(),
                    files,
                    ..ModuleFiles::default()
                };
                plan.attach(Expressions::Written(Sources::read(&[root])));
            }
            let stated = others.stated.map(|account| ("aws.account".to_owned(), account.to_owned()));
            let stated: StatedFacts = stated.into_iter().collect();
            let inventory = collect(&plan, &rules, &stated).unwrap();
            let due = owed(configured, others);
            assert_eq!(found(&inventory), due, "{configured:?} {others:?}");
            counts[match due {
                Owed::Known(_) => 0,
                Owed::Contradicted => 1,
                Owed::Open => 2,
            }] += 1;
        }
    }
    assert!(counts.into_iter().all(|count| count > 10), "{counts:?}");
}

/// Provider configurations that differ in nothing that could change the account reach the same one; those that differ in
/// anything else do not, and neither do those of which an argument is not known.
#[test]
fn configurations_that_connect_alike_share_a_fact() {
    let aws = "registry.terraform.io/hashicorp/aws";
    let rules = rules::load(Vec::new()).unwrap();
    let constant = |value: &str| json!({"constant_value": value});
    let cases = [
        (json!({}), json!({"region": constant("eu-west-1")}), true),
        (json!({"region": constant("us-east-1")}), json!({"region": {"references": ["var.r"]}}), true),
        (
            json!({"profile": constant("p")}),
            json!({"profile": constant("p"), "region": constant("eu-west-1")}),
            true,
        ),
        (json!({"profile": constant("p")}), json!({}), false),
        (json!({"profile": constant("p")}), json!({"profile": constant("q")}), false),
        (json!({"profile": {"references": ["var.p"]}}), json!({"profile": {"references": ["var.p"]}}), false),
    ];
    for (own, other, is_shared) in cases {
        let policy = json!({"Version": "2012-10-17", "Statement": []}).to_string();
        let text = json!({
            "format_version": "1.2", "terraform_version": "1.11.4",
            "resource_changes": [{
                "address": "aws_iam_role_policy.p", "mode": "managed", "type": "aws_iam_role_policy", "name": "p", "provider_name": aws,
                "change": {"actions": ["create"], "before": null, "after": {"role": "app", "policy": policy}, "after_unknown": {}},
            }],
            "prior_state": {"values": {"root_module": {"resources": [{
                "address": "data.aws_caller_identity.x", "mode": "data", "type": "aws_caller_identity", "name": "x",
                "provider_name": aws, "values": {"account_id": ONE},
            }]}}},
            "configuration": {
                "provider_config": {
                    "aws": {"name": "aws", "full_name": aws, "expressions": own},
                    "aws.other": {"name": "aws", "full_name": aws, "alias": "other", "expressions": other},
                },
                "root_module": {"resources": [
                    {"address": "aws_iam_role_policy.p", "provider_config_key": "aws.other", "expressions": {}},
                    {"address": "data.aws_caller_identity.x", "provider_config_key": "aws"},
                ]},
            },
        });
        let text = text.to_string();
        let plan = Plan::read(&text).unwrap();
        let inventory = collect(&plan, &rules, &StatedFacts::new()).unwrap();
        let grant =
            inventory.grants.iter().find(|grant| &*grant.origin.address == "aws_iam_role_policy.p").unwrap();
        assert_eq!(grant.terms.principals[0].as_known().is_some(), is_shared, "{own} {other}");
    }
}
