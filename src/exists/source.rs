//! Where existing objects were seen: which input, as of when, and for what it is complete.
//!
//! Every output of `verify` says this, because "nothing wrong found" is worth as much as what was looked at.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::format::ExistsFormat;

/// One input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveredSource {
    /// As the user named it. Formats leave it empty; the command fills it in.
    pub name: String,
    /// What kind of input it is.
    pub format: ExistsFormat,
    /// As of when.
    pub as_of: AsOf,
    /// The account, subscription, organization or cluster that it is about, where the input says it.
    pub account: Option<String>,
    /// What it shows all of.
    pub coverage: Coverage,
    /// What it cannot show, in the order in which it is said.
    pub not_seen: Vec<NotSeen>,
}

impl DeliveredSource {
    /// Adds the facts that the input itself says to those that were stated: an export is of one account.
    pub fn add_facts(&self, stated: &BTreeMap<String, String>) -> BTreeMap<String, String> {
        let mut facts = stated.clone();
        if let (ExistsFormat::AwsAuthorizationDetails, Some(account)) = (self.format, &self.account) {
            facts.insert("aws.account".to_owned(), account.clone());
        }
        facts
    }
}

/// As of when an input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsOf {
    /// The input does not say it. `--exported-at` may.
    Unknown,
    /// The input or the user says it.
    At(Timestamp),
}

/// What an input shows all of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Coverage {
    /// What Terraform manages in one state, as of the last write.
    ManagedObjects,
    /// What Terraform manages in one state, read anew from the cloud.
    RefreshedObjects,
    /// Users, groups, roles and customer-managed policies of one AWS account, live.
    AwsIdentities,
    /// The bindings of the Google resources that a search covers, live.
    GoogleBindings,
    /// The role assignments of one Azure subscription, live.
    AzureAssignments,
    /// The RBAC objects of one Kubernetes cluster, live.
    KubernetesRbac,
}

/// Something that gives access and that a kind of input cannot show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NotSeen {
    /// Objects that no Terraform manages.
    UnmanagedObjects,
    /// What changed since the state was written.
    ChangesSinceWrite,
    /// What changed since the last refresh: plan JSON does not say whether there was one.
    ChangesWithoutRefresh,
    /// What is attached to a managed object beside Terraform, where the type does not hold it.
    Attachments,
    /// Access keys of users.
    AccessKeys,
    /// Policies of resources: S3, KMS, SQS and others.
    ResourcePolicies,
    /// Permission sets and assignments of IAM Identity Center.
    IdentityCenter,
    /// Policies of the organization (SCP, RCP).
    OrganizationPolicies,
    /// Bindings of resources that Cloud Asset Inventory does not search.
    UnsearchableResources,
    /// Bindings that a `--query` left out, which the result does not show.
    FilteredBindings,
    /// Deny policies and principal access boundaries of Google.
    GoogleDenyPolicies,
    /// Keys of Google service accounts.
    ServiceAccountKeys,
    /// Roles of Entra ID.
    EntraRoles,
    /// Assignments that a person may activate (PIM).
    EligibleAssignments,
    /// Deny assignments of Azure.
    DenyAssignments,
    /// Assignments in other subscriptions.
    OtherSubscriptions,
    /// Who may act as a Kubernetes user or group: the authenticator says it.
    ClusterAuthentication,
    /// Cloud roles that reach into a cluster (EKS access entries, GKE IAM).
    CloudAccessToCluster,
}
