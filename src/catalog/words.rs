//! Vocabularies: what requests of a cloud really look like, for witnesses that people can read.
//!
//! AWS's come from its table of actions, with the account, the region and the names that plan and approvals write. Other
//! clouds' are the actions that are written somewhere: in the plan, in an approval, in the user's catalogue.

mod stand_ins;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::lower::azure;
use crate::lower::credential::CREDENTIAL_PREFIX;
use access_algebra::polish::Vocabulary;
use access_algebra::{Access, Pattern, Token};

use super::action_index::{SERVICE_PART, find_done_to, has_format};
use super::actions::{self, CatalogAction, Service};
use stand_ins::is_whole_arn;

/// Services that are tried first where any would do: what they allow is worst.
const WORST: [&str; 5] = ["iam", "sts", "s3", "kms", "ec2"];
/// What stands for a part of which nothing is known.
const EXAMPLE: &str = "example";
const ACCOUNT: &str = "123456789012";
const REGION: &str = "us-east-1";
/// AWS's keys that every request may have and that are true or false
/// (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>).
const TRUTHS: [&str; 4] =
    ["aws:multifactorauthpresent", "aws:principalisawsservice", "aws:securetransport", "aws:viaawsservice"];

/// AWS's words, in the account that is known, in the region and under the names that the Accesses write.
#[derive(Debug)]
pub struct AwsWords<'a> {
    planned: &'a Access,
    approved: &'a Access,
    known_account: Option<&'a str>,
    /// What is found in the Accesses when it is first asked for.
    parts: OnceCell<ArnParts<'a>>,
    /// The services of what the plan writes as resources.
    services: OnceCell<Vec<&'static str>>,
}

/// What stands in an ARN where nothing else is written.
#[derive(Debug)]
struct ArnParts<'a> {
    partition: &'a str,
    region: &'a str,
    account: &'a str,
}

impl<'a> AwsWords<'a> {
    /// Takes what both sides write, and the plan's account.
    pub fn new(planned: &'a Access, approved: &'a Access, known_account: Option<&'a str>) -> Self {
        Self { planned, approved, known_account, parts: OnceCell::new(), services: OnceCell::new() }
    }

    fn parts(&self) -> &ArnParts<'a> {
        self.parts.get_or_init(|| {
            let part = |at: usize, fits: fn(&str) -> bool| {
                let patterns = list_written(self.planned).chain(list_written(self.approved));
                patterns.filter_map(|pattern| find_segment(pattern, at)).find(|text| fits(text))
            };
            let account = self.known_account.or_else(|| part(4, is_account));
            ArnParts {
                partition: part(1, |text| text.starts_with("aws")).unwrap_or("aws"),
                region: part(3, is_region).unwrap_or(REGION),
                account: account.unwrap_or(ACCOUNT),
            }
        })
    }

    /// What the plan writes as resources, and whom it names.
    fn written(&self) -> impl Iterator<Item = &'a Pattern> {
        list_written(self.planned)
    }

    fn written_services(&self) -> &[&'static str] {
        self.services.get_or_init(|| list_services(self.planned))
    }

    fn find_service<'t>(&self, action: &'t str) -> Option<(&'static Service, &'t str)> {
        let (prefix, name) = action.split_once(':')?;
        Some((actions::find_service(prefix)?, name))
    }

    /// An ARN format with all its parts filled.
    fn fill_format(&self, format: &str) -> String {
        let ArnParts { partition, region, account } = self.parts();
        let mut text = String::new();
        let mut rest = format;
        while let Some((before, after)) = rest.split_once("${") {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            text.push_str(before);
            text.push_str(match name {
                "Partition" => partition,
                "Region" => region,
                "Account" => account,
                _ => EXAMPLE,
            });
            rest = after;
        }
        text.push_str(rest);
        text
    }

    /// A pattern of the plan with something for everything that it leaves open; none where a part is not known.
    fn spelled(&self, pattern: &Pattern, service: &str, account: &str) -> Option<String> {
        let mut text = String::new();
        for token in pattern.tokens() {
            match token {
                Token::Literal(part) | Token::Folded(part) => text.push_str(part),
                Token::One(_) => text.push('x'),
                Token::Run(_) => text.push_str(match text.matches(':').count() {
                    1 => self.parts().partition,
                    2 => service,
                    3 => self.parts().region,
                    4 => account,
                    _ => EXAMPLE,
                }),
                Token::Hole(_) => return None,
            }
        }
        Some(text)
    }
}

impl Vocabulary for AwsWords<'_> {
    fn actions<'a>(
        &'a self,
        like: &'a str,
        prefixes: Option<&'a [&'a str]>,
    ) -> Box<dyn Iterator<Item = String> + 'a> {
        if let Some((service, name)) = self.find_service(like) {
            return match service.find_action(name) {
                Some(action) => Box::new(std::iter::once(full_name(service, action))),
                None => Box::new(service.by_reach().map(|action| full_name(service, action))),
            };
        }
        // The name of a role, or a credential, is no action of a service and is what it is.
        if like.starts_with("arn:") || like.starts_with(CREDENTIAL_PREFIX) {
            return Box::new(std::iter::once(like.to_owned()));
        }
        let mut first: Vec<&str> = self.written_services().to_vec();
        for prefix in WORST {
            if !first.contains(&prefix) {
                first.push(prefix);
            }
        }
        let others: Vec<&str> =
            actions::list_prefixes().iter().copied().filter(|prefix| !first.contains(prefix)).collect();
        let named: Option<BTreeSet<&str>> =
            prefixes.map(|prefixes| prefixes.iter().filter_map(|prefix| prefix.strip_suffix(':')).collect());
        let is_named = move |prefix: &&str| named.as_ref().is_none_or(|named| named.contains(prefix));
        let services = first.into_iter().chain(others).filter(is_named).filter_map(actions::find_service);
        Box::new(services.flat_map(|service| service.by_reach().map(|action| full_name(service, action))))
    }

    fn resources<'w>(&'w self, action: &'w str, like: &'w str) -> Box<dyn Iterator<Item = String> + 'w> {
        let known =
            self.find_service(action).and_then(|(service, name)| Some((service, service.find_action(name)?)));
        let one = |text: &str| Box::new(std::iter::once(text.to_owned()));
        let Some((service, action)) = known else {
            return one(if like.contains(':') { like } else { "*" });
        };
        let formats = service.find_formats(action);
        if formats.is_empty() {
            return one("*");
        }
        let filled = formats.clone().into_iter().map(|format| self.fill_format(format));
        let of_others = formats.clone();
        let may_fit =
            move |pattern: &&Pattern| of_others.iter().any(|format| may_have_format(pattern, format));
        let fits = move |resource: &String| {
            is_whole_arn(resource) && formats.iter().any(|format| has_format(resource, format))
        };
        let spelled = self.written().filter(may_fit);
        let spelled =
            spelled.filter_map(|pattern| self.spelled(pattern, service.prefix, self.parts().account));
        Box::new(std::iter::once(like.to_owned()).chain(spelled).filter(fits).chain(filled))
    }

    fn stand_ins<'w>(&'w self, action: &'w str, like: &'w str) -> Box<dyn Iterator<Item = String> + 'w> {
        self.list_stand_ins(action, like)
    }

    fn principals<'w>(&'w self, like: &'w str) -> Box<dyn Iterator<Item = String> + 'w> {
        self.list_principals(like)
    }

    fn values(&self, key: &str) -> Vec<String> {
        let service = key.split_once(':').and_then(|(prefix, _)| actions::find_service(prefix));
        let is_truth = TRUTHS.contains(&key) || service.is_some_and(|service| service.is_truth(key));
        if is_truth { ["false", "true"].map(str::to_owned).to_vec() } else { Vec::new() }
    }

    fn done_to(&self, resource: &str, prefixes: Option<&[&str]>) -> Cow<'_, [&str]> {
        // The same with shorter lifetimes, which a `Cow` does not take by itself.
        match find_done_to(resource, prefixes) {
            Cow::Borrowed(names) => Cow::Borrowed(names),
            Cow::Owned(names) => Cow::Owned(names),
        }
    }
}

/// Actions that are written somewhere.
#[derive(Debug)]
pub struct WrittenWords<'k> {
    /// Those that are known besides, as their cloud spells them.
    known: &'k BTreeSet<String>,
    /// Those that only the Accesses write.
    written: BTreeSet<String>,
}

impl<'k> WrittenWords<'k> {
    /// Those of both Accesses, and of what else is known.
    pub fn new(planned: &Access, approved: &Access, known: &'k BTreeSet<String>) -> Self {
        let mut written = BTreeSet::new();
        let statements = planned.statements.iter().chain(&approved.statements);
        for pattern in statements.flat_map(|one| &one.actions.include) {
            if let [Token::Literal(text) | Token::Folded(text)] = pattern.tokens()
                && !known.iter().any(|action| action.eq_ignore_ascii_case(text))
            {
                written.insert(text.to_string());
            }
        }
        Self { known, written }
    }

    fn all(&self) -> impl Iterator<Item = &String> {
        self.known.iter().chain(&self.written)
    }
}

impl Vocabulary for WrittenWords<'_> {
    fn actions<'a>(
        &'a self,
        like: &'a str,
        _prefixes: Option<&'a [&'a str]>,
    ) -> Box<dyn Iterator<Item = String> + 'a> {
        let itself = self.all().find(|action| action.eq_ignore_ascii_case(like));
        match itself {
            Some(action) => Box::new(std::iter::once(action.clone())),
            None => Box::new(self.all().cloned()),
        }
    }

    fn resources<'w>(&'w self, _action: &'w str, like: &'w str) -> Box<dyn Iterator<Item = String> + 'w> {
        Box::new(std::iter::once(like.to_owned()))
    }

    fn stand_ins<'w>(&'w self, _action: &'w str, _like: &'w str) -> Box<dyn Iterator<Item = String> + 'w> {
        Box::new(std::iter::empty())
    }

    fn principals<'w>(&'w self, _like: &'w str) -> Box<dyn Iterator<Item = String> + 'w> {
        Box::new(std::iter::empty())
    }

    fn values(&self, key: &str) -> Vec<String> {
        // No other cloud's keys are spelled like an attribute of Azure's.
        azure::list_values(key).into_iter().map(str::to_owned).collect()
    }

    fn done_to(&self, _resource: &str, _prefixes: Option<&[&str]>) -> Cow<'_, [&str]> {
        self.all().map(String::as_str).collect()
    }
}

/// The verbs of Kubernetes's API
/// (<https://kubernetes.io/docs/reference/access-authn-authz/authorization/#determine-the-request-verb>).
pub(super) fn list_verbs() -> &'static BTreeSet<String> {
    static VERBS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let verbs = [
            "get",
            "list",
            "create",
            "update",
            "patch",
            "watch",
            "delete",
            "deletecollection",
            "use",
            "bind",
        ];
        verbs.into_iter().chain(["escalate", "impersonate"]).map(str::to_owned).collect()
    });
    &VERBS
}

fn full_name(service: &Service, action: &CatalogAction) -> String {
    format!("{}:{}", service.prefix, action.name)
}

/// One segment of an ARN pattern, where it is written out.
fn find_segment(pattern: &Pattern, at: usize) -> Option<&str> {
    let Some(Token::Literal(text)) = pattern.tokens().first() else { return None };
    let mut segments = text.split(':').skip(at);
    let segment = segments.next()?;
    // The last piece of the text may go on in what follows it.
    segments.next().map(|_| segment)
}

/// Whether a pattern of ARNs may spell one of a format: both write the same service, as far as they do.
fn may_have_format(pattern: &Pattern, format: &str) -> bool {
    let theirs = format.split(':').nth(SERVICE_PART).filter(|service| !service.starts_with("${"));
    match (find_segment(pattern, SERVICE_PART), theirs) {
        (Some(mine), Some(theirs)) => mine == theirs,
        (_, _) => true,
    }
}

/// The services whose resources an Access writes, each once.
fn list_services(access: &Access) -> Vec<&'static str> {
    let mut services: Vec<&'static str> = Vec::new();
    let mut last = String::new();
    for pattern in access.statements.iter().flat_map(|one| &one.resources.include) {
        let written = find_segment(pattern, SERVICE_PART).map(Cow::Borrowed);
        let Some(written) = written.or_else(|| {
            let text = pattern.to_string();
            text.split(':').nth(SERVICE_PART).map(|service| Cow::Owned(service.to_owned()))
        }) else {
            continue;
        };
        if *written == last {
            continue;
        }
        let service = actions::find_service(&written).filter(|service| service.prefix == written);
        if let Some(service) = service.filter(|service| !services.contains(&service.prefix)) {
            services.push(service.prefix);
        }
        last = written.into_owned();
    }
    services
}

/// What an Access writes as resources, and whom it names.
fn list_written(access: &Access) -> impl Iterator<Item = &Pattern> {
    let both =
        access.statements.iter().flat_map(|one| one.resources.include.iter().chain(&one.principals.include));
    both.filter(|pattern| !pattern.is_any())
}

/// Whom an Access names.
fn list_principals(access: &Access) -> impl Iterator<Item = &Pattern> {
    let named = access.statements.iter().flat_map(|one| &one.principals.include);
    named.filter(|pattern| !pattern.is_any())
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_region(text: &str) -> bool {
    let last = text.rsplit('-').next().unwrap_or_default();
    text.contains('-') && !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit())
}
