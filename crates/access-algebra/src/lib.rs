//! Sets of access requests, and whether one set is contained in another.
//!
//! A [`Request`] is a principal, an action, a resource and a context. An [`Access`] is a set of requests, written as
//! [`Statement`]s: what the allowing ones match less what the denying ones match. A caller expresses the policies of its
//! cloud in this shape; nothing here knows a cloud, a plan or an approval, and nothing here does IO.
//!
//! [`contains`] decides whether one Access is contained in another and shows a [`Witness`] where it is not;
//! [`evaluate`] answers for one request and shares no matching code with it. The README has a worked example.
//!
//! How a grant is held is context too, under keys that no cloud uses: `mode:assignment` (`eligible`, `active`,
//! `permanent`), `mode:ttl` (seconds a credential lives), `mode:grantable` (`true` where it may be passed on).

mod condition;
pub mod contain;
mod difference;
mod display;
pub mod evaluate;
mod hole;
mod pattern;
pub mod polish;
mod undecidable;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeExamples;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use condition::{Condition, Decimal, OpaqueDemand, Order, Quantifier, RequestPart, Test};
pub use contain::{Containment, contains};
pub use hole::{Hole, HoleKind, HoleShape};
pub use pattern::{Pattern, Strings, Token};
pub use undecidable::{Limit, Undecidable};

/// A set of requests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Access {
    /// In the order in which the source gave them; the order carries no meaning.
    pub statements: Vec<Statement>,
}

/// Whether a statement adds requests or takes them away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// The requests are in the set.
    Allow,
    /// The requests are not in the set, whatever allows them.
    Deny,
}

/// `effect × principals × actions × resources × conditions`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Adds or takes away.
    pub effect: Effect,
    /// Who.
    pub principals: Strings,
    /// Does what.
    pub actions: Strings,
    /// To what.
    pub resources: Strings,
    /// All of them hold.
    pub conditions: Vec<Condition>,
}

/// One request, as a cloud would be asked to allow it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// Who asks.
    pub principal: String,
    /// What is to be done.
    pub action: String,
    /// To what.
    pub resource: String,
    /// Lower-cased key to its values; an absent key has no entry.
    pub context: BTreeMap<Arc<str>, Context>,
}

/// The value of one context key in a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Context {
    /// A single-valued key. Dates are ISO 8601 UTC, numbers decimal text.
    One(String),
    /// A multi-valued key; never empty.
    Many(Vec<String>),
}

/// A request that one Access allows and another does not, agreed by [`evaluate::allows`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// The request itself.
    pub request: Request,
}
