//! The closed vocabularies of a rule pack: dialects, kinds of grants, attributes of a grant, formats of documents.
//!
//! Each enum gives its words in a pack; there is no other list of them. What the words mean for a user is said in
//! `rules/README.md`.

use serde::{Deserialize, Serialize};

/// Whose vocabulary a grant is written in: the label of a `grant` block in the manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Dialect {
    /// AWS IAM and its resource policies.
    Aws,
    /// Google Cloud IAM.
    Google,
    /// Azure RBAC.
    Azure,
    /// Microsoft Entra ID: directory roles, application roles, consents.
    Azuread,
    /// Kubernetes RBAC.
    Kubernetes,
    /// GitHub roles.
    Github,
    /// What Terraform itself executes: resource types that run code nobody can read from a plan.
    Terraform,
}

impl Dialect {
    /// Every dialect with its word in manifests, packs and output.
    pub const ALL: [(Self, &'static str); 7] = [
        (Self::Aws, "aws"),
        (Self::Google, "google"),
        (Self::Azure, "azure"),
        (Self::Azuread, "azuread"),
        (Self::Kubernetes, "kubernetes"),
        (Self::Github, "github"),
        (Self::Terraform, "terraform"),
    ];

    /// The dialect of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == word).map(|(dialect, _)| *dialect)
    }

    /// How a `document` of this dialect is written where a grant does not say it.
    pub fn default_format(self) -> DocumentFormat {
        match self {
            Self::Google => DocumentFormat::GooglePolicy,
            Self::Kubernetes => DocumentFormat::KubernetesRules,
            Self::Aws | Self::Azure | Self::Azuread | Self::Github | Self::Terraform => {
                DocumentFormat::AwsPolicy
            }
        }
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(dialect, _)| *dialect == self).map_or("", |(_, word)| word)
    }
}

/// What kind of grant it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is described in rules/README.md under its own name")]
pub enum GrantKind {
    Additive,
    Exclusive,
    Definition,
    Trust,
    Credential,
    Opaque,
    /// A limit that is taken away or changed.
    Limit,
}

impl GrantKind {
    /// The kinds that a `grant` block may have, with their words. A limit has a block of its own.
    pub const WRITTEN: [(&'static str, Self); 6] = [
        ("additive", Self::Additive),
        ("exclusive", Self::Exclusive),
        ("definition", Self::Definition),
        ("trust", Self::Trust),
        ("credential", Self::Credential),
        ("opaque", Self::Opaque),
    ];

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

/// The attributes of a `grant` block that hold expressions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    Subject,
}

/// Every word with its name in a pack.
pub const WORDS: [(&str, Word); 14] = [
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
    ("subject", Word::Subject),
];

/// How a document is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DocumentFormat {
    /// An AWS policy: JSON text, or the parsed object.
    AwsPolicy,
    /// The arguments of `data.aws_iam_policy_document`: an object with `statement` blocks.
    AwsPolicyArguments,
    /// A Google policy: JSON text `{"bindings": […]}`.
    GooglePolicy,
    /// The arguments of `data.google_iam_policy`: an object with `binding` blocks.
    GooglePolicyArguments,
    /// A list of Kubernetes PolicyRules, in Terraform's or in Kubernetes's spelling.
    KubernetesRules,
}

impl DocumentFormat {
    /// Every format with its word in a pack.
    pub const ALL: [(&'static str, Self); 5] = [
        ("aws_policy", Self::AwsPolicy),
        ("aws_policy_arguments", Self::AwsPolicyArguments),
        ("google_policy", Self::GooglePolicy),
        ("google_policy_arguments", Self::GooglePolicyArguments),
        ("kubernetes_rules", Self::KubernetesRules),
    ];
}
