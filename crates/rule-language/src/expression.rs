//! Expressions, compiled from HCL.
//!
//! `compile` takes an expression that hcl-edit has parsed and returns an [`Expr`] in which every name is one that
//! its author may use and every function exists with the right number of arguments, so that evaluation has no such
//! errors left.
//!
//! Nothing here evaluates. An `Expr` holds no spans: its errors were reported when it was compiled.

mod compile;
mod error;
mod functions;

use serde::{Deserialize, Serialize};

pub use compile::Construct;
pub(crate) use compile::{compile, extend};
pub use error::{ExpressionError, ExpressionErrorKind};
pub use functions::{FUNCTIONS, Function, FunctionEntry};

/// A compiled expression.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Expr {
    /// `null`.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// A number, as decimal text.
    Number(Box<str>),
    /// Text.
    Text(Box<str>),
    /// A place, and the way from there.
    Path(Root, Vec<Step>),
    /// A way from the value of another expression.
    Of(Box<Expr>, Vec<Step>),
    /// Text with values in it.
    Template(Vec<Expr>),
    /// A list.
    List(Vec<Expr>),
    /// An object; keys are expressions.
    Object(Vec<(Expr, Expr)>),
    /// `!x`.
    Not(Box<Expr>),
    /// `a == b`.
    Equal(Box<Expr>, Box<Expr>),
    /// `a && b`.
    And(Box<Expr>, Box<Expr>),
    /// `a || b`.
    Or(Box<Expr>, Box<Expr>),
    /// `a ? b : c`.
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// A function call.
    Call(Function, Vec<Expr>),
}

impl Expr {
    /// Whether it is a list of something else than objects: of an identity, texts are several spellings, and objects are
    /// nested blocks.
    pub fn is_list_of_texts(&self) -> bool {
        matches!(self, Self::List(items) if !items.iter().any(|item| matches!(item, Self::Object(_))))
    }

    /// How many expressions this one consists of, itself included.
    pub fn count_parts(&self) -> usize {
        let sum = |items: &[Self]| items.iter().map(Self::count_parts).sum::<usize>();
        1 + match self {
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) | Self::Path(..) => 0,
            Self::Of(inner, _) | Self::Not(inner) => inner.count_parts(),
            Self::Template(items) | Self::List(items) | Self::Call(_, items) => sum(items),
            Self::Object(members) => {
                members.iter().map(|(key, value)| key.count_parts() + value.count_parts()).sum()
            }
            Self::Equal(a, b) | Self::And(a, b) | Self::Or(a, b) => a.count_parts() + b.count_parts(),
            Self::If(condition, yes, no) => condition.count_parts() + yes.count_parts() + no.count_parts(),
        }
    }
}

/// Where a path begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Root {
    /// An attribute of the object.
    Attribute(Box<str>),
    /// The identity of the object: `self.arn`.
    Identity(Box<str>),
    /// The element of `for_each`.
    Each,
    /// A fact: `fact.account`.
    Fact(Box<str>),
    /// The Terraform address.
    Address,
    /// The resource type.
    Type,
}

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// `.name`.
    Member(Box<str>),
    /// `["name"]`: a member too.
    Key(Box<str>),
    /// `[0]`.
    Element(usize),
    /// `[*]`: what follows is taken of every element.
    Every,
}
