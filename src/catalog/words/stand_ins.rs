//! What stands in the place of a resource or a principal that cannot be.
//!
//! Containment finds any text that its patterns match, such as `arn:aws:sexample`. Takes such a text and returns whole ARNs
//! and principals, the nearest first, of which the caller keeps one that shows the same.

use std::iter;

use super::{ArnParts, AwsWords, EXAMPLE, WORST, is_account, is_region, list_principals};
use crate::catalog::actions;

/// An account that is not the one at hand.
const ELSEWHERE: &str = "999999999999";
/// AWS's partitions (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>).
const PARTITIONS: [&str; 3] = ["aws", "aws-cn", "aws-us-gov"];
/// Resources that are tried in the place of one that is no whole ARN. Each costs some microseconds, and there are as
/// many services as 400.
const MAX_STAND_INS: usize = 2_000;

impl AwsWords<'_> {
    /// Resources in a whole form that may stand for one that is none: the same with its impossible parts replaced, then
    /// what the plan writes, then one of each service.
    pub(super) fn list_stand_ins<'w>(
        &'w self,
        action: &'w str,
        like: &'w str,
    ) -> Box<dyn Iterator<Item = String> + 'w> {
        if like == "*" || is_whole_arn(like) {
            return Box::new(iter::empty());
        }
        let ArnParts { partition, region, account } = self.parts();
        let own = action.split_once(':').map(|(own, _)| own);
        let services: Vec<&str> = self.written_services().iter().copied().chain(own).chain(WORST).collect();
        let accounts: Vec<&str> =
            like.split(':').chain([account, ELSEWHERE]).filter(|account| is_account(account)).collect();
        let mended = accounts.clone().into_iter().flat_map(|account| self.mend(like, account));
        let places: Vec<(&str, &str)> = services
            .iter()
            .flat_map(|service| accounts.iter().map(move |account| (*service, *account)))
            .collect();
        let written = self.written().flat_map(move |pattern| {
            let spell = |(service, account): (&str, &str)| self.spelled(pattern, service, account);
            places.clone().into_iter().filter_map(spell)
        });
        let make = move |partition: &str, service: &str| {
            let of = |account: &&str| format!("arn:{partition}:{service}:{region}:{account}:{EXAMPLE}");
            let all = accounts.iter().map(of).chain([format!("arn:{partition}:{service}:::{EXAMPLE}")]);
            all.collect::<Vec<String>>()
        };
        let here = services.clone().into_iter().chain(actions::list_prefixes().iter().copied());
        let here = here.map(|service| (*partition, service));
        let elsewhere = PARTITIONS
            .into_iter()
            .flat_map(move |partition| services.clone().into_iter().map(move |service| (partition, service)));
        let made = elsewhere.chain(here).flat_map(move |(partition, service)| make(partition, service));
        let all = mended.chain(written).chain(made);
        Box::new(all.filter(|resource| is_whole_arn(resource)).take(MAX_STAND_INS))
    }

    /// Principals that may be, for one that may not.
    pub(super) fn list_principals<'w>(&'w self, like: &'w str) -> Box<dyn Iterator<Item = String> + 'w> {
        if is_whole_principal(like) {
            return Box::new(iter::empty());
        }
        let ArnParts { partition, account, .. } = self.parts();
        let others = like.split(':').filter(|account| is_account(account));
        let accounts: Vec<&str> = [*account, ELSEWHERE].into_iter().chain(others).collect();
        let partitions = [*partition].into_iter().chain(PARTITIONS);
        let of = |partition: &str, account: &str| {
            let named = |service: &str, name: &str| format!("arn:{partition}:{service}::{account}:{name}");
            [
                named("iam", "role/example"),
                named("iam", "user/example"),
                named("sts", "assumed-role/example/example"),
                named("iam", "root"),
            ]
        };
        let mended = accounts.clone().into_iter().flat_map(|account| self.mend(like, account));
        let mended = mended.filter(|principal| is_whole_principal(principal));
        let made = partitions.flat_map(move |partition| {
            accounts.clone().into_iter().flat_map(move |account| of(partition, account))
        });
        let typed = ["Service:ec2.amazonaws.com", "Service:lambda.amazonaws.com", "Federated:example.com"];
        let typed = typed.into_iter().map(str::to_owned);
        let named = list_principals(self.planned)
            .filter_map(|pattern| self.spelled(pattern, "iam", self.parts().account));
        Box::new(mended.chain(made).chain(typed).chain(named))
    }

    /// An ARN with something that may be in the place of each part that can't be; none where it has too few parts.
    fn mend(&self, like: &str, account: &str) -> Vec<String> {
        let parts: Vec<&str> = like.splitn(6, ':').collect();
        let [arn, partition, service, region, own, resource] = parts.as_slice() else { return Vec::new() };
        let region = if region.is_empty() || is_region(region) { region } else { self.parts().region };
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
