//! What the name of a principal says of its kind.
//!
//! Takes the name as the algebra spells it, in the vocabulary of a dialect, and returns a [`SpelledKind`]. A name that may
//! be that of several kinds is an identity, whose kind a plan may show.

use super::SubjectKind::{self, Agent, Federated, Group, Human, Workload};
use crate::lower::Dialect;

/// What a name says of the kind of a principal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SpelledKind {
    /// It is of this kind.
    Kind(SubjectKind),
    /// It is the name of something that somebody acts as.
    Identity {
        /// By which it is found, however it is spelled.
        key: String,
        /// The kind of one that a plan says nothing of.
        usual: Option<SubjectKind>,
    },
    /// It may be anybody.
    Anybody,
}

/// Finds what the name of a principal says of its kind.
pub fn find_spelled_kind(dialect: Dialect, name: &str) -> SpelledKind {
    if let Some(service) = name.strip_prefix("Service:") {
        return SpelledKind::Kind(kind_of_service(service));
    }
    match dialect {
        Dialect::Aws => find_aws(name),
        Dialect::Google => find_google(name),
        Dialect::Azure | Dialect::Azuread => find_microsoft(name),
        Dialect::Kubernetes => find_kubernetes(name),
        Dialect::Github | Dialect::Terraform => find_by_prefix(name, &GITHUB).unwrap_or(SpelledKind::Anybody),
    }
}

/// Finds by what a workload identity is known in every account and system; none of a service, which many use, and of a
/// name that means another one in each cluster.
pub fn find_identity_key(dialect: Dialect, name: &str) -> Option<String> {
    let is_pattern = name.contains(['*', '?']);
    match find_spelled_kind(dialect, name) {
        SpelledKind::Identity { key, .. } => Some(key),
        SpelledKind::Kind(Workload | Agent) if !is_pattern && !name.starts_with("Service:") => {
            match dialect {
                Dialect::Google | Dialect::Azure | Dialect::Azuread => Some(name.to_ascii_lowercase()),
                Dialect::Aws | Dialect::Kubernetes | Dialect::Github | Dialect::Terraform => None,
            }
        }
        SpelledKind::Kind(_) | SpelledKind::Anybody => None,
    }
}

/// Beginnings of the names of services, and of resource types that are handed an identity, that run AI agents.
/// <https://docs.aws.amazon.com/bedrock/latest/userguide/agents-permissions.html>,
/// <https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-permissions.html>
const AGENT_SERVICES: [&str; 5] = [
    "bedrock",
    "aws_bedrockagent",
    "google_dialogflow",
    "google_vertex_ai_reasoning_engine",
    "azurerm_ai_foundry",
];

fn kind_of_service(service: &str) -> SubjectKind {
    if AGENT_SERVICES.iter().any(|start| service.starts_with(start)) { Agent } else { Workload }
}

/// "IAM identifiers" and "AWS JSON policy elements: Principal" of the IAM user guide.
fn find_aws(name: &str) -> SpelledKind {
    let is_host = name.contains('.') && !name.contains(':');
    if is_host && name.ends_with(".amazonaws.com") && !name.starts_with("cognito-identity.") {
        return SpelledKind::Kind(kind_of_service(name));
    }
    if is_host || name.starts_with("Federated:") {
        return SpelledKind::Kind(Federated);
    }
    let Some(arn) = name.strip_prefix("arn:") else { return SpelledKind::Anybody };
    let is_of = |service: &str| arn.split(':').nth(1) == Some(service);
    let has = |part: &str| arn.contains(part);
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: names of roles and users are unique
    // in an account, whatever their path.
    if is_of("identitystore") {
        return SpelledKind::Kind(if has(":group/") { Group } else { Human });
    }
    if is_of("sts") && has(":assumed-role/") {
        let session = name.replacen(":sts:", ":iam:", 1).replacen(":assumed-role/", ":role/", 1);
        let role = session.rsplit_once('/').map_or(session.as_str(), |(role, _)| role);
        return identity(&without_path(role, ":role/"), None);
    }
    match () {
        () if has(":oidc-provider/") || has(":saml-provider/") || has(":federated-user/") => {
            SpelledKind::Kind(Federated)
        }
        () if !is_of("iam") => SpelledKind::Anybody,
        () if has(":role/aws-service-role/") => SpelledKind::Kind(Workload),
        // https://docs.aws.amazon.com/singlesignon/latest/userguide/using-permission-sets-resource-policies.html
        () if has(":role/aws-reserved/sso.amazonaws.com/") => SpelledKind::Kind(Human),
        () if has(":role/") => identity(&without_path(name, ":role/"), None),
        () if has(":user/") => identity(&without_path(name, ":user/"), Some(Human)),
        () if has(":group/") => SpelledKind::Kind(Group),
        () => SpelledKind::Anybody,
    }
}

/// The ARN without what stands between the kind and the last name.
fn without_path(arn: &str, kind: &str) -> String {
    match arn.split_once(kind) {
        Some((start, name)) => format!("{start}{kind}{}", name.rsplit('/').next().unwrap_or(name)),
        None => arn.to_owned(),
    }
}

/// One that a pattern names may be anybody.
fn identity(name: &str, usual: Option<SubjectKind>) -> SpelledKind {
    if name.contains(['*', '?']) {
        return SpelledKind::Anybody;
    }
    SpelledKind::Identity { key: name.to_ascii_lowercase(), usual }
}

/// Beginnings of names, the first that fits counts.
type Prefixes<'p> = [(&'p str, SubjectKind)];

/// <https://cloud.google.com/iam/docs/principal-identifiers>, and for agents
/// <https://cloud.google.com/agent-builder/agent-engine/agent-identity>.
const GOOGLE: [(&str, SubjectKind); 17] = [
    ("principal://goog/subject/", Human),
    ("principalset://goog/group/", Group),
    ("principal://iam.googleapis.com/projects/-/serviceaccounts/", Workload),
    ("principalset://cloudresourcemanager.googleapis.com/", Workload),
    ("principal://agents.", Agent),
    ("principalset://agents.", Agent),
    ("principal:", Federated),
    ("principalset:", Federated),
    ("user:", Human),
    ("group:", Group),
    ("domain:", Group),
    ("serviceaccount:", Workload),
    ("issuer:", Federated),
    ("saml:", Federated),
    ("x509:", Federated),
    ("trustdomain:", Federated),
    ("aws:", Federated),
];

/// Google's own accounts that act for agents, by the domain of their address.
const GOOGLE_AGENTS: [&str; 2] = ["@gcp-sa-aiplatform-re.", "@gcp-sa-dialogflow."];

fn find_google(name: &str) -> SpelledKind {
    let name = name.to_ascii_lowercase();
    let name = name.strip_prefix("deleted:").unwrap_or(&name);
    if name.starts_with("serviceaccount:") && GOOGLE_AGENTS.iter().any(|domain| name.contains(domain)) {
        return SpelledKind::Kind(Agent);
    }
    find_by_prefix(name, &GOOGLE).unwrap_or(SpelledKind::Anybody)
}

/// Azure and its directory know principals by identifiers that say nothing, and a plan by names.
fn find_microsoft(name: &str) -> SpelledKind {
    let lower = name.to_ascii_lowercase();
    if lower.contains("/providers/microsoft.managedidentity/") {
        return SpelledKind::Kind(Workload);
    }
    if lower.starts_with("federated:") || lower.starts_with("https://") && lower.contains('#') {
        return SpelledKind::Kind(Federated);
    }
    identity(name, None)
}

/// <https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects>
const KUBERNETES: [(&str, SubjectKind); 6] = [
    ("User:system:", Workload),
    ("User:", Human),
    ("Group:system:serviceaccounts", Workload),
    ("Group:system:nodes", Workload),
    ("Group:", Group),
    ("ServiceAccount:", Workload),
];

fn find_kubernetes(name: &str) -> SpelledKind {
    let is_everybody = ["Group:system:authenticated", "Group:system:unauthenticated"].contains(&name);
    let found = if is_everybody { None } else { find_by_prefix(name, &KUBERNETES) };
    found.unwrap_or(SpelledKind::Anybody)
}

/// GitHub, GitLab and what is named as they name it.
const GITHUB: [(&str, SubjectKind); 7] = [
    ("user:", Human),
    ("team:", Group),
    ("group:", Group),
    ("deploy-key:", Workload),
    ("app:", Workload),
    ("installation:", Workload),
    ("service-account:", Workload),
];

fn find_by_prefix(name: &str, prefixes: &Prefixes<'_>) -> Option<SpelledKind> {
    let (_, kind) = prefixes.iter().find(|(start, _)| name.starts_with(start))?;
    Some(SpelledKind::Kind(*kind))
}

#[cfg(test)]
mod tests {
    use super::{SpelledKind, find_spelled_kind};
    use crate::lower::Dialect;

    /// What a name says: a kind, `identity` with the usual kind, or `anybody`.
    fn say(dialect: Dialect, name: &str) -> String {
        match find_spelled_kind(dialect, name) {
            SpelledKind::Kind(kind) => kind.word().to_owned(),
            SpelledKind::Identity { key, usual } => {
                format!("{key} {}", usual.map_or("unknown", |kind| kind.word()))
            }
            SpelledKind::Anybody => "anybody".to_owned(),
        }
    }

    #[test]
    fn names_say_of_which_kind_they_are() {
        let role = "arn:aws:iam::111122223333:role/ci unknown";
        for (name, expected) in [
            ("arn:aws:iam::111122223333:role/ci", role),
            ("arn:aws:iam::111122223333:role/teams/ops/ci", role),
            ("arn:aws:sts::111122223333:assumed-role/ci/build-7", role),
            ("arn:aws:iam::111122223333:user/ops/Lee", "arn:aws:iam::111122223333:user/lee human"),
            (
                "arn:aws:iam::111122223333:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS",
                "workload",
            ),
            (
                "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Ops_0123",
                "human",
            ),
            ("arn:aws:iam::111122223333:group/ops", "group"),
            ("arn:aws:identitystore:::user/90676c3d", "human"),
            ("arn:aws:identitystore:::group/90676c3d", "group"),
            ("arn:aws:iam::111122223333:root", "anybody"),
            ("arn:aws:iam::111122223333:*", "anybody"),
            ("arn:aws:iam::111122223333:role/*", "anybody"),
            ("arn:aws:s3:::acme", "anybody"),
            ("*", "anybody"),
            ("Service:lambda.amazonaws.com", "workload"),
            ("Service:bedrock.amazonaws.com", "agent"),
            ("Service:aws_bedrockagent_agent", "agent"),
            ("Federated:arn:aws:iam::111122223333:oidc-provider/gitlab.com", "federated"),
            ("accounts.google.com", "federated"),
            ("cognito-identity.amazonaws.com", "federated"),
            ("lambda.amazonaws.com", "workload"),
            ("arn:aws:sts::111122223333:federated-user/bob", "federated"),
        ] {
            assert_eq!(say(Dialect::Aws, name), expected, "{name}");
        }
        for (name, expected) in [
            ("user:lee@example.com", "human"),
            ("group:ops@example.com", "group"),
            ("serviceAccount:ci@acme.iam.gserviceaccount.com", "workload"),
            ("serviceAccount:acme.svc.id.goog[payments/app]", "workload"),
            ("serviceAccount:service-12@gcp-sa-aiplatform-re.iam.gserviceaccount.com", "agent"),
            ("deleted:user:lee@example.com?uid=1", "human"),
            (
                "principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/subject/s",
                "federated",
            ),
            ("principalSet://iam.googleapis.com/locations/global/workforcePools/p/*", "federated"),
            ("principal://agents.global.org-1.system.id.goog/resources/aiplatform/projects/1", "agent"),
            ("principalSet://goog/group/ops@example.com", "group"),
            ("allAuthenticatedUsers", "anybody"),
            ("*", "anybody"),
        ] {
            assert_eq!(say(Dialect::Google, name), expected, "{name}");
        }
        for (dialect, name, expected) in [
            (Dialect::Kubernetes, "ServiceAccount:payments/app", "workload"),
            (Dialect::Kubernetes, "User:system:serviceaccount:payments:app", "workload"),
            (Dialect::Kubernetes, "User:lee", "human"),
            (Dialect::Kubernetes, "Group:ops", "group"),
            (Dialect::Kubernetes, "Group:system:authenticated", "anybody"),
            (Dialect::Github, "team:payments", "group"),
            (Dialect::Github, "members:acme", "anybody"),
            (
                Dialect::Azuread,
                "https://token.actions.githubusercontent.com#repo:acme/app:ref:x",
                "federated",
            ),
            (
                Dialect::Azure,
                "11111111-2222-3333-4444-555555555555",
                "11111111-2222-3333-4444-555555555555 unknown",
            ),
        ] {
            assert_eq!(say(dialect, name), expected, "{name}");
        }
    }
}
