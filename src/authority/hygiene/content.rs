//! What an approval gives and covers nothing: conditions that are not understood, and policies that do not exist.

use super::{LintCode, Reviewer};
use crate::catalog::policies;
use crate::lower::{Dialect, Text};
use crate::manifest::{Approval, ApprovedGrant};
use access_algebra::Test;
use spanned_hcl::did_you_mean;

/// How the name of a policy of AWS's own begins.
const AWS_POLICY: &str = "arn:aws:iam::aws:policy/";

impl Reviewer<'_> {
    /// Finds conditions that nothing here understands: a misspelt operator makes a grant cover nothing, and its author
    /// should know why.
    pub(super) fn review_conditions(&mut self, approval: &Approval) {
        let is_opaque = |grant: &&ApprovedGrant| {
            let statements = approval.sample().statements(grant);
            // Expressions are compared as they stand and their authors know it.
            !grant.terms.conditions.is_empty()
                && statements.iter().flat_map(|statement| &statement.conditions).any(
                    |condition| matches!(&condition.test, Test::Opaque(demand) if demand.missing.is_none()),
                )
        };
        for grant in approval.sample().grants.iter().filter(is_opaque) {
            let message =
                "a condition of this grant is not understood; it covers only grants with the same condition";
            self.warn(LintCode::UnknownCondition, &approval.place.source, grant.span, message, |problem| {
                problem.help("check the operator and the values of its `condition` blocks")
            });
        }
    }

    /// Finds AWS managed policies under names that AWS does not have: such an approval covers nothing.
    pub(super) fn review_policies(&mut self, approval: &Approval) {
        for grant in approval.sample().grants.iter().filter(|grant| grant.dialect == Dialect::Aws) {
            let names = grant.terms.roles.iter().filter_map(Text::as_known);
            let is_unknown =
                |name: &&str| name.starts_with(AWS_POLICY) && policies::find_policy(name).is_none();
            for arn in names.filter(is_unknown) {
                let date = policies::read_source().map(|source| source.date.to_string()).unwrap_or_default();
                let message = format!("`{arn}` is not an AWS managed policy in the catalogue of {date}");
                let help = suggest_policy(arn);
                self.warn(LintCode::UnknownPolicy, &approval.place.source, grant.span, message, |problem| {
                    problem.help(help)
                });
            }
        }
    }
}

fn suggest_policy(arn: &str) -> String {
    let last = |arn: &'static str| arn.rsplit('/').next().unwrap_or(arn);
    let name = arn.rsplit('/').next().unwrap_or(arn);
    let all = policies::all();
    let near = did_you_mean(name, all.iter().map(|policy| last(policy.arn)));
    match near.and_then(|near| all.iter().find(|policy| last(policy.arn) == near)) {
        Some(policy) => format!("did you mean `{}`", policy.arn),
        None => "check the name: the grant covers only a policy of exactly this name".to_owned(),
    }
}
