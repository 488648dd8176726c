//! Rule packs: which resource types grant what.
//!
//! Takes the packs' files, embedded and `--rules`, and returns a [`Rules`] that says, for a resource change, what
//! reads it: a [`Rule`], nothing that matters, or nothing though it looks like a grant. [`evaluate`] evaluates the
//! expressions of a rule in any [`scope`].
//!
//! Rules extract, they do not judge: no plan and no approval is seen here, and no resource type is named in this code.

pub mod evaluate;
pub mod expression;
pub mod functions;
pub mod load;
pub mod scope;
pub mod suspect;
pub mod term;

use std::collections::{BTreeSet, HashMap};

use crate::lower::{Dialect, Format};
use crate::source::Place;
use expression::Expr;

/// All packs, ready to be asked.
#[derive(Debug, Default)]
pub struct Rules {
    packs: Vec<RulePack>,
}

/// The rules of one provider.
#[derive(Debug)]
pub struct RulePack {
    /// The folder's name.
    pub name: String,
    /// Provider sources that it reads, `namespace/name`; none means every provider.
    pub sources: Vec<String>,
    /// What its resource types begin with.
    pub prefix: String,
    /// Whose vocabulary its grants use.
    pub dialect: Dialect,
    /// Rules by exact type.
    exact: HashMap<String, Rule>,
    /// Rules by pattern, the longest first.
    patterns: Vec<Rule>,
    /// Facts of the place that a provider configuration reaches.
    pub facts: Vec<FactRule>,
    /// Data sources that compute policy documents.
    pub documents: Vec<DocumentRule>,
    /// Data sources that do something.
    pub acts: Vec<ActRule>,
    /// Attributes of any type that hand an existing identity to something that runs.
    pub uses: Vec<UseRule>,
    /// What makes a type that no rule reads look like a grant.
    pub suspects: Vec<suspect::Suspect>,
}

/// What is known of one resource type.
#[derive(Debug)]
pub struct Rule {
    /// The type, or a pattern with `*`.
    pub label: String,
    /// Where the rule stands.
    pub place: Place,
    /// Set where the type looks like a grant and is none: why.
    pub ignored: Option<String>,
    /// What references to an object of this type mean.
    pub identity: Vec<(String, Expr)>,
    /// What it grants.
    pub grants: Vec<GrantRule>,
    /// What it limits.
    pub limits: Vec<LimitRule>,
    /// Further places of ticket IDs.
    pub tickets: Option<Expr>,
    /// Further texts that may mention one.
    pub mentions: Option<Expr>,
    /// A further place of an owner.
    pub owner: Option<Expr>,
}

/// What kind of grant it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is described in rules/README.md under its own name")]
pub enum Kind {
    Additive,
    Exclusive,
    Definition,
    Trust,
    Credential,
    Opaque,
    /// A limit that is taken away or changed.
    Limit,
}

impl Kind {
    /// The word in rule packs and in output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Additive => "additive",
            Self::Exclusive => "exclusive",
            Self::Definition => "definition",
            Self::Trust => "trust",
            Self::Credential => "credential",
            Self::Opaque => "opaque",
            Self::Limit => "limit",
        }
    }
}

/// One `grant` block.
#[derive(Debug)]
pub struct GrantRule {
    /// What kind of grant.
    pub kind: Kind,
    /// Whose vocabulary.
    pub dialect: Dialect,
    /// Once an element.
    pub for_each: Option<Expr>,
    /// Only where true or unknown.
    pub when: Option<Expr>,
    /// Counts only where the configuration sets this attribute, or where it changes.
    pub configured: Option<String>,
    /// The words, by the attribute's name in the pack.
    pub words: HashMap<Word, Expr>,
    /// How `document` is written.
    pub format: Format,
    /// Operator, key, values.
    pub conditions: Vec<(String, String, Expr)>,
    /// For [`Kind::Opaque`]: what it does that a plan does not show.
    pub reason: Option<String>,
}

/// The attributes of a `grant` block that hold expressions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is described in rules/README.md under its own name")]
pub enum Word {
    Principals,
    Actions,
    NotActions,
    DataActions,
    NotDataActions,
    Roles,
    Resources,
    Document,
    Expression,
    Names,
    Assignment,
    Grantable,
    Ttl,
}

/// Every word with its name in a pack.
pub const WORDS: [(&str, Word); 13] = [
    ("principals", Word::Principals),
    ("actions", Word::Actions),
    ("not_actions", Word::NotActions),
    ("data_actions", Word::DataActions),
    ("not_data_actions", Word::NotDataActions),
    ("roles", Word::Roles),
    ("resources", Word::Resources),
    ("document", Word::Document),
    ("expression", Word::Expression),
    ("names", Word::Names),
    ("assignment", Word::Assignment),
    ("grantable", Word::Grantable),
    ("ttl", Word::Ttl),
];

/// One `limit` block.
#[derive(Debug)]
pub struct LimitRule {
    /// What is limited, as in `remove:TYPE.NAME`.
    pub name: String,
    /// What limits.
    pub value: Expr,
    /// The only value that limits, where there is one.
    pub tight: Option<Expr>,
    /// Only where true of the old object.
    pub when: Option<Expr>,
    /// When the limit ends.
    pub ends: Ends,
}

/// When a limit ends besides being loosened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// Deleting the object takes the limit from others.
    Deleted,
    /// It limits the object itself, and nothing is left to limit.
    WithObject,
}

/// One `fact` block.
#[derive(Debug)]
pub struct FactRule {
    /// `account`, for `fact.account`.
    pub name: String,
    /// Over the provider's configuration.
    pub provider: Option<Expr>,
    /// Data source type and attribute.
    pub data: Option<(String, String)>,
    /// Where nothing else gives it.
    pub default: Option<Expr>,
}

/// One `document` block.
#[derive(Debug)]
pub struct DocumentRule {
    /// The data source type.
    pub type_name: String,
    /// The attribute that holds the document.
    pub attribute: String,
    /// How its arguments say the document.
    pub format: Format,
}

/// One `acts` block.
#[derive(Debug)]
pub struct ActRule {
    /// The data source type.
    pub type_name: String,
    /// What it does.
    pub reason: String,
}

/// One `uses` block.
#[derive(Debug)]
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

/// What reads a resource type.
#[derive(Debug)]
pub enum Reading<'r> {
    /// A rule of this pack.
    Rule(&'r RulePack, &'r Rule),
    /// A rule would read the type, but not from this provider.
    Foreign(&'r RulePack),
    /// No rule.
    None,
}

impl Rules {
    /// What reads this type of this provider.
    pub fn reading(&self, type_name: &str, provider: &str) -> Reading<'_> {
        let mut foreign = None;
        let mut general = None;
        for pack in self.packs.iter().filter(|pack| type_name.starts_with(&pack.prefix)) {
            let Some(rule) = pack.rule(type_name) else { continue };
            if pack.sources.is_empty() {
                general.get_or_insert(Reading::Rule(pack, rule));
            } else if pack.reads(provider) {
                return Reading::Rule(pack, rule);
            } else if rule.ignored.is_none() {
                foreign.get_or_insert(Reading::Foreign(pack));
            }
        }
        foreign.or(general).unwrap_or(Reading::None)
    }

    /// Whether an object of this type holds a secret with which one acts as somebody.
    pub fn makes_credentials(&self, type_name: &str) -> bool {
        let rules = self.packs.iter().filter(|pack| type_name.starts_with(&pack.prefix));
        rules
            .filter_map(|pack| pack.rule(type_name))
            .any(|rule| rule.grants.iter().any(|grant| grant.kind == Kind::Credential))
    }

    /// What hands identities to objects of this type.
    pub fn uses<'r>(&'r self, type_name: &str, provider: &str) -> Vec<(&'r RulePack, &'r UseRule)> {
        let packs =
            self.packs.iter().filter(|pack| type_name.starts_with(&pack.prefix) && pack.reads(provider));
        packs
            .flat_map(|pack| pack.uses.iter().map(move |rule| (pack, rule)))
            .filter(|(_, rule)| glob(&rule.types, type_name))
            .collect()
    }

    /// All packs, in order of name.
    pub fn packs(&self) -> &[RulePack] {
        &self.packs
    }

    /// How a data source says the policy document that it computes.
    pub fn document(&self, type_name: &str, provider: &str) -> Option<&DocumentRule> {
        self.packs
            .iter()
            .filter(|pack| pack.reads(provider))
            .find_map(|pack| pack.documents.iter().find(|rule| rule.type_name == type_name))
    }

    /// What a data source does, where it does something.
    pub fn acts(&self, type_name: &str) -> Option<&ActRule> {
        self.packs.iter().flat_map(|pack| &pack.acts).find(|rule| glob(&rule.type_name, type_name))
    }
}

impl RulePack {
    fn rule(&self, type_name: &str) -> Option<&Rule> {
        self.exact.get(type_name).or_else(|| self.patterns.iter().find(|rule| glob(&rule.label, type_name)))
    }

    /// Every rule, exact ones in order of their label first.
    pub fn rules(&self) -> Vec<&Rule> {
        let mut rules: Vec<&Rule> = self.exact.values().collect();
        rules.sort_by(|a, b| a.label.cmp(&b.label));
        rules.extend(&self.patterns);
        rules
    }

    /// Whether a provider's source address is one that this pack reads: the public registries, or the bare name
    /// that Terraform 0.12 wrote. Another host or namespace with the same type names is somebody else's provider.
    pub fn reads(&self, provider: &str) -> bool {
        let parts: Vec<&str> = provider.split('/').collect();
        self.sources.iter().any(|source| {
            let (namespace, name) = source.split_once('/').unwrap_or(("", source));
            match parts.as_slice() {
                [bare] => *bare == name,
                ["registry.terraform.io" | "registry.opentofu.org", its, bare] => {
                    *bare == name && (*its == namespace || *its == "-")
                }
                _ => provider == source,
            }
        })
    }
}

/// Whether a text matches a pattern in which `*` is any run.
pub fn glob(pattern: &str, text: &str) -> bool {
    let mut pieces = pattern.split('*');
    let Some(mut rest) = text.strip_prefix(pieces.next().unwrap_or_default()) else { return false };
    let Some(last) = pattern.rsplit_once('*').map(|(_, last)| last) else { return rest.is_empty() };
    let middle: Vec<&str> = pieces.collect();
    for piece in middle.iter().take(middle.len().saturating_sub(1)) {
        match rest.find(piece) {
            Some(at) => rest = rest.get(at + piece.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::glob;

    #[test]
    fn globs_match_whole_texts() {
        for (pattern, text, expected) in [
            ("aws_iam_role", "aws_iam_role", true),
            ("aws_iam_role", "aws_iam_role_policy", false),
            ("google_*_iam_member", "google_kms_crypto_key_iam_member", true),
            ("google_*_iam_member", "google_project_iam_member_remove", false),
            ("*_policy", "a_policy_policy", true),
            ("a*a", "a", false),
            ("*", "", true),
            ("a*b*c", "a_b_b_c", true),
            ("a*b*c", "a_c_b", false),
        ] {
            assert_eq!(glob(pattern, text), expected, "{pattern} {text}");
        }
    }
}
