//! The formats in which something says what exists: a closed list, with their words for programs and for people.
//!
//! Which of them a text has is said by [`super::recognise`].

use std::fmt;

/// A format in which something says what exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, strum::VariantArray)]
pub enum ExistsFormat {
    /// A plan: `terraform show -json tfplan`, or the plan file.
    Plan,
    /// A plan made with `-refresh-only`.
    RefreshOnlyPlan,
    /// `terraform show -json` of a state.
    StateJson,
    /// A raw state file, version 4.
    StateV4,
    /// `aws iam get-account-authorization-details`.
    AwsAuthorizationDetails,
    /// `gcloud asset search-all-iam-policies --format=json`.
    GoogleAssetPolicies,
    /// `az role assignment list --all --include-inherited -o json`.
    AzureRoleAssignments,
    /// `kubectl get roles,rolebindings,clusterroles,clusterrolebindings -A -o json`.
    KubernetesList,
}

impl ExistsFormat {
    /// The word in output for programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::RefreshOnlyPlan => "refresh_only_plan",
            Self::StateJson => "state_json",
            Self::StateV4 => "state_v4",
            Self::AwsAuthorizationDetails => "aws_authorization_details",
            Self::GoogleAssetPolicies => "google_asset_policies",
            Self::AzureRoleAssignments => "azure_role_assignments",
            Self::KubernetesList => "kubernetes_list",
        }
    }
}

impl fmt::Display for ExistsFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Plan => "a plan",
            Self::RefreshOnlyPlan => "a refresh-only plan",
            Self::StateJson => "a state as JSON",
            Self::StateV4 => "a raw state file",
            Self::AwsAuthorizationDetails => "`aws iam get-account-authorization-details`",
            Self::GoogleAssetPolicies => "`gcloud asset search-all-iam-policies`",
            Self::AzureRoleAssignments => "`az role assignment list`",
            Self::KubernetesList => "`kubectl get … -o json`",
        })
    }
}
