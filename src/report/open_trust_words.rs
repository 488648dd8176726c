//! What a trust for federated identities leaves open, in words.

use crate::finding::OpenTrust;

/// Issuers that vouch for everybody who has an account with them: the host, whom they vouch for, and of what.
/// <https://docs.github.com/actions/concepts/security/openid-connect>,
/// <https://docs.gitlab.com/ci/secrets/id_token_authentication/>,
/// <https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials>
const PUBLIC_ISSUERS: [(&str, &str, &str); 4] = [
    ("token.actions.githubusercontent.com", "GitHub Actions workflow", " of any repository"),
    ("gitlab.com", "GitLab CI job", " of any project"),
    ("app.terraform.io", "HCP Terraform run", " of any organization"),
    ("accounts.google.com", "Google account", ""),
];

/// Says what it leaves open: one lower-case sentence without a full stop.
pub(super) fn describe_open_trust(open: &OpenTrust) -> String {
    let OpenTrust { issuer, is_subject_open, subject, is_audience_open } = open;
    let public = PUBLIC_ISSUERS.iter().find(|(host, ..)| host == issuer);
    let (whom, of_any) = match public {
        Some((_, whom, of_any)) => ((*whom).to_owned(), *of_any),
        None => (format!("subject of the issuer `{issuer}`"), ""),
    };
    let subjects = match (is_subject_open, subject) {
        (true, _) => Some(format!("any {whom}{of_any} is let in: the subject is not pinned")),
        (false, Some(subject)) => Some(format!("any {whom} whose subject matches `{subject}` is let in")),
        (false, None) => None,
    };
    let audiences = is_audience_open
        .then(|| "a token for any audience is accepted: the audience is not pinned".to_owned());
    [subjects, audiences].into_iter().flatten().collect::<Vec<_>>().join("; ")
}
