//! What stands in the place of a resource or a principal that cannot be.
//!
//! Containment finds any text that its patterns match, such as `arn:aws:sexample`. Takes such a text and returns whole ARNs
//! and principals, the nearest first, of which the caller keeps one that shows the same.

use super::{AwsWords, EXAMPLE, WORST, is_account, is_region};
use crate::catalog::actions;

/// An account that is not the one at hand.
const ELSEWHERE: &str = "999999999999";
/// AWS's partitions (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>).
const PARTITIONS: [&str; 3] = ["aws", "aws-cn", "aws-us-gov"];
/// Resources that are tried in the place of one that is no whole ARN. Each costs some microseconds, and there are as
/// many services as 400.
const MAX_STAND_INS: usize = 2_000;

impl AwsWords {
    /// Resources in a whole form that may stand for one that is none: the same with its impossible parts replaced, then
    /// what the plan writes, then one of each service.
    pub(super) fn list_stand_ins(&self, action: &str, like: &str) -> Vec<String> {
        if like == "*" || is_whole_arn(like) {
            return Vec::new();
        }
        let own = action.split_once(':').map(|(own, _)| own);
        let services: Vec<&str> =
            self.written_services.iter().map(String::as_str).chain(own).chain(WORST).collect();
        let accounts: Vec<&str> = like
            .split(':')
            .chain([self.account.as_str(), ELSEWHERE])
            .filter(|account| is_account(account))
            .collect();
        let written = self.written.iter().flat_map(|pattern| {
            let spell = |(service, account): (&&str, &&str)| self.spelled(pattern, service, account);
            services
                .iter()
                .flat_map(|service| accounts.iter().map(move |account| (service, account)))
                .filter_map(spell)
        });
        let mended = accounts.iter().flat_map(|account| self.mend(like, account));
        let make = |partition: &str, service: &str| {
            let of =
                |account: &&str| format!("arn:{partition}:{service}:{}:{account}:{EXAMPLE}", self.region);
            let all = accounts.iter().map(of).chain([format!("arn:{partition}:{service}:::{EXAMPLE}")]);
            all.collect::<Vec<String>>()
        };
        let here = services.iter().copied().chain(actions::list_prefixes());
        let elsewhere =
            PARTITIONS.into_iter().flat_map(|partition| services.iter().map(move |one| (partition, *one)));
        let made = elsewhere.chain(here.map(|service| (self.partition.as_str(), service)));
        let made = made.flat_map(|(partition, service)| make(partition, service));
        mended
            .chain(written)
            .chain(made)
            .filter(|resource| is_whole_arn(resource))
            .take(MAX_STAND_INS)
            .collect()
    }

    /// Principals that may be, for one that may not.
    pub(super) fn list_principals(&self, like: &str) -> Vec<String> {
        if is_whole_principal(like) {
            return Vec::new();
        }
        let accounts: Vec<&str> = [self.account.as_str(), ELSEWHERE]
            .into_iter()
            .chain(like.split(':').filter(|account| is_account(account)))
            .collect();
        let partitions = [self.partition.as_str()].into_iter().chain(PARTITIONS);
        let of = |partition: &str, account: &str| {
            let named = |service: &str, name: &str| format!("arn:{partition}:{service}::{account}:{name}");
            [
                named("iam", "role/example"),
                named("iam", "user/example"),
                named("sts", "assumed-role/example/example"),
                named("iam", "root"),
            ]
        };
        let made =
            partitions.flat_map(|partition| accounts.iter().flat_map(move |account| of(partition, account)));
        let mended = accounts.iter().flat_map(|account| self.mend(like, account));
        let mut principals: Vec<String> =
            mended.filter(|principal| is_whole_principal(principal)).chain(made).collect();
        let typed = ["Service:ec2.amazonaws.com", "Service:lambda.amazonaws.com", "Federated:example.com"];
        principals.extend(typed.map(str::to_owned));
        let named =
            self.written_principals.iter().filter_map(|pattern| self.spelled(pattern, "iam", &self.account));
        principals.extend(named);
        principals
    }

    /// An ARN with something that may be in the place of each part that can't be; none where it has too few parts.
    fn mend(&self, like: &str, account: &str) -> Vec<String> {
        let parts: Vec<&str> = like.splitn(6, ':').collect();
        let [arn, partition, service, region, own, resource] = parts.as_slice() else { return Vec::new() };
        let region = if region.is_empty() || is_region(region) { region } else { self.region.as_str() };
        let account = if own.is_empty() || is_account(own) || *own == "aws" { own } else { account };
        let resource = if resource.is_empty() { EXAMPLE } else { resource };
        let partitions = if partition.starts_with("aws") { vec![*partition] } else { PARTITIONS.to_vec() };
        let mend = |partition: &str| format!("{arn}:{partition}:{service}:{region}:{account}:{resource}");
        partitions.into_iter().map(mend).collect()
    }
}

/// Whether a text is an ARN of six parts, of which none that an ARN needs is empty.
pub(super) fn is_whole_arn(text: &str) -> bool {
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    let [arn, partition, service, region, account, resource] = parts.as_slice() else { return false };
    *arn == "arn"
        && partition.starts_with("aws")
        && actions::find_service(service).is_some()
        && (region.is_empty() || is_region(region))
        && (account.is_empty() || is_account(account) || *account == "aws")
        && !resource.is_empty()
}

/// Whether a text names somebody who may be: of AWS by a whole ARN, and others by their type.
fn is_whole_principal(text: &str) -> bool {
    let kinds = ["role/", "user/", "assumed-role/", "federated-user/", "group/"];
    let is_named = |resource: &str| {
        resource == "root"
            || kinds.iter().any(|kind| resource.strip_prefix(kind).is_some_and(|name| !name.is_empty()))
    };
    let typed = ["Service:", "Federated:", "CanonicalUser:"];
    typed.iter().any(|kind| text.strip_prefix(kind).is_some_and(|name| !name.is_empty()))
        || is_whole_arn(text) && text.splitn(6, ':').nth(5).is_some_and(is_named)
}
