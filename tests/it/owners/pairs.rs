//! Pairs of a plan and a manifest that allows it, as data: what is planned, what was decided, and one text each.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::random::Random;

const ACCOUNT: &str = "123456789012";
const ACTIONS: [&str; 5] =
    ["s3:GetObject", "s3:PutObject", "sqs:SendMessage", "kms:Decrypt", "dynamodb:Scan"];

/// Whose words an access is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cloud {
    /// A policy of a role.
    Aws,
    /// Who may become a role.
    AwsTrust,
    /// A member of a project.
    Google,
}

/// Who may do what, to what, and under which condition.
#[derive(Clone, Debug)]
pub(super) struct PairAccess {
    pub(super) cloud: Cloud,
    pub(super) principal: String,
    pub(super) actions: Vec<String>,
    pub(super) resource: String,
    /// The key of its condition.
    key: String,
    pub(super) condition: Option<String>,
}

/// A grant of the plan.
#[derive(Clone, Debug)]
pub(super) struct Planned {
    pub(super) name: String,
    pub(super) access: PairAccess,
}

/// An approval, by its system's number.
#[derive(Clone, Debug)]
pub(super) struct Decided {
    pub(super) system: usize,
    pub(super) requester: String,
    pub(super) approvers: Vec<String>,
    pub(super) approved_on: String,
    pub(super) expires_on: String,
    pub(super) justification: String,
    /// More attributes, as they stand in the block.
    pub(super) more: String,
    pub(super) access: PairAccess,
}

/// Where a system is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Where no other system is.
    Anywhere,
    /// At the addresses of its grants.
    Addresses,
    /// In the account and the projects of its grants.
    Places,
}

/// A system with its authority.
#[derive(Clone, Debug)]
pub(super) struct PairSystem {
    pub(super) reach: Reach,
    pub(super) threshold: usize,
    pub(super) has_authority: bool,
    /// More of its authority, as it stands in the block.
    pub(super) more: String,
}

/// Approval `n` covers grant `n`.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    pub(super) systems: Vec<PairSystem>,
    pub(super) decided: Vec<Decided>,
    pub(super) planned: Vec<Planned>,
}

impl PairAccess {
    fn make(at: usize, random: &mut Random) -> Self {
        let cloud = *random.pick(&[Cloud::Aws, Cloud::Aws, Cloud::AwsTrust, Cloud::Google]);
        let with_condition = random.chance(50);
        let (principal, actions, resource, condition) = match cloud {
            Cloud::Aws => {
                let actions = random.some(&ACTIONS, 3);
                (format!("app-{at}"), actions, format!("arn:aws:s3:::data-{at}/*"), "o-a1b2c3d4e5")
            }
            Cloud::AwsTrust => {
                let actions = vec!["sts:AssumeRoleWithWebIdentity".to_owned()];
                // Each its own, so that no other approval speaks of it.
                (
                    format!("token{at}.example.com"),
                    actions,
                    format!("deployer-{at}"),
                    "repo:acme/app:ref:refs/heads/main",
                )
            }
            Cloud::Google => {
                let principal = format!("serviceAccount:job-{at}@acme-prod.iam.gserviceaccount.com");
                let role = random.pick(&["roles/viewer", "roles/storage.objectViewer"]);
                (
                    principal,
                    vec![(*role).to_owned()],
                    format!("acme-{at}"),
                    "request.time < timestamp('2027-01-01T00:00:00Z')",
                )
            }
        };
        let condition = (with_condition || cloud == Cloud::AwsTrust).then(|| condition.to_owned());
        let key =
            if cloud == Cloud::Aws { "aws:PrincipalOrgID".to_owned() } else { format!("{principal}:sub") };
        Self { cloud, principal, actions, resource, key, condition }
    }

    /// The `grant` block that allows it.
    fn block(&self) -> String {
        let (dialect, principal, resource) = match self.cloud {
            Cloud::Aws => ("aws", role_arn(&self.principal), self.resource.clone()),
            Cloud::AwsTrust => (
                "aws",
                format!("arn:aws:iam::{ACCOUNT}:oidc-provider/{}", self.principal),
                role_arn(&self.resource),
            ),
            Cloud::Google => {
                let resource = format!("//cloudresourcemanager.googleapis.com/projects/{}", self.resource);
                ("google", self.principal.clone(), resource)
            }
        };
        let what = if self.cloud == Cloud::Google { "roles" } else { "actions" };
        let condition = match (&self.condition, self.cloud) {
            (None, _) => String::new(),
            (Some(text), Cloud::Google) => format!("expression = {text:?}\n"),
            (Some(text), Cloud::Aws | Cloud::AwsTrust) => {
                format!("condition \"StringEquals\" \"{}\" {{ values = [{text:?}] }}\n", self.key)
            }
        };
        format!(
            "  grant \"{dialect}\" {{\n principals = [{principal:?}]\n {what} = {:?}\n resources = [{resource:?}]\n {condition}}}\n",
            self.actions
        )
    }

    /// The change of the plan that gives it.
    fn change(&self, name: &str) -> Value {
        let statement = |part: &str, who: Value| {
            let mut statement = json!({"Effect": "Allow", "Action": self.actions, part: who});
            if let Some(text) = &self.condition {
                statement["Condition"] = json!({"StringEquals": {self.key.as_str(): text}});
            }
            json!({"Version": "2012-10-17", "Statement": [statement]}).to_string()
        };
        let (type_name, provider, after) = match self.cloud {
            Cloud::Aws => {
                let policy = statement("Resource", json!(self.resource));
                (
                    "aws_iam_role_policy",
                    "aws",
                    json!({"name": name, "role": self.principal, "policy": policy}),
                )
            }
            Cloud::AwsTrust => {
                let provider =
                    json!({"Federated": format!("arn:aws:iam::{ACCOUNT}:oidc-provider/{}", self.principal)});
                let policy = statement("Principal", provider);
                let after = json!({"name": self.resource, "path": "/", "assume_role_policy": policy});
                ("aws_iam_role", "aws", after)
            }
            Cloud::Google => {
                let condition: Vec<Value> = { self.condition.iter() }
                    .map(|text| json!({"title": "t", "description": "", "expression": text}))
                    .collect();
                let after = json!({"project": self.resource, "role": self.actions[0], "member": self.principal, "condition": condition});
                ("google_project_iam_member", "google", after)
            }
        };
        json!({"address": format!("{type_name}.{name}"), "mode": "managed", "type": type_name, "name": name,
            "provider_name": format!("registry.terraform.io/hashicorp/{provider}"),
            "change": {"actions": ["create"], "before": null, "after": after, "after_unknown": {"id": true},
                "before_sensitive": false, "after_sensitive": {}}})
    }
}

fn role_arn(name: &str) -> String {
    format!("arn:aws:iam::{ACCOUNT}:role/{name}")
}

impl Pair {
    /// A plan, and approvals of everything in it.
    pub(super) fn make(random: &mut Random) -> Self {
        let count = 1 + random.below(2);
        // Two systems in one account would both be where a grant of either is.
        let reaches = if count == 1 {
            &[Reach::Anywhere, Reach::Places][..]
        } else {
            &[Reach::Anywhere, Reach::Addresses]
        };
        let systems: Vec<PairSystem> = (0..count)
            .map(|_| PairSystem {
                reach: *random.pick(reaches),
                threshold: 1 + random.below(2),
                has_authority: true,
                more: String::new(),
            })
            .collect();
        let (mut decided, mut planned) = (Vec::new(), Vec::new());
        for at in 0..=random.below(4) {
            let system = random.below(systems.len());
            let approvers = ["lee", "max"].iter().take(systems[system].threshold);
            let access = PairAccess::make(at, random);
            planned.push(Planned { name: format!("of{system}x{at}"), access: access.clone() });
            decided.push(Decided {
                system,
                requester: "ana".to_owned(),
                approvers: approvers.map(|name| format!("{name}{system}")).collect(),
                approved_on: "2026-11-01".to_owned(),
                expires_on: "2027-01-01".to_owned(),
                justification: "needed".to_owned(),
                more: String::new(),
                access,
            });
        }
        Self { systems, decided, planned }
    }

    pub(super) fn manifest(&self) -> String {
        let mut text =
            format!("process_owner = \"process\"\nfact \"aws.account\" {{ value = \"{ACCOUNT}\" }}\n");
        text.push_str("person \"ana\" { logins = [\"ana-admin\"] }\n");
        for (at, system) in self.systems.iter().enumerate() {
            let place = match system.reach {
                Reach::Anywhere => String::new(),
                Reach::Addresses => format!("match {{ addresses = [\"*.of{at}x*\"] }}"),
                Reach::Places => {
                    let projects: Vec<String> = (0..4).map(|project| format!("acme-{project}")).collect();
                    format!("match {{ accounts = [\"{ACCOUNT}\"] }}\n match {{ projects = {projects:?} }}")
                }
            };
            writeln!(text, "system \"s{at}\" {{\n owner = \"team{at}\"\n {place}\n}}").unwrap();
            if system.has_authority {
                writeln!(
                    text,
                    "authority \"s{at}\" {{\n approvers = [\"lee{at}\", \"max{at}\"]\n systems = [\"s{at}\"]\n \
                     max_duration = \"120d\"\n threshold = {}\n {}\n}}",
                    system.threshold, system.more
                )
                .unwrap();
            }
        }
        for (at, one) in self.decided.iter().enumerate() {
            writeln!(
                text,
                "approval \"SEC-{at}\" {{\n justification = {:?}\n system = \"s{}\"\n requester = {:?}\n approvers = {:?}\n \
                 approved_on = {:?}\n expires_on = {:?}\n {}\n{}}}",
                one.justification,
                one.system,
                one.requester, one.approvers, one.approved_on, one.expires_on, one.more, one.access.block()
            )
            .unwrap();
        }
        text
    }

    pub(super) fn plan(&self) -> String {
        let provider = |name: &str| json!({"name": name, "full_name": format!("registry.terraform.io/hashicorp/{name}")});
        let changes: Vec<Value> = self.planned.iter().map(|one| one.access.change(&one.name)).collect();
        json!({"format_version": "1.2", "terraform_version": "1.11.4", "resource_changes": changes, "configuration":
            {"provider_config": {"aws": provider("aws"), "google": provider("google")}, "root_module": {}},
            "complete": true, "errored": false})
        .to_string()
    }
}
