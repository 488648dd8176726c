//! Manifests with authorities as data, so that a law can change one thing in them, and the plan that they are for.

use std::fmt::Write as _;

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use proptest::prelude::{Just, Strategy, any, prop, prop_oneof};
use proptest::sample::{Index, subsequence};
use serde_json::json;

/// Logins: two of each of the first three persons.
pub(super) const LOGINS: [&str; 8] =
    ["ana", "ana-gh", "lee", "lee@example.com", "max", "max-2", "kim", "team-a"];

/// The persons with two logins, and the team.
const PEOPLE: &str = "person \"ana\" { logins = [\"ana-gh\"] }\nperson \"lee\" { logins = [\"lee@example.com\"] }\n\
     person \"max\" { logins = [\"max-2\"] }\nteam \"team-a\" { members = [\"kim\", \"max\"] }\n";

pub(super) const ACTIONS: [&str; 4] = ["s3:GetObject", "s3:*", "s3:PutObject", "sqs:SendMessage"];
pub(super) const RESOURCES: [&str; 4] =
    ["arn:aws:s3:::app-a/*", "arn:aws:s3:::*", "arn:aws:s3:::app-*/*", "*"];
const ROLES: [&str; 2] = ["app-a", "app-b"];
pub(super) const KINDS: [&str; 3] = ["human", "workload", "agent"];
pub(super) const SEPARATIONS: [&str; 4] = ["requester", "subject", "subject_owner", "operator"];
pub(super) const REQUIRED: [&str; 3] = ["evidence", "review_by", "title"];

/// Days are counted from here.
const FIRST_DAY: Date = date(2026, 11, 1);

pub(super) fn day(number: i64) -> Date {
    FIRST_DAY.saturating_add(number.days())
}

#[derive(Clone, Debug)]
pub(super) struct Grant {
    pub(super) roles: Vec<&'static str>,
    pub(super) actions: Vec<&'static str>,
    pub(super) resources: Vec<&'static str>,
}

#[derive(Clone, Debug)]
pub(super) struct Authority {
    pub(super) approvers: Vec<&'static str>,
    pub(super) threshold: usize,
    pub(super) max_days: i64,
    pub(super) max_review: Option<i64>,
    pub(super) subjects: Vec<&'static str>,
    pub(super) separate_from: Vec<&'static str>,
    pub(super) ceiling: Option<Vec<Grant>>,
}

#[derive(Clone, Debug)]
pub(super) struct Delegation {
    pub(super) from: &'static str,
    pub(super) to: &'static str,
    pub(super) authority: usize,
    pub(super) days: (i64, i64),
}

#[derive(Clone, Debug)]
pub(super) struct Approval {
    pub(super) requester: &'static str,
    pub(super) approvers: Vec<&'static str>,
    pub(super) days: (i64, i64),
    pub(super) review_by: Option<i64>,
    pub(super) subject: Option<(&'static str, &'static str)>,
    pub(super) says: Vec<&'static str>,
    pub(super) grants: Vec<Grant>,
}

/// A manifest, and the circumstances of a run.
#[derive(Clone, Debug)]
pub(super) struct Model {
    pub(super) authorities: Vec<Authority>,
    pub(super) delegations: Vec<Delegation>,
    pub(super) approvals: Vec<Approval>,
    pub(super) require: Vec<&'static str>,
    pub(super) accounts: Vec<&'static str>,
    pub(super) lets_overdue: bool,
    pub(super) operator: Option<&'static str>,
    pub(super) today: i64,
}

fn list(texts: &[&str]) -> String {
    json!(texts).to_string()
}

impl Grant {
    fn write(&self, text: &mut String, is_ceiling: bool) {
        let principals: Vec<String> =
            self.roles.iter().map(|role| format!("arn:aws:iam::111122223333:role/{role}")).collect();
        let principals = if is_ceiling && self.roles.is_empty() {
            String::new()
        } else {
            format!("principals = {}\n", json!(principals))
        };
        let (actions, resources) = (list(&self.actions), list(&self.resources));
        writeln!(text, "grant \"aws\" {{\n{principals}actions = {actions}\nresources = {resources}\n}}")
            .unwrap();
    }
}

impl Model {
    /// The manifest as it is written.
    pub(super) fn text(&self) -> String {
        let mut text = String::from("process_owner = \"security\"\n");
        text.push_str(PEOPLE);
        let require = if self.require.is_empty() {
            String::new()
        } else {
            format!("require = {}\n", list(&self.require))
        };
        let matches = if self.accounts.is_empty() {
            String::new()
        } else {
            format!("match {{ accounts = {} }}\n", list(&self.accounts))
        };
        writeln!(text, "system \"s\" {{\nowner = \"team-s\"\n{require}{matches}}}").unwrap();
        let overdue = if self.lets_overdue { "warn" } else { "error" };
        writeln!(text, "hygiene {{ review_overdue = \"{overdue}\" }}\nfact \"aws.account\" {{ value = \"111122223333\" }}")
            .unwrap();
        for (at, authority) in self.authorities.iter().enumerate() {
            authority.write(&mut text, at);
        }
        for (at, one) in self.delegations.iter().enumerate() {
            let (starts, expires) = (day(one.days.0), day(one.days.1));
            writeln!(
                text,
                "delegate \"d{at}\" {{\nfrom = \"{}\"\nto = [\"{}\"]\nauthority = \"a{}\"\nstarts_on = \"{starts}\"\n\
                 expires_on = \"{expires}\"\n}}",
                one.from, one.to, one.authority
            )
            .unwrap();
        }
        for (at, approval) in self.approvals.iter().enumerate() {
            approval.write(&mut text, at);
        }
        text
    }
}

impl Authority {
    fn write(&self, text: &mut String, at: usize) {
        let (approvers, threshold, days) = (list(&self.approvers), self.threshold, self.max_days);
        writeln!(
            text,
            "authority \"a{at}\" {{\napprovers = {approvers}\nsystems = [\"s\"]\nthreshold = {threshold}\n\
             max_duration = \"{days}d\""
        )
        .unwrap();
        if let Some(days) = self.max_review {
            writeln!(text, "max_review = \"{days}d\"").unwrap();
        }
        for (name, words) in [("subjects", &self.subjects), ("separate_from", &self.separate_from)] {
            if !words.is_empty() {
                writeln!(text, "{name} = {}", list(words)).unwrap();
            }
        }
        if let Some(grants) = &self.ceiling {
            text.push_str("ceiling {\n");
            grants.iter().for_each(|grant| grant.write(text, true));
            text.push_str("}\n");
        }
        text.push_str("}\n");
    }
}

impl Approval {
    fn write(&self, text: &mut String, at: usize) {
        let (approvers, approved, expires) = (list(&self.approvers), day(self.days.0), day(self.days.1));
        writeln!(
            text,
            "approval \"T-{at}\" {{\njustification = \"why\"\nsystem = \"s\"\nrequester = \"{}\"\n\
             approvers = {approvers}\napproved_on = \"{approved}\"\nexpires_on = \"{expires}\"",
            self.requester
        )
        .unwrap();
        if let Some(review_by) = self.review_by {
            writeln!(text, "review_by = \"{}\"", day(review_by)).unwrap();
        }
        for word in &self.says {
            let value = if *word == "evidence" { "[\"https://x\"]" } else { "\"about\"" };
            writeln!(text, "{word} = {value}").unwrap();
        }
        if let Some((kind, owner)) = self.subject {
            writeln!(text, "subject {{\nkind = \"{kind}\"\nowner = \"{owner}\"\n}}").unwrap();
        }
        self.grants.iter().for_each(|grant| grant.write(text, false));
        text.push_str("}\n");
    }
}

/// A plan of policies of two roles.
pub(super) fn plan() -> String {
    const AWS: &str = "registry.terraform.io/hashicorp/aws";
    let policy = |name: &str, role: &str, action: &str, resource: &str| {
        let document = json!({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": action, "Resource": resource}]});
        json!({"address": format!("aws_iam_role_policy.{name}"), "mode": "managed", "type": "aws_iam_role_policy",
            "name": name, "provider_name": AWS, "change": {"actions": ["create"], "before": null,
                "after": {"name": name, "role": role, "policy": document.to_string()},
                "after_unknown": {"id": true}, "before_sensitive": false, "after_sensitive": {}}})
    };
    json!({"format_version": "1.2", "terraform_version": "1.11.4", "resource_changes": [
            policy("get", "app-a", "s3:GetObject", "arn:aws:s3:::app-a/*"),
            policy("all", "app-a", "s3:*", "arn:aws:s3:::app-a/*"),
            policy("send", "app-b", "sqs:SendMessage", "*")],
        "configuration": {"provider_config": {"aws": {"name": "aws", "full_name": AWS}}, "root_module": {}},
        "complete": true, "errored": false})
    .to_string()
}

fn login() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&LOGINS[..])
}

fn person() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&LOGINS[..7])
}

fn some(words: &'static [&'static str], most: usize) -> impl Strategy<Value = Vec<&'static str>> {
    subsequence(words, 0..=most)
}

fn grant(may_be_anybody: bool) -> impl Strategy<Value = Grant> {
    let roles = subsequence(&ROLES[..], usize::from(!may_be_anybody)..=2);
    let actions = prop_oneof![2 => Just(ACTIONS.to_vec()), 3 => subsequence(&ACTIONS[..], 1..=3)];
    let resources = prop_oneof![2 => Just(RESOURCES.to_vec()), 3 => subsequence(&RESOURCES[..], 1..=3)];
    (roles, actions, resources).prop_map(|(roles, actions, resources)| Grant { roles, actions, resources })
}

fn authority() -> impl Strategy<Value = Authority> {
    let ceiling = prop::option::weighted(0.4, prop::collection::vec(grant(true), 1..3));
    (
        subsequence(&LOGINS[2..], 3..=6),
        prop_oneof![3 => Just(1_usize), 2 => Just(2)],
        40..120_i64,
        prop::option::weighted(0.3, 20..90_i64),
        prop_oneof![2 => Just(Vec::new()), 1 => some(&KINDS, 3)],
        some(&SEPARATIONS, 4),
        ceiling,
    )
        .prop_map(|(approvers, threshold, max_days, max_review, subjects, separate_from, ceiling)| {
            Authority { approvers, threshold, max_days, max_review, subjects, separate_from, ceiling }
        })
}

fn delegation() -> impl Strategy<Value = Delegation> {
    (person(), person(), any::<bool>(), 0..30_i64, 1..60_i64).prop_map(
        |(from, to, authority, starts, length)| Delegation {
            from,
            to,
            authority: usize::from(authority),
            days: (starts, starts + length),
        },
    )
}

fn approval() -> impl Strategy<Value = Approval> {
    (
        prop_oneof![6 => Just("ana"), 1 => login()],
        prop_oneof![6 => subsequence(&LOGINS[2..], 1..=4), 1 => subsequence(&LOGINS[..], 1..=4)],
        (0..25_i64, 20..80_i64),
        prop::option::weighted(0.4, 20..90_i64),
        prop::option::weighted(0.3, (prop::sample::select(&KINDS[..]), person())),
        some(&["evidence", "title"], 2),
        prop::collection::vec(grant(false), 1..3),
    )
        .prop_map(|(requester, approvers, (approved, length), review, subject, says, grants)| Approval {
            requester,
            approvers,
            days: (approved, approved + length),
            review_by: review.map(|days| approved + days),
            subject,
            says,
            grants,
        })
}

/// A manifest, some of whose decisions hold.
pub(super) fn model() -> impl Strategy<Value = Model> {
    (
        prop::collection::vec(authority(), 1..3),
        prop::collection::vec(delegation(), 0..4),
        prop::collection::vec(approval(), 1..5),
        prop_oneof![4 => Just(Vec::new()), 1 => some(&REQUIRED, 2)],
        prop_oneof![3 => Just(Vec::new()), 1 => Just(vec!["111122223333", "444455556666"])],
        any::<bool>(),
        prop::option::of(login()),
        20..45_i64,
    )
        .prop_map(
            |(authorities, mut delegations, approvals, require, accounts, lets_overdue, operator, today)| {
                // Of one authority there is no second to delegate under, and nobody delegates to themselves.
                delegations.retain(|one| one.authority < authorities.len() && one.from != one.to);
                Model {
                    authorities,
                    delegations,
                    approvals,
                    require,
                    accounts,
                    lets_overdue,
                    operator,
                    today,
                }
            },
        )
}

/// Takes one of a list out, where one is left.
pub(super) fn without<T: Clone>(all: &[T], at: Index) -> Option<Vec<T>> {
    let mut rest = all.to_vec();
    if rest.len() < 2 {
        return None;
    }
    rest.remove(at.index(all.len()));
    Some(rest)
}
