//! What a pack says, compiled: rules with their grants and limits, facts, documents, data sources that act, uses.
//!
//! These types are plain data. The loader makes them and has checked them; they are embedded in the program as bytes
//! and read from there.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::expression::Expr;
use crate::words::{Dialect, DocumentFormat, GrantKind, Word};

/// What is known of one resource type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// The resource types, or patterns with `*`.
    pub types: Vec<String>,
    /// The file of the rule.
    pub file: String,
    /// The line of its heading, from one.
    pub line: usize,
    /// What references to an object of this type mean.
    pub identity: Vec<(String, Expr)>,
    /// Whether making an object may take over one that exists already, under the name that the configuration gives it.
    pub takes_over: Option<Expr>,
    /// Attributes that a new object draws at random, so that nothing has them already: their names.
    pub random: Option<Expr>,
    /// What it grants.
    pub grants: Vec<GrantRule>,
    /// What it limits.
    pub limits: Vec<LimitRule>,
    /// Attributes with secrets that the object computes itself. That they are sensitive says nothing of who may do what.
    pub secrets: Vec<String>,
    /// Attributes that say nothing of access, by path: `description`, `metadata.labels`.
    pub harmless: Vec<String>,
    /// Further places of ticket IDs.
    pub tickets: Option<Expr>,
    /// Further texts that may mention one.
    pub mentions: Option<Expr>,
    /// A further place of an owner.
    pub owner: Option<Expr>,
    /// Of which kind its objects are as principals, where their names do not say it.
    pub subject: Option<String>,
}

impl Rule {
    /// Whether objects of its types give or limit anything. A rule may also just say what references to them mean.
    pub fn gives_or_limits(&self) -> bool {
        !(self.grants.is_empty() && self.limits.is_empty())
    }
}

/// One `grant` block.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GrantRule {
    /// What kind of grant.
    pub kind: GrantKind,
    /// Whose vocabulary.
    pub dialect: Dialect,
    /// Once an element.
    pub for_each: Option<Expr>,
    /// Only where true or unknown.
    pub when: Option<Expr>,
    /// Counts only where the configuration sets this attribute, or where it changes.
    pub configured: Option<String>,
    /// The words, by the attribute's name in the pack.
    pub words: BTreeMap<Word, Expr>,
    /// How `document` is written.
    pub format: DocumentFormat,
    /// Operator, key, values.
    pub conditions: Vec<(String, String, Expr)>,
    /// For [`GrantKind::Opaque`]: what it does that a plan does not show.
    pub reason: Option<String>,
    /// For [`GrantKind::Definition`]: what it defines. Without it, it is no reading of any other grant.
    pub defines: Option<DefinitionRule>,
    /// The kind of role that `roles` names, in the word of its definitions. Without it, no definition is meant.
    pub role_kind: Option<String>,
    /// Whether the words say all that the object gives.
    pub exactness: Exactness,
}

/// What a definition defines, and when it says all of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DefinitionRule {
    /// The kind of role: only a grant whose `role_kind` is the same word may mean it.
    pub role_kind: String,
    /// The type of the object of which this is one part of several. The parts are all of it only where the plan makes
    /// that object. None where the object of the rule is the role.
    pub part_of: Option<String>,
    /// The attributes that others refer to it by, where its names only stand in for those: a display name may be what
    /// another role is really called.
    pub identifiers: Vec<String>,
    /// Whether its names mean one role whatever the provider configuration.
    pub has_global_names: bool,
    /// How many held it before the plan.
    pub holders: Option<Expr>,
}

/// How much of the access that an object gives the words of a grant say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Exactness {
    /// The words change with the access.
    Exact,
    /// The access may change and the words stay, because they are wider than it or say less of it.
    Inexact,
}

/// One `limit` block.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LimitRule {
    /// What is limited, as in `remove:TYPE.NAME`.
    pub name: String,
    /// What limits.
    pub value: Expr,
    /// The only value that limits, where there is one.
    pub tight: Option<Expr>,
    /// What may hold where no object of the plan has set it before.
    pub default: Option<Expr>,
    /// Only where true of the old object.
    pub when: Option<Expr>,
    /// When the limit ends.
    pub ends: LimitEnd,
}

/// When a limit ends besides being loosened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LimitEnd {
    /// Deleting the object takes the limit from others.
    Deleted,
    /// It limits the object itself, and nothing is left to limit.
    WithObject,
}

/// One `fact` block.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FactRule {
    /// `account`, for `fact.account`.
    pub name: String,
    /// Over the provider's configuration: each element of the list says it.
    pub provider: Option<Expr>,
    /// Data source type and attribute.
    pub data: Option<(String, String)>,
    /// The same, where nothing else says it.
    pub fallback: Option<(String, String)>,
    /// Objects that the provider manages.
    pub managed: Vec<ObjectFact>,
    /// Data sources with arguments that can name nothing in another place.
    pub read: Vec<ObjectFact>,
    /// Where nothing else gives it.
    pub default: Option<Expr>,
    /// Arguments of the provider that do not change it: configurations that differ in no other one share the fact. Empty
    /// where every configuration has its own.
    pub unaffected_by: Vec<String>,
}

/// What objects that exist say of the place that they are in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ObjectFact {
    /// The resource types.
    pub types: Vec<String>,
    /// Over such an object.
    pub value: Expr,
}

/// One `document` block.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentRule {
    /// The data source type.
    pub type_name: String,
    /// The attribute that holds the document.
    pub attribute: String,
    /// How its arguments say the document.
    pub format: DocumentFormat,
}

/// One `acts` block.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActRule {
    /// The data source type.
    pub type_name: String,
    /// What it does.
    pub reason: String,
}

/// One `uses` block.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UseRule {
    /// The types, a pattern.
    pub types: String,
    /// The attribute that names the identity, and what a grant of it says. The grant's `each` is its value.
    pub attributes: BTreeSet<String>,
    /// Types that are identities: one that the plan makes is judged where it is made.
    pub identities: BTreeSet<String>,
    /// The grant, as a rule of its own.
    pub rule: Rule,
}

/// One `identity_pattern` block: how an identity is spelled, wherever it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IdentityPattern {
    /// A regular expression that the `regex` crate compiles.
    pub pattern: String,
    /// The grant, as a rule of its own; its `each` is the identity.
    pub rule: Rule,
}

/// One `suspect` block: which names speak of access.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspect {
    /// Patterns of attribute names; a set attribute counts.
    pub attributes: Vec<String>,
    /// Patterns of the names of data sources that may do something when they are read.
    pub data_sources: Vec<String>,
    /// Patterns of the names of their arguments that say what they do.
    pub arguments: Vec<String>,
}
