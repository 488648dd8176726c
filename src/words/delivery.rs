//! Words for the inputs of `verify`: what each shows all of, and what it cannot show.

use crate::exists::{Coverage, NotSeen};

/// Says what an input shows all of.
pub fn describe_coverage(coverage: Coverage) -> &'static str {
    match coverage {
        Coverage::ManagedObjects => "what Terraform manages in this state, as of its last write or refresh",
        Coverage::RefreshedObjects => "what Terraform manages in this state, read anew",
        Coverage::AwsIdentities => "users, groups, roles and customer managed policies of the account",
        Coverage::GoogleBindings => "bindings of the resources that the search covers",
        Coverage::AzureAssignments => "role assignments of the subscription",
        Coverage::KubernetesRbac => "roles and bindings of the cluster",
    }
}

/// Says what an input cannot show.
pub fn describe_not_seen(not_seen: NotSeen) -> &'static str {
    match not_seen {
        NotSeen::UnmanagedObjects => "objects that Terraform does not manage in this state",
        NotSeen::ChangesSinceWrite => "changes since the state was written",
        NotSeen::ChangesWithoutRefresh => {
            "changes since the last refresh, which an ordinary plan may have left out"
        }
        NotSeen::Attachments => "attachments that no managed object holds",
        NotSeen::AccessKeys => "access keys",
        NotSeen::ResourcePolicies => "policies of resources, such as buckets, keys and queues",
        NotSeen::IdentityCenter => "assignments of IAM Identity Center",
        NotSeen::OrganizationPolicies => "policies of the organization",
        NotSeen::UnsearchableResources => "bindings of resources that Cloud Asset Inventory does not search",
        NotSeen::FilteredBindings => "bindings that a `--query` left out",
        NotSeen::GoogleDenyPolicies => "deny policies and principal access boundaries",
        NotSeen::ServiceAccountKeys => "keys of service accounts",
        NotSeen::EntraRoles => "roles of Entra ID",
        NotSeen::EligibleAssignments => "assignments that a person may activate",
        NotSeen::DenyAssignments => "deny assignments",
        NotSeen::OtherSubscriptions => "assignments in other subscriptions",
        NotSeen::ClusterAuthentication => "who may act as a user or a group of the cluster",
        NotSeen::CloudAccessToCluster => "cloud roles that reach into the cluster",
    }
}
