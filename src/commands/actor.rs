//! Who runs a command, as `--actor`, the environment of a CI service or git says it.

use std::process::Command;

use crate::record::{Actor, ActorSource};

/// Variables in which CI services name the person who started the run, the most precise of a service first:
/// GitHub Actions, GitLab CI, Azure Pipelines, Bitbucket Pipelines, CircleCI, Buildkite.
const VARIABLES: [&str; 7] = [
    "GITHUB_TRIGGERING_ACTOR",
    "GITHUB_ACTOR",
    "GITLAB_USER_LOGIN",
    "BUILD_REQUESTEDFOREMAIL",
    "BITBUCKET_STEP_TRIGGERER_UUID",
    "CIRCLE_USERNAME",
    "BUILDKITE_BUILD_CREATOR_EMAIL",
];

/// Returns who was named; none where nobody was.
pub(super) fn find_actor(given: Option<&str>) -> Option<Actor> {
    let told =
        |name: &str, told_by| Some(Actor { name: name.to_owned(), told_by }).filter(|_| !name.is_empty());
    match given {
        Some(name) => told(name, ActorSource::Option),
        None => VARIABLES
            .into_iter()
            .find_map(|variable| told(&std::env::var(variable).ok()?, ActorSource::Variable(variable))),
    }
}

/// Returns the address that git writes into commits here.
pub(super) fn ask_git() -> Option<String> {
    let output = Command::new("git").args(["config", "--get", "user.email"]).output().ok()?;
    let email = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (output.status.success() && !email.is_empty()).then_some(email)
}
