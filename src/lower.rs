//! Lowering: the meaning of a grant's terms as [`Access`].
//!
//! Takes [`Terms`], in the vocabulary of a cloud, as a rule read them from a plan or as an approval states them, and
//! returns their Access. Each cloud has a front end of its own; the algebra does not know the cloud.
//!
//! A lowering never decides. Where a document leaves its meaning open, the planned side is read as the most that it may
//! mean and the approved side as the least, which is why [`Side`] is a parameter. What cannot be expressed becomes a
//! [`Reason`].

pub mod aws;
pub mod azure;
pub mod credential;
mod document_value;
mod formula;
pub mod google;
pub mod kubernetes;
mod listed;
pub mod mode;
pub mod ranked;
mod spelling;
pub mod words;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::reason::Reason;
use crate::value::UnknownOrigin;
use crate::value::provenance::{Guess, Provenance};
use access_algebra::{Access, Hole, HoleKind};

pub use document_value::DocumentValue;
pub use rule_language::{Dialect, DocumentFormat};

/// Which side of `planned ⊆ approved` a document stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Doubt widens.
    Planned,
    /// Doubt narrows.
    Approved,
}

/// A string that may have unknown parts.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Text {
    /// In order; no two neighbouring literals.
    pub parts: Vec<TextPart>,
    /// What it rests on besides the plan.
    pub provenance: Provenance,
}

/// One piece of a [`Text`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TextPart {
    /// Known characters.
    Known(Arc<str>),
    /// Something that is not known here.
    Hole(Hole),
}

impl Text {
    /// A wholly known text.
    pub fn known(text: &str) -> Self {
        Self { parts: vec![TextPart::Known(text.into())], ..Self::default() }
    }

    /// A wholly unknown text.
    pub fn hole(kind: HoleKind, name: &str) -> Self {
        Self { parts: vec![TextPart::Hole(Hole::new(kind, name))], ..Self::default() }
    }

    /// A text of which nothing is known but that it is a word, see [`access_algebra::HoleShape::Word`].
    pub fn word(kind: HoleKind, name: &str) -> Self {
        Self { parts: vec![TextPart::Hole(Hole::word(kind, name))], ..Self::default() }
    }

    /// A text of which only the origin is known.
    pub fn unknown(origin: &UnknownOrigin) -> Self {
        Self::hole(origin.hole_kind(), &origin.to_string())
    }

    /// The text, where all of it is known.
    pub fn as_known(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [] => Some(""),
            [TextPart::Known(text)] => Some(text),
            _ => None,
        }
    }

    /// Why nobody can say what the text is, where it is not wholly known.
    pub fn undecided(&self) -> Reason {
        let unreadable = || Reason::UnreadableValue { value: self.to_string() };
        self.first_hole().map_or_else(unreadable, Reason::of_hole)
    }

    /// The first part that is not known.
    pub fn first_hole(&self) -> Option<&Hole> {
        self.parts.iter().find_map(|part| match part {
            TextPart::Hole(hole) => Some(hole),
            TextPart::Known(_) => None,
        })
    }

    /// The origin of the first part that is not known; of the text where all of it is known.
    pub fn first_origin(&self) -> UnknownOrigin {
        match self.first_hole() {
            Some(hole) if hole.kind == HoleKind::Unreadable => {
                UnknownOrigin::Unreadable(hole.name.as_ref().into())
            }
            Some(hole) => UnknownOrigin::Deferred(hole.name.as_ref().into()),
            None => self.origin(),
        }
    }

    /// Whether it is certainly another text, whatever the holes of both stand for.
    pub fn differs_from(&self, other: &Self) -> bool {
        if let (Some(own), Some(other)) = (self.as_known(), other.as_known()) {
            return own != other;
        }
        let (mut own, mut theirs) = (self.parts.as_slice(), other.parts.as_slice());
        while let ([first, rest @ ..], [other, others @ ..]) = (own, theirs)
            && first == other
        {
            (own, theirs) = (rest, others);
        }
        let has_text = |parts: &[TextPart]| {
            parts.iter().any(|part| matches!(part, TextPart::Known(text) if !text.is_empty()))
        };
        match (own, theirs) {
            ([], rest) | (rest, []) => return has_text(rest),
            ([TextPart::Known(one), ..], [TextPart::Known(other), ..])
                if !one.starts_with(&**other) && !other.starts_with(&**one) =>
            {
                return true;
            }
            (_, _) => {}
        }
        while let ([rest @ .., last], [others @ .., other]) = (own, theirs)
            && last == other
        {
            (own, theirs) = (rest, others);
        }
        match (own, theirs) {
            ([], rest) | (rest, []) => has_text(rest),
            ([.., TextPart::Known(one)], [.., TextPart::Known(other)]) => {
                !one.ends_with(&**other) && !other.ends_with(&**one)
            }
            (_, _) => false,
        }
    }

    /// The origin of the text as a whole. Only where an apply fills each hole, it settles the text.
    pub fn origin(&self) -> UnknownOrigin {
        let is_unreadable =
            |part: &TextPart| matches!(part, TextPart::Hole(hole) if hole.kind == HoleKind::Unreadable);
        let words = match self.parts.as_slice() {
            [TextPart::Hole(hole)] => hole.name.as_ref().into(),
            _ => self.to_string().into(),
        };
        if self.parts.iter().any(is_unreadable) {
            UnknownOrigin::Unreadable(words)
        } else {
            UnknownOrigin::Deferred(words)
        }
    }

    /// Adds known characters at the end.
    pub fn push_known(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if let Some(TextPart::Known(last)) = self.parts.last_mut() {
            *last = [&**last, text].concat().into();
        } else {
            self.parts.push(TextPart::Known(text.into()));
        }
    }

    /// Adds another text at the end.
    pub fn push(&mut self, other: &Self) {
        self.provenance.absorb(&other.provenance);
        for part in &other.parts {
            match part {
                TextPart::Known(text) => self.push_known(text),
                TextPart::Hole(hole) => self.parts.push(TextPart::Hole(hole.clone())),
            }
        }
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in &self.parts {
            match part {
                TextPart::Known(text) => f.write_str(text)?,
                TextPart::Hole(hole) => write!(f, "${{{}}}", hole.name)?,
            }
        }
        Ok(())
    }
}

/// The words of one grant, on either side. An empty list means that nothing was said there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Terms {
    /// Who; empty where the document names the principals itself.
    pub principals: Vec<Text>,
    /// Actions, permissions, verbs, privileges.
    pub actions: Vec<Text>,
    /// What is taken out of `actions` (Azure `notActions`).
    pub not_actions: Vec<Text>,
    /// The data plane's actions (Azure).
    pub data_actions: Vec<Text>,
    /// What is taken out of `data_actions`.
    pub not_data_actions: Vec<Text>,
    /// Named sets of actions whose content is not given here.
    pub roles: Vec<Text>,
    /// On what; empty where the document names the resources itself, or where the cloud's widest scope is meant.
    pub resources: Vec<Text>,
    /// Demands on the context, operator by operator.
    pub conditions: Vec<TermCondition>,
    /// A condition in the cloud's own language (CEL, ABAC).
    pub expression: Option<Text>,
    /// A policy document, and how it is written.
    pub document: Option<(DocumentFormat, DocumentValue)>,
    /// How the access is held.
    pub mode: Mode,
    /// What the grant rests on besides its texts: whether it is made at all, and its document.
    pub provenance: Provenance,
}

impl Terms {
    /// What all of these words rest on besides the plan.
    pub fn whole_provenance(&self) -> Provenance {
        std::iter::once(&self.provenance).chain(self.texts().map(|text| &text.provenance)).collect()
    }

    /// All texts of these words; not those of the document.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        self.texts_but_resources().chain(&self.resources)
    }

    fn texts_but_resources(&self) -> impl Iterator<Item = &Text> {
        let lists =
            [&self.principals, &self.actions, &self.not_actions, &self.data_actions, &self.not_data_actions];
        let conditions = self.conditions.iter().flat_map(|condition| &condition.values);
        lists.into_iter().flatten().chain(&self.roles).chain(conditions).chain(&self.expression)
    }
}

/// One condition as it is written: AWS's operator, key and values.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TermCondition {
    /// Such as `StringEquals` or `ForAllValues:StringLikeIfExists`.
    pub operator: String,
    /// The context key. One with a hole is a key of its own.
    pub key: Text,
    /// One of them.
    pub values: Vec<Text>,
}

/// How access is held.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Mode {
    /// Whether the holder may pass it on.
    pub grantable: bool,
    /// How near to use it is; `None` is permanent.
    pub assignment: Option<AssignmentKind>,
    /// For a credential: how long it lives at most, in seconds; `None` where it never ends.
    pub ttl_seconds: Option<u64>,
}

/// Held only after activation, or for a time; what is neither is permanent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AssignmentKind {
    /// May be activated.
    Eligible,
    /// Is active for a time.
    Active,
}

/// An Access and what could not be said of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lowered {
    /// What is certain (approved side), or what is possible (planned side).
    pub access: Access,
    /// Empty where the Access says it all.
    pub doubts: Vec<Reason>,
    /// What an approval would cover besides, if somebody told a fact: where a grant is not within the Access, this
    /// is why nobody can say that it exceeds it.
    pub missing_facts: Vec<Reason>,
}

impl Extend<Self> for Lowered {
    /// Adds what others allow: the result is the union.
    fn extend<I: IntoIterator<Item = Self>>(&mut self, others: I) {
        for other in others {
            self.access.statements.extend(other.access.statements);
            self.doubts.extend(other.doubts);
            self.missing_facts.extend(other.missing_facts);
        }
    }
}

impl FromIterator<Self> for Lowered {
    /// The union of all.
    fn from_iter<I: IntoIterator<Item = Self>>(all: I) -> Self {
        let mut union = Self::default();
        union.extend(all);
        union
    }
}

/// Whether facts may tell something about the scopes of a dialect.
pub fn takes_facts(dialect: Dialect) -> bool {
    match dialect {
        Dialect::Google | Dialect::Azure => true,
        Dialect::Aws | Dialect::Azuread | Dialect::Kubernetes | Dialect::Github | Dialect::Terraform => false,
    }
}

/// Whether a fact may say how resources lie within each other, or what they are called: [`with_facts`] works such facts
/// into the words of plans and of approvals alike.
pub fn is_of_resources(fact: &str) -> bool {
    fact.contains('@') && (fact.starts_with("google.") || fact.starts_with("azure."))
}

/// Puts what facts tell about scopes into the words: which projects lie in a folder, which subscriptions in a
/// management group. This changes no meaning and serves both sides alike.
pub fn with_facts(dialect: Dialect, terms: &mut Terms, facts: &BTreeMap<String, String>) {
    let facts = facts.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    match dialect {
        Dialect::Google => google::resource::with_facts(terms, facts),
        Dialect::Azure => azure::with_facts(terms, facts),
        Dialect::Aws | Dialect::Azuread | Dialect::Kubernetes | Dialect::Github | Dialect::Terraform => {}
    }
}

/// The Access of one grant's words. What the words rest on and nobody knows is a doubt, whoever asks.
pub fn lower(dialect: Dialect, side: Side, terms: &Terms) -> Lowered {
    let mut lowered = lower_words(dialect, side, terms);
    let provenance = find_provenance(dialect, terms);
    lowered.doubts.extend(provenance.guesses().iter().map(|Guess { value, reference }| {
        Reason::SourcesNeeded { value: value.to_string(), reference: reference.to_string() }
    }));
    lowered
}

/// What the Access of the words rests on. A document that names its own resources throughout does not rest on the
/// grant's.
fn find_provenance(dialect: Dialect, terms: &Terms) -> Provenance {
    let mut provenance = terms.provenance.clone();
    terms.texts_but_resources().for_each(|text| provenance.absorb(&text.provenance));
    let scope: Provenance = terms.resources.iter().map(|text| &text.provenance).collect();
    let is_aws = dialect == Dialect::Aws;
    if !scope.is_certain() && (terms.document.is_none() || !is_aws || aws::uses_resources(terms)) {
        provenance.absorb(&scope);
    }
    provenance
}

fn lower_words(dialect: Dialect, side: Side, terms: &Terms) -> Lowered {
    match dialect {
        Dialect::Aws => aws::lower(side, terms),
        Dialect::Google => google::lower(side, terms),
        Dialect::Azure => azure::lower(side, terms),
        Dialect::Kubernetes => kubernetes::lower(side, terms),
        Dialect::Azuread | Dialect::Github | Dialect::Terraform => ranked::lower(dialect, side, terms),
    }
}
