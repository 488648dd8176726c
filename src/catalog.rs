//! The content of roles: AWS's managed policies, and the roles of other clouds.
//!
//! Takes a role by its name with who holds it and where, and returns the same access by the role's content, with the
//! version of the content and the day on which it was collected. A cloud changes the content of its roles, so content is
//! a second reading beside the name, and the report states which version it is.
//!
//! AWS's actions and managed policies are embedded (`rules/catalog/`) and unpacked at the first use. A role that no
//! catalogue holds is compared by its name.

mod action_index;
pub mod actions;
pub mod error;
pub mod policies;
pub mod printed;
pub mod roles;
pub mod spelling;
mod table;
pub mod words;

use std::collections::BTreeSet;
use std::fmt;

use jiff::civil::Date;

use crate::lower::{Dialect, DocumentFormat, DocumentValue, Lowered, Side, Terms, Text, lower};
use access_algebra::polish::Vocabulary;
use access_algebra::{Access, Effect};

pub use roles::Roles;
pub use table::CatalogSource;
use words::{AwsWords, WrittenWords};

/// Age in days after which the report warns that a catalogue is old. A convention, not a measurement: clouds change their
/// roles without a schedule, and a quarter of a year is a usual interval for reviews of access.
pub const OLD_AFTER_DAYS: i32 = 90;

/// What is known of roles: of AWS's managed policies always, of others as far as a user has collected it.
#[derive(Debug, Default)]
pub struct Catalog {
    /// What the user has collected; it goes before what is embedded.
    pub own: Option<Roles>,
}

/// A role by its content, as it was read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Used {
    /// The role's name.
    pub role: String,
    /// The version of its content, where the cloud numbers them.
    pub version: Option<String>,
    /// Since when the cloud has this version, where it says so.
    pub since: Option<String>,
    /// The catalogue.
    pub source: CatalogSource,
}

/// A role that is judged by its name alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogMiss {
    /// The role's name.
    pub role: String,
    /// Why its content is not used.
    pub cause: MissCause,
}

/// Why the content of a role is not used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MissCause {
    /// A basic role of Google grants more than the permissions that it lists.
    BasicRole,
    /// The catalogue does not have the role.
    NotContained {
        /// What the catalogue is called.
        catalog: String,
        /// Of when it is.
        date: Date,
    },
    /// The catalogue holds policies of the partition `aws`, and this is one of another.
    OtherPartition,
}

/// An access said by the content of its roles.
#[derive(Clone, Debug)]
pub struct Content {
    /// What it means.
    pub lowered: Lowered,
    /// What was read for it.
    pub used: Vec<Used>,
}

/// The words of a role's content: their union.
struct RoleContent {
    words: Vec<Terms>,
    used: Used,
}

impl Catalog {
    /// What a planned grant of roles gives by their content; none where it gives something else as well, or where the
    /// content of a role is not known.
    pub fn lower_planned(&self, dialect: Dialect, terms: &Terms) -> Option<Content> {
        let by_name = terms.actions.is_empty() && terms.data_actions.is_empty() && terms.document.is_none();
        if terms.roles.is_empty() || !by_name {
            return None;
        }
        let known = terms
            .roles
            .iter()
            .map(|role| self.find_content(dialect, Side::Planned, role))
            .collect::<Option<Vec<_>>>()?;
        let alone = known.len() == 1;
        let mut content = Content { lowered: Lowered::default(), used: Vec::new() };
        for one in known {
            let mut lowered = one.lower_for(dialect, Side::Planned, terms);
            if !alone {
                // What one policy denies is not taken out of what another allows: either may go before the other.
                lowered.access.statements.retain(|statement| statement.effect == Effect::Allow);
            }
            content.add(lowered, one.used);
        }
        Some(content)
    }

    /// What an approval of roles allows beside their names: their content, where it is known and where all of it can be
    /// said for certain.
    pub fn lower_approved(&self, dialect: Dialect, terms: &Terms) -> Option<Content> {
        // A policy says its resources itself, so a scope beside it would be lost.
        if dialect == Dialect::Aws && !terms.resources.is_empty() {
            return None;
        }
        let mut content = Content { lowered: Lowered::default(), used: Vec::new() };
        for one in terms.roles.iter().filter_map(|role| self.find_content(dialect, Side::Approved, role)) {
            let lowered = one.lower_for(dialect, Side::Approved, terms);
            let denies = lowered.access.statements.iter().any(|statement| statement.effect == Effect::Deny);
            // A denial would be taken out of every other approval, too.
            if lowered.doubts.is_empty() && !denies {
                content.add(lowered, one.used);
            }
        }
        (!content.used.is_empty()).then_some(content)
    }

    /// Why a role is judged by its name alone, where a catalogue could have held its content.
    pub fn find_miss(&self, dialect: Dialect, role: &Text) -> Option<CatalogMiss> {
        let name = role.as_known()?;
        if self.find_content(dialect, Side::Planned, role).is_some() {
            return None;
        }
        let miss = |cause| Some(CatalogMiss { role: name.to_owned(), cause });
        if let Some(own) = self.own.as_ref().filter(|own| own.speaks_of(dialect)) {
            return miss(if self.find_content(dialect, Side::Approved, role).is_some() {
                MissCause::BasicRole
            } else {
                MissCause::NotContained { catalog: own.source().source.clone(), date: own.source().date }
            });
        }
        if dialect != Dialect::Aws || !is_managed(name) {
            return None;
        }
        let source = policies::read_source()?;
        miss(if name.starts_with("arn:aws:") {
            MissCause::NotContained { catalog: source.title, date: source.date }
        } else {
            MissCause::OtherPartition
        })
    }

    /// What requests of a dialect really look like, for witnesses between two Accesses; the account is the plan's.
    pub fn make_vocabulary<'a>(
        &'a self,
        dialect: Dialect,
        planned: &'a Access,
        approved: &'a Access,
        account: Option<&'a str>,
    ) -> Box<dyn Vocabulary + 'a> {
        const NONE: &BTreeSet<String> = &BTreeSet::new();
        let own = self.own.as_ref().map_or(NONE, |own| own.list_actions(dialect));
        match dialect {
            Dialect::Aws => Box::new(AwsWords::new(planned, approved, account)),
            Dialect::Kubernetes => Box::new(WrittenWords::new(planned, approved, words::list_verbs())),
            Dialect::Google | Dialect::Azure | Dialect::Azuread | Dialect::Github | Dialect::Terraform => {
                Box::new(WrittenWords::new(planned, approved, own))
            }
        }
    }

    fn find_content(&self, dialect: Dialect, side: Side, role: &Text) -> Option<RoleContent> {
        let name = role.as_known()?;
        let own = self.own.as_ref().and_then(|own| own.find_role(dialect, side, name));
        own.or_else(|| if dialect == Dialect::Aws { find_managed(name) } else { None })
    }
}

impl RoleContent {
    /// What the role means in the hands of whoever holds it.
    fn lower_for(&self, dialect: Dialect, side: Side, holder: &Terms) -> Lowered {
        self.words.iter().map(|words| lower(dialect, side, &add_holder(words.clone(), holder))).collect()
    }
}

impl Content {
    fn add(&mut self, lowered: Lowered, used: Used) {
        self.lowered.extend([lowered]);
        self.used.push(used);
    }
}

impl fmt::Display for Used {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.role)?;
        if let Some(version) = &self.version {
            write!(f, " {version}")?;
        }
        if let Some(since) = &self.since {
            write!(f, " of {since}")?;
        }
        write!(f, " (catalogue of {})", self.source.date)
    }
}

impl fmt::Display for CatalogSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}, {}", self.title, self.date, self.source)?;
        if self.licence.is_empty() { Ok(()) } else { write!(f, " ({})", self.licence) }
    }
}

impl CatalogSource {
    /// Its age in days on a day; none while it is young.
    pub fn old_age(&self, as_of: Date) -> Option<i32> {
        let days = self.date.until(as_of).map(|span| span.get_days()).unwrap_or_default();
        (days > OLD_AFTER_DAYS).then_some(days)
    }
}

/// Every embedded table.
pub fn list_embedded() -> Vec<CatalogSource> {
    [actions::read_source(), policies::read_source()].into_iter().flatten().collect()
}

/// Whether an ARN is one of a policy that AWS manages, in any partition.
fn is_managed(arn: &str) -> bool {
    let mut parts = arn.splitn(6, ':');
    let mut part = || parts.next().unwrap_or_default();
    let (arn, partition, service, region, account, name) = (part(), part(), part(), part(), part(), part());
    arn == "arn"
        && (partition == "aws" || partition.starts_with("aws-"))
        && (service, region, account) == ("iam", "", "aws")
        && name.strip_prefix("policy/").is_some_and(|name| !name.is_empty() && !name.contains(['*', '?']))
}

fn find_managed(arn: &str) -> Option<RoleContent> {
    let policy = policies::find_policy(arn)?;
    let document = Some((DocumentFormat::AwsPolicy, DocumentValue::Text(Text::known(policy.document))));
    let used = Used {
        role: policy.arn.to_owned(),
        version: Some(policy.version.to_owned()),
        since: Some(policy.date.to_owned()),
        source: policies::read_source()?,
    };
    Some(RoleContent { words: vec![Terms { document, ..Terms::default() }], used })
}

/// What a role says, in the hands of whoever holds it where and under which conditions.
fn add_holder(content: Terms, holder: &Terms) -> Terms {
    Terms {
        principals: holder.principals.clone(),
        resources: holder.resources.clone(),
        conditions: holder.conditions.clone(),
        expression: join_conditions(content.expression, holder.expression.as_ref()),
        mode: holder.mode.clone(),
        provenance: holder.whole_provenance(),
        ..content
    }
}

/// The condition of a role's block and that of whoever holds the role. Only Azure's roles have any.
fn join_conditions(own: Option<Text>, holder: Option<&Text>) -> Option<Text> {
    let (Some(own), Some(holder)) = (&own, holder) else { return own.or_else(|| holder.cloned()) };
    let mut both = Text::known("(");
    both.push(own);
    both.push_known(") AND (");
    both.push(holder);
    both.push_known(")");
    Some(both)
}
